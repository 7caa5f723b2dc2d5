"""A breakdown in a reporting period: 12 months against the 12 months before, the larger rows first, shares, totals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from outcome_tracker.core.breakdown import TOTAL, Breakdown, BreakdownFigure, Counted
from outcome_tracker.core.breakdown_amount import YEAR, Amount, amount_over, sum_of, year_to
from outcome_tracker.core.breakdown_cross import Cross, cross_of
from outcome_tracker.core.figure import Status
from outcome_tracker.core.indicator import Basis, Compare
from outcome_tracker.core.number import total
from outcome_tracker.core.period import Period, ending
from outcome_tracker.core.volume import is_beyond, percentage_change, share

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from fractions import Fraction

Categories = tuple[str, ...]
_TWO_WAYS = 2


class TotalOf(StrEnum):
    """Where a total is from."""

    FIGURES = "the figures"
    INDICATOR = "the indicator"
    ROWS = "the sum of the rows"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: the later count beside the earlier one. Changes and shares are exact, in percent."""

    categories: Categories
    later: Amount
    earlier: Amount
    change: Fraction | None = None
    marked: bool = False
    share: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Others:
    """The rows that are not listed, together. `number` is None where they are only what the total leaves.

    `hidden` of them have no later count, which leaves none for all of them.
    """

    number: int | None
    later: Decimal | None
    earlier: Decimal | None
    change: Fraction | None
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class BreakdownTable:
    """A breakdown as seen from a reporting period. `period` is its own; `later` and `earlier` are what is counted.

    `alone` are the periods for want of which 12 months cannot be added up for any row: the period stands alone.
    """

    breakdown: Breakdown
    period: Period
    later: tuple[Period, ...]
    earlier: tuple[Period, ...]
    lines: tuple[Line, ...]
    others: Others | None
    total: Line | None
    total_of: TotalOf
    alone: tuple[Period, ...] = ()
    cross: Cross | None = None

    @property
    def twelve_months(self) -> bool:
        """Whether a count is of 12 months, added up or as it is given."""
        return self.breakdown.basis is Basis.ROLLING or sum(period.months for period in self.later) == YEAR

    @property
    def is_compared(self) -> bool:
        """Whether there is an earlier count at all."""
        return any(line.earlier.count is not None for line in (*self.lines, *([self.total] if self.total else [])))


def own_period(breakdown: Breakdown, reporting: Period) -> Period:
    """Return the last of a breakdown's periods that has ended with the reporting period."""
    found = ending(reporting.end, breakdown.kind)
    return found if found.end <= reporting.end else found.previous


def table_of(
    breakdown: Breakdown,
    figures: Iterable[BreakdownFigure],
    reporting: Period,
    totals: Mapping[Period, Counted] | None = None,
    sums: Mapping[tuple[Period, Categories], int] | None = None,
) -> BreakdownTable | None:
    """Return a breakdown in a reporting period; None where nothing is held for its period.

    `totals` are the figures of the indicator that the counts add up to (`breakdown_amount.totals_of`); a total among
    the figures comes first. `sums` are those of 12 months that may be published where not all their months may be, by
    their last period.
    """
    period = own_period(breakdown, reporting)
    held: dict[Categories, dict[Period, Counted]] = {}
    for figure in figures:
        held.setdefault(figure.categories, {})[figure.period] = figure.content
    if not any(period in series for series in held.values()):
        return None
    later, alone = _later(breakdown, held.values(), period)
    earlier = tuple(p.year_before if breakdown.compare is Compare.YEAR_BEFORE else p.previous for p in later)

    def amount(categories: Categories, series: Mapping[Period, Counted], over: tuple[Period, ...]) -> Amount:
        found = amount_over(series, over)
        known = (sums or {}).get((over[-1], categories)) if len(over) > 1 else None
        if found.status is not Status.SUPPRESSED or known is None:
            return found
        return replace(found, count=Decimal(known), status=Status.FINAL)

    def line(categories: Categories, series: Mapping[Period, Counted]) -> Line:
        now, before = (amount(categories, series, over) for over in (later, earlier))
        return _compared(breakdown, categories, now, before)

    looked_at = {*later, *earlier}
    lines = {categories: line(categories, series) for categories, series in held.items() if looked_at & series.keys()}
    rows = [line for categories, line in lines.items() if TOTAL not in categories]
    whole, total_of = _total(breakdown, lines, rows, line(breakdown.grand_total, totals or {}))
    if breakdown.shares:
        rows = [_shared(line, whole) for line in rows]
    listed, others = _folded(breakdown, sorted(rows, key=_larger_first), whole)
    cross = None
    if len(breakdown.dimensions) == _TWO_WAYS:
        amounts = {categories: line.later for categories, line in lines.items()}
        if whole is not None:
            amounts.setdefault(whole.categories, whole.later)
        cross = cross_of(amounts, adds_up=_adds_up(breakdown))
    return BreakdownTable(
        breakdown, period, later, earlier, tuple(listed), others, whole, total_of, alone, cross
    )  # fmt: skip - its fields in order


def _later(
    breakdown: Breakdown, held: Collection[Mapping[Period, Counted]], period: Period
) -> tuple[tuple[Period, ...], tuple[Period, ...]]:
    """Return the periods that are added up, and those for want of which the period stands alone.

    What is counted in a period is added up over 12 months, if any row has them all.
    """
    if breakdown.basis is not Basis.PERIOD or breakdown.compare is not Compare.YEAR_BEFORE:
        return (period,), ()
    year = year_to(period)
    lacking = [tuple(each for each in year if each not in series) for series in held if period in series]
    fewest = min(lacking, key=len)
    return ((period,), fewest) if fewest else (year, ())


def _compared(breakdown: Breakdown, categories: Categories, later: Amount, earlier: Amount) -> Line:
    change = percentage_change(earlier.count, later.count)
    return Line(categories, later, earlier, change, is_beyond(change, breakdown.mark_change))


def _total(
    breakdown: Breakdown, lines: Mapping[Categories, Line], rows: Sequence[Line], by_indicator: Line
) -> tuple[Line | None, TotalOf]:
    """Return the total as given, else by its indicator, else as the sum of rows that are all there."""
    if (given := lines.get(breakdown.grand_total)) is not None:
        return given, TotalOf.FIGURES
    if by_indicator.later.count is not None or by_indicator.later.status.is_absent:
        return by_indicator, TotalOf.INDICATOR
    if not _adds_up(breakdown) or not _is_whole([line.categories for line in rows]):
        return None, TotalOf.ROWS
    later, earlier = sum_of([line.later for line in rows]), sum_of([line.earlier for line in rows])
    summed = _compared(breakdown, breakdown.grand_total, later, earlier)
    return (None if later.count is None else summed), TotalOf.ROWS


def _adds_up(breakdown: Breakdown) -> bool:
    """Tell whether the rows are all there is, each case once."""
    return not breakdown.multi_response and not breakdown.at_least


def _is_whole(rows: Sequence[Categories]) -> bool:
    """Tell whether there is a row for every combination of categories."""
    combinations = 1
    for its in zip(*rows, strict=True):
        combinations *= len(set(its))
    return len(rows) == combinations


def _shared(line: Line, whole: Line | None) -> Line:
    of = line.later.denominator
    if of is None and whole is not None:
        of = whole.later.count
    return replace(line, share=share(line.later.count, of))


def _larger_first(line: Line) -> tuple[bool, Decimal, tuple[str, ...]]:
    """Order the larger first; what has no count comes last, and what is equal by name."""
    count = line.later.count
    return count is None, (count or total(())).copy_negate(), tuple(each.casefold() for each in line.categories)


def _folded(breakdown: Breakdown, lines: list[Line], whole: Line | None) -> tuple[list[Line], Others | None]:
    """Take out the rows below the volume, and a suppressed one, which is below any."""
    least = breakdown.at_least
    if not least:
        return lines, None
    small = [line for line in lines if _is_small(line.later, least)]
    listed = [line for line in lines if not _is_small(line.later, least)]
    if not small:
        return listed, _left(breakdown, listed, whole)
    later, earlier = sum_of([line.later for line in small]).count, sum_of([line.earlier for line in small]).count
    hidden = sum(line.later.count is None for line in small)
    return listed, Others(len(small), later, earlier, percentage_change(earlier, later), hidden)


def _is_small(amount: Amount, least: int) -> bool:
    if amount.count is None:
        return amount.status is Status.SUPPRESSED
    return amount.count < least


def _left(breakdown: Breakdown, listed: Sequence[Line], whole: Line | None) -> Others | None:
    """Return what the total leaves beside the rows, where only the larger rows are held."""
    if whole is None or breakdown.multi_response:
        return None
    later = _difference(whole.later, [line.later for line in listed])
    earlier = _difference(whole.earlier, [line.earlier for line in listed])
    return Others(None, later, earlier, percentage_change(earlier, later)) if later else None


def _difference(whole: Amount, parts: Sequence[Amount]) -> Decimal | None:
    counts = [part.count for part in parts if part.count is not None]
    if whole.count is None or len(counts) < len(parts):
        return None
    left = total([whole.count, *(count.copy_negate() for count in counts)])
    return left if left >= 0 else None
