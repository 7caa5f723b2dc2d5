"""Headings as people write them, and what is wrong with others."""

import pytest

from outcome_tracker.exchange.csv_in import FIGURES, Columns
from outcome_tracker.exchange.headings import Heading, find_heading, has_heading

COLUMNS = Columns(("code", "period"), ("value", "published_rag"))


def found(*rows: str, columns: Columns = COLUMNS) -> Heading:
    heading = find_heading([row.split("|") for row in rows], columns)
    assert isinstance(heading, Heading), heading
    return heading


def wrong(*rows: str, columns: Columns = COLUMNS) -> list[tuple[int, int, str, str]]:
    heading = find_heading([row.split("|") for row in rows], columns)
    assert not isinstance(heading, Heading)
    return [(each.at, each.cell, each.column, each.message) for each in heading]


@pytest.mark.parametrize(
    "row",
    [
        "code|period|value|published_rag",
        " CODE |Period|Value|Published RAG",
        "Code (of the indicator)|Period:|Value*|published  rag (RAG)",
        "\ufeffcode|period|value|published rag",
    ],
)
def test_columns_are_known_however_they_are_written(row: str) -> None:
    assert found(row) == Heading(0, {0: "code", 1: "period", 2: "value", 3: "published_rag"}, 4)


def test_columns_stand_in_any_order_and_others_are_not_read() -> None:
    assert found("Team|period||code|Target|") == Heading(0, {1: "period", 3: "code"}, 5, ("Team", "Target"))


def test_the_heading_may_stand_below_a_title() -> None:
    assert found("Performance return", "", "Council|2018-19", "code|period", "A|Q1").at == 3
    assert found("", "code|period", "code|period").at == 1
    assert has_heading([["x"]] * 19 + [["code", "period"]], COLUMNS)
    assert not has_heading([["x"]] * 20 + [["code", "period"]], COLUMNS)


def test_two_headings_below_a_title_are_two_tables() -> None:
    message = "The table begins in one of 2 rows that name its columns; keep one heading."
    assert wrong("Title", "code|period", "A|Q1", "code|period") == [(1, -1, "", message), (3, -1, "", message)]


def test_a_name_near_one_that_is_missing_is_a_slip() -> None:
    assert wrong("code|perriod|valeu") == [
        (
            0,
            1,
            "perriod",
            (
                "'perriod' is not a column of this file. Did you mean 'period'? "
                "The columns are code, period, value and published_rag."
            ),
        ),
        (
            0,
            2,
            "valeu",
            (
                "'valeu' is not a column of this file. Did you mean 'value'? "
                "The columns are code, period, value and published_rag."
            ),
        ),
        (0, -1, "period", "The column 'period' is missing; add it."),
    ]
    assert [each[2] for each in wrong("code|period|val")] == ["val"]
    assert found("code|period|value|valeu|Target|Pe").not_read == ("valeu", "Target", "Pe")


def test_what_could_be_two_columns_is_refused() -> None:
    assert wrong("code|period|Value|Value (2019)") == [
        (0, 3, "value", "The column 'value' stands twice, as 'Value' and 'Value (2019)'; keep one.")
    ]
    assert wrong("code|code|period") == [(0, 1, "code", "The column 'code' stands twice; keep one.")]


def test_without_any_heading_the_row_that_is_most_like_one_is_looked_at() -> None:
    assert wrong("A return", "value|published rag", "code|value") == [
        (1, -1, "code", "The column 'code' is missing; add it."),
        (1, -1, "period", "The column 'period' is missing; add it."),
    ]
    no_heading = "The file has no heading row; its first line must name the columns: code,period,value,published_rag."
    assert wrong("", "|") == [(0, -1, "", no_heading)]
    assert wrong() == [(0, -1, "", no_heading)]


def test_the_columns_of_figures_are_all_known_by_spaced_names() -> None:
    heading = "|".join(name.replace("_", " ").title() for name in FIGURES.every)
    assert tuple(found(heading, columns=FIGURES).columns.values()) == FIGURES.every
