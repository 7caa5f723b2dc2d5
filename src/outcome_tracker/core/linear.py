"""Numbers that keep to linear equations and to bounds, exactly: how far one of them can go, and in whole steps.

A simplex method that starts from numbers which keep the equations already and moves one number at a time. Integers
and fractions only, so that an answer is never a rounding error.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Number = int | Fraction
Bounds = tuple[int | None, int | None]

_PATIENCE = 30  # moves that lead nowhere, after which the order is one that cannot go round in circles
_WATCHED = 64  # the values that are noted one by one lie within so many of the start
_TRIES = 50  # divisions into two cases, in looking for whole numbers


class Polytope:
    """A point that keeps the equations, and moves from it to others that do.

    `lowest`, `highest` and `met` are what each number has been at points where every number was whole: proof that
    it can be that. A basic number is given by the others: basic + Σ coefficient × other is constant.
    """

    def __init__(self, start: Sequence[int], bounds: Sequence[Bounds], equations: Iterable[Mapping[int, int]]) -> None:
        self.values: list[Number] = list(start)
        self.bounds = list(bounds)
        self.lowest = list(start)
        self.highest = list(start)
        self.met = [{value} for value in start]
        self._start = list(start)
        self._rows: dict[int, dict[int, Number]] = {}
        self._columns: list[set[int]] = [set() for _ in start]
        self._broken: set[int] = set()  # the numbers that are not whole now
        for equation in equations:
            self._keep(equation)

    def define(self, parts: Mapping[int, int]) -> int:
        """Add a number without bounds that is a sum of others, and return its place."""
        place = len(self.values)
        value = sum((factor * self.values[part] for part, factor in parts.items()), start=0)
        self.values.append(value)
        self.bounds.append((None, None))
        self.lowest.append(int(value))
        self.highest.append(int(value))
        self.met.append(set())
        self._start.append(int(value))
        self._columns.append(set())
        if Fraction(value).denominator != 1:
            self._broken.add(place)
        self._insert(place, self._reduced({part: -factor for part, factor in parts.items()}))
        return place

    def forget(self, place: int) -> None:
        """Remove a number that `define` added last and that has no bounds."""
        for part in self._rows.pop(place):
            self._columns[part].discard(place)
        self._broken.discard(place)
        for column in (self.values, self.bounds, self.lowest, self.highest, self.met, self._start, self._columns):
            column.pop()

    def reach(self, place: int, goal: int | None, *, up: bool = True) -> bool:
        """Move one number to `goal`, or as near as it can go; tell whether it got there.

        Without a goal it goes as far as possible, `up` or down; True then means that nothing ever stops it.
        """
        if goal is not None:
            up = goal > self.values[place]
        sign = 1 if up else -1
        idle = 0
        while goal is None or self.values[place] != goal:
            found = self._entering(place, sign, cautious=idle > _PATIENCE)
            if found is None:
                return False
            entering, way, rate = found
            step, leaving = self._room(entering, way)
            if goal is not None:
                wanted = _whole(Fraction(_size(goal - self.values[place])) / _size(rate))
                if step is None or wanted <= step:
                    step, leaving = wanted, None
            if step is None:
                return True
            self._move(entering, way, step)
            if leaving is not None and leaving != entering:
                self._pivot(leaving, entering)
            idle = 0 if step else idle + 1
        return True

    def attain(self, place: int, goal: int) -> bool:
        """Tell whether a number can be `goal` with every number whole, and move there."""
        return self._attain(place, goal, (goal, goal))

    def attain_beyond(self, place: int, goal: int, *, up: bool) -> bool:
        """Tell whether a number can be `goal` or more (`up`), or less, with every number whole, and move there."""
        low, high = self.bounds[place]
        return self._attain(place, goal, (goal, high) if up else (low, goal))

    def _attain(self, place: int, goal: int, within: Bounds) -> bool:
        low, high = self.bounds[place]
        if (low is not None and goal < low) or (high is not None and goal > high) or not self.reach(place, goal):
            return False
        self.bounds[place] = within
        found = self._divide([_TRIES])
        self.bounds[place] = (low, high)
        return found

    def settle(self) -> bool:
        """Tell whether every number can be whole at once, and move there."""
        return self._divide([_TRIES])

    def _divide(self, tries: list[int]) -> bool:
        """Look for whole numbers: one that is not is tried above and below."""
        if not self._broken:
            return True
        if not tries[0]:
            return False
        tries[0] -= 1
        place = min(self._broken)
        low, high = self.bounds[place]
        below = self.values[place].__floor__()
        for goal, bounds in ((below, (low, below)), (below + 1, (below + 1, high))):
            if self.reach(place, goal):
                self.bounds[place] = bounds
                found = self._divide(tries)
                self.bounds[place] = (low, high)
                if found:
                    return True
        return False

    def _keep(self, equation: Mapping[int, int]) -> None:
        """Take an equation; the number of it that is in the fewest others, best with a factor of 1, becomes basic."""
        row = self._reduced(equation)
        if not row:
            return  # it says nothing new
        basic = min(row, key=lambda j: (_size(row[j]) != 1, len(self._columns[j]), j))
        factor = row.pop(basic)
        row = {j: _whole(Fraction(value) / factor) for j, value in row.items()}
        for other in self._columns[basic]:
            self._add(other, row, -self._rows[other].pop(basic))
        self._columns[basic] = set()
        self._insert(basic, row)

    def _reduced(self, equation: Mapping[int, Number]) -> dict[int, Number]:
        """Return an equation in numbers that are not basic."""
        row: dict[int, Number] = {}
        for place, factor in equation.items():
            basic = place in self._rows
            for j, value in (self._rows[place] if basic else {place: -1}).items():
                row[j] = _whole(row.get(j, 0) - factor * value)
        return {j: value for j, value in row.items() if value}

    def _insert(self, basic: int, row: dict[int, Number]) -> None:
        self._rows[basic] = row
        for j in row:
            self._columns[j].add(basic)

    def _add(self, basic: int, row: Mapping[int, Number], times: Number) -> None:
        """Add so many times a row to that of a basic number."""
        own = self._rows[basic]
        for j, value in row.items():
            new = own.get(j, 0) + times * value
            if type(new) is not int:
                new = _whole(new)
            if new:
                own[j] = new
                self._columns[j].add(basic)
            elif j in own:
                del own[j]
                self._columns[j].discard(basic)

    def _entering(self, place: int, sign: int, *, cautious: bool) -> tuple[int, int, Number] | None:
        """Return a number to move, which way, and how fast `place` then moves; None where none can help."""
        if place not in self._rows:
            return (place, sign, 1) if self._can(place, sign) else None
        best: tuple[int, int, Number] | None = None
        for j, value in self._rows[place].items():
            way = -sign if value > 0 else sign
            if not self._can(j, way):
                continue
            if best is None or (j < best[0] if cautious else (_size(value), -j) > (_size(best[2]), -best[0])):
                best = (j, way, value)
        return best

    def _can(self, place: int, way: int) -> bool:
        bound = self.bounds[place][way > 0]
        return bound is None or (self.values[place] < bound if way > 0 else self.values[place] > bound)

    def _room(self, entering: int, way: int) -> tuple[Number | None, int | None]:
        """Return how far a number can move that way, and which number stops it; None where nothing does."""
        own = self.bounds[entering][way > 0]
        step: Number | None = None if own is None else _size(own - self.values[entering])
        leaving = None if own is None else entering
        for basic in self._columns[entering]:
            factor = self._rows[basic][entering]
            bound = self.bounds[basic][(factor > 0) != (way > 0)]
            if bound is None:
                continue
            room = _size(bound - self.values[basic])
            if _size(factor) != 1:
                room = _whole(Fraction(room) / _size(factor))
            if step is None or room < step or (room == step and leaving is not None and basic < leaving):
                step, leaving = room, basic
        return step, leaving

    def _move(self, entering: int, way: int, step: Number) -> None:
        """Move a number and all that hang on it; note what each has been where all were whole."""
        if not step:
            return
        moved: list[tuple[int, Number]] = [(entering, 1 if way > 0 else -1)]
        moved += [(basic, -way * self._rows[basic][entering]) for basic in self._columns[entering]]
        in_steps = not self._broken and type(step) is int and all(type(rate) is int for _, rate in moved)
        for place, rate in moved:
            before = self.values[place]
            after = _whole(before + rate * step)
            self.values[place] = after
            if type(after) is int:
                self._broken.discard(place)
            else:
                self._broken.add(place)
            if in_steps:
                self._note(place, int(before), int(after), int(_size(rate)))
        if not self._broken and not in_steps:
            for place, value in enumerate(self.values):
                self._note(place, int(value), int(value), 1)

    def _note(self, place: int, before: int, after: int, stride: int) -> None:
        low, high = min(before, after), max(before, after)
        self.lowest[place] = min(self.lowest[place], low)
        self.highest[place] = max(self.highest[place], high)
        first = max(low, low + -(-(self._start[place] - _WATCHED - low) // stride) * stride)
        self.met[place].update(range(first, min(high, self._start[place] + _WATCHED) + 1, stride))

    def _pivot(self, leaving: int, entering: int) -> None:
        """Let one number be given by the others in place of another."""
        row = self._rows.pop(leaving)
        for j in row:
            self._columns[j].discard(leaving)
        factor = row.pop(entering)
        if factor != 1:
            row = {j: -value if factor == -1 else _whole(Fraction(value) / factor) for j, value in row.items()}
        row[leaving] = _whole(1 / Fraction(factor))
        others = self._columns[entering]
        self._columns[entering] = set()
        for other in others:
            self._add(other, row, -self._rows[other].pop(entering))
        self._insert(entering, row)


def _size(number: Number) -> Number:
    return number if number >= 0 else -number


def _whole(number: Number) -> Number:
    """Return a fraction without a remainder as the integer that it is, which is quicker."""
    return number.numerator if number.denominator == 1 else number
