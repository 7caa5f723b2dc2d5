"""What a table of each kind has for columns, its rows, and what can be wrong with a CSV file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from outcome_tracker.core.problem import Problem, nearest
from outcome_tracker.core.text import listed

if TYPE_CHECKING:
    import csv
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

UTF8 = "utf-8-sig"
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
# What a spreadsheet would run as a formula at the beginning of a cell; some take the wide forms of Asian keyboards too.
FORMULA_STARTS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a kind of file: those a row must fill, and those it may."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def every(self) -> tuple[str, ...]:
        """All of them, in the order of the documentation."""
        return self.required + self.optional


FIGURES = Columns(
    ("indicator", "period"),
    (
        "value",
        "numerator",
        "denominator",
        "status",
        "note",
        "illustrative",
        "as_published",
        "published_rag",
        "published_direction",
        "source",
        "released",
    ),
)
BENCHMARKS = Columns(
    ("indicator", "comparator", "period"),
    ("value", "numerator", "denominator", "source", "release", "released", "method"),
)
AREA_FIGURES = Columns(
    ("indicator", "area", "period"),
    ("area_name", "region", "value", "numerator", "denominator", "source", "release", "released"),
)
MILESTONES = Columns(("milestone", "status"), ("date", "new_due", "reason", "source", "known"))
COMMENTARY = Columns(("subject", "period", "section", "text"), ("author", "source", "date"))
PUBLISHED = Columns(("plan", "period", "measure", "text"), ("source", "date"))

# The last column of a published export, which no import takes: what it hides would come in as absent.
HIDDEN = "small_numbers"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns of a table are: for a CSV file what separates them, for a workbook's sheet their letters."""

    sheet: str = ""
    letters: Mapping[str, str] = field(default_factory=dict)
    separator: str = ","


CSV = Layout()


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it starts, and its cells by column, cleaned. `dates` are the cells that a workbook knows as days.

    `line` is the line of a CSV file, or the row of a sheet.
    """

    path: str
    line: int
    cells: Mapping[str, str]
    layout: Layout = CSV
    dates: Mapping[str, date] = field(default_factory=dict)

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    @property
    def where(self) -> str:
        """The row, for a sentence: `line 3`, `row 3 of Data`."""
        return f"row {self.line} of {self.layout.sheet}" if self.layout.sheet else f"line {self.line}"

    def place(self, column: str) -> str:
        """Return where a cell is, for a sentence: `line 3, value`, `Data!C3`."""
        return self._cell(column) if self.layout.sheet else f"{self.where}, {column}"

    def problem(self, column: str, message: str, *, warning: bool = False) -> Problem:
        """Return a problem with one cell of the row."""
        if self.layout.sheet:
            return Problem(message, f"{self.path}: {self._cell(column)}", key=column, warning=warning)
        return Problem(message, self.path, self.line, key=column, warning=warning)

    def _cell(self, column: str) -> str:
        first = next(iter(self.layout.letters.values()), "A")
        return sheet_place(self.layout.sheet, f"{self.layout.letters.get(column, first)}{self.line}")


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, or why there are none; `notes` say what of the file was not read."""

    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def sheet_place(sheet: str, ref: str) -> str:
    """Return a cell's name with its sheet's, as a spreadsheet writes it: `Data!B7`, `'Q4 return'!B7`."""
    quoted = sheet if sheet.isidentifier() else "'" + sheet.replace("'", "''") + "'"
    return f"{quoted}!{ref}"


def no_file(path: Path) -> str:
    """Return why there is no file to read; nothing where there is one. Raises `OSError`."""
    if path.is_file():
        return ""
    return "This is not a file." if path.exists() else "There is no such file."


def no_text(data: bytes, *, is_start: bool = True) -> str:
    """Return why a file with these bytes is no CSV; nothing where it may be one. Only its start tells a workbook."""
    if is_start and data.startswith(_WORKBOOKS):
        return "This is a workbook, not CSV; save the sheet as CSV UTF-8 and import that."
    return "The file holds NUL bytes (it may be UTF-16); save it as CSV UTF-8." if b"\0" in data else ""


def wrong_letters(encoding: str) -> str:
    """Return what is wrong with reading UTF-8 as another encoding."""
    return f"The file is UTF-8, and as {encoding} its letters would be wrong; leave out --encoding."


def separated(name: str, first: Sequence[str]) -> list[Problem]:
    """Return what is wrong where columns are separated by something else than commas."""
    between = next((word for mark, word in ((";", "semicolons"), ("\t", "tabs")) if mark in "".join(first)), "")
    if len(first) != 1 or not between:
        return []
    return [Problem(f"The columns are separated by {between}; save the file as CSV UTF-8, with commas.", name, 1)]


def heading_problems(name: str, heading: Sequence[str], columns: Columns) -> list[Problem]:
    """Return what is wrong with a heading whose names are cleaned and in lower case."""
    if not any(heading):
        wanted = ",".join(columns.every)
        return [Problem(f"The file has no heading row; its first line must name the columns: {wanted}.", name, 1)]
    problems = [
        Problem(
            f"'{column}' is not a column of this file.{nearest(column, columns.every)} "
            f"The columns are {listed(list(columns.every))}.",
            name,
            1,
            key=column,
        )
        for column in dict.fromkeys(heading)
        if column not in columns.every
    ]
    problems += [
        Problem(f"The column '{column}' stands twice; keep one.", name, 1, key=column)
        for column in sorted(set(heading))
        if column and heading.count(column) > 1
    ]
    problems += [
        Problem(f"The column '{column}' is missing; add it.", name, 1, key=column)
        for column in columns.required
        if column not in heading
    ]
    return problems


def uncovered(text: str) -> str:
    """Return a text without the apostrophe by which `csv_out` and spreadsheets keep `=1` a text."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA_STARTS) else text


def csv_reason(error: csv.Error) -> str:
    """Return what is wrong with a file that is not well-formed, and what to do about it."""
    reason = str(error)
    if "unexpected end of data" in reason:
        return "a quotation mark is opened and never closed; close it."
    if "expected after" in reason:
        return 'a quotation mark stands inside a text; double it, as in "".'
    if "field larger" in reason:
        return "one cell holds more than 131,072 characters; shorten it."
    return f"{reason}."
