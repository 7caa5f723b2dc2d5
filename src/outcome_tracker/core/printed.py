"""What a source printed of a figure, as `as_published` keeps it: `15.2% (293 of 1927)`, `21; change 25%`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcome_tracker.core.number import NumberError, half_up, parse_decimal

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

_NUMBER = r"[-+−–]?\s?£?(?:[0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+)"
_PARTS = rf"(?:\s*\((?P<numerator>{_NUMBER})(?:\s+of\s+(?:the\s+)?(?P<denominator>{_NUMBER}))?(?:\s[^()0-9]+)?\))?"
_ONE = re.compile(
    rf"(?P<change>change\s+)?(?P<number>{_NUMBER})\s?(?P<percent>%)?(?P<behind>\s+change)?{_PARTS}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed. `decimals` is its precision, by which alone it is compared.

    `change` tells that it is a change on an earlier figure; the parts are those that stand in brackets behind it.
    """

    text: str
    number: Decimal
    percent: bool = False
    change: bool = False
    numerator: Decimal | None = None
    denominator: Decimal | None = None

    @property
    def decimals(self) -> int:
        """How many digits it has behind the point, noughts at the end among them."""
        return max(0, -int(self.number.as_tuple().exponent))

    def rounded(self, exact: Decimal | Fraction) -> Decimal:
        """Return another number at this one's precision, half up."""
        return half_up(exact, self.decimals)

    def agrees(self, exact: Decimal | Fraction) -> bool:
        """Tell whether this is what rounding that number gives."""
        return self.rounded(exact) == self.number


def read_printed(text: str) -> tuple[Printed, ...]:
    """Return the numbers that a source printed of one figure; words and what is approximate (`over 75%`) are none."""
    return tuple(found for part in text.split(";") if (found := _read(" ".join(part.split()))) is not None)


def _read(text: str) -> Printed | None:
    found = _ONE.fullmatch(text)
    if found is None:
        return None
    try:
        parts = [parse_decimal(found[name]) if found[name] else None for name in ("numerator", "denominator")]
        number = parse_decimal(found["number"].replace("£", ""))
    except NumberError:
        return None
    return Printed(text, number, bool(found["percent"]), bool(found["change"] or found["behind"]), *parts)
