"""The backup on leaving: of what was entered, and never in the way."""

import sys
from pathlib import Path
from threading import Event

import pytest

from outcome_tracker.tracker import backups
from outcome_tracker.tracker.collect import enter
from outcome_tracker.tracker.workspace import Workspace
from outcome_tracker.tui import leaving
from tests.tui.entering import workspace


def bug(error: Exception) -> str:
    return f"This is a defect: {type(error).__name__}."


@pytest.fixture
def found(tmp_path: Path) -> Workspace:
    return workspace(tmp_path / "ws")


def test_what_was_entered_is_backed_up_once_and_nothing_is_said(
    found: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    for value in ("15", "16"):
        enter(found, "S-01", "2018-19 Q4", value)
        for _ in range(2):
            leaving.back_up(found, bug)
    assert len(list(found.location.backups.iterdir())) == 2
    assert capsys.readouterr() == ("", "")


def test_what_goes_wrong_is_a_sentence(found: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    found.location.backups.touch()
    leaving.back_up(found, bug)
    assert capsys.readouterr().err == (
        f"{found.location.backups} is a file, not a folder for backups. Name a folder: outcome-tracker backup DIR "
        "Everything that was entered is saved, but no backup of it was made.\n"
    )


def test_a_defect_is_a_sentence_too(
    found: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(backups, "_made", None)
    leaving.back_up(found, bug)
    assert capsys.readouterr().err.startswith("This is a defect: TypeError. Everything that was entered is saved")


def test_one_that_takes_long_says_so_and_can_be_left(
    found: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Interrupted:
        """Somebody who presses Ctrl+C once the sentence is on the screen."""

        def write(self, text: str) -> None:
            said.append(text)
            if "Ctrl+C" in text:
                raise KeyboardInterrupt

        def flush(self) -> None:
            pass

    said: list[str] = []
    go_on = Event()
    monkeypatch.setattr(leaving, "A_MOMENT", 0.01)
    monkeypatch.setattr(backups, "_made", lambda _: go_on.wait(10))
    monkeypatch.setattr(sys, "stderr", Interrupted())
    leaving.back_up(found, bug)
    go_on.set()
    assert said == [
        "Making a backup of what was entered; Ctrl+C leaves without it.\n",
        "Left without a backup; everything that was entered is saved.\n",
    ]
    assert capsys.readouterr().out == ""


def test_nobody_reads_what_is_said(found: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    found.location.backups.touch()
    monkeypatch.setattr(sys, "stderr", None)
    leaving.back_up(found, bug)
