"""How an audit says what it found: in plain words, and never more than is known."""

from decimal import Decimal
from fractions import Fraction

import pytest

from outcome_tracker.core import audit_wording as wording
from outcome_tracker.core.audit import Cause, Claim, Difference, Explained, Kind, Subject, Table
from outcome_tracker.core.period import parse
from outcome_tracker.core.printed import read_printed

MEAN = "perhaps a mean of the months' percentages, which are not all held"
SUBJECT = Subject("P", "P-01", "Contacts", parse("2021-04"))


def claim(kind: Kind = Kind.VALUE, printed: str = "20.1%", top: str = "2049", bottom: str = "2755") -> Claim:
    [found] = read_printed(printed)
    exact = Fraction(int(top) - int(bottom), int(bottom)) * 100 if kind is Kind.CHANGE else Fraction(21)
    return Claim(SUBJECT, kind, found, exact, Decimal(top), Decimal(bottom))


def found(
    cause: Cause, number: int | None = None, name: str = "", *, kind: Kind = Kind.VALUE, mean: bool = False
) -> Difference:
    explained = Explained(cause, None if number is None else Decimal(number), name)
    return Difference(SUBJECT, kind, "15.2% (293 of 1927)", "72.5%", explained, claim(), perhaps_mean=mean)


@pytest.mark.parametrize(
    ("difference", "text"),
    [
        (found(Cause.LATER), "likely divided by the later figure instead of the earlier"),
        (found(Cause.TRANSPOSED), "likely two digits that changed places"),
        (found(Cause.DENOMINATOR, 1927), "likely another denominator: of 1,927, printed nearby, the share is 15.2%"),
        (found(Cause.LEFT_OUT, 62, "gateway"), "likely added up without gateway (62)"),
        (found(Cause.TWICE, 91), "the source contradicts itself: it prints 91 as well"),
        (
            found(Cause.NO_WHOLE, 50),
            "no whole number as the other part gives it; the nearest, 50, gives 72.5%",
        ),
        (
            found(Cause.NO_WHOLE, 17, kind=Kind.CHANGE),
            "no whole number as the earlier figure gives it; the nearest, 17, gives 72.5%",
        ),
        (found(Cause.OTHERS, 3000), "doesn't fit the other shares, which can all be of 3,000"),
        (found(Cause.NO_TARGET), "no target is held to rate against"),
        (found(Cause.NOT_HELD, name="March 2021 is not returned"), "March 2021 is not returned"),
        (found(Cause.NONE), "not explained"),
        (
            found(Cause.NONE, mean=True),
            f"{MEAN}; else not explained",
        ),
        (
            found(Cause.CUT_OFF, mean=True),
            f"likely rounded down: the digits behind were cut off; or {MEAN}",
        ),
    ],
)
def test_a_cause_is_a_sentence_that_claims_no_more_than_is_known(difference: Difference, text: str) -> None:
    assert wording.cause_text(difference) == text


def test_every_cause_has_words_and_only_what_is_certain_goes_without_likely() -> None:
    certain = {Cause.ONE_UNIT, Cause.TWICE, Cause.NO_WHOLE, Cause.OTHERS, Cause.NO_TARGET, Cause.NOT_HELD, Cause.NONE}
    for cause in Cause:
        text = wording.cause_text(found(cause, 1, "a row"))
        assert text
        assert "{" not in text
        assert text.startswith("likely") == (cause not in certain)


def test_both_sides_are_said_with_what_the_second_comes_from() -> None:
    assert wording.sides_text(found(Cause.NONE)) == "15.2% (293 of 1927), computed 72.5% from 2,049 of 2,755"
    assert wording.sides_text(found(Cause.TWICE, 91)) == "15.2% (293 of 1927) beside 72.5%"
    rated = Difference(SUBJECT, Kind.RATING, "Red", "M", Explained(Cause.NO_TARGET))
    assert wording.sides_text(rated) == "Red, computed M"


def test_parts_are_said_as_they_are_used() -> None:
    assert wording.parts_text(claim(Kind.SHARE)) == "2,049 of 2,755"
    assert wording.parts_text(claim(Kind.CHANGE)) == "2,755 to 2,049"
    [printed] = read_printed("240")
    rows = (("a", Decimal(177)), ("b", Decimal(62)))
    assert wording.parts_text(Claim(SUBJECT, Kind.TOTAL, printed, Decimal(239), rows=rows)) == "the sum of 2 rows"
    assert wording.parts_text(Claim(SUBJECT, Kind.VALUE, printed, Decimal(239))) == ""
    assert wording.parts_text(None) == ""


def test_a_table_says_how_many_of_its_rows_are_right_all_the_same() -> None:
    wrong, right = claim(Kind.CHANGE, "-34%"), claim(Kind.CHANGE, "-26%")
    assert wording.table_text(Table(SUBJECT, (wrong, wrong))) == (
        "All 2 rows of the table are what dividing by the later figure gives."
    )
    assert wording.table_text(Table(SUBJECT, (wrong, right))) == (
        "All 2 rows of the table are what dividing by the later figure gives; "
        "1 of them is right all the same, as rounded."
    )
    assert wording.table_text(Table(SUBJECT, (right, wrong, right))).endswith(
        "2 of them are right all the same, as rounded."
    )


def test_how_much_was_compared_is_said() -> None:
    assert wording.checked_text(0, 0) == "Nothing that is printed can be computed."
    assert wording.checked_text(1, 0) == "1 printed value compared; none differ."
    assert wording.checked_text(166, 1) == "166 printed values compared; 1 differs."
    assert wording.checked_text(1200, 38) == "1,200 printed values compared; 38 differ."


def test_why_lines_differ_is_said_without_a_verdict() -> None:
    assert wording.line_text(18, 8) == "the line counts 18 measures, and the figures of 8 are held"
    assert wording.actions_text(13) == "the plan here has 13 milestones; the source may print examples only"
