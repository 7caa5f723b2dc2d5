"""Exports: what is current as rows of the CSV files that the imports read, and the audit trail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcome_tracker.core.area import current
from outcome_tracker.core.figure import Status, texts, value_of
from outcome_tracker.core.number import canonical
from outcome_tracker.core.period import Kind
from outcome_tracker.exchange import csv_in
from outcome_tracker.exchange.open_data.periods import plain_text
from outcome_tracker.tracker.published import held, noted_cells, noted_figures, published, warnings
from outcome_tracker.tracker.review import known
from outcome_tracker.tracker.roles import check_small_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from outcome_tracker.core.area import NeighbourList
    from outcome_tracker.core.breakdown import BreakdownFigure
    from outcome_tracker.core.figure import Figure, Stamp
    from outcome_tracker.core.indicator import Agreed
    from outcome_tracker.core.period import Period
    from outcome_tracker.store.queries import Reader
    from outcome_tracker.tracker.workspace import Workspace

Rows = tuple["Sequence[str]", "Iterator[dict[str, str]]"]
AREAS = (
    *("indicator", "area", "area_name", "region", "period", "value", "numerator", "denominator"),
    *("source", "release", "released"),
)
AUDIT = ("at", "who", "what", "key", "version", "old", "new", "why", "known")


@dataclass(frozen=True, slots=True)
class Exported:
    """The columns and rows of an export, and where notes in it say a number that is hidden."""

    columns: Sequence[str]
    rows: Iterator[dict[str, str]]
    warnings: tuple[str, ...] = ()


def export(workspace: Workspace, reader: Reader, kind: str, *, published: bool = False) -> Exported:
    """Return an export; `published` hides small numbers, so that no import takes it.

    Raises `Unavailable` where small numbers are in it and the user is not one of the council's officers.
    """
    if published:
        return _PUBLIC[kind](workspace, reader)
    if kind in _COUNTS:
        instead = "Add --published" if kind in _PUBLIC else "Ask an officer"
        check_small_numbers(reader, workspace.user, instead)
    return Exported(*_EVERY[kind](reader, workspace.as_at))


def _figure(figure: Figure) -> dict[str, str]:
    return {
        "indicator": figure.indicator,
        "period": figure.period.code,
        **texts(figure.content),
        "released": _known(figure.stamp),
    }


def _public_figures(workspace: Workspace, reader: Reader) -> Exported:
    """Return figures as a report shows them: a value's further decimals could tell a count that it is a share of."""
    everything = held(workspace, reader, known(workspace, reader))
    shown = published(everything)
    indicators = {i.code: i for plan in shown.found.agreed.plans for i in plan.indicators}

    def row(figure: Figure) -> dict[str, str]:
        value = value_of(figure.content, indicators[figure.indicator])
        return _marked({**_figure(figure), "value": _number(value)}, "value")

    figures = (figure for code in sorted(shown.found.figures) for figure in _in_order(shown.found.figures[code]))
    columns = (*csv_in.FIGURES.every, csv_in.HIDDEN)
    return Exported(columns, map(row, figures), warnings(everything, shown, noted_figures(shown)))


def _in_order(series: Mapping[Period, Figure]) -> list[Figure]:
    """Return an indicator's figures, the earliest first."""
    return [series[period] for period in sorted(series, key=lambda each: (each.end, each.months))]


def _public_breakdowns(workspace: Workspace, reader: Reader) -> Exported:
    everything = held(workspace, reader, known(workspace, reader))
    shown = published(everything)
    columns, rows = _cells(reader.agreed(workspace.as_at), shown.cells)
    marked = (_marked(row, "count") for row in rows)
    return Exported((*columns, csv_in.HIDDEN), marked, warnings(everything, shown, noted_cells(shown)))


def _marked(row: dict[str, str], column: str) -> dict[str, str]:
    """Return a row of a published export, where `[c]` stands for a number that is hidden, as the standard has it."""
    if row["status"] != Status.SUPPRESSED.value:
        return row
    return {**row, column: "[c]", csv_in.HIDDEN: "hidden"}


def _benchmarks(reader: Reader, as_at: date | None) -> Iterator[dict[str, str]]:
    for found in reader.benchmarks(as_at=as_at):
        yield {
            "indicator": found.indicator,
            "comparator": found.comparator,
            "period": found.period.code,
            "value": canonical(found.value),
            "numerator": _number(found.numerator),
            "denominator": _number(found.denominator),
            "source": found.source,
            "release": found.release,
            "released": found.released.isoformat() if found.released else "",
            "method": found.method,
        }


def _areas(reader: Reader, as_at: date | None) -> Iterator[dict[str, str]]:
    """Yield the figures of all areas, every release as corrected last; with `as_at` only those that were out."""
    areas = reader.areas()
    kinds = {i.code: i.kind for plan in reader.agreed(archived=True).plans for i in plan.indicators}
    for indicator in sorted(reader.measured_everywhere()):
        held = current(reader.area_releases([indicator])[indicator]).values()
        out = [e for e in held if as_at is None or e.released is None or e.released <= as_at]
        for release in sorted(out, key=lambda each: (each.period.end, each.period.start, each.release)):
            table = reader.area_tables([release])[release.number]
            for code, figure in sorted(table.figures.items()):
                yield {
                    "indicator": indicator,
                    "area": code,
                    "area_name": areas[code].name,
                    "region": areas[code].region,
                    "period": plain_text(release.period, kinds.get(indicator, Kind.QUARTER)),
                    "value": figure.marker if figure.value is None else canonical(figure.value),
                    "numerator": _number(figure.numerator),
                    "denominator": _number(figure.denominator),
                    "source": release.source,
                    "release": release.release,
                    "released": release.released.isoformat() if release.released else "",
                }


def _milestones(reader: Reader, as_at: date | None) -> Iterator[dict[str, str]]:
    for report in reader.milestone_reports(as_at=as_at):
        yield {
            "milestone": report.milestone,
            "status": report.status.value,
            "date": report.day,
            "new_due": report.new_due,
            "reason": report.reason,
            "source": report.source,
            "known": _known(report.stamp),
        }


def _commentary(reader: Reader, as_at: date | None) -> Iterator[dict[str, str]]:
    for found in reader.commentary(as_at=as_at):
        if not found.text.strip():
            continue  # a section that was cleared: a file has no row for it
        yield {
            "subject": found.subject,
            "period": found.period.code,
            "section": found.section,
            "author": found.author,
            "text": found.text,
            "source": found.source,
            "date": _known(found.stamp),
        }


def _published(reader: Reader, _: date | None) -> Iterator[dict[str, str]]:
    for found in reader.published_lines():
        yield {
            "plan": found.plan,
            "period": found.period.code,
            "measure": found.measure,
            "text": found.text,
            "source": found.source,
            "date": _known(found.stamp),
        }


def _neighbours(reader: Reader, _: date | None) -> Rows:
    """Return every list of every release; a file has as many columns as the longest list has neighbours."""
    lists = [each for name in reader.neighbour_releases() for _, each in sorted(reader.neighbour_lists(name).items())]
    most = max((len(each.neighbours) for each in lists), default=1)
    places = [(f"SN_{place}", f"SN_{place}_P") for place in range(1, most + 1)]

    def row(found: NeighbourList) -> dict[str, str]:
        cells = {"release": found.release, "source": found.source, "dfe_code": found.authority}
        for (number, closeness), each in zip(places, found.neighbours, strict=False):
            cells |= {number: each.dfe_code, closeness: each.closeness}
        return cells

    return ("release", "source", "dfe_code", *(name for pair in places for name in pair)), map(row, lists)


def _breakdowns(reader: Reader, as_at: date | None) -> Rows:
    return _cells(reader.agreed(as_at), reader.breakdown_figures(as_at=as_at))


def _cells(agreed: Agreed, cells: Iterable[BreakdownFigure]) -> Rows:
    """Return every cell, each with the columns of its own dimensions; what no plan file declares any more has none."""
    from outcome_tracker.tracker.breakdown_imports import columns  # its checks are not everybody's

    places = {breakdown.code: (place, breakdown.dimensions) for place, breakdown in enumerate(agreed.breakdowns)}
    figures = [cell for cell in cells if cell.breakdown in places]
    figures.sort(key=lambda each: (places[each.breakdown][0], each.period.end, each.categories))

    def row(figure: BreakdownFigure) -> dict[str, str]:
        content = figure.content
        return {
            "breakdown": figure.breakdown,
            "period": figure.period.code,
            **dict(zip(places[figure.breakdown][1], figure.categories, strict=True)),
            "count": _number(content.count),
            "denominator": _number(content.denominator),
            "as_published": content.as_published,
            "status": content.status.value,
            "note": content.note,
            "illustrative": "yes" if content.illustrative else "",
            "published_in": content.source,
            "released": _known(figure.stamp),
        }

    return columns(agreed).every, map(row, figures)


def _audit(reader: Reader, as_at: date | None) -> Iterator[dict[str, str]]:
    day = "9999" if as_at is None else as_at.isoformat()
    return (change for change in reader.audit() if change["known"] <= day)


def _known(stamp: Stamp | None) -> str:
    return stamp.known.isoformat() if stamp else ""


def _number(number: Decimal | None) -> str:
    return "" if number is None else canonical(number)


_EVERY: dict[str, Callable[[Reader, date | None], Rows]] = {
    "figures": lambda reader, as_at: (csv_in.FIGURES.every, map(_figure, reader.figures(as_at=as_at))),
    "benchmarks": lambda reader, as_at: (csv_in.BENCHMARKS.every, _benchmarks(reader, as_at)),
    "areas": lambda reader, as_at: (AREAS, _areas(reader, as_at)),
    "milestones": lambda reader, as_at: (csv_in.MILESTONES.every, _milestones(reader, as_at)),
    "commentary": lambda reader, as_at: (csv_in.COMMENTARY.every, _commentary(reader, as_at)),
    "published": lambda reader, as_at: (csv_in.PUBLISHED.every, _published(reader, as_at)),
    "neighbours": _neighbours,
    "breakdowns": _breakdowns,
    "audit": lambda reader, as_at: (AUDIT, _audit(reader, as_at)),
}
_PUBLIC: dict[str, Callable[[Workspace, Reader], Exported]] = {
    "figures": _public_figures,
    "breakdowns": _public_breakdowns,
}
# What may hold small numbers: those of figures and tables, and what people say of them.
_COUNTS = {"figures", "breakdowns", "commentary", "published", "audit"}
KINDS, PUBLIC_KINDS = tuple(_EVERY), tuple(_PUBLIC)
