"""A table drawn line by line with a cursor: what the scorecard shows and the entry grid builds on.

Only visible lines are drawn and only changed ones repainted, so that 400 lines cost no more than 20.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView

from outcome_tracker.tui.widgets.grid_data import GAP, GUTTER, Layout, Line, fit, natural_widths, wrapped
from outcome_tracker.tui.widgets.grid_edit import Draft, Drafts
from outcome_tracker.tui.widgets.grid_render import Look, Painter
from outcome_tracker.tui.widgets.grid_style import CSS, PARTS
from outcome_tracker.tui.widgets.styling import Parts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.strip import Strip

    from outcome_tracker.tui.widgets.grid_data import Column

HEADER = 1  # the column titles stay on top
SAMPLE = 100  # lines whose texts are measured at once; the others are when they come into sight, or in idle moments
_IDLE = 0.02  # seconds between two slices of the others


class Cursor(NamedTuple):
    """Where the cursor is: the index of a line and the key of a column."""

    row: int = 0
    column: str = ""


@dataclass
class Placed(Message):
    """A message about a place in a grid: the keys of a line and of a column."""

    grid: GridView
    line: str
    column: str

    @property
    def control(self) -> GridView:
        """The grid, for `@on(Grid.Selected, "#scorecard")`."""
        return self.grid


class GridView(ScrollView, can_focus=True):
    """A read-only grid. `lines` and `columns` are immutable; messages carry keys, never indexes."""

    ALLOW_SELECT = False  # a double click opens; it doesn't mark text

    DEFAULT_CSS = CSS

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move('up')", "Up", show=False),
        Binding("down", "move('down')", "Down", show=False),
        Binding("left", "move('left')", "Left", show=False),
        Binding("right", "move('right')", "Right", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home,ctrl+home", "edge(-1)", "First line", show=False),
        Binding("end,ctrl+end", "edge(1)", "Last line", show=False),
        Binding("enter", "select", "Open", show=False),
    ]

    columns: var[tuple[Column, ...]] = var(())
    lines: var[tuple[Line, ...]] = var(())
    cursor: var[Cursor] = var(Cursor())

    class Selected(Placed, namespace="grid"):
        """A line was opened by Enter or a double click."""

    class Highlighted(Placed, namespace="grid"):
        """The cursor moved to another line or column."""

    class HeadingClicked(Placed, namespace="grid"):
        """A column's title was clicked."""

    @dataclass
    class Fitted(Message, namespace="grid"):
        """Other columns fit than before; `dropped` are those that didn't."""

        grid: GridView
        dropped: tuple[Column, ...]

        @property
        def control(self) -> GridView:
            """The grid."""
            return self.grid

    def __init__(
        self,
        columns: Iterable[Column] = (),
        lines: Iterable[Line] = (),
        *,
        cursor_type: Literal["row", "cell"] = "row",
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.cursor_type = cursor_type
        self._is_up = False  # in `on_mount` Textual's own is_mounted is still false
        self.drafts = Drafts()
        self.set_reactive(GridView.columns, tuple(columns))
        self._index: dict[str, int] = {}
        self._tops: list[int] = [0]  # where each line begins below the header; the last entry is where all end
        self._widths: dict[str, int] = {}
        self._fitted: dict[str, int] = {}  # the widths that the columns are laid out for
        self._total = 0  # the width that columns and notes are laid out for: drawing may come before a resize does
        self.laid_out = Layout()
        self._unmeasured: set[int] = set()  # the lines whose texts are not in `_widths` yet
        self._wraps = False  # whether texts take more than one row
        self._parts = Parts(self, PARTS)
        self._painter: Painter | None = None
        self._strips: dict[str, dict[tuple[int, Look], Strip]] = {}
        self._told: tuple[str, str] | None = None  # what Highlighted last said
        self.set_reactive(GridView.lines, tuple(lines))
        self._measure()

    # Data

    def set_lines(self, lines: Iterable[Line]) -> None:
        """Show other lines. The cursor stays on its line's key, and what is being typed stays typed."""
        self.lines = tuple(lines)

    def set_table(self, columns: Iterable[Column], lines: Iterable[Line]) -> None:
        """Show other columns and other lines at once."""
        before, after = self.lines, tuple(lines)
        self.set_reactive(GridView.columns, tuple(columns))
        self.set_reactive(GridView.lines, after)
        self.watch_lines(before, after)

    def update_line(self, key: str, line: Line) -> None:
        """Replace one line and repaint only that; an unknown key is none of the grid's business."""
        row = self._index.get(key)
        if row is None or self.lines[row] == line:
            return
        if line.key != key:
            raise ValueError(f"line {key!r} can't become {line.key!r}: set_lines does that")
        self.set_reactive(GridView.lines, (*self.lines[:row], line, *self.lines[row + 1 :]))
        self._grow([line], fit=True)
        self.repaint_line(key)

    def watch_lines(self, old: tuple[Line, ...], new: tuple[Line, ...]) -> None:
        row, column = self.cursor
        key = old[row].key if row < len(old) else ""
        was_seen = self._is_seen(row)
        self._measure()
        row = self._index.get(key, min(row, max(len(new) - 1, 0)))
        self._goto(self._nearest(row), column)
        if was_seen:  # who has scrolled away from it is left there
            self._reveal(self.cursor.row)

    def watch_columns(self) -> None:
        self._measure()
        self._goto(self.cursor.row, self.cursor.column)

    def _measure(self) -> None:
        """Take in all lines and columns anew."""
        self._index = {line.key: row for row, line in enumerate(self.lines)}
        if len(self._index) != len(self.lines):
            raise ValueError("two lines have the same key")
        self._widths = natural_widths(self.columns, self.lines[:SAMPLE])
        self._unmeasured = set(range(SAMPLE, len(self.lines)))
        if self._unmeasured and self._is_up:
            self.set_timer(_IDLE, self._measure_others)
        self._fit()
        self._stack()

    def _measure_others(self) -> None:
        """Measure some more lines; once all are, lay the columns out for them too."""
        some = [self._unmeasured.pop() for _ in range(min(SAMPLE, len(self._unmeasured)))]
        self._grow([self.lines[row] for row in some], fit=False)
        if self._unmeasured:
            self.set_timer(_IDLE, self._measure_others)
        elif some:
            self._grow((), fit=True)

    def _measure_visible(self) -> None:
        """Measure what is about to be drawn, so that no number is cut."""
        top = max(bisect_right(self._tops, self.scroll_offset.y) - 1, 0)
        rows = self._unmeasured.intersection(range(top, min(top + self.size.height, len(self.lines))))
        if rows:
            self._unmeasured -= rows
            self._grow([self.lines[row] for row in rows], fit=True)

    def _grow(self, lines: Iterable[Line], *, fit: bool) -> None:
        """Widen the columns for these lines; and `fit` them in, if any is wider than it was laid out for."""
        wider = natural_widths(self.columns, lines)
        self._widths = {name: max(width, self._widths[name]) for name, width in wider.items()}
        if fit and self._widths != self._fitted:
            self._fit()
            if self._wraps:  # where other columns are wider, texts have less room
                self._stack()

    def _stack(self) -> None:
        """Take in how high the lines are: texts wrap where all of them then fit on the screen."""
        page = self.size.height - HEADER
        may_wrap = any(column.wrap > 1 for column in self.columns) and len(self.lines) <= page
        for wraps in (True, False) if may_wrap else (False,):
            if wraps != self._wraps:
                self._wraps = wraps
                self._clear()
            self._tops = list(accumulate((self._height(row) for row in range(len(self.lines))), initial=0))
            if self._tops[-1] <= page:
                break
        if self._is_up:
            self.virtual_size = Size(0, HEADER + self._tops[-1])

    def _fit(self) -> None:
        """Lay the columns out for the present width."""
        dropped = self.laid_out.dropped
        typed = self.drafts.place
        self._total = self.scrollable_content_region.width
        self._fitted = self._widths
        keep = typed[1] if typed else ""
        self.laid_out = fit(self.columns, self._widths, self._total, keep) if self._total else Layout()
        self._clear()
        if self._is_up and dropped != self.laid_out.dropped:
            self.post_message(self.Fitted(self, self.laid_out.dropped))

    def _height(self, row: int) -> int:
        line = self.lines[row]
        return (self._paint().height(line) if self._wraps else 1) + self._gap(row) + len(self._note(line)[0])

    def _note(self, line: Line) -> tuple[list[str], str]:
        """Return the rows below a line, and the part that they are: why a text was refused, else the line's note."""
        refused = self.drafts.sentence(line)
        if not (sentence := refused or line.note):
            return [], ""
        style = "problem" if refused else line.note_style or "muted"
        return wrapped(sentence, max(self._total - GUTTER - GAP, 1)), style

    def _gap(self, row: int) -> int:
        return int(self.lines[row].gap and row > 0)

    @property
    def dropped(self) -> tuple[Column, ...]:
        """The columns that don't fit into the present width."""
        return self.laid_out.dropped

    # Drawing

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._parts.clear()
        self._clear()

    def on_mount(self) -> None:
        self._is_up = True
        self._measure()
        self._goto(self._nearest(self.cursor.row), self.cursor.column)

    def on_resize(self) -> None:
        self._fit()
        self._stack()  # notes wrap anew
        self._goto(self.cursor.row, self.cursor.column)

    def watch_has_focus(self, _has_focus: bool) -> None:  # noqa: FBT001 - Textual's signature
        super().watch_has_focus(_has_focus)
        self.repaint_line(self.cursor_key)
        self._refresh_header()

    def _clear(self) -> None:
        self._painter = None
        self._strips.clear()
        self.refresh()

    def _paint(self) -> Painter:
        if self._painter is None:
            self._painter = Painter(self.laid_out, self._total, self._parts, self.rich_style, wraps=self._wraps)
        return self._painter

    def render_lines(self, crop: Region) -> list[Strip]:
        if self._unmeasured:
            self._measure_visible()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        paint = self._paint()
        if y < HEADER:
            return paint.header(self.cursor.column if self.cursor_type == "cell" and self.has_focus else "")
        below = y - HEADER + self.scroll_offset.y
        if below >= self._tops[-1]:
            return paint.blank()
        row = bisect_right(self._tops, below) - 1
        part = below - self._tops[row] - self._gap(row)
        look = self._look(row)
        cached = self._strips.setdefault(self.lines[row].key, {})
        if (part, look) not in cached:
            cached[part, look] = self._draw(row, part, look)
        return cached[part, look]

    def _draw(self, row: int, part: int, look: Look) -> Strip:
        line, paint = self.lines[row], self._paint()
        if part < 0:
            return paint.blank()
        if part == 0:
            return paint.line(line, self.drafts.of(line), look)
        height = paint.height(line)
        if part < height:
            return paint.more(line, part, look)
        sentences, style = self._note(line)
        return paint.note(sentences[part - height], style, look)

    def _look(self, row: int) -> Look:
        if row != self.cursor.row or not self.lines[row].key:
            return Look()
        return Look(on=True, column=self.cursor.column if self.cursor_type == "cell" else "", focused=self.has_focus)

    def repaint_line(self, key: str) -> None:
        """Draw one line anew, and what is below it where its height has changed."""
        row = self._index.get(key)
        if row is None:
            return
        self._strips.pop(key, None)
        if self._height(row) != self._tops[row + 1] - self._tops[row]:
            was_seen = self._is_seen(row)
            self._stack()
            self.refresh()
            if was_seen and row == self.cursor.row:  # with the question below it
                self._reveal(row)
        else:
            self._refresh_row(row)

    def _refresh_row(self, row: int) -> None:
        if row + 1 < len(self._tops):
            top, bottom = self._tops[row], self._tops[row + 1]
            self.refresh(
                Region(0, HEADER + top - self.scroll_offset.y, self.scrollable_content_region.width, bottom - top)
            )

    def _refresh_header(self) -> None:
        self.refresh(Region(0, 0, self.scrollable_content_region.width, HEADER))

    # Cursor

    @property
    def cursor_line(self) -> Line | None:
        """The line under the cursor."""
        return self.lines[self.cursor.row] if self.cursor.row < len(self.lines) else None

    @property
    def cursor_key(self) -> str:
        """The key of the line under the cursor; empty where there is none."""
        line = self.cursor_line
        return line.key if line else ""

    def move_to(self, key: str, column: str = "") -> None:
        """Put the cursor on a line, and on a column where one is named."""
        if key in self._index:
            self._goto(self._index[key], column or self.cursor.column)

    def _goto(self, row: int, column: str) -> None:
        keys = [slot.column.key for slot in self.laid_out.slots]  # none before the grid has a size
        if keys and column not in keys:
            editable = [slot.column.key for slot in self.laid_out.slots if slot.column.editable]
            column = editable[0] if editable and self.cursor_type == "cell" else keys[0]
        self.cursor = Cursor(row, column)
        self._tell()

    def _tell(self) -> None:
        place = (self.cursor_key, self.cursor.column if self.cursor_type == "cell" else "")
        if self._is_up and self._total and self._told != place and place[0]:
            self._told = place
            self.post_message(self.Highlighted(self, *place))

    def watch_cursor(self, old: Cursor, new: Cursor) -> None:
        self._refresh_row(old.row)
        self._refresh_row(new.row)
        if old.column != new.column:
            self._refresh_header()
        self._reveal(new.row)

    def _reveal(self, row: int) -> None:
        """Scroll the line into sight, with a third of a page beyond it; a heading right above comes along.

        A scroll repaints everything: one every few lines costs less than one a line, and shows what comes next.
        It is forced, for lines that have just come may need a scrollbar that is still to come.
        """
        page = self.size.height - HEADER
        if not self._is_up or row >= len(self.lines) or page <= 0:
            return
        first = row
        while first > 0 and self.lines[first - 1].heading:
            first -= 1
        top, bottom, here = self._tops[first], self._tops[row + 1], self.scroll_offset.y
        if bottom - top > page:
            top = self._tops[row]
        if top < here:
            self.scroll_to(y=max(top - page // 3, 0), animate=False, force=True)
        elif bottom > here + page:
            self.scroll_to(y=min(bottom - page + page // 3, top), animate=False, force=True)

    def _is_seen(self, row: int) -> bool:
        """Tell whether a line, as it was laid out last, stands on the screen."""
        below = self.scroll_offset.y
        return row + 1 < len(self._tops) and below <= self._tops[row] < below + self.size.height - HEADER

    def _nearest(self, row: int) -> int:
        """Return the line at or after `row` that the cursor may be on, else one before it."""
        return next((r for r in (*range(row, len(self.lines)), *range(row, -1, -1)) if self._can_be_on(r)), row)

    def _can_be_on(self, row: int) -> bool:
        return 0 <= row < len(self.lines) and not self.lines[row].heading

    def action_move(self, way: str) -> None:
        """Move by a line, or by a column where the cursor is on a cell."""
        row, column = self.cursor
        if way in {"up", "down"}:
            step = 1 if way == "down" else -1
            rows = range(row + step, len(self.lines) if step > 0 else -1, step)
            self._goto(next((r for r in rows if self._can_be_on(r)), row), column)
        elif self.cursor_type == "cell":
            keys = [slot.column.key for slot in self.laid_out.slots]
            place = keys.index(column) if column in keys else 0
            self._goto(row, keys[min(max(place + (1 if way == "right" else -1), 0), len(keys) - 1)])

    def action_page(self, direction: int) -> None:
        """Move by as many lines as are shown."""
        if not self.lines:
            return
        wanted = self._tops[self.cursor.row] + direction * max(self.size.height - HEADER - 1, 1)
        row = bisect_right(self._tops, min(max(wanted, 0), self._tops[-1] - 1)) - 1
        self._goto(self._nearest(row), self.cursor.column)

    def action_edge(self, direction: int) -> None:
        """Move to the first or the last line."""
        rows = range(len(self.lines)) if direction < 0 else range(len(self.lines) - 1, -1, -1)
        self._goto(next((r for r in rows if self._can_be_on(r)), self.cursor.row), self.cursor.column)

    def action_select(self) -> None:
        """Open the line under the cursor."""
        if self.cursor_key:
            self.post_message(self.Selected(self, self.cursor_key, self.cursor.column))

    # Mouse

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if offset.y < HEADER:
            if column := self.laid_out.at(offset.x):
                event.stop()
                self.post_message(self.HeadingClicked(self, self.cursor_key, column))
            return
        below = offset.y - HEADER + self.scroll_offset.y
        row = bisect_right(self._tops, below) - 1
        if below < self._tops[-1] and self._can_be_on(row):
            event.stop()
            self.clicked(row, self.laid_out.at(offset.x) or self.cursor.column, opens=event.chain > 1)

    def clicked(self, row: int, column: str, *, opens: bool) -> None:
        """Take the cursor to what was clicked; a double click opens."""
        self._goto(row, column)
        if opens:
            self.action_select()

    def draft_at(self, line: str, column: str) -> Draft | None:
        """Return what is typed but not accepted at a place."""
        return self.drafts[line, column]
