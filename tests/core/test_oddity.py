"""What is questioned about a figure, and what is not."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.figure import Content, Status
from outcome_tracker.core.indicator import Basis, Indicator
from outcome_tracker.core.oddity import FAR, fraction, oddities
from outcome_tracker.core.period import parse
from tests.core.making import CALLS, FAMILIES, NUMBER, POUNDS, Q4, RATE, RATIO, REPEATS, content, series

COUNT = replace(FAMILIES, basis=Basis.PERIOD)
MONEY = replace(COUNT, unit=POUNDS)
SHARE_TO_DATE = replace(REPEATS, basis=Basis.CUMULATIVE)
MORE, LESS = "More than three times the last figure, ", "Less than a third of the last figure, "
SAME, FALLS = "The same as the last figure, ", "A year to date that falls: "


def odd(indicator: Indicator, text: str, last: str, period: str = "2018-19 Q4") -> list[str]:
    when = parse(period)
    found = series(indicator, {when.previous.code: last} if last else {})
    return oddities(indicator, found, when, content(text))


@pytest.mark.parametrize(
    ("indicator", "text", "last", "wanted"),
    [
        (COUNT, "30", "10", []),
        (COUNT, "31", "10", [f"{MORE}10 in 2018-19 Q3."]),
        (COUNT, "10", "30", []),
        (COUNT, "9", "30", [f"{LESS}30 in 2018-19 Q3."]),
        (COUNT, "0", "30", [f"{LESS}30 in 2018-19 Q3."]),
        (COUNT, "30", "0", []),
        (COUNT, "0", "0", []),
        (COUNT, "30", "30", [f"{SAME}30 in 2018-19 Q3."]),
        (COUNT, "31", "30", []),
        (COUNT, "29", "30", []),
        (COUNT, "30", "", []),
        (COUNT, "30", "not returned", []),
        (COUNT, "not available", "30", []),
        (REPEATS, "21.2", "21.2", [f"{SAME}21.2% in 2018-19 Q3."]),
        (REPEATS, "21.24", "21.2", [f"{SAME}21.2% in 2018-19 Q3."]),  # as shown
        (REPEATS, "44/276", "15.9", [f"{SAME}15.9% in 2018-19 Q3."]),
        (MONEY, "-40", "10", [f"{MORE}£10 in 2018-19 Q3."]),
        (MONEY, "-10", "-40", [f"{LESS}-£40 in 2018-19 Q3."]),
        (MONEY, "-40", "-40", [f"{SAME}-£40 in 2018-19 Q3."]),
    ],
)
def test_a_figure_far_from_the_last_one_or_equal_to_it(
    indicator: Indicator, text: str, last: str, wanted: list[str]
) -> None:
    assert odd(indicator, text, last) == wanted


@pytest.mark.parametrize(
    ("indicator", "period", "text", "last", "wanted"),
    [
        (FAMILIES, "2018-19 Q4", "235", "236", [f"{FALLS}236 in 2018-19 Q3."]),
        (FAMILIES, "2018-19 Q4", "236", "236", [f"{SAME}236 in 2018-19 Q3."]),
        (FAMILIES, "2018-19 Q4", "237", "236", []),
        (FAMILIES, "2018-19 Q2", "3000", "20", []),  # a year to date may grow as it will
        (FAMILIES, "2018-19 Q2", "19", "20", [f"{FALLS}20 in 2018-19 Q1."]),
        (FAMILIES, "2018-19 Q1", "20", "340", []),  # it begins anew with the year
        (FAMILIES, "2018-19 Q1", "340", "340", []),
        (SHARE_TO_DATE, "2018-19 Q4", "20", "21", []),  # a share of the year to date may fall
        (SHARE_TO_DATE, "2018-19 Q4", "80", "21", [f"{MORE}21.0% in 2018-19 Q3."]),
        (SHARE_TO_DATE, "2018-19 Q4", "21", "21", [f"{SAME}21.0% in 2018-19 Q3."]),
        (CALLS, "2019-04", "10", "31", [f"{LESS}31 in 2019-03."]),  # counts of a month belong to no year
        (replace(CALLS, basis=Basis.CUMULATIVE), "2019-04", "10", "31", []),
        (replace(CALLS, basis=Basis.CUMULATIVE), "2019-05", "10", "31", [f"{FALLS}31 in 2019-04."]),
    ],
)
def test_a_year_to_date(indicator: Indicator, period: str, text: str, last: str, wanted: list[str]) -> None:
    assert odd(indicator, text, last, period) == wanted


@pytest.mark.parametrize(
    ("indicator", "text", "wanted"),
    [
        (replace(REPEATS, unit=RATE), "5/4", ["The numerator is above the denominator."]),
        (replace(REPEATS, unit=RATE), "4/4", []),
        (replace(REPEATS, unit=RATE), "12500.0 5/4", ["The numerator is above the denominator."]),
        (replace(REPEATS, unit=RATE), "73 482/", []),
        (replace(REPEATS, unit=RATIO), "5/4", []),
        (
            replace(COUNT, unit=NUMBER, denominator=""),
            "7/2",
            ["A whole number is expected, as in 17: the parts make 4."],
        ),
        (replace(COUNT, unit=NUMBER, denominator="cases"), "7/2", []),
        (replace(COUNT, unit=NUMBER, decimals=1), "7/2", []),
        (COUNT, "4 7/2", []),
        (COUNT, "4", []),
    ],
)  # fmt: skip - one case a line
def test_odd_parts(indicator: Indicator, text: str, wanted: list[str]) -> None:
    assert odd(indicator, text, "") == wanted


def test_both_the_parts_and_the_last_figure_can_be_odd() -> None:
    rate = replace(REPEATS, unit=RATE)
    assert odd(rate, "5/4", "100") == [
        "The numerator is above the denominator.",
        f"{MORE}100.0 per 10,000 in 2018-19 Q3.",
    ]


COUNTS = st.integers(min_value=0, max_value=10**6).map(Decimal)


@given(COUNTS, COUNTS)
def test_at_most_one_thing_is_said_beside_the_last_figure_and_it_is_so(value: Decimal, last: Decimal) -> None:
    found = oddities(COUNT, series(COUNT, {"2018-19 Q3": str(last)}), Q4, Content(value))
    if last and value > last * FAR:
        assert [each.startswith(MORE) for each in found] == [True]
    elif last and value * FAR < last:
        assert [each.startswith(LESS) for each in found] == [True]
    else:
        assert [each.startswith(SAME) for each in found] == [True] * (value == last and value > 0)


@given(st.sampled_from([status for status in Status if status.is_absent]))
def test_an_absent_figure_is_never_odd(status: Status) -> None:
    assert oddities(COUNT, series(COUNT, {"2018-19 Q3": "10"}), Q4, Content(status=status)) == []


@pytest.mark.parametrize(
    ("indicator", "text", "last", "wanted"),
    [
        (REPEATS, "0.162", "", ["0.162 is less than 1%; if 16.2% is meant, write 16.2."]),
        (REPEATS, "0.162", "15.9", ["0.162 is less than 1%; if 16.2% is meant, write 16.2."]),
        (REPEATS, "0.5", "1", ["0.5 is less than 1%; if 50% is meant, write 50."]),
        (REPEATS, "0.162", "0.9", []),
        (REPEATS, "0", "", []),
        (REPEATS, "1", "", []),
        (REPEATS, "1/400", "", []),
        (REPEATS, "suppressed", "", []),
        (MONEY, "0.5", "", []),
    ],
)
def test_a_percentage_below_one_may_be_a_fraction(
    indicator: Indicator, text: str, last: str, wanted: list[str]
) -> None:
    found = series(indicator, {Q4.previous.code: last} if last else {})
    assert fraction(indicator, found, Q4, content(text)) == wanted
