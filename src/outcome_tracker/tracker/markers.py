"""The markers for missing figures that an import meets: those that speak for themselves, and those to be asked about.

Nothing is asked here: an import says which markers nobody has explained, and whoever runs it may ask and run it again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outcome_tracker.core import missing
from outcome_tracker.core.missing_wording import untold
from outcome_tracker.core.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outcome_tracker.core.figure import Status


@dataclass(frozen=True, slots=True)
class Untold:
    """A marker of which nobody has said what it means: as first written, how often, and where first."""

    marker: str
    written: str
    count: int
    place: str


class Markers:
    """What markers mean in one import, and those that it has met without knowing."""

    def __init__(self, told: Mapping[str, Status] | None = None) -> None:
        self.told: Mapping[str, Status] = told or {}
        self._untold: dict[str, Untold] = {}

    def found(self, text: str) -> str:
        """Return the marker that a cell holds, or nothing where it holds something else or is empty."""
        return missing.marker(text, self.told)

    def meaning(self, marker: str, written: str, place: str) -> Status | None:
        """Return what a marker, or `BLANK`, in a cell means; None where nobody has said it, which is remembered."""
        status = missing.meaning(marker, self.told)
        if status is None:
            known = self._untold.get(marker)
            first = known or Untold(marker, written or missing.BLANK, 0, place)
            self._untold[marker] = replace(first, count=first.count + 1)
        return status

    @property
    def untold(self) -> tuple[Untold, ...]:
        """The markers that nobody has explained, in the order of the file."""
        return tuple(self._untold.values())

    def problems(self, path: str = "") -> list[Problem]:
        """Return a problem for each of them; `path` is empty where their places name the file."""
        return [Problem(untold(each.written, each.count, each.place), path) for each in self.untold]
