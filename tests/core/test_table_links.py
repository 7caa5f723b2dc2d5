"""What an attacker worked out of tables beside figures and other tables, case by case."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from outcome_tracker.core.breakdown import Breakdown, BreakdownFigure, Counted
from outcome_tracker.core.figure import Status
from outcome_tracker.core.indicator import Agreed, Basis, Council, Indicator
from outcome_tracker.core.number import Unit, UnitKind
from outcome_tracker.core.period import Frequency, Kind, parse
from outcome_tracker.core.publication import Publication, Refused, publish
from outcome_tracker.core.suppression import Reason
from outcome_tracker.core.table_links import why_untied
from tests.core.making import CALLS, PLAN, POUNDS, RATIO, REPEATS, STAMP, series

COUNCIL = Council("Cheshire West and Chester", "E06000050", "North West", ("England",), suppress_below=5)
MONTHLY = Breakdown("M", "Contacts by source", "SAFE", ("source",), "EX-03")
POINT = replace(MONTHLY, basis=Basis.POINT)
QUARTERLY = replace(CALLS, frequency=Frequency.QUARTERLY)
ON_A_DAY = replace(CALLS, basis=Basis.POINT)


def cells(breakdown: Breakdown, period: str, counts: Mapping[str, str]) -> list[BreakdownFigure]:
    """Cells by their categories, divided by a bar: `{"A": "3", "B": "40/53", "C": "x", "": "[x]"}`."""
    return [
        BreakdownFigure(
            breakdown.code,
            parse(period, breakdown.kind),
            tuple(names.split("|")),
            1,
            Counted(status=Status.SUPPRESSED, source="p. 4")
            if text == "x"
            else Counted(status=Status.NOT_AVAILABLE)
            if text == "[x]"
            else Counted(Decimal(text.partition("/")[0]), Decimal(text.partition("/")[2] or 0) or None),
            STAMP,
        )
        for names, text in counts.items()
    ]


def published(
    tables: list[BreakdownFigure], breakdowns: tuple[Breakdown, ...], *figures: tuple[Indicator, dict[str, str]]
) -> Publication:
    indicators = tuple(indicator for indicator, _ in figures)
    agreed = Agreed(COUNCIL, (replace(PLAN, indicators=indicators, breakdowns=breakdowns),))
    return publish(agreed, {indicator.code: series(indicator, each) for indicator, each in figures}, tables)


def shown(found: Publication) -> dict[str, str]:
    """What is left of each cell, by its table, period and categories."""
    return {
        f"{cell.breakdown} {cell.period} {'|'.join(cell.categories)}": "[c]"
        if cell.content.status is Status.SUPPRESSED
        else f"{cell.content.count}"
        for cell in found.cells
    }


def hidden(found: Publication) -> set[str]:
    return {name for name, text in shown(found).items() if text == "[c]"}


@pytest.mark.parametrize("frequency", [Frequency.QUARTERLY, Frequency.HALF_YEARLY])
def test_quarters_and_halves_are_the_total_of_12_months(frequency: Frequency) -> None:
    """43 in four quarters, and 40 of one source: 3 of the other."""
    breakdown = replace(MONTHLY, frequency=Frequency.QUARTERLY, basis=Basis.ROLLING)
    quarters = {"2020-21 Q1": "10", "2020-21 Q2": "10", "2020-21 Q3": "15", "2020-21 Q4": "8"}
    halves = {"2020-21 H1": "20", "2020-21 H2": "23"}
    figures = quarters if frequency is Frequency.QUARTERLY else halves
    found = published(
        cells(breakdown, "2020-21 Q4", {"A": "3", "B": "40"}),
        (breakdown,),
        (replace(CALLS, frequency=frequency), figures),
    )
    assert hidden(found) == {"M 2020-21 Q4 A", "M 2020-21 Q4 B"}


def test_a_quarter_is_the_total_of_three_monthly_tables() -> None:
    """125-7-20-30-25-40 is 3."""
    found = published(
        [
            *cells(MONTHLY, "2021-01", {"A": "3", "B": "7"}),
            *cells(MONTHLY, "2021-02", {"A": "20", "B": "30"}),
            *cells(MONTHLY, "2021-03", {"A": "25", "B": "40"}),
        ],
        (MONTHLY,),
        (QUARTERLY, {"2020-21 Q4": "125"}),
    )
    assert "M 2021-01 A" in hidden(found)
    assert len(hidden(found)) > 1


def test_a_quarter_of_one_category_is_the_total_of_its_months() -> None:
    """48-20-25 is 3."""
    breakdown = replace(MONTHLY, total="", category_indicators={"A": "EX-03"})
    found = published(
        [
            *cells(breakdown, "2021-01", {"A": "3", "B": "17"}),
            *cells(breakdown, "2021-02", {"A": "20", "B": "30"}),
            *cells(breakdown, "2021-03", {"A": "25", "B": "40"}),
        ],
        (breakdown,),
        (QUARTERLY, {"2020-21 Q4": "48"}),
    )
    assert len(hidden(found) & {"M 2021-02 A", "M 2021-03 A"}) == 1


def test_a_quarterly_table_is_part_of_the_year() -> None:
    breakdown = replace(MONTHLY, frequency=Frequency.QUARTERLY)
    tables = [
        cell
        for quarter, counts in {"Q1": ("20", "30"), "Q2": ("21", "31"), "Q3": ("22", "32"), "Q4": ("3", "33")}.items()
        for cell in cells(breakdown, f"2020-21 {quarter}", dict(zip("AB", counts, strict=True)))
    ]
    found = published(tables, (breakdown,), (replace(CALLS, frequency=Frequency.ANNUAL), {"2020-21": "192"}))
    assert len(hidden(found)) == 2


def test_quarters_are_the_total_of_an_annual_table() -> None:
    breakdown = replace(MONTHLY, frequency=Frequency.ANNUAL)
    quarters = {"2020-21 Q1": "10", "2020-21 Q2": "10", "2020-21 Q3": "15", "2020-21 Q4": "8"}
    found = published(cells(breakdown, "2020-21", {"A": "3", "B": "40"}), (breakdown,), (QUARTERLY, quarters))
    assert hidden(found) == {"M 2020-21 A", "M 2020-21 B"}


def test_two_years_to_date_are_the_total_of_the_month_between() -> None:
    """103-50 is 53, and 20 and 30 leave 3."""
    found = published(
        cells(MONTHLY, "2021-05", {"A": "3", "B": "20", "C": "30"}),
        (MONTHLY,),
        (replace(CALLS, basis=Basis.CUMULATIVE), {"2021-04": "50", "2021-05": "103"}),
    )
    assert hidden(found) == {"M 2021-05 A", "M 2021-05 B"}


@pytest.mark.parametrize("basis", [Basis.PERIOD, Basis.ROLLING])
def test_monthly_tables_are_part_of_another_one_of_the_same_total(basis: Basis) -> None:
    """48-20-25 is 3, of A in the quarter and in two of its months."""
    months = {
        "2021-01": {"A": "3", "B": "7", "E": "9"},
        "2021-02": {"A": "20", "B": "30", "E": "11"},
        "2021-03": {"A": "25", "B": "40", "E": "12"},
    }
    whole = {"A": "48", "B": "77", "E": "32"}
    if basis is Basis.ROLLING:
        months |= {f"2020-{month:02}": {"A": "10", "B": "10", "E": "10"} for month in range(4, 13)}
        whole = {"A": "138", "B": "167", "E": "122"}
    other = replace(MONTHLY, code="Q", frequency=Frequency.QUARTERLY, basis=basis)
    tables = [cell for month, counts in months.items() for cell in cells(MONTHLY, month, counts)]
    found = published([*tables, *cells(other, "2020-21 Q4", whole)], (MONTHLY, other))
    gone = hidden(found)
    assert "M 2021-01 A" in gone
    assert len([name for name in gone if name.endswith(" A")]) > 1


@pytest.mark.parametrize("total", ["EX-03", ""])
def test_a_table_of_teams_holds_the_totals_of_teams_and_categories(total: str) -> None:
    """C is 12 in one table; in the other C and X must not be left as 12-9."""
    teams = replace(POINT, code="T", total=total, dimensions=("team",))
    both = replace(POINT, code="TC", total=total, dimensions=("team", "category"))
    counts = {"A": (1, 2), "B": (7, 0), "C": (3, 9), "D": (10, 8)}
    found = published(
        [
            *cells(teams, "2021-04", {team: f"{x + y}" for team, (x, y) in counts.items()}),
            *cells(
                both,
                "2021-04",
                {
                    name: f"{count}"
                    for team, (x, y) in counts.items()
                    for name, count in ((f"{team}|X", x), (f"{team}|Y", y), (f"{team}|", x + y))
                },
            ),
        ],
        (teams, both),
        (ON_A_DAY, {"2021-04": "40"}),
    )
    left = shown(found)
    assert left["TC 2021-04 C|X"] == "[c]"
    assert "[c]" in {left["TC 2021-04 C|Y"], left["T 2021-04 C"]}
    assert (left["T 2021-04 C"] == "[c]") is (left["TC 2021-04 C|"] == "[c]") or left["TC 2021-04 C|Y"] == "[c]"


def test_small_teams_that_two_small_categories_make_are_hidden_and_not_refused() -> None:
    """Nobody can tell more of the 3 than that it is 2 or more, as it is of two counts that are not zero."""
    teams = replace(POINT, code="T", total="", dimensions=("team",))
    both = replace(POINT, code="TC", total="", dimensions=("team", "category"))
    inner = {"A|X": "1", "A|Y": "2", "B|X": "20", "B|Y": "30", "C|X": "17", "C|Y": "23"}
    found = published(
        [*cells(teams, "2021-04", {"A": "3", "B": "50", "C": "40"}), *cells(both, "2021-04", inner)], (teams, both)
    )
    assert found.refused == ()
    assert hidden(found) == {"T 2021-04 A", "TC 2021-04 A|X", "TC 2021-04 A|Y"}


def test_tables_of_one_plan_that_differ_have_nothing_to_do_with_one_another() -> None:
    one = replace(POINT, code="ONE", total="")
    other = replace(POINT, code="OTHER", total="")
    found = published(
        [
            *cells(one, "2021-04", {"A": "3", "B": "12", "": "15"}),
            *cells(other, "2021-04", {"A": "30", "B": "12", "": "42"}),
        ],
        (one, other),
    )
    assert hidden(found) == {"ONE 2021-04 A", "ONE 2021-04 B"}


@pytest.mark.parametrize("basis", [Basis.POINT, Basis.ROLLING])
def test_what_the_indicator_has_beside_the_larger_rows_may_be_small(basis: Basis) -> None:
    """`All others 3` is printed below 50 and 40 of 93."""
    breakdown = replace(MONTHLY, basis=basis, at_least=10)
    found = published(
        cells(breakdown, "2021-04", {"A": "50", "B": "40"}),
        (breakdown,),
        (replace(CALLS, basis=basis), {"2021-04": "93"}),
    )
    assert hidden(found) == {"M 2021-04 B"}


def test_rows_that_are_not_listed_may_be_few() -> None:
    listed = {"A": "10", "B": "20", "": "33"}
    assert hidden(published(cells(POINT, "2021-04", listed), (POINT,))) == {"M 2021-04 A"}
    found = published(cells(POINT, "2021-04", {**listed, "C": "[x]"}), (POINT,))
    assert hidden(found) == {"M 2021-04 A"}
    assert hidden(published(cells(POINT, "2021-04", {**listed, "": "35"}), (POINT,))) == set()


@pytest.mark.parametrize(
    "counts", [{"A": "50/53", "B": "3/53"}, {"A": "50/100", "B": "3/100", "C": "47/100"}, {"A": "50/53", "B": "x"}]
)
def test_one_denominator_of_all_rows_is_their_total(counts: dict[str, str]) -> None:
    found = published(cells(POINT, "2021-04", counts), (replace(POINT, shares=True),))
    assert len(hidden(found)) > 1


def test_one_denominator_of_the_rows_of_a_team_is_its_total() -> None:
    breakdown = replace(POINT, dimensions=("source", "team"), shares=True)
    counts = {"A|P": "50/53", "A|Q": "3/53", "B|P": "30/50", "B|Q": "20/50"}
    assert hidden(published(cells(breakdown, "2021-04", counts), (breakdown,))) >= {"M 2021-04 A|P", "M 2021-04 A|Q"}


def test_a_denominator_that_is_no_total_gives_nothing_away() -> None:
    found = published(cells(POINT, "2021-04", {"A": "50/90", "B": "3/90"}), (replace(POINT, shares=True),))
    assert hidden(found) == {"M 2021-04 B"}


def test_the_percentage_of_a_category_counts_in_a_table_where_cases_count_several_times() -> None:
    """23.1% of 13 is 3."""
    breakdown = replace(POINT, total="", multi_response=True, category_indicators={"A": "SAFE-01"})
    share = replace(REPEATS, frequency=Frequency.MONTHLY)
    found = published(
        cells(breakdown, "2021-04", {"A": "3", "B": "10", "C": "12", "": "13"}),
        (breakdown,),
        (share, {"2021-04": "23.1"}),
    )
    assert hidden(found) >= {"M 2021-04 A", "M 2021-04 "}


@pytest.mark.parametrize("by_indicator", [False, True])
def test_every_case_is_in_a_row_at_least(by_indicator: bool) -> None:
    """Of 20, 16 are in A, so that B has 4 or more."""
    breakdown = replace(POINT, multi_response=True)
    counts = {"A": "16", "B": "4"} if by_indicator else {"A": "16", "B": "4", "": "20"}
    found = published(cells(breakdown, "2021-04", counts), (breakdown,), (ON_A_DAY, {"2021-04": "20"}))
    assert hidden(found) == {"M 2021-04 A", "M 2021-04 B"}


def test_a_ratio_gives_a_category_away() -> None:
    """0.030 of 100 is 3."""
    breakdown = replace(POINT, category_indicators={"A": "SAFE-01"})
    ratio = replace(REPEATS, unit=RATIO, decimals=3, frequency=Frequency.MONTHLY)
    found = published(
        cells(breakdown, "2021-04", {"A": "3", "B": "40", "C": "57", "": "100"}),
        (breakdown,),
        (ratio, {"2021-04": "0.030"}),
    )
    assert hidden(found) > {"M 2021-04 A", "M 2021-04 "} or found.refused


@pytest.mark.parametrize(
    ("figure", "unit", "is_shown"),
    [
        ("50 /6", Unit(UnitKind.PERCENT), False),
        ("0.5 /60000", Unit(UnitKind.RATE, 10_000), False),
        ("50 /60", Unit(UnitKind.PERCENT), True),
        ("200.0 6/", Unit(UnitKind.PERCENT), False),  # of 3
        ("0.1 /300000", Unit(UnitKind.RATE, 10_000), False),  # 2 to 4
        ("0.1 /600000", Unit(UnitKind.RATE, 10_000), True),  # 3 to 8
    ],
)
def test_a_value_with_one_part_gives_the_other(figure: str, unit: Unit, is_shown: bool) -> None:
    indicator = replace(REPEATS, unit=unit, frequency=Frequency.MONTHLY)
    found = published([], (), (indicator, {"2021-04": figure}))
    assert bool(found.hidden) is not is_shown


@pytest.mark.parametrize(
    ("breakdown", "indicator"),
    [(MONTHLY, ON_A_DAY), (POINT, CALLS), (MONTHLY, replace(CALLS, unit=POUNDS))],
)
def test_a_table_that_cannot_be_held_against_its_total_is_refused_with_what_it_hides(
    breakdown: Breakdown, indicator: Indicator
) -> None:
    """With 43 at the end of the month beside it, anybody takes 40 from that."""
    figures = (indicator, {"2021-04": "43"})
    found = published(cells(breakdown, "2021-04", {"A": "3", "B": "40"}), (breakdown,), figures)
    assert found.refused == (Refused("M", parse("2021-04", Kind.MONTH), Reason.UNTIED),)
    assert hidden(found) == {"M 2021-04 A", "M 2021-04 B"}
    found = published(cells(breakdown, "2021-04", {"A": "9", "B": "40"}), (breakdown,), figures)
    assert not found.refused
    assert not hidden(found)


@pytest.mark.parametrize(
    ("breakdown", "indicator", "category", "sentence"),
    [
        (MONTHLY, CALLS, "", ""),
        (MONTHLY, replace(CALLS, basis=Basis.CUMULATIVE), "", ""),
        (
            MONTHLY,
            ON_A_DAY,
            "",
            (
                "the figure of EX-03 is not the total: it is at the end of a period, what is counted here is not; "
                "write basis: point."
            ),
        ),
        (
            POINT,
            replace(CALLS, basis=Basis.CUMULATIVE),
            "Police",
            (
                "the figure of EX-03 is not that of Police: it is not at the end of a period, as what is counted here; "
                "write basis: period."
            ),
        ),
        (
            MONTHLY,
            replace(CALLS, unit=POUNDS),
            "",
            (
                "the figure of EX-03 is not the total: it is in pounds; "
                "write the code of an indicator whose unit is number."
            ),
        ),
    ],
)
def test_why_a_breakdown_cannot_be_held_against_an_indicator(
    breakdown: Breakdown, indicator: Indicator, category: str, sentence: str
) -> None:
    assert why_untied(breakdown, indicator, category) == sentence
