"""One part alone: whether any whole number of the other can have given what is printed."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.audit import Cause, Claim, Difference, Kind, Subject
from outcome_tracker.core.audit_whole import misfits, no_whole
from outcome_tracker.core.number import half_up
from outcome_tracker.core.period import parse
from outcome_tracker.core.printed import read_printed

SUBJECT = Subject("P", "P-01", "Care leavers", parse("2021-04"))


def claim(printed: str, known: int = 0, *, kind: Kind = Kind.VALUE, per: int = 100) -> Claim:
    [found] = read_printed(printed)
    return Claim(SUBJECT, kind, found, found.number, Decimal(known), per=per)


def top(printed: str, known: int, per: int = 100) -> Difference | None:
    return no_whole(claim(printed, per=per), Decimal(known), None)


def bottom(printed: str, known: int) -> Difference | None:
    return no_whole(claim(printed), None, Decimal(known))


def change(printed: str, now: int) -> Difference | None:
    return no_whole(claim(printed, now, kind=Kind.CHANGE), Decimal(now), None)


def test_a_whole_number_that_fits_is_no_difference() -> None:
    assert top("92%", 46) is None  # 50
    assert top("93.4%", 99) is None  # 106
    assert top("74.9", 509, per=10_000) is None
    assert bottom("58%", 227) is None  # 132
    assert bottom("0%", 3) is None
    assert change("31%", 21) is None  # 16
    assert change("-50%", 21) is None  # 42


def test_where_none_fits_the_nearest_is_named() -> None:
    found = change("25%", 21)
    assert found is not None
    assert (found.printed, found.computed) == ("25%", "24%")
    assert (found.explained.cause, found.explained.number) == (Cause.NO_WHOLE, Decimal(17))
    share = top("92.5%", 46)  # 46 of 50 is 92.0, 46 of 49 is 93.9
    assert share is not None
    assert (share.computed, share.explained.number) == ("92.0%", Decimal(50))
    of_seven = bottom("30%", 7)
    assert of_seven is not None
    assert (of_seven.computed, of_seven.explained.number) == ("29%", Decimal(2))
    small = bottom("0.1%", 7)
    assert small is not None
    assert (small.computed, small.explained.number) == ("0.0%", Decimal(0))


def test_what_can_not_be_told_is_no_difference() -> None:
    assert no_whole(claim("92%"), None, None) is None
    assert no_whole(claim("92%"), Decimal("46.5"), None) is None
    assert top("0%", 46) is None
    assert top("92%", 0) is None
    assert change("-100%", 21) is None


@given(st.integers(1, 3000), st.integers(1, 3000), st.integers(0, 2))
def test_what_two_whole_numbers_gave_is_never_accused(one: int, other: int, decimals: int) -> None:
    small, large = sorted((one, other))
    share = f"{half_up(Fraction(small * 100, large), decimals):f}%"
    assert top(share, small) is None
    assert bottom(share, large) is None
    assert change(f"{half_up(Fraction((one - other) * 100, other), decimals):f}%", one) is None


FIGURE_9 = "1236 41|1050 35|595 20|562 19|560 19|510 17|502 17|357 12|338 11|322 11|232 8|213 7|212 7"


def shares(text: str) -> list[Claim]:
    pairs = (each.split() for each in text.split("|"))
    return [claim(f"{printed}%", int(count), kind=Kind.SHARE) for count, printed in pairs]


def test_shares_of_a_number_that_is_not_printed_can_all_be_right() -> None:
    assert misfits(shares(FIGURE_9)) == [None] * 13


def test_a_share_that_does_not_fit_the_others_is_told() -> None:
    found = misfits(shares(FIGURE_9.replace("595 20", "595 25")))
    assert [n for n, each in enumerate(found) if each] == [2]
    assert found[2] is not None
    assert (found[2].printed, found[2].computed, found[2].explained.cause) == ("25%", "20%", Cause.OTHERS)


@pytest.mark.parametrize("text", ["10 50|10 20", "10 50|10 20|10 30|10 70", "10 50"])
def test_too_few_shares_accuse_nobody(text: str) -> None:
    assert not any(misfits(shares(text)))


def test_none_has_nothing_to_fit() -> None:
    assert misfits([]) == []
    assert misfits(shares("0 0|1 0|2 1|0 0")) == [None] * 4


@given(st.lists(st.integers(0, 500), min_size=1, max_size=12), st.integers(500, 2000), st.integers(0, 2))
def test_right_shares_of_any_number_fit_one_another(found: list[int], cases: int, decimals: int) -> None:
    printed = [f"{count} {half_up(Fraction(count * 100, cases), decimals):f}" for count in found]
    assert not any(misfits(shares("|".join(printed))))
