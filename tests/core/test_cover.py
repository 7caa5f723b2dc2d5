from collections.abc import Collection, Hashable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.count_system import Cell, Ratio, Relation, System
from outcome_tracker.core.cover import Web
from tests.core.counts import COLUMNS, ROWS, one_way, two_way

TABLE = two_way([[3, 10, 20], [11, 30, 12], [40, 13, 50]])
INNER = {(i, j) for i in range(3) for j in range(3)}


def path(
    system: System, start: object, among: Collection[Hashable], constant: frozenset[object] = frozenset()
) -> object:
    counts = {cell.key: cell.count or 0 for cell in system.cells}
    return Web(system, constant).path(start, lambda _, __: True, lambda key: counts[key], among)


def test_a_cell_of_a_list_needs_the_cheapest_other() -> None:
    assert path(one_way([3, 40, 12]), 0, {0, 1, 2}) == {2}
    assert path(one_way([3, 40, 12]), 0, {0, 1, "total"}) == {1}
    assert path(one_way([3, 40, 12]), 0, {0}) is None


def test_a_cell_of_a_table_needs_the_cheapest_rectangle() -> None:
    assert path(TABLE, (0, 0), INNER) == {(0, 2), (1, 0), (1, 2)}


def test_a_path_may_lead_through_totals() -> None:
    among = {(0, COLUMNS), (1, COLUMNS), (1, 0)}
    assert path(TABLE, (0, 0), among) == among
    assert path(TABLE, (0, 0), {(0, COLUMNS), (1, 0)}) is None
    everything = {(0, COLUMNS), (ROWS, COLUMNS), (ROWS, 0)}
    assert path(TABLE, (0, 0), everything) == everything


def test_what_cannot_follow_is_passed_by() -> None:
    web = Web(one_way([3, 40, 12]), frozenset())
    assert web.path(0, lambda key, way: key != 2 or way > 0, lambda _: 1, {1, 2}) == frozenset({1})


def test_constant_cells_never_move() -> None:
    assert path(one_way([3, 40, 12]), 0, {1, 2}, frozenset({2, "total"})) == {1}


def test_a_cell_in_no_sum_needs_no_other() -> None:
    assert path(System((Cell("a", 3, 5),)), "a", set()) == frozenset()


def test_cells_in_three_sums_are_left_to_linear_programs() -> None:
    sums = (Relation("x", ("a", "b")), Relation("y", ("a", "c")), Relation("z", ("a", "d")))
    system = System(tuple(Cell(key, 9) for key in "abcdxyz"), sums)
    assert path(system, "a", set("abcdxyz")) is None
    assert path(system, "b", {"a", "c", "d"}) is None
    assert path(system, "b", {"x"}) == {"x"}


def test_percentages_stay_as_they_are() -> None:
    system = replace(one_way([3, 40, 12, 30]), ratios=(Ratio(Decimal(78), (0, 1), ("total",)),))
    assert path(system, 0, {2, 3, "total"}) is None
    assert path(system, 0, {1, 2, 3}) == {1}


@given(st.lists(st.lists(st.integers(1, 40), min_size=3, max_size=3), min_size=2, max_size=4), st.data())
def test_along_a_path_every_sum_stays_the_same(counts: list[list[int]], data: st.DataObject) -> None:
    """Some way of moving each cell of the path by one keeps all sums."""
    system = two_way(counts)
    keys = [cell.key for cell in system.cells]
    start = data.draw(st.sampled_from(keys))
    among = set(data.draw(st.lists(st.sampled_from(keys), unique=True)))
    found = Web(system, frozenset()).path(start, lambda _, __: True, lambda _: 1, among)
    if found is None:
        return
    assert found <= among - {start}
    moved = {start: 1}
    sums = [{relation.total: -1, **dict.fromkeys(relation.parts, 1)} for relation in system.relations]
    while True:
        open_sums = [(s, [k for k in s if k in found and k not in moved]) for s in sums]
        todo = next(((s, keys[0]) for s, keys in open_sums if len(keys) == 1), None)
        if todo is None:
            break
        factors, key = todo
        moved[key] = -factors[key] * sum(factors[k] * moved.get(k, 0) for k in factors)
    assert moved.keys() == found | {start}
    assert set(moved.values()) <= {1, -1}
    assert all(sum(s[k] * moved.get(k, 0) for k in s) == 0 for s in sums)


@pytest.mark.parametrize("key", ["total", 0])
def test_a_cell_alone_in_its_sum_cannot_move(key: object) -> None:
    assert path(one_way([3, 40]), key, set()) is None
