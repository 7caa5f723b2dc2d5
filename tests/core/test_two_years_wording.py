"""Two lines of 12 months in a sentence."""

from decimal import Decimal

import pytest

from outcome_tracker.core.number import Unit, UnitKind
from outcome_tracker.core.period import Period
from outcome_tracker.core.two_years import two_years
from outcome_tracker.core.two_years_wording import two_years_text
from tests.core.breakdowns import APRIL
from tests.core.making import NUMBER

ALL = [APRIL.shift(step) for step in range(-23, 1)]
WHOLE = {month: number for number, month in enumerate(ALL, 1)}
PERCENTAGE = Unit(UnitKind.PERCENT)
LATER = {month: WHOLE[month] for month in ALL[12:]}


@pytest.mark.parametrize(
    ("values", "adds_up", "unit", "text"),
    [
        (
            WHOLE,
            True,
            NUMBER,
            (
                "222 in the 12 months to April 2021, 185% more than 78 in the 12 months before; "
                "24 in April 2021 (12 in April 2020)."
            ),
        ),
        (
            {month: 25 - value for month, value in WHOLE.items()},
            True,
            NUMBER,
            (
                "78 in the 12 months to April 2021, 65% less than 222 in the 12 months before; "
                "1 in April 2021 (13 in April 2020)."
            ),
        ),
        (
            dict.fromkeys(ALL, 2),
            True,
            NUMBER,
            "24 in the 12 months to April 2021, as in the 12 months before; 2 in April 2021 (2 in April 2020).",
        ),
        (
            dict.fromkeys(ALL[:12], 0) | dict.fromkeys(ALL[12:], 1),
            True,
            NUMBER,
            (
                "12 in the 12 months to April 2021, against 0 in the 12 months before; "
                "1 in April 2021 (0 in April 2020)."
            ),
        ),
        (
            LATER,
            True,
            NUMBER,
            "222 in the 12 months to April 2021; nothing is held for the 12 months before; 24 in April 2021.",
        ),
        (
            WHOLE,
            False,
            PERCENTAGE,
            (
                "Between 13% and 24% in the 12 months to April 2021, between 1% and 12% in the 12 months before; "
                "24% in April 2021 (12% in April 2020)."
            ),
        ),
        (
            {APRIL.previous: 5, APRIL.shift(-2): 5},
            True,
            NUMBER,
            (
                "5 in 2 of the 12 months to April 2021; "
                "nothing is held for the 12 months before; no figure for 10 months between May 2020 and April 2021."
            ),
        ),
    ],
)
def test_two_years_in_a_sentence(values: dict[Period, int], adds_up: bool, unit: Unit, text: str) -> None:
    found = two_years({month: Decimal(value) for month, value in values.items()}, APRIL, adds_up=adds_up)
    assert found is not None
    assert two_years_text(found, unit) == text
