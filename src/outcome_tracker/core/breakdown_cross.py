"""A breakdown by two dimensions as a table of rows and columns, with the totals that are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcome_tracker.core.breakdown import TOTAL
from outcome_tracker.core.breakdown_amount import Amount, sum_of
from outcome_tracker.core.breakdown_sums import over
from outcome_tracker.core.number import total

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

Categories = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cross:
    """Counts by row and column; the empty category is the total. `rows` and `columns` are the larger first."""

    cells: Mapping[Categories, Amount]
    rows: tuple[str, ...]
    columns: tuple[str, ...]

    @property
    def row_totals(self) -> bool:
        """Whether any row has its total."""
        return any((row, TOTAL) in self.cells for row in self.rows)

    @property
    def column_totals(self) -> bool:
        """Whether any column has its total, or the whole table."""
        return any((TOTAL, column) in self.cells for column in (*self.columns, TOTAL))


def cross_of(amounts: Mapping[Categories, Amount], *, adds_up: bool) -> Cross:
    """Return the table of two dimensions.

    A total that is not given is added up where `adds_up`, and where every part of it is there: what nobody has said
    is not nothing.
    """
    inside = {categories: amount for categories, amount in amounts.items() if TOTAL not in categories}
    names = [list(dict.fromkeys(categories[place] for categories in inside)) for place in range(2)]
    cells = dict(amounts)
    if adds_up:
        for place, its in enumerate(names):
            for name in its:
                parts = [amount for categories, amount in inside.items() if categories[place] == name]
                _complete(cells, over((name, name), 1 - place), parts, len(names[1 - place]))
        _complete(cells, (TOTAL, TOTAL), list(inside.values()), len(names[0]) * len(names[1]))
    rows, columns = (
        tuple(sorted(its, key=lambda name, place=place: _size(name, place, cells)))  # type: ignore[misc]  # a default binds the loop's variable
        for place, its in enumerate(names)
    )
    return Cross(cells, rows, columns)


def _complete(cells: dict[Categories, Amount], categories: Categories, parts: list[Amount], wanted: int) -> None:
    if categories not in cells and len(parts) == wanted and (summed := sum_of(parts)).count is not None:
        cells[categories] = summed


def _size(name: str, place: int, cells: Mapping[Categories, Amount]) -> tuple[Decimal, str]:
    """Order by the total, else by what is known of the parts; the larger first, and what is equal by name."""
    whole = cells.get(over((name, name), 1 - place))
    count = whole.count if whole is not None else None
    if count is None:
        parts = (a.count for c, a in cells.items() if c[place] == name and TOTAL not in c)
        count = total(part for part in parts if part is not None)
    return count.copy_negate(), name.casefold()
