"""How wide a table's columns should be, from what stands in them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Widths of letters in Arial and its twins, in parts of the type's size; of every other letter, the last.
_ARIAL = {
    0.22: "ijl'|",
    0.28: "fIt.,:;!/ []",
    0.33: "r-()",
    0.5: "ckJsvxyz",
    0.61: "FTZ",
    0.67: "ABEKPSVXY",
    0.72: "CDHNRUw",
    0.78: "GOQ",
    0.84: "mM",
    0.94: "W%@",
    1.0: "●▲■◌↗→↘✓✗",
}
_WIDTHS = {letter: width for width, letters in _ARIAL.items() for letter in letters}
_OTHER = 0.56
_LONGEST = 22.0  # no column is as wide as a longer word: it breaks
_READ = 2000  # letters of a text that are looked at
_BOLD = 1.08  # headings are bold
_COMFORTABLE = 0.9  # of a column's width that its text may take up
_SHARES = 120  # in so many pieces the room that is left is given out


@lru_cache(maxsize=8192)
def text_width(text: str) -> float:
    """Return about how wide a text is, in parts of the size of its type."""
    return sum(_WIDTHS.get(letter, _OTHER) for letter in text)


def needed(columns: Sequence[Sequence[str]]) -> list[float]:
    """Return the least width of each column of texts, with which no word of usual length breaks; the first is bold."""
    return [max(_longest_word(head) * _BOLD, max(map(_longest_word, texts), default=0.0)) for head, *texts in columns]


def shared(columns: Sequence[Sequence[str]], room: float) -> list[float]:
    """Share out the room: what each column needs first, the rest piece by piece to the one with the most lines."""
    widths = needed(columns)
    spare = room - sum(widths)
    if spare <= 0:
        return [width * room / sum(widths) for width in widths]
    long = [_length(texts) for texts in columns]
    for left in range(_SHARES, 0, -1):
        most = max(range(len(widths)), key=lambda n: long[n] / widths[n])
        if long[most] < widths[most] * _COMFORTABLE:  # every text is on one line
            return [width + spare * left / _SHARES / len(widths) for width in widths]
        widths[most] += spare / _SHARES
    return widths


def lines(columns: Sequence[Sequence[str]], widths: Sequence[float]) -> float:
    """Return over how many lines the texts of the fullest column run, one very long text aside."""
    return max((_length(texts) / width for texts, width in zip(columns, widths, strict=True)), default=0.0)


def _length(texts: Sequence[str]) -> float:
    """Return how long a column's texts are: between the longest and the usual one, so that no single one rules.

    A heading counts for a third: its lines are above the table once, not in every row.
    """
    head, *cells = texts
    lengths = [text_width(head) / 3, *(text_width(text[:_READ]) for text in cells)]
    return (max(lengths) + sum(lengths) / len(lengths)) / 2


@lru_cache(maxsize=8192)
def _longest_word(text: str) -> float:
    return min(max((text_width(word) for word in text[:_READ].split(" ")), default=0.0), _LONGEST) or _OTHER
