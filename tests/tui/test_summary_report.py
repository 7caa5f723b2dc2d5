"""Writing the report from the summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from outcome_tracker.tui.screens.ask import Form
from outcome_tracker.tui.screens.summary import SummaryScreen
from tests.tui.entering import settled
from tests.tui.showing import demo, on, show, words

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from outcome_tracker.tui.app import TrackerApp


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _told(app: TrackerApp) -> list[str]:
    return [note.message for note in app._notifications]  # noqa: SLF001 - what is said is seen nowhere else


def test_the_report_of_all_plans_is_written(here: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("r")
        await settled(app, pilot)
        file = on(app, Form).query_one(Input)
        assert file.value == str(here / "council_2018-19-Q4.html")
        await pilot.press("enter")
        await settled(app, pilot)
        assert _told(app)[-1] == f"The report is in {here / 'council_2018-19-Q4.html'}."
        assert "<title>" in (here / "council_2018-19-Q4.html").read_text("utf-8")

    show(demo(), steps)


def test_with_the_cursor_on_a_plan_it_is_of_that_plan(here: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("tab", "down", "down", "r")
        await settled(app, pilot)
        file = on(app, Form).query_one(Input)
        assert file.value == str(here / "EARLY_2018-19-Q4.html")
        file.value = str(here / "early.md")
        await pilot.press("enter")
        await settled(app, pilot)
        assert (here / "early.md").read_text("utf-8").startswith("# Children and families get help early")

    show(demo(), steps)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("report.pdf", "Name a file that ends in .html, .docx, .xlsx or .md."),
        ("", "Name a file that ends in .html, .docx, .xlsx or .md."),
        ("there.md", "there.md is there already."),
        ("none/report.md", "There is no folder none."),
    ],
)
def test_what_cannot_be_written_is_said_and_what_is_typed_stays(here: Path, name: str, why: str) -> None:
    (here / "there.md").touch()

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("r")
        await settled(app, pilot)
        on(app, Form).query_one(Input).value = name
        await pilot.press("enter")
        await settled(app, pilot)
        assert words(app, "#wrong").strip() == f"✗ {why}"
        assert on(app, Form).query_one(Input).value == name
        await pilot.press("escape", "escape")
        await settled(app, pilot)
        on(app, SummaryScreen)

    show(demo(), steps)
    assert [path.name for path in here.iterdir()] == ["there.md"]
