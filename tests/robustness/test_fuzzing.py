"""Whatever is put in, a file or a text: a sentence or a figure, in little time and memory, and nothing half applied."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.robustness.fuzzing import KINDS
from tests.robustness.tally import BUDGET, Tally

# How many of each are tried, about a quarter of a minute's work each.
EXAMPLES = {"csv": 900, "workbook": 800, "return": 300, "typed": 1_200, "plan": 600}
FEW = 12  # every day, so that the experiment itself works


def fuzzed(folder: Path, kind: str, examples: int) -> dict[str, float]:
    """Try a kind in a process of its own; what is wrong fails the test with the smallest example that does it."""
    folder.mkdir()
    command = [sys.executable, "-m", "tests.robustness.fuzzing", kind, str(examples), str(folder)]
    ran = subprocess.run(command, check=False, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert ran.returncode == 0, ran.stderr[-6_000:]
    return dict(json.loads(ran.stdout))


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells, and bounds, the memory of a process")


@pytest.mark.robustness
@pytest.mark.parametrize("kind", KINDS)
def test_no_file_and_no_text_does_harm(tmp_path: Path, tally: Callable[..., Tally], kind: str) -> None:
    counted = tally(f"made-up {kind}")
    found = fuzzed(tmp_path / "workspace", kind, EXAMPLES[kind] * BUDGET)
    counted.points = int(found["refused"] + found["taken"])
    counted.acknowledged = int(found["taken"])
    assert counted.acknowledged > counted.points / 50, "next to nothing was taken, so nothing of that was tried"
    counted.end()


def test_the_experiment_works(tmp_path: Path) -> None:
    found = fuzzed(tmp_path / "workspace", "plan", FEW)
    assert found["refused"] + found["taken"] == 2 * FEW
