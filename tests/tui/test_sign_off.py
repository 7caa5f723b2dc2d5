import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

from textual.pilot import Pilot

from outcome_tracker.core.signoff import State
from outcome_tracker.tracker import signoff
from outcome_tracker.tracker.collect import Entered, enter
from outcome_tracker.tracker.workspace import Workspace
from outcome_tracker.tui.app import TrackerApp
from outcome_tracker.tui.screens.ask import Form
from outcome_tracker.tui.screens.commentary import CommentaryScreen
from outcome_tracker.tui.screens.entry import EntryScreen
from outcome_tracker.tui.screens.indicator import IndicatorScreen
from outcome_tracker.tui.screens.scorecard import ScorecardScreen
from outcome_tracker.tui.screens.sign_off import SignOffScreen
from outcome_tracker.tui.screens.summary import SummaryScreen
from tests.tui.entering import settled
from tests.tui.showing import Q4, Drive, cells, demo, on, painted, show, words


def signing(steps: Drive, found: Workspace, *, size: tuple[int, int] = (120, 40)) -> None:
    show(found, steps, size=size, screen=SignOffScreen())


def told(app: TrackerApp) -> list[str]:
    return [note.message for note in app._notifications]  # noqa: SLF001 - what is said is seen nowhere else


def states(app: TrackerApp) -> dict[str, tuple[str, str]]:
    return {key: (line["state"], line["missing"]) for key, line in cells(app, "#plans").items()}


async def press(app: TrackerApp, pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(app, pilot)


def submitted(folder: Path) -> Workspace:
    found = demo(folder)
    assert signoff.submit(found, "SAFE", Q4).event
    return found


def signed(folder: Path) -> Workspace:
    found = submitted(folder)
    assert signoff.sign(replace(found, user="jo"), "SAFE", Q4).event
    return found


def state(found: Workspace) -> State:
    return signoff.status(found, Q4, "SAFE").plans[0].state


def test_every_plan_with_how_far_it_is_and_what_it_lacks() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert words(app, "#above") == " 2 plans: 2 open"
        assert states(app) == {"SAFE": ("○ open", "0"), "EARLY": ("○ open", "3")}
        assert "Nothing is missing: s submits it for sign-off." in words(app, "#between")
        assert {line["kind"] for line in cells(app, "#items").values()} == {"worth a look"}
        await press(app, pilot, "down")
        assert words(app, "#between").splitlines()[1] == " Open"
        found = cells(app, "#items")
        assert list(found) == ["EARLY-02 2018-19 Q4", "EARLY-04 2018-19 H2", "EARLY-09 2018-19 Q4"]
        assert found["EARLY-02 2018-19 Q4"] == {
            "kind": "! missing",
            "what": "EARLY-02 2018-19 Q4",
            "says": "Families who kept up their progress for six months. "
            "It has not been returned; enter it, or say why there is none.",
        }

    signing(steps, demo())


def test_enter_goes_to_what_is_missing() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "down", "tab", "down", "enter")
        assert on(app, EntryScreen).grid.cursor_key == "EARLY-04 2018-19 H2"
        await press(app, pilot, "S", "enter")  # back on the plan that one came from
        assert on(app, EntryScreen).grid.cursor_key == "EARLY-02 2018-19 Q4"

    signing(steps, demo())


def test_what_is_worth_a_look_opens_its_commentary() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "enter")
        assert on(app, CommentaryScreen).about()[1] == "SAFE-01"

    signing(steps, demo())


def test_nothing_is_submitted_that_lacks_something() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "down", "s")
        assert told(app) == ["3 things stand in the way, listed below; Enter goes there."]
        on(app, SignOffScreen)

    signing(steps, demo())


def test_a_plan_is_submitted_and_then_signed_off_by_another_person(tmp_path: Path) -> None:
    found = demo(tmp_path)

    async def first(app: TrackerApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "s")
        on(app, Form)
        assert "It then waits for somebody to sign it off." in painted(app)
        await press(app, pilot, *"All in", "enter")
        assert told(app) == ["SAFE Quarter 4 2018-19: submitted on 31 May 2019 by ana: All in."]
        assert states(app)["SAFE"] == ("• submitted", "0")
        assert "s Sign off" in painted(app)

    async def second(app: TrackerApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "s")
        assert "What stands there now is sealed" in painted(app)
        await press(app, pilot, "enter")
        assert states(app)["SAFE"] == ("✓ signed off", "0")
        assert words(app, "#between").splitlines()[1].startswith(" Signed off on 31 May 2019 by jo · seal ")
        assert words(app, "#above") == " 2 plans: 1 signed off and 1 open"
        await press(app, pilot, "s")
        assert told(app)[-1] == "It is signed off; R opens it again, for a reason."

    signing(first, found)
    assert state(found) is State.SUBMITTED
    signing(second, replace(found, user="jo"))
    assert state(found) is State.SIGNED


def test_whoever_entered_a_figure_is_told_that_another_must_sign_and_keeps_the_note(tmp_path: Path) -> None:
    found = submitted(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "s", *"Seen", "enter")
        form = on(app, Form)
        said = " ".join(words(app, "#wrong").split())
        assert said.startswith("✗ ana entered SAFE-01 2018-19 Q4, ")
        assert form.values == {"why": "Seen"}

    signing(steps, found)
    assert state(found) is State.SUBMITTED


def test_a_period_is_opened_again_only_for_a_reason_and_marked(tmp_path: Path) -> None:
    found = signed(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "R", "enter")
        said = " ".join(words(app, "#wrong").split())
        assert said == "✗ A period is opened again for a reason that is kept beside it; say why."
        await press(app, pilot, *"Late return", "enter")
        assert states(app)["SAFE"][0] == "○ open [r]"
        assert "reopened on 31 May 2019 by ana: Late return" in words(app, "#between")
        await press(app, pilot, "R")
        assert told(app)[-1] == "It is open: figures can be entered and changed."

    signing(steps, found)


def test_what_comes_later_is_an_addendum_and_opens_its_indicator(tmp_path: Path) -> None:
    found = signed(tmp_path)
    assert isinstance(enter(found, "SAFE-02", "2018-19 Q4", "21.3"), Entered)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert cells(app, "#plans")["SAFE"]["later"] == "1"
        (line,) = cells(app, "#items").values()
        assert line["kind"] == "+ addendum"
        assert line["says"].startswith("SAFE-02 2018-19 Q4: 21.3 instead of ")
        await press(app, pilot, "enter")
        assert on(app, IndicatorScreen).code == "SAFE-02"

    signing(steps, found)


def test_a_figure_that_was_altered_by_other_means_is_named(tmp_path: Path) -> None:
    found = signed(tmp_path)
    with closing(sqlite3.connect(found.location.file)) as database, database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {name}")
        database.execute("UPDATE figure SET value = '1.5' WHERE indicator = 'SAFE-02' AND period = '2018-19 Q4'")

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        said = " ".join(words(app, "#above").split())
        assert "✗ 1 thing is not as signed off: somebody changed the database by other means." in said
        assert states(app)["SAFE"][0] == "✗ altered"
        line = cells(app, "#items")["altered 0"]
        assert line["what"] == "SAFE-02 2018-19 Q4"
        assert line["says"].endswith("when it was signed off on 31 May 2019 by jo, 1.5 now.")
        await press(app, pilot, "tab", "enter")
        assert told(app) == ["There is no screen for this line."]
        assert "Tab Plans" in painted(app)

    signing(steps, found)


def test_two_at_once_are_told_what_the_other_did(tmp_path: Path) -> None:
    found = submitted(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "s")
        assert signoff.sign(replace(found, user="max"), "SAFE", Q4).event
        await press(app, pilot, *"Mine", "enter")
        form = on(app, Form)
        assert "It is signed off on 31 May 2019 by max already" in " ".join(words(app, "#wrong").split())
        assert form.values == {"why": "Mine"}

    signing(steps, replace(found, user="jo"))


def test_nothing_is_signed_in_the_past_or_by_whoever_may_only_look(tmp_path: Path) -> None:
    async def past(app: TrackerApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "s")
        assert told(app)[-1].startswith("Read-only: the sign-off as known on 30 May 2019")

    async def looking(app: TrackerApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "R")
        assert told(app)[-1].startswith("Read-only: ")
        on(app, SignOffScreen)

    signing(past, demo(as_at=date(2019, 5, 30)))
    signing(looking, replace(signed(tmp_path), read_only=True))


def test_a_period_without_plans_says_so() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        for _ in range(12):
            await press(app, pilot, "[")
        assert words(app, "#above").startswith(" No plan counts in Quarter")
        await press(app, pilot, "s")
        assert told(app)[-1] == "There is no plan in this period."

    signing(steps, demo())


def test_a_signed_off_plan_is_shown_as_it_was_signed_wherever_its_figures_are(tmp_path: Path) -> None:
    found = signed(tmp_path)
    assert isinstance(enter(found, "SAFE-01", "2018-19 Q4", "3/276"), Entered)

    async def summary(app: TrackerApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "tab")
        plan = cells(app, "#plans")["SAFE"]
        assert plan["title"].strip().startswith("[signed] Vulnerable adults")
        assert (plan["green"], plan["red"], plan["m"]) == ("1", "2", "5")
        await press(app, pilot, "enter")
        assert on(app, ScorecardScreen).answer is not None
        row = cells(app, "#scorecard")["SAFE-01"]
        assert row["value"].startswith("15.9%"), row

    show(found, summary, screen=SummaryScreen())

    async def indicator(app: TrackerApp, _pilot: Pilot[None]) -> None:
        answer = on(app, IndicatorScreen).answer
        assert answer is not None
        assert str(answer.review.row.figure.value) == "15.9"
        assert [v.content.numerator for v in answer.review.versions if v.period == Q4][-1] == 3

    show(found, indicator, screen=IndicatorScreen("SAFE-01"))
    assert signoff.reopen(replace(found, user="jo"), "SAFE", Q4, reason="SAFE-01 was corrected").event

    async def again(app: TrackerApp, _pilot: Pilot[None]) -> None:
        plan = cells(app, "#plans")["SAFE"]
        assert plan["title"].strip().startswith("[r] Vulnerable adults")
        assert (plan["green"], plan["red"], plan["m"]) == ("2", "1", "5")

    show(found, again, screen=SummaryScreen())
