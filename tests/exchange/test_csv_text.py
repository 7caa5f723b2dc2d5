"""CSV in the encodings and with the separators that programs save."""

import codecs
from pathlib import Path

import pytest

from outcome_tracker.exchange.csv_in import Columns
from outcome_tracker.exchange.csv_text import CsvText, wide
from outcome_tracker.exchange.unreadable import Unreadable

COLUMNS = Columns(("code", "period"), ("value", "text"))
TEXT = "code,period,text\nA,Q1,caf\u00e9 \U0001f600\n"


def opened(folder: Path, data: str | bytes, encoding: str = "utf-8-sig") -> CsvText:
    path = folder / "file.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return CsvText(path, COLUMNS, encoding)


def refusal(folder: Path, data: str | bytes, encoding: str = "utf-8-sig") -> tuple[int, str]:
    with pytest.raises(Unreadable) as raised:
        list(opened(folder, data, encoding).lines())
    return raised.value.problem.line, raised.value.problem.message


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
    ],
)
def test_unicode_is_read_with_a_mark_or_where_it_can_be_nothing_else(tmp_path: Path, data: bytes) -> None:
    assert list(opened(tmp_path, data).lines()) == [
        (1, ["code", "period", "text"]),
        (2, ["A", "Q1", "caf\u00e9 \U0001f600"]),
    ]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"a\0b\0", "utf-16-le"),
        (b"\0a\0b", "utf-16-be"),
        (b"a\0b", ""),
        (b"abcd", ""),
        (b"a\0b\0cdefgh", ""),
        (b"\0\0\0\0", ""),
        (("\u6f22\u5b57" * 20).encode("utf-16-le") + b"a\0", ""),
    ],
)
def test_utf_16_is_told_by_its_nul_bytes_only_where_nearly_all_are_in_one_place(data: bytes, kind: str) -> None:
    assert wide(data) == kind


@pytest.mark.parametrize(
    ("data", "encoding", "line", "sentence"),
    [
        (b"code,period\nA,\0Q1\n", "utf-8-sig", 0, "The file holds NUL bytes (it may be UTF-16); save it as CSV"),
        (TEXT.encode("utf-32"), "utf-8-sig", 0, "The file holds NUL bytes"),
        (TEXT.encode("utf-16"), "cp1252", 0, "The file is UTF-16, not cp1252; leave out --encoding."),
        (TEXT.encode("utf-16")[:-1], "utf-8-sig", 0, "The file holds NUL bytes"),
        (b"\n\n<html><table>", "utf-8-sig", 0, "This is a web page or XML, whatever its name ends in; open it in a"),
        (b"%PDF-1.7", "utf-8-sig", 0, "This is a PDF; a table in it must be copied into a spreadsheet, checked, and"),
        (b"{\\rtf1", "utf-8-sig", 0, "This is a text document; copy its table into a spreadsheet, and save it as"),
        (b'code,period\nA,"Q1\nB,Q2\n', "utf-8-sig", 2, "The file is not well-formed CSV: a quotation mark is opened"),
        ("code,period\n" + "," * 100_001, "utf-8-sig", 2, "The row has more than 100,000 cells; that is no table."),
    ],
)
def test_what_cannot_be_read_says_what_to_do(
    tmp_path: Path, data: str | bytes, encoding: str, line: int, sentence: str
) -> None:
    found_line, message = refusal(tmp_path, data, encoding)
    assert (found_line, message[: len(sentence)]) == (line, sentence)


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("code,period\nA;B,Q1\n", ","),
        ("code;period\nA,B;Q1\n", ";"),
        ("Code\tPeriod\n", "\t"),
        ("A return; of 2019, in May\n\ncode;period;value\n", ";"),
        ('"code","period"\n', ","),
        ('"code";"period"\n', ";"),
        ("code\n", ","),
        ("code;value\n", ";"),
        ("", ","),
        ("code,value;period\n", ","),
    ],
)
def test_the_separator_is_the_one_that_makes_a_heading(tmp_path: Path, text: str, separator: str) -> None:
    assert opened(tmp_path, text).separator == separator
