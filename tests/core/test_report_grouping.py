"""What many indicators have in common, said once."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.report_grouping import grouped, names_of, of_one_work, same
from tests.core.making import REPEATS

EVERY = [replace(REPEATS, code=f"SAFE-{number}", title=f"Title {number}") for number in range(1, 9)]


def test_what_belongs_together_keeps_its_order() -> None:
    assert grouped([("b", 1), ("a", 2), ("b", 3)]) == {"b": [1, 3], "a": [2]}


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([3], "SAFE-3 Title 3"),
        ([1, 2], "SAFE-1, SAFE-2"),
        ([1, 2, 3], "SAFE-1 to SAFE-3"),
        ([1, 3, 4, 5, 8], "SAFE-1, SAFE-3 to SAFE-5, SAFE-8"),
        ([5, 4, 3], "SAFE-3 to SAFE-5"),
    ],
)
def test_indicators_are_named_in_few_words(numbers: list[int], said: str) -> None:
    assert names_of([EVERY[number - 1] for number in numbers], EVERY) == said


@given(st.sets(st.integers(0, 7), min_size=2))
def test_the_words_name_these_indicators_and_no_others(chosen: set[int]) -> None:
    named: set[str] = set()
    for part in names_of([EVERY[n] for n in chosen], EVERY).split(", "):
        first, _, last = part.partition(" to ")
        codes = [indicator.code for indicator in EVERY]
        named.update(codes[codes.index(first) : codes.index(last or first) + 1])
    assert named == {EVERY[n].code for n in chosen}


def test_several_texts_are_the_same_or_not() -> None:
    assert same(["", ""]) == ""
    assert same(["a", "b"]) is None
    assert same(["a"]) is None


@pytest.mark.parametrize(
    ("sources", "work", "places"),
    [
        (["Report, 15 June 2021, §4.9", "Report, 15 June 2021, §4.13"], "Report, 15 June 2021", ["§4.9", "§4.13"]),
        (["Report, §4.9", "Outcome plan page, ¶3"], "", ["Report, §4.9", "Outcome plan page, ¶3"]),
        (["Case system", "Case system"], "", ["Case system", "Case system"]),
        (["Report, §4.9"], "", ["Report, §4.9"]),
        ([], "", []),
    ],
)
def test_a_work_that_all_sources_name_is_said_once(sources: list[str], work: str, places: list[str]) -> None:
    assert of_one_work(sources) == (work, places)
