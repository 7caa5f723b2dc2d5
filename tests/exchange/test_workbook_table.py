"""Tables in workbooks: on which sheet, below which heading, and the cells that say nothing."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from outcome_tracker.exchange import table_in
from outcome_tracker.exchange.csv_in import Columns, Table
from outcome_tracker.exchange.table_in import read_table
from tests.exchange.workbooks import parts, saved

COLUMNS = Columns(("code", "period"), ("value", "text"))
Rows = Sequence[Sequence[object]]


def made(folder: Path, **sheets: Rows) -> Path:
    """Write a workbook; sheets whose name begins with hidden are."""
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
            for cell in sheet[sheet.max_row]:
                cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
        if name.startswith("hidden"):
            sheet.sheet_state = "hidden"
    path = folder / "return.xlsx"
    book.save(path)
    return path


def problems(table: Table) -> list[str]:
    return [f"{problem}".partition("return.xlsx: ")[2] for problem in table.problems]


GOOD: Rows = [["Code", "Period", "Value", "Text"], ["A", date(2019, 3, 31), 16.2, "=1+1 \n two"], [], ["B", "Q2"]]


def test_rows_have_their_cells_and_say_where_they_are(tmp_path: Path) -> None:
    path = made(tmp_path, Data=GOOD)
    table = read_table(path, COLUMNS)
    assert [(row.line, row.cells, row.dates) for row in table.rows] == [
        (
            2,
            {"code": "A", "period": "2019-03-31", "value": "16.2", "text": "=1+1\n two"},
            {"period": date(2019, 3, 31)},
        ),
        (4, {"code": "B", "period": "Q2"}, {}),
    ]
    assert (table.problems, table.notes) == ((), ())
    first = table.rows[0]
    assert (first.where, first.place("value")) == ("row 2 of Data", "Data!C2")
    assert str(first.problem("value", "Wrong.")) == f"{path}: Data!C2: value: Wrong."
    assert str(first.problem("", "Wrong.")) == f"{path}: Data!A2: Wrong."


def test_the_name_of_a_file_does_not_matter(tmp_path: Path) -> None:
    assert len(read_table(made(tmp_path, Data=GOOD).rename(tmp_path / "return.csv"), COLUMNS).rows) == 2
    (tmp_path / "return.xlsx").write_text("code;period\nA;Q1\n", encoding="utf-8")
    assert [row.cells for row in read_table(tmp_path / "return.xlsx", COLUMNS).rows] == [{"code": "A", "period": "Q1"}]


def test_what_is_not_read_is_noted(tmp_path: Path) -> None:
    rows: Rows = [["Return of the unit"], [], ["Team", "Code", "Period", "Target"], ["T", "A", "Q1", 5], ["T"]]
    table = read_table(made(tmp_path, Data=rows, hidden=GOOD, Empty=[]), COLUMNS)
    assert [row.cells for row in table.rows] == [{"code": "A", "period": "Q1"}]
    assert table.notes == (
        "The hidden sheet 'hidden' is not read.",
        "The heading is row 3; the rows above it are not read.",
        "The columns 'Team' and 'Target' are not read.",
    )


def test_of_several_sheets_with_the_columns_one_must_be_named(tmp_path: Path) -> None:
    path = made(tmp_path, Notes=[["Read me"]], First=GOOD, Second=GOOD[:2], hidden=GOOD)
    assert problems(read_table(path, COLUMNS)) == [
        "'First' and 'Second' all have these columns; say which to read, as in --sheet 'First'."
    ]
    assert len(read_table(path, COLUMNS, sheet=" second \u200b").rows) == 1
    assert problems(read_table(path, COLUMNS, sheet="Secnd")) == [
        "There is no sheet 'Secnd'. Did you mean 'Second'? The sheets are 'Notes', 'First' and 'Second'."
    ]
    assert problems(read_table(path, COLUMNS, sheet="hidden")) == [
        "The sheet 'hidden' is hidden, and hidden sheets are not read; unhide it and save the workbook."
    ]
    assert problems(read_table(path, COLUMNS, sheet="Notes")) == [
        "Notes!A1: code: The column 'code' is missing; add it.",
        "Notes!A1: period: The column 'period' is missing; add it.",
    ]


def test_without_a_heading_it_is_said_what_is_missing(tmp_path: Path) -> None:
    assert problems(read_table(made(tmp_path, Data=[["Title"], ["code", "perriod"]]), COLUMNS)) == [
        (
            "Data!B2: perriod: 'perriod' is not a column of this file. Did you mean 'period'? "
            "The columns are code, period, value and text."
        ),
        "Data!A2: period: The column 'period' is missing; add it.",
    ]
    assert problems(read_table(made(tmp_path, A=[["x"]], B=[["y"]]), COLUMNS)) == [
        "None of the sheets 'A' and 'B' has a heading with the columns code and period; add what is missing."
    ]
    assert problems(read_table(made(tmp_path, A=[], hidden=GOOD), COLUMNS)) == [
        "No visible sheet has anything in it; the table needs the columns code and period."
    ]


def test_a_cell_that_says_nothing_is_told_and_its_row_not_taken(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        parts(
            '<row r="1"><c r="A1" t="str"><v>code</v></c><c r="B1" t="str"><v>period</v></c>'
            '<c r="C1" t="str"><v>value</v></c></row>'
            '<row r="2"><c r="A2" t="str"><v>A</v></c><c r="C2"><f>1+1</f></c></row>'
            '<row r="3"><c r="A3" t="str"><v>A</v></c><c r="B3" t="e"><v>#REF!</v></c><c r="D3"><f>1</f></c></row>'
            '<row r="4"><c r="A4" t="str"><v>A</v></c><c r="C4" t="e"><v>#N/A</v></c></row>'
        ),
    )
    table = read_table(path, COLUMNS)
    assert problems(table) == [
        (
            "Data!C2: value: The formula here was never computed; open the workbook in Excel or LibreOffice, save it, "
            "and use that."
        ),
        "Data!B3: period: The cell shows #REF!; correct its formula, or write why there is no figure, as in [x].",
        "Data!B4: period: The period is empty; fill it in.",
    ]
    assert [row.cells for row in table.rows] == [{"code": "A", "value": "#N/A"}]


def test_cells_merged_within_the_table_are_refused(tmp_path: Path) -> None:
    path = made(
        tmp_path, Data=[["A title"], ["Code", "Period", "Team"], ["A", "Q1"], ["B", "Q2"], ["C", "Q3"], [], ["x"]]
    )
    book = openpyxl.load_workbook(path)
    for merged in ("A1:C1", "B3:B4", "C3:C5", "A9:C9"):
        book["Data"].merge_cells(merged)
    book.save(path)
    assert [text for text in problems(read_table(path, COLUMNS)) if "merged" in text] == [
        (
            "Data!B3:B4: These cells are merged, and which of them the text is for is not known; "
            "unmerge them and fill in each."
        )
    ]


def test_a_table_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(tmp_path, Data=GOOD)
    monkeypatch.setattr(table_in, "MOST_ROWS", 1)
    assert problems(read_table(path, COLUMNS)) == ["Data!A4: The table has more than 1 rows; split the file."]


def test_a_csv_file_has_no_sheets(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("code,period\n", encoding="utf-8")
    [problem] = read_table(path, COLUMNS, sheet="Data").problems
    assert problem.message == "A CSV file has no sheets; leave out --sheet."
