"""Every schema that was ever released, with rows in every table, brought up to date on both engines.

The rows are those of a workspace in which everything that people can write is nasty, as each schema could hold them.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlmodel import SQLModel

from outcome_tracker.store import tables as models
from outcome_tracker.store.connection import REVISION, connect
from outcome_tracker.store.location import Location
from outcome_tracker.store.queries import Reader
from outcome_tracker.store.schema import create, ensure_current
from tests.running import run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.hostile import Filled

RELEASED = sorted(path.name[:4] for path in Path(models.__file__).parent.glob("migrations/versions/0*.py"))
Rows = dict[str, list[tuple[object, ...]]]
Columns = dict[str, list[str]]
_OWN = "alembic_version"
_SERVER_COLUMNS = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' ORDER BY table_name, ordinal_position
"""
# What a server knows of a schema: columns, constraints, indexes, triggers.
_SERVER_SCHEMA = (
    """SELECT table_name, column_name, data_type, is_nullable, column_default, ordinal_position
       FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 6""",
    """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
       WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2""",
    "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
    """SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger
       WHERE NOT tgisinternal ORDER BY 1, 2""",
    "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1",
)


def columns_of(location: Location) -> Columns:
    """Return the tables of a database with their columns."""
    found: Columns = {}
    with connect(location) as opened:
        if location.path is None:
            pairs = opened.rows(_SERVER_COLUMNS)
        else:
            pairs = opened.rows(
                "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'"
            )
    for table, column in pairs:
        if table != _OWN:
            found.setdefault(str(table), []).append(str(column))
    return found


def rows_of(location: Location, columns: Columns) -> Rows:
    """Return every row of the tables, only these columns of it, in an order that does not hang on the engine."""
    found = {}
    with connect(location) as opened:
        for table, names in columns.items():
            listed = ", ".join(f'"{name}"' for name in names)
            found[table] = opened.rows(f"SELECT {listed} FROM {table}")  # noqa: S608 - our own names
    return {table: sorted((tuple(row) for row in rows), key=repr) for table, rows in found.items()}


def schema_of(location: Location) -> list[list[tuple[object, ...]]]:
    """Return all that an engine knows of a database's schema."""
    asked = _SERVER_SCHEMA if location.path is None else ("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2",)
    with connect(location) as opened:
        return [opened.rows(sql) for sql in asked]


def made(location: Location, revision: str) -> Location:
    """Make a database as the program of that schema did."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("outcome_tracker.store.schema.REVISION", revision)
        create(location)
    return location


def filled(location: Location, revision: str, source: Location) -> tuple[Columns, Rows]:
    """Make a database of a schema with the rows of another, as far as it can hold them."""
    made(location, revision)
    columns = columns_of(location)
    rows = rows_of(source, columns)
    with connect(location, write=True) as opened:
        opened.run("BEGIN")
        for table, names in columns.items():
            opened.insert(f"{table} ({', '.join(names)})", rows[table])
        opened.run("COMMIT")
    assert rows_of(location, columns) == rows
    assert all(rows.values()), [table for table, found in rows.items() if not found]
    return columns, rows


@pytest.fixture(scope="module")
def source(hostile: Filled) -> Location:
    return Location(hostile.folder / "data" / "tracker.db")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Location]:
    """Where a database can be made, on either engine."""
    if request.param == "postgresql":
        yield request.getfixturevalue("database")
    else:
        yield Location(tmp_path / "tracker.db")


@pytest.fixture
def fresh(place: Location, request: pytest.FixtureRequest, tmp_path: Path) -> Location:
    """A new database on the same engine, with the newest schema."""
    if place.path is None:
        return request.getfixturevalue("tables")  # type: ignore[no-any-return]  # a Location
    return made(Location(tmp_path / "fresh.db"), REVISION)


def test_every_table_has_rows(source: Location) -> None:
    columns = columns_of(source)
    assert set(columns) == {table.name for table in SQLModel.metadata.sorted_tables}
    assert [table for table, rows in rows_of(source, columns).items() if len(rows) < 2] == []


@pytest.mark.parametrize("revision", RELEASED)
def test_every_row_of_every_released_schema_is_kept(
    place: Location, fresh: Location, source: Location, revision: str
) -> None:
    columns, rows = filled(place, revision, source)
    backup = ensure_current(place)
    assert rows_of(place, columns) == rows
    assert schema_of(place) == schema_of(fresh)
    if backup is not None:
        assert rows_of(Location(backup), columns) == rows
    with Reader.open(place) as reader:
        assert reader.agreed().council.name
        assert len(reader.figures()) == len({row[:2] for row in _keys(columns, rows, "figure")})
        assert len(list(reader.audit())) >= len(rows["figure"])
    for table in columns:
        with connect(place, write=True) as opened, pytest.raises(Exception, match=f"{table} only grows"):
            opened.run(f"DELETE FROM {table}")  # noqa: S608 - our own names
    assert rows_of(place, columns) == rows


def _keys(columns: Columns, rows: Rows, table: str) -> list[tuple[object, ...]]:
    wanted = [columns[table].index(name) for name in ("indicator", "period")]
    return [tuple(row[at] for at in wanted) for row in rows[table]]


@pytest.mark.parametrize("revision", RELEASED[:1])
def test_the_program_shows_of_an_older_database_what_it_showed(
    hostile: Filled, source: Location, tmp_path: Path, revision: str
) -> None:
    folder = tmp_path / "workspace"
    shutil.copytree(hostile.folder / "targets", folder / "targets")
    (folder / "data").mkdir()
    filled(Location(folder / "data" / "tracker.db"), revision, source)
    for kind in ("figures", "benchmarks", "milestones", "commentary", "published"):
        now, before = run(folder, "export", kind), run(hostile.folder, "export", kind)
        assert (now.code, now.out) == (0, before.out), now.err


# Interrupted at any statement

INTERRUPTED = """
import os, sys
from alembic.operations import Operations
from outcome_tracker.store import schema
from outcome_tracker.store.location import locate
left, execute = int(sys.argv[2]), Operations.execute
def counted(*args, **given):
    global left
    left -= 1
    if left < 0:
        os._exit(9)
    return execute(*args, **given)
Operations.execute = counted
schema.ensure_current(locate(sys.argv[1]))
"""


def interrupted(location: Location, statements: int) -> bool:
    """Bring a database up to date in a process that dies after so many statements; tell whether it died."""
    command = [sys.executable, "-c", INTERRUPTED, location.address or str(location.file), str(statements)]
    ran = subprocess.run(command, check=False, capture_output=True, text=True)
    assert ran.returncode in {0, 9}, ran.stderr
    return ran.returncode == 9


def check_whole(location: Location, revision: str, columns: Columns, rows: Rows) -> None:
    with connect(location) as opened:
        assert opened.revision() == revision
    assert columns_of(location) == columns
    assert rows_of(location, columns) == rows


def test_a_migration_that_dies_halfway_leaves_the_old_database_whole(place: Location, source: Location) -> None:
    columns, rows = filled(place, RELEASED[0], source)
    assert interrupted(place, 7)
    check_whole(place, RELEASED[0], columns, rows)
    ensure_current(place)
    assert rows_of(place, columns) == rows


@pytest.mark.robustness
def test_whenever_a_migration_dies_the_old_database_is_whole(place: Location, source: Location) -> None:
    # From the oldest schema on, whose way leads through all the others.
    columns, rows = filled(place, RELEASED[0], source)
    statements = 0
    while interrupted(place, statements):
        check_whole(place, RELEASED[0], columns, rows)
        statements += 1
    assert statements > len(RELEASED)
    assert rows_of(place, columns) == rows
    with connect(place) as opened:
        assert opened.revision() == REVISION
