"""A row of texts that can be clicked: tabs and filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.message import Message

from outcome_tracker.tui.widgets.drawn import Drawn, apart, cut, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events

_GAP, _NARROW_GAP = 3, 2


@dataclass(frozen=True, slots=True)
class Link:
    """One text: the name that a click sends, what is shown, and `short` where the row is narrow.

    `key` stands before it; `chosen` is the tab that is shown, a `link` looks like one.
    """

    name: str
    label: str
    short: str = ""
    chosen: bool = False
    link: bool = False
    key: str = ""

    def shown(self, *, short: bool) -> str:
        """Return the text, with its key."""
        label = self.short if short and self.short else self.label
        return f"{self.key} {label}" if self.key else label


class Links(Drawn):
    """Texts side by side; a click sends the name of one."""

    @dataclass
    class Clicked(Message):
        """One of them was clicked."""

        name: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(self._row, id=id)
        self._links: tuple[Link, ...] = ()
        self._right = ("", "")
        self._ends: list[int] = []

    def set_links(self, links: Iterable[Link], right: str = "", narrow: str = "") -> None:
        """Show these; `right` is said at the right end, or `narrow` where there is no room for it."""
        self._links, self._right = tuple(links), (right, narrow)
        self.show(self._row)

    def _row(self, width: int) -> list[Content]:
        right, narrow = self._right
        texts, gap = [link.shown(short=False) for link in self._links], _GAP
        needed = sum(cell_len(each) + gap for each in texts)
        if needed + cell_len(right) > width:
            right = narrow
        if needed + cell_len(right) > width:
            texts, gap = [link.shown(short=True) for link in self._links], _NARROW_GAP
        parts: list[Content] = []
        self._ends, x = [], 1
        for link, shown in zip(self._links, texts, strict=True):
            style = "bold underline $link" if link.chosen else "$link" if link.link else "$quiet"
            parts += [text((shown, style)), text(" " * gap)]
            x += parts[-2].cell_length + gap
            self._ends.append(x)
        left = Content.assemble(" ", *parts[:-1])
        return [apart(left, text((right, "bold"), " "), width) if right else cut(left, width)]

    def on_click(self, event: events.Click) -> None:
        for link, end in zip(self._links, self._ends, strict=True):
            if event.x < end:
                self.post_message(self.Clicked(link.name))
                return
