"""Rows as core's objects. Columns are named here, in the order in which the rows are read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from outcome_tracker.core.benchmark import Benchmark
from outcome_tracker.core.commentary import Commentary, PublishedLine
from outcome_tracker.core.figure import Content, Figure, Stamp, Status
from outcome_tracker.core.milestone import Progress, Report
from outcome_tracker.core.period import Period
from outcome_tracker.core.signoff import Act, Event
from outcome_tracker.store.texts import PERIOD_TEXTS, PERIODS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from outcome_tracker.store.connection import Row

STAMP = "who, at, known, why"
# Table: the columns of its key before the version, those of its content.
TABLES = {
    "figure": (
        "indicator, period",
        (
            "value, numerator, denominator, status, note, illustrative, "
            "as_published, published_rag, published_direction, source, warning"
        ),
    ),
    "benchmark": (
        "indicator, comparator, period",
        "value, numerator, denominator, source, release, released, method",
    ),
    "breakdown_figure": (
        "breakdown, period, categories",
        "count, denominator, status, note, illustrative, as_published, source",
    ),
    "milestone_report": ("milestone", "status, day, new_due, reason, source"),
    "commentary": ("subject, period, section", "author, text, source"),
    "published_line": ("plan, period, measure", "text, source"),
    "definition": ("kind, code", "body, archived"),
    "target": ("indicator, year", "body, withdrawn, reason"),
    "area": ("code", "name, level, region, dfe_code"),
    "area_release": ("indicator, period, release", "source, released, restated"),
    "neighbour_list": ("release, authority", "neighbours, source"),
    "sign_off": ("plan, period", "action, seal, sealed, line"),
}
STATUSES = {status.value: status for status in Status}
_ACTS = {act.value: act for act in Act}
_PROGRESS = {progress.value: progress for progress in Progress}


def select(table: str, where: str = "") -> str:
    """Return the query for all columns of a table: key, version, content, stamp; a key's versions in order."""
    key, content = TABLES[table]
    condition = f"WHERE {where} " if where else ""
    return f"SELECT {key}, version, {content}, {STAMP} FROM {table} {condition}ORDER BY {by(key)}, version"  # noqa: S608 - our own names


def by(columns: str) -> str:
    """Return what orders by columns of text as Python does, not as people in the server's country would."""
    return ", ".join(f"{column} COLLATE BINARY" for column in columns.split(", "))


@lru_cache(maxsize=1024)
def stamp(who: str, at: str, known: str, why: str) -> Stamp:
    """Read the columns of a stamp: everything saved at once shares one."""
    return Stamp(who, datetime.fromisoformat(at), date.fromisoformat(known), why)


class Series(Mapping[Period, Figure]):
    """An indicator's current figures by period. A row becomes a `Figure` when it is asked for: most never are."""

    __slots__ = ("_figures", "_rows")

    def __init__(self) -> None:
        self._rows: dict[str, Row] = {}
        self._figures: dict[str, Figure] = {}

    def add(self, row: Row) -> None:
        """Take a row of `figure`; a later version takes an earlier one's place."""
        self._rows[row[1]] = row

    def __getitem__(self, period: Period) -> Figure:
        text = PERIOD_TEXTS[period]
        found = self._figures.get(text)
        if found is None:
            if text not in self._rows:
                raise KeyError(period)
            self._figures[text] = found = figure(self._rows[text])
        return found

    def __iter__(self) -> Iterator[Period]:
        return (PERIODS[text] for text in self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def figure(row: Row) -> Figure:
    """Read a row of `figure`."""
    (
        indicator,
        period,
        version,
        value,
        numerator,
        denominator,
        status,
        note,
        illustrative,
        as_published,
        published_rag,
        published_direction,
        source,
        warning,
        who,
        at,
        known,
        why,
    ) = row  # fmt: skip - one line a group of columns
    content = Content(
        None if value is None else Decimal(value),
        None if numerator is None else Decimal(numerator),
        None if denominator is None else Decimal(denominator),
        STATUSES[status],
        note,
        illustrative == 1,
        as_published,
        published_rag,
        published_direction,
        source,
    )
    return Figure(indicator, PERIODS[period], version, content, stamp(who, at, known, why), warning)


def benchmarks(found: Iterable[Row]) -> list[Benchmark]:
    """Read rows of `benchmark`."""
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
            stamp(who, at, known, why),
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
    return [
        Report(milestone, version, _PROGRESS[status], day, new_due, reason, source, stamp(who, at, known, why))
        for milestone, version, status, day, new_due, reason, source, who, at, known, why in found
    ]


def as_recorded(found: Iterable[Row]) -> list[Row]:
    """Return rows of `commentary` by subject and period, the sections in the order of their first versions."""
    every = list(found)
    first: dict[Row, str] = {}
    for subject, period, section, *_, at, _, _ in every:
        first.setdefault((subject, period, section), at)
    return sorted(every, key=lambda row: (row[0], row[1], first[row[:3]]))


def commentary(found: Iterable[Row]) -> list[Commentary]:
    """Read rows of `commentary`."""
    return [
        Commentary(subject, PERIODS[period], section, text, author, source, version, stamp(who, at, known, why))
        for subject, period, section, version, author, text, source, who, at, known, why in found
    ]


def published_lines(found: Iterable[Row]) -> list[PublishedLine]:
    """Read rows of `published_line`."""
    return [
        PublishedLine(plan, PERIODS[period], measure, text, source, version, stamp(who, at, known, why))
        for plan, period, measure, version, text, source, who, at, known, why in found
    ]


def events(found: Iterable[Row]) -> list[Event]:
    """Read rows of `sign_off`."""
    return [
        Event(plan, PERIODS[period], version, _ACTS[action], stamp(who, at, known, why), seal, sealed, line)
        for plan, period, version, action, seal, sealed, line, who, at, known, why in found
    ]
