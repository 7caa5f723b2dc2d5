"""What two lines of 12 months show, in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.breakdown_amount import YEAR
from outcome_tracker.core.breakdown_table_wording import periods_text
from outcome_tracker.core.number import half_up, with_unit
from outcome_tracker.core.volume import percent_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from outcome_tracker.core.number import Unit
    from outcome_tracker.core.two_years import TwoYears


def two_years_text(lines: TwoYears, unit: Unit) -> str:
    """Return `23,553 in the 12 months to April 2021, 5% more than 22,400 in the 12 months before; 1,927 in …`.

    What can't be added up, or lacks a month, is said by its last month and its range.
    """
    year = f"the 12 months to {lines.months[-1].label}"
    later, _ = lines.sums
    nothing_before = all(value is None for value in lines.earlier)
    if later is not None:
        said = [f"{with_unit(later, unit)} in {year}{_compared(lines, unit)}"]
    elif nothing_before:
        said = [_range(lines.later, unit, year)]
    else:
        said = [f"{_range(lines.later, unit, year)}, {_range(lines.earlier, unit, 'the 12 months before')}"]
    if nothing_before:
        said.append("nothing is held for the 12 months before")
    said += _last(lines, unit)
    if lines.gaps:
        said.append(f"no figure for {periods_text(lines.gaps)}")
    sentence = "; ".join(said)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _compared(lines: TwoYears, unit: Unit) -> str:
    later, earlier = lines.sums
    if earlier is None:
        return ""
    before = f"{with_unit(earlier, unit)} in the 12 months before"
    if later == earlier:
        return ", as in the 12 months before"
    if lines.change is None or not half_up(lines.change, 0):
        return f", against {before}"
    return f", {percent_text(abs(lines.change), 0)} {'more' if lines.change > 0 else 'less'} than {before}"


def _last(lines: TwoYears, unit: Unit) -> list[str]:
    """Return what the last month was, and the same month of the year before."""
    now, before, month = lines.later[-1], lines.earlier[-1], lines.months[-1]
    if now is None:
        return []
    said = f"{with_unit(now, unit)} in {month.label}"
    return [said if before is None else f"{said} ({with_unit(before, unit)} in {month.year_before.label})"]


def _range(values: Sequence[Decimal | None], unit: Unit, year: str) -> str:
    known = [value for value in values if value is not None]
    lowest, highest = with_unit(min(known), unit), with_unit(max(known), unit)
    when = year if len(known) == YEAR else f"{len(known)} of {year}"
    return f"{lowest if lowest == highest else f'between {lowest} and {highest}'} in {when}"
