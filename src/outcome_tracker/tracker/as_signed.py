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
    from outcome_tracker.core.seal import Addendum, Item
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
    from outcome_tracker.tracker.sealing import addenda, sealed_items

    sealed = sealed_items(reader, reporting, signed)
    reviewed = review_of(found, reporting)
    plans_now = {code: find_plan(reviewed, code) for code in signed}
    beside = beside_all(workspace, found, [row for each in plans_now.values() for row in each.rows])
    later = {}
    for code, each in plans_now.items():
        rows = tuple(beside.get(row.indicator.code, row) for row in each.rows)
        later[code] = addenda(reader, found, replace(each, rows=rows), sealed[code], reporting)
    then = _then(now, reader, signed, sealed, reporting)
    return replace(then, found=dated(then.found, reporting), addenda=later)


def dated(found: Known, reporting: Period) -> Known:
    """Return what is known as seen from the last sign-off, where all of its plans are as they were signed."""
    codes = [plan.code for plan in found.agreed.plans if plan.span.covers(reporting)]
    if not codes or any(code not in found.signed for code in codes):
        return found
    return replace(found, as_at=max(found.seen_from(code) for code in codes))


def _then(
    now: Opened, reader: Reader, signed: Mapping[str, Event], sealed: Mapping[str, list[Item]], reporting: Period
) -> Opened:
    """Put plans as they were signed in the place of what they are now."""
    from outcome_tracker.store.cut import cut_at

    found = now.found
    covered = {code: _codes(found.agreed.plans, code, sealed[code]) for code in signed}
    moments = {each: signed[code].stamp.at for code, codes in covered.items() for each in codes}
    looked = [period for period in looked_at(reporting) if period.end <= reporting.end]
    before = reader.as_signed(cut_at(moments, (item for items in sealed.values() for item in items), looked))
    agreed = before.agreed()
    codes = [i.code for plan in agreed.plans if plan.code in signed for i in plan.indicators]
    benchmarks: dict[str, list[Benchmark]] = {code: [] for code in codes}
    reports: dict[str, list[Report]] = {code: [] for code in moments if code in found.reports}
    for plan in agreed.plans:
        if plan.code in signed:
            own, day = [i.code for i in plan.indicators], signed[plan.code].stamp.known
            for benchmark in before.benchmarks(own, as_at=day):
                benchmarks[benchmark.indicator].append(benchmark)
    for report in before.milestone_reports():
        if report.milestone in reports:
            reports[report.milestone].append(report)
    return Opened(
        replace(
            found,
            agreed=replace(agreed, council=found.council),
            figures={**found.figures, **{code: {} for code in codes}, **before.series(codes)},
            benchmarks={**found.benchmarks, **{code: tuple(each) for code, each in benchmarks.items()}},
            reports={**found.reports, **{code: tuple(each) for code, each in reports.items()}},
            signed=signed,
        ),
        (*(c for c in now.commentary if c.subject not in moments), *_of(before.commentary(), moments)),
        _cells(now.cells, before, moments),
    )


def _codes(plans: Iterable[Plan], code: str, sealed: Iterable[Item]) -> set[str]:
    """Return every code that a sign-off covers: those of the plan as it was signed, and as it is now."""
    plan = next(plan for plan in plans if plan.code == code)
    held = {item.key[1] for item in sealed if item.kind == "definition" and item.key[0] != "council"}
    held |= {item.key[0] for item in sealed if item.kind in {"milestone_report", "breakdown_figure"}}
    actions = {each for action in plan.actions for each in (action.code, *(m.code for m in action.counted))}
    breakdowns = {breakdown.code for breakdown in plan.breakdowns}
    return held | {code} | {indicator.code for indicator in plan.indicators} | actions | breakdowns


def _of(commentary: Iterable[Commentary], codes: Collection[str]) -> list[Commentary]:
    return [each for each in commentary if each.subject in codes]


def _cells(now: tuple[BreakdownFigure, ...], before: Reader, codes: Collection[str]) -> tuple[BreakdownFigure, ...]:
    """Return the cells with those that were there in the place of what is there now."""
    wanted = {cell.breakdown for cell in now} & set(codes)
    if not wanted:
        return now
    return (*(cell for cell in now if cell.breakdown not in wanted), *before.breakdown_figures(wanted))
