"""The text fields that commentary is written in: one a section, as high as its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.widgets import TextArea

from outcome_tracker.core.commentary import label
from outcome_tracker.core.text import clean
from outcome_tracker.tui.widgets.drawn import Drawn, apart, text, wrapped

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.content import Content

    from outcome_tracker.core.commentary import Section


def pasted(words: str) -> str:
    """Return what may be put in the middle of a text: lines stay, and spaces at both ends; control sequences go."""
    body = clean(words, lines=True)
    if not body:
        return " " if words else ""
    start = words[: len(words) - len(words.lstrip(" \n"))].replace("\r", "")
    end = words[len(words.rstrip(" \n")) :].replace("\r", "")
    return f"{start}{body}{end}"


class Words(TextArea):
    """A text that wraps. In a section of one line Enter goes on to the next one."""

    def __init__(self, section: Section, words: str, *, read_only: bool) -> None:
        super().__init__(
            words,
            soft_wrap=True,
            read_only=read_only,
            highlight_cursor_line=False,
            placeholder="" if read_only else section.hint,
            classes="lines" if section.lines else "line",
        )
        self._lines = section.lines

    async def _on_paste(self, event: events.Paste) -> None:
        """Take the lines of what is pasted, and nothing that could steer the terminal."""
        event.prevent_default()
        event.stop()
        if not self.read_only and (result := self._replace_via_keyboard(pasted(event.text), *self.selection)):
            self.move_cursor(result.end_location)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter" and not self._lines:
            event.stop()
            event.prevent_default()
            self.screen.focus_next(Words)
        else:
            await super()._on_key(event)


class Field(Vertical):
    """A section: its name, what is to be said about it, and its text."""

    def __init__(self, section: Section, words: str, *, read_only: bool) -> None:
        super().__init__()
        self.section = section
        self.area = Words(section, words, read_only=read_only)
        self._about, self._style, self._wrong = "", "$quiet", ""
        self._label = Drawn(self._draw, classes="label")

    def compose(self) -> ComposeResult:
        yield self._label
        yield self.area

    @property
    def words(self) -> str:
        """What stands in it."""
        return self.area.text

    def fill(self, words: str) -> None:
        """Put a text in it, unlike one who types: no message says so. Undo brings back the text before."""
        with self.area.prevent(TextArea.Changed):
            self.area.replace(words, (0, 0), self.area.document.end)
        self.area.move_cursor((0, 0))

    def say(self, about: str, style: str = "$quiet", wrong: str = "") -> None:
        """Show beside the name how the text stands, and below it what is wrong with it."""
        if (about, style, wrong) != (self._about, self._style, self._wrong):
            self._about, self._style, self._wrong = about, style, wrong
            self._label.show(self._draw)

    def _draw(self, width: int) -> list[Content]:
        line = apart(text((label(self.section.name), "bold")), text((self._about, self._style)), width)
        return [line, *wrapped(text(("✗ ", "$error"), (self._wrong, "bold")), width)] if self._wrong else [line]
