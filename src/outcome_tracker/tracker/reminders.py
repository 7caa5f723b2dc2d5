"""Reminders for the owners of figures that are still due: plain text for an e-mail, and the file it is kept in."""

from __future__ import annotations

import os
import re
from textwrap import wrap
from typing import TYPE_CHECKING

from outcome_tracker.core.collecting_wording import asked_for, when_due
from outcome_tracker.core.day import day_text
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.text import clean, plural
from outcome_tracker.core.wording import ILLUSTRATIVE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from outcome_tracker.core.scorecard import DueLine
    from outcome_tracker.tracker.collection import Collection, Share

NOBODY_TO_REMIND = "Nobody is named as the owner of these figures; write `owner:` in the plan file."
_WIDTH = 72
_LONGEST = 200  # bytes of a file's name, which most systems limit to 255
_UNSAFE = re.compile(r'[<>:"/\\|?*]+')


def why_not_remind(share: Share) -> str:
    """Return why an owner can't be reminded, as a sentence, or nothing."""
    if not share.waiting:
        return f"Nothing is due from {share.title}: everything is in."
    return "" if share.key else NOBODY_TO_REMIND


def reminded(collection: Collection) -> list[Share]:
    """Return the owners of whom something is due."""
    return [share for share in collection.owners if not why_not_remind(share)]


def why_not_remind_all(collection: Collection) -> str:
    """Return why nobody can be reminded, as a sentence, or nothing."""
    if reminded(collection):
        return ""
    return NOBODY_TO_REMIND if collection.every.waiting else "Nobody has anything to give: everything is in."


def without_owner(collection: Collection) -> str:
    """Return the sentence about figures still due that nobody is asked for, or nothing."""
    figures = sum(len(share.waiting) for share in collection.owners if not share.key)
    return f"{plural(figures, 'figure')} still due without an owner: nobody is reminded of that." if figures else ""


def reminder(collection: Collection, share: Share, sender: str) -> str:
    """Return what to write to an owner: which figures are still due, what to give and by when. No figure is in it."""
    waiting, counts, period = share.waiting, share.counts, collection.period.label
    overdue = sum(line.overdue for line in waiting)
    late = f", {overdue} overdue" if overdue else ""
    thanks = f" {counts.returned} of your {plural(counts.due, 'indicator')} are in, thank you." * bool(counts.returned)
    if counts.returned == 1:
        thanks = thanks.replace(" are in", " is in")
    verb = "is" if len(waiting) == 1 else "are"
    due = f"{plural(len(waiting), 'figure')} for {period} {verb} still due from you."
    parts = [
        [f"Subject: Figures for {period}: {len(waiting)} still due{late}"],
        [f"Dear {share.title},"],
        wrap(due + thanks, _WIDTH),
        *(_asked(lines, collection.as_at) for lines in _by_indicator(waiting)),
        wrap(
            "If there is no figure, please say why: not available, suppressed or not applicable. "
            "A provisional figure is welcome; please say that it is provisional.",
            _WIDTH,
        ),
        ["Thank you"],
        [sender, collection.found.council.name, f"As at {day_text(collection.as_at)}"],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


def _by_indicator(waiting: Iterable[DueLine]) -> Iterable[list[DueLine]]:
    found: dict[str, list[DueLine]] = {}
    for line in waiting:
        found.setdefault(line.indicator.code, []).append(line)
    return found.values()


def _asked(lines: list[DueLine], as_at: date) -> list[str]:
    indicator = lines[0].indicator
    flag = f" {ILLUSTRATIVE}" if indicator.illustrative or lines[0].plan.illustrative else ""
    return [
        *wrap(f"{indicator.code}  {indicator.title}{flag}", _WIDTH, subsequent_indent="  "),
        *wrap(asked_for(indicator), _WIDTH, initial_indent="  ", subsequent_indent="  "),
        *(f"  - {line.period.label}: {_when(line, as_at)}" for line in lines),
    ]


def _when(line: DueLine, as_at: date) -> str:
    if line.overdue:
        return f"was due on {day_text(line.due)}, {plural((as_at - line.due).days, 'day')} overdue"
    return f"due on {day_text(line.due)}, {when_due(line.due, as_at).removeprefix('due ')}"


def reminders_folder() -> Path:
    """Return where reminders are kept: in the person's documents, or with the program's own files without any."""
    from platformdirs import user_documents_path, user_state_path

    documents = user_documents_path()
    own = user_state_path("outcome-tracker", appauthor=False)
    return documents / "Outcome Tracker reminders" if documents.is_dir() else own / "reminders"


def file_name(collection: Collection, share: Share) -> str:
    """Return the name of a reminder's file, without its ending: `2018-19 Q4 Safeguarding Unit`."""
    name = _UNSAFE.sub("-", clean(f"{collection.period.code} {share.title}"))
    return name.encode("utf-8")[:_LONGEST].decode("utf-8", errors="ignore").rstrip(" .")


def together(texts: Iterable[str]) -> str:
    """Return reminders to several owners as one text, a line of dashes between them."""
    return f"\n{'-' * 72}\n\n".join(text if text.endswith("\n") else f"{text}\n" for text in texts)


def keep(folder: Path, name: str, text: str) -> Path:
    """Write a reminder into a file that only its writer may read, and return it.

    A file with another text is never overwritten: the next number goes behind the name. Raises `Unavailable`.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        number = 1
        while True:
            path = folder / f"{name}{f' ({number})' if number > 1 else ''}.txt"
            if _is_written(path, text):
                return path
            number += 1
    except OSError as error:
        raise Unavailable(
            f"The reminder could not be written to {folder}: {error.strerror or type(error).__name__}.",
            "`outcome-tracker remind` prints it.",
        ) from None


def _is_written(path: Path, text: str) -> bool:
    """Write a file that is not there yet, and tell whether the text is in it now."""
    data = text.encode("utf-8")
    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except FileExistsError:
        return path.is_file() and path.read_bytes() == data
    with os.fdopen(opened, "wb") as file:
        file.write(data)
    return True
