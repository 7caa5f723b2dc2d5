"""Where the plans of a period stand, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.cli import marked
from outcome_tracker.cli.output import AMBER, BOLD, RED, heading, named, paragraph, spaced, styled
from outcome_tracker.core.seal_wording import addendum_text, broken_text
from outcome_tracker.core.signoff import State
from outcome_tracker.core.signoff_wording import progress_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from outcome_tracker.tracker.signoff import PlanStatus, Status

_INDENT = "  "


def lines(found: Status, as_at: date, width: int) -> list[str]:
    """Return where the plans stand, what is wrong with the plan files, and what is not as it was signed."""
    shown = [styled("Sign-off", BOLD), f"{found.period.label} · as at {marked.day(as_at)}"]
    if found.broken:
        told = [styled(f"✗ {broken_text(each)}", RED) for each in found.broken]
        shown += ["", heading("Not as signed off"), *_list(told, width)]
    for plan in found.plans:
        shown += ["", *_plan(plan, width)]
    if found.files:
        shown += ["", heading("Plan files"), *_list(map(str, found.files), width)]
    return shown


def _plan(found: PlanStatus, width: int) -> list[str]:
    plan, state = found.review.plan, progress_text(found.progress)
    shown = named(f"{plan.code} {plan.title}", width)
    shown += paragraph(state if found.state is State.SIGNED else styled(state, AMBER), width)
    for line in found.line.splitlines():
        shown += spaced(line, width)
    if found.addenda:
        shown += ["Addenda since sign-off:", *_list(map(addendum_text, found.addenda), width)]
    missing = [str(problem) for problem in found.problems if not problem.warning]
    if missing:
        shown += ["Missing:", *_list(missing, width)]
    warnings = [str(problem) for problem in found.problems if problem.warning]
    return [*shown, *(["Worth a look:", *_list(warnings, width)] if warnings else [])]


def _list(texts: Iterable[str], width: int) -> list[str]:
    return [line for text in texts for line in paragraph(text, width, first=_INDENT, indent=_INDENT * 2)]
