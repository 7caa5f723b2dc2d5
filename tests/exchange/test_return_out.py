import re
import sys
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.returned import NUMBERS, TO_FILL, Column
from outcome_tracker.exchange.return_form import ID, README, RETURN, id_rows
from outcome_tracker.exchange.return_out import workbook
from tests.core.making import CALLS, FAMILIES, POUNDS, REPEATS, target
from tests.nasty import against
from tests.tracker.returning import AS_AT, cell, form, opened

PAST = {"SAFE-01": {"2017-18 Q4": "16.9", "2018-19 Q3": "17.0"}}
RATED = replace(REPEATS, targets=(target("14"),))


def rule(sheet: Worksheet, column: Column, row: int = 2) -> DataValidation:
    place = cell(sheet, column, row).coordinate
    (found,) = [each for each in sheet.data_validations.dataValidation if place in each.sqref]
    assert isinstance(found, DataValidation)
    return found


def test_the_first_sheet_says_how_and_the_second_is_one_table() -> None:
    made = form(REPEATS, FAMILIES)
    book = opened(made)
    assert [sheet.title for sheet in book] == [README, RETURN, ID]
    assert [sheet.sheet_state for sheet in book] == ["visible", "visible", "hidden"]
    assert book.active is not None
    assert book.active.title == README
    front = [str(value) for row in book[README].iter_rows(values_only=True) for value in row if value]
    assert front[0] == "Return of figures for Quarter 4 2018-19 (Jan to Mar 2019)"
    assert front[1:3] == ["For", "Safeguarding Unit"]
    assert {"How to fill it in", "1.", "6.", "Good to know"} <= set(front)
    sheet = book[RETURN]
    headings = [str(each.value) for each in sheet[1]]
    assert headings == [f"{c}\n(fill in)" if c in TO_FILL else c.value for c in Column]
    assert not any(each.merged_cells for each in book)
    assert sheet.max_row == 3
    hidden = tuple(tuple(v for v in row if v is not None) for row in book[ID].iter_rows(values_only=True))
    assert hidden == id_rows(made.id)


def test_only_what_is_to_be_filled_in_is_open() -> None:
    sheet = opened(form(REPEATS, FAMILIES))[RETURN]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    locked = {c: (cell(sheet, c, 2).protection.locked, cell(sheet, c, 3).protection.locked) for c in Column}
    for column in Column:
        plain_count = column in {Column.NUMERATOR, Column.DENOMINATOR}  # which families have none of
        assert locked[column] == (column not in TO_FILL, column not in TO_FILL or plain_count)
    for column in Column:
        shade = cell(sheet, column, 2).fill.start_color.rgb
        assert (shade == "FFFFF6D6") is (column in TO_FILL)
    assert all(each.protection.sheet for each in opened(form(REPEATS)))


def test_what_is_in_stands_in_its_cells() -> None:
    figures = {"SAFE-01": {"2018-19 Q4": "15.9 44/276[p]"}, "EX-02": {"2018-19 Q4": "suppressed"}}
    sheet = opened(form(REPEATS, FAMILIES, figures=figures, texts={"EX-02": "Two teams.\nOne left."}))[RETURN]
    assert [cell(sheet, column).value for column in NUMBERS] == [44, 276, 15.9]
    assert [cell(sheet, c).number_format for c in NUMBERS] == ["General"] * 3
    assert cell(sheet, Column.STATUS).value == "provisional"
    assert [cell(sheet, column, 3).value for column in NUMBERS] == [None] * 3
    assert cell(sheet, Column.STATUS, 3).value == "suppressed"
    assert cell(sheet, Column.COMMENTARY, 3).value == "Two teams.\nOne left."


def test_one_part_that_is_in_can_be_corrected_of_a_count_too() -> None:
    sheet = opened(form(FAMILIES, figures={"EX-02": {"2018-19 Q4": "73 482/"}}))[RETURN]
    assert cell(sheet, Column.NUMERATOR).value == Decimal(482)
    assert not cell(sheet, Column.NUMERATOR).protection.locked
    assert cell(sheet, Column.DENOMINATOR).protection.locked


def test_a_cell_refuses_what_can_be_no_figure() -> None:
    pounds = replace(FAMILIES, code="EX-09", unit=POUNDS)
    sheet = opened(form(RATED, FAMILIES, pounds))[RETURN]
    value = rule(sheet, Column.VALUE)
    assert (value.type, value.formula1, value.formula2) == ("decimal", "0", "100")
    assert (value.errorStyle, value.showErrorMessage, value.showInputMessage) == ("stop", True, True)
    assert value.error == (
        "Type a number, such as 16.2. If there is no figure, leave the cell empty and choose the reason in Status."
    )
    assert value.prompt == (
        "The figure itself, a percentage, as 16.2 or 16.2%. Leave it empty if you give numerator and denominator."
    )
    assert rule(sheet, Column.NUMERATOR).formula1 == "0"
    assert rule(sheet, Column.NUMERATOR).prompt == "The part: children."
    assert rule(sheet, Column.VALUE, 3).formula2 == "999999999999999"
    assert rule(sheet, Column.VALUE, 4).formula1 == "-999999999999999"
    status = rule(sheet, Column.STATUS)
    assert status.type == "list"
    assert status.formula1 == '"final,provisional,not returned,not available,suppressed,not applicable"'
    assert str(status.error).startswith("Choose one of the list: final, provisional, not returned,")


def test_a_red_is_asked_for_its_reason() -> None:
    sheet = opened(form(RATED, FAMILIES, figures=PAST))[RETURN]
    assert rule(sheet, Column.COMMENTARY).prompt == (
        "It was Red last time: please say why, what is being done about it, by whom and by when."
    )
    assert str(rule(sheet, Column.COMMENTARY, 3).prompt).startswith("What happened, and what stands in the way?")


def test_hints_are_no_longer_than_excel_shows() -> None:
    talkative = replace(RATED, numerator="children " * 60)
    for each in opened(form(talkative))[RETURN].data_validations.dataValidation:
        assert len(str(each.prompt)) <= 255
        assert len(str(each.error)) <= 255
    assert str(rule(opened(form(talkative))[RETURN], Column.NUMERATOR).prompt).endswith("…")


def test_months_have_a_row_each_and_one_place_for_commentary() -> None:
    sheet = opened(form(CALLS))[RETURN]
    assert [cell(sheet, Column.PERIOD, row).value for row in (2, 3, 4)] == [
        "January 2019",
        "February 2019",
        "March 2019",
    ]
    assert [cell(sheet, Column.COMMENTARY, row).value for row in (2, 3, 4)] == [
        "see the indicator's last row",
        "see the indicator's last row",
        None,
    ]
    assert [cell(sheet, Column.COMMENTARY, row).protection.locked for row in (2, 3, 4)] == [True, True, False]


@pytest.mark.parametrize("text", against("spreadsheets"))
def test_texts_are_texts_whatever_they_begin_with(text: str) -> None:
    named = replace(REPEATS, title=text, definition=text, owner=text)
    book = opened(form(named, texts={"SAFE-01": text}))
    found = [cell(book[RETURN], column) for column in (Column.TITLE, Column.COMMENTARY)]
    spelled = re.sub("_(?=x[0-9A-F]{4}_)", "_x005F_", text)  # which a spreadsheet reads as what was written
    assert [(each.value, each.data_type) for each in found] == [(spelled, "s")] * 2
    assert [each.quotePrefix for each in found] == [text[0] in "=+-@"] * 2
    assert cell(book[RETURN], Column.COMMENTARY).number_format == "@"
    assert book[RETURN].oddHeader.right.text == text.replace("&", "&&").replace("[File]", "F")  # type: ignore[union-attr]  # it has one


def test_it_prints_on_a4_with_its_heading_on_every_page() -> None:
    sheet = opened(form(REPEATS))[RETURN]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.freeze_panes == "C2"


def test_without_the_library_a_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(Unavailable) as caught:
        workbook(form(REPEATS), AS_AT)
    assert str(caught.value) == (
        "Returns are Excel workbooks, and the package openpyxl, which writes them, is not installed. "
        "Install it with: python -m pip install openpyxl"
    )


def test_a_long_name_leaves_room_for_the_rest_of_a_heading() -> None:
    sheet = opened(form(replace(REPEATS, owner="Team & Sons " * 30)))[RETURN]
    head = sheet.oddHeader
    assert head is not None
    assert str(head.right.text).endswith("…")
    assert len(str(head.right.text).replace("&&", "&")) == 100


def test_rows_are_as_high_as_their_texts() -> None:
    sheet = opened(form(FAMILIES, texts={"EX-02": "\n".join(["One line."] * 10)}))[RETURN]
    other = opened(form(FAMILIES, texts={"EX-02": "A very long line " * 400}))[RETURN]
    assert sheet.row_dimensions[2].height == 10 * 12.5 + 4
    assert other.row_dimensions[2].height == 409
    assert opened(form(FAMILIES))[RETURN].row_dimensions[2].height == 3 * 12.5 + 4
