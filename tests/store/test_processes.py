"""Several processes on one database, and processes that are killed: what was acknowledged is never lost."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from outcome_tracker.core.commentary import Commentary
from outcome_tracker.store.connection import connect
from outcome_tracker.store.location import Location
from outcome_tracker.store.queries import Reader
from outcome_tracker.store.writer import Writer
from tests.store.examples import QUARTER, stamp
from tests.store.processes import TOGETHER

ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither fork nor SIGKILL")


def start(mode: str, location: Location, *more: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.store.processes", mode, location.address or location.shown, *more]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")


def count_together(location: Location, writers: int, times: int) -> None:
    """Let processes save versions of one figure at once; all succeed, and none overwrites another's."""
    processes = [start("counting", location, f"W-{n}", str(times)) for n in range(writers)]
    saved = [[int(line) for line in process.communicate()[0].split()] for process in processes]
    assert [process.returncode for process in processes] == [0] * writers
    assert [len(versions) for versions in saved] == [times] * writers
    everything = sorted(version for versions in saved for version in versions)
    assert everything == list(range(1, writers * times + 1))
    with Reader.open(location) as reader:
        assert [each.version for each in reader.figure_versions("SAFE-01")] == everything
        for number, versions in enumerate(saved):
            assert [each.content.value for each in reader.figure_versions(f"W-{number}")] == versions


def test_two_that_save_at_once_both_succeed(location: Location) -> None:
    count_together(location, writers=2, times=40)


def kill_often(location: Location, times: int, seed: int) -> None:
    """Kill a process at random moments of its saves, again and again."""
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    saving = start("victims", location)
    assert saving.stdin is not None
    assert saving.stdout is not None
    recovered = 0
    for _ in range(times):
        print("start", file=saving.stdin, flush=True)
        victim = int(saving.stdout.readline().removeprefix("pid "))
        acknowledged = int(saving.stdout.readline())
        time.sleep(chance.uniform(0, 0.04))
        os.kill(victim, signal.SIGKILL)
        while (line := saving.stdout.readline()) != "gone\n":
            acknowledged = int(line)
        recovered += location.file.with_name("tracker.db-journal").exists()
        with Reader.open(location) as reader:
            found = reader.figures()
            versions = {each.version for each in found}
            # One more may have been committed whose acknowledgement died with the process; never a part of one.
            assert versions in ({acknowledged}, {acknowledged + 1})
            assert len(found) == TOGETHER
            assert len(reader.figure_versions("SAFE-07")) == versions.pop()
    saving.stdin.close()
    assert saving.wait() == 0
    saving.stdout.close()
    with connect(location) as opened:
        assert opened.rows("PRAGMA integrity_check") == [("ok",)]
    assert recovered > times / 10, "the kills missed the saves, so this proved little"


@pytest.mark.robustness
@posix
def test_killing_a_writer_loses_nothing_that_was_acknowledged(file: Location) -> None:
    kill_often(file, times=25, seed=2019)


@posix
def test_the_next_reader_undoes_what_a_killed_writer_left_half_done(file: Location) -> None:
    text = Commentary("SAFE", QUARTER, "Analysis", "long " * 100, stamp=stamp())
    Writer(file).save([text])
    before = file.file.read_bytes()
    with start("torn", file) as process:
        assert process.wait() == -signal.SIGKILL
    journal = file.file.with_name("tracker.db-journal")
    assert journal.stat().st_size > 0
    assert file.file.read_bytes() != before
    with Reader.open(file) as reader:
        assert reader.commentary_versions("SAFE") == [text]
    assert not journal.exists()
    assert file.file.read_bytes() == before
