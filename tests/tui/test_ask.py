"""Forms: what Enter does is said, and what is typed into one is not lost by leaving it."""

from collections.abc import Mapping
from pathlib import Path

from textual.pilot import Pilot

from outcome_tracker.tui.app import TrackerApp
from outcome_tracker.tui.screens.ask import Field, Form
from outcome_tracker.tui.screens.milestones import MilestonesScreen
from tests.tui.entering import asked, drive, settled, type_text, workspace
from tests.tui.showing import on, painted, words

FIELDS = (Field("when", "When", value="2019"), Field("reason", "Reason"))
LOST = "What is typed here is not saved. Esc again drops it."


def refused(_values: Mapping[str, str]) -> tuple[str, str] | None:
    return ("reason", "The reason is empty.")


def said(app: TrackerApp) -> list[str]:
    return [note.message for note in app._notifications]  # noqa: SLF001 - Textual shows them no other way


def subtitle(app: TrackerApp) -> str:
    return str(app.screen.query_one(".popup").border_subtitle)


def test_escape_drops_what_is_typed_only_the_second_time(tmp_path: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        form = Form("Re-phased", [], FIELDS, refused)
        answers: list[object] = []
        app.push_screen(form, answers.append)
        await pilot.press("enter", *"fog", "escape")
        assert words(app, "#wrong") == f"✗ {LOST}"
        assert form.values == {"when": "2019", "reason": "fog"}
        await pilot.press("g", "escape")  # it goes on, and is warned again
        assert on(app, Form).values["reason"] == "fogg"
        await pilot.press("escape")
        assert answers == [None]

    drive(workspace(tmp_path), steps)


def test_escape_leaves_a_form_in_which_nothing_is_typed_at_once(tmp_path: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        answers: list[object] = []
        app.push_screen(Form("Re-phased", [], FIELDS, refused), answers.append)
        await pilot.press("escape")
        app.push_screen(Form("Re-phased", [], FIELDS, refused), answers.append)
        await pilot.press("enter", "x", "backspace", "escape")
        assert answers == [None, None]

    drive(workspace(tmp_path), steps)


def test_quitting_from_a_form_says_first_that_something_is_typed(tmp_path: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        app.push_screen(Form("Re-phased", [], FIELDS, refused))
        await pilot.press("enter", *"fog", "ctrl+q")
        assert app.is_running
        assert said(app) == ["What is typed under 'Re-phased' is not saved. Quitting again leaves all the same."]
        assert on(app, Form).values["reason"] == "fog"
        await pilot.press("ctrl+q")
        assert app._exit  # noqa: SLF001 - the app ends after this

    drive(workspace(tmp_path), steps)


def test_quitting_from_a_form_in_which_nothing_is_typed_asks_nothing(tmp_path: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        app.push_screen(Form("Re-phased", [], FIELDS, refused))
        await pilot.press("ctrl+q")
        assert app._exit  # noqa: SLF001 - as above

    drive(workspace(tmp_path), steps)


def test_what_was_sent_in_vain_is_not_lost_either(tmp_path: Path) -> None:
    """A form that comes back with what was wrong holds what was typed before."""

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        app.push_screen(Form("Re-phased", [], FIELDS, refused, ("when", "Somebody was quicker.")))
        await pilot.press("escape")
        assert words(app, "#wrong") == f"✗ {LOST}"

    drive(workspace(tmp_path), steps)


def test_the_border_says_what_enter_does(tmp_path: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("r")
        await settled(app, pilot)
        asked(app)
        assert subtitle(app) == "Enter next field, then save   Esc back"
        assert "Enter next field, then save" in painted(app).splitlines()[-1]
        await type_text(pilot, "", "escape")
        app.push_screen(Form("Apply 3 differences?", [], FIELDS[1:], refused, does="apply"))
        await pilot.pause()
        assert subtitle(app) == "Enter apply   Esc back"

    drive(workspace(tmp_path), steps, screen=MilestonesScreen())
