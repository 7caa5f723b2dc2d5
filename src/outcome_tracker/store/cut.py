"""Reading what was there when a plan's period was signed off: by the moment, and by what was sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from outcome_tracker.store import rows
from outcome_tracker.store.texts import period_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from outcome_tracker.core.period import Period
    from outcome_tracker.core.seal import Item, Key
    from outcome_tracker.store.connection import Row

# The tables whose every fact of certain periods is sealed, and which column of the key has the period.
_COMPLETE = {"figure": 1, "commentary": 1}


@dataclass(frozen=True, slots=True)
class Cut:
    """A sign-off as a filter of rows: nothing saved later, nor a later version than was sealed.

    Somebody may save something while another person signs: of the sealed `periods` only what was sealed is kept,
    whatever the clocks of two machines say. Of other periods the moment decides.
    """

    until: str
    sealed: Mapping[Key, int]
    periods: Collection[str]

    def kept(self, table: str, found: Iterable[Row]) -> list[Row]:
        """Return the rows of a table that were there."""
        width = len(rows.TABLES[table][0].split(", "))
        place = _COMPLETE.get(table)
        kept = []
        for row in found:
            key, version, at = row[:width], row[width], row[-3]
            sealed = self.sealed.get((table, key))
            if sealed is None:
                sealed = 0 if place is not None and key[place] in self.periods else version
            if at <= self.until and version <= sealed:
                kept.append(row)
        return kept


def cut_at(at: datetime, sealed: Iterable[Item], periods: Iterable[Period]) -> Cut:
    """Return the filter of a sign-off at that moment; `periods` are those whose figures it seals."""
    versions: dict[Key, int] = {}
    for item in sealed:
        versions[item.subject] = max(item.version, versions.get(item.subject, 0))
    until = at.astimezone(UTC).isoformat(timespec="microseconds")
    return Cut(until, versions, frozenset(period_text(period) for period in periods))
