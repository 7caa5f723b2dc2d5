"""The reminder as it will be sent, to look at before it is copied."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen

from outcome_tracker.tui.widgets.drawn import Drawn, paragraphs, text

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

_COPY, _LEAVE = "Enter copy and keep as a file", "Esc leave"


class Preview(ModalScreen[bool]):
    """A reminder. Enter copies it, Esc leaves everything as it was."""

    DEFAULT_CSS = """
    Preview .popup { width: 90; }
    Preview VerticalScroll { height: auto; max-height: 100%; margin: 0 0 1 0; scrollbar-size-vertical: 1; }
    """
    AUTO_FOCUS: ClassVar[str | None] = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "dismiss(True)", "Copy", show=False),
        Binding("escape,q", "dismiss(False)", "Leave", show=False),
    ]

    def __init__(self, title: str, reminder: str) -> None:
        super().__init__()
        self._title, self._reminder = title, reminder

    def compose(self) -> ComposeResult:
        with Vertical(classes="popup") as popup:
            popup.border_title = text(self._title)
            with VerticalScroll():
                yield Drawn(paragraphs(text(line) for line in self._reminder.splitlines()), id="reminder")
            yield Drawn(paragraphs([text((f"{_COPY}   {_LEAVE}", "$quiet"))]), id="hint")

    def on_mount(self) -> None:
        self._resize()

    def on_resize(self) -> None:
        self._resize()
        self.call_after_refresh(self._resize)  # once it is known how the text wraps

    def _resize(self) -> None:
        """Leave the reminder the height that border and hint leave."""
        self.query_one(VerticalScroll).styles.max_height = max(self.app.size.height * 9 // 10 - 5, 3)

    def on_click(self, event: events.Click) -> None:
        """Let the words at the bottom be clicked; a click beside the reminder leaves it."""
        if event.widget is self:
            self.dismiss(False)
        elif event.widget is self.query_one("#hint"):
            self.dismiss(event.x < len(_COPY) + 1)
