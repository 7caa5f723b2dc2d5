"""Actions and milestones: where each stands, what is overdue, and the share delivered or on track."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from outcome_tracker.core.number import half_up
from outcome_tracker.core.period import Kind, Period, PeriodError, parse, parse_date
from outcome_tracker.core.text import listed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from outcome_tracker.core.figure import Stamp
    from outcome_tracker.core.indicator import Milestone

NOT_STATED = "not stated"


class Progress(StrEnum):
    """The status of a milestone."""

    NOT_STARTED = "not started"
    ON_TRACK = "on track"
    DELIVERED = "delivered"
    DELAYED = "delayed"
    REPHASED = "re-phased"
    CANCELLED = "cancelled"

    @property
    def is_closed(self) -> bool:
        """Nothing more is expected."""
        return self in {Progress.DELIVERED, Progress.CANCELLED}


@dataclass(frozen=True, slots=True)
class Report:
    """One version of a milestone's status. `day` and `new_due` are a date or a financial year."""

    milestone: str
    version: int
    status: Progress
    day: str = ""
    new_due: str = ""
    reason: str = ""
    source: str = ""
    stamp: Stamp | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a milestone stands: its status, the date now expected and the original one, its history oldest first."""

    milestone: Milestone
    status: Progress
    due: str
    history: tuple[Report, ...] = ()
    overdue: bool = False
    due_next: bool = False
    delivered_in_year: bool = False

    @property
    def rephasings(self) -> tuple[Report, ...]:
        """Every change of the date, with its reason."""
        return tuple(r for r in self.history if r.status is Progress.REPHASED)


@dataclass(frozen=True, slots=True)
class Actions:
    """Totals over milestones. Cancelled ones are counted apart and leave the share."""

    total: int = 0
    delivered_or_on_track: int = 0
    delivered_in_year: int = 0
    rephased: int = 0
    overdue: int = 0
    due_next: int = 0
    cancelled: int = 0

    @property
    def share(self) -> Decimal | None:
        """Percent delivered or on track, rounded half up to a whole number; None without milestones."""
        counted = self.total - self.cancelled
        return half_up(Fraction(100 * self.delivered_or_on_track, counted), 0) if counted else None


def parse_progress(text: str) -> Progress:
    """Read a milestone's status; raises `ValueError` listing them."""
    words = " ".join(text.lower().replace("_", " ").split()).replace("rephased", "re-phased")
    try:
        return Progress(words)
    except ValueError:
        raise ValueError(f"'{text}' is not a status; write {listed([p.value for p in Progress], 'or')}.") from None


def refusal(report: Report) -> tuple[str, str] | None:
    """Return the field and the sentence of what is missing from a status or too much in it, or None."""
    if report.status is not Progress.REPHASED:
        wrong = "Only a re-phased milestone gets a new date; write re-phased, or leave it empty."
        return ("new_due", wrong) if report.new_due else None
    if not report.new_due:
        wrong = (
            f"Re-phasing needs its new date; write 2019-12-31, 2019-20 or '{NOT_STATED}' where a source prints none."
        )
        return "new_due", wrong
    return None if report.reason else ("reason", "Re-phasing needs its reason.")


def read_due(text: str) -> Period | date | None:
    """Read a due date: an ISO date or a financial year; None when empty or not stated.

    Raises `ValueError` with a sentence for anything else.
    """
    words = text.strip()
    if not words or words == NOT_STATED:
        return None
    try:
        return parse_date(words)
    except ValueError:
        pass
    try:
        return parse(words, Kind.YEAR)
    except PeriodError:
        raise ValueError(f"'{words}' is neither a date nor a financial year; write 2019-03-31 or 2019-20.") from None


def due_day(text: str) -> date | None:
    """Return the last day of a due date or year."""
    due = read_due(text)
    return due.end if isinstance(due, Period) else due


def stand(milestone: Milestone, reports: Iterable[Report], reporting: Period) -> Standing:
    """Return where a milestone stands on the reporting date, the last day of the reporting period."""
    history = tuple(sorted(reports, key=lambda r: r.version))
    status = history[-1].status if history else Progress.NOT_STARTED
    due = next((r.new_due for r in reversed(history) if r.new_due), milestone.due)
    day = due_day(due)
    is_open = not status.is_closed
    return Standing(
        milestone,
        status,
        due,
        history,
        overdue=is_open and day is not None and day < reporting.end,
        due_next=is_open and _due_next(due, reporting),
        delivered_in_year=status is Progress.DELIVERED and _in_year(history[-1].day, reporting.financial_year),
    )


def _due_next(due: str, reporting: Period) -> bool:
    """Tell whether a date lies in the next reporting period, or a financial year begins or ends with it."""
    when = read_due(due)
    following = reporting.shift(1)
    if isinstance(when, Period):
        return when.start == following.start or when.end == following.end
    return when is not None and following.start <= when <= following.end


def _in_year(day: str, year: Period) -> bool:
    last = due_day(day)
    return last is not None and year.start <= last <= year.end


def total(standings: Iterable[Standing]) -> Actions:
    """Add up where milestones stand."""
    every = list(standings)
    return Actions(
        total=len(every),
        delivered_or_on_track=sum(s.status in {Progress.DELIVERED, Progress.ON_TRACK} for s in every),
        delivered_in_year=sum(s.delivered_in_year for s in every),
        rephased=sum(s.status is Progress.REPHASED for s in every),
        overdue=sum(s.overdue for s in every),
        due_next=sum(s.due_next for s in every),
        cancelled=sum(s.status is Progress.CANCELLED for s in every),
    )
