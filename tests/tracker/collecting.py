"""A period's figures in as few words as a test needs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from outcome_tracker.core.indicator import Agreed, Council, Indicator, Plan
from outcome_tracker.core.period import Period
from outcome_tracker.tracker.collection import Collection, collection_of
from outcome_tracker.tracker.review import Known
from tests.core.making import Q4, series

COUNCIL = Council("Somewhere", "E06000050", "North West", ("England",))


def plan(code: str, indicators: Sequence[Indicator], owner: str = "") -> Plan:
    return Plan(code, f"Plan {code}", tuple(replace(i, plan=code) for i in indicators), owner=owner)


def collected(
    plans: Sequence[Plan],
    figures: Mapping[str, Mapping[str, str]] | None = None,
    *,
    as_at: date = date(2019, 4, 20),
    period: Period = Q4,
) -> Collection:
    """Return what is collected of these figures, which are written as `{code: {period: content}}`."""
    every = {i.code: i for each in plans for i in each.indicators}
    found = {code: series(every[code], of) for code, of in (figures or {}).items()}
    return collection_of(Known(Agreed(COUNCIL, tuple(plans)), found, {}, {}, (), as_at), period)
