"""Which figure stands in a reporting period, and what its direction of travel compares it with."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from outcome_tracker.core.direction import Direction
from outcome_tracker.core.figure import Content, Status
from outcome_tracker.core.indicator import Basis, Break, Compare, Indicator, Margin, Polarity
from outcome_tracker.core.period import Frequency, Kind, Period, parse
from outcome_tracker.core.rag import Reason
from outcome_tracker.core.standing import (
    Measured,
    Travel,
    compared_period,
    due_on,
    due_periods,
    measure,
    stand,
    standing_period,
    travel,
)
from tests.core.making import CALLS, FAMILIES, PERCENT, Q4, REPEATS, SURVEY, between, content, series

HALF = replace(REPEATS, frequency=Frequency.HALF_YEARLY)
SHARE = replace(CALLS, unit=PERCENT, decimals=1, numerator="calls answered", denominator="calls")
PREVIOUS, YEAR_BEFORE, YEAR_END, LAST = Compare
IMPROVED, SAME, DECLINED, UNKNOWN = Direction


def period(text: str) -> Period:
    return parse(text, Kind.MONTH if text[4:] in {"-04", "-12"} else None)


# Which period stands


@pytest.mark.parametrize(
    ("indicator", "reporting", "expected"),
    [
        (REPEATS, "2018-19 Q1", "2018-19 Q1"),
        (REPEATS, "2018-19 Q4", "2018-19 Q4"),
        # a monthly report shows the last complete quarter of its year
        (REPEATS, "2018-04", None),
        (REPEATS, "2018-05", None),
        (REPEATS, "2018-06", "2018-19 Q1"),
        (REPEATS, "2018-08", "2018-19 Q1"),
        (REPEATS, "2018-09", "2018-19 Q2"),
        (REPEATS, "2019-03", "2018-19 Q4"),
        (CALLS, "2018-05", "2018-05"),
        (CALLS, "2018-19 Q4", "2018-19 Q4"),
        (HALF, "2018-19 Q1", None),
        (HALF, "2018-19 Q2", "2018-19 H1"),
        (HALF, "2018-19 Q3", "2018-19 H1"),
        (HALF, "2018-19 Q4", "2018-19 H2"),
        (HALF, "2018-08", None),
        (HALF, "2018-09", "2018-19 H1"),
        (HALF, "2019-02", "2018-19 H1"),
        (SURVEY, "2018-19 Q1", None),
        (SURVEY, "2018-19 Q3", None),
        (SURVEY, "2018-19 Q4", "2018-19"),
        (SURVEY, "2019-02", None),
        (SURVEY, "2019-03", "2018-19"),
        (replace(SURVEY, due=2), "2018-19 Q1", None),
        (replace(SURVEY, due=2), "2018-19 Q2", "2018-19"),
        (replace(SURVEY, due=2), "2018-19 Q3", "2018-19"),
        (replace(SURVEY, due=2), "2018-19 Q4", "2018-19"),
        (replace(SURVEY, due=2), "2019-20 Q1", None),
        (replace(SURVEY, due=2), "2018-08", None),
        (replace(SURVEY, due=2), "2018-09", "2018-19"),
        (replace(SURVEY, due=1), "2018-19 Q1", "2018-19"),
        # of academic and calendar years the one that ended in the financial year
        (replace(SURVEY, year="academic"), "2018-19 Q4", "academic 2017-18"),
        (replace(SURVEY, year="academic", due=2), "2018-19 Q2", "academic 2017-18"),
        (replace(SURVEY, year="academic", due=2), "2018-19 Q1", None),
        (replace(SURVEY, year="calendar"), "2018-19 Q4", "calendar 2018"),
        (replace(SURVEY, year="calendar"), "2018-19 Q3", None),
    ],
)
def test_the_period_that_stands(indicator: Indicator, reporting: str, expected: str | None) -> None:
    found = standing_period(indicator, period(reporting))
    assert (found.code if found else None) == expected


@pytest.mark.parametrize(
    ("indicator", "reporting", "expected"),
    [
        (REPEATS, "2018-19 Q4", ["2018-19 Q4"]),
        (CALLS, "2018-19 Q4", ["2019-01", "2019-02", "2019-03"]),
        (CALLS, "2018-05", ["2018-05"]),
        (HALF, "2018-19 Q1", []),
        (HALF, "2018-19 Q3", ["2018-19 H1"]),
        (SURVEY, "2018-19 Q3", []),
        (SURVEY, "2018-19 Q4", ["2018-19"]),
    ],
)
def test_the_periods_that_are_due(indicator: Indicator, reporting: str, expected: list[str]) -> None:
    assert [found.code for found in due_periods(indicator, period(reporting))] == expected


@pytest.mark.parametrize(
    ("indicator", "of", "reporting", "expected"),
    [
        (REPEATS, "2018-19 Q4", "2018-19 Q4", "2019-04-15"),
        (CALLS, "2019-01", "2018-19 Q4", "2019-02-15"),
        (HALF, "2018-19 H1", "2018-19 Q3", "2018-10-15"),
        (SURVEY, "2018-19", "2018-19 Q4", "2019-04-15"),
        (replace(SURVEY, due=2), "2018-19", "2018-19 Q4", "2018-10-15"),
        (replace(SURVEY, due=2, year="academic"), "academic 2017-18", "2018-19 Q2", "2018-10-15"),
    ],
)
def test_the_day_a_figure_is_due(indicator: Indicator, of: str, reporting: str, expected: str) -> None:
    assert due_on(indicator, parse(of), parse(reporting), 15) == date.fromisoformat(expected)


# The figure of a period


def measured(indicator: Indicator, figures: dict[str, str], of: str) -> Measured:
    return measure(indicator, series(indicator, figures), period(of))


def test_a_figure_is_rounded_and_keeps_its_content() -> None:
    assert measured(REPEATS, {"2018-19 Q4": "44/276"}, "2018-19 Q4") == Measured(Q4, Decimal("15.9"), content("44/276"))


@pytest.mark.parametrize("status", [status for status in Status if status.is_absent])
def test_an_absence_keeps_its_reason(status: Status) -> None:
    found = measured(REPEATS, {"2018-19 Q4": status.value}, "2018-19 Q4")
    assert found == Measured(Q4, None, content(status.value), Reason(status.value))


def test_a_figure_never_entered_and_one_with_a_part_alone_are_not_returned() -> None:
    assert measured(REPEATS, {"2018-19 Q3": "5"}, "2018-19 Q4") == Measured(Q4, absent=Reason.NOT_RETURNED)
    alone = measured(REPEATS, {"2018-19 Q4": "44/"}, "2018-19 Q4")
    assert alone == Measured(Q4, None, content("44/"), Reason.NOT_RETURNED)


def test_marks_of_a_figure() -> None:
    assert measured(REPEATS, {"2018-19 Q4": "5[p]"}, "2018-19 Q4").provisional
    assert not measured(REPEATS, {"2018-19 Q4": "5"}, "2018-19 Q4").provisional
    assert not Measured(Q4).provisional
    assert not Measured(Q4).illustrative
    assert Measured(Q4, content=Content(illustrative=True)).illustrative


MONTHS = {"2019-01": "10", "2019-02": "20", "2019-03": "30"}
PARTS = {"2019-01": "1/10", "2019-02": "5/20", "2019-03": "9/30"}


def test_a_quarter_adds_the_counts_of_its_months() -> None:
    assert measured(CALLS, MONTHS, "2018-19 Q4") == Measured(
        Q4, Decimal(60), content("60"), note="the counts of three months added"
    )


def test_a_quarter_of_counts_keeps_numerators_where_every_month_has_one() -> None:
    all_three = measured(CALLS, {"2019-01": "10 1/", "2019-02": "20 2/", "2019-03": "30 3/"}, "2018-19 Q4")
    assert all_three.content == content("60 6/")
    two = measured(CALLS, {"2019-01": "10 1/", "2019-02": "20 2/", "2019-03": "30"}, "2018-19 Q4")
    assert two.content == content("60")


def test_a_quarter_of_counts_has_no_denominator() -> None:
    each = dict.fromkeys(MONTHS, "20/2")
    assert measured(CALLS, each, "2018-19 Q4").content == content("30 60/")


def test_a_quarter_adds_the_parts_of_its_months() -> None:
    assert measured(SHARE, PARTS, "2018-19 Q4") == Measured(
        Q4, Decimal("25.0"), content("15/60"), note="the parts of three months added"
    )
    beside = {month: f"99 {parts}" for month, parts in PARTS.items()}  # printed shares do not add up; their parts do
    assert measured(SHARE, beside, "2018-19 Q4").value == Decimal("25.0")


@pytest.mark.parametrize(
    "figures",
    [
        {"2019-01": "10", "2019-02": "25", "2019-03": "30"},
        {"2019-01": "1/10", "2019-02": "25", "2019-03": "30"},
        {"2019-01": "1/10", "2019-02": "25 5/", "2019-03": "30"},
        {"2019-01": "1/10", "2019-02": "25 /20", "2019-03": "30"},
        {"2019-03": "30"},
    ],
)
def test_without_parts_the_last_month_stands_and_says_so(figures: dict[str, str]) -> None:
    assert measured(SHARE, figures, "2018-19 Q4") == Measured(
        parse("2019-03"), Decimal("30.0"), content("30"), note="the last month of the quarter, March 2019"
    )


def test_one_part_alone_is_not_enough_to_add() -> None:
    figures = {"2019-01": "10 1/", "2019-02": "25 5/", "2019-03": "30 9/"}
    assert measured(SHARE, figures, "2018-19 Q4").period == parse("2019-03")
    figures = {"2019-01": "10 /10", "2019-02": "25 /20", "2019-03": "30 /30"}
    assert measured(SHARE, figures, "2018-19 Q4").period == parse("2019-03")


@pytest.mark.parametrize("basis", [Basis.POINT, Basis.ROLLING, Basis.CUMULATIVE])
def test_another_basis_shows_the_last_month_and_says_so(basis: Basis) -> None:
    assert measured(replace(CALLS, basis=basis), MONTHS, "2018-19 Q4") == Measured(
        parse("2019-03"), Decimal(30), content("30"), note="the last month of the quarter, March 2019"
    )


def test_a_last_month_that_is_missing_is_missing() -> None:
    point = replace(CALLS, basis=Basis.POINT)
    assert measured(point, {"2019-02": "20"}, "2018-19 Q4") == Measured(parse("2019-03"), absent=Reason.NOT_RETURNED)
    suppressed = measured(point, {"2019-03": "suppressed"}, "2018-19 Q4")
    assert suppressed == Measured(parse("2019-03"), None, content("suppressed"), Reason.SUPPRESSED)


@pytest.mark.parametrize(
    ("indicator", "figures", "reason", "note"),
    [
        (CALLS, {"2019-01": "10", "2019-03": "30"}, Reason.NOT_RETURNED, "February 2019 is not returned"),
        (CALLS, MONTHS | {"2019-01": "suppressed"}, Reason.SUPPRESSED, "January 2019 is suppressed"),
        (CALLS, MONTHS | {"2019-03": "not available"}, Reason.NOT_AVAILABLE, "March 2019 is not available"),
        (CALLS, {}, Reason.NOT_RETURNED, "January 2019 is not returned"),
        (SHARE, PARTS | {"2019-02": "suppressed"}, Reason.SUPPRESSED, "February 2019 is suppressed"),
        (SHARE, {"2019-01": "1/10"}, Reason.NOT_RETURNED, "February 2019 is not returned"),
    ],
)
def test_one_month_missing_leaves_no_quarter(
    indicator: Indicator, figures: dict[str, str], reason: Reason, note: str
) -> None:
    assert measured(indicator, figures, "2018-19 Q4") == Measured(Q4, absent=reason, note=note)


def test_a_quarter_carries_the_marks_of_its_months() -> None:
    assert measured(CALLS, MONTHS | {"2019-01": "10[p]"}, "2018-19 Q4").provisional
    assert not measured(CALLS, MONTHS, "2018-19 Q4").provisional
    figures = series(CALLS, MONTHS, invented=("2019-02",))
    assert measure(CALLS, figures, Q4).illustrative
    assert not measure(CALLS, series(CALLS, MONTHS), Q4).illustrative


# What stands as of a day


def stood(indicator: Indicator, figures: dict[str, str], as_at: str, reporting: str = "2018-19 Q4") -> Measured:
    return stand(indicator, series(indicator, figures), period(reporting), date.fromisoformat(as_at), 15)


def test_a_figure_stands_whatever_the_day() -> None:
    assert stood(REPEATS, {"2018-19 Q4": "5"}, "2019-03-01").value == 5


def test_a_figure_is_not_due_until_its_day_has_passed() -> None:
    assert stood(REPEATS, {}, "2019-04-15") == Measured(Q4, absent=Reason.NOT_DUE, note="due on 2019-04-15")
    assert stood(REPEATS, {}, "2019-04-16") == Measured(Q4, absent=Reason.NOT_RETURNED)


def test_an_absence_that_somebody_stated_is_not_waited_for() -> None:
    assert stood(REPEATS, {"2018-19 Q4": "not returned"}, "2019-04-01").absent is Reason.NOT_RETURNED
    assert stood(REPEATS, {"2018-19 Q4": "suppressed"}, "2019-04-01").absent is Reason.SUPPRESSED


def test_a_quarter_that_waits_for_its_last_month_is_not_due() -> None:
    figures = {"2019-01": "10", "2019-02": "20"}
    assert stood(CALLS, figures, "2019-04-15") == Measured(Q4, absent=Reason.NOT_DUE, note="due on 2019-04-15")
    late = stood(CALLS, figures, "2019-04-16")
    assert late == Measured(Q4, absent=Reason.NOT_RETURNED, note="March 2019 is not returned")
    assert stood(CALLS, figures | {"2019-01": "suppressed"}, "2019-04-01").absent is Reason.SUPPRESSED


def test_an_annual_measure_at_mid_year_is_not_due() -> None:
    waiting = Measured(parse("2018-19"), absent=Reason.NOT_DUE)
    assert stood(SURVEY, {"2017-18": "5"}, "2019-04-30", "2018-19 Q2") == waiting


@pytest.mark.parametrize(
    ("indicator", "reporting", "expected"),
    [
        (SURVEY, "2018-19 Q3", "2018-19"),
        (replace(SURVEY, year="academic", due=2), "2018-19 Q1", "academic 2017-18"),
        (replace(SURVEY, year="calendar"), "2018-19 Q2", "calendar 2018"),
        (replace(SURVEY, frequency=Frequency.HALF_YEARLY), "2018-19 Q1", "2018-19 H1"),
        (replace(SURVEY, frequency=Frequency.HALF_YEARLY), "2018-05", "2018-19 H1"),
        (replace(SURVEY, frequency=Frequency.QUARTERLY), "2018-05", "2018-19 Q1"),
    ],
)
def test_what_is_not_due_yet_is_the_first_figure_of_the_year(
    indicator: Indicator, reporting: str, expected: str
) -> None:
    assert stand(indicator, {}, parse(reporting), date(2019, 4, 30), 15) == Measured(
        parse(expected), absent=Reason.NOT_DUE
    )


def test_an_annual_figure_stands_with_its_own_period() -> None:
    survey = replace(SURVEY, due=2)
    for quarter in ("2018-19 Q2", "2018-19 Q3", "2018-19 Q4"):
        assert stood(survey, {"2018-19": "61.5"}, "2019-04-30", quarter).period.code == "2018-19"
    assert stood(survey, {}, "2018-10-15", "2018-19 Q2").note == "due on 2018-10-15"
    assert stood(survey, {}, "2018-10-16", "2018-19 Q2").absent is Reason.NOT_RETURNED


# What a direction compares with


@pytest.mark.parametrize(
    ("of", "compare", "expected"),
    [
        ("2018-19 Q4", PREVIOUS, "2018-19 Q3"),
        ("2018-19 Q1", PREVIOUS, "2017-18 Q4"),
        ("2018-19 Q4", YEAR_BEFORE, "2017-18 Q4"),
        ("2018-19 Q1", YEAR_END, "2017-18 Q4"),
        ("2018-19 Q4", YEAR_END, "2017-18 Q4"),
        ("2018-12", YEAR_END, "2018-03"),
        ("2019-03", YEAR_BEFORE, "2018-03"),
        ("2018-19 H2", YEAR_END, "2017-18 H2"),
        ("2018-19", YEAR_END, "2017-18"),
        ("2018-19", YEAR_BEFORE, "2017-18"),
        ("academic 2018-19", YEAR_END, "academic 2017-18"),
    ],
)
def test_the_compared_period(of: str, compare: Compare, expected: str) -> None:
    found = compared_period(REPEATS, {}, period(of), compare)
    assert found is not None
    assert found.code == expected


def test_the_last_available_figure_is_searched_backwards() -> None:
    figures = series(
        REPEATS,
        {
            "2018-19 Q4": "1",
            "2018-19 Q3": "suppressed",
            "2017-18 Q4": "2",
            "2018-19 Q1": "3",
            "2017-18 Q1": "4",
            "2019-20 Q1": "5",
        },
    )
    assert compared_period(REPEATS, figures, Q4, LAST) == parse("2018-19 Q1")
    assert compared_period(REPEATS, figures, parse("2017-18 Q1"), LAST) is None
    assert compared_period(REPEATS, {}, Q4, LAST) is None


def test_the_last_available_quarter_of_months_is_a_whole_one() -> None:
    q2 = {"2018-07": "1", "2018-08": "2", "2018-09": "3"}
    figures = series(CALLS, MONTHS | q2 | {"2018-12": "5"})
    assert compared_period(CALLS, figures, Q4, LAST) == parse("2018-19 Q2")
    assert compared_period(CALLS, series(CALLS, MONTHS), Q4, LAST) is None


def going(
    indicator: Indicator,
    figures: dict[str, str],
    compare: Compare | None = None,
    of: str = "2018-19 Q4",
    invented: tuple[str, ...] = (),
) -> Travel:
    told = series(indicator, figures, invented)
    return travel(indicator, told, measure(indicator, told, period(of)), compare or indicator.comparison)


def test_a_direction_names_both_numbers_and_the_period() -> None:
    assert going(REPEATS, {"2018-19 Q4": "44/276", "2018-19 Q3": "16.9"}) == Travel(
        IMPROVED, "", parse("2018-19 Q3"), Decimal("16.9"), Decimal("15.9")
    )


def test_rounded_figures_are_compared() -> None:
    exact = replace(REPEATS, threshold=Margin(Decimal(0)))
    assert going(exact, {"2018-19 Q4": "15.94", "2018-19 Q3": "15.86"}).direction is SAME


@pytest.mark.parametrize(
    ("figures", "compare", "reason", "compared"),
    [
        ({"2018-19 Q3": "5"}, PREVIOUS, "Quarter 4 2018-19 is not returned", None),
        ({"2018-19 Q4": "suppressed", "2018-19 Q3": "5"}, PREVIOUS, "Quarter 4 2018-19 is suppressed", None),
        ({"2018-19 Q4": "5"}, PREVIOUS, "Quarter 3 2018-19 is not returned", "2018-19 Q3"),
        (
            {"2018-19 Q4": "5", "2018-19 Q3": "not available"},
            PREVIOUS,
            "Quarter 3 2018-19 is not available",
            "2018-19 Q3",
        ),
        # never a fallback: an older figure is there and is not used
        ({"2018-19 Q4": "5", "2018-19 Q2": "6"}, PREVIOUS, "Quarter 3 2018-19 is not returned", "2018-19 Q3"),
        ({"2018-19 Q4": "5", "2018-19 Q3": "6"}, YEAR_BEFORE, "Quarter 4 2017-18 is not returned", "2017-18 Q4"),
        ({"2018-19 Q4": "5", "2018-19 Q3": "6"}, YEAR_END, "Quarter 4 2017-18 is not returned", "2017-18 Q4"),
        ({"2018-19 Q4": "5"}, LAST, "no earlier figure is available", None),
    ],
)
def test_a_figure_missing_on_either_side_is_said(
    figures: dict[str, str], compare: Compare, reason: str, compared: str | None
) -> None:
    assert going(REPEATS, figures, compare) == Travel(UNKNOWN, reason, parse(compared) if compared else None)


def test_a_figure_not_due_has_no_direction_and_says_so() -> None:
    waiting = Measured(Q4, absent=Reason.NOT_DUE)
    assert travel(REPEATS, {}, waiting, PREVIOUS) == Travel(UNKNOWN, "Quarter 4 2018-19 is not due yet")


def test_last_available_prints_its_period() -> None:
    found = going(REPEATS, {"2018-19 Q4": "94", "2018-19 Q2": "94"}, LAST)
    assert (found.direction, found.period) == (SAME, parse("2018-19 Q2"))


def test_rolling_figures_compare_with_a_year_before() -> None:
    rolling = replace(REPEATS, basis=Basis.ROLLING)
    figures = {"2018-19 Q4": "21.2", "2018-19 Q3": "30", "2017-18 Q4": "19.0"}
    assert going(rolling, figures) == Travel(DECLINED, "", parse("2017-18 Q4"), Decimal("19.0"), Decimal("21.2"))
    assert going(rolling, figures, PREVIOUS).direction is IMPROVED


@pytest.mark.parametrize(
    ("start", "compare", "broken"),
    [
        ("2018-19 Q4", PREVIOUS, True),
        ("2018-19 Q3", PREVIOUS, False),
        ("2019-20 Q1", PREVIOUS, False),
        ("2018-19 Q3", YEAR_BEFORE, True),
        ("2018-19 Q1", YEAR_BEFORE, True),
        ("2017-18 Q4", YEAR_BEFORE, False),
        ("2018-19", YEAR_BEFORE, True),
        ("2017-18", YEAR_BEFORE, False),
        ("2018-19 Q3", LAST, False),
    ],
)
def test_no_direction_across_a_break(start: str, compare: Compare, broken: bool) -> None:
    indicator = replace(REPEATS, breaks=(Break(parse("2001-02"), "long ago"), Break(parse(start), "new case system")))
    figures = {"2018-19 Q4": "5", "2018-19 Q3": "6", "2017-18 Q4": "7"}
    found = going(indicator, figures, compare)
    assert (found.direction is UNKNOWN) is broken
    assert found.reason == (f"the series breaks at {parse(start).short}: new case system" if broken else "")
    assert found.period is not None


def test_a_break_within_a_month_is_at_its_month() -> None:
    monthly = replace(SHARE, breaks=(Break(parse("2019-03"), "new phones"),))
    figures = {"2019-03": "5", "2019-02": "6", "2019-01": "7"}
    assert going(monthly, figures, PREVIOUS, "2019-03").direction is UNKNOWN
    assert going(monthly, figures, PREVIOUS, "2019-02").direction is DECLINED


def test_a_missing_figure_comes_before_a_break_as_the_reason() -> None:
    broken = replace(REPEATS, breaks=(Break(Q4, "new case system"),))
    assert going(broken, {"2018-19 Q4": "5"}).reason == "Quarter 3 2018-19 is not returned"


# Cumulative counts and sums: what each period added

YEAR_TO_DATE = {
    "2017-18 Q3": "900",
    "2017-18 Q4": "1200",
    "2018-19 Q1": "330",
    "2018-19 Q2": "650",
    "2018-19 Q3": "900",
    "2018-19 Q4": "1300",
}


def added(direction: Direction, compared: str, earlier: int, later: int, *, illustrative: bool = False) -> Travel:
    return Travel(
        direction, "", parse(compared), Decimal(earlier), Decimal(later), increment=True, illustrative=illustrative
    )


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        ("2018-19 Q4", added(IMPROVED, "2018-19 Q3", 250, 400)),
        ("2018-19 Q3", added(DECLINED, "2018-19 Q2", 320, 250)),
        ("2018-19 Q2", added(SAME, "2018-19 Q1", 330, 320)),  # the first quarter's is its value
        ("2018-19 Q1", added(IMPROVED, "2017-18 Q4", 300, 330)),  # across the year's end
    ],
)
def test_previous_compares_what_was_added(of: str, expected: Travel) -> None:
    assert going(FAMILIES, YEAR_TO_DATE, PREVIOUS, of) == expected


def test_an_increment_is_judged_by_polarity_and_threshold() -> None:
    fewer = replace(FAMILIES, better=Polarity.LOWER)
    assert going(fewer, YEAR_TO_DATE, PREVIOUS) == added(DECLINED, "2018-19 Q3", 250, 400)
    lenient = replace(FAMILIES, threshold=Margin(Decimal(150), points=True))
    assert going(lenient, YEAR_TO_DATE, PREVIOUS) == added(SAME, "2018-19 Q3", 250, 400)


@pytest.mark.parametrize(
    ("gone", "of", "reason"),
    [
        ("2018-19 Q2", "2018-19 Q4", "Quarter 2 2018-19 is not returned"),
        ("2018-19 Q3", "2018-19 Q4", "Quarter 3 2018-19 is not returned"),
        ("2018-19 Q4", "2018-19 Q4", "Quarter 4 2018-19 is not returned"),
        ("2018-19 Q1", "2018-19 Q2", "Quarter 1 2018-19 is not returned"),
        ("2017-18 Q3", "2018-19 Q1", "Quarter 3 2017-18 is not returned"),
        ("2017-18 Q4", "2018-19 Q1", "Quarter 4 2017-18 is not returned"),
    ],
)
def test_an_increment_needs_both_of_its_ends(gone: str, of: str, reason: str) -> None:
    left = {text: figure for text, figure in YEAR_TO_DATE.items() if text != gone}
    found = going(FAMILIES, left, PREVIOUS, of)
    assert (found.direction, found.reason) == (UNKNOWN, reason)
    if gone != of:
        assert found.period == parse(of).previous


def test_months_are_increments_too() -> None:
    monthly = replace(FAMILIES, frequency=Frequency.MONTHLY)
    figures = {"2018-02": "85", "2018-03": "100", "2018-04": "10", "2018-05": "25"}
    assert going(monthly, figures, PREVIOUS, "2018-04") == added(DECLINED, "2018-03", 15, 10)
    assert going(monthly, figures, PREVIOUS, "2018-05") == added(IMPROVED, "2018-04", 10, 15)


def test_annual_sums_compare_as_they_are() -> None:
    annual = replace(FAMILIES, frequency=Frequency.ANNUAL)
    found = going(annual, {"2018-19": "1300", "2017-18": "1200"}, PREVIOUS, "2018-19")
    assert found == Travel(IMPROVED, "", parse("2017-18"), Decimal(1200), Decimal(1300))


def test_the_year_to_date_compares_with_that_of_a_year_before() -> None:
    found = going(FAMILIES, YEAR_TO_DATE, YEAR_BEFORE)
    assert found == Travel(IMPROVED, "", parse("2017-18 Q4"), Decimal(1200), Decimal(1300))


def test_years_to_date_of_different_lengths_are_not_compared() -> None:
    found = going(FAMILIES, YEAR_TO_DATE, YEAR_END, "2018-19 Q2")
    reason = "a year to date of 12 months cannot be compared with one of 6"
    assert found == Travel(UNKNOWN, reason, parse("2017-18 Q4"))
    assert going(FAMILIES, YEAR_TO_DATE, YEAR_END).direction is IMPROVED
    share = replace(FAMILIES, unit=PERCENT)
    assert going(share, {"2018-19 Q2": "50", "2017-18 Q4": "60"}, YEAR_END, "2018-19 Q2").direction is DECLINED
    discrete = replace(FAMILIES, basis=Basis.PERIOD)
    assert going(discrete, {"2018-19 Q2": "50", "2017-18 Q4": "60"}, YEAR_END, "2018-19 Q2").direction is DECLINED


@pytest.mark.parametrize("indicator", [replace(FAMILIES, unit=PERCENT), replace(FAMILIES, basis=Basis.PERIOD)])
def test_only_cumulative_counts_compare_increments(indicator: Indicator) -> None:
    found = going(indicator, {"2018-19 Q4": "60", "2018-19 Q3": "50", "2018-19 Q2": "10"}, PREVIOUS)
    assert (found.increment, found.earlier, found.later) == (False, Decimal(50), Decimal(60))


@pytest.mark.parametrize(
    ("start", "of", "broken"),
    [
        ("2018-19 Q4", "2018-19 Q4", True),
        ("2018-19 Q3", "2018-19 Q4", True),  # what the third quarter added lies across the break
        ("2018-19 Q2", "2018-19 Q4", False),
        ("2018-19 Q1", "2018-19 Q1", True),
        ("2018-19 Q1", "2018-19 Q2", False),
        ("2017-18 Q4", "2018-19 Q1", True),
    ],
)
def test_increments_do_not_cross_a_break(start: str, of: str, broken: bool) -> None:
    found = going(replace(FAMILIES, breaks=(Break(parse(start), "recount"),)), YEAR_TO_DATE, PREVIOUS, of)
    assert (found.direction is UNKNOWN) is broken
    assert found.period == parse(of).previous
    if broken:
        assert found.reason == f"the series breaks at {parse(start).short}: recount"


def test_an_increment_cannot_be_held_against_a_range() -> None:
    within = replace(FAMILIES, better=Polarity.WITHIN)
    found = going(within, YEAR_TO_DATE, PREVIOUS)
    assert found == Travel(UNKNOWN, "what a period adds cannot be held against a range", parse("2018-19 Q3"))


@pytest.mark.parametrize("invented", ["2018-19 Q2", "2018-19 Q3", "2018-19 Q4"])
def test_an_increment_made_of_an_illustrative_figure_is_illustrative(invented: str) -> None:
    found = going(FAMILIES, YEAR_TO_DATE, PREVIOUS, invented=(invented,))
    assert found == added(IMPROVED, "2018-19 Q3", 250, 400, illustrative=True)
    assert not going(FAMILIES, YEAR_TO_DATE, PREVIOUS, invented=("2018-19 Q1",)).illustrative


@pytest.mark.parametrize(("invented", "expected"), [("2018-19 Q4", True), ("2018-19 Q3", True), ("2018-19 Q2", False)])
def test_a_direction_carries_the_illustrative_flag_of_both_figures(invented: str, expected: bool) -> None:
    figures = {"2018-19 Q4": "5", "2018-19 Q3": "6", "2018-19 Q2": "7"}
    assert going(REPEATS, figures, invented=(invented,)).illustrative is expected


# Ranges and quarters of months


def test_within_compares_with_the_current_range() -> None:
    within = replace(REPEATS, better=Polarity.WITHIN)
    told = series(within, {"2018-19 Q4": "10", "2018-19 Q3": "30"})
    now = measure(within, told, Q4)
    assert travel(within, told, now, PREVIOUS, between("5", "15")).direction is IMPROVED
    assert travel(within, told, now, PREVIOUS) == Travel(
        UNKNOWN, "no target range is set", parse("2018-19 Q3"), Decimal("30.0"), Decimal("10.0")
    )


def test_a_quarter_of_months_compares_with_the_quarter_before() -> None:
    figures = MONTHS | {"2018-10": "10", "2018-11": "10", "2018-12": "10"}
    assert going(CALLS, figures, PREVIOUS) == Travel(IMPROVED, "", parse("2018-19 Q3"), Decimal(30), Decimal(60))


def test_a_quarter_is_not_compared_with_a_single_month() -> None:
    found = going(SHARE, PARTS | {"2018-12": "20"}, PREVIOUS)
    assert found == Travel(
        UNKNOWN, "December 2018 and Quarter 4 2018-19 are made in different ways", parse("2018-19 Q3")
    )


def test_a_last_month_compares_with_the_month_before() -> None:
    point = replace(CALLS, basis=Basis.POINT)
    assert going(point, MONTHS, PREVIOUS) == Travel(IMPROVED, "", parse("2019-02"), Decimal(20), Decimal(30))
