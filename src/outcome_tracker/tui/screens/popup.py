"""A list in the middle of the screen to choose from: Enter chooses, Esc leaves everything as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from outcome_tracker.tui.widgets.drawn import Drawn, paragraphs, text, wrapped
from outcome_tracker.tui.widgets.grid_data import Cell, Column, Line
from outcome_tracker.tui.widgets.grid_view import GridView
from outcome_tracker.tui.widgets.text_line import TextLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.app import ComposeResult
    from textual.widget import Widget

T = TypeVar("T")
_KEYS = (Column("keys", "Key", priority=100), Column("does", "What it does", fill=1, width=20, priority=90))


class Popup(ModalScreen[T | None]):
    """A titled list. Subclasses give the lines, make their answer of a line's key, and say what F1 explains.

    `ABOUT` says what the list is for, `KEYS` what its keys do; without the former F1 does nothing.
    """

    HINT: ClassVar[str] = "Enter choose   Esc leave"
    WIDTH: ClassVar[int] = 60
    AUTO_FOCUS: ClassVar[str | None] = "GridView"
    ABOUT: ClassVar[str] = ""
    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("↑ ↓", "Move in the list."),
        ("Enter", "Choose the line under the cursor."),
        ("Esc", "Leave everything as it was."),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Leave", show=False),
        Binding("f1", "help", "Help", show=False),
    ]

    def __init__(self, title: str, columns: Iterable[Column], lines: Iterable[Line], current: str = "") -> None:
        super().__init__()
        self._title, self._current = title, current
        self._grid = GridView(columns, lines)

    def compose(self) -> ComposeResult:
        with Vertical(classes="popup") as popup:
            popup.styles.width = self.WIDTH
            popup.border_title = text(self._title)
            popup.border_subtitle = text("F1 help" if self.ABOUT else "")
            yield from self.above()
            yield self._grid
            yield Drawn(paragraphs([text((self.HINT, "$quiet"))]))

    def above(self) -> Iterable[Widget]:
        """Yield what stands above the list."""
        return ()

    def on_mount(self) -> None:
        self._resize()
        if self._current:
            self._grid.move_to(self._current)

    def on_resize(self) -> None:
        self._resize()
        self.call_after_refresh(self._resize)  # once it is known how high the rest is

    def _resize(self) -> None:
        """Give the list the height that it needs, or what the rest leaves."""
        rest = sum(each.outer_size.height for each in self.query_one(".popup").children if each is not self._grid)
        width = min(self.WIDTH, self.app.size.width) - 12
        needed = 1 + sum(1 + (len(wrapped(text(x.note), width)) if x.note else 0) + x.gap for x in self._grid.lines)
        self._grid.styles.height = max(min(needed, self.app.size.height * 9 // 10 - rest - 3), 3)

    def chosen(self, key: str) -> T | None:
        """Return the answer that choosing a line gives."""
        raise NotImplementedError

    @on(GridView.Selected)
    def _select(self, message: GridView.Selected) -> None:
        message.stop()
        self.dismiss(self.chosen(message.line))

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_help(self) -> None:
        """Say what the list is for and what its keys do."""
        if self.ABOUT:
            self.app.push_screen(PopupHelp(self.ABOUT, self.KEYS))

    def on_click(self, event: events.Click) -> None:
        """Let a click beside the list close it."""
        if event.widget is self:
            self.dismiss(None)


class PopupHelp(Popup[None]):
    """What a list is for, and its keys; F1 again closes it."""

    HINT = "Esc closes the help"
    WIDTH: ClassVar[int] = 72

    def __init__(self, about: str, keys: Iterable[tuple[str, str]]) -> None:
        lines = [Line(each, {"keys": Cell(each, "accent"), "does": Cell(does)}) for each, does in keys]
        super().__init__("Help", _KEYS, lines)
        self._about = about

    def above(self) -> Iterable[Widget]:
        yield Drawn(paragraphs([text(self._about), text("")]))

    def chosen(self, key: str) -> None:  # noqa: ARG002 - nothing is chosen here
        return None

    def action_help(self) -> None:
        self.dismiss(None)


class TypedPopup(Popup[T]):
    """A list with a line to type into above it: typing shortens the list, and Enter chooses what the cursor is on."""

    HINT: ClassVar[str] = "↑ ↓ Enter choose   Esc leave"
    EXAMPLE: ClassVar[str] = ""
    KEYS = (
        ("letters", "Type: the list keeps what fits."),
        ("↑ ↓ PgUp PgDn", "Move in the list."),
        ("Enter", "Choose the line under the cursor."),
        ("Esc", "Leave everything as it was."),
    )
    AUTO_FOCUS: ClassVar[str | None] = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "list('move', 'down')", show=False),
        Binding("up", "list('move', 'up')", show=False),
        Binding("pagedown", "list('page', 1)", show=False),
        Binding("pageup", "list('page', -1)", show=False),
    ]

    def above(self) -> Iterable[Widget]:
        yield TextLine(placeholder=self.EXAMPLE, compact=True)
        yield Drawn(id="wrong")

    def found(self, words: str) -> tuple[list[Line], str]:
        """Return the lines to choose from once `words` are typed; or, where there is none, the sentence why."""
        raise NotImplementedError

    @property
    def typed(self) -> str:
        """What is typed."""
        return self.query_one(Input).value.strip()

    @on(Input.Changed)
    def _changed(self) -> None:
        self.refill()
        if self.typed:
            self._grid.action_edge(-1)

    def refill(self) -> None:
        """List anew what fits what is typed."""
        lines, wrong = self.found(self.typed)
        self._grid.set_lines(lines)
        self.query_one("#wrong", Drawn).show(paragraphs([text(wrong)] if wrong else []))
        self.on_resize()

    @on(Input.Submitted)
    def _choose(self) -> None:
        if self._grid.cursor_line is not None:
            self.dismiss(self.chosen(self._grid.cursor_line.key))

    def action_list(self, action: str, argument: str | int) -> None:
        """Move in the list while the line above has the keys."""
        getattr(self._grid, f"action_{action}")(argument)
