from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from outcome_tracker.core.milestone import Progress, Report
from outcome_tracker.tracker.actions import change_status
from outcome_tracker.tracker.workspace import Workspace
from outcome_tracker.tui.app import TrackerApp
from outcome_tracker.tui.screens.ask import Ask, Form
from outcome_tracker.tui.screens.milestones import History, MilestonesScreen
from outcome_tracker.tui.widgets.drawn import Drawn
from outcome_tracker.tui.widgets.grid_view import GridView
from tests.tui.entering import Q4, Drive, drive, settled, type_text, workspace


def on_milestones(found: Workspace, steps: Drive, size: tuple[int, int] = (120, 40)) -> None:
    drive(found, steps, size=size, screen=MilestonesScreen())


def grid(app: TrackerApp) -> GridView:
    return next(screen for screen in app.screen_stack if isinstance(screen, MilestonesScreen)).grid


def cells(app: TrackerApp, code: str) -> dict[str, str]:
    line = next(line for line in grid(app).lines if line.key == code)
    return {key: cell.text for key, cell in line.cells.items() if cell.text} | (
        {"note": line.note} if line.note else {}
    )


def reports(found: Workspace, code: str) -> list[Report]:
    with found.read() as reader:
        return [report for report in reader.milestone_reports() if report.milestone == code]


def wrong(app: TrackerApp) -> str:
    assert isinstance(app.screen, Form)
    return " ".join(line.plain.strip() for line in app.screen.query_one("#wrong", Drawn).lines(200))


def test_overdue_and_due_next_are_said_in_words(tmp_path: Path) -> None:
    async def steps(app: TrackerApp, _pilot: Pilot[None]) -> None:
        assert cells(app, "S-A1.1") == {
            "title": "S-A1.1  Agree the sites",
            "status": "○ Not started",
            "due": "31 Dec 2018",
            "flag": "overdue",
            "owner": "Manager",
        }
        assert cells(app, "S-A1.2")["flag"] == "due next"
        assert cells(app, "S-A2.1")["due"] == "–"

    on_milestones(workspace(tmp_path), steps)


def test_by_due_date_what_is_overdue_comes_first(tmp_path: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("t")
        headings = [line.title for line in grid(app).lines if line.heading]
        assert headings == ["Overdue · 1", "Due in the next period · 1", "No date stated · 1"]

    on_milestones(workspace(tmp_path), steps)


def test_a_status_that_says_it_all_is_saved_at_once(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        grid(app).move_to("S-A2.1")
        await pilot.press("s")
        await settled(app, pilot)
        await pilot.press("o")
        await settled(app, pilot)
        assert cells(app, "S-A2.1")["status"] == "→ On track"

    on_milestones(found, steps)
    (report,) = reports(found, "S-A2.1")
    assert (report.status, report.day, report.version) == (Progress.ON_TRACK, "2019-04-20", 1)
    assert report.stamp is not None
    assert report.stamp.who == "ana"


def test_rephasing_needs_a_date_and_a_reason(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        grid(app).move_to("S-A1.1")
        await pilot.press("r")
        await settled(app, pilot)
        await type_text(pilot, "soon", "enter", "enter")
        assert wrong(app) == "✗ 'soon' is neither a date nor a financial year; write 2019-03-31 or 2019-20."
        assert isinstance(app.screen, Form)
        assert app.screen.values == {"new_due": "soon", "reason": ""}
        await pilot.press("ctrl+u")
        await type_text(pilot, "2019-20", "enter", "enter")
        assert wrong(app) == "✗ Re-phasing needs its reason."
        assert not reports(found, "S-A1.1")
        await type_text(pilot, "roof", "enter")
        await settled(app, pilot)
        assert cells(app, "S-A1.1") == {
            "title": "S-A1.1  Agree the sites",
            "status": "» Re-phased",
            "due": "during 2019-20",
            "was": "31 Dec 2018",
            "flag": "due next",
            "owner": "Manager",
            "note": "» roof",
        }

    on_milestones(found, steps)
    (report,) = reports(found, "S-A1.1")
    assert (report.new_due, report.reason) == ("2019-20", "roof")


def test_delivered_asks_when(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        grid(app).move_to("S-A1.1")
        await pilot.press("s")
        await settled(app, pilot)
        await pilot.press("d")
        await settled(app, pilot)
        await pilot.press("ctrl+u")
        await type_text(pilot, "2019-02-31", "enter")
        assert "not in the calendar" in wrong(app) or "neither a date" in wrong(app)
        await pilot.press("ctrl+u")
        await type_text(pilot, "2019-02-28", "enter")
        await settled(app, pilot)

    on_milestones(found, steps)
    (report,) = reports(found, "S-A1.1")
    assert (report.status, report.day) == (Progress.DELIVERED, "2019-02-28")


def test_somebody_elses_change_is_shown_before_ones_own_follows_it(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        grid(app).move_to("S-A1.1")
        await pilot.press("s")
        await settled(app, pilot)
        change_status(replace(found, user="ben"), "S-A1.1", Progress.DELAYED)
        await pilot.press("o")
        await settled(app, pilot)
        assert isinstance(app.screen, Ask)
        await pilot.press("s")
        await settled(app, pilot)

    on_milestones(found, steps)
    assert [r.status for r in sorted(reports(found, "S-A1.1"), key=lambda r: r.version)] == [
        Progress.DELAYED,
        Progress.ON_TRACK,
    ]


def test_enter_shows_every_change(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    change_status(found, "S-A1.1", Progress.REPHASED, new_due="2019-09-30", reason="roof")
    change_status(found, "S-A1.1", Progress.ON_TRACK)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        grid(app).move_to("S-A1.1")
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, History)
        lines = app.screen.query_one(GridView).lines
        assert [line.cell("status").text for line in lines] == ["→ On track", "» Re-phased", "○ Not started"]
        assert (lines[1].note, lines[1].cell("due").text, lines[1].cell("who").text) == ("roof", "30 Sep 2019", "ana")

    on_milestones(found, steps)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_past_is_read_only_and_says_why(tmp_path: Path, size: tuple[int, int]) -> None:
    workspace(tmp_path)
    found = workspace(tmp_path, as_at=Q4.end)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("s", "r")
        assert isinstance(app.screen, MilestonesScreen)
        said = {notice.message for notice in app._notifications}  # noqa: SLF001 - Textual has no other list of them
        assert said == {"Read-only: the milestones as at 2019-03-31; leave out --as-at to change something."}

    on_milestones(found, steps, size)
