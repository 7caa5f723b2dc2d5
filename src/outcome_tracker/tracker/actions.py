"""Actions and milestones: change a status, re-phase with a date and a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.milestone import Progress, Report, Standing, read_due, refusal
from outcome_tracker.core.problem import Problem
from outcome_tracker.core.text import clean
from outcome_tracker.tracker.review import Known, known, plan_standings, reporting_period

if TYPE_CHECKING:
    from outcome_tracker.core.indicator import Plan
    from outcome_tracker.core.period import Period
    from outcome_tracker.tracker.workspace import Workspace


def standings(workspace: Workspace, period: Period | None = None) -> list[tuple[Plan, Standing]]:
    """Return where every milestone stands on the reporting date, in the order of the plans."""
    found = known(workspace)
    return standings_of(found, period or reporting_period(found))


def standings_of(found: Known, reporting: Period) -> list[tuple[Plan, Standing]]:
    """As `standings`, of what has been read already."""
    return [
        (plan, standing)
        for plan in found.agreed.plans
        if plan.span.covers(reporting)
        for standing in plan_standings(found, plan, reporting)
    ]


def change_status(
    workspace: Workspace,
    code: str,
    status: Progress,
    *,
    day: str = "",
    new_due: str = "",
    reason: str = "",
    expected: int | None = None,
) -> Report | Problem:
    """Save a milestone's new status; a `Problem` says what is missing, and nothing is stored then.

    `day` is when it happened (today when empty). `expected` is the version seen; another there now raises `Conflict`.
    """
    day = clean(day) or workspace.today.isoformat()
    if problem := check_status(code, status, day=day, new_due=new_due, reason=reason):
        return problem
    found = known(workspace)
    codes = {m.code.casefold(): m.code for p in found.agreed.plans for a in p.actions for m in a.counted}
    milestone = codes.get(code.strip().casefold())
    if milestone is None:
        return Problem(f"There is no milestone '{code}'.", key="milestone")
    version = len(found.reports.get(milestone, ())) if expected is None else expected
    report = Report(milestone, version + 1, status, day, clean(new_due), clean(reason), stamp=workspace.stamp())
    workspace.save([report])
    return report


def check_status(code: str, status: Progress, *, day: str = "", new_due: str = "", reason: str = "") -> Problem | None:
    """Return what is wrong with a new status, or missing from it; nothing is read or saved."""
    day, new_due = clean(day), clean(new_due)
    for key, text in (("date", day), ("new_due", new_due)):
        try:
            read_due(text)
        except ValueError as error:
            return Problem(str(error), code, key=key)
    missing = refusal(Report(code, 0, status, day, new_due, clean(reason)))
    return Problem(missing[1], code, key=missing[0]) if missing else None
