"""Several people at work on one database at once: at the end it holds what each was told is saved, and nothing else."""

import json
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from outcome_tracker.store.connection import connect
from outcome_tracker.store.location import Location, locate
from tests.cluster import BOTH
from tests.robustness.sound import database
from tests.robustness.tally import BUDGET, Tally
from tests.robustness.workspaces import scratch
from tests.running import environment, run

pytestmark = pytest.mark.robustness

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = 4
# What each table says, so that an entry is found by its key and its tag.
FOUND = {
    "figure": "SELECT indicator, period, version, note FROM figure",
    "commentary": "SELECT subject, period, version, text FROM commentary",
    "milestone_report": "SELECT milestone, '', version, reason FROM milestone_report",
}
Log = list[dict[str, object]]


@dataclass(frozen=True)
class Place:
    """A workspace and its database, and how many things each person does there."""

    engine: str
    folder: Path
    location: Location
    operations: int


@pytest.fixture(params=BOTH)
def place(request: pytest.FixtureRequest, small: Path) -> Iterator[Place]:
    """A database with the plan of `small`, of each engine; a file lies in memory, so that the locks are what counts."""
    with scratch() as memory:
        folder = Path(shutil.copytree(small, memory / "workspace"))
        if request.param == "sqlite":
            yield Place("SQLite", folder, locate(database(folder)), 500 * BUDGET)
            return
        location: Location = request.getfixturevalue("tables")
        applied = run(folder, "--database", location.address, "targets", "apply")
        assert applied.code == 0, applied.err
        yield Place("PostgreSQL", folder, location, 250 * BUDGET)


def work(folder: Path, address: str, place: Path, operations: int) -> list[Log]:
    """Let people work at once, each in a process of their own, and return what they wrote down."""
    logs = [place / f"person{n}.log" for n in range(PEOPLE)]
    with ExitStack() as stack:
        people = [
            stack.enter_context(
                subprocess.Popen(
                    [
                        *[sys.executable, "-m", "tests.robustness.together", log.stem],
                        *[str(operations), str(folder), address, str(log)],
                    ],
                    cwd=ROOT,
                    env=environment(),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for log in logs
        ]
        for person in people:
            assert person.stdout is not None
            assert person.stdout.readline() == "ready\n"
        for person in people:
            assert person.stdin is not None
            person.stdin.write("begin\n")
            person.stdin.close()
        assert [person.wait(600) for person in people] == [0] * PEOPLE
    return [[json.loads(line) for line in log.read_text("utf-8").splitlines()] for log in logs]


def compare(location: Location, logs: list[Log], tally: Tally) -> None:
    """Hold the database to the logs: each acknowledged entry once, under its version; versions without a gap."""
    found = held_by_tag(location, tally)
    for done in (done for log in logs for done in log):
        tally.points += 1
        keys = done.get("keys", [])
        assert isinstance(keys, list)
        tally.acknowledged += bool(keys)
        if "wrong" in done:
            tally.found("stuck", json.dumps(done))
        if "backward" in done:
            tally.found("lost", json.dumps(done))
        for key in keys:
            there = found.pop((str(done["table"]), key, str(done["tag"])), [])
            if not there or done.get("version", there[0]) not in there:
                tally.found("lost", f"{json.dumps(done)}: {there}")
            elif len(there) > 1:
                tally.found("half", f"{json.dumps(done)} is there {len(there)} times")
    for left, numbers in found.items():
        tally.found("half", f"nobody was told that it is saved: {left}: {numbers}")


def held_by_tag(location: Location, tally: Tally) -> dict[tuple[str, str, str], list[int]]:
    """Return the versions of every entry by table, key and tag; each key's versions have no gap."""
    found: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
    versions: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    with connect(location) as opened:
        for table, sql in FOUND.items():
            for first, second, version, tag in opened.rows(sql):
                key = f"{first} {second}".strip()
                found[table, key, tag].append(version)
                versions[table, key].append(version)
    for each, numbers in versions.items():
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            tally.found("half", f"{each}: versions {sorted(numbers)}")
    return found


def test_people_who_work_at_once_lose_nothing(place: Place, tmp_path: Path, tally: Callable[..., Tally]) -> None:
    counting = tally(f"{PEOPLE} people at once on {place.engine}")
    logs = work(place.folder, place.location.address or place.location.shown, tmp_path, place.operations)
    compare(place.location, logs, counting)
    refused = [done["refused"] for log in logs for done in log if "refused" in done]
    assert counting.points == PEOPLE * place.operations
    assert len(refused) < counting.points / 10, refused[:5]
    counting.end()


def test_what_is_lost_or_half_there_would_be_noticed(small: Path, tmp_path: Path, tally: Callable[..., Tally]) -> None:
    """Two entries of one import are taken away behind the program's back, and the log of another is."""
    location = locate(database(small))
    logs = work(small, location.shown, tmp_path, 20)
    counting = tally(f"{PEOPLE} people at once, some rows taken away", careless=True)
    with connect(location, write=True) as opened:
        opened.run("DROP TRIGGER figure_no_delete")
        opened.run("DELETE FROM figure WHERE version = 2")
    forgotten = next(done for done in logs[0] if "version" in done)
    logs[0].remove(forgotten)
    compare(location, logs, counting)
    assert counting.lost
    assert counting.half
    counting.end()
