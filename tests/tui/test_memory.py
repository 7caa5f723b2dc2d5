import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest
from textual.pilot import Pilot

from outcome_tracker.tui.app import TrackerApp
from outcome_tracker.tui.memory import Memory
from outcome_tracker.tui.places import EnterFigures
from outcome_tracker.tui.screens.entry import EntryScreen
from tests.tui.entering import drive, settled, workspace
from tests.tui.showing import on, painted


def test_a_choice_is_there_in_the_next_run(tmp_path: Path) -> None:
    path = tmp_path / "state" / "screens.json"
    memory = Memory(path)
    memory.put("theme", "light")
    memory.put("summary.tab", 2)
    memory.put("scorecard.wider", value=False)
    again = Memory(path)
    assert again.get("theme", "dark") == "light"
    assert again.get("summary.tab", 0) == 2
    assert again.get("scorecard.wider", default=True) is False
    assert again.get("unknown", "as always") == "as always"


def test_a_value_of_another_kind_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "screens.json"
    path.write_text('{"theme": 3, "summary.tab": true, "other": ["x"]}', encoding="utf-8")
    memory = Memory(path)
    assert memory.get("theme", "dark") == "dark"
    assert memory.get("summary.tab", 0) == 0
    assert memory.get("other", "none") == "none"


@pytest.mark.parametrize("written", ["", "{", "[1]", "\x00", "{}"])
def test_a_damaged_file_is_forgotten_and_written_anew(tmp_path: Path, written: str) -> None:
    path = tmp_path / "screens.json"
    path.write_text(written, encoding="utf-8")
    memory = Memory(path)
    memory.put("theme", "light")
    assert Memory(path).get("theme", "dark") == "light"


def test_a_file_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where a folder should be", encoding="utf-8")
    memory = Memory(tmp_path / "state" / "screens.json")
    memory.put("theme", "light")
    assert memory.get("theme", "dark") == "light"


def test_without_a_file_it_lasts_as_long_as_the_program() -> None:
    memory = Memory()
    memory.put("theme", "light")
    assert memory.get("theme", "dark") == "light"
    assert Memory().get("theme", "dark") == "dark"


def test_two_runs_at_once_lose_nothing_and_leave_one_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "screens.json"
    one, other = Memory(path), Memory(path)
    one.put("theme", "light")
    other.put("summary.tab", 2)
    one.put("scorecard.wider", value=True)
    assert json.loads(path.read_text(encoding="utf-8")) == {"theme": "light", "summary.tab": 2, "scorecard.wider": True}
    assert other.get("theme", "dark") == "dark"  # each run goes on as it began
    assert [each.name for each in tmp_path.iterdir()] == ["screens.json"]


def test_many_runs_writing_at_once_never_leave_half_a_file(tmp_path: Path) -> None:
    path = tmp_path / "screens.json"
    write = (
        "import sys; from pathlib import Path; from outcome_tracker.tui.memory import Memory\n"
        "path = Path(sys.argv[1]); memory = Memory(path)\n"
        "for n in range(50): memory.put(sys.argv[2], n); Memory(path)"
    )
    runs = [subprocess.Popen([sys.executable, "-c", write, str(path), f"run.{number}"]) for number in range(3)]
    assert [run.wait(60) for run in runs] == [0, 0, 0]
    assert isinstance(json.loads(path.read_text(encoding="utf-8")), dict)


def test_where_one_was_is_offered_in_the_next_run_of_the_same_database(tmp_path: Path) -> None:
    path = tmp_path / "state" / "screens.json"

    async def first() -> None:
        app = TrackerApp(workspace(tmp_path / "ws"), memory=Memory(path))
        async with app.run_test() as pilot:
            await settled(app, pilot)
            assert app.last_time is None
            app.go(EnterFigures, "SAFE", "S-02")
            await settled(app, pilot)
        app.writer.close()

    async def second() -> None:
        app = TrackerApp(workspace(tmp_path / "ws"), memory=Memory(path))
        async with app.run_test() as pilot:
            await settled(app, pilot)
            await pilot.press("m")
            await settled(app, pilot)
            await pilot.press("g")
            await settled(app, pilot)
            assert "Where you were last time" in painted(app)
            assert "Enter figures, SAFE, S-02" in painted(app)
            await pilot.press("home", "enter")
            await settled(app, pilot)
            assert on(app, EntryScreen).grid.cursor_key == "S-02 2018-19 Q4"
        app.writer.close()

    asyncio.run(first())
    asyncio.run(second())
    assert "S-02" in path.read_text(encoding="utf-8")
    assert TrackerApp(workspace(tmp_path / "another"), memory=Memory(path)).last_time is None
    path.write_text('{"where.0": "nonsense"}', encoding="utf-8")
    assert TrackerApp(workspace(tmp_path / "ws"), memory=Memory(path)).last_time is None


def test_within_a_run_the_cursor_is_where_it_was(tmp_path: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("down", "down")
        kept = on(app, EntryScreen).grid.cursor_key
        await pilot.press("m")
        await settled(app, pilot)
        await pilot.press("f2")
        await settled(app, pilot)
        assert on(app, EntryScreen).grid.cursor_key == kept
        await pilot.press("escape")
        await settled(app, pilot)
        app.go(EnterFigures, None, "S-01")  # sent to a figure one comes to that
        await settled(app, pilot)
        assert on(app, EntryScreen).grid.cursor_key.startswith("S-01")

    drive(workspace(tmp_path), steps)
