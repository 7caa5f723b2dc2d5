"""What an examination finds beyond what tests/trouble.py makes happen on the screen."""

import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from outcome_tracker.core.finding import Finding, Severity
from outcome_tracker.store.location import Location
from outcome_tracker.tracker import doctor
from outcome_tracker.tracker.backups import make_backup
from outcome_tracker.tracker.doctor import examine
from outcome_tracker.tracker.drive import Drive
from outcome_tracker.tracker.plans import apply
from outcome_tracker.tracker.workspace import Workspace
from tests.tracker.signing import signed


def about(found: tuple[Finding, ...], what: str) -> list[Finding]:
    return [each for each in found if each.about == what]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    found = signed(tmp_path / "ws")
    found.location.file.chmod(0o600)
    return found


def test_where_all_is_well_there_are_notes_alone_and_nothing_is_changed(workspace: Workspace) -> None:
    make_backup(workspace)
    before = sorted((path, path.stat().st_mtime_ns) for path in workspace.folder.rglob("*"))
    found = examine(workspace)
    assert {each.severity for each in found} == {Severity.NOTE}
    assert [each.about for each in found] == ["settings", "integrity", "backups", "plan files"]
    assert sorted((path, path.stat().st_mtime_ns) for path in workspace.folder.rglob("*")) == before


def test_a_network_drive_is_named(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "network_drive", lambda _: Drive("cifs", "//files.example/performance", locks=False))
    (found,) = about(examine(workspace), "drive")
    assert (found.severity, "without locks" in found.sentence) == (Severity.WARNING, True)


def test_who_may_not_look_learns_that_the_seals_were_not_checked(workspace: Workspace) -> None:
    path = workspace.targets / "council.yaml"
    path.write_text(path.read_text("utf-8") + "roles: {officers: [ana], viewers: [vic]}\n", "utf-8")
    assert apply(workspace).applied
    (found,) = about(examine(replace(workspace, user="sam")), "seals")
    assert found.sentence.startswith("What was signed off was not checked: Only people whom council.yaml lists")


def test_what_cannot_be_looked_at_is_told_apart_from_what_is_wrong(workspace: Workspace) -> None:
    path = workspace.location.file
    kept = path.with_name("kept.db")
    shutil.copy(path, kept)
    os.truncate(path, 20_000)
    (found,) = about(examine(workspace), "database")
    assert (found.severity, found.blind) == (Severity.ERROR, False)
    path.unlink()
    (found,) = about(examine(workspace), "database")
    assert (found.severity, found.blind) == (Severity.ERROR, True)
    shutil.rmtree(path.parent)
    assert [each.about for each in examine(workspace)] == ["database"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_file_in_a_folder_that_is_closed_is_read_by_nobody_else(workspace: Workspace) -> None:
    workspace.location.file.chmod(0o666)
    workspace.location.file.parent.chmod(0o700)
    assert about(examine(workspace), "permissions") == []


@pytest.mark.postgresql
def test_on_a_server_what_is_recorded_is_looked_at(workspace: Workspace, tables: Location) -> None:
    found = examine(replace(workspace, location=tables))
    assert [each.about for each in found] == ["integrity", "plan files"]
    assert found[0].sentence == "The database is whole: 0 entries were read through."
    assert {each.severity for each in found} == {Severity.NOTE}
