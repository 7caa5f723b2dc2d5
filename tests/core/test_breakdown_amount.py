"""Counts over several periods, and an indicator's figures as the totals of a breakdown."""

from dataclasses import replace
from decimal import Decimal

from outcome_tracker.core.breakdown import Counted
from outcome_tracker.core.breakdown_amount import Amount, amount_over, sum_of, totals_of, year_to
from outcome_tracker.core.figure import Status
from outcome_tracker.core.indicator import Basis
from outcome_tracker.core.period import Frequency, Period, parse
from tests.core.breakdowns import APRIL, BY_SOURCE
from tests.core.making import CALLS, PERCENT, series

MONTHLY = replace(BY_SOURCE, basis=Basis.PERIOD)
YEAR = year_to(APRIL)
MONTHS = {month.code: str(number) for number, month in enumerate(YEAR, 1)}


def test_the_year_to_a_period_is_of_its_own_kind() -> None:
    assert (YEAR[0].code, YEAR[-1].code, len(YEAR)) == ("2020-05", "2021-04", 12)
    assert [period.code for period in year_to(parse("2020-21 Q4"))] == [
        "2020-21 Q1",
        "2020-21 Q2",
        "2020-21 Q3",
        "2020-21 Q4",
    ]
    assert year_to(parse("2020-21")) == (parse("2020-21"),)


def test_one_period_keeps_what_was_said_of_it() -> None:
    only = Counted(Decimal(6), Decimal(9), Status.PROVISIONAL, "note", illustrative=True, as_published="1%", source="s")
    assert amount_over({APRIL: only}, [APRIL]) == Amount(
        Decimal(6),
        Decimal(9),
        Status.PROVISIONAL,
        illustrative=True,
        as_published="1%",
        source="s",
        note="note",
    )
    assert amount_over({}, [APRIL]) == Amount(missing=(APRIL,))


def test_a_sum_needs_every_period() -> None:
    held: dict[Period, Counted] = {month: Counted(Decimal(1), Decimal(2)) for month in YEAR}
    assert amount_over(held, YEAR) == Amount(Decimal(12), Decimal(24))
    held[YEAR[0]] = Counted(Decimal(1))
    assert amount_over(held, YEAR) == Amount(Decimal(12))
    held[YEAR[3]] = Counted(status=Status.NOT_RETURNED)
    held[YEAR[4]] = Counted(status=Status.SUPPRESSED)
    assert amount_over(held, YEAR) == Amount(status=Status.SUPPRESSED)
    held[YEAR[5]] = Counted(Decimal(1), illustrative=True)
    assert amount_over(held, YEAR).illustrative
    del held[YEAR[1]]
    assert amount_over(held, YEAR).missing == (YEAR[1],)


def test_rows_add_up_only_where_all_have_a_count() -> None:
    rows = [Amount(Decimal(1)), Amount(Decimal(2), illustrative=True)]
    assert sum_of(rows) == Amount(Decimal(3), illustrative=True)
    assert sum_of([*rows, Amount(missing=(APRIL,))]) == Amount(missing=(APRIL,), illustrative=True)
    assert sum_of([*rows, Amount(Decimal(1), status=Status.PROVISIONAL)]).status is Status.PROVISIONAL
    assert sum_of([*rows, Amount(status=Status.SUPPRESSED)]) == Amount(status=Status.SUPPRESSED, illustrative=True)
    assert sum_of([]) == Amount()


def test_an_indicator_of_the_same_span_gives_the_totals() -> None:
    found = totals_of(MONTHLY, CALLS, series(CALLS, {"2021-04": "1927", "2021-03": "not returned"}))
    assert found == {APRIL: Counted(Decimal(1927)), APRIL.previous: Counted(status=Status.NOT_RETURNED)}


def test_months_are_added_up_for_a_breakdown_of_twelve() -> None:
    found = totals_of(BY_SOURCE, CALLS, series(CALLS, MONTHS))
    assert found == {APRIL: Counted(Decimal(78))}
    hidden = totals_of(BY_SOURCE, CALLS, series(CALLS, {**MONTHS, "2020-12": "suppressed"}))
    assert hidden == {APRIL: Counted(status=Status.SUPPRESSED)}


def test_an_indicator_of_another_span_or_unit_gives_none() -> None:
    rolling = replace(CALLS, basis=Basis.ROLLING)
    assert totals_of(MONTHLY, rolling, series(rolling, MONTHS)) == {}
    stock = replace(CALLS, basis=Basis.POINT)
    assert totals_of(BY_SOURCE, stock, series(stock, MONTHS)) == {}
    percent = replace(CALLS, unit=PERCENT)
    assert totals_of(MONTHLY, percent, series(percent, {"2021-04": "16.2"})) == {}
    yearly = replace(MONTHLY, frequency=Frequency.ANNUAL)
    assert totals_of(yearly, CALLS, series(CALLS, MONTHS)) == {}


def test_an_illustrative_indicator_gives_illustrative_totals() -> None:
    invented = replace(CALLS, illustrative=True)
    assert totals_of(MONTHLY, invented, series(invented, {"2021-04": "5"}))[APRIL].illustrative
    assert totals_of(BY_SOURCE, CALLS, series(CALLS, MONTHS, ("2020-12",)))[APRIL].illustrative
