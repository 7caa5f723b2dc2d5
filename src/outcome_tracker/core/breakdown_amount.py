"""A count of a breakdown over one period or several, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcome_tracker.core.breakdown import Breakdown, Counted
from outcome_tracker.core.figure import Status, value_of
from outcome_tracker.core.number import total
from outcome_tracker.core.period import Period, periods_between
from outcome_tracker.core.stretch import covering, stretch_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from outcome_tracker.core.figure import Figure
    from outcome_tracker.core.indicator import Indicator

YEAR = 12  # months
# What a sum is for one of its parts; the first that is there says why there is none.
_STATUSES = (
    Status.SUPPRESSED,
    Status.NOT_AVAILABLE,
    Status.NOT_RETURNED,
    Status.NOT_APPLICABLE,
    Status.PROVISIONAL,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A count, or none because of its status or for want of the `missing` periods, for which nothing is held.

    What a source printed, where, and a note are of a single figure; a sum has none.
    """

    count: Decimal | None = None
    denominator: Decimal | None = None
    status: Status = Status.FINAL
    missing: tuple[Period, ...] = ()
    illustrative: bool = False
    as_published: str = ""
    source: str = ""
    note: str = ""


def year_to(period: Period) -> tuple[Period, ...]:
    """Return the periods of the 12 months that end with `period`, oldest first."""
    return tuple(periods_between(period.shift(1 - YEAR // period.months), period))


def amount_over(series: Mapping[Period, Counted], periods: Sequence[Period]) -> Amount:
    """Return the count over some periods; one that is absent or not held leaves none."""
    given = [series[period] for period in periods if period in series]
    if len(periods) == 1 and given:
        (only,) = given
        return Amount(
            only.count,
            only.denominator,
            only.status,
            illustrative=only.illustrative,
            as_published=only.as_published,
            source=only.source,
            note=only.note,
        )
    return Amount(
        _added([each.count for each in given], len(periods)),
        _added([each.denominator for each in given], len(periods)),
        _status(each.status for each in given),
        tuple(period for period in periods if period not in series),
        any(each.illustrative for each in given),
    )


def sum_of(amounts: Sequence[Amount]) -> Amount:
    """Add the counts of several rows; one without leaves none."""
    return Amount(
        _added([amount.count for amount in amounts], len(amounts)),
        status=_status(amount.status for amount in amounts),
        missing=tuple(dict.fromkeys(period for amount in amounts for period in amount.missing)),
        illustrative=any(amount.illustrative for amount in amounts),
    )


def _added(counts: Sequence[Decimal | None], wanted: int) -> Decimal | None:
    known = [count for count in counts if count is not None]
    return total(known) if known and len(known) == wanted else None


def _status(statuses: Iterable[Status]) -> Status:
    found = set(statuses)
    return next((status for status in _STATUSES if status in found), Status.FINAL)


def totals_of(breakdown: Breakdown, indicator: Indicator, series: Mapping[Period, Figure]) -> dict[Period, Counted]:
    """Return an indicator's figures as the totals of a breakdown; nothing where they are not of the same span.

    Shorter ones are added up where the breakdown's figures are of 12 months.
    """
    if indicator.kind is not breakdown.kind or not indicator.unit.adds_up:
        return {}
    given = {
        period: Counted(
            value_of(figure.content, indicator),
            status=figure.content.status,
            illustrative=figure.content.illustrative or indicator.illustrative,
        )
        for period, figure in series.items()
    }
    held = {stretch_of(indicator.basis, period): period for period in given}
    made = {period: covering(stretch_of(breakdown.basis, period), held) for period in given}
    added = {period: amount_over(given, periods) for period, periods in made.items() if periods}
    return {
        period: Counted(amount.count, status=amount.status, illustrative=amount.illustrative)
        for period, amount in added.items()
    }
