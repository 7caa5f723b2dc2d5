"""A line of texts that can be clicked: tabs, filters, and what is said beside them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.content import Content
from textual.message import Message

from outcome_tracker.tui.widgets.drawn import Drawn, apart, cut, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual import events

QUIET, CHOSEN, ACTIVE, SAID = "$quiet", "bold underline $link", "$link", "bold"
_RIGHT_GAP = 2  # also what is left free between the two ends
_SHORTEST = 8
_WAYS = ((False, False, 3), (False, True, 3), (True, True, 2), (True, True, 1))  # left short, right short, gap


@dataclass(frozen=True, slots=True)
class Link:
    """One text: the name that a click sends, if it has one, what is shown, and `short` where the line is narrow.

    `key` stands before it and `mark` behind it; neither is ever cut.
    """

    name: str
    label: str
    short: str = ""
    key: str = ""
    mark: str = ""
    style: str = ACTIVE

    @property
    def shown(self) -> str:
        """The whole text."""
        return f"{self.key} {self.label}{self.mark}" if self.key else self.label + self.mark

    def labelled(self, label: str) -> Link:
        """Return it with another label."""
        return replace(self, label=label)


def tab(name: str, label: str, short: str = "", *, key: str, chosen: bool) -> Link:
    """Return a tab with its key; the chosen one is underlined, which is seen without colour."""
    return Link(name, label, short, key, style=CHOSEN if chosen else QUIET)


def numbered(names: Iterable[tuple[str, str]], chosen: int) -> list[Link]:
    """Return tabs with digits; a click sends the place of one. Names are pairs: a whole and a short one."""
    return [tab(str(n), *name, key=str(n + 1), chosen=n == chosen) for n, name in enumerate(names)]


def picker(name: str, label: str, short: str = "") -> Link:
    """Return what is chosen of several; a click offers others."""
    return Link(name, label, short, mark=" ▾")


def said(words: str, short: str = "") -> Link:
    """Return words that can't be clicked."""
    return Link("", words, short, style=SAID)


class Links(Drawn):
    """Texts at the left, and others at the right end; a click sends the name of one."""

    DEFAULT_CSS = "Links { height: 1; }"
    ALLOW_SELECT: ClassVar[bool] = False

    @dataclass
    class Clicked(Message):
        """One of them was clicked."""

        name: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(self._line, id=id, classes="text")
        self._links: list[Link] = []
        self._right: list[Link] = []
        self._places: list[tuple[int, int, str]] = []

    def set_links(self, links: Iterable[Link], right: Iterable[Link] = ()) -> None:
        """Show these. Without room for all of them those at the right are shortened first, and left out last."""
        given = [link for link in links if link.label], [link for link in right if link.label]
        if given != (self._links, self._right):
            self._links, self._right = given
            self.show(self._line)

    def _line(self, width: int) -> list[Content]:
        left, right, gap = self._fitted(width)
        self._places = []
        drawn = self._side(left, gap, 0)
        if not right:
            return [cut(drawn, width)]
        return [apart(drawn, self._side(right, _RIGHT_GAP, width - _length(right, _RIGHT_GAP)), width)]

    def _fitted(self, width: int) -> tuple[list[Link], list[Link], int]:
        """Return what is shown in that width, and the gap between those at the left."""
        left, right, gap, room = self._links, self._right, 0, width
        for shorter, narrower, gap in _WAYS:
            left, right = _named(self._links, short=shorter), _named(self._right, short=narrower)
            room = width - _length(right, _RIGHT_GAP) - _RIGHT_GAP if right else width
            if _length(left, gap) <= room:
                return left, right, gap
        cropped = _cropped(left, gap, room)
        return (cropped, right, gap) if _length(cropped, gap) <= room else (_cropped(left, gap, width), [], gap)

    def _side(self, links: Sequence[Link], gap: int, x: int) -> Content:
        parts = [text((link.shown, link.style)) for link in links]
        for link, part in zip(links, parts, strict=True):
            self._places.append((x, x + part.cell_length, link.name))
            x += part.cell_length + gap
        return Content(" " * gap).join(parts)

    def on_click(self, event: events.Click) -> None:
        x = event.get_content_offset_capture(self).x
        name = next((name for start, end, name in self._places if start <= x < end), "")
        if name:
            self.post_message(self.Clicked(name))


def _length(links: Sequence[Link], gap: int) -> int:
    return sum(cell_len(link.shown) + gap for link in links) - gap


def _named(links: Sequence[Link], *, short: bool) -> list[Link]:
    return [link.labelled(link.short or link.label) for link in links] if short else list(links)


def _cropped(links: Sequence[Link], gap: int, room: int) -> list[Link]:
    """Shorten the longest labels until the line fits, or all of them are short."""
    kept = list(links)
    while kept and _length(kept, gap) > room:
        longest = max(range(len(kept)), key=lambda n: len(kept[n].label))
        label = kept[longest].label
        if len(label) <= _SHORTEST:
            break
        kept[longest] = kept[longest].labelled(label.removesuffix("…")[:-1].rstrip() + "…")
    return kept
