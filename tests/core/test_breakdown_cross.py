"""Two dimensions as rows and columns, with the totals that are known."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.breakdown_amount import Amount
from outcome_tracker.core.breakdown_cross import Cross, cross_of
from outcome_tracker.core.figure import Status

HIDDEN = Amount(status=Status.SUPPRESSED)


def amounts(**given: int | None) -> dict[tuple[str, ...], Amount]:
    """Return cells by `row__column`; None is suppressed."""
    return {
        tuple(name.split("__")): HIDDEN if count is None else Amount(Decimal(count)) for name, count in given.items()
    }


def counts(found: Cross) -> list[list[int | None]]:
    def count(cell: Amount | None) -> int | None:
        return None if cell is None or cell.count is None else int(cell.count)

    return [[count(found.cells.get((row, column))) for column in (*found.columns, "")] for row in (*found.rows, "")]


def test_rows_and_columns_stand_by_size_and_totals_are_added_up() -> None:
    found = cross_of(amounts(b__x=1, b__y=2, a__x=10, a__y=20), adds_up=True)
    assert (found.rows, found.columns) == (("a", "b"), ("y", "x"))
    assert counts(found) == [[20, 10, 30], [2, 1, 3], [22, 11, 33]]
    assert found.row_totals
    assert found.column_totals


def test_no_total_is_made_of_what_is_hidden_or_not_there() -> None:
    found = cross_of(amounts(a__x=51, a__y=None, b__x=49), adds_up=True)
    assert counts(found) == [[51, None, None], [49, None, None], [100, None, None]]
    assert not found.row_totals
    assert found.column_totals


def test_a_given_total_stands_before_the_sum() -> None:
    found = cross_of(amounts(a__x=51, a__y=None, a__=58, __=227, __x=132), adds_up=True)
    assert counts(found) == [[51, None, 58], [132, None, 227]]


def test_where_cases_count_several_times_nothing_is_added_up() -> None:
    found = cross_of(amounts(a__x=1, a__y=2), adds_up=False)
    assert counts(found) == [[2, 1, None], [None, None, None]]
    assert not found.row_totals
    assert not found.column_totals


@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(st.integers(0, 99), min_size=width, max_size=width), min_size=1, max_size=4)
    )
)
def test_row_totals_and_column_totals_make_the_same_whole(table: list[list[int]]) -> None:
    cells: dict[tuple[str, ...], Amount] = {
        (f"r{r}", f"c{c}"): Amount(Decimal(n)) for r, row in enumerate(table) for c, n in enumerate(row)
    }
    made = counts(cross_of(cells, adds_up=True))
    assert sum(row[-1] or 0 for row in made[:-1]) == sum(n or 0 for n in made[-1][:-1]) == made[-1][-1]
