"""Where the plans of a period stand, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.seal_wording import addendum_text, broken_text, subject_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from outcome_tracker.core.problem import Problem
    from outcome_tracker.core.seal import Addendum
    from outcome_tracker.core.signoff import Event, Progress
    from outcome_tracker.exchange.as_json import Json
    from outcome_tracker.tracker.signoff import PlanStatus, Status


def status(found: Status, as_at: date) -> Json:
    """Return where the plans stand, what is wrong with the plan files, and what is not as it was signed."""
    return {
        "period": found.period.code,
        "as_at": as_at.isoformat(),
        "plans": [_plan(plan) for plan in found.plans],
        "files": [_problem(problem) for problem in found.files],
        "broken": [
            {"plan": each.event.plan, "period": each.event.period.code, "text": broken_text(each)}
            for each in found.broken
        ],
    }


def _plan(found: PlanStatus) -> Json:
    return {
        "code": found.review.plan.code,
        "plan": found.review.plan.title,
        **_standing(found.progress, found.addenda),
        "line": found.line.splitlines(),
        "missing": [_problem(problem) for problem in found.problems],
        "steps": [event(step) for step in found.progress.events],
    }


def sign_off(found: Progress | None, addenda: Sequence[Addendum]) -> Json | None:
    """Return how far a plan's sign-off is; None before any step of it."""
    return None if found is None else _standing(found, addenda)


def _standing(found: Progress, addenda: Sequence[Addendum]) -> Json:
    return {
        "state": found.state.value,
        "revised": found.is_revised,
        "signed": event(found.signed) if found.signed else None,
        "addenda": [{"what": subject_text(each.now), "text": addendum_text(each)} for each in addenda],
    }


def event(found: Event) -> Json:
    """Return one step of a plan's period."""
    return {
        "version": found.version,
        "action": found.act.value,
        "who": found.stamp.who,
        "on": found.stamp.known.isoformat(),
        "at": found.stamp.at.isoformat(timespec="seconds"),
        "why": found.stamp.why or None,
        "seal": found.seal or None,
    }


def _problem(found: Problem) -> Json:
    return {"place": found.path, "what": found.key, "text": found.message, "warning": found.warning}
