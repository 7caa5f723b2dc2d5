"""Reviewing targets: for every target in force what is known about it, read in one go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outcome_tracker.core.comparators import published
from outcome_tracker.core.past import Held, outturn_years
from outcome_tracker.core.ranking import ranking
from outcome_tracker.core.strip import of_authorities
from outcome_tracker.core.target_review import Areas, Reviewed, YearEnd, reviewed
from outcome_tracker.tracker.comparing import judged, read_atlas, read_beside
from outcome_tracker.tracker.review import find_plan, history, known, past_of, review_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from outcome_tracker.core.area import AreaTable
    from outcome_tracker.core.atlas import Atlas
    from outcome_tracker.core.indicator import Council
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.scorecard import Row
    from outcome_tracker.core.strip import Strip
    from outcome_tracker.store.queries import Reader
    from outcome_tracker.tracker.review import Known
    from outcome_tracker.tracker.workspace import Workspace

YEARS = 3  # financial years whose figures are shown


@dataclass(frozen=True, slots=True)
class TargetReview:
    """What is known about the target of every indicator in force in a reporting period; context has none."""

    council: Council
    period: Period
    as_at: date
    found: tuple[Reviewed, ...]


def target_review(workspace: Workspace, period: Period | None = None, plan: str | None = None) -> TargetReview:
    """Review the targets of one plan or of all; raises `Unavailable`, also for a plan that doesn't exist."""
    with workspace.read() as reader, reader.snapshot():
        return target_review_of(reader, known(workspace, reader), period, plan)


def target_review_of(
    reader: Reader, found: Known, period: Period | None = None, plan: str | None = None
) -> TargetReview:
    """As `target_review`, of what has been read already and of the figures of all areas, which are read for it."""
    review = review_of(found, period)
    plans = review.plans if plan is None else (find_plan(review, plan),)
    rows = [row for each in plans for row in each.rows if not row.indicator.is_context]
    return TargetReview(review.council, review.period, review.as_at, reviewed_rows(reader, found, rows))


def reviewed_rows(
    reader: Reader, found: Known, rows: Iterable[Row], drawn: Collection[str] = ()
) -> tuple[Reviewed, ...]:
    """Return what is known about the targets of rows, each row with benchmarks and position from all areas' figures.

    For the indicators with the codes in `drawn` every authority is laid on a strip too, and where some are given, how
    often the target was met is told of these alone.
    """
    wanted = list(rows)
    measured = [row for row in wanted if row.indicator.code in found.measured]
    beside: dict[str, Row] = {}
    areas: dict[str, Areas] = {}
    strips: dict[str, Strip] = {}
    if measured:
        atlas = read_atlas(reader, found.council)
        for each in read_beside(reader, found, measured, atlas):
            code = each.row.indicator.code
            beside[code] = judged(found, each.row, each.benchmarks, each.position)
            if each.table:
                areas[code] = Areas(each.table.release.period, published(each.table, atlas, but=atlas.own))
                if code in drawn:
                    strips[code] = _strip(beside[code], each.table, atlas)
    told = (_reviewed(found, beside.get(row.indicator.code, row), areas, drawn) for row in wanted)
    return tuple(replace(each, strip=strips.get(each.indicator.code)) for each in told)


def _strip(row: Row, table: AreaTable, atlas: Atlas) -> Strip:
    ranked = ranking(table, None, row.indicator, atlas)
    target = row.target.goal if row.target and not row.target.profiled else None
    benchmarks = [each.benchmark for each in row.benchmarks]
    return of_authorities(row.indicator, table.release.period, ranked, benchmarks, target)


def _reviewed(found: Known, row: Row, areas: dict[str, Areas], drawn: Collection[str] = ()) -> Reviewed:
    indicator = row.indicator
    held = Held(row, found.series(indicator.code))
    years = (*outturn_years(row.reporting, YEARS), row.reporting.financial_year)
    ended = [year for year in years if year.end <= row.reporting.end][-YEARS:]
    return reviewed(
        row,
        history(found, indicator, row.reporting) if not drawn or indicator.code in drawn else (),
        [_year(held, year) for year in ended],
        areas.get(indicator.code),
    )


def _year(held: Held, year: Period) -> YearEnd:
    outturn = held.outturn(year)
    return YearEnd(year, past_of(held.row.indicator, outturn.figure), outturn.alone)
