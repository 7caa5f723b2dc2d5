"""Long work says how far it is, and can be stopped."""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable

import pytest
import textual
from textual.message import Message
from textual.message_pump import MessagePump
from textual.pilot import Pilot

from outcome_tracker.tracker.workspace import Workspace
from outcome_tracker.tui import app as shell
from outcome_tracker.tui.app import TrackerApp
from outcome_tracker.tui.screens import reading_page
from outcome_tracker.tui.screens.scorecard import ScorecardScreen
from outcome_tracker.tui.screens.summary import SummaryScreen
from outcome_tracker.tui.writer import Answer, Begun, Cancelled, Saved, Writer
from tests.tui.entering import settled
from tests.tui.showing import demo, on, painted


class Heard(TrackerApp):
    """Remembers how saves went."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.heard: list[Answer] = []

    @textual.on(Answer)
    def remember(self, answer: Answer) -> None:
        self.heard.append(answer)


class Gate:
    """Jobs that take as long as a test wants, and say which of them were done."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.open = threading.Event()
        self.done: list[int] = []

    def job(self, number: int) -> Callable[[], int]:
        def save() -> int:
            self.begun.set()
            assert self.open.wait(30)
            self.done.append(number)
            return number

        return save


def run(steps: Callable[[Heard, Pilot[None], Gate], Awaitable[None]]) -> None:
    gate, app = Gate(), Heard(demo())

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(app, pilot)
            await steps(app, pilot, gate)

    try:
        asyncio.run(go())
    finally:
        gate.open.set()
        app.writer.close()


async def shows(app: TrackerApp, pilot: Pilot[None], wanted: str) -> None:
    """Wait until the screen says it."""
    for _ in range(400):
        await pilot.pause(0.01)
        if wanted in painted(app):
            return
    raise AssertionError(f"{wanted!r} is never said:\n{painted(app)}")


def test_a_batch_that_is_stopped_answers_what_is_left_as_cancelled() -> None:
    async def steps(app: Heard, pilot: Pilot[None], gate: Gate) -> None:
        for number in range(4):
            app.writer.submit(gate.job(number), about=number, batch="pasted")
        app.writer.submit(gate.job(9), about=9)
        await asyncio.to_thread(gate.begun.wait, 30)
        app.writer.cancel("pasted")
        gate.open.set()
        await settled(app, pilot)
        assert gate.done == [0, 9]
        assert [(type(answer), answer.about) for answer in app.heard] == [
            (Saved, 0),
            (Cancelled, 1),
            (Cancelled, 2),
            (Cancelled, 3),
            (Saved, 9),
        ]
        app.writer.submit(gate.job(5), about=5, batch="pasted")  # the name is free again
        await settled(app, pilot)
        assert gate.done == [0, 9, 5]

    run(steps)


def test_once_nothing_is_pending_every_answer_is_on_its_way() -> None:
    class Slow(MessagePump):
        def post_message(self, message: Message) -> bool:
            time.sleep(0.05)  # as on a busy machine
            sent.append(message)
            return True

    sent: list[Message] = []
    writer = Writer(Slow(), lambda error: pytest.fail(str(error)))
    writer.submit(int, about="it")
    while writer.pending:
        time.sleep(0.001)
    try:
        assert {type(message) for message in sent} == {Begun, Saved}
    finally:
        writer.close()


def test_stopping_what_is_not_there_stops_nothing() -> None:
    async def steps(app: Heard, pilot: Pilot[None], gate: Gate) -> None:
        gate.open.set()
        app.writer.cancel("pasted")
        app.writer.submit(gate.job(1), about=1, batch="pasted")
        await settled(app, pilot)
        assert gate.done == [1]
        assert app.writer.progress is None

    run(steps)


def test_progress_counts_from_when_there_was_nothing_to_save() -> None:
    async def steps(app: Heard, pilot: Pilot[None], gate: Gate) -> None:
        for number in range(3):
            app.writer.submit(gate.job(number))
        await asyncio.to_thread(gate.begun.wait, 30)
        progress = app.writer.progress
        assert progress is not None
        assert (progress.done, progress.total, progress.batch) == (0, 3, None)
        gate.open.set()
        await settled(app, pilot)
        assert app.writer.progress is None

    run(steps)


def test_a_long_save_is_shown_and_escape_stops_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "A_MOMENT", 0.01)

    async def steps(app: Heard, pilot: Pilot[None], gate: Gate) -> None:
        await app.push_screen(ScorecardScreen("EARLY"))
        await settled(app, pilot)
        for number in range(40):
            app.writer.submit(gate.job(number), batch="pasted")
        await shows(app, pilot, "Saving 1 of 40…  Esc stops")
        assert "Esc Stop saving" in painted(app)
        await pilot.press("escape")
        gate.open.set()
        await settled(app, pilot)
        on(app, ScorecardScreen)  # it did not go back
        assert gate.done == [0]
        assert len([answer for answer in app.heard if isinstance(answer, Cancelled)]) == 39
        assert "Saving" not in painted(app)
        assert "Esc Back" in painted(app)
        await pilot.press("escape")
        on(app, SummaryScreen)

    run(steps)


def test_an_answer_that_comes_while_the_program_closes_is_harmless() -> None:
    async def steps(app: Heard, _pilot: Pilot[None], _gate: Gate) -> None:
        await app.screen.remove_children()
        app.refresh_top()

    run(steps)


def test_a_save_that_cannot_be_stopped_does_not_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "A_MOMENT", 0.01)

    async def steps(app: Heard, pilot: Pilot[None], gate: Gate) -> None:
        app.writer.submit(gate.job(1))
        await shows(app, pilot, "Saving 1 of 1… ")
        assert "Esc" not in painted(app)
        gate.open.set()

    run(steps)


def test_reading_that_takes_long_is_shown_until_it_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_page, "_MOMENT", 0.01)
    fetch, gate = ScorecardScreen.fetch, threading.Event()

    def slow(self: ScorecardScreen, *arguments: object) -> object:
        assert gate.wait(30)
        return fetch(self, *arguments)  # type: ignore[arg-type] # passed on as they come

    monkeypatch.setattr(ScorecardScreen, "fetch", slow)

    async def steps(app: Heard, pilot: Pilot[None], _gate: Gate) -> None:
        app.push_screen(ScorecardScreen("EARLY"))
        await shows(app, pilot, " Reading… ")
        gate.set()
        await settled(app, pilot)
        assert "Reading…" not in painted(app)

    try:
        run(steps)
    finally:
        gate.set()
