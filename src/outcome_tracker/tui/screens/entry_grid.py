"""The grid of "Enter figures": a figure begins with a digit or a sign, so letters stay free for commands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcome_tracker.tui.widgets.grid import Grid
from outcome_tracker.tui.widgets.grid_edit import Draft, State
from outcome_tracker.tui.widgets.grid_view import Placed

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events

    from outcome_tracker.tui.widgets.grid_edit import Place
    from outcome_tracker.tui.widgets.grid_view import Cursor

STARTS = frozenset("0123456789.+-−£")


class EntryGrid(Grid):
    """A grid whose value cell takes what is typed anywhere in its line.

    `live` is told at once of a line whose text or cursor has changed: a message would come a frame later.
    """

    live: Callable[[str, bool], None] | None = None

    @dataclass
    class Locked(Placed):
        """Something was typed where nothing can be."""

    def _type(self, place: Place, draft: Draft) -> None:
        super()._type(place, draft)
        if self.live:
            self.live(place[0], True)

    def watch_cursor(self, old: Cursor, new: Cursor) -> None:
        super().watch_cursor(old, new)
        if self.live:
            self.live(self.cursor_key, False)

    def on_key(self, event: events.Key) -> None:
        if self.is_typing or not event.character or not event.is_printable or self.cursor_line is None:
            return
        if event.character not in STARTS:
            event.prevent_default()  # a command's letter
            return
        line, column = self.cursor_line, self.cursor.column
        if self.can_edit(line, column):
            return
        if column not in {"numerator", "denominator"} and self.can_edit(line, "value"):
            self.move_to(line.key, "value")
            return
        event.prevent_default()
        event.stop()
        self.post_message(self.Locked(self, line.key, column))

    def hand_over(self, line: str, column: str, text: str) -> None:
        """Put a text in as if it had been typed and entered; its owner answers as ever."""
        self.drafts.put((line, column), Draft(text, len(text), "", State.COMMITTED))
        self.repaint_line(line)

    def hand_over_typing(self) -> None:
        """End the typing under way as Enter does, and stay in the cell."""
        place, draft = self.drafts.place, self.drafts.typing
        if place and draft:
            self._commit(place, draft, "")

    def refuse_later(self, line: str, column: str, sentence: str) -> None:
        """Refuse a text that was entered a while ago: the cursor stays, for the next figure is being typed."""
        self._landed = None
        self.refuse(line, column, sentence)
