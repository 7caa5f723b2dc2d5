"""As published, as computed, as text: by plan, each difference with its likely cause, tables as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.cli import marked
from outcome_tracker.cli.output import BOLD, facts, named, paragraph, styled, table
from outcome_tracker.core import audit_wording as wording
from outcome_tracker.core.audit import Kind
from outcome_tracker.core.wording import period_short

if TYPE_CHECKING:
    from outcome_tracker.core.audit import Claim, Difference, Subject, Table
    from outcome_tracker.core.period import Period
    from outcome_tracker.tracker.audit import Audit

_INDENT = 4


def lines(found: Audit, width: int) -> list[str]:
    """Return what differs, by plan."""
    shown = [
        styled(f"{found.council.name} · As published, as computed", BOLD),
        f"as at {marked.day(found.as_at)}",
        wording.checked_text(len(found.checked), len(found.differences)),
    ]
    whole = {(each.subject.code, each.subject.period): each for each in found.tables}
    told: set[tuple[str, Period]] = set()
    plan = ""
    for each in found.differences:
        subject = each.subject
        if subject.plan != plan:
            plan = subject.plan
            shown += ["", *named(f"{plan} {found.titles[plan]}", width)]
        key = (subject.code, subject.period)
        if key not in whole or each.kind is not Kind.CHANGE:
            shown += _difference(each, width)
        elif key not in told:
            told.add(key)
            shown += _table(whole[key], width)
    return shown


def _difference(found: Difference, width: int) -> list[str]:
    pairs = [
        ("Printed", wording.sides_text(found)),
        ("Cause", wording.cause_text(found)),
        ("Note", found.subject.note),
        ("Source", found.subject.source),
    ]
    return ["", *_heading(found.subject, width), *facts(pairs, width, indent=_INDENT)]


def _table(found: Table, width: int) -> list[str]:
    rows = [_row(claim) for claim in found.claims]
    margin = " " * _INDENT
    shown = table(
        ("Row", "Before", "Now", "Printed", "Computed"), rows, width - _INDENT, right="Before|Now|Printed|Computed"
    )
    return [
        "",
        *_heading(found.subject, width),
        *(f"{margin}{line}" for line in shown),
        *paragraph(wording.table_text(found), width, first=margin, indent=margin),
        *facts([("Source", found.subject.source)], width, indent=_INDENT),
    ]


def _row(claim: Claim) -> tuple[str, ...]:
    percent = "%" * claim.printed.percent
    computed = "agrees" if claim.agrees else f"{claim.computed:f}{percent}"
    before, now = claim.denominator or 0, claim.numerator or 0
    return (" · ".join(claim.subject.categories), f"{before:,f}", f"{now:,f}", claim.printed.text, computed)


def _heading(subject: Subject, width: int) -> list[str]:
    of = " · ".join(filter(None, subject.categories))
    title = " · ".join(filter(None, (subject.title, of, period_short(subject.period))))
    code = "" if subject.code == subject.plan else f"{subject.code} "
    return paragraph(f"{code}{title}", width, indent=" " * _INDENT)
