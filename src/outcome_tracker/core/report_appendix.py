"""The appendices of a report that list indicators: all measures, revised and proposed targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core import wording
from outcome_tracker.core.report import Cell, Paragraph, Section
from outcome_tracker.core.report_cells import direction_cell, figure_cell, rag_cell, row_notes, table, target_cell
from outcome_tracker.core.report_indicator import compared_text
from outcome_tracker.core.report_matter import anchor
from outcome_tracker.core.report_wording import NO_INDICATORS, NO_PROPOSALS
from outcome_tracker.core.target_review_wording import goal_words, place_short, rank_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outcome_tracker.core.report_matter import Matter, Told


def measures(matter: Matter) -> Section:
    """Return every indicator in one table, each comparator of the council's in a column."""
    names = [name for name in matter.council.comparators if any(_beside(told, name) for told in matter.told)]
    rows: list[tuple[Cell | str, ...]] = [
        (
            Cell(told.name, target=anchor("definition", told.indicator.code)),
            told.indicator.tier.value.capitalize(),
            figure_cell(told.row.figure, told.indicator, units=True),
            target_cell(told.row.target, told.indicator, units=True),
            rag_cell(told.row),
            direction_cell(told.row),
            compared_text(told.row),
            *(_beside(told, name) or Cell(wording.ABSENT) for name in names),
            row_notes(told),
        )
        for told in matter.told
    ]
    title = "Appendix: all measures"
    if not rows:
        return Section("measures", title, (Paragraph(NO_INDICATORS),))
    columns = ["Indicator", "Tier", "Figure", "Target", "Rating", "Direction", "Compared with", *names, "Notes"]
    numeric = "|".join(["Figure", "Target", *names])
    notes = ["A comparator's period is in brackets."] if names else []
    every = table("measures-list", "All measures", "|".join(columns), rows, numeric=numeric, notes=notes)
    return Section("measures", title, (every,))


def _beside(told: Told, name: str) -> Cell | None:
    found = next((each for each in told.row.benchmarks if each.benchmark.comparator == name), None)
    if found is None:
        return None
    value = wording.value_text(found.value, told.indicator.unit)
    return Cell(f"{value} ({found.benchmark.period.code})")


def targets(matter: Matter) -> Section:
    """Return what targets were revised and are proposed, each with its reason and who proposed it."""
    rows = [row for told in matter.told for row in (*_revised(told), *_proposed(told))]
    title = "Appendix: target revisions"
    if not rows:
        return Section("targets", title, (Paragraph(NO_PROPOSALS),))
    columns = "Indicator|Target now|Change|For|Reason|By|Among comparators"
    note = "A proposed target rates nothing until it is agreed."
    return Section(
        "targets", title, (table("targets-list", "Revised and proposed targets", columns, rows, notes=[note]),)
    )


def _revised(told: Told) -> Iterator[tuple[Cell | str, ...]]:
    indicator = told.indicator
    for revision in told.reviewed.revised:
        yield (
            told.name,
            _now(told),
            f"revised to {goal_words(revision.goal, indicator)}",
            f"from {revision.start.short}",
            revision.reason,
            revision.by,
            "",
        )


def _proposed(told: Told) -> Iterator[tuple[Cell | str, ...]]:
    indicator = told.indicator
    for proposed in told.reviewed.proposed:
        rank = rank_text(proposed.placed.position)
        where = [place_short(proposed.placed), f"would rank {rank}" if rank else ""]
        flag = f" {wording.ILLUSTRATIVE}" if proposed.target.illustrative or indicator.illustrative else ""
        yield (
            told.name,
            _now(told),
            f"proposed {goal_words(proposed.placed.goal, indicator)}{flag}",
            proposed.target.year.code,
            proposed.target.reason,
            proposed.target.by,
            ", ".join(part for part in where if part),
        )


def _now(told: Told) -> Cell:
    target = told.row.target
    text = wording.ABSENT if target is None else goal_words(target.year_end, told.indicator)
    return Cell(text)
