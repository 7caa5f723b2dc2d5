"""Words beside the figures: commentary by section, who owes some, and the lines a source printed."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from outcome_tracker.core.direction import Direction
from outcome_tracker.core.indicator import Tier
from outcome_tracker.core.period import parse, parse_date
from outcome_tracker.core.rag import Rag
from outcome_tracker.core.text import clean, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from outcome_tracker.core.figure import Stamp
    from outcome_tracker.core.indicator import Plan
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.scorecard import Row

LONGEST = 50_000  # characters in a section; a cell of a CSV file holds 131,072, quotation marks doubled


@dataclass(frozen=True, slots=True)
class Commentary:
    """One version of a section of commentary on a plan or an indicator (`subject` is its code).

    A blank text says that the section was cleared.
    """

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


# Sections


@dataclass(frozen=True, slots=True)
class Section:
    """A section that commentary is written in. `missing` is what a Red without it lacks: `no cause`.

    `lines` is False where one line is expected; `is_when` where it must be a date or a period.
    """

    name: str
    hint: str = ""
    missing: str = ""
    lines: bool = True
    is_when: bool = False


ANALYSIS = Section("Analysis and issues", "What happened, and what stands in the way?")
WIDER = Section("Wider performance indicators", "What do the wider indicators add?")
CAUSE = Section("Cause", "Why is it Red?", "cause")
ACTION = Section("Action", "What is being done about it?", "action")
OWNER = Section("Owner", "Who does it?", "owner", lines=False)
DUE = Section("Due date", "By when? 2019-09-30 or 2019-20 Q2", "due date", lines=False, is_when=True)
RETURN = Section(
    "Expected return to target",
    "When will it be back on target? 2019-20 Q4 or 2019-20",
    "return date",
    lines=False,
    is_when=True,
)
FORECAST = Section("Year-end forecast", "The owner's judgement, which rates nothing; may stay empty")
RED_SECTIONS = (CAUSE, ACTION, OWNER, DUE, RETURN)  # what a Red must answer
PLAN_SECTIONS = (ANALYSIS, WIDER)
INDICATOR_SECTIONS = (ANALYSIS, *RED_SECTIONS, FORECAST)
_DAY = re.compile(r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)? (?P<month>[A-Za-z]{3,9}) (?P<year>[0-9]{4})")
_NUMERIC = re.compile(r"(?P<day>[0-9]{1,2})[./](?P<month>[0-9]{1,2})[./](?P<year>[0-9]{4})")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_KNOWN = {section.name: section for section in (*PLAN_SECTIONS, *INDICATOR_SECTIONS)}
_ORDER = {name: place for place, name in enumerate(s.name for s in (*INDICATOR_SECTIONS, WIDER))}


def section_named(name: str) -> Section:
    """Return a section; one that only the data names takes any text."""
    return _KNOWN.get(name) or Section(name)


def label(section: str) -> str:
    """Return what a section is called where it is read: a forecast says that it is a judgement."""
    return f"{section} (judgement)" if section == FORECAST.name else section


def sections_for(row: Row | None, used: Iterable[str] = ()) -> tuple[Section, ...]:
    """Return the sections to write on an indicator, or on a plan when `row` is None.

    Only a Red is asked for cause, action, owner and dates. What was `used` before is never left out.
    """
    if row is None:
        asked: Sequence[Section] = PLAN_SECTIONS
    elif row.rag is Rag.RED:
        asked = INDICATOR_SECTIONS
    else:
        asked = (ANALYSIS, FORECAST)
    return tuple(section_named(name) for name in in_order((*(section.name for section in asked), *used)))


def in_order(names: Iterable[str]) -> list[str]:
    """Return names of sections as they are read, each once: the known ones first, others in the order given.

    Commentary comes in the order in which its sections were first recorded.
    """
    return sorted(dict.fromkeys(names), key=lambda name: _ORDER.get(name, len(_ORDER)))


@lru_cache(maxsize=64)  # a text field asks for the same texts many times a keystroke
def cleaned(section: str, text: str) -> str:
    """Return what is stored of a text: its line breaks stay, but where one line is expected."""
    return clean(text, lines=section_named(section).lines)


def refusal(section: str, text: str) -> str:
    """Return why a text can't stand in a section, and what to write instead; or nothing. An empty one always can."""
    words = cleaned(section, text)
    if len(words) > LONGEST:
        return f"The text is {plural(len(words) - LONGEST, 'character')} too long: at most {LONGEST:,} can be kept."
    if words and section_named(section).is_when and not _is_when(words):
        return (
            f"'{words}' is neither a date nor a period; write 2019-09-30, September 2019, 2019-20 Q2 "
            "or 2019-20. What else there is to say belongs to the action."
        )
    return ""


def _is_when(words: str) -> bool:
    """Tell whether a text is a date as people write it, or a period of any kind."""
    try:
        if found := _NUMERIC.fullmatch(words):
            date(int(found["year"]), int(found["month"]), int(found["day"]))
        elif found := _DAY.fullmatch(words):  # `parse` takes the last day of a month only
            return 1 <= int(found["day"]) <= parse(f"{found['month']} {found['year']}").end.day
        elif _ISO.fullmatch(words):
            parse_date(words)
        else:
            parse(words)
    except ValueError:
        return False
    return True


# Who owes commentary


class State(StrEnum):
    """How far a plan or an indicator is explained."""

    MISSING = "missing"
    INCOMPLETE = "incomplete"
    GIVEN = "given"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Explained:
    """How many indicators must be explained, and how many of them are not."""

    needed: int = 0
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Subject:
    """A plan (`row` is None) or an indicator in a reporting period, with what is said of it there: no blank texts."""

    plan: Plan
    row: Row | None
    period: Period
    said: tuple[Commentary, ...] = ()

    @property
    def code(self) -> str:
        """The code that commentary names."""
        return self.row.indicator.code if self.row else self.plan.code

    @property
    def title(self) -> str:
        """What people call it."""
        return self.row.indicator.title if self.row else self.plan.title

    @property
    def needed(self) -> bool:
        """Whether it must be explained."""
        return self.row is not None and is_needed(self.row)

    @property
    def is_red(self) -> bool:
        """Whether it is rated Red."""
        return self.row is not None and self.row.rag is Rag.RED

    @property
    def lacking(self) -> tuple[Section, ...]:
        """The sections that a Red has no text in."""
        given = {c.section for c in self.said}
        return tuple(s for s in RED_SECTIONS if s.name not in given) if self.is_red else ()

    @property
    def state(self) -> State:
        """How far it is explained. A Red that something is said of may be incomplete, but is not missing."""
        if not self.said:
            return State.MISSING if self.needed else State.NONE
        return State.INCOMPLETE if self.lacking else State.GIVEN


def subjects(
    plans: Iterable[tuple[Plan, Iterable[Row]]], commentary: Iterable[Commentary], period: Period
) -> list[Subject]:
    """Return every plan followed by its indicators, with what is said of each in the period."""
    said: dict[str, list[Commentary]] = defaultdict(list)
    for each in commentary:
        if each.period == period and each.text.strip():
            said[each.subject].append(each)
    places = {code: in_order(c.section for c in found) for code, found in said.items()}

    def of(plan: Plan, row: Row | None) -> Subject:
        code = row.indicator.code if row else plan.code
        return Subject(plan, row, period, tuple(sorted(said[code], key=lambda c: places[code].index(c.section))))

    return [of(plan, row) for plan, rows in plans for row in (None, *rows)]


def is_needed(row: Row) -> bool:
    """Tell whether an indicator must be explained: a headline one that is Red or requires improvement."""
    worse = row.rag is Rag.RED or row.direction is Direction.DECLINED
    return worse and row.indicator.tier is Tier.HEADLINE


def unexplained(rows: Iterable[Row], commentary: Iterable[Commentary]) -> list[Row]:
    """Return the rows that need commentary on their reporting period and have none; a blank text is none."""
    given = {(c.subject, c.period) for c in commentary if c.text.strip()}
    return [row for row in rows if is_needed(row) and (row.indicator.code, row.reporting) not in given]


def explained(rows: Iterable[Row], commentary: Iterable[Commentary]) -> Explained:
    """Count the rows that need commentary and those that have none."""
    needed = [row for row in rows if is_needed(row)]
    return Explained(len(needed), len(unexplained(needed, commentary)))


GROUPS = ("Missing", "Other Reds, and what declined", "Plans", "Everything else")
ALL_REDS = "Reds, and what declined"  # what the second of them is called where none is missing


def group_of(subject: Subject) -> str:
    """Return which of `GROUPS` a subject belongs to: what is missing comes first."""
    if subject.state is State.MISSING:
        return GROUPS[0]
    if subject.row is None:
        return GROUPS[2]
    return GROUPS[1] if subject.is_red or subject.needed else GROUPS[3]


def earlier(commentary: Iterable[Commentary], code: str, period: Period) -> tuple[Commentary, ...]:
    """Return what was said of a subject in the latest period before this one in which anything was."""
    before = [c for c in commentary if c.subject == code and c.period.end < period.end and c.text.strip()]
    if not before:
        return ()
    last = max(before, key=lambda c: c.period.end).period
    found = {c.section: c for c in before if c.period == last}
    return tuple(found[name] for name in in_order(found))
