"""Every text and mark that a look paints can be told from what it stands on, by the ratio of WCAG 2."""

import asyncio
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from textual.color import Color
from textual.geometry import Region
from textual.pilot import Pilot

from outcome_tracker.tui.app import TrackerApp
from outcome_tracker.tui.memory import Memory
from outcome_tracker.tui.places import PLACES
from outcome_tracker.tui.screens.ask import Ask, Choice, Field, Form
from outcome_tracker.tui.screens.entry import EntryScreen
from outcome_tracker.tui.screens.indicator import IndicatorScreen
from outcome_tracker.tui.screens.scorecard import ScorecardScreen
from outcome_tracker.tui.themes import LOOKS, themes
from outcome_tracker.tui.widgets.drawn import text
from tests.tui.entering import settled
from tests.tui.showing import demo, painted, show

TEXT, STRONG_TEXT, MARK = 4.5, 7.0, 3.0


@cache
def contrast(one: Color, other: Color) -> float:
    """Return the ratio of WCAG 2."""

    def luminance(colour: Color) -> float:
        parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized]
        return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def is_mark(words: str) -> bool:
    """Tell whether it is a line, a block or a shade, and no letter, digit or sign that is read."""
    return all("\u2500" <= character <= "\u25a0" for character in words if not character.isspace())


def weak(app: TrackerApp, region: Region) -> Iterator[str]:
    """Yield what is painted in a region with too little contrast."""
    enough = STRONG_TEXT if app.theme.endswith("contrast") else TEXT
    for y, strip in enumerate(app.screen._compositor.render_strips()):  # noqa: SLF001 - the only way to see what is painted
        if not region.y <= y < region.bottom:
            continue
        for segment in strip.crop(region.x, region.right):
            style = segment.style
            if style is None or not segment.text.strip():
                continue
            colours = [Color.from_rich_color(each) for each in (style.color, style.bgcolor)]
            ratio = contrast(*colours)
            if ratio < (MARK if is_mark(segment.text) else enough) or style.dim:
                yield f"{app.theme}: {segment.text.strip()!r} {ratio:.2f} {colours[0].hex} on {colours[1].hex}"


async def looked_at(app: TrackerApp, pilot: Pilot[None], selector: str = "") -> None:
    """Assert of what is on the screen (or a part of it) that it is readable in every look."""
    for name in LOOKS:
        app.theme = name
        await pilot.pause()
        part = app.screen.query_one(selector) if selector else app.screen
        for _ in range(50):  # until it is laid out
            if part.region.area:
                break
            await pilot.pause()
        assert part.region.area, part
        assert not list(weak(app, part.region))


POPUPS = ("f1", "p", "d", "g", "slash")


def test_every_screen_is_readable_in_every_look() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await looked_at(app, pilot)
        for screen in (ScorecardScreen("EARLY"), IndicatorScreen("EARLY-03")):
            await app.push_screen(screen)
            await settled(app, pilot)
            await looked_at(app, pilot)
            app.pop_screen()
            await settled(app, pilot)

    show(demo(), steps)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_every_place_is_readable_in_every_look(place: type) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await looked_at(app, pilot)

    show(demo(), steps, screen=next(each for each in PLACES if each is place).kind()("EARLY"))


@pytest.mark.robustness
def test_every_popup_and_message_is_readable_in_every_look() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        for key in POPUPS:
            await pilot.press(key)
            await settled(app, pilot)
            await looked_at(app, pilot, ".popup")
            await pilot.press("escape")
            await settled(app, pilot)
        for name in LOOKS:  # the palette keeps the colours that it was opened in
            app.theme = name
            await pilot.press("ctrl+p")
            await settled(app, pilot)
            for part in ("#--input", "CommandList"):
                assert app.screen.query_one(part).region.area
                assert not list(weak(app, app.screen.query_one(part).region))
            await pilot.press("escape", "escape")
        app.push_screen(Ask("Keep which?", [text("Two figures.")], [Choice("a", "a", "This", "it is newer")]))
        await settled(app, pilot)
        await looked_at(app, pilot, ".popup")
        app.pop_screen()
        app.push_screen(
            Form(
                "Note",
                [],
                [Field("note", "Note", "why"), Field("by", "By", "", "Ana")],
                lambda _: None,
                ("note", "No."),
            )
        )
        await settled(app, pilot)
        await looked_at(app, pilot, ".popup")
        app.pop_screen()
        app.notify("It says something.", title="A title")
        app.notify("It says something.", severity="warning")
        app.notify("It says something.", severity="error")
        for _ in range(50):
            if painted(app).count("It says something.") == 3:
                break
            await pilot.pause()
        await looked_at(app, pilot)

    show(demo(), steps)


def test_what_is_typed_saved_and_refused_is_readable_in_every_look(tmp_path: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("1", "2", "left")
        await looked_at(app, pilot)
        await pilot.press("end", "x", "enter")
        await settled(app, pilot)
        await looked_at(app, pilot)
        app.see(app.workspace.today)
        await settled(app, pilot)
        await looked_at(app, pilot)

    show(demo(tmp_path), steps, screen=EntryScreen("EARLY"))


@pytest.mark.parametrize("number", range(len(LOOKS)), ids=list(LOOKS))
@pytest.mark.parametrize("colourless", [False, True])
def test_scroll_bars_and_rules_can_be_seen(number: int, *, colourless: bool) -> None:
    theme = themes(colourless=colourless)[number]
    variables = theme.variables
    for mark, ground in (
        ("scrollbar", "scrollbar-background"),
        ("scrollbar-hover", "scrollbar-background-hover"),
        ("scrollbar-active", "scrollbar-background-active"),
    ):
        assert contrast(Color.parse(variables[mark]), Color.parse(variables[ground])) >= MARK, mark
    for behind in (theme.background, theme.surface):
        assert contrast(Color.parse(variables["rule"]), Color.parse(behind or "")) >= MARK


def test_without_colour_a_rating_is_as_strong_as_any_figure() -> None:
    for theme in themes(colourless=True):
        assert {theme.variables[f"rag-{rag}"] for rag in ("green", "amber", "red")} == {theme.foreground}


def test_a_key_takes_the_next_look_which_the_next_run_remembers(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "screens.json")

    async def steps() -> list[str]:
        app = TrackerApp(demo(), memory=memory)
        seen = [app.theme]
        try:
            async with app.run_test(size=(100, 30)) as pilot:
                await settled(app, pilot)
                for _ in LOOKS:
                    await pilot.press("f8")
                    await pilot.pause()
                    seen.append(app.theme)
                said = [note.message for note in app._notifications]  # noqa: SLF001 - what was said
                assert said[2] == "The look is light with high contrast."
                await pilot.press("f8")
        finally:
            app.writer.close()
        return seen

    assert asyncio.run(steps()) == ["dark", "light", "dark-contrast", "light-contrast", "dark"]
    assert TrackerApp(demo(), memory=Memory(tmp_path / "screens.json")).theme == "light"
    (tmp_path / "screens.json").write_text('{"theme": "mauve"}', encoding="utf-8")
    assert TrackerApp(demo(), memory=Memory(tmp_path / "screens.json")).theme == "dark"
