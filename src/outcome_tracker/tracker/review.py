"""Review a period: scorecards and summaries of the council and its plans, and everything about one indicator."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from outcome_tracker.core import milestone as milestones
from outcome_tracker.core.commentary import in_order as in_reading_order
from outcome_tracker.core.direction import Direction
from outcome_tracker.core.figure import Status
from outcome_tracker.core.indicator import Compare, Tier
from outcome_tracker.core.past import Held
from outcome_tracker.core.period import Kind, Period, ending, periods_between
from outcome_tracker.core.problem import Unavailable, nearest
from outcome_tracker.core.rag import Rag, Reason, rate
from outcome_tracker.core.scorecard import Counts, DueLine, Row, count, due_lines, in_force_at, judge
from outcome_tracker.core.standing import Measured, measure
from outcome_tracker.core.target import InForce, in_force

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from dateutil.relativedelta import relativedelta

    from outcome_tracker.core.benchmark import Benchmark
    from outcome_tracker.core.commentary import Commentary, PublishedLine
    from outcome_tracker.core.figure import Figure
    from outcome_tracker.core.indicator import Agreed, Council, Indicator, Plan
    from outcome_tracker.core.signoff import Event, Progress
    from outcome_tracker.core.spc import Chart
    from outcome_tracker.store.queries import Reader
    from outcome_tracker.tracker.comparing import AllAreas
    from outcome_tracker.tracker.workspace import Workspace

QUARTER, YEAR = 3, 12  # months


@dataclass(frozen=True, slots=True)
class Known:
    """Everything a review needs, read in one go as of a day."""

    agreed: Agreed
    figures: Mapping[str, Mapping[Period, Figure]]
    benchmarks: Mapping[str, tuple[Benchmark, ...]]
    reports: Mapping[str, tuple[milestones.Report, ...]]
    published: tuple[PublishedLine, ...]
    as_at: date
    measured: frozenset[str] = frozenset()  # the indicators that there are figures of all areas for
    is_public: bool = False  # what is hidden of the figures must not be told by others' either
    signed: Mapping[str, Event] = field(default_factory=dict)  # the plans that are as they were signed off, by code
    steps: Mapping[str, Progress] = field(default_factory=dict)  # how far plans are in the period that was opened

    @property
    def council(self) -> Council:
        """The council's settings."""
        return self.agreed.council

    def seen_from(self, plan: str) -> date:
        """Return the day whose end a plan is seen from: that of its sign-off where it is as it was signed."""
        event = self.signed.get(plan)
        return event.stamp.known if event else self.as_at

    def series(self, code: str) -> Mapping[Period, Figure]:
        """Return the current figures of an indicator by period."""
        return self.figures.get(code, {})

    def withholds(self, code: str, period: Period) -> bool:
        """Tell whether what others say of the council in a period would give away a figure that is not shown."""
        return self.is_public and any(
            figure.content.status is Status.SUPPRESSED
            and (each.end == period.end or (period.start <= each.start and each.end <= period.end))
            for each, figure in self.series(code).items()
        )


@dataclass(frozen=True, slots=True)
class PlanReview:
    """A plan in a reporting period: its rows, where its milestones stand, what is due, and the counts.

    `printed` is how many of its figures a source printed, `left_out` how many lines of it must not be shown;
    `progress` is how far its sign-off is, None before any step of it.
    """

    plan: Plan
    rows: tuple[Row, ...]
    standings: tuple[milestones.Standing, ...]
    due: tuple[DueLine, ...]
    counts: Counts
    published: tuple[PublishedLine, ...]
    printed: int
    left_out: int = 0
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """A reporting period of the whole council, as of a day."""

    council: Council
    period: Period
    as_at: date
    plans: tuple[PlanReview, ...]
    counts: Counts

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row of every plan."""
        return tuple(row for plan in self.plans for row in plan.rows)

    @property
    def due(self) -> tuple[DueLine, ...]:
        """Every figure that a return for the period needs."""
        return tuple(line for plan in self.plans for line in plan.due)


@dataclass(frozen=True, slots=True)
class Past:
    """One period of an indicator's history: its figure, the target in force and the rating."""

    figure: Measured
    target: InForce | None
    rag: Rag | None

    def unrated(self, indicator: Indicator) -> Reason | None:
        """Return why no rating can be given; None where there is one, or the indicator is context."""
        if self.rag is not None or indicator.is_context or _is_sum(indicator, self.figure):
            return None
        return Reason.NO_TARGET if self.target is None else self.figure.absent


@dataclass(frozen=True, slots=True)
class IndicatorReview:
    """Everything about one indicator in a reporting period; `history` and `versions` are oldest first."""

    row: Row
    history: tuple[Past, ...]
    versions: tuple[Figure, ...]
    commentary: tuple[Commentary, ...]
    benchmarks: tuple[Benchmark, ...]
    standings: tuple[milestones.Standing, ...]
    council: Council
    as_at: date
    held: Held
    chart: Chart
    areas: AllAreas | None = None


def known(workspace: Workspace, reader: Reader | None = None) -> Known:
    """Read what a review needs, as of the workspace's day.

    Raises `Unavailable` when there is no database, or no plan has been applied to it.
    """
    if reader is None:
        with workspace.read() as opened:
            return known(workspace, opened)
    return _known(workspace, reader, reader.agreed(workspace.as_at), reader.series(as_at=workspace.as_at))


def known_for(workspace: Workspace, reader: Reader, period: Period | None) -> Known:
    """As `known`, with those figures only that a review of `period` looks at (None: the period that opens first)."""
    as_at = workspace.as_at
    agreed = reader.agreed(as_at)
    reporting = period or agreed.council.reporting_period
    if reporting is None:
        reporting = _latest_quarter(reader.periods_with_figures(as_at), workspace.seen_from)
    figures = reader.series(as_at=as_at, periods=looked_at(reporting))
    anywhere = [i.code for plan in agreed.plans for i in plan.indicators if i.comparison is Compare.LAST]
    figures |= reader.series(anywhere, as_at=as_at) if anywhere else {}
    return _known(workspace, reader, agreed, figures)


def known_of(workspace: Workspace, code: str) -> Known:
    """As `known`, of one indicator alone: what saving its figure needs. Raises `Unavailable` for an unknown code."""
    with workspace.read() as reader, reader.snapshot():
        agreed = reader.agreed(workspace.as_at)
        only = [find(agreed, code)[1].code]
        return _known(workspace, reader, agreed, reader.series(only, as_at=workspace.as_at), only)


def looked_at(reporting: Period) -> list[Period]:
    """Return the periods of every kind whose figures a review may need: and no others."""
    last = reporting.financial_year.end
    found = []
    for kind in Kind:
        period = ending(last, kind)
        # A year looks at the two before it, anything shorter at what ended up to a year and a half before the report.
        months = 39 if period.months == YEAR else 18
        while (reporting.end.year - period.end.year) * 12 + reporting.end.month - period.end.month < months:
            found.append(period)
            period = period.previous
    return found


def _known(
    workspace: Workspace,
    reader: Reader,
    agreed: Agreed,
    figures: Mapping[str, Mapping[Period, Figure]],
    only: list[str] | None = None,
) -> Known:
    as_at = workspace.as_at
    benchmarks: dict[str, list[Benchmark]] = defaultdict(list)
    for benchmark in reader.benchmarks(only, as_at=workspace.seen_from):
        benchmarks[benchmark.indicator].append(benchmark)
    reports: dict[str, list[milestones.Report]] = defaultdict(list)
    for report in reader.milestone_reports(as_at=as_at):
        reports[report.milestone].append(report)
    return Known(
        agreed,
        figures,
        {code: tuple(found) for code, found in benchmarks.items()},
        {code: tuple(found) for code, found in reports.items()},
        tuple(reader.published_lines()),
        workspace.seen_from,
        reader.measured_everywhere(),
    )


def reporting_period(found: Known) -> Period:
    """Return the period that opens first: the council's setting, else the latest quarter with a figure."""
    if found.council.reporting_period:
        return found.council.reporting_period
    return _latest_quarter((period for series in found.figures.values() for period in series), found.as_at)


def _latest_quarter(periods: Iterable[Period], as_at: date) -> Period:
    """Return the latest quarter with a figure; that of a half or a whole year counts once its period has ended."""
    ends = [p.end for p in periods if p.end <= as_at or p.months <= QUARTER]
    return ending(max(ends, default=as_at), Kind.QUARTER)


def reporting_periods(found: Known, shown: Period | None = None) -> list[Period]:
    """Return the periods to choose from, latest first: those with figures, the council's own and the one shown."""
    first = shown or reporting_period(found)
    ends = [period.end for series in found.figures.values() for period in series]
    known_ends = [*ends, reporting_period(found).end, first.end]
    return periods_between(ending(min(known_ends), first.kind), ending(max(known_ends), first.kind))[::-1]


def exceptions(rows: Iterable[Row]) -> list[Row]:
    """Return what needs a decision: Reds first, then what else declined; headline indicators before wider ones."""
    found = [row for row in rows if row.rag is Rag.RED or row.direction is Direction.DECLINED]

    def order(row: Row) -> tuple[bool, bool, bool]:
        return (
            row.rag is not Rag.RED,
            row.direction is not Direction.DECLINED,
            row.indicator.tier is not Tier.HEADLINE,
        )

    return sorted(found, key=order)


def published_ratings(plan: PlanReview) -> tuple[str, int] | None:
    """Return the line of ratings as the source printed it, and how many measures it counts; None without one."""
    line = next((p.text for p in plan.published if p.measure == "ratings"), None)
    return (line, sum(int(number) for number in re.findall(r"[0-9]+", line))) if line else None


def review(workspace: Workspace, period: Period | None = None) -> Review:
    """Judge every indicator in force in a reporting period (the council's own when None)."""
    with workspace.read() as reader:
        return review_of(known_for(workspace, reader, period), period)


def review_of(found: Known, period: Period | None = None) -> Review:
    """As `review`, of what has been read already."""
    reporting = period or reporting_period(found)
    plans = tuple(_plan_review(found, plan, reporting) for plan in found.agreed.plans if plan.span.covers(reporting))
    counts = count(
        [row for plan in plans for row in plan.rows],
        [line for plan in plans for line in plan.due],
        [standing for plan in plans for standing in plan.standings],
    )
    return Review(found.council, reporting, found.as_at, plans, counts)


def compared(workspace: Workspace, found: Known, review: Review, rows: Iterable[Row]) -> Review:
    """Return a review with benchmarks and positions from the figures of all areas in those of its rows.

    Apart from judging, so that tables of areas are read for what is shown alone: without any nothing is read.
    """
    changed = beside_all(workspace, found, rows)
    plans = (
        replace(plan, rows=tuple(changed.get(row.indicator.code, row) for row in plan.rows)) for plan in review.plans
    )
    return replace(review, plans=tuple(plans)) if changed else review


def beside_all(workspace: Workspace, found: Known, rows: Iterable[Row]) -> dict[str, Row]:
    """Return those of the rows that have figures of all areas, by code, with benchmarks and positions from them."""
    wanted = [row for row in rows if row.indicator.code in found.measured]
    if not wanted:
        return {}
    from outcome_tracker.tracker import comparing

    with workspace.read() as reader:
        return comparing.compared(reader, found, wanted)


def row_of(
    found: Known, plan: Plan, indicator: Indicator, reporting: Period, series: Mapping[Period, Figure] | None = None
) -> Row:
    """Judge one indicator; `series` replaces its figures, to see what a figure would change."""
    return judge(
        indicator,
        plan,
        found.series(indicator.code) if series is None else series,
        reporting,
        found.seen_from(plan.code),
        found.council.figures_due_days,
        in_order(found.benchmarks.get(indicator.code, ()), found.council),
        available_after(indicator),
    )


def _plan_review(found: Known, plan: Plan, reporting: Period) -> PlanReview:
    rows = tuple(row_of(found, plan, i, reporting) for i in plan.indicators if in_force_at(plan, i, reporting))
    standings = plan_standings(found, plan, reporting)
    day, days = found.seen_from(plan.code), found.council.figures_due_days
    due = tuple(due_lines([plan], found.figures, reporting, day, days))
    published = tuple(p for p in found.published if p.plan == plan.code and p.period == reporting)
    texts = [p.text for p in published]
    printed = sum(bool(r.figure.content and r.figure.content.as_published) for r in rows)
    steps = found.steps.get(plan.code)
    progress = steps if steps is not None and steps.events and steps.period == reporting else None
    counts = count(rows, due, standings, texts)
    return PlanReview(plan, rows, standings, due, counts, published, printed, progress=progress)


def plan_standings(found: Known, plan: Plan, reporting: Period) -> tuple[milestones.Standing, ...]:
    """Return where each counted milestone of a plan stands on the reporting date."""
    days = found.council.figures_due_days
    return tuple(
        milestones.stand(m, found.reports.get(m.code, ()), reporting, due_days=days, as_at=found.seen_from(plan.code))
        for action in plan.actions
        for m in action.counted
    )


def indicator_review(workspace: Workspace, code: str, period: Period | None = None) -> IndicatorReview:
    """Return everything about one indicator; raises `Unavailable` naming the nearest code when it is unknown."""
    with workspace.read() as reader:
        from outcome_tracker.tracker.as_signed import opened

        with reader.snapshot():
            found = opened(
                workspace, reader, known(workspace, reader), period, reader.commentary(as_at=workspace.as_at)
            )
            _, indicator = find(found.found.agreed, code)
            versions = reader.figure_versions(indicator.code)
        if workspace.as_at:
            versions = [v for v in versions if v.stamp.known <= workspace.as_at]
        return indicator_review_of(found.found, code, period, versions, found.commentary, reader)


def indicator_review_of(
    found: Known,
    code: str,
    period: Period | None,
    versions: Iterable[Figure],
    commentary: Iterable[Commentary],
    reader: Reader,
) -> IndicatorReview:
    """As `indicator_review`, of what has been read already; `reader` reads the figures of all areas."""
    plan, indicator = find(found.agreed, code)
    reporting = period or reporting_period(found)
    row, areas = row_of(found, plan, indicator, reporting), None
    benchmarks = found.benchmarks.get(indicator.code, ())
    if indicator.code in found.measured:
        from outcome_tracker.tracker import comparing

        areas = comparing.all_areas(reader, found, row)
        row = comparing.judged(found, row, areas.benchmarks, areas.position)
        benchmarks = comparing.together(found, indicator, areas.benchmarks)
    from outcome_tracker.tracker import signals

    row, chart = signals.charted(row, found.series(indicator.code))
    return IndicatorReview(
        row,
        tuple(history(found, indicator, reporting)),
        tuple(versions),
        said_of(indicator.code, commentary),
        in_order(benchmarks, found.council),
        plan_standings(found, plan, reporting),
        found.council,
        found.seen_from(plan.code),
        Held(row, found.series(indicator.code)),
        chart,
        areas,
    )


def commentary_on(workspace: Workspace, subject: str) -> tuple[Commentary, ...]:
    """Return the current commentary on a plan or an indicator, as of the workspace's day."""
    with workspace.read() as reader:
        return said_of(subject, reader.commentary(as_at=workspace.as_at))


def said_of(subject: str, commentary: Iterable[Commentary]) -> tuple[Commentary, ...]:
    """Return the commentary on a plan or an indicator, a period's sections in order; what was cleared is left out."""
    found = [c for c in commentary if c.subject == subject and c.text.strip()]
    places = {name: place for place, name in enumerate(in_reading_order(c.section for c in found))}
    return tuple(sorted(found, key=lambda c: (c.period.end, places[c.section])))


def find(agreed: Agreed, code: str) -> tuple[Plan, Indicator]:
    """Return the indicator of that code, in any case, with its plan."""
    for plan in agreed.plans:
        for indicator in plan.indicators:
            if indicator.code.casefold() == code.strip().casefold():
                return plan, indicator
    codes = [i.code for plan in agreed.plans for i in plan.indicators]
    raise Unavailable(
        f"There is no indicator '{code}'.{nearest(code, codes)}", "`outcome-tracker scorecard` lists them."
    )


def find_plan(review: Review, code: str) -> PlanReview:
    """Return the plan of that code, in any case."""
    wanted = plan_coded([plan.plan for plan in review.plans], code, review.period)
    return next(plan for plan in review.plans if plan.plan is wanted)


def plan_coded(plans: Sequence[Plan], code: str, period: Period) -> Plan:
    """Return the plan of that code, in any case, of those that count in a period; raises `Unavailable`."""
    for plan in plans:
        if plan.code.casefold() == code.strip().casefold():
            return plan
    codes = [plan.code for plan in plans]
    raise Unavailable(f"There is no plan '{code}' in {period}.{nearest(code, codes)}", f"Plans: {', '.join(codes)}.")


def history(found: Known, indicator: Indicator, reporting: Period) -> list[Past]:
    """Return every period of the indicator from its first figure to the reporting period, absent ones included."""
    series = found.series(indicator.code)
    ended = sorted((p for p in series if p.end <= reporting.end), key=lambda p: p.end)
    if not ended:
        return []
    past: list[Past] = []
    period, last = ended[0], reporting.end
    while period.end <= last:
        past.append(past_of(indicator, measure(indicator, series, period)))
        period = period.shift(1)
    return past


def _is_sum(indicator: Indicator, figure: Measured) -> bool:
    """Tell whether a year's figure is made of its periods', which have the targets."""
    return figure.period.kind is Kind.YEAR and indicator.kind is not Kind.YEAR


def past_of(indicator: Indicator, figure: Measured) -> Past:
    """Return a figure of the past with the target in force in its period, and its rating."""
    held_against_none = indicator.is_context or _is_sum(indicator, figure)
    target = None if held_against_none else in_force(indicator, figure.period)
    if target is None or figure.value is None:
        return Past(figure, target, None)
    return Past(figure, target, rate(figure.value, target.goal, indicator.better, indicator.tolerance))


def in_order(benchmarks: Sequence[Benchmark], council: Council) -> tuple[Benchmark, ...]:
    """Return benchmarks in the order of the council's comparators, others after them."""
    order = {name: n for n, name in enumerate(council.comparators)}
    return tuple(sorted(benchmarks, key=lambda b: (order.get(b.comparator, len(order)), b.comparator, b.period.end)))


def available_after(indicator: Indicator) -> relativedelta | None:
    """Return the usual delay of an indicator's benchmarks after a period's end, where its plan file says one."""
    benchmark = indicator.extra.get("benchmark")
    months = benchmark.get("available_after") if isinstance(benchmark, dict) else None
    if not isinstance(months, int):
        return None
    from dateutil.relativedelta import relativedelta

    return relativedelta(months=months)
