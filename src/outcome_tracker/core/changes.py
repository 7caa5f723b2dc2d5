"""What changed from one reporting period to the next: each indicator in exactly one group, the worst first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from outcome_tracker.core.direction import Direction
from outcome_tracker.core.indicator import Tier
from outcome_tracker.core.rag import Rag
from outcome_tracker.core.standing import measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from outcome_tracker.core.figure import Figure, Stamp
    from outcome_tracker.core.indicator import Indicator, Plan
    from outcome_tracker.core.scorecard import Row
    from outcome_tracker.core.standing import Measured


class Change(StrEnum):
    """What became of an indicator, in the order in which people look at it.

    A rating that comes or goes is no colour that turned; where the rating stayed the same the direction decides.
    """

    TURNED_RED = "turned red"
    TURNED_AMBER = "turned amber"
    DECLINED = "newly declined"
    UNRATED = "no longer rated"
    RATED = "rated now"
    TURNED_GREEN = "turned green"
    IMPROVED = "newly improved"
    NEW = "new"
    ENDED = "ended"
    UNCHANGED = "unchanged"
    CONTEXT = "context"


_TURNED: dict[Rag | None, Change] = {
    Rag.RED: Change.TURNED_RED,
    Rag.AMBER: Change.TURNED_AMBER,
    Rag.GREEN: Change.TURNED_GREEN,
    Rag.M: Change.UNRATED,
}
_MOVED: dict[Direction | None, Change] = {Direction.DECLINED: Change.DECLINED, Direction.IMPROVED: Change.IMPROVED}
_ORDER = {change: n for n, change in enumerate(Change)}
_WORSE = {Rag.RED: 3, Rag.AMBER: 2, Rag.GREEN: 1}  # the others say nothing of how good it is


@dataclass(frozen=True, slots=True)
class Changed:
    """One indicator in both periods; a row is None where it did not count then."""

    indicator: Indicator
    plan: Plan
    change: Change
    before: Row | None
    after: Row | None


@dataclass(frozen=True, slots=True)
class Revised:
    """A figure changed after the day by which it was due: as it was then, as it is now, and who changed it."""

    indicator: Indicator
    plan: Plan
    before: Measured
    after: Measured
    stamp: Stamp


def change(before: Row | None, after: Row | None) -> Change:
    """Return what became of an indicator that counts in at least one of two periods."""
    row = after or before
    if row is None:
        raise ValueError("an indicator that counts in neither period did not change")
    if row.indicator.is_context:
        return Change.CONTEXT
    if before is None or after is None:
        return Change.NEW if before is None else Change.ENDED
    if before.rag is not after.rag:
        return Change.RATED if before.rag is Rag.M else _TURNED[after.rag]
    return Change.UNCHANGED if before.direction is after.direction else _MOVED.get(after.direction, Change.UNCHANGED)


def changes(before: Iterable[Row], after: Iterable[Row]) -> list[Changed]:
    """Compare the rows of two periods; the worst first, else in the order of the plans."""
    then = {row.indicator.code: row for row in before}
    now = {row.indicator.code: row for row in after}
    found = []
    for code in dict.fromkeys([*now, *then]):
        old, new = then.get(code), now.get(code)
        row = new or old
        if row is not None:
            found.append(Changed(row.indicator, row.plan, change(old, new), old, new))
    return sorted(found, key=_rank)


def _rank(found: Changed) -> tuple[int, int, int, bool]:
    """Order by group; in it the worst rating now, the longest fall, and headline indicators come first."""
    after, before = (_WORSE.get(row.rag, 0) if row and row.rag else 0 for row in (found.after, found.before))
    return _ORDER[found.change], -after, before, found.indicator.tier is not Tier.HEADLINE


def revised(indicator: Indicator, plan: Plan, versions: Sequence[Figure], due: date) -> Revised | None:
    """Return how a figure was changed after it was `due`, if its value was; `versions` are one period's, oldest first.

    What came late was not changed by coming: then its first version is what it was.
    """
    if not versions:
        return None
    latest = versions[-1]
    reported = next((v for v in reversed(versions) if v.stamp.known <= due), versions[0])
    before, after = (measure(indicator, {v.period: v}, v.period) for v in (reported, latest))
    same = (before.value, before.absent) == (after.value, after.absent)
    return None if same else Revised(indicator, plan, before, after, latest.stamp)
