"""The counts in what is published, and how they hang together: a system that small numbers are protected in.

A count is the value of a `number` indicator, a numerator or a denominator, or a cell of a breakdown, where it is whole.
Counts hang together where they add up: a breakdown's cells to its totals and to its indicator, months to a quarter, and
what each period added to a year to date.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING

from outcome_tracker.core.breakdown import TOTAL
from outcome_tracker.core.disclosure import Cell, Ratio, Relation
from outcome_tracker.core.figure import Status, value_of
from outcome_tracker.core.indicator import Basis, Tier
from outcome_tracker.core.number import UnitKind
from outcome_tracker.core.period import Kind, ending

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from outcome_tracker.core.breakdown import Breakdown, BreakdownFigure, Counted
    from outcome_tracker.core.figure import Content, Figure
    from outcome_tracker.core.indicator import Indicator
    from outcome_tracker.core.period import Period

_SUBTOTAL, _TOTAL, _HEADLINE = 1, 2, 3  # what would be lost with a cell
_YEAR = 12


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


@dataclass(frozen=True, slots=True)
class RestKey:
    """What a total has beside its parts along one dimension."""

    total: CountKey
    dimension: int


@dataclass(frozen=True, slots=True)
class SumKey:
    """The figures of several months together."""

    first: CountKey
    last: CountKey


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


def counts_of(content: Content, indicator: Indicator) -> dict[Part, int | None]:
    """Return the counts of a figure, None for those that are suppressed; nothing where there are none."""
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
    return {part: int(number) for part, number in given.items() if number is not None and is_whole(number)}


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
    rank = _HEADLINE if indicator.tier is Tier.HEADLINE else _TOTAL
    for period in sorted(series, key=lambda p: (p.end, -p.months)):
        content = series[period].content
        for part, count in counts_of(content, indicator).items():
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
        more = None if before is None or after is None else after - before
        cell = Cell(AddedKey(first, later), more, below if more is not None else 0, printed=False)
        if cell.sensitive or next_place == place + 1:
            found.add(cell)
            found.sums(later, (first, cell.key))


def table_counts(breakdown: Breakdown, cells: Iterable[BreakdownFigure], below: int) -> Counts:
    """Return the counts of one breakdown in one period."""
    found = Counts()
    for each in cells:
        content, key = each.content, CellKey(breakdown.code, each.period, each.categories)
        totals = each.categories.count(TOTAL)
        rank = _TOTAL if totals == len(each.categories) else _SUBTOTAL if totals else 0
        found.add(_cell(CountKey(key), content, content.count, below, rank))
        if content.denominator is not None:
            found.add(_cell(CountKey(key, Part.DENOMINATOR), content, content.denominator, below, rank))
    if not breakdown.multi_response:
        for part in (Part.VALUE, Part.DENOMINATOR):
            _totals(found, part, at_least=bool(breakdown.at_least))
    return found


def _cell(key: CountKey, content: Counted, number: Decimal | None, below: int, rank: int) -> Cell:
    if content.status is Status.SUPPRESSED:
        return Cell(key, None, below if is_told(content) else 0, rank)
    if content.status.is_absent or number is None or not is_whole(number):
        return Cell(key, None, printed=False)
    return Cell(key, int(number), below, rank)


def _totals(found: Counts, part: Part, *, at_least: bool) -> None:
    """Take that the cells along a dimension add up to its total; denominators only where they do.

    Of a table that holds the larger rows only, what the total has beside them is printed too, and may be small.
    """
    along: dict[tuple[CountKey, int], list[CountKey]] = defaultdict(list)
    for key in found.cells:
        if not isinstance(key, CountKey) or not isinstance(key.of, CellKey) or key.part is not part:
            continue
        names = key.of.categories
        for place, name in enumerate(names):
            if name != TOTAL:
                over = (*names[:place], TOTAL, *names[place + 1 :])
                along[CountKey(replace(key.of, categories=over), part), place].append(key)
    for (total, place), parts in along.items():
        if total not in found.cells:
            continue
        left = _left(found, total, parts)
        if part is Part.DENOMINATOR and left != 0:
            continue
        rest = Cell(RestKey(total, place), left, found.cells[total].below, printed=False)
        if at_least and rest.count is not None and rest.sensitive:
            found.add(rest)
            found.sums(total, (*parts, rest.key))
        else:
            found.sums(total, parts)


def _left(found: Counts, total: CountKey, parts: Sequence[CountKey]) -> int | None:
    """Return what a total has beside its parts; None where not all of them are known."""
    whole, counts = found.count(total), [found.count(key) for key in parts]
    known = [count for count in counts if count is not None]
    return None if whole is None or len(known) < len(counts) else whole - sum(known)


@dataclass(frozen=True, slots=True)
class Linked:
    """An indicator whose figures are made of a table: of all its cells, or of those of one category."""

    indicator: Indicator
    series: Mapping[Period, Figure]
    counts: Counts
    category: str = TOTAL


def link(table: Counts, breakdown: Breakdown, period: Period, to: Linked) -> None:
    """Take that a table's cells add up to figures of an indicator, or that a percentage is printed of them.

    The percentage is of its own denominator, or of the table's total where that is not printed.
    """
    if breakdown.multi_response or not (parts := _cells_of(table, breakdown, to.category)):
        return
    for periods in _candidates(breakdown, period, to.indicator):
        keys = [FigureKey(to.indicator.code, each) for each in periods]
        for part in (Part.VALUE, Part.NUMERATOR):
            totals = [CountKey(key, part) for key in keys]
            if all(total in to.counts.cells for total in totals):
                _add_up(table, parts, totals, to.counts)
                break
        figure = to.series.get(periods[0])
        if len(keys) > 1 or figure is None:
            continue
        printed = value_of(figure.content, to.indicator)
        if printed is not None and to.indicator.unit.kind in {UnitKind.PERCENT, UnitKind.RATE}:
            of = [key for key in (CountKey(keys[0], Part.DENOMINATOR),) if key in to.counts.cells]
            of = of or _cells_of(table, breakdown)
            table.ratios.append(Ratio(printed, tuple(parts), tuple(of), times=to.indicator.unit.multiplier))
        return


def _cells_of(table: Counts, breakdown: Breakdown, category: str = TOTAL) -> list[CountKey]:
    """Return the one cell that is the total of a category, or of all; else the cells that it is made of."""
    found: dict[tuple[str, ...], CountKey] = {
        key.of.categories: key
        for key in table.cells
        if isinstance(key, CountKey) and isinstance(key.of, CellKey) and key.part is Part.VALUE
    }
    whole = [key for names, key in found.items() if sorted(names) == sorted([*breakdown.grand_total[1:], category])]
    inner = [key for names, key in found.items() if TOTAL not in names and category in {TOTAL, *names}]
    return whole[:1] or inner


def _add_up(table: Counts, parts: Sequence[CountKey], totals: Sequence[CountKey], figures: Counts) -> None:
    if not totals:
        return
    if len(totals) == 1:
        table.sums(totals[0], parts)
        return
    counts = [figures.count(key) for key in totals]
    known = None if None in counts else sum(count for count in counts if count is not None)
    key = SumKey(totals[0], totals[-1])
    table.add(Cell(key, known, printed=False))
    table.sums(key, totals)
    table.sums(key, parts)


def _candidates(breakdown: Breakdown, period: Period, indicator: Indicator) -> Iterator[list[Period]]:
    """Yield the periods whose figures together cover what a table of `period` does, the likeliest first."""
    same = ending(period.end, indicator.kind)
    ends_together = same.end == period.end
    months = _YEAR if breakdown.basis is Basis.ROLLING else period.months
    match breakdown.basis:
        case Basis.POINT:
            whole = indicator.basis is Basis.POINT
        case Basis.ROLLING:
            whole = indicator.basis is Basis.ROLLING or (indicator.basis is Basis.PERIOD and same.months == months)
        case _:
            year_to_date = indicator.basis is Basis.CUMULATIVE and period.start == period.financial_year.start
            whole = year_to_date or (indicator.basis is Basis.PERIOD and same.months == months)
    if ends_together and whole:
        yield [same]
    if indicator.sums_months and breakdown.basis is not Basis.POINT and months > 1:
        last = ending(period.end, Kind.MONTH)
        if last.end == period.end:
            yield [last.shift(-step) for step in reversed(range(months))]
