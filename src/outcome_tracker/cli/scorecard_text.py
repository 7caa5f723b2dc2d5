"""The scorecard as text: every indicator of every plan, headline first, with what has to be said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.cli import marked
from outcome_tracker.cli.output import BOLD, named, paragraph, spaced, styled, wrap
from outcome_tracker.cli.summary_text import row_cells, rows_table, title
from outcome_tracker.core import signal_wording, wording
from outcome_tracker.core.indicator import Tier
from outcome_tracker.core.past import outturn_years
from outcome_tracker.core.to_green import separation
from outcome_tracker.core.to_green_wording import THIS_PLAN, separation_text
from outcome_tracker.tracker.review import published_ratings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from outcome_tracker.core.past import Earlier, Held
    from outcome_tracker.core.period import Period
    from outcome_tracker.tracker.review import PlanReview, Review
    from outcome_tracker.tracker.scorecards import Chosen


def lines(
    review: Review, plans: Iterable[PlanReview], chosen: Chosen, width: int, *, history: bool = False
) -> list[str]:
    """Return the scorecard of these plans: by plan and tier, or in one table if it is sorted."""
    found = title(review, "Scorecard")
    if chosen.said:
        found += wrap(" · ".join(chosen.said), width)
    start = len(found)
    if chosen.is_sorted:
        found += ["", *_table(chosen.rows, width, history=history)] if chosen.rows else []
    else:
        for plan in plans:
            rows = [held for held in chosen.rows if held.row.plan is plan.plan]
            if rows or not chosen.said:
                found += ["", *_plan(plan, rows, width, history=history, whole=not chosen.said)]
    if len(found) == start:
        found += ["", "No indicator has all that." if chosen.said else "No plan counts in this period."]
    return found


def _plan(plan: PlanReview, rows: Sequence[Held], width: int, *, history: bool, whole: bool) -> list[str]:
    """Return a plan; its counts only where `whole`, all of its rows are shown."""
    found = named(f"{plan.plan.code} {plan.plan.title}", width)
    if plan.progress is not None:
        from outcome_tracker.core.signoff_wording import progress_text

        found += paragraph(progress_text(plan.progress), width)
    if whole:
        found += _counts(plan, width)
    for tier in Tier:
        kept = [held for held in rows if held.row.indicator.tier is tier]
        if kept:
            found += ["", styled(tier.value.capitalize(), BOLD), *_table(kept, width, history=history)]
    return found


def _counts(plan: PlanReview, width: int) -> list[str]:
    counts = plan.counts
    found = [marked.rag_line(counts.every.rag)]
    if invented := marked.how_many_invented(counts):
        found.append(invented)
    if published := published_ratings(plan):
        line, measures = published
        found += paragraph(f"As published: {line} ({wording.printed_text(measures, plan.printed)})", width)
    found += spaced(wording.direction_line(counts.every.direction), width)
    return found + wrap(separation_text(separation(plan.rows), THIS_PLAN), width)


def _table(rows: Iterable[Held], width: int, *, history: bool) -> list[str]:
    shown = []
    for held in rows:
        past = _past(held) if history else ()
        notes = " · ".join(part for part in (signal_wording.label(held.row), marked.notes(held.row)) if part)
        shown.append((*row_cells(held.row), notes, *past))
    return rows_table(shown, width)


def _past(held: Held) -> tuple[str, ...]:
    """Return the four periods before and the year ends, each behind its name."""
    before = [_named(held, each, each.figure.period) for each in held.recent()[:-1][::-1]]
    years = [_named(held, held.outturn(year), year) for year in outturn_years(held.row.reporting)[::-1]]
    return (f"before: {' · '.join(before)}", f"year ends: {' · '.join(years)}")


def _named(held: Held, earlier: Earlier, period: Period) -> str:
    text = wording.earlier_text(earlier, held.row.indicator.unit, period, flag=wording.ILLUSTRATIVE)
    reason = f" ({earlier.figure.absent})" if earlier.figure.value is None and earlier.figure.absent else ""
    return f"{wording.period_column(period)} {text}{reason}"
