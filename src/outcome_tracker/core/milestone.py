"""Actions and milestones: where each stands in a period, what is overdue, and the share delivered or on track."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
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
    """Where a milestone stands: its status, the date now expected and the original one, its history oldest first.

    `later` is what has been recorded too, but does not count in the period yet.
    """

    milestone: Milestone
    status: Progress
    due: str
    history: tuple[Report, ...] = ()
    overdue: bool = False
    due_next: bool = False
    delivered_in_year: bool = False
    later: tuple[Report, ...] = ()

    @property
    def version(self) -> int:
        """The version recorded last, whether it counts in the period or not."""
        return max((report.version for report in (*self.history, *self.later)), default=0)

    @property
    def rephasings(self) -> tuple[Report, ...]:
        """Every change of the date, with its reason."""
        return tuple(step.report for step in steps(self.milestone, self.history) if step.moves)


@dataclass(frozen=True, slots=True)
class Step:
    """One report and what it changed: the date due before and after it; a note changes nothing but says something."""

    report: Report
    before: str
    after: str
    moves: bool
    is_note: bool


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
    return next(iter(_incomplete(report)), None)


def refusals(report: Report, due: str, today: date) -> list[tuple[str, str]]:
    """Return field and sentence of everything that is wrong with a status that a person enters, due so far on `due`.

    More than `refusal`: what a source has printed is taken as it is, who enters a status can be asked.
    """
    found = _incomplete(report)
    day = due_day(report.day)
    if report.status is Progress.DELIVERED and day is None:
        found.append(("date", "Delivered needs its date; write the day, as in 2019-03-31, or the year, as in 2018-19."))
    if day is not None and day > today:
        happened = _HAPPENED.get(report.status, "on which it is so")
        what = "is in the future" if read_due(report.day) == day else "has not ended"
        found.append(("date", f"{report.day} {what}; write the day {happened}, {today.isoformat()} or before."))
    if report.new_due and report.status is Progress.REPHASED and _same(report.new_due, due):
        found.append(("new_due", f"{report.new_due} is the date it has already; write another one, or add a note."))
    if report.status is Progress.CANCELLED and not report.reason:
        found.append(("reason", "Cancelling needs its reason."))
    return found


_HAPPENED = {Progress.DELIVERED: "on which it was delivered", Progress.CANCELLED: "on which it was cancelled"}


def _incomplete(report: Report) -> list[tuple[str, str]]:
    if report.status is not Progress.REPHASED:
        wrong = "Only a re-phased milestone gets a new date; write re-phased, or leave it empty."
        return [("new_due", wrong)] if report.new_due else []
    found = []
    if not report.new_due:
        wrong = (
            f"Re-phasing needs its new date; write 2019-12-31, 2019-20 or '{NOT_STATED}' where a source prints none."
        )
        found.append(("new_due", wrong))
    if not report.reason:
        found.append(("reason", "Re-phasing needs its reason."))
    return found


def doubts(report: Report, milestone: Milestone) -> list[str]:
    """Return what is odd about a status that may be right all the same, as sentences."""
    new, first, day = due_day(report.new_due), due_day(milestone.due), due_day(report.day)
    if new is None:
        return []
    found = []
    if first is not None and new < first:
        found.append(f"The new date, {report.new_due}, is before the original one, {milestone.due}.")
    if day is not None and new < day:
        found.append(f"The new date, {report.new_due}, has passed already on {report.day}.")
    return found


def usual_day(reporting: Period, today: date) -> date:
    """Return the day for which a status is recorded unless it says one: the reporting date, once it has come."""
    return min(reporting.end, today)


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


def _same(one: str, other: str) -> bool:
    """Tell whether two due dates are one, however written; `not stated` is another than an empty one."""
    return one == other or (read_due(one) is not None and read_due(one) == read_due(other))


def steps(milestone: Milestone, reports: Iterable[Report]) -> tuple[Step, ...]:
    """Return what each report changed, oldest first."""
    found: list[Step] = []
    status, due = Progress.NOT_STARTED, milestone.due
    for report in sorted(reports, key=lambda r: r.version):
        after = report.new_due or due
        moves = report.status is Progress.REPHASED and not _same(after, due)
        is_note = report.status is status and not moves and bool(report.reason)
        found.append(Step(report, due, after, moves, is_note))
        status, due = report.status, after
    return tuple(found)


def counts_in(report: Report, reporting: Period, due_days: int) -> bool:
    """Tell whether a report counts in a reporting period whose returns are due `due_days` after its end.

    It does unless it is about a later day. A milestone is delivered or cancelled on its own day, never before it; any
    other status that is dated while the period's returns come in is what these returns say. One without a date counts.
    """
    day = due_day(report.day)
    return day is None or day <= reporting.end + timedelta(days=0 if report.status.is_closed else due_days)


def stand(
    milestone: Milestone,
    reports: Iterable[Report],
    reporting: Period,
    *,
    due_days: int = 0,
    as_at: date | None = None,
) -> Standing:
    """Return where a milestone stands on the reporting date: the period's last day, `as_at` while it has not come.

    `due_days` after its end the period's returns are due: see `counts_in`.
    """
    every = sorted(reports, key=lambda r: r.version)
    history = tuple(report for report in every if counts_in(report, reporting, due_days))
    status = history[-1].status if history else Progress.NOT_STARTED
    due = next((r.new_due for r in reversed(history) if r.new_due), milestone.due)
    day = due_day(due)
    is_open = not status.is_closed
    return Standing(
        milestone,
        status,
        due,
        history,
        overdue=is_open and day is not None and day < min(reporting.end, as_at or reporting.end),
        due_next=is_open and _due_next(due, reporting),
        delivered_in_year=status is Progress.DELIVERED and _in_year(history[-1].day, reporting.financial_year),
        later=tuple(report for report in every if report not in history),
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
