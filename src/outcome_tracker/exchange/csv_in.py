"""CSV files as people and spreadsheets write them: read whole, every problem by row and column at once."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcome_tracker.core.problem import Problem, nearest
from outcome_tracker.core.text import clean, listed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MAX_BYTES = 100_000_000
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


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One row: the line of the file it starts on, and its cells by column, cleaned."""

    path: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def problem(self, column: str, message: str, *, warning: bool = False) -> Problem:
        """Return a problem with one cell of the row."""
        return Problem(message, self.path, self.line, key=column, warning=warning)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, or why there are none."""

    rows: tuple[CsvRow, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_csv(path: Path, columns: Columns, *, encoding: str = UTF8) -> Table:
    """Read a CSV file with a heading row; columns may stand in any order. Nothing is guessed.

    A file that is not UTF-8 is refused with the offer of `--encoding cp1252`.
    """
    name = str(path)
    text, problem = _read_text(path, encoding)
    if problem:
        return Table(problems=(Problem(problem, name),))
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[CsvRow] = []
    problems: list[Problem] = []
    line = 1
    try:
        first = next(reader, [])
        heading = [clean(cell).lower() for cell in first]
        problems += separated(name, first) or heading_problems(name, heading, columns)
        if problems:
            return Table(problems=tuple(problems))
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                row = CsvRow(name, line, _cells(heading, cells))
                problems += _row_problems(row, heading, cells, columns)
                rows.append(row)
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append(Problem(f"The file is not well-formed CSV: {csv_reason(error)}", name, line))
    return Table(tuple(rows), tuple(problems))


def _read_text(path: Path, encoding: str) -> tuple[str, str]:
    """Return the file's text, or why it can't be had."""
    try:
        if missing := no_file(path):
            return "", missing
        data = path.read_bytes()
    except OSError as error:
        return "", f"The file cannot be read: {error.strerror}."
    if len(data) > MAX_BYTES:
        return "", f"The file is larger than {MAX_BYTES // 1_000_000} MB; split it."
    return _decoded(data, encoding)


def _decoded(data: bytes, encoding: str) -> tuple[str, str]:
    if reason := no_text(data):
        return "", reason
    if encoding != UTF8 and not data.isascii() and _is_utf8(data):
        return "", wrong_letters(encoding)
    try:
        return data.decode(encoding), ""
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if encoding != UTF8:
            return "", f"Line {line} is not {encoding} either; save the file as CSV UTF-8."
        return "", (
            f"Line {line} is not UTF-8; save the file as CSV UTF-8, "
            "or import it with --encoding cp1252 if it comes from an older Excel."
        )


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


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


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


def _cells(heading: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    cleaned = {
        column: clean(cell, lines=column == "text")
        for column, cell in zip(heading, cells, strict=False)
        if cell.strip()
    }
    return {column: uncovered(text) for column, text in cleaned.items()}


def uncovered(text: str) -> str:
    """Return a text without the apostrophe by which `csv_out` and spreadsheets keep `=1` a text."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA_STARTS) else text


def _row_problems(row: CsvRow, heading: Sequence[str], cells: Sequence[str], columns: Columns) -> list[Problem]:
    problems = []
    if len(cells) > len(heading) and any(cell.strip() for cell in cells[len(heading) :]):
        message = f"The row has {len(cells)} cells but the heading {len(heading)}; put quotes round a text with commas."
        problems.append(Problem(message, row.path, row.line))
    problems += [
        row.problem(column, f"The {column} is empty; fill it in.") for column in columns.required if not row[column]
    ]
    return problems


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
