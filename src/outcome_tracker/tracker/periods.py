"""An indicator's past as it is shown: the last five periods, the year-end outturns, and what came before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcome_tracker.core.past import Earlier, outturn_years
from outcome_tracker.tracker.review import Past, past_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from outcome_tracker.tracker.review import IndicatorReview

RECENT, OUTTURNS, BEFORE = "Last five periods", "Year-end outturns", "Periods before"


@dataclass(frozen=True, slots=True)
class Told:
    """A figure of the past as judged; `parted` and `alone` as in `Earlier`."""

    past: Past
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
    indicator = found.row.indicator
    return tuple(Told(past_of(indicator, each.figure), each.parted, each.alone) for each in earlier)[::-1]
