"""Sign-off: what stands in the way is told at once, and what was signed stays as it was."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from outcome_tracker.core.figure import Status
from outcome_tracker.core.period import parse
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.seal import seal_of
from outcome_tracker.core.seal_wording import addendum_text, broken_text
from outcome_tracker.core.signoff import Act, State
from outcome_tracker.core.signoff_wording import state_text
from outcome_tracker.tracker.collect import enter
from outcome_tracker.tracker.commentary import save_sections
from outcome_tracker.tracker.plans import apply
from outcome_tracker.tracker.signoff import PlanStatus, Step, broken_seals, reopen, sign, status, submit
from outcome_tracker.tracker.workspace import Workspace
from tests.tracker.signing import LATER, as_user, behind_the_back, complete, done, signed, told
from tests.tui.entering import Q4, workspace

SIGNED = "when it was signed off on 20 Apr 2019 by kim"


def plan_status(made: Workspace) -> PlanStatus:
    (found,) = status(made, Q4).plans
    return found


def test_a_period_goes_from_open_over_submitted_to_signed_off(tmp_path: Path) -> None:
    made = complete(tmp_path)
    assert plan_status(made).state is State.OPEN
    step = done(submit(made, "safe", Q4, note="all in"))
    assert (step.event and step.event.act, step.problems) == (Act.SUBMITTED, ())
    assert state_text(plan_status(made).progress) == "submitted on 20 Apr 2019 by ana: all in"
    event = done(sign(as_user(made, "kim"), "SAFE")).event
    found = plan_status(made)
    assert found.state is State.SIGNED
    assert state_text(found.progress) == "signed off on 20 Apr 2019 by kim"
    assert event is not None
    assert event.seal == seal_of(event.sealed)
    assert found.line == event.line
    assert event.line.splitlines() == [
        "Green – 2; Amber – 0; Red – 1; M – 1",
        "↗ 2 improved   → 0 same   ↘ 0 requires improvement   ? 2 information needed",
    ]
    assert (found.addenda, found.progress.is_revised, broken_seals(made)) == ((), False, ())


def test_everything_that_is_missing_is_told_at_once(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    enter(made, "S-01", "2018-19 Q4", "44/276")
    enter(made, "S-03", "2018-19 Q4", "", status=Status.NOT_RETURNED, note="asked again")
    enter(made, "S-04", "2018-19 Q4", "", status=Status.NOT_AVAILABLE)
    plan = tmp_path / "targets" / "safe.yaml"
    plan.write_text(
        plan.read_text(encoding="utf-8").replace("owner: Director", "owner: The director"), encoding="utf-8"
    )
    missing = [
        (
            "S-02 2018-19 Q4: figure: It has not been returned; enter it, or say why there is none: "
            "outcome-tracker enter S-02 '2018-19 Q4' --status 'not available' --note '…'"
        ),
        (
            "S-03 2018-19 Q4: figure: It has not been returned; enter it, or say why there is none: "
            "outcome-tracker enter S-03 '2018-19 Q4' --status 'not available' --note '…'"
        ),
        (
            "S-04 2018-19 Q4: note: It is not available, and nothing says why; add a note: "
            "outcome-tracker enter S-04 '2018-19 Q4' --status 'not available' --note '…'"
        ),
        "S-01: commentary: It is Red, and nothing is said of it in 2018-19 Q4; write why, in its commentary.",
        (
            "targets: files: 1 change is not applied; `outcome-tracker targets diff` shows what differs. "
            "Apply it with `outcome-tracker targets apply`, or undo it."
        ),
    ]
    assert told(submit(made, "SAFE", Q4)) == missing
    assert told(sign(made, "SAFE", Q4)) == [
        (
            "SAFE 2018-19 Q4: state: It has not been submitted; do so first: "
            "outcome-tracker submit SAFE --period '2018-19 Q4'"
        ),
        (
            "SAFE 2018-19 Q4: person: ana entered S-01 2018-19 Q4, S-03 2018-19 Q4 and S-04 2018-19 Q4, and whoever "
            "signs must be another person; ask somebody else, or set `sign_off: {another_person: false}` in "
            "council.yaml."
        ),
        *missing,
    ]
    found = status(made, Q4)
    assert [len(each) for each in (found.plans[0].missing.figures, found.plans[0].missing.unexplained)] == [2, 1]
    assert [problem.key for problem in found.files] == ["files"]


def test_problems_of_the_plan_files_stand_in_the_way(tmp_path: Path) -> None:
    made = complete(tmp_path)
    plan = tmp_path / "targets" / "safe.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("tier: headline", "tier: main", 1), encoding="utf-8")
    (problem,) = told(submit(made, "SAFE", Q4))
    assert problem.startswith("targets/safe.yaml:8:11: ")
    assert "headline or wider" in problem


def test_a_suppressed_figure_needs_no_note_and_a_red_half_explained_is_only_mentioned(tmp_path: Path) -> None:
    made = complete(tmp_path)
    enter(made, "S-04", "2018-19 Q4", "", status=Status.SUPPRESSED)
    save_sections(made, "S-01", Q4, {"Action": "", "Owner": ""})
    step = done(submit(made, "SAFE", Q4))
    assert [(str(problem), problem.warning) for problem in step.problems] == [
        ("S-01: commentary: It is Red, and its commentary says no action, no owner.", True)
    ]


def test_a_period_that_is_not_over_is_not_signed(tmp_path: Path) -> None:
    made = complete(tmp_path)
    assert told(submit(made, "SAFE", parse("2019-20 Q1")))[0] == (
        "SAFE: period: Quarter 1 2019-20 (Apr to Jun 2019) ends on 30 Jun 2019; it can be signed off when it is over."
    )


@pytest.mark.parametrize("user", ["ana", "ANA", " Ana "])
def test_whoever_entered_a_figure_does_not_sign(tmp_path: Path, user: str) -> None:
    made = complete(tmp_path)
    done(submit(made, "SAFE", Q4))
    assert told(sign(as_user(made, user), "SAFE", Q4)) == [
        (
            f"SAFE 2018-19 Q4: person: {user} entered S-01 2018-19 Q4, S-02 2018-19 Q4, S-03 2018-19 Q4 and "
            "1 other figure, and whoever signs must be another person; ask somebody else, or set "
            "`sign_off: {another_person: false}` in council.yaml."
        )
    ]


def test_council_yaml_can_let_them(tmp_path: Path) -> None:
    made = complete(tmp_path)
    council = tmp_path / "targets" / "council.yaml"
    council.write_text(council.read_text(encoding="utf-8") + "sign_off: {another_person: no}\n", encoding="utf-8")
    assert apply(made).applied
    done(submit(made, "SAFE", Q4))
    done(sign(made, "SAFE", Q4))


def test_steps_out_of_turn_are_refused(tmp_path: Path) -> None:
    made = complete(tmp_path)
    assert told(reopen(made, "SAFE", Q4, reason="why not")) == [
        "SAFE 2018-19 Q4: state: It is open: figures can be entered and changed without."
    ]
    done(submit(made, "SAFE", Q4))
    assert told(submit(made, "SAFE", Q4)) == [
        "SAFE 2018-19 Q4: state: It is submitted on 20 Apr 2019 by ana already, and waits to be signed off."
    ]
    done(sign(as_user(made, "kim"), "SAFE", Q4))
    again = (
        "SAFE 2018-19 Q4: state: It is signed off on 20 Apr 2019 by kim already; open it again first: "
        "outcome-tracker reopen SAFE --period '2018-19 Q4' --reason '…'"
    )
    assert told(submit(made, "SAFE", Q4)) == [again]
    assert told(sign(as_user(made, "kim"), "SAFE", Q4)) == [again]
    with pytest.raises(Unavailable, match=r"There is no plan 'SAVE' in 2018-19 Q4\. Did you mean 'SAFE'"):
        submit(made, "SAVE", Q4)


def test_reopening_needs_a_reason_and_shows_afterwards(tmp_path: Path) -> None:
    made = signed(tmp_path)
    without = "SAFE 2018-19 Q4: reason: A period is opened again for a reason that is kept beside it; say why."
    assert told(reopen(made, "SAFE", Q4, reason=" \n")) == [without]
    done(reopen(made, "SAFE", Q4, reason="S-03 was \x1b[31mwrong\u202e"))
    found = plan_status(made).progress
    assert (found.state, found.is_revised, found.signed) == (State.OPEN, True, None)
    assert state_text(found) == "open [r], reopened on 3 Jun 2019 by ana: S-03 was wrong"
    enter(made, "S-03", "2018-19 Q4", "312")
    assert save_sections(made, "S-03", Q4, {"Cause": "Counted twice."})
    done(submit(made, "SAFE", Q4))
    assert state_text(plan_status(made).progress) == "submitted on 3 Jun 2019 by ana [r]"
    event = done(sign(as_user(made, "kim", LATER), "SAFE", Q4)).event
    assert event is not None
    assert (event.version, event.line.partition(";")[0]) == (5, "Green – 1")
    assert state_text(plan_status(made).progress) == "signed off on 3 Jun 2019 by kim [r]"
    assert broken_seals(made) == ()


def test_what_was_only_submitted_comes_back_without_a_mark(tmp_path: Path) -> None:
    made = complete(tmp_path)
    done(submit(made, "SAFE", Q4))
    done(reopen(as_user(made, "kim"), "SAFE", Q4, reason="S-02 looks wrong"))
    assert state_text(plan_status(made).progress) == "open, reopened on 20 Apr 2019 by kim: S-02 looks wrong"


def test_what_comes_later_is_an_addendum_and_the_signed_line_stays(tmp_path: Path) -> None:
    made = signed(tmp_path)
    line = plan_status(made).line
    enter(made, "S-04", "2018-19 Q4", "11.5")
    enter(made, "S-02", "2018-19 Q4", "22.0")
    enter(made, "S-01", "2019-20 Q1", "10/100")  # of a later period
    save_sections(made, "S-01", Q4, {"Cause": "Winter and summer."})
    save_sections(made, "S-02", Q4, {"Cause": "Miscounted."})
    found = plan_status(made)
    assert found.line == line
    assert [addendum_text(each) for each in found.addenda] == [
        "S-02 2018-19 Q4: 22 instead of 18.1 on 3 Jun 2019 (ana)",
        "S-04 2018-19 Q4: 11.5 instead of not available on 3 Jun 2019 (ana)",
        "commentary on S-01 2018-19 Q4, Cause: rewritten on 3 Jun 2019 (ana)",
        "commentary on S-02 2018-19 Q4, Cause: written on 3 Jun 2019 (ana)",
    ]
    assert found.state is State.SIGNED
    assert broken_seals(made) == ()


def test_figures_of_the_same_moment_are_addenda_too(tmp_path: Path) -> None:
    made = complete(tmp_path)
    done(submit(made, "SAFE", Q4))
    done(sign(as_user(made, "kim"), "SAFE", Q4))
    enter(made, "S-02", "2018-19 Q4", "22.0")  # the clock of the tests stands still
    assert [addendum_text(each) for each in plan_status(made).addenda] == [
        "S-02 2018-19 Q4: 22 instead of 18.1 on 20 Apr 2019 (ana)"
    ]


def test_of_two_who_sign_at_once_the_second_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = complete(tmp_path)
    done(submit(made, "SAFE", Q4))
    save = Workspace.save

    def quicker(self: Workspace, *facts: object, **more: object) -> None:
        monkeypatch.setattr(Workspace, "save", save)
        done(sign(as_user(made, "lee"), "SAFE", Q4))
        save(self, *facts, **more)  # type: ignore[arg-type]  # whatever it was called with

    monkeypatch.setattr(Workspace, "save", quicker)
    assert told(sign(as_user(made, "kim"), "SAFE", Q4)) == [
        (
            "SAFE 2018-19 Q4: state: It was signed off on 20 Apr 2019 by lee, at this very moment; nothing was saved. "
            "Look at it again."
        )
    ]


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (
            "UPDATE figure SET numerator = '34' WHERE indicator = 'S-01'",
            f"S-01 2018-19 Q4: 44 of 276 {SIGNED}, 34 of 276 now",
        ),
        ("DELETE FROM figure WHERE indicator = 'S-02'", f"S-02 2018-19 Q4: 18.1 {SIGNED}, missing now"),
        (
            "UPDATE figure SET who = 'kim' WHERE indicator = 'S-03'",
            f"S-03 2018-19 Q4: saved by 'ana' {SIGNED}, 'kim' now",
        ),
        (
            "UPDATE target SET body = '{\"goal\":[\"20\"]}' WHERE indicator = 'S-01'",
            f"target of S-01 for 2018-19: goal '14' {SIGNED}, '20' now",
        ),
        (
            "UPDATE commentary SET text = 'Summer.' WHERE section = 'Cause'",
            f"commentary on S-01 2018-19 Q4, Cause: text 'Winter.' {SIGNED}, 'Summer.' now",
        ),
        (
            (
                'UPDATE definition SET body = replace(body, \'"better":"lower"\', \'"better":"higher"\') '
                "WHERE code = 'S-01'"
            ),
            f"indicator S-01: better 'lower' {SIGNED}, 'higher' now",
        ),
        (
            "UPDATE definition SET body = replace(body, 'due_days\":15', 'due_days\":99') WHERE kind = 'council'",
            f"the council's settings: figures_due_days '15' {SIGNED}, '99' now",
        ),
        (
            "UPDATE sign_off SET line = 'Green – 9' WHERE action = 'signed'",
            (
                "sign-off of SAFE 2018-19 Q4: line 'Green – 2; Amber – 0; Red – 1; M – 1 ↗ 2 improved → 0 same …' "
                f"{SIGNED}, 'Green – 9' now"
            ),
        ),
        (
            "UPDATE sign_off SET sealed = replace(sealed, '\"44\"', '\"34\"')",
            (
                "SAFE 2018-19 Q4: what is kept of the text that was signed off on 20 Apr 2019 by kim no longer gives "
                "its seal"
            ),
        ),
        (
            "DELETE FROM sign_off WHERE action = 'submitted'",
            "SAFE 2018-19 Q4: step 1 of its sign-off is missing from the database",
        ),
    ],
)
def test_what_is_altered_behind_the_trackers_back_is_named(tmp_path: Path, statement: str, sentence: str) -> None:
    made = signed(tmp_path)
    behind_the_back(made, statement)
    assert sentence in [broken_text(each) for each in broken_seals(made)]
    assert [broken_text(each) for each in status(made, Q4).broken] == [broken_text(each) for each in broken_seals(made)]
    assert broken_seals(made, ["EX"]) == ()


def test_what_was_altered_stays_named_after_a_correction(tmp_path: Path) -> None:
    made = signed(tmp_path)
    behind_the_back(made, "UPDATE figure SET numerator = '34' WHERE indicator = 'S-01' AND period = '2018-19 Q4'")
    enter(made, "S-01", "2018-19 Q4", "44/276")
    assert [broken_text(each) for each in broken_seals(made)] == [f"S-01 2018-19 Q4: 44 of 276 {SIGNED}, 34 of 276 now"]


@pytest.mark.parametrize(
    "step",
    [
        lambda made: submit(made, "SAFE", Q4),
        lambda made: sign(made, "SAFE", Q4),
        lambda made: reopen(made, "SAFE", Q4, reason="why"),
    ],
)
def test_the_past_cannot_be_signed(tmp_path: Path, step: Callable[[Workspace], Step]) -> None:
    complete(tmp_path)
    with pytest.raises(Unavailable, match="the past cannot be changed"):
        step(workspace(tmp_path, as_at=date(2019, 4, 20)))


def test_officers_submit_and_approvers_sign_and_reopen(tmp_path: Path) -> None:
    made = complete(tmp_path)
    council = tmp_path / "targets" / "council.yaml"
    text = council.read_text(encoding="utf-8") + "roles: {officers: [Ana], approvers: [Kim]}\n"
    council.write_text(text, encoding="utf-8")
    assert apply(made).applied
    kim = as_user(made, "kim")
    with pytest.raises(Unavailable, match="Only officers may change what is recorded, and 'kim' is not one of them"):
        submit(kim, "SAFE", Q4)
    done(submit(made, "SAFE", Q4))
    refused = r"^Only approvers may sign off a period or reopen it, and 'ana' is not one of them\."
    with pytest.raises(Unavailable, match=refused):
        sign(made, "SAFE", Q4)
    done(sign(kim, "SAFE", Q4))
    with pytest.raises(Unavailable, match=refused):
        reopen(made, "SAFE", Q4, reason="S-02 looks wrong")
    done(reopen(kim, "SAFE", Q4, reason="S-02 looks wrong"))
