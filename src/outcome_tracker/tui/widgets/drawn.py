"""Text drawn for the width there is: always data, never markup, and nothing cut without an ellipsis."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from textual.content import Content
from textual.widget import Widget

from outcome_tracker.tui.widgets.grid_data import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.geometry import Size

    Draw: TypeAlias = Callable[[int], list[Content]]
    Part: TypeAlias = str | tuple[str, str] | Content


def text(*parts: Part) -> Content:
    """Return one line of plain texts and (text, style) pairs; control sequences in them are inert."""
    clean: list[Part] = []
    for part in parts:
        if isinstance(part, str):
            clean.append(shown(part))
        elif isinstance(part, tuple):
            clean.append((shown(part[0]), part[1]))
        else:
            clean.append(part)
    return Content.assemble(*clean)


def cut(line: Content, width: int) -> Content:
    """Return the line no wider than `width`, ending in an ellipsis where something is left out."""
    return line if line.cell_length <= width else line.truncate(max(width, 1), ellipsis=True)


def apart(left: Content, right: Content, width: int) -> Content:
    """Return a line with one text at each end; the left one gives way."""
    room = width - right.cell_length
    if room < 8:  # noqa: PLR2004 - too little to say anything
        return cut(left, width)
    left = cut(left, room - 2)
    return Content.assemble(left, " " * (width - left.cell_length - right.cell_length), right)


def wrapped(line: Content, width: int, *, indent: int = 0, most: int = 0) -> list[Content]:
    """Return the text in lines of at most `width`, later ones indented; after `most` lines an ellipsis ends it."""
    lines = [part.rstrip() for part in line.wrap(max(width - indent, 8))]
    if most and len(lines) > most:
        last = Content.assemble(lines[most - 1], " …")
        lines = [*lines[: most - 1], cut(last, width - indent)]
    return [Content.assemble(" " * indent, part) if indent and n else part for n, part in enumerate(lines)]


def flowed(items: Iterable[Content], joint: str, width: int) -> list[Content]:
    """Return items side by side, a line broken only between two of them; one that is too wide is wrapped."""
    lines: list[Content] = []
    for item in items:
        if lines and lines[-1].cell_length + len(joint) + item.cell_length <= width:
            lines[-1] = Content.assemble(lines[-1], joint, item)
        else:
            lines += wrapped(item, width)
    return lines


class Drawn(Widget):
    """Lines that a function draws for the widget's width; as high as they are many."""

    DEFAULT_CSS = "Drawn { height: auto; width: 1fr; }"

    def __init__(self, draw: Draw | None = None, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, classes=classes)
        self._draw = draw or (lambda _width: [])
        self._drawn: tuple[int, list[Content]] | None = None

    def show(self, draw: Draw) -> None:
        """Draw other lines from now on."""
        before = self._height()
        self._draw, self._drawn = draw, None
        self.refresh(layout=self._height() != before or not self.size.width)

    def _height(self) -> int:
        return len(self.lines(self.size.width)) if self.size.width else 0

    def lines(self, width: int) -> list[Content]:
        """Return what is drawn at that width."""
        if self._drawn is None or self._drawn[0] != width:
            self._drawn = (width, [cut(line, width) for line in self._draw(width)])
        return self._drawn[1]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        return len(self.lines(width))

    def render(self) -> Content:
        lines, (width, height) = self.lines(self.content_size.width), self.content_size
        if len(lines) > height > 0:
            lines = [*lines[: height - 1], cut(Content.assemble(lines[height - 1].truncate(width - 2), " …"), width)]
        return Content("\n").join(lines)


def paragraphs(texts: Iterable[Content], *, indent: int = 0) -> Draw:
    """Return a function that draws texts one below the other, each wrapped."""
    kept = list(texts)
    return lambda width: [line for each in kept for line in wrapped(each, width, indent=indent)]
