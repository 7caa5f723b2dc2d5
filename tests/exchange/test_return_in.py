from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from outcome_tracker.core.problem import Problem
from outcome_tracker.core.returned import Column
from outcome_tracker.exchange.return_form import ID, README, RETURN
from outcome_tracker.exchange.return_in import ReturnFile, read_return
from tests.core.making import CALLS, FAMILIES, REPEATS
from tests.tracker.returning import cell, fill, form, written

KINDS = {each.code: each.kind for each in (REPEATS, FAMILIES, CALLS)}
FORM = form(REPEATS, FAMILIES, CALLS)
TYPED: dict[str, dict[Column, object]] = {
    "SAFE-01": {Column.NUMERATOR: 44, Column.DENOMINATOR: 276, Column.STATUS: "final"},
    "EX-02": {Column.VALUE: "1,204", Column.COMMENTARY: "= two teams"},
    "EX-03 March": {Column.VALUE: 12.5},
}


def read(path: Path) -> ReturnFile:
    found = read_return(path, KINDS)
    assert isinstance(found, ReturnFile), found
    return found


def refused(path: Path) -> str:
    found = read_return(path, KINDS)
    assert isinstance(found, Problem)
    return str(found).replace(str(path), path.name)


def changed(folder: Path, change: Callable[[Worksheet], object], *, name: str = RETURN) -> Path:
    """Write a filled return and change one of its sheets."""
    path = written(folder, FORM)
    fill(path, TYPED)
    book = load_workbook(path)
    change(book[name])
    book.save(path)
    return path


def said(found: ReturnFile) -> dict[str, dict[str, str]]:
    """What was filled in, by code and period, whatever row and column it stands in."""
    filled = (Column.NUMERATOR, Column.DENOMINATOR, Column.VALUE, Column.STATUS, Column.COMMENTARY)
    return {
        f"{row.text(Column.CODE)} {row.text(Column.PERIOD)}": {
            column.value: row.text(column) for column in filled if row.text(column)
        }
        for row in found.rows
    }


SAID = {
    "SAFE-01 Quarter 4 2018-19 (Jan to Mar 2019)": {"Numerator": "44", "Denominator": "276", "Status": "final"},
    "EX-02 Quarter 4 2018-19 (Jan to Mar 2019)": {"Value": "1,204", "Commentary": "= two teams"},
    "EX-03 January 2019": {"Commentary": "see the indicator's last row"},
    "EX-03 February 2019": {"Commentary": "see the indicator's last row"},
    "EX-03 March 2019": {"Value": "12.5"},
}


def test_what_was_filled_in_comes_back_with_the_return_it_belongs_to(tmp_path: Path) -> None:
    path = written(tmp_path, FORM)
    fill(path, TYPED)
    found = read(path)
    assert found.id == FORM.id
    assert said(found) == SAID
    assert found.notes == ()
    assert [row.number for row in found.rows] == [2, 3, 4, 5, 6]
    assert found.rows[0].cells[Column.NUMERATOR].value == Decimal(44)
    assert found.rows[0].place(Column.NUMERATOR) == f"{path}!Return!J2"


@settings(max_examples=40)  # each writes a workbook
@given(
    order=st.permutations(range(2, 7)),
    columns=st.permutations(list(Column)),
    above=st.integers(0, 3),
    left=st.integers(0, 2),
)
def test_rows_and_columns_may_be_moved(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], columns: list[Column], above: int, left: int
) -> None:
    path = written(tmp_path_factory.mktemp("moved"), FORM)
    fill(path, TYPED)
    book = load_workbook(path)
    old = book[RETURN]
    new = book.create_sheet("Sorted")
    for place, column in enumerate(columns, 1 + left):
        for number, row in enumerate([1, *order], 1 + above):
            moved = new.cell(number, place)
            moved.value = cell(old, column, row).value
            moved.data_type = cell(old, column, row).data_type
    del book[RETURN]
    new.title = RETURN
    book.save(path)
    assert said(read(path)) == SAID


def test_deleted_rows_and_columns_are_simply_not_there(tmp_path: Path) -> None:
    def delete(sheet: Worksheet) -> None:
        sheet.delete_rows(3, 3)
        sheet.delete_cols(14)
        sheet.delete_cols(5)

    path = changed(tmp_path, delete)
    assert list(said(read(path))) == [next(iter(SAID)), list(SAID)[4]]
    assert read(path).rows[0].place(Column.COMMENTARY).endswith("!Return!A2")  # what is gone has no place


def test_hidden_rows_and_a_hidden_sheet_are_read(tmp_path: Path) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[2].hidden = True
        sheet.sheet_state = "hidden"

    assert said(read(changed(tmp_path, hide))) == SAID


def test_what_was_not_asked_for_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, FORM)
    book = load_workbook(path)
    book.create_sheet("Workings")["A1"] = 12
    book.create_sheet("Empty", 0)
    book[RETURN]["P1"], book[RETURN]["Q1"] = "Checked by", "On"
    book.save(path)
    assert [str(note).replace(str(path), "r") for note in read(path).notes] == [
        "r: The sheets 'Empty' and 'Workings' were not asked for, and left aside.",
        "r!Return: The columns 'Checked by' and 'On' were not asked for, and left aside.",
    ]
    assert all(note.warning for note in read(path).notes)


def test_a_renamed_sheet_is_found_and_a_copy_is_not_guessed(tmp_path: Path) -> None:
    path = changed(tmp_path, lambda sheet: setattr(sheet, "title", "My figures"))
    assert said(read(path)) == SAID
    assert read(path).rows[0].place(Column.CODE) == f"{path}!'My figures'!A2"
    book = load_workbook(path)
    book.copy_worksheet(book["My figures"]).title = "Draft"
    book.save(path)
    assert refused(path) == (
        "return.xlsx: The figures stand on the sheets My figures and Draft; name the one that counts 'Return'."
    )
    book["Draft"].title = RETURN
    book.save(path)
    assert [note.message for note in read(path).notes] == ["The sheet 'My figures' was not asked for, and left aside."]


def test_a_return_without_its_table_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, FORM)
    book = load_workbook(path)
    del book[RETURN]
    book.save(path)
    assert refused(path) == (
        "return.xlsx: The sheet 'Return' with the columns Code, Period and Value is missing; "
        "copy the figures into a new template."
    )


def test_a_heading_far_down_is_none(tmp_path: Path) -> None:
    path = changed(tmp_path, lambda sheet: sheet.insert_rows(1, 60))
    book = load_workbook(path)
    for row in range(1, 60):
        book[RETURN].cell(row, 1).value = "notes"
    book.save(path)
    assert "The sheet 'Return' with the columns Code, Period and Value is missing" in refused(path)


def test_a_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = changed(tmp_path, lambda sheet: setattr(sheet["B1"], "value", "VALUE (old)"))
    assert refused(path) == "return.xlsx!Return: Value: The column 'Value' stands twice; keep one of them."


def test_a_damaged_id_is_refused(tmp_path: Path) -> None:
    path = changed(tmp_path, lambda sheet: setattr(sheet["B7"], "value", "Another Unit"), name=ID)
    assert refused(path).startswith(
        "return.xlsx!Return id: The hidden sheet 'Return id' was changed, so it is not known"
    )


def test_another_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    book = Workbook()
    book.save(path)
    assert refused(path) == (
        "other.xlsx: This is not a return: `outcome-tracker template` makes one. For other workbooks: import figures."
    )


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "return.xlsx"
    assert refused(path) == "return.xlsx: There is no such file."
    path.write_bytes(b"\xd0\xcf\x11\xe0 old")
    assert refused(path) == (
        "return.xlsx: This is a workbook of the old kind (.xls), whatever its name ends in; "
        "open it and save it as .xlsx."
    )


def test_the_first_sheet_may_be_deleted(tmp_path: Path) -> None:
    path = written(tmp_path, FORM)
    book = load_workbook(path)
    del book[README]
    book.save(path)
    assert read(path).notes == ()
