"""What looks odd about a figure beside the period before: it is said and kept with the version, and stops no entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.figure import value_of
from outcome_tracker.core.indicator import Basis
from outcome_tracker.core.number import HUNDRED, UnitKind, plain, with_unit
from outcome_tracker.core.standing import measure

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from outcome_tracker.core.figure import Content, Figure
    from outcome_tracker.core.indicator import Indicator
    from outcome_tracker.core.period import Period

FAR = 3  # a figure more than three times, or less than a third of, the last one is questioned


def oddities(indicator: Indicator, series: Mapping[Period, Figure], period: Period, content: Content) -> list[str]:
    """Return what looks odd about a figure, each as a sentence; an absent one is never odd."""
    value = value_of(content, indicator)
    if value is None:
        return []
    odd = _parts(indicator, content, value)
    before = measure(indicator, series, period.previous)
    if before.value is not None:
        last = f"{with_unit(before.value, indicator.unit)} in {before.period.code}"
        odd += _beside(indicator, period, value, before.value, last)
    return odd


def fraction(indicator: Indicator, series: Mapping[Period, Figure], period: Period, content: Content) -> list[str]:
    """Return that a percentage may be a share of one, as spreadsheets hold it; not where the last one is as small."""
    value = content.value
    if indicator.unit.kind is not UnitKind.PERCENT or value is None or not 0 < value < 1:
        return []
    before = measure(indicator, series, period.previous).value
    if before is not None and before < 1:
        return []
    percent = plain((value * HUNDRED).normalize())
    return [f"{plain(value)} is less than 1%; if {percent}% is meant, write {percent}."]


def _parts(indicator: Indicator, content: Content, value: Decimal) -> list[str]:
    top, bottom, kind = content.numerator, content.denominator, indicator.unit.kind
    if top is None or bottom is None:
        return []
    if top > bottom and kind is UnitKind.RATE:  # above 100% is refused, and a ratio may be above one
        return ["The numerator is above the denominator."]
    counted = kind is UnitKind.NUMBER and not indicator.decimals and not indicator.denominator
    if counted and content.value is None:
        return [f"A whole number is expected, as in 17: the parts make {plain(value)}."]
    return []


def _beside(indicator: Indicator, period: Period, value: Decimal, before: Decimal, last: str) -> list[str]:
    """Compare with the last figure; a count of the year to date only grows, and begins anew with the year."""
    if indicator.basis is Basis.CUMULATIVE and indicator.adds_up:
        if period.months_into_year <= period.months:
            return []
        if value < before:
            return [f"A year to date that falls: {last}."]
    elif before and abs(value) > abs(before) * FAR:
        return [f"More than three times the last figure, {last}."]
    elif before and abs(value) * FAR < abs(before):
        return [f"Less than a third of the last figure, {last}."]
    return [f"The same as the last figure, {last}."] if value == before and value else []
