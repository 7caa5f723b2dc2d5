"""Figures of indicators that add up to that of another, as a breakdown declares them, whether or not it is published.

Where every category has an indicator of its own, the total less all the others is the one that is hidden.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcome_tracker.core.breakdown import TOTAL
from outcome_tracker.core.count_system import Cell
from outcome_tracker.core.printed_counts import CountKey, Counts, FigureKey, Part
from outcome_tracker.core.stretch import stretch_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from outcome_tracker.core.breakdown import Breakdown, BreakdownFigure
    from outcome_tracker.core.indicator import Agreed
    from outcome_tracker.core.stretch import Stretch


@dataclass(frozen=True, slots=True)
class OthersKey:
    """What a total has beside the categories that have indicators of their own."""

    total: CountKey
    breakdown: str
    dimension: int


def siblings(agreed: Agreed, rows: Iterable[BreakdownFigure], figures: Iterable[Counts]) -> Counts:
    """Return how the figures of indicators add up to those of the totals that breakdowns name."""
    found = Counts()
    cells = {key: cell for counts in figures for key, cell in counts.cells.items()}
    counted = _counted(agreed, cells)
    rows_of: dict[str, list[BreakdownFigure]] = defaultdict(list)
    for row in rows:
        rows_of[row.breakdown].append(row)
    for breakdown in agreed.breakdowns:
        if breakdown.total not in counted or breakdown.multi_response or not breakdown.category_indicators:
            continue
        for place, linked, complete in _dimensions(breakdown, rows_of[breakdown.code]):
            series = [counted.get(breakdown.category_indicators[name], {}) for name in linked]
            for stretch, whole in counted[breakdown.total].items():
                keys = [each[stretch] for each in series if stretch in each]
                if keys:
                    others = OthersKey(whole, breakdown.code, place)
                    _take(found, cells, keys, others, complete=complete and len(keys) == len(linked))
    return found


def _counted(agreed: Agreed, cells: Iterable[Hashable]) -> dict[str, dict[Stretch, CountKey]]:
    """Return the counts of figures, values or numerators, by indicator and by what they cover."""
    found: dict[str, dict[Stretch, CountKey]] = defaultdict(dict)
    bases = {indicator.code: indicator.basis for plan in agreed.plans for indicator in plan.indicators}
    for key in cells:
        if isinstance(key, CountKey) and isinstance(key.of, FigureKey) and key.part is not Part.DENOMINATOR:
            found[key.of.indicator].setdefault(stretch_of(bases[key.of.indicator], key.of.period), key)
    return found


def _dimensions(breakdown: Breakdown, rows: Sequence[BreakdownFigure]) -> Iterator[tuple[int, list[str], bool]]:
    """Yield the dimensions that have categories with indicators, with these, and whether they are known to be all.

    Without any rows only the figures can tell.
    """
    declared = breakdown.category_indicators
    if declared and not rows:
        yield 0, list(declared), False
    for place in range(len(breakdown.dimensions)):
        names = {row.categories[place] for row in rows}
        counted = {row.categories[place] for row in rows if row.content.count != 0} - {TOTAL}
        if linked := [name for name in declared if name in names]:
            yield place, linked, counted <= declared.keys()


def _take(
    found: Counts, cells: Mapping[Hashable, Cell], keys: Sequence[CountKey], others: OthersKey, *, complete: bool
) -> None:
    """Take that figures of one period add up to their total, with what is not among them."""
    counts, whole = [cells[key].count for key in keys], cells[others.total].count
    left = None if whole is None or None in counts else whole - sum(count or 0 for count in counts)
    if complete or left == 0:
        found.sums(others.total, keys)
    else:
        found.add(Cell(others, left, printed=False))
        found.sums(others.total, (*keys, others))
