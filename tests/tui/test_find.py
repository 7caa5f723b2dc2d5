from datetime import date

from textual.pilot import Pilot

from outcome_tracker.tui.app import TrackerApp
from outcome_tracker.tui.screens.find import FindIndicator
from outcome_tracker.tui.screens.indicator import IndicatorScreen
from outcome_tracker.tui.screens.scorecard import ScorecardScreen
from outcome_tracker.tui.widgets.grid_view import GridView
from tests.tui.entering import settled, type_text
from tests.tui.showing import cells, demo, on, painted, show

MAY = demo(as_at=date(2019, 5, 31))


def listed(app: TrackerApp) -> list[str]:
    return [line.key for line in on(app, FindIndicator).query_one(GridView).lines if line.key]


def test_each_hit_stands_with_its_figure_rating_and_plan() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("slash")
        await settled(app, pilot)
        assert len(listed(app)) == 81
        found = cells(app, "GridView")["SAFE-01"]
        assert (found["value"], found["rag"], found["plan"], found["owner"]) == (
            "16.0%",
            "■ Red",
            "SAFE",
            "Safeguarding Unit",
        )

    show(MAY, steps)


def test_any_words_find_the_likeliest_first_and_enter_opens_it() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("slash")
        await settled(app, pilot)
        await type_text(pilot, "referrals")
        # Those of a plan of other years come last, though one of them begins with the word.
        assert listed(app) == ["SAFE-02", "GUARD-24", "GUARD-25"]
        assert "Find an indicator: 3 of 81 indicators" in painted(app)
        await pilot.press("enter")
        await settled(app, pilot)
        assert on(app, IndicatorScreen).code == "SAFE-02"

    show(MAY, steps)


def test_a_rating_is_a_word_like_others_and_f10_makes_a_scorecard_of_the_hits() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("slash")
        await settled(app, pilot)
        await type_text(pilot, "green")
        assert listed(app) == ["SAFE-04", "EARLY-01", "EARLY-03"]
        await pilot.press("f10")
        await settled(app, pilot)
        screen = on(app, ScorecardScreen)
        assert (screen.plan_code, screen.words) == (None, "green")
        await pilot.press("escape")
        assert not isinstance(app.screen, ScorecardScreen | FindIndicator)

    show(MAY, steps)


def test_words_that_find_nothing_say_so_and_enter_stays() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("slash")
        await settled(app, pilot)
        await type_text(pilot, "zebra", "enter")
        assert listed(app) == []
        assert "Nothing has all of these words." in painted(app)
        await pilot.press(*["backspace"] * 5)
        assert len(listed(app)) == 81

    show(MAY, steps, size=(80, 24))


def test_no_rating_is_cut_where_there_is_little_room() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("slash")
        await settled(app, pilot)
        assert cells(app, "GridView")["EARLY-07"]["rag"] == "context"
        (line,) = [line for line in painted(app).splitlines() if "EARLY-07" in line]
        assert line.split()[-4:-2] == ["512", "·"]  # as in the heat map

    show(MAY, steps, size=(80, 24))
