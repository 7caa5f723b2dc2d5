"""Turns chart geometry into shapes: for SVG, and for pictures in Word.

The own line is the strongest; nothing is told apart by colour alone: the target is dashed, comparators are thin and
named at their ends, made-up points are hollow, those with a special cause square with a sign above.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.chart_wording import BREAK, SPECIAL_SIGN
from outcome_tracker.core.drawing import Area, Dot, Drawing, Label, Line
from outcome_tracker.core.plot import DROP, SAMPLE, WIDTH, Ending, Plot, key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from outcome_tracker.core import chart
    from outcome_tracker.core.drawing import Role, Shape, Spot
    from outcome_tracker.core.plot import Entry

_SPECIAL: dict[str, Role] = {"improvement": "improvement", "concern": "concern", "high": "unusual", "low": "unusual"}
_ENDS: dict[str, Role] = {"own": "own", "target": "target", "mean": "mean", "limit": "limit"}
_ROOM = 9.0  # across, for each point's dot: with less only those that matter are marked
_CAP = 3.0  # half the width of an interval's ends
_MIDDLE: Spot = (SAMPLE / 2, 0.0)  # of a sign of the key
_SAME = 1e-9  # two heights that differ by less are one


def drawing(charted: chart.Chart) -> Drawing | None:
    """Draw a chart; one without figures has nothing to draw, only its summary to say."""
    if not charted.ticks:
        return None
    endings = [
        Ending((_reach(charted, label), label.y), label.text, _ENDS.get(label.role, "comparator"))
        for label in charted.end_labels
    ]
    plot = Plot.between(charted.ticks, endings)
    explained, height = key(_key(charted, crowded=_is_crowded(charted.own, plot)), plot.below)
    yearly = all(mark.starts_year for mark in charted.marks)  # then a label is its point's, not where a year begins
    shapes: list[Shape] = [
        *_bands(charted, plot),
        *plot.rules(charted.ticks),
        *plot.dates(charted.marks, middle=yearly),
        *_breaks(charted, plot),
        *(Line(plot.spots(_places(run)), "comparator") for track in charted.comparators for run in track.runs),
        *(Line(plot.spots(stairs), "limit", dashed=True) for stairs in charted.limits),
        *(Line(plot.spots(stairs), "mean") for stairs in charted.means),
        *(Line(plot.spots(stairs), "target", dashed=True) for stairs in charted.targets),
        *plot.ends(endings),
        *(Line(plot.spots(_places(run)), "own") for run in charted.own.runs if len(run) > 1),
        *_points(charted.own, plot),
        *explained,
    ]
    return Drawing(WIDTH, height, tuple(shapes), charted.title, charted.summary)


def _places(run: Iterable[chart.Dot]) -> list[chart.Place]:
    """Return where a line goes; a point alone becomes a short level, or nobody would see it."""
    found = [(dot.x, dot.y) for dot in run]
    return found if len(found) > 1 else [(x + step, y) for x, y in found for step in (-0.01, 0.01)]


def _reach(charted: chart.Chart, label: chart.EndLabel) -> float:
    """Return how far to the right the line goes that a label names: to the end, unless it ends earlier."""
    runs = charted.own.runs if label.role == "own" else [run for track in charted.comparators for run in track.runs]
    ends = [(run[-1].x, run[-1].y) for run in runs]
    if label.role not in {"own", "comparator"}:
        ends = [stairs[-1] for stairs in (*charted.targets, *charted.means, *charted.limits)]
    return max((x for x, y in ends if abs(y - label.y) < _SAME), default=1.0)


def _bands(charted: chart.Chart, plot: Plot) -> Iterator[Shape]:
    """Draw Amber, neighbours of one height as one shape: seams would show."""
    open_bands: dict[tuple[float, float], tuple[float, float]] = {}
    for corners in charted.bands:
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        edges, start, end = (min(ys), max(ys)), min(xs), max(xs)
        before = open_bands.get(edges)
        if before is not None and abs(before[1] - start) > _SAME:
            yield _band(edges, before, plot)
            before = None
        open_bands[edges] = (before[0] if before else start, end)
    for edges, span in open_bands.items():
        yield _band(edges, span, plot)


def _band(edges: tuple[float, float], span: tuple[float, float], plot: Plot) -> Area:
    (low, high), (start, end) = edges, span
    return Area(plot.spots([(start, low), (end, low), (end, high), (start, high)]), "amber")


def _breaks(charted: chart.Chart, plot: Plot) -> Iterator[Shape]:
    for x in charted.breaks:
        bottom, top = plot.spots([(x, 0.0), (x, 1.0)])
        yield Line((bottom, top), "axis", dashed=True)
        yield Label((top[0] + 3, top[1] - 2), BREAK, "axis")


def _points(track: chart.Track, plot: Plot) -> Iterator[Shape]:
    """Mark the own line's points with their intervals; where it is crowded, those that matter: last, alone, special.

    A special one is then its sign alone: there is no room above it.
    """
    crowded = _is_crowded(track, plot)
    last = track.runs[-1][-1] if track.runs else None
    for run in track.runs:
        for dot in run:
            if crowded and not (dot is last or dot.special or dot.illustrative or len(run) == 1):
                continue
            x, y = plot.spot((dot.x, dot.y))
            if dot.lower is not None and dot.upper is not None:
                (_, low), (_, high) = plot.spots([(dot.x, dot.lower), (dot.x, dot.upper)])
                yield _whisker(x, low, high)
            if dot.special:
                role = _SPECIAL[dot.special]
                if not crowded:
                    yield Dot((x, y), role, hollow=dot.illustrative, square=True)
                yield Label((x, y + (DROP if crowded else -7)), SPECIAL_SIGN[dot.special], role, "middle", strong=True)
            else:
                yield Dot((x, y), "own", hollow=dot.illustrative)


def _is_crowded(track: chart.Track, plot: Plot) -> bool:
    return sum(len(run) for run in track.runs) * _ROOM > plot.right - plot.left


def _whisker(x: float, low: float, high: float) -> Line:
    ends = [(x - _CAP, low), (x + _CAP, low), (x, low), (x, high), (x - _CAP, high), (x + _CAP, high)]
    return Line(tuple((round(a, 1), b) for a, b in ends), "interval")


def _key(charted: chart.Chart, *, crowded: bool) -> Iterator[Entry]:
    """Say what signs mean, as far as they are there and no label says it."""
    dots = [dot for run in charted.own.runs for dot in run if dot.illustrative]
    if any(not dot.special or not crowded for dot in dots):
        yield (Dot(_MIDDLE, "own", hollow=True),), "illustrative"
    elif dots:
        yield (), "some are illustrative"
    if charted.has_intervals:
        yield (_whisker(_MIDDLE[0], 5, -5),), "95% interval"
    for special, sign in SPECIAL_SIGN.items():
        if special in charted.specials:
            role, (x, y) = _SPECIAL[special], _MIDDLE
            square = Dot((x - 5, y), role, square=True)
            label = Label((x if crowded else x + 5, y + 4), sign, role, "middle", strong=True)
            yield (label,) if crowded else (square, label), special
    if charted.limits:
        yield (Line(((0.0, 0.0), (SAMPLE, 0.0)), "limit", dashed=True),), charted.limits_name
    if charted.bands:
        yield (Area(((0.0, -4.0), (SAMPLE, -4.0), (SAMPLE, 4.0), (0.0, 4.0)), "amber"),), charted.amber or "Amber"
    if "not from 0" in charted.axis:
        yield (), charted.axis
