from decimal import Decimal

import pytest
from defusedxml.ElementTree import fromstring

from outcome_tracker.report import excel_xml as xml


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a < b & c", "a &lt; b &amp; c"),
        ("=1+1", "=1+1"),
        (" two\nlines ", " two\nlines "),
        ("_x0041_", "_x005F_x0041_"),
        ("bell\x07", "bell"),
    ],
)
def test_a_text_is_a_text_whatever_it_says(words: str, expected: str) -> None:
    made = xml.text_cell("B5", 9, words)
    assert made == f'<c r="B5" s="9" t="inlineStr"><is><t xml:space="preserve">{expected}</t></is></c>'
    fromstring(made)


def test_a_cell_without_a_text_keeps_its_look() -> None:
    assert xml.text_cell("B5", 9, "") == '<c r="B5" s="9"/>'


@pytest.mark.parametrize(("number", "expected"), [("15.9", "15.9"), ("-3", "-3"), ("1E+3", "1000"), ("1E-3", "0.001")])
def test_a_number_is_written_out(number: str, expected: str) -> None:
    assert xml.number_cell("C5", 2, Decimal(number)) == f'<c r="C5" s="2"><v>{expected}</v></c>'


def test_a_row_is_as_high_as_it_is_told_or_of_one_line() -> None:
    assert xml.row(5, ["<c/>", "<c/>"]) == '<row r="5"><c/><c/></row>'
    assert xml.row(5, [], 30.6) == '<row r="5" ht="30.6" customHeight="1"></row>'


def test_a_link_leads_to_the_first_cell_of_a_sheet_whatever_it_is_called() -> None:
    found = fromstring(xml.link("A3", 'Director\'s "own" & more', "Back <"))
    assert found.attrib == {"ref": "A3", "location": "'Director''s \"own\" & more'!A1", "display": "Back <"}


def test_rows_come_before_links() -> None:
    assert xml.body(["<row/>"], ["<hyperlink/>"]) == (
        b"<sheetData><row/></sheetData><hyperlinks><hyperlink/></hyperlinks>"
    )
