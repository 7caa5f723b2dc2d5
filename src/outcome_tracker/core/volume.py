"""How much a volume has changed, and what share it is: exact, and rounded only where it is printed."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from outcome_tracker.core.number import half_up

if TYPE_CHECKING:
    from outcome_tracker.core.indicator import Margin

_PRINTED = re.compile(r"([-+\u2212\u2013]?)\s*([0-9]+(?:\.[0-9]+)?)\s*%?", re.ASCII)


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


def printed_percent(text: str) -> Decimal | None:
    """Read a percentage as a source printed it, with the decimals it has there; None where it is something else."""
    found = _PRINTED.fullmatch(text.strip())
    if found is None:
        return None
    number = Decimal(found[2])
    return number if found[1] in {"", "+"} else number.copy_negate()


def is_as_printed(text: str, exact: Fraction | None) -> bool:
    """Tell whether a percentage, rounded half up to the decimals of the print, is what was printed."""
    printed = printed_percent(text)
    if printed is None or exact is None:
        return False
    exponent = printed.as_tuple().exponent
    return half_up(exact, -exponent if isinstance(exponent, int) else 0) == printed


def percent_text(percent: Fraction, decimals: int, *, signed: bool = False) -> str:
    """Return a percentage for a table: `21%`, `−25.6%`; with `signed` a rise is `+21%`."""
    rounded = half_up(percent, decimals)
    sign = "−" if rounded < 0 else "+" if signed and rounded > 0 else ""
    return f"{sign}{abs(rounded):,f}%"
