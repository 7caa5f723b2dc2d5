"""A return: the workbook in which an owner gives figures, what it was made from, and what becomes of what it says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from outcome_tracker.core.figure import Content, Status
from outcome_tracker.core.rag import Rag, rate
from outcome_tracker.core.target import in_force

if TYPE_CHECKING:
    from datetime import date

    from outcome_tracker.core.indicator import Indicator
    from outcome_tracker.core.number import Entry
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.scorecard import DueLine
    from outcome_tracker.core.standing import Measured
    from outcome_tracker.core.target import InForce

FORMAT = "1"  # of the workbook; another one is refused
LONGEST_CELL = 32_767  # characters, in Excel
T = TypeVar("T")


class Column(StrEnum):
    """The columns of a return, in their order, by their headings."""

    CODE = "Code"
    TITLE = "Indicator"
    PERIOD = "Period"
    UNIT = "Measured in"
    DEFINITION = "Definition"
    LAST = "Last figure"
    YEAR_AGO = "A year ago"
    TARGET = "Target"
    DUE = "Due"
    NUMERATOR = "Numerator"
    DENOMINATOR = "Denominator"
    VALUE = "Value"
    STATUS = "Status"
    COMMENTARY = "Commentary"


NUMBERS = (Column.NUMERATOR, Column.DENOMINATOR, Column.VALUE)
TO_FILL = (*NUMBERS, Column.STATUS, Column.COMMENTARY)


@dataclass(frozen=True, slots=True)
class Seen:
    """Which versions a row of a return was made from: of the figure, and of the commentary. 0: there was none."""

    code: str
    period: Period
    figure: int
    commentary: int


@dataclass(frozen=True, slots=True)
class ReturnId:
    """Which return a workbook is: of which council, period and owner, made when and by what, and what it had seen."""

    area: str
    council: str
    period: Period
    owner: str
    made: str
    tracker: str
    seen: tuple[Seen, ...]
    form: str = FORMAT


@dataclass(frozen=True, slots=True)
class FormLine:
    """A row of a return as it is sent out. `commentary` is None where another row of the indicator takes it."""

    line: DueLine
    last: Measured | None
    year_ago: Measured
    commentary: str | None

    @property
    def indicator(self) -> Indicator:
        """What is measured."""
        return self.line.indicator

    @property
    def period(self) -> Period:
        """The figure's period, which may be a month of the quarter that is returned."""
        return self.line.period

    @property
    def target(self) -> InForce | None:
        """The target in force, which context has none of."""
        return None if self.indicator.is_context else in_force(self.indicator, self.period)

    @property
    def last_rag(self) -> Rag | None:
        """How the last figure was rated; None where it can't be."""
        indicator, last = self.indicator, self.last
        if last is None or last.value is None or indicator.is_context:
            return None
        target = in_force(indicator, last.period)
        return rate(last.value, target.goal, indicator.better, indicator.tolerance) if target else None

    @property
    def filled(self) -> Content | None:
        """What is in already and stands in the cells, to be left alone or corrected."""
        return self.line.figure.content if self.line.figure else None


@dataclass(frozen=True, slots=True)
class Form:
    """A return to be sent to an owner, and who it is from."""

    id: ReturnId
    sender: str
    lines: tuple[FormLine, ...]

    @property
    def due(self) -> tuple[date, date]:
        """The first and the last day on which something is due."""
        days = [line.line.due for line in self.lines]
        return min(days), max(days)

    @property
    def illustrative(self) -> bool:
        """Whether something in it is made up for show."""
        return any(
            line.indicator.illustrative
            or line.line.plan.illustrative
            or line.year_ago.illustrative
            or bool(line.last and line.last.illustrative)
            or bool(line.filled and line.filled.illustrative)
            or bool(line.target and line.target.illustrative)
            for line in self.lines
        )


class Outcome(StrEnum):
    """What becomes of what a return says of one thing."""

    EMPTY = "still to come"
    SAME = "unchanged"
    NEW = "changes"
    CONFLICT = "conflict"


def outcome(mine: T | None, seen: T | None, current: T | None) -> Outcome:
    """Hold what a return says against what it was made from and what is there now; None is nothing.

    What was left as it was sent out changes nothing, whatever others have saved meanwhile.
    """
    if mine is None:
        return Outcome.EMPTY
    if mine in (seen, current):
        return Outcome.SAME
    return Outcome.NEW if seen == current else Outcome.CONFLICT


def said(content: Content) -> tuple[Entry, Status]:
    """Return what of a figure a return can say; the rest of it plays no part in what has changed."""
    return content.entry, content.status


def waited_for(content: Content | None) -> tuple[Entry, Status] | None:
    """Return the same of a figure that a return is held against; one that is not returned is none."""
    return None if content is None or content.status is Status.NOT_RETURNED else said(content)


def returned_content(entry: Entry, status: Status | None, current: Content | None) -> Content:
    """Return a row's content; a figure keeps its note, and a status that is left empty means final."""
    note = current.note if current is not None and not current.status.is_absent else ""
    return Content(entry.value, entry.numerator, entry.denominator, status or Status.FINAL, note)
