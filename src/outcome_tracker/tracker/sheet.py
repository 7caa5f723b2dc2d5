"""The entry sheet of a period: one line a figure that is due, what typing into it would mean, and what is in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from outcome_tracker.core.figure import Content, Status, value_of
from outcome_tracker.core.number import Entry, NumberError, half_up, parse_decimal, parse_entry, quotient
from outcome_tracker.core.scorecard import Counts, DueLine, Row, count, due_lines
from outcome_tracker.core.standing import Measured, measure
from outcome_tracker.core.text import clean, plural
from outcome_tracker.core.wording import parts_text, value_text
from outcome_tracker.tracker.collect import Proposed, propose_content
from outcome_tracker.tracker.review import Known, row_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from decimal import Decimal

    from outcome_tracker.core.figure import Figure
    from outcome_tracker.core.indicator import Indicator, Plan
    from outcome_tracker.core.period import Period

LONGEST_NOTE = 500


class Part(StrEnum):
    """What can be typed of a figure."""

    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One figure that is due: what is in, what it means by itself, the one before and that of a year ago."""

    due: DueLine
    row: Row
    last: Measured
    year_ago: Measured | None

    @property
    def indicator(self) -> Indicator:
        """What is measured."""
        return self.due.indicator

    @property
    def plan(self) -> Plan:
        """Its plan."""
        return self.due.plan

    @property
    def period(self) -> Period:
        """The figure's period, which may be a month of the quarter that is returned."""
        return self.due.period

    @property
    def key(self) -> str:
        """What names the line: code and period."""
        return f"{self.indicator.code} {self.period.code}"

    @property
    def owner(self) -> str:
        """Who returns the figure: the plan's owner where the indicator names nobody."""
        return self.indicator.owner or self.plan.owner

    @property
    def content(self) -> Content | None:
        """What is stored."""
        return self.due.figure.content if self.due.figure else None

    @property
    def version(self) -> int:
        """The version that is shown; 0 where there is none."""
        return self.due.figure.version if self.due.figure else 0

    @property
    def takes_parts(self) -> bool:
        """Whether numerator and denominator can be typed: not into a plain count."""
        return self.indicator.takes_parts


@dataclass(frozen=True)
class Sheet:
    """Everything that is due in a reporting period, of every plan or of one."""

    found: Known
    reporting: Period
    lines: tuple[SheetLine, ...]

    def line(self, key: str) -> SheetLine | None:
        """Return the line of that key."""
        return self._by_key.get(key)

    @cached_property
    def _by_key(self) -> dict[str, SheetLine]:
        """Every cursor movement looks a line up."""
        return {line.key: line for line in self.lines}

    @property
    def counts(self) -> Counts:
        """How much of it is in."""
        return count((), [line.due for line in self.lines])

    def within(self, plan: str | None, owner: str | None = None) -> Sheet:
        """Return the sheet of one plan alone, by its code, and of one owner; of every one with None."""
        if plan is None and owner is None:
            return self
        lines = (x for x in self.lines if plan in {None, x.plan.code} and owner in {None, x.owner})
        return replace(self, lines=tuple(lines))

    def visible(self, *, still_due: bool, kept: Collection[str] = ()) -> tuple[SheetLine, ...]:
        """Return the lines to show: all, or those still due together with the `kept` ones."""
        return tuple(line for line in self.lines if not still_due or not line.due.is_in or line.key in kept)


def sheet_of(found: Known, reporting: Period) -> Sheet:
    """Return the entry sheet of a period."""
    due = due_lines(found.agreed.plans, found.figures, reporting, found.as_at, found.council.figures_due_days)
    return Sheet(found, reporting, tuple(_line(found, each) for each in due))


def _line(found: Known, due: DueLine) -> SheetLine:
    indicator, period = due.indicator, due.period
    series = found.series(indicator.code)
    before = period.previous
    year_ago = None if before == period.year_before else measure(indicator, series, period.year_before)
    return SheetLine(due, row_of(found, due.plan, indicator, period), measure(indicator, series, before), year_ago)


def with_figure(sheet: Sheet, figure: Figure) -> Sheet:
    """Return the sheet with one more figure in it, as if it had been read again."""
    series = {**sheet.found.series(figure.indicator), figure.period: figure}
    found = replace(sheet.found, figures={**sheet.found.figures, figure.indicator: series})
    lines = tuple(
        _line(found, replace(line.due, figure=series.get(line.period)))
        if line.indicator.code == figure.indicator
        else line
        for line in sheet.lines
    )
    return replace(sheet, found=found, lines=lines)


@dataclass(frozen=True, slots=True)
class Typed:
    """What is typed into a line's cells and not saved; None where nothing is."""

    value: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    note: str | None = None

    @property
    def has_numbers(self) -> bool:
        """Whether more than a note is typed."""
        return any(text is not None for text in (self.value, self.numerator, self.denominator))

    def __bool__(self) -> bool:
        return self.has_numbers or self.note is not None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a typed line would give: a proposal, or the part that it waits for before it can be judged.

    `questioned` is what looks odd about numbers that are new, for a person to confirm.
    """

    proposed: Proposed
    waits_for: Part | None = None
    warnings: tuple[str, ...] = ()
    questioned: str = ""

    @property
    def row(self) -> Row | None:
        """The row as it would be."""
        return self.proposed.row


def meaning(sheet: Sheet, line: SheetLine, typed: Typed, *, provisional: bool | None = None) -> Meaning:
    """Say what the typed cells of a line mean together with what is stored; cheap enough for every keystroke.

    A figure stays provisional, and keeps its note, until somebody says otherwise.
    """
    old = line.content
    if problem := _too_long(typed.note or ""):
        return Meaning(Proposed(problem=problem))
    if not typed.has_numbers:
        return _noted(sheet, line, typed.note or "")
    try:
        entry, waits_for, notice = _read(line, typed)
    except NumberError as error:
        return Meaning(Proposed(problem=str(error)))
    if waits_for:
        return Meaning(Proposed(), waits_for)
    flagged = old is not None and old.status is Status.PROVISIONAL if provisional is None else provisional
    kept = old.note if old and not old.status.is_absent else ""
    content = Content(
        entry.value,
        entry.numerator,
        entry.denominator,
        Status.PROVISIONAL if flagged else Status.FINAL,
        kept if typed.note is None else clean(typed.note),
    )
    if old is not None and old.entry == entry and old.status is content.status:
        content = replace(old, note=content.note)  # entered as it is: source and marks stay
    proposed = propose_content(sheet.found, line.plan, line.indicator, line.period, content)
    new = old is None or old.entry != entry
    questioned = " ".join(proposed.warnings) if new else ""
    return Meaning(proposed, warnings=(*proposed.warnings, *notice), questioned=questioned)


def _noted(sheet: Sheet, line: SheetLine, note: str) -> Meaning:
    """Return what a note alone gives; it waits for a figure that it can belong to."""
    if line.content is None:
        return Meaning(Proposed(), Part.VALUE)
    content = replace(line.content, note=clean(note))
    proposed = propose_content(sheet.found, line.plan, line.indicator, line.period, content)
    return Meaning(proposed, warnings=proposed.warnings)


def _too_long(note: str) -> str:
    count = len(note) - LONGEST_NOTE
    return f"The note is {plural(count, 'character')} too long; a commentary takes more." if count > 0 else ""


def _read(line: SheetLine, typed: Typed) -> tuple[Entry, Part | None, tuple[str, ...]]:
    """Return the numbers of a line, the part still wanted, and what happens to stored parts."""
    old = line.content
    stored = Entry() if old is None else old.entry
    if both := next((t for t in (typed.numerator, typed.denominator) if t and "/" in t), None):
        return parse_entry(both, line.indicator.unit), None, ()  # both parts typed into the cell of one
    touched = typed.numerator is not None or typed.denominator is not None
    if typed.value is None or (touched and not typed.value.strip()):
        value = None if old is None or typed.value is not None else _stored_value(old, line.indicator)
        return *_parts(typed, stored, value), ()
    given = parse_entry(typed.value, line.indicator.unit)
    if given.value is not None and touched:
        given = Entry(given.value, _number(typed.numerator), _number(typed.denominator))
    elif given.value is not None:
        entry, notice = _beside(line, given.value, stored)
        return entry, None, notice
    return given, None, ()


def _parts(typed: Typed, stored: Entry, value: Decimal | None) -> tuple[Entry, Part | None]:
    """Put typed and stored parts together; one part alone stands beside a value, or waits for the other."""
    top = stored.numerator if typed.numerator is None else _number(typed.numerator)
    bottom = stored.denominator if typed.denominator is None else _number(typed.denominator)
    if top is not None and bottom is not None:
        return Entry(numerator=top, denominator=bottom), None
    if value is None and top is not None:
        return Entry(), Part.DENOMINATOR
    if value is None and bottom is not None:
        return Entry(), Part.NUMERATOR
    return Entry(value, top, bottom), None


def _stored_value(old: Content, indicator: Indicator) -> Decimal | None:
    return old.value if old.value is not None else value_of(old, indicator)


def _beside(line: SheetLine, value: Decimal, stored: Entry) -> tuple[Entry, tuple[str, ...]]:
    """Keep stored parts that agree with a new value; others went with the old one."""
    indicator = line.indicator
    if stored.numerator is None and stored.denominator is None:
        return Entry(value), ()
    if stored.value is not None and stored.value == value:
        return stored, ()
    if stored.numerator is None or not stored.denominator:
        dropped = parts_text(line.content)
        return Entry(value), (f"'{dropped}' belonged to the value before and is dropped; type it again if it holds.",)
    computed = quotient(stored.numerator, stored.denominator, indicator.unit, indicator.decimals)
    if computed == half_up(value, indicator.decimals):
        return replace(stored, value=stored.value and value), ()
    gave = f"{parts_text(line.content)} gave {value_text(computed, indicator.unit)}"
    return Entry(value), (f"The parts {gave} and are dropped.",)


def _number(text: str | None) -> Decimal | None:
    return parse_decimal(text) if text and text.strip() else None
