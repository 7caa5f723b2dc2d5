"""Returns in: the rows that an owner filled in, wherever they were moved to, and what the return was made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcome_tracker.core.problem import Problem
from outcome_tracker.core.returned import TO_FILL, Column
from outcome_tracker.core.returned_wording import left_aside, without_rows
from outcome_tracker.exchange.return_form import ID, README, RETURN, is_id, read_id
from outcome_tracker.exchange.sheet_in import letters
from outcome_tracker.exchange.unreadable import Unreadable
from outcome_tracker.exchange.workbook_in import Workbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from outcome_tracker.core.period import Kind
    from outcome_tracker.core.returned import ReturnId
    from outcome_tracker.exchange.sheet_in import Cell
    from outcome_tracker.exchange.workbook_in import Sheet

_NEEDED = {Column.CODE, Column.PERIOD}
_HEADING_WITHIN = 50  # rows from the top


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """One row, by its number in the sheet, with those of its cells in which something stands."""

    path: str
    sheet: str
    number: int
    cells: Mapping[Column, Cell]
    places: Mapping[Column, str]

    def text(self, column: Column) -> str:
        """Return what a cell shows; nothing where it is empty."""
        cell = self.cells.get(column)
        return cell.text.strip() if cell else ""

    @property
    def is_filled(self) -> bool:
        """Whether something stands in the cells that were to be filled in."""
        return any(column in self.cells for column in TO_FILL)

    def place(self, column: Column) -> str:
        """Return where a cell is: `return.xlsx!Return!K7`."""
        return f"{self.path}!{self.places.get(column, self.places[Column.CODE])}{self.number}"

    def problem(self, column: Column, message: str, *, warning: bool = False) -> Problem:
        """Return a problem with one cell of the row."""
        return Problem(message, self.place(column), key=column.value, warning=warning)


@dataclass(frozen=True, slots=True)
class ReturnFile:
    """A workbook that came back: which return it is, its rows, and what in it was not asked for."""

    path: Path
    id: ReturnId
    rows: tuple[ReturnRow, ...]
    notes: tuple[Problem, ...] = ()


def read_return(path: Path, kinds: Mapping[str, Kind]) -> ReturnFile | Problem:
    """Read a return; a `Problem` says why it can't be one. `kinds` are those of the indicators' periods, by code."""
    try:
        book = Workbook(path)
        hidden = _hidden(book)
        found = read_id(_rows(hidden) if hidden else (), kinds)
        if isinstance(found, str):
            return Problem(found, str(path) if hidden is None else f"{path}!{ID}")
        tables = _tables(book)
    except Unreadable as unreadable:
        return unreadable.problem
    if len(tables) != 1:
        return Problem(without_rows(RETURN, [each.name for each in tables]), str(path))
    sheet = tables[0]
    place, heading = f"{path}!{sheet.name}", _heading(sheet)
    columns = list(heading.values())
    if twice := next((column for column in columns if columns.count(column) > 1), None):
        return Problem(f"The column '{twice}' stands twice; keep one of them.", place, key=twice.value)
    unknown = [cell.text for cell in _heading_row(sheet) if cell.column not in heading]
    known = {README, sheet.name, hidden.name if hidden else ""}
    more = [listed.name for listed in book.sheets if listed.name not in known]
    notes = [
        Problem(left_aside(what, names), where, warning=True)
        for what, names, where in (("sheet", more, str(path)), ("column", unknown, place))
        if names
    ]
    return ReturnFile(path, found, tuple(_return_rows(path, sheet, heading)), tuple(notes))


def _hidden(book: Workbook) -> Sheet | None:
    """Return the sheet with the return's id, whatever it is called now."""
    by_name = sorted(book.sheets, key=lambda listed: listed.name != ID)
    return next((sheet for listed in by_name if is_id(_rows(sheet := book.read(listed)))), None)


def _tables(book: Workbook) -> list[Sheet]:
    """Return the sheet of that name with figures in it, else every other one that has some; none is kept in vain."""
    named = [sheet for listed in book.sheets if listed.name == RETURN and _heading(sheet := book.read(listed))]
    return named or [sheet for listed in book.sheets if listed.name != RETURN and _heading(sheet := book.read(listed))]


def _rows(sheet: Sheet) -> Sequence[Sequence[str]]:
    return [[cell.text for cell in row] for row in sheet.rows]


def _named(text: str) -> Column | None:
    """Return the column of a heading, whatever stands below its name or in brackets behind it."""
    name = " ".join(text.partition("\n")[0].partition("(")[0].split()).casefold()
    return next((column for column in Column if column.value.casefold() == name), None)


def _heading_row(sheet: Sheet) -> Sequence[Cell]:
    """Return the row that names the columns, if there is one."""
    for row in sheet.rows:
        if row[0].row > _HEADING_WITHIN:
            break
        named = {_named(cell.text) for cell in row}
        if named >= _NEEDED and named & set(TO_FILL):
            return row
    return ()


def _heading(sheet: Sheet) -> dict[int, Column]:
    """Return the columns of a sheet of figures by their number; none of another sheet."""
    return {cell.column: column for cell in _heading_row(sheet) if (column := _named(cell.text)) is not None}


def _return_rows(path: Path, sheet: Sheet, heading: Mapping[int, Column]) -> list[ReturnRow]:
    """Return the rows below the heading in which something stands."""
    first = _heading_row(sheet)[0].row
    places = {column: sheet.place(letters(number)) for number, column in heading.items()}
    found = []
    for row in sheet.rows:
        cells = {heading[cell.column]: cell for cell in row if cell.column in heading and _has_something(cell)}
        if row[0].row > first and cells:
            found.append(ReturnRow(str(path), sheet.name, row[0].row, cells, places))
    return found


def _has_something(cell: Cell) -> bool:
    """Tell a cell from one with spaces alone; one whose value is missing has something."""
    return cell.value is None or bool(cell.text.strip())
