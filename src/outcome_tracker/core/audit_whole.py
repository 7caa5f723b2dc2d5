"""Shares and changes of which only one part is printed: whether any whole number of the other can have given them."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from outcome_tracker.core.audit import Cause, Claim, Difference, Explained, Kind
from outcome_tracker.core.number import half_up

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

_ENDLESS = 10**15
_LEAST = 3  # shares that have a number of cases in common, before another one can be said not to fit it


def no_whole(claim: Claim, top: Decimal | None, bottom: Decimal | None) -> Difference | None:
    """Return the difference where no whole number fits beside the one part that is known; None where one does.

    Of a change the known part is the later figure. The nearest that a whole number gives is said.
    """
    known = bottom if top is None else top
    if known is None or known <= 0 or known != known.to_integral_value():
        return None
    tried = list(_tried(claim, Fraction(known), is_top=top is not None))
    if not tried or any(claim.printed.agrees(given) for _, given in tried):
        return None
    other, given = min(tried, key=lambda each: abs(each[1] - Fraction(claim.printed.number)))
    computed = half_up(given, claim.printed.decimals)
    percent = "%" if claim.printed.percent else ""
    explained = Explained(Cause.NO_WHOLE, half_up(other, 0))
    return Difference(claim.subject, claim.kind, claim.printed.text, f"{computed:f}{percent}", explained, claim)


def _tried(claim: Claim, known: Fraction, *, is_top: bool) -> Iterator[tuple[Fraction, Fraction]]:
    """Return the whole numbers on either side of where the printed value lies, and what each gives."""
    printed = Fraction(claim.printed.number)
    if claim.kind is Kind.CHANGE:
        if printed <= -100:  # noqa: PLR2004 - percent: nothing is left
            return
        for old in _around(known * 100 / (100 + printed)):
            yield old, (known - old) * 100 / old
    elif is_top and printed > 0:
        for bottom in _around(known * claim.per / printed):
            yield bottom, known * claim.per / bottom
    elif not is_top:
        for top in (Fraction(0), *_around(printed * known / claim.per)):
            yield top, top * claim.per / known


def _around(number: Fraction) -> tuple[Fraction, ...]:
    return tuple(Fraction(n) for n in range(floor(number), ceil(number) + 1) if n > 0)


def misfits(claims: Sequence[Claim]) -> list[Difference | None]:
    """Return, for shares of one number of cases that is not printed, those that don't fit the one that most fit.

    Nothing is different as long as some whole number of cases gives every share.
    """
    spans = [_cases(claim) for claim in claims]
    best = max((n for low, high in spans for n in (low, high)), key=lambda n: _fitting(spans, n), default=0)
    most = _fitting(spans, best)
    if most < _LEAST or 2 * most <= len(spans):
        return [None] * len(claims)
    return [
        None if low <= best <= high else _misfit(claim, best) for claim, (low, high) in zip(claims, spans, strict=True)
    ]


def _misfit(claim: Claim, cases: int) -> Difference:
    given = Fraction(claim.numerator or 0) * 100 / cases
    computed = half_up(given, claim.printed.decimals)
    explained = Explained(Cause.OTHERS, half_up(Fraction(cases), 0))
    return Difference(claim.subject, claim.kind, claim.printed.text, f"{computed:f}%", explained, claim)


def _fitting(spans: Sequence[tuple[int, int]], cases: int) -> int:
    return sum(low <= cases <= high for low, high in spans)


def _cases(claim: Claim) -> tuple[int, int]:
    """Return the fewest and most cases of which a count is the printed share; none where the fewest is above the most.

    Half a unit below the printed share still rounds to it, half a unit above no longer.
    """
    count, printed = Fraction(claim.numerator or 0) * 100, Fraction(claim.printed.number)
    half = Fraction(1, 2 * 10**claim.printed.decimals)
    fewest = floor(count / (printed + half)) + 1
    return fewest, floor(count / (printed - half)) if printed > half else _ENDLESS
