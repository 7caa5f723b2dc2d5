"""The questions that "Enter figures" asks: why there is no figure, whose version to keep, what to do when leaving."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from outcome_tracker.core.figure import Content, Status, value_of
from outcome_tracker.core.text import clean, listed, plural
from outcome_tracker.core.wording import due_text, parts_text, value_text
from outcome_tracker.tui.screens.ask import Ask, Choice, Field, Form
from outcome_tracker.tui.widgets.drawn import text, wrapped

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
LONGEST_NOTE = 500


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


def note(line: SheetLine, old: str) -> Form:
    """Ask for the note to a figure."""
    return Form(
        "Note",
        [text((line.indicator.title, "bold"))],
        [Field("note", "Note to the figure; empty removes it", "late return from one team", old)],
        lambda values: _too_long(values["note"]),
    )


def _too_long(words: str) -> tuple[str, str] | None:
    count = len(words) - LONGEST_NOTE
    return (
        ("note", f"The note is {plural(count, 'character')} too long; a commentary takes more.") if count > 0 else None
    )


def with_note(content: Content, words: str) -> Content:
    """Return the content with another note."""
    return replace(content, note=clean(words))


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


def conflict(line: SheetLine, old: Content | None, mine: Content, clash: Clash) -> Ask:
    """Ask whose version to keep, showing what was there before, theirs and one's own."""
    theirs = clash.theirs
    who = theirs.stamp.who if theirs else "Somebody else"
    day = due_text(theirs.stamp.at.date().isoformat()) if theirs else ""
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


def nothing(sheet: Sheet, width: int) -> list[Text]:
    """Draw what stands where no line is to be shown."""
    room = min(width, 72)
    if sheet.lines:
        return [
            text(""),
            *wrapped(text(("Every figure of this period is in.", "bold")), room, indent=2),
            *wrapped(text(("t shows all of them; [ and ] go to another period.", "$quiet")), room, indent=2),
        ]
    plans = listed([plan.code for plan in sheet.found.agreed.plans])
    return [
        text(""),
        *wrapped(text((f"No figure is due in {sheet.reporting.label}.", "bold")), room, indent=2),
        *wrapped(text((f"Plans: {plans}. [ and ] go to another period.", "$quiet")), room, indent=2),
    ]
