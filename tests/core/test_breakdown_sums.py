"""Totals beside their parts."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.breakdown import Breakdown
from outcome_tracker.core.breakdown_sums import Disagreement, disagreements

BY_SOURCE = Breakdown("CON-SRC", "Contacts by source", "CF", ("source",))
BY_TEAM = Breakdown("CP-CAT", "Plans", "CF", ("team", "category"))


def counts(**given: int | None) -> dict[tuple[str, ...], Decimal | None]:
    """Return cells by their categories: `Chester__Neglect=39`, `Chester__=90`, `total=227`."""
    return {
        tuple(name.split("__")) if name != "total" else ("",): None if count is None else Decimal(count)
        for name, count in given.items()
    }


def test_what_adds_up_says_nothing() -> None:
    assert disagreements(BY_SOURCE, counts(Police=6361, Probation=2632, total=8993)) == []
    assert disagreements(BY_SOURCE, counts(Police=6361)) == []
    assert disagreements(BY_SOURCE, counts(total=8993)) == []


def test_a_total_below_its_parts_cannot_be_whatever_is_missing() -> None:
    (found,) = disagreements(BY_SOURCE, counts(Police=6361, Probation=2632, NSPCC=None, total=8992))
    assert found == Disagreement(("",), "source", Decimal(8992), Decimal(8993))
    assert found.is_less


def test_a_total_above_its_parts_disagrees_where_all_are_there() -> None:
    (found,) = disagreements(BY_SOURCE, counts(Police=6361, total=6362))
    assert not found.is_less
    assert disagreements(BY_SOURCE, counts(Police=6361, NSPCC=None, total=6362)) == []
    assert disagreements(replace(BY_SOURCE, at_least=500), counts(Police=6361, total=6362)) == []


def test_of_several_answers_nothing_disagrees() -> None:
    assert disagreements(replace(BY_SOURCE, multi_response=True), counts(Police=9, total=5)) == []


def test_each_total_of_a_two_way_table_is_looked_at() -> None:
    cells = counts(Chester__Neglect=39, Chester__Abuse=51, Chester__=91, __Neglect=39)
    cells["", ""] = Decimal(38)
    found = [(each.categories, each.dimension, each.parts) for each in disagreements(BY_TEAM, cells)]
    assert found == [
        (("Chester", ""), "category", Decimal(90)),
        (("", ""), "team", Decimal(91)),
        (("", ""), "category", Decimal(39)),
    ]


@given(st.dictionaries(st.text("ABC", min_size=1, max_size=2), st.integers(0, 50), min_size=1), st.integers(-3, 3))
def test_a_total_disagrees_exactly_by_its_difference(parts: dict[str, int], off: int) -> None:
    cells: dict[tuple[str, ...], Decimal | None] = {(name,): Decimal(count) for name, count in parts.items()}
    summed = Decimal(sum(parts.values()))
    cells["",] = summed + off
    found = disagreements(BY_SOURCE, cells)
    assert [(each.count - each.parts, each.is_less) for each in found] == ([(Decimal(off), off < 0)] if off else [])
