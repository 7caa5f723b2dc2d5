"""A new workspace: the start screen leads to the plan files, which are applied there for the first time."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from outcome_tracker.tracker.setup import make_empty
from outcome_tracker.tracker.workspace import Workspace, open_workspace
from outcome_tracker.tui.app import TrackerApp
from outcome_tracker.tui.places import EnterFigures, Targets
from outcome_tracker.tui.screens.ask import Form
from outcome_tracker.tui.screens.entry import EntryScreen
from outcome_tracker.tui.screens.summary import SummaryScreen
from outcome_tracker.tui.screens.targets import TargetsScreen
from tests.tui.entering import settled
from tests.tui.showing import now, on, painted, show, words


def new(folder: Path) -> Workspace:
    found = open_workspace(folder, user="ana", now=now)
    make_empty(found)
    return found


def said(app: TrackerApp) -> list[str]:
    return [note.message for note in app._notifications]  # noqa: SLF001 - Textual shows them no other way


async def press(app: TrackerApp, pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(app, pilot)


def test_the_start_screen_leads_to_the_plan_files_and_they_are_applied_there(tmp_path: Path) -> None:
    found = new(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        start = on(app, SummaryScreen)
        assert "F7 shows the plan files and applies them." in words(app, "#unavailable")
        assert start.why_not(Targets) == ""
        assert start.why_not(EnterFigures) == "No plan has been applied yet; F7 shows the plan files."
        await press(app, pilot, "f7")
        screen = on(app, TargetsScreen)
        assert words(app, "#bar").splitlines() == [
            "2 files, no problems, 10 differences",
            "No plan has been applied yet. 3 lists the differences, A applies them.",
        ]
        assert screen.why_not(EnterFigures) == "No plan has been applied yet; F7 shows the plan files."
        await press(app, pilot, "p", "slash", "d")
        assert set(said(app)) == {"No plan has been applied yet; F7 shows the plan files."}
        await press(app, pilot, "A")
        assert "is made for it." in painted(app)
        await press(app, pilot, "enter")
        assert said(app)[-1] == "Applied: 10 differences."
        assert words(app, "#bar").splitlines()[0] == "2 files, no problems, no differences"
        await press(app, pilot, "f2")
        assert on(app, EntryScreen).period == app.period is not None
        await press(app, pilot, "escape")
        assert not on(app, SummaryScreen).has_class("-unavailable")
        assert "Name of your council" in painted(app)

    show(found, steps)


def test_a_problem_in_the_files_is_shown_before_anything_is_applied(tmp_path: Path) -> None:
    found = new(tmp_path)
    plan = tmp_path / "targets" / "first_plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("better: lower", "beter: lower"), encoding="utf-8")

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "f7")
        assert words(app, "#bar").splitlines() == [
            "2 files, 2 problems",
            "No plan has been applied yet. Mend the problems first: 2 lists them, Enter opens the line in your editor.",
        ]
        await press(app, pilot, "A")
        assert said(app) == ["2 problems in the files; mend them first."]
        assert not isinstance(app.screen, Form)

    show(found, steps)


def test_a_database_that_is_there_and_cannot_be_read_is_no_new_workspace(tmp_path: Path) -> None:
    found = new(tmp_path)
    (tmp_path / "data" / "tracker.db").write_bytes(b"not a database" * 100)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert "plan files" not in words(app, "#unavailable")
        await press(app, pilot, "f7")
        assert said(app) == ["Nothing has been read yet."]

    show(found, steps)


@pytest.mark.parametrize("key", ["f9", "f7"])
def test_a_database_that_goes_while_it_is_open_is_no_new_workspace(tmp_path: Path, key: str) -> None:
    found = new(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "f7", "A", "enter")
        (tmp_path / "data" / "tracker.db").unlink()
        await press(app, pilot, "escape", "f9", key)
        assert "There is no database at" in " ".join(said(app))
        assert "No plan has been applied yet" not in painted(app)

    show(found, steps)
