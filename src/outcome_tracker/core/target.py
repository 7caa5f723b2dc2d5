"""Targets: what was agreed for a year, what is in force in a period, and how a year-end count is profiled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from outcome_tracker.core.indicator import Basis
from outcome_tracker.core.number import half_up
from outcome_tracker.core.period import MONTHS, Kind, Period, ending

if TYPE_CHECKING:
    from outcome_tracker.core.indicator import Indicator

Number = Decimal | Fraction


@dataclass(frozen=True, slots=True)
class Goal:
    """What to reach: one number in `value`, or for `within` a range with both ends included."""

    value: Number | None = None
    lower: Number | None = None
    upper: Number | None = None

    @property
    def numbers(self) -> tuple[Number, ...]:
        """The one number, or the two bounds."""
        return tuple(n for n in (self.value, self.lower, self.upper) if n is not None)

    def map(self, share: Fraction) -> Goal:
        """Return the goal with every number multiplied by `share`, exactly."""
        return Goal(*(None if n is None else Fraction(n) * share for n in (self.value, self.lower, self.upper)))


@dataclass(frozen=True, slots=True)
class Revision:
    """A target changed with effect from a period; earlier periods keep what was in force."""

    goal: Goal
    start: Period
    reason: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What was agreed for a year. A target with only a `proposed` goal rates nothing.

    `profile` pairs `Q1`, `H1` or `Apr` with the number for that part of the year.
    """

    year: Period
    goal: Goal | None = None
    profile: tuple[tuple[str, Decimal], ...] = ()
    revised: tuple[Revision, ...] = ()
    proposed: Goal | None = None
    reason: str = ""
    by: str = ""
    source: str = ""
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class InForce:
    """The target of one period. `profiled`: a year-end number spread in a straight line by months elapsed."""

    goal: Goal
    year_end: Goal
    profiled: bool = False
    revision: Revision | None = None
    illustrative: bool = False


def in_force(indicator: Indicator, period: Period) -> InForce | None:
    """Return the target of `period`, or None where none is agreed.

    A quarter's sum of monthly counts is held against the sum of the months' targets; a quarter's percentage or
    rate made of monthly parts against the target of its last month.
    """
    if period.kind is Kind.QUARTER and indicator.kind is Kind.MONTH:
        return _quarter_of_months(indicator, period)
    year = period if period.months == 12 else period.financial_year  # noqa: PLR2004 - a whole year
    target = next((t for t in indicator.targets if t.year == year), None)
    if target is None or target.goal is None:
        return None
    begun = [r for r in target.revised if r.start.start <= period.end]
    revision = max(begun, key=lambda r: r.start.start, default=None)
    year_end = revision.goal if revision else target.goal
    flag = target.illustrative or indicator.illustrative
    if revision is None and target.profile:
        profile = dict(target.profile)
        if (number := profile.get(profile_key(period))) is not None:
            return InForce(Goal(number), year_end, illustrative=flag)
    if indicator.basis is Basis.CUMULATIVE and indicator.adds_up and period.months_into_year < 12:  # noqa: PLR2004
        share = Fraction(period.months_into_year, 12)
        return InForce(year_end.map(share), year_end, profiled=True, revision=revision, illustrative=flag)
    return InForce(year_end, year_end, revision=revision, illustrative=flag)


def _quarter_of_months(indicator: Indicator, quarter: Period) -> InForce | None:
    last = ending(quarter.end, Kind.MONTH)
    latest = in_force(indicator, last)
    if latest is None or not (indicator.sums_months and indicator.adds_up):
        return latest
    each = [in_force(indicator, last.shift(-2)), in_force(indicator, last.shift(-1)), latest]

    def added(numbers: list[Number | None]) -> Fraction | None:
        known = [Fraction(n) for n in numbers if n is not None]
        return sum(known, Fraction(0)) if known else None

    goals = [found.goal for found in each if found is not None]  # the months of a quarter share their year's target
    goal = Goal(added([g.value for g in goals]), added([g.lower for g in goals]), added([g.upper for g in goals]))
    return replace(latest, goal=goal)


def profile_key(period: Period) -> str:
    """Return the key of a period in a profile: `Q1`, `H1`, `Apr`."""
    if period.kind is Kind.MONTH:
        return MONTHS[period.number - 1]
    return f"{'H' if period.kind is Kind.HALF else 'Q'}{period.number}"


def profile_keys(kind: Kind) -> tuple[str, ...]:
    """Return the keys a profile has for figures of that kind; none for annual ones."""
    match kind:
        case Kind.MONTH:
            return (*MONTHS[3:], *MONTHS[:3])
        case Kind.QUARTER:
            return ("Q1", "Q2", "Q3", "Q4")
        case Kind.HALF:
            return ("H1", "H2")
        case _:
            return ()


def as_written(number: Number, decimals: int) -> Decimal:
    """Return a target for display: as written; a profiled share exactly, or two places finer than figures."""
    if isinstance(number, Decimal):
        return number
    finest = decimals + 2
    return half_up(number, next((n for n in range(finest) if 10**n % number.denominator == 0), finest))
