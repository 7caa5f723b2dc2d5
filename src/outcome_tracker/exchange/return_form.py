"""The layout of a return, once for writing and reading: its sheets, its headings, and the hidden sheet with its id."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from outcome_tracker.core.period import PeriodError, parse
from outcome_tracker.core.returned import FORMAT, ReturnId, Seen
from outcome_tracker.core.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outcome_tracker.core.period import Kind

README, RETURN, ID = "Read me", "Return", "Return id"
_TITLE = "Outcome Tracker return"  # the first cell of the hidden sheet, by which a return is known
_FORM, _NUMBER = "format", "number"
_NAMES = ("council area", "council", "period", "owner", "made", "tracker version")
_SEEN = ("indicator", "period", "figure version", "commentary version")
Rows = tuple[tuple[str, ...], ...]


def number_of(found: ReturnId) -> str:
    """Return the number of a return: a short sum of all that its id says, by which a damaged one is seen."""
    text = "\n".join("\t".join(row) for row in _said(found))
    digits = hashlib.sha256(text.encode()).hexdigest()[:12].upper()
    return "-".join((digits[:4], digits[4:8], digits[8:]))


def id_rows(found: ReturnId) -> Rows:
    """Return the rows of the hidden sheet; every cell is a text."""
    return ((_TITLE,), (_FORM, found.form), (_NUMBER, number_of(found)), *_said(found))


def _said(found: ReturnId) -> Rows:
    facts = (found.area, found.council, found.period.code, found.owner, found.made, found.tracker)
    seen = ((s.code, s.period.code, str(s.figure), str(s.commentary)) for s in found.seen)
    return (*zip(_NAMES, facts, strict=True), _SEEN, *seen)


def is_id(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether a sheet is the hidden one, whatever it is called."""
    return bool(rows) and tuple(rows[0]) == (_TITLE,)


def read_id(rows: Sequence[Sequence[str]], kinds: Mapping[str, Kind]) -> ReturnId | str:
    """Read the hidden sheet; where it can't be used a sentence says why. `kinds` are those of the indicators' periods.

    Blank rows and cells are left out before.
    """
    if not is_id(rows):
        return "This is not a return: `outcome-tracker template` makes one. For other workbooks: import figures."
    facts = {row[0]: clean(row[1]) for row in rows[1:] if len(row) == 2}  # noqa: PLR2004 - a name and what it says
    form = facts.get(_FORM, "")
    if form != FORMAT:
        return (
            f"The return has format {form or 'unknown'}, and this version of Outcome Tracker reads {FORMAT}; "
            "install the version that made it, or make a new template."
        )
    try:
        seen = tuple(
            Seen(row[0], parse(row[1], kinds.get(row[0])), int(row[2]), int(row[3]))
            for row in rows
            if len(row) == len(_SEEN) and tuple(row) != _SEEN
        )
        area, council, period, owner, made, tracker = (facts[name] for name in _NAMES)
        found = ReturnId(area, council, parse(period), owner, made, tracker, seen)
    except (KeyError, ValueError, PeriodError):
        return _DAMAGED
    return found if facts.get(_NUMBER) == number_of(found) else _DAMAGED


_DAMAGED = (
    f"The hidden sheet '{ID}' was changed, so it is not known what this return was made from; "
    "copy its figures into a new template, or enter them."
)
