"""Draws a year's months beside those of the year before: two lines over the same twelve months."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from outcome_tracker.core import chart
from outcome_tracker.core.chart_wording import months_text
from outcome_tracker.core.drawing import Dot, Drawing, Line
from outcome_tracker.core.number import UnitKind
from outcome_tracker.core.plot import SAMPLE, WIDTH, Ending, Plot, key
from outcome_tracker.core.wording import value_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from outcome_tracker.core.chart import Place
    from outcome_tracker.core.drawing import Role, Shape
    from outcome_tracker.core.number import Unit
    from outcome_tracker.core.plot import Entry


@dataclass(frozen=True, slots=True)
class Year:
    """A year's figures, one for each month and None where there is none, and what the year is called."""

    name: str
    values: Sequence[Decimal | None]


def drawing(
    title: str, months: Sequence[str], year: Year, before: Year, unit: Unit, decimals: int = 0
) -> Drawing | None:
    """Draw both years' lines, or nothing where neither has a figure. `months` are short names, such as `May`."""
    numbers = [Fraction(value) for each in (year, before) for value in each.values if value is not None]
    if not numbers:
        return None
    most = 100 if unit.kind is UnitKind.PERCENT else None
    scale = chart.ticks(min(numbers), max(numbers), decimals, most=most)
    low, high = Fraction(scale[0]), Fraction(scale[-1])
    ticks = [chart.Tick(float((Fraction(n) - low) / (high - low)), value_text(n, unit)) for n in scale]

    def runs(each: Year) -> list[list[Place]]:
        found: list[list[Place]] = [[]]
        for slot, value in enumerate(each.values):
            if value is None:
                found.append([])
            else:
                found[-1].append((_middle(slot, months), float((Fraction(value) - low) / (high - low))))
        return [run for run in found if run]

    lines: list[tuple[Year, Role, list[list[Place]]]] = [(year, "own", runs(year)), (before, "before", runs(before))]
    endings = [
        Ending(places[-1][-1], value_text(next(v for v in reversed(each.values) if v is not None), unit), role)
        for each, role, places in lines
        if places
    ]
    plot = Plot.between(ticks, endings)
    axis = "" if low == 0 else f"axis from {value_text(scale[0], unit)}, not from 0"
    explained, height = key(_key(year.name, before.name, axis), plot.below)
    marks = [chart.Mark(_middle(slot, months), month, starts_year=True) for slot, month in enumerate(months)]
    shapes: list[Shape] = [*plot.rules(ticks), *plot.dates(marks, middle=True), *plot.ends(endings)]
    for _, role, places in reversed(lines):
        shapes += _line(places, role, plot)
    return Drawing(
        WIDTH,
        height,
        (*shapes, *explained),
        title,
        months_text(title, unit, decimals, months, [(each.name, each.values) for each in (year, before)]),
    )


def _middle(slot: int, months: Sequence[str]) -> float:
    return (slot + 0.5) / len(months)


def _line(runs: list[list[Place]], role: Role, plot: Plot) -> Iterator[Shape]:
    """Draw a year's line: the one before is dashed, with squares for points."""
    earlier = role == "before"
    for run in runs:
        if len(run) > 1:
            yield Line(plot.spots(run), role, dashed=earlier)
        yield from (Dot(spot, role, square=earlier) for spot in plot.spots(run))


def _key(year: str, before: str, axis: str) -> Iterator[Entry]:
    ends = ((0.0, 0.0), (SAMPLE, 0.0))
    yield (Line(ends, "own"), Dot((SAMPLE / 2, 0.0), "own")), year
    yield (Line(ends, "before", dashed=True), Dot((SAMPLE / 2, 0.0), "before", square=True)), before
    if axis:
        yield (), axis
