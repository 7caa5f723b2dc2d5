"""A drawing as shapes with roles, for SVG and for pictures in Word: nothing here knows a colour.

Lengths are in units of a canvas whose origin is its upper left corner, x to the right and y down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Spot = tuple[float, float]
# How high a text's letters are with their line, in units of the canvas: labels are kept apart by it.
TEXT = 13.0
# What a shape is for; each form has one colour and width a role.
Role = Literal[
    "own",
    "target",
    "amber",
    "comparator",
    "interval",
    "axis",
    "grid",
    "mean",
    "limit",
    "improvement",
    "concern",
    "unusual",
    "before",
]


@dataclass(frozen=True, slots=True)
class Line:
    """A line through two or more spots."""

    spots: tuple[Spot, ...]
    role: Role
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A filled shape."""

    spots: tuple[Spot, ...]
    role: Role


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a line; `hollow` where it is illustrative, `square` where another shape must tell it apart."""

    spot: Spot
    role: Role
    hollow: bool = False
    square: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A text whose baseline starts, is centred or ends at a spot."""

    spot: Spot
    text: str
    role: Role
    anchor: Literal["start", "middle", "end"] = "start"
    strong: bool = False


Shape = Line | Area | Dot | Label


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes from back to front. `title` names the chart; `text` says in words all that it shows."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    title: str
    text: str
