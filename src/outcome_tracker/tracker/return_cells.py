"""What the cells of a return's row say: numbers, a status, a marker for a missing figure, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from outcome_tracker.core.figure import Status
from outcome_tracker.core.missing_wording import partial_note
from outcome_tracker.core.number import Entry, NumberError, parse_decimal, parse_entry
from outcome_tracker.core.returned import NUMBERS, Column
from outcome_tracker.core.returned_wording import contradiction, no_number
from outcome_tracker.exchange.workbook_table import says_nothing
from outcome_tracker.tracker.collect import status_named

if TYPE_CHECKING:
    from outcome_tracker.core.indicator import Indicator
    from outcome_tracker.core.problem import Problem
    from outcome_tracker.exchange.return_in import ReturnRow
    from outcome_tracker.exchange.sheet_in import Cell
    from outcome_tracker.tracker.markers import Markers


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says of its figure. `status` is None where the cell is empty; `note` is what a marker displaced."""

    entry: Entry
    status: Status | None = None
    note: str = ""


def read_row(row: ReturnRow, indicator: Indicator, markers: Markers) -> Said | list[Problem]:
    """Read a row's figure; everything wrong with it at once, which is nothing where a marker must be asked for."""
    reading = _Reading(row, indicator, markers)
    numbers = {column: reading.number(column) for column in NUMBERS}
    status = reading.status()
    absent = [found for found in numbers.values() if isinstance(found, Status)]
    given = {column: found for column, found in numbers.items() if isinstance(found, Decimal)}
    entry = next((found for found in numbers.values() if isinstance(found, Entry)), None)
    if entry is None:
        entry = Entry(given.get(Column.VALUE), given.get(Column.NUMERATOR), given.get(Column.DENOMINATOR))
    elif given:
        reading.refuse(Column.VALUE, "The value holds both parts, and a part stands beside it; keep one of them.")
    if reading.has_unknown:
        return reading.problems
    if not absent or entry.value is not None:
        return reading.problems or Said(entry, status)
    reasons = list(dict.fromkeys([*absent, *([status] if status and status.is_absent else [])]))
    if len(reasons) > 1:
        reading.refuse(Column.STATUS, contradiction(reasons[0], reasons[1]))
    kept = {column.value.lower(): row.text(column) for column in given}
    return reading.problems or Said(Entry(), reasons[0], partial_note(kept) if kept else "")


class _Reading:
    """One row while it is read; `problems` gathers what is wrong."""

    def __init__(self, row: ReturnRow, indicator: Indicator, markers: Markers) -> None:
        self._row = row
        self._indicator = indicator
        self._markers = markers
        self.problems: list[Problem] = []
        self.has_unknown = False

    def refuse(self, column: Column, message: str) -> None:
        self.problems.append(self._row.problem(column, message))

    def number(self, column: Column) -> Decimal | Entry | Status | None:
        """Read the cell of a number; parts that are typed into the value's cell are an entry."""
        cell = self._row.cells.get(column)
        if cell is None:
            return None
        text = self._row.text(column)
        if name := self._markers.found(text):  # also #N/A, which is an error of a spreadsheet
            return self._meant(column, name)
        if wrong := _wrong(cell):
            self.refuse(column, wrong)
            return None
        try:
            if column is not Column.VALUE:
                return parse_decimal(text)
            entry = parse_entry(text, self._indicator.unit)
        except NumberError as error:
            self.refuse(column, str(error))
            return None
        return entry if entry.value is None else entry.value

    def status(self) -> Status | None:
        """Read the status, which may be a marker too."""
        cell = self._row.cells.get(Column.STATUS)
        if nothing := says_nothing(cell) if cell else "":
            self.refuse(Column.STATUS, nothing)
            return None
        text = self._row.text(Column.STATUS)
        if not text:
            return None
        try:
            return status_named(text)
        except ValueError as error:
            name = self._markers.found(text)
            if not name:
                self.refuse(Column.STATUS, str(error))
                return None
            return self._meant(Column.STATUS, name)

    def _meant(self, column: Column, name: str) -> Status | None:
        status = self._markers.meaning(name, self._row.text(column), self._row.place(column))
        self.has_unknown = self.has_unknown or status is None
        return status


def _wrong(cell: Cell) -> str:
    """Return why a cell can hold no number; nothing of a number and of a text, which may be one."""
    if isinstance(cell.value, Decimal | str):
        return ""
    return says_nothing(cell) or no_number(
        f"the date {cell.text}" if isinstance(cell.value, date) else f"'{cell.text}'"
    )
