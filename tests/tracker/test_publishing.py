"""Which file a report goes to."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from outcome_tracker.core.period import parse
from outcome_tracker.tracker.publishing import default_folder, default_name, suffix_form
from outcome_tracker.tracker.workspace import open_workspace


def _name(*plans: str, committee: str = "", unsuppressed: bool = False, period: str = "2018-19 Q4") -> str:
    return default_name(plans, parse(period), "html", committee, unsuppressed=unsuppressed)


def test_a_name_is_made_of_codes_and_period() -> None:
    assert _name("SAFE") == "SAFE_2018-19-Q4.html"
    assert _name("SAFE", "EARLY") == "SAFE-EARLY_2018-19-Q4.html"
    assert _name() == "council_2018-19-Q4.html"
    assert _name("A", "B", "C", "D") == "4-plans_2018-19-Q4.html"
    assert _name("SAFE", committee="Overview & Scrutiny") == "Overview-Scrutiny_2018-19-Q4.html"
    assert _name("SAFE", period="2021-04") == "SAFE_2021-04.html"


def test_a_name_says_that_small_numbers_are_in_the_file() -> None:
    assert _name("SAFE", unsuppressed=True) == "SAFE_2018-19-Q4_UNSUPPRESSED.html"


@pytest.mark.skipif(os.name == "nt", reason="Windows deletes no folder that a program works in")
def test_a_report_goes_to_the_workspace_where_the_current_folder_was_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    workspace = open_workspace(tmp_path, user="", now=lambda: datetime(2019, 5, 31, tzinfo=UTC))
    monkeypatch.chdir(here)
    assert default_folder(workspace) == here
    here.rmdir()
    assert default_folder(workspace) == tmp_path


@pytest.mark.parametrize("code", ["CON", "aux", "COM1"])
def test_no_name_is_a_device_of_windows(code: str) -> None:
    assert _name(code) == f"{code}_2018-19-Q4.html"


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("report.html", "html"),
        ("report.HTM", "html"),
        ("report.docx", "docx"),
        ("report.xlsx", "xlsx"),
        ("report.markdown", "md"),
        ("report.pdf", None),
        ("report", None),
    ],
)
def test_a_file_says_its_form(name: str, form: str | None) -> None:
    assert suffix_form(Path(name)) == form
    assert suffix_form(None) is None
