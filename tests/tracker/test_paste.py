"""The fate of every pasted cell."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.figure import Content, Status
from outcome_tracker.core.indicator import Agreed, Council, Indicator, Plan
from outcome_tracker.tracker.paste import Fate, PastedRow, cells_of, counted, fates
from outcome_tracker.tracker.review import Known
from outcome_tracker.tracker.sheet import Sheet, sheet_of
from tests.core.making import FAMILIES, Q4, REPEATS, series

OTHER = replace(REPEATS, code="SAFE-02", title="Repeat referrals")
THIRD = replace(FAMILIES, code="SAFE-03")
COLUMNS = ("numerator", "denominator", "value", "status", "note")


def sheet(stored: str = "") -> Sheet:
    def known(indicator: Indicator) -> dict[str, str]:
        return {"2018-19 Q3": "17.0" if indicator is not THIRD else "236"} | ({"2018-19 Q4": stored} if stored else {})

    plan = Plan("SAFE", "Safe", (REPEATS, OTHER, THIRD))
    council = Council("Somewhere", "E06000050", "North West", ("England",))
    figures = {i.code: series(i, known(i)) for i in plan.indicators}
    return sheet_of(Known(Agreed(council, (plan,)), figures, {}, {}, (), date(2019, 4, 10)), Q4)


def paste(text: str, column: str = "value", stored: str = "") -> tuple[PastedRow, ...]:
    found = sheet(stored)
    return fates(found, found.lines, COLUMNS[COLUMNS.index(column) :], text)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("1\n2\n", [["1"], ["2"]]),
        ("1\r\n2\r\n", [["1"], ["2"]]),
        ("1\r2\r", [["1"], ["2"]]),  # as some terminals send it
        ("1\t2\n\n3", [["1", "2"], [""], ["3"]]),
        ('"1,234"\t16%\n', [["1,234", "16%"]]),
        ('"late\nand ""odd"""\t3\n4\n', [['late and "odd"', "3"], ["4"]]),
        ('5" pipe\t3', [['5" pipe', "3"]]),
        ('"never closed\t3\n4', [['"never closed', "3"], ["4"]]),
        ("", []),
        ("\x1b[31m7\t\u200b8", [["7", "8"]]),
    ],
)
def test_cells_are_read_as_a_spreadsheet_copies_them(text: str, cells: list[list[str]]) -> None:
    assert cells_of(text) == cells


@given(st.lists(st.lists(st.text(st.characters(codec="ascii", categories=("L", "N", "P")), max_size=5), min_size=1)))
def test_no_row_and_no_cell_is_ever_lost(block: list[list[str]]) -> None:
    text = "\n".join("\t".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in block)
    assert cells_of(text) == block


def test_a_column_fills_down_and_each_row_has_its_fate() -> None:
    rows = paste("44/276\n21.2%\nmany\n12\n")
    assert [row.fate for row in rows] == [Fate.SAVE, Fate.SAVE, Fate.REFUSED, Fate.NO_LINE]
    assert rows[0].content == Content(numerator=Decimal(44), denominator=Decimal(276))
    assert rows[1].content == Content(Decimal("21.2"))
    assert rows[2].content is None
    assert rows[2].texts == (("value", "many"),)
    assert rows[2].sentences[0].startswith("'many' is not a number")
    assert counted(rows) == "4 rows pasted: 2 to save, 1 refused, 1 without a line"


def test_a_block_fills_the_columns_to_the_right() -> None:
    rows = paste("44\t276\t\tprovisional\tlate\n\t\t21.2\t\n5\t6\t340\n", "numerator")
    assert rows[0].content == Content(None, Decimal(44), Decimal(276), Status.PROVISIONAL, "late")
    assert rows[1].content == Content(Decimal("21.2"))
    assert rows[2].content == Content(Decimal(340))
    assert rows[2].sentences == (
        "There is no cell for '5': SAFE-03 takes one number, as in 17, not parts.",
        "There is no cell for '6': SAFE-03 takes one number, as in 17, not parts.",
    )


def test_what_has_no_cell_or_no_column_is_said() -> None:
    rows = paste("\n\n5\t6", "numerator")
    assert [row.fate for row in rows] == [Fate.BLANK, Fate.BLANK, Fate.NO_CELL]
    (row,) = paste("21.2\tfinal\tnote\tmore\teven more")
    assert row.fate is Fate.SAVE
    assert row.sentences == ("There is no column for 'more'.", "There is no column for 'even more'.")


@pytest.mark.parametrize(
    ("text", "column", "stored", "fate", "sentence"),
    [
        ("21.2", "value", "21.2", Fate.SAME, ""),
        ("44", "numerator", "", Fate.REFUSED, "The denominator is missing; paste it too, or type it."),
        ("not available", "status", "", Fate.SAVE, ""),
        ("not available", "status", "21.2", Fate.SAVE, ""),
        ("provisional", "status", "21.2", Fate.SAVE, ""),
        ("final", "status", "21.2", Fate.SAME, ""),
        ("final", "status", "", Fate.REFUSED, "The value is missing; paste it too, or type it."),
        ("done", "status", "", Fate.REFUSED, "'done' is not a status; write final, provisional, not returned, "),
        ("21.2\tsuppressed", "value", "", Fate.REFUSED, "A figure that is suppressed has no value; paste one or "),
        ("101%", "value", "", Fate.REFUSED, "101% is more than 100%; write a percentage from 0 to 100, as in 21.2."),
        ("51.1", "value", "", Fate.SAVE, "⚠ More than three times the last figure, 17.0% in 2018-19 Q3."),
        ("17", "value", "17", Fate.SAME, ""),  # what is there already is not questioned
        ("a note", "note", "", Fate.REFUSED, "The value is missing; paste it too, or type it."),
        ("a note", "note", "21.2", Fate.SAVE, ""),
    ],
)
def test_one_row(text: str, column: str, stored: str, fate: Fate, sentence: str) -> None:
    (row,) = paste(text, column, stored)
    assert row.fate is fate
    assert " ".join(row.sentences).startswith(sentence)
    assert bool(row.sentences) is bool(sentence)
    assert (row.content is not None) is (fate is Fate.SAVE)
