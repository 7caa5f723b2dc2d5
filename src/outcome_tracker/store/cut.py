"""Reading what was there when plans' periods were signed off: by what was sealed, else by the moment."""

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

# The tables whose every fact of certain periods is sealed.
_COMPLETE = {"figure", "commentary"}


@dataclass(frozen=True, slots=True)
class Cut:
    """Sign-offs as a filter of rows: nothing saved later, nor a later version than was sealed.

    `until` is the moment of the sign-off by the codes that it covers; rows of other codes stay. Somebody may save
    something while another person signs: of the sealed `periods` only what was sealed is kept, whatever the clocks of
    two machines say. Of other periods the moment decides.
    """

    until: Mapping[str, str]
    sealed: Mapping[Key, int]
    periods: Collection[str]

    def kept(self, table: str, found: Iterable[Row]) -> list[Row]:
        """Return the rows of a table that were there."""
        width, code = len(rows.TABLES[table][0].split(", ")), int(table == "definition")
        is_complete = table in _COMPLETE
        kept = []
        for row in found:
            until = self.until.get(row[code])
            if until is not None:
                sealed = self.sealed.get((table, row[:width]))
                if sealed is None:
                    sealed = 0 if is_complete and row[1] in self.periods else row[width]
                if row[-3] > until or row[width] > sealed:
                    continue
            kept.append(row)
        return kept


def cut_at(moments: Mapping[str, datetime], sealed: Iterable[Item], periods: Iterable[Period]) -> Cut:
    """Return the filter of sign-offs at these moments, by code; `periods` are those whose figures they seal."""
    versions: dict[Key, int] = {}
    for item in sealed:
        versions[item.subject] = max(item.version, versions.get(item.subject, 0))
    until = {code: at.astimezone(UTC).isoformat(timespec="microseconds") for code, at in moments.items()}
    return Cut(until, versions, frozenset(period_text(period) for period in periods))
