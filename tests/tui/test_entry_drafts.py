"""What is typed and not entered when the screens end, as when a browser's tab is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.messages import ExitApp

from outcome_tracker.tracker.collect import Entered, enter
from tests.tui.entering import cell, drive, grid, on_line, settled, stored, type_text, workspace
from tests.tui.showing import words

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from outcome_tracker.tracker.workspace import Workspace
    from outcome_tracker.tui.app import TrackerApp


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def typed_and_ended(found: Workspace) -> None:
    """Type a figure that is never entered, and one that is refused; then the browser goes away."""

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-03")
        await type_text(pilot, "3..4", "enter")
        await settled(app, pilot)
        on_line(app, "S-02")
        await type_text(pilot, "21.2")
        app.post_message(ExitApp())
        await pilot.pause()

    drive(found, steps)
    assert not stored(found, "S-02")


def test_what_was_typed_is_there_again_and_enter_saves_it(tmp_path: Path) -> None:
    found = workspace(tmp_path / "ws")
    typed_and_ended(found)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert set(grid(app).unaccepted) == {
            ("S-02 2018-19 Q4", "value", "21.2"),
            ("S-03 2018-19 Q4", "value", "3..4"),
        }
        assert cell(app, "S-02", "rating") == "■ Red →"
        sentence = grid(app).drafts.sentence(grid(app).lines[1])
        assert sentence == "Typed on 20 Apr 2019 10:00 and not saved. Enter saves it, Esc drops it."
        on_line(app, "S-02")
        await pilot.press("enter")
        await settled(app, pilot)
        assert cell(app, "S-02", "status") == "saved"
        on_line(app, "S-03")
        await pilot.press("escape")
        assert grid(app).unaccepted == ()

    drive(found, steps)
    assert [str(figure.content.value) for figure in stored(found, "S-02")] == ["21.2"]

    async def again(app: TrackerApp, _: Pilot[None]) -> None:
        assert grid(app).unaccepted == ()

    drive(found, again)


def test_it_is_said_that_somebody_has_saved_another_figure_since(tmp_path: Path) -> None:
    found = workspace(tmp_path / "ws")
    typed_and_ended(found)
    assert isinstance(enter(found, "S-02", "2018-19 Q4", "20"), Entered)

    async def steps(app: TrackerApp, _: Pilot[None]) -> None:
        [sentence] = {grid(app).drafts.sentence(line) for line in grid(app).lines if line.key == "S-02 2018-19 Q4"}
        assert sentence == (
            "Typed on 20 Apr 2019 10:00 and not saved. Somebody has saved another figure since. "
            "Enter saves it, Esc drops it."
        )

    drive(found, steps)


def test_it_belongs_to_the_person_who_typed_it(tmp_path: Path) -> None:
    typed_and_ended(workspace(tmp_path / "ws"))

    async def steps(app: TrackerApp, _: Pilot[None]) -> None:
        assert grid(app).unaccepted == ()
        assert "21.2" not in words(app, "#detail")

    drive(workspace(tmp_path / "ws", user="bo"), steps)
