"""How wide a table's columns should be, from what stands in them."""

from __future__ import annotations

from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING

from outcome_tracker.core.wording import DIRECTION_GLYPH, RAG_GLYPH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outcome_tracker.core.report import Cell, Table

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
_BROKEN = 1.08  # by so much a text grows as it is broken into lines
_TOO_MANY = 3.0  # lines in a usual row
_WORTH = 30  # lines of a table that are worth pages of their own
_STEPS = 40  # until the room is given out to a hair


@lru_cache(maxsize=8192)
def text_width(text: str) -> float:
    """Return about how wide a text is, in parts of the size of its type."""
    return sum(_WIDTHS.get(letter, _OTHER) for letter in text)


def needed(columns: Sequence[Sequence[str]]) -> list[float]:
    """Return the least width of each column of texts, with which no word of usual length breaks; the first is bold."""
    return [max(_longest_word(head) * _BOLD, max(map(_longest_word, texts), default=0.0)) for head, *texts in columns]


def shared(columns: Sequence[Sequence[str]], room: float) -> list[float]:
    """Share out the room so that rows are low: each column has what it needs, and none more than one line takes.

    In between, one gets the more the longer its texts are, but not in proportion: a single long text makes its own row
    high, and should not make every row so by pressing the short ones.
    """
    least = needed(columns)
    spare = room - sum(least)
    if spare <= 0:
        return [width * room / sum(least) for width in least]
    lengths = [_lengths(texts) for texts in columns]
    most = [max(need, *(length * _BROKEN for length in found)) for need, found in zip(least, lengths, strict=True)]
    if sum(most) <= room:  # every text is on one line
        return [width + (room - sum(most)) / len(most) for width in most]
    weights = [sum(length**2 for length in found) ** (1 / 3) for found in lengths]
    low, high = 0.0, max(widest / weight for widest, weight in zip(most, weights, strict=True) if weight)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(_widths(middle, weights, least, most)) < room else (low, middle)
    widths = _widths(low, weights, least, most)
    return [width + (room - sum(widths)) / len(widths) for width in widths]


def _widths(scale: float, weights: list[float], least: list[float], most: list[float]) -> list[float]:
    found = zip(weights, least, most, strict=True)
    return [min(max(weight * scale, need), widest) for weight, need, widest in found]


def is_cramped(columns: Sequence[Sequence[str]], room: float) -> bool:
    """Tell whether the room is too narrow for the words, or makes the rows of a table of some length too high."""
    if sum(needed(columns)) > room:
        return True
    high = lines(columns, shared(columns, room))
    return high > _TOO_MANY and high * len(columns[0]) > _WORTH


def lines(columns: Sequence[Sequence[str]], widths: Sequence[float]) -> float:
    """Return over how many lines a row of the table runs, the usual one: of the fullest of its cells."""
    rows = list(zip(*(texts[1:] for texts in columns), strict=True))
    heights = [
        max(ceil(text_width(text[:_READ]) * _BROKEN / width) for text, width in zip(row, widths, strict=True))
        for row in rows
    ]
    return sum(heights) / len(heights) if heights else 0.0


def _lengths(texts: Sequence[str]) -> list[float]:
    """Return how long a column's texts are; a heading, above the table once and not in each row, for a third."""
    head, *cells = texts
    return [text_width(head) / 3, *(text_width(text[:_READ]) for text in cells)]


@lru_cache(maxsize=8192)
def _longest_word(text: str) -> float:
    return min(max((text_width(word) for word in text[:_READ].split(" ")), default=0.0), _LONGEST) or _OTHER


def texts_of(table: Table) -> list[list[str]]:
    """Return the texts of each column, its heading first."""
    return [[column.title, *(with_shape(row[n]) for row in table.rows)] for n, column in enumerate(table.columns)]


def with_shape(cell: Cell) -> str:
    """Return a cell's text after the shape of its rating or direction; counts have theirs in the column's heading."""
    if cell.number is not None or not cell.text:
        return cell.text
    shape = RAG_GLYPH[cell.rag] if cell.rag else DIRECTION_GLYPH[cell.direction] if cell.direction else ""
    return f"{shape}\u00a0{cell.text}" if shape and not cell.text.startswith(shape) else cell.text
