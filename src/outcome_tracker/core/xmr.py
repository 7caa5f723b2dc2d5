"""XmR charts (individuals and moving ranges): mean, process limits, and what is seen at each point of a series.

Source of the rules: the NHS-R Community's R package NHSRplotthedots 0.2.2, which implements NHS England's Making
Data Count; the constants are those of an individuals (XmR) chart. Everything is exact, so a figure on a line is on
it. Two things differ from the package, on purpose. A trend that ends where another begins without a shared point
(as in a tie between two rises) keeps its own direction, which the package takes from the step to the next point.
And where all moving ranges are zero there are no limits with screening off either.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import floor, lcm
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outcome_tracker.core.target import Number

LIMIT = Fraction("2.66")  # mean moving ranges from the mean to a limit
OUTLYING = Fraction("3.267")  # mean moving ranges from which on one is screened out
CLOSE = Fraction(2, 3)  # of the way to a limit, beyond which a point is close to it
WINDOW, LEAST = 3, 2  # of so many points in a row, at least so many are close to a limit
RUN = 7


class Cause(StrEnum):
    """What is seen at a point, in order of priority; `common` is nothing special."""

    OUTSIDE = "outside a limit"
    TREND = "trend"
    CLOSE = "close to a limit"
    RUN = "run on one side of the mean"
    COMMON = "common"


@dataclass(frozen=True, slots=True)
class Limits:
    """The lines of a group; `reach` is how far the limits are from the mean, None where nothing varies."""

    mean: Fraction
    reach: Fraction | None

    @property
    def lower(self) -> Fraction | None:
        """The lower process limit."""
        return None if self.reach is None else self.mean - self.reach

    @property
    def upper(self) -> Fraction | None:
        """The upper process limit."""
        return None if self.reach is None else self.mean + self.reach


class Zone(NamedTuple):
    """Where a value lies: `side` is 1 above the mean, -1 below, 0 on it; a value on a limit is close, not outside."""

    side: int
    outside: bool
    close: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen at a point: `way` is 1 for high or rising, -1 for low or falling, 0 where nothing is.

    It takes `count` points, the first of which is at `first` in its group; of a window of three, those that are close.
    """

    cause: Cause
    way: int
    first: int
    count: int


def limits_of(values: Sequence[Number], *, screen: bool = True) -> Limits:
    """Return mean and limits: 2.66 mean moving ranges from the mean, leaving out ranges of 3.267 means or more."""
    whole, scale = _whole(values)
    mean = Fraction(sum(whole), len(whole) * scale)
    ranges = [abs(later - earlier) for earlier, later in pairwise(whole)]
    if not any(ranges):
        return Limits(mean, None)
    if screen:
        most = OUTLYING * sum(ranges) / len(ranges)
        ranges = [each for each in ranges if each < most]
    return Limits(mean, LIMIT * Fraction(sum(ranges), len(ranges) * scale))


def _whole(values: Sequence[Number]) -> tuple[list[int], int]:
    """Return values as whole numbers of their smallest common share, and how many of these make 1.

    Whole numbers are as exact as fractions and ten times quicker, which a scorecard of hundreds of charts needs.
    """
    ratios = [value.as_integer_ratio() for value in values]
    scale = lcm(*(below for _, below in ratios))
    return [above * (scale // below) for above, below in ratios], scale


def zones(values: Sequence[Number], limits: Limits) -> list[Zone]:
    """Return where each value lies: outside is beyond a limit, close beyond two thirds of the way to one."""
    whole, scale = _whole(values)
    times, middle = limits.mean.denominator, limits.mean.numerator * scale
    away = [value * times - middle for value in whole]
    if limits.reach is None:
        return [Zone(_sign(each), outside=False, close=False) for each in away]
    # A whole number is beyond a fraction where it is beyond the whole number below that.
    far = floor(limits.reach * scale * times)
    near = floor(CLOSE * limits.reach * scale * times)
    return [Zone(_sign(each), abs(each) > far, near < abs(each) <= far) for each in away]


def seen_in(values: Sequence[Number], limits: Limits, run: int = RUN) -> list[Seen]:
    """Return what is seen at each point of one group; what comes first in `Cause` wins."""
    found_at = zones(values, limits)
    sides = [zone.side for zone in found_at]
    found = [Seen(Cause.COMMON, 0, n, 1) for n in range(len(values))]
    for first, last in _stretches(sides):
        if sides[first] and last - first + 1 >= run:
            _mark(found, Cause.RUN, sides[first], first, last)
    _mark_close(found, found_at)
    # A trend of so many points takes one step fewer; the point at which two meet belongs to the later one.
    steps = [_sign(later - earlier) for earlier, later in pairwise(_whole(values)[0])]
    for first, last in _stretches(steps):
        if steps[first] and last - first + 2 >= run:
            _mark(found, Cause.TREND, steps[first], first, last + 1)
    beyond = [zone.side * zone.outside for zone in found_at]
    for first, last in _stretches(beyond):
        if beyond[first]:
            _mark(found, Cause.OUTSIDE, beyond[first], first, last)
    return found


def _mark(found: list[Seen], cause: Cause, way: int, first: int, last: int) -> None:
    for n in range(first, last + 1):
        found[n] = Seen(cause, way, first, n - first + 1)


def _mark_close(found: list[Seen], found_at: Sequence[Zone]) -> None:
    for start in range(len(found) - WINDOW + 1):
        window = range(start, start + WINDOW)
        near = [n for n in window if found_at[n].close]
        if len(near) >= LEAST and abs(sum(found_at[n].side for n in window)) == WINDOW:
            for n in near:
                found[n] = Seen(Cause.CLOSE, found_at[n].side, near[0], len(near))


def _stretches(marks: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last place of each stretch of equal marks."""
    first = 0
    for n in range(1, len(marks) + 1):
        if n == len(marks) or marks[n] != marks[first]:
            yield first, n - 1
            first = n


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
