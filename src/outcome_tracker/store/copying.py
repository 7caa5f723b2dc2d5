"""A whole database into another one, of either engine: every row of every table, read back and compared."""

from __future__ import annotations

import os
import sys
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from itertools import zip_longest
from typing import TYPE_CHECKING

from sqlalchemy import Integer
from sqlmodel import SQLModel

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store import failures, server_failures
from outcome_tracker.store import tables as _described  # noqa: F401 - fills the metadata
from outcome_tracker.store.connection import (
    APPLICATION_ID,
    REVISION,
    Connection,
    check_revision,
    connect,
    connect_current,
    open_file,
    prepare,
)
from outcome_tracker.store.location import Location
from outcome_tracker.store.new_file import publish, settle
from outcome_tracker.store.schema import await_turn, migrate, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Table

    from outcome_tracker.store.connection import Row

_TABLES = SQLModel.metadata.sorted_tables


@dataclass(frozen=True, slots=True)
class Copied:
    """A table that is the same in both: how many rows it has, and the SHA-256 of them as either database gives them."""

    table: str
    rows: int
    digest: str


def copy(source: Location, target: Location) -> tuple[Copied, ...]:
    """Copy a database into a new file, or into a server's database that has no rows of ours; tell what was copied.

    It is that of one moment, whatever others save meanwhile. Raises `Unavailable`; nothing is left then.
    """
    with connect_current(source) as held:
        held.run("BEGIN" if source.path is not None else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return _into_server(held, target) if target.path is None else _into_file(held, target.path)


def _into_server(held: Connection, target: Location) -> tuple[Copied, ...]:
    copied: tuple[Copied, ...] = ()
    try:
        with connect(target, write=True) as made, transaction(made) as borrowed:
            await_turn(made)
            if revision := made.revision():
                check_revision(target, revision)
            else:
                migrate(borrowed, REVISION)
            _check_empty(made)
            _insert(held, made)
            copied = _compared(held, made)
    except Unavailable as unavailable:
        if copied and server_failures.is_lost(unavailable.__cause__):  # while committing
            raise server_failures.Unsure(target) from unavailable
        raise
    return copied


def _into_file(held: Connection, path: Path) -> tuple[Copied, ...]:
    """Build the file beside its place; it gets its name when all that the disk gives back has been compared."""
    target = Location(path)
    if path.exists():
        raise _taken(target)
    if not path.parent.is_dir():
        raise Unavailable(f"The folder {path.parent} does not exist.", "Make it first, or check the path.")
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with failures.explained(target):
            draft.unlink(missing_ok=True)
            with Connection(open_file(Location(draft), "rwc"), target) as made:
                prepare(made)
                with transaction(made) as borrowed:
                    made.run(f"PRAGMA application_id = {APPLICATION_ID}")
                    migrate(borrowed, REVISION)
                    _insert(held, made)
            with Connection(open_file(Location(draft), "ro"), target) as made:
                if made.rows("PRAGMA integrity_check") != [("ok",)]:
                    raise failures.damaged(target)
                copied = _compared(held, made)
            if not publish(draft, path):
                raise _taken(target)
            settle(path.parent)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
            draft.with_name(f"{draft.name}-journal").unlink(missing_ok=True)
    return copied


def _check_empty(made: Connection) -> None:
    for table in _TABLES:
        if made.rows(f"SELECT 1 FROM {table.name} LIMIT 1"):  # noqa: S608 - our own names
            raise Unavailable(
                f"{made.location.shown} holds something already: there are rows in {table.name}.",
                "Name a database without any, or a new file. Nothing was changed.",
            )


def _insert(held: Connection, made: Connection) -> None:
    for table in _TABLES:
        with _told(table, made.location), closing(held.stream(_select(table))) as rows:
            made.insert(f"{table.name} ({_columns(table)})", rows)


def _compared(held: Connection, made: Connection) -> tuple[Copied, ...]:
    """Read both again side by side, and tell what is the same in both; raises `Unavailable` where something isn't."""
    return tuple(_compared_table(table, held, made) for table in _TABLES)


def _compared_table(table: Table, held: Connection, made: Connection) -> Copied:
    digest, number = sha256(), 0
    with closing(held.stream(_select(table))) as ours, closing(made.stream(_select(table))) as theirs:
        for one, other in zip_longest(ours, theirs):
            number += 1
            line = None if one is None else _line(one)
            if line is None or other is None or line != _line(other):
                raise Unavailable(
                    f"{made.location.shown} gives back something else than was copied: row {number} of {table.name}.",
                    "Nothing was copied. Try again, and if it stays so, tell whoever looks after the program.",
                )
            digest.update(line)
    return Copied(table.name, number, digest.hexdigest())


def _line(row: Row) -> bytes:
    """Return the one text of a row on either engine; a zero has no sign, which SQLite doesn't keep."""
    values = tuple(value + 0.0 if isinstance(value, float) else value for value in row)
    return f"{values!r}\n".encode("utf-8", "surrogatepass")


def _select(table: Table) -> str:
    """Return the query for all rows in the order of the key, which is that of bytes on either engine."""
    keys = (
        each.name if isinstance(each.type, Integer) else f"{each.name} COLLATE BINARY" for each in table.primary_key
    )
    return f"SELECT {_columns(table)} FROM {table.name} ORDER BY {', '.join(keys)}"  # noqa: S608 - our own names


def _columns(table: Table) -> str:
    return ", ".join(column.name for column in table.columns)


def _taken(target: Location) -> Unavailable:
    return Unavailable(f"There is something at {target.shown} already.", "Name a new file. Nothing was changed.")


@contextmanager
def _told(table: Table, target: Location) -> Iterator[None]:
    """Say of text that PostgreSQL doesn't take in which table it is."""
    try:
        yield
    except Exception as error:
        psycopg = sys.modules.get("psycopg")
        if psycopg is None or not isinstance(error, psycopg.DataError):
            raise
        raise Unavailable(
            f"{target.shown} does not take a row of {table.name}: {server_failures.reason(error)}.",
            "Nothing was copied. Tell whoever looks after the program.",
        ) from error
