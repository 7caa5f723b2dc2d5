"""What changed since the reporting period before, as a part of a report."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from outcome_tracker.core import change_wording, wording
from outcome_tracker.core.changes import Change
from outcome_tracker.core.report import Cell, Paragraph, Section
from outcome_tracker.core.report_cells import figure_cell, table
from outcome_tracker.core.report_matter import anchor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outcome_tracker.core.changes import Changed, Revised
    from outcome_tracker.core.report import Block
    from outcome_tracker.core.report_matter import Matter
    from outcome_tracker.core.scorecard import Row

_QUIET = {Change.UNCHANGED, Change.CONTEXT}  # counted, not listed


def changes(matter: Matter) -> Section:
    """Return the part: the counts, every change, and every revised figure."""
    counts = Counter(each.change for each in matter.changed)
    told = ", ".join(change_wording.counts_text(counts, len(matter.revised)))
    blocks: list[Block] = [Paragraph(f"Since {matter.period.previous.label}: {told}.", lead=True)]
    places = {
        told.indicator.code: anchor("definition", told.indicator.code) if plan.is_silent else told.place
        for plan in matter.plans
        for told in plan.told
    }
    if rows := [_row(each, places) for each in matter.changed if each.change not in _QUIET]:
        blocks.append(
            table(
                "changes-list",
                f"What changed since {wording.period_short(matter.period.previous)}, the worst first",
                "Indicator|Change|Was|Is|Figure then|Figure now|Notes",
                rows,
                numeric="Figure then|Figure now",
            )
        )
    if matter.revised:
        blocks.append(
            table(
                "changes-revised",
                "Figures revised after they were due",
                "Indicator|Was|Is|Change",
                [_revised(each) for each in matter.revised],
                numeric="Was|Is",
            )
        )
    return Section("changes", "What has changed?", tuple(blocks))


def _row(found: Changed, places: Mapping[str, str]) -> tuple[Cell | str, ...]:
    old, new = change_wording.figures(found)
    row = found.after or found.before
    invented = wording.ILLUSTRATIVE if row and row.illustrative else ""
    return (
        Cell(f"{found.indicator.code} {found.indicator.title}", target=places.get(found.indicator.code, "")),
        change_wording.TITLE[found.change],
        _side(found, found.before, "not counted"),
        _side(found, found.after, "no longer counted"),
        _figure(found.before, old),
        _figure(found.after, new),
        "; ".join(part for part in (_why(found), invented) if part),
    )


def _side(found: Changed, row: Row | None, otherwise: str) -> Cell:
    if row is None:
        return Cell(otherwise)
    if found.change in {Change.DECLINED, Change.IMPROVED} and row.direction:
        return Cell(wording.DIRECTION_WORD[row.direction], direction=row.direction)
    return Cell(wording.RAG_WORD[row.rag], rag=row.rag) if row.rag else Cell("context")


def _figure(row: Row | None, text: str) -> Cell:
    if row is None:
        return Cell(text)
    return figure_cell(row.figure, row.indicator)


def _why(found: Changed) -> str:
    """Return why a rating came or went; what else explains a change is said of the indicator itself."""
    if found.change is Change.RATED and found.before is not None:
        return f"M before: {wording.rag_reason_text(found.before)}"
    if found.change is Change.UNRATED and found.after is not None:
        return f"M: {wording.rag_reason_text(found.after)}"
    return ""


def _revised(found: Revised) -> tuple[str, ...]:
    return (f"{found.indicator.code} {found.indicator.title}", *change_wording.revision_text(found))
