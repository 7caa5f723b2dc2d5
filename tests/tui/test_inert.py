"""Whatever people write, the screens show it as it is, without markup, links or sequences; also as one types."""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from textual import events
from textual.widgets import Input

import outcome_tracker.tui
from outcome_tracker.core.period import parse
from outcome_tracker.tracker.workspace import Workspace, open_workspace
from outcome_tracker.tui.places import PLACES
from outcome_tracker.tui.screens.ask import Field, Form
from outcome_tracker.tui.screens.entry import EntryScreen
from outcome_tracker.tui.screens.indicator import IndicatorScreen
from outcome_tracker.tui.screens.scorecard import ScorecardScreen
from outcome_tracker.tui.widgets.drawn import text
from tests import inert
from tests.hostile import PERIOD, Filled
from tests.nasty import CORPUS, ESCAPES, MARKUP, Nasty
from tests.running import USER
from tests.tui.entering import drive, grid, on_line, settled, workspace
from tests.tui.showing import painted, show

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from outcome_tracker.tui.app import TrackerApp

NOW = datetime(2020, 1, 15, 10, tzinfo=UTC)
SCREENS: dict[str, Any] = {
    "summary": lambda: None,
    "scorecard": lambda: ScorecardScreen("P0"),
    **{f"indicator {code}": lambda code=code: IndicatorScreen(code) for code in ("P0-1", "P1-1", "P2-1")},
    **{place.name(): lambda place=place: place.kind()("P0") for place in PLACES},
}


def opened(folder: Path) -> Workspace:
    return open_workspace(folder, user=USER, now=lambda: NOW)


def check_screen(app: TrackerApp) -> str:
    """Judge what is painted: nothing of it steers, no text became a link or an action."""
    shown = painted(app)
    inert.printable(shown)
    for strip in app.screen._compositor.render_strips():  # noqa: SLF001 - as `painted`
        for segment in strip:
            assert not segment.control
            style = segment.style
            assert style is None or not style.link
            assert style is None or not any(str(value).startswith(("app.", "quit")) for value in style.meta.values())
    return shown


@pytest.mark.parametrize("name", SCREENS)
def test_every_screen_is_inert(hostile: Filled, name: str) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        app.go_to(parse(PERIOD))
        await settled(app, pilot)
        assert len(check_screen(app)) > 1_000

    show(opened(hostile.folder), steps, screen=SCREENS[name](), size=(160, 60))


# What is typed and pasted. Every day some texts, of each kind one; `make robustness` takes them all.

SOME = [nasty for place, nasty in enumerate(CORPUS) if place % 12 == 0 or nasty.text in {MARKUP, ESCAPES}]
some_or_all = pytest.mark.parametrize(
    "texts", [SOME, pytest.param(CORPUS, marks=pytest.mark.robustness)], ids=["some", "all"]
)


def known() -> set[tuple[str, str]]:
    """Return every place in the program where something can be typed: the module and the kind of field."""
    found = set()
    for path in Path(outcome_tracker.tui.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Name) and called.id in {"Field", "Input", "TextArea", "Words", "Form"}:
                found.add((path.stem, called.id))
            if isinstance(node, ast.ClassDef):
                bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
                found |= {(path.stem, f"{node.name}({base})") for base in bases & {"TextArea", "Input", "Form", "Grid"}}
    return found


def test_every_place_to_type_in_is_known() -> None:
    assert known() == {
        ("text_line", "TextLine(Input)"),  # pasted into below, in a form and in lists
        *(
            (name, kind)
            for name in ("milestone_saving", "sign_off", "summary_report", "targets")
            for kind in ("Form", "Field")
        ),
        ("entry_grid", "EntryGrid(Grid)"),
        ("commentary_fields", "Words"),
        ("commentary_fields", "Words(TextArea)"),
        ("commentary_page", "Field"),
        ("indicator_tabs", "Words"),  # of a tab, where nothing is typed
    }


async def paste(app: TrackerApp, pilot: Pilot[None], text: str) -> None:
    app.post_message(events.Paste(text))  # as from the terminal
    await settled(app, pilot)


async def press(app: TrackerApp, pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settled(app, pilot)


@pytest.mark.robustness
@some_or_all
def test_a_cell_takes_what_is_pasted_as_text(tmp_path: Path, texts: tuple[Nasty, ...]) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        for nasty in texts:
            on_line(app, "S-01")
            await paste(app, pilot, nasty.text)
            check_screen(app)
            await press(app, pilot, "enter")
            check_screen(app)
            while not isinstance(app.screen, EntryScreen):
                await press(app, pilot, "escape")
            for _ in range(2):  # what was refused is typed on, and then dropped
                if (line := grid(app).cursor_line) and "value" in grid(app).drafts.of(line):
                    await press(app, pilot, "escape")

    drive(workspace(tmp_path), steps)


def refusing(sentence: str, _values: object) -> tuple[str, str]:
    return "why", sentence


@pytest.mark.robustness
@some_or_all
def test_a_form_shows_what_is_pasted_as_text(hostile: Filled, texts: tuple[Nasty, ...]) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        for nasty in texts:
            app.push_screen(Form("Form", [text(nasty.text)], [Field("why", nasty.text)], partial(refusing, nasty.text)))
            await settled(app, pilot)
            await paste(app, pilot, nasty.text)
            check_screen(app)
            await press(app, pilot, "enter")
            check_screen(app)
            app.notify(nasty.text, title=nasty.text, markup=False)
            await settled(app, pilot)
            check_screen(app)
            app.clear_notifications()
            await press(app, pilot, "escape", "escape")

    show(opened(hostile.folder), steps)


def test_lines_pasted_into_a_form_follow_one_another(hostile: Filled) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        app.push_screen(Form("Form", [], [Field("why", "Why")], partial(refusing, "No.")))
        await settled(app, pilot)
        await paste(app, pilot, "first\r\nsecond\t\x1b[31mthird\u202e\n")
        assert app.screen.query_one(Input).value == "first second third"

    show(opened(hostile.folder), steps)


@pytest.mark.robustness
@pytest.mark.parametrize("key", ["slash", "p", "d", "g", "ctrl+p"])
@some_or_all
def test_a_list_shows_what_is_pasted_as_text(hostile: Filled, key: str, texts: tuple[Nasty, ...]) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, key)
        if not app.screen.query(Input):
            return
        for nasty in texts:
            app.screen.query_one(Input).value = ""
            await paste(app, pilot, nasty.text)
            check_screen(app)

    show(opened(hostile.folder), steps)
