"""Text from people: nothing in it steers a terminal, reorders a line or hides."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from outcome_tracker.core.text import clean, harmless, listed, plural, size

ANY_TEXT = st.text(st.characters() | st.sampled_from("\x1b[]m0;\\\x07\x9b\u202e\u200b\u2028\r\n\t\u0301a"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain words", "plain words"),
        ("  both ends  ", "both ends"),
        ("[c] is kept", "[c] is kept"),
        ("tab\there", "tab here"),
        ("non\u00a0breaking", "non breaking"),
        ("thin\u2009space", "thin space"),
        ("new\nline", "new line"),
        ("new\r\nline", "new line"),
        ("a\rb\x0bc\x0cd\x85e\u2028f\u2029g", "a b c d e f g"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b[2Jcleared", "cleared"),
        ("\x1b[?25lhidden", "hidden"),
        ("\x1b[1 qcursor", "cursor"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bPdevice\x1b\\text", "text"),
        ("\x1b_program\x1b\\text", "text"),
        ("\x1b^private\x1b\\text", "text"),
        ("\x1bXstring\x1b\\text", "text"),
        ("before\x1b]0;never ends", "before"),
        ("\x1bcreset", "reset"),
        ("\x1b(Bcharset", "charset"),
        ("\x9b31mred", "red"),
        ("bell\x07 and null\x00", "bell and null"),
        ("lone \x1b", "lone"),
        ("\u202egpj.exe", "gpj.exe"),
        ("\u2066isolated\u2069", "isolated"),
        ("zero\u200bwidth\u200d\ufeff", "zerowidth"),
        ("soft\u00adhyphen", "softhyphen"),
        ("private\ue000use", "privateuse"),
        ("sur\ud800rogate", "surrogate"),
        ("un\u0378assigned", "unassigned"),
        ("cafe\u0301", "café"),
        ("é – ≥ 95% £5 🙂", "é – ≥ 95% £5 🙂"),
        ("", ""),
        ("\u200b", ""),
    ],
)
def test_text_is_cleaned(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_lines_are_kept_where_they_are_wanted() -> None:
    assert clean(" first \r\nsecond\u2028\x1b[1mthird\n", lines=True) == "first\nsecond\nthird"
    assert clean("one\n\ntwo", lines=True) == "one\n\ntwo"


@given(ANY_TEXT, st.booleans())
@example("\x1b\x1b[[31m31m", False)
@example("\x1b]\x1b[0m0;title\x07", False)
def test_what_remains_steers_nothing_and_cleaning_again_changes_nothing(text: str, lines: bool) -> None:
    cleaned = clean(text, lines=lines)
    allowed = {"\n"} if lines else set()
    assert not {c for c in cleaned if unicodedata.category(c).startswith("C")} - allowed
    assert not {c for c in cleaned if unicodedata.category(c).startswith("Z")} - {" "}
    assert cleaned == cleaned.strip()
    assert clean(cleaned, lines=lines) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"])))
def test_plain_text_is_only_stripped(text: str) -> None:
    assert clean(text) == text.strip()


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, "0 figures"), (1, "1 figure"), (-1, "-1 figure"), (2, "2 figures"), (1234, "1,234 figures")],
)
def test_plural(count: int, expected: str) -> None:
    assert plural(count, "figure") == expected


def test_an_irregular_plural() -> None:
    assert plural(1, "child", "children") == "1 child"
    assert plural(3, "child", "children") == "3 children"


def test_listed() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a and b"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a", "b", "c"], "or") == "a, b or c"


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 kB"),
        (1, "1 kB"),
        (99_999, "100 kB"),
        (100_000, "0.1 MB"),
        (99_900_000, "99.9 MB"),
        (1_204_000_000, "1,204 MB"),
    ],
)
def test_sizes_are_told_as_people_read_them(count: int, text: str) -> None:
    assert size(count) == text


def test_what_is_taken_apart_later_keeps_its_tabs_lines_and_spaces() -> None:
    assert harmless(" a\tb\r\nc ") == " a\tb\r\nc "
    assert harmless("a\u2003b\u3000c") == "a b c"
    assert harmless("\x1b[31m44\t\u202e276\u200b\n") == "44\t276\n"


@given(st.text())
def test_what_is_harmless_says_the_same_once_it_is_cleaned(text: str) -> None:
    assert clean(harmless(text), lines=True) == clean(text, lines=True)
