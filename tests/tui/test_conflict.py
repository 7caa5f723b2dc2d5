"""Two people, or one and a kill: nothing that was saved or typed is lost."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot

from outcome_tracker.tracker.collect import Entered, enter
from outcome_tracker.tracker.workspace import Workspace
from outcome_tracker.tui.app import TrackerApp
from outcome_tracker.tui.screens.ask import Ask
from outcome_tracker.tui.widgets.drawn import Drawn
from tests.tui.entering import cell, drive, entry, grid, on_line, settled, stored, type_text, workspace


def beside(found: Workspace, code: str, text: str) -> None:
    """Save as somebody else does: from another process's point of view, over a connection of its own."""
    assert isinstance(enter(replace(found, user="ben"), code, "2018-19 Q4", text), Entered)


def question(app: TrackerApp) -> str:
    assert isinstance(app.screen, Ask)
    return "\n".join(line.plain.rstrip() for line in app.screen.query_one(Drawn).lines(70))


def clash(found: Workspace, answer: str) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02")
        await type_text(pilot, "21.2")
        beside(found, "S-02", "19.0")
        await pilot.press("enter")
        await settled(app, pilot)
        assert grid(app).cursor_key.startswith("S-03")  # where the next figure may be being typed already
        on_line(app, "S-02")
        await pilot.press("enter")
        await settled(app, pilot)
        said = question(app)
        assert "Before  no figure" in said
        assert "Theirs  19.0%   saved by ben on 20 Apr 2019" in said
        assert "Yours   21.2%   not saved yet" in said
        assert grid(app).unaccepted == (("S-02 2018-19 Q4", "value", "21.2"),)
        await pilot.press(answer)
        await settled(app, pilot)
        assert not grid(app).unaccepted
        assert cell(app, "S-02", "value") == ("21.2%" if answer == "m" else "19.0%")

    drive(found, steps)


def test_keeping_ones_own_version_keeps_both_in_history(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    clash(found, "m")
    assert [(str(f.content.value), f.stamp.who, f.version) for f in stored(found, "S-02")] == [
        ("19.0", "ben", 1),
        ("21.2", "ana", 2),
    ]


def test_keeping_theirs_drops_ones_own(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    clash(found, "t")
    assert [(str(f.content.value), f.stamp.who) for f in stored(found, "S-02")] == [("19.0", "ben")]


def test_a_question_put_off_keeps_the_text_and_comes_back_with_enter(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02")
        await type_text(pilot, "21.2")
        beside(found, "S-02", "19.0")
        await pilot.press("enter")
        await settled(app, pilot)
        assert cell(app, "S-02", "status") == "conflict"
        assert entry(app).unfinished() == "1 figure typed and not saved yet."
        sentence = grid(app).drafts.sentence(grid(app).lines[1])
        assert sentence == "ben saved another version meanwhile. Enter compares the two."
        on_line(app, "S-02")
        await pilot.press("enter")
        await settled(app, pilot)
        beside(found, "S-02", "18.0")  # and once more while the question is open
        await pilot.press("enter")  # chooses nothing by itself
        await pilot.press("m")
        await settled(app, pilot)
        assert "Theirs  18.0%" in question(app)
        await pilot.press("m")
        await settled(app, pilot)

    drive(found, steps)
    assert [str(f.content.value) for f in stored(found, "S-02")] == ["19.0", "18.0", "21.2"]


def test_no_question_comes_while_the_next_figure_is_being_typed(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02")
        await type_text(pilot, "21.2")
        beside(found, "S-02", "19.0")
        busy = Event()
        app.writer.submit(busy.wait)
        await pilot.press("enter", "3", "4")
        busy.set()
        await settled(app, pilot)
        assert app.screen is entry(app)
        assert grid(app).cursor_key.startswith("S-03")
        assert cell(app, "S-02", "status") == "conflict"
        await pilot.press("0", "enter")
        await settled(app, pilot)

    drive(found, steps)
    assert stored(found, "S-03")[0].content.value == 340


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal, and no SIGKILL")
def test_a_kill_after_saved_was_shown_keeps_the_figure(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    environment = {**os.environ, "TERM": "xterm-256color", "OUTCOME_TRACKER_NOW": "2019-04-20T09:00:00+00:00"}
    command = [sys.executable, "-m", "outcome_tracker", "--workspace", str(tmp_path), "--user", "ana"]
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
    )
    os.close(slave)
    try:
        until(master, b"Needs a decision", b"")
        until(master, b"Repeat", b"e")
        until(master, b"saved", b"21.2\r")
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        os.close(master)
    assert "21.2" in [str(f.content.value) for code in ("S-01", "S-02") for f in stored(found, code)]


def until(terminal: int, shown: bytes, keys: bytes) -> None:
    """Type keys, and wait until something new is on the screen."""
    os.write(terminal, keys)
    seen, deadline = b"", time.monotonic() + 30
    while shown not in seen:
        assert time.monotonic() < deadline, seen[-2000:]
        if select.select([terminal], [], [], 0.2)[0]:
            seen += os.read(terminal, 65536)


def test_reading_again_while_typing_does_not_hide_what_others_saved(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02")
        await type_text(pilot, "21.2")
        beside(found, "S-02", "19.0")
        await pilot.press("f9")
        await settled(app, pilot)
        assert grid(app).unaccepted == (("S-02 2018-19 Q4", "value", "21.2"),)
        await pilot.press("enter")
        await settled(app, pilot)
        assert cell(app, "S-02", "status") == "conflict"

    drive(found, steps)
    assert [str(f.content.value) for f in stored(found, "S-02")] == ["19.0"]
