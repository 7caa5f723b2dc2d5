"""The milestones board: what is due when, what can be picked out, and who answers for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from outcome_tracker.core.milestone import Progress, due_day, read_due
from outcome_tracker.core.period import Period
from outcome_tracker.core.wording import due_text

if TYPE_CHECKING:
    from outcome_tracker.core.indicator import Action, Plan
    from outcome_tracker.core.milestone import Standing

NOBODY = "No owner named"


class When(StrEnum):
    """When a milestone is due, seen from a reporting period; what needs a decision comes first."""

    OVERDUE = "Overdue"
    THIS = "Due in this period"
    NEXT = "Due in the next period"
    LATER = "Later"
    UNDATED = "No date stated"
    DONE = "Delivered or cancelled"


class Pick(StrEnum):
    """What the board can pick out, as the summary counts it."""

    OVERDUE = "overdue"
    DUE_NEXT = "due next period"
    REPHASED = "re-phased"
    DELIVERED = "delivered this year"

    def takes(self, standing: Standing) -> bool:
        """Tell whether a milestone belongs to it."""
        match self:
            case Pick.OVERDUE:
                return standing.overdue
            case Pick.DUE_NEXT:
                return standing.due_next
            case Pick.REPHASED:
                return standing.status is Progress.REPHASED
            case Pick.DELIVERED:
                return standing.delivered_in_year


@dataclass(frozen=True, slots=True)
class Item:
    """A milestone with the action and the plan that it belongs to, and where it stands."""

    plan: Plan
    action: Action
    standing: Standing

    @property
    def code(self) -> str:
        """The milestone's code."""
        return self.standing.milestone.code

    @property
    def is_action(self) -> bool:
        """Whether it is an action without milestones, which counts as one."""
        return not self.action.milestones

    @property
    def owner(self) -> str:
        """Who answers for it: its own owner, else the action's, else the plan's."""
        return self.standing.milestone.owner or self.action.owner or self.plan.owner or NOBODY

    @property
    def illustrative(self) -> bool:
        """Whether it, its action or its plan is made up."""
        return self.standing.milestone.illustrative or self.action.illustrative or self.plan.illustrative


def when(standing: Standing, reporting: Period) -> When:
    """Return when a milestone is due."""
    day = due_day(standing.due)
    if standing.status.is_closed:
        return When.DONE
    if standing.overdue:
        return When.OVERDUE
    if standing.due_next:
        return When.NEXT
    if day is None:
        return When.UNDATED
    return When.THIS if day <= reporting.end else When.LATER


def by_day(item: Item) -> date:
    """Sort by the date due, what has none last."""
    return due_day(item.standing.due) or date.max


def on_text(day: str) -> str:
    """Return a day or year inside a sentence: `on 31 Mar 2019`, `during 2018-19`; nothing where none is stated."""
    if due_day(day) is None:
        return ""
    words = due_text(day)
    return words if isinstance(read_due(day), Period) else f"on {words}"
