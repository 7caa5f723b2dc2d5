"""What one database holds and another doesn't: entries, each of them a version of something that people saved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Loss:
    """How many entries of each kind (a table's name) are in one alone, and who made the latest of them, when (UTC)."""

    counts: Mapping[str, int]
    who: str = ""
    at: datetime | None = None

    @property
    def total(self) -> int:
        """How many entries there are."""
        return sum(self.counts.values())
