"""A drawing as inline SVG: shapes with the class of their role, whose colours are the page's.

It scales with the page, and is an image with a name and a description to those who can't see it.
"""

from __future__ import annotations

from html import escape
from typing import assert_never

from outcome_tracker.core.drawing import TEXT, Area, Dot, Drawing, Label, Line, Shape, Spot

_RADIUS, _SIDE = 3.2, 7.0  # of a dot, of a square


def svg(drawing: Drawing, code: str) -> str:
    """Return the drawing as an element; `code` is unique in the page."""
    width, height = _number(drawing.width), _number(drawing.height)
    shapes = "\n".join(_shape(shape) for shape in drawing.shapes)
    return (
        f'<svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{code}-name {code}-words">\n'
        f'<title id="{code}-name">{escape(drawing.title)}</title>\n'
        f'<desc id="{code}-words">{escape(drawing.text)}</desc>\n'
        f"{shapes}\n</svg>"
    )


def _shape(shape: Shape) -> str:
    match shape:
        case Line():
            dashed = " dashed" if shape.dashed else ""
            return f'<polyline class="line {shape.role}{dashed}" points="{_points(shape.spots)}"/>'
        case Area():
            return f'<polygon class="area {shape.role}" points="{_points(shape.spots)}"/>'
        case Dot():
            return _dot(shape)
        case Label():
            return _label(shape)
        case _:  # pragma: no cover - the type checker sees to it
            assert_never(shape)


def _dot(dot: Dot) -> str:
    (x, y), names = dot.spot, f"dot {dot.role}{' hollow' if dot.hollow else ''}"
    if dot.square:
        corner = f'x="{_number(x - _SIDE / 2)}" y="{_number(y - _SIDE / 2)}"'
        return f'<rect class="{names}" {corner} width="{_number(_SIDE)}" height="{_number(_SIDE)}"/>'
    return f'<circle class="{names}" cx="{_number(x)}" cy="{_number(y)}" r="{_number(_RADIUS)}"/>'


def _label(label: Label) -> str:
    (x, y), strong = label.spot, " strong" if label.strong else ""
    place = f'x="{_number(x)}" y="{_number(y)}" font-size="{_number(TEXT)}" text-anchor="{label.anchor}"'
    return f'<text class="label {label.role}{strong}" {place}>{escape(label.text)}</text>'


def _points(spots: tuple[Spot, ...]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in spots)


def _number(length: float) -> str:
    """Return a length as short as can be: `12`, `12.5`; a thousandth is finer than anybody sees."""
    return f"{length:.3f}".rstrip("0").rstrip(".")
