"""The grid that the scorecard and the entry screen share: `GridView` with cells to type into.

The grid keeps what is typed; its owner decides. A committed text stays shown as typed until the owner calls
`accept` or `refuse`, and a refused one until it is mended, reverted or entered again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from outcome_tracker.tui.widgets.grid_data import Cell, Column, Layout, Line
from outcome_tracker.tui.widgets.grid_edit import Draft, Place, State, pasted_line
from outcome_tracker.tui.widgets.grid_view import Cursor, GridView, Placed

if TYPE_CHECKING:
    from textual import events

__all__ = ["Cell", "Column", "Cursor", "Grid", "GridView", "Layout", "Line"]

KEPT = "Typed, not entered yet: Enter enters it, Esc drops it."
_COMMITS = {"enter": "down", "tab": "right", "shift+tab": "left", "up": "up", "down": "down"}


class Grid(GridView):
    """A grid with cells to type into, where columns are `editable` and the cursor is on cells."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "edit", "Edit", show=False),
        Binding("delete", "clear", "Clear", show=False),
    ]

    @dataclass
    class Changed(Placed):
        """A keystroke changed the text being typed."""

        text: str

    @dataclass
    class Committed(Placed):
        """A typed text was entered: answer with `accept` or `refuse`. `again`: it had been refused as it is."""

        text: str
        move: str
        again: bool = False

    @dataclass
    class Pasted(Placed):
        """A text was pasted that isn't for one cell's editor: several lines or columns, or nothing being typed."""

        text: str

    class Reverted(Placed):
        """What was typed was given up: the cell is what it was."""

    class Cleared(Placed):
        """A cell is to be emptied."""

    # The owner's answers

    def accept(self, line: Line | str, column: str = "") -> None:
        """Take what was committed (in one column, or in the whole line) as entered, and show `line` if given."""
        key = line if isinstance(line, str) else line.key
        for place, draft in list(self.drafts):
            if place[0] == key and draft.state is State.COMMITTED and column in {"", place[1]}:
                self.drafts.drop(place)
        if not isinstance(line, str):
            self.update_line(key, line)
        self.repaint_line(key)

    def refuse(self, line: str, column: str, sentence: str) -> None:
        """Keep the committed text as a problem, with a sentence below the line.

        The cursor goes back to it unless it has moved on since, or something else is being typed.
        """
        draft = self.drafts[line, column]
        if draft is None or draft.state is State.TYPING:
            return  # mended meanwhile: another answer will come
        self.drafts.put((line, column), replace(draft, state=State.REFUSED, sentence=sentence, refused=draft.text))
        self.repaint_line(line)
        if self._landed == (line, column, self.cursor) and self.drafts.place is None:
            self.move_to(line, column)
        self.call_after_refresh(self._reveal, self.cursor.row)

    @property
    def unaccepted(self) -> tuple[tuple[str, str, str], ...]:
        """Everything typed and not accepted, as (line, column, text): what would be lost by leaving."""
        return tuple((*place, draft.text) for place, draft in self.drafts)

    def discard(self) -> None:
        """Drop everything typed and not accepted."""
        places = [place for place, _ in self.drafts]
        for place in places:
            self.drafts.drop(place)
            self.repaint_line(place[0])

    # Typing

    _landed: tuple[str, str, Cursor] | None = None  # the last commit's place, and where its move took the cursor

    @property
    def is_typing(self) -> bool:
        """Whether a text is being typed."""
        return self.drafts.place is not None

    def watch_lines(self, old: tuple[Line, ...], new: tuple[Line, ...]) -> None:
        place, draft = self.drafts.place, self.drafts.typing
        super().watch_lines(old, new)
        if place and draft and place[0] not in self._index:
            # Its line is filtered away: the text waits for the line to come back.
            self.drafts.put(place, replace(draft, state=State.REFUSED, sentence=KEPT))

    def can_edit(self, line: Line | None, column: str) -> bool:
        """Tell whether a cell can be typed into."""
        shown = any(slot.column.key == column and slot.column.editable for slot in self.laid_out.slots)
        return bool(self.cursor_type == "cell" and line and not line.heading and shown and not line.cell(column).locked)

    def action_edit(self) -> None:
        """Edit the text of the cell under the cursor."""
        line, column = self.cursor_line, self.cursor.column
        if line and not self.is_typing and self.can_edit(line, column):
            self._start(line, column, keep=True)

    def action_clear(self) -> None:
        """Ask for the cell under the cursor to be emptied."""
        line, column = self.cursor_line, self.cursor.column
        if line and self.can_edit(line, column):
            self.drafts.drop((line.key, column))
            self.repaint_line(line.key)
            self.post_message(self.Cleared(self, line.key, column))

    def action_select(self) -> None:
        """Enter a refused text again; else go down in a column to type into, else open the line."""
        line, column = self.cursor_line, self.cursor.column
        draft = self.drafts[line.key, column] if line else None
        if line and draft and draft.state is State.REFUSED:
            self._commit((line.key, column), draft, "down")
        elif self.can_edit(line, column):
            self._step("down")
        else:
            super().action_select()

    def clicked(self, row: int, column: str, *, opens: bool) -> None:
        place, draft = self.drafts.place, self.drafts.typing
        if place and draft:
            if place == (self.lines[row].key, column):
                return
            self._commit(place, draft, "")
        self._goto(row, column)
        if opens and self.can_edit(self.lines[row], column):
            self.action_edit()
        elif opens:
            self.post_message(self.Selected(self, self.cursor_key, column))

    def _start(self, line: Line, column: str, *, keep: bool) -> None:
        cell, old = line.cell(column), self.drafts[line.key, column]
        present = cell.text if cell.edit is None else cell.edit
        text = (old.text if old else present) if keep else ""
        refused = old.refused if old else None
        self.drafts.put((line.key, column), Draft(text, len(text), present, refused=refused))
        self.repaint_line(line.key)

    def _type(self, place: Place, draft: Draft) -> None:
        """Take in what a key made of the text being typed."""
        before = self.drafts[place]
        self.drafts.put(place, draft)
        self.repaint_line(place[0])
        if before is None or before.text != draft.text:
            self.post_message(self.Changed(self, *place, draft.text))

    def _commit(self, place: Place, draft: Draft, move: str) -> None:
        if not draft.changed and draft.refused is None:
            self.drafts.drop(place)
            self.post_message(self.Reverted(self, *place))
        elif not draft.text.strip():
            self.drafts.drop(place)
            self.post_message(self.Cleared(self, *place))
        else:
            self.drafts.put(place, replace(draft, state=State.COMMITTED, sentence=""))
            self.post_message(self.Committed(self, *place, draft.text, move, draft.text == draft.refused))
        self.repaint_line(place[0])
        self._step(move)
        self._landed = (*place, self.cursor)

    def _revert(self, place: Place) -> None:
        self.drafts.drop(place)
        self.repaint_line(place[0])
        self.post_message(self.Reverted(self, *place))

    def _step(self, move: str) -> bool:
        """Take the cursor to the next cell to type into; say whether there is one."""
        row, column = self.cursor
        keys = [slot.column.key for slot in self.laid_out.slots if slot.column.editable]
        ways = {"down": 1, "up": -1, "right": 1, "left": -1}
        if move not in ways:
            return False
        step = ways[move]
        rows = range(row, len(self.lines) if step > 0 else -1, step)
        if move in {"down", "up"}:
            places = [(r, column) for r in rows[1:]]
        else:
            order = [slot.column.key for slot in self.laid_out.slots]
            here = order.index(column) if column in order else 0
            beyond = [k for k in keys if (order.index(k) - here) * step > 0]
            places = [(r, k) for r in rows for k in (beyond if r == row else keys)[::step]]
        target = next((p for p in places if self.can_edit(self.lines[p[0]], p[1])), None)
        if target:
            self._goto(*target)
        return target is not None

    # Keys

    def on_key(self, event: events.Key) -> None:
        place, draft = self.drafts.place, self.drafts.typing
        handled = self._typing_key(event, place, draft) if place and draft else self._idle_key(event)
        if handled:
            event.stop()
            event.prevent_default()

    def _typing_key(self, event: events.Key, place: Place, draft: Draft) -> bool:
        if (move := _COMMITS.get(event.key)) is not None:
            self._commit(place, draft, move)
        elif event.key == "escape":
            self._revert(place)
        elif (pressed := draft.press(event.key)) is not None:
            self._type(place, pressed)
        elif event.character and event.is_printable:
            self._type(place, draft.insert(event.character))
        else:
            # Moves of the idle grid would leave the text behind; everything else is the screen's.
            return event.key in {"pageup", "pagedown", "ctrl+home", "ctrl+end", "f2"}
        return True

    def _idle_key(self, event: events.Key) -> bool:
        line, column = self.cursor_line, self.cursor.column
        if self.cursor_type != "cell" or line is None:
            return False
        if event.key in {"tab", "shift+tab"}:
            return self._step(_COMMITS[event.key])  # behind the last cell the focus moves on, so nobody is trapped
        place = (line.key, column)
        if event.key == "escape" and self.drafts[place] is not None:
            self._revert(place)
            return True
        if not self.can_edit(line, column):
            return False
        if event.key == "backspace" or (event.character and event.is_printable):
            self._start(line, column, keep=False)
            draft = self.drafts.typing
            if draft and event.character and event.key != "backspace":
                self._type(place, draft.insert(event.character))
            return True
        return False

    def on_paste(self, event: events.Paste) -> None:
        if self.cursor_type != "cell" or not self.cursor_key:
            return
        event.stop()
        event.prevent_default()
        place, draft, single = self.drafts.place, self.drafts.typing, pasted_line(event.text)
        if place and draft and single is not None:
            self._type(place, draft.insert(single))
        else:
            self.post_message(self.Pasted(self, self.cursor_key, self.cursor.column, event.text))
