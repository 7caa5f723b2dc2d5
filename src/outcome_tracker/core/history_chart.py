"""The chart of an indicator's history: its figures with their intervals, its targets and its comparators."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from outcome_tracker.core.chart import Point, Series, draw, level
from outcome_tracker.core.indicator import Basis
from outcome_tracker.core.interval import interval_of
from outcome_tracker.core.number import half_up
from outcome_tracker.core.period import ending, periods_between
from outcome_tracker.core.standing import broken, measure
from outcome_tracker.core.target import in_force
from outcome_tracker.core.wording import goal_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from outcome_tracker.core.benchmark import Benchmark
    from outcome_tracker.core.chart import Chart
    from outcome_tracker.core.figure import Figure
    from outcome_tracker.core.indicator import Indicator
    from outcome_tracker.core.period import Period


def history(
    indicator: Indicator,
    figures: Mapping[Period, Figure],
    last: Period,
    benchmarks: Iterable[Benchmark] = (),
    count: int = 12,
) -> Chart:
    """Draw an indicator up to `last`: at most `count` periods, its targets and the benchmarks given."""
    end = ending(last.end, indicator.kind)
    end = end if end.end <= last.end else end.previous
    first = min((p for p in figures if p.kind is end.kind), key=lambda p: p.end, default=end)
    periods = periods_between(first, end)[-count:] or [end]
    own = [_measured(indicator, figures, period) for period in periods]
    targets = {} if indicator.is_context else {p: t for p in periods if (t := in_force(indicator, p))}
    levels = [
        level(p, t.goal, indicator.better, indicator.tolerance, goal_text(t.goal, indicator))
        for p, t in targets.items()
    ]
    named = sorted(benchmarks, key=lambda b: (b.comparator, b.period.end, b.period.months, b.version))
    others = [
        Series(name, tuple(Point(b.period, half_up(b.value, indicator.decimals)) for b in group))
        for name, group in groupby(named, key=lambda b: b.comparator)
    ]
    return draw(indicator.title, indicator.unit, indicator.decimals, own, levels, others)


def _measured(indicator: Indicator, figures: Mapping[Period, Figure], period: Period) -> Point:
    found = measure(indicator, figures, period)
    breaks = bool(broken(indicator, period.previous, period))
    # A year to date starts from nothing: a line from last year's end would show a fall that never was.
    parted = breaks or (indicator.basis is Basis.CUMULATIVE and period.months_into_year == period.months)
    interval = interval_of(found.content, indicator.unit)
    return Point(period, found.value, found.illustrative or indicator.illustrative, parted, interval, broken=breaks)
