"""Which backups are made and which may go: not the newest ones, and not the last one of each month of a year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from outcome_tracker.core.indicator import Council

MONTHS = 12
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Retention:
    """How many of the newest backups stay, and whether one is made on leaving the screens after changes."""

    keep: int = 30
    on_leaving: bool = True


def retention_of(council: Council | None) -> Retention:
    """Return what council.yaml says under `backups`, as applied."""
    found = council.extra.get("backups") if council else None
    if not isinstance(found, dict):
        return Retention()
    return Retention(**{name: found[name] for name in ("keep", "on_leaving") if name in found})


def superfluous(made: Mapping[T, datetime], keep: int, now: datetime) -> list[T]:
    """Return which may go of what was made at these times, oldest first.

    The newest `keep` stay, and the last one of each of the last twelve months, of which the present month is one.
    """
    ordered = sorted(made, key=made.__getitem__)  # what was made at the same time stays in its order
    last_of = {_month(made[each]): each for each in ordered}
    this_month = _month(now)
    monthly = {each for month, each in last_of.items() if this_month - MONTHS < month <= this_month}
    return [each for each in ordered[:-keep] if each not in monthly]


def _month(at: datetime) -> int:
    return 12 * at.year + at.month
