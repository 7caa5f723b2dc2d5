"""Commentary as text: what is missing first, then what is said, section by section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.cli import marked
from outcome_tracker.cli.output import AMBER, BOLD, DIM, heading, paragraph, spaced, styled, wrap
from outcome_tracker.core import wording
from outcome_tracker.core.commentary import State, label

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from outcome_tracker.core.commentary import Commentary, Subject
    from outcome_tracker.tracker.commentary import Board

_INDENT = "  "


def lines(board: Board, groups: Iterable[tuple[str, list[Subject]]], as_at: date, width: int) -> list[str]:
    """Return who owes commentary and what is said."""
    found = [
        styled("Commentary", BOLD),
        f"{board.period.label} · as at {marked.day(as_at)}",
        *spaced(wording.commentary_line(board.explained), width),
    ]
    for name, members in groups:
        found += ["", heading(name)]
        for place, subject in enumerate(members):
            found += [""] * bool(place) + _subject(subject, width)
    return found


def _subject(subject: Subject, width: int) -> list[str]:
    found = [styled(line, BOLD) for line in wrap(f"{subject.code} {subject.title}", width)]
    facts = [marked.rag(subject.row.rag), wording.direction_label(subject.row.direction)] if subject.row else []
    facts.append(_state(subject))
    found += paragraph(" · ".join(fact for fact in facts if fact), width, first=_INDENT, indent=_INDENT)
    if subject.row and subject.needed:
        found += paragraph(wording.sentence(subject.row), width, first=_INDENT, indent=_INDENT)
    for said in subject.said:
        found += _said(said, width)
    return found


def _state(subject: Subject) -> str:
    match subject.state:
        case State.MISSING:
            return styled("commentary missing", AMBER)
        case State.INCOMPLETE:
            return f"incomplete: {wording.lacking_text(subject)}"
        case State.NONE:
            return styled("no commentary", DIM)
        case State.GIVEN:
            return "commentary given"


def _said(said: Commentary, width: int) -> list[str]:
    author = f" · {said.author}" if said.author else ""
    found = [*paragraph(f"{label(said.section)}{author}", width, first=_INDENT, indent=_INDENT)]
    for line in said.text.split("\n"):
        found += paragraph(line, width, first=_INDENT * 2, indent=_INDENT * 2) if line.strip() else [""]
    return found
