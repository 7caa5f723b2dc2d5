"""The heat map as text: plan by plan, a line an indicator, a column a period."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from outcome_tracker.cli import marked
from outcome_tracker.cli.output import BOLD, named, paragraph, styled, table
from outcome_tracker.core import wording
from outcome_tracker.core.number import half_up
from outcome_tracker.core.period import MONTHS, Kind
from outcome_tracker.tracker.heat_map import green_shares

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from outcome_tracker.core.period import Period
    from outcome_tracker.core.scorecard import Rating
    from outcome_tracker.tracker.heat_map import HeatMap, HeatRow

_CELL, _GAP, _TITLE = 4, 2, 24  # the widths of a rating or percentage, between columns, and of titles at least
_KEY = "● G Green, ▲ A Amber, ■ R Red, ◌ M in measurement, · context, blank: did not count then."


def lines(found: HeatMap, width: int, narrowed: str = "") -> list[str]:
    """Return the ratings; where not all periods fit beside codes and titles, they continue in another table.

    `narrowed` says behind the title what is left out.
    """
    shown = [styled(f"Heat map, {_span(found.periods)}{narrowed}", BOLD), *paragraph(_KEY, width)]
    if not found.rows:
        return [*shown, "", "No indicator counts in these periods."]
    room = width - max(len(row.indicator.code) for row in found.rows) - _TITLE
    most = max(room // (_CELL + _GAP), 1)
    for plan, rows in groupby(found.rows, key=lambda row: row.plan):
        members = list(rows)
        flag = f" {wording.ILLUSTRATIVE}" if plan.illustrative else ""
        shown += ["", *named(f"{plan.code} {plan.title}{flag}", width)]
        for start in range(0, len(found.periods), most):
            shown += _table(found, members, slice(start, start + most), width, alone=most >= len(found.periods))
    return shown


def _table(found: HeatMap, rows: Sequence[HeatRow], part: slice, width: int, *, alone: bool) -> list[str]:
    """Return some of the periods of a plan's indicators; unless they are all it says which."""
    periods = found.periods[part]
    shares = green_shares(rows)[part]
    cells = [(row.indicator.code, _title(row), *map(_rated, row.cells[part])) for row in rows]
    if any(share is not None for share in shares):
        cells.append(("", "Green of those rated", *(_percent(share) for share in shares)))
    heads = [MONTHS[p.number - 1] if p.kind is Kind.MONTH else p.code.rpartition(" ")[2] for p in periods]
    return [*([] if alone else [_span(periods)]), *table(("Code", "Measure", *heads), cells, width, title=1)]


def _span(periods: Sequence[Period]) -> str:
    ends = [wording.period_short(period) for period in (periods[0], periods[-1])]
    return " to ".join(dict.fromkeys(ends))


def _title(row: HeatRow) -> str:
    flag = f" {wording.ILLUSTRATIVE}" if row.illustrative and not row.plan.illustrative else ""
    return row.indicator.title + flag


def _rated(found: Rating | None) -> str:
    if found is None:
        return ""
    if found.rag is None:
        return "·"
    return styled(f"{wording.RAG_GLYPH[found.rag]} {wording.RAG_LETTER[found.rag]}", marked.RAG_STYLE[found.rag])


def _percent(share: Fraction | None) -> str:
    return "" if share is None else f"{half_up(share * 100, 0)}%"
