"""What "Sign-off" shows: the plans with how far they are, and of one everything that is missing or came later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcome_tracker.core import signoff_wording
from outcome_tracker.core.day import day_text
from outcome_tracker.core.seal_wording import addendum_text, broken_text, short, subject_text
from outcome_tracker.core.signoff import State
from outcome_tracker.core.text import listed, plural
from outcome_tracker.core.wording import REVISED, lacking_text, period_short
from outcome_tracker.tui import places
from outcome_tracker.tui.cells import DOT
from outcome_tracker.tui.widgets.drawn import cut, flowed, text, wrapped
from outcome_tracker.tui.widgets.grid_data import Cell, Column, Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.content import Content

    from outcome_tracker.core.commentary import Subject
    from outcome_tracker.core.scorecard import DueLine
    from outcome_tracker.core.seal import Addendum, Broken
    from outcome_tracker.tracker.signoff import PlanStatus, Status

FILES = "plan files"
_STATES = {
    State.OPEN: ("○ open", "strong"),
    State.SUBMITTED: ("• submitted", "accent"),
    State.SIGNED: ("✓ signed off", "muted"),
}
PLANS = (
    Column("state", "", width=12, priority=100),
    Column("code", "plan", priority=90),
    Column("title", "", width=16, fill=1, priority=85),
    Column("missing", "missing", align="right", priority=95),
    Column("later", "addenda", align="right", priority=80),
    Column("who", "last step", priority=70),
)
ITEMS = (
    Column("kind", "", width=13, priority=100),
    Column("what", "about", priority=90),
    Column("says", "what to do or know", width=24, fill=1, priority=95, wrap=4),
)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is missing, worth a look, altered or later. `place` and `code` are where it can be mended."""

    key: str
    kind: Cell
    what: str
    says: str
    place: type[places.Place] | None = None  # else the indicator opens
    code: str = ""
    hinders: bool = False


def items_of(found: Status, plan: PlanStatus) -> list[Item]:
    """Return everything to be told of a plan: what was altered, is missing, is worth a look or came later."""
    return [*_altered(found, plan), *_files(found, plan), *_missing(plan), *_later(plan)]


def _altered(found: Status, plan: PlanStatus) -> Iterator[Item]:
    for number, each in enumerate(broken_of(found, plan)):
        what = subject_text(each.was) if each.was else f"{each.event.plan} {each.event.period}"
        yield Item(f"altered {number}", Cell("✗ altered", "problem"), what, _capital(broken_text(each)), code="")


def broken_of(found: Status, plan: PlanStatus) -> list[Broken]:
    """Return what is not as it was signed off in any period of a plan."""
    return [each for each in found.broken if each.event.plan == plan.review.plan.code]


def _files(found: Status, plan: PlanStatus) -> Iterator[Item]:
    if plan.state is State.SIGNED:
        return
    for number, problem in enumerate(found.files):
        says = str(problem) if problem.key != "files" else problem.message
        kind = Cell("! plan files", "warning")
        yield Item(f"{FILES} {number}", kind, FILES, says, places.Targets, hinders=True)


def _missing(plan: PlanStatus) -> Iterator[Item]:
    if plan.state is State.SIGNED:
        return
    missing, warning = plan.missing, Cell("! missing", "warning")
    if not plan.is_over:
        says = signoff_wording.not_over(plan.progress.period)
        yield Item("period", Cell("! too early", "warning"), plan.progress.period.code, says, hinders=True)
    for line in missing.figures:
        yield _figure(line, warning, "It has not been returned; enter it, or say why there is none.")
    for line in missing.unexplained:
        status = line.figure.content.status if line.figure else ""
        yield _figure(line, warning, f"It is {status}, and nothing says why; add a note.")
    for subject in missing.commentary:
        yield _commentary(subject, warning, signoff_wording.no_commentary(subject), hinders=True)
    for subject in missing.incomplete:
        says = f"It is Red, and its commentary says {lacking_text(subject)}."
        yield _commentary(subject, Cell("worth a look", "muted"), says, hinders=False)


def _figure(line: DueLine, kind: Cell, says: str) -> Item:
    key = f"{line.indicator.code} {line.period.code}"
    return Item(key, kind, key, f"{line.indicator.title}. {says}", places.EnterFigures, key, hinders=True)


def _commentary(subject: Subject, kind: Cell, says: str, *, hinders: bool) -> Item:
    key = f"commentary {subject.code}"
    return Item(key, kind, subject.code, f"{subject.title}. {says}", places.Commentary, subject.code, hinders)


def _later(plan: PlanStatus) -> Iterator[Item]:
    for number, each in enumerate(plan.addenda):
        yield Item(
            f"later {number}", Cell("+ addendum", "accent"), "", addendum_text(each), code=_indicator(each, plan)
        )


def _indicator(addendum: Addendum, plan: PlanStatus) -> str:
    """Return the indicator that an addendum is about; nothing where it is about something else."""
    codes = {row.indicator.code for row in plan.review.rows}
    return next((part for part in addendum.now.key if part in codes), "")


def _capital(sentence: str) -> str:
    return f"{sentence[:1].upper()}{sentence[1:]}."


def plan_line(found: Status, plan: PlanStatus) -> Line:
    """Return the line of a plan: how far it is, how much is missing, what came later, who did the last step."""
    word, style = _STATES[plan.state]
    hindering = sum(item.hinders for item in items_of(found, plan))
    last, altered = plan.progress.last, len(broken_of(found, plan))
    who = f"{day_text(last.stamp.known)}, {last.stamp.who}" if last else ""
    return Line(
        plan.review.plan.code,
        {
            "state": Cell("✗ altered", "problem") if altered else Cell(f"{word}{_mark(plan)}", style),
            "code": Cell(plan.review.plan.code),
            "title": Cell(plan.review.plan.title),
            "missing": Cell(str(hindering), "warning") if hindering else Cell("0", "muted"),
            "later": Cell(str(len(plan.addenda)), "accent") if plan.addenda else Cell(),
            "who": Cell(who, "muted"),
        },
    )


def _mark(plan: PlanStatus) -> str:
    return f" {REVISED}" if plan.progress.is_revised else ""


def item_line(item: Item) -> Line:
    """Return the line of one thing to be told of a plan."""
    return Line(item.key, {"kind": item.kind, "what": Cell(item.what), "says": Cell(item.says)})


def above(found: Status, width: int) -> list[Content]:
    """Draw how far all plans are, and what is wrong in all."""
    if not found.plans:
        return [text((f" No plan counts in {period_short(found.period)}.", "bold"))]
    counts = [(sum(plan.state is state for plan in found.plans), state) for state in reversed(State)]
    told = listed([f"{count} {state}" for count, state in counts if count])
    lines = [text((f" {plural(len(found.plans), 'plan')}: {told}", "bold"))]
    if found.broken:
        things = plural(len(found.broken), "thing is", "things are")
        said = f"✗ {things} not as signed off: somebody changed the database by other means. No report is made."
        lines += [text(" ", line) for line in wrapped(text((said, "$error")), width - 2)]
    return lines


def between(plan: PlanStatus | None, items: list[Item], width: int) -> list[Content]:
    """Draw of the chosen plan how far it is, its counts, and what can be done."""
    if plan is None:
        return []
    signed = plan.progress.signed
    state = signoff_wording.state_text(plan.progress)
    seal = f"{DOT}seal {short(signed.seal)}" if signed and signed.seal else ""
    named = text((f"{plan.review.plan.code} {plan.review.plan.title}", "bold"))
    said = [cut(named, width - 2), *wrapped(text(_capital(state).rstrip("."), (seal, "$quiet")), width - 2)]
    said += flowed([text((line, "$quiet")) for line in plan.line.splitlines()], DOT, width - 2)
    if not any(item.hinders for item in items) and (plan.state is not State.SIGNED or not items):
        said.append(text((_done(plan), "$quiet")))
    return [text(" ", line) for line in said]


def _done(plan: PlanStatus) -> str:
    match plan.state:
        case State.OPEN:
            return "Nothing is missing: s submits it for sign-off."
        case State.SUBMITTED:
            return "Nothing is missing: s signs it off."
        case State.SIGNED:
            return "Nothing came in since."
