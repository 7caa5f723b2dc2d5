from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.commentary import (
    ACTION,
    ANALYSIS,
    CAUSE,
    DUE,
    FORECAST,
    GROUPS,
    INDICATOR_SECTIONS,
    LONGEST,
    OWNER,
    PLAN_SECTIONS,
    RED_SECTIONS,
    RETURN,
    WIDER,
    Commentary,
    Explained,
    Section,
    State,
    Subject,
    cleaned,
    earlier,
    explained,
    group_of,
    is_needed,
    label,
    refusal,
    sections_for,
    subjects,
    unexplained,
)
from outcome_tracker.core.direction import Direction
from outcome_tracker.core.indicator import Tier
from outcome_tracker.core.period import parse
from outcome_tracker.core.rag import Rag
from outcome_tracker.core.scorecard import Row
from outcome_tracker.core.standing import Measured, Travel
from tests.core.making import PLAN, Q4, REPEATS

Q3 = parse("2018-19 Q3")
WIDER_ONE = replace(REPEATS, code="SAFE-05", tier=Tier.WIDER)


def row(rag: Rag | None = Rag.RED, direction: Direction | None = None, code: str = "", *, wider: bool = False) -> Row:
    indicator = WIDER_ONE if wider else REPEATS
    indicator = replace(indicator, code=code or indicator.code)
    travel = Travel(direction) if direction else None
    return Row(indicator, PLAN, Q4, Measured(Q4, Decimal("15.9")), None, rag, None, travel, travel, travel)


def said(section: str = ANALYSIS.name, words: str = "Because.", code: str = REPEATS.code) -> Commentary:
    return Commentary(code, Q4, section, words)


@pytest.mark.parametrize(
    ("found", "needed"),
    [
        (row(Rag.RED), True),
        (row(Rag.RED, Direction.IMPROVED), True),
        (row(Rag.AMBER, Direction.DECLINED), True),
        (row(Rag.GREEN, Direction.DECLINED), True),
        (row(Rag.M, Direction.DECLINED), True),
        (row(Rag.AMBER, Direction.SAME), False),
        (row(Rag.GREEN, Direction.UNKNOWN), False),
        (row(None), False),
        (row(Rag.RED, Direction.DECLINED, wider=True), False),
    ],
)
def test_a_headline_that_is_red_or_requires_improvement_must_be_explained(found: Row, needed: bool) -> None:
    assert is_needed(found) is needed


@pytest.mark.parametrize(
    ("commentary", "missing"),
    [
        ([], 1),
        ([said()], 0),
        ([said(OWNER.name, "Jo")], 0),
        ([said(words=" \n ")], 1),
        ([replace(said(), period=Q3)], 1),
        ([said(code="SAFE")], 1),
    ],
)
def test_any_section_of_the_period_explains_and_a_blank_one_does_not(
    commentary: list[Commentary], missing: int
) -> None:
    rows = [row(), row(Rag.GREEN, code="SAFE-02"), row(wider=True)]
    assert len(unexplained(rows, commentary)) == missing
    assert explained(rows, commentary) == Explained(1, missing)


def test_what_is_needed_is_counted_also_where_nothing_is() -> None:
    assert explained([], [said()]) == Explained(0, 0)


@pytest.mark.parametrize(
    ("found", "commentary", "state", "lacking"),
    [
        (row(), [], State.MISSING, "cause action owner due date return date"),
        (row(), [said()], State.INCOMPLETE, "cause action owner due date return date"),
        (row(), [said(CAUSE.name), said(OWNER.name), said(DUE.name)], State.INCOMPLETE, "action return date"),
        (row(), [said(s.name) for s in RED_SECTIONS], State.GIVEN, ""),
        (row(Rag.AMBER, Direction.DECLINED), [], State.MISSING, ""),
        (row(Rag.AMBER, Direction.DECLINED), [said()], State.GIVEN, ""),
        (row(wider=True), [], State.NONE, "cause action owner due date return date"),
        (row(wider=True), [said(code="SAFE-05")], State.INCOMPLETE, "cause action owner due date return date"),
        (row(Rag.GREEN), [], State.NONE, ""),
        (row(Rag.GREEN), [said()], State.GIVEN, ""),
    ],
)
def test_how_far_an_indicator_is_explained(
    found: Row, commentary: list[Commentary], state: State, lacking: str
) -> None:
    subject = subjects([(PLAN, [found])], commentary, Q4)[1]
    assert subject.state is state
    assert " ".join(section.missing for section in subject.lacking) == lacking


def test_subjects_are_the_plans_each_before_its_indicators_with_what_is_said_in_the_order_of_the_sections() -> None:
    commentary = [
        said("Zebra"),
        said(RETURN.name),
        said(CAUSE.name),
        said("A free one"),
        said(OWNER.name, "  "),
        said(ANALYSIS.name),
        replace(said(ACTION.name), period=Q3),
        said(WIDER.name, code="SAFE"),
    ]
    plan, indicator = subjects([(PLAN, [row()])], commentary, Q4)
    assert (plan.code, plan.title, plan.state) == ("SAFE", PLAN.title, State.GIVEN)
    assert (indicator.code, indicator.title) == (REPEATS.code, REPEATS.title)
    assert [c.section for c in indicator.said] == [
        "Analysis and issues",
        "Cause",
        "Expected return to target",
        "Zebra",
        "A free one",
    ]


def test_what_is_missing_comes_first_then_other_reds_then_plans() -> None:
    def group(found: Row | None, *commentary: Commentary) -> str:
        return group_of(Subject(PLAN, found, Q4, commentary))

    assert group(row()) == GROUPS[0]
    assert group(row(), said()) == GROUPS[1]
    assert group(row(wider=True)) == GROUPS[1]
    assert group(row(Rag.GREEN, Direction.DECLINED), said()) == GROUPS[1]
    assert group(row(Rag.GREEN, Direction.DECLINED, wider=True)) == GROUPS[3]
    assert group(None) == GROUPS[2]
    assert group(None, said()) == GROUPS[2]
    assert group(row(Rag.GREEN)) == GROUPS[3]


def test_a_red_is_asked_more_than_others_and_what_was_used_is_never_left_out() -> None:
    assert sections_for(None) == PLAN_SECTIONS
    assert sections_for(row()) == INDICATOR_SECTIONS
    assert sections_for(row(wider=True)) == INDICATOR_SECTIONS
    assert sections_for(row(Rag.AMBER)) == (ANALYSIS, FORECAST)
    assert sections_for(row(Rag.AMBER), ["Finance", OWNER.name, WIDER.name]) == (
        ANALYSIS,
        OWNER,
        FORECAST,
        WIDER,
        Section("Finance"),
    )
    own = ["Recommendations", "Finance", WIDER.name, "Recommendations"]
    assert [section.name for section in sections_for(None, own)] == [
        *(section.name for section in PLAN_SECTIONS),
        "Recommendations",
        "Finance",
    ], "own sections stand as they were first recorded, each once"


@pytest.mark.parametrize(
    "words",
    [
        "2019-09-30",
        "2019-09-15",
        "15 September 2019",
        "15th Sept 2019",
        "15/09/2019",
        "29.2.2020",
        "September 2019",
        "2019-20 Q2",
        "Q2 2019-20",
        "2019-20",
        "  2019-20\n",
        "",
        " ",
    ],
)
@pytest.mark.parametrize("section", [DUE, RETURN])
def test_dates_and_periods_of_any_kind_say_when(section: Section, words: str) -> None:
    assert refusal(section.name, words) == ""


@pytest.mark.parametrize(
    "words", ["soon", "31 February 2019", "0 May 2019", "31/02/2019", "2019-02-30", "2019", "2019-20 Q5", "in 2019-20"]
)
def test_anything_else_says_what_to_write(words: str) -> None:
    assert refusal(RETURN.name, words) == (
        f"'{words}' is neither a date nor a period; write 2019-09-30, September 2019, "
        "2019-20 Q2 or 2019-20. What else there is to say belongs to the action."
    )
    assert refusal(ACTION.name, words) == ""


def test_a_text_that_no_csv_cell_could_hold_is_too_long() -> None:
    assert refusal(ANALYSIS.name, "x" * LONGEST) == ""
    assert refusal(ANALYSIS.name, "x" * (LONGEST + 1)) == (
        "The text is 1 character too long: at most 50,000 can be kept."
    )


@given(st.text())
def test_cleaning_keeps_lines_where_a_section_has_them_and_changes_nothing_twice(words: str) -> None:
    several, one = cleaned(ANALYSIS.name, words), cleaned(OWNER.name, words)
    assert cleaned(ANALYSIS.name, several) == several
    assert "\n" not in one
    assert [c for c in several if not c.isprintable() and c != "\n"] == []


def test_a_forecast_says_that_it_is_a_judgement() -> None:
    assert label("Year-end forecast") == "Year-end forecast (judgement)"
    assert label("Cause") == "Cause"


def test_lines_stay() -> None:
    assert cleaned(CAUSE.name, "One\r\n\r\n• two\t\x1b[31mred ") == "One\n\n• two red"
    assert cleaned(OWNER.name, "Jo\nSmith") == "Jo Smith"
    assert cleaned("Finance", "a\nb") == "a\nb"


def test_earlier_is_the_latest_period_before_in_which_anything_was_said() -> None:
    q1, q2 = parse("2018-19 Q1"), parse("2018-19 Q2")
    commentary = [
        replace(said(CAUSE.name), period=q1),
        replace(said(CAUSE.name, "two"), period=q2),
        replace(said(ANALYSIS.name, "all"), period=q2),
        replace(said(OWNER.name, " "), period=Q3),
        said(),
        replace(said(ANALYSIS.name, code="SAFE"), period=Q3),
    ]
    assert [(c.section, c.text) for c in earlier(commentary, REPEATS.code, Q4)] == [
        (ANALYSIS.name, "all"),
        (CAUSE.name, "two"),
    ]
    assert earlier(commentary, REPEATS.code, q1) == ()
