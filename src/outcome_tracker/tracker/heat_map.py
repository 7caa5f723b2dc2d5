"""The heat map: the rating of every indicator in each of the last periods, and the share that was Green."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from outcome_tracker.core.problem import Unavailable, nearest
from outcome_tracker.core.rag import Rag
from outcome_tracker.core.scorecard import in_force_at, rating
from outcome_tracker.tracker.review import known, reporting_period

if TYPE_CHECKING:
    from collections.abc import Iterable

    from outcome_tracker.core.indicator import Indicator, Plan, Tier
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.scorecard import Rating
    from outcome_tracker.tracker.review import Known
    from outcome_tracker.tracker.workspace import Workspace

PERIODS = 8  # two years of quarters
_FEWEST = 3  # of fewer indicators a share, and of fewer periods a trend, says nothing


@dataclass(frozen=True, slots=True)
class HeatRow:
    """An indicator's rating in each period, oldest first; None where it did not count then."""

    indicator: Indicator
    plan: Plan
    cells: tuple[Rating | None, ...]

    @property
    def illustrative(self) -> bool:
        """Whether any of it rests on figures or targets made up for show."""
        return any(cell is not None and cell.illustrative for cell in self.cells)


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The periods, oldest first, and the indicators in force in any of them, in the order of the plans."""

    periods: tuple[Period, ...]
    rows: tuple[HeatRow, ...]

    def of_tier(self, tier: Tier | None) -> HeatMap:
        """Return the indicators of a tier; None is all."""
        return self if tier is None else replace(self, rows=tuple(r for r in self.rows if r.indicator.tier is tier))


def heat_map(
    workspace: Workspace, period: Period | None = None, periods: int = PERIODS, plan: str | None = None
) -> HeatMap:
    """Rate every indicator, or those of one plan, in a reporting period (the council's own when None) and before.

    Raises `Unavailable` naming the nearest code when the plan is unknown.
    """
    with workspace.read() as reader:
        found = known(workspace, reader)
    return heat_map_of(of_plan(found, plan), period, periods)


def of_plan(found: Known, code: str | None) -> Known:
    """Narrow what has been read to the plan of that code, in any case; None is all.

    Raises `Unavailable` naming the nearest code when the plan is unknown.
    """
    if code is None:
        return found
    plans = found.agreed.plans
    kept = tuple(plan for plan in plans if plan.code.casefold() == code.strip().casefold())
    if not kept:
        codes = [plan.code for plan in plans]
        raise Unavailable(f"There is no plan '{code}'.{nearest(code, codes)}", f"Plans: {', '.join(codes)}.")
    return replace(found, agreed=replace(found.agreed, plans=kept))


def heat_map_of(found: Known, period: Period | None = None, periods: int = PERIODS) -> HeatMap:
    """As `heat_map`, of what has been read already."""
    reporting = period or reporting_period(found)
    shown = tuple(reporting.shift(step) for step in range(1 - periods, 1))
    rows = []
    for plan in found.agreed.plans:
        for indicator in plan.indicators:
            cells = tuple(_cell(found, plan, indicator, each) for each in shown)
            if any(cells):
                rows.append(HeatRow(indicator, plan, cells))
    return HeatMap(shown, tuple(rows))


def _cell(found: Known, plan: Plan, indicator: Indicator, period: Period) -> Rating | None:
    if not in_force_at(plan, indicator, period):
        return None
    series, days = found.series(indicator.code), found.council.figures_due_days
    return rating(indicator, plan, series, period, found.as_at, days)


def green_shares(rows: Iterable[HeatRow]) -> tuple[Fraction | None, ...]:
    """Return the share of rated indicators that was Green in each period, None where too few were rated."""
    return tuple(
        _share([cell.rag for cell in cells if cell]) for cells in zip(*(row.cells for row in rows), strict=True)
    )


def _share(rags: list[Rag | None]) -> Fraction | None:
    rated = [rag for rag in rags if rag in {Rag.GREEN, Rag.AMBER, Rag.RED}]
    return Fraction(rated.count(Rag.GREEN), len(rated)) if len(rated) >= _FEWEST else None


def has_trend(shares: Iterable[Fraction | None]) -> bool:
    """Tell whether enough periods have a share to show how it went."""
    return sum(share is not None for share in shares) >= _FEWEST
