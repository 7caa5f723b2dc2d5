"""What can be saved. Every fact carries its version: one more than the version that its author saw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcome_tracker.core.area import NeighbourList
from outcome_tracker.core.benchmark import Benchmark
from outcome_tracker.core.breakdown import BreakdownFigure
from outcome_tracker.core.commentary import Commentary, PublishedLine
from outcome_tracker.core.figure import Figure
from outcome_tracker.core.milestone import Report
from outcome_tracker.core.signoff import Event

if TYPE_CHECKING:
    from outcome_tracker.core.figure import Stamp
    from outcome_tracker.core.period import Period


@dataclass(frozen=True, slots=True)
class Definition:
    """One version of what plan files say of the council, a plan, an indicator or an action, as `codec` writes it.

    `kind` is one of `codec.Kind`; `archived` when the plan files no longer have it.
    """

    kind: str
    code: str
    version: int
    body: str
    archived: bool
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class TargetVersion:
    """One version of an indicator's target for a year; `withdrawn` when the plan file no longer has it."""

    indicator: str
    year: Period
    version: int
    body: str
    withdrawn: bool
    reason: str
    stamp: Stamp


Fact = (
    Figure
    | Benchmark
    | BreakdownFigure
    | Report
    | Commentary
    | PublishedLine
    | Definition
    | TargetVersion
    | NeighbourList
    | Event
)  # fmt: skip - a list to read along
