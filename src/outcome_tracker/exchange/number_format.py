"""What a spreadsheet's number format shows a number as: a percentage, a date, a time, or a number."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


class Shown(Enum):
    """What a number is shown as."""

    NUMBER = 1
    PERCENT = 2
    DATE = 3
    TIME = 4


_BUILT_IN = {
    **dict.fromkeys((9, 10), Shown.PERCENT),
    **dict.fromkeys((*range(14, 18), 22, *range(27, 37), *range(50, 59)), Shown.DATE),
    **dict.fromkeys((18, 19, 20, 21, 45, 46, 47), Shown.TIME),
}
# What stands in a format as text: in quotes, after a backslash, or for the width of a letter; then what is in brackets.
_QUOTED = re.compile(r'"[^"]*"?|[\\_*].')
_BRACKETS = re.compile(r"\[(?!(?:h+|m+|s+)\])[^\]]*\]", re.IGNORECASE)
_LAST_DAY = 2_958_465  # 31 December 9999


def built_in(number: int) -> Shown:
    """Return what a format shows that is known by its number alone."""
    return _BUILT_IN.get(number, Shown.NUMBER)


@lru_cache(maxsize=1024)
def shown_by(code: str) -> Shown:
    """Return what a format's code shows; `0.0%`, `dd/mm/yyyy`, `[h]:mm`."""
    bare = _BRACKETS.sub("", _QUOTED.sub("", code[:256].partition(";")[0])).casefold()
    if "general" in bare or bare.strip() == "@":
        return Shown.NUMBER
    if any(letter in bare for letter in "dy"):
        return Shown.DATE
    if any(letter in bare for letter in "hs"):
        return Shown.TIME
    if "m" in bare:
        return Shown.DATE
    return Shown.PERCENT if "%" in bare else Shown.NUMBER


def day_of(serial: Decimal, *, since_1904: bool) -> date | None:
    """Return the day of a spreadsheet's day number; None where it is none.

    Days are counted from 1900, of which spreadsheets believe that it had a 29 February, or from 1904.
    """
    if not 1 <= serial <= _LAST_DAY - 1462 * since_1904:
        return None
    days = int(serial)
    if since_1904:
        return date(1904, 1, 1) + timedelta(days)
    first_after_february = 61
    return date(1899, 12, 30 if days >= first_after_february else 31) + timedelta(days)
