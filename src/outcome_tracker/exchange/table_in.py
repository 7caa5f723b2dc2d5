"""Tables in files, CSV or a workbook as their bytes say, whatever their name ends in: rows with cells by column.

Every problem is told at once with its line and column, or the sheet and cell; what of a file is not read is noted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from outcome_tracker.core.problem import Problem
from outcome_tracker.core.text import clean, listed
from outcome_tracker.exchange.csv_in import CSV, UTF8, Layout, Row, Table, uncovered
from outcome_tracker.exchange.csv_text import CsvText
from outcome_tracker.exchange.headings import Heading, find_heading
from outcome_tracker.exchange.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from outcome_tracker.exchange.csv_in import Columns

MOST_ROWS = 100_000
NO_DATES: Mapping[str, date] = {}
_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")


def read_table(path: Path, columns: Columns, *, encoding: str = UTF8, sheet: str = "") -> Table:
    """Read the table of a file. `sheet` is the workbook's sheet that holds it, where several might."""
    try:
        if _is_workbook(path):
            from outcome_tracker.exchange.workbook_table import read_workbook_table

            return read_workbook_table(path, columns, sheet)
        if sheet:
            return Table(problems=(Problem("A CSV file has no sheets; leave out --sheet.", str(path)),))
        return _read_csv(path, columns, encoding)
    except Unreadable as unreadable:
        return Table(problems=(unreadable.problem,))


def _is_workbook(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4) in _MAGIC
    except OSError:
        return False


def _read_csv(path: Path, columns: Columns, encoding: str) -> Table:
    text = CsvText(path, columns, encoding)
    first = text.first()
    heading = find_heading([cells for _, cells in first], columns)
    name = str(path)
    if not isinstance(heading, Heading):
        lines = [line for line, _ in first] or [1]
        return Table(
            problems=tuple(Problem(wrong.message, name, lines[wrong.at], key=wrong.column) for wrong in heading)
        )
    taking = Taking(name, columns, CSV if text.separator == "," else Layout(separator=text.separator))
    above = first[heading.at][0]
    notes = noted(heading, f"line {above}", "lines")
    try:
        for line, cells in text.lines():
            if line > above:
                row = taking.row(
                    line, ((column, cells[at]) for at, column in heading.columns.items() if at < len(cells))
                )
                taking.problems += _too_wide(row, cells, heading)
                taking.take(row)
    except Unreadable as unreadable:
        taking.problems.append(unreadable.problem)
    return Table(tuple(taking.rows), tuple(taking.problems), notes)


def _too_wide(row: Row, cells: Sequence[str], heading: Heading) -> list[Problem]:
    if not any(cell.strip() for cell in cells[heading.width :]):
        return []
    mark = "commas" if row.layout.separator == "," else "the mark that separates the columns"
    message = f"The row has {len(cells)} cells but the heading {heading.width}; put quotes round a text with {mark}."
    return [Problem(message, row.path, row.line)]


def noted(heading: Heading, where: str, what: str) -> tuple[str, ...]:
    """Return what is said of a heading: where it was found, if not at the top, and which columns are not read."""
    notes = []
    if heading.at:
        notes.append(f"The heading is {where}; the {what} above it are not read.")
    if heading.not_read:
        columns = "column" if len(heading.not_read) == 1 else "columns"
        shown = [f"'{name}'" for name in heading.not_read[:10]]
        more = len(heading.not_read) - len(shown)
        names = listed([*shown, f"{more} more"] if more else shown)
        notes.append(f"The {columns} {names} {'is' if len(heading.not_read) == 1 else 'are'} not read.")
    return tuple(notes)


@dataclass
class Taking:
    """Rows as they are taken, with what is wrong with them."""

    path: str
    columns: Columns
    layout: Layout
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def row(self, line: int, texts: Iterable[tuple[str, str]], dates: Mapping[str, date] = NO_DATES) -> Row:
        """Return a row of the texts of its columns."""
        cleaned = ((column, uncovered(clean(text, lines=column == "text"))) for column, text in texts)
        return Row(self.path, line, {column: text for column, text in cleaned if text}, self.layout, dates)

    def take(self, row: Row) -> None:
        """Take a row, unless it is blank."""
        if not row.cells:
            return
        if len(self.rows) >= MOST_ROWS:
            raise Unreadable(row.problem("", f"The table has more than {MOST_ROWS:,} rows; split the file."))
        self.problems += [
            row.problem(column, f"The {column} is empty; fill it in.")
            for column in self.columns.required
            if not row[column]
        ]
        self.rows.append(row)
