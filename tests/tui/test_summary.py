from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from outcome_tracker.core.period import parse
from outcome_tracker.tracker.collect import enter
from outcome_tracker.tracker.workspace import open_workspace
from outcome_tracker.tui.app import TrackerApp
from outcome_tracker.tui.screens.entry import EntryScreen
from outcome_tracker.tui.screens.indicator import IndicatorScreen
from outcome_tracker.tui.screens.milestones import MilestonesScreen
from outcome_tracker.tui.screens.scorecard import ScorecardScreen
from outcome_tracker.tui.screens.summary import SummaryScreen
from outcome_tracker.tui.widgets.grid_view import GridView
from tests.tui.entering import settled
from tests.tui.showing import cells, demo, now, on, painted, show, words


def test_the_three_questions_are_answered_in_the_councils_words() -> None:
    async def steps(app: TrackerApp, _pilot: Pilot[None]) -> None:
        lines = words(app, "#questions").splitlines()
        assert lines[0].startswith("Are we achieving our targets?")
        assert "Green – 3; Amber – 2; Red – 3; M – 8" in lines[0]
        assert lines[0].endswith("●●●▲▲■■■◌◌◌◌◌◌◌◌")
        assert "↗ 3 improved  → 6 same  ↘ 3 requires improvement  ? 4 information needed" in lines[1]
        assert "58% delivered or on track" in lines[2]
        assert any("14 of 17 returned" in line for line in lines)

    show(demo(), steps)


def test_the_published_line_stands_beside_with_what_can_be_checked() -> None:
    async def steps(app: TrackerApp, _pilot: Pilot[None]) -> None:
        last = words(app, "#questions").splitlines()[-1]
        assert last.startswith("As published, SAFE")
        assert last.endswith("Green – 4; Amber – 3; Red – 8; M – 3 (18 measures; 8 figures printed)")

    show(demo(), steps)


def test_reds_come_first_then_what_declined() -> None:
    async def steps(app: TrackerApp, _pilot: Pilot[None]) -> None:
        decisions = cells(app, "#decisions")
        ratings = [(row["rag"], row["direction"]) for row in decisions.values()]
        reds = [rag == "■ Red" for rag, _ in ratings]
        assert reds == sorted(reds, reverse=True)
        assert all(way == "↘" for rag, way in ratings if rag != "■ Red")
        first = decisions["SAFE-01"]
        assert (first["value"], first["target"]) == ("15.9%", "14")
        assert first["benchmark"].startswith("✓ England 20.")
        assert first["commentary"] == "given"
        assert decisions["EARLY-06"]["commentary"] == "none yet"
        assert decisions["EARLY-06"]["marks"] == "[i]"

    show(demo(), steps)


def test_plans_are_counted_and_illustrative_ones_say_so() -> None:
    async def steps(app: TrackerApp, _pilot: Pilot[None]) -> None:
        plans = cells(app, "#plans")
        assert plans["EARLY"]["title"].endswith("[illustrative]")
        assert [plans["SAFE"][key] for key in ("green", "amber", "red", "m")] == ["1", "0", "2", "5"]
        assert (plans["SAFE"]["actions"], plans["SAFE"]["figures"]) == ("62%", "8/8")

    show(demo(), steps)


def test_enter_opens_what_the_cursor_is_on_and_esc_comes_back() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("enter")
        await settled(app, pilot)
        assert on(app, IndicatorScreen).code == "SAFE-01"
        await pilot.press("escape", "tab", "down", "enter")
        await settled(app, pilot)
        assert on(app, ScorecardScreen).plan_code == "EARLY"
        await pilot.press("escape")
        on(app, SummaryScreen)

    show(demo(), steps)


@pytest.mark.parametrize(("key", "kind"), [("f2", EntryScreen), ("e", EntryScreen), ("m", MilestonesScreen)])
def test_a_key_opens_the_screens_of_the_officer(
    key: str, kind: type[EntryScreen | MilestonesScreen], tmp_path: Path
) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press(key)
        await settled(app, pilot)
        on(app, kind)

    show(demo(tmp_path), steps)


def test_another_period_shows_its_own_figures() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        before = words(app, "#questions")
        await pilot.press("left_square_bracket")
        await settled(app, pilot)
        assert app.period == parse("2018-19 Q3")
        assert "Quarter 3 2018-19 (Oct to Dec 2018)" in painted(app)
        assert words(app, "#questions") != before
        await pilot.press("right_square_bracket")
        await settled(app, pilot)
        assert words(app, "#questions") == before

    show(demo(), steps)


def test_a_period_without_plans_says_so() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        app.go_to(parse("1999-00 Q1"))
        await settled(app, pilot)
        assert "No plan counts in this period." in painted(app)
        await pilot.press("f2")
        on(app, SummaryScreen)

    show(demo(), steps)


def test_what_somebody_saves_elsewhere_shows_when_read_again(tmp_path: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        enter(demo(tmp_path), "SAFE-01", "2018-19 Q4", "13.0")
        await pilot.press("f9")
        await settled(app, pilot)
        assert "SAFE-01" not in cells(app, "#decisions")

    show(demo(tmp_path), steps)


def test_without_a_database_it_says_what_to_do_and_reads_again_on_request(tmp_path: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        screen = painted(app)
        assert "does not exist" in screen
        assert "outcome-tracker targets apply" in screen
        assert "outcome-tracker demo" in screen
        assert not app.has_answered
        demo(tmp_path / "later")
        await pilot.press("f9")
        await settled(app, pilot)
        assert "15.9%" in painted(app)

    show(open_workspace(tmp_path / "later", user="ana", now=now), steps)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40), (200, 60)], ids=str)
def test_numbers_are_never_cut(size: tuple[int, int]) -> None:
    async def steps(app: TrackerApp, _pilot: Pilot[None]) -> None:
        screen = painted(app)
        for number in ("15.9%", "81.0%", "21.2%", "64.5%", "8/8", "6/9", "Green – 3; Amber – 2; Red – 3; M – 8"):
            assert number in screen
        assert "#" not in screen
        assert screen.count("[i]") == 3  # two decisions, and the count that says what it means
        titles = app.screen.query_one("#decisions", GridView)
        assert not any(column.key in {"title", "value", "target"} for column in titles.dropped)

    show(demo(), steps, size=size)


def test_tab_goes_to_the_plans_and_back_and_the_keys_say_so() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert "Tab Plans" in painted(app).splitlines()[-1]
        await pilot.press("tab")
        assert app.screen.query_one("#plans", GridView).has_focus
        await pilot.press("tab")
        assert app.screen.query_one("#decisions", GridView).has_focus

    show(demo(), steps, size=(80, 24))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_line_on_top_says_as_of_which_day(size: tuple[int, int]) -> None:
    async def steps(app: TrackerApp, _pilot: Pilot[None]) -> None:
        assert " · as known on 31 May 2019  ◂ ▸" in painted(app).splitlines()[0]

    show(demo(as_at=date(2019, 5, 31)), steps, size=size)
    show(demo(as_at=date(2019, 5, 31)), steps, size=size, screen=ScorecardScreen("SAFE"))


def test_a_long_path_leaves_out_its_beginning_never_where_one_is() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await app.push_screen(EntryScreen())
        await settled(app, pilot)
        await app.push_screen(IndicatorScreen("EARLY-03"))
        await settled(app, pilot)
        top = painted(app).splitlines()[0]
        assert top.startswith(" …  ›  Enter figures  ›  EARLY-03 ")  # noqa: RUF001 - the sign for a path of screens

    show(demo(as_at=date(2019, 5, 31)), steps, size=(80, 24), screen=ScorecardScreen("SAFE"))
