"""Draws a `core.chart.Chart` into rows of characters, each with the name of its style. Knows no terminal."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby, pairwise
from math import floor
from typing import TYPE_CHECKING

from rich.cells import cell_len

from outcome_tracker.core.chart import apart
from outcome_tracker.core.chart_wording import SPECIAL_SIGN
from outcome_tracker.tui.widgets.grid_data import fitted, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outcome_tracker.core.chart import Chart, Dot, EndLabel, Place, Track

Row = list[tuple[str, str]]  # texts with the part that each is; empty for plain

# A thin line at three heights of a character, which most terminals' fonts have, while many lack braille.
HEIGHTS, RISE = "▔─▁", "│"
POINT, ILLUSTRATIVE, SHADE, WHISKER = "●", "○", "░", "¦"
DOT = "·"
SPECIAL, SPECIAL_ILLUSTRATIVE = "♦", "◊"
_DASH = 3  # a target is drawn in dashes, each third column empty: told from the own line without colour
_STRENGTH = {
    "chart--interval": 0,
    "chart--process": 1,
    "chart--comparator": 1,
    "chart--target": 2,
    "chart--own": 3,
    **{f"chart--{special}": 4 for special in SPECIAL_SIGN},
}
_ROLES = {
    "own": "chart--own",
    "target": "chart--target",
    "mean": "chart--process",
    "limit": "chart--process",
    "comparator": "chart--comparator",
}
_TALL = 12  # rows from which the axis has a row of its own
_ENOUGH = 0.3  # of a row that the band must cover to shade it
_APART = 3  # cells between quarter marks on the axis


@dataclass
class Canvas:
    """A plot area of `width` × `height` characters, each with three heights for a line."""

    width: int
    height: int
    glyphs: dict[tuple[int, int], str] = field(default_factory=dict)
    styles: dict[tuple[int, int], str] = field(default_factory=dict)
    shaded: set[tuple[int, int]] = field(default_factory=set)

    def column(self, x: float) -> int:
        """Return the column of a place in the square."""
        return round(x * (self.width - 1))

    def level(self, y: float) -> int:
        """Return the height of a place in the square, counted from the top in thirds of a row."""
        return round((1 - y) * (self.height * len(HEIGHTS) - 1))

    def row(self, y: float) -> int:
        """Return the row of a height in the square."""
        return self.level(y) // len(HEIGHTS)

    def shade(self, corners: tuple[Place, ...]) -> None:
        """Shade a rectangle; one thinner than a row still takes one."""
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        top, bottom = ((1 - y) * self.height for y in (max(ys), min(ys)))
        rows = [row for row in range(self.height) if min(bottom, row + 1) - max(top, row) >= _ENOUGH]
        rows = rows or [self.row((min(ys) + max(ys)) / 2)]
        for column in range(round(min(xs) * self.width), round(max(xs) * self.width)):
            self.shaded.update((column, row) for row in rows)

    def path(self, start: Place, end: Place) -> list[tuple[int, int]]:
        """Return the height of a straight line in each column that it crosses."""
        (x1, y1), (x2, y2) = ((self.column(x), self.level(y)) for x, y in (start, end))
        across = max(x2 - x1, 1)
        return [(x, y1 + round((y2 - y1) * (x - x1) / across)) for x in range(x1, x2 + 1)]

    def put(self, column: int, row: int, glyph: str, style: str) -> None:
        """Draw a character, unless a stronger line crosses there."""
        cell = (column, row)
        if _STRENGTH[style] >= _STRENGTH.get(self.styles.get(cell, ""), 0):
            self.glyphs[cell], self.styles[cell] = glyph, style

    def own(self, track: Track) -> None:
        """Draw the indicator's line, each run by itself; what is between them stays empty."""
        size = len(HEIGHTS)
        for run in track.runs:
            for a, b in pairwise(run):
                before: int | None = None
                for column, level in self.path((a.x, a.y), (b.x, b.y)):
                    row = level // size
                    if before is not None and abs(row - before) > 1:  # too steep for a step in each column
                        for between in range(min(row, before) + 1, max(row, before)):
                            self.put(column, between, RISE, "chart--own")
                    self.put(column, row, HEIGHTS[level % size], "chart--own")
                    before = row

    def comparator(self, track: Track) -> None:
        """Draw a comparator's line as dots in every second column."""
        for run in track.runs:
            for a, b in pairwise((*run[:1], *run)):
                for column, level in self.path((a.x, a.y), (b.x, b.y)):
                    if column % 2 == 0:
                        self.put(column, level // len(HEIGHTS), DOT, "chart--comparator")

    def process(self, stairs: tuple[Place, ...], *, dashed: bool) -> None:
        """Draw a mean as a thin line, or a limit as one with every second column empty."""
        for start, end in pairwise(stairs):
            if start[1] == end[1]:
                for column, level in self.path(start, end):
                    if not dashed or column % 2 == 0:
                        self.put(column, level // len(HEIGHTS), HEIGHTS[level % len(HEIGHTS)], "chart--process")

    def target(self, stairs: tuple[Place, ...]) -> None:
        """Draw a target's levels in dashes; what is between two levels stays empty."""
        for start, end in pairwise(stairs):
            if start[1] == end[1]:
                for column, level in self.path(start, end):
                    if column % _DASH != _DASH - 1:
                        self.put(column, level // len(HEIGHTS), HEIGHTS[level % len(HEIGHTS)], "chart--target")

    def points(self, track: Track) -> None:
        """Mark the line's points with their intervals, where there is room for all; else the last alone."""
        dots = [dot for run in track.runs for dot in run]
        crowded = _is_crowded(track, self.width)
        for dot in [dot for n, dot in enumerate(dots, 1) if not crowded or dot.special or n == len(dots)]:
            if dot.lower is not None and dot.upper is not None:
                for row in range(self.row(dot.upper), self.row(dot.lower) + 1):
                    self.put(self.column(dot.x), row, WHISKER, "chart--interval")
            if dot.special:
                self.special(dot, crowded=crowded)
                continue
            glyph = ILLUSTRATIVE if dot.illustrative else POINT
            self.put(self.column(dot.x), self.row(dot.y), glyph, "chart--own")

    def special(self, dot: Dot, *, crowded: bool) -> None:
        """Mark a point with a special cause, with its type above it or below; where it is crowded, by its type."""
        column, row, style, sign = (
            self.column(dot.x),
            self.row(dot.y),
            f"chart--{dot.special}",
            SPECIAL_SIGN[dot.special],
        )
        marked = SPECIAL_ILLUSTRATIVE if dot.illustrative else sign if crowded else SPECIAL
        self.put(column, row, marked, style)
        beside = [each for each in (row - 1, row + 1) if 0 <= each < self.height and not crowded]
        free = [each for each in beside if self.styles.get((column, each)) != "chart--own"]
        for each in (free or beside)[:1]:
            self.put(column, each, sign, style)

    def cells(self, row: int) -> Iterator[tuple[str, str]]:
        """Give the characters of a row with their styles."""
        for column in range(self.width):
            cell = (column, row)
            glyph, style = self.glyphs.get(cell), self.styles.get(cell, "")
            if cell in self.shaded:
                yield glyph or SHADE, f"{style} chart--band".strip()
            else:
                yield glyph or " ", style


def paint(chart: Chart, width: int, height: int) -> list[Row]:
    """Draw the chart into `height` rows of `width` cells."""
    if not chart.ticks:
        said = [fitted(line, width, right=False) for line in wrapped(chart.summary, width, most=height)]
        return [*([(line, "chart--axis")] for line in said), *[[(" " * width, "")]] * (height - len(said))]
    tall = height >= _TALL
    left = max(cell_len(tick.label) for tick in chart.ticks)
    margin = min(max((cell_len(label.text) for label in chart.end_labels), default=0) + 2, width // 3)
    columns = max(width - left - 2 - margin, 2)
    legend = _legend(chart, width, most=2 if tall else 1, crowded=_is_crowded(chart.own, columns))
    canvas = Canvas(columns, max(height - len(legend) - 1 - tall, 1))
    for band in chart.bands:
        canvas.shade(band)
    for track in chart.comparators:
        canvas.comparator(track)
    for stairs in chart.limits:
        canvas.process(stairs, dashed=True)
    for stairs in chart.means:
        canvas.process(stairs, dashed=False)
    for stairs in chart.targets:
        canvas.target(stairs)
    canvas.own(chart.own)
    canvas.points(chart.own)
    ticks = {canvas.row(tick.y): tick.label for tick in chart.ticks}
    ends = _ends(chart, canvas)
    rows = []
    for row in range(canvas.height):
        axis = ticks.get(row, "").rjust(left) + (" ┤" if row in ticks else " │")
        label = ends.get(row)
        beside = fitted(f" {label.text}" if label else "", margin, right=False)
        rows.append([(axis, "chart--axis"), *_joined(canvas.cells(row)), (beside, _ROLES[label.role] if label else "")])
    if tall:
        rows.append([(" " * (left + 1) + "└" + _axis(chart, canvas) + " " * margin, "chart--axis")])
    rows.append([(" " * (left + 2) + _years(chart, canvas, canvas.width + margin), "chart--axis")])
    return [*rows, *legend]


def _joined(cells: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Join neighbours of one style."""
    for style, run in groupby(cells, key=lambda cell: cell[1]):
        yield "".join(text for text, _ in run), style


def _ends(chart: Chart, canvas: Canvas) -> dict[int, EndLabel]:
    """Give each end label a row of its own, as near to its line's end as can be; the most important come first.

    Those of lines that end earlier take what is left: beside the end of another line they would seem to name it.
    """
    last = max(canvas.height - 1, 1)
    labels = chart.end_labels[: canvas.height]
    kept = sorted((label for label in labels if not label.earlier), key=lambda label: label.y)
    anchors = [(last - canvas.row(label.y)) / last for label in kept]
    found: dict[int, EndLabel] = {}
    for label, y in zip(kept, apart(anchors, 1 / last), strict=True):  # from the bottom up
        row = last - floor(y * last + 0.5)
        while row in found and row > 0:  # rounding put two into one row
            row -= 1
        found.setdefault(min(row, canvas.height - 1), label)
    for label in (label for label in labels if label.earlier):
        free = [row for row in range(canvas.height) if row not in found]
        if free:
            found[min(free, key=lambda row: abs(row - canvas.row(label.y)))] = label
    return found


def _axis(chart: Chart, canvas: Canvas) -> str:
    """Draw the horizontal axis with a mark where each year, and if there is room each period, begins."""
    axis = ["─"] * canvas.width
    roomy = canvas.width >= len(chart.marks) * _APART
    for mark in chart.marks:
        if mark.starts_year or roomy:
            axis[canvas.column(mark.x)] = "┼" if mark.starts_year else "┴"
    return "".join(axis)


def _years(chart: Chart, canvas: Canvas, room: int) -> str:
    """Write as many years as have room, evenly and the latest always: every second where needed, or every third."""
    named = [mark for mark in chart.marks if mark.label]
    centred = all(mark.starts_year for mark in chart.marks)  # an annual chart: the label is the point's
    spots = []
    for mark in named:
        start = canvas.column(mark.x) - (cell_len(mark.label) // 2 if centred else 0)
        spots.append((max(min(start, room - cell_len(mark.label)), 0), mark.label))
    if len(named) > 1 and not named[0].starts_year and spots[0][0] + cell_len(spots[0][1]) >= spots[1][0]:
        spots = spots[1:]  # the first year has only its end on the chart
    for stride in range(1, len(spots) + 1):
        kept = spots[::-1][::stride][::-1]
        if all(x + cell_len(label) < x2 for (x, label), (x2, _) in pairwise(kept)):
            text = ""
            for x, label in kept:
                text = text.ljust(x) + label
            return fitted(text, room, right=False)
    return " " * room


def _is_crowded(track: Track, columns: int) -> bool:
    """Tell whether there is no room to mark each point."""
    return sum(len(run) for run in track.runs) * 2 > columns


def _illustrative(chart: Chart) -> str:
    """Return the signs of made-up points that the chart has."""
    found = {bool(dot.special) for run in chart.own.runs for dot in run if dot.illustrative}
    return " ".join(sign for sign, special in ((ILLUSTRATIVE, False), (SPECIAL_ILLUSTRATIVE, True)) if special in found)


def _legend(chart: Chart, width: int, most: int, *, crowded: bool) -> list[Row]:
    """Explain the signs in at most `most` rows, leaving out what has no room; signs first."""
    entries: list[tuple[list[str], str, bool]] = [
        ([f"{POINT} figure"], "chart--own", bool(chart.own.runs)),
        ([f"{_illustrative(chart)} illustrative"], "chart--own", chart.illustrative),
        ([f"{WHISKER} 95% interval", f"{WHISKER} 95%"], "chart--interval", chart.has_intervals),
        *(
            ([f"{sign if crowded else f'{SPECIAL} {sign}'} {special}"], f"chart--{special}", special in chart.specials)
            for special, sign in SPECIAL_SIGN.items()
        ),
        (["─── mean"], "chart--process", bool(chart.means)),
        ([f"─ ─ {chart.limits_name}"], "chart--process", bool(chart.limits)),
        (["── ── target", "── target"], "chart--target", bool(chart.targets)),
        (["axis not from 0"], "chart--axis", "not from 0" in chart.axis),
        ([f"{SHADE} {chart.amber}", f"{SHADE} Amber"], "chart--band", bool(chart.bands)),
        ([f"{DOT} {DOT} compared with"], "chart--comparator", bool(chart.comparators)),
    ]
    rows: list[Row] = [[]]
    used = 0
    for texts, style, applies in entries:
        if not applies:
            continue
        if used + cell_len(texts[0]) + 2 > width and len(rows) < most:
            rows[-1].append((" " * (width - used), ""))
            rows.append([])
            used = 0
        text = next((text for text in texts if used + cell_len(text) + 2 <= width), "")
        if text:
            rows[-1] += [("  ", ""), (text, style)]
            used += cell_len(text) + 2
    rows[-1].append((" " * (width - used), ""))
    return rows
