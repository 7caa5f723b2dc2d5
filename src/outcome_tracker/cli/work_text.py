"""What is still to do as text: figures not returned, by owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.cli import marked
from outcome_tracker.cli.output import RED, heading, named, styled, table
from outcome_tracker.cli.summary_text import title
from outcome_tracker.core import wording
from outcome_tracker.core.collecting_wording import when_due
from outcome_tracker.tracker.collection import by_owner, by_plan

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from outcome_tracker.core.scorecard import DueLine
    from outcome_tracker.tracker.collection import Share
    from outcome_tracker.tracker.review import Review


def due_lines(review: Review, width: int) -> list[str]:
    """Return what has not been returned, by owner, the earliest due first; then how much is in, by owner and plan."""
    found = due_heading(review)
    for share in by_owner(review.due):
        if share.waiting:
            rows = [_due(line) for line in share.waiting]
            headings = ("Due", "", "Code", "Measure", "Period")
            found += ["", *named(share.title, width), *table(headings, rows, width, title=3)]
    return [*found, *share_lines(review, "owner", width), *share_lines(review, "plan", width)]


def due_heading(review: Review) -> list[str]:
    """Return the first lines: what it is, and how much of everything is in."""
    return [*title(review, "Figures to return"), wording.returned_line(review.counts)]


def share_lines(review: Review, name: str, width: int) -> list[str]:
    """Return how much is in, by `owner` or `plan`, counted in indicators and in figures."""
    rows = [_share(share, review.as_at) for share in shares_by(name, review.due)]
    columns = (name.capitalize(), "Indicators in", "Figures in", "Overdue", "Next due")
    shown = table(columns, rows, width, right="Indicators in|Figures in|Overdue")
    return ["", heading(f"By {name}"), *shown] if rows else []


def shares_by(name: str, lines: Iterable[DueLine]) -> tuple[Share, ...]:
    """Return the shares by `owner` or `plan`."""
    return by_owner(lines) if name == "owner" else by_plan(lines)


def _share(share: Share, as_at: date) -> tuple[str, ...]:
    counts = share.counts
    return (
        share.title + f" {wording.ILLUSTRATIVE}" * share.illustrative,
        f"{counts.returned} of {counts.due}",
        f"{share.figures_in} of {len(share.lines)}",
        str(counts.overdue),
        when_due(share.next_due, as_at).removeprefix("due ") if share.next_due else "",
    )


def _due(line: DueLine) -> tuple[str, ...]:
    when = styled("overdue", RED) if line.overdue else "due"
    period = wording.period_short(line.period)
    return marked.day(line.due), when, line.indicator.code, line.indicator.title, period
