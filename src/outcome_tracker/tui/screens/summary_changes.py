"""The summary's second tab: what changed since the period before, the worst first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from outcome_tracker.core import change_wording, wording
from outcome_tracker.core.changes import Change
from outcome_tracker.tui.cells import DOT, ILLUSTRATIVE_SHORT, RAG_STYLE
from outcome_tracker.tui.screens.summary_lines import Listed, one_line
from outcome_tracker.tui.widgets.drawn import cut, flowed, text
from outcome_tracker.tui.widgets.grid_data import Cell, Column, Line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from outcome_tracker.core.changes import Changed, Revised
    from outcome_tracker.core.indicator import Tier
    from outcome_tracker.core.scorecard import Row
    from outcome_tracker.tracker.changes import Changes

_QUIET = {Change.UNCHANGED, Change.CONTEXT}  # counted above the table, and not listed
REVISED = "revised "  # begins the keys of revised figures, before the code of their indicator


def changes(found: Changes, tier: Tier | None, width: int, *, high: bool) -> Listed:
    """List what changed in groups, with what it was and what it is."""
    found = found.of_tier(tier)
    changed, revised = found.changed, found.revised
    before, after = (wording.period_column(period) for period in (found.before, found.period))
    columns = (
        Column("was", "Was", priority=90, narrow=3),
        Column("arrow", "", priority=88),
        Column("is", "Now", priority=92, narrow=3),
        Column("title", "Indicator", width=36, fill=1, priority=100),
        Column("old", before, align="right", priority=70),
        Column("new", after, align="right", priority=80),
        Column("marks", "", priority=79),
        Column("target", "Target", align="right", priority=60),
    )
    said = [text(part) for part in change_wording.counts_text(found.counts, len(revised))]
    said[0] = text((f"Since {wording.period_short(found.before)}: ", "$quiet"), said[0])
    above = tuple(flowed(said, DOT, width - 2) if high else [cut(text(DOT).join(said), width - 2)])
    lines = [*_groups(changed), *map(_revised, revised)]
    if not lines:
        return replace(one_line("Nothing changed."), above=above)
    if revised:
        title = Line("group revised", heading=True, title=change_wording.REVISED, gap=len(lines) > len(revised))
        lines.insert(len(lines) - len(revised), title)
    by_code = {each.indicator.code: each for each in changed}
    by_key = {_revised(each).key: each for each in revised}

    def say(key: str, _column: str) -> list[tuple[str, str]]:
        if key in by_key:
            return [(change_wording.revision_text(by_key[key])[2], "$quiet")]
        return [(DOT.join(change_wording.why(by_code[key])) if key in by_code else "", "$quiet")]

    filled = {key for line in lines for key, cell in line.cells.items() if cell.text}
    return Listed(tuple(column for column in columns if column.key in filled), tuple(lines), say, above)


def _groups(changed: Iterable[Changed]) -> list[Line]:
    lines: list[Line] = []
    last = None
    for each in changed:
        if each.change in _QUIET:
            continue
        if each.change is not last:
            last = each.change
            title = change_wording.TITLE[each.change]
            lines.append(Line(f"group {each.change}", heading=True, title=title, gap=bool(lines)))
        lines.append(_line(each))
    return lines


def _line(found: Changed) -> Line:
    was, now = change_wording.sides(found)
    old, new = change_wording.figures(found)
    row = found.after or found.before
    cells = {
        "was": Cell(was, _style(found.before, was), was[:3]),
        "arrow": Cell(change_wording.ARROW, "muted"),
        "is": Cell(now, _style(found.after, now), now[:3]),
        "title": Cell(found.indicator.title),
        "old": Cell(old, "muted"),
        "new": Cell(new, "" if found.after else "muted"),
        "marks": Cell(ILLUSTRATIVE_SHORT if row and row.illustrative else "", "muted"),
        "target": Cell(_target(found.after), "" if found.after and found.after.target else "muted"),
    }
    return Line(found.indicator.code, cells)


def _style(row: Row | None, words: str) -> str:
    """Return the colour of a rating; directions have none."""
    return RAG_STYLE[row.rag] if row and row.rag and words.endswith(wording.RAG_WORD[row.rag]) else "muted"


def _target(row: Row | None) -> str:
    return wording.target_text(row.target, row.indicator) if row else wording.ABSENT


def _revised(found: Revised) -> Line:
    old, new, _ = change_wording.revision_text(found)
    cells = {
        "was": Cell(wording.period_column(found.after.period), "muted"),
        "title": Cell(found.indicator.title),
        "old": Cell(old, "muted"),
        "new": Cell(new),
    }
    return Line(f"{REVISED}{found.indicator.code} {found.after.period.code}", cells)


def code_of(key: str) -> str:
    """Return the indicator's code of a line's key."""
    return key.removeprefix(REVISED).partition(" ")[0]
