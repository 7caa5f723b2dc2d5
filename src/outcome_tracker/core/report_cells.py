"""Cells that the tables of a report share: names, figures, targets, ratings and directions."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from outcome_tracker.core.number import with_unit
from outcome_tracker.core.report import Cell, Column, Picture, Table
from outcome_tracker.core.report_wording import ABSENT_MARK, rag_words, twelve_months_text
from outcome_tracker.core.target import as_written
from outcome_tracker.core.target_review_wording import goal_words
from outcome_tracker.core.wording import (
    ABSENT,
    BREAK,
    DIRECTION_WORD,
    ILLUSTRATIVE,
    RAG_WORD,
    REVISED,
    marks,
    period_short,
    target_text,
    value_text,
)
from outcome_tracker.core.year_drawing import Year, drawing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outcome_tracker.core.indicator import Indicator
    from outcome_tracker.core.number import Unit
    from outcome_tracker.core.rag import Rag
    from outcome_tracker.core.report import Kin
    from outcome_tracker.core.report_matter import Before, Told
    from outcome_tracker.core.scorecard import Row
    from outcome_tracker.core.standing import Measured
    from outcome_tracker.core.target import InForce
    from outcome_tracker.core.two_years import TwoYears


def table(
    code: str,
    caption: str,
    columns: str,
    rows: Iterable[Sequence[Cell | str]],
    *,
    numeric: str = "",
    notes: Iterable[str] = (),
    kin: Kin | None = None,
) -> Table:
    """Return a table; `columns` and the `numeric` ones among them are named with bars between, texts become cells.

    A column that says nothing in any row is left out.
    """
    right = numeric.split("|")
    cells = [[Cell(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    titles = columns.split("|")
    kept = [n for n in range(len(titles)) if n == 0 or any(row[n].text for row in cells)]
    return Table(
        code,
        caption,
        tuple(Column(titles[n], titles[n] in right) for n in kept),
        tuple(tuple(row[n] for n in kept) for row in cells),
        tuple(notes),
        kin,
    )


def two_years_picture(name: str, lines: TwoYears | None, unit: Unit, decimals: int = 0) -> Iterator[Picture]:
    """Draw 12 months beside the 12 before, where both have figures, with what they show in words."""
    if lines is None or all(value is None for value in lines.earlier):
        return
    last = lines.months[-1]
    year, before = (
        Year(twelve_months_text(end), values)
        for end, values in ((last, lines.later), (last.year_before, lines.earlier))
    )
    drawn = drawing(f"{name}: months of two years", lines.labels, year, before, unit, decimals)
    if drawn is not None:
        yield Picture(drawn, f"{name}: 12 months to {last.label} beside the 12 months before")


def figure_cell(figure: Measured, indicator: Indicator, *, units: bool = False) -> Cell:
    """Return a figure, its number for a spreadsheet, or the mark of why there is none; `units`: all units are said."""
    if figure.value is None:
        return Cell(ABSENT_MARK.get(figure.absent, ABSENT) if figure.absent else ABSENT)
    shown = with_unit if units else value_text
    return Cell(shown(figure.value, indicator.unit), figure.value, indicator.unit)


def target_cell(target: InForce | None, indicator: Indicator, *, units: bool = False) -> Cell:
    """Return a target as written; a range, or what is profiled, is no plain number."""
    text = target_text(target, indicator)
    if target is not None and units:
        text = goal_words(target.goal, indicator) + (" profiled" if target.profiled else "")
    if target is None or target.profiled or target.goal.value is None:
        return Cell(text)
    return Cell(text, Decimal(as_written(target.goal.value, indicator.decimals)), indicator.unit)


def rag_cell(row: Row) -> Cell:
    """Return a rating, with the reason where none can be given."""
    return Cell(rag_words(row), rag=row.rag)


def rated_cell(rag: Rag | None) -> Cell:
    """Return a rating of the past; empty where there is none."""
    return Cell(RAG_WORD[rag] if rag else "", rag=rag)


def direction_cell(row: Row) -> Cell:
    """Return the headline direction."""
    return Cell(DIRECTION_WORD[row.direction] if row.direction else "", direction=row.direction)


def before_notes(before: Before, told: Told) -> str:
    """Return what must be known of a figure of a table of periods: why it is absent or unrated, and its marks."""
    figure, indicator = before.figure, told.indicator
    said = [
        f"no rating: {before.unrated}" if before.unrated else "",
        str(figure.absent) if figure.value is None and figure.absent is not before.unrated else "",
        marks(figure) or (ILLUSTRATIVE if indicator.illustrative else ""),
        REVISED if figure.period in told.revised else "",
        BREAK if before.parted else "",
        "the year cannot be added up" if before.alone else "",
        figure.note,
    ]
    return "; ".join(part for part in said if part)


def row_notes(told: Told) -> str:
    """Return what must be known of a figure in a scorecard: its marks, its period where another, how it was made."""
    row, figure = told.row, told.row.figure
    said = [marks(figure, row), REVISED if figure.period in told.revised else ""]
    if figure.value is not None:
        said.append(
            figure.note or (f"figure of {period_short(figure.period)}" if figure.period != row.reporting else "")
        )
    return "; ".join(part for part in said if part)
