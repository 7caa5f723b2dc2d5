"""Breakdowns: those that are declared, and their tables in a period, for people at a terminal and for reports."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcome_tracker.core.breakdown_amount import YEAR, totals_of
from outcome_tracker.core.breakdown_table import BreakdownTable, own_period, table_of
from outcome_tracker.core.problem import Unavailable, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from outcome_tracker.core.breakdown import Breakdown, BreakdownFigure
    from outcome_tracker.core.figure import Figure
    from outcome_tracker.core.indicator import Agreed, Council, Plan
    from outcome_tracker.core.period import Period
    from outcome_tracker.store.queries import Reader
    from outcome_tracker.tracker.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Gathered:
    """The figures of breakdowns, and those of the indicators that are their totals, by code.

    What is published is made of one in which small numbers are hidden.
    """

    figures: Mapping[str, tuple[BreakdownFigure, ...]]
    totals: Mapping[str, Mapping[Period, Figure]]


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
    council: Council
    as_at: date


def gather(reader: Reader, breakdowns: Iterable[Breakdown], reporting: Period, as_at: date | None = None) -> Gathered:
    """Read what the tables of a reporting period need, in two queries however many breakdowns there are."""
    found = list(breakdowns)
    if not found:
        return Gathered({}, {})
    periods = {period for breakdown in found for period in _looked_at(breakdown, reporting)}
    figures: defaultdict[str, list[BreakdownFigure]] = defaultdict(list)
    for figure in reader.breakdown_figures([each.code for each in found], as_at=as_at, periods=periods):
        figures[figure.breakdown].append(figure)
    totals = {each.total for each in found if each.total}
    return Gathered(
        {code: tuple(its) for code, its in figures.items()},
        reader.series(totals, as_at=as_at, periods=periods) if totals else {},
    )


def _looked_at(breakdown: Breakdown, reporting: Period) -> list[Period]:
    """Return the periods of the two years that end with the breakdown's own."""
    own = own_period(breakdown, reporting)
    return [own.shift(-steps) for steps in range(2 * YEAR // own.months)]


def tables(plan: Plan, agreed: Agreed, gathered: Gathered, reporting: Period) -> tuple[BreakdownTable, ...]:
    """Return the tables of a plan's breakdowns in a reporting period; what nothing is held of has none."""
    made = (_table(breakdown, agreed, gathered, reporting) for breakdown in plan.breakdowns)
    return tuple(table for table in made if table is not None)


def _table(breakdown: Breakdown, agreed: Agreed, gathered: Gathered, reporting: Period) -> BreakdownTable | None:
    indicator = agreed.indicator(breakdown.total) if breakdown.total else None
    totals = {} if indicator is None else totals_of(breakdown, indicator, gathered.totals.get(indicator.code, {}))
    return table_of(breakdown, gathered.figures.get(breakdown.code, ()), reporting, totals)


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
        periods = _periods(reader.breakdown_figures([breakdown.code], as_at=workspace.as_at))
        if not periods:
            raise Unavailable(
                f"There are no figures of {breakdown.code}.",
                "`outcome-tracker import breakdowns FILE` brings them in.",
            )
        shown = reporting or periods[-1]
        gathered = gather(reader, [breakdown], shown, workspace.as_at)
    table = _table(breakdown, agreed, gathered, shown)
    if table is None:
        own = own_period(breakdown, shown)
        raise Unavailable(
            f"There are no figures of {breakdown.code} for {own.label}.",
            f"There are some for {periods[-1].label}: --period {periods[-1]}",
        )
    return Shown(table, plan, agreed.council, workspace.seen_from)


def find(agreed: Agreed, code: str) -> tuple[Plan, Breakdown]:
    """Return the breakdown of that code, in any case, with its plan."""
    for plan in agreed.plans:
        for breakdown in plan.breakdowns:
            if breakdown.code.casefold() == code.strip().casefold():
                return plan, breakdown
    codes = [breakdown.code for breakdown in agreed.breakdowns]
    known = nearest(code, codes)
    raise Unavailable(f"There is no breakdown '{code}'.{known}", "`outcome-tracker breakdown` lists all.")
