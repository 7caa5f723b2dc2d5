"""What a council measures: plans and their indicators, as the plan files say and the store keeps them."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from outcome_tracker.core.number import UnitKind, percent_of
from outcome_tracker.core.period import Frequency, Kind, Period, kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from outcome_tracker.core.breakdown import Breakdown
    from outcome_tracker.core.number import Unit
    from outcome_tracker.core.target import Target


_WITH_PARTS = {UnitKind.PERCENT, UnitKind.RATE, UnitKind.RATIO}


class Tier(StrEnum):
    """Headline indicators are the plan's key performance indicators; wider ones surround them."""

    HEADLINE = "headline"
    WIDER = "wider"


class Polarity(StrEnum):
    """Which way is better; `neither` is context, shown and never judged."""

    HIGHER = "higher"
    LOWER = "lower"
    WITHIN = "within"
    NEITHER = "neither"

    @property
    def is_one_way(self) -> bool:
        """Whether higher or lower is better, so that of any two different figures one is the better."""
        return self in {Polarity.HIGHER, Polarity.LOWER}


class Basis(StrEnum):
    """What span a figure covers: a moment, its period, the year to date, or the last 12 months."""

    POINT = "point"
    PERIOD = "period"
    CUMULATIVE = "cumulative"
    ROLLING = "rolling 12 months"


class Compare(StrEnum):
    """What a direction of travel compares with."""

    PREVIOUS = "previous"
    YEAR_BEFORE = "same period last year"
    YEAR_END = "previous year end"
    LAST = "last available"


@dataclass(frozen=True, slots=True)
class Margin:
    """An allowance: a share in percent of some number's absolute value, or points in the indicator's unit."""

    amount: Decimal
    points: bool = False

    def of(self, number: Decimal | Fraction) -> Decimal | Fraction:
        """Return the allowance around `number`, exactly."""
        return self.amount if self.points else percent_of(self.amount, number)

    @property
    def code(self) -> str:
        """As written in a plan file: `5%`, `2 points`."""
        if not self.points:
            return f"{self.amount:f}%"
        return f"{self.amount:f} point{'' if self.amount == 1 else 's'}"


FIVE_PERCENT = Margin(Decimal(5))


@dataclass(frozen=True, slots=True)
class Break:
    """A break in a series: figures from `start` on can't be compared with earlier ones."""

    start: Period
    reason: str


@dataclass(frozen=True, slots=True)
class Span:
    """When something counts: `first` and `last` are periods, open where None."""

    first: Period | None = None
    last: Period | None = None

    def covers(self, period: Period) -> bool:
        """Tell whether `period` ends inside the span."""
        return (self.first is None or self.first.start <= period.end) and (
            self.last is None or period.end <= self.last.end
        )


ALWAYS = Span()


@dataclass(frozen=True, slots=True)
class Indicator:
    """A measure. `decimals` are those shown and judged; `due` is the quarter in which an annual one is due.

    `year` is the kind of year of an annual indicator: financial, academic or calendar. `suppress_below` stands in
    place of the council's: counts from 1 to below it are not published, 0 for none. `extra` carries the
    settings of rules that read them themselves (`spc`, `benchmark`).
    """

    code: str
    title: str
    plan: str
    tier: Tier
    unit: Unit
    better: Polarity
    frequency: Frequency
    basis: Basis
    decimals: int
    numerator: str = ""
    denominator: str = ""
    definition: str = ""
    source: str = ""
    data_quality: str = ""
    owner: str = ""
    tolerance: Margin = FIVE_PERCENT
    compare: Compare | None = None
    threshold: Margin = FIVE_PERCENT
    suppress_below: int | None = None
    breaks: tuple[Break, ...] = ()
    targets: tuple[Target, ...] = ()
    span: Span = ALWAYS
    due: int = 4
    year: str = "financial"
    illustrative: bool = False
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        """The kind of period its figures are for."""
        return kind_of(self.frequency, self.year)

    @property
    def is_context(self) -> bool:
        """Shown, but counted in no rating or direction total."""
        return self.better is Polarity.NEITHER

    @property
    def comparison(self) -> Compare:
        """What the headline direction compares with, by the indicator's setting or the default of its basis.

        Overlapping figures (rolling 12 months; cumulative percentages and rates) default to a year before.
        """
        if self.compare:
            return self.compare
        overlapping = self.basis is Basis.ROLLING or (self.basis is Basis.CUMULATIVE and not self.adds_up)
        return Compare.YEAR_BEFORE if overlapping else Compare.PREVIOUS

    @property
    def adds_up(self) -> bool:
        """Whether it is a count or a sum: figures of successive periods can be added, year ends profiled."""
        return self.unit.adds_up and not self.denominator

    @property
    def takes_parts(self) -> bool:
        """Whether numerator and denominator can be given: not of a plain count."""
        return self.unit.kind in _WITH_PARTS or bool(self.denominator)

    @property
    def sums_months(self) -> bool:
        """Whether a quarter's figure is made by adding the parts or counts of its three months."""
        return self.frequency is Frequency.MONTHLY and self.basis is Basis.PERIOD


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step of an action. `due` is a date, a financial year (`2018-19`), or empty when not stated."""

    code: str
    title: str
    action: str
    plan: str
    due: str = ""
    owner: str = ""
    source: str = ""
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """Something a plan sets out to do, in milestones; without any it counts as one itself."""

    code: str
    title: str
    plan: str
    owner: str = ""
    source: str = ""
    milestones: tuple[Milestone, ...] = ()
    illustrative: bool = False

    @property
    def counted(self) -> tuple[Milestone, ...]:
        """The milestones that totals count: its own, or the action itself."""
        alone = Milestone(self.code, self.title, self.code, self.plan, "", self.owner, self.source, self.illustrative)
        return self.milestones or (alone,)


@dataclass(frozen=True, slots=True)
class Plan:
    """An outcome plan with its indicators, actions and breakdowns, in the order of the file."""

    code: str
    title: str
    indicators: tuple[Indicator, ...] = ()
    actions: tuple[Action, ...] = ()
    theme: str = ""
    owner: str = ""
    lead_member: str = ""
    committees: tuple[str, ...] = ()
    span: Span = ALWAYS
    illustrative: bool = False
    extra: Mapping[str, object] = field(default_factory=dict)
    breakdowns: tuple[Breakdown, ...] = ()


@dataclass(frozen=True, slots=True)
class Council:
    """The council's own settings, from `council.yaml`. `figures_due_days` count from a period's end."""

    name: str
    area: str
    region: str
    comparators: tuple[str, ...]
    dfe_code: str = ""
    reporting_period: Period | None = None
    figures_due_days: int = 15
    tolerance: Margin = FIVE_PERCENT
    threshold: Margin = FIVE_PERCENT
    suppress_below: int = 5
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Agreed:
    """Everything the plan files say: the council and its plans."""

    council: Council
    plans: tuple[Plan, ...] = ()

    def indicator(self, code: str) -> Indicator | None:
        """Return the indicator of that code."""
        return next((i for plan in self.plans for i in plan.indicators if i.code == code), None)

    @property
    def breakdowns(self) -> tuple[Breakdown, ...]:
        """The breakdowns of all plans."""
        return tuple(breakdown for plan in self.plans for breakdown in plan.breakdowns)
