"""Formatted cells and rows with nothing in them, taken out of a sheet before it is parsed.

A sheet that was formatted down to its last row has millions, and parsing each takes a hundred times as long.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CELLS = re.compile(rb'(?:<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]{1,6}")?\s?/>)+')
_ROWS = re.compile(rb'(?:<row r="[0-9]{1,7}"(?: [A-Za-z0-9:]{1,20}="[^"<>]{0,40}"){0,12}\s?(?:/>|></row>))+')
_LITERAL = b"<![CDATA["
_LONGEST = 1_000_000


class WithoutBlanks:
    """The pieces of a sheet's XML; `any_left_out` tells afterwards whether there were blank cells.

    Only what says where it stands is left out, so that nothing moves; and only until literal text begins, in which
    what looks like a cell may be none.
    """

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces
        self.any_left_out = False

    def __iter__(self) -> Iterator[bytes]:
        rest = b""
        is_literal = False
        for piece in self._pieces:
            found = rest + piece
            is_literal = is_literal or _LITERAL in found
            # A tag may go on in the next piece.
            last = found.rfind(b"<")
            cut = last if last > 0 and len(found) - last < _LONGEST else len(found)
            found, rest = found[:cut], found[cut:]
            yield found if is_literal else self._without(found)
        yield rest

    def _without(self, piece: bytes) -> bytes:
        kept = _ROWS.sub(b"", _CELLS.sub(b"", piece))
        self.any_left_out = self.any_left_out or len(kept) < len(piece)
        return kept
