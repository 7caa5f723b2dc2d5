"""Whatever people write, what is made of it is inert: reports, forms for owners, names of files, drafts, the log."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from outcome_tracker.core.period import parse
from outcome_tracker.tracker.bug_log import record
from outcome_tracker.tracker.drafts import Draft, Drafts
from outcome_tracker.tracker.files import safe_name
from tests import inert
from tests.hostile import PERIOD, Filled
from tests.nasty import CORPUS, Nasty
from tests.running import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOW = datetime(2020, 1, 15, 10, tzinfo=UTC)
FORMS: dict[str, Callable[[bytes], str]] = {
    "html": inert.as_html,
    "docx": inert.as_word,
    "xlsx": lambda raw: "\n".join(inert.as_excel(raw)),
    "md": inert.as_markdown,
}
# What a report says of every indicator and plan.
REPORTED = (
    *("an indicator: title", "an indicator: definition", "an indicator: source", "an indicator: owner"),
    *("a plan file: plan", "a milestone: title", "comment TEXT: -"),
)


def flat(text: str) -> str:
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def check_report(filled: Filled, folder: Path, form: str) -> None:
    path = folder / f"report.{form}"
    ran = run(filled.folder, "report", "--period", PERIOD, "-o", str(path), "--force")
    assert ran.code == 0, ran.err
    said = FORMS[form](path.read_bytes())
    if form in {"html", "docx"}:  # a workbook cuts what is too long for a cell, Markdown spells letters out
        kept = {nasty.text: flat(nasty.kept) for nasty in CORPUS}
        shown = flat(said)
        texts = {kept[text] for door in REPORTED for text in filled.feed.placed[door]}
        assert {text for text in texts if text not in shown} == set()


def check_returns(filled: Filled, folder: Path) -> None:
    assert run(filled.folder, "template", "--all", str(folder / "forms"), "--period", PERIOD).code == 0
    for path in (folder / "forms").iterdir():
        inert.file_name(path.name)
        inert.as_excel(path.read_bytes())


def check_reminders(filled: Filled, folder: Path) -> None:
    later = ("--period", "2019-20 Q3")
    assert run(filled.folder, "remind", "--all", "--folder", str(folder / "reminders"), *later).code == 0
    owners = set()
    for path in (folder / "reminders").iterdir():
        inert.file_name(path.name)
        inert.printable(path.read_text(encoding="utf-8"))
        owners.add(path.name)
    assert len(owners) > filled.feed.subjects


@pytest.mark.parametrize("form", FORMS)
def test_a_report_is_inert_and_says_what_was_written(hostile: Filled, tmp_path: Path, form: str) -> None:
    check_report(hostile, tmp_path, form)


def test_a_report_of_a_committee_is_named_after_it_safely(
    hostile: Filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for committee in hostile.feed.placed["a plan file: committees"]:
        ran = run(hostile.folder, "report", "--period", PERIOD, "--format", "md", "--force", f"--committee={committee}")
        assert ran.code == 0, ran.err
    for path in tmp_path.iterdir():
        inert.file_name(path.name)


def test_forms_for_owners_and_their_names_are_inert(hostile: Filled, tmp_path: Path) -> None:
    check_returns(hostile, tmp_path)


def test_reminders_and_their_names_are_inert(hostile: Filled, tmp_path: Path) -> None:
    check_reminders(hostile, tmp_path)


@pytest.mark.parametrize("nasty", CORPUS, ids=lambda nasty: nasty.name)
def test_a_name_made_of_anything_is_a_file_in_its_folder(nasty: Nasty, tmp_path: Path) -> None:
    name = f"{safe_name(nasty.text)}_UNSUPPRESSED.html"
    inert.file_name(name)
    (tmp_path / name).write_text("", encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_draft_keeps_any_text_and_its_name_is_made_of_none(tmp_path: Path) -> None:
    period = parse("2018-19 Q4")
    for nasty in CORPUS:
        drafts = Drafts(tmp_path, database=nasty.text, user=nasty.text)
        drafts.put(nasty.text, period, Draft({nasty.text: nasty.text}, {nasty.text: 1}, NOW))
        kept = drafts.get(nasty.text, period)
        assert kept is not None
        assert kept.texts == {nasty.text: nasty.text}
        assert nasty.text in drafts.subjects(period)
    assert len(list(tmp_path.iterdir())) == len(CORPUS)
    for path in tmp_path.rglob("*"):
        inert.file_name(path.name)
        assert not path.is_file() or path.suffix == ".json"


def test_the_log_of_defects_has_nothing_of_what_was_written() -> None:
    paths = set()
    for nasty in CORPUS:
        error = ValueError(nasty.text)
        error.__cause__ = KeyError(nasty.text)
        paths.add(record(error, NOW))
    (path,) = paths
    assert path is not None
    logged = path.read_text(encoding="utf-8")
    inert.printable(logged)
    assert logged.count("ValueError") >= len(CORPUS)
    assert not [nasty.name for nasty in CORPUS if len(nasty.kept) > 8 and nasty.kept in logged]
