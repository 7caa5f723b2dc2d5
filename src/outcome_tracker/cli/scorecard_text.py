"""The scorecard as text: every indicator of every plan, headline first, with what has to be said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.cli import marked
from outcome_tracker.cli.output import BOLD, named, paragraph, spaced, styled
from outcome_tracker.cli.summary_text import row_cells, rows_table, title
from outcome_tracker.core import wording
from outcome_tracker.core.indicator import Tier
from outcome_tracker.tracker.review import published_ratings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from outcome_tracker.tracker.review import PlanReview, Review


def lines(review: Review, plans: Iterable[PlanReview], width: int) -> list[str]:
    """Return the scorecard of these plans."""
    found = title(review, "Scorecard")
    for plan in plans:
        found += ["", *_plan(plan, width)]
    if len(found) == len(title(review, "")):
        found += ["", "No plan counts in this period."]
    return found


def _plan(plan: PlanReview, width: int) -> list[str]:
    counts = plan.counts
    found = [*named(f"{plan.plan.code} {plan.plan.title}", width), marked.rag_line(counts.every.rag)]
    if invented := marked.how_many_invented(counts):
        found.append(invented)
    if published := published_ratings(plan):
        line, measures = published
        found += paragraph(f"As published: {line} ({wording.printed_text(measures, plan.printed)})", width)
    found += spaced(wording.direction_line(counts.every.direction), width)
    for tier in Tier:
        rows = [row for row in plan.rows if row.indicator.tier is tier]
        if rows:
            shown = [(*row_cells(row), marked.notes(row)) for row in rows]
            found += ["", styled(tier.value.capitalize(), BOLD), *rows_table(shown, width)]
    return found
