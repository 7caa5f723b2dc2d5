"""The two kinds of failure: a `Problem` is returned, `Unavailable` is raised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in what a person wrote, and where.

    `path` is a file or sheet name, `line` and `column` count from 1 (0: not known), `key` names the
    field or column, `message` says what is wrong and what to write instead. A `warning` stops nothing.
    """

    message: str
    path: str = ""
    line: int = 0
    column: int = 0
    key: str = ""
    warning: bool = False

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        return ": ".join(part for part in (place, self.key, self.message) if part)


class Unavailable(Exception):
    """What was asked cannot be done now; `sentence` says why and `remedy` what to do about it."""

    def __init__(self, sentence: str, remedy: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.sentence} {self.remedy}".strip()


def nearest(word: str, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """Return ` Did you mean 'x'?` for the closest of `known`, or nothing when none is close.

    `cutoff` is how close, from 0 to 1.
    """
    from difflib import get_close_matches

    matches = get_close_matches(word, list(known), cutoff=cutoff)
    return f" Did you mean '{matches[0]}'?" if matches else ""
