"""The words for what changed between two periods, and a line of bars. Only those who look back load them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.changes import Change, Changed, Revised
from outcome_tracker.core.to_green_wording import to_green_text
from outcome_tracker.core.wording import (
    ABSENT,
    DIRECTION_GLYPH,
    DIRECTION_WORD,
    RAG_GLYPH,
    RAG_WORD,
    against_target,
    due_text,
    period_short,
    rag_reason_text,
    travel_text,
    value_text,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from outcome_tracker.core.scorecard import Row

TITLE = {
    Change.TURNED_RED: "Turned Red",
    Change.TURNED_AMBER: "Turned Amber",
    Change.DECLINED: "Newly declined, same rating",
    Change.UNRATED: "No longer rated",
    Change.RATED: "Rated now, in measurement before",
    Change.TURNED_GREEN: "Turned Green",
    Change.IMPROVED: "Newly improved, same rating",
    Change.NEW: "New indicators",
    Change.ENDED: "Ended",
    Change.UNCHANGED: "Unchanged",
    Change.CONTEXT: "Context, not judged",
}
REVISED = "Figures revised since"
_COUNTED = {
    Change.TURNED_RED: "turned Red",
    Change.TURNED_AMBER: "turned Amber",
    Change.TURNED_GREEN: "turned Green",
}
_BY_DIRECTION = {Change.DECLINED, Change.IMPROVED}
ARROW = "→"  # from what it was to what it is
BARS = "▁▂▃▄▅▆▇█"


def counts_text(counts: Mapping[Change, int], revised: int = 0) -> list[str]:
    """Return `3 turned Red`, `2 turned Green`, `11 unchanged`, without what did not happen; context is not counted."""
    kinds = [c for c in Change if c is not Change.CONTEXT and (counts.get(c, 0) or c is Change.UNCHANGED)]
    found = [f"{counts.get(c, 0)} {_COUNTED.get(c, c.value)}" for c in kinds]
    if revised:
        found.append(f"{revised} {'figure' if revised == 1 else 'figures'} revised since")
    return found


def sides(found: Changed) -> tuple[str, str]:
    """Return what an indicator was and is: `▲ Amber`, `■ Red`; its directions where these are what changed."""
    return _side(found, found.before, "new"), _side(found, found.after, "ended")


def _side(found: Changed, row: Row | None, otherwise: str) -> str:
    if row is None:
        return otherwise
    if found.change in _BY_DIRECTION and row.direction:
        return f"{DIRECTION_GLYPH[row.direction]} {DIRECTION_WORD[row.direction]}"
    return f"{RAG_GLYPH[row.rag]} {RAG_WORD[row.rag]}" if row.rag else "context"


def figures(found: Changed) -> tuple[str, str]:
    """Return the old and the new figure with their short unit; a dash where there is none."""
    old, new = (
        value_text(row.figure.value, row.indicator.unit) if row else ABSENT for row in (found.before, found.after)
    )
    return old, new


def why(found: Changed) -> list[str]:
    """Return what explains a change: how the figure stands now, or why there is no rating."""
    row, before = found.after, found.before
    if row is None:
        return []
    said = [against_target(row) or rag_reason_text(row)]
    if found.change is Change.RATED and before is not None:
        said.insert(0, f"{RAG_WORD[before.rag]} before: {rag_reason_text(before)}" if before.rag else "")
    said += [to_green_text(row), travel_text(row.travel, row.indicator.unit)]
    return [part for part in said if part]


def revision_text(found: Revised) -> tuple[str, str, str]:
    """Return the period with what the figure was, what it is, and who changed it when and why.

    What is published says only when: it has no names of people or files.
    """
    unit, stamp = found.indicator.unit, found.stamp
    day = due_text(stamp.known.isoformat())
    told = (f"changed on {day} by {stamp.who}" if stamp.who else f"revised on {day}") + (
        f": {stamp.why}" if stamp.why else ""
    )
    old, new = (
        value_text(m.value, unit) if m.value is not None else str(m.absent) for m in (found.before, found.after)
    )
    return old, new, f"{period_short(found.after.period)}, {told}"


def spark(shares: Sequence[Fraction | None]) -> str:
    """Return shares from 0 to 1 as a line of bars; a blank where there is none."""
    return "".join(" " if s is None else BARS[min(int(s * len(BARS)), len(BARS) - 1)] for s in shares)
