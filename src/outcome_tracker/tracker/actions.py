"""Actions and milestones: change a status, re-phase with a date and a reason, add a note."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outcome_tracker.core.board import Item, on_text
from outcome_tracker.core.milestone import (
    NOT_STATED,
    Progress,
    Report,
    Standing,
    counts_in,
    doubts,
    read_due,
    refusals,
    usual_day,
)
from outcome_tracker.core.problem import Problem, Unavailable, nearest
from outcome_tracker.core.text import clean
from outcome_tracker.core.wording import period_short
from outcome_tracker.tracker.review import Known, known, plan_standings, reporting_period

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from outcome_tracker.core.indicator import Plan
    from outcome_tracker.core.period import Period
    from outcome_tracker.tracker.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of a milestone, as typed. Without a status it is a note: the status stays."""

    status: Progress | None = None
    day: str = ""
    new_due: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """What was saved, what is odd about it, and whether it counts in the period reported on."""

    report: Report
    doubts: tuple[str, ...]
    reporting: Period
    counts: bool


def board_of(found: Known, reporting: Period) -> list[Item]:
    """Return where every milestone stands in a reporting period, in the order of the plans."""
    plans = [plan for plan in found.agreed.plans if plan.span.covers(reporting)]
    return [item for plan in plans for item in items_of(plan, plan_standings(found, plan, reporting))]


def items_of(plan: Plan, standings: Iterable[Standing]) -> list[Item]:
    """Return where a plan's milestones stand, each with its action."""
    actions = [action for action in plan.actions for _ in action.counted]
    return [Item(plan, *each) for each in zip(actions, standings, strict=True)]


def owned_by(items: Sequence[Item], owner: str) -> list[Item]:
    """Return what one owner answers for; raises `Unavailable` naming the nearest when nobody is called so."""
    found = [item for item in items if item.owner.casefold() == owner.strip().casefold()]
    if not found:
        owners = list(dict.fromkeys(item.owner for item in items))
        named = f"Owners: {', '.join(owners)}." if owners else ""
        raise Unavailable(f"No milestone belongs to '{owner}'.{nearest(owner, owners)}", named)
    return found


def report_of(standing: Standing, said: Said, reporting: Period, today: date) -> Report | list[Problem]:
    """Return the report that says it, or everything that is wrong with it. Nothing is read or saved.

    A status holds on the reporting date unless it says its day. A note keeps status, new date and day of closing.
    """
    day, new_due, reason = clean(said.day), clean(said.new_due), clean(said.reason)
    wrong = [(key, error) for key, words in (("date", day), ("new_due", new_due)) if (error := _unread(words))]
    if not day and standing.later:
        wrong.append(("date", later_text(standing, reporting)))
    status, due = said.status, standing.due
    if status is None:
        status, due = standing.status, ""
        if not reason:
            wrong.append(("reason", "There is nothing in the note; write it."))
        if new_due:
            wrong.append(("new_due", "A note changes no date; re-phase for that."))
        day = day or (standing.history[-1].day if status.is_closed else "")
        new_due = (standing.due or NOT_STATED) if status is Progress.REPHASED else ""
    if not day and status is not Progress.DELIVERED:
        day = usual_day(reporting, today).isoformat()
    told = {key for key, _ in wrong}
    report = Report(
        standing.milestone.code,
        standing.version + 1,
        status,
        "" if "date" in told else day,
        "" if "new_due" in told else new_due,
        reason,
    )
    wrong += [each for each in refusals(report, due, today) if each[0] not in told]
    return [Problem(sentence, report.milestone, key=key) for key, sentence in wrong] or report


def later_text(standing: Standing, reporting: Period) -> str:
    """Return why a status needs its day in a period: without one it would undo what has been recorded since."""
    last = standing.later[-1]
    return (
        f"{last.status.value.capitalize()} is recorded {on_text(last.day)}, after {period_short(reporting)}; "
        "write the day since which the new status holds."
    )


def _unread(words: str) -> str:
    try:
        read_due(words)
    except ValueError as error:
        return str(error)
    return ""


def change(
    workspace: Workspace, code: str, said: Said, *, period: Period | None = None, expected: int | None = None
) -> Changed | list[Problem]:
    """Save what is said of a milestone; or return everything that is wrong, and nothing is stored then.

    `period` is the one reported on (the council's own when None). `expected` is the version seen; another there now
    raises `Conflict`.
    """
    found = known(workspace)
    reporting = period or reporting_period(found)
    every = {
        standing.milestone.code.casefold(): standing
        for plan in found.agreed.plans
        for standing in plan_standings(found, plan, reporting)
    }
    standing = every.get(code.strip().casefold())
    if standing is None:
        near = nearest(code.strip().upper(), [each.milestone.code for each in every.values()])
        return [Problem(f"There is no milestone '{code}'.{near}", key="milestone")]
    report = report_of(standing, said, reporting, workspace.today)
    if not isinstance(report, Report):
        return report
    version = report.version if expected is None else expected + 1
    report = replace(report, version=version, stamp=workspace.stamp())
    workspace.save([report])
    counts = counts_in(report, reporting, found.council.figures_due_days)
    odd = doubts(report, standing.milestone) if said.status else []
    return Changed(report, tuple(odd), reporting, counts)
