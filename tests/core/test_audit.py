"""Why a printed number is not what its parts give: every cause by an example, and nothing that is right accused."""

from decimal import Decimal
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from outcome_tracker.core.audit import Cause, Claim, Difference, Kind, Subject, difference, tables
from outcome_tracker.core.number import half_up
from outcome_tracker.core.period import parse
from outcome_tracker.core.printed import read_printed

APRIL = parse("2021-04")
SUBJECT = Subject("P", "P-01", "Contacts due to domestic abuse", APRIL, source="A report, §4.13")


def share(printed: str, top: str, bottom: str, *nearby: int, kind: Kind = Kind.VALUE) -> Claim:
    [found] = read_printed(printed)
    exact = Fraction(top) * 100 / Fraction(bottom)
    return Claim(SUBJECT, kind, found, exact, Decimal(top), Decimal(bottom), nearby=tuple(map(Decimal, nearby)))


def change(printed: str, old: str, new: str, category: str = "Police") -> Claim:
    [found] = read_printed(printed)
    subject = Subject("P", "P-B1", "Contacts by source", APRIL, (category,))
    exact = (Fraction(new) - Fraction(old)) * 100 / Fraction(old)
    return Claim(subject, Kind.CHANGE, found, exact, Decimal(new), Decimal(old))


def told(claim: Claim) -> Difference:
    found = difference(claim)
    assert found is not None
    return found


def cause(claim: Claim) -> Cause:
    return told(claim).explained.cause


@pytest.mark.parametrize(
    ("printed", "top", "bottom", "computed", "why"),
    [
        ("20.1%", "404", "1927", "21.0%", Cause.TRANSPOSED),
        ("47.4%", "84", "177", "47.5%", Cause.CUT_OFF),
        ("16.9%", "9", "53", "17.0%", Cause.CUT_OFF),
        ("39%", "195", "509", "38%", Cause.ROUNDED_UP),
        ("39%", "3846", "10000", "38%", Cause.ROUNDED_TWICE),
        ("17.0%", "4504", "23553", "19.1%", Cause.NONE),
        ("250.0%", "4", "10", "40.0%", Cause.SWAPPED),
        ("1.59%", "159", "1000", "15.90%", Cause.POINT),
        ("159%", "159", "1000", "16%", Cause.POINT),
        ("-15.9%", "159", "1000", "15.9%", Cause.SIGN),
        ("16.0%", "159", "1000", "15.9%", Cause.ONE_UNIT),
        ("37%", "383", "1000", "38%", Cause.ONE_UNIT),
        ("39%", "38", "100", "38%", Cause.ONE_UNIT),
        ("0%", "383", "1000", "38%", Cause.NONE),
    ],
)
def test_each_cause_of_a_share(printed: str, top: str, bottom: str, computed: str, why: Cause) -> None:
    found = told(share(printed, top, bottom))
    assert (found.printed, found.computed, found.explained.cause) == (printed, computed, why)


@pytest.mark.parametrize(
    ("printed", "old", "new", "computed", "why"),
    [
        ("-34%", "2755", "2049", "-26%", Cause.LATER),
        ("30%", "1618", "2314", "43%", Cause.LATER),
        ("26%", "2755", "2049", "-26%", Cause.SIGN),
        ("40%", "50", "90", "80%", Cause.POINTS),
        ("-62%", "2755", "2049", "-26%", Cause.TRANSPOSED),
        ("-25%", "2755", "2049", "-26%", Cause.CUT_OFF),
        ("51%", "100", "200", "100%", Cause.NONE),
        ("-90%", "10", "0", "-100%", Cause.NONE),
    ],
)
def test_each_cause_of_a_change(printed: str, old: str, new: str, computed: str, why: Cause) -> None:
    found = told(change(printed, old, new))
    assert (found.computed, found.explained.cause) == (computed, why)


def test_another_denominator_must_stand_nearby_and_is_named() -> None:
    assert cause(share("15.2%", "293", "404")) is Cause.NONE
    found = told(share("15.2%", "293", "404", 856, 1927)).explained
    assert (found.cause, found.number) == (Cause.DENOMINATOR, Decimal(1927))


def test_a_mean_of_months_is_claimed_where_the_months_are_held_and_give_it() -> None:
    months = (Fraction(10), Fraction(20))
    [printed] = read_printed("15.0%")
    year = Claim(SUBJECT, Kind.VALUE, printed, Fraction(18), Decimal(18), Decimal(100), months=months, is_year=True)
    assert cause(year) is Cause.MEAN
    assert not told(year).perhaps_mean
    unknown = Claim(SUBJECT, Kind.VALUE, printed, Fraction(18), Decimal(18), Decimal(100), is_year=True)
    assert (cause(unknown), told(unknown).perhaps_mean) == (Cause.NONE, True)


def test_a_total_may_leave_out_a_row() -> None:
    [printed] = read_printed("240")
    rows = (("screening", Decimal(177)), ("gateway", Decimal(62)), ("information", Decimal(16)))
    found = told(Claim(SUBJECT, Kind.TOTAL, printed, Decimal(256), rows=rows)).explained
    assert (found.cause, found.number, found.name) == (Cause.LEFT_OUT, Decimal(16), "information")


def test_two_sentences_that_print_different_numbers_contradict_each_other() -> None:
    first, second = read_printed("91; 75")
    found = told(Claim(SUBJECT, Kind.VALUE, second, Decimal(91), elsewhere=(first, second)))
    assert (found.printed, found.computed) == ("75", "91")
    assert (found.explained.cause, found.explained.number) == (Cause.TWICE, Decimal(91))


def test_a_table_is_explained_where_every_row_is_even_those_that_are_right() -> None:
    rows = [
        change("1%", "6296", "6361"),
        change("-34%", "2755", "2049", "Education"),
        change("31%", "428", "619", "NSPCC"),
    ]
    [table] = tables(rows)
    assert [claim.subject.categories[0] for claim in table.claims] == ["Police", "Education", "NSPCC"]
    assert [claim.agrees for claim in table.claims] == [True, False, False]
    assert table.subject.categories == ()
    assert tables([*rows, change("-40%", "100", "80", "Other")]) == ()
    assert tables(rows[:1]) == ()
    assert tables([share("20.1%", "404", "1927")]) == ()


# Percentages that the report of June 2021 prints with both parts, and rightly.
RIGHT = """
57.7 60 104|53.1 728 1372|14.9 60 404|67.8 3052 4504|15.2 293 1927|22.3 682 3052|57.9 1766 3052|8.0 244 3052
11.8 360 3052|21.1 645 3052|41 792 1911|54.2 96 177|16.4 29 177|6.2 11 177|43.2 826 1911|16.4 313 1911
6.3 120 1911|28.7 31 108|26.3 15 57|3 7 227|46 17 37|36 81 227|15 75 509|92 46 50|93.4 99 106|66.0 33 50|46.2 49 106
"""


@pytest.mark.parametrize("line", RIGHT.replace("\n", "|").strip("|").split("|"))
def test_what_is_printed_right_is_never_accused(line: str) -> None:
    printed, top, bottom = line.split()
    assert difference(share(f"{printed}%", top, bottom, 1927, 404, 3052, 177)) is None


counts = st.integers(1, 100_000)


@given(counts, counts, st.integers(0, 3))
def test_the_right_rounding_is_no_difference_and_anything_else_is_one(top: int, bottom: int, decimals: int) -> None:
    exact = Fraction(top * 100, bottom)
    right = half_up(exact, decimals)
    assert difference(share(f"{right:f}%", str(top), str(bottom))) is None
    for wrong in (right + Decimal(1).scaleb(-decimals), right - Decimal(1).scaleb(-decimals)):
        found = told(share(f"{wrong:f}%", str(top), str(bottom)))
        assert found.computed == f"{right:f}%"
        assert abs(Fraction(wrong) - exact) >= Fraction(1, 2 * 10**decimals)


@given(counts, counts, st.integers(0, 2))
def test_a_change_on_the_later_figure_is_recognised_wherever_it_differs(old: int, new: int, decimals: int) -> None:
    printed = half_up(Fraction((new - old) * 100, new), decimals)
    assume(printed != half_up(Fraction((new - old) * 100, old), decimals))
    assert cause(change(f"{printed:f}%", str(old), str(new))) is Cause.LATER


@given(counts, counts, st.integers(-200, 200), st.integers(0, 2))
def test_a_cause_is_claimed_only_where_it_gives_what_is_printed(top: int, bottom: int, off: int, decimals: int) -> None:
    exact = Fraction(top * 100, bottom)
    printed = half_up(exact, decimals) + Decimal(off).scaleb(-decimals)
    found = difference(share(f"{printed:f}%", str(top), str(bottom)))
    scale = 10**decimals
    given_by = {
        Cause.CUT_OFF: Fraction(int(exact * scale), scale),
        Cause.ROUNDED_UP: Fraction(ceil(exact * scale), scale),
        Cause.ROUNDED_TWICE: Fraction(half_up(half_up(exact, decimals + 1), decimals)),
        Cause.SWAPPED: Fraction(half_up(Fraction(bottom * 100, top), decimals)),
        Cause.SIGN: -Fraction(half_up(exact, decimals)),
    }
    if found and found.explained.cause in given_by:
        assert Fraction(printed) == given_by[found.explained.cause]
