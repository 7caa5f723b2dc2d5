"""What is published of counts and hangs together: cells, sums that add up, percentages printed whatever is hidden.

A system is all of it; what has nothing to do with one another is in parts of its own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Cell:
    """A count. `below` is the number from which it may be shown, 0 or 1 where it may be shown whatever it is.

    A count of None is unknown here too, hidden by the source: from 1 to below `below`, or of any size where that is 0.
    `rank` says how much would be lost with it: 0 inner cells, then subtotals, then grand totals; a `fixed` one is
    never hidden for the sake of another. One that is not `printed` is known through the relations only, as what a
    quarter added to the year to date. `worth` says what would be lost among those of its rank, if not its size does.
    """

    key: Hashable
    count: int | None
    below: int = 0
    rank: int = 0
    printed: bool = True
    fixed: bool = False
    worth: int | None = None

    @property
    def sensitive(self) -> bool:
        """Whether it is a small number: 1 or more and below the number from which it may be shown."""
        return self.below > 1 and (self.count is None or 1 <= self.count < self.below)


@dataclass(frozen=True, slots=True)
class Relation:
    """A total and its parts. Where the true counts do not add up, their difference counts as known."""

    total: Hashable
    parts: tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class Ratio:
    """A number printed whatever is hidden: the sum of `parts` ÷ (the sum of `of` + `known`) × `times`, rounded half up.

    A `change` is of `parts` on the earlier `of`. A percentage that is hidden with its parts tells nothing and is none.
    """

    printed: Decimal
    parts: tuple[Hashable, ...]
    of: tuple[Hashable, ...] = ()
    known: int = 0
    times: int = 100
    change: bool = False

    def top(self) -> Counter[Hashable]:
        """Return how often each cell counts in what is divided."""
        counted = Counter(self.parts)
        if self.change:
            counted.subtract(self.of)
        return counted


@dataclass(frozen=True, slots=True)
class System:
    """Cells, each once, and what is printed of them together."""

    cells: tuple[Cell, ...]
    relations: tuple[Relation, ...] = ()
    ratios: tuple[Ratio, ...] = ()

    def constant(self, hidden: Collection[Hashable] = ()) -> frozenset[Hashable]:
        """Return the cells that everybody knows: zeros, those that stay in print, and what follows from them.

        Cells that are small, unknown or `hidden` anyway are none of them.
        """
        free = {c.key: c for c in self.cells if c.count is None or c.sensitive or c.key in hidden}
        unsure = {c.key for c in self.cells if not c.fixed and not (c.printed and c.count == 0)} | free.keys()
        sums = [{relation.total, *relation.parts} & unsure for relation in self.relations]
        while found := {key for keys in sums if len(keys) == 1 for key in keys} - free.keys():
            unsure -= found
            sums = [keys - found for keys in sums]
        return frozenset(cell.key for cell in self.cells if cell.key not in unsure)

    def components(self, constant: Collection[Hashable] = ()) -> list[System]:
        """Return the systems that have nothing to do with one another, in the order of their first cells.

        What is `constant` connects nothing, and is in each of them that it matters to, fixed.
        """
        cells = {cell.key: cell for cell in self.cells}
        sums = [(each, (each.total, *each.parts)) for each in self.relations]
        shares = [(each, (*each.parts, *each.of)) for each in self.ratios]
        every = [keys for _, keys in (*sums, *shares)]
        lead = _leaders([key for key in cells if key not in constant], every)
        groups: dict[int, tuple[dict[Hashable, Cell], list[Relation], list[Ratio]]] = {}
        for key, leader in lead.items():
            groups.setdefault(leader, ({}, [], []))[0][key] = cells[key]

        def group(keys: tuple[Hashable, ...]) -> tuple[dict[Hashable, Cell], list[Relation], list[Ratio]]:
            found = next((groups[lead[key]] for key in keys if key in lead), ({}, [], []))
            found[0].update((key, replace(cells[key], fixed=True)) for key in keys if key in constant)
            return found

        for relation, keys in sums:
            group(keys)[1].append(relation)
        for ratio, keys in shares:
            group(keys)[2].append(ratio)
        return [System(tuple(own.values()), tuple(sums), tuple(ratios)) for own, sums, ratios in groups.values()]


def _leaders(keys: Iterable[Hashable], together: Iterable[Iterable[Hashable]]) -> dict[Hashable, int]:
    """Return for each key a number that all have in common that it hangs together with."""
    places = {key: place for place, key in enumerate(keys)}
    leader = list(range(len(places)))

    def lead(place: int) -> int:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    for each in together:
        own = [places[key] for key in each if key in places]
        for place in own[1:]:
            leader[lead(place)] = lead(own[0])
    return {key: lead(place) for key, place in places.items()}
