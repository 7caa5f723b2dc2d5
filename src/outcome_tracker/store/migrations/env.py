"""What Alembic runs for every migration: the caller's connection, in the caller's transaction.

`outcome_tracker.store.schema` is that caller; without it, nothing here knows of a database.
"""

from alembic import context
from sqlmodel import SQLModel

from outcome_tracker.store import tables  # noqa: F401 - fills the metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,  # SQLite can't alter a table in place
)
context.run_migrations()
