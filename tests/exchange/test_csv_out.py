"""CSV out: what is read back is what was written, whatever the text."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outcome_tracker.core.text import clean
from outcome_tracker.exchange.csv_in import Columns
from outcome_tracker.exchange.csv_out import pieces, to_csv
from outcome_tracker.exchange.table_in import read_table


def test_columns_stand_in_order_and_absent_cells_are_empty() -> None:
    rows: list[dict[str, object]] = [{"b": 1, "a": None}, {"a": True, "b": False, "c": "left out"}]
    assert to_csv(["a", "b"], rows) == "a,b\n,1\nyes,\n"


@pytest.mark.parametrize("number", ["-3", "+3", "-3.25", "3"])
def test_numbers_stay_numbers(number: str) -> None:
    assert to_csv(["a"], [{"a": number}]) == f"a\n{number}\n"


@pytest.mark.parametrize("text", ["=1", "+x", "-x", "@x", "--5", "-\u00b2", "'=1"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert to_csv(["a"], [{"a": text}]) == f"a\n'{text}\n"


def test_a_heading_that_somebody_named_is_no_formula_either() -> None:
    assert to_csv(["=1+1", "-3"], []) == "'=1+1,-3\n"


def test_control_sequences_do_not_get_out() -> None:
    assert to_csv(["a"], [{"a": "x\x1b[31my\u202e\nz"}]) == 'a\n"xy\nz"\n'


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.text("'=+-@,\"a1 \n", max_size=8))
def test_every_clean_text_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    text = clean(text, lines=True)
    path = tmp_path / "round.csv"
    path.write_text(to_csv(["code", "text"], [{"code": "x", "text": text}]), encoding="utf-8", newline="")
    table = read_table(path, Columns(("code",), ("text",)))
    assert table.problems == ()
    assert table.rows[0]["text"] == text


def test_what_is_long_comes_in_pieces_that_are_the_same_text() -> None:
    rows = [{"a": str(number)} for number in range(10_001)]
    found = list(pieces(("a",), rows))
    assert [text.count("\n") for text in found] == [5_001, 5_000, 1]
    assert "".join(found) == to_csv(("a",), rows)
