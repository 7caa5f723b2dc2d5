"""A database that takes nothing: the sentence says what to do, the text stays, and Enter saves once it is mended."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from textual.pilot import Pilot

from outcome_tracker.tui.app import TrackerApp
from tests.tui.entering import cell, drive, grid, on_line, settled, stored, type_text, workspace
from tests.tui.showing import words

Mend = Callable[[], None]


def write_protected(path: Path) -> Mend:
    path.chmod(0o444)
    path.parent.chmod(0o555)

    def mend() -> None:
        path.parent.chmod(0o755)
        path.chmod(0o644)

    return mend


def locked(path: Path) -> Mend:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    return other.close


def garbage(path: Path) -> Mend:
    kept = path.read_bytes()
    path.write_bytes(b"no database at all " * 500)

    def mend() -> None:
        path.write_bytes(kept)

    return mend


def damaged(path: Path) -> Mend:
    with closing(sqlite3.connect(path)) as raw:
        (root,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'figure'").fetchone()
        (size,) = raw.execute("PRAGMA page_size").fetchone()
    kept = path.read_bytes()
    with path.open("r+b") as file:
        file.seek(size * (root - 1))
        file.write(b"\xff" * size)

    def mend() -> None:
        path.write_bytes(kept)

    return mend


def gone(path: Path) -> Mend:
    elsewhere = path.rename(path.with_suffix(".away"))

    def mend() -> None:
        elsewhere.rename(path)

    return mend


ROOT = pytest.mark.skipif(
    getattr(os, "geteuid", lambda: 1)() == 0, reason="the administrator may write whatever is protected"
)
FAILURES = [
    pytest.param(write_protected, "can only be read", "Ask for permission to change", marks=ROOT),
    (locked, "is in use by another program", "Close other programs that have it open, and try again."),
    (garbage, "is not a database", ""),
    (damaged, "is damaged", ""),
    (gone, "There is no database", ""),
]


@pytest.mark.parametrize(("break_it", "sentence", "remedy"), FAILURES)
def test_the_text_stays_with_the_remedy_and_enter_saves_it_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, break_it: Callable[[Path], Mend], sentence: str, remedy: str
) -> None:
    monkeypatch.setattr("outcome_tracker.store.failures.BUSY_SECONDS", 0)
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        mend = break_it(found.location.file)
        try:
            on_line(app, "S-02")
            await type_text(pilot, "21.2", "enter")
            await settled(app, pilot)
        finally:
            mend()
        said = grid(app).drafts.sentence(grid(app).lines[1])
        assert sentence in said
        assert remedy in said
        assert "Nothing was saved" in said
        assert cell(app, "S-02", "status") == "not saved"
        assert grid(app).unaccepted == (("S-02 2018-19 Q4", "value", "21.2"),)
        on_line(app, "S-02")
        await pilot.press("enter")
        await settled(app, pilot)
        assert cell(app, "S-02", "status") == "saved"

    drive(found, steps)
    assert [str(figure.content.value) for figure in stored(found, "S-02")] == ["21.2"]


def test_a_status_that_could_not_be_saved_says_so_until_something_is_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("outcome_tracker.store.failures.BUSY_SECONDS", 0)
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        mend = locked(found.location.file)
        on_line(app, "S-02")
        await pilot.press("delete", "a")
        await settled(app, pilot)
        mend()
        await pilot.press("down", "up")
        assert words(app, "#said").startswith("✗ S-02 2018-19 Q4: ")
        await pilot.press("delete", "a")
        await settled(app, pilot)
        assert words(app, "#said") == ""

    drive(found, steps)
    assert [figure.content.status for figure in stored(found, "S-02")] == ["not available"]


def test_an_undo_that_could_not_be_saved_can_be_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outcome_tracker.store.failures.BUSY_SECONDS", 0)
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02")
        await type_text(pilot, "21.2", "enter")
        await settled(app, pilot)
        mend = locked(found.location.file)
        await pilot.press("u")
        await settled(app, pilot)
        mend()
        assert cell(app, "S-02", "value") == "21.2%"
        await pilot.press("u")
        await settled(app, pilot)

    drive(found, steps)
    assert [figure.stamp.why for figure in stored(found, "S-02")] == ["", "undo"]
