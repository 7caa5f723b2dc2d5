"""Figures: the value shown and judged, contradictions between a value and its parts, and the CSV texts."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.figure import Content, Stamp, Status, disagreement, texts, value_of
from outcome_tracker.core.indicator import Indicator
from outcome_tracker.core.number import Entry, check, parse_decimal
from tests.core.making import DAYS, FAMILIES, PERCENT, RATE, REPEATS, content

RATED = replace(REPEATS, unit=RATE)


@pytest.mark.parametrize(
    ("told", "indicator", "expected"),
    [
        ("15.94", REPEATS, "15.9"),
        ("15.95", REPEATS, "16.0"),
        ("16", REPEATS, "16.0"),
        ("44/276", REPEATS, "15.9"),
        ("44/276", replace(REPEATS, decimals=0), "16"),
        ("44/276", replace(REPEATS, decimals=3), "15.942"),
        ("89.95", REPEATS, "90.0"),  # shown as 90.0 and judged as 90.0
        ("15.9 44/276", REPEATS, "15.9"),
        ("73 482/", RATED, "73.0"),
        ("482/66000", RATED, "73.0"),
        ("7/2", replace(REPEATS, unit=DAYS), "3.5"),
        ("0", REPEATS, "0.0"),
        ("0/276", REPEATS, "0.0"),
        ("16[p]", REPEATS, "16.0"),
        ("1234.5", FAMILIES, "1235"),
    ],
)
def test_the_value_is_rounded_half_up(told: str, indicator: Indicator, expected: str) -> None:
    assert str(value_of(content(told), indicator)) == expected


@pytest.mark.parametrize("told", ["not returned", "not available", "suppressed", "not applicable", "482/", "", "/276"])
def test_an_absent_figure_is_never_zero(told: str) -> None:
    assert value_of(content(told), REPEATS) is None


def test_an_absent_status_hides_a_number_beside_it() -> None:
    assert value_of(Content(Decimal(3), status=Status.SUPPRESSED), REPEATS) is None


def test_which_statuses_are_absences() -> None:
    assert [status.value for status in Status if status.is_absent] == [
        "not returned",
        "not available",
        "suppressed",
        "not applicable",
    ]
    assert [status.value for status in Status if not status.is_absent] == ["final", "provisional"]


@pytest.mark.parametrize(
    ("told", "given_value", "computed"),
    [
        ("15.9 44/276", "", ""),
        ("15.94 44/276", "", ""),
        ("15.85 44/276", "", ""),
        ("15.84 44/276", "15.8", "15.9"),
        ("16 44/276", "16.0", "15.9"),
    ],
)
def test_value_and_parts_must_agree_as_shown(told: str, given_value: str, computed: str) -> None:
    expected = (
        f"The value {given_value} and its parts disagree: 44 of 276 is {computed}; "
        "correct one of them, or give only the parts."
    )
    assert disagreement(content(told).entry, REPEATS) == (expected if computed else "")


def test_one_of_one_can_disagree_too() -> None:
    assert disagreement(content("50 1/1").entry, REPEATS).startswith("The value 50.0 and its parts disagree: 1 of 1 is")


@pytest.mark.parametrize(
    "entry",
    [
        Entry(Decimal(73), Decimal(482)),
        Entry(Decimal(73), None, Decimal(10)),
        Entry(None, Decimal(44), Decimal(276)),
        Entry(Decimal(73), Decimal(44), Decimal(0)),  # `check` refuses it with its own sentence
        Entry(Decimal(73), Decimal(44), Decimal(-1)),
    ],
)
def test_what_cannot_be_compared_does_not_disagree(entry: Entry) -> None:
    assert not disagreement(entry, REPEATS)


@given(st.integers(0, 500), st.integers(1, 500), st.integers(0, 3))
def test_the_computed_value_never_disagrees_with_its_parts(part: int, whole: int, decimals: int) -> None:
    indicator = replace(REPEATS, decimals=decimals)
    value = value_of(Content(numerator=Decimal(part), denominator=Decimal(whole)), indicator)
    entry = Entry(value, Decimal(part), Decimal(whole))
    assert not disagreement(entry, indicator)
    assert bool(check(entry, PERCENT)) is (part > whole)


def test_the_entry_is_the_numbers_alone() -> None:
    assert content("15.9 44/276").entry == Entry(Decimal("15.9"), Decimal(44), Decimal(276))


def test_texts_are_the_columns_of_a_csv() -> None:
    assert texts(Content()) == {
        "value": "",
        "numerator": "",
        "denominator": "",
        "status": "final",
        "note": "",
        "illustrative": "",
        "as_published": "",
        "published_rag": "",
        "published_direction": "",
        "source": "",
    }
    full = Content(
        Decimal("15.90"),
        Decimal("1E+2"),
        Decimal(276),
        Status.PROVISIONAL,
        "a note",
        illustrative=True,
        as_published="16%",
        published_rag="Red",
        published_direction="Improved performance",
        source="page",
    )
    assert texts(full) == {
        "value": "15.90",
        "numerator": "100",
        "denominator": "276",
        "status": "provisional",
        "note": "a note",
        "illustrative": "yes",
        "as_published": "16%",
        "published_rag": "Red",
        "published_direction": "Improved performance",
        "source": "page",
    }


@given(st.decimals(0, 10**6, places=3))
def test_stored_numbers_come_back(value: Decimal) -> None:
    assert parse_decimal(texts(Content(value))["value"]) == value


def test_a_stamp_is_later_than_the_last_one_whatever_the_clock_says() -> None:
    def stamp(second: int) -> Stamp:
        return Stamp("Jo", datetime(2019, 5, 1, 10, 0, second, tzinfo=UTC), date(2019, 5, 1), f"row {second}")

    next_to_it = datetime(2019, 5, 1, 10, 0, 2, 1, tzinfo=UTC)
    assert stamp(2).after(None) == stamp(2)
    assert stamp(3).after(stamp(2)) == stamp(3)
    assert stamp(2).after(stamp(2)) == replace(stamp(2), at=next_to_it), "a clock that has not moved on"
    assert stamp(1).after(stamp(2)) == replace(stamp(1), at=next_to_it), "a clock that was set back"
