"""The table of figures in a workbook: on which sheet it is, its heading, its rows, and the cells that say nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from outcome_tracker.core.problem import Problem, nearest
from outcome_tracker.core.text import clean, listed
from outcome_tracker.exchange.csv_in import Layout, Table
from outcome_tracker.exchange.headings import SEARCHED, Heading, find_heading, has_heading
from outcome_tracker.exchange.sheet_in import letters
from outcome_tracker.exchange.table_in import Taking, noted
from outcome_tracker.exchange.unreadable import Unreadable
from outcome_tracker.exchange.workbook_in import Workbook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from outcome_tracker.exchange.csv_in import Columns
    from outcome_tracker.exchange.headings import Wrong
    from outcome_tracker.exchange.sheet_in import Cell
    from outcome_tracker.exchange.workbook_in import Sheet
    from outcome_tracker.exchange.workbook_parts import Listed

NOT_FOUND = "#N/A"  # a formula's way to say that there is none, and so a marker


def read_workbook_table(path: Path, columns: Columns, name: str) -> Table:
    """Read the table of the sheet called `name`, or of the only one that has these columns; raises `Unreadable`."""
    book = Workbook(path)
    sheet = _chosen(book, columns, name)
    hidden = [f"The hidden sheet '{each.name}' is not read." for each in book.sheets if not each.is_visible]
    found = _table(str(path), sheet, columns)
    return Table(found.rows, found.problems, (*hidden, *found.notes))


def _chosen(book: Workbook, columns: Columns, name: str) -> Sheet:
    visible = [each for each in book.sheets if each.is_visible]
    names = [each.name for each in visible]
    if name:
        return book.read(_named(book, name, names))
    filled: list[str] = []
    having: list[str] = []
    kept: Sheet | None = None
    for each in visible:
        sheet = book.read(each)
        if sheet.rows:
            filled.append(sheet.name)
            has_it = has_heading(_texts(sheet), columns)
            kept = sheet if kept is None or (has_it and not having) else kept
            having += [sheet.name] if has_it else []
    if len(having) > 1:
        raise _refused(
            book, f"{_quoted(having)} all have these columns; say which to read, as in --sheet '{having[0]}'."
        )
    if kept is not None and (having or len(filled) == 1):  # the only one's heading is looked at closely
        return kept
    wanted = listed(list(columns.required))
    if not filled:
        raise _refused(book, f"No visible sheet has anything in it; the table needs the columns {wanted}.")
    raise _refused(
        book, f"None of the sheets {_quoted(filled)} has a heading with the columns {wanted}; add what is missing."
    )


def _refused(book: Workbook, message: str) -> Unreadable:
    return Unreadable(Problem(message, str(book.path)))


def _named(book: Workbook, name: str, visible: Sequence[str]) -> Listed:
    found = next((each for each in book.sheets if each.name.casefold() == clean(name).casefold()), None)
    if found is None:
        raise _refused(book, f"There is no sheet '{name}'.{nearest(name, visible)} The sheets are {_quoted(visible)}.")
    if not found.is_visible:
        message = (
            f"The sheet '{found.name}' is hidden, and hidden sheets are not read; unhide it and save the workbook."
        )
        raise Unreadable(Problem(message, str(book.path)))
    return found


def _quoted(names: Sequence[str]) -> str:
    shown = [f"'{name}'" for name in names[:10]]
    return listed([*shown, f"{len(names) - 10} more"] if len(names) > len(shown) else shown)


def _texts(sheet: Sheet) -> list[list[str]]:
    """Return the first rows as texts, each cell at its place."""
    rows = []
    for row in sheet.rows[:SEARCHED]:
        texts = [""] * row[-1].column
        for cell in row:
            texts[cell.column - 1] = cell.text
        rows.append(texts)
    return rows


def _table(path: str, sheet: Sheet, columns: Columns) -> Table:
    heading = find_heading(_texts(sheet), columns)
    if not isinstance(heading, Heading):
        return Table(problems=tuple(_wrong_heading(path, sheet, wrong) for wrong in heading))
    places = {column: letters(place + 1) for place, column in heading.columns.items()}
    taking = Taking(path, columns, Layout(sheet.name, places))
    for cells in sheet.rows[heading.at + 1 :]:
        _take(taking, heading, cells)
    taking.problems += _merged(path, sheet, heading)
    notes = noted(heading, f"row {_number(sheet, heading.at)}", "rows")
    return Table(tuple(taking.rows), tuple(taking.problems), notes)


def _wrong_heading(path: str, sheet: Sheet, wrong: Wrong) -> Problem:
    ref = f"{letters(max(wrong.cell, 0) + 1)}{_number(sheet, wrong.at)}"
    return Problem(wrong.message, f"{path}: {sheet.place(ref)}", key=wrong.column)


def _number(sheet: Sheet, at: int) -> int:
    return sheet.rows[at][0].row if at < len(sheet.rows) else 1


def _take(taking: Taking, heading: Heading, cells: Sequence[Cell]) -> None:
    """Take a row, unless a cell of it says nothing; then only that is told of it."""
    wanted = {column: cell for cell in cells if (column := heading.columns.get(cell.column - 1))}
    dates = {column: cell.value for column, cell in wanted.items() if isinstance(cell.value, date)}
    row = taking.row(cells[0].row, ((column, cell.text) for column, cell in wanted.items()), dates)
    said = [row.problem(column, sentence) for column, cell in wanted.items() if (sentence := says_nothing(cell))]
    if said:
        taking.problems += said
    else:
        taking.take(row)


def says_nothing(cell: Cell) -> str:
    """Return why a cell says nothing, an error or a formula without its result; or nothing."""
    if cell.is_uncomputed:
        return "The formula here was never computed; open the workbook in Excel or LibreOffice, save it, and use that."
    if cell.error and cell.error != NOT_FOUND:
        return f"The cell shows {cell.error[:20]}; correct its formula, or write why there is no figure, as in [x]."
    return ""


def _merged(path: str, sheet: Sheet, heading: Heading) -> list[Problem]:
    """Refuse cells merged within the table: a value in several rows belongs to one of them or to all."""
    first, last = _number(sheet, heading.at), sheet.rows[-1][0].row
    wanted = [place + 1 for place in heading.columns]
    return [
        Problem(
            "These cells are merged, and which of them the text is for is not known; unmerge them and fill in each.",
            f"{path}: {sheet.place(str(merged))}",
        )
        for merged in sheet.merged
        if merged.first_row <= last
        and merged.last_row >= first
        and any(merged.first_column <= column <= merged.last_column for column in wanted)
    ]
