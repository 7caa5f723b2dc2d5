"""What "Enter figures" shows: each line of the entry sheet as cells, and the words about the one under the cursor."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from outcome_tracker.core.number import plain
from outcome_tracker.core.period import MONTHS
from outcome_tracker.core.rag import Rag
from outcome_tracker.core.wording import (
    ABSENT,
    BASIS_PHRASE,
    DIRECTION_GLYPH,
    ILLUSTRATIVE,
    POLARITY_PHRASE,
    PROVISIONAL,
    RAG_GLYPH,
    RAG_WORD,
    due_text,
    period_short,
    rag_label,
    sentence,
    target_text,
    to_green_text,
    value_text,
)
from outcome_tracker.tui.cells import earlier_cell
from outcome_tracker.tui.widgets.drawn import cut, text, wrapped
from outcome_tracker.tui.widgets.grid_data import Cell, Column, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from textual.content import Content as Text

    from outcome_tracker.core.indicator import Plan
    from outcome_tracker.core.scorecard import Row
    from outcome_tracker.core.standing import Measured
    from outcome_tracker.tracker.sheet import Meaning, SheetLine

COLUMNS = (
    Column("title", "", width=20, fill=3, priority=95),
    Column("numerator", "numerator", align="right", editable=True, priority=20),
    Column("denominator", "denominator", align="right", editable=True, priority=20),
    Column("value", "value", width=8, align="right", editable=True, priority=100),
    Column("last", "last", align="right", priority=60),
    Column("year_ago", "year ago", align="right", priority=30),
    Column("target", "target", align="right", priority=70),
    Column("rating", "rating", width=9, priority=90),
    Column("state", "", width=12, fill=1, priority=80),  # wide enough for most; the words below say all of it
)


class Phase(StrEnum):
    """Where a line stands between what is typed and what is stored."""

    READY = ""
    SAVING = "saving …"
    SAVED = "saved"
    REFUSED = "not saved"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Doing:
    """What is going on in a line: its phase, what the typed text means, and whether it is to be provisional.

    `seen` is the line as it was when typing began: what is saved follows that version and no other.
    """

    phase: Phase = Phase.READY
    meaning: Meaning | None = None
    provisional: bool | None = None
    seen: SheetLine | None = None


IDLE = Doing()


def grid_lines(lines: Iterable[SheetLine], doing: Mapping[str, Doing]) -> tuple[Line, ...]:
    """Return the grid's lines, under a heading for each plan where there are several."""
    every = list(lines)
    several = len({line.plan.code for line in every}) > 1
    shown: list[Line] = []
    plan = ""
    for line in every:
        if several and line.plan.code != plan:
            plan = line.plan.code
            shown.append(Line(f"plan {plan}", heading=True, title=plan_title(line.plan), gap=True))
        shown.append(grid_line(line, doing.get(line.key, IDLE)))
    return tuple(shown)


def plan_title(plan: Plan) -> str:
    """Return a plan's title, flagged where the plan is made up for show."""
    return f"{plan.title} {ILLUSTRATIVE}" if plan.illustrative else plan.title


def grid_line(line: SheetLine, doing: Doing) -> Line:
    """Return one figure's line: what is stored, or what typing would make of it."""
    meaning = doing.meaning
    row = meaning.row if meaning and meaning.row else line.row
    typed = meaning is not None and meaning.row is not None
    content = row.figure.content
    parts_locked = not line.takes_parts
    cells = {
        "title": Cell(_title(line)),
        "numerator": _number(content.numerator if content else None, locked=parts_locked),
        "denominator": _number(content.denominator if content else None, locked=parts_locked),
        "value": _value(line, row, typed=typed),
        "last": _measured(line.last, line),
        "year_ago": _measured(line.year_ago, line),
        "target": Cell(target_text(row.target, line.indicator), "" if row.target else "muted"),
        "rating": _rating(row, waiting=row.figure.value is None),
        "state": _state(line, doing, row),
    }
    note = " ".join(f"⚠ {warning}" for warning in meaning.warnings) if meaning else ""
    return Line(line.key, cells, note=note, note_style="warning")


def _title(line: SheetLine) -> str:
    period = "" if line.period.months > 1 else f"{MONTHS[line.period.number - 1]} {line.period.year} · "
    return f"{line.indicator.code}  {period}{line.indicator.title}"


def _number(number: Decimal | None, *, locked: bool) -> Cell:
    text = "" if number is None else f"{number:,f}"
    return Cell(text, edit=None if number is None else plain(number), locked=locked)


def _value(line: SheetLine, row: Row, *, typed: bool) -> Cell:
    value = row.figure.value
    if value is None:
        return Cell(ABSENT if line.due.figure else "", "muted", edit="")
    return Cell(value_text(value, line.indicator.unit), "accent" if typed else "strong", edit=_as_typed(row.figure))


def _as_typed(figure: Measured) -> str:
    """Return what F2 edits: the value as it was typed, else its parts."""
    content = figure.content
    if content is None:
        return ""
    if content.value is not None:
        return plain(content.value)
    return "/".join(plain(part) for part in (content.numerator, content.denominator) if part is not None)


def _measured(figure: Measured | None, line: SheetLine) -> Cell:
    if figure is None:
        return Cell()
    flagged = not (line.plan.illustrative or line.indicator.illustrative)  # else its heading or its own marks say so
    return earlier_cell(figure, line.indicator.unit, flagged=flagged)


def _rating(row: Row, *, waiting: bool) -> Cell:
    if row.rag is None:
        return Cell("context", "muted")
    if waiting:
        return Cell("", "muted")
    arrow = f" {DIRECTION_GLYPH[row.direction]}" if row.direction else ""
    return Cell(rag_label(row.rag) + arrow, f"rag-{row.rag}")


def _state(line: SheetLine, doing: Doing, row: Row) -> Cell:
    if doing.phase in {Phase.REFUSED, Phase.CONFLICT, Phase.SAVING}:
        return Cell(doing.phase.value, "muted" if doing.phase is Phase.SAVING else "problem")
    words = [doing.phase.value] if doing.phase else []
    if doing.meaning and doing.meaning.waits_for:
        words.append(f"type the {doing.meaning.waits_for}")
    elif row.figure.value is not None:
        words += [to_green_text(row.to_green, line.indicator, short=True), *_marks(doing, row)]
    elif line.due.figure and line.due.figure.content.status.is_absent and line.due.is_in:
        words.append(line.due.figure.content.status.value)
    elif doing.provisional:
        return Cell("will be provisional", "muted", short=f"will be {PROVISIONAL}")
    words = [word for word in words if word]
    if line.due.overdue and not words:
        return Cell(f"overdue since {due_text(line.due.due.isoformat())}", "warning", short="overdue")
    if not line.due.is_in and not words:
        return Cell(f"due {due_text(line.due.due.isoformat())}", "muted", short="due")
    short = words[0].replace(RAG_WORD[Rag.GREEN], RAG_GLYPH[Rag.GREEN]) if words else ""
    if PROVISIONAL in words[1:]:
        short = f"{PROVISIONAL} {short}"  # in front: no narrow column cuts off the mark
    return Cell(" · ".join(words), "accent" if doing.phase is Phase.SAVED else "muted", short=short)


def _marks(doing: Doing, row: Row) -> list[str]:
    found = []
    if row.figure.provisional or (doing.provisional and row.figure.value is None):
        found.append(PROVISIONAL)
    if row.illustrative:
        found.append(ILLUSTRATIVE)
    return found


DETAIL = 5  # lines


def detail(line: SheetLine | None, doing: Doing, width: int) -> list[Text]:
    """Return what is below the grid: the line under the cursor in full, as it would stand with what is typed."""
    if line is None:
        return [text("")] * DETAIL
    row = doing.meaning.row if doing.meaning and doing.meaning.row else line.row
    room = max(width - 2, 20)
    said = [text((line.indicator.title, "bold"))]
    if doing.meaning and doing.meaning.proposed.problem:
        said += wrapped(text((doing.meaning.proposed.problem, "$quiet")), room, most=2)
    else:
        green = to_green_text(row.to_green, line.indicator)
        said += wrapped(text(sentence(row), f" {green}." if green else ""), room, most=2)
    said += [text("")] * (DETAIL - 2 - len(said))
    known = _known(line, line.period.label)
    if len(known) > room:
        known = _known(line, period_short(line.period))
    said += [text((_how(line), "$quiet")), text((known, "$quiet"))]
    return [text(" ", cut(each, room)) for each in said]


def _how(line: SheetLine) -> str:
    indicator = line.indicator
    parts = [f"{indicator.unit}, {BASIS_PHRASE[indicator.basis]}, {POLARITY_PHRASE[indicator.better]}"]
    if indicator.numerator or indicator.denominator:
        parts.append(f"{indicator.numerator or 'numerator'} of {indicator.denominator or 'denominator'}")
    return " · ".join(parts)


def _known(line: SheetLine, period: str) -> str:
    figure = line.due.figure
    due = f"{'overdue since' if line.due.overdue else 'due'} {due_text(line.due.due.isoformat())}"
    parts = [line.indicator.owner, period, due]
    if figure is not None:
        day = due_text(figure.stamp.at.date().isoformat())
        parts.append(f"version {figure.version}, {figure.content.status}, by {figure.stamp.who} on {day}")
        if figure.content.note:
            parts.append(f"note: {figure.content.note}")
    return " · ".join(part for part in parts if part)


def summary_line(line: str, plan: str, which: str, read_only: str, *, width: int) -> tuple[Text, Text]:
    """Return the two ends of the line above the grid: what is shown, and how much is in."""
    filters = text((f" {plan} ▾", "$link"), "   ", (f"{which} ▾", "$link"))
    room = max(width - len(line) - 3, 8)
    if read_only:
        whole = text(filters, "   ", (read_only, "bold"))
        short = text(filters, "   ", (read_only.partition(":")[0], "bold"))
        filters = whole if whole.cell_length <= room else short
    return cut(filters, room), text((f"{line} ", "bold"))
