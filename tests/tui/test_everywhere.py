"""What holds on every screen: sizes, keys that tell the truth, letters beside colours."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import ModalScreen

from outcome_tracker.core import wording
from outcome_tracker.core.direction import Direction
from outcome_tracker.core.rag import Rag
from outcome_tracker.tui.app import TrackerApp
from outcome_tracker.tui.places import PLACES
from outcome_tracker.tui.screens.entry import EntryScreen
from outcome_tracker.tui.screens.help import HelpScreen
from outcome_tracker.tui.screens.indicator import IndicatorScreen
from outcome_tracker.tui.screens.page import Page
from outcome_tracker.tui.screens.scorecard import ScorecardScreen
from outcome_tracker.tui.screens.summary import SummaryScreen
from outcome_tracker.tui.widgets.grid_view import GridView
from tests.tui.entering import drive, settled, type_text, workspace
from tests.tui.showing import demo, on, painted, show

SCREENS: dict[str, Any] = {
    "scorecard": lambda: ScorecardScreen("EARLY"),
    "indicator": lambda: IndicatorScreen("EARLY-03"),
    **{place.name(): lambda place=place: place.kind()("EARLY") for place in PLACES},
}
POPUPS = ("f1", "p", "d", "g", "slash", "ctrl+p")
every_screen = pytest.mark.parametrize("name", [None, *SCREENS])


def keys_line(app: TrackerApp) -> str:
    return painted(app).splitlines()[-1]


FEW = ((40, 10), (120, 40))
ALL = ((60, 16), (40, 10), (80, 24), (40, 30), (120, 40))
some_sizes = pytest.mark.parametrize(
    "sizes", [FEW, pytest.param(ALL, marks=pytest.mark.robustness)], ids=["few sizes", "all sizes"]
)


@some_sizes
@every_screen
def test_any_window_will_do_and_a_tiny_one_says_so(name: str | None, sizes: Sequence[tuple[int, int]]) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        before = painted(app)
        for size in sizes:
            await pilot.resize_terminal(*size)
            await settled(app, pilot)
            shown = painted(app)
            assert [len(line) for line in shown.splitlines()] == [size[0]] * size[1]
            cramped = size[0] < 46 or size[1] < 12
            assert ("Make the window larger" in shown) == cramped, size
            assert "F1 Help" in keys_line(app)
        assert painted(app) == before

    show(demo(), steps, screen=SCREENS[name]() if name else None)


@some_sizes
@pytest.mark.parametrize("key", POPUPS)
def test_a_list_that_is_open_stands_any_window_and_shows_its_own_keys(
    key: str, sizes: Sequence[tuple[int, int]]
) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press(key)
        await settled(app, pilot)
        assert isinstance(app.screen, ModalScreen)
        assert "F2 Enter figures" not in keys_line(app)
        assert "Esc" in keys_line(app)
        for size in sizes:
            await pilot.resize_terminal(*size)
            await settled(app, pilot)
            assert [len(line) for line in painted(app).splitlines()] == [size[0]] * size[1]
        await pilot.press("escape", "escape")
        await settled(app, pilot)
        on(app, SummaryScreen)
        assert "F1 Help" in keys_line(app)

    show(demo(), steps)


def test_the_keys_of_a_cell_are_shown_while_it_is_typed_into(tmp_path: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert "Esc Back" in keys_line(app)
        await type_text(pilot, "9")
        await settled(app, pilot)
        assert keys_line(app).split() == [
            *("F1", "Help", "Enter", "Save,", "next"),
            *("Tab", "Save,", "right", "Esc", "Take", "back"),
        ]
        await pilot.press("escape")
        await settled(app, pilot)
        assert "Esc Back" in keys_line(app)
        on(app, EntryScreen)

    drive(workspace(tmp_path), steps)


@every_screen
def test_what_the_keys_line_offers_works(name: str | None) -> None:
    async def steps(app: TrackerApp, _pilot: Pilot[None]) -> None:
        page = on(app, Page)
        offered = {
            (command.shown_keys()[0], page.label_of(command)): command for command in page.offered() if command.keys
        }
        for shown in keys_line(app).strip().split("   "):
            key, _, label = shown.strip().partition(" ")
            assert page.why_not(offered[key, label]) == ""

    show(demo(), steps, screen=SCREENS[name]() if name else None)


@every_screen
def test_there_is_help_and_escape_goes_back(name: str | None) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        page = on(app, Page)
        assert page.ABOUT.endswith(".")
        await pilot.press("f1")
        await settled(app, pilot)
        on(app, HelpScreen)
        await pilot.press("escape")
        await settled(app, pilot)
        assert on(app, Page) is page
        if name:
            await pilot.press("escape")
            await settled(app, pilot)
            on(app, SummaryScreen)

    show(demo(), steps, screen=SCREENS[name]() if name else None)


GLYPHS = {rag: wording.RAG_GLYPH[rag] for rag in Rag}
LETTERS = {rag: wording.RAG_LETTER[rag] for rag in Rag}


def coloured(app: TrackerApp) -> Iterator[str]:
    """Yield the text of every cell in a rating's colour, in every table of the screen."""
    for grid in app.screen.query(GridView):
        for line in grid.lines:
            for cell in line.cells.values():
                if cell.style.startswith("rag-"):
                    yield from (cell.text, cell.short or cell.text)


@every_screen
def test_no_rating_is_told_by_colour_alone(monkeypatch: pytest.MonkeyPatch, name: str | None) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    signs = {*GLYPHS.values(), *LETTERS.values(), *(wording.DIRECTION_GLYPH[way] for way in Direction)}

    async def steps(app: TrackerApp, _pilot: Pilot[None]) -> None:
        assert app.no_color
        for words in coloured(app):
            assert not words.strip() or any(sign in words for sign in signs) or words.strip().isdigit(), words

    show(demo(), steps, size=(80, 24), screen=SCREENS[name]() if name else None)


def test_a_click_on_a_crumb_goes_back_to_that_screen() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await app.push_screen(IndicatorScreen("EARLY-03"))
        await settled(app, pilot)
        line = painted(app).splitlines()[0]
        await pilot.click("Top", offset=(line.index("EARLY") + 1, 0))
        await settled(app, pilot)
        on(app, ScorecardScreen)

    show(demo(), steps, screen=ScorecardScreen("EARLY"))
