"""Milestones as text, by plan and action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.cli.output import AMBER, RED, named, spaced, styled, table
from outcome_tracker.cli.summary_text import title
from outcome_tracker.core import wording
from outcome_tracker.core.milestone import Progress
from outcome_tracker.core.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from outcome_tracker.core.board import Item
    from outcome_tracker.core.milestone import Standing
    from outcome_tracker.tracker.review import PlanReview, Review


def milestone_lines(
    review: Review, plans: Iterable[PlanReview], items: Sequence[Item], picked: Sequence[str], width: int
) -> list[str]:
    """Return where milestones stand, by plan, actions named above their milestones; `picked` says which they are."""
    found = title(review, "Milestones")
    every = sum(len(plan.standings) for plan in plans)
    if picked:
        found += spaced(f"{len(items)} of {plural(every, 'milestone')}: {', '.join(picked)}", width)
    for plan in plans:
        shown = [item for item in items if item.plan.code == plan.plan.code]
        if picked and not shown:
            continue
        found += ["", *named(f"{plan.plan.code} {plan.plan.title}", width)]
        found += spaced(wording.actions_line(plan.counts.actions), width)
        if plan.plan.illustrative and plan.standings:
            found.append(f"{plan.counts.actions.total} of {plan.counts.actions.total} {wording.ILLUSTRATIVE}")
        rows = [_milestone(item, is_first=is_first) for item, is_first in _with_actions(shown)]
        if rows:
            found += ["", *table(("Status", "Code", "Milestone", "Due"), rows, width, title=2)]
    return found


def _with_actions(items: Iterable[Item]) -> list[tuple[Item, bool]]:
    """Return the milestones, and whether each is the first of its action."""
    found, last = [], ""
    for item in items:
        found.append((item, item.action.code != last))
        last = item.action.code
    return found


def _milestone(item: Item, *, is_first: bool) -> tuple[str, ...]:
    standing = item.standing
    milestone = standing.milestone
    status = f"{wording.PROGRESS_GLYPH[standing.status]} {wording.PROGRESS_WORD[standing.status]}"
    late = standing.overdue or standing.status is Progress.DELAYED
    return (
        styled(status, RED if standing.overdue else AMBER) if late else status,
        milestone.code,
        milestone.title,
        wording.due_text(standing.due),
        " · ".join(part for part in _notes(item, is_first=is_first) if part),
    )


def _notes(item: Item, *, is_first: bool) -> list[str]:
    standing = item.standing
    milestone = standing.milestone
    said = [wording.ILLUSTRATIVE] if milestone.illustrative else []
    if standing.overdue:
        said.append(styled("overdue", RED))
    if standing.due_next:
        said.append("due in the next period")
    if item.is_action:
        said.append("an action without milestones, counts as one")
    elif is_first:
        said.append(f"action: {item.action.title}" + (f" ({item.action.owner})" if item.action.owner else ""))
    said.append(milestone.owner)
    if standing.rephasings and milestone.due:
        said.append(f"first due {_unbroken(milestone.due)}")
    if standing.history:
        said += _latest(standing)
    if standing.later:
        last = standing.later[-1]
        said.append(f"since then {last.status} {_unbroken(last.day)}")
    return said


def _latest(standing: Standing) -> list[str]:
    """Return since when it is so, and why; for what is re-phased and has a note since, both."""
    latest = standing.history[-1]
    word = "delivered" if standing.status is Progress.DELIVERED else "since"
    moved = standing.rephasings[-1:] if standing.status is Progress.REPHASED else ()
    reasons = dict.fromkeys(report.reason for report in (*moved, latest))
    return [f"{word} {_unbroken(latest.day)}" if latest.day else "", *reasons]


def _unbroken(due: str) -> str:
    return wording.due_text(due).replace(" ", "\u00a0")
