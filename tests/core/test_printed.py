"""What a source printed of a figure, read as numbers."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.printed import Printed, read_printed


def one(text: str) -> Printed:
    [found] = read_printed(text)
    return found


@pytest.mark.parametrize(
    ("text", "number", "decimals", "percent"),
    [
        ("20.1%", "20.1", 1, True),
        ("17.0 %", "17.0", 1, True),
        ("39", "39", 0, False),
        ("23,553", "23553", 0, False),
        ("-34%", "-34", 0, True),
        ("−34%", "-34", 0, True),
        ("–6", "-6", 0, False),
        ("+1.50 %", "1.50", 2, True),
        ("£1,200.50", "1200.50", 2, False),
        ("185.80", "185.80", 2, False),
    ],
)
def test_a_number_keeps_the_precision_it_is_printed_with(text: str, number: str, decimals: int, percent: bool) -> None:
    found = one(text)
    assert (str(found.number), found.decimals, found.percent, found.change) == (number, decimals, percent, False)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("15.2% (293 of 1927)", (293, 1927)),
        ("15.2% (293 of the 1,927)", (293, 1927)),
        ("46% (17 of 37 children)", (17, 37)),
        ("3% (7 children)", (7, None)),
        ("92% (46)", (46, None)),
        ("92%", (None, None)),
    ],
)
def test_parts_in_brackets_are_parts(text: str, parts: tuple[int | None, int | None]) -> None:
    assert (one(text).numerator, one(text).denominator) == parts


def test_what_several_sentences_print_is_told_apart() -> None:
    assert [found.text for found in read_printed("17.0%;  21%")] == ["17.0%", "21%"]
    count, change = read_printed("21; change 25%")
    assert (count.change, change.change, change.number) == (False, True, Decimal(25))
    assert one("-34% change").change


@pytest.mark.parametrize("text", ["", "four", "over 75%", "around 60 a month", "x", "<5", "1.2.3", "12 (of 3", "1,23"])
def test_words_and_what_is_approximate_are_no_numbers(text: str) -> None:
    assert read_printed(text) == ()


def test_a_printed_value_is_compared_at_its_own_precision() -> None:
    assert one("16").agrees(Decimal("15.9"))
    assert one("16").agrees(Decimal("15.5"))
    assert not one("16").agrees(Decimal("15.49"))
    assert not one("15.0").agrees(Decimal("15.05"))
    assert one("-3").agrees(Fraction(-5, 2))  # half away from zero


@given(st.fractions(-1000, 1000, max_denominator=5000), st.integers(0, 4))
def test_what_is_rounded_right_agrees_and_half_a_unit_more_never_does(exact: Fraction, decimals: int) -> None:
    right = one(f"{Printed('', Decimal(0)).rounded(exact) if decimals == 0 else round_to(exact, decimals):f}")
    assert right.decimals == decimals
    assert right.agrees(exact)
    unit = Decimal(1).scaleb(-decimals)
    assert not one(f"{right.number + unit:f}").agrees(exact)
    assert not one(f"{right.number - unit:f}").agrees(exact)


def round_to(exact: Fraction, decimals: int) -> Decimal:
    """Round half away from zero, by whole numbers."""
    scaled = abs(exact) * 10**decimals
    whole = int(scaled + Fraction(1, 2))
    return Decimal(whole if exact >= 0 else -whole).scaleb(-decimals)
