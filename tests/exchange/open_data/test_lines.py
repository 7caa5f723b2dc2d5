"""CSV files of any size: lines, encodings, what can't be read."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.problem import Problem
from outcome_tracker.exchange.open_data import lines
from outcome_tracker.exchange.open_data.lines import CsvFile
from outcome_tracker.exchange.unreadable import Unreadable

Row = tuple[int, tuple[str, ...]]


def read(path: Path, encoding: str = "utf-8-sig") -> tuple[list[Row], list[Problem]]:
    problems: list[Problem] = []
    file = CsvFile(path, encoding)
    found: list[Row] = []
    for chunk in file.chunks(problems.append):
        found += zip(chunk.lines, zip(*chunk.columns, strict=True), strict=True)
    return found, problems


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "file.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("at_once", [1, 2, 3, 500])
def test_rows_keep_their_lines_through_breaks_in_cells_and_blank_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(lines, "AT_ONCE", at_once)
    path = written(tmp_path, '\ufeffa,b\r\n1,2\r\n"x\r\ny",3\r\n\r\n , \r\n4\r\n5,6,\r\n7,8\r\n')
    assert CsvFile(path).heading == ("a", "b")
    assert read(path) == (
        [(2, ("1", "2")), (3, ("x\r\ny", "3")), (7, ("4", "")), (8, ("5", "6")), (9, ("7", "8"))],
        [],
    )


def test_a_row_with_more_cells_than_the_heading_is_refused_and_the_rest_read_on(tmp_path: Path) -> None:
    found, problems = read(written(tmp_path, "a,b\n1,2\nBristol, City of,3\n4,5\n"))
    assert found == [(2, ("1", "2")), (4, ("4", "5"))]
    assert [(p.line, p.message) for p in problems] == [
        (3, "The row has 3 cells but the heading 2; put quotes round a text with commas.")
    ]


def test_a_file_that_breaks_off_in_its_last_line_is_refused(tmp_path: Path) -> None:
    _, problems = read(written(tmp_path, "a,b,c\n1,2,3\n4,5"))
    assert [(p.line, p.message) for p in problems] == [
        (3, "The file breaks off in its last line, after 2 of 3 cells; get all of it again.")
    ]
    for complete in ("a,b,c\n1,2,3\n4,5\n", "a,b,c\n1,2,3\n4,5\r", "a,b,c\n1,2\n4,5,6", "a,b,c\n1,2,3,"):
        assert read(written(tmp_path, complete))[1] == []


def test_bytes_read_are_told_once(tmp_path: Path) -> None:
    told: list[int] = []
    path = written(tmp_path, "a,b\n" + "1,2\n" * 5000)
    file = CsvFile(path, progress=told.append)
    assert told == []
    for _ in (0, 1):
        assert sum(len(chunk.lines) for chunk in file.chunks(lambda _: None, again=sum(told) > 0)) == 5000
    assert sum(told) == path.stat().st_size


@pytest.mark.parametrize(
    ("content", "encoding", "line", "sentence"),
    [
        ("", "utf-8-sig", 1, "The file has no heading row; its first line must name the columns."),
        ("\n\n", "utf-8-sig", 1, "The file has no heading row; its first line must name the columns."),
        ("a;b\n1;2\n", "utf-8-sig", 1, "The columns are separated by semicolons; save the file as CSV UTF-8, with"),
        (b"PK\x03\x04a,b\n", "utf-8-sig", 0, "This is a workbook, not CSV; save the sheet as CSV UTF-8 and import"),
        ("a,b\n1,2\n".encode("utf-16"), "utf-8-sig", 0, "The file holds NUL bytes (it may be UTF-16); save it as CSV"),
        (b"a,b\n1,2\nKingston,\xe9\n", "utf-8-sig", 3, "This line is not UTF-8; save the file as CSV UTF-8, or import"),
        (b"a,b\n1,\x81\n", "cp1252", 2, "This line is not cp1252 either; save the file as CSV UTF-8."),
        (
            "a,b\n1,é\n",
            "cp1252",
            0,
            "The file is UTF-8, and as cp1252 its letters would be wrong; leave out --encoding",
        ),
        ('a,b\n1,2\n"x,4\n5,6\n', "utf-8-sig", 3, "The file is not well-formed CSV: a quotation mark is opened and"),
        ('a,b\n1,2\n3,"x"y\n', "utf-8-sig", 3, "The file is not well-formed CSV: a quotation mark stands inside a"),
    ],
)
def test_what_cannot_be_read_says_where_and_what_to_do(
    tmp_path: Path, content: str | bytes, encoding: str, line: int, sentence: str
) -> None:
    with pytest.raises(Unreadable) as caught:
        read(written(tmp_path, content), encoding)
    assert caught.value.problem.message.startswith(sentence)
    assert caught.value.problem.line == line


def test_cp1252_is_read_where_it_is_offered(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b\n1,é\n".encode("cp1252"))
    assert read(path, "cp1252") == ([(2, ("1", "é"))], [])


def test_a_mistake_far_down_is_found_at_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, b"a,b\n" + b'"1\n0",2\n' * 1500 + b'3,"x"y\n')
    with pytest.raises(Unreadable) as caught:
        read(path)
    assert caught.value.problem.line == 3002


@pytest.mark.parametrize(("name", "sentence"), [("none.csv", "There is no such file."), (".", "This is not a file.")])
def test_what_is_no_file_is_said(tmp_path: Path, name: str, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        CsvFile(tmp_path / name)


@given(st.binary(max_size=200) | st.text(alphabet='a1,;"\r\n\t é\x00', max_size=60).map(str.encode))
def test_no_bytes_make_it_raise_anything_else(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            found, problems = read(path, encoding)
        except Unreadable:
            continue
        assert all(len(row) == len(CsvFile(path, encoding).heading) for _, row in found)
        assert all(line >= 2 for line, _ in found)
        assert all(problem.line >= 2 for problem in problems)
