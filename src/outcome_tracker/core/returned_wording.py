"""What is said of returns that come back: what changes, what contradicts what, and what can't be taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.figure import Status, value_of
from outcome_tracker.core.number import half_up, with_unit
from outcome_tracker.core.returned import Column
from outcome_tracker.core.text import listed, plural
from outcome_tracker.core.wording import ABSENT, ILLUSTRATIVE, PROVISIONAL, parts_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from outcome_tracker.core.figure import Content
    from outcome_tracker.core.indicator import Indicator
    from outcome_tracker.core.period import Period

_SHOWN = 60  # characters of a commentary in a table
_KEEP = "Add --keep tracker to leave it as it is, or --keep return to take what the return says."


def content_text(content: Content | None, indicator: Indicator) -> str:
    """Return a figure for the table of changes: `15.9% (44 of 276) [p]`, `suppressed`, or a dash."""
    if content is None:
        return ABSENT
    value = value_of(content, indicator)
    if value is None:
        return content.status.value
    if content.value is not None and content.value != half_up(content.value, indicator.decimals):
        value = content.value  # as it was given: a change that rounding would hide is a change
    parts = parts_text(content)
    words = [
        with_unit(value, indicator.unit),
        f"({parts})" if parts else "",
        PROVISIONAL if content.status is Status.PROVISIONAL else "",
        ILLUSTRATIVE if content.illustrative else "",
    ]
    return " ".join(word for word in words if word)


def shortened(text: str) -> str:
    """Return the beginning of a commentary on one line."""
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1].rstrip()}…"


OPEN_ELSEWHERE = "Excel leaves this file while a workbook is open; it is left aside. Was the workbook saved?"
EMPTY_FOLDER = "There is no workbook (.xlsx) in this folder."


def left_aside(what: str, names: Sequence[str]) -> str:
    """Return what of a workbook was not asked for: columns or sheets."""
    shown = listed([f"'{' '.join(name.split())}'" for name in names])
    one = len(names) == 1
    return f"The {what}{'' if one else 's'} {shown} {'was' if one else 'were'} not asked for, and left aside."


def without_rows(sheet: str, tables: Sequence[str]) -> str:
    """Return why the sheet with the figures is not found."""
    if tables:
        return f"The figures stand on the sheets {listed(list(tables))}; name the one that counts '{sheet}'."
    columns = f"{Column.CODE}, {Column.PERIOD} and {Column.VALUE}"
    return f"The sheet '{sheet}' with the columns {columns} is missing; copy the figures into a new template."


def other_council(theirs: str, area: str, ours: str, own_area: str) -> str:
    """Return why a return of another council is refused."""
    return f"This return is of {theirs} ({area}), and this is the tracker of {ours} ({own_area})."


def other_period(theirs: Period, wanted: Period) -> str:
    """Return why a return for another period is refused."""
    return f"This return is for {theirs.label}, not for {wanted.label}; import it with --period '{theirs}'."


def several_periods(periods: Iterable[Period]) -> str:
    """Return why returns for several periods are refused."""
    found = sorted(periods, key=lambda p: (p.end, p.start))
    return f"These returns are for {listed([p.code for p in found])}; import those of one period at a time."


def row_of_another_period(code: str, period: Period, asked: Sequence[Period]) -> str:
    """Return why a row for a period that was not asked for is refused."""
    return (
        f"The row is for {period}, and this return asked for {code} in {listed([p.code for p in asked])}; "
        "move the figure into its own return."
    )


def not_asked_for(code: str) -> str:
    """Return what becomes of a row that the return didn't have."""
    name = f"'{code}' was" if code else "A row without a code was"
    return f"{name} not asked for in this return, and left aside."


def no_longer(code: str) -> str:
    """Return what becomes of a row whose indicator has left the plan files since."""
    return f"{code} is no longer in the plan files, and its row is left aside."


def no_number(shown: str) -> str:
    """Return why a cell is no number: it holds a date, or yes or no."""
    return f"The cell holds {shown}, which is no number; type the number, such as 16.2."


def no_text(error: str) -> str:
    """Return why a cell is no commentary: an error of the spreadsheet, or a formula without its result."""
    shown = f"shows {error}" if error else "holds a formula that was never computed"
    return f"The cell {shown}; type the text, without = in front."


def contradiction(first: str, second: str) -> str:
    """Return why two reasons for one absence can't both hold."""
    return f"The row says both {first} and {second}; keep one of them."


def stands_twice(place: str, what: str) -> str:
    """Return why two rows that say different things of one figure can't both hold."""
    return f"{place} says {what}; keep one of them."


def not_begun(period: Period) -> str:
    """Return why there can be no figure yet."""
    return f"{period.label} has not begun; leave its row empty."


def emptied(was: str) -> str:
    """Return what becomes of a figure whose cells were emptied."""
    return f"The figure was {was} and is empty here, which changes nothing; to take it back choose a status."


def conflict(now: str, who: str, when: str, mine: str, was: str) -> str:
    """Return what somebody else has saved since the return was made, and what can be done about it."""
    before = "there was none" if was == ABSENT else f"it was {was}"
    return f"{who} saved {now} on {when}, and this return says {mine}; when it was made {before}. {_KEEP}"


def from_elsewhere(seen: int, version: int) -> str:
    """Return why a return that knows more than this tracker is refused."""
    return (
        f"The return was made from version {seen}, and this tracker has {plural(version, 'version')}; "
        "it is from another database, or from before a backup was restored."
    )


def counts_line(counts: tuple[int, int, int, int], *, dry_run: bool) -> str:
    """Return `Added 3, changed 2; 10 unchanged; 4 still to come.`."""
    added, changed, unchanged, to_come = (f"{count:,}" for count in counts)
    did = (
        f"Nothing was imported. Would add {added}, change {changed}" if dry_run else f"Added {added}, changed {changed}"
    )
    return f"{did}; {unchanged} unchanged; {to_come} still to come."
