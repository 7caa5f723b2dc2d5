"""Direction of travel: better or worse by more than the threshold, and exactly on it the same."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.direction import Direction, direction
from outcome_tracker.core.indicator import FIVE_PERCENT, Margin, Polarity
from outcome_tracker.core.target import Goal
from tests.core.making import between

HIGHER, LOWER, WITHIN = Polarity.HIGHER, Polarity.LOWER, Polarity.WITHIN
ZERO = Margin(Decimal(0))
TWO_POINTS = Margin(Decimal(2), points=True)
IMPROVED, SAME, DECLINED = Direction.IMPROVED, Direction.SAME, Direction.DECLINED
OPPOSITE = {IMPROVED: DECLINED, SAME: SAME, DECLINED: IMPROVED}

values = st.decimals(-1000, 1000, places=2)
margins = st.builds(Margin, st.decimals(0, 50, places=1), st.booleans())


@pytest.mark.parametrize(
    ("value", "compared", "better", "threshold", "expected"),
    [
        ("105", "100", HIGHER, FIVE_PERCENT, SAME),
        ("105.1", "100", HIGHER, FIVE_PERCENT, IMPROVED),
        ("95", "100", HIGHER, FIVE_PERCENT, SAME),
        ("94.9", "100", HIGHER, FIVE_PERCENT, DECLINED),
        ("105.1", "100", LOWER, FIVE_PERCENT, DECLINED),
        ("94.9", "100", LOWER, FIVE_PERCENT, IMPROVED),
        ("73.0", "70.7", LOWER, FIVE_PERCENT, SAME),
        ("21.2", "19.0", LOWER, FIVE_PERCENT, DECLINED),
        ("64.5", "92.3", HIGHER, FIVE_PERCENT, DECLINED),
        # of the compared figure, not of the later one
        ("95.2", "100", LOWER, FIVE_PERCENT, SAME),
        ("100", "95.2", LOWER, FIVE_PERCENT, DECLINED),
        # edges that binary floats miss: 0.3 - 0.1 and 1.1 - 1
        ("0.3", "0.1", HIGHER, Margin(Decimal("0.2"), points=True), SAME),
        ("1.1", "1", HIGHER, Margin(Decimal(10)), SAME),
        ("102", "100", HIGHER, TWO_POINTS, SAME),
        ("102.1", "100", HIGHER, TWO_POINTS, IMPROVED),
        ("97.9", "100", HIGHER, TWO_POINTS, DECLINED),
        ("100", "100", HIGHER, ZERO, SAME),
        ("100.1", "100", HIGHER, ZERO, IMPROVED),
        # compared with zero any change counts, unless the threshold is in points
        ("0", "0", HIGHER, FIVE_PERCENT, SAME),
        ("0.1", "0", HIGHER, FIVE_PERCENT, IMPROVED),
        ("0.1", "0", LOWER, FIVE_PERCENT, DECLINED),
        ("2", "0", LOWER, TWO_POINTS, SAME),
        ("-95", "-100", HIGHER, FIVE_PERCENT, SAME),
        ("-94.9", "-100", HIGHER, FIVE_PERCENT, IMPROVED),
    ],
)
def test_higher_or_lower(value: str, compared: str, better: Polarity, threshold: Margin, expected: Direction) -> None:
    assert direction(Decimal(value), Decimal(compared), better, threshold) is expected


@pytest.mark.parametrize(
    ("value", "compared", "threshold", "expected"),
    [
        ("1200", "1150", FIVE_PERCENT, SAME),  # both inside
        ("1300", "1100", ZERO, SAME),
        ("1200", "1000", FIVE_PERCENT, IMPROVED),  # 100 outside before, 5% of 1,000 is 50
        ("1000", "1200", FIVE_PERCENT, DECLINED),  # 5% of 1,200 is 60
        ("1050", "1000", FIVE_PERCENT, SAME),  # from 100 outside to 50: exactly the threshold
        ("1051", "1000", FIVE_PERCENT, IMPROVED),
        ("1365", "1300", FIVE_PERCENT, SAME),
        ("1366", "1300", FIVE_PERCENT, DECLINED),
        ("1400", "1000", FIVE_PERCENT, SAME),  # as far above as it was below
        ("1098", "1100", TWO_POINTS, SAME),
        ("1097", "1100", TWO_POINTS, DECLINED),
    ],
)
def test_within_compares_distances_to_the_range(
    value: str, compared: str, threshold: Margin, expected: Direction
) -> None:
    goal = between("1100", "1300")
    assert direction(Decimal(value), Decimal(compared), WITHIN, threshold, goal) is expected


def test_within_without_a_range_is_unknown() -> None:
    assert direction(Decimal(1), Decimal(2), WITHIN, FIVE_PERCENT) is Direction.UNKNOWN


def test_codes_are_the_json_words() -> None:
    assert [way.value for way in Direction] == ["improved", "same", "declined", "unknown"]


@given(values, values, margins)
def test_the_two_polarities_are_opposites(value: Decimal, compared: Decimal, threshold: Margin) -> None:
    up, down = (direction(value, compared, better, threshold) for better in (HIGHER, LOWER))
    assert up is OPPOSITE[down]
    assert up is direction(-value, -compared, LOWER, threshold)


@given(values, values, values, margins)
def test_a_better_figure_never_has_a_worse_direction(
    one: Decimal, other: Decimal, compared: Decimal, threshold: Margin
) -> None:
    worse, better = sorted([one, other])
    order = [DECLINED, SAME, IMPROVED]
    assert order.index(direction(worse, compared, HIGHER, threshold)) <= order.index(
        direction(better, compared, HIGHER, threshold)
    )


@given(values, values, values, values, margins)
def test_a_range_takes_no_side(one: Decimal, other: Decimal, value: Decimal, compared: Decimal, margin: Margin) -> None:
    lower, upper = sorted([one, other])
    assert direction(value, compared, WITHIN, margin, Goal(None, lower, upper)) is direction(
        -value, -compared, WITHIN, margin, Goal(None, -upper, -lower)
    )
