"""A field of one line: what is typed, pasted or put into it is text alone, and nothing of it is lost unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from outcome_tracker.core.text import clean

if TYPE_CHECKING:
    from textual import events


class TextLine(Input):
    """An input in which lines that are pasted follow one another; Textual's own keeps the first one only."""

    def validate_value(self, value: str) -> str:
        """Keep what can be seen, however it came here."""
        return value if value.isprintable() else "".join(letter for letter in value if letter.isprintable())

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.replace(clean(event.text), *self.selection)
