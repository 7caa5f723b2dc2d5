"""What looks odd is questioned in its line, and kept with what was said of it."""

from decimal import Decimal
from pathlib import Path

import pytest
from textual.pilot import Pilot

from outcome_tracker.core.figure import Status
from outcome_tracker.tui.app import TrackerApp
from outcome_tracker.tui.screens.entry_lines import CONFIRM
from outcome_tracker.tui.widgets.grid_edit import State
from tests.tui.entering import cell, drive, entry, grid, on_line, settled, stored, type_text, workspace
from tests.tui.showing import painted, words

FAR = "More than three times the last figure, 20.8% in 2018-19 Q3."


def below(app: TrackerApp, code: str) -> str:
    return next(line.note for line in grid(app).lines if line.key.startswith(code))


@pytest.mark.parametrize(("note", "kept"), [("", ""), ("checked with the team", "checked with the team")])
def test_an_odd_figure_is_kept_by_a_second_enter_with_a_note_or_without(tmp_path: Path, note: str, kept: str) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02")
        await type_text(pilot, "99")
        assert f"⚠ {FAR}" in words(app, "#detail")
        assert cell(app, "S-02", "status") == "⚠ odd"
        assert below(app, "S-02") == ""  # no line comes and goes while digits are typed
        await pilot.press("enter")
        await settled(app, pilot)
        assert below(app, "S-02") == f"⚠ {FAR} {CONFIRM}"
        assert cell(app, "S-02", "status") == "keep it?"
        assert grid(app).cursor.column == "note"
        assert not stored(found, "S-02")
        await type_text(pilot, note, "enter")
        await settled(app, pilot)
        assert cell(app, "S-02", "status") == "saved"
        assert not grid(app).unaccepted
        assert (grid(app).cursor_key, grid(app).cursor.column) == ("S-03 2018-19 Q4", "value")
        on_line(app, "S-02")
        assert f"⚠ {FAR}" in words(app, "#detail")
        assert cell(app, "S-02", "note").startswith("⚠")

    drive(found, steps)
    (figure,) = stored(found, "S-02")
    assert (figure.content.value, figure.content.note, figure.warning) == (Decimal(99), kept, FAR)


def test_escape_goes_back_to_the_figure_and_loses_neither_text(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02")
        await type_text(pilot, "99", "enter")
        await type_text(pilot, "as told", "up", "down", "shift+tab", "escape")
        place, draft = grid(app).drafts.place, grid(app).drafts.typing
        assert place == ("S-02 2018-19 Q4", "value")
        assert draft is not None
        assert draft.text == "99"
        assert cell(app, "S-02", "status") == "⚠ odd"
        await pilot.press("backspace", "backspace")
        await type_text(pilot, "21.2", "enter")
        await settled(app, pilot)

    drive(found, steps)
    (figure,) = stored(found, "S-02")
    assert (figure.content.value, figure.content.note, figure.warning) == (Decimal("21.2"), "as told", "")


def test_a_question_left_by_a_click_keeps_the_figure_and_is_asked_again(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02")
        await type_text(pilot, "99", "enter")
        grid(app).clicked(0, "value", opens=False)
        await settled(app, pilot)
        assert grid(app).unaccepted == (("S-02 2018-19 Q4", "value", "99"),)
        assert grid(app).drafts.sentence(grid(app).lines[1]) == "Not saved yet: Enter asks again, Esc drops it."
        on_line(app, "S-02")
        await pilot.press("enter", "enter")
        await settled(app, pilot)

    drive(found, steps)
    assert [figure.warning for figure in stored(found, "S-02")] == [FAR]


def test_fast_typing_never_puts_the_next_figure_into_the_note(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02")
        await pilot.press("9", "9", "enter", "enter", "3", "4", "0", "enter")
        await settled(app, pilot)

    drive(found, steps)
    assert [(str(f.content.value), f.content.note) for f in stored(found, "S-02")] == [("99", "")]
    assert [str(f.content.value) for f in stored(found, "S-03")] == ["340"]


@pytest.mark.parametrize("key", ["enter", "tab"])
def test_a_figure_typed_into_the_note_by_somebody_who_has_not_seen_the_question_is_not_taken(
    tmp_path: Path, key: str
) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02")
        await type_text(pilot, "99", "enter")
        await type_text(pilot, "21.2", key)
        await settled(app, pilot)
        assert not stored(found, "S-02")
        assert words(app, "#said") == (
            "⚠ '21.2' is a figure, and this is the note of S-02 2018-19 Q4. Esc goes back to its figure."
        )
        assert {text for _, _, text in grid(app).unaccepted} == {"99", "21.2"}
        assert cell(app, "S-02", "status") == "keep it?"
        await type_text(pilot, " as told", "enter")
        await settled(app, pilot)

    drive(found, steps)
    assert [(str(f.content.value), f.content.note) for f in stored(found, "S-02")] == [("99", "21.2 as told")]


def test_going_back_from_a_figure_in_the_note_leaves_no_note(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02")
        await type_text(pilot, "99", "enter")
        await type_text(pilot, "21.2", "enter", "escape", "ctrl+u")
        await type_text(pilot, "21.2", "enter")
        await settled(app, pilot)

    drive(found, steps)
    assert [(str(f.content.value), f.content.note) for f in stored(found, "S-02")] == [("21.2", "")]


def test_a_note_or_a_status_of_an_odd_figure_is_not_questioned_again_but_keeps_the_warning(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02")
        await pilot.press("9", "9", "enter", "enter")
        await settled(app, pilot)
        on_line(app, "S-02", "note")
        await type_text(pilot, "checked", "enter")
        await settled(app, pilot)
        on_line(app, "S-02", "status")
        await pilot.press("enter")
        await settled(app, pilot)
        await pilot.press("p")
        await settled(app, pilot)

    drive(found, steps)
    assert [(f.content.status, f.content.note, f.warning) for f in stored(found, "S-02")] == [
        (Status.FINAL, "", FAR),
        (Status.FINAL, "checked", FAR),
        (Status.PROVISIONAL, "checked", FAR),
    ]


def test_on_a_narrow_screen_the_note_has_a_cell_while_it_is_asked_for(tmp_path: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02")
        await type_text(pilot, "99", "enter", "o", "k")
        await settled(app, pilot)
        assert "note" in [slot.column.key for slot in grid(app).laid_out.slots]
        assert "ok" in painted(app)
        assert "Enter keeps it" in painted(app)

    drive(workspace(tmp_path), steps, size=(48, 24))


def test_leaving_with_save_keeps_what_is_odd(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02")
        await type_text(pilot, "99")
        entry(app).do_back()
        await settled(app, pilot)
        await pilot.press("s")
        await settled(app, pilot)

    drive(found, steps)
    assert [figure.warning for figure in stored(found, "S-02")] == [FAR]


def test_a_note_waits_for_its_figure(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02", "note")
        await type_text(pilot, "late, by phone", "enter")
        await settled(app, pilot)
        assert below(app, "S-02") == "Type the figure too: a note belongs to a figure."
        assert grid(app).cursor == (1, "value")
        await type_text(pilot, "21.2", "enter")
        await settled(app, pilot)
        assert not grid(app).unaccepted

    drive(found, steps)
    assert [f.content.note for f in stored(found, "S-02")] == ["late, by phone"]


def test_a_note_that_is_too_long_stays_with_the_sentence(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02")
        await type_text(pilot, "21.2", "enter")
        await settled(app, pilot)
        grid(app).hand_over("S-02 2018-19 Q4", "note", "x" * 501)
        entry(app)._commit("S-02 2018-19 Q4", "note")  # noqa: SLF001 - 501 keys would take seconds
        await settled(app, pilot)
        sentence = grid(app).drafts.sentence(grid(app).lines[1])
        assert sentence == "The note is 1 character too long; a commentary takes more."
        draft = grid(app).draft_at("S-02 2018-19 Q4", "note")
        assert draft is not None
        assert draft.state is State.REFUSED

    drive(found, steps)
    assert len(stored(found, "S-02")) == 1


def test_deleting_a_note_saves_the_figure_without_it(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02")
        await type_text(pilot, "21.2", "enter")
        await settled(app, pilot)
        for keys in (("o", "k", "enter"), ("delete",)):
            on_line(app, "S-02", "note")
            await pilot.press(*keys)
            await settled(app, pilot)

    drive(found, steps)
    assert [(f.content.note, str(f.content.value)) for f in stored(found, "S-02")] == [
        ("", "21.2"),
        ("ok", "21.2"),
        ("", "21.2"),
    ]
