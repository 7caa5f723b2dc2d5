"""The questions that "Enter figures" asks: why there is no figure, whose version to keep, what to do when leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.figure import Content, Status, value_of
from outcome_tracker.core.text import listed
from outcome_tracker.core.wording import parts_text, value_text
from outcome_tracker.tracker.moments import day_of
from outcome_tracker.tui.screens.ask import Ask, Choice
from outcome_tracker.tui.widgets.drawn import text, wrapped
from outcome_tracker.tui.widgets.grid_data import Cell, Column, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content as Text

    from outcome_tracker.tracker.collect import Clash
    from outcome_tracker.tracker.sheet import Sheet, SheetLine

REASONS = (
    Choice(Status.NOT_RETURNED.value, "r", "Not returned", "nothing has come; it stays due"),
    Choice(Status.NOT_AVAILABLE.value, "a", "Not available", "there will be none for this period"),
    Choice(Status.SUPPRESSED.value, "s", "Suppressed", "too small to publish"),
    Choice(Status.NOT_APPLICABLE.value, "x", "Not applicable", "nothing to measure in this period"),
)
COUNTED = (Column("due", "figures", align="right", priority=90),)
NO_FIGURE = Content(status=Status.NOT_RETURNED)  # what undo saves where nothing was: nothing leaves the history


def absence(line: SheetLine) -> Ask:
    """Ask why there is no figure."""
    return Ask(
        "Why is there no figure?",
        [
            text((line.indicator.title, "bold")),
            text((f"{line.period.label}. An absent figure is never zero.", "$quiet")),
        ],
        REASONS,
    )


def status(line: SheetLine) -> Ask:
    """Ask for the status; without a figure it can't be final."""
    content = line.content
    has_figure = content is not None and not content.status.is_absent
    final = (Choice(Status.FINAL.value, "f", "Final"),) if has_figure else ()
    provisional = Choice(Status.PROVISIONAL.value, "p", "Provisional", "expected to change")
    now = content.status if content is not None else "nothing has come yet"
    return Ask(
        "Status of the figure",
        [text((line.indicator.title, "bold")), text((f"{line.period.label}. Now: {now}.", "$quiet"))],
        (*final, provisional, *REASONS),
        preselect=content.status.value if content is not None else "",
    )


def waiting(sheet: Sheet, key: str, title: str, *, plan: str | None, owner: str | None = None) -> Line:
    """Return a plan or an owner to choose, with how many of its figures are still to come."""
    lines = sheet.within(plan, owner).lines
    due = sum(not line.due.is_in for line in lines)
    said = f"{due} of {len(lines)} still due" if due else f"{len(lines)} in"
    return Line(key, {"title": Cell(title), "due": Cell(said, "muted")})


def leaving(waiting: Sequence[tuple[str, str, str]]) -> Ask:
    """Ask what to do with typed texts that are not saved."""
    lines = [text(("• ", "$quiet"), f"{key}: ", (words, "bold")) for key, _, words in waiting[:6]]
    if len(waiting) > len(lines):
        lines.append(text((f"and {len(waiting) - len(lines)} more", "$quiet")))
    return Ask(
        "Typed and not saved",
        lines,
        (
            Choice("save", "s", "Save", "and then leave, if all of it can be saved"),
            Choice("discard", "d", "Discard", "and leave"),
            Choice("stay", "y", "Stay"),
        ),
    )


def clash_sentence(clash: Clash) -> str:
    """Say who saved first."""
    if clash.theirs is None:
        return "Somebody else changed this figure meanwhile. Enter compares."
    return f"{clash.theirs.stamp.who} saved another version meanwhile. Enter compares the two."


def undone(line: SheetLine, content: Content, *, redone: bool = False, nothing_before: bool = False) -> str:
    """Say what undo or redo has done; a figure is never taken out of the history."""
    if nothing_before:
        return f"Undone: {line.key} has no figure again. It counts as not returned, and history keeps what was there."
    return f"{'Redone' if redone else 'Undone'}: {line.key} is again {described(line, content)}."


def conflict(line: SheetLine, old: Content | None, mine: Content, clash: Clash) -> Ask:
    """Ask whose version to keep, showing what was there before, theirs and one's own."""
    theirs = clash.theirs
    who = theirs.stamp.who if theirs else "Somebody else"
    day = day_of(theirs.stamp.at) if theirs else ""
    rows = [
        ("Before", old, ""),
        ("Theirs", theirs.content if theirs else None, f"saved by {who} on {day}" if theirs else ""),
        ("Yours", mine, "not saved yet"),
    ]
    said = [text((line.indicator.title, "bold")), text((line.period.label, "$quiet")), text("")]
    said += [
        text((f"{name:<8}", "$quiet"), (described(line, content), "bold"), (f"   {about}", "$quiet"))
        for name, content, about in rows
    ]
    return Ask(
        f"{who} saved this figure meanwhile",
        said,
        (
            Choice("theirs", "t", "Keep theirs", "yours is dropped"),
            Choice("mine", "m", "Save yours", "as the next version; history keeps theirs"),
        ),
        preselect=None,
    )


def described(line: SheetLine, content: Content | None) -> str:
    """Return a figure in a few words: `15.9% (44 of 276), provisional`."""
    if content is None:
        return "no figure"
    if content.status.is_absent:
        words = content.status.value
    else:
        parts = parts_text(content)
        words = value_text(value_of(content, line.indicator), line.indicator.unit) + (f" ({parts})" if parts else "")
        if content.status is Status.PROVISIONAL:
            words += ", provisional"
    return f"{words}; note: {content.note}" if content.note else words


def nothing(sheet: Sheet, whole: bool, width: int) -> list[Text]:  # noqa: FBT001 - given by partial
    """Draw what stands where no line is to be shown; `whole` is a sheet of every plan and owner."""
    room = min(width, 72)
    if sheet.lines:
        others = "" if whole else " l and w choose other plans and owners."
        which = "Every figure of this period is in." if whole else "Every figure shown here is in."
        return [
            text(""),
            *wrapped(text((which, "bold")), room),
            *wrapped(text((f"t shows all of them; [ and ] go to another period.{others}", "$quiet")), room),
        ]
    plans = listed([plan.code for plan in sheet.found.agreed.plans])
    return [
        text(""),
        *wrapped(text((f"No figure is due in {sheet.reporting.label}.", "bold")), room),
        *wrapped(text((f"Plans: {plans}. [ and ] go to another period.", "$quiet")), room),
    ]
