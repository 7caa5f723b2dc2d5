"""The summary's third tab: the rating of each indicator in the last periods, and a sentence for the one chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from outcome_tracker.core import change_wording, wording
from outcome_tracker.core.period import MONTHS, Kind
from outcome_tracker.tracker.heat_map import green_shares, has_trend
from outcome_tracker.tracker.overview import OTHER
from outcome_tracker.tui.cells import ILLUSTRATIVE_SHORT, RAG_STYLE
from outcome_tracker.tui.screens.summary_lines import ALL_PLANS, Listed, one_line, theme_key
from outcome_tracker.tui.widgets.drawn import text
from outcome_tracker.tui.widgets.grid_data import GAP, Cell, Column, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from outcome_tracker.core.indicator import Tier
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.scorecard import Rating
    from outcome_tracker.tracker.heat_map import HeatMap, HeatRow

_CELL = 3  # a shape, a space and a letter
_TITLE = 34  # what titles have at least: with less of them periods are left out
_SCROLLBAR = 1


def heat_map(found: HeatMap, tier: Tier | None, width: int) -> Listed:
    """Show as many of the last periods as fit beside the titles, plan by plan."""
    rows = found.of_tier(tier).rows
    number = max(min(len(found.periods), (width - _TITLE) // (_CELL + GAP)), 1)
    periods = found.periods[-number:]
    columns = (
        Column("title", "Indicator", width=20, fill=1, priority=100),
        *(Column(p.code, _short(p), width=_CELL, priority=50 + n) for n, p in enumerate(periods)),
    )
    lines: list[Line] = []
    last = ""
    for row in rows:
        if row.plan.code != last:
            last = row.plan.code
            flag = f" {wording.ILLUSTRATIVE}" if row.plan.illustrative else ""
            lines.append(Line(f"plan {last}", heading=True, title=row.plan.title + flag, gap=bool(lines)))
        cells = dict(zip((p.code for p in periods), map(_cell, row.cells[-number:]), strict=True))
        lines.append(Line(row.indicator.code, {"title": Cell(_title(row)), **cells}))
    if not lines:
        return one_line("No such indicator counts in these periods.")
    return Listed(columns, tuple(lines), partial(cell_sentence, found), (_years(periods, width),), by_cell=True)


def _title(row: HeatRow) -> str:
    flag = f" {ILLUSTRATIVE_SHORT}" if row.illustrative and not row.plan.illustrative else ""
    return row.indicator.title + flag


def _short(period: Period) -> str:
    return MONTHS[period.number - 1] if period.kind is Kind.MONTH else period.code.rpartition(" ")[2]


def _cell(found: Rating | None) -> Cell:
    if found is None:
        return Cell()
    if found.rag is None:
        return Cell("·", "muted")
    return Cell(f"{wording.RAG_GLYPH[found.rag]} {wording.RAG_LETTER[found.rag]}", RAG_STYLE[found.rag])


def _years(periods: Sequence[Period], width: int) -> Content:
    """Draw the financial years above the first of their periods; the columns end where the table does.

    A year with one period is named only at the end, where there is room for its name: the one after it says enough.
    """
    step = _CELL + GAP
    end = width - _SCROLLBAR
    left = end - len(periods) * step + GAP
    line = ""
    for year in dict.fromkeys(period.financial_year for period in periods):
        shown = [n for n, period in enumerate(periods) if period.financial_year == year]
        if len(shown) > 1:
            line = line.ljust(left + shown[0] * step) + year.code
        elif shown[0] == len(periods) - 1:
            line = line.ljust(end - len(year.code)) + year.code
    return text((line[1:], "$quiet"))  # the line is indented by one already


def cell_sentence(found: HeatMap, code: str, column: str) -> list[tuple[str, str]]:
    """Return what is said of one indicator in one period, with the style of its rating."""
    row = next((row for row in found.rows if row.indicator.code == code), None)
    if row is None:
        return []
    cells = {period.code: (period, cell) for period, cell in zip(found.periods, row.cells, strict=True)}
    if column not in cells:
        return [(row.indicator.title, "")]
    period, cell = cells[column]
    if cell is None:
        return [(f"{row.indicator.title} did not count in {wording.period_short(period)}.", "$quiet")]
    glyph = [(f"{wording.RAG_GLYPH[cell.rag]} ", f"${RAG_STYLE[cell.rag]}")] if cell.rag else []
    stands = "" if cell.figure.period == period else f"{wording.period_short(period)}: "
    flag = f" {ILLUSTRATIVE_SHORT}" if cell.illustrative else ""
    context = "" if cell.rag else "; context, not judged"
    return [*glyph, (f"{row.indicator.title}: {stands}{wording.rated_text(cell)}{context}.{flag}", "")]


def trends(found: HeatMap, tier: Tier | None) -> dict[str, str]:
    """Return how the share Green went as bars: by plan's code, and by the keys of themes and of all plans."""
    rows = found.of_tier(tier).rows
    groups: dict[str, list[HeatRow]] = {ALL_PLANS: list(rows)}
    for row in rows:
        groups.setdefault(row.plan.code, []).append(row)
        groups.setdefault(theme_key(row.plan.theme or OTHER), []).append(row)
    shares = {key: green_shares(members) for key, members in groups.items()}
    return {key: change_wording.spark(each) for key, each in shares.items() if has_trend(each)}
