"""Breakdowns: what the keys of one mean together, and with the indicator that its counts add up to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outcome_tracker.core.breakdown import Breakdown, Published
from outcome_tracker.core.indicator import Basis, Compare
from outcome_tracker.core.period import Frequency
from outcome_tracker.core.problem import Problem, nearest
from outcome_tracker.core.table_links import named, why_untied
from outcome_tracker.plan_files import keys
from outcome_tracker.plan_files.tree import Sequence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from outcome_tracker.core.indicator import Indicator, Plan
    from outcome_tracker.plan_files.indicators import Places
    from outcome_tracker.plan_files.kinds import Values
    from outcome_tracker.plan_files.report import Report
    from outcome_tracker.plan_files.tree import Node


def read_breakdown(
    values: Values, plan: str, report: Report, places: Places, *, illustrative: bool
) -> Breakdown | None:
    """Return the breakdown; None when it has no code, title or dimensions."""
    code, title = values.get(keys.CODE), values.get(keys.TITLE)
    if code is not None:
        places.add_code("breakdown", code, values.at(keys.CODE))
    dimensions = values.get(keys.DIMENSIONS)
    place = values.at(keys.DIMENSIONS)
    if dimensions == [] and isinstance(place, Sequence) and not place.items:
        report.add(place, values.named(keys.DIMENSIONS), "is empty; write [source] or more.")
    _check_print(values, report)
    if code is None or title is None or not dimensions:
        return None
    total, frequency = values.get(keys.TOTAL), values.get(keys.BREAKDOWN_FREQUENCY)
    if total is not None:
        places.totals[code, ""] = (total, values.at(keys.TOTAL), frequency is not None)
    indicators = values.get(keys.CATEGORY_INDICATORS) or {}
    for category, indicator in indicators.items():
        places.totals[code, category] = (indicator, values.at(keys.CATEGORY_INDICATORS), True)
    return Breakdown(
        code=code,
        title=title,
        plan=plan,
        dimensions=tuple(dimensions),
        total=total or "",
        multi_response=bool(values.get(keys.MULTI_RESPONSE)),
        frequency=frequency or Frequency.MONTHLY,
        basis=values.get(keys.BREAKDOWN_BASIS) or Basis.PERIOD,
        shares=bool(values.get(keys.SHARES)),
        compare=values.get(keys.BREAKDOWN_COMPARE) or Compare.YEAR_BEFORE,
        at_least=values.get(keys.AT_LEAST) or 0,
        mark_change=values.get(keys.MARK_CHANGE),
        decimals=values.get(keys.PERCENT_DECIMALS) or 0,
        published=values.get(keys.PUBLISHED),
        definition=values.get(keys.DEFINITION) or "",
        source=values.get(keys.DATA_SOURCE) or "",
        owner=values.get(keys.OWNER) or "",
        suppress_below=values.get(keys.SUPPRESS_BELOW),
        category_indicators=indicators,
        illustrative=illustrative or bool(values.get(keys.ILLUSTRATIVE)),
    )


def _check_print(values: Values, report: Report) -> None:
    """A printed share needs shares; without them there is nothing to hold it against."""
    if values.get(keys.PUBLISHED) is Published.SHARE and not values.get(keys.SHARES):
        message = "share is what the source printed, but shares are not asked for; add shares: true."
        report.add(values.at(keys.PUBLISHED), values.named(keys.PUBLISHED), message)


@dataclass(frozen=True, slots=True)
class Total:
    """A total of a breakdown as written, and where; `own_frequency` where the breakdown says its frequency itself."""

    code: str
    path: str
    node: Node
    own_frequency: bool


def with_totals(
    plans: Iterable[Plan], totals: Mapping[tuple[str, str], Total], known: Collection[str]
) -> tuple[list[Plan], list[Problem]]:
    """Give every breakdown the codes of its totals as they are written, and the frequency of the total of all.

    `totals` is by the breakdown's code and the category, none of the total of all; `known` are the codes of all
    indicators, also of those that could not be read. A total that is none of them is warned of. A breakdown that says
    its frequency itself keeps it.
    """
    indicators = {i.code.casefold(): i for plan in plans for i in plan.indicators}
    codes = {code.casefold() for code in known}
    problems = [
        Problem(
            f"there is no indicator '{total.code}', whose figure would be {'of it' if category else 'the total'}."
            f"{nearest(total.code, known)}",
            *(total.path, total.node.line, total.node.column),
            f"{code} indicators {category}" if category else f"{code} total",
            warning=True,
        )
        for (code, category), total in totals.items()
        if total.code.casefold() not in codes
    ]

    def whole(breakdown: Breakdown) -> Breakdown:
        indicator = indicators.get(breakdown.total.casefold())
        named = {category: indicators.get(code.casefold()) for category, code in breakdown.category_indicators.items()}
        breakdown = replace(
            breakdown, category_indicators={category: each.code for category, each in named.items() if each}
        )
        if indicator is None:
            return breakdown
        own = totals[breakdown.code, ""].own_frequency
        return replace(breakdown, total=indicator.code, frequency=breakdown.frequency if own else indicator.frequency)

    found = [replace(plan, breakdowns=tuple(whole(each) for each in plan.breakdowns)) for plan in plans]
    problems += _untied([breakdown for plan in found for breakdown in plan.breakdowns], indicators, totals)
    return found, problems


def _untied(
    breakdowns: Iterable[Breakdown], indicators: Mapping[str, Indicator], totals: Mapping[tuple[str, str], Total]
) -> Iterator[Problem]:
    """Yield a warning of each indicator that a breakdown names and cannot be held against."""
    for breakdown in breakdowns:
        for category, code in named(breakdown):
            indicator, total = indicators.get(code.casefold()), totals.get((breakdown.code, category))
            if indicator is None or total is None:
                continue
            if why := why_untied(breakdown, indicator, category):
                yield Problem(
                    f"{why} Until then, a table that hides small numbers is not published.",
                    *(total.path, total.node.line, total.node.column),
                    f"{breakdown.code} indicators {category}" if category else f"{breakdown.code} total",
                    warning=True,
                )
