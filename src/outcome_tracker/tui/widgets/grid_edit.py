"""What is being typed into a grid's cell: immutable drafts, and what keys do to them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from rich.cells import cell_len

from outcome_tracker.core.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outcome_tracker.tui.widgets.grid_data import Line

Place = tuple[str, str]  # the keys of a line and a column


class State(Enum):
    """Where a draft stands: being typed, handed to the owner, or refused with a sentence."""

    TYPING = "typing"
    COMMITTED = "committed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Draft:
    """A typed text with its caret. `before` is what the cell held when typing began, `refused` what was refused."""

    text: str = ""
    caret: int = 0
    before: str = ""
    state: State = State.TYPING
    sentence: str = ""
    refused: str | None = None

    @property
    def changed(self) -> bool:
        """Whether it differs from what the cell held."""
        return self.text != self.before

    def insert(self, text: str) -> Draft:
        """Put printable text in at the caret."""
        text = "".join(c for c in text if c.isprintable())
        return replace(
            self, text=self.text[: self.caret] + text + self.text[self.caret :], caret=self.caret + len(text)
        )

    def press(self, key: str) -> Draft | None:
        """Return what an editing key makes of it; None for any other key."""
        text, caret = self.text, self.caret
        back = max(caret - 1, 0)
        outcomes = {
            "left": (text, back),
            "right": (text, min(caret + 1, len(text))),
            "home": (text, 0),
            "end": (text, len(text)),
            "backspace": (text[:back] + text[caret:], back),
            "delete": (text[:caret] + text[caret + 1 :], caret),
            "ctrl+u": (text[caret:], 0),
        }
        if key not in outcomes:
            return None
        text, caret = outcomes[key]
        return replace(self, text=text, caret=caret)

    def window(self, width: int) -> tuple[str, int]:
        """Return the part around the caret that fits into `width` cells, and the caret's place in it.

        One cell is kept for a caret behind the last character.
        """
        start = 0
        while start < self.caret and cell_len(self.text[start : self.caret]) + 1 > width:
            start += 1
        end = len(self.text)
        while end > self.caret and cell_len(self.text[start:end]) + (end == self.caret) > width:
            end -= 1
        return self.text[start:end], self.caret - start


def pasted_line(text: str) -> str | None:
    """Return a pasted text that is a single cell's; None where it has several lines or columns.

    Spreadsheets end even a single cell with a line break.
    """
    body = text.rstrip("\r\n")
    return None if any(mark in body for mark in "\r\n\t\v\f\x85\u2028\u2029") else clean(body)


class Drafts:
    """Everything typed that the owner hasn't accepted yet, by place; at most one is being typed."""

    def __init__(self) -> None:
        self._drafts: dict[Place, Draft] = {}
        self.place: Place | None = None  # where someone is typing

    def __getitem__(self, place: Place) -> Draft | None:
        return self._drafts.get(place)

    def __iter__(self) -> Iterator[tuple[Place, Draft]]:
        return iter(self._drafts.items())

    def put(self, place: Place, draft: Draft) -> None:
        """Keep a draft; a typed one becomes the one being typed."""
        self._drafts[place] = draft
        if draft.state is State.TYPING:
            self.place = place
        elif self.place == place:
            self.place = None

    def drop(self, place: Place) -> Draft | None:
        """Forget the draft of a place, and return it."""
        if self.place == place:
            self.place = None
        return self._drafts.pop(place, None)

    @property
    def typing(self) -> Draft | None:
        """The draft being typed."""
        return self._drafts.get(self.place) if self.place else None

    def of(self, line: Line) -> dict[str, Draft]:
        """Return the drafts of a line by column key."""
        if not self._drafts:
            return {}
        return {column: draft for (key, column), draft in self._drafts.items() if key == line.key}

    def sentence(self, line: Line) -> str:
        """Return why a text typed into this line was refused, or nothing."""
        return next((draft.sentence for draft in self.of(line).values() if draft.state is State.REFUSED), "")
