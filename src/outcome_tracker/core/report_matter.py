"""What a report is made from: plans, indicators and changes as judged for a reporting period."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from outcome_tracker.core.commentary import is_needed
from outcome_tracker.core.direction import Direction
from outcome_tracker.core.indicator import Tier
from outcome_tracker.core.rag import Rag
from outcome_tracker.core.rag import Reason as Unrated
from outcome_tracker.core.spc import Variation, rules_of

if TYPE_CHECKING:
    from datetime import date

    from dateutil.relativedelta import relativedelta

    from outcome_tracker.core.audit import Difference
    from outcome_tracker.core.board import Item
    from outcome_tracker.core.breakdown import Breakdown
    from outcome_tracker.core.breakdown_table import BreakdownTable
    from outcome_tracker.core.changes import Changed, Revised
    from outcome_tracker.core.chart import Chart
    from outcome_tracker.core.commentary import Commentary, PublishedLine
    from outcome_tracker.core.indicator import Council, Indicator, Plan
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.scorecard import Counts, Row
    from outcome_tracker.core.seal import Addendum, Broken
    from outcome_tracker.core.signoff import Progress
    from outcome_tracker.core.spc import Chart as Process
    from outcome_tracker.core.standing import Measured
    from outcome_tracker.core.suppression import Reason
    from outcome_tracker.core.target import InForce
    from outcome_tracker.core.target_review import Reviewed
    from outcome_tracker.core.two_years import TwoYears


@dataclass(frozen=True, slots=True)
class Before:
    """A figure of now or of the past with the target that held in its period, and its rating or why there is none.

    `parted`: the series breaks before it. `alone`: that of a year's last period, as the year's own can't be made.
    """

    figure: Measured
    target: InForce | None
    rag: Rag | None
    unrated: Unrated | None
    parted: bool = False
    alone: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing: no figure, and no reason for that but that none was returned."""
        return self.figure.value is None and self.figure.absent is Unrated.NOT_RETURNED


@dataclass(frozen=True, slots=True)
class Told:
    """An indicator in the period: its row with comparators, position and signal, its past, and what is said of it.

    `recent` and `outturns` are latest first. `history` is what to draw; None where nothing is drawn of it.
    `available_after` is when its comparators usually come out, `revised` the periods whose figures were changed after
    they were due.
    """

    row: Row
    recent: tuple[Before, ...]
    outturns: tuple[Before, ...]
    process: Process
    reviewed: Reviewed
    said: tuple[Commentary, ...] = ()
    history: Chart | None = None
    available_after: relativedelta | None = None

    revised: frozenset[Period] = frozenset()
    two_years: TwoYears | None = None

    @property
    def indicator(self) -> Indicator:
        """The indicator."""
        return self.row.indicator

    @property
    def name(self) -> str:
        """Its code and title."""
        return f"{self.indicator.code} {self.indicator.title}"

    @property
    def is_headline(self) -> bool:
        """Whether it is one of its plan's headline indicators."""
        return self.indicator.tier is Tier.HEADLINE

    @property
    def is_exception(self) -> bool:
        """Whether it is Red or requires improvement."""
        return self.row.rag is Rag.RED or self.row.direction is Direction.DECLINED

    @property
    def invented(self) -> tuple[Period, ...]:
        """The periods of which a figure or target is shown that is invented, earliest first."""
        row = self.row
        found: set[Period] = set()
        if row.illustrative:
            found.add(row.figure.period)
        if not row.figure.illustrative:  # else it may be for this figure that a comparison is flagged
            compared = (row.travel, row.short_term, row.long_term)
            found.update(t.period for t in compared if t is not None and t.period is not None and t.illustrative)
        if self.is_headline:
            shown = (*self.recent, *self.outturns)
            found.update(
                b.figure.period for b in shown if b.figure.illustrative or (b.target and b.target.illustrative)
            )
            runs = self.history.own.runs if self.history is not None else ()
            found.update(dot.period for run in runs for dot in run if dot.illustrative)
        if self.is_charted and self.is_special:
            found.update(point.period for point in self.process.points if point.illustrative)
        return tuple(sorted(found, key=lambda period: (period.end, period.start)))

    @property
    def is_charted(self) -> bool:
        """Whether process control has as many figures as a run needs, so that it can see something."""
        return self.row.signal is not None and len(self.row.signal.group) >= rules_of(self.indicator).run

    @property
    def is_special(self) -> bool:
        """Whether process control sees more than chance in the latest figure."""
        signal = self.row.signal
        return signal is not None and signal.variation is not Variation.COMMON

    @property
    def has_section(self) -> bool:
        """Whether there is more to say of it than a line of a scorecard holds; of a headline indicator there is."""
        told = bool(self.said) and not self.is_exception  # what is said of exceptions stands with them
        return self.is_headline or told or self.is_special or bool(self.row.benchmarks)

    @property
    def place(self) -> str:
        """The code of the section that says most of it."""
        kind = "indicator" if self.has_section else "exception" if self.is_exception else "definition"
        return anchor(kind, self.indicator.code)

    @property
    def owes_commentary(self) -> bool:
        """Whether it must be explained and is not."""
        return is_needed(self.row) and not self.said


@dataclass(frozen=True, slots=True)
class BreakdownTold:
    """A breakdown in the period; without counts for it there is no table, nor where it must not be published."""

    breakdown: Breakdown
    table: BreakdownTable | None = None
    two_years: TwoYears | None = None
    refused: Reason | None = None


@dataclass(frozen=True, slots=True)
class PlanTold:
    """A plan in the period: its indicators, actions and counts, what a source printed, and what is said of it.

    `printed` is how many of its figures a source printed, `left_out` how many of its lines must not be shown.
    `progress` is how far its sign-off is, None before any step of it; `addenda` came after it was signed off.
    """

    plan: Plan
    told: tuple[Told, ...]
    items: tuple[Item, ...]
    counts: Counts
    published: tuple[PublishedLine, ...] = ()
    printed: int = 0
    breakdowns: tuple[BreakdownTold, ...] = ()
    said: tuple[Commentary, ...] = ()
    left_out: int = 0
    progress: Progress | None = None
    addenda: tuple[Addendum, ...] = ()

    @property
    def name(self) -> str:
        """Its code and title."""
        return f"{self.plan.code} {self.plan.title}"

    @property
    def is_silent(self) -> bool:
        """Whether there is nothing of its indicators in the period: no figure, no target, no commentary."""
        said = self.said or any(t.said or t.row.target or t.row.figure.value is not None for t in self.told)
        return bool(self.told) and not said

    def of_tier(self, tier: Tier) -> tuple[Told, ...]:
        """Return its indicators of a tier."""
        return tuple(each for each in self.told if each.indicator.tier is tier)


@dataclass(frozen=True, slots=True)
class Matter:
    """Everything that a report says.

    `withheld` ratings are not given so that small numbers stay hidden; `hidden` says what is, of when and why.
    `broken` is what is not as it was signed off.
    """

    council: Council
    period: Period
    as_at: date
    plans: tuple[PlanTold, ...]
    counts: Counts
    changed: tuple[Changed, ...] = ()
    revised: tuple[Revised, ...] = ()
    committee: str = ""
    made: str = ""
    unsuppressed: bool = False
    withheld: int = 0
    hidden: tuple[tuple[str, str, str], ...] = ()
    differences: tuple[Difference, ...] = ()
    exceptions: tuple[Told, ...] = field(default=())
    broken: tuple[Broken, ...] = ()

    @property
    def told(self) -> tuple[Told, ...]:
        """Every indicator of every plan."""
        return tuple(each for plan in self.plans for each in plan.told)

    @property
    def is_one_plan(self) -> bool:
        """Whether it is about a single plan, which then needs no heading of its own."""
        return len(self.plans) == 1


def anchor(kind: str, code: str) -> str:
    """Return the code of a section about what has a code: letters, digits and hyphens, unique as codes are."""
    return f"{kind}-{re.sub('[^A-Za-z0-9-]', lambda found: f'-x{ord(found[0]):02x}-', code)}"
