"""The report that a committee receives: gathers what it says, from what may be published."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outcome_tracker.core import history_chart, two_years
from outcome_tracker.core.benchmark import out_on
from outcome_tracker.core.breakdown_amount import totals_of
from outcome_tracker.core.breakdown_table import own_period, table_of
from outcome_tracker.core.commentary import in_order as sections_in_order
from outcome_tracker.core.indicator import Tier
from outcome_tracker.core.past import Held, outturn_years
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.rag import Reason as Unrated
from outcome_tracker.core.report_making import report
from outcome_tracker.core.report_matter import Before, BreakdownTold, Matter, PlanTold, Told
from outcome_tracker.core.seal_wording import DESPITE, refused_text
from outcome_tracker.tracker import as_signed, signals
from outcome_tracker.tracker.actions import items_of
from outcome_tracker.tracker.audit import audit_of
from outcome_tracker.tracker.changes import changes_of
from outcome_tracker.tracker.comparing import over_time, together
from outcome_tracker.tracker.moments import moment
from outcome_tracker.tracker.published import held, noted, published, warnings, without_lines
from outcome_tracker.tracker.report_plans import chosen_plans, find_committee, narrowed
from outcome_tracker.tracker.review import (
    available_after,
    exceptions,
    known,
    past_of,
    reporting_period,
    review_of,
)
from outcome_tracker.tracker.roles import check_small_numbers
from outcome_tracker.tracker.sealing import broken_seals
from outcome_tracker.tracker.target_review import reviewed_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from outcome_tracker.core.audit import Difference
    from outcome_tracker.core.benchmark import Benchmark
    from outcome_tracker.core.breakdown import Breakdown, BreakdownFigure
    from outcome_tracker.core.commentary import Commentary
    from outcome_tracker.core.indicator import Indicator, Plan
    from outcome_tracker.core.past import Earlier
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.report import Report
    from outcome_tracker.core.scorecard import Row
    from outcome_tracker.core.seal import Broken
    from outcome_tracker.core.target_review import Reviewed
    from outcome_tracker.store.queries import Reader
    from outcome_tracker.tracker.as_signed import Opened
    from outcome_tracker.tracker.changes import Changes
    from outcome_tracker.tracker.published import Shown
    from outcome_tracker.tracker.review import Known, PlanReview, Review
    from outcome_tracker.tracker.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Asked:
    """Which report: of some plans (none named: all), of those of a committee, of a period (None: the council's own).

    Where something is not as it was signed off none is made, unless `despite_broken_seal`: then it says so.
    """

    plans: tuple[str, ...] = ()
    committee: str = ""
    period: Period | None = None
    unsuppressed: bool = False
    despite_broken_seal: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A report with the codes of the plans asked for (none: all of them), its period, and what is odd about it."""

    report: Report
    plans: tuple[str, ...]
    committee: str
    period: Period
    unsuppressed: bool
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """What a report is made from, as it may be shown."""

    shown: Shown
    committee: str
    review: Review
    changes: Changes
    commentary: tuple[Commentary, ...]
    reviewed: tuple[Reviewed, ...]
    drawn: Mapping[str, tuple[Benchmark, ...]]
    warnings: tuple[str, ...]
    opened: Opened
    broken: tuple[Broken, ...]


def make_report(workspace: Workspace, asked: Asked) -> Made:
    """Make a report; raises `Unavailable` for a plan or a committee that doesn't exist, and who may not have it."""
    with workspace.read() as reader:
        read = _read(workspace, reader, asked)
    matter = _matter(workspace, read, asked)
    chosen = tuple(plan.plan.code for plan in matter.plans) if asked.plans or asked.committee else ()
    return Made(report(matter), chosen, matter.committee, matter.period, asked.unsuppressed, read.warnings)


def _read(workspace: Workspace, reader: Reader, asked: Asked) -> _Read:
    """Read everything that a report says, in as many queries however many indicators there are.

    What people enter is read of one state of the database, and writers are not held up while it is judged.
    """
    with reader.snapshot():
        found, as_at = known(workspace, reader), workspace.as_at
        said_now, cells = reader.commentary(as_at=as_at), reader.breakdown_figures(as_at=as_at)
        opened = as_signed.opened(workspace, reader, found, asked.period, said_now, cells)
        found, commentary = opened.found, opened.commentary
        everything = held(workspace, reader, found, opened.cells)
    if asked.unsuppressed:
        check_small_numbers(reader, workspace.user, "Leave out --unsuppressed")
    shown = everything if asked.unsuppressed else published(everything)
    reporting = asked.period or reporting_period(found)
    committee = find_committee(found.agreed.plans, asked.committee) if asked.committee else ""
    codes = chosen_plans(found, reporting, asked.plans, committee)
    broken = broken_seals(reader, codes)
    if broken and not asked.despite_broken_seal:
        raise Unavailable(refused_text(broken), DESPITE)
    found = as_signed.dated(narrowed(shown.found, codes), reporting)
    review = review_of(found, reporting)
    if not asked.unsuppressed:
        found, review = without_lines(found, review)
    subjects = {code for plan in review.plans for code in (plan.plan.code, *(r.indicator.code for r in plan.rows))}
    said = [c for c in commentary if c.period == reporting and c.subject in subjects and c.text.strip()]
    return _Read(
        replace(shown, found=found),
        committee,
        review,
        changes_of(found, reporting, shown.versions),
        tuple(said),
        reviewed_rows(reader, found, review.rows, {row.indicator.code for row in _headline(review.rows)}),
        _drawn(reader, found, review.rows),
        (*((reader.notice,) if reader.notice else ()), *warnings(everything, shown, (*said, *noted(review.rows)))),
        opened,
        broken,
    )


def _matter(workspace: Workspace, read: _Read, asked: Asked) -> Matter:
    """Judge what was read."""
    found, review, changes = read.shown.found, read.review, read.changes
    cells = _by_breakdown(read.shown.cells)
    said: dict[str, list[Commentary]] = defaultdict(list)
    for words in read.commentary:
        said[words.subject].append(words)
    revised: dict[str, set[Period]] = defaultdict(set)
    for change in changes.revised:
        revised[change.indicator.code].add(change.after.period)
    told = {
        code: _told(found, each, _in_order(said[code]), frozenset(revised[code]), read.drawn.get(code))
        for each in read.reviewed
        for code in [each.indicator.code]
    }
    plans = tuple(
        replace(
            _plan(plan, told, _in_order(said[plan.plan.code]), _broken_down(read, plan.plan, cells)),
            progress=plan.progress,
            addenda=read.opened.addenda.get(plan.plan.code, ()),
        )
        for plan in review.plans
    )
    return Matter(
        found.council,
        review.period,
        found.as_at,
        plans,
        review.counts,
        changes.changed,
        changes.revised,
        read.committee,
        moment(workspace.now()) + (f" by {workspace.user}" if workspace.user and asked.unsuppressed else ""),
        asked.unsuppressed,
        differences=_differences(read.shown, review),
        hidden=tuple(read.shown.hidden(_periods(plans))),
        withheld=sum(row.rag_reason is Unrated.SUPPRESSED for row in review.rows),
        exceptions=tuple(told[row.indicator.code] for row in exceptions(review.rows)),
        broken=read.broken,
    )


def _plan(
    plan: PlanReview,
    told: Mapping[str, Told],
    said: tuple[Commentary, ...],
    breakdowns: tuple[BreakdownTold, ...],
) -> PlanTold:
    return PlanTold(
        plan.plan,
        tuple(told[row.indicator.code] for row in plan.rows),
        tuple(items_of(plan.plan, plan.standings)),
        plan.counts,
        plan.published,
        plan.printed,
        breakdowns,
        said,
        plan.left_out,
    )


def _periods(plans: Iterable[PlanTold]) -> set[Period]:
    """Return the periods whose figures and counts a report shows."""
    found: set[Period] = set()
    for plan in plans:
        for told in plan.told:
            found.update(before.figure.period for before in (*told.recent, *told.outturns))
            if told.two_years is not None:
                found.update(period for month in told.two_years.months for period in (month, month.year_before))
        for each in plan.breakdowns:
            found.update((*each.table.later, *each.table.earlier) if each.table else ())
    return found


def _in_order(said: Iterable[Commentary]) -> tuple[Commentary, ...]:
    every = list(said)
    places = {name: place for place, name in enumerate(sections_in_order(c.section for c in every))}
    return tuple(sorted(every, key=lambda c: places[c.section]))


def _told(
    found: Known,
    reviewed: Reviewed,
    said: tuple[Commentary, ...],
    revised: frozenset[Period],
    drawn: Iterable[Benchmark] | None,
) -> Told:
    """Return everything about an indicator."""
    indicator = reviewed.indicator
    series = found.series(indicator.code)
    row, process = signals.charted(reviewed.row, series)
    held = Held(row, series)
    years = [held.outturn(year) for year in outturn_years(row.reporting)]
    return Told(
        row,
        tuple(_before(indicator, each) for each in reversed(held.recent())),
        tuple(
            _before(indicator, each) for each in reversed(years) if each.figure.value is not None or each.figure.note
        ),
        process,
        reviewed,
        said,
        None if drawn is None else history_chart.history(indicator, series, row.reporting, drawn),
        available_after=available_after(indicator),
        revised=revised,
        two_years=two_years.of_indicator(indicator, series, row.reporting),
    )


def _by_breakdown(counts: Iterable[BreakdownFigure]) -> dict[str, list[BreakdownFigure]]:
    found: dict[str, list[BreakdownFigure]] = defaultdict(list)
    for figure in counts:
        found[figure.breakdown].append(figure)
    return found


def _broken_down(read: _Read, plan: Plan, cells: Mapping[str, Sequence[BreakdownFigure]]) -> tuple[BreakdownTold, ...]:
    """Return each breakdown of a plan with its table in the period, where there are counts for one."""
    found, period = read.shown.found, read.review.period

    def told(breakdown: Breakdown) -> BreakdownTold:
        counts = cells.get(breakdown.code, ())
        indicator = found.agreed.indicator(breakdown.total) if breakdown.total else None
        totals = totals_of(breakdown, indicator, found.series(indicator.code)) if indicator else None
        return BreakdownTold(
            breakdown,
            table_of(breakdown, counts, period, totals, read.shown.sums(breakdown.code)),
            two_years.of_total(breakdown, counts, period),
            read.shown.refused.get((breakdown.code, own_period(breakdown, period))),
        )

    return tuple(told(each) for each in plan.breakdowns)


def _differences(shown: Shown, review: Review) -> tuple[Difference, ...]:
    """Return what a source printed of the period and is not what is computed; nothing where no source is named."""
    found = shown.found
    every = (f.content for plan in review.plans for row in plan.rows for f in found.series(row.indicator.code).values())
    if not (found.published or shown.cells or any(content.source for content in every)):
        return ()
    return audit_of(found, (p.plan for p in review.plans), shown.versions, shown.cells, review.period).differences


def _drawn(reader: Reader, found: Known, rows: Iterable[Row]) -> dict[str, tuple[Benchmark, ...]]:
    """Return the benchmarks that the chart of each headline indicator shows, of every period that was out by then.

    Few lines stay legible: the comparators that the council names, and others only where it has none of them.
    """
    headline = _headline(rows)
    derived = over_time(reader, found, (row for row in headline if row.indicator.code in found.measured))
    shown: dict[str, tuple[Benchmark, ...]] = {}
    for row in headline:
        code, after = row.indicator.code, available_after(row.indicator)
        day = found.seen_from(row.plan.code)
        known_by_then = together(found, row.indicator, derived.get(code, ()))
        every = [b for b in known_by_then if (out_on(b, after) or day) <= day]
        shown[code] = tuple(b for b in every if b.comparator in found.council.comparators) or tuple(every)
    return shown


def _headline(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row.indicator.tier is Tier.HEADLINE]


def _before(indicator: Indicator, earlier: Earlier) -> Before:
    past = past_of(indicator, earlier.figure)
    return Before(past.figure, past.target, past.rag, past.unrated(indicator), earlier.parted, earlier.alone)
