"""Rows as core's objects. Columns are named here, in the order in which the rows are read."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from outcome_tracker.core.benchmark import Benchmark
from outcome_tracker.core.commentary import Commentary, PublishedLine
from outcome_tracker.core.figure import Content, Figure, Stamp, Status
from outcome_tracker.core.milestone import Progress, Report
from outcome_tracker.store.texts import PERIODS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from outcome_tracker.store.connection import Row

STAMP = "who, at, known, why"
# Table: the columns of its key before the version, those of its content.
TABLES = {
    "figure": (
        "indicator, period",
        (
            "value, numerator, denominator, status, note, illustrative, "
            "as_published, published_rag, published_direction, source"
        ),
    ),
    "benchmark": (
        "indicator, comparator, period",
        "value, numerator, denominator, source, release, released, method",
    ),
    "milestone_report": ("milestone", "status, day, new_due, reason, source"),
    "commentary": ("subject, period, section", "author, text, source"),
    "published_line": ("plan, period, measure", "text, source"),
    "definition": ("kind, code", "body, archived"),
    "target": ("indicator, year", "body, withdrawn, reason"),
}
_STATUSES = {status.value: status for status in Status}
_PROGRESS = {progress.value: progress for progress in Progress}


def select(table: str, where: str = "") -> str:
    """Return the query for all columns of a table: key, version, content, stamp; a key's versions in order."""
    key, content = TABLES[table]
    condition = f"WHERE {where} " if where else ""
    return f"SELECT {key}, version, {content}, {STAMP} FROM {table} {condition}ORDER BY {key}, version"  # noqa: S608 - our own names


class _Stamps(dict[tuple[str, str, str, str], Stamp]):
    """Stamps by their texts: everything saved at once shares one."""

    def __missing__(self, texts: tuple[str, str, str, str]) -> Stamp:
        who, at, known, why = texts
        self[texts] = stamp = Stamp(who, datetime.fromisoformat(at), date.fromisoformat(known), why)
        return stamp


def figures(found: Iterable[Row]) -> list[Figure]:
    """Read rows of `figure`."""
    stamps = _Stamps()
    return [
        Figure(
            indicator,
            PERIODS[period],
            version,
            Content(
                None if value is None else Decimal(value),
                None if numerator is None else Decimal(numerator),
                None if denominator is None else Decimal(denominator),
                _STATUSES[status],
                note,
                illustrative == 1,
                *printed,
            ),
            stamps[who, at, known, why],
        )
        for (
            indicator,
            period,
            version,
            value,
            numerator,
            denominator,
            status,
            note,
            illustrative,
            *printed,
            who,
            at,
            known,
            why,
        ) in found
    ]  # fmt: skip - one line a group of columns


def benchmarks(found: Iterable[Row]) -> list[Benchmark]:
    """Read rows of `benchmark`."""
    stamps = _Stamps()
    return [
        Benchmark(
            indicator,
            comparator,
            PERIODS[period],
            Decimal(value),
            None if numerator is None else Decimal(numerator),
            None if denominator is None else Decimal(denominator),
            source,
            release,
            None if released is None else date.fromisoformat(released),
            method,
            version,
            stamps[who, at, known, why],
        )
        for (
            indicator,
            comparator,
            period,
            version,
            value,
            numerator,
            denominator,
            source,
            release,
            released,
            method,
            who,
            at,
            known,
            why,
        ) in found
    ]  # fmt: skip - one line a group of columns


def reports(found: Iterable[Row]) -> list[Report]:
    """Read rows of `milestone_report`."""
    stamps = _Stamps()
    return [
        Report(milestone, version, _PROGRESS[status], day, new_due, reason, source, stamps[who, at, known, why])
        for milestone, version, status, day, new_due, reason, source, who, at, known, why in found
    ]


def commentary(found: Iterable[Row]) -> list[Commentary]:
    """Read rows of `commentary`."""
    stamps = _Stamps()
    return [
        Commentary(subject, PERIODS[period], section, text, author, source, version, stamps[who, at, known, why])
        for subject, period, section, version, author, text, source, who, at, known, why in found
    ]


def published_lines(found: Iterable[Row]) -> list[PublishedLine]:
    """Read rows of `published_line`."""
    stamps = _Stamps()
    return [
        PublishedLine(plan, PERIODS[period], measure, text, source, version, stamps[who, at, known, why])
        for plan, period, measure, version, text, source, who, at, known, why in found
    ]
