"""When something was saved, in words, as clocks in London show it: what is stored is in UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.day import day_text
from outcome_tracker.tracker.workspace import LONDON

if TYPE_CHECKING:
    from datetime import datetime


def day_of(at: datetime) -> str:
    """Return the day: `20 Apr 2019`."""
    return day_text(at.astimezone(LONDON).date())


def moment(at: datetime) -> str:
    """Return the day and the time: `20 Apr 2019 10:12`."""
    return f"{day_of(at)} {at.astimezone(LONDON):%H:%M}"
