"""A database that can't be read is a sentence with what to do, and F9 goes on once it is mended."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest
from textual.pilot import Pilot

from outcome_tracker.store import failures
from outcome_tracker.tracker.workspace import open_workspace
from outcome_tracker.tui.app import TrackerApp
from outcome_tracker.tui.screens.scorecard import ScorecardScreen
from tests.tui.entering import settled
from tests.tui.showing import demo, now, painted, words


def at(folder: Path) -> Path:
    return folder / "data" / "tracker.db"


def gone(path: Path) -> None:
    path.unlink()


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def a_text(path: Path) -> None:
    path.write_text("indicator,period,value\n" * 500, encoding="utf-8")


def of_another_program(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE notes (text)")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


def a_page_lost(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for place in range(4096, len(content)):
        content[place] = 0xA5
    path.write_bytes(content)


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:6000])


def folder_gone(path: Path) -> None:
    shutil.rmtree(path.parent)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


BROKEN = [
    (gone, "There is no database at", "For a new workspace: outcome-tracker targets apply"),
    (emptied, "is empty: it has 0 bytes", "remove the file and run outcome-tracker targets apply."),
    (a_text, "is not a database.", "Nothing in it was changed. Check the path."),
    (of_another_program, "is the database of another program.", "Check the path."),
    (newer, "was changed by a newer version of Outcome Tracker", "Install the newest version."),
    (a_page_lost, "is damaged", "Put a backup in its place; the file itself is kept: outcome-tracker restore FILE"),
    (cut_short, "is damaged", "Put a backup in its place; the file itself is kept: outcome-tracker restore FILE"),
    (folder_gone, "does not exist.", "Check the path, and that its drive is there."),
    (a_folder, "is a folder, not a database.", "Name a file in it"),
]
every_failure = pytest.mark.parametrize(
    ("breaks", "sentence", "remedy"), BROKEN, ids=lambda x: getattr(x, "__name__", "")
)


def run(
    folder: Path, steps: Callable[[TrackerApp, Pilot[None]], Awaitable[None]], *, size: tuple[int, int] = (100, 30)
) -> None:
    async def go() -> None:
        app = TrackerApp(open_workspace(folder, user="ana", now=now))
        try:
            async with app.run_test(size=size) as pilot:
                await settled(app, pilot)
                await steps(app, pilot)
        finally:
            app.writer.close()

    asyncio.run(go())


def mend(folder: Path, kept: Path) -> None:
    path = at(folder)
    if path.is_dir():
        path.rmdir()
    path.parent.mkdir(exist_ok=True)
    shutil.copy(kept, path)


@every_failure
def test_at_the_start_it_is_a_calm_screen_and_f9_goes_on(
    tmp_path: Path, breaks: Callable[[Path], None], sentence: str, remedy: str
) -> None:
    folder, kept = tmp_path / "ws", tmp_path / "kept.db"
    demo(folder)
    shutil.copy(at(folder), kept)
    breaks(at(folder))

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        said = words(app, "#unavailable").replace("\n", " ")
        assert sentence in said
        assert remedy in said
        assert "F9 tries again, q quits." in said
        assert "Traceback" not in painted(app)
        await pilot.press("f9")
        await settled(app, pilot)
        assert sentence in words(app, "#unavailable").replace("\n", " ")
        mend(folder, kept)
        await pilot.press("f9")
        await settled(app, pilot)
        assert "Are we achieving our targets?" in painted(app) or "Targets" in painted(app)
        assert not app.screen.has_class("-unavailable")

    run(folder, steps)


@every_failure
def test_while_open_it_is_a_notice_what_was_read_stays_and_f9_goes_on(
    tmp_path: Path, breaks: Callable[[Path], None], sentence: str, remedy: str
) -> None:
    folder, kept = tmp_path / "ws", tmp_path / "kept.db"
    demo(folder)
    shutil.copy(at(folder), kept)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        before = painted(app).splitlines()[2:10]
        breaks(at(folder))
        await pilot.press("f9")
        await settled(app, pilot)
        said = [note.message for note in app._notifications]  # noqa: SLF001 - what was said
        assert sentence in said[-1]
        assert remedy in said[-1]
        assert "Not read again  F9 tries again" in painted(app)
        assert painted(app).splitlines()[2:10] == before
        mend(folder, kept)
        await pilot.press("f9")
        await settled(app, pilot)
        assert "Not read again" not in painted(app)

    run(folder, steps)


def test_a_screen_opened_later_says_so_too_and_going_back_works(tmp_path: Path) -> None:
    demo(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        emptied(at(tmp_path))
        app.session.forget()
        await app.push_screen(ScorecardScreen("EARLY"))
        await settled(app, pilot)
        assert "is empty: it has 0 bytes" in words(app, "#unavailable").replace("\n", " ")
        await pilot.press("escape")
        await settled(app, pilot)
        assert app.is_first(app.screen)  # type: ignore[arg-type] # it is the summary

    run(tmp_path, steps)


def test_one_that_another_program_holds_is_waited_for_then_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failures, "BUSY_SECONDS", 0)
    demo(tmp_path)
    with closing(sqlite3.connect(at(tmp_path), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")

        async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
            said = words(app, "#unavailable").replace("\n", " ")
            assert "is in use by another program" in said
            assert "Close other programs that have it open, and try again." in said
            other.execute("ROLLBACK")
            await pilot.press("f9")
            await settled(app, pilot)
            assert not app.screen.has_class("-unavailable")

        run(tmp_path, steps)


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may do anything")
def test_a_folder_that_is_closed_is_said(tmp_path: Path) -> None:
    demo(tmp_path)
    (tmp_path / "data").chmod(0)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert "You may not open" in words(app, "#unavailable").replace("\n", " ")
        (tmp_path / "data").chmod(0o700)
        await pilot.press("f9")
        await settled(app, pilot)
        assert not app.screen.has_class("-unavailable")

    try:
        run(tmp_path, steps)
    finally:
        (tmp_path / "data").chmod(0o700)


@pytest.mark.parametrize("size", [(60, 16), (80, 24)], ids=str)
def test_the_calm_screen_fits_small_windows(tmp_path: Path, size: tuple[int, int]) -> None:
    demo(tmp_path)
    newer(at(tmp_path))

    async def steps(app: TrackerApp, _pilot: Pilot[None]) -> None:
        assert "F9 tries again, q quits." in painted(app)
        assert "F1 Help" in painted(app).splitlines()[-1]

    run(tmp_path, steps, size=size)
