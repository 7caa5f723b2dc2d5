"""What stands where a figure is missing: `x`, `c`, `-`, `<5`, `n/a`, `[c]`, or nothing; it is never zero.

Councils write the same marker for different things, so what one means is told with an import, or asked. Only the
national standard's `[c]`, `[x]` and `[z]`, and the statuses written out, speak for themselves.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from outcome_tracker.core.figure import Status
from outcome_tracker.core.number import NumberError, parse_decimal
from outcome_tracker.core.text import clean, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BLANK = "blank"  # the name of an empty cell, in `--missing blank="not returned"`
ABSENT = tuple(status for status in Status if status.is_absent)
STANDARD = {
    "[c]": Status.SUPPRESSED,
    "[x]": Status.NOT_AVAILABLE,
    "[z]": Status.NOT_APPLICABLE,
    **{status.value: status for status in ABSENT},
}
_BARE = (
    *("x", "c", "z", "u", "k", "low", "-", ".", "..", "...", "*", "~", ":", "?", "[u]", "[k]", "[low]"),
    *("n/a", "#n/a", "null", "none", "tbc", "tba"),
)
_MARKERS = frozenset({*STANDARD, *_BARE})
_BELOW = re.compile(r"(?:<|<=|≤)[0-9]{1,3}")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_SAME = {"na": "n/a", "n.a.": "n/a", "n.a": "n/a", "--": "-", "…": "..."}


def folded(text: str) -> str:
    """Return a marker in the one form in which it is compared: any case, any dash, `< 5` as `<5`, `na` as `n/a`."""
    words = " ".join(clean(text).casefold().translate(_DASHES).split())
    tight = words.replace(" ", "")
    if _BELOW.fullmatch(tight) or tight in _MARKERS or tight in _SAME:
        return _SAME.get(tight, tight)
    return words


def marker(text: str, told: Mapping[str, Status] | None = None) -> str:
    """Return the marker that a cell holds, folded, or nothing where it holds something else.

    An empty cell is no marker here: whether it misses anything depends on the cells beside it. What has been `told`
    is a marker too, whatever it looks like.
    """
    if not text or text.isdecimal() or text.replace(".", "", 1).isdecimal():  # nearly every cell
        return ""
    found = folded(text)
    known = found in _MARKERS or bool(_BELOW.fullmatch(found)) or bool(told and found in told and found != BLANK)
    return found if known else ""


def meaning(found: str, told: Mapping[str, Status]) -> Status | None:
    """Return what a folded marker, or `BLANK`, means: as told, else by the standard; None where it must be asked."""
    return told.get(found, STANDARD.get(found))


def parse_meanings(options: Iterable[str]) -> dict[str, Status]:
    """Read what was told, as in `x=suppressed`; raises `ValueError` with a sentence that lists what can be written."""
    told: dict[str, Status] = {}
    for option in options:
        name, separator, words = option.rpartition("=")
        found = folded(name)
        if not separator or not found:
            raise ValueError(f"'{clean(option)}' is not MARKER=STATUS; {_example()}")
        if _is_number(found):
            raise ValueError(f"'{clean(name)}' is a number, and a number is a figure; {_example()}")
        status = parse_absence(words)
        if told.setdefault(found, status) is not status:
            raise ValueError(f"'{clean(name)}' is told twice, as {told[found]} and as {status}; keep one.")
    return told


def parse_absence(text: str) -> Status:
    """Read why a figure is absent, or the first letters of one status; raises `ValueError` that lists them."""
    words = " ".join(clean(text).casefold().replace("_", " ").split())
    fitting = [status for status in ABSENT if words and status.value.startswith(words)]
    if len(fitting) != 1:
        shown = clean(text)
        what = f"'{shown}' does not say why a figure is absent" if shown else "Nothing says why a figure is absent"
        raise ValueError(f"{what}; write {listed([status.value for status in ABSENT], 'or')}.")
    return fitting[0]


def parse_answer(text: str) -> Status:
    """Read the answer to a question: the number of a status in `ABSENT`, from 1, or as `parse_absence` reads it."""
    number = text.strip()
    if number in {"1", "2", "3", "4"}:
        return ABSENT[int(number) - 1]
    return parse_absence(text)


def _is_number(text: str) -> bool:
    try:
        parse_decimal(text.removesuffix("%"))
    except NumberError:
        return False
    return True


def _example() -> str:
    return (
        f'write x=suppressed, or blank="not returned" for empty cells; '
        f"after the = stands {listed([status.value for status in ABSENT], 'or')}."
    )
