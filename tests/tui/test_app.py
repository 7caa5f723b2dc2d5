import asyncio
import sys
import threading
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import textual
from syrupy.assertion import SnapshotAssertion
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widgets import Input

from outcome_tracker.core.figure import Content, Figure
from outcome_tracker.core.period import parse
from outcome_tracker.core.problem import Problem, Unavailable
from outcome_tracker.tracker.plans import apply
from outcome_tracker.tracker.workspace import Workspace, open_workspace
from outcome_tracker.tui import commands
from outcome_tracker.tui.app import TrackerApp
from outcome_tracker.tui.places import PLACES, Place
from outcome_tracker.tui.screens.entry import EntryScreen
from outcome_tracker.tui.screens.find import FindIndicator
from outcome_tracker.tui.screens.go_to import GoToPopup
from outcome_tracker.tui.screens.help import HelpScreen
from outcome_tracker.tui.screens.indicator import IndicatorScreen
from outcome_tracker.tui.screens.milestones import MilestonesScreen
from outcome_tracker.tui.screens.page import Page
from outcome_tracker.tui.screens.period import PeriodPicker
from outcome_tracker.tui.screens.reading_page import Answered, Asked
from outcome_tracker.tui.screens.scorecard import ScorecardScreen
from outcome_tracker.tui.screens.summary import SummaryScreen
from outcome_tracker.tui.widgets.grid_view import GridView
from outcome_tracker.tui.writer import Answer, Conflicted, Refused, Saved
from tests.tui.entering import COUNCIL, settled
from tests.tui.showing import cells, demo, now, on, painted, show, words

EVERY_COMMAND = [c for c in vars(commands).values() if isinstance(c, type) and issubclass(c, commands.Command)]
EVERY_COMMAND += PLACES
PAGES = [SummaryScreen, ScorecardScreen, IndicatorScreen, *(place.kind() for place in PLACES)]


# Commands


@pytest.mark.parametrize("command", [c for c in EVERY_COMMAND if c is not commands.Command], ids=lambda c: c.__name__)
def test_a_command_is_a_key_a_palette_entry_and_a_help_text(command: type[commands.Command]) -> None:
    binding = command.binding()
    assert binding.key == command.keys != ""
    assert binding.tooltip == command.help() != ""
    assert command.help().endswith(".")
    assert command.words()
    assert all(command.shown_keys())


@pytest.mark.parametrize("page", PAGES)
def test_a_page_can_do_what_it_offers_and_no_key_means_two_things(page: type[Page]) -> None:
    keys = [key for command in page.offered() for key in command.keys.split(",")]
    assert len(keys) == len(set(keys))
    for command in page.offered():
        assert issubclass(command, Place) or callable(getattr(page, f"do_{command.name()}"))


def test_the_help_lists_the_commands_and_does_the_one_chosen() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("f1")
        on(app, HelpScreen)
        listed = {line.key: line for line in app.screen.query_one(GridView).lines}
        assert set(listed) == {command.name() for command in SummaryScreen.offered()}
        assert listed["back"].cells["help"].text == "Not now: This is the first screen; q quits."
        assert "the three questions" in painted(app)
        app.screen.query_one(GridView).move_to("light_or_dark")
        await pilot.press("enter")
        await settled(app, pilot)
        on(app, SummaryScreen)
        assert app.theme == "light"

    show(demo(), steps)


def test_a_command_that_cannot_be_used_says_why() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("escape")
        assert [note.message for note in app._notifications] == ["This is the first screen; q quits."]  # noqa: SLF001 - no public way
        assert "Esc Back" not in painted(app)

    show(demo(), steps)


def test_the_palette_lists_the_pages_commands() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("ctrl+p")
        palette = on(app, CommandPalette)
        palette.query_one(Input).value = "light or"
        await settled(app, pilot)
        assert "Light or dark" in painted(app)

    show(demo(), steps)


def test_the_keys_can_be_clicked() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.click("Keys", offset=(2, 0))
        await settled(app, pilot)
        on(app, HelpScreen)

    show(demo(), steps)


# Periods and finding


def test_a_period_is_chosen_from_a_list() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("p")
        on(app, PeriodPicker)
        assert "Quarter 1 2016-17 (Apr to Jun 2016)" in painted(app)
        await pilot.press("down", "down", "enter")
        await settled(app, pilot)
        assert app.period == parse("2018-19 Q2")

    show(demo(), steps)


def test_an_indicator_is_found_by_words_in_any_order() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("slash")
        on(app, FindIndicator)
        await pilot.press(*"social refer")
        assert next(iter(cells(app, "GridView"))) == "SAFE-02"
        await pilot.press("enter")
        await settled(app, pilot)
        assert on(app, IndicatorScreen).code == "SAFE-02"

    show(demo(), steps)


# Reading


def test_an_answer_to_another_question_is_dropped() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        page = on(app, SummaryScreen)
        before = words(app, "#questions")
        page.post_message(Answered(Asked(parse("2016-17 Q1"), 99), page.answer))
        app.go_to(parse("2017-18 Q1"))
        app.go_to(parse("2018-19 Q4"))
        await settled(app, pilot)
        assert words(app, "#questions") == before

    show(demo(), steps)


def test_a_defect_while_reading_is_a_sentence_without_peoples_values(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    def broken(*_arguments: object) -> None:
        raise ValueError("the figure 123.4 of Mrs Smith")

    monkeypatch.setattr(SummaryScreen, "fetch", broken)

    async def steps(app: TrackerApp, _pilot: Pilot[None]) -> None:
        assert "This is a defect of Outcome Tracker" in painted(app)
        assert "Smith" not in painted(app)

    show(demo(), steps)
    log = next(tmp_path.rglob("errors.log")).read_text("utf-8")
    assert "ValueError" in log
    assert "Smith" not in log


# Saving


class Heard(TrackerApp):
    """Remembers how saves went, and that it was to close."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.heard: list[Answer] = []
        self.closed = False

    @textual.on(Answer)
    def remember(self, answer: Answer) -> None:
        self.heard.append(answer)

    def exit(self, *_arguments: object, **_named: object) -> None:
        self.closed = True


def saving(app: Heard, jobs: "list[object]") -> None:
    async def run() -> None:
        async with app.run_test() as pilot:
            await settled(app, pilot)
            for number, job in enumerate(jobs):
                app.writer.submit(job, about=number)  # type: ignore[arg-type] # the tests' own callables
            await settled(app, pilot)

    try:
        asyncio.run(run())
    finally:
        app.writer.close()


def test_saves_are_answered_in_order_by_what_became_of_them() -> None:
    from outcome_tracker.store.writer import Conflict

    def unavailable() -> None:
        raise Unavailable("The disk is full.", "Make room.")

    def conflict() -> None:
        raise Conflict(())

    def defect() -> None:
        raise ZeroDivisionError

    app = Heard(demo())
    saving(app, [lambda: 1, lambda: Problem("No such day.", key="date"), unavailable, conflict, defect])
    assert [(type(answer), answer.about) for answer in app.heard] == [
        (Saved, 0),
        (Refused, 1),
        (Refused, 2),
        (Conflicted, 3),
        (Refused, 4),
    ]
    refused = [answer for answer in app.heard if isinstance(answer, Refused)]
    assert (refused[0].sentence, refused[0].key) == ("No such day.", "date")
    assert refused[1].sentence == "The disk is full. Make room."
    assert refused[2].sentence.startswith("This is a defect of Outcome Tracker")


def test_quitting_waits_until_everything_is_saved() -> None:
    gate = threading.Event()
    app = Heard(demo())

    async def run() -> None:
        async with app.run_test() as pilot:
            await settled(app, pilot)
            app.writer.submit(gate.wait)
            await pilot.press("q")
            assert not app.closed
            gate.set()
            await settled(app, pilot)
            assert app.closed

    try:
        asyncio.run(run())
    finally:
        gate.set()
        app.writer.close()


def test_quitting_stops_when_something_was_refused() -> None:
    gate = threading.Event()
    app = Heard(demo())

    def refuse() -> Problem:
        gate.wait()
        return Problem("Not this.")

    async def run() -> None:
        async with app.run_test() as pilot:
            await settled(app, pilot)
            app.writer.submit(refuse)
            await pilot.press("q")
            gate.set()
            await settled(app, pilot)
            assert not app.closed

    try:
        asyncio.run(run())
    finally:
        gate.set()
        app.writer.close()


# Looks


@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=str)
def test_the_summary_looks_as_it_did(size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    async def steps(app: TrackerApp, _pilot: Pilot[None]) -> None:
        assert painted(app) == snapshot

    show(demo(as_at=date(2019, 5, 31)), steps, size=size)


# What reaches the terminal

PLAN = """
plan: "Plan [c] x[/] \\e]0;owned\\a"
code: SAFE
indicators:
  - {code: S-01, title: "[c] x[/] [@click=app.quit]press me[/] \\e[2J\\e]0;owned\\a \\u202egnp", tier: headline,
     unit: percent, better: lower, frequency: quarterly, basis: point, owner: "[b]own[/b]", targets: {2018-19: 14}}
"""


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A workspace whose texts try to steer the terminal, some of them past the checks at the door."""
    (tmp_path / "targets").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "targets" / "council.yaml").write_text(COUNCIL, encoding="utf-8")
    (tmp_path / "targets" / "safe.yaml").write_text(PLAN, encoding="utf-8")
    workspace = open_workspace(tmp_path, user="ana", now=now)
    compared = apply(workspace)
    assert not compared.blocking, compared.blocking
    note = "sly [@click=app.quit]note[/] \x1b]0;owned\x07\x1b[8;1;1t\x9b2J end"
    content = Content(value=Decimal("15.9"), note=note, source="\x1b]52;c;b3duZWQ=\x07")
    stamp = replace(workspace.stamp(why="why [/] \x1b]0;owned\x07"), who="an\x1b[31ma")
    workspace.save([Figure("S-01", parse("2018-19 Q4"), 1, content, stamp)])
    return tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals that Python can open")
def test_texts_reach_the_terminal_as_they_are_written_and_inert(hostile: Path) -> None:
    from tests.tui.terminal import terminal

    title, plan = "[c] x[/] [@click=app.quit]press", "Plan [c] x[/]"
    with terminal(hostile) as seen:
        seen.wait_for(title, plan, "15.9%")
        seen.type("\r")
        seen.wait_for(title, "sly [@click=app.quit]note[/]")
        seen.type("5")
        seen.wait_for(title, "Known from", "why [/]")
        seen.type("7")
        seen.wait_for("[b]own[/b]")
        seen.type("\x1b")
        seen.wait_for("Needs a decision")
        seen.type("\t\r")
        seen.wait_for("Headline indicators", title, plan)
        seen.type("/")
        seen.wait_for("Find an indicator", title, "[b]own[/b]")
        seen.type("\x11")  # Ctrl+Q quits from wherever it is
        assert seen.ended() == 0
    for sequence in (b"owned", b"\x1b[8;1;1t", b"\x9b2J", b"\x1b]52", "\u202e".encode()):
        assert sequence not in seen.sent


# Places


def test_go_to_lists_every_screen_and_opens_the_one_chosen() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("g")
        listed = [line.key for line in on(app, GoToPopup).query_one(GridView).lines]
        assert listed == [place.name() for place in PLACES]
        app.screen.query_one(GridView).move_to("milestones")
        await pilot.press("enter")
        await settled(app, pilot)
        assert on(app, MilestonesScreen).crumb == "Actions and milestones"
        await pilot.press("m")
        assert "This is the screen that is open." in [n.message for n in app._notifications]  # noqa: SLF001 - what was said

    show(demo(), steps)


def test_a_place_takes_the_place_of_another_and_keeps_its_plan() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await app.push_screen(ScorecardScreen("EARLY"))
        await settled(app, pilot)
        await pilot.press("m")
        await settled(app, pilot)
        on(app, MilestonesScreen)
        await pilot.press("f2")
        await settled(app, pilot)
        assert on(app, EntryScreen).about() == ("EARLY", None)
        await pilot.press("escape")
        await settled(app, pilot)
        on(app, ScorecardScreen)

    show(demo(), steps)


def test_everything_can_be_seen_as_it_was_known_on_a_day() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert "Green – 3" in words(app, "#questions")
        app.see(date(2019, 1, 31))
        await settled(app, pilot)
        assert "Green – 3" not in words(app, "#questions")
        assert "as known on 31 Jan 2019" in painted(app)
        app.see(None)
        await settled(app, pilot)
        assert "Green – 3" in words(app, "#questions")

    show(demo(), steps)
