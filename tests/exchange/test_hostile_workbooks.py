"""Workbooks made to exhaust whoever opens them: each is read or refused in little memory and little time.

Each is opened by a process of its own that may have no more than 300 MB beyond what starting took, and says how much
it had. `make robustness` runs them at full size.
"""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.exchange.workbooks import SHEET, book, links, parts, saved, shared, sheet, zipped

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells, and bounds, the memory of a process")

MEGABYTE = 1 << 20
MOST_MEMORY, MOST_SECONDS = 300, 20  # a busy machine takes several times as long as one at rest
READ = """
import json, re, resource, sys, time
from pathlib import Path
from outcome_tracker.exchange.unreadable import Unreadable
from outcome_tracker.exchange.workbook_in import Workbook
limit = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
began = time.process_time()
try:
    workbook = Workbook(Path(sys.argv[1]))
    said = sum(len(row) for listed in workbook.sheets for row in workbook.read(listed).rows)
except Unreadable as unreadable:
    said = unreadable.problem.message
# Not getrusage, in which a process begins with the memory of the one that started it.
peak = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
print(json.dumps([said, peak, time.process_time() - began]))
"""
TOO_LARGE = (
    "The workbook unpacks to far more than a table of figures needs; copy the table into a new workbook and save that."
)
HOSTILE = "The workbook holds declarations that no spreadsheet program writes"
DAMAGED = "The workbook is damaged or was cut off"
LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)


def bomb(size: int) -> dict[str, str | bytes]:
    return {**parts(), SHEET: sheet(" " * size)}


def blank_rows(count: int) -> dict[str, str | bytes]:
    blank = "".join(
        f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/><c r="B{n}" s="1"/><c r="C{n}" s="1"/></row>'
        for n in range(2, count + 1)
    )
    return {**parts('<row r="1"><c r="A1"><v>1</v></c></row>' + blank)}


def blank_rows_without_places(count: int) -> dict[str, str | bytes]:
    return {**parts("<row><c s='1'/><c s='1'/></row>" * count)}


def shared_text(size: int, cells: int) -> dict[str, str | bytes]:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, cells + 1))
    return {**parts(rows, shared=shared(f"<t>{'é' * size}</t>"))}


def many_texts(count: int, size: int) -> dict[str, str | bytes]:
    smiles = "\U0001f600" * size  # which take four bytes a letter
    return {**parts(shared=shared(*(f"<t>{n}{smiles}</t>" for n in range(count))))}


def many_cells(count: int) -> dict[str, str | bytes]:
    return {**parts("".join(f'<row r="{n}"><c r="A{n}"><v>{n}.5</v></c></row>' for n in range(1, count + 1)))}


def far_cells(_: int) -> dict[str, str | bytes]:
    made = parts('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>')
    return {**made, SHEET: made[SHEET].replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')}


def long_tag(size: int) -> dict[str, str | bytes]:
    return {**parts(), SHEET: f"<a {'b' * size}='c'/>"}


def deep(depth: int) -> dict[str, str | bytes]:
    return {**parts(), SHEET: "<a>" * depth}


def many_sheets(count: int) -> dict[str, str | bytes]:
    made = parts("<row><c><v>1</v></c></row>" * 20_000, book=book(*(f'name="S{n}"' for n in range(count))))
    return {**made, "xl/_rels/workbook.xml.rels": links(*[("worksheet", "worksheets/sheet1.xml")] * count)}


def packed(folder: Path, make: Callable[[int], dict[str, str | bytes]], size: int) -> Path:
    """Save one, unpacked where what is tested is no matter of how tightly it is packed."""
    return saved(folder, zipped(make(size), zipfile.ZIP_STORED if make in {long_tag, deep} else zipfile.ZIP_DEFLATED))


def opened(path: Path) -> tuple[int | str, float, float]:
    """Read a workbook in a process of its own: what it found or said, its memory in MB, its seconds."""
    limit = (MOST_MEMORY + 60) * MEGABYTE  # addresses, of which the libraries themselves take some
    command = [sys.executable, "-c", READ, str(path), str(limit)]
    ran = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    said, memory, seconds = json.loads(ran.stdout)
    return said, memory, seconds


def check(path: Path, said: int | str) -> None:
    found, memory, seconds = opened(path)
    assert found == said if isinstance(said, int) else str(found).startswith(said)
    assert memory < MOST_MEMORY
    assert seconds < MOST_SECONDS


@pytest.mark.parametrize(
    ("make", "size", "said"),
    [
        (bomb, 3_000_000, TOO_LARGE),
        (blank_rows, 20_000, 1),
        (far_cells, 0, 2),
        (long_tag, 6_000_000, HOSTILE),
        (deep, 100_000, HOSTILE),
        (many_cells, 20_000, 20_000),
    ],
)
def test_a_small_one_of_each_is_read_or_refused(
    tmp_path: Path, make: Callable[[int], dict[str, str | bytes]], size: int, said: int | str
) -> None:
    check(packed(tmp_path, make, size), said)


@pytest.mark.robustness
@pytest.mark.parametrize(
    ("make", "size", "said"),
    [
        (bomb, 300_000_000, TOO_LARGE),
        (blank_rows, 1_048_576, 1),
        (blank_rows_without_places, 1_048_576, TOO_LARGE),
        (lambda cells: shared_text(30_000, cells), 400_000, TOO_LARGE),
        (lambda cells: shared_text(40, cells), 390_000, 390_000),
        (lambda count: many_texts(count, 1), 1_000_000, TOO_LARGE),
        (lambda count: many_texts(count, 30_000), 800, TOO_LARGE),
        (many_cells, 399_000, 399_000),
        (many_cells, 1_000_000, TOO_LARGE),
        (long_tag, 40_000_000, HOSTILE),
        (deep, 15_000_000, HOSTILE),
        (many_sheets, 900, TOO_LARGE),
        (lambda _: {**parts(), SHEET: f"{LAUGHS}]><a>&j;</a>"}, 0, HOSTILE),
    ],
)
def test_a_large_one_of_each_is_read_or_refused(
    tmp_path: Path, make: Callable[[int], dict[str, str | bytes]], size: int, said: int | str
) -> None:
    check(packed(tmp_path, make, size), said)


@pytest.mark.robustness
def test_a_table_of_contents_without_end_is_refused(tmp_path: Path) -> None:
    check(saved(tmp_path, zipped(dict.fromkeys((f"{n}" for n in range(60_000)), ""), zipfile.ZIP_STORED)), TOO_LARGE)


@pytest.mark.robustness
def test_an_archive_that_says_it_is_small_is_not_believed(tmp_path: Path) -> None:
    data = bytearray(zipped(bomb(300_000_000)))
    entry = data.rfind(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (1_000).to_bytes(4, "little")
    check(saved(tmp_path, bytes(data)), DAMAGED)
