"""Breakdowns as JSON and flat CSV, in the shapes that docs/commands.md promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.cli.as_data import csv_text, json_text
from outcome_tracker.core.breakdown_table_wording import heading, notes, reason_text
from outcome_tracker.core.number import half_up, plain
from outcome_tracker.exchange import as_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal
    from fractions import Fraction

    from outcome_tracker.core.breakdown_amount import Amount
    from outcome_tracker.core.breakdown_table import BreakdownTable, Line
    from outcome_tracker.exchange.as_json import Json
    from outcome_tracker.tracker.breakdowns import Listed, Shown

_LIST = ("code", "title", "plan", "dimensions", "frequency", "basis", "total", "latest")
_CONTENT = ("count", "denominator", "earlier", "change", "marked", "share", "status", "as_published", "illustrative")


def list_json(found: Sequence[Listed]) -> str:
    """Return every breakdown that is declared."""
    return json_text([_declared(each) for each in found])


def list_csv(found: Sequence[Listed]) -> str:
    """Return the same, a row a breakdown."""
    rows = [{**_declared(each), "dimensions": ", ".join(each.breakdown.dimensions)} for each in found]
    return csv_text(rows, _LIST)


def _declared(each: Listed) -> Json:
    breakdown = each.breakdown
    return {
        "code": breakdown.code,
        "title": breakdown.title,
        "plan": breakdown.plan,
        "dimensions": list(breakdown.dimensions),
        "frequency": breakdown.frequency.value,
        "basis": breakdown.basis.value,
        "total": breakdown.total or None,
        "latest": each.periods[-1].code if each.periods else None,
    }


def table_json(shown: Shown) -> str:
    """Return a breakdown in a period; percentages at its decimals."""
    found = shown.table
    breakdown = found.breakdown
    others = found.others
    return json_text(
        {
            "code": breakdown.code,
            "title": breakdown.title,
            "plan": breakdown.plan,
            "dimensions": list(breakdown.dimensions),
            "as_at": shown.as_at.isoformat(),
            "period": found.period.code,
            "periods": [period.code for period in found.later],
            "compared_with": [period.code for period in found.earlier],
            "twelve_months": found.twelve_months,
            "heading": heading(found),
            "rows": [_row(found, line) for line in found.lines],
            "others": others
            and {
                "number": others.number,
                "count": as_json.number(others.later),
                "earlier": as_json.number(others.earlier),
                "change": _percent(found, others.change),
                "without_count": others.hidden,
            },
            "total": found.total and {**_row(found, found.total), "total_of": found.total_of.value},
            "cells": [
                {**_named(found, categories), **_amount(amount)} for categories, amount in found.cross.cells.items()
            ]
            if found.cross
            else None,
            "notes": notes(found),
        }
    )


def _named(found: BreakdownTable, categories: tuple[str, ...]) -> Json:
    """Return the category of each dimension; null is the total over it."""
    pairs = zip(found.breakdown.dimensions, categories, strict=True)
    return {"categories": {dimension: category or None for dimension, category in pairs}}


def _row(found: BreakdownTable, line: Line) -> Json:
    return {
        **_named(found, line.categories),
        **_amount(line.later),
        "denominator": as_json.number(line.later.denominator),
        "earlier": as_json.number(line.earlier.count),
        "earlier_reason": reason_text(line.earlier) or None,
        "change": _percent(found, line.change),
        "marked": line.marked,
        "share": _percent(found, line.share),
        "as_published": line.later.as_published or None,
        "published_in": line.later.source or None,
    }


def _amount(amount: Amount) -> Json:
    return {
        "count": as_json.number(amount.count),
        "status": amount.status.value,
        "reason": reason_text(amount) or None,
        "illustrative": amount.illustrative,
    }


def _percent(found: BreakdownTable, percent: Fraction | None) -> int | float | None:
    return as_json.number(_rounded(found, percent))


def _rounded(found: BreakdownTable, percent: Fraction | None) -> Decimal | None:
    return None if percent is None else half_up(percent, found.breakdown.decimals)


def table_csv(shown: Shown) -> str:
    """Return a breakdown in a period, a row a category; the total's categories are empty."""
    found = shown.table
    rows = [_flat(found, line) for line in (*found.lines, *([found.total] if found.total else []))]
    return csv_text(rows, ("breakdown", "period", *found.breakdown.dimensions, *_CONTENT))


def _flat(found: BreakdownTable, line: Line) -> dict[str, object]:
    change, share = _rounded(found, line.change), _rounded(found, line.share)
    return {
        "breakdown": found.breakdown.code,
        "period": found.period.code,
        **dict(zip(found.breakdown.dimensions, line.categories, strict=True)),
        "count": _plain(line.later.count),
        "denominator": _plain(line.later.denominator),
        "earlier": _plain(line.earlier.count),
        "change": _plain(change),
        "marked": line.marked,
        "share": _plain(share),
        "status": line.later.status.value,
        "as_published": line.later.as_published,
        "illustrative": line.later.illustrative,
    }


def _plain(number: Decimal | None) -> str:
    return "" if number is None else plain(number)
