"""Workbooks (.xlsx, .xlsm) as Excel, LibreOffice and others write them, read in one pass and never trusted.

The project's own reader, because nothing else is both safe and tells enough: two cells far apart in a file of 5 kB
make calamine ask for 512 GB and end the program, and it tells nothing of percent formats or of formulas without a
value. Memory and time are bounded whatever a file holds; macros, links and pictures are never opened.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcome_tracker.core.problem import Problem
from outcome_tracker.exchange.blanks import WithoutBlanks
from outcome_tracker.exchange.csv_in import no_file, sheet_place
from outcome_tracker.exchange.package import DAMAGED, Package, Refused
from outcome_tracker.exchange.sheet_in import Cell, Merged, SheetReader
from outcome_tracker.exchange.unreadable import Unreadable
from outcome_tracker.exchange.workbook_parts import read_parts
from outcome_tracker.exchange.xml_in import Budget, read_xml

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from outcome_tracker.exchange.workbook_parts import Listed

MAX_BYTES = 50_000_000
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"  # what old workbooks (.xls) and those with a password are kept in
_PASSWORD = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a sheet with something in them, row by row; formatted blank ones are left out."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: Sequence[Merged]

    def place(self, ref: str) -> str:
        """Return a cell's name with the sheet's, as a spreadsheet writes it: `Data!B7`, `'Q4 return'!B7`."""
        return sheet_place(self.name, ref)


class Workbook:
    """A workbook; `sheets` lists all of them, hidden ones too. Raises `Unreadable` when made, or read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._package = Package(workbook_bytes(path))
            self._budget = Budget()
            self._parts = read_parts(self._package, self._budget)
        except Refused as refused:
            raise self._unreadable(refused) from None

    @property
    def sheets(self) -> Sequence[Listed]:
        """The sheets with cells, in the workbook's order."""
        return self._parts.sheets

    def read(self, sheet: Listed) -> Sheet:
        """Read a sheet."""
        try:
            reader = self._cells(sheet)
        except Refused as refused:
            raise self._unreadable(refused) from None
        return Sheet(sheet.name, reader.rows, reader.merged)

    def _cells(self, sheet: Listed) -> SheetReader:
        reader = SheetReader(self._parts, self._budget)
        pieces = WithoutBlanks(self._package.pieces(sheet.part))
        read_xml(pieces, reader, self._budget)
        if pieces.any_left_out and reader.has_implied_places:  # which may have moved
            raise Refused(DAMAGED)
        return reader

    def _unreadable(self, refused: Refused) -> Unreadable:
        return Unreadable(Problem(str(refused), str(self.path)))


def workbook_bytes(path: Path) -> bytes:
    """Return the file's bytes, which begin as a workbook's do; raises `Refused` where it is another kind of file."""
    try:
        if missing := no_file(path):
            raise Refused(missing)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Refused(f"The file cannot be read: {error.strerror}.") from None
    if len(data) > MAX_BYTES:
        raise Refused(f"The workbook is larger than {MAX_BYTES // 1_000_000} MB; copy the table into a new one.")
    if data.startswith(OLE):
        raise Refused(old_kind(data))
    if not data.startswith(ZIP):
        raise Refused("This is not a workbook, whatever its name ends in; save the table as .xlsx.")
    return data


def old_kind(data: bytes) -> str:
    """Return what to do with a file in the container of old workbooks, which is also that of protected ones."""
    if _PASSWORD in data:
        return "The workbook is protected with a password; open it, save it as .xlsx without a password, and use that."
    return "This is a workbook of the old kind (.xls), whatever its name ends in; open it and save it as .xlsx."
