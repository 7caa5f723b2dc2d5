"""Rows of any table as the items that a sign-off seals: texts by column, the same from both engines."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from outcome_tracker.core.seal import Item, number_text
from outcome_tracker.store import rows

if TYPE_CHECKING:
    from outcome_tracker.store.connection import Connection

_NUMBERS = {"value", "numerator", "denominator", "count"}
_STAMP = rows.STAMP.split(", ")


def items(connection: Connection, table: str, where: str, **parameters: object) -> list[Item]:
    """Return the versions in a table that meet a condition, a key's oldest first, with who saved them and when."""
    key, content = rows.TABLES[table]
    width, columns = len(key.split(", ")), [*content.split(", "), *_STAMP]
    return [
        Item(
            table,
            row[:width],
            row[width],
            {name: _text(name, value) for name, value in zip(columns, row[width + 1 :], strict=True)},
        )
        for row in connection.rows(rows.select(table, where), **parameters)
    ]


def _text(column: str, value: str | int | None) -> str:
    """Return a column as a text; a flag that isn't set says nothing, as what was left empty does."""
    if not value:
        return ""
    text = str(value)
    if column not in _NUMBERS:
        return text
    try:
        return number_text(Decimal(text))
    except InvalidOperation:  # altered by somebody: told as it stands
        return text
