"""What is said of breakdowns and their figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.number import grouped

if TYPE_CHECKING:
    from outcome_tracker.core.breakdown import Breakdown, Counted
    from outcome_tracker.core.breakdown_sums import Disagreement


def cell_name(breakdown: Breakdown, categories: tuple[str, ...]) -> str:
    """Return what a cell is called: `Police`, `Chester, any category`, `the total`."""
    if not any(categories):
        return "the total"
    pairs = zip(breakdown.dimensions, categories, strict=True)
    return ", ".join(category or f"any {dimension}" for dimension, category in pairs)


def counted_text(content: Counted) -> str:
    """Return a count for people, or why there is none."""
    return content.status.value if content.count is None else grouped(content.count)


def refusal(content: Counted, *, multi_response: bool) -> tuple[str, str] | None:
    """Return the column of what can't be, and why; None where nothing speaks against a cell."""
    if content.status.is_absent:
        if content.count is None:
            return None
        return "status", f"A count that is {content.status} has no number; leave the count empty or change the status."
    if content.count is None:
        return "count", "The count is empty; write it (0 for none), or why it is missing under status."
    if content.denominator is not None and content.count > content.denominator and not multi_response:
        return "count", (
            f"{grouped(content.count)} of {grouped(content.denominator)} is more than 100%; correct one of them, "
            "or say multi_response: true in the plan file if a case can count several times."
        )
    return None


def disagreement_text(breakdown: Breakdown, found: Disagreement) -> str:
    """Return what does not fit together, and what to do where it can't be."""
    name = cell_name(breakdown, found.categories)
    said = f"{name[0].upper()}{name[1:]} is {grouped(found.count)}"
    parts = f"its parts by {found.dimension} add up to {grouped(found.parts)}"
    if not found.is_less:
        return f"{said}, but {parts}."
    return (
        f"{said}, less than {parts}; correct one of them, "
        "or say multi_response: true in the plan file if a case can count several times."
    )
