"""How a database is: read through, and looked at for what hangs together."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store import failures, health
from outcome_tracker.store.backups import back_up
from outcome_tracker.store.connection import REVISION
from outcome_tracker.store.location import Location, locate
from outcome_tracker.store.rows import TABLES
from outcome_tracker.store.schema import create
from outcome_tracker.store.writer import Writer
from tests.store.examples import figure, one_of_each, stamp


def alter(file: Location, *statements: str) -> None:
    with closing(sqlite3.connect(file.file, isolation_level=None)) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            raw.execute(statement)


def test_a_whole_database_is_found_whole(location: Location) -> None:
    Writer(location).save(one_of_each())
    found = health.examine(location)
    assert (found.revision, found.is_current, found.is_older) == (REVISION, True, False)
    assert (found.rows, found.faults, found.orphans, found.gaps, found.disorder) == (len(one_of_each()), (), 0, (), ())
    assert found.newest is not None
    assert found.newest.at == datetime.fromisoformat("2019-05-01T10:01:00+00:00")


def test_missing_versions_and_times_that_run_backwards_are_found_on_either_engine(location: Location) -> None:
    Writer(location).save([figure(version=n) for n in (1, 3, 4)])
    early = replace(figure(indicator="SAFE-02", version=2), stamp=stamp(minute=0))
    Writer(location).save([figure(indicator="SAFE-02"), early])
    found = health.examine(location)
    assert [(e.table, e.key, e.version) for e in found.gaps] == [("figure", "SAFE-01 2018-19 Q4", 2)]
    assert [(e.key, e.version, e.who) for e in found.disorder] == [("SAFE-02 2018-19 Q4", 2, "Jo")]


def test_settings_are_read_back_and_nothing_is_changed(file: Location) -> None:
    before = file.file.read_bytes()
    assert health.examine(file).settings == {
        "journal_mode": "delete",
        "synchronous": "3",
        "foreign_keys": "1",
        "busy_timeout": "5000",
    }
    assert file.file.read_bytes() == before


def test_every_table_with_versions_is_looked_at(file: Location) -> None:
    with closing(sqlite3.connect(file.file)) as raw:
        tables = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        versioned = {t for t in tables if "version" in [row[1] for row in raw.execute(f"PRAGMA table_info({t})")]}
    assert versioned == TABLES.keys()


def test_an_empty_one_has_no_newest(file: Location) -> None:
    found = health.examine(file)
    assert (found.rows, found.newest) == (0, None)


def test_missing_versions_are_found_and_which(file: Location) -> None:
    Writer(file).save([figure(version=n) for n in (1, 2, 3, 4)])
    Writer(file).save([figure(indicator="SAFE-02")])
    alter(file, "DELETE FROM figure WHERE version = 3", "DELETE FROM figure WHERE indicator = 'SAFE-02'")
    assert [(e.table, e.key, e.version) for e in health.examine(file).gaps] == [("figure", "SAFE-01 2018-19 Q4", 3)]
    alter(file, "DELETE FROM figure WHERE version = 1")
    assert [each.version for each in health.examine(file).gaps] == [1]


def test_a_database_of_an_older_version_is_looked_at_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    location = locate(tmp_path / "tracker.db")
    with monkeypatch.context() as patch:
        patch.setattr("outcome_tracker.store.schema.REVISION", "0001")
        create(location)
    found = health.examine(location)
    assert (found.revision, found.is_older, found.rows) == ("0001", True, 0)
    assert health.examine(location).revision == "0001"


def test_what_refers_to_nothing_is_counted(file: Location) -> None:
    alter(
        file,
        "CREATE TABLE parent (id INTEGER PRIMARY KEY)",
        "CREATE TABLE child (parent INTEGER REFERENCES parent (id))",
        "INSERT INTO child VALUES (1), (2)",
    )
    assert health.examine(file).orphans == 2
    alter(file, "CREATE TABLE odd (code TEXT REFERENCES definition (code))", "INSERT INTO odd VALUES ('x')")
    assert health.examine(file).orphans == 1  # that it can't be told


def test_faults_are_those_of_sqlite(file: Location) -> None:
    Writer(file).save(one_of_each())
    alter(file, "PRAGMA writable_schema = ON", "UPDATE sqlite_master SET rootpage = 3 WHERE name = 'benchmark'")
    found = health.examine(file)
    assert found.faults
    assert found.newest is None


def test_a_time_that_was_overwritten_is_noticed(file: Location) -> None:
    Writer(file).save([figure(), figure(version=2)])
    alter(file, "UPDATE figure SET at = replace(at, '2019', '20x9')")
    with pytest.raises(ValueError, match="Invalid isoformat"):
        health.examine(file)


def test_one_without_a_schema_is_damaged(file: Location) -> None:
    alter(file, "DELETE FROM alembic_version")
    with pytest.raises(failures.Broken):
        health.examine(file)


def test_a_lock_is_no_damage(file: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failures, "BUSY_SECONDS", 0)
    with closing(sqlite3.connect(file.file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Unavailable, match="is in use by another program"):
            health.examine(file)


def test_a_journal_counts_while_it_holds_something(file: Location) -> None:
    journal = file.file.with_name("tracker.db-journal")
    assert not health.has_journal(file.file)
    journal.write_bytes(b"\0" * 512)
    assert not health.has_journal(file.file)
    journal.write_bytes(bytes.fromhex("d9d505f920a163d7") + b"\0" * 504)
    assert health.has_journal(file.file)


def test_a_backup_that_opens_is_whole(file: Location) -> None:
    path = back_up(file)
    assert health.opens(path)
    path.write_bytes(path.read_bytes()[:20_000])
    assert not health.opens(path)
    path.unlink()
    assert not health.opens(path)
