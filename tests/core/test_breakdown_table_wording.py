"""What is said of a breakdown in a period."""

from dataclasses import replace
from decimal import Decimal

import pytest

from outcome_tracker.core.breakdown import Breakdown, Counted, Published
from outcome_tracker.core.breakdown_amount import Amount
from outcome_tracker.core.breakdown_table import BreakdownTable, table_of
from outcome_tracker.core.breakdown_table_wording import (
    amount_text,
    change_text,
    heading,
    line_text,
    notes,
    others_text,
    periods_text,
    printed,
    reason_text,
    row_name,
    span_title,
)
from outcome_tracker.core.figure import Status
from outcome_tracker.core.indicator import Basis, Compare
from outcome_tracker.core.period import Frequency, parse
from tests.core.breakdowns import APRIL, BY_SOURCE, BY_TEAM, FIGURE_4, YEAR_BEFORE, both_years, figure

MONTHLY = replace(BY_SOURCE, basis=Basis.PERIOD, at_least=0, mark_change=None)
POINT = replace(MONTHLY, basis=Basis.POINT)


def made(breakdown: Breakdown, *figures: object, totals: dict[object, Counted] | None = None) -> BreakdownTable:
    found = table_of(breakdown, figures, APRIL, totals)  # type: ignore[arg-type]  # figures, as few words as possible
    assert found is not None
    return found


REPORT = made(BY_SOURCE, *both_years(FIGURE_4))


def sentence(breakdown: Breakdown, before: int | None, now: int | None) -> str:
    """Return what is said of Police beside another row that has both counts; None: nothing is held."""
    rest = [figure("NSPCC", 5), figure("NSPCC", 5, YEAR_BEFORE)]
    own = [figure("Police", each, when) for when, each in ((YEAR_BEFORE, before), (APRIL, now)) if each is not None]
    found = made(breakdown, *rest, *own)
    return next(line_text(found, line) for line in found.lines if line.categories == ("Police",))


def test_the_rows_of_the_report_as_sentences() -> None:
    said = [line_text(REPORT, line) for line in REPORT.lines]
    assert said[0] == "Police: 6,361 in the 12 months to 30 April 2021, 1% more than 6,296 in the 12 months before."
    assert said[3] == (
        "Education / School: 2,049 in the 12 months to 30 April 2021, 26% fewer than 2,755 in the 12 months before."
    )


@pytest.mark.parametrize(
    ("breakdown", "before", "now", "said"),
    [
        (POINT, 77, 81, "Police: 81 on 30 April 2021, 5% more than 77 on 30 April 2020."),
        (MONTHLY, 20, 19, "Police: 19 in April 2021, 5% fewer than 20 in April 2020."),
        (POINT, 81, 81, "Police: 81 on 30 April 2021, as many as on 30 April 2020."),
        (POINT, 1000, 1001, "Police: 1,001 on 30 April 2021, about as many as 1,000 on 30 April 2020."),
        (POINT, 1000, 1006, "Police: 1,006 on 30 April 2021, 1% more than 1,000 on 30 April 2020."),
        (POINT, 0, 4, "Police: 4 on 30 April 2021, and none on 30 April 2020."),
        (POINT, 0, 0, "Police: 0 on 30 April 2021, as on 30 April 2020."),
        (POINT, None, 4, "Police: 4 on 30 April 2021, and nothing is held for 30 April 2020."),
        (POINT, 4, None, "Police: no count on 30 April 2021 (no figure for April 2021)."),
        (POINT, 4, 0, "Police: 0 on 30 April 2021, 100% fewer than 4 on 30 April 2020."),
    ],
)
def test_a_row_as_a_sentence(breakdown: Breakdown, before: int | None, now: int | None, said: str) -> None:
    assert sentence(breakdown, before, now) == said


def test_an_earlier_count_that_is_hidden_says_so() -> None:
    found = made(POINT, figure("Police", 9), figure("Police", None, YEAR_BEFORE), *both_years({"A": (1, 1, "")}))
    assert line_text(found, found.lines[0]) == (
        "Police: 9 on 30 April 2021, and no count on 30 April 2020 (suppressed)."
    )


def test_where_nothing_is_compared_nothing_is_said_of_it() -> None:
    found = made(replace(POINT, shares=True), figure("Police", 96, denominator=177))
    assert line_text(found, found.lines[0]) == "Police: 96 on 30 April 2021 (54%)."
    assert heading(found) == "Contacts to the front door by source, 30 April 2021"


def test_headings_say_what_is_compared() -> None:
    title = "Contacts to the front door by source"
    assert heading(REPORT) == f"{title}, 12 months to 30 April 2021 against the 12 months before"
    assert (span_title(REPORT), span_title(REPORT, earlier=True)) == (
        "12 months to 30 April 2021",
        "12 months to 30 April 2020",
    )
    march = figure("Police", 7, APRIL.previous)
    monthly = made(replace(MONTHLY, compare=Compare.PREVIOUS), figure("Police", 8), march)
    assert heading(monthly) == f"{title}, April 2021 against March 2021"
    rolling = made(replace(BY_SOURCE, compare=Compare.PREVIOUS), figure("Police", 800), march)
    assert heading(rolling) == f"{title}, 12 months to 30 April 2021 against the 12 months to 31 March 2021"
    quarter = parse("2020-21 Q4")
    found = table_of(replace(POINT, frequency=Frequency.QUARTERLY), [figure("Police", 8, quarter)], APRIL)
    assert found is not None
    assert heading(found) == f"{title}, 31 March 2021"


def test_rows_have_names() -> None:
    assert row_name(BY_TEAM, ("Chester", "Neglect")) == "Chester, Neglect"
    assert row_name(BY_TEAM, ("", "Neglect")) == "any team, Neglect"
    assert row_name(BY_TEAM, ("", "")) == "Total"


@pytest.mark.parametrize(
    ("amount", "text", "reason"),
    [
        (Amount(Decimal(6361)), "6,361", ""),
        (Amount(Decimal(7), status=Status.PROVISIONAL, illustrative=True), "7 [p] [illustrative]", ""),
        (Amount(status=Status.SUPPRESSED), "[c]", "suppressed"),
        (Amount(status=Status.NOT_AVAILABLE), "[x]", "not available"),
        (Amount(status=Status.NOT_APPLICABLE), "[z]", "not applicable"),
        (Amount(status=Status.NOT_RETURNED), "–", "not returned"),
        (Amount(missing=(APRIL,)), "–", "no figure for April 2021"),
        (Amount(), "–", "no figure"),
    ],
)
def test_a_count_or_why_there_is_none(amount: Amount, text: str, reason: str) -> None:
    assert (amount_text(amount), reason_text(amount)) == (text, reason)


def test_a_cell_that_nobody_filled_is_a_dash() -> None:
    assert amount_text(None) == "–"


def test_periods_are_listed_up_to_three() -> None:
    months = tuple(APRIL.shift(step) for step in range(-3, 1))
    assert periods_text(months[1:]) == "February 2021, March 2021 and April 2021"
    assert periods_text(months) == "4 months from January 2021 to April 2021"
    assert periods_text(tuple(parse("2019-20 Q1").shift(step) for step in range(4))) == (
        "4 periods from Quarter 1 2019-20 (Apr to Jun 2019) to Quarter 4 2019-20 (Jan to Mar 2020)"
    )


def test_changes_have_a_sign_and_a_mark() -> None:
    assert [change_text(BY_SOURCE, line.change, marked=line.marked) for line in REPORT.lines[:4]] == [
        "+1%",
        "+21% ◆",
        "−15%",
        "−26% ◆",
    ]
    assert change_text(replace(BY_SOURCE, decimals=1), REPORT.lines[3].change) == "−25.6%"
    assert change_text(BY_SOURCE, None) == "–"


def test_what_is_not_listed_is_said() -> None:
    assert others_text(REPORT) == ""
    small = both_years({"Fire": (100, 120, ""), "NSPCC": (200, 210, "")})
    assert others_text(made(BY_SOURCE, *both_years(FIGURE_4), *small)) == (
        "Rows below 500 are not listed: 2 others, together 330 (300 in the 12 months before, +10%)."
    )
    new = both_years({"Fire": (0, 120, "")})
    assert others_text(made(BY_SOURCE, *both_years(FIGURE_4), *new)) == (
        "Rows below 500 are not listed: 1 other, together 120 (0 in the 12 months before)."
    )
    assert others_text(made(BY_SOURCE, *both_years(FIGURE_4), figure("Fire", None))) == (
        "Rows below 500 and those without a count are not listed: "
        "1 other, of which 1 without a count, so they can't be added up."
    )
    totals: dict[object, Counted] = {APRIL: Counted(Decimal(23553))}
    assert others_text(made(BY_SOURCE, *both_years(FIGURE_4), totals=totals)) == (
        "Rows below 500 are not listed: all others, together 4,256."
    )


def test_notes_say_what_the_table_leaves_open() -> None:
    assert notes(REPORT) == ["◆ marks changes of more than 20%."]
    alone = made(replace(MONTHLY, shares=True, total="CON-ALL"), figure("Police", 9), figure("Fire", 0, YEAR_BEFORE))
    assert notes(alone) == [
        (
            "12 months can't be added up, for want of 11 months from May 2020 to March 2021; "
            "these are the counts of April 2021 alone."
        ),
        "There are no shares: neither denominators nor a total are held.",
        "Police: before that no figure for April 2020.",
        "Fire: no figure for April 2021.",
    ]


def test_notes_on_shares_and_totals() -> None:
    several = made(replace(POINT, shares=True, multi_response=True), figure("A", 9, denominator=8))
    assert notes(several) == [
        "Shares are of each row's own denominator.",
        "A case can count several times, so rows add up to more than the total and shares to over 100%.",
    ]
    summed = made(replace(POINT, shares=True), figure("A", 9), figure("B", 0), figure("B", 0, YEAR_BEFORE))
    assert notes(summed) == [
        "The total is the sum of the rows.",
        "Shares are of the total.",
        "A: before that no figure for April 2020.",
        "B: none before, so no percentage.",
    ]
    totals: dict[object, Counted] = {APRIL: Counted(Decimal(10))}
    assert notes(made(replace(POINT, total="CON-ALL"), figure("A", 9), totals=totals)) == [
        "The total is the figure of CON-ALL."
    ]
    assert notes(made(replace(POINT, illustrative=True), figure("A", 9), figure("", 9))) == [
        "[illustrative]: made-up figures, to show what the table looks like."
    ]


def test_a_marker_speaks_for_itself() -> None:
    assert notes(made(POINT, figure("A", None), figure("B", 5), figure("B", 5, YEAR_BEFORE))) == []


def test_one_made_up_figure_is_enough_to_say_so() -> None:
    invented = replace(figure("A", 9), content=Counted(Decimal(9), illustrative=True))
    assert notes(made(replace(POINT, at_least=5), invented)) == [
        "[illustrative]: made-up figures, to show what the table looks like."
    ]


def test_a_rise_that_was_printed_otherwise_has_its_sign() -> None:
    breakdown = replace(BY_SOURCE, published=Published.CHANGE)
    row = figure("Probation", 2632, as_published="17%")
    assert printed(breakdown, made(breakdown, row, figure("Probation", 2183, YEAR_BEFORE)).lines[0]) == ("17%", "+21%")


@pytest.mark.parametrize(
    ("published", "text", "found"),
    [
        (Published.CHANGE, "-34%", ("-34%", "−26%")),
        (Published.CHANGE, "-26%", None),
        (Published.CHANGE, "-25.6%", None),
        (Published.CHANGE, "-25.7%", ("-25.7%", "−25.6%")),
        (Published.CHANGE, "-25.63%", None),
        (Published.CHANGE, "", None),
        (Published.CHANGE, "x", None),
        (None, "-34%", None),
    ],
)
def test_what_was_printed_stands_beside_what_is_computed(
    published: Published | None, text: str, found: tuple[str, str] | None
) -> None:
    breakdown = replace(BY_SOURCE, published=published)
    shown = made(breakdown, figure("School", 2049, as_published=text), figure("School", 2755, YEAR_BEFORE))
    assert printed(breakdown, shown.lines[0]) == found


def test_a_printed_share_is_held_against_the_share() -> None:
    breakdown = replace(BY_SOURCE, shares=True, published=Published.SHARE, at_least=0)
    row = figure("Future Proof", 9, denominator=53, as_published="16.9%")
    assert printed(breakdown, made(breakdown, row).lines[0]) == ("16.9%", "17.0%")
    unknown = figure("Neglect", 357, as_published="12%")
    assert printed(replace(breakdown, multi_response=True), made(POINT, unknown).lines[0]) is None
