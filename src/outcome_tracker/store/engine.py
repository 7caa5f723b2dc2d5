"""The one place where SQLAlchemy gets connections: ours, and transactions that lock from their first word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import NullPool

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection as SQLAlchemyConnection

    from outcome_tracker.store.connection import Connection


def engine_over(opened: Callable[[], Connection], *, is_file: bool) -> Engine:
    """Return an engine whose connections `opened` opens, each closed after its use."""
    engine = create_engine(
        "sqlite://" if is_file else "postgresql+psycopg://",
        creator=lambda: opened().raw,
        poolclass=NullPool,
        **({} if is_file else {"use_native_hstore": False}),  # or it looks in every server for a type that we don't use
    )
    # A transaction that reads first and then writes fails when two do so at once; an immediate one waits its turn.
    begin = "BEGIN IMMEDIATE" if is_file else "BEGIN"

    @event.listens_for(engine, "begin")
    def _begin(connection: SQLAlchemyConnection) -> None:
        connection.exec_driver_sql(begin)

    return engine
