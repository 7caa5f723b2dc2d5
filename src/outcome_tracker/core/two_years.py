"""A monthly series as two lines of 12 months: those to a month, and above the same months the 12 before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcome_tracker.core.breakdown_amount import YEAR, year_to
from outcome_tracker.core.figure import value_of
from outcome_tracker.core.indicator import Basis
from outcome_tracker.core.number import total
from outcome_tracker.core.period import MONTHS, Frequency, Kind, Period
from outcome_tracker.core.volume import percentage_change

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal
    from fractions import Fraction

    from outcome_tracker.core.breakdown import Breakdown, BreakdownFigure
    from outcome_tracker.core.figure import Figure
    from outcome_tracker.core.indicator import Indicator

Values = dict[Period, "Decimal"]


@dataclass(frozen=True, slots=True)
class TwoYears:
    """Twelve months, oldest first, with the value of each and that of the year before; None is a gap in a line.

    `adds_up` where the months of a year can be added.
    """

    months: tuple[Period, ...]
    later: tuple[Decimal | None, ...]
    earlier: tuple[Decimal | None, ...]
    adds_up: bool
    illustrative: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        """The months below both lines: `May`, … `Apr`."""
        return tuple(MONTHS[month.number - 1] for month in self.months)

    @property
    def sums(self) -> tuple[Decimal | None, Decimal | None]:
        """The later and the earlier 12 months added up; None where they can't be, or one is missing."""
        return _sum(self.later, self.adds_up), _sum(self.earlier, self.adds_up)

    @property
    def change(self) -> Fraction | None:
        """The change of the sums in percent of the earlier one, exactly."""
        later, earlier = self.sums
        return percentage_change(earlier, later)

    @property
    def gaps(self) -> tuple[Period, ...]:
        """The months without a value: of the later line, and of the earlier one unless it has none at all."""
        lacking = [month for month, value in zip(self.months, self.later, strict=True) if value is None]
        before = [month.year_before for month, value in zip(self.months, self.earlier, strict=True) if value is None]
        return (*(before if len(before) < YEAR else ()), *lacking)


def _sum(values: tuple[Decimal | None, ...], adds_up: bool) -> Decimal | None:  # noqa: FBT001 - one of the fields above
    known = [value for value in values if value is not None]
    return total(known) if adds_up and len(known) == len(values) else None


def two_years(
    values: Mapping[Period, Decimal], month: Period, *, adds_up: bool, illustrative: bool = False
) -> TwoYears | None:
    """Return both lines of a series to a month; None where the later one would be empty."""
    months = year_to(month)
    later = tuple(values.get(each) for each in months)
    if all(value is None for value in later):
        return None
    earlier = tuple(values.get(each.year_before) for each in months)
    return TwoYears(months, later, earlier, adds_up, illustrative)


def of_indicator(indicator: Indicator, series: Mapping[Period, Figure], reporting: Period) -> TwoYears | None:
    """Return both lines of a monthly indicator to the last month of a reporting period; None for any other."""
    if indicator.frequency is not Frequency.MONTHLY:
        return None
    values: Values = {
        period: value for period, figure in series.items() if (value := value_of(figure.content, indicator)) is not None
    }
    adds_up = indicator.adds_up and indicator.basis is Basis.PERIOD
    invented = indicator.illustrative or any(figure.content.illustrative for figure in series.values())
    return two_years(values, last_month(reporting), adds_up=adds_up, illustrative=invented)


def of_total(breakdown: Breakdown, figures: Iterable[BreakdownFigure], reporting: Period) -> TwoYears | None:
    """Return both lines of a monthly breakdown's total, as its figures give it; None for any other."""
    if breakdown.frequency is not Frequency.MONTHLY:
        return None
    its = [figure for figure in figures if figure.categories == breakdown.grand_total]
    values: Values = {each.period: each.content.count for each in its if each.content.count is not None}
    invented = breakdown.illustrative or any(figure.content.illustrative for figure in its)
    adds_up = breakdown.basis is Basis.PERIOD
    return two_years(values, last_month(reporting), adds_up=adds_up, illustrative=invented)


def last_month(period: Period) -> Period:
    """Return the month that a period ends with."""
    return Period(Kind.MONTH, period.end.year, period.end.month)
