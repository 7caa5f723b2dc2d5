"""CSV as spreadsheets and people write it."""

from pathlib import Path

import pytest

from outcome_tracker.exchange.csv_in import Columns, Table
from outcome_tracker.exchange.table_in import read_table

COLUMNS = Columns(("code", "period"), ("value", "text"))


def read(tmp_path: Path, text: str | bytes, encoding: str = "utf-8-sig") -> Table:
    path = tmp_path / "file.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_table(path, COLUMNS, encoding=encoding)


def messages(table: Table) -> list[str]:
    return [problem.message for problem in table.problems]


def test_rows_have_their_line_and_cells_by_column(tmp_path: Path) -> None:
    table = read(tmp_path, 'period,code,text\nQ1,A,"two\nlines"\n\nQ2,B,\n')
    assert [(row.line, row["code"], row["period"], row["text"]) for row in table.rows] == [
        (2, "A", "Q1", "two\nlines"),
        (5, "B", "Q2", ""),
    ]
    assert table.problems == ()


@pytest.mark.parametrize("heading", ["code,period,value", "CODE, Period ,VALUE", "\ufeffcode,period,value"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_headings_and_line_ends_may_be_anyones(tmp_path: Path, heading: str, end: str) -> None:
    table = read(tmp_path, f"{heading}{end}A,Q1,5{end}")
    assert [row.cells for row in table.rows] == [{"code": "A", "period": "Q1", "value": "5"}]


def test_cells_are_cleaned(tmp_path: Path) -> None:
    table = read(tmp_path, "code,period,value,text\n A\u200b ,\u00a0Q1,\x1b[31m5,a\tb\u202e\n")
    assert table.rows[0].cells == {"code": "A", "period": "Q1", "value": "5", "text": "a b"}


@pytest.mark.parametrize(
    ("cell", "read_as"), [("'=1", "=1"), ("''=1", "'=1"), ("'-x", "-x"), ("'a'", "'a'"), ("'", "'"), ("-3", "-3")]
)
def test_an_apostrophe_before_a_formula_is_taken_away(tmp_path: Path, cell: str, read_as: str) -> None:
    assert read(tmp_path, f"code,period,text\nA,Q1,{cell}\n").rows[0]["text"] == read_as


def test_every_problem_is_returned_with_the_rows_that_can_be_read(tmp_path: Path) -> None:
    table = read(tmp_path, "code,period\nA,\n,Q1\nA,Q1,x\nA,Q2,,\n")
    assert [(p.line, p.key) for p in table.problems] == [(2, "period"), (3, "code"), (4, "")]
    assert len(table.rows) == 4


def test_an_unclosed_quote_is_told_where_it_opens(tmp_path: Path) -> None:
    table = read(tmp_path, 'code,period,text\nA,Q1,fine\nA,Q2,"open\nA,Q3,\nA,Q4,\n')
    [problem] = table.problems
    assert (problem.line, "opened and never closed" in problem.message) == (3, True)


def test_an_encoding_is_never_guessed(tmp_path: Path) -> None:
    text = "code,period,text\nA,Q1,caf\u00e9\n"
    assert "Line 2 is not UTF-8" in messages(read(tmp_path, text.encode("cp1252")))[0]
    assert read(tmp_path, text.encode("cp1252"), "cp1252").rows[0]["text"] == "caf\u00e9"
    assert "The file is UTF-8, and as cp1252" in messages(read(tmp_path, text, "cp1252"))[0]
    assert read(tmp_path, "code,period\nA,Q1\n", "cp1252").problems == ()
    assert "Line 2 is not cp1252 either" in messages(read(tmp_path, b"code,period\nA,\x81\xe9\n", "cp1252"))[0]


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outcome_tracker.exchange.csv_text.MAX_BYTES", 10)
    assert messages(read(tmp_path, "code,period\nA,Q1\n"))[0].startswith("The file is larger than ")


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file.csv"
    path.write_text("code,period\n", encoding="utf-8")

    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    assert messages(read_table(path, COLUMNS)) == ["The file cannot be read: Permission denied."]
