"""What "Actions and milestones" shows: where each stands as cells, its words and its history."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from outcome_tracker.core.milestone import Progress, due_day
from outcome_tracker.core.wording import ILLUSTRATIVE, PROGRESS_GLYPH, PROGRESS_WORD, due_text
from outcome_tracker.tui.screens.ask import Field
from outcome_tracker.tui.widgets.drawn import cut, text, wrapped
from outcome_tracker.tui.widgets.grid_data import Cell, Column, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content as Text

    from outcome_tracker.core.indicator import Plan
    from outcome_tracker.core.milestone import Report, Standing

    Placed: TypeAlias = tuple[Plan, Standing]

COLUMNS = (
    Column("title", "", width=24, fill=3, priority=95),
    Column("status", "status", width=13, priority=100),
    Column("due", "due", width=11, priority=90),
    Column("was", "originally", priority=50),
    Column("flag", "", width=9, priority=85),
    Column("owner", "owner", priority=20, narrow=14),
)
HISTORY = (
    Column("when", "recorded", priority=70),
    Column("status", "status", width=13, priority=100),
    Column("day", "on", priority=90),
    Column("due", "new date", priority=95),
    Column("who", "by", fill=1, width=6, priority=60),
)
_STYLES = {
    Progress.DELIVERED: "strong",
    Progress.DELAYED: "warning",
    Progress.CANCELLED: "muted",
    Progress.NOT_STARTED: "muted",
}
GROUPS = ("Overdue", "Due in the next period", "Later", "No date stated", "Delivered or cancelled")

_NEVER = date.max


def status_label(status: Progress) -> str:
    """Return glyph and word: `→ On track`."""
    return f"{PROGRESS_GLYPH[status]} {PROGRESS_WORD[status]}"


def by_plan(standings: Sequence[Placed]) -> tuple[Line, ...]:
    """Return the lines plan by plan, in the order of the plans."""
    lines: list[Line] = []
    code = ""
    for plan, standing in standings:
        if plan.code != code:
            code = plan.code
            lines.append(Line(f"plan {code}", heading=True, title=_plan_title(plan), gap=True))
        lines.append(line(standing))
    return tuple(lines)


def _plan_title(plan: Plan) -> str:
    return f"{plan.title} {ILLUSTRATIVE}" if plan.illustrative else plan.title


def by_due(standings: Sequence[Placed]) -> tuple[Line, ...]:
    """Return the lines by due date: overdue first, then what is due next; what is closed comes last."""
    groups: dict[str, list[Standing]] = {name: [] for name in GROUPS}
    for _, standing in standings:
        groups[group_of(standing)].append(standing)
    lines: list[Line] = []
    for name, found in groups.items():
        if found:
            lines.append(Line(f"group {name}", heading=True, title=f"{name} · {len(found)}", gap=True))
            lines += [line(s) for s in sorted(found, key=lambda s: due_day(s.due) or _NEVER)]
    return tuple(lines)


def group_of(standing: Standing) -> str:
    """Return the group of `GROUPS` to which a milestone belongs."""
    if standing.status.is_closed:
        return GROUPS[4]
    if standing.overdue:
        return GROUPS[0]
    if standing.due_next:
        return GROUPS[1]
    return GROUPS[2] if due_day(standing.due) else GROUPS[3]


def line(standing: Standing) -> Line:
    """Return a milestone's line; one that was re-phased has its reason below."""
    milestone = standing.milestone
    moved = standing.rephasings
    flag, style = _flag(standing)
    cells = {
        "title": Cell(f"{milestone.code}  {milestone.title}"),
        "status": Cell(status_label(standing.status), _STYLES.get(standing.status, "")),
        "due": Cell(_due(standing.due)),
        "was": Cell(_due(milestone.due) if moved else "", "muted"),
        "flag": Cell(flag, style),
        "owner": Cell(milestone.owner, "muted"),
    }
    note = f"» {moved[-1].reason}" if moved and moved[-1].reason else ""
    return Line(milestone.code, cells, note=note, note_style="muted")


def _due(due: str) -> str:
    return due_text(due) if due_day(due) else "–"


def _flag(standing: Standing) -> tuple[str, str]:
    if standing.overdue:
        return "overdue", "warning"
    if standing.due_next:
        return "due next", "accent"
    return (ILLUSTRATIVE, "muted") if standing.milestone.illustrative else ("", "")


DETAIL = 4


def detail(placed: Placed | None, width: int) -> list[Text]:
    """Return what is below the grid: the milestone under the cursor in full, with its last change."""
    if placed is None:
        return [text("")] * DETAIL
    plan, standing = placed
    milestone, room = standing.milestone, max(width - 2, 20)
    action = next((a.title for a in plan.actions if a.code == milestone.action), "")
    said = [text((f"{milestone.code}  {milestone.title}", "bold"))]
    said += wrapped(text((_change(standing), "$quiet")), room, most=2)
    said += [text("")] * (DETAIL - 1 - len(said))
    about = [f"Action: {action}" if action != milestone.title else "", milestone.owner, milestone.source]
    flagged = [ILLUSTRATIVE] if milestone.illustrative else []
    said.append(text((" · ".join(part for part in (*about, *flagged) if part), "$quiet")))
    return [text(" ", cut(each, room)) for each in said]


def _change(standing: Standing) -> str:
    if not standing.history:
        return f"Not started: nothing has been recorded. Due: {due_text(standing.due)}."
    last = standing.history[-1]
    who = f" by {last.stamp.who}" if last.stamp else ""
    on = f" on {due_text(last.day)}" if due_day(last.day) else ""
    moved = f", to {due_text(last.new_due)}" if last.new_due else ""
    reason = f" Reason: {last.reason}" if last.reason else ""
    changes = "" if len(standing.history) == 1 else f" {len(standing.history)} changes: Enter shows them."
    return f"{PROGRESS_WORD[last.status]}{on}{moved}, recorded{who}.{reason}{changes}"


def history_lines(standing: Standing) -> tuple[Line, ...]:
    """Return every change of a milestone, the latest first, each with its reason."""
    first = Line(
        "0",
        {
            "when": Cell("plan file", "muted"),
            "status": Cell(status_label(Progress.NOT_STARTED), "muted"),
            "due": Cell(due_text(standing.milestone.due)),
        },
    )
    return (*(_history_line(report) for report in reversed(standing.history)), first)


def _history_line(report: Report) -> Line:
    stamp = report.stamp
    cells = {
        "when": Cell(due_text(stamp.at.date().isoformat()) if stamp else "", "muted"),
        "status": Cell(status_label(report.status), _STYLES.get(report.status, "")),
        "day": Cell(due_text(report.day) if due_day(report.day) else ""),
        "due": Cell(due_text(report.new_due) if report.new_due else ""),
        "who": Cell(stamp.who if stamp else "", "muted"),
    }
    note = report.reason or (f"source: {report.source}" if report.source else "")
    return Line(str(report.version), cells, note=note, note_style="muted")


def fields(status: Progress, today: date) -> tuple[Field, ...]:
    """Return what is asked about a new status; nothing where the status says it all."""
    reason = Field("reason", "Reason (may be left empty)", "")
    match status:
        case Progress.DELIVERED:
            return (Field("date", "Delivered on", "2019-03-31", today.isoformat()),)
        case Progress.REPHASED:
            return (
                Field("new_due", "New date, or financial year", "2019-12-31 or 2019-20"),
                Field("reason", "Reason", "who or what it waits for"),
            )
        case Progress.DELAYED | Progress.CANCELLED:
            return (reason,)
        case Progress.NOT_STARTED | Progress.ON_TRACK:
            return ()
