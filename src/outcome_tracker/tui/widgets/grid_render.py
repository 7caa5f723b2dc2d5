"""Draws a grid's lines as strips of styled text: always data, never markup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from outcome_tracker.tui.widgets.grid_data import EMPTY, GAP, GUTTER, fitted, shown, wrapped
from outcome_tracker.tui.widgets.grid_edit import State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outcome_tracker.tui.widgets.grid_data import Layout, Line, Slot
    from outcome_tracker.tui.widgets.grid_edit import Draft
    from outcome_tracker.tui.widgets.styling import Parts

MARK = "▌"  # beside the cursor's line: seen without any colour
UNDERLINE, REVERSE = Style(underline=True), Style(reverse=True, underline=False)
_DRAFT_CLASS = {State.TYPING: "grid--edit", State.COMMITTED: "accent", State.REFUSED: "problem"}


@dataclass(frozen=True, slots=True)
class Look:
    """How one line is to be drawn: is the cursor on it, on which column, has the grid the focus."""

    on: bool = False
    column: str = ""
    focused: bool = False


class Painter:
    """Draws lines for one layout and one set of styles."""

    def __init__(self, layout: Layout, width: int, styles: Parts, base: Style, *, wraps: bool = False) -> None:
        """`styles` are laid over `base`."""
        self.layout, self.width, self._styles, self._base, self._wraps = layout, width, styles, base, wraps

    def header(self, column: str = "") -> Strip:
        """Draw the column titles, that of the cursor's column stronger."""
        style = self._base + self._styles["grid--header"]
        parts = [(" " * GUTTER, style)]
        for slot in self.layout.slots:
            on = style + self._styles["grid--header-on"] if slot.column.key == column else style
            parts += [(_title(slot), on), (" " * GAP, style)]
        return self._strip(parts, style)

    def blank(self) -> Strip:
        """Draw an empty line."""
        return Strip.blank(self.width, self._base)

    def line(self, line: Line, drafts: Mapping[str, Draft], look: Look) -> Strip:
        """Draw a line's cells."""
        base = self._base
        if look.on:
            base += self._styles["grid--cursor" if look.focused else "grid--cursor-blurred"]
        parts = [self._gutter(look, base)]
        if line.heading:
            return self._heading(line, parts, base)
        for slot in self.layout.slots:
            key = slot.column.key
            draft = drafts.get(key) if drafts else None
            if draft is not None and draft.state is State.TYPING:
                parts += self._typed(draft, slot, base)
            else:
                cell = line.cells.get(key, EMPTY)
                text, name = (draft.text, _DRAFT_CLASS[draft.state]) if draft else (cell.text, cell.style)
                style = base + self._styles[name] if name else base
                if look.on and look.column == key:
                    style += self._styles["grid--cursor-cell" if look.focused else "grid--cursor-cell-blurred"]
                short = "" if draft else cell.short
                if self._wraps and slot.column.wrap > 1:
                    text = self.rows(line, slot)[0]
                parts.append((fitted(text, slot.width, right=slot.column.is_number, short=short), style))
            parts.append((" " * GAP, base))
        return self._strip(parts, base)

    def rows(self, line: Line, slot: Slot) -> list[str]:
        """Return a cell's text in the rows that it takes."""
        text = line.cell(slot.column.key).text
        return (wrapped(text, slot.width, slot.column.wrap) if self._wraps else []) or [text]

    def height(self, line: Line) -> int:
        """Return how many rows the texts of a line take."""
        if not self._wraps or line.heading:
            return 1
        return max((len(self.rows(line, s)) for s in self.layout.slots if s.column.wrap > 1), default=1)

    def more(self, line: Line, row: int, look: Look) -> Strip:
        """Draw the rows below a line's first, of the texts that take more than one."""
        base = self._base
        if look.on:
            base += self._styles["grid--cursor" if look.focused else "grid--cursor-blurred"]
        parts = [self._gutter(look, base)]
        for slot in self.layout.slots:
            rows = self.rows(line, slot) if slot.column.wrap > 1 else []
            cell = line.cell(slot.column.key)
            style = base + self._styles[cell.style] if cell.style else base
            parts.append((fitted(rows[row], slot.width, right=False) if row < len(rows) else " " * slot.width, style))
            parts.append((" " * GAP, base))
        return self._strip(parts, base)

    def note(self, sentence: str, name: str, look: Look) -> Strip:
        """Draw the sentence below a line, under its first column."""
        base = self._base
        if look.on:
            base += self._styles["grid--cursor" if look.focused else "grid--cursor-blurred"]
        text = fitted(sentence, max(self.width - GUTTER - GAP, 0), right=False)
        return self._strip([self._gutter(look, base), (" " * GAP, base), (text, base + self._styles[name])], base)

    def _gutter(self, look: Look, base: Style) -> tuple[str, Style]:
        marked = look.on and look.focused
        return (
            MARK + " " * (GUTTER - 1) if marked else " " * GUTTER,
            base + self._styles["accent"] if marked else base,
        )

    def _heading(self, line: Line, parts: list[tuple[str, Style]], base: Style) -> Strip:
        style = base + self._styles["grid--heading"]
        x = GUTTER
        title = shown(line.title)
        first = next((s.x for s in self.layout.slots if line.cell(s.column.key).text), self.width)
        parts.append((fitted(title, max(min(first - GAP, self.width) - x, 0), right=False), style))
        x += cell_len(parts[-1][0])
        for slot in self.layout.slots:
            cell = line.cell(slot.column.key)
            if slot.x < x or not cell.text:
                continue
            cell_style = style + self._styles[cell.style] if cell.style else style
            text = fitted(cell.text, slot.width, right=slot.column.is_number, short=cell.short)
            parts += [(" " * (slot.x - x), style), (text, cell_style)]
            x = slot.x + slot.width
        return self._strip(parts, base)

    def _typed(self, draft: Draft, slot: Slot, base: Style) -> list[tuple[str, Style]]:
        """Draw a text being typed: an underlined field with a caret, seen without any colour."""
        style = base + self._styles["grid--edit"] + UNDERLINE
        text, caret = draft.window(slot.width)
        under = text[caret : caret + 1] or " "
        used = cell_len(text) + (caret == len(text))
        pad = " " * max(slot.width - used, 0)
        parts = [(text[:caret], style), (under, style + REVERSE), (text[caret + 1 :], style)]
        return [(pad, style), *parts] if slot.column.is_number else [*parts, (pad, style)]

    def _strip(self, parts: list[tuple[str, Style]], fill: Style) -> Strip:
        return Strip([Segment(text, style) for text, style in parts if text]).adjust_cell_length(self.width, fill)


def _title(slot: Slot) -> str:
    column = slot.column
    mark = f" {column.mark}" if column.mark else ""
    room = max(slot.width - len(mark), 0)
    title = column.title if cell_len(column.title) <= room or not column.short else column.short
    # A title is never taken for a number: it may be cut. What is left of a very narrow one says nothing.
    cut = fitted(title, min(room, cell_len(shown(title))), right=False) if room > 1 or cell_len(title) <= room else ""
    return fitted(cut + mark, slot.width, right=column.is_number)
