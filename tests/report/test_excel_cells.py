from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.report import Cell
from outcome_tracker.report.excel_cells import (
    LONGEST_TEXT,
    headings,
    number_format,
    pieces,
    sheet_names,
    table_name,
    text,
    unique,
)


@pytest.mark.parametrize(
    ("shown", "number", "expected"),
    [
        ("15.9%", "15.9", '0.0"%"'),
        ("14", "14", "0"),
        ("1,204", "1204", "#,##0"),
        ("1204", "1204", "0"),
        ("£1,200", "1200", '"£"#,##0'),
        ("-£1,200", "-1200", '#,##0;"-£"#,##0'),
        ("−3.1", "-3.1", '0.0;"−"0.0'),
        ("+3.1", "3.1", '"+"0.0'),
        ("[p] 73.0", "73.0", '"[p] "0.0'),
        ("16.2% [illustrative]", "16.2", '0.0"% [illustrative]"'),
        ("73.0 per 10,000", "73.0", '0.0" per 10,000"'),
        ("12 days", "12", '0" days"'),
        ("0", "0", "0"),
        ("H2 1,204.50", "1204.50", '"H2 "#,##0.00'),
    ],
)
def test_a_number_is_shown_as_in_the_report(shown: str, number: str, expected: str) -> None:
    assert number_format(Cell(shown, Decimal(number))) == expected


@pytest.mark.parametrize(
    ("shown", "number"),
    [
        ("Red", None),
        ("about 16", "15.9"),
        ("115.9%", "15.9"),
        ("15.99", "15.9"),
        ("1,204", "204"),
        ("12.5", "12"),
        ('5 "sic"', "5"),
        ("5\nsic", "5"),
        ("5" + " and so on" * 30, "5"),
    ],
)
def test_what_a_format_cannot_show_stays_a_text(shown: str, number: str | None) -> None:
    assert number_format(Cell(shown, Decimal(number) if number else None)) is None


def test_texts_are_what_they_say() -> None:
    assert text("=1+1") == "=1+1"
    assert text("_x0041_ and _xyz_") == "_x005F_x0041_ and _xyz_"
    assert text("a\x00b\x1fc\ud800d\ufffee\tf\ng") == "abcde\tf\ng".replace("\t", "\t")


def test_long_texts_are_cut_where_a_cell_ends() -> None:
    assert pieces("") == [""]
    assert pieces("x" * LONGEST_TEXT) == ["x" * LONGEST_TEXT]
    assert [len(piece) for piece in pieces("x" * 70_000)] == [LONGEST_TEXT, LONGEST_TEXT, 70_000 - 2 * LONGEST_TEXT]


@given(st.text(st.sampled_from("a\U0001f469é"), max_size=30), st.integers(min_value=0, max_value=4000))
def test_nothing_is_lost_between_the_pieces(words: str, times: int) -> None:
    found = pieces(words * times)
    assert "".join(found) == words * times
    assert all(len(piece.encode("utf-16-le")) // 2 <= 32_767 for piece in found)


def test_sheets_have_names_that_excel_allows() -> None:
    codes = ["SAFE-01", "safe-01", "a[b]:c*d?e/f\\g", "'quoted'", "x" * 40, "x" * 41, "", "History", "Notes"]
    assert list(sheet_names(codes, ["Notes"])) == [
        "SAFE-01",
        "safe-01 2",
        "a-b--c-d-e-f-g",
        "quoted",
        "x" * 31,
        "x" * 29 + " 2",
        "Table",
        "History 2",
        "Notes 2",
    ]


def test_headings_are_one_line_each_and_none_comes_twice() -> None:
    assert list(headings(["Figure", "figure", "", " ", "two\nlines", "x" * 300])) == [
        "Figure",
        "figure 2",
        "Column",
        "Column 2",
        "two lines",
        "x" * 250,
    ]


@given(st.lists(st.text(max_size=40)))
def test_no_two_names_are_the_same_in_any_case(names: list[str]) -> None:
    found = [name.casefold() for name in unique(names, longest=8)]
    assert len(found) == len(set(found)) == len(names)


def test_a_tables_name_is_no_cells_address() -> None:
    assert table_name("SAFE-01 né", 3) == "Table_3_SAFE_01_n_"
