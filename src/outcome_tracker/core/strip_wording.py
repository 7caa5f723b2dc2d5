"""What is said on and beside the strip of all authorities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.indicator import Polarity
from outcome_tracker.core.number import half_up
from outcome_tracker.core.position import Quartile
from outcome_tracker.core.position_wording import QUARTER_PHRASE, authorities, ordinal
from outcome_tracker.core.wording import POLARITY_PHRASE, value_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from outcome_tracker.core.indicator import Indicator

NEIGHBOUR = "statistical neighbour"
BETTER = {-1: "← better", 0: "", 1: "better →"}
_FROM_LOW = (("", "lowest quarter"), ("", ""), ("", ""), ("", "highest quarter"))
_BY_LETTER = tuple((quartile.value, QUARTER_PHRASE[quartile]) for quartile in Quartile)
_NAMES = {Polarity.LOWER: _BY_LETTER, Polarity.HIGHER: _BY_LETTER[::-1]}


def band_names(better: Polarity) -> tuple[tuple[str, str], ...]:
    """Return letter and name of each quarter from the lowest numbers on; without a polarity none has a letter."""
    return _NAMES.get(better, _FROM_LOW)


def counted_text(number: int, period: str, rank: int | None = None) -> str:
    """Return `42nd of 148 authorities in 2017-18`, without a rank how many there are."""
    if not number:
        return f"No authority has a figure in {period}"
    return f"{f'{ordinal(rank)} of ' if rank else ''}{authorities(number)} in {period}"


def missing_text(missing: int, *, short: bool = False) -> str:
    """Return `4 authorities without a figure`, short `4 without`; nothing if all have one."""
    if not missing:
        return ""
    return f"{missing} without" if short else f"{authorities(missing)} without a figure"


def dot_text(each: int, *, short: bool = False) -> str:
    """Return what a dot is: one authority, or up to so many where not all have room."""
    if each == 1:
        return "one" if short else "one authority"
    return f"up to {each}" if short else f"up to {each} authorities"


def strip_words(
    indicator: Indicator,
    counted: str,
    missing: int,
    values: Sequence[Decimal],
    neighbours: Sequence[Decimal],
    quartiles: Sequence[Decimal],
    marked: Sequence[tuple[str, Decimal]],
) -> str:
    """Return the strip in words, for those who can't see it; values are in ascending order."""

    def told(number: Decimal) -> str:
        return value_text(half_up(number, indicator.decimals), indicator.unit)

    parts = [counted, f"lowest {told(values[0])}, highest {told(values[-1])}"]
    parts.append(f"the quarters meet at {', '.join(told(n) for n in quartiles)}")
    parts += [f"{name} {told(value)}" for name, value in marked]
    if neighbours:
        parts.append(f"neighbours from {told(neighbours[0])} to {told(neighbours[-1])}")
    parts += [missing_text(missing), POLARITY_PHRASE[indicator.better]]
    return f"{'; '.join(part for part in parts if part)}."
