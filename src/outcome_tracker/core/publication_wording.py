"""The words for what is hidden: why a figure or a table is not published, and where commentary says it all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.commentary import label
from outcome_tracker.core.mention import NOTE
from outcome_tracker.core.printed_counts import FigureKey
from outcome_tracker.core.publication import below_of
from outcome_tracker.core.wording import period_short

if TYPE_CHECKING:
    from outcome_tracker.core.breakdown import Breakdown
    from outcome_tracker.core.indicator import Agreed, Indicator
    from outcome_tracker.core.mention import Mention
    from outcome_tracker.core.publication import Hidden, Publication

_HIDES = 2  # the least number below which a count can be hidden


def hidden_rows(publication: Publication, agreed: Agreed) -> list[tuple[str, str, str]]:
    """Return what is not published, with its period and why: figures in the order of the plans, then tables.

    Cells of a table are not named: that they are hidden stands in the table. Neither do reasons tell small numbers from
    those that are hidden for their sake: of two hidden cells with a total of 6 the small one would be 1.
    """
    subjects: list[Indicator | Breakdown] = [i for plan in agreed.plans for i in plan.indicators]
    subjects += agreed.breakdowns
    places = {each.code: place for place, each in enumerate(subjects)}
    found = {(_code(each), each.what.period): "" for each in publication.hidden}
    found |= {(each.breakdown, each.period): f"not published: {each.reason}" for each in publication.refused}
    rows = sorted(found.items(), key=lambda row: (places[row[0][0]], row[0][1].end))
    return [
        (f"{code} {subject.title}", period_short(period), refused or hidden_text(below_of(agreed, subject)))
        for (code, period), refused in rows
        for subject in [subjects[places[code]]]
    ]


def hidden_text(below: int) -> str:
    """Return why figures or cells are hidden where counts `below` a number are, and not which of them are small."""
    if below < _HIDES:
        return "hidden so that small numbers elsewhere can't be worked out"
    return f"counts below {below}, and others so that these can't be worked out"


def _code(hidden: Hidden) -> str:
    return hidden.what.indicator if isinstance(hidden.what, FigureKey) else hidden.what.breakdown


def left_out_text(lines: int) -> str:
    """Return why lines that a source printed of a plan are not shown beside the computed ones."""
    are = "A line is" if lines == 1 else f"{lines} lines are"
    return (
        f"{are} not shown as published: a rating or direction that is computed is withheld because of a small number, "
        "and the difference would tell it."
    )


def mention_text(mention: Mention) -> str:
    """Return the warning that commentary or a note says a hidden number: what people write is published as it is."""
    said = mention.said
    where = "note" if said.section == NOTE else "commentary"
    return (
        f"{said.subject}, {period_short(said.period)}, {label(said.section)}: '{mention.passage}' may say a number of "
        f"{mention.code} that is hidden; what people write is published as it is, so change the {where}."
    )
