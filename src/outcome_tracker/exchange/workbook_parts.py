"""What a workbook says of itself: its sheets, the texts that they share, what its number formats show."""

from __future__ import annotations

import posixpath
import re
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from outcome_tracker.core.text import clean
from outcome_tracker.exchange.number_format import Shown, built_in, shown_by
from outcome_tracker.exchange.package import DAMAGED, TOO_LARGE, Refused
from outcome_tracker.exchange.xml_in import Budget, read_xml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outcome_tracker.exchange.package import Package

MOST_TEXT = 48_000_000  # bytes of memory of the shared texts
LONGEST_TEXT = 100_000  # characters of one; a cell of Excel holds 32,767
MOST_SHEETS = 1_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NO_TABLE = "The file is a zip archive but no workbook; save the table as .xlsx, and import that."
_OTHER_KINDS = {
    "application/vnd.oasis.opendocument": "The file is an OpenDocument file (.ods); open it and save it as .xlsx.",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A sheet as the workbook lists it, and the part that holds it."""

    name: str
    is_visible: bool
    part: str


@dataclass(frozen=True, slots=True)
class Parts:
    """What all sheets share."""

    sheets: Sequence[Listed]
    texts: Sequence[str] = ()
    formats: Sequence[Shown] = ()
    since_1904: bool = False


def read_parts(package: Package, budget: Budget) -> Parts:
    """Read all of it; raises `Refused`."""
    main = _main_part(package, budget)
    book = _Book()
    read_xml(package.pieces(main), book, budget)
    links = _links(package, main, budget)
    sheets = [
        Listed(name, is_visible, links[link].target)
        for name, is_visible, link in book.sheets
        if link in links and links[link].kind == "worksheet"
    ]
    if not sheets:
        raise Refused("The workbook has no sheet with cells; put the table on one.")
    texts, formats = _Texts(), _Formats()
    for kind, reader in (("sharedStrings", texts), ("styles", formats)):
        for link in links.values():
            if link.kind == kind and link.target in package:
                read_xml(package.pieces(link.target), reader, budget)
                break
    return Parts(sheets, texts.found, formats.shown(), book.since_1904)


@dataclass(frozen=True, slots=True)
class _Link:
    kind: str
    target: str


def _main_part(package: Package, budget: Budget) -> str:
    if "_rels/.rels" not in package:
        raise Refused(_other_kind(package))
    main = next((link.target for link in _links(package, "", budget).values() if link.kind == "officeDocument"), "")
    if main.endswith(".bin"):
        raise Refused("The workbook is a binary one (.xlsb); open it in Excel and save it as .xlsx.")
    if "xl/" not in f"{main}/" and not main.endswith("workbook.xml"):
        raise Refused(_NO_TABLE)
    return main


def _other_kind(package: Package) -> str:
    if "mimetype" in package:
        kind = b"".join(package.pieces("mimetype"))[:100].decode("ascii", "replace")
        return next((sentence for start, sentence in _OTHER_KINDS.items() if kind.startswith(start)), _NO_TABLE)
    return _NO_TABLE


def _links(package: Package, part: str, budget: Budget) -> Mapping[str, _Link]:
    folder, name = posixpath.split(part)
    links = _Links(folder)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path in package:
        read_xml(package.pieces(path), links, budget)
    return links.found


@dataclass
class _Quiet:
    """A reader that ignores all it isn't told to take."""

    wants_text: bool = False

    def end(self, name: str) -> None:
        """Ignore it."""

    def text(self, piece: str) -> None:
        """Ignore it."""


class _Links(_Quiet):
    def __init__(self, folder: str) -> None:
        super().__init__()
        self._folder = folder
        self.found: dict[str, _Link] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", self._folder, attributes.get("Target", "")))
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.found[attributes.get("Id", "")] = _Link(kind, target.lstrip("/"))


class _Book(_Quiet):
    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, bool, str]] = []
        self.since_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "workbookPr":
            self.since_1904 = attributes.get("date1904", "0").casefold() in {"1", "true", "on"}
        elif name == "sheet":
            link = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            visible = attributes.get("state", "visible") == "visible"
            self.sheets.append((clean(attributes.get("name", "")[:LONGEST_TEXT]), visible, link))
            if len(self.sheets) > MOST_SHEETS:
                raise Refused(TOO_LARGE)


@dataclass
class TextParts:
    """Gathers a text that is written in runs; readings beside it (furigana) are left out."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    is_reading: bool = False

    def add(self, piece: str) -> None:
        """Take a piece."""
        self.parts.append(piece)
        self.length += len(piece)
        if self.length > LONGEST_TEXT:
            raise Refused(TOO_LARGE)

    def take(self) -> str:
        """Return the text, cleaned, with its line breaks, and start anew."""
        text = "".join(self.parts)
        self.parts.clear()
        self.length = 0
        if "_x" in text:
            text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        return clean(text, lines=True)


class _Texts(_Quiet):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._text = TextParts()
        self._size = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002 - as every reader
        if name == "rPh":
            self._text.is_reading = True
        self.wants_text = name == "t" and not self._text.is_reading

    def end(self, name: str) -> None:
        self.wants_text = False
        if name == "rPh":
            self._text.is_reading = False
        elif name == "si":
            text = self._text.take()
            self._size += sys.getsizeof(text) + 8  # and its place in the list
            if self._size > MOST_TEXT:
                raise Refused(TOO_LARGE)
            self.found.append(text)

    def text(self, piece: str) -> None:
        self._text.add(piece)


class _Formats(_Quiet):
    """The cells' formats in the order in which cells name them."""

    def __init__(self) -> None:
        super().__init__()
        self._codes: dict[int, str] = {}
        self._numbers: list[int] = []
        self._is_of_cells = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "cellXfs":
            self._is_of_cells = True
        elif name == "numFmt":
            self._codes[whole(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
        elif name == "xf" and self._is_of_cells:
            self._numbers.append(whole(attributes.get("numFmtId", "0")))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._is_of_cells = False

    def shown(self) -> list[Shown]:
        return [
            shown_by(self._codes[number]) if number in self._codes else built_in(number) for number in self._numbers
        ]


def whole(text: str) -> int:
    """Read a count or place that a program wrote; raises `Refused` where it is none."""
    if text.isascii() and text.isdigit() and len(text) < 10:  # noqa: PLR2004 - far more than there can be
        return int(text)
    raise Refused(DAMAGED)
