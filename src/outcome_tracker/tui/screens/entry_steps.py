"""What was saved on the entry sheet, step by step: what undo takes back and redo saves again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from outcome_tracker.core.figure import Content
    from outcome_tracker.core.period import Period


class Way(StrEnum):
    """Which way a save goes; the words are the reasons that the history keeps."""

    DO = ""
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class Step:
    """One figure that was saved: its line, what was there before (None: nothing) and after.

    What was pasted at once shares a `group`, and is undone at once.
    """

    key: str
    reporting: Period
    before: Content | None
    after: Content
    group: int


class Steps:
    """The steps that can be undone and redone, and the version that each figure had when this screen saved it last."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._groups = count(1)
        self.versions: dict[str, int] = {}

    def group(self) -> int:
        """Return a number for steps that belong together."""
        return next(self._groups)

    def last(self, way: Way) -> tuple[Step, ...]:
        """Return the steps that undo or redo would go, in that order."""
        steps = self._from(way)
        return tuple(step for step in reversed(steps) if step.group == steps[-1].group)

    def take(self, way: Way) -> tuple[Step, ...]:
        """Return the same, to be saved now: each goes `on` or `back`."""
        taken = self.last(way)
        del self._from(way)[-len(taken) :]
        return taken

    def on(self, step: Step, way: Way, version: int) -> None:
        """Take in that a step was saved: a new one leaves nothing to redo."""
        self.versions[step.key] = version
        if way is Way.DO:
            self._undone.clear()
        (self._undone if way is Way.UNDO else self._done).append(step)

    def back(self, step: Step, way: Way) -> None:
        """Take in that a step could not be saved: it can be tried again."""
        if way is not Way.DO:
            self._from(way).append(step)

    def forget(self, key: str) -> None:
        """Drop every step of a figure: somebody else's version was kept."""
        self._done = [step for step in self._done if step.key != key]
        self._undone = [step for step in self._undone if step.key != key]
        self.versions.pop(key, None)

    def _from(self, way: Way) -> list[Step]:
        return self._done if way is Way.UNDO else self._undone
