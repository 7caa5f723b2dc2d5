"""Two apps at once on one database: whoever is second sees theirs, what was there and their own, and keeps one."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from outcome_tracker.tracker.workspace import Workspace
from outcome_tracker.tui.app import TrackerApp
from outcome_tracker.tui.screens.entry import EntryScreen
from tests.tui.entering import Q4, Drive, asked, cell, grid, on_line, settled, stored, type_text, workspace
from tests.tui.showing import painted
from tests.tui.test_conflict import question


class Alone(TrackerApp):
    """An app that does not notice by itself what others save: they are seen when one saves, or asks for it."""

    def watch_others(self, *, readable: bool) -> None:
        pass


class Officer:
    """Somebody at an app of their own, which runs in a task of its own: Textual knows one app a task."""

    def __init__(self, found: Workspace, size: tuple[int, int]) -> None:
        self._calls: asyncio.Queue[tuple[Drive, asyncio.Future[None]] | None] = asyncio.Queue()
        self._task = asyncio.create_task(self._sit(found, size))

    async def _sit(self, found: Workspace, size: tuple[int, int]) -> None:
        app = Alone(found)
        try:
            async with app.run_test(size=size) as pilot:
                app.period = Q4
                await app.push_screen(EntryScreen())
                await settled(app, pilot)
                while (call := await self._calls.get()) is not None:
                    steps, done = call
                    try:
                        await steps(app, pilot)
                    except BaseException as error:  # noqa: BLE001 - a failed assertion belongs to the test
                        done.set_exception(error)
                    else:
                        done.set_result(None)
        finally:
            app.writer.close()

    async def __call__(self, steps: Drive) -> None:
        """Let the officer do something, and wait until it is done."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        await self._calls.put((steps, done))
        await done

    async def leave(self) -> None:
        """Close the app."""
        await self._calls.put(None)
        await self._task


def both(folder: Path, steps: Callable[[Officer, Officer], Awaitable[None]]) -> None:
    """Open the entry sheet of Ana and that of Ben."""

    async def run() -> None:
        ana, ben = Officer(workspace(folder), (120, 40)), Officer(workspace(folder, user="ben"), (80, 24))
        try:
            await steps(ana, ben)
        finally:
            await ana.leave()
            await ben.leave()

    asyncio.run(run())


def enters(text: str, *keys: str, column: str = "value") -> Drive:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02", column)
        await type_text(pilot, text, "enter", *keys)
        await settled(app, pilot)

    return steps


def presses(*keys: str, column: str = "value") -> Drive:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02", column)
        for key in keys:
            await pilot.press(key)
            await settled(app, pilot)

    return steps


def sees(value: str, *typed: str) -> Drive:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.pause()
        assert cell(app, "S-02", "value") == value
        assert tuple(text for _, _, text in grid(app).unaccepted) == typed

    return steps


def history(folder: Path) -> list[tuple[str, str]]:
    return [(str(f.content.value), f.stamp.who) for f in stored(workspace(folder), "S-02")]


@pytest.mark.parametrize(
    ("answer", "kept", "versions"),
    [("m", "18.0%", [("19.9", "ana"), ("18.0", "ben")]), ("t", "19.9%", [("19.9", "ana")])],
)
def test_the_second_keeps_one_of_two_and_the_first_sees_it(
    tmp_path: Path, answer: str, kept: str, versions: list[tuple[str, str]]
) -> None:
    async def compares(app: TrackerApp, pilot: Pilot[None]) -> None:
        await presses("enter")(app, pilot)
        said = question(app)
        assert "Before  no figure" in said
        assert "Theirs  19.9%   saved by ana on 20 Apr 2019" in said
        assert "Yours   18.0%   not saved yet" in said
        await pilot.press(answer)
        await settled(app, pilot)

    async def steps(ana: Officer, ben: Officer) -> None:
        await ana(enters("19.9"))
        await ben(enters("18.0"))  # ben's sheet shows no figure yet
        await ben(compares)
        await ben(sees(kept))
        await ana(presses("f9"))
        await ana(sees(kept))

    both(tmp_path, steps)
    assert history(tmp_path) == versions


def test_a_note_that_waits_for_a_decision_is_kept_with_the_figure(tmp_path: Path) -> None:
    async def compares(app: TrackerApp, pilot: Pilot[None]) -> None:
        await presses("enter", column="note")(app, pilot)
        assert "Yours   21.0%; note: by phone" in question(app)
        await pilot.press("m")
        await settled(app, pilot)

    async def types_and_reads_again(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02", "note")
        await type_text(pilot, "by phone", "f9")  # what was typed belongs to the figure that was seen then
        await settled(app, pilot)
        await pilot.press("enter")
        await settled(app, pilot)

    async def steps(ana: Officer, ben: Officer) -> None:
        await ben(enters("21.0"))
        await ana(presses("f9", "t"))  # what is in is not among the still due
        await ana(enters("19.9"))
        await ben(types_and_reads_again)
        await ben(compares)

    both(tmp_path, steps)
    assert [(str(f.content.value), f.content.note) for f in stored(workspace(tmp_path), "S-02")] == [
        ("21.0", ""), ("19.9", ""), ("21.0", "by phone"),
    ]  # fmt: skip


def test_a_conflict_that_is_put_off_keeps_mark_text_and_sentence_and_says_it_once(tmp_path: Path) -> None:
    async def puts_off(app: TrackerApp, pilot: Pilot[None]) -> None:
        await presses("enter")(app, pilot)
        assert asked(app).is_current
        await pilot.press("escape")
        await settled(app, pilot)
        assert cell(app, "S-02", "status") == "conflict"
        assert [text for _, _, text in grid(app).unaccepted] == ["18.0"]
        assert painted(app).count("ana saved another version meanwhile. Enter compares the two.") == 1
        await pilot.press("escape")  # drops one's own
        assert not grid(app).unaccepted

    async def steps(ana: Officer, ben: Officer) -> None:
        await ana(enters("19.9"))
        await ben(enters("18.0"))
        await ben(puts_off)

    both(tmp_path, steps)
    assert history(tmp_path) == [("19.9", "ana")]


def test_typing_again_what_one_sees_does_not_hide_that_somebody_else_changed_it(tmp_path: Path) -> None:
    async def steps(ana: Officer, ben: Officer) -> None:
        await ben(enters("21.0"))
        await ana(presses("f9", "t"))  # what is in is not among the still due
        await ana(enters("19.9"))
        await ben(enters("21.00"))
        await ben(presses("enter", "t"))
        await ben(sees("19.9%"))

    both(tmp_path, steps)
    assert history(tmp_path) == [("21.0", "ben"), ("19.9", "ana")]
