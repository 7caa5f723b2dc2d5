"""What "Actions and milestones" shows: where each stands as cells, its words and its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.board import NOBODY, Pick, When, by_day, on_text, when
from outcome_tracker.core.milestone import Progress, due_day, steps, total
from outcome_tracker.core.wording import ILLUSTRATIVE, PROGRESS_GLYPH, PROGRESS_WORD, due_text
from outcome_tracker.tracker.moments import day_of
from outcome_tracker.tui.cells import DOT, ILLUSTRATIVE_SHORT
from outcome_tracker.tui.widgets.drawn import cut, text, wrapped
from outcome_tracker.tui.widgets.grid_data import Cell, Column, Line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.content import Content as Text

    from outcome_tracker.core.board import Item
    from outcome_tracker.core.indicator import Plan
    from outcome_tracker.core.milestone import Standing, Step
    from outcome_tracker.core.period import Period

COLUMNS = (
    Column("code", "code", priority=30),
    Column("title", "milestone", width=38, fill=4, priority=100, wrap=3),
    Column("status", "status", width=13, priority=99),
    Column("due", "due", narrow=14, priority=95),
    Column("mark", "", priority=60),
    Column("owner", "owner", width=14, fill=1, priority=20),
)
HISTORY = (
    Column("when", "recorded", priority=70),
    Column("status", "status", width=13, priority=100),
    Column("day", "holds since", priority=60),
    Column("due", "date due", priority=95),
    Column("who", "by", fill=1, width=6, priority=90),
)
_STYLES = {
    Progress.DELIVERED: "strong",
    Progress.DELAYED: "warning",
    Progress.CANCELLED: "muted",
    Progress.NOT_STARTED: "muted",
}
_COUNTS_AS_ONE = "an action without milestones, which counts as one"
BY_PLAN, BY_DATE = "by plan", "by due date"
VIEWS = (BY_DATE, BY_PLAN, *(pick.value for pick in Pick))  # what needs a decision comes first
NAMES = {BY_PLAN: ("By plan", "Plan"), BY_DATE: ("By due date", "Date")} | {
    pick: (pick.capitalize(), {Pick.DUE_NEXT: "Due next", Pick.DELIVERED: "Delivered"}.get(pick, pick.capitalize()))
    for pick in Pick
}


def status_label(status: Progress) -> str:
    """Return glyph and word: `→ On track`."""
    return f"{PROGRESS_GLYPH[status]} {PROGRESS_WORD[status]}"


def picked(items: Sequence[Item], view: str) -> list[Item]:
    """Return the milestones that a view shows."""
    return [item for item in items if view not in set(Pick) or Pick(view).takes(item.standing)]


def lines_of(items: Sequence[Item], view: str, period: Period) -> tuple[Line, ...]:
    """Return the lines of a view; what is picked out comes plan by plan, the earliest due first."""
    if view == BY_DATE:
        return _by_due(items, period)
    return _by_plan(items) if view == BY_PLAN else _picked_by_plan(picked(items, view))


def _by_plan(items: Sequence[Item]) -> tuple[Line, ...]:
    """Plans with their actions as headings, each above its milestones."""
    lines: list[Line] = []
    plan = action = ""
    for item in items:
        if item.plan.code != plan:
            plan = item.plan.code
            share = total(i.standing for i in items if i.plan.code == plan).share
            said = "" if share is None else f"{DOT}{share}% delivered or on track"
            lines.append(_heading(item.plan, said))
        if item.action.code != action and not item.is_action:
            owner = item.action.owner
            cells = {
                "code": Cell(item.action.code, "muted"),
                "title": Cell(f"{item.action.title}{DOT}{owner}" if owner else item.action.title, "muted"),
            }
            lines.append(Line(f"action {item.action.code}", cells, heading=True))
        action = item.action.code
        lines.append(line(item, "" if item.owner in {item.action.owner, NOBODY} else item.owner))
    return tuple(lines)


def _picked_by_plan(items: Sequence[Item]) -> tuple[Line, ...]:
    lines: list[Line] = []
    for plan in dict.fromkeys(item.plan.code for item in items):
        found = [item for item in items if item.plan.code == plan]
        lines += [_heading(found[0].plan), *(line(item, _answers(item)) for item in sorted(found, key=by_day))]
    return tuple(lines)


def _heading(plan: Plan, said: str = "") -> Line:
    flag = f" {ILLUSTRATIVE}" if plan.illustrative else ""
    return Line(f"plan {plan.code}", heading=True, title=f"{plan.title}{flag}{said}", gap=True)


def _by_due(items: Sequence[Item], period: Period) -> tuple[Line, ...]:
    """Overdue first, then what is due now and next; what is closed comes last."""
    lines: list[Line] = []
    for group in When:
        found = [item for item in items if when(item.standing, period) is group]
        if found:
            lines.append(Line(f"group {group}", heading=True, title=f"{group}{DOT}{len(found)}", gap=True))
            lines += [line(item, _answers(item), late=False) for item in sorted(found, key=by_day)]
    return tuple(lines)


def _answers(item: Item) -> str:
    return "" if item.owner == NOBODY else item.owner


def line(item: Item, owner: str, *, late: bool = True) -> Line:
    """Return a milestone's line; below it why it was re-phased, is late or cancelled, or the last note.

    `late` says beside the date what a heading above doesn't say.
    """
    standing = item.standing
    milestone = standing.milestone
    flag = ILLUSTRATIVE_SHORT if item.illustrative else ""
    cells = {
        "code": Cell(milestone.code),
        "title": Cell(milestone.title),
        "mark": Cell(flag, "muted"),
        "status": Cell(status_label(standing.status), _STYLES.get(standing.status, "")),
        "due": _due(standing, late=late),
        "owner": Cell(owner, "muted"),
    }
    return Line(milestone.code, cells, note=_why(item), note_style="muted")


def _due(standing: Standing, *, late: bool) -> Cell:
    if not due_day(standing.due):
        return Cell("–", "muted")
    day = due_text(standing.due)
    if standing.overdue:
        return Cell(f"{day} overdue" if late else day, "warning", f"! {day.removeprefix('during ')}")
    if standing.due_next:
        return Cell(f"{day} next" if late else day, "accent", day)
    return Cell(day, "muted" if standing.status.is_closed else "")


def _why(item: Item) -> str:
    standing = item.standing
    parts = [_COUNTS_AS_ONE] if item.is_action else []
    moved = standing.rephasings
    if moved and not standing.status.is_closed:
        first = f"first due {due_text(standing.milestone.due)}: " if standing.milestone.due else ""
        parts.append(f"{PROGRESS_GLYPH[Progress.REPHASED]} {first}{moved[-1].reason}")
    for step in steps(standing.milestone, standing.history)[-1:]:
        report = step.report
        told = step.is_note and not report.source  # what a source says of it is below the grid
        if report.reason and not step.moves and (told or report.status in {Progress.DELAYED, Progress.CANCELLED}):
            parts.append(report.reason)
    return DOT.join(parts)


DETAIL = 4


def detail(item: Item | None, nothing: str, width: int) -> list[Text]:
    """Return what is below the grid: the milestone under the cursor in full, with its last change."""
    room = max(width - 2, 20)
    if item is None:
        said = wrapped(text((nothing, "$quiet")), room, most=DETAIL)
        return [text(" ", each) for each in [*said, *[text("")] * (DETAIL - len(said))]]
    standing = item.standing
    said = wrapped(text((f"{item.code}  {standing.milestone.title}", "bold")), room, most=2)
    said += wrapped(text(_change(standing)), room, most=DETAIL - 1 - len(said))
    said += wrapped(text((DOT.join(about(item)), "$quiet")), room, most=DETAIL - len(said))
    said += [text("")] * (DETAIL - len(said))
    return [text(" ", cut(each, room)) for each in said]


def about(item: Item) -> list[str]:
    """Return what else is known of a milestone: its action, who answers for it, the source, whether it is made up."""
    action = _COUNTS_AS_ONE.capitalize() if item.is_action else f"Action: {item.action.title}"
    owner = item.owner if item.owner == NOBODY else f"Owner: {item.owner}"
    source = item.standing.milestone.source or item.action.source
    flag = ILLUSTRATIVE if item.illustrative else ""
    return [part for part in (action, owner, source, flag) if part]


def _change(standing: Standing) -> str:
    since = ""
    if standing.later:
        last = standing.later[-1]
        since = f" Since then: {last.status} {on_text(last.day)}."
    if not standing.history:
        return f"Not started: nothing has been recorded. Due: {due_text(standing.due)}.{since}"
    step = steps(standing.milestone, standing.history)[-1]
    last = step.report
    who = f", recorded by {last.stamp.who}" if last.stamp else ""
    on = f" {on_text(last.day)}".rstrip()
    before = f" from {_day(step.before)}" if due_day(step.before) else ""
    moved = f"{before} to {_day(step.after)}" if step.moves else ""
    reason = f" {'Note' if step.is_note else 'Reason'}: {last.reason.rstrip('.')}." if last.reason else ""
    changes = "" if len(standing.history) == 1 else f" {len(standing.history)} changes."
    return f"{PROGRESS_WORD[last.status]}{moved}{on}{who}.{reason}{since}{changes}"


def _day(due: str) -> str:
    return due_text(due).removeprefix("during ")


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
    every = steps(standing.milestone, (*standing.history, *standing.later))
    return (*(_history_line(step, later=step.report in standing.later) for step in reversed(every)), first)


def _history_line(step: Step, *, later: bool) -> Line:
    report = step.report
    stamp = report.stamp
    moved = f"{due_text(step.before)} → {due_text(step.after)}" if step.moves else ""
    cells = {
        "when": Cell(day_of(stamp.at) if stamp else "", "muted"),
        "status": Cell("  Note" if step.is_note else status_label(report.status), _STYLES.get(report.status, "")),
        "day": Cell(due_text(report.day) if due_day(report.day) else "", "muted"),
        "due": Cell(moved),
        "who": Cell(stamp.who if stamp else "", "muted"),
    }
    said = [report.reason, f"source: {report.source}" if report.source else "", "after this period" if later else ""]
    return Line(str(report.version), cells, note=DOT.join(part for part in said if part), note_style="muted")


COUNTED = (
    Column("all", "milestones", align="right", priority=80),
    Column("late", "overdue", align="right", priority=90),
)


def counted(items: Sequence[Item], name: Callable[[Item], tuple[str, str]]) -> list[Line]:
    """Return a line for each plan or owner (`name` gives key and title), with how many milestones and how many late."""
    names = dict(name(item) for item in items)
    lines = []
    for key, title in names.items():
        found = [item for item in items if name(item)[0] == key]
        late = sum(item.standing.overdue for item in found)
        cells = {
            "title": Cell(title),
            "all": Cell(str(len(found))),
            "late": Cell(str(late) if late else "", "warning"),
        }
        lines.append(Line(key, cells))
    return lines
