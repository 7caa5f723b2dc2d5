"""Actions in a report: delivered, on track, re-phased with reasons, delayed, overdue, and what is due next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core import wording
from outcome_tracker.core.board import by_day, on_text
from outcome_tracker.core.milestone import Progress, total
from outcome_tracker.core.report import Paragraph, Section
from outcome_tracker.core.report_cells import table
from outcome_tracker.core.report_lines import about_plan
from outcome_tracker.core.report_matter import anchor
from outcome_tracker.core.report_text import said_blocks
from outcome_tracker.core.report_wording import NO_ACTIONS, NOTHING_DUE, actions_words
from outcome_tracker.core.text import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from outcome_tracker.core.board import Item
    from outcome_tracker.core.report import Block, Table
    from outcome_tracker.core.report_matter import Matter, PlanTold

_GROUPS = (
    (Progress.DELIVERED, "Delivered", "Delivered|Note"),
    (Progress.ON_TRACK, "On track", "Due|Note"),
    (Progress.REPHASED, "Re-phased", "First due|Now due|Reason"),
    (Progress.DELAYED, "Delayed", "Due|Reason"),
    (Progress.NOT_STARTED, "Not started", "Due|Note"),
    (Progress.CANCELLED, "Cancelled, not counted", "Cancelled|Reason"),
)


def actions(matter: Matter) -> Section:
    """Return the part: the share delivered or on track, then each plan's milestones by status."""
    title = "Are we completing our actions?"
    plans = [plan for plan in matter.plans if plan.items or about_plan(plan, "actions")]
    if not plans:
        return Section("actions", title, (Paragraph(NO_ACTIONS),))
    if matter.is_one_plan:
        return Section("actions", title, tuple(_of_plan(plans[0])), tuple(_said(plans[0], "actions")))
    line = actions_words(total(item.standing for plan in plans for item in plan.items))
    sections = (
        Section(anchor("actions", p.plan.code), p.name, tuple(_of_plan(p)), tuple(_said(p, "actions"))) for p in plans
    )
    return Section("actions", title, (Paragraph(f"All plans: {line}", lead=True),), tuple(sections))


def following(matter: Matter) -> Section:
    """Return what is due in the next reporting period."""
    title = f"Next reporting period: {matter.period.shift(1).label}"
    plans = [(plan, [item for item in plan.items if item.standing.due_next]) for plan in matter.plans]
    blocks: list[Block] = []
    sections = []
    for plan, items in plans:
        if items:
            code = plan.plan.code
            name = "" if matter.is_one_plan else f", {plan.name}"
            blocks.append(_table(anchor("next", code), f"Due next{name}", "Due|Status|Note", items))
        sections += list(_said(plan, "next reporting period", "" if matter.is_one_plan else f": {plan.name}"))
    if not blocks:
        blocks.append(Paragraph(NOTHING_DUE))
    return Section("next", title, tuple(blocks), tuple(sections))


def _said(plan: PlanTold, part: str, behind: str = "") -> Iterator[Section]:
    if said := about_plan(plan, part):
        code = anchor(f"{part.split(maxsplit=1)[0]}-said", plan.plan.code)
        yield Section(code, f"{said[0].section}{behind}", said_blocks(said))


def _of_plan(plan: PlanTold) -> Iterator[Block]:
    if not plan.items:
        yield Paragraph(NO_ACTIONS)
        return
    yield Paragraph(actions_words(plan.counts.actions), lead=True)
    invented = sum(item.illustrative for item in plan.items)
    if invented:
        yield Paragraph(f"{invented} of {plural(len(plan.items), 'milestone')} {wording.ILLUSTRATIVE}.", note=True)
    code = plan.plan.code
    for status, title, columns in _GROUPS:
        if items := [item for item in plan.items if item.standing.status is status]:
            yield _table(anchor(f"actions-{status.value.replace(' ', '-')}", code), title, columns, items)
    if late := [item for item in plan.items if item.standing.overdue]:
        yield _table(anchor("actions-overdue", code), "Overdue", "Due|Status|Note", late)


def _table(code: str, title: str, columns: str, items: Sequence[Item]) -> Table:
    caption = f"{title}: {plural(len(items), 'milestone')}"
    rows = [
        (f"{item.code} {item.standing.milestone.title}", _action(item), item.owner, *cells)
        for item in sorted(items, key=by_day)
        for cells in [[_CELLS[column](item) for column in columns.split("|")]]
    ]
    return table(code, caption, f"Milestone|Action|Owner|{columns}", rows)


def _action(item: Item) -> str:
    return "counts as one" if item.is_action else f"{item.action.code} {item.action.title}"


def _due(item: Item) -> str:
    return wording.due_text(item.standing.due)


def _first_due(item: Item) -> str:
    return wording.due_text(item.standing.milestone.due)


def _closed(item: Item) -> str:
    history = item.standing.history
    return (on_text(history[-1].day) if history else "") or wording.due_text("")


def _reason(item: Item) -> str:
    """Return why the status is as it is; of a date that moved more than once every reason."""
    standing = item.standing
    moved = [r.reason for r in standing.rephasings] if standing.status is Progress.REPHASED else []
    last = [standing.history[-1].reason] if standing.history else []
    said = [reason for reason in dict.fromkeys([*moved, *last]) if reason]
    return "; ".join([*said, *([wording.ILLUSTRATIVE] if item.illustrative else [])])


_CELLS: dict[str, Callable[[Item], str]] = {
    "Delivered": _closed,
    "Cancelled": _closed,
    "Due": _due,
    "First due": _first_due,
    "Now due": _due,
    "Status": lambda item: wording.PROGRESS_WORD[item.standing.status],
    "Note": _reason,
    "Reason": _reason,
}
