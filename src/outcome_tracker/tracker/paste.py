"""What cells copied from a spreadsheet would do to the entry sheet: the fate of each, before any is saved."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from io import StringIO
from typing import TYPE_CHECKING

from outcome_tracker.core.figure import Content, Status
from outcome_tracker.core.text import clean, plural
from outcome_tracker.tracker.collect import Proposed, propose_content, status_named
from outcome_tracker.tracker.sheet import Meaning, Part, Typed, meaning

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outcome_tracker.tracker.sheet import Sheet, SheetLine

STATUS = "status"
_PARTS = {Part.NUMERATOR.value, Part.DENOMINATOR.value}


class Fate(StrEnum):
    """What becomes of a pasted row."""

    SAVE = "to save"
    SAME = "unchanged"
    REFUSED = "refused"
    BLANK = "blank"
    NO_LINE = "no line"
    NO_CELL = "no cell"


@dataclass(frozen=True, slots=True)
class PastedRow:
    """One pasted row: the line that it goes to, the texts by column, what they mean, and what is to be said of it."""

    pasted: str
    fate: Fate
    line: SheetLine | None = None
    texts: tuple[tuple[str, str], ...] = ()
    meaning: Meaning | None = None
    sentences: tuple[str, ...] = ()

    @property
    def content(self) -> Content | None:
        """What would be saved."""
        return self.meaning.proposed.content if self.meaning and self.fate is Fate.SAVE else None


def cells_of(text: str) -> list[list[str]]:
    """Read copied cells: tabs between columns, a line each row; quoted where a cell holds tabs, quotes or lines."""
    body = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    try:
        rows = list(csv.reader(StringIO(body), "excel-tab", strict=True))
    except csv.Error:  # a quote that is none of a spreadsheet's
        rows = [line.split("\t") for line in body.split("\n")]
    return [[clean(cell) for cell in row] or [""] for row in rows]


def fates(sheet: Sheet, lines: Sequence[SheetLine], columns: Sequence[str], text: str) -> tuple[PastedRow, ...]:
    """Say what pasting a text would do, from the first of `lines` down and over `columns` from left to right."""
    rows = cells_of(text)
    found = []
    for number, cells in enumerate(rows):
        pasted = "  ".join(cell for cell in cells if cell)
        if not pasted:
            found.append(PastedRow("", Fate.BLANK, lines[number] if number < len(lines) else None))
        elif number >= len(lines):
            found.append(PastedRow(pasted, Fate.NO_LINE))
        else:
            found.append(_row(sheet, lines[number], columns, cells, pasted))
    return tuple(found)


def _row(sheet: Sheet, line: SheetLine, columns: Sequence[str], cells: Sequence[str], pasted: str) -> PastedRow:
    texts: dict[str, str] = {}
    said = [f"There is no column for '{cell}'." for cell in cells[len(columns) :] if cell]
    for column, cell in zip(columns, cells, strict=False):
        if cell and column in _PARTS and not line.takes_parts:
            said.append(f"There is no cell for '{cell}': {line.indicator.code} takes one number, as in 17, not parts.")
        elif cell:
            texts[column] = cell
    if not texts:
        return PastedRow(pasted, Fate.NO_CELL, line, sentences=tuple(said))
    found = _meaning(sheet, line, texts)
    problem = found.proposed.problem
    if found.waits_for:
        problem = f"The {found.waits_for} is missing; paste it too, or type it."
    fate = Fate.SAVE
    if problem:
        fate = Fate.REFUSED
    elif found.proposed.content == line.content:
        fate = Fate.SAME
    warned = [f"⚠ {warning}" for warning in found.warnings] if fate is Fate.SAVE else []
    sentences = (*([problem] if problem else []), *warned, *said)
    return PastedRow(pasted, fate, line, tuple(texts.items()), found, sentences)


def _meaning(sheet: Sheet, line: SheetLine, texts: Mapping[str, str]) -> Meaning:
    """Return what the texts of a line mean together, a status among them."""
    typed = Typed(**{column: text for column, text in texts.items() if column != STATUS})
    if STATUS not in texts:
        return meaning(sheet, line, typed)
    try:
        status = status_named(texts[STATUS])
    except ValueError as error:
        return Meaning(Proposed(problem=str(error)))
    old = line.content
    if typed.has_numbers and status.is_absent:
        return Meaning(Proposed(problem=f"A figure that is {status} has no value; paste one or the other."))
    if typed.has_numbers:
        return meaning(sheet, line, typed, provisional=status is Status.PROVISIONAL)
    if status.is_absent:
        content = Content(status=status, note=typed.note or "")
    elif old is None or old.status.is_absent:
        return Meaning(Proposed(), Part.VALUE)
    else:
        content = replace(old, status=status, note=old.note if typed.note is None else typed.note)
    proposed = propose_content(sheet.found, line.plan, line.indicator, line.period, content)
    return Meaning(proposed, warnings=proposed.warnings)


def counted(rows: Sequence[PastedRow]) -> str:
    """Return `41 rows pasted: 37 to save, 2 refused, 2 blank`."""
    counts = Counter(row.fate for row in rows)
    words = {Fate.NO_LINE: "without a line", Fate.NO_CELL: "without a cell"}
    found = (f"{counts[fate]:,} {words.get(fate, fate)}" for fate in Fate if counts[fate])
    return f"{plural(len(rows), 'row')} pasted: {', '.join(found)}"
