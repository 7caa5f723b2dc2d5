"""Words beside the figures: commentary by section, and the lines a source printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from outcome_tracker.core.figure import Stamp
    from outcome_tracker.core.period import Period


@dataclass(frozen=True, slots=True)
class Commentary:
    """One version of a section of commentary on a plan or an indicator (`subject` is its code)."""

    subject: str
    period: Period
    section: str
    text: str
    author: str = ""
    source: str = ""
    version: int = 1
    stamp: Stamp | None = None


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """A line as a source printed it, kept beside what is computed and never used as it."""

    plan: str
    period: Period
    measure: str
    text: str
    source: str = ""
    version: int = 1
    stamp: Stamp | None = None
