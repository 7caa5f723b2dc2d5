from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.figure import Content, Status
from outcome_tracker.core.indicator import Polarity
from outcome_tracker.core.number import Entry
from outcome_tracker.core.rag import Rag
from outcome_tracker.core.returned import Column, Outcome, outcome, returned_content, said, waited_for
from tests.core.making import Q4, REPEATS, content, target
from tests.tracker.returning import form, line

TEXTS = st.none() | st.sampled_from(["15.9", "16", "17"])


def test_the_columns_are_those_of_the_documentation() -> None:
    assert [column.value for column in Column] == [
        "Code",
        "Indicator",
        "Period",
        "Measured in",
        "Definition",
        "Last figure",
        "A year ago",
        "Target",
        "Due",
        "Numerator",
        "Denominator",
        "Value",
        "Status",
        "Commentary",
    ]


@given(TEXTS, TEXTS, TEXTS)
def test_what_becomes_of_a_cell(mine: str | None, seen: str | None, current: str | None) -> None:
    found = outcome(mine, seen, current)
    if mine is None:
        assert found is Outcome.EMPTY
    elif mine == current:
        assert found is Outcome.SAME  # said by somebody else meanwhile
    elif mine == seen:
        assert found is Outcome.SAME  # left as it was sent out
    else:
        assert found is (Outcome.NEW if seen == current else Outcome.CONFLICT)


def test_a_return_says_numbers_and_status_of_a_figure() -> None:
    assert said(content("15.9[p]")) == (Entry(Decimal("15.9")), Status.PROVISIONAL)


def test_a_figure_that_is_not_returned_is_held_to_be_none() -> None:
    assert waited_for(content("15.9")) == said(content("15.9"))
    assert waited_for(content("suppressed")) == said(content("suppressed"))
    assert waited_for(content("not returned")) is None
    assert waited_for(None) is None


def test_a_status_left_empty_means_final_and_the_note_stays() -> None:
    old = replace(content("15"), note="agreed with the unit", source="page 4")
    assert returned_content(Entry(Decimal(16)), None, old) == Content(Decimal(16), note="agreed with the unit")
    absent = replace(content("suppressed"), note="too few")
    assert returned_content(Entry(Decimal(16)), Status.PROVISIONAL, absent) == Content(
        Decimal(16), status=Status.PROVISIONAL
    )
    assert returned_content(Entry(), Status.NOT_AVAILABLE, None) == Content(status=Status.NOT_AVAILABLE)


def test_the_last_rating_is_against_the_target_of_its_own_year() -> None:
    rated = replace(REPEATS, targets=(target("14", "2017-18"), target("20")))
    figures = {"SAFE-01": {"2017-18 Q4": "16.9"}}
    assert line(rated, figures).last_rag is Rag.RED
    assert line(replace(REPEATS, targets=(target("20"),)), figures).last_rag is None  # no target then
    assert line(replace(rated, better=Polarity.NEITHER), figures).last_rag is None
    assert line(rated).last_rag is None


def test_context_has_no_target() -> None:
    rated = replace(REPEATS, targets=(target("14"),))
    assert line(rated).target is not None
    assert line(replace(rated, better=Polarity.NEITHER)).target is None


def test_the_days_on_which_something_is_due() -> None:
    made = form(REPEATS)
    assert made.due == (date(2019, 4, 15), date(2019, 4, 15))
    assert (made.lines[0].period, made.lines[0].filled) == (Q4, None)


def test_a_return_with_something_made_up_says_so() -> None:
    assert not form(REPEATS).illustrative
    assert form(replace(REPEATS, illustrative=True)).illustrative
    assert form(replace(REPEATS, targets=(replace(target("14"), illustrative=True),))).illustrative
