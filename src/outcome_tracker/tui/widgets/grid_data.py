"""What a grid shows: columns, lines and cells, and how they fit into a width. Nothing here knows of a terminal."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from rich.cells import cell_len, set_cell_size

from outcome_tracker.core.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

GAP = 2  # between columns: whitespace instead of rules
GUTTER = 2  # left of the first column, where the cursor's mark is
OVERFLOW = "#"  # a number that doesn't fit is replaced by these, as in a spreadsheet: never cut
ELLIPSIS = "…"
_PRESENTATION = str.maketrans("", "", "\ufe0e\ufe0f")  # terminals disagree how wide they make a character


@dataclass(frozen=True, slots=True)
class Column:
    """One column. A `fill` column shares the width that is left, by weight, and is at least `width` wide.

    Any other is at least `width` and as wide as its title and texts need; `narrow` (if set) is what it shrinks to
    before a column is dropped. Those of lowest `priority` shrink and go first. `editable` cells can be typed into.
    `short` is the title where it doesn't fit; `mark` stands behind either and is never cut. A text may `wrap` to that
    many rows where every line then still fits on the screen.
    """

    key: str
    title: str = ""
    width: int = 0
    fill: int = 0
    align: Literal["left", "right"] = "left"
    editable: bool = False
    priority: int = 50
    narrow: int = 0
    short: str = ""
    mark: str = ""
    wrap: int = 1

    @property
    def heading(self) -> str:
        """The title with its mark."""
        return f"{self.title} {self.mark}" if self.mark else self.title

    @property
    def is_number(self) -> bool:
        """Whether it is right-aligned, and so never cut."""
        return self.align == "right"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `style` is one of the grid's parts, such as `rag-green`, `muted` or `problem`.

    `short` stands in where `text` doesn't fit; `edit` is what F2 edits where it differs from what is shown
    (`15.9` of `15.9%`); a `locked` cell can't be typed into although its column is editable.
    """

    text: str = ""
    style: str = ""
    short: str = ""
    edit: str | None = None
    locked: bool = False


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its cells by column key. A `heading` shows `title` across the width, and its cells, if any.

    `note` is a sentence below the line, wrapped, in the style `note_style`; `gap` leaves a blank line above.
    """

    key: str
    cells: Mapping[str, Cell] = field(default_factory=lambda: MappingProxyType({}))
    heading: bool = False
    title: str = ""
    note: str = ""
    note_style: str = "problem"
    gap: bool = False

    def cell(self, column: str) -> Cell:
        """Return the cell of a column; an empty one where there is none."""
        return self.cells.get(column, EMPTY)

    def with_cell(self, column: str, cell: Cell) -> Line:
        """Return the line with one cell replaced."""
        return replace(self, cells={**self.cells, column: cell})


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a column is drawn."""

    column: Column
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns that fit, from left to right, and those that were dropped."""

    slots: tuple[Slot, ...] = ()
    dropped: tuple[Column, ...] = ()

    def at(self, x: int) -> str | None:
        """Return the key of the column drawn at `x`, the gap behind it included."""
        return next((slot.column.key for slot in reversed(self.slots) if slot.x <= x), None)


def shown(text: str) -> str:
    """Return a text as it may be drawn: control sequences inert, line breaks as spaces, of a known width."""
    # Nearly every text is printable, and then has nothing that `clean` would take out: this runs for each cell.
    return (text if text.isprintable() else clean(text)).translate(_PRESENTATION)


def natural_widths(columns: Iterable[Column], lines: Iterable[Line]) -> dict[str, int]:
    """Return the width that each column needs; a fill column needs its minimum only."""
    widths = {c.key: max(c.width, 0 if c.fill else cell_len(shown(c.heading))) for c in columns}
    growing = [c.key for c in columns if not c.fill]
    for line in lines:
        for key in growing:
            cell = line.cells.get(key)
            if cell is not None and len(cell.text) * 2 > widths[key]:  # no character is wider than two cells
                widths[key] = max(widths[key], cell_len(shown(cell.text)))
    return widths


def fit(columns: tuple[Column, ...], widths: Mapping[str, int], total: int, keep: str = "") -> Layout:
    """Fit columns into `total` cells: shrink, then drop, the least important first; fill columns take the rest.

    The column `keep`, where someone is typing, is never dropped.
    """
    kept, needed = list(columns), dict(widths)

    def spare() -> int:
        return total - GUTTER - sum(needed[c.key] + GAP for c in kept) + GAP

    def least_first(candidates: Iterable[Column]) -> list[Column]:
        # The last of equals goes first: what is on the left says what a line is.
        return sorted(candidates, key=lambda c: (c.priority, -columns.index(c)))

    for column in least_first(c for c in columns if c.narrow):
        if spare() < 0:
            needed[column.key] = min(needed[column.key], column.narrow)
    for column in least_first(c for c in columns if c.key != keep):
        if spare() < 0 and len(kept) > 1:
            kept.remove(column)
    for column in reversed(least_first(kept)):  # what was dropped may leave room to be at full width again
        if (more := widths[column.key] - needed[column.key]) <= spare():
            needed[column.key] += more
    left, weights = max(spare(), 0), sum(c.fill for c in kept)
    slots, x = [], GUTTER
    for column in kept:
        share = left * column.fill // weights if column.fill else 0
        left, weights = left - share, weights - column.fill
        width = min(needed[column.key] + share, max(total - x, 0))
        slots.append(Slot(column, x, width))
        x += width + GAP
    return Layout(tuple(slots), tuple(c for c in columns if c not in kept))


def wrapped(sentence: str, width: int, most: int = 3) -> list[str]:
    """Return a sentence as at most `most` rows of at most `width` cells, broken between words."""
    rows: list[str] = []
    for word in shown(sentence).split():
        if rows and cell_len(rows[-1]) + 1 + cell_len(word) <= width:
            rows[-1] += " " + word
        else:
            rows.append(word)
    return [*rows[: most - 1], " ".join(rows[most - 1 :])] if len(rows) > most else rows


def fitted(text: str, width: int, *, right: bool, short: str = "") -> str:
    """Return a text as exactly `width` cells: padded; cut with an ellipsis on the left-aligned side only."""
    text = shown(text)
    size = cell_len(text)
    if size > width and short:
        text = shown(short)
        size = cell_len(text)
    if size > width:
        if right:
            return OVERFLOW * width
        text = set_cell_size(text, max(width - 1, 0)).rstrip() + ELLIPSIS if width else ""
        size = cell_len(text)
    pad = " " * (width - size)
    return pad + text if right else text + pad
