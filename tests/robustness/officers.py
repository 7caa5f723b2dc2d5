"""Officers who enter figures at once: `python -m tests.robustness.officers FOLDER DATABASE FIRST LAST TIMES`.

Each is a thread with connections of its own; what was acknowledged is printed as JSON, a line an entry.
"""

from __future__ import annotations

import json
import random
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from threading import Barrier, Thread
from time import perf_counter
from typing import TYPE_CHECKING

from outcome_tracker.core.figure import Content
from outcome_tracker.core.period import parse
from outcome_tracker.store.location import locate
from outcome_tracker.store.writer import Conflict
from outcome_tracker.tracker.collect import Clash, Entered, figure_now, record, record_or_clash
from outcome_tracker.tracker.workspace import Workspace

if TYPE_CHECKING:
    from outcome_tracker.core.role import Role
    from outcome_tracker.store.facts import Fact

CODES = ("NO", "PO")
PERIODS = tuple(parse(f"{year} Q{quarter}") for year in ("2018-19", "2019-20") for quarter in (1, 2, 3))


@dataclass(frozen=True)
class Acknowledged:
    """An entry that the program said was saved, how long the save took, and how often somebody else was quicker."""

    who: str
    indicator: str
    period: str
    version: int
    value: str
    seconds: float
    quicker: int


class Timed(Workspace):
    """A workspace that remembers how long its last save took, to the acknowledged commit."""

    __slots__ = ("took",)
    took: float

    def save(self, facts: list[Fact], needs: Role | None = None) -> None:
        assert needs is None
        began = perf_counter()
        super().save(facts)
        object.__setattr__(self, "took", perf_counter() - began)


def officer(number: int, folder: Path, database: str, times: int, start: Barrier, done: list[Acknowledged]) -> None:
    """Enter one figure after the other into a few cells that everybody enters into, half of them over what was seen."""
    chance = random.Random(number)  # noqa: S311 - cells, not secrets
    who = f"officer {number}"
    workspace = Timed(folder, locate(database), who, lambda: datetime(2020, 1, 15, 10, tzinfo=UTC))
    start.wait(60)
    for turn in range(times):
        code, period = chance.choice(CODES), chance.choice(PERIODS)
        content = Content(Decimal(1_000_000 * (number + 1) + turn))  # nobody else's
        quicker = 0
        while True:
            entered = attempt(workspace, code, period.code, content, looking=bool(turn % 2))
            if isinstance(entered, Entered):
                break
            quicker += 1  # as a person does: they look what is there now, and enter again
        assert entered.changed
        version, value = entered.figure.version, str(content.value)
        done.append(Acknowledged(who, code, period.code, version, value, workspace.took, quicker))


def attempt(workspace: Workspace, code: str, period: str, content: Content, *, looking: bool) -> Entered | None:
    """Enter once; None where somebody else was quicker."""
    at = parse(period)
    if looking:
        seen = figure_now(workspace, code, at)
        entered = record_or_clash(workspace, code, at, content, expected=seen.version if seen else 0)
        if isinstance(entered, Clash):
            return None
    else:
        try:
            entered = record(workspace, code, at, content)
        except Conflict:
            return None
    assert isinstance(entered, Entered), entered
    return entered


def main(folder: str, database: str, first: str, last: str, times: str) -> int:
    numbers = range(int(first), int(last) + 1)
    done: list[Acknowledged] = []
    start = Barrier(len(numbers) + 1)
    threads = [
        Thread(target=officer, args=(number, Path(folder), database, int(times), start, done)) for number in numbers
    ]
    for thread in threads:
        thread.start()
    print("ready", flush=True)  # noqa: T201 - whoever started it waits for that
    sys.stdin.readline()
    start.wait(60)
    for thread in threads:
        thread.join()
    for each in done:
        print(json.dumps(asdict(each)))  # noqa: T201 - what it is for
    return 0 if len(done) == len(numbers) * int(times) else 1  # an officer who was told something else has no more


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
