"""The line above the entry sheet: what is shown, each part of which can be clicked, and how much of it is in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from outcome_tracker.tui.widgets.drawn import Drawn, apart, cut, text

if TYPE_CHECKING:
    from textual.content import Content

    from outcome_tracker.tui.widgets.drawn import Part

JOINT = 3  # cells between two filters
SHORTEST = 8


class Bar(Drawn):
    """Filters on the left, each with the command that changes it; progress on the right."""

    ALLOW_SELECT: ClassVar[bool] = False

    def __init__(self) -> None:
        super().__init__(self._drawing, id="bar")
        self._said: tuple[tuple[tuple[str, str], ...], str, str] = ((), "", "")
        self._places: list[tuple[int, int, str]] = []

    def say(self, filters: tuple[tuple[str, str], ...], right: str, notice: str = "") -> None:
        """Show filters, each as (words, name of its command); a notice stands behind them."""
        said = (filters, right, notice)
        if said != self._said:
            self._said = said
            self.show(self._drawing)

    def command_at(self, x: int) -> str:
        """Return the name of the command that a click asks for, or nothing."""
        return next((name for start, end, name in self._places if start <= x < end), "")

    def _drawing(self, width: int) -> list[Content]:
        filters, right, notice = self._said
        end = text((f"{right} ", "bold"))
        room = max(width - end.cell_length - 3, SHORTEST)
        if notice:
            whole = text((notice, "bold"))
            notice = notice if _length(filters) + whole.cell_length + JOINT <= room else notice.partition(":")[0]
            room -= len(notice) + JOINT
        parts: list[Part] = [" "]
        self._places, x = [], 1
        for words, name in _fitting(filters, room):
            shown = text((f"{words} ▾", "$link"))
            self._places.append((x, x + shown.cell_length, name))
            parts += [shown, " " * JOINT]
            x += shown.cell_length + JOINT
        parts[-1:] = [" " * JOINT, (notice, "bold")] if notice else []
        return [apart(cut(text(*parts), width), end, width)]


def _length(filters: tuple[tuple[str, str], ...]) -> int:
    return 1 + sum(len(words) + 2 for words, _ in filters) + JOINT * (len(filters) - 1)


def _fitting(filters: tuple[tuple[str, str], ...], room: int) -> list[tuple[str, str]]:
    """Shorten the longest words until the filters fit."""
    kept = list(filters)
    while _length(tuple(kept)) > room:
        longest = max(range(len(kept)), key=lambda n: len(kept[n][0]))
        words, name = kept[longest]
        if len(words) <= SHORTEST:
            break
        kept[longest] = (words.removesuffix("…")[:-1].rstrip() + "…", name)
    return kept
