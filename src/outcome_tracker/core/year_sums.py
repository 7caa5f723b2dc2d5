"""Sums of 12 months of a breakdown that holds small months: a report prints the sums, an export the months.

A sum that is not small stays where others of its months can be hidden with the small one. Sums of successive months
differ by two months a year apart, so those that are published are looked at together.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcome_tracker.core.breakdown import TOTAL
from outcome_tracker.core.breakdown_amount import YEAR, year_to
from outcome_tracker.core.count_system import Cell
from outcome_tracker.core.indicator import Basis, Compare
from outcome_tracker.core.printed_counts import CellKey, CountKey, Counts, Part

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

    from outcome_tracker.core.period import Period
    from outcome_tracker.core.table_ties import CountedTable

_SUM, _TOTAL = 1, 2  # what would be lost with a sum
_SUMS = 48  # sums of a breakdown that are looked at: as many as take a second


@dataclass(frozen=True, slots=True)
class YearKey:
    """The count of a row over the 12 months that end with a period."""

    breakdown: str
    period: Period
    categories: tuple[str, ...]


def year_sums(tables: Sequence[CountedTable]) -> Counts:
    """Return the sums of 12 months in which any month holds a small number, and the months that they are made of."""
    found = Counts()
    by_breakdown: dict[str, dict[Period, CountedTable]] = defaultdict(dict)
    for table in tables:
        breakdown = table.breakdown
        if breakdown.basis is Basis.PERIOD and breakdown.compare is Compare.YEAR_BEFORE:
            by_breakdown[breakdown.code][table.period] = table
    for its in by_breakdown.values():
        small = {period for period, table in its.items() if any(map(_is_small, table.counts.cells.values()))}
        for period in _looked_at(its):
            months = year_to(period)
            if len(months) > 1 and small.intersection(months) and all(month in its for month in months):
                _add(found, [its[month] for month in months])
    return found


def _looked_at(tables: Mapping[Period, CountedTable]) -> list[Period]:
    """Return the periods whose sums are looked at: the last, the same of years before, then those before these.

    Of others no sum is published where one of its months is not.
    """
    rows = max(len(table.counts.cells) for table in tables.values())
    ages = {period: age for age, period in enumerate(sorted(tables, key=lambda each: each.end, reverse=True))}
    per_year = YEAR // next(iter(tables)).months
    return sorted(tables, key=lambda each: (ages[each] % per_year, ages[each]))[: _SUMS // rows]


def _is_small(cell: Cell) -> bool:
    return cell.sensitive


def _add(found: Counts, months: Sequence[CountedTable]) -> None:
    last = months[-1]
    for key in last.counts.cells:
        if not isinstance(key, CountKey) or not isinstance(key.of, CellKey) or key.part is not Part.VALUE:
            continue
        categories = key.of.categories
        parts = [CountKey(CellKey(last.breakdown.code, month.period, categories)) for month in months]
        cells = [month.counts.cells.get(part) for month, part in zip(months, parts, strict=True)]
        counts = [cell.count for cell in cells if cell is not None and cell.count is not None]
        if len(counts) == len(parts):
            year = YearKey(last.breakdown.code, last.period, categories)
            rank = _TOTAL if all(name == TOTAL for name in categories) else _SUM
            found.add(Cell(year, sum(counts), last.below, rank))
            found.sums(year, parts)


def published_sums(
    counts: Iterable[Counts],
    hidden: Collection[Hashable],
    refused: Collection[tuple[str, Period]],
) -> Mapping[YearKey, int]:
    """Return the sums of 12 months that stay, of those whose months are not all refused."""
    return {
        key: cell.count
        for each in counts
        for key, cell in each.cells.items()
        if isinstance(key, YearKey)
        and cell.count is not None
        and key not in hidden
        and not any((key.breakdown, month) in refused for month in year_to(key.period))
    }
