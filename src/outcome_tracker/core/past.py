"""What a figure was before: the last five periods, and the outturns of the last two financial years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcome_tracker.core.figure import Content, Status, value_of
from outcome_tracker.core.indicator import Basis
from outcome_tracker.core.period import Kind, Period, ending
from outcome_tracker.core.standing import Measured, broken, measure, standing_period

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from outcome_tracker.core.figure import Figure
    from outcome_tracker.core.indicator import Indicator
    from outcome_tracker.core.scorecard import Row

PERIODS, OUTTURNS = 5, 2
_YEAR = 12  # months


@dataclass(frozen=True, slots=True)
class Earlier:
    """A figure, of now or of the past. `parted`: a break in the series lies between it and the one before it.

    `alone`: the figure of a year's last period, where the year's own can't be made from its periods.
    """

    figure: Measured
    parted: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A row with the figures that came before it, which are measured when they are asked for."""

    row: Row
    series: Mapping[Period, Figure]

    def recent(self, count: int = PERIODS) -> tuple[Earlier, ...]:
        """Return the figure and those before it, oldest first, in the indicator's own periods.

        One that comes more often than the report is shown once a reporting period.
        """
        row = self.row
        last = row.reporting if _fits(row.indicator, row.reporting) else row.figure.period
        before = [self.of(last.shift(-n)) for n in range(count - 1, 0, -1)]
        return (*before, self._marked(row.figure, last))

    def of(self, period: Period) -> Earlier:
        """Return the figure of a period."""
        return self._marked(measure(self.row.indicator, self.series, period), period)

    def at(self, column: Period) -> Earlier | None:
        """Return the figure that falls due in a reporting period; None where none does.

        A half-yearly or annual figure stands once, in the first reporting period it is due in.
        """
        row = self.row
        if _fits(row.indicator, column):
            return self._marked(row.figure, column) if column == row.reporting else self.of(column)
        period = standing_period(row.indicator, column)
        if period is None or period == standing_period(row.indicator, column.previous):
            return None
        return self._marked(row.figure, period) if period == row.figure.period else self.of(period)

    def outturn(self, year: Period) -> Earlier:
        """Return a financial year's figure: its own, that of its last period, or of all its periods added up."""
        indicator, series = self.row.indicator, self.series
        kind = indicator.kind
        last = ending(year.end, kind)
        last = last if last.end <= year.end else last.previous
        if last.months == _YEAR:
            return self.of(last)
        if indicator.basis is not Basis.PERIOD:
            return self._marked(measure(indicator, series, last), year)
        found = [measure(indicator, series, last.shift(-n)) for n in range(_YEAR // last.months - 1, -1, -1)]
        added = _added(indicator, found, year)
        return self._marked(added or found[-1], year, alone=added is None and found[-1].value is not None)

    def _marked(self, figure: Measured, shown: Period, *, alone: bool = False) -> Earlier:
        """Mark a figure that is shown for a period, where one of the period before is shown too."""
        return Earlier(figure, bool(broken(self.row.indicator, shown.previous, shown)), alone)


def _fits(indicator: Indicator, reporting: Period) -> bool:
    """Tell whether the indicator has a figure for each reporting period."""
    return indicator.kind is reporting.kind or indicator.kind is Kind.MONTH


def _added(indicator: Indicator, found: Sequence[Measured], year: Period) -> Measured | None:
    """Add the counts or parts of a year's periods; None where they can't be added."""
    known = [each.content for each in found if each.value is not None and each.content is not None]
    if not indicator.adds_up and any(c.numerator is None or c.denominator is None for c in known):
        return None
    if missing := next((each for each in found if each.value is None), None):
        note = f"{missing.period.short} is {missing.absent}" if known else ""
        return Measured(year, absent=missing.absent, note=note)
    content = Content(
        value=_sum([each.value for each in found]) if indicator.adds_up else None,
        numerator=_sum([c.numerator for c in known]),
        denominator=None if indicator.adds_up else _sum([c.denominator for c in known]),
        status=Status.PROVISIONAL if any(each.provisional for each in found) else Status.FINAL,
        illustrative=any(each.illustrative for each in found),
    )
    return Measured(year, value_of(content, indicator), content, note=f"{len(found)} periods added")


def _sum(numbers: Sequence[Decimal | None]) -> Decimal | None:
    known = [n for n in numbers if n is not None]
    return sum(known[1:], known[0]) if known and len(known) == len(numbers) else None


def reporting_columns(reporting: Period, count: int = PERIODS) -> tuple[Period, ...]:
    """Return the reporting period and those before it, oldest first."""
    return tuple(reporting.shift(-n) for n in range(count - 1, -1, -1))


def outturn_years(reporting: Period, count: int = OUTTURNS) -> tuple[Period, ...]:
    """Return the financial years before that of the reporting period, oldest first."""
    return tuple(reporting.financial_year.shift(-n) for n in range(count, 0, -1))
