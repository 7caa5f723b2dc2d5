"""Is the change real? Statistical process control: an indicator's XmR chart, and the signal of its latest point.

Source of the rules: NHSRplotthedots 0.2.2, as in `xmr`; variation and assurance are Making Data Count's.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from outcome_tracker.core.figure import Status, unrounded
from outcome_tracker.core.indicator import Basis, Polarity
from outcome_tracker.core.number import minus
from outcome_tracker.core.period import Frequency, Period, parse
from outcome_tracker.core.standing import broken
from outcome_tracker.core.target import in_force
from outcome_tracker.core.xmr import RUN, Cause, Limits, Seen, limits_of, seen_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from outcome_tracker.core.figure import Figure
    from outcome_tracker.core.indicator import Indicator

ENOUGH = 13  # points of a group; with fewer its limits are trial limits


class Variation(StrEnum):
    """The type of a point: special cause is improvement or concern by polarity, high or low without one."""

    COMMON = "common"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    HIGH = "high"
    LOW = "low"


class Assurance(StrEnum):
    """Whether the process as it is will meet its target."""

    HITS = "hits"
    MISSES = "misses"
    EITHER = "hit and miss"


class NoChart(StrEnum):
    """Why there is no chart."""

    NO_FIGURES = "no figures"
    OVERLAP = "successive figures overlap"
    NO_INCREMENTS = "what each period added is not known"


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings of an indicator's chart; `baseline` fixes the limits on so many first points of each group."""

    run: int = RUN
    screen: bool = True
    rebase: tuple[Period, ...] = ()
    baseline: int | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A charted figure or what a period added to the year to date, exactly; `group` counts from 0 at each new start."""

    period: Period
    value: Decimal | Fraction
    group: int
    limits: Limits
    seen: Seen
    variation: Variation
    provisional: bool = False
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """An indicator's chart, oldest point first, or why there is none. `increments`: of what each period added."""

    points: tuple[Point, ...] = ()
    increments: bool = False
    absent: NoChart | None = None

    @property
    def groups(self) -> tuple[tuple[Point, ...], ...]:
        """The points by group: each has its own mean and limits."""
        numbers = dict.fromkeys(point.group for point in self.points)
        return tuple(tuple(p for p in self.points if p.group == number) for number in numbers)


@dataclass(frozen=True, slots=True)
class Signal:
    """What the latest point of a chart says; `group` are the points that its limits rest on or apply to.

    `target` is the one that assurance is judged by. `illustrative`: the indicator, a point of the
    group or that target is made up.
    """

    group: tuple[Point, ...]
    assurance: Assurance | None = None
    target: Decimal | Fraction | None = None
    increments: bool = False
    illustrative: bool = False

    @property
    def last(self) -> Point:
        """The latest point."""
        return self.group[-1]

    @property
    def variation(self) -> Variation:
        """The type of the latest point."""
        return self.last.variation

    @property
    def limits(self) -> Limits:
        """The lines of the latest point's group."""
        return self.last.limits

    @property
    def trial(self) -> bool:
        """Whether the group has too few points for more than trial limits."""
        return len(self.group) < ENOUGH

    @property
    def since(self) -> Period | None:
        """The first period of what is seen; None where nothing is."""
        seen = self.last.seen
        return None if seen.cause is Cause.COMMON else self.group[seen.first].period


def rules_of(indicator: Indicator) -> Rules:
    """Return the settings in an indicator's `spc`."""
    found = indicator.extra.get("spc")
    if not isinstance(found, dict):
        return Rules()
    return Rules(
        found.get("run", RUN),
        found.get("screen", True),
        tuple(parse(code, indicator.kind) for code in found.get("rebase", ())),
        found.get("baseline"),
    )


def variation(way: int, better: Polarity) -> Variation:
    """Return the type of a point: high or low is improvement or concern where one of them is better."""
    if not way:
        return Variation.COMMON
    if not better.is_one_way:
        return Variation.HIGH if way > 0 else Variation.LOW
    return Variation.IMPROVEMENT if (way > 0) is (better is Polarity.HIGHER) else Variation.CONCERN


def assurance(target: Decimal | Fraction, limits: Limits, better: Polarity) -> Assurance:
    """Tell whether figures inside the limits meet a target always, never, or now this and now that."""
    wanted, lower, upper = Fraction(target), limits.lower, limits.upper
    if lower is None or upper is None or lower <= wanted <= upper:
        return Assurance.EITHER
    return Assurance.HITS if (wanted < lower) is (better is Polarity.HIGHER) else Assurance.MISSES


def chart(indicator: Indicator, series: Mapping[Period, Figure], last: date) -> Chart:
    """Chart the figures of the periods that end on `last` or before; missing ones are skipped.

    Figures are charted unrounded: rounding would tie what moves, and move what is tied. Each break and each rebasing
    starts a new group. Figures of the last 12 months or of the year to date overlap:
    of counts and sums what each period added is charted instead, where the figures for that are there.
    """
    overlap = indicator.basis in {Basis.ROLLING, Basis.CUMULATIVE} and indicator.frequency is not Frequency.ANNUAL
    increments = overlap and indicator.basis is Basis.CUMULATIVE and indicator.adds_up
    if overlap and not increments:
        return Chart(absent=NoChart.OVERLAP)
    periods = sorted((p for p in series if p.kind is indicator.kind and p.end <= last), key=lambda p: p.end)
    given = [each for period in periods if (each := _given(indicator, series, period))]
    found = [more for each in given if (more := _added(indicator, series, each))] if increments else given
    if not found:
        return Chart(increments=increments, absent=NoChart.NO_INCREMENTS if given else NoChart.NO_FIGURES)
    rules = rules_of(indicator)
    groups = _groups(indicator, found, rules.rebase)
    points = [point for n, group in enumerate(groups) for point in _judged(indicator, group, n, rules)]
    return Chart(tuple(points), increments)


class _Charted(NamedTuple):
    """What is charted of a period: its figure exactly, or what it added to the year to date."""

    period: Period
    value: Decimal | Fraction
    provisional: bool
    illustrative: bool


def _given(indicator: Indicator, series: Mapping[Period, Figure], period: Period) -> _Charted | None:
    content = series[period].content
    value = unrounded(content, indicator)
    if value is None:
        return None
    return _Charted(period, value, content.status is Status.PROVISIONAL, content.illustrative)


def _added(indicator: Indicator, series: Mapping[Period, Figure], later: _Charted) -> _Charted | None:
    """Return what a period added to the year to date; the first of a year added all of it."""
    period = later.period
    if period.months_into_year == period.months:
        return later
    base = _given(indicator, series, period.previous) if period.previous in series else None
    if base is None or broken(indicator, base.period, period):
        return None
    provisional, illustrative = later.provisional or base.provisional, later.illustrative or base.illustrative
    return _Charted(period, minus(later.value, base.value), provisional, illustrative)


def _groups(indicator: Indicator, found: Sequence[_Charted], rebase: Sequence[Period]) -> Iterator[Sequence[_Charted]]:
    """Part figures where the series breaks or its limits start anew."""
    starts = [each.start.start for each in indicator.breaks] + [period.start for period in rebase]
    first = 0
    for n in range(1, len(found) + 1):
        if n == len(found) or any(found[n - 1].period.end < start <= found[n].period.end for start in starts):
            yield found[first:n]
            first = n


def _judged(indicator: Indicator, group: Sequence[_Charted], number: int, rules: Rules) -> Iterator[Point]:
    values = [each.value for each in group]
    limits = limits_of(values[: rules.baseline], screen=rules.screen)
    for (period, value, *marks), seen in zip(group, seen_in(values, limits, rules.run), strict=True):
        yield Point(period, value, number, limits, seen, variation(seen.way, indicator.better), *marks)


def signal(indicator: Indicator, charted: Chart) -> Signal | None:
    """Return what the latest point says, with assurance against the target in force in its period; None without one.

    What a period adds is not held against a target for the year to date, nor anything against a range.
    """
    if not charted.points:
        return None
    group = charted.groups[-1]
    invented = indicator.illustrative or any(point.illustrative for point in group)
    target = None if charted.increments or indicator.is_context else in_force(indicator, group[-1].period)
    if target is None or target.goal.value is None:
        return Signal(group, increments=charted.increments, illustrative=invented)
    judged = assurance(target.goal.value, group[-1].limits, indicator.better)
    return Signal(group, judged, target.goal.value, illustrative=invented or target.illustrative)
