"""Restoring as people ask for it: what is refused, what is said, and what becomes of what was there."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store.location import locate
from outcome_tracker.store.schema import create
from outcome_tracker.tracker.backups import make_backup
from outcome_tracker.tracker.collect import enter
from outcome_tracker.tracker.plans import apply
from outcome_tracker.tracker.restoring import restore
from outcome_tracker.tracker.workspace import Workspace, open_workspace
from tests.running import SMALL, figure_count, rows, write_plan

EVERYONE = "roles: {officers: [Ana]}\n"


def at(folder: Path, moment: str = "2020-01-15T10:00", user: str = "Ana") -> Workspace:
    return open_workspace(folder, user=user, now=lambda: datetime.fromisoformat(moment).replace(tzinfo=UTC))


def refused(workspace: Workspace, path: Path) -> str:
    with pytest.raises(Unavailable) as raised:
        restore(workspace, path)
    return str(raised.value)


@pytest.fixture
def backup(small: Path) -> Path:
    """A backup without figures; the database has one."""
    path = make_backup(at(small)).path
    enter(at(small), "PC", "2019-20 Q3", "88")
    return path


def test_what_would_be_lost_is_said_and_nothing_changed(small: Path, backup: Path) -> None:
    before = (small / "data" / "tracker.db").read_bytes()
    told = restore(at(small), backup, dry_run=True)
    assert told.lost is not None
    assert (told.lost.counts, told.lost.who, told.kept) == ({"figure": 1}, "Ana", None)
    assert told.found is not None
    assert told.found.total == 0
    assert (small / "data" / "tracker.db").read_bytes() == before
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]


def test_a_backup_comes_and_what_was_there_can_come_back(small: Path, backup: Path) -> None:
    told = restore(at(small), Path(backup.name))  # without its folder, which is where backups are
    assert figure_count(small) == 0
    assert told.kept == backup.with_name("tracker-before-restore-2020-01-15-100000.db")
    again = restore(at(small), told.kept)
    assert again.found is not None
    assert again.found.counts == {"figure": 1}
    assert figure_count(small) == 1


def test_a_missing_database_comes_back_even_with_its_folder(small: Path, backup: Path, tmp_path: Path) -> None:
    kept = Path(shutil.copy(backup, tmp_path / "kept.db"))
    shutil.rmtree(small / "data")
    told = restore(at(small), kept)
    assert (told.lost, told.kept, told.was_damaged) == (None, None, False)
    assert figure_count(small) == 0


def test_a_damaged_database_is_kept(small: Path, backup: Path) -> None:
    (small / "data" / "tracker.db").write_bytes(b"rubbish " * 1000)
    told = restore(at(small), backup)
    assert (told.lost, told.was_damaged) == (None, True)
    assert told.kept == small / "data" / "tracker-damaged-2020-01-15-100000.db"
    assert told.kept.read_bytes() == b"rubbish " * 1000


def test_one_of_an_older_version_is_brought_up_to_date(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = locate(tmp_path / "old.db")
    with monkeypatch.context() as patch:
        patch.setattr("outcome_tracker.store.schema.REVISION", "0001")
        create(old)
    assert restore(at(small), old.file).brought_up_to_date
    assert rows(small, "SELECT count(*) FROM breakdown_figure") == [(0,)]
    assert rows(small, "SELECT count(*) FROM definition") == [(0,)]
    names = sorted(path.name for path in (small / "data" / "backups").iterdir())
    assert names == ["tracker-0001.db", "tracker-before-restore-2020-01-15-100000.db"]


def test_another_councils_is_refused_unless_it_is_meant(small: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    write_plan(other, SMALL)
    council = other / "targets" / "council.yaml"
    council.write_text(council.read_text(encoding="utf-8").replace("E10000001", "E10000002"), encoding="utf-8")
    assert not apply(at(other)).blocking
    path = make_backup(at(other)).path
    assert refused(at(small), path) == (
        f"{path} is of Testshire (E10000002), and this workspace is of Testshire (E10000001). "
        "Nothing was restored. If it should take the place all the same, add --another-council."
    )
    (small / "data" / "tracker.db").unlink()  # the plan files still say whose it is
    assert "this workspace is of Testshire (E10000001)" in refused(at(small), path)
    assert restore(at(small), path, another_council=True).kept is None
    assert "E10000002" in str(rows(small, "SELECT body FROM definition WHERE kind = 'council'"))


def test_what_cannot_be_restored_is_a_sentence(small: Path, backup: Path, tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("notes " * 100, encoding="utf-8")
    newer = Path(shutil.copy(backup, tmp_path / "newer.db"))
    with closing(sqlite3.connect(newer, isolation_level=None)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '0900'")
    ours = at(small)
    assert refused(ours, text) == f"{text} is not a database. Nothing was restored. Choose another backup."
    assert refused(ours, newer).endswith("Nothing was restored. Install the newest version first.")
    assert refused(ours, tmp_path / "none.db").startswith(f"There is no database at {tmp_path / 'none.db'}. Nothing")
    assert refused(ours, small / "data" / "tracker.db").startswith(f"{small / 'data' / 'tracker.db'} is the database")
    assert refused(replace(ours, read_only=True), backup).startswith("This was opened read-only")
    assert "the past cannot be changed" in refused(replace(ours, as_at=ours.today), backup)
    server = open_workspace(small, user="Ana", now=ours.now, database="postgresql://jo:secret@db.example/tracker")
    assert refused(server, backup).endswith(
        "Run, into an empty database: pg_restore --dbname=postgresql://db.example/tracker tracker.dump"
    )
    assert figure_count(small) == 1


def test_only_officers_back_up_and_restore(small: Path, backup: Path) -> None:
    write_plan(small, SMALL, EVERYONE)
    assert not apply(at(small)).blocking
    assert refused(at(small, user="Vic"), backup).startswith("Only officers may restore a backup, and 'Vic' is not")
    with pytest.raises(Unavailable, match="Only officers may copy the whole database"):
        make_backup(at(small, user="Vic"))
    assert restore(at(small), backup).kept is not None
