"""Words beside the figures: commentary by section, and the lines a source printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcome_tracker.core.direction import Direction
from outcome_tracker.core.indicator import Tier
from outcome_tracker.core.rag import Rag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from outcome_tracker.core.figure import Stamp
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.scorecard import Row


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


def is_needed(row: Row) -> bool:
    """Tell whether an indicator must be explained: a headline one that is Red or requires improvement."""
    worse = row.rag is Rag.RED or row.direction is Direction.DECLINED
    return worse and row.indicator.tier is Tier.HEADLINE


def unexplained(rows: Iterable[Row], commentary: Iterable[Commentary]) -> list[Row]:
    """Return the rows that need commentary on their reporting period and have none; a blank text is none."""
    given = {(c.subject, c.period) for c in commentary if c.text.strip()}
    return [row for row in rows if is_needed(row) and (row.indicator.code, row.reporting) not in given]
