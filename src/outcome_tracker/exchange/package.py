"""The zip archive that a workbook is: opened with suspicion, its parts unpacked in pieces that are counted."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PARTS = 2_000
MOST_UNPACKED = 250_000_000  # of all parts together that are read
MOST_RATIO = 400  # no workbook packs as tightly; deflate reaches 1,032
_RATIO_COUNTS_FROM = 1_000_000
_PIECE = 1 << 16
_ENTRY = b"PK\x01\x02"
_PLAIN = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1
DAMAGED = (
    "The workbook is damaged or was cut off; get it again, or open it in Excel or LibreOffice and save it as .xlsx."
)
TOO_LARGE = (
    "The workbook unpacks to far more than a table of figures needs; copy the table into a new workbook and save that."
)


class Refused(Exception):
    """A workbook that is not read; the text says why and what to do about it."""


class Package:
    """The parts of a workbook by name. Nothing is unpacked until it is asked for, and no more than `MOST_UNPACKED`.

    What the archive says of its own sizes is not relied on. Raises `Refused`.
    """

    def __init__(self, data: bytes) -> None:
        # The table of contents is read whole by zipfile, so its entries are counted before.
        if data.count(_ENTRY) > MOST_PARTS:
            raise Refused(TOO_LARGE)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
            raise Refused(DAMAGED) from None
        # Names of parts differ in case and slashes between programs.
        self._parts = {_same(entry.filename): entry for entry in self._zip.infolist()}
        self._left = MOST_UNPACKED

    def __contains__(self, name: str) -> bool:
        return _same(name) in self._parts

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a part."""
        entry = self._parts.get(_same(name))
        if entry is None:
            raise Refused(DAMAGED)
        if entry.flag_bits & _ENCRYPTED:
            raise Refused("The file is a zip archive with a password; unpack it, and import the workbook in it.")
        if entry.compress_type not in _PLAIN:  # the others unpack without a bound
            raise Refused(DAMAGED)
        unpacked = 0
        try:
            with self._zip.open(entry) as part:
                while piece := part.read(_PIECE):
                    unpacked += len(piece)
                    self._left -= len(piece)
                    if self._left < 0 or (
                        unpacked > _RATIO_COUNTS_FROM and unpacked > MOST_RATIO * entry.compress_size
                    ):
                        raise Refused(TOO_LARGE)
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError):
            raise Refused(DAMAGED) from None


def _same(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()
