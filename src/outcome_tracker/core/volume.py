"""How much a volume has changed, and what share it is: exact, and rounded only where it is printed."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from outcome_tracker.core.number import half_up

if TYPE_CHECKING:
    from decimal import Decimal

    from outcome_tracker.core.indicator import Margin


def percentage_change(earlier: Decimal | None, later: Decimal | None) -> Fraction | None:
    """Return (later − earlier) ÷ earlier in percent; None from zero, or where either is not known."""
    if later is None or not earlier:
        return None
    return (Fraction(later) - Fraction(earlier)) * 100 / Fraction(earlier)


def share(count: Decimal | None, whole: Decimal | None) -> Fraction | None:
    """Return a count in percent of a whole, which it may exceed; None where either is not known or there is none."""
    if count is None or not whole:
        return None
    return Fraction(count) * 100 / Fraction(whole)


def is_beyond(change: Fraction | None, threshold: Margin | None) -> bool:
    """Tell whether a change, up or down, is more than a threshold; exactly on it is not."""
    return change is not None and threshold is not None and abs(change) > Fraction(threshold.amount)


def percent_text(percent: Fraction, decimals: int, *, signed: bool = False) -> str:
    """Return a percentage for a table: `21%`, `−25.6%`; with `signed` a rise is `+21%`."""
    rounded = half_up(percent, decimals)
    sign = "−" if rounded < 0 else "+" if signed and rounded > 0 else ""
    return f"{sign}{abs(rounded):,f}%"
