"""Changes and heat maps as JSON and flat CSV, in the shapes that docs/commands.md promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.cli.as_data import csv_text, json_text
from outcome_tracker.core.changes import Change
from outcome_tracker.core.number import plain
from outcome_tracker.core.target import as_written
from outcome_tracker.exchange import as_json

if TYPE_CHECKING:
    from decimal import Decimal

    from outcome_tracker.core.changes import Changed, Revised
    from outcome_tracker.core.scorecard import Rating, Row
    from outcome_tracker.exchange.as_json import Json
    from outcome_tracker.tracker.changes import Changes
    from outcome_tracker.tracker.heat_map import HeatMap, HeatRow


def changes_json(found: Changes) -> str:
    """Return every indicator in force in either period with what it was and is, and the revised figures."""
    return json_text(
        {
            "period": found.period.code,
            "compared_with": found.before.code,
            "counts": {change.value: found.counts[change] for change in Change},
            "changes": [_changed(each) for each in found.changed],
            "revised": [_revised(each) for each in found.revised],
        }
    )


def _changed(found: Changed) -> Json:
    indicator = found.indicator
    return {
        "code": indicator.code,
        "title": indicator.title,
        "plan": found.plan.code,
        "tier": indicator.tier.value,
        "change": found.change.value,
        "before": _side(found.before),
        "after": _side(found.after),
    }


def _side(row: Row | None) -> Json | None:
    return None if row is None else {**rating(row), "direction": row.direction.value if row.direction else None}


def rating(found: Rating) -> Json:
    """Return an indicator's figure, target and rating in a reporting period."""
    return {
        "period": found.reporting.code,
        "figure_period": found.figure.period.code if found.figure.content is not None else None,
        "value": as_json.number(found.figure.value),
        "target": as_json.target(found.target, found.indicator.decimals),
        "rag": found.rag.value if found.rag else None,
        "rag_reason": found.rag_reason.value if found.rag_reason else None,
        "illustrative": found.illustrative,
    }


def _revised(found: Revised) -> Json:
    return {
        "code": found.indicator.code,
        "title": found.indicator.title,
        "plan": found.plan.code,
        "period": found.after.period.code,
        "before": as_json.number(found.before.value),
        "after": as_json.number(found.after.value),
        "known": found.stamp.known.isoformat(),
        "who": found.stamp.who,
        "why": found.stamp.why or None,
    }


_CHANGE_COLUMNS = ("code", "title", "plan", "tier", "change", "period", "compared_with")
_SIDE_COLUMNS = ("rag", "rag_reason", "direction", "value", "target", "target_upper", "illustrative")


def changes_csv(found: Changes) -> str:
    """Return an indicator a row, both sides in columns; a revised figure is a row whose change is `revised`."""
    columns = (*_CHANGE_COLUMNS, *(f"{side}_{name}" for side in ("before", "after") for name in _SIDE_COLUMNS))
    rows = [
        {
            **{name: value for name, value in _changed(each).items() if name in _CHANGE_COLUMNS},
            "period": found.period.code,
            "compared_with": found.before.code,
            **_flat("before", each.before),
            **_flat("after", each.after),
        }
        for each in found.changed
    ]
    rows += [
        {
            **{name: value for name, value in _revised(each).items() if name in {"code", "title", "plan"}},
            "tier": each.indicator.tier.value,
            "change": "revised",
            "period": each.after.period.code,
            "compared_with": "",
            "before_value": _number(each.before.value),
            "after_value": _number(each.after.value),
        }
        for each in found.revised
    ]
    return csv_text(rows, columns)


def _flat(side: str, row: Row | None) -> dict[str, object]:
    if row is None:
        return {}
    return {
        f"{side}_rag": row.rag.value if row.rag else "",
        f"{side}_rag_reason": row.rag_reason.value if row.rag_reason else "",
        f"{side}_direction": row.direction.value if row.direction else "",
        f"{side}_value": _number(row.figure.value),
        f"{side}_illustrative": row.illustrative,
        **{f"{side}_{name}": value for name, value in _bounds(row).items()},
    }


def _bounds(found: Rating) -> dict[str, object]:
    goal = [plain(as_written(n, found.indicator.decimals)) for n in found.target.goal.numbers] if found.target else []
    return {"target": goal[0] if goal else "", "target_upper": goal[1] if len(goal) > 1 else ""}


def _number(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


def heat_map_json(found: HeatMap) -> str:
    """Return the periods and every indicator's rating in each; null where it did not count."""
    return json_text(
        {
            "period": found.periods[-1].code,
            "periods": [period.code for period in found.periods],
            "indicators": [
                {**_named(row), "cells": [rating(cell) if cell else None for cell in row.cells]} for row in found.rows
            ],
        }
    )


def _named(row: HeatRow) -> Json:
    indicator = row.indicator
    return {
        "code": indicator.code,
        "title": indicator.title,
        "plan": row.plan.code,
        "tier": indicator.tier.value,
    }


def heat_map_csv(found: HeatMap) -> str:
    """Return an indicator a row with a column a period: its rating, `context`, or nothing where it did not count."""
    codes = [period.code for period in found.periods]
    rows = []
    for row in found.rows:
        ratings = [(cell.rag.value if cell.rag else "context") if cell else "" for cell in row.cells]
        rows.append({**_named(row), "illustrative": row.illustrative, **dict(zip(codes, ratings, strict=True))})
    return csv_text(rows, ("code", "title", "plan", "tier", "illustrative", *codes))
