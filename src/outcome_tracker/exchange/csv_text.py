"""CSV files as people and spreadsheets save them: which letters, what separates the columns, and the lines.

Nothing is guessed that a wrong guess would spoil: UTF-8, and UTF-16 where the bytes leave no doubt. Another encoding
is offered and must be named. What separates the columns is what makes a heading of the first lines.
"""

from __future__ import annotations

import csv
import io
from itertools import islice
from typing import TYPE_CHECKING

from outcome_tracker.core.problem import Problem
from outcome_tracker.exchange.csv_in import UTF8, csv_reason, no_file, no_text, wrong_letters
from outcome_tracker.exchange.headings import SEARCHED, Heading, find_heading
from outcome_tracker.exchange.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from outcome_tracker.exchange.csv_in import Columns

MAX_BYTES = 32_000_000
MOST_CELLS = 100_000  # of one row
MOST_LINES = 2_000_000
SEPARATORS = (",", ";", "\t")
_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": UTF8}
_OTHER_KINDS = {
    b"<": "This is a web page or XML, whatever its name ends in; open it in a spreadsheet and save it as .xlsx.",
    b"%PDF": "This is a PDF; a table in it must be copied into a spreadsheet, checked, and saved as .xlsx.",
    b"{\\rtf": "This is a text document; copy its table into a spreadsheet, and save it as .xlsx.",
}
_LOOKED_AT = 4_000  # bytes


class CsvText:
    """A CSV file, decoded and split; `lines` yields each row with the line on which it starts. Raises `Unreadable`."""

    def __init__(self, path: Path, columns: Columns, encoding: str) -> None:
        self._name = str(path)
        self._data = self._bytes(path)
        self._encoding = self._checked(encoding)
        self.separator = self._separator(columns)

    def lines(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows; `Unreadable` says on which line the file is not well-formed."""
        yield from self._split(self.separator)

    def first(self) -> list[tuple[int, list[str]]]:
        """Return the rows in which the heading is looked for."""
        return list(islice(self.lines(), SEARCHED))

    def _bytes(self, path: Path) -> bytes:
        try:
            if missing := no_file(path):
                raise self._unreadable(missing)
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise self._unreadable(f"The file cannot be read: {error.strerror}.") from None
        if len(data) > MAX_BYTES:
            raise self._unreadable(f"The file is larger than {MAX_BYTES // 1_000_000} MB; split it.")
        start = data[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf").lstrip()
        for mark, sentence in _OTHER_KINDS.items():
            if start.startswith(mark):
                raise self._unreadable(sentence)
        return data

    def _checked(self, encoding: str) -> str:
        """Return the encoding, after all bytes were found to be in it."""
        data = self._data
        marked = next((name for bom, name in _BOMS.items() if data.startswith(bom)), "") or wide(data)
        if marked.startswith("utf-16"):
            if encoding != UTF8:
                raise self._unreadable(f"The file is UTF-16, not {encoding}; leave out --encoding.")
            if _decodes(data, marked):
                return marked
        if reason := no_text(data):
            raise self._unreadable(reason)
        if encoding != UTF8 and not data.isascii() and _decodes(data, "utf-8"):
            raise self._unreadable(wrong_letters(encoding))
        try:
            data.decode(encoding)
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            if encoding != UTF8:
                raise self._unreadable(f"Line {line} is not {encoding} either; save the file as CSV UTF-8.") from None
            message = (
                f"Line {line} is not UTF-8; save the file as CSV UTF-8, "
                "or import it with --encoding cp1252 if it comes from an older Excel."
            )
            raise self._unreadable(message) from None
        return encoding

    def _separator(self, columns: Columns) -> str:
        """Return what separates the columns: only one of them makes a heading, else it is the comma."""
        making = []
        for separator in SEPARATORS:
            rows = []
            try:
                rows = [row for _, row in islice(self._split(separator), SEARCHED)]
            except Unreadable:
                continue
            if isinstance(find_heading(rows, columns), Heading):
                making.append(separator)
        if len(making) == 1:
            return making[0]
        start = self._data[:_LOOKED_AT].decode(self._encoding, "replace")
        if not making and "," not in start:  # so that what is wrong with the heading is told, and not one long name
            return max(SEPARATORS, key=lambda separator: (start.count(separator), separator == ","))
        return ","

    def _split(self, separator: str) -> Iterator[tuple[int, list[str]]]:
        text = _Lines(io.TextIOWrapper(io.BytesIO(self._data), encoding=self._encoding, newline=""), separator)
        reader = csv.reader(text, strict=True, delimiter=separator)
        line = 1
        try:
            for cells in reader:
                text.cells = 0
                if cells:
                    yield line, cells
                line = reader.line_num + 1
        except _TooLarge as error:
            raise self._unreadable(str(error), line) from None
        except csv.Error as error:
            raise self._unreadable(f"The file is not well-formed CSV: {csv_reason(error)}", line) from None

    def _unreadable(self, message: str, line: int = 0) -> Unreadable:
        return Unreadable(Problem(message, self._name, line))


class _TooLarge(Exception):
    """A row that would take more memory than the whole file, or lines that would take minutes."""


class _Lines:
    """The lines of a text, counting what separates the cells of the row that is being read."""

    def __init__(self, lines: Iterable[str], separator: str) -> None:
        self._lines = iter(lines)
        self._separator = separator
        self.cells = self.lines = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.lines += 1
        self.cells += line.count(self._separator)
        if self.cells > MOST_CELLS:
            raise _TooLarge(f"The row has more than {MOST_CELLS:,} cells; that is no table.")
        if self.lines > MOST_LINES:
            raise _TooLarge(f"The file has more than {MOST_LINES:,} lines; delete those below the table.")
        return line


def wide(data: bytes) -> str:
    """Return the UTF-16 in which a text without a mark must be: of nearly every pair of bytes one is always NUL."""
    start = data[: _LOOKED_AT // 2 * 2]
    if len(data) % 2 or b"\0" not in start:
        return ""
    high, low = start[::2], start[1::2]
    for empty, filled, name in ((low, high, "utf-16-le"), (high, low, "utf-16-be")):
        # The pair of a few letters has a NUL in the other place too: a smile is d83d de00.
        if empty.count(0) > len(empty) * 0.7 and filled.count(0) < len(filled) * 0.1:
            return name
    return ""


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        return "\0" not in data.decode(encoding)
    except UnicodeDecodeError:
        return False
