"""A day in the past, as people type it, and what is said of seeing everything as it was known then."""

from __future__ import annotations

import re
from datetime import date

from outcome_tracker.core.period import MONTHS, parse_date

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+(\d{4})", re.ASCII | re.IGNORECASE)
_LONG = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day_text(day: date) -> str:
    """Return a day for people: `31 May 2019`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def past_day(text: str, today: date) -> date:
    """Read a day up to today, written as 2019-05-31, 31/5/2019 or 31 May 2019; the day comes before the month.

    Raises `ValueError` with a sentence for anything else.
    """
    words = " ".join(text.split())
    day = _read(words)
    if day is None:
        raise ValueError(f"'{words}' is not a date; write it as 31 May 2019, 31/5/2019 or 2019-05-31.")
    if day > today:
        raise ValueError(f"{day_text(day)} is yet to come; write a day up to today, {day_text(today)}.")
    return day


def _read(words: str) -> date | None:
    if _ISO.fullmatch(words):
        return parse_date(words)
    if found := _NUMBERS.fullmatch(words):
        day, month, year = (int(part) for part in found.groups())
    elif found := _NAMED.fullmatch(words):
        name = found[2].lower()
        named = [
            n
            for n, full in enumerate(_LONG, 1)
            if name in {full.lower(), full[:3].lower()} or name == "sept" == full[:4].lower()
        ]
        if not named:
            return None
        day, month, year = int(found[1]), named[0], int(found[3])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(
            f"'{words}' is not in the calendar; write the day before the month, as in 31/5/2019."
        ) from None


def known_text(day: date) -> str:
    """Return `as known on 31 May 2019`, for the top of whatever is shown so."""
    return f"as known on {day_text(day)}"


def read_only_text(what: str, day: date) -> str:
    """Return why nothing can be entered while the past is shown; `what` is figures, milestones and the like."""
    return f"Read-only: the {what} {known_text(day)}; press d to come back to today, or leave out --as-at."
