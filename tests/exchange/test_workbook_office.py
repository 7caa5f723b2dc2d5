"""Figures in workbooks that LibreOffice has saved: typed in there, made of CSV, of the old kind, with a password."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from outcome_tracker.exchange.csv_in import FIGURES, Table
from outcome_tracker.exchange.table_in import read_table
from tests.office import converted, typed

pytestmark = pytest.mark.documents


def template(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Data"
    sheet.append(["Indicator", "Period", "Value", "Note"])
    for row in range(2, 9):
        sheet.cell(row, 1, f"I{row}")
        sheet.cell(row, 2, "2019-20 Q1")
    sheet["B3"].number_format = "dd/mm/yyyy"
    book.save(folder / "figures.xlsx")
    return folder / "figures.xlsx"


def cells(table: Table, column: str) -> list[str]:
    return [row[column] for row in table.rows]


def test_what_is_typed_in_libreoffice_comes_in_as_it_is_shown(tmp_path: Path) -> None:
    entries = {
        "C2": "16.2%",
        "B3": "2019-03-31",
        "C3": "=0.1+0.2",
        "C4": "=1/0",
        "C5": "'1,204",
        "D5": "'=1+1",
        "C6": "=NA()",
        "C7": "x",
        "C8": "1204",
    }
    table = read_table(typed(template(tmp_path), "Data", entries, tmp_path), FIGURES)
    assert [str(problem).partition(".xlsx: ")[2] for problem in table.problems] == [
        "Data!C4: value: The cell shows #DIV/0!; correct its formula, or write why there is no figure, as in [x]."
    ]
    assert cells(table, "value") == ["16.2%", "0.3", "1,204", "#N/A", "x", "1204"]
    assert [row.dates for row in table.rows][1] == {"period": date(2019, 3, 31)}
    assert cells(table, "note")[2] == "=1+1"


def test_a_workbook_without_values_is_right_once_libreoffice_has_saved_it(tmp_path: Path) -> None:
    path = template(tmp_path)
    book = openpyxl.load_workbook(path)
    for row in range(2, 9):
        book["Data"].cell(row, 3, f"=10*{row}")
    book.save(path)
    assert len(read_table(path, FIGURES).problems) == 7
    saved = tmp_path / "saved"
    saved.mkdir()
    table = read_table(converted(path, "xlsx", saved), FIGURES)
    assert (cells(table, "value"), table.problems) == ([f"{10 * row}" for row in range(2, 9)], ())


def test_a_csv_file_is_the_same_as_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    text = 'Indicator,Period,Value,Note\nA,2019-20 Q1,15.9,"two, words"\nB,2019-20 Q2,x,\n'
    path.write_text(text, encoding="ascii")  # LibreOffice takes anything else for cp1252
    made = converted(path, "xlsx", tmp_path)
    assert [row.cells for row in read_table(made, FIGURES).rows] == [
        row.cells for row in read_table(path, FIGURES).rows
    ]


@pytest.mark.parametrize(
    ("ending", "sentence"),
    [
        ("xls", "This is a workbook of the old kind (.xls), whatever its name ends in; open it and save it as .xlsx."),
        ("ods", "The file is an OpenDocument file (.ods); open it and save it as .xlsx."),
        (
            "html",
            "This is a web page or XML, whatever its name ends in; open it in a spreadsheet and save",
        ),
    ],
)
def test_what_is_no_such_workbook_is_told_apart_under_any_name(tmp_path: Path, ending: str, sentence: str) -> None:
    named = converted(template(tmp_path), ending, tmp_path).rename(tmp_path / "renamed.xlsx")
    [problem] = read_table(named, FIGURES).problems
    assert problem.message.startswith(sentence)
