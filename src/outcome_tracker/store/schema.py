"""Making a database and bringing an older one up to date. Alembic is imported only when there is work for it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store import failures, server_failures
from outcome_tracker.store.backups import back_up
from outcome_tracker.store.connection import (
    APPLICATION_ID,
    REVISION,
    Connection,
    check_revision,
    connect,
    is_older,
    open_file,
    prepare,
)
from outcome_tracker.store.location import Location
from outcome_tracker.store.new_file import publish, settle, settle_above

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sqlalchemy import Connection as SQLAlchemyConnection


_ANOTHERS = "SELECT 1 FROM pg_tables WHERE tablename = 'alembic_version' AND NOT pg_has_role(tableowner, 'USAGE')"


def create(location: Location) -> bool:
    """Make the database, and its folder, unless there is one; return whether it was made.

    An existing database is brought up to date. A file appears under its name only when it is complete.
    """
    if location.path is None:
        return _create_tables(location)
    if location.path.exists():
        ensure_current(location)
        return False
    with failures.explained(location):
        location.path.parent.mkdir(parents=True, exist_ok=True)
        settle_above(location.path.parent)
        return _create_file(location, location.path)


def ensure_current(location: Location, revision: str = REVISION, versions: Sequence[Path] = ()) -> Path | None:
    """Bring an older database up to `revision`; return the backup made before, or None when there was nothing to do.

    `versions` are folders with further migrations. Raises `Unavailable` when the database is newer than the program.
    """
    with connect(location) as connection:
        stored = connection.revision()
    if not is_older(stored, revision):
        check_revision(location, stored, revision)
        return None
    with connect(location, write=True) as connection:
        if location.path is None and connection.rows(_ANOTHERS):
            raise server_failures.not_the_owner(location, stored, revision)
        # Off before BEGIN (inside a transaction it does nothing): making a table anew would empty its children.
        if location.path is not None:
            connection.run("PRAGMA foreign_keys = OFF")
        with transaction(connection) as borrowed:
            await_turn(connection)
            stored = connection.revision()
            if not is_older(stored, revision):  # somebody else was quicker
                check_revision(location, stored, revision)
                return None
            backup = back_up(location) if location.path is not None else None
            migrate(borrowed, revision, versions)
            if location.path is not None and (rows := connection.rows("PRAGMA foreign_key_check")):
                raise Unavailable(
                    f"{location.shown} cannot be brought up to date: {len(rows)} rows refer to missing ones.",
                    f"Nothing was changed. Tell whoever looks after the program; a copy is at {backup}.",
                )
    return backup


def _create_tables(location: Location) -> bool:
    """Make the tables in a server's database, unless somebody else has or is about to."""
    with connect(location, write=True) as connection:
        if connection.revision():
            ensure_current(location)
            return False
        with transaction(connection) as borrowed:
            await_turn(connection)
            made = not connection.revision()
            if made:
                migrate(borrowed, REVISION)
    return made


def _create_file(location: Location, path: Path) -> bool:
    """Build the database beside its place and move it there, never over another that came meanwhile."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    draft.unlink(missing_ok=True)
    try:
        with Connection(open_file(Location(draft), "rwc"), location) as connection:
            prepare(connection)
            with transaction(connection) as borrowed:
                connection.run(f"PRAGMA application_id = {APPLICATION_ID}")
                migrate(borrowed, REVISION)
        made = publish(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    settle(path.parent)
    return made


def await_turn(connection: Connection) -> None:
    """On a server, wait until nobody else makes or changes tables; with a file `BEGIN` does."""
    if connection.location.path is None:
        connection.rows("SELECT pg_advisory_xact_lock(:lock)", lock=APPLICATION_ID)


@contextmanager
def transaction(connection: Connection) -> Iterator[SQLAlchemyConnection]:
    """Lend an open connection to SQLAlchemy for one transaction."""
    from outcome_tracker.store.engine import engine_over

    engine = engine_over(lambda: connection, is_file=connection.location.path is not None)
    with failures.explained(connection.location), engine.begin() as borrowed:
        yield borrowed


def migrate(connection: SQLAlchemyConnection, revision: str, versions: Sequence[Path] = ()) -> None:
    """Run the migrations up to a revision in the transaction that is open."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "outcome_tracker.store:migrations")
    config.set_main_option("path_separator", "newline")
    folders = ["outcome_tracker.store:migrations/versions", *(str(folder) for folder in versions)]
    config.set_main_option("version_locations", "\n".join(folders).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
