"""As published, as computed, as JSON and flat CSV, in the shapes that docs/commands.md promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.cli.as_data import csv_text, json_text
from outcome_tracker.core.audit_wording import cause_text, table_text
from outcome_tracker.core.number import canonical, half_up, plain
from outcome_tracker.exchange import as_json as shapes

if TYPE_CHECKING:
    from outcome_tracker.core.audit import Claim, Difference, Table
    from outcome_tracker.exchange.as_json import Json
    from outcome_tracker.tracker.audit import Audit

COLUMNS = (
    *("plan", "code", "title", "category", "period", "kind", "printed", "computed", "exact"),
    *("numerator", "denominator", "cause", "explanation", "note", "source"),
)


def as_json(found: Audit) -> str:
    """Return how much was compared, what differs, and the tables that one cause explains."""
    return json_text(
        {
            "as_at": found.as_at.isoformat(),
            "checked": len(found.checked),
            "differences": [_difference(each) for each in found.differences],
            "tables": [_table(each) for each in found.tables],
        }
    )


def as_csv(found: Audit) -> str:
    """Return a row for each difference."""
    return csv_text([_row(each) for each in found.differences], COLUMNS)


def _difference(found: Difference) -> Json:
    claim = found.claim
    return {
        **_texts(found),
        "categories": list(found.subject.categories),
        "exact": shapes.number(half_up(claim.exact, claim.printed.decimals + 2)) if claim else None,
        "numerator": shapes.number(claim.numerator) if claim else None,
        "denominator": shapes.number(claim.denominator) if claim else None,
    }


def _row(found: Difference) -> dict[str, object]:
    claim = found.claim
    parts = (claim.numerator, claim.denominator) if claim else (None, None)
    top, bottom = ("" if part is None else canonical(part) for part in parts)
    return {
        **_texts(found),
        "category": " · ".join(filter(None, found.subject.categories)),
        "exact": plain(half_up(claim.exact, claim.printed.decimals + 2)) if claim else "",
        "numerator": top,
        "denominator": bottom,
    }


def _texts(found: Difference) -> Json:
    subject = found.subject
    return {
        "plan": subject.plan,
        "code": subject.code,
        "title": subject.title,
        "period": subject.period.code,
        "kind": found.kind.value,
        "printed": found.printed,
        "computed": found.computed,
        "cause": found.explained.cause.value,
        "explanation": cause_text(found),
        "note": subject.note,
        "source": subject.source,
    }


def _table(found: Table) -> Json:
    return {
        "code": found.subject.code,
        "title": found.subject.title,
        "period": found.subject.period.code,
        "explanation": table_text(found),
        "rows": [_cell(claim) for claim in found.claims],
    }


def _cell(claim: Claim) -> Json:
    percent = "%" * claim.printed.percent
    return {
        "categories": list(claim.subject.categories),
        "printed": claim.printed.text,
        "computed": f"{claim.computed:f}{percent}",
        "differs": not claim.agrees,
    }
