"""Collecting a period's figures: how much is in, by owner and by plan, what is overdue and what is due next."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from outcome_tracker.core.collecting_wording import NO_OWNER
from outcome_tracker.core.figure import Status
from outcome_tracker.core.problem import Unavailable, nearest
from outcome_tracker.core.scorecard import Counts, DueLine, count, due_lines
from outcome_tracker.core.standing import Measured, measure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from outcome_tracker.core.period import Period
    from outcome_tracker.tracker.review import Known


class State(StrEnum):
    """How far a figure is. The first two are waited for; the others are in."""

    OVERDUE = "overdue"
    DUE = "still due"
    PROVISIONAL = "provisional"
    IN = "in"
    EXPLAINED = "absence explained"


@dataclass(frozen=True, slots=True)
class Share:
    """The figures of one owner, of one plan or of all. `key` is empty where nobody is named."""

    key: str
    title: str
    lines: tuple[DueLine, ...]

    @property
    def counts(self) -> Counts:
        """What is in and due, counted in indicators: one is in once all its figures are."""
        return count((), self.lines)

    @property
    def figures_in(self) -> int:
        """How many of the figures are in; a monthly indicator has three in a quarter."""
        return sum(line.is_in for line in self.lines)

    @property
    def waiting(self) -> tuple[DueLine, ...]:
        """The figures still due, the earliest first."""
        return tuple(sorted((line for line in self.lines if not line.is_in), key=lambda line: line.due))

    @property
    def overdue_since(self) -> date | None:
        """The earliest day that passed without an answer."""
        return next((line.due for line in self.waiting if line.overdue), None)

    @property
    def next_due(self) -> date | None:
        """The next day on which something is due."""
        return next((line.due for line in self.waiting if not line.overdue), None)

    @property
    def plan(self) -> str | None:
        """The code of the plan that all the figures belong to; None where there are several."""
        codes = {line.plan.code for line in self.lines}
        return codes.pop() if len(codes) == 1 else None

    @property
    def illustrative(self) -> bool:
        """Whether all of it belongs to plans that are made up for show."""
        return bool(self.lines) and all(line.plan.illustrative for line in self.lines)

    def in_order(self) -> tuple[DueLine, ...]:
        """Return the figures still due first, by their day, then those that are in."""
        return (*self.waiting, *(line for line in self.lines if line.is_in))


@dataclass(frozen=True, slots=True)
class Collection:
    """Every figure that a return for a period needs, as of a day; together, by owner and by plan."""

    found: Known
    period: Period
    every: Share
    owners: tuple[Share, ...]
    plans: tuple[Share, ...]

    @property
    def as_at(self) -> date:
        """The day as of which it is known."""
        return self.found.as_at

    def owner_of(self, line: DueLine) -> Share:
        """Return the share of the figure's owner."""
        key = _same(_owner(line))
        return next(share for share in self.owners if share.key == key)

    def measured(self, line: DueLine) -> Measured:
        """Return the figure as shown, or why there is none."""
        return measure(line.indicator, self.found.series(line.indicator.code), line.period)

    def last(self, line: DueLine) -> Measured | None:
        """Return the latest figure before this one."""
        series = self.found.series(line.indicator.code)
        earlier = sorted((p for p in series if p.end < line.period.end), key=lambda p: p.end, reverse=True)
        found = (measure(line.indicator, series, period) for period in earlier)
        return next((figure for figure in found if figure.value is not None), None)


def collection_of(found: Known, period: Period) -> Collection:
    """Return what is collected for a period; owners by name, plans in their order."""
    lines = due_lines(found.agreed.plans, found.figures, period, found.as_at, found.council.figures_due_days)
    return Collection(found, period, Share("", "", tuple(lines)), by_owner(lines), by_plan(lines))


def by_owner(lines: Iterable[DueLine]) -> tuple[Share, ...]:
    """Return each owner's share, by name; figures without an owner come last."""
    shares = _shares(lines, lambda line: _same(_owner(line)), lambda line: _owner(line) or NO_OWNER)
    return tuple(sorted(shares, key=lambda share: (not share.key, share.key)))


def by_plan(lines: Iterable[DueLine]) -> tuple[Share, ...]:
    """Return each plan's share, in the order of the plans."""
    return tuple(_shares(lines, lambda line: line.plan.code, lambda line: line.plan.title))


def _shares(
    lines: Iterable[DueLine], key: Callable[[DueLine], str], title: Callable[[DueLine], str]
) -> Iterable[Share]:
    groups: dict[str, list[DueLine]] = defaultdict(list)
    for line in lines:
        groups[key(line)].append(line)
    return [Share(name, title(found[0]), tuple(found)) for name, found in groups.items()]


def _owner(line: DueLine) -> str:
    """Return who is asked for a figure: the indicator's owner, else its plan's."""
    return " ".join((line.indicator.owner or line.plan.owner).split())


def _same(name: str) -> str:
    """Return what is the same for names that differ in case or spaces only."""
    return " ".join(name.split()).casefold()


def state_of(line: DueLine) -> State:
    """Return how far a figure is."""
    if line.figure is None or not line.is_in:
        return State.OVERDUE if line.overdue else State.DUE
    status = line.figure.content.status
    if status.is_absent:
        return State.EXPLAINED
    return State.PROVISIONAL if status is Status.PROVISIONAL else State.IN


def by_urgency(shares: Iterable[Share]) -> list[Share]:
    """Return the longest and the most overdue first, then who has something to give soonest; who is done comes last."""

    def order(share: Share) -> tuple[date, int, date]:
        return share.overdue_since or date.max, -share.counts.overdue, share.next_due or date.max

    return sorted(shares, key=order)


def owner_share(collection: Collection, name: str) -> Share:
    """Return an owner's share, the name in any case; raises `Unavailable` naming the nearest."""
    owners = [share for share in collection.owners if share.key]
    for share in owners:
        if share.key == _same(name):
            return share
    names = [share.title for share in owners]
    raise Unavailable(
        f"Nobody called '{name}' owns a figure of {collection.period}.{nearest(name, names)}",
        f"Owners: {', '.join(names)}." if names else "`owner:` in the plan files names them.",
    )
