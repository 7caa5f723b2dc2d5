"""The words of a return: how it is filled in, and what its cells show and ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.collecting_wording import value_asked_for, when_due
from outcome_tracker.core.day import day_text
from outcome_tracker.core.figure import Status
from outcome_tracker.core.number import UnitKind, with_unit
from outcome_tracker.core.returned import Column
from outcome_tracker.core.text import listed, plural
from outcome_tracker.core.wording import (
    ABSENT,
    BASIS_PHRASE,
    ILLUSTRATIVE,
    POLARITY_PHRASE,
    PROVISIONAL,
    goal_text,
    marks,
    parts_text,
    period_short,
    rag_label,
)

if TYPE_CHECKING:
    from datetime import date

    from outcome_tracker.core.indicator import Indicator
    from outcome_tracker.core.rag import Rag
    from outcome_tracker.core.returned import Form, FormLine
    from outcome_tracker.core.standing import Measured

NO_TARGET = "no target"
FILL_IN = "(fill in)"
HOW_TO_FILL = "How to fill it in"
GOOD_TO_KNOW = "Good to know"
STATUSES = [status.value for status in Status]
NUMBER_REFUSED = (
    "Type a number, such as 16.2. If there is no figure, leave the cell empty and choose the reason in Status."
)
STATUS_REFUSED = f"Choose one of the list: {listed(STATUSES, 'or')}."
STATUS_HINT = (
    "final: the figure will not change. provisional: it may. The others say why there is no figure. "
    "Left empty beside a figure, it means final."
)
COMMENTARY_HINT = "What happened, and what stands in the way? Alt+Enter starts a new line."
RED_HINT = "It was Red last time: please say why, what is being done about it, by whom and by when."
COMMENTARY_REFUSED = "The text is longer than a cell can hold; please shorten it."
_REASONS = listed([status.value for status in Status if status.is_absent], "or")
STEPS = (
    "Go to the sheet Return. Each row is one figure. Fill in the yellow cells; the rest helps you, and is locked.",
    (
        "Type numerator and denominator where you have them, and leave the value empty: it is worked out. The column "
        "Definition says what they count. Otherwise type the value; a percentage as 16.2 or 16.2%."
    ),
    (
        "Choose the status: final, or provisional if the figure may still change. If there is no figure, leave the "
        f"numbers empty and choose why: {_REASONS}. Never type 0 for a figure that you do not have."
    ),
    (
        "Write a commentary where there is something to say: what happened, what stands in the way. If an indicator "
        "was Red last time, please say why, what is being done about it, by whom and by when."
    ),
    "What is in already stands in its cells. Leave it alone if it is right, or type over it if it is not.",
    "Save the workbook, and send it back.",
)
_NOTES = (
    "A row that you leave empty counts as still to come. A cell that you empty takes nothing back.",
    (
        "There is no password (Review, Unprotect Sheet). You may widen, move or sort rows and columns, delete rows, "
        "and add sheets, rows or columns of your own: what was not asked for is left aside."
    ),
)
_HIDDEN = (
    "A hidden sheet, Return id, holds the number of this return, {number}, and which figures it was made from, so that "
    "nothing is overwritten that others change meanwhile. Nothing else is in it. Please leave it there."
)
ELSEWHERE = "see the indicator's last row"


def form_title(form: Form) -> str:
    """Return what a return is called."""
    return f"Return of figures for {form.id.period.label}"


def facts(form: Form, as_at: date) -> list[tuple[str, str]]:
    """Return what is to be known of a return first: whose it is, whom it is from, and when it is due."""
    first, last = form.due
    figures = len(form.lines)
    indicators = len({line.indicator.code for line in form.lines})
    there = sum(line.line.is_in for line in form.lines)
    due = f"{day_text(last)} ({when_due(last, as_at)})"
    if first != last:
        due = f"from {day_text(first)} to {day_text(last)}: the column {Column.DUE} has the day of each figure"
    already = f"; {there} of them {'is' if there == 1 else 'are'} in already" if there else ""
    asked = f"{plural(figures, 'figure')} of {plural(indicators, 'indicator')}{already}"
    return [
        ("For", form.id.owner),
        ("From", f"{form.sender}, {form.id.council}"),
        ("Period", form.id.period.label),
        ("Due", due),
        ("Asked for", asked),
        ("Send it back", f"to {form.sender}, as this Excel workbook (.xlsx). Keep its name if you can."),
    ]


def good_to_know(form: Form, number: str) -> list[str]:
    """Return what else people ask, the return's own number among it."""
    earlier = [figure for line in form.lines for figure in (line.last, line.year_ago) if figure is not None]
    notes = [*_NOTES, _HIDDEN.format(number=number)]
    if any(figure.provisional for figure in earlier):
        notes.append(f"{PROVISIONAL} beside an earlier figure: it was provisional.")
    if form.illustrative:
        notes.append(f"{ILLUSTRATIVE} marks what was made up to show how the tracker works.")
    return notes


def title_text(line: FormLine) -> str:
    """Return the indicator's title, marked where it is made up."""
    flag = line.indicator.illustrative or line.line.plan.illustrative
    return f"{line.indicator.title} {ILLUSTRATIVE}" if flag else line.indicator.title


def unit_text(indicator: Indicator) -> str:
    """Return what it is measured in, and over what span."""
    return f"{indicator.unit.code}\n{BASIS_PHRASE[indicator.basis]}"


def definition_text(indicator: Indicator) -> str:
    """Return the definition, and what the parts count."""
    parts = [
        f"{column}: {text}"
        for column, text in ((Column.NUMERATOR, indicator.numerator), (Column.DENOMINATOR, indicator.denominator))
        if text and indicator.takes_parts
    ]
    counted = [] if indicator.takes_parts or not indicator.numerator else [f"Counts {indicator.numerator}"]
    return "\n".join([*([indicator.definition] if indicator.definition else []), *parts, *counted]) or ABSENT


def figure_text(figure: Measured | None, indicator: Indicator, rag: Rag | None = None) -> str:
    """Return an earlier figure with its parts, period, marks and rating, a line each; or why there is none."""
    if figure is None:
        return ABSENT
    if figure.value is None:
        return f"{figure.absent}\n{period_short(figure.period)}"
    parts = parts_text(figure.content)
    lines = [
        " ".join(text for text in (with_unit(figure.value, indicator.unit), marks(figure)) if text),
        f"({parts})" if parts else "",
        period_short(figure.period),
        rag_label(rag) if rag else "",
    ]
    return "\n".join(text for text in lines if text)


def target_text(line: FormLine) -> str:
    """Return the target in force and which way is better, or that there is none."""
    indicator, target = line.indicator, line.target
    if target is None:
        return POLARITY_PHRASE[indicator.better] if indicator.is_context else NO_TARGET
    shown = goal_text(target.goal, indicator) + (" profiled" if target.profiled else "")
    flag = f" {ILLUSTRATIVE}" if target.illustrative else ""
    return f"{shown}{flag}\n{POLARITY_PHRASE[indicator.better]}"


def number_hint(column: Column, indicator: Indicator) -> str:
    """Return what the cell of a number asks for when one goes to it."""
    if column is Column.VALUE:
        written = ", as 16.2 or 16.2%" if indicator.unit.kind is UnitKind.PERCENT else ""
        beside = " Leave it empty if you give numerator and denominator." if indicator.takes_parts else ""
        return f"The figure itself, {value_asked_for(indicator)}{written}.{beside}"
    counted = indicator.numerator if column is Column.NUMERATOR else indicator.denominator
    which = "The part" if column is Column.NUMERATOR else "The whole"
    return f"{which}: {counted}." if counted else f"{which}, as in 44 of 276."


def due_text(line: FormLine) -> str:
    """Return the day on which a figure is due; that it is in already, or late."""
    content = line.filled
    if content is not None and line.line.is_in:
        flag = f" {ILLUSTRATIVE}" if content.illustrative else ""
        return f"{day_text(line.line.due)}\nin already{flag}"
    return f"{day_text(line.line.due)}\noverdue" if line.line.overdue else day_text(line.line.due)
