"""A period as it opens: plans that are signed off as they were signed, the others as they stand."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from outcome_tracker.core.signoff import progress
from outcome_tracker.tracker.review import Known, beside_all, find_plan, looked_at, reporting_period, review_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from outcome_tracker.core.benchmark import Benchmark
    from outcome_tracker.core.breakdown import BreakdownFigure
    from outcome_tracker.core.commentary import Commentary
    from outcome_tracker.core.indicator import Plan
    from outcome_tracker.core.milestone import Report
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.seal import Addendum
    from outcome_tracker.core.signoff import Event
    from outcome_tracker.store.queries import Reader
    from outcome_tracker.tracker.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Opened:
    """A period as it opens, with what came after its plans were signed off; how far they are is in `found`."""

    found: Known
    commentary: tuple[Commentary, ...]
    cells: tuple[BreakdownFigure, ...] = ()
    addenda: Mapping[str, tuple[Addendum, ...]] = field(default_factory=dict)


def opened(
    workspace: Workspace,
    reader: Reader,
    found: Known,
    period: Period | None = None,
    commentary: Iterable[Commentary] = (),
    cells: Iterable[BreakdownFigure] = (),
) -> Opened:
    """Return a period as it opens, of what was read in this snapshot; a day that was asked for is shown as it was."""
    reporting = period or reporting_period(found)
    plans = [plan for plan in found.agreed.plans if plan.span.covers(reporting)]
    as_at = workspace.as_at
    events = [each for each in reader.sign_offs(reporting) if as_at is None or each.stamp.known <= as_at]
    steps = {plan.code: progress(plan.code, reporting, events) for plan in plans} if events else {}
    signed = {code: each.signed for code, each in steps.items() if each.signed} if as_at is None else {}
    now = Opened(replace(found, steps=steps), tuple(commentary), tuple(cells))
    if not signed:
        return now
    from outcome_tracker.tracker.sealing import addenda

    reviewed = review_of(found, reporting)
    plans_now = {code: find_plan(reviewed, code) for code in signed}
    beside = beside_all(workspace, found, [row for each in plans_now.values() for row in each.rows])
    later = {}
    for code, each in plans_now.items():
        rows = tuple(beside.get(row.indicator.code, row) for row in each.rows)
        later[code] = addenda(reader, found, replace(each, rows=rows), signed[code])
    then = replace(now, addenda=later)
    for event in signed.values():
        then = _with_plan(then, reader, event)
    return replace(then, found=dated(then.found, reporting))


def dated(found: Known, reporting: Period) -> Known:
    """Return what is known as seen from the last sign-off, where all of its plans are as they were signed."""
    codes = [plan.code for plan in found.agreed.plans if plan.span.covers(reporting)]
    if not codes or any(code not in found.signed for code in codes):
        return found
    return replace(found, as_at=max(found.seen_from(code) for code in codes))


def _with_plan(then: Opened, reader: Reader, event: Event) -> Opened:
    """Put a plan as it was signed in the place of what it is now."""
    from outcome_tracker.store.cut import cut_at
    from outcome_tracker.tracker.sealing import sealed_items

    found, day = then.found, event.stamp.known
    until = [period for period in looked_at(event.period) if period.end <= event.period.end]
    before = reader.as_signed(cut_at(event.stamp.at, sealed_items(reader, event), until))
    agreed = before.agreed(day)
    plan = next(plan for plan in agreed.plans if plan.code == event.plan)
    codes = [indicator.code for indicator in plan.indicators]
    benchmarks: dict[str, list[Benchmark]] = {code: [] for code in codes}
    for benchmark in before.benchmarks(codes, as_at=day):
        benchmarks[benchmark.indicator].append(benchmark)
    reports: dict[str, list[Report]] = {m.code: [] for action in plan.actions for m in action.counted}
    for report in before.milestone_reports():
        if report.milestone in reports:
            reports[report.milestone].append(report)
    return replace(
        then,
        found=replace(
            found,
            agreed=replace(found.agreed, plans=tuple(_placed(found.agreed.plans, plan))),
            figures={**found.figures, **{code: {} for code in codes}, **before.series(codes)},
            benchmarks={**found.benchmarks, **{code: tuple(each) for code, each in benchmarks.items()}},
            reports={**found.reports, **{code: tuple(each) for code, each in reports.items()}},
            signed={**found.signed, plan.code: event},
        ),
        commentary=_swapped(then.commentary, before.commentary(), {plan.code, *codes}),
        cells=_swapped_cells(then.cells, before, {breakdown.code for breakdown in plan.breakdowns}),
    )


def _placed(plans: Iterable[Plan], plan: Plan) -> Iterable[Plan]:
    return (plan if each.code == plan.code else each for each in plans)


def _swapped(
    now: Iterable[Commentary], then: Iterable[Commentary], subjects: Collection[str]
) -> tuple[Commentary, ...]:
    return (*(c for c in now if c.subject not in subjects), *(c for c in then if c.subject in subjects))


def _swapped_cells(
    now: tuple[BreakdownFigure, ...], before: Reader, codes: Collection[str]
) -> tuple[BreakdownFigure, ...]:
    if not now or not codes:
        return now
    return (*(cell for cell in now if cell.breakdown not in codes), *before.breakdown_figures(codes))
