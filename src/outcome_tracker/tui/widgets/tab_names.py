"""The names of a screen's tabs with their digits, in one line; a click chooses one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message

from outcome_tracker.tui.widgets.drawn import Drawn, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

_GAP = 3


class TabNames(Drawn):
    """Tabs as text: `1 Targets   2 Problems (2)`. Where they don't all fit, the others are cut."""

    @dataclass
    class Chosen(Message):
        """A tab was clicked."""

        number: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, classes="text")
        self._names: tuple[str, ...] = ()
        self._chosen = 0
        self._ends: list[int] = []

    def set(self, names: Sequence[str], chosen: int) -> None:
        """Show these names, one of them as the open one."""
        self._names, self._chosen = tuple(names), chosen
        self.show(self._line)

    def _line(self, width: int) -> list[Content]:
        names, gap = [f"{number} {name}" for number, name in enumerate(self._names, 1)], _GAP
        if sum(len(name) + gap for name in names) - gap > width:
            names, gap = [name if n == self._chosen else _short(name) for n, name in enumerate(names)], _GAP - 1
        parts, self._ends, x = [], [], 0
        for number, name in enumerate(names):
            parts.append(text((name, "bold underline $link" if number == self._chosen else "$quiet")))
            x += len(name) + gap
            self._ends.append(x)
        return [Content(" " * gap).join(parts)]

    def on_click(self, event: events.Click) -> None:
        number = next((n for n, end in enumerate(self._ends) if event.x - 1 < end), None)
        if number is not None:
            self.post_message(self.Chosen(number))


def _short(name: str) -> str:
    most = 12
    return name if len(name) <= most else f"{name[: most - 1]}…"
