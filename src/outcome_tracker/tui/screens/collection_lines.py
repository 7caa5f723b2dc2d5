"""What "Collection" shows: owners or plans with their bars, the figures of one, and the words above them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from outcome_tracker.core import wording
from outcome_tracker.core.collecting_wording import NO_OWNER, progress_bar, when_due
from outcome_tracker.core.day import day_text
from outcome_tracker.core.text import plural
from outcome_tracker.tracker.collection import State, state_of
from outcome_tracker.tui.cells import DOT, ILLUSTRATIVE_SHORT, earlier_cell
from outcome_tracker.tui.widgets.drawn import cut, flowed, text
from outcome_tracker.tui.widgets.grid_data import Cell, Column, Line

if TYPE_CHECKING:
    from datetime import date

    from textual.content import Content

    from outcome_tracker.core.scorecard import DueLine
    from outcome_tracker.tracker.collection import Collection, Share

BAR, BAR_SHORT = 20, 8
_FIGURES = (
    Column("state", "", width=13, priority=100, narrow=13),
    Column("code", "", priority=90),
    Column("title", "", width=16, fill=1, priority=95, wrap=2),
    Column("period", "period", priority=82),
    Column("due", "due", priority=85),
    Column("value", "figure", align="right", width=6, priority=80),
    Column("last", "last", align="right", width=6, priority=60),
    Column("of", "of", priority=50),
)


def share_columns(collection: Collection, *, by_owner: bool) -> tuple[Column, ...]:
    """Return the columns of owners or plans; figures are counted apart only where indicators have several."""
    several = collection.every.counts.due != len(collection.every.lines)
    return (
        Column("title", "owner" if by_owner else "plan", width=24, fill=1, priority=100, mark="▾"),
        Column("bar", "", width=BAR, narrow=BAR_SHORT, priority=70),
        Column("in", "indicators in", align="right", priority=95),
        *((Column("figures", "figures in", align="right", priority=40),) if several else ()),
        *((Column("overdue", "overdue", narrow=7, priority=90),) if collection.every.overdue_since else ()),
        *((Column("next", "next due", narrow=10, priority=80),) if collection.every.next_due else ()),
    )


def figure_columns(*, by_owner: bool) -> tuple[Column, ...]:
    """Return the columns of figures; below a plan each says whose it is."""
    if by_owner:
        return _FIGURES
    wider = (replace(column, width=24) if column.key == "title" else column for column in _FIGURES)
    return (*wider, Column("owner", "owner", priority=75, narrow=14))


def share_line(share: Share, as_at: date) -> Line:
    """Return the line of an owner or a plan."""
    counts, since, day = share.counts, share.overdue_since, share.next_due
    late = f"{counts.overdue} since {day_text(since)}" if since else ""
    soon = when_due(day, as_at).removeprefix("due ") if day else ""
    done, style = ("", "") if share.waiting else ("✓ ", "muted")
    flag = f" {ILLUSTRATIVE_SHORT}" * share.illustrative
    return Line(
        share_key(share),
        {
            "title": Cell(share.title + flag, style),
            "bar": Cell(_bar(share, BAR), "accent", _bar(share, BAR_SHORT)),
            "in": Cell(f"{done}{counts.returned} of {counts.due}", style),
            "figures": Cell(f"{share.figures_in} of {len(share.lines)}", "muted"),
            "overdue": Cell(late, "warning", str(counts.overdue)),
            "next": Cell(f"{soon}, {day_text(day)}" if day else "", "", soon),
        },
    )


def share_key(share: Share) -> str:
    """Return what names an owner's or a plan's line, which needs a name where nobody is named."""
    return share.key or NO_OWNER


def share_at(shares: tuple[Share, ...], key: str) -> Share | None:
    """Return the owner or plan on the line of that key."""
    return next((share for share in shares if share_key(share) == key), None)


def _bar(share: Share, width: int) -> str:
    return progress_bar(share.counts.returned, share.counts.due, width)


def figure_line(collection: Collection, line: DueLine) -> Line:
    """Return the line of one figure: how far it is, when it is due, and the last one before it."""
    unit, last = line.indicator.unit, collection.last(line)
    waits = not line.is_in
    measured = collection.measured(line)
    value = earlier_cell(measured, unit, flagged=True)
    return Line(
        figure_key(line),
        {
            "state": _state_cell(line, collection.as_at),
            "code": Cell(line.indicator.code, "" if waits else "muted"),
            "title": Cell(line.indicator.title, "" if waits else "muted"),
            "period": Cell(line.period.code, "muted"),
            "due": Cell(day_text(line.due), "" if waits else "muted"),
            "value": replace(value, style="" if measured.value is not None else "muted"),
            "last": earlier_cell(last, unit, flagged=True) if last else Cell(wording.ABSENT, "muted"),
            "of": Cell(last.period.code if last else "", "muted"),
            "owner": Cell(collection.owner_of(line).title, "muted"),
        },
    )


def _state_cell(line: DueLine, as_at: date) -> Cell:
    state = state_of(line)
    if state is State.OVERDUE:
        return Cell(f"! {plural((as_at - line.due).days, 'day')} overdue", "warning", "! overdue")
    if state is State.DUE:
        return Cell(f"○ {when_due(line.due, as_at)}", "strong", "○ still due")
    if state is State.EXPLAINED and line.figure:
        return Cell(f"× {line.figure.content.status}", "muted", "× no figure")
    return Cell("✓ provisional" if state is State.PROVISIONAL else "✓ in", "muted")


def figure_key(line: DueLine) -> str:
    """Return what names a figure's line: code and period."""
    return f"{line.indicator.code} {line.period.code}"


def above(collection: Collection, width: int) -> list[Content]:
    """Draw how much of everything is in, in the summary's own words, and what that counts."""
    every, room = collection.every, width - 2
    if not every.lines:
        return [text((f" Nothing is due in {wording.period_short(collection.period)}.", "bold"))]
    counts, day = every.counts, every.next_due
    parts = [text((wording.returned_line(counts), "bold"))]
    if day:
        parts.append(text(f"next {when_due(day, collection.as_at)}, {day_text(day)}"))
    if not every.waiting:
        parts.append(text("everything is in"))
    bar = text((_bar(every, BAR_SHORT if width < 100 else BAR * 2), "$accent"))  # noqa: PLR2004 - where there is room
    lines = flowed([text(bar, "   ", parts[0]), *parts[1:]], DOT, room)
    if counts.due != len(every.lines):
        figures = f"{every.figures_in} of {len(every.lines)} figures are in"
        said = f"{figures}; an indicator counts once all of its figures are."
        lines.append(text((said, "$quiet")))
    return [text(" ", cut(line, room)) for line in lines]


def between(share: Share | None, width: int) -> list[Content]:
    """Draw whose figures are below."""
    if share is None:
        return [text("")]
    said = wording.returned_line(share.counts) if share.waiting else "everything is in"
    flag = f" {wording.ILLUSTRATIVE}" * share.illustrative
    counts = text((f"{flag}{DOT}{said}", "$quiet"))
    return [text(" ", cut(text((share.title, "bold")), width - 1 - counts.cell_length), counts)]
