"""Reviews as JSON and flat CSV, in the shapes that docs/commands.md promises."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from outcome_tracker.core.commentary import explained
from outcome_tracker.core.interval import interval_of
from outcome_tracker.core.number import plain
from outcome_tracker.core.target import as_written
from outcome_tracker.core.text import clean
from outcome_tracker.core.to_green import separation
from outcome_tracker.core.to_green_wording import THE_COUNCIL, THIS_PLAN, THIS_THEME, separation_text, to_green_text
from outcome_tracker.exchange import area_data, as_json
from outcome_tracker.exchange.csv_out import to_csv
from outcome_tracker.tracker.overview import themes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from outcome_tracker.core.commentary import Commentary, Explained
    from outcome_tracker.core.figure import Figure
    from outcome_tracker.core.indicator import Council, Tier
    from outcome_tracker.core.interval import Interval
    from outcome_tracker.core.scorecard import Counts, DueLine, Row, Tally
    from outcome_tracker.core.seal import Addendum
    from outcome_tracker.core.target import Goal
    from outcome_tracker.exchange.as_json import Json
    from outcome_tracker.tracker.review import IndicatorReview, Past, Review


NONE: Mapping[str, Sequence[Addendum]] = {}


def json_text(data: object) -> str:
    """Return JSON for people and programs, letters as they are."""
    return json.dumps(_cleaned(data), ensure_ascii=False, indent=2) + "\n"


def csv_text(rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> str:
    """Return CSV with these columns."""
    return to_csv(columns, rows)


def _cleaned(data: object) -> object:
    match data:
        case str():
            return data if data.isprintable() else clean(data, lines=True)
        case dict():
            return {key: _cleaned(value) for key, value in data.items()}
        case list():
            return [_cleaned(item) for item in data]
        case _:
            return data


def summary(
    review: Review,
    commentary: Iterable[Commentary],
    tier: Tier | None = None,
    addenda: Mapping[str, Sequence[Addendum]] = NONE,
) -> Json:
    """Return a summary; `tier` is which indicators the review was narrowed to.

    `addenda` are what came after a plan's period was signed off, by the plan's code.
    """
    from outcome_tracker.cli.signing_data import sign_off

    said = tuple(commentary)
    return {
        "period": review.period.code,
        "as_at": review.as_at.isoformat(),
        "council": {
            **as_json.counts(review.counts, explained(review.rows, said)),
            "to_green": as_json.separation(review.rows, THE_COUNCIL),
        },
        "plans": [
            {
                "code": p.plan.code,
                "plan": p.plan.title,
                "theme": p.plan.theme or None,
                **as_json.counts(p.counts, explained(p.rows, said)),
                "to_green": as_json.separation(p.rows, THIS_PLAN),
                "sign_off": sign_off(p.progress, addenda.get(p.plan.code, ())),
            }
            for p in review.plans
        ],
        "tier": tier.value if tier else None,
        "themes": [
            {
                "theme": theme.name,
                "plans": [p.plan.code for p in theme.plans],
                **as_json.counts(theme.counts, explained(theme.rows, said)),
                "to_green": as_json.separation(theme.rows, THIS_THEME),
            }
            for theme in themes(review)
        ],
    }


def summary_rows(review: Review, commentary: Iterable[Commentary]) -> list[dict[str, object]]:
    """Return a summary as rows: the council (whose code is empty), then the plans."""
    said = tuple(commentary)
    start = {"period": review.period.code, "as_at": review.as_at.isoformat()}
    council = {"code": "", "plan": review.council.name, "theme": ""}
    return [
        {
            **council,
            **start,
            **_counts(review.counts, explained(review.rows, said)),
            "to_green": separation_text(separation(review.rows), THE_COUNCIL),
        },
        *(
            {
                "code": p.plan.code,
                "plan": p.plan.title,
                "theme": p.plan.theme,
                **start,
                **_counts(p.counts, explained(p.rows, said)),
                "to_green": separation_text(separation(p.rows), THIS_PLAN),
            }
            for p in review.plans
        ),
    ]


def _counts(counts: Counts, said: Explained) -> dict[str, object]:
    actions = counts.actions
    return {
        **_tally("", counts.every),
        **_tally("headline_", counts.headline),
        **_tally("wider_", counts.wider),
        "returned": counts.returned,
        "due": counts.due,
        "overdue": counts.overdue,
        "illustrative": counts.illustrative,
        "actions": actions.total,
        "actions_delivered_or_on_track": actions.delivered_or_on_track,
        "actions_share": "" if actions.share is None else plain(actions.share),
        "actions_delivered_in_year": actions.delivered_in_year,
        "actions_rephased": actions.rephased,
        "actions_overdue": actions.overdue,
        "actions_due_next": actions.due_next,
        "actions_cancelled": actions.cancelled,
        "commentary_needed": said.needed,
        "commentary_missing": said.missing,
    }


def _tally(prefix: str, tally: Tally) -> dict[str, object]:
    found: dict[str, object] = {f"{prefix}{rag.value}": count for rag, count in tally.rag.items()}
    return found | {f"{prefix}{way.value}": count for way, count in tally.direction.items()}


def scorecard_rows(rows: Sequence[Row], council: Council) -> list[dict[str, object]]:
    """Return a scorecard as rows, the council's comparators in columns of their own."""
    return [{**_row(row), **_comparators(row, council)} for row in rows]


def scorecard_columns(rows: Sequence[Mapping[str, object]], council: Council) -> list[str]:
    """Return the columns of `scorecard_rows`, which stand also where there is no row."""
    return list(rows[0]) if rows else ["code", "title", "plan", *council.comparators]


def _row(row: Row) -> dict[str, object]:
    from outcome_tracker.exchange.signal_data import flat

    indicator, content, travel = row.indicator, row.figure.content, row.travel
    return {
        "code": indicator.code,
        "title": indicator.title,
        "plan": row.plan.code,
        "tier": indicator.tier.value,
        "owner": indicator.owner,
        "unit": indicator.unit.code,
        "period": row.reporting.code,
        "figure_period": row.figure.period.code if content else "",
        "value": _number(row.figure.value),
        "numerator": _number(content.numerator if content else None),
        "denominator": _number(content.denominator if content else None),
        "status": content.status.value if content else "",
        "note": (content.note if content else "") or row.figure.note,
        "illustrative": row.illustrative,
        **bounds("target", row.target.goal if row.target else None, indicator.decimals),
        "target_profiled": bool(row.target and row.target.profiled),
        "tolerance": indicator.tolerance.code,
        "rag": row.rag.value if row.rag else "",
        "rag_reason": row.rag_reason.value if row.rag_reason else "",
        "to_green": row.to_green if row.to_green is not None else "",
        "to_green_text": to_green_text(row),
        "direction": row.direction.value if row.direction else "",
        "direction_reason": travel.reason if travel else "",
        "compared_period": travel.period.code if travel and travel.period else "",
        "compared_value": _number(travel.earlier if travel else None),
        "short_term": row.short_term.direction.value if row.short_term else "",
        "long_term": row.long_term.direction.value if row.long_term else "",
        **_limits(row.interval),
        **area_data.flat(row.position),
        **flat(row),
        "published_value": content.as_published if content else "",
        "published_rag": content.published_rag if content else "",
        "published_direction": content.published_direction if content else "",
    }


def _comparators(row: Row, council: Council) -> dict[str, object]:
    found = {b.benchmark.comparator: b for b in row.benchmarks}
    columns: dict[str, object] = {}
    for name in council.comparators:
        compared = found.get(name)
        columns[name] = _number(compared.value if compared else None)
        columns[f"{name} period"] = compared.benchmark.period.code if compared else ""
        columns[f"{name} verdict"] = compared.verdict.value if compared and compared.verdict else ""
        columns[f"{name} tested"] = bool(compared and compared.tested)
    return columns


def _limits(found: Interval | None) -> dict[str, object]:
    shown = found.rounded(as_json.LIMIT_PLACES) if found else None
    return {
        "interval_lower": _number(shown.lower if shown else None),
        "interval_upper": _number(shown.upper if shown else None),
    }


def bounds(name: str, goal: Goal | None, decimals: int) -> dict[str, object]:
    """Return the two columns of a target: its number, and a range's upper bound."""
    lower, upper, *_ = [*(plain(as_written(n, decimals)) for n in (goal.numbers if goal else ())), "", ""]
    return {name: lower, f"{name}_upper": upper}


def _number(number: Decimal | None) -> str:
    return "" if number is None else plain(number)


def indicator(review: IndicatorReview) -> Json:
    """Return everything about one indicator."""
    from outcome_tracker.cli.areas_data import areas
    from outcome_tracker.exchange.signal_data import points

    return {
        **as_json.row(review.row),
        "history": [past(review, p) for p in review.history],
        "revisions": [_version(v) for v in review.versions],
        "commentary": [
            {"period": c.period.code, "section": c.section, "author": c.author or None, "text": c.text}
            for c in review.commentary
        ],
        "spc": points(review.chart, review.row.indicator),
        **areas(review.areas),
    }


def past(review: IndicatorReview, found: Past) -> Json:
    """Return one period of an indicator's history."""
    return as_json.measured(found.figure, found.target, found.rag, review.row.indicator)


def history_rows(review: IndicatorReview) -> list[dict[str, object]]:
    """Return an indicator's history as rows."""
    from outcome_tracker.exchange.signal_data import flat_point

    charted = {point.period: point for point in review.chart.points}
    indicator, rows = review.row.indicator, []
    for found in review.history:
        measured = past(review, found)
        goal = measured.pop("target")
        bounds = goal if isinstance(goal, list) else [goal]
        value = _number(found.figure.value)
        ends = {"target": bounds[0], "target_upper": bounds[1] if len(bounds) > 1 else None}
        interval = _limits(interval_of(found.figure.content, indicator.unit))
        spc = flat_point(charted.get(found.figure.period), indicator)
        rows.append({"code": indicator.code, **measured, "value": value, **ends, **interval, **spc})
    return rows


HISTORY_COLUMNS = (
    "code",
    "period",
    "value",
    "numerator",
    "denominator",
    "status",
    "absent",
    "note",
    "illustrative",
    "target",
    "target_upper",
    "rag",
    "interval_lower",
    "interval_upper",
    "spc_value",
    "spc_mean",
    "spc_lower",
    "spc_upper",
    "spc_type",
    "spc_reason",
)  # fmt: skip - as one reads a heading


def _version(figure: Figure) -> Json:
    content, stamp = figure.content, figure.stamp
    return {
        "period": figure.period.code,
        "version": figure.version,
        "value": as_json.number(content.value),
        "numerator": as_json.number(content.numerator),
        "denominator": as_json.number(content.denominator),
        "status": content.status.value,
        "note": content.note or None,
        "illustrative": content.illustrative,
        "source": content.source or None,
        "warning": figure.warning or None,
        "who": stamp.who,
        "at": stamp.at.isoformat(timespec="seconds"),
        "known": stamp.known.isoformat(),
        "why": stamp.why or None,
    }


def due(line: DueLine) -> dict[str, object]:
    """Return a figure that has not been returned."""
    return {
        "code": line.indicator.code,
        "title": line.indicator.title,
        "plan": line.plan.code,
        "owner": line.indicator.owner or None,
        "period": line.period.code,
        "due": line.due.isoformat(),
        "overdue": line.overdue,
    }


DUE_COLUMNS = ("code", "title", "plan", "owner", "period", "due", "overdue")
