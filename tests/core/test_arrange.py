import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.arrange import Choice, Field, arrange, found, from_text, natural, said, to_text

Item = tuple[int, int | None, str]  # its place, a number that may be absent, a kind
FIELDS: dict[str, Field[Item]] = {
    "number": Field("number", "Number", lambda i: i[1], lambda i: str(i[1]), ("lowest", "highest"), is_kind=False),
    "kind": Field("kind", "Kind", lambda i: natural(i[2]), lambda i: i[2]),
}
ITEMS = st.lists(st.tuples(st.none() | st.integers(-3, 3), st.sampled_from("aAb"))).map(
    lambda pairs: [(n, number, kind) for n, (number, kind) in enumerate(pairs)]
)


@given(ITEMS, st.booleans())
def test_sorting_keeps_all_rows_the_absent_last_and_equals_in_order(items: list[Item], backwards: bool) -> None:
    rows = arrange(items, FIELDS, Choice("number", backwards))
    assert sorted(rows) == items
    numbers = [number for _, number, _ in rows]
    known = [number for number in numbers if number is not None]
    assert numbers == sorted(known, reverse=backwards) + [None] * (len(numbers) - len(known))
    for value in {*numbers}:
        places = [place for place, number, _ in rows if number == value]
        assert places == sorted(places)


@given(ITEMS, st.sampled_from(["a", "A", "b", "z"]))
def test_a_filter_keeps_what_is_equal_and_nothing_else(items: list[Item], kind: str) -> None:
    assert arrange(items, FIELDS, Choice(only=(("kind", kind),))) == [item for item in items if item[2] == kind]


def test_without_a_choice_rows_stay_as_they_are() -> None:
    items: list[Item] = [(0, 2, "b"), (1, 1, "a")]
    assert arrange(items, FIELDS, Choice()) == items
    assert arrange(items, FIELDS, Choice("gone", only=(("gone too", "x"),))) == items
    assert said(Choice("gone", only=(("gone too", "x"),)), FIELDS) == []


def test_asking_again_reverses_and_the_third_time_gives_it_up() -> None:
    once = Choice().sorted_by("number")
    assert (once.sort, once.backwards) == ("number", False)
    twice = once.sorted_by("number")
    assert (twice.sort, twice.backwards) == ("number", True)
    assert twice.sorted_by("number") == Choice()
    assert twice.sorted_by("kind") == Choice("kind")


def test_filters_add_up_and_asking_again_drops_one() -> None:
    both = Choice().kept("number", "1").kept("kind", "a")
    assert both.only == (("number", "1"), ("kind", "a"))
    assert both.kept("number", "2").only == (("kind", "a"),)
    assert arrange([(0, 1, "a"), (1, 1, "b"), (2, 2, "a")], FIELDS, both) == [(0, 1, "a")]


def test_a_choice_is_said_in_words_and_marked_in_the_heading() -> None:
    choice = Choice("number", True, (("kind", "a"),))
    assert said(choice, FIELDS) == ["Sorted by Number, highest first", "only Kind: a"]
    assert (choice.mark("number"), choice.mark("kind"), choice.mark("other")) == ("≥", "=", "")
    assert Choice("kind", False, (("kind", "a"),)).mark("kind") == "=≤"


def test_figures_are_not_remembered() -> None:
    choice = Choice("number", True, (("kind", "a"), ("number", "15.9%")))
    assert from_text(to_text(choice, FIELDS)) == Choice("number", True, (("kind", "a"),))


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", "[1,2]", '["a", false, 3]', '["a", false, ["b"]]'])
def test_what_is_no_choice_is_forgotten(text: str) -> None:
    assert from_text(text) == Choice()


def test_numbers_in_texts_are_sorted_as_numbers() -> None:
    codes = ["SAFE-10", "safe-2", "EX-1", "SAFE-2a", ""]
    assert sorted(codes, key=natural) == ["", "EX-1", "safe-2", "SAFE-2a", "SAFE-10"]
    assert natural("1") < natural("a")


@given(st.lists(st.text(alphabet="a1-B ²"), max_size=5))
def test_any_texts_can_be_sorted(texts: list[str]) -> None:
    assert sorted(sorted(texts, key=natural)) == sorted(texts)


ROWS = [
    ("SAFE-10", "Children in care", "Red Early Help"),
    ("CARE-1", "Foster homes", "Green Fostering"),
    ("SAFE-1", "Careers advice", "Red Safeguarding Unit"),
    ("SAFE-2", "Homes for carers", "Amber Scare line"),
    ("SAFE-3", "Second plans", "Red Social care"),
]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("care", ["CARE-1", "SAFE-1", "SAFE-10", "SAFE-2", "SAFE-3"]),
        ("safe-1", ["SAFE-1", "SAFE-10"]),
        ("red care", ["SAFE-10", "SAFE-1", "SAFE-3"]),
        ("RED  Help", ["SAFE-10"]),
        ("nothing", []),
        ("", ["SAFE-10", "CARE-1", "SAFE-1", "SAFE-2", "SAFE-3"]),
    ],
    ids=str,
)
def test_the_likeliest_hit_comes_first(words: str, codes: list[str]) -> None:
    hits = [code for code, _, _ in found(words, ROWS, lambda row: row)]
    assert hits == codes
