from datetime import date

import pytest
from textual.pilot import Pilot

from outcome_tracker.core.period import parse
from outcome_tracker.tui.app import TrackerApp
from outcome_tracker.tui.screens.entry import EntryScreen
from outcome_tracker.tui.screens.indicator import IndicatorScreen
from outcome_tracker.tui.screens.scorecard import ScorecardScreen
from outcome_tracker.tui.widgets.grid_view import GridView
from tests.tui.entering import settled
from tests.tui.showing import cells, demo, on, painted, show, words

MAY = demo(as_at=date(2019, 5, 31))


def headings(app: TrackerApp) -> list[str]:
    return [line.title for line in app.screen.query_one("#scorecard", GridView).lines if line.heading]


def test_indicators_stand_in_groups_with_what_they_are_held_against() -> None:
    async def steps(app: TrackerApp, _pilot: Pilot[None]) -> None:
        assert headings(app) == [
            "Headline indicators   Green – 1; Amber – 0; Red – 1; M – 2",
            "Wider indicators   Green – 0; Amber – 0; Red – 1; M – 3",
        ]
        lines = cells(app, "#scorecard")
        assert lines["SAFE-02"] == {
            "code": "SAFE-02",
            "title": "Repeat referrals to children's social care",
            "value": "21.2%",
            "marks": "",
            "target": "–",
            "rag": "◌ M",
            "direction": "↘ Declined",
            "last": "[i] 20.7%",  # made up, in a plan that is not
            "year": "19.0%",
            "with England": "✓ 21.9%",
            "with North West": "✓ 22.3%",
            "with Statistical neighbours": "✓ 21.8%",
        }

    show(MAY, steps, screen=ScorecardScreen("SAFE"))


def test_the_sentence_follows_the_cursor() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert "15.9%" in words(app, "#sentence") or "16.0%" in words(app, "#sentence")
        await pilot.press("down")
        await settled(app, pilot)
        assert "Repeat referrals to children's social care: 21.2% in Quarter 4 2018-19: M (no target)." in words(
            app, "#sentence"
        )

    show(MAY, steps, screen=ScorecardScreen("SAFE"))


def test_filters_show_one_tier_and_the_keys_say_what_is_left() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        every = set(cells(app, "#scorecard"))
        await pilot.press("h")
        assert [heading.split("  ")[0] for heading in headings(app)] == ["Headline indicators"]
        assert "h Headline" not in painted(app)
        assert "a All" in painted(app)
        await pilot.press("w")
        assert [heading.split("  ")[0] for heading in headings(app)] == ["Wider indicators"]
        await pilot.press("a")
        assert set(cells(app, "#scorecard")) == every

    show(MAY, steps, screen=ScorecardScreen("SAFE"), size=(160, 40))


def test_a_figure_of_another_period_names_it() -> None:
    async def steps(app: TrackerApp, _pilot: Pilot[None]) -> None:
        lines = cells(app, "#scorecard")
        assert lines["EARLY-05"]["title"].endswith("(academic 2017-18)")
        assert lines["EARLY-07"]["rag"] == "context"
        assert lines["EARLY-02"]["value"] == "–"
        assert "[illustrative]" in words(app, "#counts")

    show(MAY, steps, screen=ScorecardScreen("EARLY"))


def test_enter_opens_the_indicator_and_f2_its_entry() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("down", "enter")
        await settled(app, pilot)
        assert on(app, IndicatorScreen).code == "SAFE-02"
        await pilot.press("escape", "f2")
        await settled(app, pilot)
        on(app, EntryScreen)

    show(MAY, steps, screen=ScorecardScreen("SAFE"))


def test_a_plan_that_does_not_count_in_a_period_is_a_sentence() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        app.go_to(parse("1999-00 Q1"))
        await settled(app, pilot)
        assert [message.severity for message in app._notifications] == ["error"]  # noqa: SLF001 - no public way
        assert "15.9%" in painted(app) or "16.0%" in painted(app)

    show(MAY, steps, screen=ScorecardScreen("SAFE"))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
def test_numbers_are_never_cut(size: tuple[int, int]) -> None:
    async def steps(app: TrackerApp, _pilot: Pilot[None]) -> None:
        assert "#" not in painted(app)
        for number in ("21.2%", "73.0", "94%", "81.0%"):
            assert number in painted(app)

    show(MAY, steps, screen=ScorecardScreen("SAFE"), size=size)
