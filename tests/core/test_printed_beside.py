"""What sources print beside what is hidden."""

from dataclasses import replace
from decimal import Decimal

import pytest

from outcome_tracker.core.breakdown import Breakdown, BreakdownFigure, Counted, Published
from outcome_tracker.core.figure import Content, Figure
from outcome_tracker.core.indicator import Agreed, Basis, Council
from outcome_tracker.core.period import Kind, parse
from outcome_tracker.core.printed_beside import says_small
from outcome_tracker.core.publication import publish
from tests.core.making import CALLS, PLAN, REPEATS, STAMP

COUNCIL = Council("Cheshire West and Chester", "E06000050", "North West", ("England",), suppress_below=5)
MARCH, APRIL = parse("2021-03", Kind.MONTH), parse("2021-04", Kind.MONTH)
LAST_APRIL = APRIL.year_before


@pytest.mark.parametrize(
    ("before", "printed", "is_kept"),
    [
        (3, "12 (+300%)", False),
        (3, "12; change 300%", False),
        (3, "12", True),
        (3, "four times as many", False),
        (6, "12 (+100%)", True),
        (6, "12; 3 in March", False),
        (6, "12; 30 in March", True),
    ],
)
def test_what_was_printed_of_a_figure_beside_a_hidden_one(before: int, printed: str, is_kept: bool) -> None:
    figures = {
        MARCH: Figure("EX-03", MARCH, 1, Content(Decimal(before)), STAMP),
        APRIL: Figure("EX-03", APRIL, 1, Content(Decimal(12), as_published=printed), STAMP),
    }
    point = replace(CALLS, basis=Basis.POINT)
    found = publish(Agreed(COUNCIL, (replace(PLAN, indicators=(point,)),)), {"EX-03": figures})
    assert found.figures["EX-03"][APRIL].content == Content(Decimal(12), as_published=printed if is_kept else "")


@pytest.mark.parametrize(("printed", "is_kept"), [("8% (3 of 37)", False), ("8%", True), ("8% (30 of 370)", True)])
def test_the_parts_that_were_printed_of_a_percentage_may_be_small(printed: str, is_kept: bool) -> None:
    quarter = parse("2020-21 Q4")
    figures = {quarter: Figure("SAFE-01", quarter, 1, Content(Decimal("8.2"), as_published=printed), STAMP)}
    found = publish(Agreed(COUNCIL, (replace(PLAN, indicators=(REPEATS,)),)), {"SAFE-01": figures})
    assert found.figures["SAFE-01"][quarter].content.as_published == (printed if is_kept else "")


def texts(breakdown: Breakdown, *cells: tuple[str, str, int, str]) -> dict[str, str]:
    """Publish cells, each with its period, category, count and what was printed; what is left of that in April."""
    figures = [
        BreakdownFigure(
            breakdown.code,
            parse(period, Kind.MONTH),
            (name,),
            1,
            Counted(Decimal(count), as_published=printed, source="p. 4"),
            STAMP,
        )
        for period, name, count, printed in cells
    ]
    found = publish(Agreed(COUNCIL, (replace(PLAN, breakdowns=(breakdown,)),)), {}, figures)
    return {cell.categories[0]: cell.content.as_published for cell in found.cells if cell.period == APRIL}


def test_a_printed_change_on_a_hidden_count_is_not_published() -> None:
    """12 is 300% more than 3."""
    breakdown = Breakdown("B", "t", "SAFE", ("source",), basis=Basis.ROLLING, published=Published.CHANGE)
    before = [("2020-04", "A", 3, ""), ("2020-04", "B", 40, ""), ("2020-04", "C", 55, ""), ("2020-04", "", 98, "")]
    now = [
        ("2021-04", "A", 12, "300"),
        ("2021-04", "B", 50, "25"),
        ("2021-04", "C", 60, "9"),
        ("2021-04", "", 122, "24"),
    ]
    assert texts(breakdown, *before, *now) == {"A": "", "B": "", "C": "9", "": "24"}


@pytest.mark.parametrize("total", [(), (("2021-04", "", 100, ""),)])
def test_printed_shares_tell_the_total_that_is_not_there(total: tuple[tuple[str, str, int, str], ...]) -> None:
    """50 is 50.0% of 100, and beside 50 and 47 that leaves 3."""
    breakdown = Breakdown(
        "B", "t", "SAFE", ("source",), basis=Basis.POINT, shares=True, decimals=1, published=Published.SHARE
    )
    rows = [("2021-04", "A", 50, "50.0"), ("2021-04", "B", 3, "3.0"), ("2021-04", "C", 47, "47.0"), *total]
    left = texts(breakdown, *rows)
    if total:
        assert left == {"A": "50.0", "B": "", "C": "", "": ""}
    else:
        assert left == {"A": "", "B": "", "C": ""}


def test_words_beside_a_cell_go_where_anything_of_the_breakdown_is_hidden() -> None:
    breakdown = Breakdown("B", "t", "SAFE", ("source",), basis=Basis.POINT)
    assert texts(breakdown, ("2021-04", "A", 50, "50; 12 more"), ("2021-04", "B", 40, "40")) == {
        "A": "50; 12 more",
        "B": "40",
    }
    assert texts(
        breakdown, ("2021-03", "B", 3, ""), ("2021-04", "A", 50, "50; 12 more"), ("2021-04", "B", 40, "40")
    ) == {
        "A": "",
        "B": "40",
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("3", True),
        ("3 of 37", True),
        ("it was 4.", True),
        ("(3)", True),
        ("5", False),
        ("0", False),
        ("3%", False),
        ("3 %", False),
        ("3.5", False),
        ("1,300", False),
        ("Q4 2018-19", False),
    ],
)
def test_small_counts_in_a_text(text: str, says: bool) -> None:
    assert says_small(text, 5) is says
