"""Problems of one file as they are found: every one with its place, and an end to hostile files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.problem import Problem
from outcome_tracker.core.text import clean

if TYPE_CHECKING:
    from outcome_tracker.plan_files.tree import Node

MOST_PROBLEMS = 200
_SHOWN = 60
_SHOWN_KEY = 150


class TooManyProblems(Exception):
    """A file has so many problems that further ones help nobody."""


class Report:
    """Collects the problems of one file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def add(self, node: Node, key: str, message: str, *, warning: bool = False) -> None:
        """Note a problem at `node`; raises `TooManyProblems` when the file has had enough."""
        if len(self.problems) >= MOST_PROBLEMS:
            more = "there are more problems in this file; correct these first."
            self.problems.append(Problem(more, self.path, node.line, node.column))
            raise TooManyProblems
        self.problems.append(Problem(message, self.path, node.line, node.column, shown(key, _SHOWN_KEY), warning))

    def warn(self, node: Node, key: str, message: str) -> None:
        """Note something that looks mistaken and stops nothing."""
        self.add(node, key, message, warning=True)


def shown(text: str, most: int = _SHOWN) -> str:
    """Return what a person wrote for a message: clean and of bearable length."""
    text = clean(text[:1_000])
    return text if len(text) <= most else text[: most - 1] + "…"
