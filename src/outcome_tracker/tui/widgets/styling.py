"""Styles for widgets that draw their own lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style
from textual.dom import DOMNode

if TYPE_CHECKING:
    from collections.abc import Collection

    from textual.widget import Widget


class Parts:
    """The styles of what a widget draws; a stylesheet says them: `GridView > .muted`.

    They are Textual's component classes, but for when they are matched: when they are drawn first. Textual matches
    all of them each time a widget's own styles are, whether or not they are ever drawn, which took most of styling.
    """

    def __init__(self, widget: Widget, names: Collection[str]) -> None:
        """`names` are all that there are, so that one that is misspelt is no part without a style."""
        self._widget, self._names = widget, names
        self._styles: dict[str, Style] = {}

    def clear(self) -> None:
        """Forget the styles; to be called by the widget's `notify_style_update`."""
        self._styles.clear()

    def __getitem__(self, name: str) -> Style:
        """Return the style of a part, its transparent colours blended with the widget's background.

        Textual's own partial style takes `$accent 18%` for the full colour.
        """
        if name not in self._styles:
            self._styles[name] = self._matched(name)
        return self._styles[name]

    def _matched(self, name: str) -> Style:
        if name not in self._names:
            raise KeyError(name)
        rules = _Part(self._widget, name).styles
        background = self._widget.background_colors[1]
        colour = under = None
        if rules.has_rule("background"):
            background += rules.background
            under = background.rich_color
        if rules.has_rule("color"):
            colour = (background + rules.color).rich_color
        return Style(color=colour, bgcolor=under) + rules.text_style


class _Part(DOMNode):
    """What a stylesheet sees of a part: a child of its widget that has its name for a class."""

    def __init__(self, widget: Widget, name: str) -> None:
        super().__init__(classes=name)
        self._attach(widget)
        widget.app.stylesheet.apply(self)
