"""A file that can't be read, as an exception: readers raise it from wherever they are, imports make it a problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from outcome_tracker.core.problem import Problem


class Unreadable(Exception):
    """A file, or the rest of it, that can't be read; `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem
