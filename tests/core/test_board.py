"""The milestones board: when each is due, what can be picked out, and who answers for it."""

from dataclasses import replace
from datetime import date

import pytest

from outcome_tracker.core.board import NOBODY, Item, Pick, When, by_day, on_text, when
from outcome_tracker.core.indicator import Action, Milestone, Plan
from outcome_tracker.core.milestone import Progress, Report, Standing, stand, total
from tests.core.making import Q4

SCOPE = Milestone("SAFE-A1.1", "Agree the scope of phase 2", "SAFE-A1", "SAFE", "2019-03-31")


def standing(due: str, status: Progress = Progress.ON_TRACK, day: str = "2019-03-31") -> Standing:
    milestone = replace(SCOPE, due=due)
    return stand(milestone, [Report(SCOPE.code, 1, status, day)], Q4)


def item(owner: str = "", action: str = "", plan: str = "", due: str = "2019-03-31") -> Item:
    found = stand(replace(SCOPE, due=due, owner=owner), [], Q4)
    return Item(Plan("SAFE", "Safe", owner=plan), Action("SAFE-A1", "Fostering", "SAFE", action, "", (SCOPE,)), found)


@pytest.mark.parametrize(
    ("due", "status", "expected"),
    [
        ("2019-03-30", Progress.DELAYED, When.OVERDUE),
        ("2019-03-31", Progress.ON_TRACK, When.THIS),
        ("2018-19", Progress.ON_TRACK, When.THIS),
        ("2019-04-01", Progress.ON_TRACK, When.NEXT),
        ("2019-20", Progress.REPHASED, When.NEXT),
        ("2019-07-01", Progress.ON_TRACK, When.LATER),
        ("2020-21", Progress.ON_TRACK, When.LATER),
        ("", Progress.ON_TRACK, When.UNDATED),
        ("not stated", Progress.DELAYED, When.UNDATED),
        ("2018-12-31", Progress.DELIVERED, When.DONE),
        ("2019-06-30", Progress.CANCELLED, When.DONE),
        ("", Progress.DELIVERED, When.DONE),
    ],
)
def test_when_a_milestone_is_due(due: str, status: Progress, expected: When) -> None:
    assert when(standing(due, status), Q4) is expected


def test_what_is_due_before_a_period_ends_is_due_in_it_while_it_lasts() -> None:
    running = stand(replace(SCOPE, due="2019-02-28"), [], Q4, as_at=date(2019, 2, 1))
    assert when(running, Q4) is When.THIS


def test_what_needs_a_decision_comes_first() -> None:
    assert [each.value for each in When] == [
        "Overdue",
        "Due in this period",
        "Due in the next period",
        "Later",
        "No date stated",
        "Delivered or cancelled",
    ]


def test_what_is_picked_out_is_what_the_summary_counts() -> None:
    every = [
        standing("2018-12-31"),
        standing("2018-12-31", Progress.DELIVERED),
        standing("2018-12-31", Progress.DELIVERED, "2018-03-31"),
        standing("2019-06-30", Progress.REPHASED),
        standing("2019-05-31"),
        standing("2018-12-31", Progress.REPHASED),
    ]
    found = {pick.value: sum(pick.takes(each) for each in every) for pick in Pick}
    counts = total(every)
    assert found == {"overdue": 2, "due next period": 2, "re-phased": 2, "delivered this year": 1}
    assert list(found.values()) == [counts.overdue, counts.due_next, counts.rephased, counts.delivered_in_year]


def test_who_answers_for_a_milestone() -> None:
    assert item("Manager", "Head", "Director").owner == "Manager"
    assert item("", "Head", "Director").owner == "Head"
    assert item("", "", "Director").owner == "Director"
    assert item().owner == NOBODY == "No owner named"
    assert item().code == "SAFE-A1.1"


def test_an_action_without_milestones_is_one_itself() -> None:
    assert not item().is_action
    assert replace(item(), action=Action("SAFE-A4", "Review", "SAFE")).is_action


def test_what_is_made_up_is_so_in_each_of_its_parts() -> None:
    plain = item()
    assert not plain.illustrative
    assert replace(plain, plan=replace(plain.plan, illustrative=True)).illustrative
    assert replace(plain, action=replace(plain.action, illustrative=True)).illustrative
    invented = replace(plain.standing.milestone, illustrative=True)
    assert replace(plain, standing=replace(plain.standing, milestone=invented)).illustrative


def test_the_earliest_due_comes_first_and_what_has_no_date_last() -> None:
    dues = ["not stated", "2019-20", "2018-12-31", "2019-04-01"]
    found = sorted((item(due=due) for due in dues), key=by_day)
    assert [each.standing.due for each in found] == ["2018-12-31", "2019-04-01", "2019-20", "not stated"]


@pytest.mark.parametrize(
    ("day", "words"),
    [("2019-03-31", "on 31 Mar 2019"), ("2018-19", "during 2018-19"), ("", ""), ("not stated", "")],
)
def test_a_day_or_a_year_reads_as_part_of_a_sentence(day: str, words: str) -> None:
    assert on_text(day) == words
