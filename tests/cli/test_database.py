"""Copying a database as a whole, on the command line."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from outcome_tracker.store.location import Location
from tests.running import process, run


def test_everything_is_copied_and_each_table_told(small: Path, here: Path) -> None:
    run(small, "enter", "PC", "2019-20 Q3", "88")
    ran = run(here, "database", "copy", str(small / "data" / "tracker.db"), "copy.db")
    assert ran.code == 0, ran.err
    assert ran.lines[0].split() == ["Table", "Rows", "Read", "back", "SHA-256"]
    told = {line.split()[0]: line.split()[1:3] for line in ran.lines[1:-1]}
    assert told["figure"] == ["1", "identical"]
    assert told["target"] == ["3", "identical"]
    assert told["sign_off"] == ["0", "identical"]
    rows = sum(int(count) for count, _ in told.values())
    assert ran.lines[-1] == f"{rows} rows of {small}/data/tracker.db copied into {here}/copy.db and compared."
    with closing(sqlite3.connect(here / "copy.db")) as raw:
        assert raw.execute("SELECT indicator, value FROM figure").fetchall() == [("PC", "88")]
    assert run(small, "--database", "copy.db", "summary").out == run(small, "summary").out


def test_what_is_there_is_not_written_over(small: Path) -> None:
    path = str(small / "data" / "tracker.db")
    ran = run(small, "database", "copy", path, path)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == f"There is something at {path} already. Name a new file. Nothing was changed.\n"


def test_a_database_that_is_not_there_is_named(here: Path) -> None:
    ran = run(here, "database", "copy", "none.db", "copy.db")
    assert (ran.code, list(here.iterdir())) == (3, [])
    assert f"There is no database at {here}/none.db." in ran.err


@pytest.mark.postgresql
def test_from_a_file_to_a_server_where_officers_go_on(small: Path, database: Location) -> None:
    run(small, "enter", "PC", "2019-20 Q3", "88")
    ran = process(small, "database", "copy", str(small / "data" / "tracker.db"), database.address)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert f"copied into {database.shown} and compared." in ran.stdout.decode()
    server = {"OUTCOME_TRACKER_DATABASE": database.address}
    entered = process(small, "enter", "PC", "2019-20 Q3", "89", **server)
    assert entered.returncode == 0, entered.stderr
    back = run(small, "database", "copy", database.address, str(small / "back.db"))
    assert back.code == 0, back.err
    assert (
        run(small, "--database", str(small / "back.db"), "export", "figures").out
        == run(small, "export", "figures", environment=server).out
    )
