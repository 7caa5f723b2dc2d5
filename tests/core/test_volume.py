"""Changes and shares of volumes."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.indicator import Margin
from outcome_tracker.core.volume import (
    is_beyond,
    percent_text,
    percentage_change,
    share,
)

COUNTS = st.integers(0, 10**9).map(Decimal)
TWENTY = Margin(Decimal(20))


@pytest.mark.parametrize(
    ("earlier", "later", "decimals", "text"),
    [
        (2755, 2049, 1, "−25.6%"),  # Education / School, printed as -34%
        (1618, 2314, 1, "+43.0%"),  # Statutory Notification, printed as 30%
        (6296, 6361, 0, "+1%"),
        (200, 201, 0, "+1%"),  # half up
        (200, 199, 0, "−1%"),  # half away from zero
        (1000, 1001, 0, "0%"),
        (10, 10, 0, "0%"),
        (1, 2000, 0, "+199,900%"),
    ],
)
def test_the_change_is_on_the_earlier_figure(earlier: int, later: int, decimals: int, text: str) -> None:
    change = percentage_change(Decimal(earlier), Decimal(later))
    assert change == Fraction(later - earlier, earlier) * 100
    assert percent_text(change, decimals, signed=True) == text


def test_from_zero_there_is_no_percentage() -> None:
    assert percentage_change(Decimal(0), Decimal(7)) is None
    assert percentage_change(Decimal(0), Decimal(0)) is None
    assert percentage_change(None, Decimal(7)) is None
    assert percentage_change(Decimal(7), None) is None
    assert percentage_change(Decimal(7), Decimal(0)) == -100


@given(COUNTS.filter(bool), COUNTS)
def test_the_change_leads_back_to_the_later_figure(earlier: Decimal, later: Decimal) -> None:
    change = percentage_change(earlier, later)
    assert change is not None
    assert Fraction(earlier) * (1 + change / 100) == later


@pytest.mark.parametrize(
    ("earlier", "later", "beyond"), [(100, 120, False), (100, 121, True), (100, 80, False), (1000, 799, True)]
)
def test_only_more_than_the_threshold_is_beyond_it(earlier: int, later: int, beyond: bool) -> None:
    assert is_beyond(percentage_change(Decimal(earlier), Decimal(later)), TWENTY) is beyond


def test_nothing_is_beyond_no_threshold_and_no_change() -> None:
    assert not is_beyond(Fraction(99), None)
    assert not is_beyond(None, TWENTY)


def test_a_share_may_be_over_100_percent() -> None:
    assert share(Decimal(12), Decimal(10)) == 120
    assert share(Decimal(404), Decimal(1927)) == Fraction(40400, 1927)
    assert share(Decimal(4), None) is None
    assert share(None, Decimal(4)) is None
    assert share(Decimal(4), Decimal(0)) is None
