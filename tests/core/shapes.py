"""A drawing written down: one line a shape, so that a test can say what is drawn where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.drawing import Area, Dot, Line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from outcome_tracker.core.drawing import Shape, Spot


def written(shapes: Iterable[Shape]) -> str:
    return "\n".join(_line(shape) for shape in shapes)


def _line(shape: Shape) -> str:
    if isinstance(shape, Line):
        return f"{'dashed' if shape.dashed else 'line'} {shape.role}: {_places(shape.spots)}"
    if isinstance(shape, Area):
        return f"area {shape.role}: {_places(shape.spots)}"
    if isinstance(shape, Dot):
        look = "hollow " * shape.hollow + ("square" if shape.square else "dot")
        return f"{look} {shape.role}: {_places([shape.spot])}"
    return f"{shape.anchor} {shape.role}{' strong' * shape.strong}: {_places([shape.spot])} {shape.text}"


def _places(spots: Iterable[Spot]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in spots)
