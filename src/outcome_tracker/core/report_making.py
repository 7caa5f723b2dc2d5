"""A report put together: its title, the facts below it, and its parts in the order in which committees read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.day import day_text
from outcome_tracker.core.report import Report
from outcome_tracker.core.report_actions import actions, following
from outcome_tracker.core.report_appendix import measures, targets
from outcome_tracker.core.report_audit import audited
from outcome_tracker.core.report_breakdowns import breakdowns
from outcome_tracker.core.report_changes import changes
from outcome_tracker.core.report_definitions import definitions
from outcome_tracker.core.report_exceptions import exceptions
from outcome_tracker.core.report_indicator import headline, wider
from outcome_tracker.core.report_lines import lines
from outcome_tracker.core.report_notes import notes
from outcome_tracker.core.report_wording import UNSUPPRESSED, illustrative_text
from outcome_tracker.core.seal_wording import broken_line
from outcome_tracker.core.signoff_wording import signature_text
from outcome_tracker.core.wording import PROVISIONAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outcome_tracker.core.report_matter import Matter


def report(matter: Matter) -> Report:
    """Return the report; small numbers are hidden in what it is made from."""
    parts = (
        *(lines, changes, exceptions, headline, wider, actions, following, breakdowns),
        *(measures, targets, audited, notes, definitions),
    )
    return Report(
        _title(matter),
        f"Performance report, {matter.period.label}",
        matter.council.name,
        tuple(_facts(matter)),
        tuple(made for part in parts if (made := part(matter)) is not None),
        " ".join(part for part in (UNSUPPRESSED if matter.unsuppressed else "", broken_line(matter.broken)) if part),
        matter.as_at,
    )


def _title(matter: Matter) -> str:
    if matter.committee:
        return f"Report to {matter.committee}"
    return matter.plans[0].plan.title if matter.is_one_plan else "Outcome plans"


def _facts(matter: Matter) -> Iterator[tuple[str, str]]:
    counts = matter.counts
    yield ("Council", matter.council.name)
    if matter.committee:
        yield ("Committee", matter.committee)
    if matter.is_one_plan:
        plan = matter.plans[0].plan
        yield ("Plan", matter.plans[0].name)
        yield from (
            (n, t) for n, t in (("Theme", plan.theme), ("Owner", plan.owner), ("Lead member", plan.lead_member)) if t
        )
    else:
        yield ("Plans", "; ".join(plan.name for plan in matter.plans) or "none in this period")
    yield ("Period", matter.period.label)
    yield ("As at", day_text(matter.as_at))
    if signed := "; ".join(_signed(matter)):
        yield ("Sign-off", signed)
    yield ("Figures in", f"{counts.returned} of {counts.due}")
    if provisional := sum(told.row.figure.provisional for told in matter.told):
        yield ("Provisional", f"{provisional} of {counts.due} figures {PROVISIONAL}")
    others = sum(bool(told.invented) and not told.row.illustrative for told in matter.told)
    if invented := illustrative_text(counts, others):
        yield ("Illustrative", invented)
    if matter.made:
        yield ("Made", matter.made)


def _signed(matter: Matter) -> Iterator[str]:
    """Yield how far each plan's sign-off is; where nothing was done nothing is said."""
    for plan in matter.plans:
        if plan.progress is not None:
            text = signature_text(plan.progress)
            yield text if matter.is_one_plan else f"{plan.plan.code} {text}"
