"""What markers for missing figures mean, and that nobody guesses it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.figure import Status
from outcome_tracker.core.missing import BLANK, folded, marker, meaning, parse_absence, parse_answer, parse_meanings

STATUSES = "not returned, not available, suppressed or not applicable"
EXAMPLE = 'write x=suppressed, or blank="not returned" for empty cells'


@pytest.mark.parametrize(
    ("written", "found"),
    [
        *((text, text) for text in ("x", "c", "z", "u", "low", "~", ".", "..", "*", "null", "none", ":", "k")),
        *((text, text) for text in ("[c]", "[x]", "[z]", "[u]", "[low]", "<5", "n/a", "#n/a", "-")),
        ("X", "x"),
        (" C ", "c"),
        ("[C]", "[c]"),
        ("–", "-"),
        ("—", "-"),
        ("\u2212", "-"),
        ("--", "-"),
        ("< 5", "<5"),
        ("<= 10", "<=10"),
        ("≤4", "≤4"),
        ("N/A", "n/a"),
        ("na", "n/a"),
        ("N.A.", "n/a"),
        ("n / a", "n/a"),
        ("#N/A", "#n/a"),
        ("…", "..."),
        ("Not  available", "not available"),
        ("Suppressed", "suppressed"),
    ],
)
def test_markers_are_known_however_they_are_written(written: str, found: str) -> None:
    assert marker(written) == found


@pytest.mark.parametrize(
    "text", ["", " ", "5", "-5", "0", "1,204", "16%", "<5000", "44/276", "see note", "xx", "blank"]
)
def test_what_is_no_marker(text: str) -> None:
    assert marker(text) == ""


def test_only_the_standard_and_words_speak_for_themselves() -> None:
    assert {text: meaning(marker(text), {}) for text in ("[c]", "[x]", "[z]", "not returned")} == {
        "[c]": Status.SUPPRESSED,
        "[x]": Status.NOT_AVAILABLE,
        "[z]": Status.NOT_APPLICABLE,
        "not returned": Status.NOT_RETURNED,
    }
    assert {meaning(marker(text), {}) for text in ("x", "c", "-", "<5", "n/a", "#N/A", "[u]", "[low]", "z", "*")} == {
        None
    }
    assert meaning(BLANK, {}) is None


def test_what_was_told_holds_for_every_way_to_write_it() -> None:
    told = parse_meanings(["x=suppressed", "–=Not_Returned", "<5=suppressed", 'blank="not returned"'.replace('"', "")])
    assert [meaning(marker(text, told), told) for text in ("X", "—", "< 5")] == [
        Status.SUPPRESSED,
        Status.NOT_RETURNED,
        Status.SUPPRESSED,
    ]
    assert meaning(BLANK, told) is Status.NOT_RETURNED
    assert meaning(marker("c", told), told) is None


def test_any_text_may_be_told_to_be_a_marker() -> None:
    told = parse_meanings(["awaiting panel=not returned", "[c]=not available", "<=5=suppressed"])
    assert marker("Awaiting  Panel", told) == "awaiting panel"
    assert marker("blank", parse_meanings(["blank=not returned"])) == ""
    assert meaning("[c]", told) is Status.NOT_AVAILABLE
    assert meaning("<=5", told) is Status.SUPPRESSED


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            ["x"],
            f"'x' is not MARKER=STATUS; {EXAMPLE}; after the = stands {STATUSES}.",
        ),
        (["=suppressed"], "'=suppressed' is not MARKER=STATUS; write x=suppressed"),
        (["x=hidden"], f"'hidden' does not say why a figure is absent; write {STATUSES}."),
        (["x="], f"Nothing says why a figure is absent; write {STATUSES}."),
        (["x=final"], "'final' does not say why a figure is absent"),
        (["x=not"], "'not' does not say why a figure is absent"),
        (["0=suppressed"], "'0' is a number, and a number is a figure; write x=suppressed"),
        (["12%=suppressed"], "'12%' is a number"),
        (["x=suppressed", "X=not available"], "'X' is told twice, as suppressed and as not available; keep one."),
    ],
)
def test_a_bad_option_is_told_what_can_be_written(options: list[str], sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        parse_meanings(options)


def test_the_same_told_twice_is_told_once() -> None:
    assert parse_meanings(["x=suppressed", "X=suppressed"]) == {"x": Status.SUPPRESSED}


def test_the_beginning_of_a_status_will_do() -> None:
    assert (parse_absence("S"), parse_absence("not ap"), parse_absence("not r")) == (
        Status.SUPPRESSED,
        Status.NOT_APPLICABLE,
        Status.NOT_RETURNED,
    )


def test_an_answer_is_a_number_or_a_status() -> None:
    assert [parse_answer(text) for text in ("1", " 4 ", "suppressed", "not av")] == [
        Status.NOT_RETURNED,
        Status.NOT_APPLICABLE,
        Status.SUPPRESSED,
        Status.NOT_AVAILABLE,
    ]
    with pytest.raises(ValueError, match="'5' does not say why a figure is absent"):
        parse_answer("5")


@given(st.text())
def test_folding_twice_is_folding_once_and_zero_is_never_a_marker(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    if found := marker(text):
        assert found.strip("0") != ""
        assert marker(found) == found


@given(st.integers() | st.decimals(allow_nan=False, allow_infinity=False, places=2))
def test_a_number_is_never_a_marker(number: object) -> None:
    assert marker(str(number)) == ""
