"""A backup in the database's place: all of it or nothing, seen by those who have the database open."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store import backup_failures, backups, failures, restoring
from outcome_tracker.store.backups import back_up
from outcome_tracker.store.location import Location, locate
from outcome_tracker.store.queries import Reader
from outcome_tracker.store.writer import Writer
from tests.store.examples import figure, one_of_each

LABEL = "2020-01-15-100000"


def versions(path: Path) -> list[int]:
    with Reader.open(Location(path)) as reader:
        return [each.version for each in reader.figure_versions("SAFE-01")]


def replaced(location: Location, path: Path) -> Path:
    with restoring.check(path) as backup:
        return restoring.replace_content(location, backup, f"before-restore-{LABEL}")


def placed(location: Location, path: Path) -> Path | None:
    with restoring.check(path) as backup:
        return restoring.put_in_place(location, backup, LABEL)


@pytest.fixture
def backup(location: Location) -> Path:
    """A backup with one version of a figure; the database has two."""
    writer = Writer(location)
    writer.save([figure()])
    path = back_up(location)
    writer.save([figure(version=2)])
    return path


def test_what_was_there_is_kept_and_those_who_look_see_what_was_restored(location: Location, backup: Path) -> None:
    with Reader.open(location) as reader:
        token = reader.changed_token()
        inode = location.file.stat().st_ino
        kept = replaced(location, backup)
        assert len(reader.figure_versions("SAFE-01")) == 1
        assert reader.changed_token() != token
    assert location.file.stat().st_ino == inode  # a save that waits goes into this file, not into one without a name
    assert kept.name == f"tracker-before-restore-{LABEL}.db"
    assert (versions(location.file), versions(kept)) == ([1], [1, 2])
    Writer(location).save([figure(version=2)])
    assert replaced(location, kept) != kept
    assert sorted(path.name for path in location.file.parent.iterdir()) == ["backups", "tracker.db"]


def test_nothing_is_restored_while_somebody_saves(
    location: Location, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failures, "BUSY_SECONDS", 0)
    for begin in ("BEGIN IMMEDIATE", "BEGIN EXCLUSIVE", "BEGIN"):
        with closing(sqlite3.connect(location.file, isolation_level=None)) as other:
            other.execute(begin)
            if begin != "BEGIN EXCLUSIVE":
                other.execute("SELECT count(*) FROM figure").fetchall()
            with pytest.raises(Unavailable, match="is in use by another program"):
                replaced(location, backup)
    assert versions(location.file) == [1, 2]


@pytest.mark.parametrize("damage", ["cut short", "a page lost", "emptied", "a text", "without a schema"])
def test_a_damaged_database_is_kept_under_another_name(location: Location, backup: Path, damage: str) -> None:
    path = location.file
    match damage:
        case "cut short":
            os.truncate(path, 20_000)
        case "a page lost":
            with path.open("r+b") as file:
                file.seek(4096 * 5)
                file.write(b"\xff" * 4096)
        case "emptied":
            os.truncate(path, 0)
        case "a text":
            path.write_text("notes " * 1000, encoding="utf-8")
        case _:
            with closing(sqlite3.connect(path, isolation_level=None)) as raw:
                raw.execute("DROP TABLE alembic_version")
    before = path.read_bytes()
    journal = path.with_name("tracker.db-journal")
    if damage == "cut short":
        journal.write_bytes(b"\0" * 512)  # of the damaged one, and not for the one that comes
    assert not restoring.is_usable(location)
    for name in (f"tracker-damaged-{LABEL}.db", f"tracker-damaged-{LABEL}-2.db"):
        aside = placed(location, backup)
        assert aside is not None
        assert aside.name == name
        assert versions(path) == [1]
        assert not journal.exists()
    assert path.with_name(f"tracker-damaged-{LABEL}.db").read_bytes() == before


def test_a_damaged_database_that_somebody_holds_stays(
    location: Location, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failures, "BUSY_SECONDS", 0)
    with closing(sqlite3.connect(location.file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Unavailable, match="is in use by another program"):
            placed(location, backup)
    assert versions(location.file) == [1, 2]


def test_where_nothing_is_a_backup_makes_the_database(location: Location, backup: Path, tmp_path: Path) -> None:
    elsewhere = locate(tmp_path / "new" / "data" / "tracker.db")
    assert not restoring.is_usable(elsewhere)
    assert placed(elsewhere, backup) is None
    assert versions(elsewhere.file) == [1]
    assert [path.name for path in elsewhere.file.parent.iterdir()] == ["tracker.db"]
    assert versions(location.file) == [1, 2]


def test_what_is_no_backup_of_ours_is_refused(backup: Path, tmp_path: Path) -> None:
    def refused(path: Path) -> str:
        with pytest.raises(Unavailable) as raised:
            restoring.check(path).close()
        return raised.value.sentence

    part = tmp_path / "part.db"
    shutil.copy(backup, part)
    os.truncate(part, 20_000)
    assert refused(part).endswith("is damaged: part of it is missing or cannot be read.")
    page = tmp_path / "page.db"
    shutil.copy(backup, page)
    with page.open("r+b") as file:
        file.seek(4096 * 5)
        file.write(b"\xff" * 4096)
    assert refused(page).endswith("is damaged: part of it is missing or cannot be read.")
    newer = tmp_path / "newer.db"
    shutil.copy(backup, newer)
    with closing(sqlite3.connect(newer, isolation_level=None)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '0900'")
    assert "was changed by a newer version" in refused(newer)
    assert refused(tmp_path / "nowhere.db").startswith("There is no database at")
    foreign = tmp_path / "places.sqlite"
    with closing(sqlite3.connect(foreign)) as raw:
        raw.execute("CREATE TABLE bookmarks (url TEXT)")
    assert refused(foreign).endswith("is the database of another program.")
    with pytest.raises(Unavailable, match="another program"):
        restoring.is_usable(Location(foreign))


def test_what_the_other_lacks_is_counted_with_who_was_last(location: Location) -> None:
    Writer(location).save(one_of_each())
    path = back_up(location)
    Writer(location).save([*one_of_each(2), figure(indicator="SAFE-02")])
    lost = restoring.loss(location, path)
    assert lost.total == len(one_of_each()) + 1
    assert lost.counts["figure"] == 2
    assert lost.at is not None
    assert (lost.who, lost.at.isoformat()) == ("Jo", "2019-05-01T10:02:00+00:00")
    assert restoring.loss(Location(path), location.file).total == 0


def test_the_same_version_by_another_person_is_another_entry(location: Location) -> None:
    path = back_up(location)
    Writer(location).save([figure()])
    Writer(Location(path)).save([figure(version=1, value="17")])
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("DROP TRIGGER figure_no_update")
        raw.execute("UPDATE figure SET who = 'Ana'")
    assert restoring.loss(location, path).counts == {"figure": 1}


def test_tables_that_an_older_backup_lacks_are_counted_whole(
    location: Location, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = locate(tmp_path / "old.db")
    with monkeypatch.context() as patch:
        patch.setattr("outcome_tracker.store.schema.REVISION", "0001")
        from outcome_tracker.store.schema import create

        create(old)
    Writer(location).save(one_of_each())
    assert restoring.loss(location, old.file).counts["neighbour_list"] == 1


def test_a_disk_without_room_restores_nothing(
    location: Location, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def room(folder: Path, size: int) -> None:
        asked.append(folder)
        if len(asked) == 2:
            raise backup_failures.too_small(folder, size, 0)

    monkeypatch.setattr(backups, "check_room", room)
    with pytest.raises(Unavailable, match="is too small"):
        replaced(location, backup)
    assert asked == [location.backups, location.file.parent]
    assert versions(location.file) == [1, 2]


@pytest.mark.robustness
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_killed_at_any_moment_the_database_is_the_one_or_the_other(location: Location, backup: Path) -> None:
    script = (
        "import sys, itertools\n"
        "from pathlib import Path\n"
        "from outcome_tracker.store import location, restoring\n"
        "for n in itertools.count():\n"
        "    with restoring.check(Path(sys.argv[2 + n % 2])) as backup:\n"
        "        restoring.replace_content(location.locate(sys.argv[1]), backup, 'again')\n"
        "    print(n, flush=True)\n"
    )
    both = back_up(location)
    for n in range(40):
        command = [sys.executable, "-c", script, location.shown, str(backup), str(both)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(n / 400)
            process.send_signal(signal.SIGKILL)
        assert versions(location.file) in ([1], [1, 2])
        with backups.reading(location.file) as raw:
            assert backups.is_sound(raw)
        for path in location.backups.glob("tracker-again*"):
            path.unlink()
