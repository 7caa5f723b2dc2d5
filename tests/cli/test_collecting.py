"""How much is in, by owner and plan, and reminders, as the text commands print them."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.running import run

Q1 = ("--period", "2019-20 Q1", "--as-at", "2019-07-01")
TEAM = """\
Subject: Figures for Quarter 3 2019-20 (Oct to Dec 2019): 1 still due

Dear Team A,

1 figure for Quarter 3 2019-20 (Oct to Dec 2019) is still due from you.

PC  A percentage
  Please give the numerator (done in time) and the denominator, or a
  percentage.
  - Quarter 3 2019-20 (Oct to Dec 2019): due on 15 Jan 2020, today

If there is no figure, please say why: not available, suppressed or not
applicable. A provisional figure is welcome; please say that it is
provisional.

Thank you

Jo Officer
Testshire
As at 15 Jan 2020
"""
Q3 = ("--period", "2019-20 Q3")


def test_due_ends_with_how_much_is_in(demo: Path) -> None:
    lines = run(demo, "due", *Q1).lines
    start = lines.index("BY OWNER")
    assert " ".join(lines[start + 1].split()) == "Owner Indicators in Figures in Overdue Next due"
    assert " ".join(lines[start + 2].split()) == "Adult Social Care 0 of 1 0 of 1 0 in 14 days"
    assert " ".join(lines[lines.index("BY PLAN") - 2].split()) == "No owner named 0 of 2 0 of 2 0 in 14 days"


def test_how_much_is_in_by_plan(demo: Path) -> None:
    lines = run(demo, "due", "--by", "plan", *Q1).lines
    assert lines[:3] == [
        "Cheshire West and Chester · Figures to return",
        "Quarter 1 2019-20 (Apr to Jun 2019) · as at 1 Jul 2019",
        "0 of 15 returned · 1 overdue",
    ]
    assert lines[4] == "BY PLAN"
    flat = " ".join(" ".join(lines).split())
    assert "0 of 7 0 of 9 1 in 14 days" in flat
    assert "BY OWNER" not in flat


def test_how_much_is_in_as_data(demo: Path) -> None:
    ran = run(demo, "due", "--by", "owner", "--format", "json", *Q1)
    assert (ran.code, ran.err) == (0, "")
    found = {share["name"]: share for share in json.loads(ran.out)}
    assert found["Early Help Assessment Team"] == {
        "name": "Early Help Assessment Team",
        "plan": "EARLY",
        "returned": 0,
        "due": 3,
        "overdue": 1,
        "figures_returned": 0,
        "figures_due": 5,
        "overdue_since": "2019-05-15",
        "next_due": "2019-07-15",
        "illustrative": True,
    }
    summary = json.loads(run(demo, "summary", "--format", "json", *Q1).out)["council"]
    for by in ("owner", "plan"):
        rows = list(csv.DictReader(io.StringIO(run(demo, "due", "--by", by, "--format", "csv", *Q1).out)))
        assert list(rows[0]) == list(found["Early Help Assessment Team"])
        for name in ("returned", "due", "overdue"):
            assert sum(int(row[name]) for row in rows) == summary[name]


def test_a_reminder_is_printed(small: Path) -> None:
    ran = run(small, "remind", " team  a ", *Q3)
    assert (ran.code, ran.err, ran.out) == (0, "", TEAM)


def test_everybody_is_reminded_and_what_nobody_owns_is_said(small: Path) -> None:
    ran = run(small, "remind", "--all", *Q3)
    assert ran.code == 0
    assert ran.err == "warning: 1 figure still due without an owner: nobody is reminded of that.\n"
    first, second = ran.out.split("\n" + "-" * 72 + "\n\n")
    assert first == TEAM
    assert second.splitlines()[2] == "Dear Team B,"


def test_reminders_become_files(small: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    ran = run(small, "remind", "--all", "--folder", str(folder), *Q3)
    assert ran.lines == [str(folder / f"2019-20 Q3 Team {name}.txt") for name in "AB"]
    assert Path(ran.lines[0]).read_text("utf-8") == TEAM
    assert run(small, "remind", "--all", "--folder", str(folder), *Q3).lines == ran.lines


def test_nothing_is_due_from_who_has_given_everything(small: Path) -> None:
    assert run(small, "enter", "PC", "2019-20 Q3", "90").code == 0
    ran = run(small, "remind", "Team A", *Q3)
    assert (ran.code, ran.out, ran.err) == (0, "", "Nothing is due from Team A: everything is in.\n")
    for code in ("NO", "PO"):
        assert run(small, "enter", code, "2019-20 Q3", "9").code == 0
    ran = run(small, "remind", "--all", *Q3)
    assert (ran.code, ran.out, ran.err) == (0, "", "Nobody has anything to give: everything is in.\n")


@pytest.mark.parametrize("arguments", [(), ("Team A", "--all")])
def test_one_owner_or_all(small: Path, arguments: tuple[str, ...]) -> None:
    ran = run(small, "remind", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "Name one OWNER, or give --all; `outcome-tracker due --by owner` lists them." in ran.err


def test_an_owner_nobody_knows(small: Path) -> None:
    ran = run(small, "remind", "Team C", *Q3)
    assert (ran.code, ran.out) == (3, "")
    assert " ".join(ran.err.split()) == (
        "Nobody called 'Team C' owns a figure of 2019-20 Q3. Did you mean 'Team B'? Owners: Team A, Team B."
    )


def test_a_folder_that_cannot_be_written(small: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    ran = run(small, "remind", "Team A", "--folder", str(tmp_path / "file" / "below"), *Q3)
    assert (ran.code, ran.out) == (3, "")
    assert f"The reminder could not be written to {tmp_path / 'file' / 'below'}: Not a directory." in ran.err
