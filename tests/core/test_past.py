from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from outcome_tracker.core.indicator import Basis, Break, Indicator
from outcome_tracker.core.past import Earlier, Held, outturn_years, reporting_columns
from outcome_tracker.core.period import Frequency, Period, parse
from outcome_tracker.core.rag import Reason
from outcome_tracker.core.scorecard import judge
from tests.core.making import CALLS, FAMILIES, PLAN, Q4, REPEATS, SURVEY, series

COUNTED = replace(CALLS, frequency=Frequency.QUARTERLY)
SHARE = replace(REPEATS, basis=Basis.PERIOD)
HALVES = replace(REPEATS, frequency=Frequency.HALF_YEARLY)


def held(
    indicator: Indicator, figures: Mapping[str, str], reporting: Period = Q4, invented: tuple[str, ...] = ()
) -> Held:
    found = series(indicator, figures, invented)
    return Held(judge(indicator, PLAN, found, reporting, date(2019, 5, 31), 15), found)


def told(earlier: Earlier | None) -> tuple[str, str] | None:
    if earlier is None:
        return None
    figure = earlier.figure
    return figure.period.code, str(figure.absent if figure.value is None else figure.value)


def test_five_quarters_end_with_the_figure_of_the_report() -> None:
    found = held(REPEATS, {"2018-19 Q4": "15.9", "2018-19 Q2": "16.64", "2017-18 Q4": "16.9", "2017-18 Q3": "9"})
    assert [told(each) for each in found.recent()] == [
        ("2017-18 Q4", "16.9"),
        ("2018-19 Q1", "not returned"),
        ("2018-19 Q2", "16.6"),
        ("2018-19 Q3", "not returned"),
        ("2018-19 Q4", "15.9"),
    ]
    assert [told(found.at(column)) for column in reporting_columns(Q4)] == [told(each) for each in found.recent()]


def test_the_columns_of_a_month_are_months_and_its_years_those_before() -> None:
    assert [p.code for p in reporting_columns(parse("2019-02"))] == [
        "2018-10", "2018-11", "2018-12", "2019-01", "2019-02",
    ]  # fmt: skip
    assert [p.code for p in outturn_years(Q4)] == ["2016-17", "2017-18"]
    assert [p.code for p in outturn_years(parse("2018-19 Q1"))] == ["2016-17", "2017-18"]


def test_months_are_shown_once_a_reporting_quarter() -> None:
    months = {
        f"{year}-{month:02}": "10"
        for year, first, last in ((2018, 1, 12), (2019, 1, 3))
        for month in range(first, last + 1)
    }
    added = held(CALLS, months)
    assert [told(each) for each in added.recent()] == [
        (code, "30") for code in ("2017-18 Q4", "2018-19 Q1", "2018-19 Q2", "2018-19 Q3", "2018-19 Q4")
    ]
    at_the_end = held(replace(REPEATS, frequency=Frequency.MONTHLY), months)
    assert told(at_the_end.at(parse("2018-19 Q3"))) == ("2018-12", "10.0")


def test_half_years_stand_once_in_the_quarter_in_which_they_end() -> None:
    found = held(HALVES, {"2018-19 H2": "4", "2018-19 H1": "3", "2017-18 H2": "2", "2016-17 H2": "1"})
    assert [told(found.at(column)) for column in reporting_columns(Q4)] == [
        ("2017-18 H2", "2.0"),
        None,
        ("2018-19 H1", "3.0"),
        None,
        ("2018-19 H2", "4.0"),
    ]
    assert [told(each) for each in found.recent(3)] == [
        ("2017-18 H2", "2.0"),
        ("2018-19 H1", "3.0"),
        ("2018-19 H2", "4.0"),
    ]


def test_between_two_half_years_the_last_column_is_empty() -> None:
    found = held(HALVES, {"2018-19 H1": "3"}, parse("2018-19 Q3"))
    assert found.at(parse("2018-19 Q3")) is None
    assert told(found.at(parse("2018-19 Q2"))) == ("2018-19 H1", "3.0")
    assert told(found.recent()[-1]) == ("2018-19 H1", "3.0")


@pytest.mark.parametrize(
    ("due", "column"), [(4, "2018-19 Q4"), (2, "2018-19 Q2")], ids=["at the year's end", "when the plan says"]
)
def test_an_annual_figure_stands_in_the_quarter_it_is_due_in(due: int, column: str) -> None:
    found = held(replace(SURVEY, due=due), {"2018-19": "80", "2017-18": "70"})
    shown = [c.code for c in reporting_columns(Q4) if told(found.at(c)) == ("2018-19", "80.0")]
    assert shown == [column]


def test_a_quarter_stands_in_the_month_it_ends_in() -> None:
    found = held(REPEATS, {"2018-19 Q3": "16.9"}, parse("2019-02"))
    assert [told(found.at(c)) for c in reporting_columns(parse("2019-02"))] == [
        None,
        None,
        ("2018-19 Q3", "16.9"),
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("indicator", "figures", "expected"),
    [
        (REPEATS, {"2017-18 Q4": "16.9", "2017-18 Q3": "1"}, ("2017-18 Q4", "16.9")),
        (FAMILIES, {"2017-18 Q4": "340", "2017-18 Q3": "250"}, ("2017-18 Q4", "340")),
        (replace(REPEATS, basis=Basis.ROLLING), {"2017-18 Q4": "16.9"}, ("2017-18 Q4", "16.9")),
        (HALVES, {"2017-18 H2": "5"}, ("2017-18 H2", "5.0")),
        (SURVEY, {"2017-18": "77"}, ("2017-18", "77.0")),
        (replace(SURVEY, year="academic"), {"academic 2016-17": "70"}, ("academic 2016-17", "70.0")),
        (COUNTED, {f"2017-18 Q{n}": f"{n}" for n in range(1, 5)}, ("2017-18", "10")),
        (SHARE, {f"2017-18 Q{n}": f"{n}/10" for n in range(1, 5)}, ("2017-18", "25.0")),
        (CALLS, {p.code: "3" for p in (parse("2018-03").shift(-n) for n in range(12))}, ("2017-18", "36")),
        (COUNTED, {}, ("2017-18", "not returned")),
    ],
    ids=[
        "point", "cumulative", "rolling", "half-yearly", "annual", "academic", "counts added", "parts added",
        "months added", "nothing",
    ],
)  # fmt: skip
def test_a_years_outturn(indicator: Indicator, figures: Mapping[str, str], expected: tuple[str, str]) -> None:
    found = held(indicator, figures).outturn(parse("2017-18"))
    assert told(found) == expected
    assert not found.alone


def test_what_cannot_be_added_is_the_last_quarter_and_says_so() -> None:
    found = held(SHARE, {f"2017-18 Q{n}": f"{n}0" for n in range(1, 5)}).outturn(parse("2017-18"))
    assert (told(found), found.alone) == (("2017-18 Q4", "40.0"), True)


def test_a_year_with_a_gap_has_no_outturn_and_says_which() -> None:
    found = held(COUNTED, {"2017-18 Q1": "1", "2017-18 Q2": "suppressed", "2017-18 Q3": "3", "2017-18 Q4": "4"})
    outturn = found.outturn(parse("2017-18")).figure
    assert (outturn.value, outturn.absent, outturn.note) == (None, Reason.SUPPRESSED, "Quarter 2 2017-18 is suppressed")


def test_marks_of_the_quarters_are_those_of_the_year() -> None:
    quarters = {"2017-18 Q1": "1", "2017-18 Q2": "2[p]", "2017-18 Q3": "3", "2017-18 Q4": "4"}
    figure = held(COUNTED, quarters, invented=("2017-18 Q3",)).outturn(parse("2017-18")).figure
    assert (figure.provisional, figure.illustrative) == (True, True)


def test_a_year_of_final_figures_is_final_and_says_how_it_was_made() -> None:
    figure = held(COUNTED, {f"2017-18 Q{n}": f"{n}" for n in range(1, 5)}).outturn(parse("2017-18")).figure
    assert (figure.provisional, figure.illustrative, figure.note) == (False, False, "4 periods added")


def test_a_year_in_which_nothing_came_says_no_period() -> None:
    outturn = held(COUNTED, {"2018-19 Q4": "1"}).outturn(parse("2017-18")).figure
    assert (outturn.value, outturn.absent, outturn.note) == (None, Reason.NOT_RETURNED, "")


def test_a_year_that_is_added_up_behind_a_break_is_marked() -> None:
    broken = replace(COUNTED, breaks=(Break(parse("2017-18 Q3"), "new system"),))
    found = held(broken, {f"2017-18 Q{n}": f"{n}" for n in range(1, 5)})
    assert found.outturn(parse("2017-18")).parted
    assert not found.outturn(parse("2016-17")).parted


def test_the_first_figure_behind_a_break_is_marked() -> None:
    broken = replace(REPEATS, breaks=(Break(parse("2018-19 Q2"), "new case system"),))
    found = held(broken, {"2018-19 Q4": "15.9", "2018-19 Q1": "16", "2017-18 Q4": "17"})
    assert [each.parted for each in found.recent()] == [False, False, True, False, False]
    assert not found.outturn(parse("2017-18")).parted
    assert found.outturn(parse("2018-19")).parted
    now = replace(REPEATS, breaks=(Break(parse("2018-19 Q4"), "new case system"),))
    assert [each.parted for each in held(now, {"2018-19 Q4": "15.9"}).recent()][3:] == [False, True]
    last = held(now, {"2018-19 Q4": "15.9"}).at(Q4)
    assert last is not None
    assert last.parted


def test_a_figure_that_is_not_due_is_the_last_of_five() -> None:
    found = held(SURVEY, {"2017-18": "70"}, parse("2018-19 Q2"))
    assert [told(each) for each in found.recent(2)] == [("2017-18", "70.0"), ("2018-19", "not due yet")]
    assert found.recent(1)[0].figure.value is None
    assert found.outturn(parse("2017-18")).figure.value == Decimal(70)
