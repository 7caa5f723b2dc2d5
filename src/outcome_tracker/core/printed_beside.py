"""What sources printed beside figures and cells, as far as it may be published: it can say what is hidden elsewhere.

`12 (+300%)` gives away the 3 before it, and `8% (3 of 37)` says it outright. So where anything of an indicator or of a
breakdown is hidden, only what says no more than the figure itself is kept, and a printed change or share only where
nothing hidden is its base.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from outcome_tracker.core.breakdown import Published
from outcome_tracker.core.figure import Status
from outcome_tracker.core.printed import read_printed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal
    from fractions import Fraction

    from outcome_tracker.core.breakdown import Breakdown, BreakdownFigure
    from outcome_tracker.core.figure import Figure
    from outcome_tracker.core.period import Period

_COUNT = re.compile(r"(?<![\w.,])[0-9][0-9,]*(?![\w.%]|,[0-9]|\s?%)|(?<![\w.,])[0-9]+(?=\.(?:\s|$))")


def beside_figures(
    series: Mapping[Period, Figure], values: Mapping[Period, Decimal | Fraction | None], below: int
) -> Mapping[Period, Figure]:
    """Return an indicator's figures, as they are shown, with what may be published of what was printed of them.

    `values` are those that are shown.
    """
    printed = {period: figure for period, figure in series.items() if figure.content.as_published}
    if not printed:
        return series
    hides = any(figure.content.status is Status.SUPPRESSED for figure in series.values())
    gone = {period: beside(figure, values.get(period), below, hides=hides) for period, figure in printed.items()}
    return {**series, **gone}


def beside(figure: Figure, value: Decimal | Fraction | None, below: int, *, hides: bool) -> Figure:
    """Return a figure with what may be published of what was printed; `hides` says that others of it are hidden."""
    text = figure.content.as_published
    if not text or figure.content.status is Status.SUPPRESSED or _is_plain(text, value):
        return figure
    if not hides and not says_small(text, below):
        return figure
    return replace(figure, content=replace(figure.content, as_published=""))


def beside_cells(breakdown: Breakdown, cells: Sequence[BreakdownFigure], below: int) -> list[BreakdownFigure]:
    """Return the cells of a breakdown, in all periods and as they are shown, with what may be published beside them."""
    hidden = {(cell.period, cell.categories) for cell in cells if cell.content.status is Status.SUPPRESSED}
    totals = {
        cell.period for cell in cells if cell.categories == breakdown.grand_total and cell.content.count is not None
    }
    rows, periods = {categories for _, categories in hidden}, {period for period, _ in hidden}

    def is_kept(cell: BreakdownFigure) -> bool:
        content, text = cell.content, cell.content.as_published
        if not text or content.status is Status.SUPPRESSED:
            return True
        if breakdown.published is None and _is_plain(text, content.count):
            return True
        if breakdown.published is None or not _is_alone(text):
            return not hidden and not says_small(text, below)
        if breakdown.published is Published.CHANGE:
            return cell.categories not in rows
        return cell.period not in periods or cell.period in totals or content.denominator is not None

    return [cell if is_kept(cell) else replace(cell, content=replace(cell.content, as_published="")) for cell in cells]


def says_small(text: str, below: int) -> bool:
    """Tell whether a text says a count from 1 to `below`; percentages and decimals are none."""
    return any(1 <= int(found.replace(",", "")) < below for found in _COUNT.findall(text))


def _is_plain(text: str, value: Decimal | Fraction | None) -> bool:
    """Tell whether a text is nothing but the value, as rounded in print."""
    return value is not None and _is_alone(text) and read_printed(text)[0].agrees(value)


def _is_alone(text: str) -> bool:
    """Tell whether a text is one number."""
    found = read_printed(text)
    return len(found) == 1 and ";" not in text and found[0].numerator is None and not found[0].change
