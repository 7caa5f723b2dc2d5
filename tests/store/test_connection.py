"""Opening: what is set, what is refused, and what the person reads then."""

import errno
import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store import connection, failures
from outcome_tracker.store.connection import APPLICATION_ID, connect, connect_current, open_file
from outcome_tracker.store.location import Location, locate
from outcome_tracker.store.queries import Reader
from outcome_tracker.store.writer import Writer
from tests.store.examples import figure, one_of_each


def refused(location: Location, *, write: bool = False) -> str:
    """What a person reads on opening the database."""
    with pytest.raises(Unavailable) as raised, connect_current(location, write=write):
        pass
    return str(raised.value)


def test_settings_that_keep_figures_safe_are_in_force(location: Location) -> None:
    with connect(location, write=True) as opened:
        found = {name: opened.rows(f"PRAGMA {name}") for name in ("journal_mode", "synchronous", "foreign_keys")}
        assert found == {"journal_mode": [("delete",)], "synchronous": [(3,)], "foreign_keys": [(1,)]}
        assert opened.rows("PRAGMA busy_timeout") == [(5000,)]
        assert opened.rows("PRAGMA application_id") == [(APPLICATION_ID,)]


def test_a_database_that_was_set_to_wal_is_set_back(location: Location) -> None:
    other = sqlite3.connect(location.file)
    assert other.execute("PRAGMA journal_mode = WAL").fetchall() == [("wal",)]
    other.close()
    with Reader.open(location) as reader:
        assert reader.figures() == []
    assert not location.file.with_name("tracker.db-wal").exists()


def test_a_setting_that_does_not_hold_is_refused(location: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_SETTINGS", {"synchronous": ("EXTRA", "4")})
    assert "cannot be opened safely: synchronous is '3' and not 'EXTRA'." in refused(location)


def test_another_program_that_keeps_it_in_wal_is_named_as_the_reason(
    location: Location, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failures, "BUSY_SECONDS", 0)
    other = sqlite3.connect(location.file)
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("SELECT count(*) FROM figure").fetchall()
    assert "Close other programs that have it open, and try again." in refused(location)
    other.close()


def test_a_reader_cannot_write(location: Location) -> None:
    with connect(location) as opened, pytest.raises(Unavailable, match="can only be read"):
        opened.run("CREATE TABLE more (a TEXT)")


@pytest.mark.parametrize("name", ["100%.db", "a?b.db", "a#b.db", "a b.db", "%41.db", "tést.db", "a&mode=memory.db"])
def test_odd_names_are_opened_as_they_are(location: Location, name: str) -> None:
    if sys.platform == "win32" and "?" in name:
        pytest.skip("Windows has no such names")
    odd = Location(location.file.rename(location.file.with_name(name)))
    Writer(odd).save([figure()])
    with Reader.open(odd) as reader:
        assert len(reader.figures()) == 1
    assert [path.name for path in odd.file.parent.iterdir()] == [name]


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    sentence = f"There is no database at {tmp_path / 'traker.db'}. Check the path, and that its drive is there."
    assert refused(locate(tmp_path / "traker.db")).startswith(sentence)
    assert refused(locate(tmp_path / "traker.db"), write=True).startswith(sentence)
    with pytest.raises(Unavailable, match="outcome-tracker targets apply"):
        Writer(locate(tmp_path / "traker.db")).save([figure()])
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert refused(locate(tmp_path / "dta" / "t.db")).startswith(f"The folder {tmp_path / 'dta'} does not exist.")
    (tmp_path / "file").touch()
    assert refused(locate(tmp_path / "file" / "t.db")).startswith(f"The folder {tmp_path / 'file'} does not exist.")


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert refused(locate(tmp_path)) == (
        f"{tmp_path} is a folder, not a database. Name a file in it, such as {tmp_path / 'tracker.db'}."
    )


def test_an_empty_file_is_not_taken_for_a_new_database(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    path.touch()
    assert f"{path} is empty: it has 0 bytes" in refused(locate(path))
    assert path.stat().st_size == 0


def test_a_text_file_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("indicator,period,value\n" * 100, encoding="utf-8")
    before = path.read_bytes()
    assert refused(locate(path)) == (
        f"{path} is not a database. Nothing in it was changed. Check the path. "
        "Put a backup in its place; the file itself is kept: outcome-tracker restore FILE"
    )
    assert path.read_bytes() == before


def test_a_truncated_database_is_damaged(location: Location) -> None:
    size = location.file.stat().st_size
    with location.file.open("r+b") as file:
        file.truncate(size // 2)
    assert refused(location).endswith(
        "is damaged: part of it is missing or cannot be read. "
        "Put a backup in its place; the file itself is kept: outcome-tracker restore FILE"
    )


def test_a_database_cut_short_anywhere_is_a_sentence(location: Location) -> None:
    Writer(location).save(one_of_each())
    whole = location.file.read_bytes()
    said = set()
    for size in range(0, len(whole), 512):
        location.file.write_bytes(whole[:size])
        said.add(refused(location).removeprefix(f"{location.shown} ").partition(".")[0])
        with pytest.raises(Unavailable):
            Writer(location).save([figure()])
        assert location.file.stat().st_size == size
    assert said == {
        "is empty: it has 0 bytes and holds no database",
        "is damaged: part of it is missing or cannot be read",
    }


def test_a_damaged_page_is_noticed_and_the_backups_are_named(location: Location) -> None:
    Writer(location).save([figure(period=period) for period in [figure().period]])
    with connect(location) as opened:
        root = opened.rows("SELECT rootpage FROM sqlite_master WHERE name = 'figure'")[0][0]
    with location.file.open("r+b") as file:
        file.seek(4096 * (root - 1))
        file.write(b"\xff" * 4096)
    location.backups.mkdir()
    newest = location.backups / "tracker-2020-01-15-100000.db"
    for name in ("tracker-2020-01-14-100000.db", newest.name, "tracker-0004.db", "notes.txt"):
        (location.backups / name).touch()
    with Reader.open(location) as reader, pytest.raises(Unavailable) as raised:
        reader.figures()
    assert raised.value.remedy.endswith(f"outcome-tracker restore {newest}")


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    other = sqlite3.connect(path)
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("CREATE TABLE bookmarks (url TEXT)")
    other.close()
    before = path.read_bytes()
    assert f"{path} is the database of another program. Nothing in it was changed." in refused(locate(path))
    assert path.read_bytes() == before


def set_revision(location: Location, sql: str) -> None:
    other = sqlite3.connect(location.file, isolation_level=None)
    other.execute(sql)
    other.close()


def test_a_newer_schema_is_refused(location: Location) -> None:
    set_revision(location, "UPDATE alembic_version SET version_num = '0900'")
    assert refused(location) == (
        f"{location.shown} was changed by a newer version of Outcome Tracker "
        f"(its schema is 0900, this version knows {connection.REVISION}). "
        "Install the newest version. Nothing was changed."
    )


def test_an_older_schema_waits_for_its_migration(location: Location) -> None:
    set_revision(location, "UPDATE alembic_version SET version_num = '0000'")
    assert "is from an older version of Outcome Tracker (its schema is 0000" in refused(location)


def test_a_database_that_is_emptied_while_it_is_open_is_damaged(location: Location) -> None:
    with connect(location) as connection:
        location.file.write_bytes(b"")
        with pytest.raises(Unavailable, match="is damaged: part of it is missing"):
            connection.rows("SELECT version_num FROM alembic_version")


@pytest.mark.parametrize("sql", ["DELETE FROM alembic_version", "DROP TABLE alembic_version"])
def test_a_database_that_does_not_tell_its_schema_is_damaged(location: Location, sql: str) -> None:
    set_revision(location, sql)
    assert "is damaged" in refused(location)


def test_somebody_elses_lock_is_waited_for_and_then_named(location: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failures, "BUSY_SECONDS", 0)
    other = sqlite3.connect(location.file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert "is in use by another program and was not free within 0 seconds." in refused(location)
    with pytest.raises(Unavailable, match=r"Nothing was saved\. Close other programs"):
        Writer(location).save([figure()])
    other.close()
    Writer(location).save([figure()])


def test_a_reader_that_does_not_finish_stops_a_save_with_a_sentence(
    location: Location, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failures, "BUSY_SECONDS", 0)
    with Reader.open(location) as reader:
        with reader.snapshot():
            reader.figures()
            with pytest.raises(Unavailable, match="in use by another program"):
                Writer(location).save([figure()])
        Writer(location).save([figure()])
        assert len(reader.figures()) == 1


def test_a_full_database_is_a_full_disk(location: Location) -> None:
    raw = open_file(location, "rw")
    raw.execute("PRAGMA max_page_count = 1")
    with pytest.raises(Unavailable, match="There is no room left on the disk"), failures.explained(location):
        raw.execute("CREATE TABLE more AS SELECT hex(randomblob(10000)) AS a")
    raw.close()


def test_a_failing_disk_is_named(location: Location) -> None:
    for name, sentence in {
        "SQLITE_IOERR_WRITE": "There is no room left",
        "SQLITE_IOERR_READ": "the disk or the network drive failed (SQLITE_IOERR_READ)",
        "SQLITE_READONLY_ROLLBACK": "was left in the middle of a change",
        "SQLITE_CANTOPEN": "can only be read",
    }.items():
        error = sqlite3.OperationalError()
        error.sqlite_errorname = name
        assert sentence in str(failures.explain(error, location))


def test_the_operating_systems_errors_are_told_too(location: Location) -> None:
    for number, sentence in {
        errno.ENOSPC: "There is no room left",
        errno.EROFS: "can only be read",
        errno.EIO: "cannot be read or written: Input/output error.",
    }.items():
        assert sentence in str(failures.explain(OSError(number, os.strerror(number)), location))


def test_defects_of_ours_pass_as_they_are(location: Location) -> None:
    with connect(location) as opened, pytest.raises(sqlite3.OperationalError, match="no such table"):
        opened.rows("SELECT * FROM elsewhere")


@pytest.fixture
def without_rights(location: Location) -> Iterator[Location]:
    """A database in a folder in which this process may only read; root first steps down for that."""
    if sys.platform == "win32":
        pytest.skip("Windows has no such modes")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(location.file.rename(Path(folder) / "tracker.db"))
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        user = os.geteuid()
        if user == 0:
            os.seteuid(65534)
        try:
            yield Location(path)
        finally:
            os.seteuid(user)
            Path(folder).chmod(0o755)


def test_a_write_protected_database_can_be_read_and_says_so(without_rights: Location) -> None:
    with Reader.open(without_rights) as reader:
        assert reader.figures() == []
        assert reader.notice == (f"{without_rights.shown} can only be read: figures can be looked at, but not entered.")
    with pytest.raises(Unavailable) as raised:
        Writer(without_rights).save([figure()])
    assert str(raised.value) == (
        f"{without_rights.shown} can only be read: the file or its folder is write-protected. "
        "Nothing was saved. Ask for permission to change the file and its folder."
    )


def test_a_database_that_may_not_be_read_says_so(without_rights: Location) -> None:
    user = os.geteuid()
    sentence = f"You may not open {without_rights.shown}: the file or its folder is closed to you."
    os.seteuid(os.getuid())
    without_rights.file.chmod(0o000)
    os.seteuid(user)
    assert refused(without_rights).startswith(sentence)
    os.seteuid(os.getuid())
    without_rights.file.parent.chmod(0o000)
    os.seteuid(user)
    assert refused(without_rights).startswith(sentence)
