"""What can be worked out of hidden counts: from totals, subtotals and percentages that stay in print.

A system is everything that is published and that hangs together: cells, sums that add up, percentages printed
whatever is hidden. The attacker knows all of it, and that what is hidden is at least 1, since zero is shown.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from math import gcd
from typing import TYPE_CHECKING

from outcome_tracker.core.linear import Polytope
from outcome_tracker.core.number import half_up

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Mapping
    from decimal import Decimal

    from outcome_tracker.core.linear import Bounds

_ROUNDS = 8  # passes over all sums, each of which can narrow what the next one uses
_STEPS = 64  # whole numbers tried beyond where fractions already say that a count cannot be


class Contradiction(ValueError):
    """No counts at all keep to what is printed: a sum or a percentage in print is wrong."""


class Knowledge(StrEnum):
    """What an attacker knows beside what is printed: nothing, which cells are small, or that all others are not."""

    PRINT = "what is printed"
    SMALL = "which of the hidden are small"
    BOTH = "which of the hidden are small and that the others are not"


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


@dataclass(frozen=True, slots=True)
class Range:
    """What a hidden count can be: from `low` to `high`, which is None where nothing bounds it."""

    low: int
    high: int | None

    def __str__(self) -> str:
        if self.high is None:
            return f"{self.low} or more"
        if self.low == self.high:
            return f"{self.low}"
        return f"{self.low} or {self.high}" if self.low + 1 == self.high else f"{self.low} to {self.high}"


def limits(cell: Cell, knowledge: Knowledge) -> Bounds:
    """Return the bounds that an attacker knows of a hidden cell without looking at any other."""
    if cell.sensitive and (knowledge is not Knowledge.PRINT or cell.count is None):
        return 1, cell.below - 1
    low = int(cell.printed)
    if cell.printed and knowledge is Knowledge.BOTH:
        low = max(low, cell.below)
    return (low if cell.count is None else min(low, cell.count)), None


class Model:
    """The numbers that a system leaves open, as a polytope: `places` of each cell, with the sign of each.

    `split` cells are two numbers, what is added to the true count and what is taken away, so that each can cost.
    """

    def __init__(
        self, system: System, bounds: Mapping[Hashable, Bounds], split: Mapping[Hashable, Bounds] | None = None
    ) -> None:
        self._counts = {cell.key: cell.count for cell in system.cells}
        self.places: dict[Hashable, tuple[tuple[int, int], ...]] = {}
        self._start: list[int] = []
        self._bounds: list[Bounds] = []
        self._equations: list[dict[int, int]] = []
        self._gaps: list[int] = []  # by how much each equation is not kept yet, where counts are unknown
        for key, (low, high) in bounds.items():
            self.places[key] = ((self._number(self._guess(key), low, high), 1),)
        for key, (low, high) in (split or {}).items():
            count = self._guess(key)
            up = self._number(0, 0, None if high is None else high - count)
            self.places[key] = ((up, 1), (self._number(0, 0, None if low is None else count - low), -1))
        for relation in system.relations:
            factors = Counter(relation.parts)
            factors.subtract((relation.total,))
            self._sum(factors)
        for ratio in system.ratios:
            self._ratio(ratio)
        self.polytope = self._solved()

    def aims(self, key: Hashable, count: int) -> list[tuple[int, int]]:
        """Return which numbers must be what, one after the other, for a cell to be `count`."""
        if len(self.places[key]) == 1:
            return [(self.places[key][0][0], count)]
        (up, _), (down, _) = self.places[key]
        more = count - self._guess(key)
        return [(down, 0), (up, more)] if more >= 0 else [(up, 0), (down, -more)]

    def _solved(self) -> Polytope:
        """Return the polytope at a point that keeps all equations; where no counts are unknown, that of the counts."""
        if not any(self._gaps):
            return Polytope(self._start, self._bounds, self._equations)
        amiss = self._number(1, 0, 1)
        for equation, gap in zip(self._equations, self._gaps, strict=True):
            if gap:
                equation[amiss] = gap
        found = Polytope(self._start, self._bounds, self._equations)
        if not found.reach(amiss, 0):
            raise Contradiction
        found.bounds[amiss] = (0, 0)
        if not found.settle():
            raise Contradiction
        return found

    def _guess(self, key: Hashable) -> int:
        count = self._counts[key]
        return 1 if count is None else count

    def _number(self, start: int, low: int | None, high: int | None) -> int:
        self._start.append(start)
        self._bounds.append((low, high))
        return len(self._start) - 1

    def _sum(self, factors: Mapping[Hashable, int]) -> None:
        """Take a relation: the sum of the factors × counts is zero, or what the true counts make of it."""
        known = all(self._counts[key] is not None for key in factors)
        amount = sum(factor * self._guess(key) for key, factor in factors.items())
        if equation := self._open(factors):
            self._equations.append(equation)
            self._gaps.append(0 if known else -amount)

    def _open(self, factors: Mapping[Hashable, int]) -> dict[int, int]:
        """Return the part of a sum that is not printed."""
        found: Counter[int] = Counter()
        for key, factor in factors.items():
            for place, sign in self.places.get(key, ()):
                found[place] += sign * factor
        return {place: factor for place, factor in found.items() if factor}

    def _ratio(self, ratio: Ratio) -> None:
        """Take a printed ratio: within half a unit of its last place, the half itself rounded away from zero."""
        top, bottom = ratio.top(), Counter(ratio.of)
        above = sum(factor * self._guess(key) for key, factor in top.items()) - (ratio.known if ratio.change else 0)
        below = sum(factor * self._guess(key) for key, factor in bottom.items()) + ratio.known
        printed = ratio.printed
        decimals = max(0, -int(printed.as_tuple().exponent))
        if below > 0 and all(self._counts[key] is not None for key in (*top, *bottom)):
            printed = half_up(Fraction(above * ratio.times, below), decimals)  # what is printed may be wrong
        scale = 2 * 10**decimals
        middle, times = int(printed * scale), scale * ratio.times
        past_low, past_high = int(middle <= 0), int(middle >= 0)  # where the half itself would round elsewhere
        if not self._open(bottom):
            least = -(-((middle - 1) * below + past_low) // times)
            self._bound(top, above, least, ((middle + 1) * below - past_high) // times)
            return
        for sign, edge, strict in ((1, middle - 1, past_low), (-1, middle + 1, past_high)):
            common = gcd(times, edge)
            factors = Counter({key: sign * times // common * factor for key, factor in top.items()})
            factors.subtract({key: sign * edge // common * factor for key, factor in bottom.items()})
            self._bound(factors, sign * (times * above - edge * below) // common, strict, None)

    def _bound(self, factors: Mapping[Hashable, int], amount: int, least: int, most: int | None) -> None:
        """Take a sum that is now `amount` and lies within bounds: its amount becomes a number of its own."""
        if not (equation := self._open(factors)):
            return
        start = max(amount, least) if most is None else min(max(amount, least), most)
        place = self._number(start, least, most)
        self._equations.append({**{other: -factor for other, factor in equation.items()}, place: 1})
        self._gaps.append(amount - start)


def settled(system: System) -> System:
    """Return the system with a possible count in place of each unknown one; raises `Contradiction` if there is none.

    Where the unknown counts cannot all be small, their source must have hidden some for others' sake: of any size.
    """
    unknown = {cell.key: cell for cell in system.cells if cell.count is None}
    if not unknown:
        return system
    try:
        model = Model(system, {key: limits(cell, Knowledge.SMALL) for key, cell in unknown.items()})
    except Contradiction:
        unknown = {key: replace(cell, below=0) for key, cell in unknown.items()}
        model = Model(system, {key: limits(cell, Knowledge.SMALL) for key, cell in unknown.items()})
    for key, cell in unknown.items():
        ((place, _),) = model.places[key]
        unknown[key] = replace(cell, count=int(model.polytope.values[place]))
    return replace(system, cells=tuple(unknown.get(cell.key, cell) for cell in system.cells))


def plainly(system: System, knowledge: Knowledge) -> dict[Hashable, Bounds]:
    """Return how far each cell of a settled system could go if nothing but zeros were printed.

    Who sees that two counts are not zero knows that their total is 2 at least, whatever is hidden.
    """
    found = {c.key: (0, 0) if c.count == 0 and c.printed else limits(c, knowledge) for c in system.cells}
    counts = {cell.key: cell.count or 0 for cell in system.cells}
    sums = [(r.total, r.parts, counts[r.total] - sum(counts[key] for key in r.parts)) for r in system.relations]
    for _ in range(_ROUNDS):
        before = dict(found)
        for total, parts, more in sums:
            low, high = _added(found[key] for key in parts)
            found[total] = _both(found[total], _shifted((low, high), more))
            least, most = _shifted(found[total], -more)
            for key in parts:
                own_low, own_high = found[key]
                rest_low = None if low is None or own_low is None else low - own_low
                rest_high = None if high is None or own_high is None else high - own_high
                down = None if least is None or rest_high is None else least - rest_high
                up = None if most is None or rest_low is None else most - rest_low
                found[key] = _both(found[key], (down, up))
        if found == before:
            break
    return found


def _added(bounds: Iterable[Bounds]) -> Bounds:
    """Return the bounds of a sum."""
    low: int | None = 0
    high: int | None = 0
    for least, most in bounds:
        low = None if low is None or least is None else low + least
        high = None if high is None or most is None else high + most
    return low, high


def _shifted(bounds: Bounds, more: int) -> Bounds:
    low, high = bounds
    return None if low is None else low + more, None if high is None else high + more


def _both(one: Bounds, other: Bounds) -> Bounds:
    """Return what keeps to both bounds."""
    lows = [low for low in (one[0], other[0]) if low is not None]
    highs = [high for high in (one[1], other[1]) if high is not None]
    return max(lows, default=None), min(highs, default=None)


def attack(
    system: System, hidden: Collection[Hashable], knowledge: Knowledge = Knowledge.PRINT
) -> dict[Hashable, Range]:
    """Return what each hidden cell can be, as an attacker works it out. Raises `Contradiction` if nothing can be."""
    found: dict[Hashable, Range] = {}
    for part in system.components():
        open_cells = [cell for cell in part.cells if cell.key in hidden or cell.count is None or not cell.printed]
        model = Model(part, {cell.key: limits(cell, knowledge) for cell in open_cells})
        for cell in open_cells:
            ((place, _),) = model.places[cell.key]
            low = _end(model.polytope, place, up=False)
            found[cell.key] = Range(0 if low is None else low, _end(model.polytope, place, up=True))
    return found


def _end(polytope: Polytope, place: int, *, up: bool) -> int | None:
    """Return the last whole number that a place can be; None where nothing stops it."""
    if polytope.reach(place, None, up=up):
        return None
    sign = 1 if up else -1
    bound = polytope.values[place].__floor__() if up else polytope.values[place].__ceil__()
    for step in range(_STEPS):
        if polytope.attain(place, bound - sign * step):
            return bound - sign * step
    return bound
