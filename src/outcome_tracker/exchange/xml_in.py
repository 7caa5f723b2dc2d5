"""XML from strangers, read as it streams: no entities, no document types, bounded depth, length and count.

The standard library's expat does it. A document type is refused where it begins, so that no entity is ever declared:
neither those that multiply nor those that fetch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol
from xml.parsers import expat

from outcome_tracker.exchange.package import DAMAGED, TOO_LARGE, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DEEPEST = 40
MOST_TAGS = 5_000_000  # opening and closing ones, of all parts of a workbook together
MOST_CELLS = 400_000  # with something in them, of all sheets
MOST_LETTERS = 16_000_000  # of the texts of all cells, a shared one counted each time
LONGEST_TAG = 4_000_000  # bytes of one tag, comment or the like, which the parser holds whole
HOSTILE = (
    "The workbook holds declarations that no spreadsheet program writes, so it is not read; "
    "copy the table into a new workbook and save that."
)


class Reader(Protocol):
    """What is told of the elements, by their names without a prefix. `wants_text` tells whether texts matter now."""

    wants_text: bool

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""

    def end(self, name: str) -> None:
        """Take the end of an element."""

    def text(self, piece: str) -> None:
        """Take a piece of text."""


class Budget:
    """What may still come of a workbook; to spend more raises `Refused`."""

    def __init__(self) -> None:
        self._tags, self._cells, self._letters = MOST_TAGS, MOST_CELLS, MOST_LETTERS

    def spend_tags(self, count: int) -> None:
        """Take tags off."""
        self._tags -= count
        if self._tags < 0:
            raise Refused(TOO_LARGE)

    def spend_cell(self, letters: int = 0) -> None:
        """Take a cell off, with the letters of its text."""
        self._cells -= 1
        self._letters -= letters
        if self._cells < 0 or self._letters < 0:
            raise Refused(TOO_LARGE)


class _Names(dict[str, str]):
    """Names without their prefix, each worked out once."""

    def __missing__(self, name: str) -> str:
        self[name] = name.rpartition(":")[2]
        return self[name]


def read_xml(pieces: Iterable[bytes], reader: Reader, budget: Budget) -> None:
    """Read a part of a workbook; raises `Refused`."""
    parser = _parser(reader)
    fed = 0
    try:
        for piece in pieces:
            budget.spend_tags(piece.count(b"<"))
            parser.Parse(piece, False)
            fed += len(piece)
            if fed - parser.CurrentByteIndex > LONGEST_TAG:
                raise Refused(HOSTILE)
        parser.Parse(b"", True)
    except (expat.ExpatError, UnicodeError, LookupError, ValueError):
        raise Refused(DAMAGED) from None


def _parser(reader: Reader) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    names = _Names()
    depth = 0
    is_listening = False

    def listen() -> None:
        nonlocal is_listening
        is_listening = not is_listening
        parser.CharacterDataHandler = reader.text if is_listening else None

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise Refused(HOSTILE)
        reader.start(names[name], attributes)
        if reader.wants_text is not is_listening:
            listen()

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        reader.end(names[name])
        if reader.wants_text is not is_listening:
            listen()

    def hostile(*_: object) -> None:
        raise Refused(HOSTILE)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = hostile
    return parser
