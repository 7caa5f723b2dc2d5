"""Periods of time as English councils report them: financial years run from April to March."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH_NAMES = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905 - one line reads better than twelve
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


class Kind(StrEnum):
    """What a period is: its length and the year it belongs to."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    ACADEMIC = "academic"
    CALENDAR = "calendar"

    __hash__ = str.__hash__  # periods are looked up thousands of times; that of Enum is ten times slower


class Frequency(StrEnum):
    """How often an indicator is measured."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half-yearly"
    ANNUAL = "annual"


_MONTHS_IN = {Kind.MONTH: 1, Kind.QUARTER: 3, Kind.HALF: 6, Kind.YEAR: 12, Kind.ACADEMIC: 12, Kind.CALENDAR: 12}
_FIRST_MONTH = {Kind.MONTH: 1, Kind.ACADEMIC: 9, Kind.CALENDAR: 1}  # April for any other
_KIND_OF = {
    Frequency.MONTHLY: Kind.MONTH,
    Frequency.QUARTERLY: Kind.QUARTER,
    Frequency.HALF_YEARLY: Kind.HALF,
    Frequency.ANNUAL: Kind.YEAR,
}
_EXAMPLES = {
    Kind.MONTH: "2019-03",
    Kind.QUARTER: "2018-19 Q4",
    Kind.HALF: "2018-19 H1",
    Kind.YEAR: "2018-19",
    Kind.ACADEMIC: "academic 2018-19",
    Kind.CALENDAR: "calendar 2018",
}


class PeriodError(ValueError):
    """A text that names no period; the message says what to write instead."""


@dataclass(frozen=True, slots=True)
class Period:
    """One period. `year` is the year it starts in (for a quarter or half, that of its financial year).

    `number` is the month (1 to 12), the quarter (1 to 4) or the half (1 or 2), and 1 for a year.
    """

    kind: Kind
    year: int
    number: int = 1

    @property
    def start(self) -> date:
        """The first day."""
        return _start(self)

    @property
    def end(self) -> date:
        """The last day."""
        return _end(self)

    @property
    def months(self) -> int:
        """The length in months."""
        return _MONTHS_IN[self.kind]

    @property
    def code(self) -> str:
        """The canonical text, which `parse` reads back: `2018-19 Q4`, `2019-03`, `2018-19`."""
        match self.kind:
            case Kind.MONTH:
                return f"{self.year:04d}-{self.number:02d}"
            case Kind.QUARTER:
                return f"{_years(self.year)} Q{self.number}"
            case Kind.HALF:
                return f"{_years(self.year)} H{self.number}"
            case Kind.YEAR:
                return _years(self.year)
            case Kind.ACADEMIC:
                return f"academic {_years(self.year)}"
            case Kind.CALENDAR:
                return f"calendar {self.year}"

    @property
    def label(self) -> str:
        """The text for people: `Quarter 4 2018-19 (Jan to Mar 2019)`."""
        start, end = self.start, self.end
        match self.kind:
            case Kind.MONTH:
                return f"{_MONTH_NAMES[self.number - 1]} {self.year}"
            case Kind.QUARTER:
                return f"Quarter {self.number} {_years(self.year)} ({MONTHS[start.month - 1]} to {_month_year(end)})"
            case Kind.HALF:
                first = _month_year(start) if start.year != end.year else MONTHS[start.month - 1]
                return f"Half {self.number} {_years(self.year)} ({first} to {_month_year(end)})"
            case Kind.YEAR:
                return f"Year {_years(self.year)}"
            case Kind.ACADEMIC:
                return f"Academic year {_years(self.year)}"
            case Kind.CALENDAR:
                return f"Calendar year {self.year}"

    @property
    def short(self) -> str:
        """The text for people inside a sentence: `Quarter 4 2018-19`, without its months."""
        return self.label.partition(" (")[0]

    @property
    def financial_year(self) -> Period:
        """The financial year in which the period ends."""
        end = self.end
        return Period(Kind.YEAR, end.year if end.month > 3 else end.year - 1)  # noqa: PLR2004 - March

    def shift(self, steps: int) -> Period:
        """Return the period `steps` of the same kind later (earlier when negative)."""
        per_year = 12 // self.months
        index = self.year * per_year + self.number - 1 + steps
        return Period(self.kind, index // per_year, index % per_year + 1)

    @property
    def previous(self) -> Period:
        """The period before, of the same kind."""
        return self.shift(-1)

    @property
    def year_before(self) -> Period:
        """The same period of the year before."""
        return Period(self.kind, self.year - 1, self.number)

    @property
    def months_into_year(self) -> int:
        """Months of its own year elapsed at the period's end: 6 for Q2, 12 for Q4 or a whole year."""
        return (self.number - 4) % 12 + 1 if self.kind is Kind.MONTH else self.number * self.months

    def holds(self, other: Period) -> bool:
        """Tell whether `other` lies inside this period."""
        return self.start <= other.start and other.end <= self.end

    def __str__(self) -> str:
        return self.code


def _years(year: int) -> str:
    return f"{year}-{(year + 1) % 100:02d}"


def _month_year(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


# A report looks at few periods and asks for their days thousands of times.
@lru_cache(maxsize=1024)
def _start(period: Period) -> date:
    months = _FIRST_MONTH.get(period.kind, 4) - 1 + (period.number - 1) * period.months
    return date(period.year + months // 12, months % 12 + 1, 1)


@lru_cache(maxsize=1024)
def _end(period: Period) -> date:
    return _start(period.shift(1)) - timedelta(days=1)


def kind_of(frequency: Frequency, year: str = "financial") -> Kind:
    """Return the kind of period of a frequency; annual ones may have an academic or calendar year."""
    if frequency is Frequency.ANNUAL and year != "financial":
        return Kind(year)
    return _KIND_OF[frequency]


def ending(day: date, kind: Kind) -> Period:
    """Return the period of that kind in which `day` lies."""
    years, month = divmod(day.month - _FIRST_MONTH.get(kind, 4), 12)
    return Period(kind, day.year + years, month // _MONTHS_IN[kind] + 1)


def periods_between(first: Period, last: Period) -> list[Period]:
    """Return the periods of `first`'s kind from `first` to `last`, both included."""
    found = []
    while first.end <= last.end:
        found.append(first)
        first = first.shift(1)
    return found


_YEARS = r"(?P<y1>\d{4}|\d{2})\s*[-/]\s*(?P<y2>\d{4}|\d{2})"
_PART = r"(?:(?P<part>q|h)\s*|(?P<word>quarter|qtr|half)\s+)(?P<n>\d)"


def _form(pattern: str) -> Callable[[str], re.Match[str] | None]:
    """Return a matcher that is compiled when it is first used, which most runs of a command never do."""
    return lambda words: re.fullmatch(pattern, words, re.IGNORECASE | re.ASCII)


_FINANCIAL = _form(rf"(?:(?:fy|year|financial year)\s*)?{_YEARS}(?:\s*,?\s*{_PART})?")
_PART_FIRST = _form(rf"{_PART}\s*,?\s*(?:of\s+)?{_YEARS}")
_ACADEMIC = _form(rf"(?:academic(?: year)?\s|ay)\s*{_YEARS}")
_CALENDAR = _form(r"(?:calendar(?: year)?\s|cy)\s*(?P<year>\d{4})")
_REPORTING_YEAR = _form(r"reporting year\s*(?P<year>\d{4})")  # of open data: named after the year in which it ends
_MONTH_NUMBER = _form(r"(?P<year>\d{4})\s*[-/]\s*(?P<month>0[1-9]|1[0-2])")
_MONTH_NAME = _form(r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+)?(?P<name>[a-z]{3,9})\.?[\s\-/']*(?P<year>\d{4}|\d{2})")
_ISO_DATE = _form(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})")
_UK_DATE = _form(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})")
_YEAR_AND_PART = _form(rf"(?P<year>\d{{4}})\s*[-/]?\s*{_PART}")
_PART_AND_YEAR = _form(rf"{_PART}\s*[-/]?\s*(?P<year>\d{{4}})")
_BARE_YEAR = _form(r"\d{4}")
_LABEL_SPAN = _form(r".*( \([a-z]{3}(?: \d{4})? to (?P<last>[a-z]{3} \d{4})\))")  # as `Period.label` prints it
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")


def parse(text: str, kind: Kind | None = None) -> Period:
    """Read a period as people write it.

    `kind` is that of the indicator's frequency: `2011-12` is December 2011 for a monthly one and a
    financial year for any other; a month or a date stands for the period of that kind which ends then.
    Without a kind the text itself decides, and `2011-12` is a financial year.
    Raises `PeriodError` with a sentence saying what to write instead.
    """
    shown = text.strip()
    words = _words(text)
    if not words:
        raise PeriodError(f"No period is given; write {_example(kind)}.")
    span = _LABEL_SPAN(words)
    period = _in_range(_read(words[: span.start(1)] if span else words, kind, shown), kind, shown)
    if span and span["last"].title() != _month_year(period.end):
        raise PeriodError(f"'{shown}' contradicts itself: {period.code} ends in {_month_year(period.end)}.")
    if kind is not None and period.kind is not kind:
        raise PeriodError(f"'{shown}' is {_a(period.kind)}, not {_a(kind)}; write {_example(kind)}.")
    return period


_NOUN = {
    Kind.MONTH: "month",
    Kind.QUARTER: "quarter",
    Kind.HALF: "half-year",
    Kind.YEAR: "financial year",
    Kind.ACADEMIC: "academic year",
    Kind.CALENDAR: "calendar year",
}


def _a(kind: Kind) -> str:
    return f"{'an' if kind is Kind.ACADEMIC else 'a'} {_NOUN[kind]}"


def _example(kind: Kind | None) -> str:
    return _EXAMPLES[kind] if kind else "2018-19 Q4, 2019-03 or 2018-19"


def _words(text: str) -> str:
    return " ".join(text.translate(_DASHES).split())


def _read(words: str, kind: Kind | None, shown: str) -> Period:  # noqa: PLR0911 - one return a form that people write
    if (found := _MONTH_NUMBER(words)) and (kind is Kind.MONTH or not _follows(found["year"], found["month"])):
        return _ends(Period(Kind.MONTH, int(found["year"]), int(found["month"])), kind, shown)
    if found := _FINANCIAL(words) or _PART_FIRST(words):
        return _financial(found, kind, shown)
    if found := _ACADEMIC(words):
        return _followed(Period(Kind.ACADEMIC, _full_year(found["y1"])), found["y2"], kind, shown)
    if found := _CALENDAR(words):
        return Period(Kind.CALENDAR, int(found["year"]))
    if found := _REPORTING_YEAR(words):
        return Period(Kind.YEAR, int(found["year"]) - 1)
    if found := _ISO_DATE(words) or _UK_DATE(words):
        return _dated(int(found["year"]), int(found["month"]), int(found["day"]), kind, shown)
    if (found := _MONTH_NAME(words)) and (month := _month_named(found["name"])):
        year = _full_year(found["year"])
        if found["day"]:
            return _dated(year, month, int(found["day"]), kind, shown)
        return _ends(Period(Kind.MONTH, year, month), kind, shown)
    raise PeriodError(_refusal(words, kind, shown))


def _in_range(period: Period, kind: Kind | None, shown: str) -> Period:
    if not _FIRST_YEAR <= period.year <= _LAST_YEAR:
        raise PeriodError(f"'{shown}' is outside {_FIRST_YEAR} to {_LAST_YEAR}; write {_example(kind)}.")
    return period


def _financial(found: re.Match[str], kind: Kind | None, shown: str) -> Period:
    year = _full_year(found["y1"])
    if not found["n"]:
        if kind is Kind.MONTH and not _follows(found["y1"], found["y2"]):
            raise PeriodError(f"'{shown}' is not a month; write {_EXAMPLES[Kind.MONTH]}.")
        return _followed(Period(kind if kind is Kind.ACADEMIC else Kind.YEAR, year), found["y2"], kind, shown)
    letter, number = _part(found)
    period_kind, most = (Kind.HALF, 2) if letter == "H" else (Kind.QUARTER, 4)
    if not 1 <= number <= most:
        raise PeriodError(f"'{shown}': a year has {_NOUN[period_kind]}s 1 to {most}; write {_EXAMPLES[period_kind]}.")
    if period_kind is Kind.QUARTER and kind is Kind.HALF and number % 2 == 0:
        period_kind, number = Kind.HALF, number // 2
    return _followed(Period(period_kind, year, number), found["y2"], kind, shown)


def _part(found: re.Match[str]) -> tuple[str, int]:
    """Return the letter, Q or H, and the number of a part of a year."""
    return (found["part"] or found["word"])[0].upper(), int(found["n"])


def _followed(period: Period, second: str, kind: Kind | None, shown: str) -> Period:
    """Return `period` if `second`, the year written after its first one, is the next: `2018-19`, `2019-2020`."""
    _in_range(period, kind, shown)
    expected = period.year + 1
    if int(second) != (expected if len(second) == 4 else expected % 100):  # noqa: PLR2004 - a year in full
        raise PeriodError(f"'{shown}': {period.year} is followed by {expected}; write {period.code}.")
    return period


def _full_year(text: str) -> int:
    """Return a year in full; of two digits, 70 and above mean the last century."""
    if len(text) == 4:  # noqa: PLR2004 - a year in full
        return int(text)
    return int(text) + (1900 if int(text) >= 70 else 2000)  # noqa: PLR2004 - see the docstring


def _follows(first: str, second: str) -> bool:
    return int(second) % 100 == (int(first) + 1) % 100


def _month_named(name: str) -> int | None:
    name = name.lower()
    if name == "sept":
        return 9
    return next((n for n, full in enumerate(_MONTH_NAMES, 1) if name in {full.lower(), full[:3].lower()}), None)


def _ends(month: Period, kind: Kind | None, shown: str) -> Period:
    """Return the period of `kind` that ends with `month`."""
    _in_range(month, kind, shown)
    if kind is None:
        return month
    period = ending(month.end, kind)
    if period.end != month.end:
        raise PeriodError(f"'{shown}' does not end {_a(kind)}; write {period.code}.")
    return period


def _dated(year: int, month: int, day: int, kind: Kind | None, shown: str) -> Period:
    try:
        given = date(year, month, day)
    except ValueError:
        raise PeriodError(f"'{shown}' is not in the calendar; write {_example(kind)}.") from None
    period = _in_range(ending(given, Kind.MONTH), kind, shown)
    if period.end != given:
        raise PeriodError(f"'{shown}' is not the end of a month; write {ending(given, kind or Kind.MONTH).code}.")
    return _ends(period, kind, shown)


def _refusal(words: str, kind: Kind | None, shown: str) -> str:
    """Return why a text is no period: most often a year that may be a calendar or a financial one."""
    unclear = f"'{shown}' does not say which year it means; write"
    found = _YEAR_AND_PART(words) or _PART_AND_YEAR(words)
    if found and kind in {None, Kind.QUARTER, Kind.HALF} and _FIRST_YEAR <= int(found["year"]) <= _LAST_YEAR:
        year, (letter, number) = int(found["year"]), _part(found)
        if 1 <= number <= (2 if letter == "H" else 4):
            return f"{unclear} {_years(year)} {letter}{number} for the financial year that starts in April {year}."
    if _BARE_YEAR(words) and _FIRST_YEAR <= (year := int(words)) <= _LAST_YEAR:
        if kind in {None, Kind.YEAR}:
            return f"{unclear} {_years(year)} for April {year} to March {year + 1}."
        if kind is Kind.ACADEMIC:
            return f"{unclear} {_years(year)} for September {year} to August {year + 1}."
        if kind is Kind.CALENDAR:
            return f"{unclear} calendar {year}."
    return f"'{shown}' is not a period; write {_example(kind)}."


def parse_date(text: str) -> date:
    """Read an ISO date; raises `ValueError` with a sentence for anything else."""
    if not _ISO_DATE(text.strip()):
        raise ValueError(f"'{text.strip()}' is not a date; write it as 2019-03-31.")
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"'{text.strip()}' is not in the calendar; write a date as 2019-03-31.") from None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:  # which has room for the periods before and after it
        raise ValueError(f"'{text.strip()}' is outside {_FIRST_YEAR} to {_LAST_YEAR}; write a date as 2019-03-31.")
    return found


def parse_reporting_period(text: str) -> Period:
    """Read a reporting period, a quarter or a month: `2018-19 Q4`, `2019-03`, and so `2011-12` is a month."""
    period = parse(text, Kind.MONTH if _MONTH_NUMBER(_words(text)) else None)
    if period.kind not in {Kind.QUARTER, Kind.MONTH}:
        raise PeriodError(
            f"'{text.strip()}' is {_a(period.kind)}; a report is for a quarter or a month, as in 2018-19 Q4 or 2019-03."
        )
    return period
