"""What a source printed and is not what its figures give, as an appendix of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.audit_wording import cause_text, parts_text
from outcome_tracker.core.report import Paragraph, Section
from outcome_tracker.core.report_cells import table
from outcome_tracker.core.report_grouping import of_one_work
from outcome_tracker.core.report_wording import HOW_AUDITED, of_work_text
from outcome_tracker.core.wording import period_short

if TYPE_CHECKING:
    from outcome_tracker.core.audit import Difference, Subject
    from outcome_tracker.core.report_matter import Matter


def audited(matter: Matter) -> Section | None:
    """Return the differences, each with what likely made it; None where a source printed what is computed."""
    if not matter.differences:
        return None
    work, places = of_one_work([each.subject.source for each in matter.differences])
    every = table(
        "audit-list",
        "Printed values that differ from what their parts give",
        "Measure|What|Period|Printed|Computed|From|Likely cause|Printed in",
        [_row(each, place) for each, place in zip(matter.differences, places, strict=True)],
    )
    said = " ".join(text for text in (HOW_AUDITED, of_work_text(work)) if text)
    return Section("audit", "Appendix: as published, as computed", (Paragraph(said), every))


def _row(found: Difference, place: str) -> tuple[str, ...]:
    subject = found.subject
    return (
        _name(subject),
        found.kind.value,
        period_short(subject.period),
        found.printed,
        found.computed,
        parts_text(found.claim),
        cause_text(found),
        place,
    )


def _name(subject: Subject) -> str:
    parts = ", ".join(category for category in subject.categories if category)
    return f"{subject.code} {subject.title}" + (f": {parts}" if parts else "")
