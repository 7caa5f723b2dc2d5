"""Whoever may not do something is told who may, and how to be one of them."""

import pytest

from outcome_tracker.core.indicator import Council
from outcome_tracker.core.role import Role
from outcome_tracker.core.role_wording import only_look_text, refusal


def council(*officers: str) -> Council:
    roles = {"officers": officers, "approvers": ["Dai"], "viewers": ["Eve"]}
    return Council("Testshire", "E10000001", "South", ("England",), extra={"roles": roles})


@pytest.mark.parametrize(
    ("officers", "ask"),
    [
        (["Ann"], "Ann"),
        (["Ann", "Bob"], "Ann or Bob"),
        (["Ann", "Bob", "Cara"], "Ann, Bob or Cara"),
        (["Ann", "Bob", "Cara", "Fay", "Gus"], "Ann, Bob, Cara or another one"),
    ],
)
def test_it_names_whom_to_ask(officers: list[str], ask: str) -> None:
    assert refusal(council(*officers), "Sam", Role.OFFICER) == (
        "Only officers may change what is recorded, and 'Sam' is not one of them.",
        f"Ask {ask}, or name yourself with --user; council.yaml lists the officers under roles.",
    )
    assert only_look_text(council(*officers), "Sam") == (
        f"Read-only: only officers may change what is recorded, and 'Sam' is not one of them; ask {ask}."
    )


def test_it_says_what_an_approver_does() -> None:
    assert refusal(council("Ann"), "Ann", Role.APPROVER) == (
        "Only approvers may sign off a period or reopen it, and 'Ann' is not one of them.",
        "Ask Dai, or name yourself with --user; council.yaml lists the approvers under roles.",
    )


def test_a_screen_says_who_approves_too() -> None:
    assert only_look_text(council("Ann"), "Ann", Role.APPROVER) == (
        "Only approvers may sign off a period or reopen it, and 'Ann' is not one of them; ask Dai."
    )


def test_who_may_not_look_learns_no_names() -> None:
    assert refusal(council("Ann"), "Sam", Role.VIEWER) == (
        "Only people whom council.yaml lists under roles may look, and 'Sam' is not one of them.",
        "Ask an officer to list you, or name yourself with --user.",
    )


def test_it_says_what_anybody_may_do_instead() -> None:
    assert refusal(council("Ann"), "Sam", Role.OFFICER, "see small numbers", "Add --published") == (
        "Only officers may see small numbers, and 'Sam' is not one of them.",
        "Add --published, or name yourself with --user; council.yaml lists the officers under roles.",
    )
