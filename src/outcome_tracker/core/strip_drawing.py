"""Turns the strip of all authorities into shapes: one dot an authority, the council's own and others named.

Neighbours are hollow and the council's own place is a square, so that nothing hangs on colour.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from outcome_tracker.core import strip as strips
from outcome_tracker.core.drawing import Area, Dot, Drawing, Label, Line
from outcome_tracker.core.plot import DROP, LINE, WIDTH, key, wide
from outcome_tracker.core.strip_wording import BETTER, NEIGHBOUR, dot_text, missing_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outcome_tracker.core.drawing import Role, Shape
    from outcome_tracker.core.plot import Entry

_CELL = 7.0  # a dot and the gap beside it
_COLUMNS = int(WIDTH / _CELL)
_ROOM = 8  # dots above one another, at most
_ROWS = 5  # of names, at most
_BAND = LINE * 1.1  # the height of the quarters
_ROLES: dict[strips.Role, Role] = {
    strips.Role.OWN: "own",
    strips.Role.COMPARATOR: "comparator",
    strips.Role.TARGET: "target",
}


def drawing(strip: strips.Strip, title: str) -> Drawing | None:
    """Draw a strip; where no authority has a figure there is nothing to draw, only `strip.words` to say."""
    if not strip.bands:
        return None
    stacks = strips.stacked([*strip.others, *strip.neighbours], _COLUMNS)
    each = strips.each_dot(stacks.values(), _ROOM)
    highest = max((ceil(count / each) for count in stacks.values()), default=1)
    line = round(LINE * 1.5 + highest * _CELL, 1)  # that the authorities stand on
    names = strips.labelled(strip.marks, _COLUMNS, _ROWS, lambda text: ceil(wide(text) / _CELL))
    rows = max((label.row for label in names), default=0) + 1
    below = line + _BAND + LINE * (rows + 1.2)
    explained, height = key(_key(strip, each), below + LINE * 1.3)
    shapes: list[Shape] = [
        *_heading(strip),
        *_quarters(strip, line),
        *_dots(strip.others, each, line),
        *_dots(strip.neighbours, each, line, below=strip.others),
        *_named(names, line),
        Label((0.0, below), f"lowest {strip.low}", "axis"),
        Label((WIDTH, below), f"highest {strip.high}", "axis", "end"),
        *explained,
    ]
    return Drawing(WIDTH, height, tuple(shapes), title, strip.words)


def _across(x: float) -> float:
    return strips.column(x, _COLUMNS) * _CELL + _CELL / 2


def _heading(strip: strips.Strip) -> Iterator[Shape]:
    """Say how many there are, and at its end of the line which one is better."""
    left, right = (BETTER[strip.better], strip.counted) if strip.better < 0 else (strip.counted, BETTER[strip.better])
    yield Label((0.0, LINE), left, "axis")
    if right:
        yield Label((WIDTH, LINE), right, "axis", "end")


def _quarters(strip: strips.Strip, line: float) -> Iterator[Shape]:
    """Draw the quarters below the line, every other one shaded, each with its letter where it is wide enough."""
    for number, band in enumerate(strip.bands):
        start, end = _across(band.start), _across(band.end)
        corners = ((start, line), (end, line), (end, line + _BAND), (start, line + _BAND))
        if number % 2:
            yield Area(corners, "grid")
        yield Line((*corners, corners[0]), "grid")
        text = next((t for t in (f"{band.letter} {band.name}".strip(), band.letter) if wide(t) < end - start), "")
        if text:
            yield Label(((start + end) / 2, line + _BAND / 2 + DROP), text, "axis", "middle")


def _dots(places: tuple[float, ...], each: int, line: float, below: tuple[float, ...] = ()) -> Iterator[Shape]:
    """Stack dots on the line, or on those that stand there already."""
    under = strips.stacked(below, _COLUMNS)
    for column, count in strips.stacked(places, _COLUMNS).items():
        first = ceil(under.get(column, 0) / each)
        for number in range(first, first + ceil(count / each)):
            spot = (column * _CELL + _CELL / 2, round(line - _CELL / 2 - number * _CELL, 1))
            yield Dot(spot, "comparator", hollow=bool(below))


def _named(names: tuple[strips.Label, ...], line: float) -> Iterator[Shape]:
    """Lead from each marked place to its name, the council's own from a square on the line; names cover lines."""
    texts: list[Shape] = []
    for label in names:
        x, role = _across(label.mark.x), _ROLES[label.mark.role]
        y = round(line + _BAND + LINE * (label.row + 1), 1)
        yield Line(((x, line), (x, y)), role, dashed=role == "target")
        if role == "own":
            yield Dot((x, line), "own", square=True)
        texts.append(Label((label.start * _CELL, y), label.text, role, strong=role == "own"))
    yield from texts


def _key(strip: strips.Strip, each: int) -> Iterator[Entry]:
    yield (Dot((8.0, 0.0), "comparator"),), dot_text(each)
    if strip.neighbours:
        yield (Dot((8.0, 0.0), "comparator", hollow=True),), NEIGHBOUR
    if strip.missing:
        yield (), missing_text(strip.missing)
