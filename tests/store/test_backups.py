"""Copies of the database: whole, of one moment, under their own names; what goes and what never does."""

import errno
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections import namedtuple
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store import backup_failures, backups, failures
from outcome_tracker.store.backup_names import label
from outcome_tracker.store.backups import back_up, is_saved, rotate
from outcome_tracker.store.connection import APPLICATION_ID, REVISION, connect
from outcome_tracker.store.location import Location, locate
from outcome_tracker.store.queries import Reader
from outcome_tracker.store.writer import Writer
from tests.store.examples import figure, one_of_each

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2020, 1, 15, 10)  # noqa: DTZ001 - the wall clock's time, as in the names


def refused(location: Location, folder: Path | None = None) -> str:
    with pytest.raises(Unavailable) as raised:
        back_up(location, folder)
    return str(raised.value)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_holds_what_the_database_holds(location: Location) -> None:
    Writer(location).save(one_of_each())
    path = back_up(location, label=label(NOW))
    assert path == location.backups / "tracker-2020-01-15-100000.db"
    assert names(location.backups) == [path.name]
    with Reader.open(Location(path)) as copy, Reader.open(location) as reader:
        assert list(copy.audit()) == list(reader.audit())
    with backups.reading(path) as raw:
        found = backups.contents(raw)
        assert (found.application, found.revision, found.rows["figure"]) == (APPLICATION_ID, REVISION, 1)
        assert backups.is_sound(raw)


def test_a_backup_never_takes_the_place_of_another(location: Location) -> None:
    first, second = back_up(location), back_up(location)
    assert (first.name, second.name) == (f"tracker-{REVISION}.db", f"tracker-{REVISION}-2.db")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_backup_can_be_read_by_those_who_can_read_the_database(location: Location) -> None:
    location.file.chmod(0o640)
    assert back_up(location).stat().st_mode & 0o777 == 0o640


@pytest.mark.robustness
def test_a_backup_is_of_one_moment_while_others_save(location: Location) -> None:
    command = [sys.executable, "-m", "tests.store.processes", "counting", location.shown, "Ana", "100"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        copies = []
        while process.stdout.readline():  # after every other save of theirs
            process.stdout.readline()
            copies.append(back_up(location))
    assert process.returncode == 0
    found = []
    for path in copies:
        with Reader.open(Location(path)) as reader:
            shared, own = len(reader.figure_versions("SAFE-01")), len(reader.figure_versions("Ana"))
            assert shared == own  # both of a save or neither
            found.append(shared)
    assert found == sorted(found)
    assert found[-1] == 100


def test_what_is_being_saved_elsewhere_is_not_waited_for(location: Location) -> None:
    with closing(sqlite3.connect(location.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DROP TRIGGER figure_no_delete")
        assert is_saved(location, back_up(location))


def test_a_locked_database_is_a_sentence(location: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failures, "BUSY_SECONDS", 0)
    with closing(sqlite3.connect(location.file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert "is in use by another program" in refused(location)


def test_a_damaged_database_gives_no_backup(location: Location) -> None:
    Writer(location).save([figure()])
    with connect(location) as opened:
        root = opened.rows("SELECT rootpage FROM sqlite_master WHERE name = 'commentary'")[0][0]
    with location.file.open("r+b") as file:
        file.seek(4096 * (root - 1))
        file.write(b"\xff" * 4096)
    assert "is damaged" in refused(location)
    assert names(location.backups) == []


def test_a_copy_that_came_out_otherwise_gets_no_name(location: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    def altering(raw: sqlite3.Connection) -> bool:
        raw.execute("CREATE TABLE more (a TEXT)")
        return True

    monkeypatch.setattr(backups, "is_sound", altering)
    assert "could not be read back as it was written, and was removed again" in refused(location)
    assert names(location.backups) == []


def test_a_disk_that_is_too_small_is_told_before(location: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")  # noqa: PYI024 - as shutil's own
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 10**9 - 50_000, 50_000))
    said = refused(location)
    assert re.search(r"backups is too small for a backup: it needs 1\.[12] MB, and 50 kB are free\. Nothing", said)
    assert "outcome-tracker backup DIR" in said
    assert names(location.backups) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
def test_a_disk_that_fills_is_told_and_nothing_stays(location: Location) -> None:
    script = (
        "import resource, signal, sys\n"
        "from outcome_tracker.store import backups, location\n"
        "from outcome_tracker.core.problem import Unavailable\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))\n"
        "try: backups.back_up(location.locate(sys.argv[1]))\n"
        "except Unavailable as told: print(told)\n"
    )
    command = [sys.executable, "-c", script, location.shown]
    said = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    assert said.startswith(f"The disk of {location.backups} was full before the backup was complete; the part was rem")
    assert names(location.backups) == []


def test_where_it_cannot_be_written_is_a_sentence(location: Location, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert refused(location, tmp_path / "file") == (
        f"{tmp_path / 'file'} is a file, not a folder for backups. Name a folder: outcome-tracker backup DIR"
    )
    assert f"There is no folder {tmp_path / 'drive'} to put backups" in refused(location, tmp_path / "drive" / "b")
    error = PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    told = pytest.raises(Unavailable, match=r"No backup can be written into .*: Permission denied\. Ask for")
    with told, backup_failures.explained(location, tmp_path):
        raise error


def test_a_server_is_backed_up_by_its_own_program() -> None:
    assert refused(locate("postgresql+psycopg://jo:secret@db.example/tracker")) == (
        "A database on a server is backed up by the server's own program. "
        "Run: pg_dump --format=custom --file=tracker.dump postgresql://db.example/tracker"
    )


def test_a_missing_database_is_a_sentence_and_makes_no_folder(tmp_path: Path) -> None:
    assert "There is no database at" in refused(locate(tmp_path / "tracker.db"))
    assert names(tmp_path) == []


def test_it_is_known_whether_something_was_saved_since(location: Location) -> None:
    path = back_up(location)
    assert is_saved(location, path)
    Writer(location).save([figure()])
    assert not is_saved(location, path)
    path.write_text("no database", encoding="utf-8")
    assert not is_saved(location, path)
    path.unlink()
    assert not is_saved(location, path)


def copied(location: Location, *stamps: str) -> None:
    for each in stamps:
        back_up(location, label=each)


def test_the_oldest_go_and_what_the_program_did_not_make_stays(location: Location, tmp_path: Path) -> None:
    Writer(location).save(one_of_each())
    folder = location.backups
    copied(location, "2018-01-01-090000", "2018-01-02-090000", "2019-12-24-090000", "2020-01-14-090000", "0003")
    copied(location, "before-restore-2018-01-01-090000")
    other = Location(tmp_path / "other" / "tracker.db")
    other.file.parent.mkdir()
    shutil.copyfile(location.file, other.file)
    with closing(sqlite3.connect(other.file)) as raw, raw:
        raw.execute("DROP TRIGGER definition_no_update")
        raw.execute("UPDATE definition SET who = 'somebody else'")
    back_up(other, folder, "2018-01-03-090000")
    (folder / "tracker-2018-01-04-090000.db").write_text("mine", encoding="utf-8")
    (folder / "tracker-2018-01-01-090000 - Copy.db").write_text("mine", encoding="utf-8")
    (folder / "tracker-2018-99-01-090000.db").write_text("mine", encoding="utf-8")
    before = set(names(folder))
    removed, stuck = rotate(location, folder / "tracker-2020-01-14-090000.db", 1, NOW)
    assert [path.name for path in removed] == ["tracker-2018-01-01-090000.db", "tracker-2018-01-02-090000.db"]
    assert stuck == []
    assert before - set(names(folder)) == {path.name for path in removed}


def test_the_newest_stays_even_where_a_clock_was_wrong(location: Location) -> None:
    Writer(location).save(one_of_each())
    copied(location, "2099-01-01-090000", "2099-01-02-090000", "2020-01-15-100000")
    rotate(location, location.backups / "tracker-2020-01-15-100000.db", 1, NOW)
    assert names(location.backups) == ["tracker-2020-01-15-100000.db"]


def test_a_database_in_which_nothing_was_recorded_removes_nothing(location: Location) -> None:
    copied(location, "2018-01-01-090000", "2018-01-02-090000")
    assert rotate(location, location.backups / "tracker-2018-01-02-090000.db", 1, NOW) == ([], [])


def test_a_backup_that_cannot_be_removed_is_named(location: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    Writer(location).save(one_of_each())
    copied(location, "2018-01-01-090000", "2018-01-02-090000")

    def refuse(*_: object) -> None:
        raise PermissionError("in use")

    monkeypatch.setattr(Path, "unlink", refuse)
    going, newest = (location.backups / f"tracker-2018-01-0{day}-090000.db" for day in (1, 2))
    assert rotate(location, newest, 1, NOW) == ([], [going])


def test_drafts_of_programs_that_were_killed_go_after_a_day(location: Location) -> None:
    location.backups.mkdir()
    old, new, mine = (
        location.backups / name
        for name in (".tracker-0004.1.part", ".tracker-2020-01-01-090000.2.part", ".tracker.part")
    )
    for path in (old, new, mine):
        path.touch()
    for path in (old, mine):
        os.utime(path, (0, 0))
    finished = back_up(location)
    assert sorted(location.backups.iterdir()) == sorted([new, mine, finished])
