"""The grid of "Enter figures": numbers, a status chosen from a list, a note, and the question about an odd figure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outcome_tracker.tui.widgets.grid import Grid
from outcome_tracker.tui.widgets.grid_edit import Draft, State, pasted_line
from outcome_tracker.tui.widgets.grid_view import Placed

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events

    from outcome_tracker.tui.widgets.grid_data import Line
    from outcome_tracker.tui.widgets.grid_edit import Place
    from outcome_tracker.tui.widgets.grid_view import Cursor

STARTS = frozenset("0123456789.+-−£")
NUMBERS = ("numerator", "denominator", "value")
STATUS, NOTE = "status", "note"
CONTEXT = {"last", "year_ago", "target", "rating"}  # beside the figures: there Enter goes on, as in a spreadsheet
PUT_OFF = "Not saved yet: Enter asks again, Esc drops it."


class EntryGrid(Grid):
    """A grid whose value cell takes what is typed anywhere in its line but in the note; letters are commands.

    What its owner must answer at once, before the next key, it asks by these functions:
    `live` is told of a line whose text or cursor has changed; `doubts` says whether an entered figure is to be
    confirmed first; `settles` takes an Enter that has something else to decide on a line; `stops` takes an Esc;
    `misplaced` says whether what was typed as the note of a questioned figure is none.
    """

    live: Callable[[str, bool], None] | None = None
    doubts: Callable[[str], bool] | None = None
    settles: Callable[[str], bool] | None = None
    stops: Callable[[], bool] | None = None
    misplaced: Callable[[str, str], bool] | None = None
    _question: Place | None = None  # the figure that was questioned last

    @dataclass
    class Locked(Placed):
        """Something was typed where nothing can be."""

    @dataclass
    class Choosing(Placed):
        """The status is to be chosen."""

    @dataclass
    class Kept(Placed):
        """A figure in question is kept as it is, with the note that stands beside it."""

    def _type(self, place: Place, draft: Draft) -> None:
        super()._type(place, draft)
        if self.live:
            self.live(place[0], True)

    def watch_cursor(self, old: Cursor, new: Cursor) -> None:
        super().watch_cursor(old, new)
        if self.live:
            self.live(self.cursor_key, False)

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape" and not self.is_typing and self.stops and self.stops():
            event.prevent_default()
            event.stop()
            return
        line, column = self.cursor_line, self.cursor.column
        if self.is_typing or not event.character or not event.is_printable or line is None:
            return
        if column == NOTE and self.can_edit(line, column):
            return
        if event.character not in STARTS:
            event.prevent_default()  # a command's letter
            return
        if column in NUMBERS and self.can_edit(line, column):
            return
        if column not in NUMBERS and self.can_edit(line, "value"):
            self.move_to(line.key, "value")
            return
        event.prevent_default()
        event.stop()
        self.post_message(self.Locked(self, line.key, column))

    def _typing_key(self, event: events.Key, place: Place, draft: Draft) -> bool:
        if self.asking and event.key in {"up", "down", "shift+tab"}:
            return True  # only Enter, Tab and Esc answer the question
        return super()._typing_key(event, place, draft)

    def on_paste(self, event: events.Paste) -> None:
        """Take a single text that is pasted on a cell as if it were typed into it."""
        line, column = self.cursor_line, self.cursor.column
        single = pasted_line(event.text)
        if self.is_typing or not single or not self.can_edit(line, column) or line is None or column == STATUS:
            return
        event.prevent_default()
        event.stop()
        self._start(line, column, keep=False)
        if draft := self.drafts.typing:
            self._type((line.key, column), draft.insert(single))

    def _start(self, line: Line, column: str, *, keep: bool) -> None:
        if column == STATUS:
            self.post_message(self.Choosing(self, line.key, column))
        else:
            super()._start(line, column, keep=keep)

    def action_select(self) -> None:
        key = self.cursor_key
        if key and self.settles and self.settles(key):
            return
        if self.cursor.column == STATUS and self.can_edit(self.cursor_line, STATUS):
            self.post_message(self.Choosing(self, key, STATUS))
        elif any(slot.column.editable for slot in self.laid_out.slots) and self.cursor.column in CONTEXT:
            self.action_move("down")
        else:
            super().action_select()

    # The question about an odd figure

    @property
    def asking(self) -> Place | None:
        """The figure in question, whose note is being typed."""
        asked = self._question
        return asked if asked and self.drafts.place == (asked[0], NOTE) else None

    def _commit(self, place: Place, draft: Draft, move: str) -> None:
        if self.asking:
            self._answer(self.asking, place, draft, move)
        elif move and self._is_new(place, draft) and self.doubts and self.doubts(place[0]):
            self._ask(place, draft)
        else:
            super()._commit(place, draft, move)

    def _is_new(self, place: Place, draft: Draft) -> bool:
        return place[1] in NUMBERS and bool(draft.text.strip()) and (draft.changed or draft.refused is not None)

    def _ask(self, place: Place, draft: Draft) -> None:
        """Have the note typed before the figure is saved."""
        self.drafts.put(place, replace(draft, state=State.COMMITTED, sentence=""))
        line = self.lines[self._index[place[0]]]
        self._question = place
        super()._start(line, NOTE, keep=True)
        if all(slot.column.key != NOTE for slot in self.laid_out.slots):
            self._fit()  # where it is narrow the note has no column until it is typed
        self.move_to(place[0], NOTE)

    def _answer(self, figure: Place, place: Place, note: Draft, move: str) -> None:
        """Take Enter or Tab in the note as a yes; a click elsewhere leaves the question open."""
        if move and self._is_misplaced(figure, note):
            return
        self._put_down(place, note)
        self.move_to(*figure)
        if move:
            self.post_message(self.Kept(self, *figure))
            self._step(move)
            self._landed = (*figure, self.cursor)
        else:
            self.refuse_later(*figure, PUT_OFF)
        self.repaint_line(place[0])

    def _is_misplaced(self, figure: Place, note: Draft) -> bool:
        return self.misplaced is not None and self.misplaced(figure[0], note.text.removeprefix(note.before))

    def _put_down(self, place: Place, note: Draft) -> None:
        """Keep a typed note for the figure that it belongs to."""
        if note.changed:
            self.drafts.put(place, replace(note, state=State.COMMITTED))
        else:
            self.drafts.drop(place)

    def _revert(self, place: Place) -> None:
        """Go back from the question to the figure, where nothing that was typed is lost."""
        if not self.asking:
            super()._revert(place)
            return
        figure, note = self.asking, self.drafts[place]
        if note and self._is_misplaced(figure, note):
            self.drafts.drop(place)  # it was said that it is no note
        elif note:
            self._put_down(place, note)
        if draft := self.drafts[figure]:
            self.move_to(*figure)
            self._type(figure, replace(draft, state=State.TYPING, caret=len(draft.text)))

    # The owner's hands

    def put_back(self, line: str, column: str, text: str, sentence: str) -> None:
        """Show a text that was typed earlier and not entered; Enter enters it."""
        self.drafts.put((line, column), Draft(text, len(text), "", State.REFUSED, sentence, text))

    def hand_over(self, line: str, column: str, text: str) -> None:
        """Put a text in as if it had been typed and entered; its owner answers as ever."""
        self.drafts.put((line, column), Draft(text, len(text), "", State.COMMITTED))
        self.repaint_line(line)

    def drop(self, line: str, column: str) -> None:
        """Forget what is typed into a cell."""
        self.drafts.drop((line, column))
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
