"""Breakdowns as text: the rows with both counts and their change, a table of two dimensions, what is to be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.cli import marked
from outcome_tracker.cli.output import BOLD, cells, facts, paragraph, styled, table, wrap
from outcome_tracker.core import wording
from outcome_tracker.core.breakdown import TOTAL
from outcome_tracker.core.breakdown_table_wording import amount_text, change_text, heading, notes, row_name
from outcome_tracker.core.indicator import Basis
from outcome_tracker.core.volume import percent_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outcome_tracker.core.breakdown_cross import Cross
    from outcome_tracker.core.breakdown_table import BreakdownTable, Line
    from outcome_tracker.tracker.breakdowns import Listed, Shown

_LEAST = 12  # columns for the names of rows


def list_lines(found: Sequence[Listed], width: int) -> list[str]:
    """Return every breakdown with what it is by and the latest period that there are figures for."""
    if not found:
        return paragraph("No plan file declares a breakdown; docs/plan_files.md says how.", width)
    rows = [
        (
            each.breakdown.code,
            each.breakdown.title,
            ", ".join(each.breakdown.dimensions),
            each.plan.code,
            wording.period_column(each.periods[-1]) if each.periods else "none yet",
        )
        for each in found
    ]
    return table(("Code", "Breakdown", "By", "Plan", "Latest"), rows, width, title=1)


def lines(shown: Shown, width: int) -> list[str]:
    """Return one breakdown in a period."""
    found = shown.table
    breakdown = found.breakdown
    return [
        *(styled(line, BOLD) for line in wrap(f"{breakdown.code} {heading(found)}", width)),
        *wrap(f"{shown.plan.title} · as at {marked.day(shown.as_at)}", width),
        "",
        *_table(found, width),
        *(["", *(line for note in notes(found) for line in paragraph(note, width))] if notes(found) else []),
        *_about(found, width),
    ]


def _about(found: BreakdownTable, width: int) -> list[str]:
    breakdown = found.breakdown
    said = facts(
        [("Definition", breakdown.definition), ("Source", breakdown.source), ("Owner", breakdown.owner)], width
    )
    return ["", *said] if said else []


def _table(found: BreakdownTable, width: int) -> list[str]:
    if found.cross is not None:
        columns, rows = _crossed(found, found.cross)
        widths = [max(cells(row[n]) for row in (columns, *rows)) for n in range(1, len(columns))]
        if sum(widths) + 2 * len(widths) + _LEAST <= width:
            return table(columns, rows, width, right="|".join(columns[1:]))
    columns, rows = _listed(found)
    return table(columns, rows, width, right="|".join(columns[1:]))


def _listed(found: BreakdownTable) -> tuple[list[str], list[list[str]]]:
    """Return the rows, the earlier count before the later one as the sources print them."""
    breakdown = found.breakdown
    every = [*found.lines, *([found.total] if found.total else [])]
    names = ", ".join(breakdown.dimensions)
    columns = [names[:1].upper() + names[1:]]
    if found.is_compared:
        columns.append(_column(found, earlier=True))
    columns.append(_column(found))
    if found.is_compared:
        columns.append("Change")
    if breakdown.shares:
        columns.append("Share")
    if breakdown.published and any(line.later.as_published for line in every):
        columns.append("As printed")

    def row(line: Line) -> list[str]:
        shown = {
            columns[0]: row_name(breakdown, line.categories),
            _column(found, earlier=True): amount_text(line.earlier),
            _column(found): amount_text(line.later),
            "Change": change_text(breakdown, line.change, marked=line.marked),
            "Share": wording.ABSENT if line.share is None else percent_text(line.share, breakdown.decimals),
            "As printed": line.later.as_published,
        }
        return [shown[column] for column in columns]

    return columns, [row(line) for line in every]


def _column(found: BreakdownTable, *, earlier: bool = False) -> str:
    """Return the heading of a column of counts: `12m to Apr 2021`, or the period alone."""
    period = (found.earlier if earlier else found.later)[-1]
    name = wording.period_column(period)
    if not found.twelve_months:
        return f"End {name}" if found.breakdown.basis is Basis.POINT else name
    return f"12m to {name}"


def _crossed(found: BreakdownTable, cross: Cross) -> tuple[list[str], list[list[str]]]:
    names = [*cross.rows, *([TOTAL] if cross.column_totals else [])]
    across = [*cross.columns, *([TOTAL] if cross.row_totals or (TOTAL, TOTAL) in cross.cells else [])]
    first = found.breakdown.dimensions[0]
    rows = [[name or "Total", *(amount_text(cross.cells.get((name, column))) for column in across)] for name in names]
    return [first[:1].upper() + first[1:], *(column or "Total" for column in across)], rows
