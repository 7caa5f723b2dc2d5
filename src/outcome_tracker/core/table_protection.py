"""Tables of counts beside figures that stay as they are: what to hide in them, and which to refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.count_system import System
from outcome_tracker.core.printed_counts import CellKey, CountKey
from outcome_tracker.core.suppression import parts_of, protect
from outcome_tracker.core.table_counts import RestKey
from outcome_tracker.core.table_ties import WholeKey
from outcome_tracker.core.year_sums import YearKey

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Mapping

    from outcome_tracker.core.period import Period
    from outcome_tracker.core.suppression import Reason, Why

_Table = tuple[str, "Period"]


def next_to_figures(system: System, already: Collection[Hashable]) -> tuple[dict[Hashable, Why], dict[_Table, Reason]]:
    """Return why counts of tables are hidden, beside figures that stay as they are, and which tables are refused.

    The table that holds the number that would be exposed is refused; where that is none, all that hang together are.
    """
    hidden: dict[Hashable, Why] = {}
    refused: dict[_Table, Reason] = {}
    before: dict[str, set[tuple[str, ...]]] = {}  # what is hidden of each breakdown in the period before
    todo = sorted(parts_of(system, already), key=_last_end, reverse=True)
    while todo:
        part = todo.pop()
        there = {table for cell in part.cells if (table := _table_of(cell.key))}
        if not there:
            continue
        found = protect(part, already, [cell.key for cell in part.cells if _is_among(cell.key, before)])
        if not found.refused:
            own = {key: why for key, why in found.hidden.items() if _table_of(key)}
            hidden |= own
            before |= {code: set() for code, _ in there}
            for key in own:
                if isinstance(key, CountKey) and isinstance(key.of, CellKey):
                    before[key.of.breakdown].add(key.of.categories)
            continue
        exposed = _table_of(found.refused[0].cell)
        gone = {exposed} if exposed else there
        refused |= dict.fromkeys(sorted(gone, key=str), found.refused[0].reason)
        todo += parts_of(_without(part, gone), already)
    return hidden, refused


def _last_end(part: System) -> int:
    """Return when the last of the tables in a system ends."""
    ends = [table[1].end.toordinal() for cell in part.cells if (table := _table_of(cell.key))]
    return max(ends, default=0)


def _is_among(key: Hashable, categories: Mapping[str, Collection[tuple[str, ...]]]) -> bool:
    """Tell whether the same cell of a breakdown is among some, of whatever period."""
    if not isinstance(key, CountKey) or not isinstance(key.of, CellKey):
        return False
    return key.of.categories in categories.get(key.of.breakdown, ())


def _table_of(key: Hashable) -> _Table | None:
    if isinstance(key, CountKey) and isinstance(key.of, CellKey):
        return key.of.breakdown, key.of.period
    if isinstance(key, WholeKey | YearKey):
        return key.breakdown, key.period
    return _table_of(key.total) if isinstance(key, RestKey) else None


def _without(system: System, tables: Collection[_Table]) -> System:
    """Return a system without some tables, and so without what adds up with them."""
    cells = tuple(cell for cell in system.cells if _table_of(cell.key) not in tables)
    left = {cell.key for cell in cells}
    return System(
        cells,
        tuple(sums for sums in system.relations if left.issuperset((sums.total, *sums.parts))),
        tuple(ratio for ratio in system.ratios if left.issuperset((*ratio.parts, *ratio.of))),
    )
