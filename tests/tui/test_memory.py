from pathlib import Path

import pytest

from outcome_tracker.tui.memory import Memory


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
