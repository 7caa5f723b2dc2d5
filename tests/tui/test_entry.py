from decimal import Decimal
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot

from outcome_tracker.core.day import read_only_text
from outcome_tracker.core.figure import Content, Status
from outcome_tracker.core.period import Period
from outcome_tracker.tracker.sheet import Sheet
from outcome_tracker.tui.app import TrackerApp
from outcome_tracker.tui.screens.ask import Ask
from outcome_tracker.tui.screens.entry import EntryScreen
from outcome_tracker.tui.screens.milestones import MilestonesScreen
from outcome_tracker.tui.screens.summary import SummaryScreen
from outcome_tracker.tui.session import Reading
from tests.tui.entering import Q4, cell, drive, entry, grid, on_line, settled, stored, type_text, workspace
from tests.tui.showing import demo, painted, show, words


def on_summary(app: TrackerApp) -> bool:
    return isinstance(app.screen, SummaryScreen)


def test_a_typed_value_is_rated_while_it_is_typed_and_stored_exactly(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02")
        await type_text(pilot, "21.2")
        assert cell(app, "S-02", "rating") == "■ Red →"
        assert not stored(found, "S-02")
        await pilot.press("enter")
        await settled(app, pilot)
        assert cell(app, "S-02", "status") == "saved"
        assert grid(app).cursor_key == "S-03 2018-19 Q4"
        assert not grid(app).unaccepted

    drive(found, steps)
    (figure,) = stored(found, "S-02")
    assert figure.content.value == Decimal("21.2")
    assert str(figure.content.value) == "21.2"
    assert (figure.version, figure.stamp.who, figure.content.status) == (1, "ana", Status.FINAL)


def test_numerator_and_denominator_in_one_cell(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-01")
        await type_text(pilot, "44/276")
        assert cell(app, "S-01", "rating") == "■ Red ↗"
        assert cell(app, "S-01", "note") == "6 fewer to Green"
        assert "6 fewer to Green" in words(app, "#detail")
        await pilot.press("enter")
        await settled(app, pilot)
        assert cell(app, "S-01", "value") == "15.9%"

    drive(found, steps)
    (figure,) = stored(found, "S-01")
    assert figure.content == Content(numerator=Decimal(44), denominator=Decimal(276))


def test_the_parts_in_their_own_cells(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-01", "numerator")
        await type_text(pilot, "44", "enter")
        await settled(app, pilot)
        assert grid(app).cursor == (0, "denominator")
        assert grid(app).lines[0].note == "Type the denominator too."
        assert not stored(found, "S-01")
        await type_text(pilot, "276", "enter")
        await settled(app, pilot)
        assert (cell(app, "S-01", "status"), cell(app, "S-01", "note")) == ("saved", "6 fewer to Green")

    drive(found, steps)
    (figure,) = stored(found, "S-01")
    assert figure.content == Content(numerator=Decimal(44), denominator=Decimal(276))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1,23", "'1,23' could mean 1.23 or 123; use a point for decimals, as in 1.23."),
        (
            "nan",
            "'nan' is not a number; write digits with a point for decimals, as in 1,234 or 21.2, or parts as in 17/37.",
        ),
        ("5/0", "The denominator is 0, and nothing can be divided by it; write parts as in 17/37."),
        ("101%", "101% is more than 100%; write a percentage from 0 to 100, as in 21.2."),
        ("-3", "The value -3 is below zero, which only pounds can be; write 0 or more, as in 12."),
        ("1e3", "'1e3' is in scientific notation; write the number out, as in 1234.5."),
    ],
)
def test_a_refused_text_stays_in_its_cell_with_the_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02")
        await pilot.press("f2")
        await type_text(pilot, text, "enter")
        await settled(app, pilot)
        assert grid(app).drafts.sentence(grid(app).lines[1]) == sentence
        assert grid(app).unaccepted == (("S-02 2018-19 Q4", "value", text),)
        assert cell(app, "S-02", "status") == "not saved"
        await pilot.press("escape")
        assert not grid(app).unaccepted
        assert cell(app, "S-02", "status") == "overdue"

    drive(found, steps)
    assert not stored(found, "S-02")


def test_a_refused_text_can_be_mended(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02")
        await type_text(pilot, "2,23", "enter", "f2", "home", "right", "delete")
        await type_text(pilot, "0.", "enter")
        await settled(app, pilot)

    drive(found, steps)
    assert stored(found, "S-02")[0].content.value == Decimal("20.23")


def test_escape_takes_back_what_was_typed(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02")
        await type_text(pilot, "21.2", "escape")
        assert cell(app, "S-02", "rating") == ""
        assert isinstance(app.screen, EntryScreen)
        await pilot.press("escape")
        assert on_summary(app)

    drive(found, steps)
    assert not stored(found, "S-02")


@pytest.mark.parametrize(("letter", "status"), [("a", Status.NOT_AVAILABLE), ("r", Status.NOT_RETURNED)])
def test_delete_asks_why_there_is_no_figure(tmp_path: Path, letter: str, status: Status) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02")
        await pilot.press("delete")
        await settled(app, pilot)
        await pilot.press(letter)
        await settled(app, pilot)
        assert cell(app, "S-02", "value") == "–"
        returned = entry(app).sheet
        assert returned is not None
        assert returned.counts.returned == (status is Status.NOT_AVAILABLE)

    drive(found, steps)
    (figure,) = stored(found, "S-02")
    assert (figure.content.status, figure.content.value) == (status, None)


def test_a_note_and_provisional_are_versions_of_the_same_figure(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02")
        await type_text(pilot, "21.2", "enter")
        await settled(app, pilot)
        on_line(app, "S-02")
        await pilot.press("v")
        await settled(app, pilot)
        assert "[p]" in cell(app, "S-02", "status")
        await pilot.press("n")
        await settled(app, pilot)
        await type_text(pilot, "late return", "enter")
        await settled(app, pilot)

    drive(found, steps)
    last = stored(found, "S-02")[-1]
    assert (last.version, last.content.status, last.content.note) == (3, Status.PROVISIONAL, "late return")
    assert last.content.value == Decimal("21.2")


def test_leaving_with_a_typed_text_asks(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-01")
        await type_text(pilot, "1,23", "enter")
        on_line(app, "S-02")
        await pilot.press("escape")
        await settled(app, pilot)
        await pilot.press("y")  # stay
        assert isinstance(app.screen, EntryScreen)
        await pilot.press("escape")
        await settled(app, pilot)
        await pilot.press("s")  # save: it can't be, so it stays
        await settled(app, pilot)
        assert isinstance(app.screen, EntryScreen)
        assert grid(app).unaccepted
        on_line(app, "S-02")
        await pilot.press("q")
        await settled(app, pilot)
        await pilot.press("escape", "escape")
        await settled(app, pilot)
        await pilot.press("d")
        await settled(app, pilot)
        assert on_summary(app)

    drive(found, steps)
    assert not stored(found, "S-01")


def test_a_text_being_typed_can_be_saved_on_leaving(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02")
        await type_text(pilot, "21.2")
        entry(app).do_back()
        await settled(app, pilot)
        await pilot.press("s")
        await settled(app, pilot)
        assert on_summary(app)

    drive(found, steps)
    assert stored(found, "S-02")[0].content.value == Decimal("21.2")


def test_the_past_is_read_only_and_says_why(tmp_path: Path) -> None:
    workspace(tmp_path)
    found = workspace(tmp_path, as_at=Q4.end)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await type_text(pilot, "21.2", "delete", "n")
        await settled(app, pilot)
        assert isinstance(app.screen, EntryScreen)
        assert words(app, "#said") == f"⚠ {read_only_text('figures', Q4.end)}"

    drive(found, steps)
    assert not stored(found, "S-02")


def test_a_full_disk_keeps_the_text_and_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = workspace(tmp_path)
    from outcome_tracker.store import failures
    from outcome_tracker.store.writer import Writer

    def full(_writer: Writer, _facts: object) -> None:
        raise failures.full(found.location)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02")
        with monkeypatch.context() as patch:
            patch.setattr(Writer, "_insert", full)
            await type_text(pilot, "21.2", "enter")
            await settled(app, pilot)
        sentence = grid(app).drafts.sentence(grid(app).lines[1])
        assert sentence.startswith("There is no room left on the disk")
        assert sentence.endswith("Nothing was saved. Free some space, and try again.")
        assert grid(app).unaccepted == (("S-02 2018-19 Q4", "value", "21.2"),)
        on_line(app, "S-02")
        await pilot.press("enter")
        await settled(app, pilot)
        assert cell(app, "S-02", "status") == "saved"

    drive(found, steps)
    assert stored(found, "S-02")[0].content.value == Decimal("21.2")


def test_still_due_keeps_what_was_saved_here_in_sight(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02")
        await type_text(pilot, "21.2", "enter")
        await settled(app, pilot)
        assert len(grid(app).lines) == 4
        await pilot.press("t", "t")
        assert [line.key[:4] for line in grid(app).lines] == ["S-01", "S-03", "S-04"]

    drive(found, steps)


def test_quitting_with_a_typed_text_asks_and_can_save_it(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02")
        await type_text(pilot, "21.2", "ctrl+q")
        await settled(app, pilot)
        assert isinstance(app.screen, Ask)
        await pilot.press("s")
        await settled(app, pilot)

    drive(found, steps)
    assert stored(found, "S-02")[0].content.value == Decimal("21.2")


def test_on_a_narrow_screen_the_day_it_was_due_is_whole() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert "Family Support · Quarter 4 2018-19 · overdue since 15 Apr 2019" in painted(app)
        await pilot.press("v")
        assert "to be [p]" in painted(app)

    show(demo(), steps, size=(80, 24), screen=EntryScreen())


def test_an_earlier_figure_that_is_made_up_says_so() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("t")
        assert cell(app, "SAFE-01", "last") == "[i] 16.9%"
        assert cell(app, "SAFE-03", "last") == "70.7"
        assert cell(app, "EARLY-01", "last") == "628"  # its plan's heading says so

    show(demo(), steps, screen=EntryScreen())


def test_provisional_shows_on_a_narrow_screen_too(tmp_path: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await type_text(pilot, "350", "enter", "up")
        await settled(app, pilot)
        await pilot.press("v")
        await settled(app, pilot)
        assert "[p] saved" in painted(app)

    show(demo(tmp_path), steps, size=(80, 24), screen=EntryScreen())


def test_what_is_typed_before_the_sheet_is_there_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = workspace(tmp_path)
    goes_on = Event()

    def slowly(self: EntryScreen, reading: Reading, period: Period | None) -> Sheet:
        goes_on.wait(20)
        return fetch(self, reading, period)

    fetch = EntryScreen.fetch
    monkeypatch.setattr(EntryScreen, "fetch", slowly)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        app.push_screen(EntryScreen())
        await type_text(pilot, "16.5", "enter")
        await type_text(pilot, "20.9")
        assert entry(app).answer is None
        goes_on.set()
        await settled(app, pilot)
        assert [str(figure.content.value) for figure in stored(found, "S-01")] == ["16.5"]
        draft = grid(app).drafts.typing
        assert draft is not None
        assert (grid(app).drafts.place, draft.text) == (("S-02 2018-19 Q4", "value"), "20.9")

    drive(found, steps, screen=MilestonesScreen())
