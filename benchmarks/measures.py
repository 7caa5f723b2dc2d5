"""What is measured, against which peer, and the ratio we hold ourselves to."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from benchmarks import sample
from benchmarks.terminal import first_paint
from outcome_tracker.plan_files.reader import read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

BIN = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Measure:
    """Seconds that ours and the peer took (medians), and the ratio that is the goal."""

    ours: float
    peer: str
    theirs: float
    goal: float

    @property
    def ratio(self) -> float:
        """Ours over theirs."""
        return self.ours / self.theirs


def _program(name: str) -> str:
    found = shutil.which(name, path=f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}")
    if not found:
        raise FileNotFoundError(f"{name} is not installed")
    return found


def _process(command: Sequence[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


def _in_turn(runs: int, ours: Callable[[], float], theirs: Callable[[], float]) -> tuple[float, float]:
    """Measure both in alternation, after one unmeasured run each, and return the medians."""
    ours()
    theirs()
    pairs = [(ours(), theirs()) for _ in range(runs)]
    return statistics.median(p[0] for p in pairs), statistics.median(p[1] for p in pairs)


def _against_sqlite_utils(runs: int, goal: float, *arguments: str) -> Measure:
    tracker, peer = _program("outcome-tracker"), _program("sqlite-utils")
    ours, theirs = _in_turn(runs, lambda: _process([tracker, *arguments]), lambda: _process([peer, "--version"]))
    return Measure(ours, "sqlite-utils --version", theirs, goal)


def version(_: Path, runs: int) -> Measure:
    """`outcome-tracker --version` as a whole process."""
    return _against_sqlite_utils(runs, 0.5, "--version")


def summary(folder: Path, runs: int) -> Measure:
    """`summary` of 400 indicators × 40 quarters as a whole process."""
    sample.make(folder)
    return _against_sqlite_utils(runs, 0.75, "--workspace", str(folder), "summary")


def check(folder: Path, runs: int) -> Measure:
    """Checking 400 indicators' plan files, against PyYAML's C parser that loads the same bytes and checks nothing."""
    sample.make(folder)
    targets = folder / "targets"

    def ours() -> float:
        started = time.perf_counter()
        read(targets)
        return time.perf_counter() - started

    def theirs() -> float:
        started = time.perf_counter()
        for path in targets.glob("*.yaml"):
            yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        return time.perf_counter() - started

    mine, parsing = _in_turn(runs, ours, theirs)
    return Measure(mine, "PyYAML loading alone", parsing, 1.5)


_ONE_LABEL = """\
from textual.app import App
from textual.widgets import Label
class One(App):
    def compose(self):
        yield Label("ready now")
One().run()
"""


def paint(folder: Path, runs: int) -> Measure:
    """The first screen with figures, 400 indicators, against a Textual app of one label."""
    sample.make(folder)
    tracker = _program("outcome-tracker")
    ours, theirs = _in_turn(
        runs,
        lambda: first_paint([tracker, "--workspace", str(folder)], "Green – "),
        lambda: first_paint([sys.executable, "-c", _ONE_LABEL], "ready now"),
    )
    return Measure(ours, "one-label Textual app", theirs, 1.6)


MEASURES: dict[str, Callable[[Path, int], Measure]] = {
    "version": version,
    "summary": summary,
    "check": check,
    "paint": paint,
}
