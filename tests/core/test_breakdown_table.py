"""A breakdown in a reporting period."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.breakdown import BreakdownFigure, Counted
from outcome_tracker.core.breakdown_table import BreakdownTable, Line, Others, TotalOf, own_period, table_of
from outcome_tracker.core.figure import Status
from outcome_tracker.core.indicator import Basis, Compare
from outcome_tracker.core.number import half_up
from outcome_tracker.core.period import Frequency, Period, parse, periods_between
from outcome_tracker.core.volume import percent_text
from tests.core.breakdowns import (
    APRIL,
    BY_SOURCE,
    BY_TEAM,
    FIGURE_4,
    FIGURE_5,
    FIGURE_9,
    YEAR_BEFORE,
    both_years,
    figure,
)

MONTHLY = replace(BY_SOURCE, basis=Basis.PERIOD, at_least=0)
TWO_YEARS = periods_between(APRIL.shift(-23), APRIL)


def table(
    figures: list[BreakdownFigure],
    reporting: Period = APRIL,
    totals: dict[Period, Counted] | None = None,
    **keys: object,
) -> BreakdownTable:
    breakdown = replace(BY_SOURCE, **keys)  # type: ignore[arg-type]  # any key of a breakdown
    found = table_of(breakdown, figures, reporting, totals)
    assert found is not None
    return found


def named(found: BreakdownTable) -> dict[str, Line]:
    return {line.categories[0]: line for line in found.lines}


@pytest.mark.parametrize("printed", [FIGURE_4, FIGURE_5], ids=["Figure 4", "Figure 5"])
def test_every_row_of_the_report_with_the_change_that_is_right(printed: dict[str, tuple[int, int, str]]) -> None:
    found = table(both_years(printed))
    assert [line.categories[0] for line in found.lines] == list(printed)  # the larger first, as the source has them
    assert len(found.lines) in {11, 15}
    for name, (before, now, change) in printed.items():
        line = named(found)[name]
        assert (line.earlier.count, line.later.count) == (Decimal(before), Decimal(now))
        assert line.change is not None
        assert half_up(line.change, 1) == Decimal(change)
        assert line.marked is (abs(Decimal(change)) > 20)


def test_the_rows_that_are_marked_are_those_beyond_a_fifth() -> None:
    marked = [line.categories[0] for line in table(both_years(FIGURE_4)).lines if line.marked]
    assert marked == ["Probation", "Education / School", "Ambulance", "Social Worker", "NSPCC"]
    assert [line.categories[0] for line in table(both_years(FIGURE_5)).lines if line.marked] == [
        "Statutory Notification",
        "Sexual Abuse",
        "Child Mental Health",
    ]


def test_shares_of_the_report_are_those_of_one_number_of_assessments() -> None:
    """Figure 9 does not print how many assessments there were; every number that fits gives all its percentages."""
    fitting = []
    for assessments in range(2950, 3100):
        found = table(
            [figure(name, count, denominator=assessments) for name, (count, _) in FIGURE_9.items()],
            at_least=200,
            shares=True,
            multi_response=True,
        )
        shares = {name: line.share for name, line in named(found).items()}
        if all(percent_text(share, 0) == FIGURE_9[name][1] for name, share in shares.items() if share is not None):
            fitting.append(assessments)
    assert fitting == list(range(fitting[0], fitting[-1] + 1))
    assert 0 < len(fitting) < 60
    assert sum(count for count, _ in FIGURE_9.values()) > 2 * fitting[-1]  # one assessment has several factors


def test_shares_are_of_the_total_where_rows_have_no_denominator() -> None:
    figures = [figure("Police", 3), figure("NSPCC", 9), figure("", 10)]
    found = table(figures, at_least=0, shares=True, multi_response=True)
    assert [(line.categories[0], line.share) for line in found.lines] == [
        ("NSPCC", Fraction(90)),
        ("Police", Fraction(30)),
    ]
    assert found.total is not None
    assert (found.total.later.count, found.total_of) == (Decimal(10), TotalOf.FIGURES)
    assert found.others is None


def test_without_asking_there_are_no_shares() -> None:
    assert table([figure("Police", 3, denominator=10)], at_least=0).lines[0].share is None


def test_without_a_denominator_or_a_total_there_is_no_share() -> None:
    found = table([figure("Police", 700)], shares=True)
    assert (found.lines[0].share, found.total) == (None, None)


def test_rows_below_the_volume_are_folded_into_one() -> None:
    figures = [*both_years({"Police": (600, 500, ""), "NSPCC": (428, 499, ""), "Fire": (10, 1, "")}), figure("", 1000)]
    found = table(figures)
    assert [line.categories[0] for line in found.lines] == ["Police"]  # by the later count, and 500 is not below 500
    assert found.others == Others(2, Decimal(500), Decimal(438), found.others.change if found.others else None)
    assert found.others is not None
    assert found.others.change is not None
    assert half_up(found.others.change, 1) == Decimal("14.2")


def test_a_hidden_row_is_below_any_volume_and_leaves_nothing_to_add_up() -> None:
    found = table([figure("Police", 600), figure("Fire", None), figure("NSPCC", 20)])
    assert found.others == Others(2, None, None, None, hidden=1)
    assert named(found).keys() == {"Police"}


def test_what_the_total_leaves_is_said_where_only_large_rows_are_held() -> None:
    totals = {APRIL: Counted(Decimal(23553))}
    found = table(both_years(FIGURE_4), totals=totals)
    assert found.total_of is TotalOf.INDICATOR
    assert found.total is not None
    assert found.total.categories == ("",)
    assert found.others == Others(None, Decimal(23553 - 19297), None, None)
    assert table(both_years(FIGURE_4), totals={APRIL: Counted(Decimal(19297))}).others is None
    assert table(both_years(FIGURE_4), totals={APRIL: Counted(Decimal(19296))}).others is None  # less than its parts
    assert table(both_years(FIGURE_4), totals=totals, multi_response=True).others is None


@pytest.mark.parametrize(("before", "left", "change"), [(19875, 100, 300), (19775, 0, None), (19774, None, None)])
def test_what_both_totals_leave_is_compared(before: int, left: int | None, change: int | None) -> None:
    totals = {APRIL: Counted(Decimal(19297 + 400)), YEAR_BEFORE: Counted(Decimal(before))}
    found = table(both_years(FIGURE_4), totals=totals)
    earlier = None if left is None else Decimal(left)
    assert found.others == Others(None, Decimal(400), earlier, None if change is None else Fraction(change))


def test_the_total_is_the_sum_of_rows_only_where_they_are_all_there_is() -> None:
    figures = [figure("Police", 600), figure("NSPCC", 20)]
    found = table(figures, at_least=0)
    assert found.total is not None
    assert (found.total.later.count, found.total_of) == (Decimal(620), TotalOf.ROWS)
    assert table(figures).total is None  # rows below 500 may not be held
    assert table(figures, at_least=0, multi_response=True).total is None
    assert table([*figures, figure("Fire", None)], at_least=0).total is None


def test_a_suppressed_total_stays_one() -> None:
    totals = {APRIL: Counted(status=Status.SUPPRESSED)}
    found = table([figure("Police", 600), figure("NSPCC", 20)], at_least=0, totals=totals)
    assert found.total is not None
    assert (found.total.later.count, found.total.later.status) == (None, Status.SUPPRESSED)


def test_from_zero_there_is_no_percentage_and_what_vanished_stays() -> None:
    found = table(
        [figure("New", 7), figure("New", 0, YEAR_BEFORE), figure("Gone", 9, YEAR_BEFORE), figure("Zero", 0)],
        at_least=0,
    )
    assert [(line.categories[0], line.later.count, line.change) for line in found.lines] == [
        ("New", Decimal(7), None),
        ("Zero", Decimal(0), None),
        ("Gone", None, None),
    ]
    assert named(found)["Gone"].later.missing == (APRIL,)


def test_equal_counts_stand_by_name() -> None:
    found = table([figure("b", 5), figure("C", 5), figure("a", 5)], at_least=0)
    assert [line.categories[0] for line in found.lines] == ["a", "b", "C"]


def test_months_are_added_up_to_twelve() -> None:
    figures = [figure("Police", number, month) for number, month in enumerate(TWO_YEARS, 1)]
    found = table_of(MONTHLY, figures, APRIL)
    assert found is not None
    assert (found.later, found.earlier) == (tuple(TWO_YEARS[12:]), tuple(TWO_YEARS[:12]))
    (line,) = found.lines
    assert (line.later.count, line.earlier.count) == (Decimal(222), Decimal(78))
    assert found.twelve_months
    assert found.is_compared


def test_a_row_that_lacks_months_says_which() -> None:
    lacking = {TWO_YEARS[14], TWO_YEARS[3]}
    figures = [figure("Police", 1, month) for month in TWO_YEARS]
    figures += [figure("NSPCC", 1, month) for month in TWO_YEARS if month not in lacking]
    found = table_of(MONTHLY, figures, APRIL)
    assert found is not None
    line = named(found)["NSPCC"]
    assert (line.later.count, line.later.missing) == (None, (parse("July 2020"),))
    assert (line.earlier.count, line.earlier.missing) == (None, (parse("August 2019"),))
    assert (line.change, found.total) == (None, None)


def test_a_month_that_is_hidden_hides_the_twelve() -> None:
    figures = [figure("Police", None if month == APRIL.shift(-5) else 1, month) for month in TWO_YEARS]
    found = table_of(MONTHLY, figures, APRIL)
    assert found is not None
    assert (found.lines[0].later.count, found.lines[0].later.status) == (None, Status.SUPPRESSED)
    assert found.lines[0].earlier.count == 12


def test_without_twelve_months_the_period_stands_alone_and_says_for_want_of_which() -> None:
    figures = [figure("Police", 96), figure("Police", 90, YEAR_BEFORE), figure("NSPCC", 5)]
    found = table_of(MONTHLY, figures, APRIL)
    assert found is not None
    assert (found.later, found.earlier) == ((APRIL,), (YEAR_BEFORE,))
    assert found.alone == tuple(TWO_YEARS[12:23])
    assert (named(found)["Police"].later.count, named(found)["Police"].earlier.count) == (Decimal(96), Decimal(90))
    assert not found.twelve_months


def test_compared_with_the_period_before_nothing_is_added_up() -> None:
    march = APRIL.previous
    figures = [figure("Police", 10, month) for month in TWO_YEARS[:-1]] + [figure("Police", 12)]
    found = table_of(replace(MONTHLY, compare=Compare.PREVIOUS), figures, APRIL)
    assert found is not None
    assert (found.later, found.earlier) == ((APRIL,), (march,))
    assert found.lines[0].change == 20
    assert not found.lines[0].marked  # exactly a fifth is not more


def test_denominators_of_months_are_added_up_too() -> None:
    figures = [figure("Police", 1, month, denominator=4) for month in TWO_YEARS[12:]]
    found = table_of(replace(MONTHLY, shares=True), figures, APRIL)
    assert found is not None
    assert (found.lines[0].later.denominator, found.lines[0].share) == (Decimal(48), Fraction(25))


@pytest.mark.parametrize(
    ("frequency", "reporting", "own"),
    [
        (Frequency.MONTHLY, "2020-21 Q4", "2021-03"),
        (Frequency.MONTHLY, "2021-04", "2021-04"),
        (Frequency.QUARTERLY, "2021-04", "2020-21 Q4"),
        (Frequency.ANNUAL, "2020-21 Q4", "2020-21"),
        (Frequency.ANNUAL, "2020-21 Q3", "2019-20"),
        (Frequency.HALF_YEARLY, "2020-21 Q3", "2020-21 H1"),
    ],
)
def test_its_own_period_is_the_last_that_has_ended(frequency: Frequency, reporting: str, own: str) -> None:
    assert own_period(replace(BY_SOURCE, frequency=frequency), parse(reporting)).code == own


def test_a_period_without_figures_has_no_table() -> None:
    assert table_of(BY_SOURCE, [], APRIL) is None
    assert table_of(BY_SOURCE, [figure("Police", 5, YEAR_BEFORE)], APRIL) is None


def test_a_provisional_part_makes_a_provisional_sum() -> None:
    figures = [figure("Police", 1, month) for month in TWO_YEARS[12:23]]
    figures.append(figure("Police", 1, status=Status.PROVISIONAL))
    found = table_of(MONTHLY, figures, APRIL)
    assert found is not None
    assert (found.lines[0].later.count, found.lines[0].later.status) == (Decimal(12), Status.PROVISIONAL)


def test_a_row_of_another_time_is_no_row() -> None:
    old = figure("Gone", 5, APRIL.shift(-40))
    assert named(table([figure("Police", 600), old])).keys() == {"Police"}


def test_what_the_row_that_lacks_fewest_months_lacks_is_named() -> None:
    months = TWO_YEARS[12:]
    figures = [figure("Few", 1, month) for month in months[:2]] + [figure("Few", 1)]
    figures += [figure("Most", 1, month) for month in months if month not in months[4:6]]
    found = table_of(MONTHLY, figures, APRIL)
    assert found is not None
    assert found.alone == tuple(months[4:6])
    assert found.period == APRIL


GRID = {("a", "x"): 1, ("a", "y"): 2, ("b", "x"): 3, ("b", "y"): 4}


def test_a_total_of_two_dimensions_needs_every_combination() -> None:
    whole = table_of(BY_TEAM, [figure(cell, count) for cell, count in GRID.items()], APRIL)
    assert whole is not None
    assert whole.total is not None
    assert whole.cross is not None
    assert whole.total.later.count == whole.cross.cells["", ""].count == 10
    assert whole.cross.cells["a", ""].count == 3
    lacking = table_of(BY_TEAM, [figure(cell, count) for cell, count in list(GRID.items())[:3]], APRIL)
    assert lacking is not None
    assert lacking.total is None
    assert lacking.cross is not None
    assert ("", "") not in lacking.cross.cells


def test_the_total_of_the_indicator_stands_in_the_corner() -> None:
    totals = {APRIL: Counted(Decimal(227))}
    found = table_of(replace(BY_TEAM, multi_response=True), [figure(("a", "x"), 1)], APRIL, totals)
    assert found is not None
    assert found.cross is not None
    assert {categories: amount.count for categories, amount in found.cross.cells.items()} == {
        ("a", "x"): Decimal(1),
        ("", ""): Decimal(227),
    }


def test_two_dimensions_make_a_table_too() -> None:
    figures = [figure(("Chester", "Neglect"), 39), figure(("Chester", "Abuse"), 51), figure(("", "Neglect"), 81)]
    found = table_of(BY_TEAM, figures, APRIL)
    assert found is not None
    assert found.cross is not None
    assert (found.cross.rows, found.cross.columns) == (("Chester",), ("Neglect", "Abuse"))
    assert table(both_years(FIGURE_4)).cross is None


@given(st.dictionaries(st.text("ABCD", min_size=1, max_size=3), st.integers(0, 2000), min_size=1), st.integers(1, 1500))
def test_nothing_is_lost_between_the_rows_and_the_others(counts: dict[str, int], least: int) -> None:
    found = table([figure(name, count) for name, count in counts.items()], at_least=least)
    listed = sum((line.later.count or 0) for line in found.lines)
    others = found.others.later or 0 if found.others else 0
    assert listed + others == sum(counts.values())
    assert len(found.lines) + ((found.others.number or 0) if found.others else 0) == len(counts)
    assert all((line.later.count or 0) >= least for line in found.lines)
