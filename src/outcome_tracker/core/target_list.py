"""Every target of every indicator as a list: what holds when, what was revised, and what is only proposed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from outcome_tracker.core.number import grouped
from outcome_tracker.core.scorecard import in_force_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from outcome_tracker.core.indicator import Agreed, Indicator, Plan
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.target import Goal, Revision, Target


class State(StrEnum):
    """What a line of the list is in the reporting period."""

    IN_FORCE = "in force"
    AGREED = "agreed"
    REPLACED = "replaced"
    PROPOSED = "proposed, not in force"
    NO_TARGET = "no target"
    CONTEXT = "context, not rated"


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target from its start until it is revised or its year ends; or a proposal; or that there is none.

    `revision` is the one that made it, None for what was agreed first; `until` is the last period in which it holds,
    None where it holds to the end of its year.
    """

    plan: Plan
    indicator: Indicator
    state: State
    target: Target | None = None
    goal: Goal | None = None
    revision: Revision | None = None
    until: Period | None = None

    @property
    def reason(self) -> str:
        """Why it was revised or proposed, or was set as it is."""
        return self._said("reason")

    @property
    def by(self) -> str:
        """Who revised or proposed it."""
        return self._said("by")

    def _said(self, name: str) -> str:
        if self.revision is not None:
            return str(getattr(self.revision, name))
        if self.target is None or (self.target.proposed is not None and self.state is not State.PROPOSED):
            return ""  # beside a proposal the reason is the proposal's
        return str(getattr(self.target, name))

    @property
    def profile(self) -> tuple[tuple[str, Decimal], ...]:
        """What is to be reached by each part of the year; a revision or a proposal has none."""
        if self.target is None or self.revision is not None or self.state is State.PROPOSED:
            return ()
        return self.target.profile

    @property
    def profile_text(self) -> str:
        """The profile as `Q1 300, Q2 650, Q3 1,000, Q4 1,330`."""
        return ", ".join(f"{key} {grouped(number)}" for key, number in self.profile)

    @property
    def holds(self) -> str:
        """When it holds: `2019-20`, `2019-20 from Q3`, `2019-20 until Q2`; that it never did."""
        if self.target is None:
            return ""
        year = self.target.year
        if self.state is State.REPLACED:
            return f"{year.code}, never held"
        first = self.revision.start if self.revision and self.revision.start.start > year.start else None
        ends = (
            f"from {_inside(first, year)}" if first else "",
            f"until {_inside(self.until, year)}" if self.until else "",
        )
        return " ".join(part for part in (year.code, *ends) if part)

    @property
    def illustrative(self) -> bool:
        """Whether it is invented."""
        return self.target.illustrative if self.target else self.indicator.illustrative


def _inside(period: Period, year: Period) -> str:
    """Return a period beside its year, which is not said again: `Q3` of `2019-20 Q3`."""
    return period.code.removeprefix(f"{year.code} ")


def target_lines(agreed: Agreed, period: Period) -> tuple[TargetLine, ...]:
    """Return the targets of every indicator in the order of the plans, each indicator's by year.

    What is in force is judged on the last day of the reporting period.
    """
    return tuple(
        line for plan in agreed.plans for indicator in plan.indicators for line in _of(plan, indicator, period)
    )


def _of(plan: Plan, indicator: Indicator, period: Period) -> Iterator[TargetLine]:
    if not indicator.targets:
        yield TargetLine(plan, indicator, State.CONTEXT if indicator.is_context else State.NO_TARGET)
    counts = in_force_at(plan, indicator, period)
    for target in sorted(indicator.targets, key=lambda t: t.year.start):
        if target.goal is not None:
            yield from _stretches(plan, indicator, target, period.end if counts else None)
        if target.proposed is not None:
            yield TargetLine(plan, indicator, State.PROPOSED, target, target.proposed)


def _stretches(plan: Plan, indicator: Indicator, target: Target, day: date | None) -> Iterator[TargetLine]:
    """Yield what was agreed and each revision, up to the next."""
    revised = sorted(target.revised, key=lambda r: r.start.start)
    for revision, following in zip([None, *revised], [*revised, None], strict=True):
        start = target.year.start if revision is None else max(revision.start.start, target.year.start)
        end = target.year.end if following is None else following.start.start - timedelta(days=1)
        state = State.REPLACED if end < start else State.AGREED
        if day is not None and start <= day <= end:
            state = State.IN_FORCE
        goal = target.goal if revision is None else revision.goal
        until = following.start.previous if following is not None else None
        yield TargetLine(plan, indicator, state, target, goal, revision, until)
