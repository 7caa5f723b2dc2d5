"""What is compared: figures in their source's own version, cells of a breakdown, totals and parts."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from outcome_tracker.core.audit import Cause, Kind
from outcome_tracker.core.audit_claims import Checked, Told, breakdown_checks, document, figure_checks, of_source
from outcome_tracker.core.breakdown import Breakdown, BreakdownFigure, Counted, Published
from outcome_tracker.core.figure import Content, Figure, Stamp, Status
from outcome_tracker.core.indicator import Basis, Compare, Indicator, Polarity, Tier
from outcome_tracker.core.number import Unit, UnitKind
from outcome_tracker.core.period import Frequency, parse

REPORT = "Safeguarding report, 15 June 2021"
DFE = "Children in need, file c1"
STAMP = Stamp("ana", datetime(2021, 6, 15, tzinfo=UTC), date(2021, 6, 15))
APRIL = parse("2021-04")
SHARE = Indicator(
    "P-01",
    "Contacts due to domestic abuse",
    "P",
    Tier.WIDER,
    Unit(UnitKind.PERCENT),
    Polarity.NEITHER,
    Frequency.MONTHLY,
    Basis.PERIOD,
    1,
    numerator="domestic abuse contacts",
    denominator="contacts",
)
COUNT = replace(SHARE, code="P-02", unit=Unit(UnitKind.NUMBER), decimals=0, numerator="", denominator="")
YEAR = replace(SHARE, code="P-03", basis=Basis.ROLLING)


def number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def figure(printed: str, value: str = "", parts: str = "", *, period: str = "2021-04", source: str = "§4.13") -> Figure:
    top, _, bottom = parts.partition("/")
    content = Content(number(value), number(top), number(bottom), as_published=printed, source=f"{REPORT}, {source}")
    return Figure("P-01", parse(period), 1, content, STAMP)


def checks(
    indicator: Indicator, *figures: Figure, nearby: tuple[int, ...] = (), months: tuple[Figure, ...] = ()
) -> list[Checked]:
    told = Told(
        indicator,
        {each.period: each for each in figures},
        {figures[0].content.source: [Decimal(n) for n in nearby]},
        {each.period: each for each in months},
    )
    return list(figure_checks(told, figures[0].period))


def causes(found: list[Checked]) -> list[Cause | None]:
    return [each.difference.explained.cause if each.difference else None for each in found]


def test_parts_give_the_value_and_a_value_alone_is_compared_as_it_is() -> None:
    assert causes(checks(SHARE, figure("20.1%", parts="404/1927"))) == [Cause.TRANSPOSED]
    assert causes(checks(SHARE, figure("21%", parts="404/1927"))) == [None]
    assert causes(checks(SHARE, figure("95.2%", "95.2"))) == [None]
    assert causes(checks(SHARE, figure("95.2%", "95.4"))) == [Cause.NONE]
    assert causes(checks(COUNT, figure("23,553", "23553"))) == [None]


def test_each_of_two_printed_values_is_compared() -> None:
    assert causes(checks(SHARE, figure("17.0%; 21%", parts="4504/23553"))) == [Cause.NONE, Cause.NONE]
    assert causes(checks(COUNT, figure("91; 75", "91"))) == [None, Cause.TWICE]


def test_a_part_that_is_printed_beside_its_percentage_is_no_other_value() -> None:
    assert causes(checks(SHARE, figure("15%; 75", parts="75/509"))) == [None]
    assert causes(checks(SHARE, figure("15%; 509", parts="75/509"))) == [None]
    assert causes(checks(SHARE, figure("15%; 76", parts="75/509"))) == [None, Cause.NONE]


def test_parts_in_brackets_give_the_value_where_no_others_do_and_are_nearby_where_they_do() -> None:
    assert causes(checks(SHARE, figure("20.1% (404 of 1927)", "20.1"))) == [Cause.TRANSPOSED]
    assert causes(checks(SHARE, figure("15.2% (293 of 1927)", parts="293/404"))) == [Cause.DENOMINATOR]
    assert causes(checks(SHARE, figure("15.2%", parts="293/404"), nearby=(856, 1927))) == [Cause.DENOMINATOR]
    assert causes(checks(SHARE, figure("15.2%", parts="293/404"))) == [Cause.NONE]


def test_one_part_alone_must_leave_a_whole_number_for_the_other() -> None:
    assert causes(checks(SHARE, figure("92%", "92", "46/"))) == [None]
    assert causes(checks(SHARE, figure("92.5%", "92.5", "46/"))) == [Cause.NO_WHOLE]
    assert causes(checks(SHARE, figure("92.5% (46)", "92.5"))) == [Cause.NO_WHOLE]
    assert causes(checks(SHARE, figure("30%", "30", "/7"))) == [Cause.NO_WHOLE]


def test_what_is_absent_or_not_a_number_is_not_compared() -> None:
    suppressed = figure("x")
    absent = replace(suppressed, content=replace(suppressed.content, status=Status.SUPPRESSED, as_published="3"))
    assert checks(COUNT, absent) == []
    assert checks(COUNT, figure("over 60", "61")) == []
    assert checks(COUNT, figure("", "61")) == []
    assert checks(SHARE, figure("12%", "", "3/")) == []


def month(n: int, parts: str) -> Figure:
    return figure("", parts=parts, period=APRIL.shift(-n).code)


def test_a_year_may_be_a_mean_of_its_months_if_all_are_held() -> None:
    months = tuple(month(n, "30/100" if n % 2 else "1/10") for n in range(12))
    year = figure("20.0%", parts="186/1000")
    assert causes(checks(YEAR, year, months=months)) == [Cause.MEAN]
    [eleven] = checks(YEAR, year, months=months[:-1])
    assert eleven.difference is not None
    assert (eleven.difference.explained.cause, eleven.difference.perhaps_mean) == (Cause.NONE, True)
    assert causes(checks(SHARE, year, months=months)) == [Cause.NONE]


def test_a_change_is_on_the_period_before_or_a_year_before_of_the_same_publication() -> None:
    now = figure("21; change 25%", "21")
    march, last_year = figure("", "20", period="2021-03"), figure("", "16", period="2020-04")
    assert causes(checks(COUNT, now, figure("", "17", period="2021-03"), last_year)) == [None, Cause.ONE_UNIT]
    assert causes(checks(COUNT, figure("change 31%", "21"), march, last_year)) == [None]
    assert causes(checks(COUNT, figure("change 5%", "21"), march, last_year)) == [None]
    assert causes(checks(COUNT, figure("change 24%", "21"), last_year)) == [Cause.LATER]
    later = replace(COUNT, compare=Compare.YEAR_BEFORE)
    assert causes(checks(later, figure("change 24%", "21"), march, last_year)) == [Cause.LATER]
    elsewhere = replace(last_year, content=replace(last_year.content, source=DFE))
    assert causes(checks(COUNT, figure("change 24%", "21"), elsewhere)) == [None]  # 17 would fit


def test_a_change_on_a_figure_that_is_not_printed_needs_a_whole_number_before() -> None:
    assert causes(checks(COUNT, figure("21; change 25%", "21"))) == [None, Cause.NO_WHOLE]
    assert causes(checks(COUNT, figure("change 24%", "21"))) == [None]
    assert causes(checks(COUNT, figure("change 25%", "21"), figure("", "0", period="2021-03"))) == [Cause.NO_WHOLE]
    assert checks(COUNT, figure("change 25%", "21.5")) == []
    assert checks(COUNT, figure("change 25%", "", "4/")) == []
    assert checks(SHARE, figure("change 25%", "21")) == []  # it may be percentage points


def test_the_version_of_the_source_that_printed_it_is_compared() -> None:
    page = figure("16", "16")
    parts = replace(page, version=2, content=replace(page.content, value=None, source=DFE, numerator=Decimal(44)))
    corrected = replace(page, version=3, content=replace(page.content, value=Decimal(17)))
    reprinted = replace(page, version=4, content=replace(page.content, as_published="18", source=DFE))
    assert of_source([]) is None
    assert of_source([page, parts]) == page
    assert of_source([page, parts, corrected]) == corrected
    assert of_source([page, parts, reprinted]) == reprinted


def test_a_document_is_its_source_without_the_paragraph() -> None:
    assert document(f"{REPORT}, §4.13") == document(f"{REPORT}, Figure 4") == REPORT
    assert document("Page") == "Page"
    assert document("") == ""


# Breakdowns

SOURCES = Breakdown("P-B1", "Contacts by source", "P", ("source",), basis=Basis.ROLLING, published=Published.CHANGE)
RISK = replace(SOURCES, code="P-B2", dimensions=("risk",), published=Published.SHARE)
TEAMS = replace(SOURCES, code="P-B3", dimensions=("team", "category"), published=None)


def cells(breakdown: Breakdown, *texts: str) -> list[BreakdownFigure]:
    """Return cells as `2021-04 Police 6361 1%`, a slash between categories, `-` for the total, a count as `3/7`."""
    found = []
    for text in texts:
        period, categories, count, *printed = text.split()
        top, _, bottom = count.partition("/")
        status = Status.SUPPRESSED if count == "x" else Status.FINAL
        content = Counted(
            None if count == "x" else Decimal(top),
            number(bottom),
            status,
            as_published=" ".join(printed),
            source=f"{REPORT}, Figure 4",
        )
        names = tuple("" if name == "-" else name for name in categories.split("/"))
        found.append(BreakdownFigure(breakdown.code, parse(period), names, 1, content, STAMP))
    return found


def compared(breakdown: Breakdown, *texts: str, whole: int | None = None) -> dict[str, Cause | None]:
    totals = {} if whole is None else {APRIL: Decimal(whole)}
    found = list(breakdown_checks(breakdown, cells(breakdown, *texts), totals))
    return {
        f"{each.kind} {'/'.join(each.subject.categories)}": cause
        for each, cause in zip(found, causes(found), strict=True)
    }


def test_a_change_is_on_the_same_cell_of_the_period_compared_with() -> None:
    texts = ("2020-04 Police 6296", "2020-04 Schools 2755", "2021-04 Police 6361 1%", "2021-04 Schools 2049 -34%")
    assert compared(SOURCES, *texts) == {"change Police": None, "change Schools": Cause.LATER}
    assert compared(replace(SOURCES, compare=Compare.PREVIOUS), *texts) == {}
    assert compared(SOURCES, "2020-04 Police x", "2021-04 Police 6361 1%") == {}
    assert compared(SOURCES, "2020-04 Police 0", "2021-04 Police 6361 1%") == {}
    assert compared(SOURCES, "2020-04 Police 5", "2021-04 Police x 1%") == {}


def test_a_change_of_a_month_may_be_that_of_twelve() -> None:
    monthly = replace(SOURCES, basis=Basis.PERIOD)
    months = [APRIL.shift(-n) for n in range(24)]
    texts = [f"{month.code} Police {10 if n < 12 else 20}" for n, month in enumerate(months)]
    texts[0] = "2021-04 Police 40 -38%"  # 150 in twelve months, after 240
    assert compared(monthly, *texts) == {"change Police": None}
    texts[0] = "2021-04 Police 40 100%"  # 40 after 20
    assert compared(monthly, *texts) == {"change Police": None}
    texts[0] = "2021-04 Police 40 50%"
    assert compared(monthly, *texts) == {"change Police": Cause.LATER}
    assert compared(monthly, *texts[:-1]) == {"change Police": Cause.LATER}
    texts[0] = "2021-04 Police 40 -38%"
    assert compared(monthly, *texts[:-1]) == {"change Police": Cause.NONE}


def test_a_change_is_not_on_another_publications_cell() -> None:
    old, new = cells(SOURCES, "2020-04 Schools 2755", "2021-04 Schools 2049 -34%")
    other = replace(old, content=replace(old.content, source=DFE))
    assert [each.kind for each in breakdown_checks(SOURCES, [old, new], {})] == [Kind.CHANGE]
    assert list(breakdown_checks(SOURCES, [other, new], {})) == []


def test_a_share_is_of_its_denominator_else_of_the_total_in_the_table_else_of_the_indicator() -> None:
    assert compared(RISK, "2021-04 high 9/53 16.9%", "2021-04 low 31/108 28.7%") == {
        "share high": Cause.CUT_OFF,
        "share low": None,
    }
    assert compared(RISK, "2021-04 high 84 47.4%", "2021-04 low 93 52.5%", "2021-04 - 177") == {
        "total ": None,
        "share high": Cause.CUT_OFF,
        "share low": None,
    }
    assert compared(RISK, "2021-04 high 84 47.4%", whole=177) == {"share high": Cause.CUT_OFF}
    assert compared(RISK, "2021-04 high 84 47.4%") == {"share high": None}
    assert compared(RISK, "2021-04 high x 47.4%", whole=177) == {}


def test_a_share_in_a_table_of_two_ways_may_be_of_a_row_a_column_or_everything() -> None:
    two = replace(TEAMS, published=Published.SHARE)
    totals = ("2021-04 East/- 40", "2021-04 -/neglect 80", "2021-04 -/- 200")
    for printed in ("10%", "50%", "25%"):
        found = compared(two, f"2021-04 East/neglect 20 {printed}", "2021-04 West/neglect 60", *totals)
        assert found["share East/neglect"] is None
    found = compared(two, "2021-04 East/neglect 20 11%", "2021-04 West/neglect 60", *totals)
    assert found["share East/neglect"] is Cause.ONE_UNIT


def test_a_share_of_the_rows_that_are_listed_is_known_for_that() -> None:
    assert compared(RISK, "2021-04 high 84 50%", "2021-04 low 84 50%", whole=200) == {
        "share high": Cause.DENOMINATOR,
        "share low": Cause.DENOMINATOR,
    }


def test_shares_of_several_answers_are_not_of_the_total_and_must_fit_one_number() -> None:
    many = replace(RISK, multi_response=True)
    texts = ("2021-04 a 1236 41%", "2021-04 b 1050 35%", "2021-04 c 595 20%", "2021-04 d 562 25%")
    assert compared(many, *texts, whole=1500) == {
        "share a": None,
        "share b": None,
        "share c": None,
        "share d": Cause.OTHERS,
    }


@pytest.mark.parametrize(
    ("texts", "whole", "found"),
    [
        (("2021-04 a 177", "2021-04 b 62", "2021-04 - 239"), None, {"total ": None}),
        (("2021-04 a 177", "2021-04 b 62", "2021-04 - 293"), None, {"total ": Cause.TRANSPOSED}),
        (("2021-04 a 177", "2021-04 b 62", "2021-04 - 177"), None, {"total ": Cause.LEFT_OUT}),
        (("2021-04 a 177", "2021-04 b x", "2021-04 - 180"), None, {}),
        (("2021-04 a 177", "2021-04 b x", "2021-04 - 176"), None, {"total ": Cause.ONE_UNIT}),
        (("2021-04 a 177", "2021-04 b 62"), 255, {}),  # the others are not printed
        (("2021-04 a 177", "2021-04 b 62"), 239, {}),
        (("2021-04 a 177", "2021-04 b 62"), 238, {"total ": Cause.ONE_UNIT}),
        (("2021-04 - 255",), None, {}),
    ],
)  # fmt: skip - a case a line
def test_a_total_is_the_sum_of_what_is_printed_and_never_less(
    texts: tuple[str, ...], whole: int | None, found: dict[str, Cause | None]
) -> None:
    assert compared(replace(RISK, published=None), *texts, whole=whole) == found


def test_rows_below_a_volume_are_not_printed_so_a_total_may_be_more() -> None:
    large = replace(RISK, published=None, at_least=500)
    assert compared(large, "2021-04 a 600", "2021-04 - 900") == {}
    assert compared(large, "2021-04 a 600", "2021-04 - 599") == {"total ": Cause.ONE_UNIT}
    many = replace(RISK, published=None, multi_response=True)
    assert compared(many, "2021-04 a 600", "2021-04 - 599") == {}


def test_totals_of_each_row_are_compared_as_well() -> None:
    texts = ("2021-04 East/neglect 20", "2021-04 East/abuse 49", "2021-04 East/- 68", "2021-04 -/neglect 20")
    assert compared(TEAMS, *texts) == {"total East/": Cause.ONE_UNIT, "total /neglect": None}
