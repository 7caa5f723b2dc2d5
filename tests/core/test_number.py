"""Numbers: what is typed is understood exactly or refused with a sentence and an example; rounding is exact."""

from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from outcome_tracker.core.number import (
    Entry,
    NumberError,
    Unit,
    UnitKind,
    canonical,
    check,
    grouped,
    half_up,
    looks_like_figure,
    minus,
    parse_decimal,
    parse_entry,
    parse_unit,
    percent_of,
    plain,
    quotient,
    with_unit,
)
from tests.core.making import DAYS, NUMBER, PERCENT, POUNDS, RATE, RATIO

UNITS = [PERCENT, NUMBER, RATE, DAYS, POUNDS, RATIO]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,234", "1234"),
        ("12,345,678", "12345678"),
        ("1,234.50", "1234.50"),
        (" 21.2 ", "21.2"),
        ("\u00a021.2\u00a0", "21.2"),
        ("\u202f21.2\t", "21.2"),
        ("0", "0"),
        ("0.0", "0.0"),
        ("-0", "0"),
        ("-0.0", "0.0"),
        ("+5", "5"),
        (".5", "0.5"),
        ("007", "7"),
        ("1234", "1234"),
        ("-3", "-3"),
        ("\u22123", "-3"),
        ("\u20133", "-3"),
        ("\ufe633", "-3"),
        ("\uff0d3", "-3"),
        ("123456789012345", "123456789012345"),
        ("0.12345678901234", "0.12345678901234"),
        ("0.000000000000001", "0.000000000000001"),
    ],
)
def test_a_plain_number_is_read_as_typed(text: str, expected: str) -> None:
    assert canonical(parse_decimal(text)) == expected


NOT_A_NUMBER = "is not a number; write digits with a point for decimals, as in 1,234 or 21.2, or parts as in 17/37."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "No figure is given; write a number such as 21.2, or choose why it is absent."),
        (" \u00a0 ", "No figure is given; write a number such as 21.2, or choose why it is absent."),
        ("1,23", "'1,23' could mean 1.23 or 123; use a point for decimals, as in 1.23."),
        ("-1,2", "'-1,2' could mean -1.2 or -12; use a point for decimals, as in 1.23."),
        ("1234,5", "'1234,5' could mean 1234.5 or 12345; use a point for decimals, as in 1.23."),
        ("0,123", "'0,123' could mean 0.123 or 0123; use a point for decimals, as in 1.23."),
        ("0,1234", "'0,1234' could mean 0.1234 or 01234; use a point for decimals, as in 1.23."),
        ("1.2.3", f"'1.2.3' {NOT_A_NUMBER}"),
        ("nan", f"'nan' {NOT_A_NUMBER}"),
        ("NaN", f"'NaN' {NOT_A_NUMBER}"),
        ("inf", f"'inf' {NOT_A_NUMBER}"),
        ("-Infinity", f"'-Infinity' {NOT_A_NUMBER}"),
        ("1_000", f"'1_000' {NOT_A_NUMBER}"),
        ("1 234", f"'1 234' {NOT_A_NUMBER}"),
        ("12,34,567", f"'12,34,567' {NOT_A_NUMBER}"),
        ("1,2345", f"'1,2345' {NOT_A_NUMBER}"),
        ("1234,567", f"'1234,567' {NOT_A_NUMBER}"),
        ("01,234", f"'01,234' {NOT_A_NUMBER}"),
        ("5.", f"'5.' {NOT_A_NUMBER}"),
        ("--5", f"'--5' {NOT_A_NUMBER}"),
        ("0x10", f"'0x10' {NOT_A_NUMBER}"),
        ("twelve", f"'twelve' {NOT_A_NUMBER}"),
        ("£", f"'£' {NOT_A_NUMBER}"),
        ("1e309", "'1e309' is in scientific notation; write the number out, as in 1234.5."),
        ("1.5E+3", "'1.5E+3' is in scientific notation; write the number out, as in 1234.5."),
        ("-2e-3", "'-2e-3' is in scientific notation; write the number out, as in 1234.5."),
        ("１２", "'１２' has digits of another kind; type 0 to 9, as in 21.2."),  # noqa: RUF001 - full-width digits
        ("1²", "'1²' has digits of another kind; type 0 to 9, as in 21.2."),
        ("\u0661\u0662", "'\u0661\u0662' has digits of another kind; type 0 to 9, as in 21.2."),
        ("€5", f"'€5' {NOT_A_NUMBER}"),
        ("1234567890123456", "'1234567890123456' has more than 15 digits; write a figure such as 1234.5."),
        ("1.234567890123456", "'1.234567890123456' has more than 15 digits; write a figure such as 1234.5."),
        ("0.0000000000000001", "'0.0000000000000001' has more than 15 digits; write a figure such as 1234.5."),
        ("16%", "'16%' has a % sign where a plain number is wanted; write 21.2."),
        (" £5 ", "'£5' has a £ sign where a plain number is wanted; write 21.2."),
    ],
)
def test_anything_else_is_refused_with_an_example(text: str, sentence: str) -> None:
    with pytest.raises(NumberError) as refused:
        parse_decimal(text)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("16%", PERCENT, Entry(Decimal(16))),
        ("16 %", PERCENT, Entry(Decimal(16))),
        ("16", PERCENT, Entry(Decimal(16))),
        ("0", PERCENT, Entry(Decimal(0))),
        ("100%", PERCENT, Entry(Decimal(100))),
        (" 21.2 ", PERCENT, Entry(Decimal("21.2"))),
        ("17/37", PERCENT, Entry(None, Decimal(17), Decimal(37))),
        ("17 / 37", PERCENT, Entry(None, Decimal(17), Decimal(37))),
        ("17\u00a0/\u00a037", PERCENT, Entry(None, Decimal(17), Decimal(37))),
        ("44 of 276", PERCENT, Entry(None, Decimal(44), Decimal(276))),
        ("44 OF 276", PERCENT, Entry(None, Decimal(44), Decimal(276))),
        ("1,234/5,678", PERCENT, Entry(None, Decimal(1234), Decimal(5678))),
        ("0/37", PERCENT, Entry(None, Decimal(0), Decimal(37))),
        ("37/37", PERCENT, Entry(None, Decimal(37), Decimal(37))),
        ("482/66,000", RATE, Entry(None, Decimal(482), Decimal(66000))),
        ("120/10", NUMBER, Entry(None, Decimal(120), Decimal(10))),
        ("1,234", NUMBER, Entry(Decimal(1234))),
        ("101", NUMBER, Entry(Decimal(101))),
        ("£1,200", POUNDS, Entry(Decimal(1200))),
        ("£ 1,200.50", POUNDS, Entry(Decimal("1200.50"))),
        ("-£5", POUNDS, Entry(Decimal(-5))),
        ("\u2212£5", POUNDS, Entry(Decimal(-5))),
        ("-5", POUNDS, Entry(Decimal(-5))),
        ("-5/2", POUNDS, Entry(None, Decimal(-5), Decimal(2))),
        ("1.25", RATIO, Entry(Decimal("1.25"))),
        ("12", DAYS, Entry(Decimal(12))),
    ],
)
def test_a_cell_takes_a_value_or_its_parts(text: str, unit: Unit, expected: Entry) -> None:
    assert parse_entry(text, unit) == expected


@pytest.mark.parametrize(
    ("text", "unit", "sentence"),
    [
        ("5/0", NUMBER, "The denominator is 0, and nothing can be divided by it; write parts as in 17/37."),
        ("0/0", PERCENT, "The denominator is 0, and nothing can be divided by it; write parts as in 17/37."),
        ("5/-2", POUNDS, "The denominator is -2, and nothing can be divided by it; write parts as in 17/37."),
        (
            "12/10",
            PERCENT,
            "12 of 10 is more than 100%; the part comes first and the whole second, as in 17/37.",
        ),
        ("101%", PERCENT, "101% is more than 100%; write a percentage from 0 to 100, as in 21.2."),
        ("100.1", PERCENT, "100.1% is more than 100%; write a percentage from 0 to 100, as in 21.2."),
        ("-3", NUMBER, "The value -3 is below zero, which only pounds can be; write 0 or more, as in 12."),
        ("\u22123", PERCENT, "The value -3 is below zero, which only pounds can be; write 0 or more, as in 12."),
        ("-3/7", RATE, "The numerator -3 is below zero, which only pounds can be; write 0 or more, as in 12."),
        ("3/-7", DAYS, "The denominator -7 is below zero, which only pounds can be; write 0 or more, as in 12."),
        (
            "16%",
            NUMBER,
            "'16%' is a percentage, but this is measured in number; write the figure without the % sign.",
        ),
        (
            "73%",
            RATE,
            "'73%' is a percentage, but this is measured in rate per 10000; write the figure without the % sign.",
        ),
        ("£5", DAYS, "'£5' is in pounds, but this is measured in days; write the figure without the £ sign."),
        ("1/2/3", PERCENT, f"'1/2/3' {NOT_A_NUMBER}"),
        ("17/37%", PERCENT, f"'17/37%' {NOT_A_NUMBER}"),
        ("/37", PERCENT, f"'/37' {NOT_A_NUMBER}"),
        ("17/", PERCENT, f"'17/' {NOT_A_NUMBER}"),
        ("17 of", PERCENT, f"'17 of' {NOT_A_NUMBER}"),
        ("1,23/4", PERCENT, "'1,23' could mean 1.23 or 123; use a point for decimals, as in 1.23."),
        ("1/nan", PERCENT, f"'nan' {NOT_A_NUMBER}"),
        ("£1/2", POUNDS, "'£1' has a £ sign where a plain number is wanted; write 21.2."),
        ("", PERCENT, "No figure is given; write a number such as 21.2, or choose why it is absent."),
    ],
)
def test_a_cell_refuses_with_a_sentence(text: str, unit: Unit, sentence: str) -> None:
    with pytest.raises(NumberError) as refused:
        parse_entry(text, unit)
    assert str(refused.value) == sentence


def test_a_value_beside_one_part_is_checked_alone() -> None:
    assert not check(Entry(Decimal(73), Decimal(482)), PERCENT)
    assert not check(Entry(Decimal(73), None, Decimal(10)), PERCENT)
    assert not check(Entry(), PERCENT)


@given(st.text("0123456789.,-+/%£ eE_naif\u2212\u00a0\uff11of", max_size=12), st.sampled_from(UNITS))
def test_whatever_is_typed_is_a_checked_entry_or_a_sentence(text: str, unit: Unit) -> None:
    try:
        entry = parse_entry(text, unit)
    except NumberError as error:
        assert str(error).endswith(".")  # noqa: PT017 - either outcome is right
    else:
        assert not check(entry, unit)
        assert all(n is None or n.is_finite() for n in (entry.value, entry.numerator, entry.denominator))


numbers = st.decimals(-(10**10), 10**10, allow_nan=False, allow_infinity=False, places=4)


@given(numbers)
def test_what_is_stored_and_shown_is_read_back(value: Decimal) -> None:
    assert parse_decimal(canonical(value)) == value
    assert parse_decimal(plain(value)) == value
    assert parse_decimal(grouped(value)) == value


def reference(value: Fraction, decimals: int) -> Fraction:
    """Round half away from zero, by definition."""
    scaled = floor(abs(value) * 10**decimals + Fraction(1, 2))
    return Fraction(scaled if value > 0 else -scaled, 10**decimals)


@given(numbers, st.integers(0, 6))
@example(Decimal("0.05"), 1)
@example(Decimal("-0.05"), 1)
@example(Decimal("2.675"), 2)
def test_rounding_a_decimal_is_exact(value: Decimal, decimals: int) -> None:
    rounded = half_up(value, decimals)
    assert Fraction(rounded) == reference(Fraction(value), decimals)
    assert rounded.as_tuple().exponent == -decimals
    assert Fraction(half_up(Fraction(value), decimals)) == Fraction(rounded)


@given(st.fractions(-(10**9), 10**9), st.integers(0, 6))
@example(Fraction(1, 2), 0)
@example(Fraction(-1, 2), 0)
@example(Fraction(1, 3), 0)
def test_rounding_a_fraction_is_exact(value: Fraction, decimals: int) -> None:
    rounded = half_up(value, decimals)
    assert Fraction(rounded) == reference(value, decimals)
    assert rounded.as_tuple().exponent == -decimals


@pytest.mark.parametrize("value", [Decimal("-0.04"), Fraction(-1, 25), Decimal("-0"), Fraction(0)])
def test_nothing_rounds_to_minus_zero(value: Decimal | Fraction) -> None:
    assert plain(half_up(value, 1)) == "0.0"


def test_the_longest_number_rounds_without_loss() -> None:
    assert plain(half_up(Decimal(123456789012345), 6)) == "123456789012345.000000"
    assert plain(half_up(Decimal(123456789012345), 20)) == "123456789012345.00000000000000000000"
    assert plain(half_up(Fraction(123456789012345), 20)) == "123456789012345.00000000000000000000"


def test_parts_become_a_value_in_the_unit() -> None:
    assert quotient(Decimal(44), Decimal(276), PERCENT, 1) == Decimal("15.9")
    assert quotient(Decimal(482), Decimal(66000), RATE, 1) == Decimal("73.0")
    assert quotient(Decimal(7), Decimal(2), DAYS, 1) == Decimal("3.5")
    assert quotient(Decimal(-7), Decimal(2), RATIO, 0) == Decimal(-4)
    assert plain(quotient(Decimal(123456789012345), Decimal(1), RATIO, 20)) == "123456789012345.00000000000000000000"


@pytest.mark.parametrize(
    ("value", "expected"),
    [("16", "16"), ("21.20", "21.20"), ("1E+3", "1000"), ("1E-9", "0.000000001")],
)
def test_texts_have_no_exponent(value: str, expected: str) -> None:
    assert plain(Decimal(value)) == canonical(Decimal(value)) == expected


def test_the_canonical_text_has_no_minus_zero() -> None:
    assert canonical(Decimal("-0.0")) == "0.0"
    assert canonical(Decimal(-5)) == "-5"


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("15.9", PERCENT, "15.9%"),
        ("1200", POUNDS, "£1,200"),
        ("-1200", POUNDS, "-£1,200"),
        ("0", POUNDS, "£0"),
        ("73.0", RATE, "73.0 per 10,000"),
        ("1", DAYS, "1 day"),
        ("12", DAYS, "12 days"),
        ("0", DAYS, "0 days"),
        ("2591", NUMBER, "2,591"),
        ("1.25", RATIO, "1.25"),
    ],
)
def test_a_number_with_its_unit(value: str, unit: Unit, expected: str) -> None:
    assert with_unit(Decimal(value), unit) == expected


@pytest.mark.parametrize(
    ("text", "unit", "multiplier", "decimals", "adds_up"),
    [
        ("percent", PERCENT, 100, 1, False),
        ("number", NUMBER, 1, 0, True),
        ("rate per 10000", RATE, 10_000, 1, False),
        ("rate per 1", Unit(UnitKind.RATE, 1), 1, 1, False),
        ("days", DAYS, 1, 0, False),
        ("pounds", POUNDS, 1, 0, True),
        ("ratio", RATIO, 1, 0, False),
    ],
)
def test_units(text: str, unit: Unit, multiplier: int, decimals: int, adds_up: bool) -> None:
    assert parse_unit(text) == unit
    assert str(unit) == unit.code == text
    assert (unit.multiplier, unit.default_decimals, unit.adds_up) == (multiplier, decimals, adds_up)


@pytest.mark.parametrize("text", ["rate per 10,000", " Rate  per 10000 ", "RATE PER 10000"])
def test_a_unit_in_other_spellings(text: str) -> None:
    assert parse_unit(text) == RATE


@pytest.mark.parametrize(
    "text", ["", "rate", "rate per 0", "rate per ten", "%", "rate per 1,00", "rate per 1000000000000"]
)
def test_other_units_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a unit") as refused:
        parse_unit(text)
    assert str(refused.value) == (
        f"'{text}' is not a unit; write percent, number, rate per 10000, days, pounds or ratio."
    )


@pytest.mark.parametrize("text", ["5/3", " 1,204 ", "21.2%", "£12.50", "\u22123", "44 / 276", "2019"])
def test_a_text_of_digits_and_their_signs_looks_like_a_figure(text: str) -> None:
    assert looks_like_figure(text)


@pytest.mark.parametrize("text", ["", " ", "-", "n/a", "44 of 276", "3 children moved", "Q4", "see p. 5", "?"])
def test_a_text_with_words_or_without_digits_does_not(text: str) -> None:
    assert not looks_like_figure(text)


@given(
    st.decimals(-10_000, 10_000, places=2),
    st.decimals("0.01", 10_000, places=2),
    st.integers(0, 4),
    st.sampled_from([PERCENT, RATE, DAYS]),
)
def test_a_quotient_is_the_exact_fraction_rounded(top: Decimal, bottom: Decimal, decimals: int, unit: Unit) -> None:
    exact = Fraction(top) / Fraction(bottom) * unit.multiplier
    assert quotient(top, bottom, unit, decimals) == half_up(exact, decimals)


@given(st.decimals(-1000, 1000, places=6), st.decimals(-1000, 1000, places=3))
def test_differences_and_shares_are_exact(number: Decimal, other: Decimal) -> None:
    assert Fraction(minus(number, other)) == Fraction(number) - Fraction(other)
    assert minus(Fraction(number), other) == Fraction(number) - Fraction(other)
    assert Fraction(percent_of(number, other)) == Fraction(number) * abs(Fraction(other)) / 100
