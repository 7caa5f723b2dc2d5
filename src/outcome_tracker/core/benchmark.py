"""Benchmarks: the comparator's figure that was out on the day, and how a figure stands beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from outcome_tracker.core.indicator import Polarity
from outcome_tracker.core.number import half_up

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from dateutil.relativedelta import relativedelta

    from outcome_tracker.core.figure import Stamp
    from outcome_tracker.core.interval import Interval
    from outcome_tracker.core.period import Period

# What stands before and after a council's name, and is often left out.
_TITLE = r"(?:the|of|council|county|city|borough|metropolitan|district|royal|london|unitary|authority)"
_TITLES = re.compile(rf"^(?:{_TITLE}\s+)+|(?:[\s,]+{_TITLE})+$", re.IGNORECASE)


class Verdict(StrEnum):
    """How a figure stands beside a benchmark: better or worse by polarity, else higher or lower."""

    BETTER = "better"
    WORSE = "worse"
    SIMILAR = "similar"
    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A comparator's figure for a period, with where it comes from and since when it is out (None: unknown)."""

    indicator: str
    comparator: str
    period: Period
    value: Decimal
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    source: str = ""
    release: str = ""
    released: date | None = None
    method: str = ""
    version: int = 1
    stamp: Stamp | None = None


def names_council(comparator: str, council: str) -> bool:
    """Tell whether a comparator is the council itself: `Testshire, as the department published`, `Our own return`."""
    name = _TITLES.sub("", council)
    return re.search(rf"\b(?:{re.escape(name)}|our|own)\b", comparator, re.IGNORECASE) is not None


def out_on(benchmark: Benchmark, available_after: relativedelta | None) -> date | None:
    """Return the day the benchmark came out: as released, else its period's end plus the usual delay, else None."""
    if benchmark.released:
        return benchmark.released
    return None if available_after is None else benchmark.period.end + available_after


def beside(
    benchmarks: Iterable[Benchmark], figure_period: Period, as_at: date, available_after: relativedelta | None = None
) -> dict[str, Benchmark]:
    """Return for each comparator the latest benchmark that ends no later than the figure and was out on `as_at`.

    `benchmarks` may hold every version: a later version of the same release corrects it, and a later release
    leaves the earlier one standing for the days before it. One whose day of release is unknown is kept.
    """
    corrected: dict[tuple[str, Period, str], Benchmark] = {}
    for benchmark in benchmarks:
        key = (benchmark.comparator, benchmark.period, benchmark.release)
        if key not in corrected or benchmark.version >= corrected[key].version:
            corrected[key] = benchmark
    chosen: dict[str, Benchmark] = {}
    for benchmark in corrected.values():
        out = out_on(benchmark, available_after)
        if benchmark.period.end > figure_period.end or (out is not None and out > as_at):
            continue
        current = chosen.get(benchmark.comparator)
        if current is None or _order(benchmark, figure_period) >= _order(current, figure_period):
            chosen[benchmark.comparator] = benchmark
    return chosen


def order_beside(period: Period, figure_period: Period) -> tuple[date, bool, int]:
    """Order by the period's end; of two with one end that of the figure's own kind stands, else the longer."""
    return (period.end, period.kind is figure_period.kind, period.months)


def _order(benchmark: Benchmark, figure_period: Period) -> tuple[tuple[date, bool, int], str, int]:
    released = benchmark.released
    order = order_beside(benchmark.period, figure_period)
    return (order, released.isoformat() if released else "", benchmark.version)


def compare(
    value: Decimal, benchmark: Decimal, better: Polarity, decimals: int, interval: Interval | None = None
) -> Verdict:
    """Compare two figures rounded to the indicator's decimals.

    With the figure's 95% interval the benchmark is similar where it lies inside, limits included, as in Fingertips;
    without a polarity too. Figures that are equal as shown are similar, however narrow the interval; without one
    they alone are.
    """
    shown = half_up(benchmark, decimals)
    difference = half_up(value, decimals) - shown
    if difference == 0 or (interval is not None and interval.holds(shown)):
        return Verdict.SIMILAR
    if not better.is_one_way:
        return Verdict.HIGHER if difference > 0 else Verdict.LOWER
    return Verdict.BETTER if (difference > 0) == (better is Polarity.HIGHER) else Verdict.WORSE


def lag_months(benchmark: Period, figure: Period) -> int:
    """Return how many months before the figure's period the benchmark's ends."""
    return (figure.end.year - benchmark.end.year) * 12 + figure.end.month - benchmark.end.month
