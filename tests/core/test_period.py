"""Periods: every form that people write, every form that is refused with what to write instead, and arithmetic."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.period import (
    Frequency,
    Kind,
    Period,
    PeriodError,
    ending,
    kind_of,
    parse,
    parse_date,
    parse_reporting_period,
    periods_between,
)

PARTS = {Kind.MONTH: 12, Kind.QUARTER: 4, Kind.HALF: 2, Kind.YEAR: 1, Kind.ACADEMIC: 1, Kind.CALENDAR: 1}
ANY = "2018-19 Q4, 2019-03 or 2018-19"

periods = st.builds(
    lambda kind, year, part: Period(kind, year, part % PARTS[kind] + 1),
    st.sampled_from(Kind),
    st.integers(1900, 2199),
    st.integers(0, 11),
)


def quarter(year: int, number: int) -> Period:
    return Period(Kind.QUARTER, year, number)


Q4 = quarter(2018, 4)
MARCH = Period(Kind.MONTH, 2019, 3)
YEAR = Period(Kind.YEAR, 2018)
H1 = Period(Kind.HALF, 2018, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018-19 Q4", Q4),
        ("Q4 2018-19", Q4),
        ("2018/19 Q4", Q4),
        ("Q4 18/19", Q4),
        ("q4 18-19", Q4),
        ("2018-2019 Q4", Q4),
        ("2018-19Q4", Q4),
        ("2018-19, Q4", Q4),
        ("2018-19, quarter 4", Q4),
        ("Quarter 4 2018-19", Q4),
        ("QUARTER 4, 2018/19", Q4),
        ("Qtr 4 2018-19", Q4),
        ("Q 4 2018-19", Q4),
        ("Q4 of 2018-19", Q4),
        ("FY 2018-19 Q4", Q4),
        ("FY18/19 Q4", Q4),
        ("2018\u201319 Q4", Q4),  # an en dash, as word processors make it
        ("2018\u201119 Q4", Q4),
        ("2018\u221219 Q4", Q4),
        ("\u00a02018-19\u00a0Q4 ", Q4),
        ("2018 - 19 Q4", Q4),
        ("Quarter 4 2018-19 (Jan to Mar 2019)", Q4),
        ("quarter 4 2018-19 (jan to mar 2019)", Q4),
        ("2018-19 H1", H1),
        ("H1 2018-19", H1),
        ("Half 1 2018-19", H1),
        ("Half 1 2018-19 (Apr to Sep 2018)", H1),
        ("2018-19", YEAR),
        ("2018/19", YEAR),
        ("18/19", YEAR),
        ("2018-2019", YEAR),
        ("2019-2020", Period(Kind.YEAR, 2019)),
        ("1999-00", Period(Kind.YEAR, 1999)),
        ("99/00", Period(Kind.YEAR, 1999)),
        ("70-71", Period(Kind.YEAR, 1970)),
        ("69-70", Period(Kind.YEAR, 2069)),
        ("2011-12", Period(Kind.YEAR, 2011)),
        ("Year 2018-19", YEAR),
        ("FY2018-19", YEAR),
        ("financial year 2018-19", YEAR),
        ("Reporting year 2019", YEAR),
        ("2019-03", MARCH),
        ("2019/03", MARCH),
        ("2019-10", Period(Kind.MONTH, 2019, 10)),
        ("2011-11", Period(Kind.MONTH, 2011, 11)),
        ("March 2019", MARCH),
        ("march 2019", MARCH),
        ("Mar-19", MARCH),
        ("Mar 19", MARCH),
        ("Mar. 2019", MARCH),
        ("Mar '19", MARCH),
        ("Mar/2019", MARCH),
        ("Mar2019", MARCH),
        ("Sept 2018", Period(Kind.MONTH, 2018, 9)),
        ("May 70", Period(Kind.MONTH, 1970, 5)),
        ("31st March 2019", MARCH),
        ("31 March 2019", MARCH),
        ("30th Sept 2018", Period(Kind.MONTH, 2018, 9)),
        ("2019-03-31", MARCH),
        ("31/03/2019", MARCH),
        ("31/3/2019", MARCH),
        ("29 February 2020", Period(Kind.MONTH, 2020, 2)),
        ("academic 2018-19", Period(Kind.ACADEMIC, 2018)),
        ("Academic year 2018-19", Period(Kind.ACADEMIC, 2018)),
        ("AY 2018/19", Period(Kind.ACADEMIC, 2018)),
        ("ay18/19", Period(Kind.ACADEMIC, 2018)),
        ("calendar 2018", Period(Kind.CALENDAR, 2018)),
        ("Calendar year 2018", Period(Kind.CALENDAR, 2018)),
        ("CY2018", Period(Kind.CALENDAR, 2018)),
        ("1900-03", Period(Kind.MONTH, 1900, 3)),
        ("2199-00", Period(Kind.YEAR, 2199)),
    ],
)
def test_what_people_write_is_understood(text: str, expected: Period) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("2011-12", Kind.MONTH, Period(Kind.MONTH, 2011, 12)),
        ("2011/12", Kind.MONTH, Period(Kind.MONTH, 2011, 12)),
        ("2011-12", Kind.YEAR, Period(Kind.YEAR, 2011)),
        ("2011-12", Kind.ACADEMIC, Period(Kind.ACADEMIC, 2011)),
        ("2011-12 Q1", Kind.QUARTER, quarter(2011, 1)),
        ("2018-19 Q2", Kind.HALF, H1),
        ("2018-19 Q4", Kind.HALF, Period(Kind.HALF, 2018, 2)),
        ("Quarter 4 2018-19 (Jan to Mar 2019)", Kind.HALF, Period(Kind.HALF, 2018, 2)),
        ("March 2019", Kind.QUARTER, Q4),
        ("Mar-19", Kind.HALF, Period(Kind.HALF, 2018, 2)),
        ("31st March 2019", Kind.YEAR, YEAR),
        ("31st March 2019", Kind.QUARTER, Q4),
        ("2018-12", Kind.QUARTER, quarter(2018, 3)),
        ("2018-12", Kind.CALENDAR, Period(Kind.CALENDAR, 2018)),
        ("31 August 2019", Kind.ACADEMIC, Period(Kind.ACADEMIC, 2018)),
        ("2019-03-31", Kind.MONTH, MARCH),
    ],
)
def test_the_frequency_of_the_indicator_decides(text: str, kind: Kind, expected: Period) -> None:
    assert parse(text, kind) == expected
    assert parse(text, kind).code == expected.code


@pytest.mark.parametrize(
    ("text", "kind", "sentence"),
    [
        ("", None, f"No period is given; write {ANY}."),
        ("  ", Kind.QUARTER, "No period is given; write 2018-19 Q4."),
        (
            "2018-Q4",
            None,
            (
                "'2018-Q4' does not say which year it means; "
                "write 2018-19 Q4 for the financial year that starts in April 2018."
            ),
        ),
        (
            " Q4 2018 ",
            Kind.QUARTER,
            (
                "'Q4 2018' does not say which year it means; "
                "write 2018-19 Q4 for the financial year that starts in April 2018."
            ),
        ),
        (
            "Half 2 - 2018",
            Kind.HALF,
            (
                "'Half 2 - 2018' does not say which year it means; "
                "write 2018-19 H2 for the financial year that starts in April 2018."
            ),
        ),
        (
            "1900Q1",
            None,
            (
                "'1900Q1' does not say which year it means; "
                "write 1900-01 Q1 for the financial year that starts in April 1900."
            ),
        ),
        ("2199 q1", Kind.MONTH, "'2199 q1' is not a period; write 2019-03."),
        (
            "2199 q1",
            None,
            (
                "'2199 q1' does not say which year it means; "
                "write 2199-00 Q1 for the financial year that starts in April 2199."
            ),
        ),
        ("2200 q1", None, f"'2200 q1' is not a period; write {ANY}."),
        ("1899 q1", None, f"'1899 q1' is not a period; write {ANY}."),
        ("Q5 2018", None, f"'Q5 2018' is not a period; write {ANY}."),
        ("Q0 2018", None, f"'Q0 2018' is not a period; write {ANY}."),
        ("H3 2018", None, f"'H3 2018' is not a period; write {ANY}."),
        (
            "2018",
            None,
            "'2018' does not say which year it means; write 2018-19 for April 2018 to March 2019.",
        ),
        (
            "2018",
            Kind.YEAR,
            "'2018' does not say which year it means; write 2018-19 for April 2018 to March 2019.",
        ),
        (
            "2018",
            Kind.ACADEMIC,
            "'2018' does not say which year it means; write 2018-19 for September 2018 to August 2019.",
        ),
        ("2018", Kind.CALENDAR, "'2018' does not say which year it means; write calendar 2018."),
        ("2018", Kind.QUARTER, "'2018' is not a period; write 2018-19 Q4."),
        ("1900", Kind.CALENDAR, "'1900' does not say which year it means; write calendar 1900."),
        ("2199", Kind.CALENDAR, "'2199' does not say which year it means; write calendar 2199."),
        ("1899", Kind.CALENDAR, "'1899' is not a period; write calendar 2018."),
        ("2200", None, f"'2200' is not a period; write {ANY}."),
        ("2018-20", None, "'2018-20': 2018 is followed by 2019; write 2018-19."),
        ("2018-20", Kind.ACADEMIC, "'2018-20': 2018 is followed by 2019; write academic 2018-19."),
        ("2018-2020 Q3", None, "'2018-2020 Q3': 2018 is followed by 2019; write 2018-19 Q3."),
        ("2018-1919", None, "'2018-1919': 2018 is followed by 2019; write 2018-19."),
        ("academic 2018-20", None, "'academic 2018-20': 2018 is followed by 2019; write academic 2018-19."),
        ("2018-13", Kind.MONTH, "'2018-13' is not a month; write 2019-03."),
        ("2018-19", Kind.MONTH, "'2018-19' is a financial year, not a month; write 2019-03."),
        ("2018-2019", Kind.MONTH, "'2018-2019' is a financial year, not a month; write 2019-03."),
        ("2018-19 Q4", Kind.MONTH, "'2018-19 Q4' is a quarter, not a month; write 2019-03."),
        ("2018-19 Q1", Kind.HALF, "'2018-19 Q1' is a quarter, not a half-year; write 2018-19 H1."),
        ("2018-19 H1", Kind.QUARTER, "'2018-19 H1' is a half-year, not a quarter; write 2018-19 Q4."),
        ("2018-19", Kind.CALENDAR, "'2018-19' is a financial year, not a calendar year; write calendar 2018."),
        (
            "academic 2018-19",
            Kind.YEAR,
            "'academic 2018-19' is an academic year, not a financial year; write 2018-19.",
        ),
        (
            "calendar 2018",
            Kind.ACADEMIC,
            "'calendar 2018' is a calendar year, not an academic year; write academic 2018-19.",
        ),
        ("2018-19 Q5", None, "'2018-19 Q5': a year has quarters 1 to 4; write 2018-19 Q4."),
        ("2018-19 Q0", None, "'2018-19 Q0': a year has quarters 1 to 4; write 2018-19 Q4."),
        ("H3 2018-19", None, "'H3 2018-19': a year has half-years 1 to 2; write 2018-19 H1."),
        ("Half 3 2018-19", None, "'Half 3 2018-19': a year has half-years 1 to 2; write 2018-19 H1."),
        ("2019-02", Kind.QUARTER, "'2019-02' does not end a quarter; write 2018-19 Q4."),
        ("Feb 2019", Kind.ACADEMIC, "'Feb 2019' does not end an academic year; write academic 2018-19."),
        ("30 March 2019", None, "'30 March 2019' is not the end of a month; write 2019-03."),
        ("30 March 2019", Kind.QUARTER, "'30 March 2019' is not the end of a month; write 2018-19 Q4."),
        ("31 April 2019", None, f"'31 April 2019' is not in the calendar; write {ANY}."),
        ("2019-02-29", Kind.MONTH, "'2019-02-29' is not in the calendar; write 2019-03."),
        ("2019-13-01", None, f"'2019-13-01' is not in the calendar; write {ANY}."),
        ("0000-03", Kind.QUARTER, "'0000-03' is outside 1900 to 2199; write 2018-19 Q4."),
        ("1899-00 Q1", Kind.QUARTER, "'1899-00 Q1' is outside 1900 to 2199; write 2018-19 Q4."),
        ("28 Feb 2019", Kind.QUARTER, "'28 Feb 2019' does not end a quarter; write 2018-19 Q4."),
        ("1899-12", None, f"'1899-12' is outside 1900 to 2199; write {ANY}."),
        ("1900-03", Kind.QUARTER, "'1900-03' is outside 1900 to 2199; write 2018-19 Q4."),
        ("2200-01", None, f"'2200-01' is outside 1900 to 2199; write {ANY}."),
        ("9999-12-31", None, f"'9999-12-31' is outside 1900 to 2199; write {ANY}."),
        ("9999-12-31", Kind.YEAR, "'9999-12-31' is outside 1900 to 2199; write 2018-19."),
        ("calendar 1899", None, f"'calendar 1899' is outside 1900 to 2199; write {ANY}."),
        ("Reporting year 1900", None, f"'Reporting year 1900' is outside 1900 to 2199; write {ANY}."),
        ("1899-1901", Kind.YEAR, "'1899-1901' is outside 1900 to 2199; write 2018-19."),
        ("academic 1899-00", Kind.ACADEMIC, "'academic 1899-00' is outside 1900 to 2199; write academic 2018-19."),
        (
            "2018-19 Q4 (Apr to Jun 2019)",
            None,
            "'2018-19 Q4 (Apr to Jun 2019)' contradicts itself: 2018-19 Q4 ends in Mar 2019.",
        ),
        ("Foo 2019", None, f"'Foo 2019' is not a period; write {ANY}."),
        ("Marc 2019", None, f"'Marc 2019' is not a period; write {ANY}."),
        ("last quarter", Kind.CALENDAR, "'last quarter' is not a period; write calendar 2018."),
        ("２０１８-19", None, f"'２０１８-19' is not a period; write {ANY}."),  # noqa: RUF001 - full-width digits
        ("2018-19 Q4 extra", None, f"'2018-19 Q4 extra' is not a period; write {ANY}."),
        ("201-19", None, f"'201-19' is not a period; write {ANY}."),
    ],
)
def test_what_is_refused_says_what_to_write(text: str, kind: Kind | None, sentence: str) -> None:
    with pytest.raises(PeriodError) as refused:
        parse(text, kind)
    assert str(refused.value) == sentence


@given(periods)
def test_the_code_is_read_back(period: Period) -> None:
    assert parse(period.code, period.kind) == period
    assert parse(str(period), period.kind) == period
    if period.kind is not Kind.MONTH:  # 2011-12 alone is a financial year
        assert parse(period.code) == period


@given(periods)
def test_the_label_is_read_back_without_being_told_its_kind(period: Period) -> None:
    assert parse(period.label) == period
    assert parse(period.label.upper(), period.kind) == period


@given(st.text("0123456789QqHh-/ '.()AprilMarchJanuySeptembcdFYof", max_size=14), st.sampled_from([None, *Kind]))
def test_a_text_is_a_period_in_range_or_refused_with_a_sentence(text: str, kind: Kind | None) -> None:
    try:
        period = parse(text, kind)
    except PeriodError as error:
        assert str(error).endswith(".")  # noqa: PT017 - either outcome is right
    else:
        assert parse(period.code, period.kind) == period
        assert kind is None or period.kind is kind


@given(st.dates(date(1890, 1, 1), date(2210, 1, 1)), st.sampled_from([None, *Kind]))
def test_a_date_is_the_period_that_ends_on_it_or_refused(day: date, kind: Kind | None) -> None:
    try:
        period = parse(day.isoformat(), kind)
    except PeriodError:
        month = ending(day, Kind.MONTH)
        period = ending(day, kind or Kind.MONTH)
        assert day != month.end or day != period.end or not 1900 <= min(period.year, month.year) <= 2199
    else:
        assert period.end == day


@pytest.mark.parametrize(
    ("period", "first", "last", "code", "label"),
    [
        (Q4, "2019-01-01", "2019-03-31", "2018-19 Q4", "Quarter 4 2018-19 (Jan to Mar 2019)"),
        (quarter(2018, 1), "2018-04-01", "2018-06-30", "2018-19 Q1", "Quarter 1 2018-19 (Apr to Jun 2018)"),
        (quarter(2018, 3), "2018-10-01", "2018-12-31", "2018-19 Q3", "Quarter 3 2018-19 (Oct to Dec 2018)"),
        (H1, "2018-04-01", "2018-09-30", "2018-19 H1", "Half 1 2018-19 (Apr to Sep 2018)"),
        (
            Period(Kind.HALF, 2018, 2),
            "2018-10-01",
            "2019-03-31",
            "2018-19 H2",
            "Half 2 2018-19 (Oct 2018 to Mar 2019)",
        ),
        (YEAR, "2018-04-01", "2019-03-31", "2018-19", "Year 2018-19"),
        (Period(Kind.YEAR, 1999), "1999-04-01", "2000-03-31", "1999-00", "Year 1999-00"),
        (MARCH, "2019-03-01", "2019-03-31", "2019-03", "March 2019"),
        (Period(Kind.MONTH, 2020, 2), "2020-02-01", "2020-02-29", "2020-02", "February 2020"),
        (Period(Kind.MONTH, 2018, 12), "2018-12-01", "2018-12-31", "2018-12", "December 2018"),
        (
            Period(Kind.ACADEMIC, 2018),
            "2018-09-01",
            "2019-08-31",
            "academic 2018-19",
            "Academic year 2018-19",
        ),
        (Period(Kind.CALENDAR, 2018), "2018-01-01", "2018-12-31", "calendar 2018", "Calendar year 2018"),
    ],
)
def test_days_code_and_label(period: Period, first: str, last: str, code: str, label: str) -> None:
    assert (period.start.isoformat(), period.end.isoformat()) == (first, last)
    assert (period.code, period.label) == (code, label)
    assert period.short == label.partition(" (")[0]


@pytest.mark.parametrize(
    ("period", "year", "months_into", "months"),
    [
        (quarter(2018, 1), 2018, 3, 3),
        (quarter(2018, 2), 2018, 6, 3),
        (Q4, 2018, 12, 3),
        (H1, 2018, 6, 6),
        (Period(Kind.HALF, 2018, 2), 2018, 12, 6),
        (Period(Kind.MONTH, 2018, 4), 2018, 1, 1),
        (Period(Kind.MONTH, 2018, 12), 2018, 9, 1),
        (Period(Kind.MONTH, 2019, 1), 2018, 10, 1),
        (MARCH, 2018, 12, 1),
        (YEAR, 2018, 12, 12),
        (Period(Kind.ACADEMIC, 2018), 2019, 12, 12),
        (Period(Kind.CALENDAR, 2018), 2018, 12, 12),
    ],
)
def test_place_in_the_year(period: Period, year: int, months_into: int, months: int) -> None:
    assert period.financial_year == Period(Kind.YEAR, year)
    assert period.months_into_year == months_into
    assert period.months == months


def test_previous_and_the_same_period_of_the_year_before() -> None:
    assert quarter(2018, 1).previous == quarter(2017, 4)
    assert Q4.previous == quarter(2018, 3)
    assert Period(Kind.MONTH, 2019, 1).previous == Period(Kind.MONTH, 2018, 12)
    assert H1.previous == Period(Kind.HALF, 2017, 2)
    assert YEAR.previous == Period(Kind.YEAR, 2017)
    assert Q4.year_before == quarter(2017, 4)
    assert MARCH.year_before == Period(Kind.MONTH, 2018, 3)


@given(periods, st.integers(-30, 30))
def test_shifting_there_and_back(period: Period, steps: int) -> None:
    assert period.shift(steps).shift(-steps) == period
    assert period.shift(0) == period


@given(periods)
def test_periods_of_a_kind_follow_without_a_gap(period: Period) -> None:
    assert period.shift(1).start == period.end + timedelta(days=1)
    assert period.shift(PARTS[period.kind]).year_before == period
    assert period.shift(-PARTS[period.kind]) == period.year_before
    assert period.holds(period)
    assert not period.holds(period.previous)


@given(st.dates(date(1901, 1, 1), date(2199, 1, 1)), st.sampled_from(Kind))
def test_every_day_lies_in_one_period_of_a_kind(day: date, kind: Kind) -> None:
    period = ending(day, kind)
    assert period.kind is kind
    assert period.start <= day <= period.end


def test_a_period_holds_what_lies_inside() -> None:
    assert YEAR.holds(Q4)
    assert YEAR.holds(quarter(2018, 1))
    assert not Q4.holds(YEAR)
    assert not YEAR.holds(quarter(2019, 1))
    assert not YEAR.holds(Period(Kind.CALENDAR, 2018))
    assert not YEAR.holds(Period(Kind.ACADEMIC, 2018))


def test_periods_between_include_both_ends() -> None:
    assert [p.code for p in periods_between(quarter(2018, 3), quarter(2019, 1))] == [
        "2018-19 Q3",
        "2018-19 Q4",
        "2019-20 Q1",
    ]
    assert periods_between(Q4, Q4) == [Q4]
    assert periods_between(Q4, quarter(2018, 3)) == []


def test_the_kind_of_a_frequency() -> None:
    assert [kind_of(frequency) for frequency in Frequency] == [Kind.MONTH, Kind.QUARTER, Kind.HALF, Kind.YEAR]
    assert kind_of(Frequency.ANNUAL, "academic") is Kind.ACADEMIC
    assert kind_of(Frequency.ANNUAL, "calendar") is Kind.CALENDAR
    assert kind_of(Frequency.QUARTERLY, "academic") is Kind.QUARTER


def test_a_date_is_read_as_iso_only() -> None:
    assert parse_date(" 2019-03-31 ") == date(2019, 3, 31)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (" 31/03/2019 ", "'31/03/2019' is not a date; write it as 2019-03-31."),
        ("20190331", "'20190331' is not a date; write it as 2019-03-31."),
        (" 2019-02-30", "'2019-02-30' is not in the calendar; write a date as 2019-03-31."),
        ("0001-01-01", "'0001-01-01' is outside 1900 to 2199; write a date as 2019-03-31."),
        ("9999-12-31", "'9999-12-31' is outside 1900 to 2199; write a date as 2019-03-31."),
    ],
)
def test_another_date_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match="write") as refused:
        parse_date(text)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018-19 Q4", Q4),
        ("2011-12", Period(Kind.MONTH, 2011, 12)),
        ("2011\u201312", Period(Kind.MONTH, 2011, 12)),
        (" March 2019", MARCH),
    ],
)
def test_a_reporting_period_is_a_quarter_or_a_month(text: str, expected: Period) -> None:
    assert parse_reporting_period(text) == expected


@pytest.mark.parametrize(
    ("text", "what"),
    [(" 2018-19", "a financial year"), ("2018-19 H1", "a half-year"), ("AY 2018-19", "an academic year")],
)
def test_a_report_is_for_nothing_else(text: str, what: str) -> None:
    with pytest.raises(PeriodError) as refused:
        parse_reporting_period(text)
    assert str(refused.value) == (
        f"'{text.strip()}' is {what}; a report is for a quarter or a month, as in 2018-19 Q4 or 2019-03."
    )
