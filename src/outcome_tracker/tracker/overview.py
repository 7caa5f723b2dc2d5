"""A summary's parts: the whole council, its themes and its plans, for headline indicators, wider ones or all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outcome_tracker.core.scorecard import Counts, count

if TYPE_CHECKING:
    from collections.abc import Iterable

    from outcome_tracker.core.indicator import Tier
    from outcome_tracker.core.milestone import Progress, Standing
    from outcome_tracker.core.scorecard import DueLine, Row
    from outcome_tracker.tracker.review import PlanReview, Review

OTHER = "Other plans"  # those without a theme, where others have one


@dataclass(frozen=True, slots=True)
class Scope:
    """Plans counted together: all of the council's, those of a theme, or one."""

    name: str
    plans: tuple[PlanReview, ...]
    counts: Counts

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row of every plan."""
        return tuple(row for plan in self.plans for row in plan.rows)

    @property
    def due(self) -> tuple[DueLine, ...]:
        """Every figure that a return for the period needs."""
        return tuple(line for plan in self.plans for line in plan.due)

    @property
    def progress(self) -> Counter[Progress]:
        """How many milestones have each status."""
        return Counter(standing.status for plan in self.plans for standing in plan.standings)


def whole(review: Review) -> Scope:
    """Return all plans together."""
    return Scope("All plans", review.plans, review.counts)


def themes(review: Review) -> tuple[Scope, ...]:
    """Return the plans by theme, in the order of the plans, those without one last; nothing where none has one."""
    if not any(plan.plan.theme for plan in review.plans):
        return ()
    named: dict[str, list[PlanReview]] = {}
    for plan in sorted(review.plans, key=lambda p: not p.plan.theme):
        named.setdefault(plan.plan.theme or OTHER, []).append(plan)
    return tuple(Scope(name, tuple(plans), _counted(plans)) for name, plans in named.items())


def only(review: Review, tier: Tier | None) -> Review:
    """Return the review with the indicators of one tier, counted anew; None keeps all.

    Actions belong to plans, not to tiers, so they stay; what a source printed of all indicators is left out.
    """
    if tier is None:
        return review
    plans = tuple(_narrowed(plan, tier) for plan in review.plans)
    return replace(review, plans=plans, counts=_counted(plans))


def _narrowed(plan: PlanReview, tier: Tier) -> PlanReview:
    rows = tuple(row for row in plan.rows if row.indicator.tier is tier)
    due = tuple(line for line in plan.due if line.indicator.tier is tier)
    return replace(plan, rows=rows, due=due, counts=count(rows, due, plan.standings), published=())


def _counted(plans: Iterable[PlanReview]) -> Counts:
    every = tuple(plans)
    standings: list[Standing] = [standing for plan in every for standing in plan.standings]
    return count([r for p in every for r in p.rows], [line for p in every for line in p.due], standings)


def overdue_by_owner(due: Iterable[DueLine]) -> list[tuple[str, int]]:
    """Return who owes the figures of how many indicators that are overdue, most first."""
    if not (late := [line for line in due if line.overdue]):
        return []
    from outcome_tracker.tracker.collection import by_owner

    return sorted(((share.title, share.counts.overdue) for share in by_owner(late)), key=lambda found: -found[1])
