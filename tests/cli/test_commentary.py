"""Commentary from the command line: who owes some, what is said, and writing a section."""

import csv
import io
import json
from pathlib import Path

import pytest

from outcome_tracker.cli.output import cells
from tests.running import environment, rows, run, write_plan

PLAN = """
plan: A plan
code: P
indicators:
  - {code: RED, title: A red one, tier: headline, unit: percent, better: higher, frequency: quarterly,
     basis: period, targets: {2018-19: 90, 2019-20: 90}}
  - {code: FINE, title: A green one, tier: headline, unit: percent, better: higher, frequency: quarterly,
     basis: period, targets: {2018-19: 50, 2019-20: 50}}
"""
PERIOD = "2019-20 Q2"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    write_plan(tmp_path, PLAN, f"reporting_period: {PERIOD}\n")
    assert run(tmp_path, "targets", "apply").code == 0
    for code, value in (("RED", "60"), ("FINE", "55")):
        assert run(tmp_path, "enter", code, PERIOD, value).code == 0
    return tmp_path


def test_a_red_headline_without_commentary_is_missing_everywhere_until_something_is_said(plan: Path) -> None:
    line = "1 missing · 1 headline indicator is Red or has declined"
    assert line in run(plan, "summary").flat
    assert line in run(plan, "commentary").flat
    assert json.loads(run(plan, "summary", "--format", "json").out)["council"]["commentary"] == {
        "needed": 1,
        "missing": 1,
    }
    (council, _) = csv.DictReader(io.StringIO(run(plan, "summary", "--format", "csv").out))
    assert (council["commentary_needed"], council["commentary_missing"]) == ("1", "1")
    assert run(plan, "comment", "RED", PERIOD, "Cause", "Winter").code == 0
    assert "Commentary none missing · 1 headline indicator is Red or has declined" in run(plan, "summary").flat
    assert run(plan, "comment", "RED", PERIOD, "Cause", "--clear").code == 0
    assert line in run(plan, "summary").flat
    assert "no commentary yet" in run(plan, "summary").flat


def test_the_list_begins_with_what_is_missing_and_says_what_a_red_lacks(plan: Path) -> None:
    found = run(plan, "commentary").lines
    assert found[:11] == [
        "Commentary",
        "Quarter 2 2019-20 (Jul to Sep 2019) · as at 15 Jan 2020",
        "1 missing · 1 headline indicator is Red or has declined",
        "",
        "MISSING",
        "RED A red one",
        "  ■ Red · ? Unknown · commentary missing",
        "  60.0% in Quarter 2 2019-20, 30.0 percentage points below the target of 90:",
        "  Red. Direction unknown: Quarter 1 2019-20 is not returned.",
        "",
        "PLANS",
    ]
    run(plan, "comment", "RED", PERIOD, "Cause", "Winter.\n\nAnd flu.")
    run(plan, "comment", "RED", PERIOD, "Owner", "Jo")
    out = run(plan, "commentary", "--plan", "p").out
    assert "incomplete: no action, no due date, no return date" in out
    assert "  Cause · Jo Officer\n    Winter.\n\n    And flu.\n  Owner · Jo Officer\n    Jo\n" in out
    assert (
        out.index("REDS, AND WHAT DECLINED")
        < out.index("PLANS")
        < out.index("EVERYTHING ELSE")
        < out.index("FINE A green one")
    )
    missing = run(plan, "commentary", "--missing")
    assert (missing.code, len(missing.lines)) == (0, 3)


def test_as_json_and_csv_it_says_the_same(plan: Path) -> None:
    run(plan, "comment", "RED", PERIOD, "Cause", "Winter.\nFlu.")
    found = json.loads(run(plan, "commentary", "--format", "json").out)
    assert (found["period"], found["as_at"], found["needed"], found["missing"]) == (PERIOD, "2020-01-15", 1, 0)
    first = found["subjects"][0]
    assert [s["code"] for s in found["subjects"]] == ["RED", "P", "FINE"]
    assert (first["kind"], first["rag"], first["needed"], first["state"]) == ("indicator", "red", True, "incomplete")
    assert first["lacking"] == ["Action", "Owner", "Due date", "Expected return to target"]
    assert first["sections"] == [
        {
            "section": "Cause",
            "text": "Winter.\nFlu.",
            "author": "Jo Officer",
            "source": None,
            "version": 1,
            "who": "Jo Officer",
            "at": "2020-01-15T10:00:00+00:00",
        }
    ]
    table = list(csv.DictReader(io.StringIO(run(plan, "commentary", "--format", "csv").out, newline="")))
    assert [(r["subject"], r["section"], r["text"], r["state"]) for r in table] == [
        ("RED", "Cause", "Winter.\nFlu.", "incomplete"),
        ("P", "", "", "none"),
        ("FINE", "", "", "none"),
    ]
    assert table[0]["lacking"] == "Action; Owner; Due date; Expected return to target"


def test_a_text_comes_from_stdin_as_utf_8_and_keeps_its_lines(plan: Path) -> None:
    import subprocess
    import sys

    command = [
        sys.executable,
        "-m",
        "outcome_tracker",
        "--workspace",
        str(plan),
        "comment",
        "RED",
        PERIOD,
        "cause",
        "-",
    ]
    with_c = environment(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    ran = subprocess.run(command, input="’One’\r\n\r\n• two\n".encode(), check=False, capture_output=True, env=with_c)
    assert ran.stdout.decode() == "RED Quarter 2 2019-20, Cause: saved as version 1.\n"
    assert rows(plan, "SELECT text, who FROM commentary") == [("’One’\n\n• two", "Jo Officer")]
    ran = subprocess.run(command, input=b"\xff", check=False, capture_output=True, env=with_c)
    assert (ran.returncode, b"The text on stdin is not UTF-8" in ran.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("RED", PERIOD, "Cause"), 2, "There is no TEXT; give one in quotes, - to read it from stdin, or --clear."),
        (("RED", PERIOD, "Cause", " "), 1, "RED: Cause: The text is empty; write something, or add --clear"),
        (("REDD", PERIOD, "Cause", "x"), 1, "There is no plan or indicator 'REDD'. Did you mean 'RED'?"),
        (("RED", PERIOD, "Due date", "soon"), 1, "RED: Due date: 'soon' is neither a date nor a period; write"),
        (("RED", "2019-20", "Cause", "x"), 1, "a report is for a quarter or a month"),
        (("RED", PERIOD, "Cause", "x", "--as-at", "2020-01-01"), 3, "the past cannot be changed"),
    ],
)
def test_what_cannot_be_saved_is_said(plan: Path, arguments: tuple[str, ...], code: int, sentence: str) -> None:
    ran = run(plan, "comment", *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert sentence in ran.err
    assert rows(plan, "SELECT 1 FROM commentary") == []


def test_the_same_again_is_no_new_version(plan: Path) -> None:
    run(plan, "comment", "RED", PERIOD, "Cause", "x")
    again = run(plan, "comment", "RED", PERIOD, "Cause", " x ")
    assert again.out == "RED Quarter 2 2019-20, Cause: unchanged: it said this already.\n"
    cleared = run(plan, "comment", "RED", PERIOD, "Cause", "--clear")
    assert cleared.out == "RED Quarter 2 2019-20, Cause: cleared as version 2.\n"


def test_a_plan_that_is_not_there_is_named(plan: Path) -> None:
    ran = run(plan, "commentary", "--plan", "Q")
    assert (ran.code, ran.err) == (3, "There is no plan 'Q' in 2019-20 Q2. Plans: P.\n")


def test_nothing_to_explain_is_said(demo: Path) -> None:
    assert (
        "none needed: no headline indicator is Red or has declined"
        in run(demo, "commentary", "--period", "2010-11 Q1").flat
    )
    assert max(cells(line) for line in run(demo, "commentary").lines) <= 80
