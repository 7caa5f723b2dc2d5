"""An indicator's past as it is shown: the last five periods, the year-end outturns, and what came before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcome_tracker.core.past import Earlier, outturn_years
from outcome_tracker.core.period import Kind
from outcome_tracker.tracker.review import Past, past_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from outcome_tracker.core.rag import Reason
    from outcome_tracker.tracker.review import IndicatorReview

RECENT, OUTTURNS, BEFORE = "Last five periods", "Year-end outturns", "Every period before"


@dataclass(frozen=True, slots=True)
class Told:
    """A figure of the past as judged, or why it isn't; whether a break lies behind it; `alone` as in `Earlier`."""

    past: Past
    unrated: Reason | None
    parted: bool
    alone: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Figures that stand together, the latest first."""

    title: str
    told: tuple[Told, ...]


def groups(found: IndicatorReview) -> tuple[Group, ...]:
    """Return an indicator's past in groups; those without any figure are left out."""
    if not found.history:
        return ()
    held, first = found.held, found.history[0].figure.period
    recent = [each for each in held.recent() if each.figure.period.end >= first.end]
    years = [held.outturn(year) for year in outturn_years(found.row.reporting)]
    shown = {each.figure.period for each in recent}
    before = [held.of(past.figure.period) for past in found.history if past.figure.period not in shown]
    made = (
        (RECENT, recent),
        (OUTTURNS, [each for each in years if each.figure.value is not None or each.figure.note]),
        (BEFORE, before),
    )
    return tuple(Group(title, _told(found, earlier)) for title, earlier in made if earlier)


def _told(found: IndicatorReview, earlier: Iterable[Earlier]) -> tuple[Told, ...]:
    """Judge each; a year's sum has no target of its own where its periods have theirs."""
    indicator = found.row.indicator
    told = []
    for each in earlier:
        summed = each.figure.period.kind is Kind.YEAR and indicator.kind is not Kind.YEAR
        past = Past(each.figure, None, None) if summed else past_of(indicator, each.figure)
        told.append(Told(past, None if summed else past.unrated(indicator), each.parted, each.alone))
    return tuple(reversed(told))
