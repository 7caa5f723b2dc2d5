"""Sign-off: a plan's period is open, submitted or signed off; what must be there before, and who may sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from outcome_tracker.core import commentary as said
from outcome_tracker.core.figure import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from outcome_tracker.core.commentary import Subject
    from outcome_tracker.core.figure import Stamp
    from outcome_tracker.core.indicator import Council
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.scorecard import DueLine


class Act(StrEnum):
    """What was done with a plan's period."""

    SUBMITTED = "submitted"
    SIGNED = "signed"
    REOPENED = "reopened"


class State(StrEnum):
    """How far a plan's period is."""

    OPEN = "open"
    SUBMITTED = "submitted"
    SIGNED = "signed off"


@dataclass(frozen=True, slots=True)
class Event:
    """One step of a plan's period. What was signed is in `sealed`, one line an item, and `seal` is its SHA-256.

    `line` has the counts as signed. The stamp's `why` is the reason for reopening, or a note. An event that was
    read without what it sealed has an empty `sealed`.
    """

    plan: str
    period: Period
    version: int
    act: Act
    stamp: Stamp
    seal: str = ""
    sealed: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """A plan's period with everything that was done with it, oldest first."""

    plan: str
    period: Period
    events: tuple[Event, ...] = ()

    @property
    def state(self) -> State:
        """How far it is."""
        match self.events[-1].act if self.events else Act.REOPENED:
            case Act.SIGNED:
                return State.SIGNED
            case Act.SUBMITTED:
                return State.SUBMITTED
            case Act.REOPENED:
                return State.OPEN

    @property
    def version(self) -> int:
        """How many steps there were."""
        return self.events[-1].version if self.events else 0

    @property
    def last(self) -> Event | None:
        """The last step."""
        return self.events[-1] if self.events else None

    @property
    def signed(self) -> Event | None:
        """The sign-off that stands; None where there is none, or it was reopened."""
        last = self.last
        return last if last is not None and last.act is Act.SIGNED else None

    @property
    def is_revised(self) -> bool:
        """Whether it was reopened after it had been signed off, which every place that names the period shows."""
        acts = [event.act for event in self.events]
        return Act.SIGNED in acts and Act.REOPENED in acts[acts.index(Act.SIGNED) :]


def progress(plan: str, period: Period, events: Iterable[Event]) -> Progress:
    """Return how far a plan's period is, from the events of any plans and periods."""
    own = [event for event in events if event.plan == plan and event.period == period]
    return Progress(plan, period, tuple(sorted(own, key=lambda event: event.version)))


@dataclass(frozen=True, slots=True)
class Missing:
    """What a plan's period lacks before it can be signed off."""

    figures: tuple[DueLine, ...] = ()  # nothing was returned, and no reason given
    unexplained: tuple[DueLine, ...] = ()  # absent without a note that says why
    commentary: tuple[Subject, ...] = ()  # Red or worse, and nothing said
    incomplete: tuple[Subject, ...] = ()  # Reds that leave out something that they should say: told, in nobody's way


def missing(due: Iterable[DueLine], subjects: Iterable[Subject]) -> Missing:
    """Return what is missing of a plan's due figures and of the commentary on its indicators."""
    lines, every = list(due), list(subjects)
    return Missing(
        tuple(line for line in lines if not line.is_in),
        tuple(line for line in lines if line.is_in and not _is_explained(line)),
        tuple(subject for subject in every if subject.state is said.State.MISSING),
        tuple(subject for subject in every if subject.state is said.State.INCOMPLETE),
    )


def _is_explained(line: DueLine) -> bool:
    """Tell whether a figure is there, or the note says why it isn't; suppression is its own reason."""
    content = line.figure.content if line.figure else None
    if content is None:
        return False
    return not content.status.is_absent or content.status is Status.SUPPRESSED or bool(content.note.strip())


def entered_by(due: Iterable[DueLine]) -> frozenset[str]:
    """Return who entered the figures of a return, as their accounts are called."""
    return frozenset(line.figure.stamp.who for line in due if line.figure is not None)


def needs_another(council: Council) -> bool:
    """Tell whether whoever entered a figure must leave the signing to somebody else: unless council.yaml says no."""
    settings = council.extra.get("sign_off")
    return not (isinstance(settings, Mapping) and settings.get("another_person") is False)


def is_same_person(user: str, others: Iterable[str]) -> bool:
    """Tell whether an account is one of the others, whatever the case of its letters."""
    return user.strip().casefold() in {other.strip().casefold() for other in others}
