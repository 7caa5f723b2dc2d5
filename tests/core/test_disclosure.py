from dataclasses import replace
from decimal import Decimal
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcome_tracker.core.count_system import Cell, Ratio, Relation, System
from outcome_tracker.core.disclosure import Contradiction, Knowledge, Range, attack, limits, plainly, settled
from tests.core.counts import COLUMNS, SLACK, every_solution, highs, one_way, printed, two_way


@pytest.mark.parametrize(
    ("possible", "text"),
    [
        (Range(1, 2), "1 or 2"),
        (Range(1, 4), "1 to 4"),
        (Range(3, 3), "3"),
        (Range(5, None), "5 or more"),
    ],
)
def test_a_range_in_words(possible: Range, text: str) -> None:
    assert str(possible) == text


def test_a_single_hidden_cell_is_the_total_less_the_others() -> None:
    assert attack(one_way([3, 40, 12]), [0]) == {0: Range(3, 3)}


def test_without_the_total_nothing_bounds_it() -> None:
    assert attack(one_way([3, 40, 12]), [0, "total"]) == {0: Range(1, None), "total": Range(53, None)}


def test_who_knows_which_are_small_knows_more() -> None:
    system = one_way([3, 40, 12])
    assert attack(system, [0, 2]) == {0: Range(1, 14), 2: Range(1, 14)}
    assert attack(system, [0, 2], Knowledge.SMALL) == {0: Range(1, 4), 2: Range(11, 14)}
    assert attack(one_way([3, 40, 5]), [0, 2], Knowledge.BOTH) == {0: Range(1, 3), 2: Range(5, 7)}


@pytest.mark.parametrize(
    ("share", "total", "possible"),
    [
        ("58", 227, Range(131, 132)),  # 57.5% is 130.5, 58.5% is 132.8
        ("1", 200, Range(1, 2)),  # 0.5% is 1 and rounds up, 1.5% is 3 and would be 2%
        ("0", 200, Range(1, 0)),
        ("2.0", 200, Range(4, 4)),
        ("100", 200, Range(199, 200)),
    ],
)
def test_a_printed_percentage_bounds_by_half_a_unit(share: str, total: int, possible: Range) -> None:
    system = System((Cell("a", None), Cell("all", total)), (), (Ratio(Decimal(share), ("a",), ("all",)),))
    if possible.high == 0:
        with pytest.raises(Contradiction):
            attack(system, ())
        return
    within = System(
        (*system.cells, Cell("rest", None)), (Relation("all", ("a", "rest")),) if share != "100" else (), system.ratios
    )
    found = attack(within, ())["a"]
    assert (found.low, min(found.high or 0, total)) == (possible.low, possible.high)


@pytest.mark.parametrize(
    ("change", "earlier", "possible"),
    [
        ("-34", 100, Range(66, 66)),  # from 65.5 (-34.5, which would be -35) to 66.5 (-33.5, which is -34)
        ("50", 10, Range(15, 15)),
        ("0", 200, Range(200, 200)),  # 199 is -0.5, which would be -1
        ("-1", 200, Range(198, 199)),  # 199 is -0.5, which is -1; 197 is -1.5, which would be -2
        ("1", 200, Range(201, 202)),
    ],
)
def test_a_printed_change_bounds_the_later_count(change: str, earlier: int, possible: Range) -> None:
    ratio = Ratio(Decimal(change), ("new",), ("old",), change=True)
    assert attack(System((Cell("new", None), Cell("old", earlier)), (), (ratio,)), ()) == {"new": possible}


def test_a_percentage_of_a_number_in_the_text_needs_no_cell_for_it() -> None:
    assert attack(System((Cell("a", 81),), (), (Ratio(Decimal(36), ("a",), known=227),)), ["a"]) == {"a": Range(81, 82)}


@settings(max_examples=settings().max_examples // 15)  # each tries every number; more in `make robustness`
@given(
    st.lists(st.integers(1, 6), min_size=2, max_size=3),
    st.integers(1, 3),
    st.integers(0, 1),
    st.booleans(),
    st.booleans(),
)
def test_the_ranges_are_those_that_trying_all_numbers_leaves(
    counts: list[int], parts: int, decimals: int, change: bool, with_total: bool
) -> None:
    system = one_way(counts)
    keys = list(range(len(counts)))
    of = ["total"] if not change else keys[-1:]
    system = replace(system, ratios=(printed(system, keys[:parts], of, decimals, change=change),))
    hidden = [*keys, *(["total"] if with_total else [])]
    bounded = System(
        (*system.cells, Cell("most", 20), *(Cell(("spare", key), 20 - count) for key, count in enumerate(counts))),
        (*system.relations, *(Relation("most", (key, ("spare", key))) for key in keys)),
        system.ratios,
    )
    spare = [("spare", key) for key in keys]
    found = attack(bounded, [*hidden, *spare])
    solutions = None if with_total else list(every_solution(system, keys, 19))
    if solutions is None:
        free = replace(system, relations=(), ratios=())
        solutions = [
            point
            for point in every_solution(free, keys, 19)
            if any(True for _ in every_solution(_with(system, {**point, "total": sum(point.values())}), [], 1))
        ]
    for key in keys:
        met = {point[key] for point in solutions}
        assert found[key] == Range(min(met), max(met))


def _with(system: System, counts: dict[object, int]) -> System:
    return replace(system, cells=tuple(replace(c, count=counts.get(c.key, c.count)) for c in system.cells))


def test_unknown_counts_get_a_possible_one() -> None:
    assert [c.count for c in settled(one_way([None, None, 12], total=20)).cells] == [4, 4, 12, 20]


def test_unknown_counts_that_cannot_all_be_small_may_be_of_any_size() -> None:
    cells = settled(one_way([None, None, 12], total=42)).cells
    assert sum(c.count or 0 for c in cells[:2]) == 30
    assert not any(c.sensitive for c in cells[:2])


def test_unknown_counts_that_nothing_fits_are_a_contradiction() -> None:
    with pytest.raises(Contradiction):
        settled(one_way([None, 40, 12], total=52))


@pytest.mark.parametrize(
    ("cell", "knowledge", "bounds"),
    [
        (Cell("a", 3, 5), Knowledge.PRINT, (1, None)),
        (Cell("a", 3, 5), Knowledge.SMALL, (1, 4)),
        (Cell("a", 9, 5), Knowledge.SMALL, (1, None)),
        (Cell("a", 9, 5), Knowledge.BOTH, (5, None)),
        (Cell("a", 3, 0), Knowledge.BOTH, (1, None)),
        (Cell("a", None, 5), Knowledge.PRINT, (1, 4)),
        (Cell("a", None), Knowledge.BOTH, (1, None)),
        (Cell("a", 0, 5, printed=False), Knowledge.BOTH, (0, None)),
        (Cell("a", -2, 5, printed=False), Knowledge.PRINT, (-2, None)),
        (Cell("a", 3, 5, printed=False), Knowledge.SMALL, (1, 4)),
    ],
)
def test_what_is_known_of_a_cell_by_itself(
    cell: Cell, knowledge: Knowledge, bounds: tuple[int | None, int | None]
) -> None:
    assert limits(cell, knowledge) == bounds


def test_what_is_plain_without_any_print() -> None:
    small = plainly(one_way([1, 1, 2, 0]), Knowledge.SMALL)
    assert small == {0: (1, 2), 1: (1, 2), 2: (1, 2), 3: (0, 0), "total": (3, 4)}
    assert plainly(one_way([1, 1, 2]), Knowledge.PRINT)["total"] == (3, None)


def test_what_is_plain_goes_from_one_table_to_another_of_the_same_count() -> None:
    """Two cells that are not zero have a total of 2 at least, and so has the same total in a table without them."""
    cells = (Cell("A", 1, 5), Cell("B", 2, 5), Cell("both", 3, printed=False), Cell("elsewhere", 3, 5))
    system = System(cells, (Relation("both", ("A", "B")), Relation("both", ("elsewhere",))))
    assert plainly(system, Knowledge.PRINT)["elsewhere"] == (2, None)
    assert plainly(system, Knowledge.SMALL) == {"A": (1, 3), "B": (1, 3), "both": (2, 4), "elsewhere": (2, 4)}


@settings(max_examples=settings().max_examples // 15)  # each asks HiGHS for the ends of every cell
@given(
    st.lists(st.lists(st.integers(0, 12), min_size=2, max_size=2), min_size=1, max_size=3),
    st.lists(st.integers(0, 6), min_size=1, max_size=3),
)
def test_nothing_is_plain_that_is_not_so(counts: list[list[int]], apart: list[int]) -> None:
    """Only what no numbers at all can do may be left out of what a small count should be able to be."""
    table, listed = two_way(counts), one_way([*apart, sum(counts[0])])
    other = tuple(replace(cell, key=("list", cell.key)) for cell in listed.cells)
    sums = [Relation(("list", each.total), tuple(("list", part) for part in each.parts)) for each in listed.relations]
    same = Relation((0, COLUMNS), (("list", len(apart)),))
    system = System((*table.cells, *other), (*table.relations, *sums, same))
    small = [cell.key for cell in system.cells if cell.sensitive]
    for knowledge, known in ((Knowledge.PRINT, ()), (Knowledge.SMALL, small)):
        found = plainly(system, knowledge)
        for key, (least, most) in highs(system, [cell.key for cell in system.cells if cell.count], known).items():
            low, high = found[key]
            assert (-inf if low is None else low) <= least + SLACK, key
            assert (inf if high is None else high) >= most - SLACK, key
