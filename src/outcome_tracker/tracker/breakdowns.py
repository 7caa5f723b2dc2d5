"""Breakdowns: those that are declared, and one of them in a period, small numbers and all: for officers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcome_tracker.core.breakdown_amount import totals_of
from outcome_tracker.core.breakdown_table import BreakdownTable, own_period, table_of
from outcome_tracker.core.problem import Unavailable, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from outcome_tracker.core.breakdown import Breakdown, BreakdownFigure, Counted
    from outcome_tracker.core.indicator import Agreed, Plan
    from outcome_tracker.core.period import Period
    from outcome_tracker.store.queries import Reader
    from outcome_tracker.tracker.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Listed:
    """A breakdown that is declared, with the periods that there are figures for, the latest last."""

    breakdown: Breakdown
    plan: Plan
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A breakdown's table as of a day."""

    table: BreakdownTable
    plan: Plan
    as_at: date


def list_breakdowns(workspace: Workspace) -> list[Listed]:
    """Return every breakdown with the periods of its figures; raises `Unavailable` where there is no database."""
    with workspace.read() as reader, reader.snapshot():
        agreed = reader.agreed(workspace.as_at)
        held = reader.breakdown_figures(as_at=workspace.as_at)
    return [
        Listed(breakdown, plan, _periods(figure for figure in held if figure.breakdown == breakdown.code))
        for plan in agreed.plans
        for breakdown in plan.breakdowns
    ]


def _periods(figures: Iterable[BreakdownFigure]) -> tuple[Period, ...]:
    return tuple(sorted({figure.period for figure in figures}, key=lambda period: (period.end, period.start)))


def show_breakdown(workspace: Workspace, code: str, reporting: Period | None = None) -> Shown:
    """Return a breakdown in a reporting period, or in the latest that there are figures for.

    Raises `Unavailable` for an unknown code, and where nothing is held.
    """
    with workspace.read() as reader, reader.snapshot():
        agreed = reader.agreed(workspace.as_at)
        plan, breakdown = find(agreed, code)
        figures = reader.breakdown_figures([breakdown.code], as_at=workspace.as_at)
        totals = _totals(reader, agreed, breakdown, workspace.as_at)
    periods = _periods(figures)
    if not periods:
        raise Unavailable(
            f"There are no figures of {breakdown.code}.",
            "`outcome-tracker import breakdowns FILE` brings them in.",
        )
    shown = reporting or periods[-1]
    table = table_of(breakdown, figures, shown, totals)
    if table is None:
        raise Unavailable(
            f"There are no figures of {breakdown.code} for {own_period(breakdown, shown).label}.",
            f"There are some for {periods[-1].label}: --period {periods[-1]}",
        )
    return Shown(table, plan, workspace.seen_from)


def _totals(reader: Reader, agreed: Agreed, breakdown: Breakdown, as_at: date | None) -> Mapping[Period, Counted]:
    """Return the figures of the indicator that the counts add up to, where there is one."""
    indicator = agreed.indicator(breakdown.total) if breakdown.total else None
    if indicator is None:
        return {}
    return totals_of(breakdown, indicator, reader.series([indicator.code], as_at=as_at).get(indicator.code, {}))


def find(agreed: Agreed, code: str) -> tuple[Plan, Breakdown]:
    """Return the breakdown of that code, in any case, with its plan."""
    for plan in agreed.plans:
        for breakdown in plan.breakdowns:
            if breakdown.code.casefold() == code.strip().casefold():
                return plan, breakdown
    codes = [breakdown.code for breakdown in agreed.breakdowns]
    known = nearest(code, codes)
    raise Unavailable(f"There is no breakdown '{code}'.{known}", "`outcome-tracker breakdown` lists all.")
