"""Formatted blank cells and rows are taken out of a sheet's XML, whatever pieces it comes in."""

from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.exchange.blanks import WithoutBlanks

SHEET = (
    b'<sheetData><row r="1" spans="1:2" s="3" customFormat="1"><c r="A1" s="3"/><c r="B1"><v>5</v></c></row>'
    b'<row r="2" s="3"/><row r="3"><c r="A3" s="3"/><c r="B3" s="3" /></row></sheetData>'
)
FILLED = b'<sheetData><row r="1" spans="1:2" s="3" customFormat="1"><c r="B1"><v>5</v></c></row></sheetData>'


def joined(*pieces: bytes) -> tuple[bytes, bool]:
    without = WithoutBlanks(pieces)
    return b"".join(without), without.any_left_out


def test_only_what_holds_something_is_left() -> None:
    assert joined(SHEET) == (FILLED, True)
    assert joined(FILLED) == (FILLED, False)


def test_what_does_not_say_where_it_stands_stays() -> None:
    for kept in (b'<c s="3"/>', b"<row/>", b'<c r="A1" t="e"/>', b'<row><c r="A1"><v/></c></row>'):
        assert joined(kept) == (kept, False)


def test_nothing_is_taken_out_of_literal_text() -> None:
    text = b'<t><![CDATA[<c r="A1"/>]]></t>'
    assert joined(text) == (text, False)
    assert joined(text[:20], text[20:]) == (text, False)


@given(st.lists(st.integers(1, 40), min_size=20, max_size=20))
def test_pieces_of_any_length_leave_every_filled_cell(lengths: list[int]) -> None:
    pieces, rest = [], SHEET
    for length in lengths:
        pieces.append(rest[:length])
        rest = rest[length:]
    found, _ = joined(*pieces, rest)
    assert joined(found)[0] == FILLED


def test_a_long_text_is_handed_on_as_it_comes() -> None:
    assert joined(b"<t>" + b"a" * 700_000, b"a" * 700_000, b"</t>") == (b"<t>" + b"a" * 1_400_000 + b"</t>", False)
