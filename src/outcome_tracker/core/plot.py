"""What every drawn chart has around its lines: the numbers of the axis, labels at the lines' ends, the key below.

A place is in the square of `core.chart`, from 0 to 1 and up; a spot is on the canvas of `core.drawing`, and down.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from outcome_tracker.core.chart import apart
from outcome_tracker.core.drawing import TEXT, Area, Label, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from outcome_tracker.core.chart import Mark, Place, Tick
    from outcome_tracker.core.drawing import Role, Shape, Spot

WIDTH = 420.0  # narrow enough for a phone, where a text is then not much smaller than on paper
LINE = TEXT * 1.2  # from one line of text to the next
SAMPLE = 22.0  # the width of a sign in the key
_TOP, _PLOT = 18.0, 170.0
_GAP = 6.0  # between a label and what it belongs to
_LEADER = 14.0  # from the plot to the labels of lines' ends
DROP = TEXT * 0.35  # from the middle of a text's height to its baseline
# A letter's width as a part of its height, on the wide side: fonts differ.
_NARROW, _USUAL, _BROAD = 0.34, 0.58, 0.86


@dataclass(frozen=True, slots=True)
class Ending:
    """A label beside a line's end, with the place where it ends; what matters comes first: half the canvas is room."""

    place: Place
    text: str
    role: Role


# A sign of the key, drawn around the middle of its left side as origin, and what it means; or only words.
Entry = tuple["tuple[Shape, ...]", str]


def wide(text: str) -> float:
    """Return about how wide a text is, rather too much than too little."""
    broad, narrow = set("mwMW%@—"), set(" .,;:'|!()[]fijltI")
    return TEXT * sum(_BROAD if c in broad else _NARROW if c in narrow else _USUAL for c in text)


def fitted(text: str, room: float) -> str:
    """Return a text, cut where it is wider than the room."""
    if wide(text) <= room:
        return text
    kept = next(size for size in reversed(range(len(text))) if wide(f"{text[:size]}…") <= room or not size)
    return f"{text[:kept].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Plot:
    """The part of the canvas that the lines are in."""

    left: float
    right: float
    top: float = _TOP
    bottom: float = _TOP + _PLOT

    @property
    def below(self) -> float:
        """Where there is room for the key."""
        return self.bottom + LINE * 2.3

    @classmethod
    def between(cls, ticks: Iterable[Tick], endings: Iterable[Ending]) -> Plot:
        """Return the plot that leaves room for the axis's numbers and for the labels of lines' ends."""
        left = max((wide(tick.label) for tick in ticks), default=0) + _GAP
        beside = max((wide(ending.text) for ending in endings), default=0) + _LEADER
        return cls(_rounded(left), _rounded(WIDTH - min(beside, WIDTH / 2)))

    def spot(self, place: Place) -> Spot:
        """Return where on the canvas a place of the square is."""
        x, y = place
        return _rounded(self.left + x * (self.right - self.left)), _rounded(self.bottom - y * (self.bottom - self.top))

    def spots(self, places: Iterable[Place]) -> tuple[Spot, ...]:
        """Return where on the canvas places are."""
        return tuple(self.spot(place) for place in places)

    def rules(self, ticks: Iterable[Tick]) -> list[Shape]:
        """Draw a thin line across at each number of the axis, with the number before it."""
        found: list[Shape] = []
        for tick in ticks:
            start, end = self.spots([(0.0, tick.y), (1.0, tick.y)])
            label = Label((start[0] - _GAP, _rounded(start[1] + DROP)), tick.label, "axis", "end")
            found += [Line((start, end), "grid"), label]
        return found

    def dates(self, marks: Sequence[Mark], *, middle: bool) -> list[Shape]:
        """Draw the line that periods stand on, and as many of their names as have room, the latest first."""
        start, end = self.spots([(0.0, 0.0), (1.0, 0.0)])
        found: list[Shape] = [Line((start, end), "axis")]
        spots = [(self.spot((mark.x, 0.0))[0], mark.label) for mark in marks if mark.label]
        found += [Line(((x, self.bottom), (x, self.bottom + 4)), "axis") for x, _ in spots]
        if len(spots) > 1 and not middle and spots[0][0] + wide(spots[0][1]) > spots[1][0]:
            spots = spots[1:]  # the first year has only its end on the chart
        stride = next((n for n in range(1, len(spots)) if _roomy(spots[::-1][::n][::-1])), max(len(spots), 1))
        for x, text in spots[::-1][::stride][::-1]:
            room = wide(text) / (2 if middle else 1)
            at = _rounded(max(min(x, WIDTH - room), room if middle else 0.0))
            found.append(Label((at, self.bottom + LINE + 1), text, "axis", "middle" if middle else "start"))
        return found

    def ends(self, endings: Sequence[Ending]) -> list[Shape]:
        """Label lines' ends, the most important first: none over another, each led to by a thin line."""
        gap = LINE / (self.bottom - self.top)
        kept = sorted(endings[: int(1 / gap + 1e-9) + 1], key=lambda ending: ending.place[1])
        heights = apart([ending.place[1] for ending in kept], gap)
        found: list[Shape] = []
        for ending, height in zip(kept, heights, strict=True):
            _, y = self.spot((1.0, height))
            line_end, edge = self.spot(ending.place), self.spot((1.0, ending.place[1]))
            leader = dict.fromkeys([line_end, edge, (self.right + _LEADER - 3, y)])
            found.append(Line(tuple(leader), "grid", dashed=True))
            spot = (self.right + _LEADER, _rounded(y + DROP))
            text = fitted(ending.text, WIDTH - spot[0] + 0.1)  # the plot's edge is rounded
            found.append(Label(spot, text, ending.role, strong=ending.role == "own"))
        return found


def key(entries: Iterable[Entry], top: float) -> tuple[list[Shape], float]:
    """Say what signs mean, in lines from `top` on, as many as it takes; and how high the canvas then is."""
    found: list[Shape] = []
    x, y = 0.0, top
    for sign, text in entries:
        start = SAMPLE + _GAP if sign else 0.0
        if x and x + start + wide(text) > WIDTH:
            x, y = 0.0, y + LINE * 1.15
        found += (_moved(shape, x, y) for shape in sign)
        found.append(_moved(Label((start, DROP), text, "axis"), x, y))
        x += start + wide(text) + _GAP * 2
    return found, _rounded(y + LINE * 0.6 if found else top - LINE)


def _roomy(spots: Sequence[tuple[float, str]]) -> bool:
    return all(x + wide(text) + _GAP <= later for (x, text), (later, _) in pairwise(spots))


def _moved(shape: Shape, right: float, down: float) -> Shape:
    def there(spot: Spot) -> Spot:
        return _rounded(spot[0] + right), _rounded(spot[1] + down)

    if isinstance(shape, Line | Area):
        return replace(shape, spots=tuple(there(spot) for spot in shape.spots))
    return replace(shape, spot=there(shape.spot))


def _rounded(length: float) -> float:
    return round(length, 1)
