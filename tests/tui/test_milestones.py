from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot

from outcome_tracker.core.day import read_only_text
from outcome_tracker.core.milestone import Progress, Report
from outcome_tracker.core.period import Period, parse
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.tracker.actions import Changed, Said, change
from outcome_tracker.tracker.workspace import Workspace
from outcome_tracker.tui.app import TrackerApp
from outcome_tracker.tui.screens.ask import Ask, Form
from outcome_tracker.tui.screens.choose_from import ChooseFrom
from outcome_tracker.tui.screens.milestone_popups import History
from outcome_tracker.tui.screens.milestones import MilestonesScreen
from outcome_tracker.tui.widgets.drawn import Drawn
from outcome_tracker.tui.widgets.grid_view import GridView
from tests.tui.entering import Q4, Drive, drive, settled, type_text, workspace
from tests.tui.showing import demo, painted, show, words

Q1 = parse("2019-20 Q1")


def on_milestones(found: Workspace, steps: Drive, size: tuple[int, int] = (120, 40)) -> None:
    drive(found, steps, size=size, screen=MilestonesScreen())


def on_demo(steps: Drive, size: tuple[int, int] = (120, 40), plan: str | None = None) -> None:
    show(demo(), steps, size=size, screen=MilestonesScreen(plan))


def screen(app: TrackerApp) -> MilestonesScreen:
    return next(each for each in app.screen_stack if isinstance(each, MilestonesScreen))


def grid(app: TrackerApp) -> GridView:
    return screen(app).grid


def cells(app: TrackerApp, code: str) -> dict[str, str]:
    line = next(line for line in grid(app).lines if line.key == code)
    return {key: cell.text for key, cell in line.cells.items() if cell.text} | (
        {"note": line.note} if line.note else {}
    )


def headings(app: TrackerApp) -> list[str]:
    return [line.title or line.cell("title").text for line in grid(app).lines if line.heading]


def codes(app: TrackerApp) -> list[str]:
    return [line.key for line in grid(app).lines if not line.heading]


def reports(found: Workspace, code: str) -> list[Report]:
    with found.read() as reader:
        return [report for report in reader.milestone_reports() if report.milestone == code]


def said(found: Workspace, code: str, what: Said, period: Period = Q4) -> Report:
    changed = change(found, code, what, period=period)
    assert isinstance(changed, Changed)
    return changed.report


def form(app: TrackerApp) -> Form:
    assert isinstance(app.screen, Form), app.screen
    return app.screen


def wrong(app: TrackerApp) -> str:
    return " ".join(line.plain.strip() for line in form(app).query_one("#wrong", Drawn).lines(400))


def notices(app: TrackerApp) -> list[str]:
    return [notice.message for notice in app._notifications]  # noqa: SLF001 - Textual has no other list of them


# Views and filters


def test_what_needs_a_decision_comes_first(tmp_path: Path) -> None:
    async def steps(app: TrackerApp, _pilot: Pilot[None]) -> None:
        assert headings(app) == ["Overdue · 1", "Due in the next period · 1", "No date stated · 1"]
        assert cells(app, "S-A1.1") == {
            "code": "S-A1.1",
            "title": "Agree the sites",
            "status": "○ Not started",
            "due": "31 Dec 2018",
            "owner": "Manager",
        }
        assert cells(app, "S-A2.1")["due"] == "–"

    on_milestones(workspace(tmp_path), steps)


def test_by_plan_actions_are_headings_with_their_owners() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("2")
        assert headings(app)[:3] == [
            "Vulnerable adults and children feel safe and are protected · 62% delivered or on track",
            "Health and dental checks for children in care",
            "Child-centred plans",
        ]
        assert headings(app)[-4:] == [
            "Children and families get help early [illustrative] · 50% delivered or on track",
            "Family hubs · Head of Early Help",
            "One front door for requests · Early Help Assessment Team",
            "A directory of local help · Family Support",
        ]
        assert cells(app, "EARLY-A4")["title"] == "Review of parenting courses"
        assert cells(app, "EARLY-A4")["note"] == "an action without milestones, which counts as one"
        assert cells(app, "EARLY-A2.2") == {
            "code": "EARLY-A2.2",
            "title": "Train school staff in the form",
            "status": "! Delayed",
            "due": "28 Feb 2019 overdue",
            "mark": "[i]",
            "note": "illustrative: half of the schools trained",
        }
        assert cells(app, "EARLY-A1.2")["note"] == (
            "» first due 31 Mar 2019: illustrative: building work found a fault in the roof"
        )
        assert cells(app, "SAFE-A10.1")["due"] == "during 2019-20 next"

    on_demo(steps)


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("3", ["EARLY-A2.2"]),
        ("4", ["SAFE-A7.1", "SAFE-A10.1", "SAFE-A11.1", "EARLY-A1.3"]),
        ("5", ["SAFE-A7.1", "SAFE-A8.1", "SAFE-A9.1", "EARLY-A1.2"]),
        ("6", ["SAFE-A4.1", "SAFE-A5.1", "SAFE-A6.1", "SAFE-A6.2", "EARLY-A1.1", "EARLY-A2.1"]),
    ],
)
def test_one_key_picks_out_what_the_tab_counts(key: str, found: list[str]) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press(key)
        assert sorted(codes(app)) == sorted(found)
        assert f" {len(found)} " in words(app, "#views").split(key, 1)[1] + " "

    on_demo(steps)


def test_the_counts_stand_on_the_tabs_and_the_share_beside_the_filters() -> None:
    async def steps(app: TrackerApp, _pilot: Pilot[None]) -> None:
        assert words(app, "#views").strip() == (
            "1 By due date   2 By plan   3 Overdue 1   4 Due next period 4   5 Re-phased 4   6 Delivered this year 6"
        )
        assert words(app, "#filters").split("  ")[0].strip() == "Every plan ▾"
        assert "58% of 19 delivered or on track · 1 cancelled, not counted" in words(app, "#filters")

    on_demo(steps)


def test_on_a_narrow_screen_the_tabs_are_short_and_titles_keep_their_room() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("3")
        assert words(app, "#views").strip() == "1 Date  2 Plan  3 Overdue 1  4 Due next 4  5 Re-phased 4  6 Delivered 6"
        assert "58% of 19 delivered or on track" in words(app, "#filters")
        text = painted(app)
        assert "Train school staff in the form" in text
        assert "! 28 Feb 2019" in text
        assert "! Delayed" in text

    on_demo(steps, (80, 24))


def test_a_plan_and_an_owner_are_chosen_from_lists_and_taken_away_at_once() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("l")
        await settled(app, pilot)
        assert isinstance(app.screen, ChooseFrom)
        lines = app.screen.query_one(GridView).lines
        assert [(x.cell("title").text, x.cell("all").text, x.cell("late").text) for x in lines] == [
            ("Every plan", "", ""),
            ("Vulnerable adults and children feel safe and are protected", "13", ""),
            ("Children and families get help early", "7", "1"),
        ]
        await pilot.press("end", "enter")
        await settled(app, pilot)
        assert len(codes(app)) == 7
        assert words(app, "#filters").startswith("Children and families get help early ▾   Every owner ▾   Show all")
        await pilot.press("w")
        await settled(app, pilot)
        assert isinstance(app.screen, ChooseFrom)
        owners = app.screen.query_one(GridView).lines
        assert [x.cell("title").text for x in owners] == [
            "Every owner",
            "Early Help Assessment Team",
            "Family Support",
            "Head of Early Help",
        ]
        await pilot.press("down", "down", "enter")
        await settled(app, pilot)
        assert codes(app) == ["EARLY-A4", "EARLY-A3.1"]
        await pilot.press("3")
        assert codes(app) == []
        assert words(app, "#detail").strip() == "Nothing is overdue. Others are left out: a shows all."
        await pilot.press("s")
        assert notices(app)[-1] == "There is no milestone to change."
        await pilot.press("a")
        assert len(codes(app)) == 20
        await pilot.press("a")
        assert notices(app)[-1] == "Every milestone is shown."

    on_demo(steps)


def test_the_view_and_the_owner_are_remembered() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("right", "right")
        assert app.memory.get("milestones.view", "") == "overdue"
        app.memory.put("milestones.owner", "Family Support")
        await app.push_screen(other := MilestonesScreen())
        await settled(app, pilot)
        assert [line.key for line in other.grid.lines] == []
        await pilot.press("t")
        assert app.memory.get("milestones.view", "") == "due next period"

    on_demo(steps)


def test_a_remembered_owner_whom_nobody_knows_any_more_hides_nothing() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        app.memory.put("milestones.owner", "Somebody who left")
        app.memory.put("milestones.view", "a view of another version")
        await app.push_screen(other := MilestonesScreen("GONE"))
        await settled(app, pilot)
        assert len([line for line in other.grid.lines if not line.heading]) == 20

    on_demo(steps)


def test_tabs_and_filters_can_be_clicked() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        at = words(app, "#views").index("3 Overdue")
        await pilot.click("#views", offset=(at + 1, 0))
        assert codes(app) == ["EARLY-A2.2"]
        await pilot.click("#filters", offset=(words(app, "#filters").index("Show all") + 2, 0))
        assert len(codes(app)) == 20
        await pilot.click("#filters", offset=(3, 0))
        await settled(app, pilot)
        assert isinstance(app.screen, ChooseFrom)

    on_demo(steps)


def test_the_whole_title_and_what_is_known_stand_below() -> None:
    async def steps(app: TrackerApp, _pilot: Pilot[None]) -> None:
        grid(app).move_to("SAFE-A5.1")
        await _pilot.pause()
        detail = words(app, "#detail")
        assert "Evaluate the project, make the business case and launch the new intervention service" in detail
        assert "Delivered during 2018-19, recorded by ana." in detail
        assert "Action: Children in Need project · No owner named" in detail

    on_demo(steps)


# Changes


def test_a_status_that_says_it_all_is_saved_at_once_for_the_reporting_date(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        grid(app).move_to("S-A2.1")
        await pilot.press("s")
        await settled(app, pilot)
        assert "What you choose holds on 31 Mar 2019, the last day of Quarter 4 2018-19." in " ".join(
            painted(app).replace("│", " ").split()
        )
        await pilot.press("o")
        await settled(app, pilot)
        assert cells(app, "S-A2.1")["status"] == "→ On track"
        assert notices(app)[-1] == "Saved: S-A2.1 on track on 31 Mar 2019."

    on_milestones(found, steps)
    (report,) = reports(found, "S-A2.1")
    assert (report.status, report.day, report.version) == (Progress.ON_TRACK, "2019-03-31", 1)
    assert report.stamp is not None
    assert report.stamp.who == "ana"


def test_rephasing_needs_a_date_and_a_reason_and_says_so_at_once(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        grid(app).move_to("S-A1.1")
        await pilot.press("r")
        await settled(app, pilot)
        await type_text(pilot, "soon", "enter", "enter")
        assert wrong(app) == (
            "✗ 'soon' is neither a date nor a financial year; write 2019-03-31 or 2019-20. Re-phasing needs its reason."
        )
        assert form(app).values == {"new_due": "soon", "reason": ""}
        await pilot.press("ctrl+u")
        await type_text(pilot, "2019-20", "enter", "enter")
        assert wrong(app) == "✗ Re-phasing needs its reason."
        assert not reports(found, "S-A1.1")
        await type_text(pilot, "roof", "enter")
        await settled(app, pilot)
        assert cells(app, "S-A1.1") == {
            "code": "S-A1.1",
            "title": "Agree the sites",
            "status": "» Re-phased",
            "due": "during 2019-20",
            "owner": "Manager",
            "note": "» first due 31 Dec 2018: roof",
        }
        assert notices(app)[-1] == "Saved: S-A1.1 re-phased on 31 Mar 2019, now due during 2019-20."

    on_milestones(found, steps)
    (report,) = reports(found, "S-A1.1")
    assert (report.new_due, report.reason) == ("2019-20", "roof")


@pytest.mark.parametrize("sure", [True, False])
def test_an_earlier_date_is_asked_about_and_nothing_typed_is_lost(tmp_path: Path, sure: bool) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        grid(app).move_to("S-A1.2")
        await pilot.press("r")
        await settled(app, pilot)
        await type_text(pilot, "2019-04-30", "enter")
        await type_text(pilot, "sooner", "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, Ask)
        assert "The new date, 2019-04-30, is before the original one, 2019-05-31." in painted(app)
        assert not reports(found, "S-A1.2")
        await pilot.press("s" if sure else "c")
        await settled(app, pilot)
        if not sure:
            assert form(app).values == {"new_due": "2019-04-30", "reason": "sooner"}

    on_milestones(found, steps)
    assert [report.new_due for report in reports(found, "S-A1.2")] == ["2019-04-30"] * sure


def test_delivered_asks_when_and_refuses_what_is_yet_to_come(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        grid(app).move_to("S-A1.1")
        await pilot.press("s")
        await settled(app, pilot)
        await pilot.press("d")
        await settled(app, pilot)
        await pilot.press("enter", "enter")
        assert wrong(app) == (
            "✗ Delivered needs its date; write the day, as in 2019-03-31, or the year, as in 2018-19."
        )
        await type_text(pilot, "2019-02-31", "enter", "enter")
        assert "neither a date" in wrong(app)
        await pilot.press("ctrl+u")
        await type_text(pilot, "2019-04-21", "enter", "enter")
        assert wrong(app) == (
            "✗ 2019-04-21 is in the future; write the day on which it was delivered, 2019-04-20 or before."
        )
        await pilot.press("ctrl+u")
        await type_text(pilot, "2019-02-28", "enter", "enter")
        await settled(app, pilot)

    on_milestones(found, steps)
    (report,) = reports(found, "S-A1.1")
    assert (report.status, report.day) == (Progress.DELIVERED, "2019-02-28")


def test_what_is_delivered_after_the_quarter_is_not_shown_as_delivered_in_it(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        grid(app).move_to("S-A1.1")
        await pilot.press("s")
        await settled(app, pilot)
        await pilot.press("d")
        await settled(app, pilot)
        await type_text(pilot, "2019-04-10", "enter", "enter")
        await settled(app, pilot)
        assert notices(app)[-1] == (
            "Saved: S-A1.1 delivered on 10 Apr 2019. That is after Quarter 4 2018-19, which stays as it is."
        )
        assert cells(app, "S-A1.1")["status"] == "○ Not started"
        await pilot.pause()
        assert "Since then: delivered on 10 Apr 2019." in words(app, "#detail")
        await pilot.press("s")
        assert notices(app)[-1] == (
            "Delivered is recorded on 10 Apr 2019, after Quarter 4 2018-19. Change it there: ] shows the next period."
        )
        await pilot.press("right_square_bracket")
        await settled(app, pilot)
        assert cells(app, "S-A1.1")["status"] == "✓ Delivered"

    on_milestones(found, steps)


def test_a_cancelled_one_needs_a_reason(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        grid(app).move_to("S-A1.1")
        await pilot.press("s")
        await settled(app, pilot)
        await pilot.press("c")
        await settled(app, pilot)
        await pilot.press("enter", "enter")
        assert wrong(app) == "✗ Cancelling needs its reason."
        await type_text(pilot, "bought in", "enter")
        await settled(app, pilot)
        assert cells(app, "S-A1.1")["note"] == "bought in"

    on_milestones(found, steps)
    (report,) = reports(found, "S-A1.1")
    assert (report.status, report.day, report.reason) == (Progress.CANCELLED, "2019-03-31", "bought in")


def test_a_note_leaves_the_status_and_the_dates(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    said(found, "S-A1.1", Said(Progress.REPHASED, new_due="2019-09-30", reason="roof"))

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        grid(app).move_to("S-A1.1")
        await pilot.press("n")
        await settled(app, pilot)
        await pilot.press("enter")
        assert wrong(app) == "✗ There is nothing in the note; write it."
        await type_text(pilot, "scaffold is up", "enter")
        await settled(app, pilot)
        assert notices(app)[-1] == "Saved: S-A1.1 note."
        assert cells(app, "S-A1.1")["status"] == "» Re-phased"
        assert cells(app, "S-A1.1")["note"] == "» first due 31 Dec 2018: roof · scaffold is up"

    on_milestones(found, steps)
    assert [(r.status, r.new_due, r.reason) for r in reports(found, "S-A1.1")] == [
        (Progress.REPHASED, "2019-09-30", "roof"),
        (Progress.REPHASED, "2019-09-30", "scaffold is up"),
    ]


def test_somebody_elses_change_is_shown_before_ones_own_follows_it(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        grid(app).move_to("S-A1.1")
        await pilot.press("s")
        await settled(app, pilot)
        said(replace(found, user="ben"), "S-A1.1", Said(Progress.DELAYED, reason="no staff"))
        await pilot.press("o")
        await settled(app, pilot)
        assert isinstance(app.screen, Ask)
        assert "ben saved Delayed (no staff) meanwhile; saving follows that." in painted(app)
        await pilot.press("s")
        await settled(app, pilot)

    on_milestones(found, steps)
    assert [r.status for r in sorted(reports(found, "S-A1.1"), key=lambda r: r.version)] == [
        Progress.DELAYED,
        Progress.ON_TRACK,
    ]


def test_what_was_typed_stays_when_somebody_else_was_quicker(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        grid(app).move_to("S-A1.1")
        await pilot.press("r")
        await settled(app, pilot)
        await type_text(pilot, "2019-20", "enter")
        await type_text(pilot, "roof")
        said(replace(found, user="ben"), "S-A1.1", Said(Progress.REPHASED, new_due="2019-09-30", reason="flood"))
        await pilot.press("enter")
        await settled(app, pilot)
        assert wrong(app) == "✗ ben saved Re-phased, due 30 Sep 2019 (flood) meanwhile; saving follows that."
        assert form(app).values == {"new_due": "2019-20", "reason": "roof"}
        await pilot.press("enter", "enter")
        await settled(app, pilot)

    on_milestones(found, steps)
    assert [r.new_due for r in reports(found, "S-A1.1")] == ["2019-09-30", "2019-20"]


@pytest.mark.parametrize(("key", "typed"), [("o", ""), ("l", "no staff")])
def test_what_the_store_refuses_is_said_and_stays_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, typed: str
) -> None:
    found = workspace(tmp_path)

    def full(*_: object) -> None:
        raise Unavailable("The disk is full.", "Make room and try again.")

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        grid(app).move_to("S-A1.1")
        monkeypatch.setattr(Workspace, "save", full)
        await pilot.press("s")
        await settled(app, pilot)
        await pilot.press(key)
        await settled(app, pilot)
        if typed:
            await type_text(pilot, typed, "enter")
            await settled(app, pilot)
            assert wrong(app) == "✗ The disk is full. Make room and try again."
            assert form(app).values == {"reason": typed}
        else:
            assert notices(app)[-1] == "The disk is full. Make room and try again."

    on_milestones(found, steps)
    assert not reports(found, "S-A1.1")


def test_what_is_refused_after_one_has_left_is_said_with_what_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = workspace(tmp_path)

    def full(*_: object) -> None:
        raise Unavailable("The disk is full.", "Make room and try again.")

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        grid(app).move_to("S-A1.1")
        monkeypatch.setattr(Workspace, "save", full)
        before = Event()
        app.writer.submit(lambda: before.wait(20))  # what is saved before it takes its time
        await pilot.press("n")
        await type_text(pilot, "no staff", "enter")
        await pilot.press("escape")
        assert not any(isinstance(each, MilestonesScreen) for each in app.screen_stack)
        before.set()
        await settled(app, pilot)
        assert notices(app)[-1] == "S-A1.1 note, no staff: not saved. The disk is full. Make room and try again."

    on_milestones(found, steps)


# History


def test_enter_shows_the_milestone_in_full_with_every_change(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    said(found, "S-A1.1", Said(Progress.REPHASED, new_due="2019-09-30", reason="roof"))
    said(found, "S-A1.1", Said(None, reason="scaffold is up"))
    said(found, "S-A1.1", Said(Progress.DELIVERED, day="2019-04-19"), Q1)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        grid(app).move_to("S-A1.1")
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, History)
        lines = app.screen.query_one(GridView).lines
        assert [(x.cell("status").text.strip(), x.cell("due").text, x.cell("day").text, x.note) for x in lines] == [
            ("✓ Delivered", "", "19 Apr 2019", "after this period"),
            ("Note", "", "31 Mar 2019", "scaffold is up"),
            ("» Re-phased", "31 Dec 2018 → 30 Sep 2019", "31 Mar 2019", "roof"),
            ("○ Not started", "31 Dec 2018", "", ""),
        ]
        assert (lines[2].cell("when").text, lines[2].cell("who").text) == ("20 Apr 2019", "ana")
        text = painted(app)
        assert "Re-phased. Due: 30 Sep 2019, originally 31 Dec 2018." in text
        assert "Action: Open three hubs" in text
        assert "Owner: Manager" in text
        await pilot.press("escape")
        assert isinstance(app.screen, MilestonesScreen)

    on_milestones(found, steps)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_past_is_read_only_and_says_why(tmp_path: Path, size: tuple[int, int]) -> None:
    workspace(tmp_path)
    found = workspace(tmp_path, as_at=Q4.end)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("s", "r", "n")
        assert isinstance(app.screen, MilestonesScreen)
        assert set(notices(app)) == {read_only_text("milestones", Q4.end)}

    on_milestones(found, steps, size)
