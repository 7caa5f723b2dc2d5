"""Periods of time as English councils report them: financial years run from April to March."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

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


class Frequency(StrEnum):
    """How often an indicator is measured."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half-yearly"
    ANNUAL = "annual"


_MONTHS_IN = {Kind.MONTH: 1, Kind.QUARTER: 3, Kind.HALF: 6, Kind.YEAR: 12, Kind.ACADEMIC: 12, Kind.CALENDAR: 12}
_FIRST_MONTH = {Kind.ACADEMIC: 9, Kind.CALENDAR: 1}
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
        if self.kind is Kind.MONTH:
            return date(self.year, self.number, 1)
        first = date(self.year, _FIRST_MONTH.get(self.kind, 4), 1)
        return first + relativedelta(months=(self.number - 1) * self.months)

    @property
    def end(self) -> date:
        """The last day."""
        return self.start + relativedelta(months=self.months) - timedelta(days=1)

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
                span = f"{_month_year(start) if start.year != end.year else MONTHS[start.month - 1]}"
                return f"Half {self.number} {_years(self.year)} ({span} to {_month_year(end)})"
            case Kind.YEAR:
                return f"Year {_years(self.year)}"
            case Kind.ACADEMIC:
                return f"Academic year {_years(self.year)}"
            case Kind.CALENDAR:
                return f"Calendar year {self.year}"

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
        return (self.end.month - 4) % 12 + 1 if self.kind in {Kind.MONTH, Kind.QUARTER, Kind.HALF} else 12

    def holds(self, other: Period) -> bool:
        """Tell whether `other` lies inside this period."""
        return self.start <= other.start and other.end <= self.end

    def __str__(self) -> str:
        return self.code


def _years(year: int) -> str:
    return f"{year}-{(year + 1) % 100:02d}"


def _month_year(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def kind_of(frequency: Frequency, year: str = "financial") -> Kind:
    """Return the kind of period of a frequency; annual ones may have an academic or calendar year."""
    if frequency is Frequency.ANNUAL and year != "financial":
        return Kind(year)
    return _KIND_OF[frequency]


def ending(day: date, kind: Kind) -> Period:
    """Return the period of that kind in which `day` lies."""
    if kind is Kind.MONTH:
        return Period(kind, day.year, day.month)
    offset = (day.month - _FIRST_MONTH.get(kind, 4)) % 12
    first_month = _FIRST_MONTH.get(kind, 4)
    year = day.year if day.month >= first_month else day.year - 1
    return Period(kind, year, offset // _MONTHS_IN[kind] + 1)


def periods_between(first: Period, last: Period) -> list[Period]:
    """Return the periods of `first`'s kind from `first` to `last`, both included."""
    found = []
    while first.end <= last.end:
        found.append(first)
        first = first.shift(1)
    return found


_FLAGS = re.IGNORECASE | re.ASCII
_YEARS = r"(?P<y1>\d{4}|\d{2})\s*[-/]\s*(?P<y2>\d{4}|\d{2})"
_PART = r"(?:(?P<part>q|h)\s*|(?P<word>quarter|qtr|half)\s+)(?P<n>\d)"
_FINANCIAL = re.compile(rf"(?:(?:fy|year|financial year)\s*)?{_YEARS}(?:\s*,?\s*{_PART})?", _FLAGS)
_PART_FIRST = re.compile(rf"{_PART}\s*,?\s*(?:of\s+)?{_YEARS}", _FLAGS)
_ACADEMIC = re.compile(
    rf"academic(?: year)?\s+{_YEARS}|(?P<ay>ay)\s*{_YEARS.replace('y1', 'a1').replace('y2', 'a2')}", _FLAGS
)
_CALENDAR = re.compile(r"(?:calendar(?: year)?|cy)\s+(?P<year>\d{4})", _FLAGS)
_MONTH_NUMBER = re.compile(r"(?P<year>\d{4})\s*[-/]\s*(?P<month>0[1-9]|1[0-2])", re.ASCII)
_MONTH_NAME = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+)?(?P<name>[a-z]{3,9})\.?[\s\-/']*(?P<year>\d{4}|\d{2})", _FLAGS
)
_ISO_DATE = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})", re.ASCII)
_UK_DATE = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})", re.ASCII)
_AMBIGUOUS_PART = re.compile(
    rf"(?P<year>\d{{4}})\s*[-/ ]?\s*{_PART}|{_PART.replace('?P<', '?P<b')}\s*[-/ ]?\s*(?P<byear>\d{{4}})", _FLAGS
)
_BARE_YEAR = re.compile(r"\d{4}", re.ASCII)
_LABEL_SPAN = re.compile(r" \([A-Za-z]{3}( \d{4})? to [A-Za-z]{3} \d{4}\)$", re.ASCII)  # as `Period.label` prints it
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")


def parse(text: str, kind: Kind | None = None) -> Period:
    """Read a period as people write it.

    `kind` is that of the indicator's frequency: `2011-12` is December 2011 for a monthly one and a
    financial year for any other; a month or a date stands for the period of that kind which ends then.
    Without a kind the text itself decides, and `2011-12` is a financial year.
    Raises `PeriodError` with a sentence saying what to write instead.
    """
    shown = text.strip()
    words = _LABEL_SPAN.sub("", " ".join(shown.translate(_DASHES).split()))
    if not words:
        raise PeriodError(f"No period is given; write {_example(kind)}.")
    period = _read(words, kind, shown)
    if not _FIRST_YEAR <= period.year <= _LAST_YEAR:
        raise PeriodError(f"'{shown}' is outside {_FIRST_YEAR} to {_LAST_YEAR}; write {_example(kind)}.")
    if kind is not None and period.kind is not kind:
        raise PeriodError(f"'{shown}' is a {_NOUN[period.kind]}, not a {_NOUN[kind]}; write {_example(kind)}.")
    return period


_NOUN = {
    Kind.MONTH: "month",
    Kind.QUARTER: "quarter",
    Kind.HALF: "half-year",
    Kind.YEAR: "financial year",
    Kind.ACADEMIC: "academic year",
    Kind.CALENDAR: "calendar year",
}


def _example(kind: Kind | None) -> str:
    return _EXAMPLES[kind] if kind else "2018-19 Q4, 2019-03 or 2018-19"


def _read(words: str, kind: Kind | None, shown: str) -> Period:  # noqa: PLR0911 - one return a form that people write
    if (found := _MONTH_NUMBER.fullmatch(words)) and (
        kind is Kind.MONTH or not _follows(found["year"], found["month"])
    ):
        return _ends(Period(Kind.MONTH, int(found["year"]), int(found["month"])), kind, shown)
    if found := _FINANCIAL.fullmatch(words) or _PART_FIRST.fullmatch(words):
        return _financial(found, kind, shown)
    if found := _ACADEMIC.fullmatch(words):
        return Period(Kind.ACADEMIC, _two_years(found["y1"] or found["a1"], found["y2"] or found["a2"], shown))
    if found := _CALENDAR.fullmatch(words):
        return Period(Kind.CALENDAR, int(found["year"]))
    if found := _ISO_DATE.fullmatch(words) or _UK_DATE.fullmatch(words):
        return _dated(int(found["year"]), int(found["month"]), int(found["day"]), kind, shown)
    if (found := _MONTH_NAME.fullmatch(words)) and (month := _month_named(found["name"])):
        year = _full_year(found["year"])
        if found["day"]:
            return _dated(year, month, int(found["day"]), kind, shown)
        return _ends(Period(Kind.MONTH, year, month), kind, shown)
    raise PeriodError(_refusal(words, kind, shown))


def _financial(found: re.Match[str], kind: Kind | None, shown: str) -> Period:
    if kind is Kind.MONTH and not found["n"]:
        raise PeriodError(f"'{shown}' is a financial year, not a month; write {_EXAMPLES[Kind.MONTH]}.")
    year = _two_years(found["y1"], found["y2"], shown)
    if not found["n"]:
        return Period(Kind.ACADEMIC if kind is Kind.ACADEMIC else Kind.YEAR, year)
    number = int(found["n"])
    letter = (found["part"] or found["word"][0]).lower()
    period_kind, most = (Kind.HALF, 2) if letter == "h" else (Kind.QUARTER, 4)
    if not 1 <= number <= most:
        raise PeriodError(f"'{shown}': a year has {_NOUN[period_kind]}s 1 to {most}; write {_EXAMPLES[period_kind]}.")
    if period_kind is Kind.QUARTER and kind is Kind.HALF and number % 2 == 0:
        return Period(Kind.HALF, year, number // 2)
    return Period(period_kind, year, number)


def _two_years(first: str, second: str, shown: str) -> int:
    """Return the first year of a pair such as `2018-19`, `18/19` or `2019-2020`."""
    year = _full_year(first)
    expected = year + 1
    if int(second) != (expected if len(second) == 4 else expected % 100):  # noqa: PLR2004 - a year in full
        raise PeriodError(f"'{shown}' is not a financial year: {year} is followed by {expected}; write {_years(year)}.")
    return year


def _full_year(text: str) -> int:
    """Return a year in full; of two digits, 70 and above mean the last century."""
    if len(text) == 4:  # noqa: PLR2004 - a year in full
        return int(text)
    return int(text) + (1900 if int(text) >= 70 else 2000)  # noqa: PLR2004 - see the docstring


def _follows(first: str, second: str) -> bool:
    return int(second) == (int(first) + 1) % 100


def _month_named(name: str) -> int | None:
    name = name.lower()
    if name == "sept":
        return 9
    return next((n for n, full in enumerate(_MONTH_NAMES, 1) if name in {full.lower(), full[:3].lower()}), None)


def _ends(month: Period, kind: Kind | None, shown: str) -> Period:
    """Return the period of `kind` that ends with `month`."""
    if kind is None or kind is Kind.MONTH:
        return month
    period = ending(month.end, kind)
    if period.end != month.end:
        raise PeriodError(f"'{shown}' does not end a {_NOUN[kind]}; write {period.code}.")
    return period


def _dated(year: int, month: int, day: int, kind: Kind | None, shown: str) -> Period:
    try:
        given = date(year, month, day)
    except ValueError:
        raise PeriodError(f"'{shown}' is not a date; write {_example(kind)}.") from None
    period = ending(given, Kind.MONTH)
    if period.end != given:
        raise PeriodError(f"'{shown}' is not the end of a month; write {ending(given, kind or Kind.MONTH).code}.")
    return _ends(period, kind, shown)


def _refusal(words: str, kind: Kind | None, shown: str) -> str:
    if found := _AMBIGUOUS_PART.fullmatch(words):
        year = int(found["year"] or found["byear"])
        letter, number = (
            (found["part"] or found["word"] or found["bpart"] or found["bword"])[0].upper(),
            found["n"] or found["bn"],
        )
        return (
            f"'{shown}' does not say which year it means; "
            f"write {_years(year)} {letter}{number} for the financial year that starts in April {year}."
        )
    if _BARE_YEAR.fullmatch(words):
        year = int(words)
        if kind is Kind.CALENDAR:
            return f"'{shown}': write calendar {year}."
        return f"'{shown}' does not say which year it means; write {_years(year)} for April {year} to March {year + 1}."
    return f"'{shown}' is not a period; write {_example(kind)}."


def parse_date(text: str) -> date:
    """Read an ISO date; raises `ValueError` with a sentence for anything else."""
    if not _ISO_DATE.fullmatch(text.strip()):
        raise ValueError(f"'{text.strip()}' is not a date; write it as 2019-03-31.")
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"'{text.strip()}' is not in the calendar; write a date as 2019-03-31.") from None


def parse_reporting_period(text: str) -> Period:
    """Read a reporting period, a quarter or a month: `2018-19 Q4`, `2019-03`, and so `2011-12` is a month."""
    words = " ".join(text.split())
    if _MONTH_NUMBER.fullmatch(words):
        return parse(words, Kind.MONTH)
    period = parse(text)
    if period.kind not in {Kind.QUARTER, Kind.MONTH}:
        raise PeriodError(
            f"'{text.strip()}' is a {_NOUN[period.kind]}; a report is for a quarter or a month, as in 2018-19 Q4 or 2019-03."
        )
    return period
