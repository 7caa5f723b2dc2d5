"""The strip widget: every authority's figure as a dot on one line, the own council and its neighbours marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip as Segments
from textual.widget import Widget

from outcome_tracker.core.strip import Strip
from outcome_tracker.tui.widgets.strip_paint import LEAST_ROWS, MOST_ROWS, Row, paint
from outcome_tracker.tui.widgets.styling import Parts

if TYPE_CHECKING:
    from textual.geometry import Size


PARTS = {
    "strip--own",
    "strip--neighbour",
    "strip--dot",
    "strip--quarter",
    "strip--comparator",
    "strip--target",
    "strip--quiet",
}


class StripView(Widget):
    """Shows a `core.strip.Strip`; what its marks are is told by shape and name as well as by colour."""

    ALLOW_SELECT = False

    DEFAULT_CSS = f"""
    StripView {{
        width: 1fr;
        height: {MOST_ROWS};
        min-height: {LEAST_ROWS};
        background: $background;
        color: $foreground;
        & > .strip--own {{ color: $text-accent; text-style: bold; }}
        & > .strip--neighbour {{ color: $foreground; text-style: bold; }}
        & > .strip--dot {{ color: $foreground 60%; }}
        & > .strip--quarter {{ color: $foreground; }}
        & > .strip--comparator {{ color: $foreground 60%; }}
        & > .strip--target {{ color: $foreground; }}
        & > .strip--quiet {{ color: $foreground 60%; }}
    }}
    """

    data: reactive[Strip] = reactive(Strip())

    class Clicked(Message, namespace="strip"):
        """The strip was clicked."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._parts = Parts(self, PARTS)
        self._rows: tuple[Strip, Size, list[Row]] | None = None

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._parts.clear()

    def on_click(self) -> None:
        self.post_message(self.Clicked())

    @property
    def summary(self) -> str:
        """The strip in a sentence, for those who can't see it."""
        return self.data.words

    def render_line(self, y: int) -> Segments:
        if self._rows is None or self._rows[0] is not self.data or self._rows[1] != self.size:
            self._rows = (self.data, self.size, paint(self.data, self.size.width, self.size.height))
        row = self._rows[2][y] if y < len(self._rows[2]) else []
        base = self.rich_style
        drawn = [Segment(text, base + self._parts[name] if name else base) for text, name in row if text]
        return Segments(drawn).adjust_cell_length(self.size.width, base)
