"""CSV files of any size, read as columns of some hundred rows at a time; only those are held in memory."""

from __future__ import annotations

import codecs
import csv
import io
import re
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING

from outcome_tracker.core.problem import Problem
from outcome_tracker.core.text import clean
from outcome_tracker.exchange.csv_in import UTF8, csv_reason, no_file, no_text, separated, wrong_letters
from outcome_tracker.exchange.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

# More at once no longer fit the processor's cache and take twice as long.
AT_ONCE = 500
_BLOCK = 1 << 20
_FIRST = itemgetter(0)
_BREAK = re.compile("\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows as columns in the heading's order, as written, and the line of the file each row starts on."""

    columns: Sequence[Sequence[str]]
    lines: Sequence[int]


class _Watched(io.FileIO):
    """A file that says how many bytes were read of it and refuses what no text has."""

    def __init__(self, path: Path, progress: Callable[[int], None] | None) -> None:
        super().__init__(path)
        self._progress = progress
        self._is_new = True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # narrower than any buffer
        """Read into the buffer as a file does."""
        count = super().readinto(buffer)
        data = bytes(memoryview(buffer)[:count])
        if reason := no_text(data, is_start=self._is_new):
            raise _NoText(reason)
        self._is_new = False
        if self._progress is not None:
            self._progress(count)
        return count


class _NoText(Exception):
    """What was read is no text."""


class CsvFile:
    """A CSV file: its heading, cleaned, and its rows; read from the start each time they are asked for.

    Raises `Unreadable` when it is made, or read, where it can't be read on. `progress` is told of bytes read.
    """

    def __init__(self, path: Path, encoding: str = UTF8, progress: Callable[[int], None] | None = None) -> None:
        self.path = path
        self.name = str(path)
        self._encoding = encoding
        self._progress = progress
        try:
            if missing := no_file(path):
                raise self._unreadable(missing)
            if encoding != UTF8 and _is_utf8_beyond_ascii(path):
                raise self._unreadable(wrong_letters(encoding))
        except OSError as error:
            raise self._unreadable(f"The file cannot be read: {error.strerror}.") from None
        first = next((row for rows, _, _ in self._blocks(None) for row in rows), [])
        if found := separated(self.name, first):
            raise Unreadable(found[0])
        self.heading = tuple(clean(cell) for cell in first)
        if not any(self.heading):
            raise self._unreadable("The file has no heading row; its first line must name the columns.", 1)

    def problem(self, message: str, line: int = 0, key: str = "") -> Problem:
        """Return a problem with the file."""
        return Problem(message, self.name, line, key=key)

    def chunks(self, refuse: Callable[[Problem], None], *, again: bool = False) -> Iterator[Chunk]:
        """Yield the rows, blank ones left out; a row with more cells than the heading is refused.

        Bytes read `again` are not told of.
        """
        blocks = self._blocks(None if again else self._progress)
        next(blocks)
        width = len(self.heading)
        cells, line = width, 0
        for found, before, after in blocks:
            rows, lines = found, _line_numbers(found, before, after)
            cells, line = len(rows[-1]), lines[-1]
            # A row may be blank only where its first cell is.
            if set(map(len, rows)) != {width} or not all(map(str.strip, map(_FIRST, rows))):
                rows, lines = self._even(rows, lines, refuse)
            if rows:
                yield Chunk(tuple(zip(*rows, strict=True)), lines)
        if cells < width and not self._ends_its_last_line():
            message = f"The file breaks off in its last line, after {cells} of {width} cells; get all of it again."
            refuse(self.problem(message, line))

    def _ends_its_last_line(self) -> bool:
        """Tell whether the file ends in a line break, as one does that was saved to the end."""
        with self.path.open("rb") as file:
            file.seek(-1, io.SEEK_END)
            return file.read(1) in {b"\n", b"\r"}

    def _even(
        self, rows: list[list[str]], lines: Sequence[int], refuse: Callable[[Problem], None]
    ) -> tuple[list[list[str]], Sequence[int]]:
        """Return the rows that aren't blank, each as wide as the heading, with their lines."""
        width = len(self.heading)
        kept, kept_lines = [], []
        for row, line in zip(rows, lines, strict=True):
            if not any(cell.strip() for cell in row):
                continue
            if any(cell.strip() for cell in row[width:]):
                message = f"The row has {len(row)} cells but the heading {width}; put quotes round a text with commas."
                refuse(self.problem(message, line))
                continue
            kept.append(row[:width] + [""] * (width - len(row)))
            kept_lines.append(line)
        return kept, kept_lines

    def _blocks(self, progress: Callable[[int], None] | None) -> Iterator[tuple[list[list[str]], int, int]]:
        """Yield the heading's row, then some hundred rows at a time, and the lines that end before and with them."""
        line = 0
        try:
            with _Watched(self.path, progress) as raw, io.BufferedReader(raw, _BLOCK) as buffered:
                text = io.TextIOWrapper(buffered, encoding=self._encoding, newline="")
                reader = csv.reader(text, strict=True)
                count = 1
                while rows := list(islice(reader, count)):
                    yield rows, line, reader.line_num
                    line, count = reader.line_num, AT_ONCE
        except _NoText as error:
            raise self._unreadable(str(error)) from None
        except UnicodeDecodeError:
            raise self._wrongly_encoded() from None
        except csv.Error as error:
            message = f"The file is not well-formed CSV: {csv_reason(error)}"
            raise self._unreadable(message, self._broken_after(line)) from None
        except OSError as error:
            raise self._unreadable(f"The file cannot be read: {error.strerror}.") from None

    def _broken_after(self, line: int) -> int:
        """Return the line on which the row starts that is not well-formed, one after `line`."""
        with self.path.open(encoding=self._encoding, newline="", errors="replace") as text:
            reader = csv.reader(islice(text, line, None), strict=True)
            ends = 0
            try:
                for _ in reader:
                    ends = reader.line_num
            except csv.Error:
                pass
        return line + ends + 1

    def _wrongly_encoded(self) -> Unreadable:
        with self.path.open("rb") as file:
            line = next((n for n, text in enumerate(file, 1) if not _decodes(text, self._encoding)), 0)
        if self._encoding != UTF8:
            return self._unreadable(f"This line is not {self._encoding} either; save the file as CSV UTF-8.", line)
        message = (
            "This line is not UTF-8; save the file as CSV UTF-8, "
            "or import it with --encoding cp1252 if it comes from an older Excel."
        )
        return self._unreadable(message, line)

    def _unreadable(self, message: str, line: int = 0) -> Unreadable:
        return Unreadable(self.problem(message, line))


def _line_numbers(rows: list[list[str]], before: int, after: int) -> Sequence[int]:
    """Return the line on which each row starts, after line `before`; a cell may hold line breaks."""
    if after - before == len(rows):
        return range(before + 1, after + 1)
    lines = []
    for row in rows:
        lines.append(before + 1)
        before += 1 + sum(len(_BREAK.findall(cell)) for cell in row)
    return lines


def _decodes(text: bytes, encoding: str) -> bool:
    try:
        text.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_utf8_beyond_ascii(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_ascii = True
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            is_ascii = is_ascii and block.isascii()
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                return False
    return not is_ascii
