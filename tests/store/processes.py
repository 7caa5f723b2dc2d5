"""Other processes for the tests: `python -m tests.store.processes victims|torn|counting DATABASE …`."""

import os
import signal
import sqlite3
import sys
from decimal import Decimal

from outcome_tracker.core.figure import Content, Figure
from outcome_tracker.store.location import Location, locate
from outcome_tracker.store.queries import Reader
from outcome_tracker.store.writer import Conflict, Writer
from tests.store.examples import QUARTER, stamp

TOGETHER = 40  # figures that are saved at once


def tell(line: object) -> None:
    os.write(1, f"{line}\n".encode())


def together(version: int) -> list[Figure]:
    content = Content(Decimal(version), note="n" * 200)
    return [Figure(f"SAFE-{n:02}", QUARTER, version, content, stamp()) for n in range(TOGETHER)]


def version_of(location: Location, indicator: str) -> int:
    with Reader.open(location) as reader:
        found = reader.latest_figure(indicator, QUARTER)
    return found.version if found else 0


def victims(location: Location) -> None:
    """For every line on stdin start a process that saves until it is killed, and says what was saved."""
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            tell(f"pid {os.getpid()}")
            writer = Writer(location)
            version = version_of(location, "SAFE-00")
            while True:
                version += 1
                writer.save([*together(version)])
                tell(version)
        os.waitpid(child, 0)
        tell("gone")


def torn(location: Location) -> None:
    """Die in a transaction of which a part is in the file already."""
    raw = sqlite3.connect(location.file, isolation_level=None)
    raw.execute("PRAGMA cache_size = 5")
    raw.execute("BEGIN IMMEDIATE")
    for version in range(2, 2000):
        raw.execute(
            "INSERT INTO commentary "
            "SELECT who, at, known, why, subject, period, section, ?, author, text, source FROM commentary "
            "WHERE version = 1",
            [version],
        )
    os.kill(os.getpid(), signal.SIGKILL)


def counting(location: Location, who: str, times: int) -> None:
    """Save the next version of a figure that others save too, and of one that they don't, and say which."""
    writer = Writer(location)
    done = 0
    while done < times:
        version = version_of(location, "SAFE-01") + 1
        content = Content(Decimal(version))
        shared = Figure("SAFE-01", QUARTER, version, content, stamp(who=who))
        own = Figure(who, QUARTER, done + 1, content, stamp(who=who))
        try:
            writer.save([shared, own])
        except Conflict as conflict:
            if conflict.facts != (shared,):
                raise
            continue
        done += 1
        tell(version)


def main(mode: str, path: str, *more: str) -> None:
    location = locate(path)
    match mode:
        case "victims":
            victims(location)
        case "torn":
            torn(location)
        case "counting":
            counting(location, more[0], int(more[1]))
        case _:
            sys.exit(f"no mode {mode}")


if __name__ == "__main__":
    main(*sys.argv[1:])
