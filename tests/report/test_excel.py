import re
import sys
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.rag import Rag
from outcome_tracker.core.report import Cell, Column, Kin, Paragraph, Report, Section, Table
from outcome_tracker.report.excel import render
from tests.core.making import PERCENT
from tests.report.blocks import CHART, COUNTS, NASTY, WARNING, nasty, report


def opened(made: Report) -> Workbook:
    return load_workbook(BytesIO(render(made)))


def sheet(made: Report, name: str) -> Worksheet:
    found = opened(made)[name]
    assert isinstance(found, Worksheet)
    return found


def rows(found: Worksheet) -> list[list[object]]:
    return [list(row) for row in found.iter_rows(values_only=True)]


def links(found: Worksheet) -> dict[str, str | None]:
    cells = [cell for row in found.iter_rows() for cell in row]
    return {cell.coordinate: cell.hyperlink.location for cell in cells if cell.hyperlink}


def test_the_sheets_are_a_cover_contents_notes_text_and_one_a_table() -> None:
    assert opened(report()).sheetnames == ["Cover", "Contents", "Notes", "Text", "counts", "measures"]


def test_the_cover_says_what_the_workbook_is() -> None:
    assert rows(sheet(report(warning=WARNING), "Cover")) == [
        ["Outcome plans", None],
        ["Quarter 4 2018-19 (Jan to Mar 2019)", None],
        [WARNING, None],
        ["Contents of this workbook", None],
        ["Council", "Cheshire West and Chester"],
        ["For", "Overview and Scrutiny Committee"],
        ["As at", "31 May 2019"],
    ]


def test_the_contents_lead_to_every_sheet_and_each_leads_back() -> None:
    book = opened(report())
    contents = book["Contents"]
    assert rows(contents)[3:] == [
        ["Sheet", "What it holds", "Rows"],
        ["Notes", "Marks, notes on tables, and charts in words", 4],
        ["Text", "What the report says", None],
        ["counts", "Ratings", 1],
        ["measures", "All measures", 2],
    ]
    assert links(contents) == {
        "A3": "'Contents'!A1",
        "A5": "'Notes'!A1",
        "A6": "'Text'!A1",
        "A7": "'counts'!A1",
        "A8": "'measures'!A1",
    }
    for name in ("Notes", "Text", "counts", "measures"):
        assert links(book[name])["A3"] == "'Contents'!A1"


def test_a_table_has_a_title_what_it_is_and_a_heading_row() -> None:
    assert rows(sheet(report(), "measures")) == [
        ["All measures", None, None, None, None],
        ["This sheet holds one table, with 2 rows. Notes on it are in the sheet Notes.", None, None, None, None],
        ["Back to the contents", None, None, None, None],
        ["Indicator", "Figure", "Target", "Rating", "Direction"],
        ["SAFE-01 Second or subsequent protection plans", 15.9, 14, "Red", "Improved"],
        ["SAFE-02 Children in care", 73, "–", "M: no target", "Unknown"],
    ]


def test_it_is_a_table_that_excel_knows() -> None:
    book = opened(report(warning=WARNING))
    assert [(t.displayName, t.ref) for name in book.sheetnames for t in book[name].tables.values()] == [
        ("Table_1_Contents", "A5:C9"),
        ("Table_2_Notes", "A5:B9"),
        ("Table_3_Text", "A5:C17"),
        ("Table_4_counts", "A5:C6"),
        ("Table_5_measures", "A5:E7"),
    ]
    (table,) = book["measures"].tables.values()
    assert table.column_names == ["Indicator", "Figure", "Target", "Rating", "Direction"]
    assert table.autoFilter.ref == "A5:E7"
    assert book["measures"].freeze_panes == "B6"
    assert book["measures"].print_title_rows == "$5:$5"


def test_nothing_is_merged() -> None:
    book = opened(report(nasty()))
    assert [book[name].merged_cells.ranges for name in book.sheetnames] == [set()] * len(book.sheetnames)


def test_numbers_are_numbers_that_look_as_in_the_report() -> None:
    found = sheet(report(), "measures")
    cells = [found[place] for place in ("B5", "C5", "B6", "C6")]
    assert [(cell.value, cell.data_type, cell.number_format) for cell in cells] == [
        (15.9, "n", '0.0"%"'),
        (14, "n", '0"%"'),
        (73, "n", '"[p] "0.0'),
        ("–", "s", "General"),
    ]
    assert [cell.alignment.horizontal for cell in cells] == ["right"] * 4


def test_ratings_have_a_ground_beside_their_word() -> None:
    found = sheet(report(), "measures")
    assert [found[place].fill.fgColor.rgb for place in ("D5", "D6", "E5")] == ["FFF9D9D6", "FFE8EAED", "00000000"]


def test_notes_say_what_marks_mean_and_what_charts_show() -> None:
    assert rows(sheet(report(), "Notes"))[3:] == [
        ["About", "Note"],
        ["Mark –", "no figure, or no target; the notes say why"],
        ["Mark [p]", "provisional: expected to change"],
        ["measures: All measures", "Figures as at 31 May 2019."],
        ["Chart: SAFE-01 by quarter", CHART.text],
    ]


def test_the_text_of_the_report_is_in_rows() -> None:
    found = rows(sheet(report(), "Text"))[3:]
    assert found[:4] == [
        ["Part", "Section", "Text"],
        ["How are we doing?", None, "Are we achieving our targets? Green – 4; Amber – 0; Red – 1; M – 1"],
        ["How are we doing?", None, "Table: Ratings, in the sheet counts."],
        ["How are we doing?", None, "Quoted from the source."],
    ]
    named = "SAFE-01 Second or subsequent protection plans"
    assert ["Headline indicators", named, "Owner: Safeguarding Unit"] in found
    assert ["Headline indicators", named, "Action: a review of every second plan."] in found
    assert ["Headline indicators", named, "Chart: SAFE-01 by quarter, in words in the sheet Notes."] in found


def test_the_warning_is_on_every_sheet_and_above_every_printed_page() -> None:
    book = opened(report(warning=WARNING))
    assert all(book[name]["A3"].value == WARNING for name in book.sheetnames)
    assert all(book[name].HeaderFooter.oddHeader.left.text == WARNING for name in book.sheetnames)


def test_what_people_write_is_there_to_the_letter_and_does_nothing() -> None:
    made = render(report(nasty()))
    with ZipFile(BytesIO(made)) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
    assert not [found for found in sheets if "<f>" in found or "<f " in found]
    book = load_workbook(BytesIO(made))
    expected = [
        re.sub("_(?=x[0-9A-F]{4}_)", "_x005F_", text) for text in NASTY
    ]  # which Excel reads as what was written
    found = book["nasty"]
    assert [list(row) for row in found.iter_rows(min_row=5, values_only=True)] == [[text, text] for text in expected]
    assert [cell.data_type for cell in found["A"][4:]] == ["s"] * len(NASTY)
    assert [cell.quotePrefix for cell in found["A"][4:8]] == [True, True, True, False]
    assert found["B4"].value == NASTY[0]
    assert found["A1"].value == NASTY[3]
    said = [row[2] for row in rows(book["Text"])]
    assert all(said.count(text) >= 2 for text in expected)
    assert [row[1] for row in rows(book["Notes"]) if str(row[0]).startswith("nasty")] == expected


def test_errors_of_a_spreadsheet_are_only_words() -> None:
    table = Table("t", "T", (Column("A"),), ((Cell("#N/A"),), (Cell("TRUE"),), (Cell("2018-19"),), (Cell("1/2"),)))
    found = sheet(report(measures=table), "t")
    assert [(cell.value, cell.data_type) for cell in found["A"][4:]] == [
        ("#N/A", "s"),
        ("TRUE", "s"),
        ("2018-19", "s"),
        ("1/2", "s"),
    ]


def test_a_text_that_no_cell_can_hold_goes_on_in_the_notes() -> None:
    long = "".join(f"{number:05} " for number in range(9000))  # 54,000 characters
    table = Table("long", "Long", (Column("Text"),), ((Cell(long),),))
    book = opened(report(Section("x", "X", (Paragraph(long),)), measures=table))
    first = str(book["long"]["A5"].value)
    assert first.endswith(" … goes on in the sheet Notes")
    rest = [str(row[1]) for row in rows(book["Notes"]) if row[0] == "long: row 1, Text, goes on"]
    assert first.removesuffix(" … goes on in the sheet Notes") + "".join(rest) == long
    assert "".join(str(row[2]) for row in rows(book["Text"]) if row[0] == "X") == long


def test_a_table_without_rows_has_its_headings() -> None:
    book = opened(report(measures=Table("none", "None", (Column("A"), Column("B")), ())))
    assert rows(book["none"])[1:] == [
        ["This sheet holds one table, with 0 rows.", None],
        ["Back to the contents", None],
        ["A", "B"],
    ]
    assert not book["none"].tables


def test_equal_headings_and_codes_are_told_apart() -> None:
    again = Table("COUNTS", "Again", (Column("Figure"), Column("Figure")), ((Cell("1"), Cell("2")),))
    book = opened(report(measures=again))
    assert book.sheetnames[-2:] == ["counts", "COUNTS 2"]
    assert rows(book["COUNTS 2"])[3] == ["Figure", "Figure 2"]


def test_a_workbook_has_no_more_formats_than_excel_opens() -> None:
    cells = tuple((Cell(f"{number} of {number + 1}", Decimal(number), PERCENT),) for number in range(1, 400))
    found = sheet(report(measures=Table("many", "Many", (Column("A", numeric=True),), cells)), "many")
    column = found["A"][4:]
    assert len({cell.number_format for cell in column}) <= 120
    assert column[0].value == 1
    assert column[-1].value == "399 of 400"


def test_a_report_without_a_table_is_a_workbook_too() -> None:
    assert opened(Report("Empty", "", "", (), ())).sheetnames == ["Cover", "Contents", "Notes", "Text"]


def test_the_workbook_says_what_it_is_and_in_which_language() -> None:
    told = opened(report()).properties
    assert (told.title, told.subject, told.creator, told.language) == (
        "Outcome plans",
        "Quarter 4 2018-19 (Jan to Mar 2019)",
        "Cheshire West and Chester",
        "en-GB",
    )
    assert told.created == told.modified == datetime.fromisoformat("2019-05-31T00:00")


def test_the_same_report_is_the_same_bytes() -> None:
    assert render(report()) == render(report())


def test_each_rating_has_dark_text_on_its_ground() -> None:
    counts = Table("r", "R", (Column("A"),), tuple((Cell(rag.value, rag=rag),) for rag in Rag))
    found = sheet(report(measures=counts), "r")
    assert len({cell.fill.fgColor.rgb for cell in found["A"][4:]}) == 4
    assert {cell.font.color for cell in found["A"][4:]} == {None}


def test_without_its_library_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(Unavailable) as raised:
        render(report())
    assert str(raised.value) == (
        "Excel reports need a library that is not installed. Install it with: python -m pip install openpyxl"
    )


def test_counts_are_numbers_too() -> None:
    assert rows(sheet(report(measures=COUNTS), "counts 2"))[4] == ["All", 4, 1204]


def test_tables_of_one_kin_share_a_sheet_that_says_what_each_row_is_of() -> None:
    def of(subject: str, columns: tuple[str, ...], *row: str) -> Table:
        return Table(
            f"periods-{subject}",
            f"{subject}: the last periods",
            tuple(map(Column, columns)),
            (tuple(map(Cell, row)),),
            (f"a note on {subject}",),
            Kin("periods", "The last periods", subject),
        )

    first = of("A-1, percent", ("Period", "Figure", "Notes"), "Quarter 4", "16.2%", "[p]")
    second = of("B-1, days", ("Period", "Figure", "Rating"), "Quarter 3", "12", "Red")
    book = opened(Report("Title", "", "Council", (), (Section("s", "S", (first,)), Section("t", "T", (second,)))))
    assert [name for name in book.sheetnames if name.startswith("periods")] == ["periods"]
    shown = [[cell.value for cell in row] for row in book["periods"].iter_rows()]
    assert shown[0][0] == "The last periods"
    assert shown[-3:] == [
        ["Indicator", "Period", "Figure", "Notes", "Rating"],
        ["A-1, percent", "Quarter 4", "16.2%", "[p]", None],
        ["B-1, days", "Quarter 3", "12", None, "Red"],
    ]
    notes = [row[1].value for row in book["Notes"].iter_rows(min_row=5)]
    assert {"A-1, percent: the last periods: a note on A-1, percent"} <= set(notes)
