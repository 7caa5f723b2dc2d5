"""A chart in words, for those who can't see it, and the name of its Amber band."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from outcome_tracker.core.benchmark_wording import interval_text
from outcome_tracker.core.number import half_up, with_unit
from outcome_tracker.core.target import as_written
from outcome_tracker.core.text import plural
from outcome_tracker.core.wording import period_short, value_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from outcome_tracker.core.chart import Level, Point
    from outcome_tracker.core.number import Unit
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.target import Number

# Beside a point with a special cause, so that nothing hangs on its colour.
SPECIAL_SIGN = {"improvement": "✓", "concern": "!", "high": "↑", "low": "↓"}
BREAK = "break"  # over the line where a series breaks


def amber_text(level: Level, unit: Unit, decimals: int) -> str:
    """Say up to which number a figure is Amber: `Amber to 14.7%`."""
    bounds = {Fraction(n) for n in level.numbers}
    ends = [Fraction(edge) for pair in level.amber for edge in pair if Fraction(edge) not in bounds]
    return "Amber to " + " and ".join(value_text(as_written(end, decimals), unit) for end in ends) if ends else ""


def summary_text(
    title: str,
    unit: Unit,
    decimals: int,
    own: Sequence[Point],
    levels: Sequence[Level],
    others: Sequence[tuple[str, Number, Period]],
) -> str:
    """Return the chart in words, for those who can't see it; `others` are what comparators end with."""

    def told(value: Number, period: Period) -> str:
        return f"{with_unit(half_up(value, decimals), unit)} in {period_short(period)}"

    known = [(p.value, p.period) for p in own if p.value is not None]
    parts = [f"{period_short(own[0].period)} to {period_short(own[-1].period)}"]
    if known:
        around = next(interval_text(p.interval, unit, decimals) for p in reversed(own) if p.value is not None)
        parts.append(f"latest {told(*known[-1])}" + (f" ({around})" if around else ""))
    if len(known) > 1:
        lowest, highest = min(known, key=lambda k: k[0]), max(known, key=lambda k: k[0])
        if lowest[0] == highest[0]:
            parts.append("always the same")
        else:
            parts += [f"lowest {told(*lowest)}", f"highest {told(*highest)}"]
    if missing := len(own) - len(known):
        parts.append(f"{plural(missing, 'period')} without a figure")
    parts += [f"a break in the series before {period_short(p.period)}" for p in own[1:] if p.broken]
    if levels:
        wanted = levels[-1].text or " to ".join(value_text(as_written(n, decimals), unit) for n in levels[-1].numbers)
        changed = any(a.numbers != b.numbers for a, b in pairwise(levels))
        parts.append(f"target {wanted} at the end" if changed else f"target {wanted}")
    for label, value, period in others:
        parts.append(f"{label} {with_unit(half_up(value, decimals), unit)} in {period.code}")
    flag = " Some figures are illustrative." if any(p.illustrative and p.value is not None for p in own) else ""
    return f"{title}: {'; '.join(parts)}.{flag}"


def months_text(
    title: str, unit: Unit, decimals: int, months: Sequence[str], years: Sequence[tuple[str, Sequence[Decimal | None]]]
) -> str:
    """Return two years' months in words. No totals: with one month hidden they would tell what it was."""
    return f"{title}: {'. '.join(_year_text(name, unit, decimals, months, values) for name, values in years)}."


def _year_text(name: str, unit: Unit, decimals: int, months: Sequence[str], values: Sequence[Decimal | None]) -> str:
    known = [(value, month) for value, month in zip(values, months, strict=True) if value is not None]

    def told(pair: tuple[Decimal, str]) -> str:
        return f"{with_unit(half_up(pair[0], decimals), unit)} in {pair[1]}"

    if not known:
        return f"{name} has no figures"
    parts = [f"from {told(known[0])} to {told(known[-1])}" if len(known) > 1 else told(known[0])]
    if len({value for value, _ in known}) > 1:
        lowest, highest = min(known, key=lambda k: k[0]), max(known, key=lambda k: k[0])
        parts += [f"lowest {told(lowest)}", f"highest {told(highest)}"]
    if missing := len(values) - len(known):
        parts.append(f"{plural(missing, 'month')} without a figure")
    return f"{name} {'; '.join(parts)}"
