"""Breakdowns in a report: each declared one as a table of 12 months against the 12 months before, and as months."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from outcome_tracker.core import breakdown_table_wording as words
from outcome_tracker.core.breakdown import TOTAL
from outcome_tracker.core.number import Unit, UnitKind, half_up
from outcome_tracker.core.report import Cell, Paragraph, Section
from outcome_tracker.core.report_cells import table, two_years_picture
from outcome_tracker.core.report_matter import anchor
from outcome_tracker.core.report_wording import no_breakdown_text, refused_text
from outcome_tracker.core.volume import percent_text
from outcome_tracker.core.wording import ABSENT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from outcome_tracker.core.breakdown import Breakdown
    from outcome_tracker.core.breakdown_amount import Amount
    from outcome_tracker.core.breakdown_cross import Cross
    from outcome_tracker.core.breakdown_table import BreakdownTable, Line, Others
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.report import Block, Table
    from outcome_tracker.core.report_matter import BreakdownTold, Matter

_NUMBER, _PERCENT = Unit(UnitKind.NUMBER), Unit(UnitKind.PERCENT)
_MARKED = 3  # changes that are named in the opening sentence


def breakdowns(matter: Matter) -> Section | None:
    """Return the breakdowns, by plan where there are several; None where no plan declares any."""
    plans = [
        (plan, [_one(each, matter.period) for each in plan.breakdowns]) for plan in matter.plans if plan.breakdowns
    ]
    if not plans:
        return None
    if matter.is_one_plan:
        return Section("breakdowns", "Breakdowns", (), tuple(plans[0][1]))
    sections = (Section(anchor("breakdowns", p.plan.code), p.name, (), tuple(found)) for p, found in plans)
    return Section("breakdowns", "Breakdowns", (), tuple(sections))


def _one(told: BreakdownTold, period: Period) -> Section:
    breakdown, found = told.breakdown, told.table
    code, title = anchor("breakdown", breakdown.code), f"{breakdown.code} {breakdown.title}"
    if told.refused:
        return Section(code, title, (Paragraph(refused_text(told.refused)),))
    if found is None:
        return Section(code, title, (Paragraph(no_breakdown_text(period)),))
    blocks: list[Block] = []
    if breakdown.definition:
        blocks.append(Paragraph(breakdown.definition))
    if said := _opening(found):
        blocks.append(Paragraph(said, lead=True))
    blocks += two_years_picture(title, told.two_years, _NUMBER)
    if found.cross is None or found.is_compared:
        blocks.append(_volumes(found))
    if found.cross is not None:
        blocks.append(_crossed(found, found.cross, words.notes(found) if not found.is_compared else []))
    if breakdown.source:
        blocks.append(Paragraph(f"Source: {breakdown.source}.", source=True))
    return Section(code, title, tuple(blocks))


def _opening(found: BreakdownTable) -> str:
    """Return the total in a sentence, then the largest of the marked changes."""
    lines = [found.total] if found.total is not None and found.total.later.count is not None else []
    marked = sorted((line for line in found.lines if line.marked), key=lambda line: -abs(line.change or Fraction(0)))
    return " ".join(words.line_text(found, line) for line in (*lines, *marked[:_MARKED]))


def _volumes(found: BreakdownTable) -> Table:
    breakdown = found.breakdown
    names = [dimension.capitalize() for dimension in breakdown.dimensions]
    spans = [words.span_title(found), words.span_title(found, earlier=True)]
    rows = [_row(found, line, [*line.categories]) for line in found.lines]
    if found.others is not None and found.others.later is not None:
        rows.append(_others(found, found.others, ["All others", *[""] * (len(names) - 1)]))
    if found.total is not None:
        rows.append(_row(found, found.total, ["Total", *[""] * (len(names) - 1)]))
    columns = [*names, *spans, "Change", "Share"]
    numeric = "|".join([*spans, "Change", "Share"])
    code = anchor("volumes", breakdown.code)
    return table(code, words.heading(found), "|".join(columns), rows, numeric=numeric, notes=words.notes(found))


def _row(found: BreakdownTable, line: Line, names: list[str]) -> list[Cell | str]:
    breakdown = found.breakdown
    earlier = _count(line.earlier) if found.is_compared else Cell("")
    change = words.change_text(breakdown, line.change, marked=line.marked) if found.is_compared else ""
    share = "" if line.share is None else percent_text(line.share, breakdown.decimals)
    return [
        *names,
        _count(line.later),
        earlier,
        _percent(change, line.change, breakdown),
        _percent(share, line.share, breakdown),
    ]


def _others(found: BreakdownTable, others: Others, names: list[str]) -> list[Cell | str]:
    breakdown = found.breakdown
    earlier = Cell("") if others.earlier is None or not found.is_compared else _whole(others.earlier)
    change = words.change_text(breakdown, others.change) if found.is_compared else ""
    later = Cell(ABSENT) if others.later is None else _whole(others.later)
    return [*names, later, earlier, _percent(change, others.change, breakdown), ""]


def _count(amount: Amount) -> Cell:
    """Return a count; where it carries a mark the text alone, so that the mark is never lost."""
    text = words.amount_text(amount)
    plain = amount.count is not None and text == f"{amount.count:,f}"
    return Cell(text, amount.count if plain else None, _NUMBER if plain else None)


def _whole(count: Decimal) -> Cell:
    return Cell(f"{count:,f}", count, _NUMBER)


def _percent(text: str, exact: Fraction | None, breakdown: Breakdown) -> Cell:
    """Return a percentage; a marked one as text alone."""
    if exact is None or words.MARK in text:
        return Cell(text)
    return Cell(text, half_up(exact, breakdown.decimals), _PERCENT)


def _crossed(found: BreakdownTable, cross: Cross, notes: list[str]) -> Table:
    """Return the counts of now by both dimensions, with their totals."""
    breakdown = found.breakdown
    columns = [*cross.columns, *([TOTAL] if cross.row_totals or breakdown.grand_total in cross.cells else [])]
    rows = [*cross.rows, *([TOTAL] if cross.column_totals else [])]
    titles = [column or "Total" for column in columns]
    first = f"{breakdown.dimensions[0].capitalize()} by {breakdown.dimensions[1]}"
    return table(
        anchor("crossed", breakdown.code),
        f"{breakdown.title}, {words.span_title(found)}",
        "|".join([first, *(title.replace("|", "/") for title in titles)]),
        [[row or "Total", *_crossing(cross, row, columns)] for row in rows],
        numeric="|".join(title.replace("|", "/") for title in titles),
        notes=notes,
    )


def _crossing(cross: Cross, row: str, columns: list[str]) -> Iterator[Cell]:
    for column in columns:
        amount = cross.cells.get((row, column))
        yield Cell(ABSENT) if amount is None else _count(amount)
