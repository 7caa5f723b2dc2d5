"""The summary as text: the three questions, what needs a decision, the plans, and what was published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.cli import marked
from outcome_tracker.cli.output import BOLD, cells, facts, heading, named, padded, paragraph, spaced, styled, table
from outcome_tracker.core import wording
from outcome_tracker.core.commentary import explained
from outcome_tracker.core.direction import Direction
from outcome_tracker.core.rag import Rag
from outcome_tracker.core.text import plural
from outcome_tracker.core.to_green import separation
from outcome_tracker.core.to_green_wording import THE_COUNCIL, THIS_PLAN, separation_text
from outcome_tracker.tracker.overview import overdue_by_owner, themes
from outcome_tracker.tracker.review import exceptions, published_ratings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from outcome_tracker.core.commentary import Commentary
    from outcome_tracker.core.indicator import Tier
    from outcome_tracker.core.scorecard import Counts, DueLine, Row, Tally
    from outcome_tracker.core.seal import Addendum
    from outcome_tracker.tracker.review import PlanReview, Review

MOST_DECISIONS = 20  # on a summary; the worst come first
NONE: Mapping[str, Sequence[Addendum]] = {}


def lines(
    review: Review,
    commentary: Iterable[Commentary],
    width: int,
    tier: Tier | None = None,
    addenda: Mapping[str, Sequence[Addendum]] = NONE,
) -> list[str]:
    """Return the summary; `tier` is which indicators the review was narrowed to.

    `addenda` are what came after a plan's period was signed off, by the plan's code.
    """
    said = [c for c in commentary if c.period == review.period and c.text.strip()]
    told = {c.subject for c in said}
    what = "Outcome plans" + (f" · {tier} indicators only" if tier else "")
    sections = [title(review, what), _signed(review, addenda, width)]
    sections += [_questions(review, said, width), _decisions(review, told, width)]
    sections += [_plans(review, width, tiers=tier is None), _to_green(review, width), _published(review, width)]
    return [line for n, section in enumerate(s for s in sections if s) for line in ([""] if n else []) + section]


def title(review: Review, what: str) -> list[str]:
    """Return a text's first lines: the council, what it is, the period and the day."""
    return [
        styled(f"{review.council.name} · {what}", BOLD),
        f"{review.period.label} · as at {marked.day(review.as_at)}",
    ]


def _signed(review: Review, addenda: Mapping[str, Sequence[Addendum]], width: int) -> list[str]:
    """Return how far each plan's sign-off is, and what came later; nothing of plans of which nothing was done."""
    if not any(plan.progress for plan in review.plans):
        return []
    from outcome_tracker.core.seal_wording import addendum_text
    from outcome_tracker.core.signoff_wording import progress_text

    found = [heading("Sign-off")]
    for plan in review.plans:
        if plan.progress is not None:
            found += paragraph(f"{plan.plan.code} {progress_text(plan.progress)}", width, indent="  ")
            for each in addenda.get(plan.plan.code, ()):
                found += paragraph(f"+ {addendum_text(each)}", width, first="  ", indent="    ")
    return found


def _questions(review: Review, said: Iterable[Commentary], width: int) -> list[str]:
    counts = review.counts
    answers = [
        (wording.QUESTION_TARGETS, marked.rag_line(counts.every.rag)),
        (wording.QUESTION_DIRECTION, wording.direction_line(counts.every.direction)),
        (wording.QUESTION_ACTIONS, wording.actions_line(counts.actions)),
        ("Are the figures in?", wording.returned_line(counts) + _by_owner(review.due)),
        ("Commentary", wording.commentary_line(explained(review.rows, said))),
    ]
    invented = marked.how_many_invented(counts)
    margin = max(cells(question) for question, _ in answers) + 3
    if margin + max(cells(answer) for _, answer in answers) <= width:
        found = [padded(question, margin) + answer for question, answer in answers]
        found[1:1] = [" " * margin + invented] if invented else []
        return found
    found = []
    for question, answer in answers:
        found += [question, *spaced(answer, width, "  ")]
        if question == wording.QUESTION_TARGETS and invented:
            found += spaced(invented, width, "  ")
    return found


def _by_owner(due: Iterable[DueLine]) -> str:
    owners = overdue_by_owner(due)
    return f" ({', '.join(f'{owner} {count}' for owner, count in owners)})" if owners else ""


def _decisions(review: Review, told: set[str], width: int) -> list[str]:
    found = [heading("Needs a decision")]
    rows = exceptions(review.rows)
    if not rows:
        return [*found, "Nothing is Red and nothing has declined." if review.rows else "No indicator is in force."]
    shown = [_decision(row, told) for row in rows[:MOST_DECISIONS]]
    found += rows_table(shown, width)
    if more := len(rows) - len(shown):
        found.append(f"and {more:,} more: `outcome-tracker scorecard` lists every indicator.")
    return found


def _decision(row: Row, told: set[str]) -> tuple[str, ...]:
    said = [marked.notes(row), "" if row.indicator.code in told else "no commentary yet"]
    return (*row_cells(row), " · ".join(part for part in said if part))


def rows_table(found: Sequence[Sequence[str]], width: int) -> list[str]:
    """Return a table of `row_cells`; the spaces keep its first columns equally wide from table to table."""
    columns = ("Rating ", "Direction ", "Code", "Measure", "Figure", "Target")
    return table(columns, found, width, right="Figure|Target", title=3)


def row_cells(row: Row) -> tuple[str, ...]:
    """Return the cells of one indicator: rating, direction, code, title, figure, target."""
    indicator = row.indicator
    return (
        marked.rag(row.rag),
        wording.direction_label(row.direction),
        indicator.code,
        indicator.title,
        wording.value_text(row.figure.value, indicator.unit),
        wording.ABSENT if row.target is None else wording.goal_text(row.target.goal, indicator),
    )


def _plans(review: Review, width: int, *, tiers: bool) -> list[str]:
    ratings = [wording.RAG_LETTER[rag] for rag in Rag]
    ways = [wording.DIRECTION_GLYPH[way] for way in Direction]
    columns = ("Plan", *ratings, *ways, "Actions", "Figures")
    found: list[tuple[str, ...]] = []
    grouped = themes(review)
    for theme in grouped:
        found += _counted(f"Theme: {theme.name}", theme.counts, tiers=tiers and len(theme.plans) > 1)
        found += [row for plan in theme.plans for row in _plan(plan, tiers=tiers)]
    if not grouped:
        found += [row for plan in review.plans for row in _plan(plan, tiers=tiers)]
    if len(review.plans) > 1:
        found += _counted("All plans", review.counts, tiers=tiers)
    right = "|".join(columns[1:])
    return [heading("Plans"), *table(columns, found, width, right=right)] if found else []


def _plan(plan: PlanReview, *, tiers: bool) -> list[tuple[str, ...]]:
    return _counted(f"{plan.plan.code} {plan.plan.title}", plan.counts, tiers=tiers)


def _counted(name: str, counts: Counts, *, tiers: bool) -> list[tuple[str, ...]]:
    """Return the counts of all and, with `tiers`, of headline and of wider indicators; those made up are said below."""
    share = counts.actions.share
    actions = wording.ABSENT if share is None else f"{share}%"
    every = (name, *_numbers(counts.every), actions, f"{counts.returned}/{counts.due}")
    each = [("headline", counts.headline), ("wider", counts.wider)] if tiers else []
    below = [(f"\u00a0\u00a0{tier}", *_numbers(tally), "", "") for tier, tally in each]
    return [(*every, marked.how_many_invented(counts)), *below]


def _numbers(tally: Tally) -> list[str]:
    return [str(tally.rag[rag]) for rag in Rag] + [str(tally.direction[way]) for way in Direction]


def _to_green(review: Review, width: int) -> list[str]:
    """Return what separates each plan, and where there are several the council, from all Green."""
    pairs = [(plan.plan.code, separation_text(separation(plan.rows), THIS_PLAN)) for plan in review.plans]
    if len(pairs) > 1:
        pairs.append(("All plans", separation_text(separation(review.rows), THE_COUNCIL)))
    found = facts(pairs, width)
    return [heading("What would make all Green"), *found] if found else []


def _published(review: Review, width: int) -> list[str]:
    found: list[str] = []
    for plan in review.plans:
        if plan.published:
            found += [heading("As published, as computed"), *named(f"{plan.plan.code} {plan.plan.title}", width)]
            found += facts(_beside_computed(plan), width)
    return found


def _beside_computed(plan: PlanReview) -> list[tuple[str, str]]:
    """Return every line as the source printed it, the ratings first, with what the rules give below it."""
    counts = plan.counts
    computed = {
        "ratings": marked.rag_line(counts.every.rag),
        "headline ratings": marked.rag_line(counts.headline.rag),
        "directions": wording.direction_line(counts.every.direction),
        "headline directions": wording.direction_line(counts.headline.direction),
        "actions": wording.actions_line(counts.actions),
        "actions delivered": f"{plural(counts.actions.delivered_in_year, 'milestone')} delivered this year",
    }
    pairs = []
    for line in sorted(plan.published, key=lambda p: p.measure != "ratings"):
        text = line.text
        if line.measure == "ratings" and (counted := published_ratings(plan)):
            text += f" ({wording.printed_text(counted[1], plan.printed)})"
        pairs += [(line.measure.capitalize(), text), ("\u00a0\u00a0computed", computed.get(line.measure, ""))]
    return pairs
