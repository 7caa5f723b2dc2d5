"""What others save appears by itself, and what is typed stays."""

import asyncio
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from outcome_tracker.tracker.collect import Entered, enter
from outcome_tracker.tracker.workspace import open_workspace
from outcome_tracker.tui import watcher
from outcome_tracker.tui.app import TrackerApp
from outcome_tracker.tui.watcher import sentence
from tests.tui.entering import drive, entry, grid, now, on_line, settled, type_text, workspace
from tests.tui.showing import painted

AT = datetime(2019, 5, 31, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watcher, "SECONDS", 0.02)


async def until(app: TrackerApp, pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait until something is so, as it must be soon."""
    for _ in range(500):
        await settled(app, pilot)
        if holds():
            return
        await pilot.pause(0.01)
    raise AssertionError(painted(app))


def run(folder: Path, steps: Callable[[TrackerApp, Pilot[None]], Awaitable[None]]) -> None:
    async def watched(app: TrackerApp, pilot: Pilot[None]) -> None:
        for _ in range(500):  # until it has looked once: what is new is new since then
            if app._watcher is not None and app._watcher._stamps:  # noqa: SLF001
                break
            await pilot.pause(0.001)
        await steps(app, pilot)

    drive(workspace(folder), watched)


def value(app: TrackerApp, code: str) -> str:
    """Return the quarter's figure as the sheet has it."""
    sheet = entry(app).answer
    line = sheet.line(f"{code} 2018-19 Q4") if sheet else None
    return str(line.content.value) if line and line.content else ""


def bo_enters(folder: Path, code: str, text: str) -> None:
    """Enter a figure as somebody else, over another connection."""
    assert isinstance(enter(workspace(folder, user="Bo"), code, "2018-19 Q4", text), Entered)


def test_a_figure_of_somebody_else_appears_and_it_says_whose_it_is(tmp_path: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        bo_enters(tmp_path, "S-02", "19.1")
        await until(app, pilot, lambda: value(app, "S-02") == "19.1")
        assert "Bo entered 1 figure" in painted(app).splitlines()[1]

    run(tmp_path, steps)


def test_a_figure_entered_by_another_process_appears(tmp_path: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        command = [sys.executable, "-m", "outcome_tracker", "--workspace", str(tmp_path), "--user", "Cy"]
        arguments = ["enter", "S-04", "2018-19 Q4", "11.5"]
        await asyncio.to_thread(subprocess.run, [*command, *arguments], check=True, capture_output=True)
        await until(app, pilot, lambda: value(app, "S-04") == "11.5")

    run(tmp_path, steps)


def test_what_is_typed_stays_while_others_save(tmp_path: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-03")
        await type_text(pilot, "34")
        bo_enters(tmp_path, "S-02", "19.1")
        await until(app, pilot, lambda: value(app, "S-02") == "19.1")
        assert grid(app).is_typing
        await type_text(pilot, "0", "enter")
        await until(app, pilot, lambda: value(app, "S-03") == "340")

    run(tmp_path, steps)


def test_what_this_program_saves_is_not_read_as_news(tmp_path: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-03")
        await type_text(pilot, "340", "enter")
        await settled(app, pilot)
        epoch = app.session.epoch
        bo_enters(tmp_path, "S-02", "19.1")  # after which the watcher has looked at both
        await until(app, pilot, lambda: value(app, "S-02") == "19.1")
        assert app.session.epoch == epoch + 1
        assert "Bo entered 1 figure " in painted(app)

    run(tmp_path, steps)


def test_a_database_that_is_replaced_is_read_again(tmp_path: Path) -> None:
    other = tmp_path / "other"
    bo_enters(other, "S-02", "19.1")

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        (other / "data" / "tracker.db").replace(tmp_path / "data" / "tracker.db")
        await until(app, pilot, lambda: value(app, "S-02") == "19.1")

    run(tmp_path, steps)


def test_one_that_is_gone_is_said_and_read_again_once_it_is_back(tmp_path: Path) -> None:
    path, away = tmp_path / "data" / "tracker.db", tmp_path / "away.db"

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        path.rename(away)
        await until(app, pilot, lambda: "Not read again  F9 tries again" in painted(app))
        assert "There is no database at" in painted(app)
        with closing(sqlite3.connect(away)) as connection:
            connection.execute("PRAGMA user_version = 7")
        away.rename(path)
        await until(app, pilot, lambda: "Not read again" not in painted(app))

    run(tmp_path, steps)


def test_the_thread_ends_with_the_screens(tmp_path: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await until(app, pilot, lambda: "watcher" in {thread.name for thread in threading.enumerate()})

    run(tmp_path, steps)
    assert "watcher" not in {thread.name for thread in threading.enumerate()}


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ({}, ""),
        ({("Ana", AT, True): 2}, "Ana entered 2 figures"),
        ({("Ana", AT, True): 1, ("Ana", AT, False): 3}, "Ana entered 1 figure"),
        ({("Bo", AT, True): 1, ("Ana", AT, True): 1}, "Ana and Bo entered 2 figures"),
        ({("Ana", AT, False): 3}, "Ana saved something"),
    ],
)
def test_who_did_what_is_said_in_a_few_words(new: dict[tuple[str, datetime, bool], int], said: str) -> None:
    assert sentence(new) == said


def test_a_database_that_cannot_be_opened_is_tried_again_quietly(tmp_path: Path) -> None:
    found = open_workspace(tmp_path / "nowhere", user="ana", now=now)

    eye = watcher.Watcher(TrackerApp(found), found, lambda *_: False)
    assert eye._look() is None  # noqa: SLF001 - what it sees
    workspace(tmp_path / "nowhere")
    assert eye._look() == ""  # noqa: SLF001 - as above
    eye.close()
