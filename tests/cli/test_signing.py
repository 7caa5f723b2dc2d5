"""Signing off at the command line: each step is told, and so is everything that stands in the way."""

import json
from pathlib import Path

import pytest

from outcome_tracker.tracker.signoff import broken_seals
from tests.running import Ran, rows, run
from tests.tracker.signing import behind_the_back, complete, signed

PERIOD = ("--period", "2018-19 Q4")
SIGNED = "when it was signed off on 20 Apr 2019 by kim"


def at(folder: Path, *arguments: str, user: str = "ana", now: str = "2019-06-03T10:00") -> Ran:
    return run(folder, *arguments, environment={"OUTCOME_TRACKER_USER": user, "OUTCOME_TRACKER_NOW": now})


def test_a_period_is_submitted_signed_and_opened_again(tmp_path: Path) -> None:
    complete(tmp_path)
    submitted = at(tmp_path, "submit", "safe", *PERIOD, "--note", "all in")
    assert (submitted.code, submitted.err) == (0, "")
    assert submitted.out == "SAFE 2018-19 Q4: submitted on 3 Jun 2019 by ana: all in. It waits to be signed off.\n"
    done = at(tmp_path, "sign-off", "SAFE", *PERIOD, user="Kim")
    ((seal,),) = rows(tmp_path, "SELECT seal FROM sign_off WHERE action = 'signed'")
    assert (done.code, done.err) == (0, "")
    assert done.lines == [
        "SAFE 2018-19 Q4: signed off on 3 Jun 2019 by Kim.",
        "Green – 2; Amber – 0; Red – 1; M – 1",
        "↗ 2 improved   → 0 same   ↘ 0 requires improvement   ? 2 information needed",
        f"Seal: {seal}",
    ]
    opened = at(tmp_path, "reopen", "SAFE", *PERIOD, "--reason", "S-03 was counted twice")
    assert opened.out == "SAFE 2018-19 Q4: reopened on 3 Jun 2019 by ana: S-03 was counted twice.\n"
    assert "open [r], reopened on 3 Jun 2019 by ana: S-03 was counted twice" in at(tmp_path, "status", *PERIOD).flat


def test_what_stands_in_the_way_goes_to_stderr_and_nothing_is_saved(tmp_path: Path) -> None:
    complete(tmp_path)
    at(tmp_path, "enter", "S-04", "2018-19 Q4", "", "--status", "not available")
    refused = at(tmp_path, "sign-off", "SAFE", *PERIOD)
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.splitlines() == [
        (
            "SAFE 2018-19 Q4: state: It has not been submitted; do so first: "
            "outcome-tracker submit SAFE --period '2018-19 Q4'"
        ),
        (
            "SAFE 2018-19 Q4: person: ana entered S-01 2018-19 Q4, S-02 2018-19 Q4, S-03 2018-19 Q4 and 1 other "
            "figure, and whoever signs must be another person; ask somebody else, or set "
            "`sign_off: {another_person: false}` in council.yaml."
        ),
        (
            "S-04 2018-19 Q4: note: It is not available, and nothing says why; add a note: "
            "outcome-tracker enter S-04 '2018-19 Q4' --status 'not available' --note '…'"
        ),
    ]
    assert rows(tmp_path, "SELECT 1 FROM sign_off") == []


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("reopen", "SAFE", *PERIOD), 2, "Missing option '--reason'"),
        (
            ("reopen", "SAFE", *PERIOD, "--reason", " "),
            1,
            "SAFE 2018-19 Q4: reason: A period is opened again for a reason that is kept beside it; say why.",
        ),
        (("submit", "SAVE"), 3, "There is no plan 'SAVE' in 2018-19 Q4. Did you mean 'SAFE'? Plans: SAFE."),
        (("sign-off", "SAFE", "--period", "2018-Q4"), 2, "write 2018-19 Q4"),
        (("sign-off", "SAFE", "--as-at", "2019-04-25"), 3, "the past cannot be changed"),
        (("reopen", "SAFE", "--reason", "x", "--read-only"), 3, "This was opened read-only"),
        (("status", "--format", "csv"), 2, "is not one of 'text', 'json'"),
    ],
)
def test_what_cannot_be_done_says_why(tmp_path: Path, arguments: tuple[str, ...], code: int, sentence: str) -> None:
    signed(tmp_path)
    ran = at(tmp_path, *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert sentence in ran.err


def test_status_tells_what_is_missing_and_what_the_plan_files_say(tmp_path: Path) -> None:
    complete(tmp_path)
    at(tmp_path, "enter", "S-04", "2018-19 Q4", "", "--status", "not available")
    at(tmp_path, "comment", "S-01", "2018-19 Q4", "Action", "--clear")
    plan = tmp_path / "targets" / "safe.yaml"
    plan.write_text(plan.read_text("utf-8").replace("owner: Director", "owner: The director"), "utf-8")
    ran = at(tmp_path, "status")
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines == [
        "Sign-off",
        "Quarter 4 2018-19 (Jan to Mar 2019) · as at 3 Jun 2019",
        "",
        "SAFE Children are safe",
        "──────────────────────",
        "open",
        "Green – 2; Amber – 0; Red – 1; M – 1",
        "↗ 2 improved   → 0 same   ↘ 0 requires improvement   ? 2 information needed",
        "Missing:",
        "  S-04 2018-19 Q4: note: It is not available, and nothing says why; add a",
        "    note: outcome-tracker enter S-04 '2018-19 Q4' --status 'not available'",
        "    --note '…'",
        "Worth a look:",
        "  S-01: commentary: It is Red, and its commentary says no action.",
        "",
        "PLAN FILES",
        "  targets: files: 1 change is not applied; `outcome-tracker targets diff`",
        "    shows what differs. Apply it with `outcome-tracker targets apply`, or undo",
        "    it.",
    ]


def test_status_tells_addenda_and_what_is_not_as_it_was_signed(tmp_path: Path) -> None:
    made = signed(tmp_path)
    at(tmp_path, "enter", "S-04", "2018-19 Q4", "11.5")
    behind_the_back(made, "UPDATE figure SET numerator = '34' WHERE indicator = 'S-01' AND period = '2018-19 Q4'")
    ran = at(tmp_path, "status", "--plan", "safe")
    assert ran.code == 1
    assert f"NOT AS SIGNED OFF ✗ S-01 2018-19 Q4: 44 of 276 {SIGNED}, 34 of 276 now" in ran.flat
    assert "signed off on 20 Apr 2019 by kim · seal " in ran.flat
    assert "Addenda since sign-off: S-04 2018-19 Q4: 11.5 instead of not available on 3 Jun 2019 (ana)" in ran.flat
    assert "Green – 2; Amber – 0; Red – 1; M – 1" in ran.lines
    data = json.loads(at(tmp_path, "status", "--format", "json").out)
    assert data["broken"] == [
        {"plan": "SAFE", "period": "2018-19 Q4", "text": f"S-01 2018-19 Q4: 44 of 276 {SIGNED}, 34 of 276 now"}
    ]
    assert len(broken_seals(made)) == 1


def test_status_as_json(tmp_path: Path) -> None:
    signed(tmp_path)
    at(tmp_path, "comment", "S-02", "2018-19 Q4", "Cause", "Fewer came back.")
    ran = at(tmp_path, "status", *PERIOD, "--format", "json")
    data = json.loads(ran.out)
    ((seal,),) = rows(tmp_path, "SELECT seal FROM sign_off WHERE action = 'signed'")
    steps = data["plans"][0].pop("steps")
    assert [(step["version"], step["action"], step["who"]) for step in steps] == [
        (1, "submitted", "ana"),
        (2, "signed", "kim"),
    ]
    assert data == {
        "period": "2018-19 Q4",
        "as_at": "2019-06-03",
        "plans": [
            {
                "code": "SAFE",
                "plan": "Children are safe",
                "state": "signed off",
                "revised": False,
                "line": [
                    "Green – 2; Amber – 0; Red – 1; M – 1",
                    "↗ 2 improved   → 0 same   ↘ 0 requires improvement   ? 2 information needed",
                ],
                "signed": {
                    "version": 2,
                    "action": "signed",
                    "who": "kim",
                    "on": "2019-04-20",
                    "at": "2019-04-20T09:00:00+00:00",
                    "why": None,
                    "seal": seal,
                },
                "addenda": [
                    {
                        "what": "commentary on S-02 2018-19 Q4, Cause",
                        "text": "commentary on S-02 2018-19 Q4, Cause: written on 3 Jun 2019 (ana)",
                    }
                ],
                "missing": [],
            }
        ],
        "files": [],
        "broken": [],
    }
    assert steps[1] == data["plans"][0]["signed"]


def test_status_of_an_earlier_day_shows_the_steps_of_then(tmp_path: Path) -> None:
    signed(tmp_path)
    assert "signed off on 20 Apr" in at(tmp_path, "status").flat
    assert "signed off" not in at(tmp_path, "status", "--as-at", "2019-04-19").flat.replace("SIGNED OFF", "")


NOTE = (
    "SAFE 2018-19 Q4 is signed off: this is an addendum, and the signed line stays until the period is opened again.\n"
)


def test_what_is_entered_for_a_signed_off_period_is_said_to_be_an_addendum(tmp_path: Path) -> None:
    complete(tmp_path)
    assert at(tmp_path, "enter", "S-02", "2018-19 Q4", "18.2").err == ""
    assert at(tmp_path, "submit", "SAFE", *PERIOD).err == ""
    assert at(tmp_path, "enter", "S-02", "2018-19 Q4", "18.3").err == ""
    assert at(tmp_path, "sign-off", "SAFE", *PERIOD, user="kim").code == 0
    late = at(tmp_path, "enter", "S-02", "2018-19 Q4", "18.4")
    assert (late.code, late.err) == (0, NOTE)
    assert at(tmp_path, "enter", "S-02", "2018-19 Q4", "18.4").err == ""  # nothing new
    assert at(tmp_path, "enter", "S-02", "2019-20 Q1", "18.6").err == ""
    assert at(tmp_path, "comment", "S-02", "2018-19 Q4", "Cause", "Late.").err == NOTE
    assert at(tmp_path, "comment", "SAFE", "2018-19 Q4", "Analysis and issues", "Late.").err == NOTE
    assert at(tmp_path, "comment", "SAFE", "2018-19 Q3", "Analysis and issues", "Late.").err == ""
    assert at(tmp_path, "reopen", "SAFE", *PERIOD, "--reason", "late figures").code == 0
    assert at(tmp_path, "enter", "S-02", "2018-19 Q4", "18.5").err == ""
