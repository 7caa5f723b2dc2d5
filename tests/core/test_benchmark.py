"""Benchmarks: the comparator's figure that was out on the day, and how a figure stands beside it."""

from datetime import date
from decimal import Decimal

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.benchmark import Benchmark, Verdict, beside, compare, lag_months, names_council, out_on
from outcome_tracker.core.indicator import Polarity
from outcome_tracker.core.interval import Interval
from outcome_tracker.core.period import parse
from tests.core.making import Q4

EIGHT_MONTHS = relativedelta(months=8)
MAY_2019 = date(2019, 5, 31)


def benchmark(
    period: str, value: str, released: str = "", comparator: str = "England", release: str = "", version: int = 1
) -> Benchmark:
    day = date.fromisoformat(released) if released else None
    return Benchmark(
        "SAFE-01", comparator, parse(period), Decimal(value), release=release, released=day, version=version
    )


def chosen(*benchmarks: Benchmark, as_at: date = MAY_2019, after: relativedelta | None = None) -> str | None:
    found = beside(benchmarks, Q4, as_at, after).get("England")
    return str(found.value) if found else None


OLD = benchmark("2017-18", "20.2", "2018-11-15")
NEW = benchmark("2018-19", "20.8", "2019-11-21")


def test_in_may_2019_the_figure_beside_is_the_year_befores() -> None:
    for order in ((OLD, NEW), (NEW, OLD)):
        assert chosen(*order) == "20.2"
        assert chosen(*order, as_at=date(2019, 11, 20)) == "20.2"
        assert chosen(*order, as_at=date(2019, 11, 21)) == "20.8"


def test_a_benchmark_that_ends_after_the_figure_is_not_beside_it() -> None:
    assert chosen(benchmark("2019-20", "19", "2019-05-01")) is None
    assert chosen(benchmark("academic 2018-19", "19", "2019-05-01")) is None
    assert chosen(benchmark("2018-19", "19", "2019-05-01")) == "19"
    assert chosen(benchmark("calendar 2018", "19", "2019-05-01")) == "19"


def test_without_a_release_date_the_usual_delay_decides() -> None:
    old, new = benchmark("2017-18", "20.2"), benchmark("2018-19", "20.8")
    assert chosen(old, new, after=EIGHT_MONTHS) == "20.2"
    assert chosen(old, new, after=EIGHT_MONTHS, as_at=date(2019, 11, 29)) == "20.2"
    assert chosen(old, new, after=EIGHT_MONTHS, as_at=date(2019, 11, 30)) == "20.8"


def test_a_known_date_goes_before_the_usual_delay() -> None:
    early = benchmark("2018-19", "20.8", "2019-05-01")
    assert chosen(early, after=EIGHT_MONTHS) == "20.8"


def test_an_unknown_date_hides_nothing() -> None:
    assert chosen(benchmark("2017-18", "20.2"), benchmark("2018-19", "20.8")) == "20.8"


@pytest.mark.parametrize(
    ("released", "after", "expected"),
    [
        ("2018-11-15", None, date(2018, 11, 15)),
        ("2018-11-15", EIGHT_MONTHS, date(2018, 11, 15)),
        ("", EIGHT_MONTHS, date(2018, 11, 30)),
        ("", relativedelta(days=0), date(2018, 3, 31)),
        ("", None, None),
    ],
)
def test_the_day_a_benchmark_came_out(released: str, after: relativedelta | None, expected: date | None) -> None:
    assert out_on(benchmark("2017-18", "20.2", released), after) == expected


def test_of_several_releases_the_last_one_out_stands() -> None:
    first = benchmark("2017-18", "20.2", "2018-11-15", release="2018")
    revised = benchmark("2017-18", "20.3", "2019-02-01", release="2018 revised")
    later = benchmark("2017-18", "20.4", "2019-11-21", release="2019")
    for order in ((first, revised, later), (later, revised, first)):
        assert chosen(*order) == "20.3"
        assert chosen(*order, as_at=date(2019, 1, 31)) == "20.2"
        assert chosen(*order, as_at=date(2018, 11, 14)) is None
    undated = benchmark("2017-18", "20.5")
    assert chosen(undated, first) == chosen(first, undated) == "20.2"


def test_a_later_version_corrects_its_own_release_only() -> None:
    wrong = benchmark("2017-18", "2.02", "2018-11-15", release="2018")
    right = benchmark("2017-18", "20.2", "2018-11-16", release="2018", version=2)
    other = benchmark("2017-18", "20.3", "2019-02-01", release="2018 revised", version=3)
    for order in ((wrong, right, other), (other, right, wrong)):
        assert chosen(*order) == "20.3"
        assert chosen(*order, as_at=date(2019, 1, 31)) == "20.2"
        assert chosen(*order, as_at=date(2018, 11, 15)) is None  # the wrong one does not come back
    assert chosen(benchmark("2017-18", "20.2"), benchmark("2017-18", "20.4")) == "20.4"  # of equals the later listed
    twins = [benchmark("2017-18", value, "2018-11-15", release=value) for value in ("20.2", "20.3")]
    assert chosen(*twins) == "20.3"
    undated, newer = benchmark("2017-18", "1", release="a"), benchmark("2017-18", "2", release="b", version=2)
    assert chosen(undated, newer) == chosen(newer, undated) == "2"


def test_of_two_periods_with_one_end_that_of_the_figures_own_kind_stands_else_the_longer() -> None:
    quarter = benchmark("2018-19 Q4", "21", "2019-05-01")
    half = benchmark("2018-19 H2", "22", "2019-05-01")
    year = benchmark("2018-19", "20", "2019-04-20")
    assert chosen(quarter, year) == chosen(year, quarter) == "21"
    assert chosen(half, year) == chosen(year, half) == "20"


def test_each_comparator_has_its_own() -> None:
    found = beside([OLD, benchmark("2018-19", "20.7", "2019-05-01", "North West"), NEW], Q4, MAY_2019)
    assert {name: str(b.value) for name, b in found.items()} == {"England": "20.2", "North West": "20.7"}
    assert beside([], Q4, MAY_2019) == {}


@pytest.mark.parametrize(
    ("value", "other", "better", "expected"),
    [
        ("15.9", "20.2", Polarity.LOWER, Verdict.BETTER),
        ("20.2", "15.9", Polarity.LOWER, Verdict.WORSE),
        ("15.9", "20.2", Polarity.HIGHER, Verdict.WORSE),
        ("20.2", "15.9", Polarity.HIGHER, Verdict.BETTER),
        ("15.9", "20.2", Polarity.WITHIN, Verdict.LOWER),
        ("20.2", "15.9", Polarity.WITHIN, Verdict.HIGHER),
        ("15.9", "20.2", Polarity.NEITHER, Verdict.LOWER),
        ("20.2", "15.9", Polarity.NEITHER, Verdict.HIGHER),
        *(("15.9", "15.9", better, Verdict.SIMILAR) for better in Polarity),
        # rounded first: 15.94 is shown as 15.9
        ("15.9", "15.94", Polarity.LOWER, Verdict.SIMILAR),
        ("15.9", "15.95", Polarity.LOWER, Verdict.BETTER),
        ("15.85", "15.9", Polarity.LOWER, Verdict.SIMILAR),
    ],
)
def test_the_verdict_goes_by_polarity(value: str, other: str, better: Polarity, expected: Verdict) -> None:
    assert compare(Decimal(value), Decimal(other), better, 1) is expected


WIDE = Interval(Decimal("12.096"), Decimal("20.723"))  # of 44 in 276


@pytest.mark.parametrize(
    ("other", "better", "expected"),
    [
        *((inside, better, Verdict.SIMILAR) for inside in ("12.1", "20.2", "20.7") for better in Polarity),
        ("20.8", Polarity.LOWER, Verdict.BETTER),
        ("20.8", Polarity.HIGHER, Verdict.WORSE),
        ("12.0", Polarity.LOWER, Verdict.WORSE),
        ("12.0", Polarity.HIGHER, Verdict.BETTER),
        ("20.8", Polarity.WITHIN, Verdict.LOWER),
        ("12.0", Polarity.NEITHER, Verdict.HIGHER),
        # judged as shown: 20.74 is shown as 20.7, which is inside
        ("20.74", Polarity.LOWER, Verdict.SIMILAR),
        ("20.75", Polarity.LOWER, Verdict.BETTER),
    ],
)
def test_a_benchmark_inside_the_interval_is_similar(other: str, better: Polarity, expected: Verdict) -> None:
    assert compare(Decimal("15.9"), Decimal(other), better, 1, WIDE) is expected


def test_figures_equal_as_shown_are_similar_however_narrow_the_interval() -> None:
    narrow = Interval(Decimal("12.93"), Decimal("12.94"))
    assert compare(Decimal("12.9"), Decimal("12.9"), Polarity.LOWER, 1, narrow) is Verdict.SIMILAR
    assert compare(Decimal("12.9"), Decimal("13.0"), Polarity.LOWER, 1, narrow) is Verdict.BETTER


@given(st.decimals(0, 100, places=2), st.decimals(0, 100, places=2), st.sampled_from(Polarity), st.integers(0, 2))
def test_two_figures_see_each_other_the_other_way_round(
    one: Decimal, other: Decimal, better: Polarity, decimals: int
) -> None:
    opposite = {
        Verdict.BETTER: Verdict.WORSE,
        Verdict.WORSE: Verdict.BETTER,
        Verdict.HIGHER: Verdict.LOWER,
        Verdict.LOWER: Verdict.HIGHER,
        Verdict.SIMILAR: Verdict.SIMILAR,
    }
    assert compare(one, other, better, decimals) is opposite[compare(other, one, better, decimals)]


@pytest.mark.parametrize(
    ("period", "months"),
    [("2018-19", 0), ("2017-18", 12), ("2018-19 Q1", 9), ("calendar 2018", 3), ("academic 2016-17", 19)],
)
def test_lag_is_counted_in_months(period: str, months: int) -> None:
    assert lag_months(parse(period), Q4) == months


def test_codes_are_the_json_words() -> None:
    assert [verdict.value for verdict in Verdict] == ["better", "worse", "similar", "higher", "lower"]


@pytest.mark.parametrize(
    ("comparator", "council", "is_own"),
    [
        ("Testshire, as DfE published", "Testshire", True),
        ("DfE: TESTSHIRE", "Testshire County Council", True),
        ("York (DfE)", "City of York Council", True),
        ("Isle of Wight", "Isle of Wight Council", True),
        ("Kingston upon Hull", "Kingston upon Hull, City of", True),
        ("Our own return", "Testshire", True),
        ("Yorkshire and The Humber", "City of York Council", False),
        ("Brown's neighbours", "Testshire", False),
        ("England", "Council of the County", False),
    ],
)
def test_a_comparator_may_be_the_council_itself(comparator: str, council: str, is_own: bool) -> None:
    assert names_council(comparator, council) is is_own
