"""Files spoilt at random are read or refused, and nothing else happens."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcome_tracker.exchange.csv_in import FIGURES, Table
from outcome_tracker.exchange.table_in import read_table
from tests.exchange.workbooks import SHEET, parts, shared, styles, zipped

pytestmark = pytest.mark.robustness  # beside the files that are made up there

CSV = (
    'Indicator,Period,Value,Note\nPC,2019-20 Q1,"1,204","two\nlines"\nMO,2019-04,x,caf\u00e9\n'
    "NO;2019-20 Q2;[c];'=1+1\n\n,,,\n"
)
ROWS = (
    '<row r="1" spans="1:4"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>PC</t></is></c><c r="B2" s="2"><v>43555</v></c>'
    '<c r="C2" s="1"><f>1+1</f><v>0.162</v></c><c r="D2" t="e"><v>#REF!</v></c></row>'
    '<row r="3"><c r="A3" s="1"/><c r="B3" t="b"><v>1</v></c><c r="C3"><v>1.5E-3</v></c></row>'
)
AFTER = '<mergeCells count="1"><mergeCell ref="A3:B3"/></mergeCells>'
PARTS = parts(ROWS, AFTER, styles=styles(10, 14), shared=shared("<t>Indicator</t>", "<t>Period</t>", "<t>Value</t>"))
# What may go wrong with bytes: a place (a share of the length), how many go, and what comes instead.
PIECES = st.one_of(
    st.binary(max_size=8),
    st.sampled_from(
        [b"<", b">", b"/>", b'"', b"&#0;", b"&x;", b"\0", b",", b'""', b"\n", b"-1", b"9" * 30, b"PK\x01\x02"]
    ),
)
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), PIECES), min_size=1, max_size=6)
Edits = list[tuple[float, int, bytes]]


def made_by_openpyxl() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Indicator", "Period", "Value"], ["PC", "2019-20 Q1", 0.162], ["MO", "2019-04", "=1+1"]):
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


WORKBOOKS = (zipped(PARTS), zipped(PARTS, zipfile.ZIP_STORED), made_by_openpyxl())


def spoilt(data: bytes, edits: Edits) -> bytes:
    for share, gone, instead in edits:
        place = int(share * len(data))
        data = data[:place] + instead + data[place + gone :]
    return data


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], Table]:
    path = Path(tmp_path_factory.mktemp("spoilt")) / "figures"

    def read(data: bytes) -> Table:
        path.write_bytes(data)
        table = read_table(path, FIGURES)
        assert all(problem.message and problem.path for problem in table.problems)
        assert all(set(row.cells) <= set(FIGURES.every) for row in table.rows)
        return table

    return read


def test_what_is_spoilt_is_good_before(reading: Callable[[bytes], Table]) -> None:
    assert [row.line for row in reading(CSV.encode()).rows] == [2, 4, 5]
    found = [[str(problem).partition(": ")[2][:8] for problem in reading(data).problems] for data in WORKBOOKS]
    assert found == [["Data!A3:", "Data!A3:"], ["Data!A3:", "Data!A3:"], ["Sheet!C3"]]


@settings(max_examples=300)
@given(edits=EDITS, encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]))
def test_spoilt_csv(reading: Callable[[bytes], Table], edits: Edits, encoding: str) -> None:
    reading(spoilt(CSV.encode(encoding), edits))


@settings(max_examples=300)
@given(edits=EDITS, data=st.sampled_from(WORKBOOKS))
def test_spoilt_workbooks(reading: Callable[[bytes], Table], edits: Edits, data: bytes) -> None:
    reading(spoilt(data, edits))


@settings(max_examples=300)
@given(edits=EDITS, part=st.sampled_from([SHEET, SHEET, *PARTS]))
def test_spoilt_parts_of_a_workbook(reading: Callable[[bytes], Table], edits: Edits, part: str) -> None:
    reading(zipped({**PARTS, part: spoilt(PARTS[part].encode(), edits)}, zipfile.ZIP_STORED))


@settings(max_examples=200)
@given(data=st.binary(max_size=200))
def test_any_bytes(reading: Callable[[bytes], Table], data: bytes) -> None:
    reading(data)
    reading(b"PK\x03\x04" + data)
    reading(b"\xd0\xcf\x11\xe0" + data)
