"""What is still to do as text: figures not returned, by owner, and milestones by plan and action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.cli import marked
from outcome_tracker.cli.output import AMBER, RED, heading, named, spaced, styled, table
from outcome_tracker.cli.summary_text import title
from outcome_tracker.core import wording
from outcome_tracker.core.collecting_wording import when_due
from outcome_tracker.core.milestone import Progress
from outcome_tracker.tracker.collection import by_owner, by_plan

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from outcome_tracker.core.milestone import Standing
    from outcome_tracker.core.scorecard import DueLine
    from outcome_tracker.tracker.collection import Share
    from outcome_tracker.tracker.review import PlanReview, Review


def due_lines(review: Review, width: int) -> list[str]:
    """Return what has not been returned, by owner, the earliest due first; then how much is in, by owner and plan."""
    found = due_heading(review)
    for share in by_owner(review.due):
        if share.waiting:
            rows = [_due(line) for line in share.waiting]
            headings = ("Due", "", "Code", "Measure", "Period")
            found += ["", *named(share.title, width), *table(headings, rows, width, title=3)]
    return [*found, *share_lines(review, "owner", width), *share_lines(review, "plan", width)]


def due_heading(review: Review) -> list[str]:
    """Return the first lines: what it is, and how much of everything is in."""
    return [*title(review, "Figures to return"), wording.returned_line(review.counts)]


def share_lines(review: Review, name: str, width: int) -> list[str]:
    """Return how much is in, by `owner` or `plan`, counted in indicators and in figures."""
    rows = [_share(share, review.as_at) for share in shares_by(name, review.due)]
    columns = (name.capitalize(), "Indicators in", "Figures in", "Overdue", "Next due")
    shown = table(columns, rows, width, right="Indicators in|Figures in|Overdue")
    return ["", heading(f"By {name}"), *shown] if rows else []


def shares_by(name: str, lines: Iterable[DueLine]) -> tuple[Share, ...]:
    """Return the shares by `owner` or `plan`."""
    return by_owner(lines) if name == "owner" else by_plan(lines)


def _share(share: Share, as_at: date) -> tuple[str, ...]:
    counts = share.counts
    return (
        share.title + f" {wording.ILLUSTRATIVE}" * share.illustrative,
        f"{counts.returned} of {counts.due}",
        f"{share.figures_in} of {len(share.lines)}",
        str(counts.overdue),
        when_due(share.next_due, as_at).removeprefix("due ") if share.next_due else "",
    )


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
