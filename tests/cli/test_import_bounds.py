"""Imports stay within 300 MB and a few seconds, whatever a file holds; measured in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.exchange.workbooks import parts, zipped
from tests.running import environment

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells, and bounds, the memory of a process")

MOST_MEMORY, MOST_SECONDS = 300, 60  # of processing; a busy machine takes several times as long as one at rest
RUN = """
import contextlib, io, json, re, resource, sys, time
from pathlib import Path
from outcome_tracker.__main__ import main
limit = 600 << 20  # of addresses, of which the libraries themselves take some
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
said = io.StringIO()
with contextlib.redirect_stderr(said):
    code = main(["--workspace", sys.argv[1], "import", "figures", sys.argv[2], "--dry-run"])
# Not getrusage, in which a process begins with the memory of the one that started it.
peak = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
print(json.dumps([code, said.getvalue()[-400:], peak, time.process_time()]))
"""
HEADING = b"indicator,period,value\n"
SMILE = "\U0001f600".encode()  # which makes every letter of a text take four bytes


def full_csv() -> bytes:
    """As many rows as a table may have, several of them for the same figure."""
    lines = (f"PC,{1901 + n // 4 % 118}-{(2 + n // 4 % 118) % 100:02} Q{n % 4 + 1},{n % 100}\n" for n in range(99_000))
    return HEADING + "".join(lines).encode()


def full_workbook() -> bytes:
    names = "".join(
        f'<c r="{c}1" t="str"><v>{h}</v></c>' for c, h in zip("ABC", ("indicator", "period", "value"), strict=True)
    )
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="str"><v>NO</v></c><c r="B{n}" t="str"><v>2019-20 Q1</v></c>'
        f'<c r="C{n}"><v>{n}.5</v></c></row>'
        for n in range(2, 99_000)
    )
    return zipped(parts(f'<row r="1">{names}</row>{rows}'))


@pytest.mark.robustness
@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (full_csv, "Nothing was imported: "),
        (full_workbook, "Nothing was imported: "),
        (lambda: HEADING + b"a,b\n" * 7_500_000, "Nothing was imported: 100,002 problems"),
        (lambda: HEADING + b"\n" * 31_000_000, "The file has more than 2,000,000 lines; delete those below the table."),
        (lambda: HEADING + b",,\n" * 1_048_576, ""),
        (lambda: HEADING + b"a,b," * 7_000_000, "The row has more than 100,000 cells; that is no table."),
        (lambda: HEADING + b'"' + b"a\n" * 15_000_000, "one cell holds more than 131,072 characters; shorten it."),
        (lambda: HEADING + SMILE * 7_000_000, "one cell holds more than 131,072 characters; shorten it."),
        (lambda: HEADING + b"x" * 40_000_000, "The file is larger than 32 MB; split it."),
        (lambda: HEADING + b"XX,1,zz\n" * 99_000, "Nothing was imported: 198,000 problems"),
        (lambda: (HEADING.decode() + "PC,2019-20 Q1,5\n" * 90_000 + "\U0001f600" * 9).encode("utf-16"), "problems in"),
    ],
)
def test_an_import_stays_within_its_bounds(small: Path, make: Callable[[], bytes], sentence: str) -> None:
    (small / "file").write_bytes(make())
    command = [sys.executable, "-c", RUN, str(small), str(small / "file")]
    ran = subprocess.run(command, check=False, capture_output=True, text=True, env=environment(), timeout=600)
    assert ran.returncode == 0, ran.stderr
    code, said, memory, seconds = json.loads(ran.stdout.splitlines()[-1])
    assert sentence in said
    assert code == (1 if sentence else 0)
    assert memory < MOST_MEMORY
    assert seconds < MOST_SECONDS
