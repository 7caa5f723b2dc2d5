"""The exceptions of a report: every Red, then what else declined, each with cause, action, owner, dates, commentary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.commentary import Subject
from outcome_tracker.core.report import Cell, Paragraph, Section
from outcome_tracker.core.report_cells import direction_cell, figure_cell, rag_cell, row_notes, table, target_cell
from outcome_tracker.core.report_matter import anchor
from outcome_tracker.core.report_text import said_blocks
from outcome_tracker.core.report_wording import NO_COMMENTARY, NO_EXCEPTIONS, NO_INDICATORS
from outcome_tracker.core.text import plural
from outcome_tracker.core.to_green_wording import to_green_text
from outcome_tracker.core.wording import lacking_text, sentence

if TYPE_CHECKING:
    from outcome_tracker.core.report import Block
    from outcome_tracker.core.report_matter import Matter, Told


def exceptions(matter: Matter) -> Section:
    """Return the part: all exceptions in a table, then each with what is said of it."""
    found = matter.exceptions
    title = "Exceptions: what is Red or requires improvement"
    if not found:
        return Section("exceptions", title, (Paragraph(NO_EXCEPTIONS if matter.told else NO_INDICATORS),))
    silent = sum(not told.said for told in found)
    is_are = "is" if len(found) == 1 else "are"
    said = (
        f"{plural(len(found), 'indicator')} {is_are} Red or {'requires' if len(found) == 1 else 'require'} improvement"
    )
    said += f"; {silent} {'has' if silent == 1 else 'have'} no commentary yet." if silent else "."
    rows = [
        (
            Cell(told.name, target=anchor("exception", told.indicator.code)),
            rag_cell(told.row),
            direction_cell(told.row),
            figure_cell(told.row.figure, told.indicator, units=True),
            target_cell(told.row.target, told.indicator, units=True),
            to_green_text(told.row),
            told.indicator.owner,
            row_notes(told),
        )
        for told in found
    ]
    every = table(
        "exceptions-list",
        "Reds first, then what else requires improvement",
        "Indicator|Rating|Direction|Figure|Target|To Green|Owner|Notes",
        rows,
        numeric="Figure|Target",
    )
    return Section("exceptions", title, (Paragraph(said, lead=True), every), tuple(_one(told) for told in found))


def _one(told: Told) -> Section:
    row = told.row
    blocks: list[Block] = [Paragraph(sentence(row, to_green_text(row, full=True)), lead=True)]
    if row.indicator.owner:
        blocks.append(Paragraph(f"Owner of the indicator: {row.indicator.owner}."))
    blocks += said_blocks(told.said) if told.said else [Paragraph(NO_COMMENTARY)]
    subject = Subject(row.plan, row, row.reporting, told.said)
    if told.said and subject.lacking:
        blocks.append(Paragraph(f"The commentary names {lacking_text(subject)}.", note=True))
    return Section(anchor("exception", row.indicator.code), told.name, tuple(blocks))
