"""CSV out: the same columns that the imports read, so that a file goes round unchanged."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from outcome_tracker.core.text import clean
from outcome_tracker.exchange.csv_in import FORMULA_STARTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


def to_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Return rows as CSV text with a heading; None becomes an empty cell."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in columns])
    return out.getvalue()


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
