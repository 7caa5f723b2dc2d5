from decimal import Decimal

from outcome_tracker.core.count_system import Cell, Ratio, Relation, System
from tests.core.counts import one_way


def test_systems_fall_apart_into_what_hangs_together() -> None:
    system = System(
        tuple(Cell(key, 9) for key in "abcdef"),
        (Relation("a", ("b", "c")),),
        (Ratio(Decimal(100), ("d",), ("e",)),),
    )
    assert [[cell.key for cell in part.cells] for part in system.components()] == [["a", "b", "c"], ["d", "e"], ["f"]]
    assert [(len(p.relations), len(p.ratios)) for p in system.components()] == [(1, 0), (0, 1), (0, 0)]


def test_everybody_knows_zeros_what_stays_in_print_and_what_follows_from_them() -> None:
    table = one_way([3, 40, 0], total=43)
    assert table.constant() == {2, "total"}
    assert one_way([30, 0, 0], total=30).constant() == {0, 1, 2, "total"}
    assert one_way([30, 0, 0], total=30).constant({0}) == {1, 2, "total"}
    assert one_way([3, 0, 0], total=3).constant() == {1, 2}, "a fixed total that is small is no number in print"


def test_constant_cells_are_in_each_part_that_they_matter_to_and_tie_none() -> None:
    system = System(
        tuple(Cell(key, 9) for key in "abct"), (Relation("t", ("a",)), Relation("t", ("b",)), Relation("t", ("c",)))
    )
    parts = system.components({"t"})
    assert [[(cell.key, cell.fixed) for cell in part.cells] for part in parts] == [
        [(key, False), ("t", True)] for key in "abc"
    ]
