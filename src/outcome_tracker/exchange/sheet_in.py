"""One sheet of a workbook, read as its XML streams by: only cells with something in them are kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING

from outcome_tracker.core.number import HUNDRED
from outcome_tracker.core.text import clean
from outcome_tracker.exchange.number_format import Shown, day_of
from outcome_tracker.exchange.package import DAMAGED, Refused
from outcome_tracker.exchange.workbook_parts import TextParts, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outcome_tracker.exchange.workbook_parts import Parts
    from outcome_tracker.exchange.xml_in import Budget

_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
_SHOWN = Context(prec=15, rounding=ROUND_HALF_UP)  # the digits that spreadsheets show of a number
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with something in it. `value` is None where there is an `error` such as #REF!, or `is_uncomputed`.

    A number is exact at the 15 digits that a spreadsheet has; `is_percent` tells that 0.162 is shown as 16.2%.
    """

    row: int
    column: int
    value: Decimal | str | date | bool | None
    is_percent: bool = False
    error: str = ""
    is_uncomputed: bool = False

    @property
    def ref(self) -> str:
        """Its name, such as B7."""
        return f"{letters(self.column)}{self.row}"

    @property
    def text(self) -> str:
        """What it shows, as text that the parsers of `core` read; a date is 2019-03-31."""
        match self.value:
            case None:
                return self.error
            case bool():
                return "TRUE" if self.value else "FALSE"
            case Decimal():
                return f"{exact(self.value * HUNDRED):f}%" if self.is_percent else f"{self.value:f}"
            case date():
                return self.value.isoformat()
            case str():
                return self.value


@dataclass(frozen=True, slots=True)
class Merged:
    """A range of merged cells, its rows and columns included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def __str__(self) -> str:
        return f"{letters(self.first_column)}{self.first_row}:{letters(self.last_column)}{self.last_row}"


class SheetReader:
    """Takes the elements of a sheet; `rows` and `merged` are what was found. Raises `Refused`."""

    def __init__(self, parts: Parts, budget: Budget) -> None:
        self.wants_text = False
        self.rows: list[tuple[Cell, ...]] = []
        self.merged: list[Merged] = []
        self._parts = parts
        self._budget = budget
        self._row: list[Cell] = []
        self._number = self._column = 0  # of the row and the cell that is being read
        self._digits = ""
        self._kind = self._style = ""
        self._has_formula = self._has_value = False
        self._text = TextParts()
        self.has_implied_places = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        if name == "c":
            self._place(attributes.get("r"))
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "0")
            self._has_formula = self._has_value = False
        elif name == "row":
            self._begin_row(attributes.get("r"))
        elif name == "v" or (name == "t" and not self._text.is_reading):
            self._has_value = self.wants_text = True
        elif name == "f":
            self._has_formula = True
        elif name == "rPh":
            self._text.is_reading = True
        elif name == "mergeCell":
            self.merged.append(read_range(attributes.get("ref", "")))
            self._budget.spend_cell()

    def end(self, name: str) -> None:
        """Take the end of an element."""
        self.wants_text = False
        if name == "c":
            if self._has_value or self._has_formula:
                self._keep(self._text.take())
        elif name == "row":
            if self._row:
                self.rows.append(tuple(self._row))
                self._row = []
        elif name == "rPh":
            self._text.is_reading = False

    def text(self, piece: str) -> None:
        """Take a piece of a value."""
        self._text.add(piece)

    def _begin_row(self, written: str | None) -> None:
        number = self._number + 1 if written is None else whole(written)
        if not self._number < number <= _MOST_ROWS:
            raise Refused(DAMAGED)
        self._number, self._column, self._digits = number, 0, str(number)

    def _place(self, ref: str | None) -> None:
        """Find the column of a cell; cells come in order."""
        if ref is None:
            self.has_implied_places = True
            column = self._column + 1
        else:
            name = ref.rstrip("0123456789")
            column = _COLUMNS[name]
            if ref[len(name) :] != self._digits:
                raise Refused(DAMAGED)
        if not self._column < column <= _MOST_COLUMNS:
            raise Refused(DAMAGED)
        self._column = column

    def _keep(self, written: str) -> None:
        cell = self._cell(written)
        if cell is None:
            return
        self._budget.spend_cell(len(cell.value) if isinstance(cell.value, str) else 0)
        self._row.append(cell)

    def _cell(self, written: str) -> Cell | None:
        row, column, kind = self._number, self._column, self._kind
        if kind == "e":
            return Cell(row, column, None, error=clean(written) or "#N/A")
        if not written:
            # A formula may well give an empty text; one without any value was never computed.
            return Cell(row, column, None, is_uncomputed=True) if self._has_formula and kind != "str" else None
        match kind:
            case "s":
                text = self._shared(whole(written))
                return Cell(row, column, text) if text else None
            case "b":
                return Cell(row, column, written in {"1", "true"})
            case "n":
                return self._number_cell(written)
            case _:
                return Cell(row, column, _iso_day(written) if kind == "d" else written)

    def _shared(self, place: int) -> str:
        if place >= len(self._parts.texts):
            raise Refused(DAMAGED)
        return self._parts.texts[place]

    def _number_cell(self, written: str) -> Cell:
        if len(written) > 400 or not _NUMBER.fullmatch(written):  # noqa: PLR2004 - longer than any double
            raise Refused(DAMAGED)
        number = exact(written)
        style = whole(self._style)
        shown = self._parts.formats[style] if style < len(self._parts.formats) else Shown.NUMBER
        if shown is Shown.DATE and (day := day_of(number, since_1904=self._parts.since_1904)) is not None:
            return Cell(self._number, self._column, day)
        if shown is Shown.TIME and 0 <= number < 1:
            minutes = int(number * _SECONDS_A_DAY + Decimal("0.5")) // 60
            return Cell(self._number, self._column, f"{minutes // 60:02}:{minutes % 60:02}")
        return Cell(self._number, self._column, number, is_percent=shown is Shown.PERCENT)


def exact(written: str | Decimal) -> Decimal:
    """Return a number at the 15 digits that spreadsheets show: 16.200000000000003 is 16.2."""
    number = _SHOWN.create_decimal(written).normalize(_SHOWN)
    _, digits, exponent = number.as_tuple()
    if isinstance(exponent, int) and exponent > 0:
        number = Decimal(f"{number:f}") if len(digits) + exponent < 400 else number  # noqa: PLR2004 - as a double
    return number or Decimal(0)


def _iso_day(written: str) -> date | str:
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        return written


def letters(column: int) -> str:
    """Return the name of a column: 1 is A, 28 is AB."""
    name = ""
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


class _Columns(dict[str, int]):
    """Columns by their names, each worked out once."""

    def __missing__(self, name: str) -> int:
        if not (name.isascii() and name.isalpha() and name.isupper() and len(name) <= 3):  # noqa: PLR2004 - XFD is the last
            raise Refused(DAMAGED)
        column = 0
        for letter in name:
            column = column * 26 + ord(letter) - ord("A") + 1
        self[name] = column
        return column


_COLUMNS = _Columns()


def read_range(text: str) -> Merged:
    """Read a range such as B2:D4."""
    found = _RANGE.fullmatch(text)
    if not found:
        raise Refused(DAMAGED)
    column, row = _COLUMNS[found[1]], int(found[2])
    return Merged(row, column, int(found[4] or row), _COLUMNS[found[3] or found[1]])
