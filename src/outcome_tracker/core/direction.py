"""Direction of travel: is a figure better than the one it is compared with, by more than the threshold?"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from outcome_tracker.core.indicator import Margin, Polarity
from outcome_tracker.core.number import minus
from outcome_tracker.core.rag import distance

if TYPE_CHECKING:
    from outcome_tracker.core.target import Goal, Number


class Direction(StrEnum):
    """The four directions of the council's own pages; the words are in `wording`."""

    IMPROVED = "improved"
    SAME = "same"
    DECLINED = "declined"
    UNKNOWN = "unknown"


def direction(
    value: Number, compared: Number, better: Polarity, threshold: Margin, goal: Goal | None = None
) -> Direction:
    """Compare two rounded figures; a change of exactly the threshold is still the same.

    `within` compares the distances of both to the current range `goal`, by the threshold of the earlier figure.
    """
    if better is Polarity.WITHIN:
        if goal is None:
            return Direction.UNKNOWN
        gain = minus(distance(compared, goal)[0], distance(value, goal)[0])
    else:
        gain = minus(compared, value) if better is Polarity.LOWER else minus(value, compared)
    within = threshold.of(compared)
    if -within <= gain <= within:
        return Direction.SAME
    return Direction.IMPROVED if gain > 0 else Direction.DECLINED
