import os
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.tracker.collection import Collection, owner_share
from outcome_tracker.tracker.reminders import (
    file_name,
    keep,
    reminded,
    reminder,
    reminders_folder,
    why_not_remind,
    why_not_remind_all,
    without_owner,
)
from tests.core.making import CALLS, FAMILIES, REPEATS, SURVEY
from tests.tracker.collecting import collected, plan

TEXT = """\
Subject: Figures for Quarter 4 2018-19 (Jan to Mar 2019): 3 still due, 1 overdue

Dear Safeguarding Unit,

3 figures for Quarter 4 2018-19 (Jan to Mar 2019) are still due from
you. 1 of your 3 indicators is in, thank you.

EX-03  Calls answered
  Please give a number.
  - February 2019: was due on 15 Mar 2019, 31 days overdue
  - March 2019: due on 15 Apr 2019, today

SAFE-01  Children subject to a second or subsequent child protection
  plan [illustrative]
  Please give the numerator (children) and the denominator (children
  starting a plan), or a percentage.
  - Quarter 4 2018-19 (Jan to Mar 2019): due on 15 Apr 2019, today

If there is no figure, please say why: not available, suppressed or not
applicable. A provisional figure is welcome; please say that it is
provisional.

Thank you

Ana Officer
Somewhere
As at 15 Apr 2019
"""


def unit(as_at: date = date(2019, 4, 15)) -> Collection:
    mine = [replace(i, owner="Safeguarding Unit") for i in (REPEATS, FAMILIES, CALLS)]
    mine[0] = replace(mine[0], illustrative=True)
    figures = {"EX-02": {"2018-19 Q4": "340"}, "EX-03": {"2019-01": "77"}, "SAFE-01": {"2018-19 Q4": "not returned"}}
    return collected([plan("A", [*mine, SURVEY])], figures, as_at=as_at)


def test_a_reminder_says_what_is_due_what_to_give_and_by_when() -> None:
    found = unit()
    assert reminder(found, owner_share(found, "Safeguarding Unit"), "Ana Officer") == TEXT


def test_one_figure_is_spoken_of_in_the_singular() -> None:
    found = collected([plan("A", [replace(FAMILIES, owner="Team")])], as_at=date(2019, 4, 16))
    text = reminder(found, found.owners[0], "Ana")
    assert text.startswith("Subject: Figures for Quarter 4 2018-19 (Jan to Mar 2019): 1 still due, 1 overdue\n")
    assert "1 figure for Quarter 4 2018-19 (Jan to Mar 2019) is still due from you.\n" in text
    assert "was due on 15 Apr 2019, 1 day overdue" in text
    assert "thank you." not in text


def test_only_named_owners_with_something_due_are_reminded() -> None:
    found = unit()
    assert [share.title for share in reminded(found)] == ["Safeguarding Unit"]
    nobody = found.owners[-1]
    assert why_not_remind(nobody) == ("Nobody is named as the owner of these figures; write `owner:` in the plan file.")
    assert without_owner(found) == "1 figure still due without an owner: nobody is reminded of that."
    done = collected([plan("A", [replace(FAMILIES, owner="Team")])], {"EX-02": {"2018-19 Q4": "1[p]"}})
    assert why_not_remind(done.owners[0]) == "Nothing is due from Team: everything is in."
    assert (reminded(done), without_owner(done)) == ([], "")
    assert why_not_remind_all(done) == "Nobody has anything to give: everything is in."
    assert why_not_remind_all(found) == ""
    assert why_not_remind_all(collected([plan("A", [SURVEY])])) == why_not_remind(nobody)


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        ("Team", "2018-19 Q4 Team"),
        ("../../etc/passwd", "2018-19 Q4 ..-..-etc-passwd"),
        ('A/B\\C:D*?"<x>|', "2018-19 Q4 A-B-C-D-x-"),
        ("Team. ", "2018-19 Q4 Team"),
        ("Ü" * 300, "2018-19 Q4 " + "Ü" * 94),
    ],
)
def test_a_file_is_named_after_period_and_owner(owner: str, name: str) -> None:
    found = collected([plan("A", [replace(FAMILIES, owner=owner)])])
    assert file_name(found, found.owners[0]) == name


def test_a_reminder_is_kept_in_a_file_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "reminders"
    first = keep(folder, "Team", "one\n")
    assert first == folder / "Team.txt"
    assert keep(folder, "Team", "one\n") == first
    assert keep(folder, "Team", "two\n") == folder / "Team (2).txt"
    assert keep(folder, "Team", "two\n") == folder / "Team (2).txt"
    assert keep(folder, "Team", "three\n") == folder / "Team (3).txt"
    assert [path.read_text("utf-8") for path in sorted(folder.iterdir())] == ["two\n", "three\n", "one\n"]
    if sys.platform != "win32":
        assert (first.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_folder_of_that_name_and_a_link_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "Team.txt").mkdir()
    (tmp_path / "Team (2).txt").symlink_to(tmp_path / "elsewhere")
    assert keep(tmp_path, "Team", "one\n") == tmp_path / "Team (3).txt"
    assert not (tmp_path / "elsewhere").exists()


def test_what_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(Unavailable) as caught:
        keep(tmp_path / "file", "Team", "one\n")
    assert str(caught.value) == (
        f"The reminder could not be written to {tmp_path / 'file'}: {os.strerror(17)}. "
        "`outcome-tracker remind` prints it."
    )


def test_reminders_go_to_the_documents_where_there_are_any(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_documents_path", lambda: tmp_path / "Documents")
    monkeypatch.setattr("platformdirs.user_state_path", lambda *_, **__: tmp_path / "state")
    assert reminders_folder() == tmp_path / "state" / "reminders"
    (tmp_path / "Documents").mkdir()
    assert reminders_folder() == tmp_path / "Documents" / "Outcome Tracker reminders"
