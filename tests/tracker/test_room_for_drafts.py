"""Where libraries can draft nothing, people read why; where they fail otherwise, it stays a defect."""

import subprocess
import sys

import pytest

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.tracker.room_for_drafts import drafted

# Openpyxl drafts each sheet in a file of its own, and loses the error.
LIMITED = """
import resource
from datetime import date
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.report import Report
from outcome_tracker.tracker.publishing import rendered
report = Report("A plan", "Quarter 1", "Testshire", (("Period", "Quarter 1"),), (), day=date(2020, 1, 15))
assert rendered(report, "xlsx").startswith(b"PK")
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
try:
    rendered(report, "xlsx")
except Unavailable as unavailable:
    print(unavailable)
"""


def test_what_is_made_is_returned() -> None:
    assert drafted(lambda: "made") == "made"


def test_a_failure_while_there_is_room_stays_what_it_is() -> None:
    def make() -> str:
        raise ValueError("a defect")

    with pytest.raises(ValueError, match="a defect"):
        drafted(make)


def test_a_sentence_stays_what_it_is() -> None:
    def make() -> str:
        raise Unavailable("The library is missing.", "Install it.")

    with pytest.raises(Unavailable, match="The library is missing"):
        drafted(make)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
@pytest.mark.parametrize("limit", [0, 512])
def test_a_workbook_that_cannot_be_drafted_is_a_sentence(limit: int) -> None:
    command = [sys.executable, "-c", LIMITED.format(limit=limit)]
    ran = subprocess.run(command, check=False, capture_output=True, text=True)
    assert ran.stderr == ""
    assert ran.stdout.startswith("The folder for temporary files, ")
    assert ", cannot be written: File too large." in ran.stdout
    assert "TMPDIR" in ran.stdout
