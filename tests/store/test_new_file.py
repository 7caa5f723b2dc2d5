"""Giving a finished file its name. That it outlives a power cut is tried in tests/robustness."""

from pathlib import Path

from outcome_tracker.store.new_file import publish, settle_above


def test_a_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    draft, path = tmp_path / "draft", tmp_path / "path"
    draft.write_text("new", encoding="utf-8")
    assert publish(draft, path)
    path.write_text("old", encoding="utf-8")
    draft.unlink()
    draft.write_text("newer", encoding="utf-8")
    assert not publish(draft, path)
    assert path.read_text("utf-8") == "old"


def test_folders_that_cannot_be_synced_stop_nothing(tmp_path: Path) -> None:
    settle_above(tmp_path / "not there" / "data")
    assert not list(tmp_path.iterdir())
