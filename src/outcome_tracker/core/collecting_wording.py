"""The words of collecting figures: when one is due, how much is in, and what is asked of its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.day import day_text
from outcome_tracker.core.number import UnitKind

if TYPE_CHECKING:
    from datetime import date

    from outcome_tracker.core.indicator import Indicator

NO_OWNER = "No owner named"


def when_due(due: date, as_at: date) -> str:
    """Return how far off a day is: `due in 3 days`, `overdue since 15 Apr 2019`."""
    days = (due - as_at).days
    if days < 0:
        return f"overdue since {day_text(due)}"
    return {0: "due today", 1: "due tomorrow"}.get(days, f"due in {days:,} days")


def progress_bar(done: int, total: int, width: int) -> str:
    """Return a bar as wide as that: full only when all is done, and empty only when nothing is."""
    filled = max(done * width // total, 1) if done else 0
    return "▬" * filled + "─" * (width - filled)  # lower than a line, so that bars below one another stay apart


def asked_for(indicator: Indicator) -> str:
    """Return what somebody who owes a figure is to give, in the indicator's own words."""
    unit = value_asked_for(indicator)
    top, bottom = indicator.numerator, indicator.denominator
    if indicator.unit.kind not in {UnitKind.PERCENT, UnitKind.RATE, UnitKind.RATIO} and not bottom:
        return f"Please give {unit}{f' ({top})' if top else ''}."
    first = f"the numerator ({top})" if top else "the numerator"
    second = f"the denominator ({bottom})" if bottom else "the denominator"
    return f"Please give {first} and {second}, or {unit}."


def value_asked_for(indicator: Indicator) -> str:
    """Return what a value is, by its unit: `a percentage`, `a number of days`."""
    return {
        UnitKind.PERCENT: "a percentage",
        UnitKind.NUMBER: "a number",
        UnitKind.RATE: f"a rate per {indicator.unit.per:,}",
        UnitKind.DAYS: "a number of days",
        UnitKind.POUNDS: "an amount in pounds",
        UnitKind.RATIO: "a ratio",
    }[indicator.unit.kind]
