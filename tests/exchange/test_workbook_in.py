"""Workbooks as programs write them come in exactly; what is none is refused with what to do."""

import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from outcome_tracker.exchange import package, workbook_in, workbook_parts, xml_in
from outcome_tracker.exchange.sheet_in import Cell
from outcome_tracker.exchange.unreadable import Unreadable
from outcome_tracker.exchange.workbook_in import Sheet, Workbook
from tests.exchange.workbooks import MAIN, SHEET, book, links, parts, saved, shared, sheet, styles, zipped

DAMAGED = (
    "The workbook is damaged or was cut off; get it again, or open it in Excel or LibreOffice and save it as .xlsx."
)
TOO_LARGE = (
    "The workbook unpacks to far more than a table of figures needs; copy the table into a new workbook and save that."
)
HOSTILE = (
    "The workbook holds declarations that no spreadsheet program writes, so it is not read; "
    "copy the table into a new workbook and save that."
)


def first(path: Path) -> Sheet:
    workbook = Workbook(path)
    return workbook.read(workbook.sheets[0])


def cells(path: Path) -> dict[str, Cell]:
    return {cell.ref: cell for row in first(path).rows for cell in row}


def values(path: Path) -> dict[str, object]:
    return {ref: cell.value for ref, cell in cells(path).items()}


def refusal(path: Path) -> str:
    with pytest.raises(Unreadable) as raised:
        first(path)
    assert raised.value.problem.path == str(path)
    return raised.value.problem.message


def test_what_openpyxl_writes_comes_back(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    table = workbook.active
    assert table is not None
    at_noon = datetime(2019, 3, 31, 12, 0)  # noqa: DTZ001 - workbooks have no time zones
    table.append(["Indicator", "a\nb", 0.1 + 0.2, 44, True, date(2019, 3, 31), at_noon, None, "="])
    table["B3"] = 0.162
    table["B3"].number_format = "0.0%"
    table["C3"] = "=SUM(D1)"
    table["D3"] = " padded\u200b "
    workbook.save(tmp_path / "made.xlsx")
    assert values(tmp_path / "made.xlsx") == {
        "A1": "Indicator",
        "B1": "a\nb",
        "C1": Decimal("0.3"),
        "D1": Decimal(44),
        "E1": True,
        "F1": date(2019, 3, 31),
        "G1": date(2019, 3, 31),
        "I1": "=",
        "B3": Decimal("0.162"),
        "C3": None,
        "D3": "padded",
    }
    found = cells(tmp_path / "made.xlsx")
    assert (found["B3"].is_percent, found["B3"].text) == (True, "16.2%")
    assert found["C3"].is_uncomputed
    assert not found["C1"].is_percent


@pytest.mark.parametrize(
    ("cell", "value", "text"),
    [
        ('<c r="A1"><v>16.200000000000003</v></c>', Decimal("16.2"), "16.2"),
        ('<c r="A1"><v>1.6200000000000003E-1</v></c>', Decimal("0.162"), "0.162"),
        ('<c r="A1"><v>15.942028985507246</v></c>', Decimal("15.9420289855072"), "15.9420289855072"),
        ('<c r="A1"><v>1.2E3</v></c>', Decimal(1200), "1200"),
        ('<c r="A1"><v>-0</v></c>', Decimal(0), "0"),
        ('<c r="A1"><v>1200</v></c>', Decimal(1200), "1200"),
        ('<c r="A1" t="n"><v>-3.5</v></c>', Decimal("-3.5"), "-3.5"),
        ('<c r="A1" t="str"><f>A2</f><v>done</v></c>', "done", "done"),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', Decimal(2), "2"),
        ('<c r="A1" t="s"><v>1</v></c>', "two words", "two words"),
        ('<c r="A1" t="s"><v>2</v></c>', "\u6f22\u5b57", "\u6f22\u5b57"),
        ('<c r="A1" t="s"><v>3</v></c>', "a\nb", "a\nb"),
        ('<c r="A1" t="inlineStr"><is><t>in</t></is></c>', "in", "in"),
        (
            '<c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>in </t></r><r><t>runs</t></r></is></c>',
            "in runs",
            "in runs",
        ),
        ('<c r="A1" t="inlineStr"><is><t>\u6f22</t><rPh><t>kan</t></rPh></is></c>', "\u6f22", "\u6f22"),
        ('<c r="A1" t="b"><v>0</v></c>', False, "FALSE"),
        ('<c r="A1" t="b"><v>1</v></c>', True, "TRUE"),
        ('<c r="A1" t="d"><v>2019-03-31T00:00:00</v></c>', date(2019, 3, 31), "2019-03-31"),
        ('<c r="A1" t="d"><v>March</v></c>', "March", "March"),
        ('<c r="A1" s="1"><v>0.162</v></c>', Decimal("0.162"), "16.2%"),
        ('<c r="A1" s="1"><v>0.57999999999999996</v></c>', Decimal("0.58"), "58%"),
        ('<c r="A1" s="2"><v>43555</v></c>', date(2019, 3, 31), "2019-03-31"),
        ('<c r="A1" s="2"><v>43555.75</v></c>', date(2019, 3, 31), "2019-03-31"),
        ('<c r="A1" s="2"><v>-1</v></c>', Decimal(-1), "-1"),
        ('<c r="A1" s="3"><v>43525</v></c>', date(2019, 3, 1), "2019-03-01"),
        ('<c r="A1" s="4"><v>0.5625</v></c>', "13:30", "13:30"),
        ('<c r="A1" s="9"><v>5</v></c>', Decimal(5), "5"),
        ('<c r="A1" t="e"><v>#DIV/0!</v></c>', None, "#DIV/0!"),
        ('<c r="A1" t="e"/>', None, ""),
        ("<c><v>7</v></c>", Decimal(7), "7"),
    ],
)
def test_a_cell_is_what_the_sheet_shows(tmp_path: Path, cell: str, value: object, text: str) -> None:
    made = parts(
        f'<row r="1">{cell}</row>',
        styles=styles(10, 14, 164, 20, codes={164: "mmm\\-yy"}),
        shared=shared(
            "<t>one</t>",
            "<r><t xml:space='preserve'>two </t></r><r><t>words</t></r>",
            "<t>\u6f22\u5b57</t><rPh sb='0' eb='1'><t>kanji</t></rPh>",
            "<t>a_x000A_b</t>",
        ),
    )
    found = cells(saved(tmp_path, made))
    if 't="e"/' in cell:
        assert found == {}
        return
    assert (found["A1"].value, found["A1"].text, type(found["A1"].value)) == (value, text, type(value))


def test_only_a_formula_without_a_value_was_never_computed(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><f>B1</f><v></v></c><c r="B1"><f>C1</f></c><c r="C1" t="str"><f>D1</f><v></v></c>'
        '<c r="D1"><v/></c><c r="E1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    found = cells(saved(tmp_path, parts(rows)))
    assert {ref: (cell.is_uncomputed, cell.error) for ref, cell in found.items()} == {
        "A1": (True, ""),
        "B1": (True, ""),
        "E1": (False, "#DIV/0!"),
    }


def test_blank_cells_are_left_out_and_nothing_moves(tmp_path: Path) -> None:
    rows = (
        '<row r="2" spans="1:3"><c r="A2" s="1"/><c r="B2" s="1"/><c r="C2"><v>5</v></c></row>'
        '<row r="3" ht="15" customHeight="1"/><row r="4"></row><row r="7"><c r="B7" t="s"><v>0</v></c><c r="D7"/></row>'
        '<row r="8"><c r="A8"><v>1</v></c></row>'
    )
    assert values(saved(tmp_path, parts(rows, shared=shared("<t> </t>")))) == {"C2": Decimal(5), "A8": Decimal(1)}


def test_a_dimension_that_lies_is_not_believed(tmp_path: Path) -> None:
    made = parts('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>')
    made[SHEET] = made[SHEET].replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    assert values(saved(tmp_path, made)) == {"A1": Decimal(1), "XFD1048576": Decimal(2)}


def test_days_are_counted_as_the_workbook_says(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" s="1"><v>42093</v></c></row>'
    since_1904 = book('name="Data"', more='<workbookPr date1904="1"/>')
    assert values(saved(tmp_path, parts(rows, styles=styles(14), book=since_1904))) == {"A1": date(2019, 3, 31)}


def test_sheets_are_listed_hidden_ones_too(tmp_path: Path) -> None:
    made = parts(book=book('name="Data"', 'name="Codes" state="hidden"', 'name="x" state="veryHidden"', 'name="Chart"'))
    made["xl/_rels/workbook.xml.rels"] = links(
        *(("worksheet", f"worksheets/sheet{n}.xml") for n in (1, 2, 3)), ("chartsheet", "chartsheets/sheet1.xml")
    )
    found = Workbook(saved(tmp_path, made)).sheets
    assert [(each.name, each.is_visible) for each in found] == [("Data", True), ("Codes", False), ("x", False)]


def test_merged_ranges_are_told_by_their_name(tmp_path: Path) -> None:
    after = '<mergeCells count="2"><mergeCell ref="A1:D1"/><mergeCell ref="$B$3:$B$4"/></mergeCells>'
    assert [str(merged) for merged in first(saved(tmp_path, parts("", after))).merged] == ["A1:D1", "B3:B4"]


@pytest.mark.parametrize(
    ("name", "ref", "place"),
    [("Data", "B7", "Data!B7"), ("Q4 return", "A1", "'Q4 return'!A1"), ("Jo's", "A1", "'Jo''s'!A1")],
)
def test_a_place_is_written_as_spreadsheets_write_it(name: str, ref: str, place: str) -> None:
    assert Sheet(name, (), ()).place(ref) == place


def test_names_of_parts_and_prefixes_differ_between_programs(tmp_path: Path) -> None:
    made = parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    made["XL\\Worksheets\\Sheet1.xml"] = (
        made.pop(SHEET).replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    )
    assert values(saved(tmp_path, made)) == {"A1": Decimal(1)}


def test_strict_office_files_and_those_with_macros_are_read(tmp_path: Path) -> None:
    made = {
        name: text.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
        for name, text in parts('<row r="1"><c r="A1"><v>1</v></c></row>').items()
    }
    made["xl/vbaProject.bin"] = "never opened"
    assert values(saved(tmp_path, made, "return.xlsm")) == {"A1": Decimal(1)}


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            OLE + "EncryptedPackage".encode("utf-16-le") + bytes(80),
            "The workbook is protected with a password; open it, save it as .xlsx without a password, and use that.",
        ),
        (
            OLE + "Workbook".encode("utf-16-le") + bytes(80),
            "This is a workbook of the old kind (.xls), whatever its name ends in; open it and save it as .xlsx.",
        ),
        (b"a,b\n1,2\n", "This is not a workbook, whatever its name ends in; save the table as .xlsx."),
        (b"", "This is not a workbook"),
        (b"PK\x03\x04rest", DAMAGED),
        (zipped({"word/document.xml": "<w/>"}), "The file is a zip archive but no workbook; save the table as .xlsx"),
        (
            zipped({"_rels/.rels": links(("officeDocument", "word/document.xml"))}),
            "The file is a zip archive but no workbook",
        ),
        (
            zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
            "The file is an OpenDocument file (.ods); open it and save it as .xlsx.",
        ),
        (
            zipped({"_rels/.rels": links(("officeDocument", "xl/workbook.bin"))}),
            "The workbook is a binary one (.xlsb); open it in Excel and save it as .xlsx.",
        ),
        (zipped(parts(book=book())), "The workbook has no sheet with cells; put the table on one."),
        (zipped(parts(), zipfile.ZIP_LZMA), DAMAGED),
        (zipped({**parts(), SHEET: b"\xff\xfe<"}), DAMAGED),
        (zipped({**parts(), SHEET: sheet("<row>")}), DAMAGED),
        (zipped({name: text for name, text in parts().items() if name != SHEET}), DAMAGED),
        (zipped(parts('<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>')), DAMAGED),
        (zipped(parts('<row r="1048577"><c r="A1048577"><v>1</v></c></row>')), DAMAGED),
        (zipped(parts('<row r="x"><c><v>1</v></c></row>')), DAMAGED),
        (zipped(parts('<row r="1"><c r="A2"><v>1</v></c></row>')), DAMAGED),
        (zipped(parts('<row r="1"><c r="XFE1"><v>1</v></c></row>')), DAMAGED),
        (zipped(parts('<row r="1"><c r="1"><v>1</v></c></row>')), DAMAGED),
        (zipped(parts('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>')), DAMAGED),
        (zipped(parts('<row r="1"><c r="A1" s="1"/><c><v>1</v></c></row>')), DAMAGED),
        (zipped(parts('<row r="1"><c r="A1" t="s"><v>5</v></c></row>')), DAMAGED),
        (zipped(parts('<row r="1"><c r="A1"><v>NaN</v></c></row>')), DAMAGED),
        (zipped(parts('<row r="1"><c r="A1"><v>1_0</v></c></row>')), DAMAGED),
        (zipped(parts("", '<mergeCells><mergeCell ref="A1:"/></mergeCells>')), DAMAGED),
        (zipped({**parts(), SHEET: '<!DOCTYPE x [<!ENTITY a "b">]><x/>'}), HOSTILE),
        (zipped({**parts(), SHEET: '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'}), HOSTILE),
        (zipped({**parts(), SHEET: "<a>" * 41}), HOSTILE),
        (zipped({**parts(), SHEET: "<a>" * 39 + "</a>" * 39}), ""),
    ],
    ids=lambda value: f"{len(value)} bytes" if isinstance(value, bytes) else value[:40],
)
def test_what_is_no_workbook_to_read_says_what_to_do(tmp_path: Path, data: bytes, sentence: str) -> None:
    path = saved(tmp_path, data)
    if sentence:
        assert refusal(path).startswith(sentence)
    else:
        assert first(path).rows == []


def test_a_workbook_that_was_cut_off_anywhere_is_refused(tmp_path: Path) -> None:
    whole = zipped(parts('<row r="1"><c r="A1"><v>1</v></c></row>'))
    for length in range(4, len(whole), 7):
        assert refusal(saved(tmp_path, whole[:length])) == DAMAGED


@pytest.mark.parametrize(("name", "sentence"), [("none.xlsx", "There is no such file."), (".", "This is not a file.")])
def test_what_is_no_file_has_a_sentence(tmp_path: Path, name: str, sentence: str) -> None:
    assert refusal(tmp_path / name) == sentence


def test_a_file_that_cannot_be_read_has_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = saved(tmp_path, parts())
    monkeypatch.setattr(Path, "open", refused)
    assert refusal(path) == "The file cannot be read: Permission denied."


def test_a_password_on_the_archive_itself_has_a_sentence(tmp_path: Path) -> None:
    data = bytearray(zipped(parts(), zipfile.ZIP_STORED))
    start = data.find(b"PK\x01\x02")
    while start >= 0:
        data[start + 8] |= 1
        start = data.find(b"PK\x01\x02", start + 4)
    assert refusal(saved(tmp_path, bytes(data))) == (
        "The file is a zip archive with a password; unpack it, and import the workbook in it."
    )


@pytest.mark.parametrize(
    ("module", "name", "limit", "made", "sentence"),
    [
        (package, "MOST_PARTS", 3, parts(), TOO_LARGE),
        (package, "MOST_UNPACKED", 400, parts(), TOO_LARGE),
        (package, "MOST_RATIO", 3, parts("".join(f"<row r='{n}'/>" for n in range(1, 100_000))), TOO_LARGE),
        (xml_in, "MOST_TAGS", 20, parts("<row/>" * 20), TOO_LARGE),
        (xml_in, "LONGEST_TAG", 100_000, {**parts(), SHEET: f"<a b='{'c' * 400_000}'/>"}, HOSTILE),
        (xml_in, "MOST_CELLS", 1, parts("<row><c><v>1</v></c><c><v>1</v></c></row>"), TOO_LARGE),
        (
            xml_in,
            "MOST_LETTERS",
            9,
            parts("<row><c t='s'><v>0</v></c><c t='s'><v>0</v></c></row>", shared=shared("<t>shared</t>")),
            TOO_LARGE,
        ),
        (xml_in, "MOST_CELLS", 1, parts("", '<mergeCell ref="A1:B1"/><mergeCell ref="A2:B2"/>'), TOO_LARGE),
        (workbook_parts, "MOST_TEXT", 60, parts(shared=shared("<t>a</t>", "<t>b</t>")), TOO_LARGE),
        (workbook_parts, "LONGEST_TEXT", 5, parts(shared=shared("<t>abcdef</t>")), TOO_LARGE),
        (workbook_parts, "MOST_SHEETS", 1, parts(book=book('name="a"', 'name="b"')), TOO_LARGE),
        (
            workbook_in,
            "MAX_BYTES",
            100,
            parts(),
            "The workbook is larger than 0 MB; copy the table into a new one.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and value.isupper() else "",
)
def test_nothing_is_read_without_a_bound(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    module: object,
    name: str,
    limit: int,
    made: dict[str, str],
    sentence: str,
) -> None:
    path = saved(tmp_path, made)
    first(path)
    monkeypatch.setattr(module, name, limit)
    assert refusal(path) == sentence


def test_what_an_archive_says_of_its_sizes_is_not_believed(tmp_path: Path) -> None:
    data = bytearray(zipped(parts('<row r="1"><c r="A1"><v>1</v></c></row>')))
    entry = data.rfind(b"PK\x01\x02")  # of the sheet
    data[entry + 24 : entry + 28] = (5).to_bytes(4, "little")
    assert refusal(saved(tmp_path, bytes(data))) == DAMAGED
