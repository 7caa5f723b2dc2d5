"""What ties the counts of one subject in tables and figures together: stretches of time, percentages, cases.

A subject is all of an indicator, or some categories of it. What a table has no total of is added up from its cells.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from outcome_tracker.core.breakdown import TOTAL
from outcome_tracker.core.count_system import Cell, Ratio
from outcome_tracker.core.figure import value_of
from outcome_tracker.core.number import UnitKind
from outcome_tracker.core.printed_counts import CellKey, CountKey, Counts, FigureKey, Part
from outcome_tracker.core.stretch import Stretch, covering, stretch_of, ties
from outcome_tracker.core.table_counts import ResponsesKey, RestKey, at_least_once

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from outcome_tracker.core.breakdown import Breakdown
    from outcome_tracker.core.figure import Figure
    from outcome_tracker.core.indicator import Indicator
    from outcome_tracker.core.period import Period

Subject = frozenset[tuple[str, str]]  # categories, each with its dimension; none is the total
ALL: Subject = frozenset()
_RATIOS = {UnitKind.PERCENT, UnitKind.RATE, UnitKind.RATIO}


@dataclass(frozen=True, slots=True)
class WholeKey:
    """The cells of a table that are of a subject, together, where the table has no total of them."""

    breakdown: str
    period: Period
    subject: Subject


@dataclass(frozen=True, slots=True)
class TogetherKey:
    """Both sides of a sum of counts."""

    counts: tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class CountedTable:
    """A breakdown in one period, its counts, and from which number they are published."""

    breakdown: Breakdown
    period: Period
    counts: Counts
    below: int

    @property
    def stretch(self) -> Stretch:
        """What its counts cover."""
        return stretch_of(self.breakdown.basis, self.period)

    def cells(self) -> dict[Subject, CountKey]:
        """Return the cells by what they count."""
        return {
            self.subject(key.of.categories): key
            for key in self.counts.cells
            if isinstance(key, CountKey) and isinstance(key.of, CellKey) and key.part is Part.VALUE
        }

    def subject(self, categories: Sequence[str]) -> Subject:
        """Return what a cell counts."""
        names = zip(self.breakdown.dimensions, categories, strict=True)
        return frozenset((dimension.casefold(), name) for dimension, name in names if name != TOTAL)


@dataclass(frozen=True, slots=True)
class Shown:
    """An indicator's figures as they are shown, and the counts in them."""

    indicator: Indicator
    series: Mapping[Period, Figure]
    counts: Counts

    def parts(self) -> Iterator[CountKey]:
        """Yield the counts that cells can add up to: values, or the numerators of those that are computed."""
        for key in self.counts.cells:
            if isinstance(key, CountKey) and key.part is not Part.DENOMINATOR:
                yield key


@dataclass(slots=True)
class Group:
    """Tables of the same total."""

    tables: list[CountedTable] = field(default_factory=list)
    figures: dict[Subject, list[Shown]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True, slots=True)
class _Edge:
    """A count of a subject over a stretch; one of a table that has no total of it is the sum of its cells."""

    stretch: Stretch
    key: Hashable
    table: CountedTable | None = None
    parts: tuple[CountKey, ...] = ()


class Tied:
    """What ties the tables of one total, and the figures that they are named of."""

    def __init__(self, found: Counts, group: Group, every: dict[Hashable, Cell]) -> None:
        self._found = found
        self._group = group
        self._every = every
        self._cells = [table.cells() for table in group.tables]

    def tie(self) -> None:
        """Take all of it."""
        group = self._group
        subjects = list(dict.fromkeys([*group.figures, *(subject for cells in self._cells for subject in cells)]))
        for subject in subjects if len(group.tables) > 1 or group.figures else ():
            figures = group.figures.get(subject, [])
            edges = list(self._edges(subject, figures))
            self._tie([edge.stretch for edge in edges], edges)
            for shown in figures:
                self._percentages(shown, edges)
                if subject == ALL:
                    self._responses(shown)

    def _edges(self, subject: Subject, figures: Sequence[Shown]) -> Iterator[_Edge]:
        """Yield the counts of a subject, what is shown before what is added up."""
        for shown in figures:
            keys = sorted(shown.parts(), key=lambda key: stretch_of(shown.indicator.basis, key.of.period).months)
            for key in keys:
                yield _Edge(stretch_of(shown.indicator.basis, key.of.period), key)
        sums = []
        for place, table in enumerate(self._group.tables):
            if (cell := self._cells[place].get(subject)) is not None:
                yield _Edge(table.stretch, cell, table)
            elif parts := self._parts(place, subject):
                whole = WholeKey(table.breakdown.code, table.period, subject)
                sums.append(_Edge(table.stretch, whole, table, parts))
        yield from sums

    def _parts(self, place: int, subject: Subject) -> tuple[CountKey, ...]:
        """Return the inner cells of a table that are of a subject."""
        table, cells = self._group.tables[place], self._cells[place]
        if table.breakdown.multi_response or len(subject) >= len(table.breakdown.dimensions):
            return ()
        names = {name.casefold() for name in table.breakdown.dimensions}
        if not all(dimension in names for dimension, _ in subject):
            return ()
        return tuple(key for of, key in cells.items() if len(of) == len(names) and subject <= of)

    def _tie(self, stretches: Sequence[Stretch], edges: Sequence[_Edge]) -> None:
        for place, way in ties(stretches):
            others = {edges[other].key: sign for other, sign in way.items()}
            for edge in (edges[place], *(edges[other] for other in way)):
                whole = None
                if edge is edges[place]:
                    whole = self._sum([(self._count(edges[other]), sign) for other, sign in way.items()])
                self._added(edge, whole)
            self._equal(
                [edges[place].key, *(key for key, sign in others.items() if sign < 0)],
                [key for key, sign in others.items() if sign > 0],
            )

    def _count(self, edge: _Edge) -> int | None:
        if edge.parts and edge.key not in self._every:
            return self._sum([(self._every[part].count, 1) for part in edge.parts])
        return self._every[edge.key].count

    @staticmethod
    def _sum(counts: Iterable[tuple[int | None, int]]) -> int | None:
        found = 0
        for count, sign in counts:
            if count is None:
                return None
            found += sign * count
        return found

    def _added(self, edge: _Edge, whole: int | None = None) -> None:
        """Take that cells add up to what stands for their total, and what that has beside them where it is small."""
        if not edge.parts or edge.table is None or edge.key in self._every:
            return
        absent = [key for key in edge.parts if self._every[key].count is None and not self._every[key].printed]
        listed: list[Hashable] = [key for key in edge.parts if whole is None or key not in absent]
        every = self._sum([(self._every[key].count, 1) for key in listed])
        left = None if whole is None or every is None else whole - every
        rest = Cell(RestKey(edge.key, 0), left, edge.table.below, printed=False)
        if left is not None and rest.sensitive:
            self._add(rest)
            listed.append(rest.key)
            every = whole
        self._add(Cell(edge.key, every, printed=False))
        self._found.sums(edge.key, listed)

    def _equal(self, plus: Sequence[Hashable], minus: Sequence[Hashable]) -> None:
        """Take that two sums are the same."""
        if len(plus) == 1:
            self._found.sums(plus[0], minus)
        elif len(minus) == 1:
            self._found.sums(minus[0], plus)
        else:
            key = TogetherKey((*plus, *minus))
            self._add(Cell(key, self._sum([(self._every[part].count, 1) for part in plus]), printed=False))
            self._found.sums(key, plus)
            self._found.sums(key, minus)

    def _add(self, cell: Cell) -> None:
        self._found.add(cell)
        self._every[cell.key] = cell

    def _percentages(self, shown: Shown, edges: Sequence[_Edge]) -> None:
        """Take the percentages that are printed of a subject without their numerators.

        They are of their own denominator, or of the total where that is not printed.
        """
        indicator, there = shown.indicator, shown.counts.cells
        if indicator.unit.kind not in _RATIOS:
            return
        of_cells = {edge.stretch: edge for edge in edges if edge.table is not None}
        of_all = {edge.stretch: edge for edge in self._edges(ALL, self._group.figures.get(ALL, []))}
        for period, figure in shown.series.items():
            printed, key = value_of(figure.content, indicator), FigureKey(indicator.code, period)
            if printed is None or CountKey(key, Part.NUMERATOR) in there:
                continue
            stretch, denominator = stretch_of(indicator.basis, period), CountKey(key, Part.DENOMINATOR)
            parts = covering(stretch, of_cells)
            of = [_Edge(stretch, denominator)] if denominator in there else covering(stretch, of_all)
            if parts and of:
                for edge in (*parts, *of):
                    self._added(edge)
                top, bottom = (tuple(edge.key for edge in side) for side in (parts, of))
                self._found.ratios.append(Ratio(printed, top, bottom, times=indicator.unit.multiplier))

    def _responses(self, shown: Shown) -> None:
        """Take that each case of an indicator is in some row at least, where a case can be in several."""
        keys = {stretch_of(shown.indicator.basis, key.of.period): key for key in shown.parts()}
        for table, cells in zip(self._group.tables, self._cells, strict=True):
            total = keys.get(table.stretch)
            if (
                not table.breakdown.multi_response
                or ALL in cells
                or total is None
                or len(table.breakdown.dimensions) > 1
            ):
                continue
            key = ResponsesKey(total, (table.breakdown.code, table.period))
            at_least_once(self._found, self._every, key, list(cells.values()))
