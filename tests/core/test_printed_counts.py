from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.figure import Content, Status
from outcome_tracker.core.indicator import Indicator
from outcome_tracker.core.printed_counts import counts_of, may_be_small
from tests.core.making import CALLS, FAMILIES, POUNDS, RATE, REPEATS, SURVEY

NUMBERS = st.none() | st.integers(0, 60).map(Decimal) | st.decimals(0, 60, places=1)


@given(
    st.sampled_from([CALLS, FAMILIES, REPEATS, SURVEY, replace(REPEATS, unit=RATE), replace(CALLS, unit=POUNDS)]),
    st.builds(Content, NUMBERS, NUMBERS, st.none() | st.integers(1, 60).map(Decimal), st.sampled_from(Status)),
    st.integers(0, 10),
)
def test_no_count_to_hide_is_missed_by_the_quick_look(indicator: Indicator, content: Content, below: int) -> None:
    counts = counts_of(content, indicator, below).values()
    assert may_be_small(content, indicator, below) or all(c is not None and not 1 <= c < below for c in counts)


@pytest.mark.parametrize(
    ("indicator", "content", "expected"),
    [
        (CALLS, Content(Decimal(4)), True),
        (CALLS, Content(Decimal(5)), False),
        (CALLS, Content(Decimal(0)), False),
        (CALLS, Content(status=Status.SUPPRESSED), True),
        (CALLS, Content(status=Status.NOT_RETURNED), False),
        (REPEATS, Content(numerator=Decimal(4), denominator=Decimal(90)), True),
        (REPEATS, Content(numerator=Decimal(40), denominator=Decimal(4)), True),
        (REPEATS, Content(numerator=Decimal(40), denominator=Decimal(90)), False),
        (REPEATS, Content(Decimal("3.1")), False),  # a percentage is no count
        (REPEATS, Content(Decimal(50), denominator=Decimal(6)), True),  # 3 of 6
        (REPEATS, Content(Decimal(50), denominator=Decimal(60)), False),
    ],
)
def test_a_figure_that_may_have_a_small_count_is_looked_at(
    indicator: Indicator,
    content: Content,
    expected: bool,
) -> None:
    assert may_be_small(content, indicator, 5) is expected
