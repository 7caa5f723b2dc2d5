"""Officers who enter at once: nobody's entry is lost, none is told of a lock, and each waits a moment at most."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING

import pytest

from outcome_tracker.store.copying import copy
from outcome_tracker.store.location import Location, locate
from outcome_tracker.store.queries import Reader
from tests.cluster import make_cluster
from tests.robustness.officers import Acknowledged
from tests.robustness.tally import BUDGET
from tests.running import environment

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.robustness.tally import Tally

pytestmark = pytest.mark.robustness
ROOT = Path(__file__).resolve().parents[2]


def at_once(folder: Path, database: str, processes: int, each: int, times: int) -> tuple[list[Acknowledged], list[str]]:
    """Let processes of so many officers enter at once; return what was acknowledged, and what anybody was told."""
    started = []
    for number in range(processes):
        arguments = [str(folder), database, str(number * each), str(number * each + each - 1), str(times)]
        command = [sys.executable, "-m", "tests.robustness.officers", *arguments]
        pipe = subprocess.PIPE
        started.append(
            subprocess.Popen(
                command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, encoding="utf-8", env=environment()
            )
        )
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    ended = [process.communicate(timeout=300) for process in started]
    told = [error for _, error in ended if error]
    return [Acknowledged(**json.loads(line)) for out, _ in ended for line in out.splitlines()], told


def judge(tally: Tally, location: Location, acknowledged: list[Acknowledged], told: list[str], wanted: int) -> None:
    tally.points, tally.acknowledged = wanted, len(acknowledged)
    for error in told:
        tally.found("stuck", error)
    if len(acknowledged) != wanted:
        tally.found("stuck", f"{wanted - len(acknowledged)} entries were never made")
    with Reader.open(location) as reader:
        found = {
            (each.indicator, each.period.code, each.version): (each.stamp.who, str(each.content.value))
            for code in ("NO", "PO")
            for each in reader.figure_versions(code)
        }
    for each in acknowledged:
        if found.get((each.indicator, each.period, each.version)) != (each.who, each.value):
            tally.found("lost", str(each))
    versions: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for indicator, period, version in found:
        versions[indicator, period].append(version)
    for cell, numbers in versions.items():
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            tally.found("half", f"the versions of {cell} are {sorted(numbers)}")
    if len(found) != len(acknowledged):
        tally.found("half", f"{len(found)} are there, {len(acknowledged)} were acknowledged")
    seconds = [each.seconds for each in acknowledged]
    p95 = quantiles(seconds, n=20)[-1]
    quicker = sum(each.quicker for each in acknowledged)
    tally.experiment += (
        f", commit p95 {1000 * p95:.0f} ms, longest {1000 * max(seconds):.0f} ms, {quicker} told to look"
    )
    tally.end()


def test_four_officers_on_one_file(small: Path, tally: Callable[..., Tally]) -> None:
    counted = tally("4 officers at once on SQLite")
    times = 60 * BUDGET
    location = locate(small / "data" / "tracker.db")
    judge(counted, location, *at_once(small, location.shown, 4, 1, times), 4 * times)


@pytest.mark.postgresql
def test_twenty_officers_on_a_server(small: Path, tally: Callable[..., Tally]) -> None:
    """The server keeps what it acknowledges on the disk, as one for figures that count does."""
    counted = tally("20 officers at once on PostgreSQL")
    times = 15 * BUDGET
    with tempfile.TemporaryDirectory(prefix="tracker-") as folder:
        server = make_cluster(Path(folder), durable=True)
        try:
            location = server.location(server.create())
            copy(locate(small / "data" / "tracker.db"), location)
            judge(counted, location, *at_once(small, location.address, 4, 5, times), 20 * times)
            assert "deadlock" not in server.log
        finally:
            server.stop()
