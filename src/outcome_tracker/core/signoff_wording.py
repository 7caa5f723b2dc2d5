"""What is said of signing off: why it can't be done yet, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.day import day_text
from outcome_tracker.core.seal_wording import seal_text, short
from outcome_tracker.core.signoff import Act, State
from outcome_tracker.core.text import listed, plural
from outcome_tracker.core.wording import REVISED, lacking_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outcome_tracker.core.commentary import Subject
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.scorecard import DueLine
    from outcome_tracker.core.signoff import Event, Progress

SIGNED = "[signed]"
WITHOUT_REASON = "A period is opened again for a reason that is kept beside it; say why."
_ACTS = {Act.SUBMITTED: "submitted", Act.SIGNED: "signed off", Act.REOPENED: "reopened"}
_NAMED = 3  # from so many figures on the others are counted


def event_text(event: Event, mark: str = "") -> str:
    """Return a step as one says it: `signed off on 1 May 2019 by jo`, with a mark, and its reason or note."""
    why = f": {event.stamp.why}" if event.stamp.why else ""
    return f"{_ACTS[event.act]} on {day_text(event.stamp.known)} by {event.stamp.who}{mark}{why}"


def state_text(progress: Progress) -> str:
    """Return how far a plan's period is: `signed off on 1 May 2019 by jo`, `open [r], …` where it was reopened."""
    mark = f" {REVISED}" if progress.is_revised else ""
    if progress.last is None:
        return str(State.OPEN)
    if progress.state is State.OPEN:
        return f"{State.OPEN}{mark}, {event_text(progress.last)}"
    return event_text(progress.last, mark)


def marks(progress: Progress | None) -> str:
    """Return what stands beside a plan's name: `[signed]`, and `[r]` where it was opened again after that."""
    if progress is None:
        return ""
    found = (SIGNED if progress.signed else "", REVISED if progress.is_revised else "")
    return " ".join(mark for mark in found if mark)


def progress_text(progress: Progress) -> str:
    """Return how far it is with its seal: `signed off on 1 May 2019 by jo · seal 3fa29c01b7de`."""
    signed = progress.signed
    return state_text(progress) + (f" · seal {short(signed.seal)}" if signed else "")


def signature_text(progress: Progress) -> str:
    """Return how far it is as a report prints it: with the seal, so that a paper copy keeps it, and no reasons."""
    if (signed := progress.signed) is not None:
        return seal_text(signed) + (f", revised after an earlier sign-off {REVISED}" if progress.is_revised else "")
    state = "not signed off" if progress.state is State.OPEN else "submitted, not signed off"
    return state + (f", opened again after a sign-off {REVISED}" if progress.is_revised else "")


def not_returned(line: DueLine) -> str:
    """Return that a figure has not been returned, and the two things that one can do."""
    return (
        "It has not been returned; enter it, or say why there is none: "
        f"outcome-tracker enter {_of(line)} --status 'not available' --note '…'"
    )


def not_explained(line: DueLine) -> str:
    """Return that nothing says why a figure is absent."""
    status = line.figure.content.status.value if line.figure else ""
    return (
        f"It is {status}, and nothing says why; add a note: "
        f"outcome-tracker enter {_of(line)} --status '{status}' --note '…'"
    )


def _of(line: DueLine) -> str:
    return f"{line.indicator.code} '{line.period}'"


def no_commentary(subject: Subject) -> str:
    """Return that an exception is not explained."""
    what = "is Red" if subject.is_red else "requires improvement"
    return f"It {what}, and nothing is said of it in {subject.period}; write why, in its commentary."


def incomplete(subject: Subject) -> str:
    """Return what a Red's commentary leaves out, which stops nothing."""
    return f"It is Red, and its commentary says {lacking_text(subject)}."


def not_over(period: Period) -> str:
    """Return that a period has not ended."""
    return f"{period.label} ends on {day_text(period.end)}; it can be signed off when it is over."


def not_applied(changes: int) -> str:
    """Return that the plan files say something else than what figures are judged by."""
    are = "change is" if changes == 1 else "changes are"
    return (
        f"{changes} {are} not applied; `outcome-tracker targets diff` shows what differs. "
        "Apply it with `outcome-tracker targets apply`, or undo it."
    )


def same_person(user: str, own: Sequence[DueLine]) -> str:
    """Return that somebody else must sign."""
    names = [f"{line.indicator.code} {line.period}" for line in own[:_NAMED]]
    if len(own) > _NAMED:
        names.append(plural(len(own) - _NAMED, "other figure"))
    return (
        f"{user} entered {listed(names)}, and whoever signs must be another person; ask somebody else, "
        "or set `sign_off: {another_person: false}` in council.yaml."
    )


def not_submitted(progress: Progress) -> str:
    """Return why a period can't be submitted, or nothing."""
    if progress.state is State.SUBMITTED:
        return f"It is {state_text(progress)} already, and waits to be signed off."
    return f"It is {state_text(progress)} already; {_reopen(progress)}" if progress.state is State.SIGNED else ""


def not_signed(progress: Progress) -> str:
    """Return why a period can't be signed off in the state that it is in, or nothing."""
    if progress.state is State.OPEN:
        return f"It has not been submitted; do so first: outcome-tracker submit {_named(progress)}"
    return f"It is {state_text(progress)} already; {_reopen(progress)}" if progress.state is State.SIGNED else ""


def already_open(progress: Progress) -> str:
    """Return that there is nothing to reopen."""
    return f"It is {state_text(progress)}: figures can be entered and changed without."


def addendum_note(progress: Progress) -> str:
    """Return that something saved for a signed-off period is an addendum."""
    return (
        f"{progress.plan} {progress.period} is signed off: this is an addendum, and the signed line stays until the "
        "period is opened again."
    )


def meanwhile(progress: Progress) -> str:
    """Return that somebody else was quicker."""
    done = event_text(progress.last) if progress.last else str(State.OPEN)
    return f"It was {done}, at this very moment; nothing was saved. Look at it again."


def _reopen(progress: Progress) -> str:
    return f"open it again first: outcome-tracker reopen {_named(progress)} --reason '…'"


def _named(progress: Progress) -> str:
    return f"{progress.plan} --period '{progress.period}'"
