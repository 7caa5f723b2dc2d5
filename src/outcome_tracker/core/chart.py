"""Chart geometry for the terminal and for SVG: where lines, bands and labels lie in a square from 0 to 1.

Numbers stay exact until they become coordinates, so axis labels are what they say. An absent figure leaves a gap.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from outcome_tracker.core.chart_wording import amber_text, summary_text
from outcome_tracker.core.indicator import Polarity
from outcome_tracker.core.number import Unit, UnitKind, half_up
from outcome_tracker.core.period import Kind, Period
from outcome_tracker.core.target import as_written
from outcome_tracker.core.wording import short_comparator, value_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from outcome_tracker.core.indicator import Margin
    from outcome_tracker.core.interval import Interval
    from outcome_tracker.core.target import Goal, Number

Place = tuple[float, float]  # x from left to right, y from the bottom up, both 0 to 1
MOST_TICKS = 5
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5))
_YEAR = 12  # months


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a line; without a value it is a gap. `parted`: nothing joins it with the one before.

    `broken`: it is parted by a break in the series. `interval` is the figure's 95% interval, where it has one;
    `special` the type of a point with a special cause.
    """

    period: Period
    value: Number | None
    illustrative: bool = False
    parted: bool = False
    interval: Interval | None = None
    special: str = ""
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """What was to be reached in a period: the target or a range's two bounds, and where Amber lies beside them.

    Of a chart of statistical process control: mean, lower and upper limit, or the mean alone; `text` is then what a
    limit is called.
    """

    period: Period
    numbers: tuple[Number, ...]
    amber: tuple[tuple[Number, Number], ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """A named line, such as a comparator's."""

    label: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a line, in the square; `lower` and `upper` are the heights of its 95% interval's limits."""

    x: float
    y: float
    period: Period
    illustrative: bool = False
    lower: float | None = None
    upper: float | None = None
    special: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    """A line in pieces: nothing joins one run with the next."""

    label: str
    runs: tuple[tuple[Dot, ...], ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A number on the vertical axis."""

    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A period on the horizontal axis; `starts_year` where a financial year begins, else `label` may be empty."""

    x: float
    label: str
    starts_year: bool


@dataclass(frozen=True, slots=True)
class EndLabel:
    """What stands to the right of a line's end, the number first. `role` is own, target, mean, limit or comparator.

    `earlier`: a comparator's line ends before the chart does, so no line ends beside it.
    """

    y: float
    text: str
    role: str
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything to draw, the most important end labels first. `amber` says how far the last band goes.

    `means` and `limits` are those of statistical process control, `limits_name` what they are called; `breaks` is
    where the series breaks, between two periods; `summary` says the same in a sentence.
    """

    title: str = ""
    ticks: tuple[Tick, ...] = ()
    own: Track = Track("", ())
    comparators: tuple[Track, ...] = ()
    targets: tuple[tuple[Place, ...], ...] = ()
    bands: tuple[tuple[Place, ...], ...] = ()
    marks: tuple[Mark, ...] = ()
    end_labels: tuple[EndLabel, ...] = ()
    axis: str = ""
    amber: str = ""
    summary: str = ""
    means: tuple[tuple[Place, ...], ...] = ()
    limits: tuple[tuple[Place, ...], ...] = ()
    limits_name: str = ""
    breaks: tuple[float, ...] = ()

    @property
    def specials(self) -> frozenset[str]:
        """The types of special cause that are seen."""
        return frozenset(dot.special for run in self.own.runs for dot in run if dot.special)

    @property
    def illustrative(self) -> bool:
        """Whether any figure of the own line is made up for show."""
        return any(dot.illustrative for run in self.own.runs for dot in run)

    @property
    def has_intervals(self) -> bool:
        """Whether any point of the own line shows its 95% interval."""
        return any(dot.lower is not None for run in self.own.runs for dot in run)

    def placed(self, gap: float) -> tuple[EndLabel, ...]:
        """Return as many end labels as fit at least `gap` apart, pushed off one another, from the bottom up."""
        most = int(1 / gap + 1e-9) + 1
        kept = sorted(self.end_labels[:most], key=lambda label: label.y)
        spread = apart([label.y for label in kept], gap)
        return tuple(replace(label, y=y) for y, label in zip(spread, kept, strict=True))


def draw(
    title: str,
    unit: Unit,
    decimals: int,
    own: Sequence[Point],
    levels: Iterable[Level] = (),
    comparators: Iterable[Series] = (),
    process: Sequence[Level] = (),
) -> Chart:
    """Lay out the own line's points, one for each period in order, with targets, comparators and process lines."""
    periods = [point.period for point in own]
    levels = [_possible(level, unit) for level in levels if level.period in set(periods)]
    others = [(series.label, _placed(series, periods)) for series in comparators]
    others = [(label, placed) for label, placed in others if placed]
    numbers: list[Number | float] = [p.value for p in own if p.value is not None]
    numbers += [n for level in levels for n in (*level.numbers, *(edge for pair in level.amber for edge in pair))]
    numbers += [value for _, placed in others for _, _, value, _ in placed]
    numbers += [n for p in own if p.interval for n in (p.interval.lower, p.interval.upper)]
    numbers += [n for line in process for n in line.numbers]
    if not numbers:
        return Chart(title, summary=f"{title}: there are no figures to draw yet.")
    low, high = (Fraction(end(numbers, key=float)) for end in (min, max))
    scale = ticks(low, high, decimals, most=100 if unit.kind is UnitKind.PERCENT else None)
    frame = _Frame(periods, float(scale[0]), float(scale[-1]))
    first, last = value_text(scale[0], unit), value_text(scale[-1], unit)
    return Chart(
        title,
        tuple(Tick(frame.y(tick), value_text(tick, unit)) for tick in scale),
        Track(title, frame.runs(own)),
        tuple(Track(label, frame.tracks(placed)) for label, placed in others),
        tuple(stairs for index in (0, 1) for stairs in frame.stairs(levels, index)),
        frame.bands(levels),
        frame.marks(),
        _end_labels(frame, unit, decimals, own, levels, others, process),
        f"axis from {first} to {last}" + ("" if scale[0] == 0 else ", not from 0"),
        amber_text(levels[-1], unit, decimals) if levels else "",
        summary_text(title, unit, decimals, own, levels, _ends(others)),
        tuple(frame.stairs(process, 0)),
        tuple(stairs for index in (1, 2) for stairs in frame.stairs(process, index)),
        f"{process[-1].text}s" if process and len(process[-1].numbers) > 1 else "",
        tuple(frame.x(slot) for slot, point in enumerate(own) if slot and point.broken),
    )


def ticks(low: Fraction, high: Fraction, decimals: int, most: int | None = None) -> tuple[Decimal, ...]:
    """Return 3 to 5 round numbers that hold `low` and `high`.

    Nearly equal numbers get an axis of a tenth of their size, so that noise doesn't look like change. The axis
    doesn't go below zero, or above `most` (100%), where the numbers don't.
    """
    wanted = max(max(abs(low), abs(high)) / 10, Fraction(2, 10**decimals))
    floor, ceiling = (Fraction(0) if low >= 0 else None), (Fraction(most) if most and high <= most else None)
    if (short := wanted - (high - low)) > 0:
        low, high = low - short / 2, high + short / 2
        if floor is not None and low < floor:
            low, high = floor, max(high, floor + wanted)
        if ceiling is not None and high > ceiling:
            low, high = ceiling - wanted, ceiling
    unit, exponent = Decimal(1).scaleb(-decimals), -decimals
    while True:
        for step in (factor.scaleb(exponent) for factor in _STEPS):
            first, last = low // Fraction(step), -(-high // Fraction(step))
            if last - first < MOST_TICKS and not step % unit:  # nothing finer than figures are shown
                places = max(0, -int(step.normalize().as_tuple().exponent))
                return tuple(half_up(Fraction(step) * n, places) for n in range(first, last + 1))
        exponent += 1


def apart(anchors: Sequence[float], gap: float) -> tuple[float, ...]:
    """Return places at least `gap` apart and inside 0 to 1, as near to the sorted anchors as can be.

    Neighbours that would overlap are merged into a block around their mean (isotonic regression).
    """
    if not anchors:
        return ()
    gap = min(gap, 1 / (len(anchors) - 1)) if len(anchors) > 1 else gap
    blocks: list[tuple[float, int]] = []  # mean of (anchor minus its offset), number
    for index, anchor in enumerate(anchors):
        mean, count = anchor - index * gap, 1
        while blocks and blocks[-1][0] >= mean:
            before, number = blocks.pop()
            mean, count = (before * number + mean * count) / (number + count), number + count
        blocks.append((mean, count))
    room = max(1 - (len(anchors) - 1) * gap, 0)
    offsets = [min(max(mean, 0), room) for mean, count in blocks for _ in range(count)]
    return tuple(min(offset + index * gap, 1) for index, offset in enumerate(offsets))


def level(period: Period, goal: Goal, better: Polarity, tolerance: Margin, text: str = "") -> Level:
    """Return a target's level with its Amber band, which lies on the worse side only."""
    numbers = [Fraction(n) for n in goal.numbers]
    below = [(n - Fraction(tolerance.of(n)), n) for n in numbers[:1] if better in {Polarity.HIGHER, Polarity.WITHIN}]
    above = [(n, n + Fraction(tolerance.of(n))) for n in numbers[-1:] if better in {Polarity.LOWER, Polarity.WITHIN}]
    return Level(period, goal.numbers, tuple((a, b) for a, b in (*below, *above) if a != b), text)


def _possible(level: Level, unit: Unit) -> Level:
    """Keep the Amber band off numbers that no figure in that unit can be: below zero, above 100%."""
    least = None if unit.kind is UnitKind.POUNDS else Fraction(0)
    most = Fraction(100) if unit.kind is UnitKind.PERCENT else None

    def inside(number: Number) -> Fraction:
        number = Fraction(number) if least is None else max(Fraction(number), least)
        return number if most is None else min(number, most)

    edges = [(inside(a), inside(b)) for a, b in level.amber]
    return replace(level, amber=tuple((a, b) for a, b in edges if a != b))


# A point placed on the axis: the first and last slot it covers, its value, and the point itself.
_Placing = tuple[int, int, Fraction, Point]


def _placed(series: Series, periods: Sequence[Period]) -> list[_Placing]:
    """Put a comparator's points, whose periods may be longer or shorter than the axis's, onto its slots."""
    found: dict[tuple[int, int], _Placing] = {}
    for point in sorted(series.points, key=lambda p: (p.period.end, p.period.months)):
        inside = [i for i, slot in enumerate(periods) if point.period.holds(slot)]
        around = [i for i, slot in enumerate(periods) if slot.start <= point.period.end <= slot.end]
        slots = inside or (around if around and periods[0].months >= point.period.months else [])
        if slots and point.value is not None:
            found[slots[0], slots[-1]] = (slots[0], slots[-1], Fraction(point.value), point)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Frame:
    """Turns periods and numbers into places, which are drawn and never judged: floats are exact enough."""

    periods: Sequence[Period]
    low: float
    high: float

    def x(self, slot: float) -> float:
        """Return where a slot begins; half a slot on is its middle."""
        return slot / len(self.periods)

    def middle(self, slot: int) -> float:
        return self.x(slot + 0.5)

    def y(self, number: Number) -> float:
        return (float(number) - self.low) / (self.high - self.low)

    def runs(self, points: Sequence[Point]) -> tuple[tuple[Dot, ...], ...]:
        runs: list[list[Dot]] = [[]]
        for slot, point in enumerate(points):
            if point.value is None or point.parted:
                runs.append([])
            if point.value is not None:
                dot = Dot(
                    self.middle(slot), self.y(point.value), point.period, point.illustrative, special=point.special
                )
                if point.interval:
                    dot = replace(dot, lower=self.y(point.interval.lower), upper=self.y(point.interval.upper))
                runs[-1].append(dot)
        return tuple(tuple(run) for run in runs if run)

    def tracks(self, placed: Sequence[_Placing]) -> tuple[tuple[Dot, ...], ...]:
        """Draw a year's benchmark as a level across its quarters, and join it with the next one only."""
        runs: list[list[Dot]] = []
        before: _Placing | None = None
        for one in placed:
            first, last, value, point = one
            if before is None or first > before[1] + 1:
                runs.append([])
            ends = [first] if first == last else [first, last]
            runs[-1] += [Dot(self.middle(slot), self.y(value), point.period, point.illustrative) for slot in ends]
            before = one
        return tuple(tuple(run) for run in runs)

    def stairs(self, levels: Sequence[Level], index: int) -> list[tuple[Place, ...]]:
        """Draw a target as steps, each as wide as its period; a period without one is a gap."""
        by_period = {lv.period: lv.numbers[index] for lv in levels if len(lv.numbers) > index}
        lines: list[list[Place]] = [[]]
        for slot, period in enumerate(self.periods):
            if period not in by_period:
                lines.append([])
                continue
            y = self.y(by_period[period])
            if not lines[-1] or lines[-1][-1] != (self.x(slot), y):
                lines[-1].append((self.x(slot), y))
            lines[-1].append((self.x(slot + 1), y))
        return [tuple(line) for line in lines if line]

    def bands(self, levels: Sequence[Level]) -> tuple[tuple[Place, ...], ...]:
        """Draw Amber as one rectangle for each period and side."""
        by_period = {lv.period: lv.amber for lv in levels}
        return tuple(
            ((x, self.y(a)), (x2, self.y(a)), (x2, self.y(b)), (x, self.y(b)))
            for slot, period in enumerate(self.periods)
            for x, x2 in [(self.x(slot), self.x(slot + 1))]
            for a, b in by_period.get(period, ())
        )

    def marks(self) -> tuple[Mark, ...]:
        found = []
        for slot, period in enumerate(self.periods):
            starts = period.months in {period.months_into_year, _YEAR}
            financial = period.kind in {Kind.MONTH, Kind.QUARTER, Kind.HALF}
            label = period.financial_year.code if financial else period.code.rpartition(" ")[2]
            found.append(Mark(self.middle(slot), label if starts or slot == 0 else "", starts))
        return tuple(found)


def _ends(others: Sequence[tuple[str, list[_Placing]]]) -> list[tuple[str, Fraction, Period]]:
    """Return each comparator's name, and the value and period that its line ends with."""
    lasts = [(label, placed[-1]) for label, placed in others]
    return [(label, value, point.period) for label, (_, _, value, point) in lasts]


def _end_labels(
    frame: _Frame,
    unit: Unit,
    decimals: int,
    own: Sequence[Point],
    levels: Sequence[Level],
    others: Sequence[tuple[str, list[_Placing]]],
    process: Sequence[Level],
) -> tuple[EndLabel, ...]:

    def text(value: Number, period: Period, last: int, label: str = "") -> str:
        when = period.code if last < len(own) - 1 else ""  # where the line ends before the chart does
        return " ".join(part for part in (value_text(half_up(value, decimals), unit), label, when) if part)

    found = [
        EndLabel(frame.y(point.value), text(point.value, point.period, slot), "own")
        for slot, point in enumerate(own)
        if point.value is not None
    ][-1:]
    found += [
        EndLabel(frame.y(number), f"{value_text(as_written(number, decimals), unit)} target", "target")
        for number in (levels[-1].numbers if levels else ())
    ]
    for line in process[-1:]:
        names = ("mean", f"lower {line.text}", f"upper {line.text}")
        for number, name in zip(line.numbers, names, strict=False):  # a decimal finer than figures
            said = f"{value_text(half_up(number, decimals + 1), unit)} {name}"
            found.append(EndLabel(frame.y(number), said, "mean" if name == "mean" else "limit"))
    for label, placed in others:
        _, last, value, point = placed[-1]
        said = text(value, point.period, last, short_comparator(label))
        found.append(EndLabel(frame.y(value), said, "comparator", earlier=last < len(own) - 1))
    return tuple(found)
