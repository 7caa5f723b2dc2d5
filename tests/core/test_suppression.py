from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from outcome_tracker.core.count_system import Cell, Ratio, Relation, System
from outcome_tracker.core.disclosure import Knowledge, attack
from outcome_tracker.core.suppression import Protection, Reason, Refusal, Why, parts_of, protect
from tests.core.counts import COLUMNS, ROWS, SLACK, every_solution, highs, one_way, printed, two_way

if TYPE_CHECKING:
    from collections.abc import Hashable

TEAMS = {
    "Chester": (51, 39, None, None),
    "Ellesmere Port": (49, 20, None, 5),
    "Northwich & Winsford": (30, 16, None, None),
    "Children with Disabilities": (None, 6, None, None),
}
REASONS = ("Emotional Abuse", "Neglect", "Physical", "Sexual")


def figure_12() -> System:
    """Child protection plans by category, June 2021, with paragraph 4.20: 58% and 36% of the 227 children."""
    cells = [
        Cell((team, reason), count, 5)
        for team, counts in TEAMS.items()
        for reason, count in zip(REASONS, counts, strict=True)
    ]
    abuse, neglect = (tuple((team, reason) for team in TEAMS) for reason in REASONS[:2])
    return System(
        (*cells, Cell("all", 227, 5, 2, fixed=True)),
        (Relation("all", tuple(cell.key for cell in cells)),),
        (Ratio(Decimal(58), abuse, ("all",)), Ratio(Decimal(36), neglect, ("all",))),
    )


def test_the_published_figure_12_leaks() -> None:
    found = {key: str(possible) for key, possible in attack(figure_12(), ()).items()}
    assert found.pop(("Children with Disabilities", "Emotional Abuse")) == "1 or 2"
    assert set(found.values()) == {"1 to 4"}
    assert len(found) == 7


def test_figure_12_as_we_publish_it_does_not_leak() -> None:
    system = figure_12()
    found = protect(system)
    assert not found.refused
    unknown = {cell.key for cell in system.cells if cell.count is None}
    assert {key for key, why in found.hidden.items() if why is Why.SMALL} == unknown
    assert [key for key, why in found.hidden.items() if why is Why.OTHERS] == [
        ("Northwich & Winsford", "Emotional Abuse")
    ]
    possible = attack(system, found.hidden)
    assert {str(possible[key]) for key in unknown} == {"1 to 4"}
    assert str(possible["Northwich & Winsford", "Emotional Abuse"]) == "27 to 31"


def holds(system: System, found: Protection) -> None:
    """Let HiGHS try to narrow what is hidden, knowing which cells are small and not knowing it."""
    hidden = set(found.hidden)
    refused = {key for refusal in found.refused for key in refusal.cells}
    cells = {cell.key: cell for cell in system.cells}
    small = {cell.key for cell in system.cells if cell.sensitive}
    assert small <= hidden | refused | {c.key for c in system.cells if not c.printed}
    assert not any(cells[key].fixed or not cells[key].count for key in hidden - small)
    kept = [part for part in system.components() if not any(cell.key in refused for cell in part.cells)]
    for part in kept:
        here = [cell.key for cell in part.cells if cell.key in hidden]
        for known in ((), small):
            # What no number gives away: that nothing hidden is zero, and how the cells hang together.
            pattern = highs(replace(part, ratios=()), [cell.key for cell in part.cells if cell.count], known)
            for key, (low, high) in highs(part, here, known).items():
                cell = cells[key]
                if cell.sensitive:
                    assert low <= max(1, pattern[key][0]) + SLACK, (key, low, high)
                    assert high >= min(cell.below - 1, pattern[key][1]) - SLACK, (key, low, high)
                elif cell.printed and (cell.count is None or not known):
                    # What is hidden for others' sake must not be certain, else it would be hidden for nothing.
                    width = max(c.below for c in part.cells) - 2 if cell.count is None else 1
                    assert high - low >= width - SLACK, (key, low, high)


# Each asks HiGHS for every end of every interval; `make robustness` tries more.
FEWER = settings(max_examples=settings().max_examples // 20)
COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 60))


@FEWER
@given(st.lists(COUNTS, min_size=1, max_size=8), st.booleans(), st.integers(2, 10))
def test_a_list_with_its_total_tells_nothing(counts: list[int], fixed: bool, below: int) -> None:
    system = one_way(counts, sum(counts) if fixed else None, below)
    found = protect(system)
    holds(system, found)
    if found.refused:
        assert fixed, "a total that may go protects any list"


@st.composite
def tables(draw: st.DrawFn, most: int = 5) -> list[list[int]]:
    columns = draw(st.integers(1, most))
    return draw(st.lists(st.lists(COUNTS, min_size=columns, max_size=columns), min_size=1, max_size=most))


@FEWER
@given(tables(), st.booleans())
def test_a_table_with_totals_tells_nothing(counts: list[list[int]], fixed: bool) -> None:
    system = two_way(counts, fixed=fixed)
    holds(system, protect(system))


@FEWER
@given(tables(4), st.data())
def test_percentages_in_sentences_tell_nothing(counts: list[list[int]], data: st.DataObject) -> None:
    system = two_way(counts)
    if not (system.cells[-1].count):
        return
    ratios = []
    for _ in range(data.draw(st.integers(1, 3))):
        keys = data.draw(st.lists(st.sampled_from([c.key for c in system.cells[:-1]]), min_size=1, unique=True))
        ratios.append(printed(system, keys, [(ROWS, COLUMNS)], data.draw(st.integers(0, 2))))
    system = replace(system, ratios=tuple(ratios))
    holds(system, protect(system))


@FEWER
@given(st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=6), st.integers(0, 1), st.booleans())
def test_the_change_between_two_years_tells_nothing(
    years: list[tuple[int, int]], decimals: int, each_row: bool
) -> None:
    cells = [Cell((i, year), counts[year], 5) for i, counts in enumerate(years) for year in (0, 1)]
    cells += [Cell(("total", year), sum(counts[year] for counts in years), 5, 2) for year in (0, 1)]
    relations = [Relation(("total", year), tuple((i, year) for i in range(len(years)))) for year in (0, 1)]
    system = System(tuple(cells), tuple(relations))
    counts = {cell.key: cell.count for cell in cells}
    rows: list[Hashable] = ["total", *(range(len(years)) if each_row else ())]
    ratios = [printed(system, [(r, 1)], [(r, 0)], decimals, change=True) for r in rows if counts[r, 0]]
    system = replace(system, ratios=tuple(ratios))
    holds(system, protect(system))


@FEWER
@given(st.lists(st.lists(COUNTS, min_size=1, max_size=4), min_size=1, max_size=4), tables(3), st.booleans())
def test_subtotals_and_tables_that_share_a_total_tell_nothing(
    regions: list[list[int]], other: list[list[int]], named: bool
) -> None:
    cells = [Cell((i, j), count, 5) for i, region in enumerate(regions) for j, count in enumerate(region)]
    cells += [Cell(i, sum(region), 5, 1) for i, region in enumerate(regions)]
    cells.append(Cell("all", sum(map(sum, regions)), 5, 3))
    relations = [Relation(i, tuple((i, j) for j in range(len(region)))) for i, region in enumerate(regions)]
    relations.append(Relation("all", tuple(range(len(regions)))))
    # The same teams in a second table: its first row is the first region's total, printed in both.
    second = two_way([[sum(regions[0]), *other[0][1:]], *other[1:]])
    shared: dict[Hashable, Hashable] = {(0, 0): 0} if named else {}
    cells += [replace(c, key=("second", c.key)) for c in second.cells if c.key not in shared]
    relations += [
        Relation(("second", r.total), tuple(shared.get(part, ("second", part)) for part in r.parts))
        for r in second.relations
    ]
    system = System(tuple(cells), tuple(relations))
    holds(system, protect(system))


@FEWER
@given(st.lists(st.lists(COUNTS, min_size=1, max_size=3), min_size=1, max_size=4), st.booleans(), st.booleans())
def test_a_list_of_the_totals_that_a_table_has_no_room_for_tells_nothing(
    teams: list[list[int]], subtotals: bool, with_total: bool
) -> None:
    """By team, and by team and category: what the cells of a team come to is in print in the other table."""
    cells = [Cell((i, j), count, 5) for i, team in enumerate(teams) for j, count in enumerate(team)]
    relations = []
    for i, team in enumerate(teams):
        cells.append(Cell(("list", i), sum(team), 5))
        cells.append(Cell((i, COLUMNS), sum(team), 5 if subtotals else 0, 1, printed=subtotals))
        relations.append(Relation((i, COLUMNS), tuple((i, j) for j in range(len(team)))))
        relations.append(Relation((i, COLUMNS), (("list", i),)))
    if with_total:
        cells.append(Cell("all", sum(map(sum, teams)), 5, 2))
        relations.append(Relation("all", tuple(("list", i) for i in range(len(teams)))))
    system = System(tuple(cells), tuple(relations))
    found = protect(system)
    assert not found.refused, "a total that may go protects all of it"
    holds(system, found)


@FEWER
@given(st.lists(st.integers(0, 7), min_size=2, max_size=4), st.integers(2, 4), st.booleans())
def test_no_value_of_a_small_number_can_be_ruled_out_by_trying_them_all(
    counts: list[int], below: int, with_share: bool
) -> None:
    assume(sum(counts) >= below)
    system = one_way(counts, sum(counts), below)
    if with_share:
        system = replace(system, ratios=(printed(system, [0, 1], ["total"], 0),))
    found = protect(system)
    hidden = [key for key in found.hidden if key != "total"]
    met: dict[Hashable, set[int]] = {key: set() for key in hidden}
    for point in every_solution(system, hidden, sum(counts)):
        for key, count in point.items():
            met[key].add(count)
    for cell in system.cells:
        if cell.key in met and cell.sensitive:
            assert met[cell.key] >= set(range(1, below)), cell.key


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    assert protect(two_way([[0, 5, 6], [7, 0, 9]])) == Protection({})


def test_a_total_that_must_stand_gives_a_refusal() -> None:
    found = protect(one_way([3, 4, 0], total=7))
    assert found == Protection({}, (Refusal(frozenset({0, 1, 2, "total"}), Reason.WORKED_OUT, 0),))
    assert found.refused[0].reason == "a small number could be worked out whatever else is hidden"


def test_suppressed_counts_that_cannot_add_up_give_a_refusal() -> None:
    found = protect(one_way([None, 40, 12], total=52))
    assert [(r.reason, r.cell) for r in found.refused] == [(Reason.CONTRADICTION, None)]


def test_suppressed_counts_too_large_to_be_small_hide_as_much_as_their_source_hid() -> None:
    """The source hid a second count for the sake of the first: 30 is left for the two."""
    assert protect(one_way([None, None, 12], total=42)) == Protection({0: Why.SMALL, 1: Why.SMALL})


def test_a_small_number_alone_needs_no_other() -> None:
    assert protect(System((Cell("a", 3, 5), Cell("b", 90, 5)))) == Protection({"a": Why.SMALL})


def test_counts_that_may_be_shown_are_not_hidden_for_being_small() -> None:
    assert protect(one_way([3, 40, 12], below=0)) == Protection({})


def test_systems_that_hang_together_in_no_way_are_protected_apart() -> None:
    bad, good = one_way([3, 4, 0], total=7), one_way([2, 9, 30])
    renamed = System(
        tuple(replace(cell, key=("good", cell.key)) for cell in good.cells),
        tuple(Relation(("good", r.total), tuple(("good", part) for part in r.parts)) for r in good.relations),
    )
    both = System((*bad.cells, *renamed.cells), (*bad.relations, *renamed.relations))
    assert protect(both) == Protection(
        {("good", 0): Why.SMALL, ("good", 1): Why.OTHERS},
        (Refusal(frozenset({0, 1, 2, "total"}), Reason.WORKED_OUT, 0),),
    )


def test_what_a_quarter_added_is_hidden_with_the_year_to_date() -> None:
    """10, then 12, then 40: that 2 were added in the second quarter must not be seen."""
    cells = [Cell("Q1", 10, 5), Cell("Q2", 12, 5), Cell("Q3", 40, 5)]
    added = [Cell("in Q2", 2, 5, printed=False), Cell("in Q3", 28, 5, printed=False)]
    system = System((*cells, *added), (Relation("Q2", ("Q1", "in Q2")), Relation("Q3", ("Q2", "in Q3"))))
    found = protect(system)
    assert found.hidden == {"Q1": Why.OTHERS}
    holds(system, found)


def test_a_total_that_is_not_the_sum_of_its_parts_is_taken_as_it_is() -> None:
    """A source's total of 50 beside parts of 49: who knows the difference would still learn nothing."""
    system = one_way([3, 40, 6], total=50)
    found = protect(system)
    assert found == Protection({0: Why.SMALL, 2: Why.OTHERS})


def test_the_same_table_is_protected_alike_every_time() -> None:
    system = two_way([[3, 7, 7], [7, 7, 7], [7, 7, 2]])
    assert len({tuple(protect(system).hidden.items()) for _ in range(3)}) == 1


@pytest.mark.parametrize("knowledge", Knowledge)
def test_our_own_attacker_finds_nothing_either(knowledge: Knowledge) -> None:
    system = two_way([[3, 17, 8, 30], [12, 2, 41, 9], [0, 6, 1, 77]])
    found = protect(system)
    assert not any(ROWS in key or COLUMNS in key for key in found.hidden)  # type: ignore[operator] # keys are pairs
    possible = attack(system, found.hidden, knowledge)
    for key in [(0, 0), (1, 1), (2, 2)]:
        assert possible[key].low == 1
        high = possible[key].high
        assert high is not None
        assert high >= 4


def test_a_cell_that_can_be_few_numbers_far_apart_still_covers_another() -> None:
    """95.5% of the total leaves 21, 42, 63 or 84 beside the small number: no count just off 42."""
    system = replace(one_way([42, 2]), ratios=(Ratio(Decimal("95.5"), (0,), ("total",)),))
    found = protect(system)
    assert found.hidden == {0: Why.OTHERS, 1: Why.SMALL, "total": Why.OTHERS}
    holds(system, found)


def small_row(row: list[int]) -> System:
    return two_way([row, [10, 12, 14, 30][: len(row)], [20, 22, 24, 20][: len(row)]])


def test_a_row_of_ones_is_not_worked_out_from_the_columns() -> None:
    """Its total of 4 says that all are 1 to who knows that it is small; nobody is to learn that from print."""
    system = small_row([1, 1, 1, 1])
    found = protect(system)
    assert not found.refused
    holds(system, found)
    possible = attack(system, found.hidden)
    assert {str(possible[0, column])[:4] for column in range(4)} <= {"1 to", "1 or"}
    assert all((possible[0, column].high or 99) >= 4 for column in range(4))
    total = possible[0, COLUMNS]
    assert total.low == 4
    assert total.high is None or total.high >= 7


def test_a_row_of_small_numbers_does_not_blank_the_whole_table() -> None:
    system = small_row([1, 1, 2])
    found = protect(system)
    shown = [key for key in ((i, j) for i in range(3) for j in range(3)) if key not in found.hidden]
    assert len(shown) == 3
    assert not found.refused
    assert not any(ROWS in key for key in found.hidden)  # type: ignore[operator] # keys are pairs
    holds(system, found)


@pytest.mark.parametrize("hidden", [1, 2, 3, 4, 8])
def test_a_count_that_its_source_hid_without_a_note_is_protected_however_small(hidden: int) -> None:
    system = System(
        (Cell("A", 30, 5), Cell("B", None), Cell("C", 40, 5), Cell("total", 70 + hidden, 5, 2)),
        (Relation("total", ("A", "B", "C")),),
    )
    found = protect(system)
    assert found.hidden == {"A": Why.OTHERS, "B": Why.SMALL}
    possible = attack(system, found.hidden)["B"]
    assert possible.high is not None
    assert possible.high - possible.low >= 3


@FEWER
@given(tables(4), st.data(), st.booleans())
def test_counts_that_their_source_hid_stay_as_uncertain(
    counts: list[list[int]], data: st.DataObject, told: bool
) -> None:
    system = two_way(counts)
    inner = [cell for cell in system.cells[:-1] if cell.count and not {ROWS, COLUMNS} & {*cell.key}]  # type: ignore[misc]
    if not inner:
        return
    gone = {cell.key for cell in data.draw(st.lists(st.sampled_from(inner), unique=True, max_size=4))}
    cells = tuple(
        replace(c, count=None, below=5 if told and c.sensitive else 0) if c.key in gone else c for c in system.cells
    )
    unknown = replace(system, cells=cells)
    found = protect(unknown)
    refused = {key for refusal in found.refused for key in refusal.cells}
    if gone & refused:
        return
    possible = attack(unknown, found.hidden)
    alone = attack(unknown, {cell.key for cell in cells if cell.count}) if gone else {}
    for key in gone:
        if (high := possible[key].high) is not None:
            most = alone[key].high
            assert high - possible[key].low >= min(3, 3 if most is None else most - alone[key].low)


def test_what_stays_in_print_ties_no_tables_together() -> None:
    """Twelve months that are shown are the total of two tables; what is hidden of one is no matter to the other."""
    months = [Cell(month, 30, 5, fixed=True) for month in range(12)]
    cells = [Cell((table, row), count, 5) for table in "ab" for row, count in enumerate([3, 157, 200])]
    wholes = [Cell((table, "all"), 360, printed=False) for table in "ab"]
    relations = [Relation((table, "all"), tuple(range(12))) for table in "ab"]
    relations += [Relation((table, "all"), tuple((table, row) for row in range(3))) for table in "ab"]
    system = System((*months, *cells, *wholes), tuple(relations))
    assert [[c.key for c in part.cells if not c.fixed] for part in parts_of(system)] == [
        [(table, row) for row in range(3)] for table in "ab"
    ]
    found = protect(system)
    assert set(found.hidden) == {(table, row) for table in "ab" for row in (0, 1)}
    holds(system, found)


def test_a_count_that_its_source_hid_in_a_small_row_is_not_the_rest_of_its_column() -> None:
    """With a total of 4 it can't be more than 3 whatever is printed; but neither must it be 46 less 45."""
    system = two_way([[1, 3], [6, 9], [40, 40]])
    gone = (0, 0)
    system = replace(system, cells=tuple(Cell(c.key, None) if c.key == gone else c for c in system.cells))
    found = protect(system)
    assert not found.refused
    possible = attack(system, found.hidden)[gone]
    assert possible.high is None or possible.high - possible.low >= 3
