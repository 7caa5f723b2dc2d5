"""What stretch of time a count covers, so that counts of any frequency and basis can be held against one another.

Months make a quarter, quarters 12 months, and two years to date what came between. One place says so, for totals that
are printed and for what an attacker adds up.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from outcome_tracker.core.indicator import Basis
from outcome_tracker.core.period import Kind, Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_YEAR = 12  # months
T = TypeVar("T")
Mark = tuple[bool, int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """From the beginning of one month to that of another, counted from the year 0; `start` is None of a point."""

    start: int | None
    end: int

    @property
    def ends(self) -> tuple[Mark, Mark]:
        """Where it begins and ends, of points apart from the others: they all begin at nothing."""
        if self.start is None:
            return (True, -1), (True, self.end)
        return (False, self.start), (False, self.end)

    @property
    def months(self) -> int:
        """How long it is; a point has no length."""
        return 0 if self.start is None else self.end - self.start


def stretch_of(basis: Basis, period: Period) -> Stretch:
    """Return what a count of that basis covers."""
    start = _month(period)
    end = start + period.months
    match basis:
        case Basis.POINT:
            return Stretch(None, end)
        case Basis.ROLLING:
            return Stretch(end - _YEAR, end)
        case Basis.CUMULATIVE if period.kind not in {Kind.ACADEMIC, Kind.CALENDAR}:
            return Stretch(_month(period.financial_year), end)
        case _:
            return Stretch(start, end)


def _month(period: Period) -> int:
    return period.start.year * _YEAR + period.start.month


def covering(wanted: Stretch, held: Mapping[Stretch, T]) -> list[T] | None:
    """Return the fewest that follow upon one another and make up a stretch, the earliest first; None if none do."""
    if wanted in held:
        return [held[wanted]]
    start, end = wanted.ends
    ways: dict[Mark, list[Stretch]] = {start: []}
    steps = defaultdict(list)
    for each in held:
        if each.start is not None and wanted.start is not None and wanted.start <= each.start < each.end <= wanted.end:
            steps[each.ends[0]].append(each)
    reached = [start]
    for mark in reached:
        for each in steps[mark]:
            if each.ends[1] not in ways:
                ways[each.ends[1]] = [*ways[mark], each]
                reached.append(each.ends[1])
    return [held[each] for each in ways[end]] if end in ways else None


def ties(stretches: Sequence[Stretch]) -> Iterable[tuple[int, dict[int, int]]]:
    """Yield by what other stretches before it each is made up, where it is: the place of it, and of them with a sign.

    Every other tie between the stretches follows from these.
    """
    tree: dict[Mark, list[tuple[Mark, int, int]]] = defaultdict(list)
    for place, each in enumerate(stretches):
        start, end = each.ends
        if (way := _way(tree, start, end)) is not None:
            yield place, way
        else:
            tree[start].append((end, place, 1))
            tree[end].append((start, place, -1))


def _way(tree: Mapping[Mark, Sequence[tuple[Mark, int, int]]], start: Mark, end: Mark) -> dict[int, int] | None:
    ways: dict[Mark, dict[int, int]] = {start: {}}
    reached = [start]
    for mark in reached:
        if mark == end:
            return ways[mark]
        for other, place, sign in tree.get(mark, ()):
            if other not in ways:
                ways[other] = {**ways[mark], place: sign}
                reached.append(other)
    return None
