"""The words for what is hidden: why a figure or a table is not published, and where commentary says it all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.commentary import label
from outcome_tracker.core.printed_counts import FigureKey
from outcome_tracker.core.wording import period_short

if TYPE_CHECKING:
    from outcome_tracker.core.indicator import Agreed
    from outcome_tracker.core.mention import Mention
    from outcome_tracker.core.publication import Hidden, Publication


def hidden_rows(publication: Publication, agreed: Agreed) -> list[tuple[str, str, str]]:
    """Return what is not published, with its period and why: figures in the order of the plans, then tables.

    Cells of a table are counted, not named: that they are hidden stands in the table.
    """
    order = {i.code: (place, i.title) for place, i in enumerate(i for plan in agreed.plans for i in plan.indicators)}
    titles = {breakdown.code: breakdown.title for breakdown in agreed.breakdowns}
    figures = [each for each in publication.hidden if isinstance(each.what, FigureKey)]
    figures.sort(key=lambda each: (order[_code(each)][0], each.what.period.end))
    rows = [
        (f"{_code(each)} {order[_code(each)][1]}", period_short(each.what.period), each.why.value) for each in figures
    ]
    cells: dict[tuple[str, str, str], int] = {}
    for each in publication.hidden:
        if not isinstance(each.what, FigureKey):
            row = (
                f"{each.what.breakdown} {titles[each.what.breakdown]}",
                period_short(each.what.period),
                each.why.value,
            )
            cells[row] = cells.get(row, 0) + 1
    rows += [
        (name, period, f"{number} {'cell' if number == 1 else 'cells'}: {why}")
        for (name, period, why), number in cells.items()
    ]
    rows += [
        (
            f"{each.breakdown} {titles[each.breakdown]}",
            period_short(each.period),
            f"not published: {each.reason}",
        )
        for each in publication.refused
    ]
    return rows


def _code(hidden: Hidden) -> str:
    return hidden.what.indicator if isinstance(hidden.what, FigureKey) else hidden.what.breakdown


def mention_text(mention: Mention) -> str:
    """Return the warning that commentary says a hidden number: what people write is published as it is."""
    said = mention.said
    return (
        f"{said.subject}, {period_short(said.period)}, {label(said.section)}: '{mention.passage}' may say a number of "
        f"{mention.indicator} that is hidden; what people write is published as it is, so change the commentary."
    )
