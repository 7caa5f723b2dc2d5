"""What can be worked out of hidden counts: from totals, subtotals and percentages that stay in print.

The attacker knows everything that is published, and that what is hidden is at least 1, since zero is shown.
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

    from outcome_tracker.core.count_system import Cell, Ratio, System
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
            own = [found[key] for key in parts]
            lows, highs = _Ends.of(low for low, _ in own), _Ends.of(high for _, high in own)
            found[total] = _both(found[total], _shifted((lows.added(), highs.added()), more))
            least, most = _shifted(found[total], -more)
            for key, (low, high) in zip(parts, own, strict=True):
                rest_low, rest_high = lows.without(low), highs.without(high)
                down = None if least is None or rest_high is None else least - rest_high
                up = None if most is None or rest_low is None else most - rest_low
                found[key] = _both(found[key], (down, up))
        if found == before:
            break
    return found


@dataclass(frozen=True, slots=True)
class _Ends:
    """The lows or the highs of several bounds together: the sum of those that there are, and how many have no end."""

    known: int
    endless: int

    @staticmethod
    def of(ends: Iterable[int | None]) -> _Ends:
        every = list(ends)
        return _Ends(sum(end for end in every if end is not None), every.count(None))

    def added(self) -> int | None:
        """Return their sum; None where one has no end."""
        return None if self.endless else self.known

    def without(self, end: int | None) -> int | None:
        """Return the sum of all others than one of them."""
        if end is None:
            return self.known if self.endless == 1 else None
        return None if self.endless else self.known - end


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
