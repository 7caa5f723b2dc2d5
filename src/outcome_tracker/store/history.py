"""Every version of every fact as text: who changed what from what to what, when and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.store import rows

if TYPE_CHECKING:
    from outcome_tracker.store.connection import Connection, Row


def changes(connection: Connection) -> list[dict[str, str]]:
    """Return one row a version, in the order in which they were recorded."""
    found = [change for table in rows.TABLES for change in _changes(table, connection.rows(rows.select(table)))]
    found.sort(key=lambda change: change["at"])  # stable: what was saved at once stays together, version by version
    return found


def _changes(table: str, found: list[Row]) -> list[dict[str, str]]:
    """Return the rows of one table, whose versions come in order."""
    key_columns, content_columns = rows.TABLES[table]
    width = len(key_columns.split(", "))
    names = content_columns.split(", ")
    changes = []
    before: Row = ()
    for row in found:
        key, version, content = row[:width], row[width], row[width + 1 : width + 1 + len(names)]
        who, at, known, why = row[-4:]
        earlier = before[width + 1 : width + 1 + len(names)] if before[:width] == key else ()
        changes.append(
            {
                "at": at,
                "who": who,
                "what": table,
                "key": " ".join(key),
                "version": str(version),
                "old": _text(names, earlier),
                "new": _text(names, content),
                "why": why,
                "known": known,
            }
        )
        before = row
    return changes


def _text(names: list[str], content: Row) -> str:
    """Return what is not empty, as `value 21.2; status final`; a flag is named when it is set.

    What a sign-off sealed is left out: it says again what stands in rows of its own.
    """
    parts = []
    for name, value in zip(names, content, strict=False):
        if isinstance(value, int):
            parts += [name] if value else []
        elif value and name != "sealed":
            parts.append(value if name == "body" else f"{name} {value}")
    return "; ".join(parts)
