"""Benchmarks from the figures of all areas: England, a region, statistical neighbours, any authority by its name.

England's and a region's figures are the source's own rows, whose rounding and corrections no sum of authorities
gives.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from outcome_tracker.core.benchmark import Benchmark, out_on
from outcome_tracker.core.neighbours import average
from outcome_tracker.core.number import divided, mean, total
from outcome_tracker.core.position import position
from outcome_tracker.core.position_wording import computed_method, neighbours_method

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from dateutil.relativedelta import relativedelta

    from outcome_tracker.core.area import AreaFigure, AreaTable, Standing
    from outcome_tracker.core.atlas import Atlas
    from outcome_tracker.core.indicator import Indicator
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.position import Position

_NEIGHBOURS = "statistical neighbours"
_NO_VALUE = Decimal(0)


def figure_of(table: AreaTable, codes: Iterable[str]) -> AreaFigure | None:
    """Return the figure of the first of these codes that has a value, else of the first that is there."""
    found = [table.figures[code] for code in codes if code in table.figures]
    return next((figure for figure in found if figure.value is not None), found[0] if found else None)


def value_of(table: AreaTable, codes: Iterable[str]) -> Decimal | None:
    """Return the value of an area by any of its codes."""
    figure = figure_of(table, codes)
    return figure.value if figure else None


def published(table: AreaTable, atlas: Atlas, *, but: Collection[str] = ()) -> list[Decimal]:
    """Return the values of all authorities that have one, but those with these codes."""
    return [
        figure.value
        for code, figure in table.figures.items()
        if figure.value is not None and atlas.is_authority(code) and code not in but
    ]


def without(table: AreaTable, codes: Collection[str]) -> AreaTable:
    """Return a table without the areas of these codes."""
    return replace(table, figures={code: figure for code, figure in table.figures.items() if code not in codes})


def own_position(table: AreaTable, indicator: Indicator, atlas: Atlas) -> Position | None:
    """Return where the council's own published figure stands among those of all authorities."""
    own = value_of(table, atlas.own)
    return position(table.release.period, own, published(table, atlas), indicator.better)


def derivable(atlas: Atlas) -> list[str]:
    """Return the council's comparators that a table of all areas may give."""
    return [
        name
        for name in atlas.council.comparators
        if (atlas.neighbours if _is_neighbours(name) else atlas.named(name) or atlas.inside(name))
    ]


def derive(table: AreaTable, standing: Standing, indicator: Indicator, atlas: Atlas) -> list[Benchmark]:
    """Return the benchmarks of the council's comparators that a table has or gives, in the comparators' order.

    `released` is the day the release came out where that is known, and None where it is only assumed.
    """
    release, found = table.release, []
    for name in atlas.council.comparators:
        blank = Benchmark(
            indicator.code,
            name,
            release.period,
            _NO_VALUE,
            source=release.source,
            release=release.release,
            released=None if standing.assumed else standing.out,
        )
        if _is_neighbours(name):
            given = _of_neighbours(blank, table, atlas)
        else:
            given = _of_area(blank, table, indicator, atlas)
        found += [given] if given else []
    return found


def _is_neighbours(name: str) -> bool:
    return name.casefold() == _NEIGHBOURS


def _of_neighbours(blank: Benchmark, table: AreaTable, atlas: Atlas) -> Benchmark | None:
    if atlas.neighbours is None:
        return None
    values = [value_of(table, atlas.by_number.get(each.dfe_code, ())) for each in atlas.listed]
    found = average(values, atlas.average)
    if found is None:
        return None
    return replace(blank, value=found.value, method=neighbours_method(found, atlas.average, atlas.neighbours.release))


def _of_area(blank: Benchmark, table: AreaTable, indicator: Indicator, atlas: Atlas) -> Benchmark | None:
    """Return the figure that the source prints for the area, else that of the authorities in it."""
    printed = figure_of(table, atlas.named(blank.comparator))
    if printed is not None and printed.value is not None:
        return replace(blank, value=printed.value, numerator=printed.numerator, denominator=printed.denominator)
    codes = atlas.inside(blank.comparator) or ()
    figures = [table.figures[code] for code in codes if code in table.figures]
    figures = [figure for figure in figures if figure.value is not None]
    if not figures:
        return None
    summed = _summed(blank, figures, indicator) or _averaged(blank, figures)
    return replace(summed, method=computed_method(summed.method, len(figures), given=printed is not None))


def _summed(blank: Benchmark, figures: Sequence[AreaFigure], indicator: Indicator) -> Benchmark | None:
    """Return the sum of the parts, where every authority with a value has both."""
    tops = [f.numerator for f in figures if f.numerator is not None]
    bottoms = [f.denominator for f in figures if f.denominator is not None]
    top, bottom = total(tops), total(bottoms)
    if not len(tops) == len(bottoms) == len(figures) or not bottom:
        return None
    value = divided(top * indicator.unit.multiplier, bottom)
    return replace(blank, value=value, numerator=top, denominator=bottom, method="sum of parts")


def _averaged(blank: Benchmark, figures: Sequence[AreaFigure]) -> Benchmark:
    return replace(blank, value=mean([f.value for f in figures if f.value is not None]), method="mean")


def merged(
    stored: Iterable[Benchmark], derived: Iterable[Benchmark], as_at: date, available_after: relativedelta | None
) -> list[Benchmark]:
    """Put benchmarks that were entered and derived ones together, one of each comparator and period.

    Of two that were out on `as_at` the one that came out later stands, one whose day is unknown counting as the
    earlier; of two of one day the derived one, which anybody can work out again.
    """
    chosen: dict[tuple[str, Period], Benchmark] = {(b.comparator, b.period): b for b in derived}
    for each in stored:
        key = (each.comparator, each.period)
        rival = chosen.get(key)
        if rival is None or _later(each, rival, as_at, available_after):
            chosen[key] = each
    return list(chosen.values())


def _later(stored: Benchmark, derived: Benchmark, as_at: date, available_after: relativedelta | None) -> bool:
    first, second = out_on(derived, available_after), out_on(stored, available_after)
    return second is not None and second <= as_at and (first is None or second > first)
