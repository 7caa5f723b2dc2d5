"""The counts in what is published, and how they hang together: a system that small numbers are protected in.

A count is the value of a `number` indicator, a numerator or a denominator, or a cell of a breakdown, where it is whole.
Counts hang together where they add up: here, what each period added to a year to date. A breakdown's cells are in
`table_counts`, and what ties them to figures and to those of other breakdowns is in `table_links`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from itertools import combinations
from math import ceil, floor
from typing import TYPE_CHECKING

from outcome_tracker.core.count_system import Cell, Ratio, Relation
from outcome_tracker.core.figure import Status, value_of
from outcome_tracker.core.indicator import Basis, Tier
from outcome_tracker.core.number import UnitKind

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence
    from decimal import Decimal

    from outcome_tracker.core.breakdown import Counted
    from outcome_tracker.core.figure import Content, Figure
    from outcome_tracker.core.indicator import Indicator
    from outcome_tracker.core.period import Period

_WIDER, _HEADLINE = 2, 3  # what would be lost with a figure


class Part(StrEnum):
    """Which count of a figure."""

    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


@dataclass(frozen=True, slots=True)
class FigureKey:
    """A figure, which is shown or hidden with all its counts."""

    indicator: str
    period: Period


@dataclass(frozen=True, slots=True)
class CellKey:
    """A cell of a breakdown, which is shown or hidden with its denominator."""

    breakdown: str
    period: Period
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountKey:
    """One count of a figure or of a cell."""

    of: FigureKey | CellKey
    part: Part = Part.VALUE


@dataclass(frozen=True, slots=True)
class AddedKey:
    """What was added between two counts of a year to date."""

    first: CountKey
    later: CountKey


@dataclass(slots=True)
class Counts:
    """Cells and relations as they are found."""

    cells: dict[Hashable, Cell] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    ratios: list[Ratio] = field(default_factory=list)

    def add(self, cell: Cell) -> None:
        """Take a cell."""
        self.cells[cell.key] = cell

    def sums(self, total: Hashable, parts: Iterable[Hashable]) -> None:
        """Take a relation between cells that are there."""
        self.relations.append(Relation(total, tuple(parts)))

    def count(self, key: Hashable) -> int | None:
        """Return a cell's count."""
        return self.cells[key].count


def counts_of(content: Content, indicator: Indicator, below: int = 0) -> dict[Part, int | None]:
    """Return the counts of a figure, None for those that are suppressed; nothing where there are none.

    50% of 6 is 3: a part that is not given counts too where the figure as it is shown leaves it one count, or only
    some that are small, `below` a number.
    """
    if content.status is Status.SUPPRESSED:
        alone = indicator.unit.kind is UnitKind.NUMBER and not indicator.denominator
        return dict.fromkeys((Part.VALUE,) if alone else (Part.NUMERATOR, Part.DENOMINATOR))
    if content.status.is_absent:
        return {}
    is_count = indicator.unit.kind is UnitKind.NUMBER and content.denominator is None
    given = {
        Part.VALUE: content.value if is_count else None,
        Part.NUMERATOR: content.numerator,
        Part.DENOMINATOR: content.denominator,
    }
    found = {part: int(number) for part, number in given.items() if number is not None and is_whole(number)}
    return found | _implied(content, indicator, below)


def may_be_small(content: Content, indicator: Indicator, below: int) -> bool:
    """Tell whether a count of a figure may be one to hide, from 1 to under `below` or unknown: of most none is."""
    if content.status is Status.SUPPRESSED or (content.numerator is None) is not (content.denominator is None):
        return any(count is None or 1 <= count < below for count in counts_of(content, indicator, below).values())
    value = content.value if indicator.unit.kind is UnitKind.NUMBER else None
    return any(n is not None and 1 <= n < below for n in (value, content.numerator, content.denominator))


def _implied(content: Content, indicator: Indicator, below: int) -> dict[Part, int | None]:
    """Return the part that a value and the other part leave no choice but one, or but small ones."""
    if (content.numerator is None) is (content.denominator is None):  # most figures have both or neither
        return {}
    shown = value_of(content, indicator)
    if shown is None:
        return {}
    half = Fraction(1, 2 * 10 ** max(0, -int(shown.as_tuple().exponent)))
    lowest, highest = (Fraction(shown) + side * half for side in (-1, 1))
    if content.denominator is not None:
        of = Fraction(content.denominator) / indicator.unit.multiplier
        low, high, part = lowest * of, highest * of, Part.NUMERATOR
    elif lowest > 0:
        times = Fraction(content.numerator or 0) * indicator.unit.multiplier
        low, high, part = times / highest, times / lowest, Part.DENOMINATOR
    else:
        return {}
    first, last = max(0, ceil(low)), floor(high)
    return {part: first} if first == last or 1 <= first <= last < below else {}


def is_whole(number: Decimal) -> bool:
    """Tell whether a number can be a count of things."""
    return number == number.to_integral_value()


def is_told(content: Content | Counted) -> bool:
    """Tell whether a source is named for what it suppressed, so that this is small; else it may be of any size."""
    return bool(content.source or content.as_published or content.note)


def figure_counts(indicator: Indicator, series: Mapping[Period, Figure], below: int) -> Counts:
    """Return the counts of an indicator's figures, and what each period added to a year to date."""
    found = Counts()
    chains: dict[tuple[Part, Period], list[tuple[Period, CountKey]]] = defaultdict(list)
    rank = _HEADLINE if indicator.tier is Tier.HEADLINE else _WIDER
    for period in sorted(series, key=lambda p: (p.end, -p.months)):
        content = series[period].content
        for part, count in counts_of(content, indicator, below).items():
            key = CountKey(FigureKey(indicator.code, period), part)
            if count is not None:
                found.add(Cell(key, count, below, rank))
            elif part is Part.VALUE:
                found.add(Cell(key, None, below if is_told(content) else 0, rank))
            else:
                found.add(Cell(key, None, printed=False))
            chains[part, period.financial_year].append((period, key))
    if indicator.basis is Basis.CUMULATIVE:
        for chain in chains.values():
            _added(found, [key for _, key in chain], below)
    return found


def _added(found: Counts, chain: Sequence[CountKey], below: int) -> None:
    """Take what was added between successive counts, and between others if it is small."""
    for (place, first), (next_place, later) in combinations(enumerate(chain), 2):
        before, after = found.count(first), found.count(later)
        if before is None and after == 0:
            continue  # what is hidden is not zero, so this year to date was set back
        more = None if before is None or after is None else after - before
        cell = Cell(AddedKey(first, later), more, below if more is not None else 0, printed=False)
        if cell.sensitive or next_place == place + 1:
            found.add(cell)
            found.sums(later, (first, cell.key))
