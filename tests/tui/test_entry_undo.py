"""Undo and redo: each is a new version, and nobody's figure is overwritten by them."""

from pathlib import Path

from textual.pilot import Pilot

from outcome_tracker.core.figure import Figure
from outcome_tracker.tui.app import TrackerApp
from outcome_tracker.tui.screens.ask import Ask
from outcome_tracker.tui.screens.entry_commands import Redo, Undo
from tests.tui.entering import cell, drive, entry, grid, on_line, settled, stored, type_text, workspace
from tests.tui.showing import words
from tests.tui.test_conflict import beside, question


async def enter(app: TrackerApp, pilot: Pilot[None], code: str, *texts: str) -> None:
    for text in texts:
        on_line(app, code)
        await type_text(pilot, text, "enter")
        await settled(app, pilot)


async def press(app: TrackerApp, pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(app, pilot)


def said(figures: list[Figure]) -> list[tuple[str, str]]:
    return [
        (figure.content.status.value if figure.content.value is None else str(figure.content.value), figure.stamp.why)
        for figure in figures
    ]


def test_undo_and_redo_go_over_many_steps_and_each_is_a_version(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert entry(app).why_not(Undo) == "Nothing was saved here that could be undone."
        assert entry(app).why_not(Redo) == "Nothing was undone that could be done again."
        await enter(app, pilot, "S-02", "21.2", "19.0")
        await enter(app, pilot, "S-04", "12.4")
        await press(app, pilot, "u")
        assert words(app, "#said") == (
            "Undone: S-04 2018-19 Q4 has no figure again. It counts as not returned, and history keeps what was there."
        )
        assert grid(app).cursor_key == "S-04 2018-19 Q4"
        await press(app, pilot, "ctrl+z")
        assert words(app, "#said") == "Undone: S-02 2018-19 Q4 is again 21.2%."
        assert cell(app, "S-02", "value") == "21.2%"
        await press(app, pilot, "ctrl+z", "ctrl+y")
        assert words(app, "#said") == "Redone: S-02 2018-19 Q4 is again 21.2%."
        await press(app, pilot, "ctrl+y", "ctrl+y")
        assert entry(app).why_not(Redo)
        assert cell(app, "S-04", "value") == "12.4"

    drive(found, steps)
    assert said(stored(found, "S-02")) == [
        ("21.2", ""), ("19.0", ""), ("21.2", "undo"), ("not returned", "undo"), ("21.2", "redo"), ("19.0", "redo"),
    ]  # fmt: skip
    assert said(stored(found, "S-04")) == [("12.4", ""), ("not returned", "undo"), ("12.4", "redo")]


def test_what_is_undone_to_no_figure_is_due_again(tmp_path: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await enter(app, pilot, "S-02", "21.2")
        assert entry(app).sheet is not None
        await press(app, pilot, "u")
        sheet = entry(app).sheet
        assert sheet is not None
        assert (sheet.counts.returned, sheet.counts.overdue) == (0, 4)
        assert cell(app, "S-02", "status") == "overdue"

    drive(workspace(tmp_path), steps)


def test_a_new_entry_leaves_nothing_to_redo(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await enter(app, pilot, "S-02", "21.2", "19.0")
        await press(app, pilot, "u")
        await enter(app, pilot, "S-04", "12.4")
        await press(app, pilot, "ctrl+y")
        assert words(app, "#said") == "⚠ Nothing was undone that could be done again."
        await press(app, pilot, "u", "u")

    drive(found, steps)
    assert said(stored(found, "S-02"))[-1] == ("not returned", "undo")


def test_undo_of_a_figure_that_somebody_else_changed_asks_whose_to_keep(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await enter(app, pilot, "S-02", "21.2", "19.0")
        beside(found, "S-02", "18.0")
        await press(app, pilot, "f9", "u")
        asked = question(app)
        assert "Theirs  18.0%" in asked
        assert "Yours   21.2%" in asked
        await press(app, pilot, "t")
        assert cell(app, "S-02", "value") == "18.0%"
        assert entry(app).why_not(Undo)  # their figure is not ours to undo

    drive(found, steps)
    assert said(stored(found, "S-02")) == [("21.2", ""), ("19.0", ""), ("18.0", "")]


def test_undo_over_somebody_elses_figure_can_be_insisted_on_and_goes_on(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await enter(app, pilot, "S-02", "21.2", "19.0")
        beside(found, "S-02", "18.0")
        await press(app, pilot, "u")
        assert isinstance(app.screen, Ask)
        await press(app, pilot, "escape")  # puts it off; Enter on the line comes back to it
        assert cell(app, "S-02", "status") == "conflict"
        await press(app, pilot, "enter", "m", "ctrl+y")

    drive(found, steps)
    assert said(stored(found, "S-02"))[2:] == [("18.0", ""), ("21.2", "undo"), ("19.0", "redo")]


def test_while_a_text_is_typed_undo_says_what_to_do_first(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await enter(app, pilot, "S-02", "21.2")
        on_line(app, "S-04")
        await type_text(pilot, "12", "ctrl+z")
        assert words(app, "#said") == "⚠ Enter or Esc ends the typing first."
        assert grid(app).unaccepted == (("S-04 2018-19 Q4", "value", "12"),)
        await pilot.press("escape", "left_square_bracket")
        await settled(app, pilot)
        await press(app, pilot, "ctrl+z")
        assert words(app, "#said") == "⚠ It was in Quarter 4 2018-19 (Jan to Mar 2019); go there to undo it."

    drive(found, steps)
    assert len(stored(found, "S-02")) == 1


def test_a_status_and_a_note_are_undone_too(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await enter(app, pilot, "S-02", "21.2")
        on_line(app, "S-02")
        await press(app, pilot, "v")
        on_line(app, "S-02", "note")
        await press(app, pilot, "o", "k", "enter")
        await press(app, pilot, "ctrl+z", "ctrl+z")

    drive(found, steps)
    assert [(f.content.status.value, f.content.note) for f in stored(found, "S-02")] == [
        ("final", ""), ("provisional", ""), ("provisional", "ok"), ("provisional", ""), ("final", ""),
    ]  # fmt: skip
