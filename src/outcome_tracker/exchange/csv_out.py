"""CSV out: the same columns that the imports read, so that a file goes round unchanged."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from outcome_tracker.core.text import clean
from outcome_tracker.exchange.csv_in import FORMULA_STARTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_AT_ONCE = 5_000
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


def to_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Return rows as CSV text with a heading; None becomes an empty cell."""
    return "".join(pieces(columns, rows))


def pieces(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """Yield the same text in pieces of some thousand rows, for what is too long to hold."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_cell(column) for column in columns])
    for number, row in enumerate(rows, 1):
        writer.writerow([_cell(row.get(column)) for column in columns])
        if number % _AT_ONCE == 0:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    text = str(value)
    if not text.isprintable():
        text = clean(text, lines=True)
    # A leading apostrophe keeps a spreadsheet from running a text; reading takes one away.
    if text.lstrip("'").startswith(FORMULA_STARTS) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text
