"""What the figures of all areas say beside an indicator's: benchmarks, position, every authority in order.

Tables of areas are read for the rows that are shown and for no others: the latest period that ends no later than the
row's figure and was out on the day, and an earlier one for what the latest does not give.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from outcome_tracker.core.area import standing
from outcome_tracker.core.atlas import atlas as atlas_of
from outcome_tracker.core.benchmark import order_beside
from outcome_tracker.core.comparators import derivable, derive, figure_of, merged, own_position, published, without
from outcome_tracker.core.ranking import ranking
from outcome_tracker.core.scorecard import beside_figure, beside_until
from outcome_tracker.tracker.review import available_after, in_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from outcome_tracker.core.area import AreaFigure, AreaRelease, AreaTable, Neighbour, Standing
    from outcome_tracker.core.atlas import Atlas
    from outcome_tracker.core.benchmark import Benchmark
    from outcome_tracker.core.indicator import Council, Indicator
    from outcome_tracker.core.position import Position
    from outcome_tracker.core.ranking import Ranked
    from outcome_tracker.core.scorecard import Row
    from outcome_tracker.store.queries import Reader
    from outcome_tracker.tracker.review import Known


@dataclass(frozen=True, slots=True)
class NeighbourFigure:
    """A statistical neighbour with its figure; None where the table has no row of it."""

    neighbour: Neighbour
    name: str
    figure: AreaFigure | None


@dataclass(frozen=True, slots=True)
class AllAreas:
    """An indicator among all authorities. `positions` and `benchmarks` are of every period that ends with the figure's.

    `ranked` and `neighbours` are of the latest of them with any figure, whose release is `standing`; neighbours come
    nearest first, by the list of `list_release`. `lists` are the releases of the lists that are held.
    """

    standing: Standing | None
    positions: tuple[Position, ...]
    ranked: tuple[Ranked, ...]
    neighbours: tuple[NeighbourFigure, ...]
    benchmarks: tuple[Benchmark, ...]
    list_release: str
    lists: tuple[str, ...]

    @property
    def position(self) -> Position | None:
        """The council's position in the figures of `standing`; None where it has none in them."""
        period = self.standing.release.period if self.standing else None
        return next((each for each in self.positions if each.period == period), None)


@dataclass(slots=True)
class Beside:
    """A row for which tables are read, the latest first in `queue`, until nothing is `lacking`, and what they give.

    `table` is the latest in which any authority has a figure; the council's `position` is that in it.
    """

    row: Row
    queue: list[Standing]
    lacking: set[str]
    benchmarks: list[Benchmark] = field(default_factory=list)
    table: AreaTable | None = None
    position: Position | None = None


def read_atlas(reader: Reader, council: Council) -> Atlas:
    """Read every area, and the council's statistical neighbours in the release that it wants."""
    found = atlas_of(council, reader.areas(), None)
    if not (found.list_release and found.number):
        return found
    return replace(found, neighbours=reader.neighbour_lists(found.list_release, found.number).get(found.number))


def compared(reader: Reader, known: Known, rows: Iterable[Row]) -> dict[str, Row]:
    """Return rows, all of them `measured` everywhere, by code with benchmarks and positions from these figures."""
    found = read_beside(reader, known, rows, read_atlas(reader, known.council))
    return {each.row.indicator.code: judged(known, each.row, each.benchmarks, each.position) for each in found}


def read_beside(reader: Reader, known: Known, rows: Iterable[Row], atlas: Atlas) -> list[Beside]:
    """Read what the figures of all areas give for rows, all of them `measured` everywhere."""
    wanted = list(rows)
    releases = reader.area_releases([row.indicator.code for row in wanted])
    names = derivable(atlas)
    found = [Beside(row, _standing_beside(known, row, releases[row.indicator.code]), set(names)) for row in wanted]
    while pending := [each for each in found if each.queue and (each.lacking or not each.table)]:
        heads = [each.queue.pop(0) for each in pending]
        tables = reader.area_tables(head.release for head in heads)
        for each, head in zip(pending, heads, strict=True):
            _take(each, _shown(known, tables[head.release.number], atlas), head, atlas)
    return found


def _shown(known: Known, table: AreaTable, atlas: Atlas) -> AreaTable:
    """Return a table as it may be shown: without the council's own figure where that of its own books is hidden."""
    release = table.release
    return without(table, atlas.own) if known.withholds(release.indicator, release.period) else table


def _standing_beside(known: Known, row: Row, releases: Iterable[AreaRelease]) -> list[Standing]:
    """Return what stands beside the row's figure, the latest first; what was recorded after a sign-off doesn't."""
    until, event = beside_until(row), known.signed.get(row.plan.code)
    there = (each for each in releases if not (event and each.stamp and each.stamp.at > event.stamp.at))
    held = standing(there, known.seen_from(row.plan.code), available_after(row.indicator)).values()
    fitting = [each for each in held if each.release.period.end <= until.end]
    return sorted(fitting, key=lambda each: order_beside(each.release.period, until), reverse=True)


def _take(each: Beside, table: AreaTable, head: Standing, atlas: Atlas) -> None:
    """Take from a table what no later one gave."""
    indicator = each.row.indicator
    found = [b for b in derive(table, head, indicator, atlas) if b.comparator in each.lacking]
    each.benchmarks += found
    each.lacking -= {b.comparator for b in found}
    if not each.table and published(table, atlas):
        each.table, each.position = table, own_position(table, indicator, atlas)


def judged(known: Known, row: Row, derived: Iterable[Benchmark], position: Position | None) -> Row:
    """Return the row held against benchmarks, those entered and those derived, with the council's position."""
    every = in_order(together(known, row.indicator, derived), known.council)
    beside = beside_figure(row, every, known.seen_from(row.plan.code), available_after(row.indicator))
    return replace(row, benchmarks=beside, position=position)


def together(known: Known, indicator: Indicator, derived: Iterable[Benchmark]) -> tuple[Benchmark, ...]:
    """Return the benchmarks of an indicator that were entered, and those derived from the figures of all areas."""
    entered = known.benchmarks.get(indicator.code, ())
    return tuple(merged(entered, derived, known.seen_from(indicator.plan), available_after(indicator)))


def over_time(reader: Reader, known: Known, rows: Iterable[Row]) -> dict[str, tuple[Benchmark, ...]]:
    """Return the benchmarks of every period that the figures of all areas give rows, all of them `measured`, by code.

    Read at once, however many rows there are.
    """
    wanted = {row.indicator.code: row for row in rows}
    if not wanted:
        return {}
    atlas = read_atlas(reader, known.council)
    releases = reader.area_releases(list(wanted))
    held = {code: _standing_beside(known, row, releases[code]) for code, row in wanted.items()}
    tables = reader.area_tables(each.release for found in held.values() for each in found)
    return {
        code: tuple(
            benchmark
            for each in found
            for table in [_shown(known, tables[each.release.number], atlas)]
            for benchmark in derive(table, each, wanted[code].indicator, atlas)
        )
        for code, found in held.items()
    }


def all_areas(reader: Reader, known: Known, row: Row) -> AllAreas:
    """Return an indicator among all authorities, and its benchmarks of every period; it must be `measured`."""
    indicator = row.indicator
    atlas = read_atlas(reader, known.council)
    held = _standing_beside(known, row, reader.area_releases([indicator.code])[indicator.code])
    tables = reader.area_tables(each.release for each in held)
    pairs = [(each, tables[each.release.number]) for each in held]
    positions = [own_position(table, indicator, atlas) for _, table in reversed(pairs)]
    shown = next(((each, table) for each, table in pairs if published(table, atlas)), None)
    before = shown and next((t for _, t in pairs if t.release.period == shown[1].release.period.previous), None)
    return AllAreas(
        shown[0] if shown else None,
        tuple(found for found in positions if found),
        tuple(ranking(shown[1], before, indicator, atlas)) if shown else (),
        tuple(_neighbour(each, shown[1] if shown else None, atlas) for each in atlas.listed),
        tuple(benchmark for each, table in pairs for benchmark in derive(table, each, indicator, atlas)),
        atlas.list_release,
        tuple(reader.neighbour_releases()),
    )


def _neighbour(neighbour: Neighbour, table: AreaTable | None, atlas: Atlas) -> NeighbourFigure:
    codes = atlas.by_number.get(neighbour.dfe_code, ())
    names = [atlas.areas[code].name for code in codes if table is None or code in table.figures]
    name = next(iter(names), atlas.areas[codes[0]].name if codes else f"DfE number {neighbour.dfe_code}")
    return NeighbourFigure(neighbour, name, figure_of(table, codes) if table else None)
