"""Hidden counts that let another one move, found as a path from sum to sum: proof without solving any equation.

If a count is one more, each sum that it is in needs another count that is one less, and so on until the last sum is
made up. Where counts are in two sums at most, as in tables with totals, the cheapest such path is a shortest one.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterator

    from outcome_tracker.core.count_system import System

_ENDS = 2  # a path has two, so a count on it is in two sums at most
_OUT = (-1, 0)  # where counts lead that are in one sum only: nothing else has to be made up


class Web:
    """The sums of a system, by the counts in them. Percentages count as sums of what they are made from.

    `constant` counts never move.
    """

    def __init__(self, system: System, constant: Collection[Hashable]) -> None:
        self._members: list[list[tuple[Hashable, int]]] = []
        self._sums: dict[Hashable, list[tuple[int, int]]] = {c.key: [] for c in system.cells if c.key not in constant}
        for relation in system.relations:
            self._add([(relation.total, -1), *((part, 1) for part in relation.parts)])
        for ratio in system.ratios:
            self._add([(part, 1) for part in ratio.parts])
            self._add([(part, 1) for part in ratio.of])
        # For each sum, and for those that nothing else has to be made up of: the counts that lead on from it, with
        # their factors there, and the sum that each leads to with the factor in that one.
        self._ways = [self._leading(place, members) for place, members in enumerate(self._members)]
        self._ways.append([(key, 1, *sums[0]) for key, sums in self._sums.items() if len(sums) == 1])

    def path(
        self,
        start: Hashable,
        room: Callable[[Hashable, int], bool],
        price: Callable[[Hashable], int],
        among: Collection[Hashable],
    ) -> frozenset[Hashable] | None:
        """Return the counts `among` some that let one be more, at the least price; None where there is no such path.

        `room` tells whether a count can follow the way it moves, 1 or -1.
        """
        sums = self._sums[start]
        if len(sums) > _ENDS or len({place for place, _ in sums}) < len(sums):
            return None
        if not sums:
            return frozenset()
        goal = (sums[1][0], -sums[1][1]) if len(sums) == _ENDS else _OUT
        first = sums[0]
        best: dict[tuple[int, int], int] = {first: 0}
        came: dict[tuple[int, int], tuple[tuple[int, int], Hashable]] = {}
        queue: list[tuple[int, int, tuple[int, int]]] = [(0, 0, first)]
        while queue:
            so_far, _, state = heappop(queue)
            if state == goal:
                return self._walked(came, first, goal)
            if so_far > best[state]:
                continue
            for key, way, after in self._steps(state, among):
                if key == start or not room(key, way):
                    continue
                length = so_far + price(key) + 1
                if after not in best or length < best[after]:
                    best[after] = length
                    came[after] = (state, key)
                    heappush(queue, (length, len(came), after))
        return None

    def _add(self, factors: list[tuple[Hashable, int]]) -> None:
        """Take a sum, without the counts that never move."""
        members = [(key, factor) for key, factor in factors if key in self._sums]
        for key, factor in members:
            self._sums[key].append((len(self._members), factor))
        if members:
            self._members.append(members)

    def _leading(self, place: int, members: list[tuple[Hashable, int]]) -> list[tuple[Hashable, int, int, int]]:
        found = []
        for key, factor in members:
            others = [each for each in self._sums[key] if each[0] != place]
            if len(self._sums[key]) == 1:
                found.append((key, factor, *_OUT))
            elif len(self._sums[key]) == _ENDS and len(others) == 1:
                found.append((key, factor, *others[0]))
        return found

    def _steps(
        self, state: tuple[int, int], among: Collection[Hashable]
    ) -> Iterator[tuple[Hashable, int, tuple[int, int]]]:
        """Yield the counts that could make a sum up again, which way each would move, and the sum it would upset."""
        place, amiss = state
        for key, factor, after, sign in self._ways[place]:
            if key in among:
                if state == _OUT:
                    yield key, 1, (after, sign)
                    yield key, -1, (after, -sign)
                else:
                    way = -amiss * factor
                    yield key, way, (after, sign * way)

    def _walked(
        self,
        came: dict[tuple[int, int], tuple[tuple[int, int], Hashable]],
        first: tuple[int, int],
        state: tuple[int, int],
    ) -> frozenset[Hashable] | None:
        """Return the counts of a path; None if one is on it twice, so that it would have to move twice as far."""
        keys = []
        while state != first:
            state, key = came[state]
            keys.append(key)
        return frozenset(keys) if len(set(keys)) == len(keys) else None
