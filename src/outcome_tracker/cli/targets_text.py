"""The targets as applied: as text by plan, and as rows for JSON and CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.cli.output import BOLD, cells, named, padded, paragraph, spaced, styled
from outcome_tracker.core.number import plain
from outcome_tracker.core.target import as_written
from outcome_tracker.core.target_list import State
from outcome_tracker.core.wording import ILLUSTRATIVE, goal_text, period_short
from outcome_tracker.exchange import as_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from outcome_tracker.core.period import Period
    from outcome_tracker.core.target_list import TargetLine
    from outcome_tracker.exchange.as_json import Json

COLUMNS = (
    *("plan", "code", "title", "year", "holds_from", "holds_until", "target", "target_upper", "state", "tolerance"),
    *("profile", "reason", "by", "source", "illustrative"),
)


def lines(period: Period, found: Sequence[TargetLine], width: int) -> list[str]:
    """Return the targets by plan and indicator; below a target what explains it."""
    said = [
        styled("Targets as applied", BOLD),
        *spaced(f"In force: judged at the end of {period_short(period)}.", width),
    ]
    widths = [max((cells(text) for text in column), default=0) for column in zip(*map(_cells, found), strict=True)]
    plan = indicator = ""
    for line in found:
        if line.plan.code != plan:
            plan = line.plan.code
            flag = f" {ILLUSTRATIVE}" if line.plan.illustrative else ""
            said += ["", *named(f"{plan} {line.plan.title}{flag}", width)]
        if line.indicator.code != indicator:
            indicator = line.indicator.code
            said += paragraph(f"{indicator}  {line.indicator.title}", width, indent="    ")
        holds, goal, tolerance = (padded(text, widths[n], right=n == _RIGHT) for n, text in enumerate(_cells(line)))
        state = "" if line.state is State.AGREED else str(line.state)
        shown = styled(state, BOLD) if line.state is State.IN_FORCE else state
        said.append("    " + "  ".join((holds, goal, tolerance, shown) if line.goal else (shown,)).rstrip())
        if why := _why(line):
            said += paragraph(why, width, first="      ", indent="      ")
    return said


_RIGHT = 1  # the column of numbers


def _cells(line: TargetLine) -> tuple[str, str, str]:
    if line.goal is None:
        return "", "", ""
    return line.holds, goal_text(line.goal, line.indicator), line.indicator.tolerance.code


def _why(line: TargetLine) -> str:
    flag = ILLUSTRATIVE if line.illustrative and line.target else ""
    profile = f"profile {line.profile_text}" if line.profile else ""
    return " · ".join(part for part in (flag, profile, line.reason, f"by {line.by}" if line.by else "") if part)


def data(line: TargetLine) -> Json:
    """Return a target as an object; a range as its two bounds."""
    numbers = _numbers(line)
    goal = [as_json.number(number) for number in numbers]
    return {
        **_texts(line),
        "target": (goal if len(goal) > 1 else goal[0]) if goal else None,
        "profile": {key: as_json.number(number) for key, number in line.profile} or None,
        "reason": line.reason or None,
        "by": line.by or None,
        "source": line.target.source or None if line.target else None,
        "illustrative": line.illustrative,
    }


def row(line: TargetLine) -> dict[str, object]:
    """Return a target as a row of CSV."""
    numbers = [plain(number) for number in _numbers(line)]
    return {
        **_texts(line),
        "target": numbers[0] if numbers else "",
        "target_upper": numbers[1] if len(numbers) > 1 else "",
        "profile": ", ".join(f"{key} {plain(number)}" for key, number in line.profile),
        "reason": line.reason,
        "by": line.by,
        "source": line.target.source if line.target else "",
        "illustrative": "yes" if line.illustrative else "",
    }


def _texts(line: TargetLine) -> Json:
    return {
        "plan": line.plan.code,
        "code": line.indicator.code,
        "title": line.indicator.title,
        "year": line.target.year.code if line.target else None,
        "holds_from": line.revision.start.code if line.revision else None,
        "holds_until": line.until.code if line.until else None,
        "state": str(line.state),
        "tolerance": line.indicator.tolerance.code,
    }


def _numbers(line: TargetLine) -> list[Decimal]:
    return [as_written(number, line.indicator.decimals) for number in line.goal.numbers] if line.goal else []
