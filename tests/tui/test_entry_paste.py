"""Pasting from a spreadsheet: a preview first, then all that can be saved, and nothing dropped silently."""

from pathlib import Path
from threading import Event

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from outcome_tracker.tracker.plans import apply
from outcome_tracker.tui.app import TrackerApp
from outcome_tracker.tui.screens.entry import EntryScreen
from outcome_tracker.tui.screens.entry_paste import PastePreview
from outcome_tracker.tui.widgets.drawn import Drawn
from outcome_tracker.tui.widgets.grid_view import GridView
from tests.tui.entering import Q4, cell, drive, entry, grid, on_line, settled, stored, type_text, workspace
from tests.tui.showing import painted, words


async def paste(app: TrackerApp, pilot: Pilot[None], text: str, code: str = "S-01", column: str = "value") -> None:
    on_line(app, code, column)
    grid(app).post_message(Paste(text))
    await settled(app, pilot)


def preview(app: TrackerApp) -> list[dict[str, str]]:
    assert isinstance(app.screen, PastePreview)
    lines = app.screen.query_one(GridView).lines
    return [{**{key: cell.text for key, cell in line.cells.items()}, "said": line.note} for line in lines]


def test_the_preview_shows_each_fate_and_enter_saves_what_can_be(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await paste(app, pilot, "44/276\r\n99%\r\nmany\r\n\r\n12\r\n")
        shown = preview(app)
        assert shown[0]["becomes"] == "15.9% (44 of 276)"
        assert (shown[0]["was"], shown[0]["rating"], shown[0]["fate"]) == ("no figure", "■ Red ↗", "to save")
        assert shown[1]["said"] == "⚠ More than three times the last figure, 20.8% in 2018-19 Q3."
        assert shown[2]["said"].startswith("'many' is not a number")
        assert [line["fate"] for line in shown[2:]] == ["refused", "blank", "no line"]
        count = app.screen.query_one("#count", Drawn).lines(100)[1].plain
        assert count.startswith("5 rows pasted: 2 to save, 1 refused, 1 blank, 1 without a line. ⚠ 1 figure looks odd.")
        assert not stored(found, "S-01")
        await pilot.press("enter")
        await settled(app, pilot)
        assert grid(app).unaccepted == (("S-03 2018-19 Q4", "value", "many"),)
        assert words(app, "#said") == (
            "2 of 2 pasted figures saved. 1 refused text stays in its cell. 1 row had no place to go to."
        )
        await pilot.press("u")  # what was pasted at once is undone at once
        await settled(app, pilot)
        assert words(app, "#said") == "2 of 2 figures undone."

    drive(found, steps)
    assert [len(stored(found, code)) for code in ("S-01", "S-02", "S-03", "S-04")] == [2, 2, 0, 0]
    assert stored(found, "S-02")[0].warning == "More than three times the last figure, 20.8% in 2018-19 Q3."


def test_escape_changes_nothing_and_says_so(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await paste(app, pilot, "44/276\n21.2\n")
        await pilot.press("escape")
        await settled(app, pilot)
        assert words(app, "#said") == "Nothing was pasted, and nothing is changed."
        assert not grid(app).unaccepted

    drive(found, steps)
    assert not stored(found, "S-01")


def test_a_block_goes_over_the_columns(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await paste(app, pilot, "44\t276\n52\t245\n", column="numerator")
        assert [line["becomes"] for line in preview(app)] == ["15.9% (44 of 276)", "21.2% (52 of 245)"]
        await pilot.press("enter")
        await settled(app, pilot)
        assert cell(app, "S-02", "value") == "21.2%"

    drive(found, steps)


def test_nothing_to_save_is_said_and_the_refused_stay(tmp_path: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await paste(app, pilot, "many\nmore\n")
        await pilot.press("enter")
        await settled(app, pilot)
        assert words(app, "#said") == "⚠ Nothing was saved. 2 refused texts stay in their cells."
        assert len(grid(app).unaccepted) == 2
        assert entry(app).unfinished() == "2 figures typed and not saved yet."

    drive(workspace(tmp_path), steps)


def test_one_cell_is_typed_into_the_cell(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await paste(app, pilot, "21.2%\r\n", "S-02")
        assert app.screen is entry(app)
        assert cell(app, "S-02", "rating") == "■ Red →"
        await pilot.press("escape")
        await type_text(pilot, "2")
        grid(app).post_message(Paste("1.5\n"))
        await pilot.press("enter")
        await settled(app, pilot)

    drive(found, steps)
    assert [str(f.content.value) for f in stored(found, "S-02")] == ["21.5"]


def test_cells_are_not_pasted_over_a_text_being_typed(tmp_path: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02")
        await type_text(pilot, "21")
        grid(app).post_message(Paste("1\n2\n"))
        await settled(app, pilot)
        assert words(app, "#said") == "⚠ Enter or Esc ends the typing first; then paste the cells."
        assert grid(app).unaccepted == (("S-02 2018-19 Q4", "value", "21"),)

    drive(workspace(tmp_path), steps)


def test_escape_stops_the_saving_and_what_is_left_stays_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = workspace(tmp_path)
    monkeypatch.setattr("outcome_tracker.tui.app.A_MOMENT", 0.001)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await paste(app, pilot, "15.9\n21.2\n340\n12.4\n")
        busy, begun = Event(), Event()

        def hold() -> None:
            begun.set()
            busy.wait()

        app.writer.submit(hold)
        await pilot.press("enter")
        for _ in range(500):
            if "Saving" in painted(app):
                break
            await pilot.pause(0.01)  # until the timer of a moment has rung
        assert "Saving 1 of 5…  Esc stops" in painted(app)
        on_line(app, "S-01")  # on a pasted cell Esc stops the saving, and does not drop the text
        await pilot.press("escape")
        busy.set()
        await settled(app, pilot)
        assert [text for _, _, text in grid(app).unaccepted] == ["15.9", "21.2", "340", "12.4"]
        sentence = grid(app).drafts.sentence(grid(app).lines[0])
        assert sentence == "Not saved yet: Enter saves it, Esc drops it."
        assert words(app, "#said") == (
            "⚠ 0 of 4 pasted figures saved. 4 others could not be: each says why in its line."
        )
        on_line(app, "S-02")
        await pilot.press("enter")
        await settled(app, pilot)

    drive(found, steps)
    assert [len(stored(found, code)) for code in ("S-01", "S-02", "S-03", "S-04")] == [0, 1, 0, 0]


def test_many_pasted_lines_are_saved_one_by_one(tmp_path: Path) -> None:
    plan = "plan: Many\ncode: M\nindicators:\n" + "".join(
        f"  - {{code: M-{n:03}, title: Share {n}, tier: wider, unit: percent, better: lower, frequency: quarterly,"
        f" basis: point, targets: {{2018-19: 14}}}}\n"
        for n in range(120)
    )
    found = workspace(tmp_path)
    (tmp_path / "targets" / "many.yaml").write_text(plan, encoding="utf-8")
    assert not apply(found).blocking

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await paste(app, pilot, "".join(f"{n % 100}.5\n" for n in range(125)), "M-000")
        await pilot.press("enter")
        await settled(app, pilot)
        assert words(app, "#said") == "120 of 120 pasted figures saved. 5 rows had no place to go to."
        assert not grid(app).unaccepted

    drive(found, steps, screen=EntryScreen("M"))
    with found.read() as reader:
        values = [str(figure.content.value) for figure in reader.figures(periods=[Q4])]
    assert sorted(values) == sorted(f"{n % 100}.5" for n in range(120))
