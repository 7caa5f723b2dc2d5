"""Indicators and plans: defaults that follow from the basis, allowances, and when something counts."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from outcome_tracker.core.indicator import (
    ALWAYS,
    FIVE_PERCENT,
    Action,
    Agreed,
    Basis,
    Compare,
    Council,
    Indicator,
    Margin,
    Milestone,
    Plan,
    Polarity,
    Span,
    Tier,
)
from outcome_tracker.core.number import Unit
from outcome_tracker.core.period import Frequency, Kind, parse
from tests.core.making import CALLS, DAYS, FAMILIES, NUMBER, PERCENT, PLAN, POUNDS, Q4, RATE, RATIO, REPEATS, SURVEY


@pytest.mark.parametrize(
    ("margin", "number", "allowance", "code"),
    [
        (FIVE_PERCENT, "90", Fraction(9, 2), "5%"),
        (FIVE_PERCENT, "-90", Fraction(9, 2), "5%"),
        (FIVE_PERCENT, "0", Fraction(0), "5%"),
        (Margin(Decimal("2.5")), "13", Fraction(13, 40), "2.5%"),
        (Margin(Decimal(2), points=True), "90", Fraction(2), "2 points"),
        (Margin(Decimal(1), points=True), "0", Fraction(1), "1 point"),
        (Margin(Decimal("0.5"), points=True), "-9", Fraction(1, 2), "0.5 points"),
        (Margin(Decimal("1E+1")), "10", Fraction(1), "10%"),
    ],
)
def test_an_allowance_is_exact_and_prints_as_written(
    margin: Margin, number: str, allowance: Fraction, code: str
) -> None:
    assert margin.of(Decimal(number)) == margin.of(Fraction(number)) == allowance
    assert margin.code == code


@pytest.mark.parametrize(
    ("basis", "unit", "denominator", "expected"),
    [
        (Basis.POINT, PERCENT, "", Compare.PREVIOUS),
        (Basis.PERIOD, PERCENT, "", Compare.PREVIOUS),
        (Basis.PERIOD, NUMBER, "", Compare.PREVIOUS),
        (Basis.ROLLING, PERCENT, "", Compare.YEAR_BEFORE),
        (Basis.ROLLING, NUMBER, "", Compare.YEAR_BEFORE),
        (Basis.CUMULATIVE, PERCENT, "", Compare.YEAR_BEFORE),
        (Basis.CUMULATIVE, RATE, "", Compare.YEAR_BEFORE),
        (Basis.CUMULATIVE, NUMBER, "cases", Compare.YEAR_BEFORE),
        (Basis.CUMULATIVE, NUMBER, "", Compare.PREVIOUS),
        (Basis.CUMULATIVE, POUNDS, "", Compare.PREVIOUS),
    ],
)
def test_overlapping_figures_compare_with_a_year_before(
    basis: Basis, unit: Unit, denominator: str, expected: Compare
) -> None:
    indicator = replace(REPEATS, basis=basis, unit=unit, denominator=denominator)
    assert indicator.comparison is expected
    for chosen in Compare:
        assert replace(indicator, compare=chosen).comparison is chosen


@pytest.mark.parametrize(
    ("unit", "denominator", "expected"),
    [
        (NUMBER, "", True),
        (POUNDS, "", True),
        (NUMBER, "cases", False),
        (PERCENT, "", False),
        (RATE, "", False),
        (DAYS, "", False),
        (RATIO, "", False),
    ],
)
def test_counts_and_sums_add_up(unit: Unit, denominator: str, expected: bool) -> None:
    assert replace(REPEATS, unit=unit, denominator=denominator).adds_up is expected


def test_only_monthly_figures_of_a_period_make_a_quarter() -> None:
    assert CALLS.sums_months
    assert not replace(CALLS, frequency=Frequency.QUARTERLY).sums_months
    assert not any(replace(CALLS, basis=basis).sums_months for basis in Basis if basis is not Basis.PERIOD)


def test_kinds_and_context() -> None:
    assert REPEATS.kind is Kind.QUARTER
    assert SURVEY.kind is Kind.YEAR
    assert replace(SURVEY, year="academic").kind is Kind.ACADEMIC
    assert [replace(REPEATS, better=better).is_context for better in Polarity] == [False, False, False, True]


@pytest.mark.parametrize(
    ("first", "last", "inside", "outside"),
    [
        ("2016-17", "2019-20", ["2016-17 Q1", "2018-19 Q4", "2019-20 Q4", "2016-04"], ["2015-16 Q4", "2020-21 Q1"]),
        ("2018-19 Q3", None, ["2018-19 Q3", "2030-31 Q1", "2018-10"], ["2018-19 Q2", "2018-09"]),
        (None, "2018-19 Q3", ["2018-19 Q3", "2001-02 Q1", "2018-12"], ["2018-19 Q4", "2019-01"]),
        (None, None, ["2018-19 Q4"], []),
    ],
)
def test_something_counts_between_from_and_until(
    first: str | None, last: str | None, inside: list[str], outside: list[str]
) -> None:
    span = Span(parse(first) if first else None, parse(last) if last else None)
    assert all(span.covers(parse(text)) for text in inside)
    assert not any(span.covers(parse(text)) for text in outside)
    assert ALWAYS.covers(Q4)


def test_an_action_without_milestones_counts_as_one() -> None:
    alone = Action("SAFE-A1", "Integrate fostering", "SAFE", "Head of Fostering", "page", illustrative=True)
    assert alone.counted == (
        Milestone(
            "SAFE-A1", "Integrate fostering", "SAFE-A1", "SAFE", "", "Head of Fostering", "page", illustrative=True
        ),
    )
    step = Milestone("SAFE-A1.1", "Agree the scope", "SAFE-A1", "SAFE")
    assert replace(alone, milestones=(step, step)).counted == (step, step)


def find(code: str) -> Indicator | None:
    council = Council("Cheshire West and Chester", "E06000050", "North West", ("England",))
    other = replace(PLAN, code="EX", indicators=(FAMILIES, CALLS))
    return Agreed(council, (replace(PLAN, indicators=(REPEATS,)), other)).indicator(code)


def test_an_indicator_is_found_by_its_code() -> None:
    assert find("SAFE-01") is REPEATS
    assert find("EX-03") is CALLS
    assert find("safe-01") is None


def test_defaults_are_the_councils_published_rules() -> None:
    council = Council("Cheshire West and Chester", "E06000050", "North West", ())
    assert council.tolerance == council.threshold == REPEATS.tolerance == REPEATS.threshold == Margin(Decimal(5))
    assert (council.figures_due_days, council.suppress_below, REPEATS.due, REPEATS.year) == (15, 5, 4, "financial")


def test_codes_are_the_words_of_the_plan_files() -> None:
    assert [tier.value for tier in Tier] == ["headline", "wider"]
    assert [better.value for better in Polarity] == ["higher", "lower", "within", "neither"]
    assert [basis.value for basis in Basis] == ["point", "period", "cumulative", "rolling 12 months"]
    assert [compare.value for compare in Compare] == [
        "previous",
        "same period last year",
        "previous year end",
        "last available",
    ]


def test_plans_are_separate() -> None:
    assert Plan("A", "A").extra == {}
    assert REPEATS.extra == {}
