"""A figure: what was returned for an indicator and a period, and what is judged of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from outcome_tracker.core.number import Entry, canonical, half_up, plain, quotient

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from outcome_tracker.core.indicator import Indicator
    from outcome_tracker.core.period import Period


class Status(StrEnum):
    """Final or provisional; the others say why a figure is absent, which is a state and never zero."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    NOT_RETURNED = "not returned"
    NOT_AVAILABLE = "not available"
    SUPPRESSED = "suppressed"
    NOT_APPLICABLE = "not applicable"

    @property
    def is_absent(self) -> bool:
        """Whether there is no figure."""
        return self not in {Status.FINAL, Status.PROVISIONAL}


@dataclass(frozen=True, slots=True)
class Content:
    """What a person says of one figure; equal contents change nothing when entered again."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    status: Status = Status.FINAL
    note: str = ""
    illustrative: bool = False
    as_published: str = ""
    published_rag: str = ""
    published_direction: str = ""
    source: str = ""

    @property
    def entry(self) -> Entry:
        """The numbers alone."""
        return Entry(self.value, self.numerator, self.denominator)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who recorded a version, when (UTC), why, and since which day it counts as known."""

    who: str
    at: datetime
    known: date
    why: str = ""

    def after(self, last: Stamp | None) -> Stamp:
        """Return it as later than the `last` one, though the clock has not moved on: the order of rows is kept so."""
        if last is None or self.at > last.at:
            return self
        return replace(self, at=last.at + timedelta(microseconds=1))


@dataclass(frozen=True, slots=True)
class Figure:
    """One version of a figure as stored. `warning` is what looked odd about it when it was entered, or empty."""

    indicator: str
    period: Period
    version: int
    content: Content
    stamp: Stamp
    warning: str = ""


def value_of(content: Content, indicator: Indicator) -> Decimal | None:
    """Return the figure as shown and judged, rounded half up; None when it is absent."""
    if content.status.is_absent:
        return None
    if content.value is not None:
        return half_up(content.value, indicator.decimals)
    if content.numerator is None or content.denominator is None:
        return None
    return quotient(content.numerator, content.denominator, indicator.unit, indicator.decimals)


def unrounded(content: Content, indicator: Indicator) -> Decimal | Fraction | None:
    """Return the figure exactly, as given or as its parts give it; None when it is absent."""
    if content.status.is_absent:
        return None
    if content.value is not None:
        return content.value
    if content.numerator is None or content.denominator is None:
        return None
    top, under = content.numerator.as_integer_ratio()
    bottom, over = content.denominator.as_integer_ratio()
    return Fraction(top * over * indicator.unit.multiplier, under * bottom)


def disagreement(entry: Entry, indicator: Indicator) -> str:
    """Return why a value and its parts contradict each other at the displayed decimals, or nothing."""
    if entry.value is None or entry.numerator is None or entry.denominator is None or entry.denominator <= 0:
        return ""
    computed = quotient(entry.numerator, entry.denominator, indicator.unit, indicator.decimals)
    given = half_up(entry.value, indicator.decimals)
    if computed == given:
        return ""
    return (
        f"The value {plain(given)} and its parts disagree: {plain(entry.numerator)} of {plain(entry.denominator)} "
        f"is {plain(computed)}; correct one of them, or give only the parts."
    )


def texts(content: Content) -> dict[str, str]:
    """Return the content as the columns of a figures CSV, numbers in their one canonical text."""
    numbers = {
        name: "" if number is None else canonical(number)
        for name, number in (
            ("value", content.value),
            ("numerator", content.numerator),
            ("denominator", content.denominator),
        )
    }
    return {
        **numbers,
        "status": content.status.value,
        "note": content.note,
        "illustrative": "yes" if content.illustrative else "",
        "as_published": content.as_published,
        "published_rag": content.published_rag,
        "published_direction": content.published_direction,
        "source": content.source,
    }
