"""Drafts of what is typed, each in a file of its own."""

from datetime import UTC, datetime
from pathlib import Path

from outcome_tracker.core.period import parse
from outcome_tracker.tracker.drafts import Draft, Drafts

Q4 = parse("2018-19 Q4")


def test_a_folder_whose_name_is_no_text_has_drafts_too(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path, database="/srv/caf\udce9/tracker.db", user="Jo")
    draft = Draft({"Cause": "Staff left."}, {"Cause": 1}, datetime(2019, 5, 1, tzinfo=UTC))
    drafts.put("SAFE-01", Q4, draft)
    assert drafts.get("SAFE-01", Q4) == draft
