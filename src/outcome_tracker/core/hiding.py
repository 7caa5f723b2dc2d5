"""The search for the counts that must be hidden with the small ones, so that these can't be worked out.

What has been shown to be possible stays so when more is hidden, so cells are taken one by one, and for each the
cheapest others are hidden that let it move: along a path from sum to sum where there is one, else by linear programs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isqrt
from typing import TYPE_CHECKING

from outcome_tracker.core.cover import Web
from outcome_tracker.core.disclosure import Knowledge, Model, limits, plainly

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable

    from outcome_tracker.core.count_system import Cell, System
    from outcome_tracker.core.linear import Bounds, Polytope

_A_RANK = 1000  # so many cells are hidden rather than one that is worth more
_FEW = 40  # hidden cells of a system, up to which linear programs try whether each is needed after all


@dataclass(frozen=True, slots=True)
class Aim:
    """That a hidden cell may be anything from `low` to `high`; or, with a `width`, anything so far apart."""

    key: Hashable
    low: int
    high: int
    knowledge: Knowledge
    width: int = 0


class Search:
    """The hidden cells of one system, and the search for those that must join them. All counts are known.

    Proof of an aim is a set of hidden cells that need to move for it, while all others stay.
    """

    def __init__(
        self, system: System, unknown: Collection[Hashable], already: Collection[Hashable], likely: Collection[Hashable]
    ) -> None:
        self._system = system
        self._cells: dict[Hashable, Cell] = {cell.key: cell for cell in system.cells}
        self._unknown = unknown
        self.given = {c.key for c in system.cells if c.sensitive or c.key in unknown or c.key in already}
        constant = system.constant(self.given)
        free = [cell for cell in system.cells if cell.key not in constant]
        self.hidden = self.given | {cell.key for cell in free if not cell.printed}
        self._width = max(cell.below for cell in system.cells) - 2
        self._prices = {c.key: 0 if c.key in self.hidden else _cost(c, likely=c.key in likely) for c in free}
        self._web = Web(system, constant)
        self._bounds = {known: {cell.key: limits(cell, known) for cell in free} for known in Knowledge}
        self._plain: dict[Knowledge, dict[Hashable, Bounds]] = {}
        self._models: dict[Knowledge, tuple[frozenset[Hashable], Model]] = {}
        self._choices: dict[Knowledge, Model] = {}
        self._proofs: dict[Aim, frozenset[Hashable]] = {}

    def run(self) -> Hashable | None:
        """Hide until nothing can be worked out; return the cell for which that cannot be had, or None."""
        for key, cell in self._cells.items():
            if cell.sensitive and not self._small(cell):
                return key
            if key in self.given and cell.printed and not cell.sensitive and not self._wide(cell):
                return key
        self._spare()
        return None

    def _small(self, cell: Cell) -> bool:
        """Let a small number be whatever is small, as far as what is shown not to be zero allows."""
        # Who knows that cells are small can tell some of these; who does not know is to learn as little as elsewhere.
        for knowledge in (Knowledge.BOTH, Knowledge.SMALL, Knowledge.PRINT):
            aim = self._aim(cell, 1, cell.below - 1, knowledge)
            if knowledge is Knowledge.PRINT:
                aim = replace(aim, high=max(aim.high, aim.low + self._width))
            if self._reach(aim):
                if aim.high - aim.low == cell.below - 2:
                    return True
            elif knowledge is not Knowledge.BOTH:
                return False
        return True

    def _aim(self, cell: Cell, low: int, high: int, knowledge: Knowledge) -> Aim:
        if knowledge not in self._plain:
            self._plain[knowledge] = plainly(self._system, knowledge)
        least, most = self._plain[knowledge][cell.key]
        low = low if least is None else max(low, least)
        return Aim(cell.key, low, high if most is None else min(high, most), knowledge)

    def _wide(self, cell: Cell) -> bool:
        """Let a number of any size be as uncertain as a small one; one hidden for others' sake not be certain."""
        width = self._width if cell.key in self._unknown else min(1, self._width)
        if width <= 0:
            return True
        count = cell.count or 0
        aim = Aim(cell.key, count - width, count + width, Knowledge.BOTH, width)
        if self._reach(aim) or self._reach(replace(aim, knowledge=Knowledge.SMALL)):
            return True
        plain = self._aim(cell, aim.low, aim.high, Knowledge.SMALL)
        if plain.high - plain.low >= width or not self._reach(plain):
            return False
        return self._reach(replace(aim, knowledge=Knowledge.PRINT))

    def _reach(self, aim: Aim) -> bool:
        """Hide what an aim needs, if anything can bring it about."""
        proof = self._path(aim, self.hidden)
        if proof is None:
            proof = self._path(aim, self._prices)
        if proof is not None:
            self.hidden |= proof
            self._proofs[aim] = proof
            return True
        before = set(self.hidden)
        for goal in (aim.high, aim.low) if aim.width else (None,):
            while (missing := self._missing(aim)) is not None:
                more = self._others(aim, missing if goal is None else goal)
                if not more:
                    break
                self.hidden |= more
            if missing is None:
                return True
            self.hidden = set(before)
            self._choices.clear()
        return False

    def _path(self, aim: Aim, among: Collection[Hashable]) -> frozenset[Hashable] | None:
        """Return the proof of an aim that is a path, or two: one for more and one for less."""
        count = self._cells[aim.key].count or 0
        up, down = aim.high - count, count - aim.low
        if aim.width:
            found = self._leg(aim, up, 0, among)
            return self._leg(aim, 0, down, among) if found is None else found
        found = self._leg(aim, up, down, among)
        if found is not None or not up or not down:
            return found
        more, less = self._leg(aim, up, 0, among), self._leg(aim, 0, down, among)
        return None if more is None or less is None else more | less

    def _leg(self, aim: Aim, up: int, down: int, among: Collection[Hashable]) -> frozenset[Hashable] | None:
        """Return the cheapest path that lets a cell go so far up and down."""
        bounds, cells = self._bounds[aim.knowledge], self._cells

        def room(key: Hashable, way: int) -> bool:
            low, high = bounds[key]
            count = cells[key].count or 0
            ahead, back = (up, down) if way > 0 else (down, up)
            return (high is None or count + ahead <= high) and (low is None or count - back >= low)

        if not room(aim.key, 1):
            return None
        return self._web.path(aim.key, room, self._price, among)

    def _price(self, key: Hashable) -> int:
        return 0 if key in self.hidden else self._prices[key]

    def _missing(self, aim: Aim) -> int | None:
        """Return a count that a cell should be able to be and cannot, given what is hidden; note the proof if none."""
        model = self._model(aim.knowledge, frozenset(self.hidden))
        ((place, _),) = model.places[aim.key]
        polytope = model.polytope
        if aim.width:
            if _is_narrow(polytope, place, self._cells[aim.key].count or 0, aim.width):
                return aim.high
            self._proofs[aim] = frozenset(self.hidden)
            return None
        moved: set[Hashable] = set()
        for count in range(aim.high, aim.low - 1, -1):
            if not polytope.attain(place, count):
                return count
            moved |= {k for k, ((at, _),) in model.places.items() if polytope.values[at] != self._cells[k].count}
        self._proofs[aim] = frozenset(moved - {aim.key})
        return None

    def _model(self, knowledge: Knowledge, hidden: frozenset[Hashable]) -> Model:
        if knowledge not in self._models or self._models[knowledge][0] != hidden:
            bounds = self._bounds[knowledge]
            self._models[knowledge] = hidden, Model(self._system, {k: bounds[k] for k in self._prices if k in hidden})
        return self._models[knowledge][1]

    def _others(self, aim: Aim, count: int) -> set[Hashable]:
        """Return the cheapest cells that must move for one to be `count`; none where even all cannot bring that about.

        Where fractions say that the hidden ones are enough and whole numbers do not, the nearest is added.
        """
        bounds = self._bounds[aim.knowledge]
        free = self._able()
        if aim.knowledge not in self._choices:
            kept = {key: bound for key, bound in bounds.items() if key in self.hidden}
            self._choices[aim.knowledge] = Model(self._system, kept, {key: bounds[key] for key in free})
        choice = self._choices[aim.knowledge]
        places, polytope = choice.places, choice.polytope
        aims = choice.aims(aim.key, count)
        before = [polytope.bounds[place] for place, _ in aims]
        reached = True
        for place, goal in aims:
            low, high = polytope.bounds[place]
            within = (low is None or goal >= low) and (high is None or goal <= high)
            reached = reached and within and polytope.reach(place, goal)
            if reached:
                polytope.bounds[place] = (goal, goal)
        if reached:
            total = polytope.define({place: self._prices[key] for key in free for place, _ in places[key]})
            polytope.reach(total, None, up=False)
            polytope.forget(total)
        for (place, _), bound in zip(aims, before, strict=True):
            polytope.bounds[place] = bound
        if not reached:
            return set()
        return {k for k in free if any(polytope.values[place] for place, _ in places[k])} or self._nearest(free)

    def _able(self) -> list[Hashable]:
        """Return the cells that could be hidden for others' sake."""
        return [key for key in self._prices if key not in self.hidden]

    def _nearest(self, able: Collection[Hashable]) -> set[Hashable]:
        """Return the cheapest cell that shares a sum with a hidden one."""
        sums = [{r.total, *r.parts} for r in self._system.relations]
        sums += [{*r.parts, *r.of} for r in self._system.ratios]
        near = {key for keys in sums if keys & self.hidden for key in keys}
        there = [key for key in able if key in near]
        return {min(there, key=self._prices.__getitem__)} if there else set()

    def _spare(self) -> None:
        """Show again, the most valuable first, what turned out not to be needed."""
        order = {key: place for place, key in enumerate(self._cells)}
        added = [key for key in self.hidden if self._prices[key]]
        few = len(self.hidden) <= _FEW
        for key in sorted(added, key=lambda key: (-self._prices[key], order[key])):
            before, proofs = self.hidden, dict(self._proofs)
            self.hidden = before - {key}
            if not all(self._renewed(aim, few=few) for aim, proof in proofs.items() if key in proof):
                self.hidden, self._proofs = before, proofs

    def _renewed(self, aim: Aim, *, few: bool) -> bool:
        """Prove an aim again by what is hidden now."""
        proof = self._path(aim, self.hidden)
        if proof is None:
            return few and self._missing(aim) is None
        self._proofs[aim] = proof
        return True


def _cost(cell: Cell, *, likely: bool) -> int:
    """Return what is lost with each unit that a cell may move: little with small counts, much with totals."""
    worth = 64 + isqrt(256 * (cell.count or 0)) if cell.worth is None else cell.worth
    return int(_A_RANK**cell.rank) * (worth // 2 if likely else worth)


def _is_narrow(polytope: Polytope, place: int, count: int, width: int) -> bool:
    """Tell whether no two whole numbers that a place can be are so far apart."""
    if polytope.highest[place] - polytope.lowest[place] >= width:
        return False
    up = count + width
    if polytope.attain_beyond(place, up, up=True):
        return False
    polytope.reach(place, up)
    for most in range(polytope.values[place].__floor__(), count - 1, -1):
        if polytope.attain(place, most):
            return not polytope.attain_beyond(place, most - width, up=False)
    return True
