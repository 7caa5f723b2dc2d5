"""Which figure stands in a reporting period, and what its direction of travel compares it with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from outcome_tracker.core.direction import Direction, direction
from outcome_tracker.core.figure import Content, Figure, Status, value_of
from outcome_tracker.core.indicator import Basis, Compare, Polarity
from outcome_tracker.core.period import Frequency, Kind, Period, ending
from outcome_tracker.core.rag import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from outcome_tracker.core.indicator import Indicator
    from outcome_tracker.core.target import Goal


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure as judged: `value` is rounded, or None with the reason in `absent`.

    `note` says how it was made where that is not plain (three months added, the last month of a quarter).
    """

    period: Period
    value: Decimal | None = None
    content: Content | None = None
    absent: Reason | None = None
    note: str = ""

    @property
    def illustrative(self) -> bool:
        """Made up for show, and said so wherever it appears."""
        return self.content is not None and self.content.illustrative

    @property
    def provisional(self) -> bool:
        """Returned, and expected to change."""
        return self.content is not None and self.content.status is Status.PROVISIONAL


@dataclass(frozen=True, slots=True)
class Travel:
    """A direction of travel with the two numbers it compares, which are increments where `increment` is set.

    `reason` says why a direction is unknown.
    """

    direction: Direction
    reason: str = ""
    period: Period | None = None
    earlier: Decimal | None = None
    later: Decimal | None = None
    increment: bool = False
    illustrative: bool = False


def measure(indicator: Indicator, series: Mapping[Period, Figure], period: Period) -> Measured:
    """Return the indicator's figure for `period`, which may be a quarter made of a monthly indicator's months."""
    if period.kind is Kind.QUARTER and indicator.kind is Kind.MONTH:
        return _quarter(indicator, series, period)
    figure = series.get(period)
    if figure is None:
        return Measured(period, absent=Reason.NOT_RETURNED)
    content = figure.content
    value = value_of(content, indicator)
    if value is None:
        reason = Reason(content.status.value) if content.status.is_absent else Reason.NOT_RETURNED
        return Measured(period, content=content, absent=reason)
    return Measured(period, value, content)


def _quarter(indicator: Indicator, series: Mapping[Period, Figure], quarter: Period) -> Measured:
    """Add the parts or counts of three months; where they can't be added the last month stands, and says so."""
    last = ending(quarter.end, Kind.MONTH)
    months = [measure(indicator, series, last.shift(step)) for step in (-2, -1, 0)]
    if not _can_add(indicator, months):
        note = "" if months[-1].value is None else f"the last month of the quarter, {last.label}"
        return Measured(last, months[-1].value, months[-1].content, months[-1].absent, note)
    missing = next((m for m in months if m.value is None), None)
    if missing:
        return Measured(quarter, absent=missing.absent, note=f"{missing.period.short} is {missing.absent}")
    contents = [m.content for m in months if m.content is not None]
    content = Content(
        value=_sum([m.value for m in months]) if indicator.adds_up else None,
        numerator=_sum([c.numerator for c in contents]),
        denominator=None if indicator.adds_up else _sum([c.denominator for c in contents]),
        status=Status.PROVISIONAL if any(m.provisional for m in months) else Status.FINAL,
        illustrative=any(m.illustrative for m in months),
    )
    added = "counts" if indicator.adds_up else "parts"
    return Measured(quarter, value_of(content, indicator), content, note=f"the {added} of three months added")


def _can_add(indicator: Indicator, months: list[Measured]) -> bool:
    if not indicator.sums_months:
        return False
    if indicator.adds_up:
        return True
    contents = [m.content for m in months if m.value is not None and m.content is not None]
    return bool(contents) and all(c.numerator is not None and c.denominator is not None for c in contents)


def _sum(numbers: list[Decimal | None]) -> Decimal | None:
    known = [n for n in numbers if n is not None]
    return sum(known[1:], known[0]) if known and len(known) == len(numbers) else None


def standing_period(indicator: Indicator, reporting: Period) -> Period | None:
    """Return the period whose figure stands in a reporting period; None where none is due yet in its year.

    A figure of a longer frequency stands until its next is due or the financial year ends; an annual one is
    due in the quarter its plan names (Q4 unless `due:` says otherwise).
    """
    kind, year = indicator.kind, reporting.financial_year
    if kind is Kind.MONTH or kind is reporting.kind:
        return reporting
    if kind in {Kind.YEAR, Kind.ACADEMIC, Kind.CALENDAR}:
        due = Period(Kind.QUARTER, year.year, indicator.due)
        if reporting.end < due.end:
            return None
        annual = ending(year.end, kind)
        return annual if annual.end <= year.end else annual.previous
    latest = ending(reporting.end, kind)
    if latest.end > reporting.end:
        latest = latest.previous
    return latest if latest.start >= year.start else None


def awaited_period(indicator: Indicator, reporting: Period) -> Period:
    """Return the period whose figure is the first to come in a year in which none is due yet."""
    quarter = {Kind.QUARTER: 1, Kind.HALF: 2}.get(indicator.kind, indicator.due)
    return standing_period(indicator, Period(Kind.QUARTER, reporting.financial_year.year, quarter)) or reporting


def due_periods(indicator: Indicator, reporting: Period) -> list[Period]:
    """Return the periods whose figures a return for `reporting` needs: each month of a quarter, else one or none."""
    if indicator.kind is Kind.MONTH and reporting.kind is Kind.QUARTER:
        last = ending(reporting.end, Kind.MONTH)
        return [last.shift(step) for step in (-2, -1, 0)]
    period = standing_period(indicator, reporting)
    return [period] if period else []


def due_on(indicator: Indicator, period: Period, reporting: Period, days: int) -> date:
    """Return the day by which a figure is due, `days` after its period's end.

    An annual figure's days run from the end of the quarter in which its plan says it is due.
    """
    last = period.end
    if indicator.frequency is Frequency.ANNUAL:
        last = Period(Kind.QUARTER, reporting.financial_year.year, indicator.due).end
    return last + timedelta(days=days)


def stand(
    indicator: Indicator, series: Mapping[Period, Figure], reporting: Period, as_at: date, due_days: int
) -> Measured:
    """Return the figure that stands in `reporting`, or why there is none as of the day `as_at`."""
    period = standing_period(indicator, reporting)
    if period is None:
        return Measured(awaited_period(indicator, reporting), absent=Reason.NOT_DUE)
    measured = measure(indicator, series, period)
    if measured.value is None and measured.absent is Reason.NOT_RETURNED and measured.content is None:
        due = due_on(indicator, measured.period, reporting, due_days)
        if as_at <= due:
            return Measured(measured.period, absent=Reason.NOT_DUE, note=f"due on {due.isoformat()}")
    return measured


def compared_period(
    indicator: Indicator, series: Mapping[Period, Figure], period: Period, compare: Compare
) -> Period | None:
    """Return the period that a direction compares `period` with; None where `last available` finds none."""
    match compare:
        case Compare.PREVIOUS:
            return period.previous
        case Compare.YEAR_BEFORE:
            return period.year_before
        case Compare.YEAR_END:
            if period.months == 12:  # noqa: PLR2004 - a year, perhaps not a financial one
                return period.previous
            return ending(period.financial_year.previous.end, period.kind)
        case Compare.LAST:
            earlier = sorted((p for p in series if p.end < period.end), key=lambda p: p.end, reverse=True)
            if period.kind is not indicator.kind:
                earlier = [ending(p.end, period.kind) for p in earlier if ending(p.end, period.kind).end < period.end]
            return next((p for p in earlier if measure(indicator, series, p).value is not None), None)


def travel(
    indicator: Indicator,
    series: Mapping[Period, Figure],
    current: Measured,
    compare: Compare,
    goal: Goal | None = None,
) -> Travel:
    """Return the direction from the compared figure to `current`; unknown, with the reason, rather than a fallback."""
    if current.value is None:
        return _unknown(current)
    period = compared_period(indicator, series, current.period, compare)
    if period is None:
        return Travel(Direction.UNKNOWN, "no earlier figure is available")
    earlier = measure(indicator, series, period)
    accrues = indicator.basis is Basis.CUMULATIVE and indicator.adds_up and indicator.frequency is not Frequency.ANNUAL
    if accrues and compare is Compare.PREVIOUS:
        return _increments(indicator, series, current, earlier)
    if earlier.value is None:
        return _unknown(earlier, period)
    if reason := _incomparable(indicator, earlier.period, current.period):
        return Travel(Direction.UNKNOWN, reason, period)
    judged = direction(current.value, earlier.value, indicator.better, indicator.threshold, goal)
    reason = "no target range is set" if judged is Direction.UNKNOWN else ""
    flag = current.illustrative or earlier.illustrative
    return Travel(judged, reason, period, earlier.value, current.value, illustrative=flag)


def _unknown(absent: Measured, compared: Period | None = None) -> Travel:
    return Travel(Direction.UNKNOWN, f"{absent.period.short} is {absent.absent}", compared)


def _incomparable(indicator: Indicator, earlier: Period, current: Period) -> str:
    """Return why the figures of two periods can't be compared, or nothing."""
    if earlier.kind is not current.kind:
        return f"{earlier.short} and {current.short} are made in different ways"
    months, of_earlier = current.months_into_year, earlier.months_into_year
    if indicator.basis is Basis.CUMULATIVE and indicator.adds_up and months != of_earlier:
        return f"a year to date of {of_earlier} months cannot be compared with one of {months}"
    return broken(indicator, earlier, current)


def _increments(indicator: Indicator, series: Mapping[Period, Figure], current: Measured, earlier: Measured) -> Travel:
    """Compare what two successive periods added to the year to date; the first of a year added all of it."""
    compared = first = earlier.period
    if indicator.better is Polarity.WITHIN:
        return Travel(Direction.UNKNOWN, "what a period adds cannot be held against a range", compared)
    added: list[Decimal] = []
    flag = False
    for measured in (earlier, current):
        value = measured.value
        if value is None:
            return _unknown(measured, compared)
        flag |= measured.illustrative
        if measured.period.months_into_year > measured.period.months:
            base = measure(indicator, series, measured.period.previous)
            if base.value is None:
                return _unknown(base, compared)
            value -= base.value
            flag |= base.illustrative
            first = min(first, base.period, key=lambda p: p.end)
        added.append(value)
    if reason := broken(indicator, first, current.period):
        return Travel(Direction.UNKNOWN, reason, compared)
    judged = direction(added[1], added[0], indicator.better, indicator.threshold)
    return Travel(judged, "", compared, added[0], added[1], increment=True, illustrative=flag)


def broken(indicator: Indicator, earlier: Period, later: Period) -> str:
    """Return which break of the series lies between two periods, in words; nothing where none does."""
    for found in indicator.breaks:
        if earlier.end < found.start.start <= later.end:
            return f"the series breaks at {found.start.short}: {found.reason}"
    return ""
