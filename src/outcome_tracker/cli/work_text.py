"""What is still to do as text: figures not returned, by owner, and milestones by plan and action."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from outcome_tracker.cli import marked
from outcome_tracker.cli.output import AMBER, RED, named, spaced, styled, table
from outcome_tracker.cli.summary_text import title
from outcome_tracker.core import wording
from outcome_tracker.core.milestone import Progress

if TYPE_CHECKING:
    from collections.abc import Iterable

    from outcome_tracker.core.milestone import Standing
    from outcome_tracker.core.scorecard import DueLine
    from outcome_tracker.tracker.review import PlanReview, Review

_NOBODY = "No owner named"


def due_lines(review: Review, width: int) -> list[str]:
    """Return what has not been returned, by owner, the earliest due first."""
    found = [*title(review, "Figures to return"), wording.returned_line(review.counts)]
    owners: dict[str, list[DueLine]] = defaultdict(list)
    for line in review.due:
        if not line.is_in:
            owners[line.indicator.owner or line.plan.owner or _NOBODY].append(line)
    for owner in sorted(owners, key=lambda name: (name == _NOBODY, name.casefold())):
        rows = [_due(line) for line in sorted(owners[owner], key=lambda line: line.due)]
        found += ["", *named(owner, width), *table(("Due", "", "Code", "Measure", "Period"), rows, width, title=3)]
    return found


def _due(line: DueLine) -> tuple[str, ...]:
    when = styled("overdue", RED) if line.overdue else "due"
    period = wording.period_short(line.period)
    return marked.day(line.due), when, line.indicator.code, line.indicator.title, period


def milestone_lines(review: Review, plans: Iterable[PlanReview], width: int) -> list[str]:
    """Return where every milestone stands, by plan, actions as rows above their milestones."""
    found = title(review, "Milestones")
    for plan in plans:
        found += ["", *named(f"{plan.plan.code} {plan.plan.title}", width)]
        found += spaced(wording.actions_line(plan.counts.actions), width)
        if plan.plan.illustrative and plan.standings:
            found.append(f"{plan.counts.actions.total} of {plan.counts.actions.total} {wording.ILLUSTRATIVE}")
        rows = [_milestone(standing, action) for standing, action in _with_actions(plan)]
        if rows:
            found += ["", *table(("Status", "Code", "Milestone", "Due"), rows, width, title=2)]
    return found


def _with_actions(plan: PlanReview) -> list[tuple[Standing, str]]:
    """Return the milestones, the first of each action with the action's title where that says more."""
    titles = {action.code: action.title for action in plan.plan.actions}
    found, last = [], ""
    for standing in plan.standings:
        milestone = standing.milestone
        is_new = milestone.action not in {last, milestone.code}
        found.append((standing, titles.get(milestone.action, "") if is_new else ""))
        last = milestone.action
    return found


def _milestone(standing: Standing, action: str) -> tuple[str, ...]:
    milestone = standing.milestone
    status = f"{wording.PROGRESS_GLYPH[standing.status]} {wording.PROGRESS_WORD[standing.status]}"
    late = standing.overdue or standing.status is Progress.DELAYED
    return (
        styled(status, RED if standing.overdue else AMBER) if late else status,
        milestone.code,
        milestone.title,
        wording.due_text(standing.due),
        " · ".join(part for part in _notes(standing, action) if part),
    )


def _notes(standing: Standing, action: str) -> list[str]:
    milestone = standing.milestone
    said = [wording.ILLUSTRATIVE] if milestone.illustrative else []
    if standing.overdue:
        said.append(styled("overdue", RED))
    if standing.due_next:
        said.append("due in the next period")
    if action:
        said.append(f"action: {action}")
    said.append(milestone.owner)
    if standing.rephasings and milestone.due:
        said.append(f"first due {_unbroken(milestone.due)}")
    if standing.history:
        latest = standing.history[-1]
        word = "delivered" if standing.status is Progress.DELIVERED else "since"
        said += [f"{word} {_unbroken(latest.day)}" if latest.day else "", latest.reason]
    return said


def _unbroken(due: str) -> str:
    return wording.due_text(due).replace(" ", "\u00a0")
