from dataclasses import replace

import pytest

from outcome_tracker.core.breakdown import Breakdown, BreakdownFigure
from outcome_tracker.core.indicator import Basis
from outcome_tracker.core.printed_counts import FigureKey
from outcome_tracker.core.publication import publish
from tests.core.making import CALLS, REPEATS, content, series
from tests.core.test_publication import MARCH, TEAMS, agreed, counted

POINT = replace(CALLS, basis=Basis.POINT)
ALL, A, B, C = (replace(POINT, code=code, title=code) for code in ("ALL", "A", "B", "C"))
DECLARED = Breakdown(
    "SPLIT", "By kind", "SAFE", ("kind",), "ALL", basis=Basis.POINT, category_indicators={"One": "A", "Two": "B"}
)


def shown(figures: dict[str, str], rows: dict[str, str] | None = None, breakdown: Breakdown = DECLARED) -> list[str]:
    """Which of the figures of March are shown; the rows of the breakdown are of March too."""
    plans = agreed(ALL, A, B, C, breakdowns=(breakdown,))
    given = {code: series(POINT, {"2019-03": text}) for code, text in figures.items()}
    cells: list[BreakdownFigure] = counted(breakdown, rows or {})
    found = publish(plans, given, cells)
    return [code for code in figures if not found.hides(code, MARCH)]


@pytest.mark.parametrize("rows", [None, {"One": "3", "Two": "57"}, {"One": "3", "Two": "57", "Three": "0", "": "60"}])
def test_a_total_less_the_other_figure_does_not_give_a_hidden_one(rows: dict[str, str] | None) -> None:
    """60 less 57 is 3, also where the table itself is refused or was never sent."""
    assert shown({"ALL": "60", "A": "3", "B": "57"}, rows) == ["ALL"]


def test_another_category_is_cover_enough() -> None:
    assert shown({"ALL": "60", "A": "3", "B": "40"}, {"One": "3", "Two": "40", "Three": "17"}) == ["ALL", "B"]
    assert shown({"ALL": "60", "A": "3", "B": "40"}) == ["ALL", "B"]


def test_another_category_of_one_is_not() -> None:
    """60 less 57 leaves 3 for the hidden one and another, so it could not be 4."""
    assert shown({"ALL": "60", "A": "2", "B": "57"}, {"One": "2", "Two": "57", "Three": "1"}) == ["ALL"]


def test_three_figures_need_only_one_more_hidden() -> None:
    three = replace(DECLARED, category_indicators={"One": "A", "Two": "B", "Three": "C"})
    assert shown({"ALL": "100", "A": "3", "B": "57", "C": "40"}, None, three) in (["ALL", "B"], ["ALL", "C"])


def test_figures_that_do_not_add_up_by_declaration_stay() -> None:
    figures = {"ALL": "60", "A": "3", "B": "57"}
    assert shown(figures, None, replace(DECLARED, multi_response=True)) == ["ALL", "B"]
    assert shown(figures, None, replace(DECLARED, total="")) == ["ALL", "B"]
    assert shown(figures, None, replace(DECLARED, category_indicators={})) == ["ALL", "B"]


def test_numerators_add_up_as_well() -> None:
    share = replace(REPEATS, code="B", frequency=POINT.frequency, tier=POINT.tier, basis=Basis.POINT)
    figures = {
        "ALL": series(POINT, {"2019-03": "60"}),
        "A": series(POINT, {"2019-03": "3"}),
        "B": {MARCH: replace(series(POINT, {"2019-03": "60"})[MARCH], indicator="B", content=content("57/60"))},
    }
    found = publish(agreed(ALL, A, share, breakdowns=(DECLARED,)), figures)
    assert [each.what for each in found.hidden] == [FigureKey("A", MARCH), FigureKey("B", MARCH)]


def test_another_breakdown_of_the_total_says_nothing_of_this_one() -> None:
    other = replace(TEAMS, total="ALL", category_indicators={"Neglect": "A"})
    figures = {"ALL": "60", "A": "3", "B": "57"}
    assert shown(figures, {"Chester|Neglect": "3", "Chester|Abuse": "57"}, other) == ["ALL", "B"]
