"""A line of names, one of which is chosen by its key or a click; beside it, on the right, a second choice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

GAP, CLOSE = 3, 2  # between those on the left, and on the right


@dataclass(frozen=True, slots=True)
class Tab:
    """A name with the key that chooses it."""

    key: str
    name: str


class TabLine(Widget):
    """Two groups of tabs, one at each end; the chosen ones are underlined, which is seen without colour."""

    DEFAULT_CSS = "TabLine { height: 1; width: 1fr; padding: 0 1; }"
    ALLOW_SELECT: ClassVar[bool] = False

    @dataclass
    class Chosen(Message, namespace="tabs"):
        """A tab was clicked."""

        key: str

    def __init__(self, left: Sequence[Tab], right: Sequence[Tab] = (), *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._groups = (tuple(left), tuple(right))
        self._chosen: set[str] = set()
        self._ends: list[tuple[int, int, str]] = []

    def choose(self, *keys: str) -> None:
        """Mark the chosen tabs."""
        self._chosen = set(keys)
        self.refresh()

    def render(self) -> Content:
        left, right = self._groups
        self._ends = []
        drawn = self._draw(left, GAP, 0)
        start = self.content_size.width - sum(len(tab.key) + 1 + len(tab.name) + CLOSE for tab in right) + CLOSE
        if not right or drawn.cell_length + GAP > start:  # those on the right have their keys all the same
            return drawn
        return Content.assemble(drawn, " " * (start - drawn.cell_length), self._draw(right, CLOSE, start))

    def _draw(self, tabs: Sequence[Tab], gap: int, x: int) -> Content:
        parts: list[Content] = []
        for tab in tabs:
            name = f"{tab.key} {tab.name}"
            parts.append(Content.styled(name, "bold underline $link" if tab.key in self._chosen else "$quiet"))
            self._ends.append((x, x + len(name), tab.key))
            x += len(name) + gap
        return Content(" " * gap).join(parts)

    def on_click(self, event: events.Click) -> None:
        x = event.x - 1  # behind the padding
        for start, end, key in self._ends:
            if start <= x < end:
                self.post_message(self.Chosen(key))
