"""Sign-off: where the plans of a period stand, submitting and signing them off, and reopening them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from outcome_tracker.core import seal, signoff_wording, wording
from outcome_tracker.core import signoff as core
from outcome_tracker.core.problem import Problem
from outcome_tracker.core.role import Role
from outcome_tracker.core.signoff import Act, Event, Missing, Progress, State
from outcome_tracker.core.standing import due_periods
from outcome_tracker.core.text import clean
from outcome_tracker.tracker import sealing
from outcome_tracker.tracker.commentary import board_of
from outcome_tracker.tracker.review import (
    beside_all,
    find_plan,
    known_for,
    plan_coded,
    reporting_period,
    review_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from outcome_tracker.core.commentary import Commentary
    from outcome_tracker.core.indicator import Plan
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.scorecard import DueLine
    from outcome_tracker.core.seal import Addendum, Broken, Item
    from outcome_tracker.store.queries import Reader
    from outcome_tracker.tracker.review import Known, PlanReview
    from outcome_tracker.tracker.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PlanStatus:
    """Where a plan's period stands: what it lacks, and what came after it was signed off."""

    review: PlanReview
    progress: Progress
    missing: Missing
    is_over: bool  # whether the period has ended
    addenda: tuple[Addendum, ...] = ()

    @property
    def state(self) -> State:
        """How far it is."""
        return self.progress.state

    @property
    def line(self) -> str:
        """The counts: as signed, where it is signed off."""
        signed = self.progress.signed
        return signed.line if signed else line_of(self.review)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What stands in the way of signing it off, but for the plan files and who signs; nothing once it is signed."""
        if self.state is State.SIGNED:
            return ()
        early = Problem(signoff_wording.not_over(self.progress.period), self.progress.plan, key="period")
        return (*(() if self.is_over else (early,)), *lacking(self.missing))


@dataclass(frozen=True, slots=True)
class Status:
    """Where the plans of a period stand, what is wrong with the plan files, and what is not as it was signed."""

    period: Period
    plans: tuple[PlanStatus, ...]
    files: tuple[Problem, ...]
    broken: tuple[Broken, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """What came of a step: its event, or None with everything that stands in the way. Warnings stop nothing."""

    event: Event | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of a period in one go."""

    found: Known
    period: Period
    commentary: tuple[Commentary, ...]
    events: tuple[Event, ...]


def status(workspace: Workspace, period: Period | None = None, plan: str | None = None) -> Status:
    """Return where the plans of a period (the council's own when None) stand, or one of them."""
    with workspace.read() as reader, reader.snapshot():
        read = _read(workspace, reader, period)
        plans = [p for p in read.found.agreed.plans if p.span.covers(read.period)]
        wanted = plans if plan is None else [plan_coded(plans, plan, read.period)]
        reviews = _reviews(workspace, read, [each.code for each in wanted])
        missing = _missing(read, reviews)
        found = []
        signed: dict[str, Event] = {}
        for review in reviews:
            each = _plan_status(workspace, read, review, missing[review.plan.code])
            found.append(each)
            if each.progress.signed is not None:
                signed[review.plan.code] = each.progress.signed
        for code, sealed in (sealing.sealed_items(reader, read.period, signed) if signed else {}).items():
            place = next(n for n, each in enumerate(found) if each.review.plan.code == code)
            added = sealing.addenda(reader, read.found, found[place].review, sealed, read.period)
            found[place] = replace(found[place], addenda=added)
        broken = sealing.broken_seals(reader, [each.code for each in wanted])
    return Status(read.period, tuple(found), file_problems(workspace), broken)


def broken_seals(workspace: Workspace, plans: Iterable[str] | None = None) -> tuple[Broken, ...]:
    """Return everything that is not as it was signed off, of some plans or of all; nothing where all seals hold."""
    with workspace.read() as reader:
        return sealing.broken_seals(reader, None if plans is None else list(plans))


def submit(workspace: Workspace, plan: str, period: Period | None = None, *, note: str = "") -> Step:
    """Submit a plan's period for sign-off; everything that is missing is told at once."""
    workspace.check_may_save(Role.OFFICER)
    with workspace.read() as reader, reader.snapshot():
        read = _read(workspace, reader, period)
        review = _review(workspace, read, plan)
    progress = core.progress(review.plan.code, read.period, read.events)
    problems = _in_the_way(workspace, read, review)
    if sentence := signoff_wording.not_submitted(progress):
        problems = (Problem(sentence, _place(progress), key="state"), *problems)
    return _stored(workspace, progress, problems, Act.SUBMITTED, note)


def sign(workspace: Workspace, plan: str, period: Period | None = None, *, note: str = "") -> Step:
    """Sign a plan's period off and seal what was signed; everything that stands in the way is told at once."""
    workspace.check_may_save(Role.APPROVER)
    with workspace.read() as reader, reader.snapshot():
        read = _read(workspace, reader, period)
        review = _review(workspace, read, plan)
        items = sealing.items(reader, read.found, review, read.period)
    progress = core.progress(review.plan.code, read.period, read.events)
    problems = _in_the_way(workspace, read, review)
    entered = core.entered_by(review.due)
    if core.needs_another(read.found.council) and core.is_same_person(workspace.user, entered):
        own = [
            line for line in review.due if line.figure and core.is_same_person(line.figure.stamp.who, [workspace.user])
        ]
        sentence = signoff_wording.same_person(workspace.user, own)
        problems = (Problem(sentence, _place(progress), key="person"), *problems)
    if sentence := signoff_wording.not_signed(progress):
        problems = (Problem(sentence, _place(progress), key="state"), *problems)
    return _stored(workspace, progress, problems, Act.SIGNED, note, line_of(review), items)


def reopen(workspace: Workspace, plan: str, period: Period | None = None, *, reason: str) -> Step:
    """Open a submitted or signed-off period again, for a reason that is kept."""
    workspace.check_may_save(Role.APPROVER)
    with workspace.read() as reader:
        agreed = reader.agreed()
        chosen = period or reporting_period(known_for(workspace, reader, None))
        found = plan_coded([p for p in agreed.plans if p.span.covers(chosen)], plan, chosen)
        progress = core.progress(found.code, chosen, reader.sign_offs(chosen))
    place, problems = _place(progress), []
    if progress.state is State.OPEN:
        problems.append(Problem(signoff_wording.already_open(progress), place, key="state"))
    if not clean(reason):
        problems.append(Problem(signoff_wording.WITHOUT_REASON, place, key="reason"))
    return _stored(workspace, progress, tuple(problems), Act.REOPENED, reason)


def addendum_notes(workspace: Workspace, subject: str, period: Period) -> tuple[str, ...]:
    """Return that what was saved of a plan or an indicator comes after sign-offs, a sentence each; mostly nothing."""
    with workspace.read() as reader:
        events = reader.sign_offs()
        agreed = reader.agreed() if events else None
    found = [
        core.progress(plan.code, reporting, events)
        for plan in (agreed.plans if agreed else ())
        for reporting in dict.fromkeys(event.period for event in events if event.plan == plan.code)
        if _belongs(plan, subject, period, reporting)
    ]
    return tuple(signoff_wording.addendum_note(each) for each in found if each.signed)


def _belongs(plan: Plan, subject: str, period: Period, reporting: Period) -> bool:
    """Tell whether a figure or a text of a period belongs to what a plan returns for a reporting period."""
    indicator = next((each for each in plan.indicators if each.code == subject), None)
    if indicator is None:
        return plan.code == subject and period == reporting
    return period == reporting or period in due_periods(indicator, reporting)


def line_of(review: PlanReview) -> str:
    """Return a plan's counts as they are signed: the line of ratings, and under it that of directions."""
    every = review.counts.every
    return f"{wording.line(every.rag)}\n{wording.direction_line(every.direction)}"


def file_problems(workspace: Workspace) -> tuple[Problem, ...]:
    """Return what is wrong with the plan files, or that they are not applied as they stand."""
    from outcome_tracker.tracker.plans import compare  # with what reads YAML

    compared = compare(workspace)
    if compared.blocking or not compared.changes:
        return compared.blocking
    return (Problem(signoff_wording.not_applied(len(compared.changes)), "targets", key="files"),)


def _read(workspace: Workspace, reader: Reader, period: Period | None) -> _Read:
    found = known_for(workspace, reader, period)
    chosen = period or reporting_period(found)
    commentary = tuple(reader.commentary(as_at=workspace.as_at))
    events = (e for e in reader.sign_offs(chosen) if workspace.as_at is None or e.stamp.known <= workspace.as_at)
    return _Read(found, chosen, commentary, tuple(events))


def _review(workspace: Workspace, read: _Read, plan: str) -> PlanReview:
    """Return one plan as it stands, with the benchmarks that the figures of all areas give."""
    code = plan_coded([p for p in read.found.agreed.plans if p.span.covers(read.period)], plan, read.period).code
    return _reviews(workspace, read, [code])[0]


def _reviews(workspace: Workspace, read: _Read, codes: list[str]) -> list[PlanReview]:
    reviewed = review_of(read.found, read.period)
    chosen = [find_plan(reviewed, code) for code in codes]
    changed = beside_all(workspace, read.found, (row for each in chosen for row in each.rows))
    return [replace(each, rows=tuple(changed.get(row.indicator.code, row) for row in each.rows)) for each in chosen]


def _missing(read: _Read, reviews: Iterable[PlanReview]) -> dict[str, Missing]:
    board = board_of(read.found, read.commentary, read.period)
    return {each.plan.code: core.missing(each.due, board.within(each.plan.code).subjects) for each in reviews}


def lacking(found: Missing) -> tuple[Problem, ...]:
    """Return what a plan's period lacks, each with what to do; what a Red leaves out is a warning."""
    return (
        *(Problem(signoff_wording.not_returned(line), _of(line), key="figure") for line in found.figures),
        *(Problem(signoff_wording.not_explained(line), _of(line), key="note") for line in found.unexplained),
        *(Problem(signoff_wording.no_commentary(each), each.code, key="commentary") for each in found.commentary),
        *(
            Problem(signoff_wording.incomplete(each), each.code, key="commentary", warning=True)
            for each in found.incomplete
        ),
    )


def _plan_status(workspace: Workspace, read: _Read, review: PlanReview, found: Missing) -> PlanStatus:
    progress = core.progress(review.plan.code, read.period, read.events)
    return PlanStatus(review, progress, found, read.period.end < workspace.today)


def _in_the_way(workspace: Workspace, read: _Read, review: PlanReview) -> tuple[Problem, ...]:
    """Return everything that is missing of a plan's period, and what is wrong with the plan files."""
    found = _plan_status(workspace, read, review, _missing(read, [review])[review.plan.code])
    return (*found.problems, *file_problems(workspace))


def _of(line: DueLine) -> str:
    return f"{line.indicator.code} {line.period}"


def _place(progress: Progress) -> str:
    return f"{progress.plan} {progress.period}"


def _stored(
    workspace: Workspace,
    progress: Progress,
    problems: tuple[Problem, ...],
    act: Act,
    why: str,
    line: str = "",
    items: Iterable[Item] = (),
) -> Step:
    """Save a step unless something stands in its way; of two people at once the second is told what the first did."""
    from outcome_tracker.store.writer import Conflict

    if any(not problem.warning for problem in problems):
        return Step(None, problems)
    signed = list(items)
    stamp = workspace.stamp(why=clean(why)).after(progress.last.stamp if progress.last else None)
    # Later than everything that is signed, though another machine's clock may be ahead.
    last = max((item.content["at"] for item in signed if "at" in item.content), default="")
    stamp = stamp.after(replace(stamp, at=datetime.fromisoformat(last)) if last else None)
    event = Event(progress.plan, progress.period, progress.version + 1, act, stamp, line=line)
    if act is Act.SIGNED:
        event = seal.sealed(event, signed)
    try:
        workspace.save([event], Role.OFFICER if act is Act.SUBMITTED else Role.APPROVER)
    except Conflict:
        with workspace.read() as reader:
            now = core.progress(progress.plan, progress.period, reader.sign_offs(progress.period))
        return Step(None, (Problem(signoff_wording.meanwhile(now), _place(progress), key="state"),))
    return Step(event, problems)
