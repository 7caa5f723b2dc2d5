"""How far a plan's period is, what it lacks, and who may sign."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from outcome_tracker.core.figure import Content, Figure, Stamp, Status
from outcome_tracker.core.indicator import Council
from outcome_tracker.core.period import parse
from outcome_tracker.core.scorecard import DueLine
from outcome_tracker.core.signoff import (
    Act,
    Event,
    Missing,
    Progress,
    State,
    entered_by,
    is_same_person,
    missing,
    needs_another,
    progress,
)
from outcome_tracker.core.signoff_wording import event_text, marks, meanwhile, state_text
from tests.core.making import PLAN, REPEATS, STAMP

Q4 = parse("2018-19 Q4")
COUNCIL = Council("Testshire", "E10000001", "South", ())


def steps(*acts: Act, plan: str = "SAFE") -> Progress:
    events = [
        Event(
            plan,
            Q4,
            number,
            act,
            Stamp("jo", datetime(2019, 5, number, tzinfo=UTC), date(2019, 5, number), f"{number}"),
        )
        for number, act in enumerate(acts, 1)
    ]
    return progress(
        plan,
        Q4,
        [
            *events[::-1],
            Event("EX", Q4, 1, Act.SIGNED, Stamp("al", datetime(2019, 5, 1, tzinfo=UTC), date(2019, 5, 1))),
        ],
    )


SUBMITTED, SIGNED, REOPENED = Act.SUBMITTED, Act.SIGNED, Act.REOPENED


@pytest.mark.parametrize(
    ("acts", "state", "revised", "text"),
    [
        ((), State.OPEN, False, "open"),
        ((SUBMITTED,), State.SUBMITTED, False, "submitted on 1 May 2019 by jo: 1"),
        ((SUBMITTED, REOPENED), State.OPEN, False, "open, reopened on 2 May 2019 by jo: 2"),
        ((SUBMITTED, SIGNED), State.SIGNED, False, "signed off on 2 May 2019 by jo: 2"),
        ((SUBMITTED, SIGNED, REOPENED), State.OPEN, True, "open [r], reopened on 3 May 2019 by jo: 3"),
        ((SUBMITTED, REOPENED, SUBMITTED, SIGNED), State.SIGNED, False, "signed off on 4 May 2019 by jo: 4"),
        ((SUBMITTED, SIGNED, REOPENED, SUBMITTED), State.SUBMITTED, True, "submitted on 4 May 2019 by jo [r]: 4"),
        ((SUBMITTED, SIGNED, REOPENED, SUBMITTED, SIGNED), State.SIGNED, True, "signed off on 5 May 2019 by jo [r]: 5"),
    ],
)
def test_the_last_step_says_how_far_it_is(acts: tuple[Act, ...], state: State, text: str, revised: bool) -> None:
    found = steps(*acts)
    assert (found.state, found.is_revised, found.version, state_text(found)) == (state, revised, len(acts), text)
    assert (found.signed is not None) is (state is State.SIGNED)


def test_marks_stand_beside_a_plan() -> None:
    assert [marks(found) for found in (None, steps(), steps(SUBMITTED), steps(SUBMITTED, SIGNED))] == [
        "",
        "",
        "",
        "[signed]",
    ]
    assert marks(steps(SUBMITTED, SIGNED, REOPENED)) == "[r]"
    assert marks(steps(SUBMITTED, SIGNED, REOPENED, SUBMITTED, SIGNED)) == "[signed] [r]"


@pytest.mark.parametrize(
    ("settings", "needed"),
    [
        ({}, True),
        ({"sign_off": {}}, True),
        ({"sign_off": {"another_person": True}}, True),
        ({"sign_off": {"another_person": False}}, False),
        ({"sign_off": False}, True),
    ],
)
def test_another_person_signs_unless_the_council_says_no(settings: dict[str, object], needed: bool) -> None:
    assert needs_another(replace(COUNCIL, extra=settings)) is needed


def test_an_account_is_the_same_in_any_case() -> None:
    assert is_same_person(" JO.Straße ", ["al", "jo.strasse"])
    assert not is_same_person("jo", ["joe", ""])


def test_who_was_quicker_is_said() -> None:
    assert meanwhile(steps(SUBMITTED)) == (
        "It was submitted on 1 May 2019 by jo: 1, at this very moment; nothing was saved. Look at it again."
    )
    assert meanwhile(steps()).startswith("It was open, at this")
    assert event_text(steps(SUBMITTED).events[0]) == "submitted on 1 May 2019 by jo: 1"


def due(code: str, content: Content | None, who: str = "ana") -> DueLine:
    figure = None if content is None else Figure(code, Q4, 1, content, replace(STAMP, who=who))
    return DueLine(replace(REPEATS, code=code), PLAN, Q4, date(2019, 4, 15), figure, passed=True)


def test_each_due_figure_is_in_or_its_absence_has_a_reason() -> None:
    lines = [
        due("NONE", None),
        due("WAITS", Content(status=Status.NOT_RETURNED)),
        due("WAITS-TOLD", Content(status=Status.NOT_RETURNED, note="next week")),
        due("IN", Content(Decimal(16))),
        due("EARLY", Content(Decimal(16), status=Status.PROVISIONAL)),
        due("SMALL", Content(status=Status.SUPPRESSED)),
        due("LOST", Content(status=Status.NOT_AVAILABLE, note=" ")),
        due("TOLD", Content(status=Status.NOT_AVAILABLE, note="the system was replaced")),
    ]
    found = missing(lines, [])
    assert [line.indicator.code for line in found.figures] == ["NONE", "WAITS", "WAITS-TOLD"]
    assert [line.indicator.code for line in found.unexplained] == ["LOST"]
    assert missing(lines[3:6], []) == Missing()


def test_who_entered_is_whoever_gave_a_figure() -> None:
    assert entered_by([due("A", Content(Decimal(1)), "ana"), due("B", None, "max")]) == {"ana"}
