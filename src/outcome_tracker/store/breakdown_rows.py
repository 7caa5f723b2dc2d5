"""Breakdowns as they are stored: what is declared as a part of its plan, and the figures as rows."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from outcome_tracker.core.breakdown import Breakdown, BreakdownFigure, Counted, Published
from outcome_tracker.core.indicator import Basis, Compare
from outcome_tracker.core.period import Frequency
from outcome_tracker.store import rows
from outcome_tracker.store.texts import MARGINS, PERIODS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from outcome_tracker.store.connection import Row


def breakdown_body(breakdown: Breakdown) -> dict[str, Any]:
    """Return what is declared, without what is empty or as it is by default."""
    body = {
        "code": breakdown.code,
        "title": breakdown.title,
        "dimensions": list(breakdown.dimensions),
        "total": breakdown.total,
        "multi_response": breakdown.multi_response,
        "frequency": breakdown.frequency,
        "basis": breakdown.basis,
        "shares": breakdown.shares,
        "compare": breakdown.compare,
        "at_least": breakdown.at_least,
        "mark_change": breakdown.mark_change.code if breakdown.mark_change else "",
        "decimals": breakdown.decimals,
        "published": breakdown.published,
        "definition": breakdown.definition,
        "source": breakdown.source,
        "owner": breakdown.owner,
        "indicators": dict(breakdown.category_indicators),
        "illustrative": breakdown.illustrative,
    }
    kept = {key: value for key, value in body.items() if value}
    return kept if breakdown.suppress_below is None else kept | {"suppress_below": breakdown.suppress_below}


def read_breakdown(body: Mapping[str, Any], plan: str) -> Breakdown:
    """Read what `breakdown_body` wrote, or what was kept before more than five keys were read."""
    get = body.get
    return Breakdown(
        code=body["code"],
        title=get("title", ""),
        plan=plan,
        dimensions=tuple(get("dimensions", ())),
        total=get("total", ""),
        multi_response=get("multi_response", False),
        frequency=Frequency(get("frequency", Frequency.MONTHLY)),
        basis=Basis(get("basis", Basis.PERIOD)),
        shares=get("shares", False),
        compare=Compare(get("compare", Compare.YEAR_BEFORE)),
        at_least=get("at_least", 0),
        mark_change=MARGINS[body["mark_change"]] if "mark_change" in body else None,
        decimals=get("decimals", 0),
        published=Published(body["published"]) if "published" in body else None,
        definition=get("definition", ""),
        source=get("source", ""),
        owner=get("owner", ""),
        suppress_below=get("suppress_below"),
        category_indicators=get("indicators", {}),
        illustrative=get("illustrative", False),
    )


def categories_text(categories: tuple[str, ...]) -> str:
    """Return the one text of a cell's categories."""
    return json.dumps(categories, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=4096)  # every month has the same categories
def _read_categories(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def breakdown_figures(found: Iterable[Row]) -> list[BreakdownFigure]:
    """Read rows of `breakdown_figure`."""
    return [
        BreakdownFigure(
            breakdown,
            PERIODS[period],
            _read_categories(categories),
            version,
            Counted(
                None if count is None else Decimal(count),
                None if denominator is None else Decimal(denominator),
                rows.STATUSES[status],
                note,
                illustrative == 1,
                as_published,
                source,
            ),
            rows.stamp(who, at, known, why),
        )
        for (
            breakdown,
            period,
            categories,
            version,
            count,
            denominator,
            status,
            note,
            illustrative,
            as_published,
            source,
            who,
            at,
            known,
            why,
        ) in found
    ]  # fmt: skip - one line a group of columns
