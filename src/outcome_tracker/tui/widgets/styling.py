"""Styles for widgets that draw their own lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style

if TYPE_CHECKING:
    from textual.widget import Widget


def component_style(widget: Widget, name: str) -> Style:
    """Return the rules of a component class, its transparent colours blended with the widget's background.

    Textual's own partial style takes `$accent 18%` for the full colour.
    """
    rules = widget.get_component_styles(name)
    background = widget.background_colors[1]
    colour = under = None
    if rules.has_rule("background"):
        background += rules.background
        under = background.rich_color
    if rules.has_rule("color"):
        colour = (background + rules.color).rich_color
    return Style(color=colour, bgcolor=under) + rules.text_style
