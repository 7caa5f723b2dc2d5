"""Parts are matched when they are drawn, and look as Textual's component classes would."""

import asyncio
from itertools import pairwise
from typing import ClassVar

import pytest
from rich.style import Style
from textual.app import App, ComposeResult
from textual.dom import DOMNode
from textual.widget import Widget

from outcome_tracker.tui.widgets.styling import Parts

NAMES = {"own", "quiet", "plain"}


class Drawing(Widget):
    COMPONENT_CLASSES: ClassVar[set[str]] = NAMES
    DEFAULT_CSS = """
    Drawing {
        background: $background;
        color: $foreground;
        & > .own { color: $accent 40%; background: $accent 18%; text-style: bold; }
        & > .quiet { color: $foreground 60%; }
        &:light > .own { text-style: bold underline; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.parts = Parts(self, NAMES)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.parts.clear()


class Drawings(App[None]):
    CSS = """
    .loud Drawing > .quiet { color: red; }
    .loud Drawing { background: $surface; }
    Drawing > .plain { color: $success; }
    """

    def compose(self) -> ComposeResult:
        yield Drawing()


def theirs(widget: Widget, name: str) -> Style:
    """Return the style by Textual's own matching, colours blended."""
    rules = widget.get_component_styles(name)
    under = widget.background_colors[1] + rules.background
    colour = (under + rules.color).rich_color if rules.has_rule("color") else None
    return Style(color=colour, bgcolor=under.rich_color if rules.has_rule("background") else None) + rules.text_style


def test_a_part_looks_like_a_component_class_whatever_changes() -> None:
    async def run() -> None:
        app = Drawings()
        async with app.run_test() as pilot:
            widget = app.query_one(Drawing)
            seen = []
            for change in (
                lambda: None,
                lambda: app.screen.add_class("loud"),
                lambda: setattr(app, "theme", "textual-light"),
                lambda: app.screen.remove_class("loud"),
            ):
                change()
                await pilot.pause()
                found = {name: widget.parts[name] for name in sorted(NAMES)}
                assert found == {name: theirs(widget, name) for name in sorted(NAMES)}
                seen.append(found)
            assert all(before != after for before, after in pairwise(seen))

    asyncio.run(run())


def test_a_part_is_matched_once_and_only_when_it_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> None:
        app = Drawings()
        async with app.run_test():
            matched: list[str] = []
            apply = app.stylesheet.apply

            def noted(node: DOMNode) -> None:
                matched.extend(node.classes)
                apply(node)

            monkeypatch.setattr(app.stylesheet, "apply", noted)
            parts = app.query_one(Drawing).parts
            assert parts["quiet"] is parts["quiet"]
            assert matched == ["quiet"]

    asyncio.run(run())


def test_a_misspelt_part_is_none() -> None:
    async def run() -> None:
        app = Drawings()
        async with app.run_test():
            with pytest.raises(KeyError, match="qiuet"):
                app.query_one(Drawing).parts["qiuet"]

    asyncio.run(run())
