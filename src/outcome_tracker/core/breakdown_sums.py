"""Totals of a breakdown beside the sums of their parts: what can't be, and what does not agree."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcome_tracker.core.breakdown import TOTAL
from outcome_tracker.core.number import total

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from outcome_tracker.core.breakdown import Breakdown

Categories = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A total and the sum of its parts over one dimension, which are not the same."""

    categories: Categories
    dimension: str
    count: Decimal
    parts: Decimal

    @property
    def is_less(self) -> bool:
        """Whether the total is less than its parts, which can't be whatever is missing."""
        return self.count < self.parts


def disagreements(breakdown: Breakdown, counts: Mapping[Categories, Decimal | None]) -> list[Disagreement]:
    """Return the totals of one period that are not the sum of their parts, in the order of `counts`.

    A total above the sum only disagrees where all parts are there: none is absent, and none is left out because it
    is small. Where one case counts several times, nothing disagrees.
    """
    if breakdown.multi_response:
        return []
    parts: defaultdict[tuple[Categories, int], list[Decimal | None]] = defaultdict(list)
    for categories, count in counts.items():
        for place, category in enumerate(categories):
            if category != TOTAL:
                parts[over(categories, place), place].append(count)
    found = []
    for (categories, place), inside in parts.items():
        count = counts.get(categories)
        known = [each for each in inside if each is not None]
        complete = len(known) == len(inside) and not breakdown.at_least
        summed = total(known)
        if count is not None and (count < summed or (complete and count > summed)):
            found.append(Disagreement(categories, breakdown.dimensions[place], count, summed))
    return found


def over(categories: Categories, place: int) -> Categories:
    """Return the cell that is the total over one of the dimensions."""
    return (*categories[:place], TOTAL, *categories[place + 1 :])
