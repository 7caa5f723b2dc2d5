"""Which counts to hide, so that no small number can be worked out: the small ones, and others for their sake.

A small number is safe when every value from 1 to the last that is hidden remains possible for it, whatever the attacker
knows; another hidden count when it can be as far off. (But not what cannot be for want of zeros, which are shown.)
What has been shown to be possible stays so when more is hidden, so cells are taken one by one, and for each the
cheapest others are hidden that let it move.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from math import isqrt
from typing import TYPE_CHECKING

from outcome_tracker.core.disclosure import Contradiction, Knowledge, Model, limits, settled

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Mapping

    from outcome_tracker.core.disclosure import Cell, System

_A_RANK = 1000  # so many cells are hidden rather than one that is worth more
_FEW = 40  # hidden cells of a system, up to which each is tried whether it is needed after all


class Why(StrEnum):
    """Why a cell is hidden."""

    SMALL = "a small number"
    OTHERS = "hidden so that a small number cannot be worked out"


class Reason(StrEnum):
    """Why a system of counts cannot be published at all."""

    CONTRADICTION = "the counts contradict one another: no numbers for the suppressed ones add up to the others"
    WORKED_OUT = "a small number could be worked out whatever else is hidden"
    UNTIED = "it hides small numbers, and names an indicator that it cannot be held against (see `targets check`)"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Cells that hang together and can't be published; `cell` is the one that stays exposed, None if there is none."""

    cells: frozenset[Hashable]
    reason: Reason
    cell: Hashable = None


@dataclass(frozen=True, slots=True)
class Protection:
    """Which cells to hide and why, and which cannot be published."""

    hidden: Mapping[Hashable, Why]
    refused: tuple[Refusal, ...] = ()


def protect(system: System, already: Collection[Hashable] = ()) -> Protection:
    """Return what has to be hidden of a system so that an attacker who knows all the rest learns nothing.

    What is hidden `already`, whatever for, is protected too.
    """
    hidden: dict[Hashable, Why] = {}
    refused: list[Refusal] = []
    for part in system.components():
        if not any(cell.sensitive or cell.count is None or cell.key in already for cell in part.cells):
            continue
        found = _protected(part, {cell.key for cell in part.cells if cell.count is None or cell.key in already})
        if isinstance(found, Refusal):
            refused.append(found)
        else:
            hidden.update(found)
    return Protection(hidden, tuple(refused))


def _protected(system: System, already: set[Hashable]) -> dict[Hashable, Why] | Refusal:
    """Protect cells that hang together.

    Even an attacker who knows which cells are small, and that the others are not, is to learn nothing, unless that
    costs a total, or cannot be had at all; then one who knows only which are small.
    """
    keys = frozenset(cell.key for cell in system.cells)
    try:
        known = settled(system)
    except Contradiction:
        return Refusal(keys, Reason.CONTRADICTION)
    searches = []
    for knowledge in (Knowledge.BOTH, Knowledge.SMALL):
        search = _Search(known, already, knowledge)
        exposed = search.run()
        if exposed is None and not search.highest_rank:
            return search.reasons()
        searches.append((search, exposed))
    fit = [search for search, exposed in searches if exposed is None]
    if not fit:
        return Refusal(keys, Reason.WORKED_OUT, searches[-1][1])
    return min(fit, key=lambda search: search.highest_rank).reasons()


class _Search:
    """The hidden cells of one system, and the search for those that must join them. All counts are known."""

    def __init__(self, system: System, already: set[Hashable], knowledge: Knowledge) -> None:
        self._system = system
        self._knowledge = knowledge
        self._cells: dict[Hashable, Cell] = {cell.key: cell for cell in system.cells}
        self._hidden = {c.key for c in system.cells if c.sensitive or c.key in already or not c.printed}
        self._given = frozenset(self._hidden)
        self._width = max(cell.below for cell in system.cells) - 2
        self._safe: set[Hashable] = set()
        self._useless: set[Hashable] = set()
        self._excused: set[tuple[Hashable, int]] = set()
        self._choice: Model | None = None
        self._pattern: Model | None = None

    @property
    def highest_rank(self) -> int:
        """The rank of the most valuable cell that is hidden for others' sake."""
        return max((self._cells[key].rank for key in self._hidden - self._given), default=0)

    def reasons(self) -> dict[Hashable, Why]:
        """Return why each printed cell is hidden that is."""
        return {
            key: Why.SMALL if key in self._given else Why.OTHERS
            for key, cell in self._cells.items()
            if key in self._hidden and cell.printed
        }

    def run(self) -> Hashable | None:
        """Hide until nothing can be worked out; return the cell for which that cannot be had, or None."""
        while (exposed := self._exposed(self._hidden, self._safe)) is not None:
            key, count = exposed
            more = self._others(key, count)
            if more:
                self._hidden |= more
            elif key in self._given:
                if not self._plain(key, count):
                    return key
                self._excused.add(exposed)
            else:  # a cell that is of no use to others, since it would be worked out itself
                self._useless.add(key)
                self._hidden = set(self._given)
                self._safe.clear()
                self._choice = None
        self._spare()
        return None

    def _exposed(self, hidden: set[Hashable], safe: set[Hashable]) -> tuple[Hashable, int] | None:
        """Return a hidden cell that is not safe, with a count that it cannot be; None when all are safe."""
        model = Model(self._system, {c.key: limits(c, self._knowledge) for c in self._system.cells if c.key in hidden})
        polytope = model.polytope
        for key, ((place, _),) in model.places.items():
            cell = self._cells[key]
            if key in safe:
                continue
            if cell.sensitive:
                for count in range(cell.below - 1, 0, -1):
                    excused = count in polytope.met[place] or (key, count) in self._excused
                    if not excused and not polytope.attain(place, count):
                        return key, count
            elif cell.printed:
                goal = self._too_narrow(model, place, cell)
                if goal is not None and (key, goal) not in self._excused:
                    return key, goal
            safe.add(key)
        return None

    def _too_narrow(self, model: Model, place: int, cell: Cell) -> int | None:
        """Return a count that a cell would have to be able to be, to be as uncertain as a small number; else None."""
        polytope, count = model.polytope, cell.count or 0
        up = count + self._width
        if polytope.highest[place] - polytope.lowest[place] >= self._width:
            return None
        if polytope.attain_beyond(place, up, up=True):
            return None
        polytope.reach(place, up)
        for most in range(polytope.values[place].__floor__(), count - 1, -1):
            if polytope.attain(place, most):
                low = most - self._width
                return None if polytope.attain_beyond(place, low, up=False) else low
        return up

    def _others(self, key: Hashable, count: int) -> set[Hashable]:
        """Return the cheapest cells that must move for one to be `count`; none where even all cannot bring that about.

        Where fractions say that the hidden ones are enough and whole numbers do not, the nearest is added.
        """
        if self._choice is None:
            bounds = {cell.key: limits(cell, self._knowledge) for cell in self._system.cells}
            kept = {key: bound for key, bound in bounds.items() if key in self._hidden}
            self._choice = Model(self._system, kept, {cell.key: bounds[cell.key] for cell in self._able()})
        places, polytope = self._choice.places, self._choice.polytope
        free = {cell.key: cell for cell in self._able()}
        aims = self._choice.aims(key, count)
        before = [polytope.bounds[place] for place, _ in aims]
        reached = True
        for place, goal in aims:
            reached = reached and polytope.reach(place, goal)
            if reached:
                polytope.bounds[place] = (goal, goal)
        if reached:
            costs = {place: self._cost(cell) for other, cell in free.items() for place, _ in places[other]}
            total = polytope.define(costs)
            polytope.reach(total, None, up=False)
            polytope.forget(total)
        for (place, _), bound in zip(aims, before, strict=True):
            polytope.bounds[place] = bound
        if not reached:
            return set()
        return {k for k in free if any(polytope.values[place] for place, _ in places[k])} or self._nearest()

    def _plain(self, key: Hashable, count: int) -> bool:
        """Tell whether a cell cannot be `count` for reasons that no number in print gives away.

        A total of two counts that are shown not to be zero is 2 at least, also where all three are hidden.
        """
        if self._pattern is None:
            bounds = {cell.key: limits(cell, self._knowledge) for cell in self._system.cells if cell.count}
            self._pattern = Model(replace(self._system, ratios=()), bounds)
        ((place, _),) = self._pattern.places[key]
        return not self._pattern.polytope.attain(place, count)

    def _able(self) -> list[Cell]:
        """Return the cells that could be hidden for others' sake."""
        shown = self._useless | self._hidden
        return [cell for cell in self._system.cells if cell.count and not cell.fixed and cell.key not in shown]

    def _nearest(self) -> set[Hashable]:
        """Return the cheapest cell that shares a sum with a hidden one."""
        sums = [{r.total, *r.parts} for r in self._system.relations]
        sums += [{*r.parts, *r.of} for r in self._system.ratios]
        near = {key for keys in sums if keys & self._hidden for key in keys}
        able = [cell for cell in self._able() if cell.key in near]
        return {min(able, key=self._cost).key} if able else set()

    def _cost(self, cell: Cell) -> int:
        """Return what is lost with each unit that a cell may move: little with small counts, much with totals."""
        return int(_A_RANK**cell.rank) * (64 + isqrt(256 * (cell.count or 0)))

    def _spare(self) -> None:
        """Show again, the most valuable first, what turned out not to be needed; in large systems totals only."""
        added = [self._cells[key] for key in self._hidden - self._given]
        order = {key: place for place, key in enumerate(self._cells)}
        for cell in sorted(added, key=lambda c: (-self._cost(c), order[c.key])):
            if cell.rank or len(self._hidden) <= _FEW:
                fewer = self._hidden - {cell.key}
                if self._exposed(fewer, set()) is None:
                    self._hidden = fewer
