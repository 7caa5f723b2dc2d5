"""A monthly series as two lines of 12 months."""

from dataclasses import replace
from decimal import Decimal

from outcome_tracker.core.indicator import Basis
from outcome_tracker.core.period import Frequency, Period, parse
from outcome_tracker.core.two_years import TwoYears, last_month, of_indicator, of_total, two_years
from tests.core.breakdowns import APRIL, BY_SOURCE, BY_TEAM, figure
from tests.core.making import CALLS, FAMILIES, PERCENT, series

ALL = [APRIL.shift(step) for step in range(-23, 1)]


def made(values: dict[Period, int], *, adds_up: bool = True) -> TwoYears:
    found = two_years({month: Decimal(value) for month, value in values.items()}, APRIL, adds_up=adds_up)
    assert found is not None
    return found


WHOLE = {month: number for number, month in enumerate(ALL, 1)}


def test_the_same_months_lie_above_one_another() -> None:
    found = made(WHOLE)
    assert found.labels == ("May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr")
    assert (found.months[0].code, found.months[-1].code) == ("2020-05", "2021-04")
    assert (found.earlier[0], found.later[0]) == (Decimal(1), Decimal(13))
    assert found.sums == (Decimal(222), Decimal(78))
    assert found.gaps == ()
    assert not found.illustrative


def test_a_month_without_a_value_is_a_gap_and_leaves_no_sum() -> None:
    lacking = {month: value for month, value in WHOLE.items() if month not in {ALL[2], ALL[20]}}
    found = made(lacking)
    assert (found.earlier[2], found.later[8]) == (None, None)
    assert found.sums == (None, None)
    assert found.change is None
    assert [month.code for month in found.gaps] == ["2019-07", "2021-01"]


def test_an_empty_earlier_line_is_not_twelve_gaps() -> None:
    found = made({month: WHOLE[month] for month in ALL[12:]})
    assert found.earlier == (None,) * 12
    assert found.gaps == ()


def test_without_a_later_line_there_is_nothing_to_draw() -> None:
    assert two_years({ALL[0]: Decimal(1)}, APRIL, adds_up=True) is None
    assert two_years({}, APRIL, adds_up=True) is None


def test_an_indicator_shows_its_values_as_they_are_judged() -> None:
    rate = replace(CALLS, unit=PERCENT, decimals=1)
    found = of_indicator(rate, series(rate, {"2021-04": "60/404", "2021-03": "suppressed"}), parse("2021-04"))
    assert found is not None
    assert (found.later[-1], found.later[-2], found.adds_up) == (Decimal("14.9"), None, False)


def test_a_quarters_report_ends_with_the_quarters_last_month() -> None:
    found = of_indicator(CALLS, series(CALLS, {"2021-03": "7"}, ("2021-03",)), parse("2020-21 Q4"))
    assert found is not None
    assert (found.months[-1].code, found.later[-1], found.adds_up, found.illustrative) == (
        "2021-03",
        Decimal(7),
        True,
        True,
    )
    assert last_month(parse("2020-21")) == parse("March 2021")


def test_what_is_not_monthly_has_no_such_lines() -> None:
    assert of_indicator(FAMILIES, series(FAMILIES, {"2020-21 Q4": "7"}), parse("2020-21 Q4")) is None


def test_a_stock_is_not_added_up() -> None:
    stock = replace(CALLS, basis=Basis.POINT)
    found = of_indicator(stock, series(stock, {"2021-04": "577"}), APRIL)
    assert found is not None
    assert not found.adds_up


def test_the_total_of_a_breakdown_has_two_lines_too() -> None:
    monthly = replace(BY_SOURCE, basis=Basis.PERIOD)
    figures = [figure("", value, month) for month, value in WHOLE.items()] + [figure("Police", 5)]
    found = of_total(monthly, figures, APRIL)
    assert found is not None
    assert found.sums == (Decimal(222), Decimal(78))
    assert not found.illustrative
    invented = of_total(replace(monthly, illustrative=True), figures, APRIL)
    assert invented is not None
    assert invented.illustrative
    assert of_total(monthly, [figure("Police", 5), figure("", None)], APRIL) is None
    assert of_total(replace(monthly, frequency=Frequency.QUARTERLY), figures, APRIL) is None
    stock = of_total(BY_TEAM, [figure(("", ""), 227), figure(("Chester", ""), 90)], APRIL)
    assert stock is not None
    assert (stock.later[-1], stock.adds_up) == (Decimal(227), False)
