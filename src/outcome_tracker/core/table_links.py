"""What ties the counts of breakdowns to figures of indicators and to one another, of whatever frequency and basis.

Counts of the same subject (all of an indicator, or some categories of it) hang together where their stretches of time
do: months make a quarter, and what the rows of a month come to is the difference of two years to date. A table by team
and one by team and category have their teams in common where they are of the same total.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from outcome_tracker.core.breakdown import TOTAL
from outcome_tracker.core.indicator import Basis
from outcome_tracker.core.number import UnitKind
from outcome_tracker.core.printed_counts import Counts
from outcome_tracker.core.table_ties import ALL, CountedTable, Group, Shown, Subject, Tied

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from outcome_tracker.core.breakdown import Breakdown
    from outcome_tracker.core.indicator import Agreed, Indicator


def linked(agreed: Agreed, tables: Sequence[CountedTable], figures: Mapping[str, Shown]) -> Counts:
    """Return what ties tables to figures and to one another; `figures` are by the codes of their indicators."""
    found = Counts()
    every = {key: cell for table in tables for key, cell in table.counts.cells.items()}
    for shown in figures.values():
        every |= shown.counts.cells
    for group in _groups(agreed, tables, figures):
        Tied(found, group, every).tie()
    return found


def why_untied(breakdown: Breakdown, indicator: Indicator, category: str = TOTAL) -> str:
    """Return why a breakdown cannot be held against an indicator that it names, and what to write; empty if it can."""
    what = f"the figure of {indicator.code} is not {f'that of {category}' if category else 'the total'}"
    if breakdown.basis is not Basis.POINT and indicator.basis is Basis.POINT:
        return f"{what}: it is at the end of a period, what is counted here is not; write basis: point."
    if breakdown.basis is Basis.POINT and indicator.basis is not Basis.POINT:
        basis = Basis.PERIOD if indicator.basis is Basis.CUMULATIVE else indicator.basis
        return f"{what}: it is not at the end of a period, as what is counted here; write basis: {basis}."
    if category == TOTAL and indicator.unit.kind is UnitKind.POUNDS and not indicator.denominator:
        return f"{what}: it is in pounds; write the code of an indicator whose unit is number."
    return ""


def untied(agreed: Agreed) -> set[str]:
    """Return the codes of breakdowns that cannot be held against an indicator that they name."""
    return {
        breakdown.code
        for breakdown in agreed.breakdowns
        for category, code in named(breakdown)
        if (indicator := agreed.indicator(code)) is not None and why_untied(breakdown, indicator, category)
    }


def named(breakdown: Breakdown) -> tuple[tuple[str, str], ...]:
    """Return the indicators that a breakdown names, each with the category that its figures are of."""
    total = ((TOTAL, breakdown.total),) if breakdown.total else ()
    return (*total, *sorted(breakdown.category_indicators.items()))


def _groups(agreed: Agreed, tables: Sequence[CountedTable], figures: Mapping[str, Shown]) -> Iterable[Group]:
    groups: dict[str, Group] = defaultdict(Group)
    same = _same_total(tables)
    for table in tables:
        groups[same[table.breakdown.code]].tables.append(table)
    for breakdown in agreed.breakdowns:
        if breakdown.code not in same:
            continue
        of = groups[same[breakdown.code]].figures
        for category, code in named(breakdown):
            if (shown := figures.get(code)) is None or why_untied(breakdown, shown.indicator, category):
                continue
            for subject in _named_subjects(breakdown, category):
                if shown not in of[subject]:
                    of[subject].append(shown)
    return groups.values()


def _named_subjects(breakdown: Breakdown, category: str) -> list[Subject]:
    if category == TOTAL:
        return [ALL]
    return [frozenset({(dimension.casefold(), category)}) for dimension in breakdown.dimensions]


def _same_total(tables: Sequence[CountedTable]) -> dict[str, str]:
    """Return what each breakdown is of: its total; else its own code, or that of another whose counts it has too."""
    of = {table.breakdown.code: table.breakdown.total or f"rows of {table.breakdown.code}" for table in tables}
    known = {id(table): _known(table) for table in tables if not table.breakdown.total}
    by_period: dict[object, list[CountedTable]] = defaultdict(list)
    for table in tables:
        if not table.breakdown.total:
            by_period[table.breakdown.plan, table.stretch].append(table)
    for there in by_period.values():
        for one, other in combinations(there, 2):
            if of[one.breakdown.code] != of[other.breakdown.code] and _agree(
                one, other, known[id(one)], known[id(other)]
            ):
                was, now = of[other.breakdown.code], of[one.breakdown.code]
                of = {code: now if name == was else name for code, name in of.items()}
    return of


def _agree(one: CountedTable, other: CountedTable, *counts: Mapping[Subject, int]) -> bool:
    """Tell whether two tables, with the counts that they tell, have in common whatever both count, two at least."""
    names = [{name.casefold() for name in table.breakdown.dimensions} for table in (one, other)]
    if not (names[0] <= names[1] or names[1] <= names[0]):
        return False
    both = counts[0].keys() & counts[1].keys()
    return len(both) > 1 and all(counts[0][subject] == counts[1][subject] for subject in both)


def _known(table: CountedTable) -> dict[Subject, int]:
    """Return the counts of all subjects that a table tells, added up where it has no total of them."""
    cells = {subject: table.counts.count(key) for subject, key in table.cells().items()}
    found = {subject: count for subject, count in cells.items() if count is not None}
    sums: dict[Subject, int] = defaultdict(int)
    lacking: set[Subject] = set()
    for subject, count in cells.items():
        if len(subject) == len(table.breakdown.dimensions) and not table.breakdown.multi_response:
            for size in range(len(subject)):
                for part in combinations(sorted(subject), size):
                    sums[frozenset(part)] += count or 0
                    if count is None:
                        lacking.add(frozenset(part))
    return {subject: count for subject, count in sums.items() if subject not in lacking} | found
