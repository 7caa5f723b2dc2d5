"""Reviewing targets: how often one was met, and where it lies among comparators and all authorities. Facts alone."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from outcome_tracker.core.indicator import Polarity
from outcome_tracker.core.number import half_up
from outcome_tracker.core.position import position
from outcome_tracker.core.rag import Rag, shortfall

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from outcome_tracker.core.benchmark import Benchmark
    from outcome_tracker.core.indicator import Indicator
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.position import Position
    from outcome_tracker.core.scorecard import Row
    from outcome_tracker.core.standing import Measured
    from outcome_tracker.core.strip import Strip
    from outcome_tracker.core.target import Goal, InForce, Revision, Target

RECENT = 5  # periods shown
_YEAR = 12  # months


class Judged(Protocol):
    """A figure of some period with the target that held in it, and its rating where there is one."""

    @property
    def figure(self) -> Measured:
        """The figure."""

    @property
    def target(self) -> InForce | None:
        """The target in force in its period."""

    @property
    def rag(self) -> Rag | None:
        """The rating; None where none can be given."""


class Stand(StrEnum):
    """How a target stands to a comparator's figure; a range has figures inside it and outside."""

    TIGHTER = "tighter"
    EQUAL = "equal"
    LOOSER = "looser"
    INSIDE = "inside"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Against:
    """A target beside a comparator's figure, `value`, which is rounded as it is shown."""

    benchmark: Benchmark
    value: Decimal
    stand: Stand


@dataclass(frozen=True, slots=True)
class Areas:
    """The figures of all other authorities for a period."""

    period: Period
    others: Collection[Decimal]


@dataclass(frozen=True, slots=True)
class Placed:
    """A target's number or range among the comparators, and where it would stand among all authorities."""

    goal: Goal
    against: tuple[Against, ...] = ()
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class Proposed:
    """A target that is proposed and rates nothing, with its year, reason and proposer."""

    target: Target
    placed: Placed


@dataclass(frozen=True, slots=True)
class YearEnd:
    """A financial year's figure with its target and rating; `alone`: its last period's, as its own can't be made."""

    year: Period
    judged: Judged
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The target in force of one indicator with what is known about it; `recent` and `years` are oldest first.

    `met` of the `rated` periods up to the reporting period are Green; `invented` of them rest on made-up figures or
    targets. `placed` is None without a target, or where what is in force is that of a part of the year, which no
    comparator's figure is of. `strip` is every authority beside the figure, where it was asked for and is held.
    """

    row: Row
    recent: tuple[Judged, ...]
    years: tuple[YearEnd, ...]
    met: int
    rated: int
    invented: int
    placed: Placed | None
    revised: tuple[Revision, ...]
    proposed: tuple[Proposed, ...]
    has_small_tolerance: bool
    is_finer: bool
    strip: Strip | None = None

    @property
    def indicator(self) -> Indicator:
        """The indicator."""
        return self.row.indicator

    @property
    def never_met(self) -> bool:
        """Whether no rated period met its target."""
        return self.rated > 0 and self.met == 0

    @property
    def always_met(self) -> bool:
        """Whether every rated period met its target."""
        return self.rated > 0 and self.met == self.rated

    @property
    def illustrative(self) -> bool:
        """Whether anything it rests on is made up for show."""
        shown = [*self.recent, *(year.judged for year in self.years)]
        return self.row.illustrative or self.invented > 0 or any(_is_invented(each) for each in shown)


def reviewed(row: Row, past: Sequence[Judged], years: Iterable[YearEnd], areas: Areas | None = None) -> Reviewed:
    """Return what is known about a target; `past` is every period up to the reporting period, oldest first."""
    indicator, target = row.indicator, row.target
    rated = [each for each in past if each.rag not in {None, Rag.M}]
    year = row.figure.period if row.figure.period.months == _YEAR else row.figure.period.financial_year
    agreed = next((t for t in indicator.targets if t.year == year and t.goal is not None), None)
    whole = target is not None and target.goal == target.year_end
    return Reviewed(
        row,
        tuple(past[-RECENT:]),
        tuple(years),
        sum(each.rag is Rag.GREEN for each in rated),
        len(rated),
        sum(_is_invented(each) for each in rated),
        placed(target.goal, row, areas) if target is not None and whole else None,
        tuple(sorted(agreed.revised, key=lambda r: r.start.start)) if agreed else (),
        tuple(Proposed(t, placed(t.proposed, row, areas)) for t in indicator.targets if t.proposed is not None),
        target is not None and has_small_tolerance(target.year_end, indicator),
        target is not None and any(n != half_up(n, indicator.decimals) for n in target.year_end.numbers),
    )


def _is_invented(found: Judged) -> bool:
    return found.figure.illustrative or bool(found.target and found.target.illustrative)


def placed(goal: Goal, row: Row, areas: Areas | None) -> Placed:
    """Return where a target lies among the comparators beside a figure, and among the authorities."""
    better = row.indicator.better
    against = tuple(Against(found.benchmark, found.value, stand(goal, found.value, better)) for found in row.benchmarks)
    number = goal.value
    if areas is None or not isinstance(number, Decimal):
        return Placed(goal, against)
    return Placed(goal, against, position(areas.period, number, [*areas.others, number], better))


def stand(goal: Goal, value: Decimal, better: Polarity) -> Stand:
    """Return how a target stands to a figure: tighter where a figure that just meets the target would be better."""
    short, _ = shortfall(value, goal, better)
    if better is Polarity.WITHIN:
        return Stand.OUTSIDE if short > 0 else Stand.INSIDE
    if short == 0:
        return Stand.EQUAL
    return Stand.TIGHTER if short > 0 else Stand.LOOSER


def has_small_tolerance(goal: Goal, indicator: Indicator) -> bool:
    """Tell whether the tolerance is less than one displayed unit, so that few figures or none can be Amber.

    A tolerance of 0 is meant so.
    """
    unit = Decimal(1).scaleb(-indicator.decimals)
    tolerance = indicator.tolerance
    return bool(tolerance.amount) and any(tolerance.of(number) < unit for number in goal.numbers)
