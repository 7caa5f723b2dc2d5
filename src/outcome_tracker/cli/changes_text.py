"""What changed since the period before as text: the counts, then each group with both sides of every change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.cli.output import BOLD, heading, spaced, styled, table
from outcome_tracker.core import change_wording, wording
from outcome_tracker.core.changes import Change

if TYPE_CHECKING:
    from outcome_tracker.core.changes import Changed, Revised
    from outcome_tracker.tracker.changes import Changes

_COLUMNS = ("Was        ", "Is         ", "Code", "Measure", "Before", "Now")
_QUIET = {Change.UNCHANGED, Change.CONTEXT}  # counted, not listed


def lines(found: Changes, width: int, narrowed: str = "") -> list[str]:
    """Return what changed, the worst first; `narrowed` says behind the title what is left out."""
    counts = change_wording.counts_text(found.counts, len(found.revised))
    shown = [
        styled(f"What changed in {wording.period_short(found.period)}{narrowed}", BOLD),
        f"since {found.before.label}",
        "",
        *spaced(" · ".join(counts), width),
    ]
    for change in Change:
        rows = [_row(each) for each in found.changed if each.change is change]
        if rows and change not in _QUIET:
            shown += ["", heading(change_wording.TITLE[change])]
            shown += table(_COLUMNS, rows, width, right="Before|Now", title=3)
    if found.revised:
        shown += ["", heading(change_wording.REVISED)]
        rows = [_revised(each) for each in found.revised]
        shown += table(("Code", "Measure", "Before", "Now"), rows, width, right="Before|Now", title=1)
    return shown


def _row(found: Changed) -> tuple[str, ...]:
    row = found.after or found.before
    invented = wording.ILLUSTRATIVE if row and row.illustrative else ""
    note = " · ".join(part for part in (invented, *change_wording.why(found)) if part)
    was, now = change_wording.sides(found)
    indicator = found.indicator
    return (was, now, indicator.code, indicator.title, *change_wording.figures(found), note)


def _revised(found: Revised) -> tuple[str, ...]:
    old, new, told = change_wording.revision_text(found)
    return (found.indicator.code, found.indicator.title, old, new, told)
