"""Cells and tables of a report."""

from __future__ import annotations

from decimal import Decimal

import pytest

from outcome_tracker.core.rag import Reason
from outcome_tracker.core.report import Cell, Column
from outcome_tracker.core.report_cells import figure_cell, table, target_cell
from outcome_tracker.core.standing import Measured
from outcome_tracker.core.target import Goal, InForce
from tests.core.making import PERCENT, Q4, REPEATS


def test_a_column_that_says_nothing_is_left_out_but_the_first_stays() -> None:
    found = table(
        "t", "A table", "Indicator|Figure|Notes", [["", Cell("1", Decimal(1)), ""], ["", "–", ""]], numeric="Figure"
    )

    assert found.columns == (Column("Indicator"), Column("Figure", numeric=True))
    assert [[cell.text for cell in row] for row in found.rows] == [["", "1"], ["", "–"]]


def test_a_table_without_rows_has_its_first_column() -> None:
    assert table("t", "A table", "Indicator|Figure", []).columns == (Column("Indicator"),)


@pytest.mark.parametrize(
    ("absent", "mark"),
    [
        (Reason.SUPPRESSED, "[c]"),
        (Reason.NOT_AVAILABLE, "[x]"),
        (Reason.NOT_APPLICABLE, "[z]"),
        (Reason.NOT_RETURNED, "–"),
        (Reason.NOT_DUE, "–"),
    ],
)
def test_an_absent_figure_is_its_mark_and_never_a_number(absent: Reason, mark: str) -> None:
    assert figure_cell(Measured(Q4, absent=absent), REPEATS) == Cell(mark)


def test_a_figure_is_text_and_number() -> None:
    assert figure_cell(Measured(Q4, Decimal("15.9")), REPEATS) == Cell("15.9%", Decimal("15.9"), PERCENT)


def test_only_a_plain_target_is_a_number() -> None:
    plain = Goal(Decimal(14))
    between = Goal(None, Decimal(12), Decimal(16))

    assert target_cell(InForce(plain, plain), REPEATS, units=True) == Cell("14%", Decimal(14), PERCENT)
    assert target_cell(InForce(plain, plain), REPEATS) == Cell("14", Decimal(14), PERCENT)
    assert target_cell(InForce(plain, plain, profiled=True), REPEATS) == Cell("14 profiled")
    assert target_cell(InForce(between, between), REPEATS) == Cell("12 to 16")
    assert target_cell(None, REPEATS) == Cell("–")
