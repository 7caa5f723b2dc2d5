"""The heat map beside the scorecard of each of its periods; and the shares drawn from it."""

from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from outcome_tracker.core.period import parse_reporting_period
from outcome_tracker.core.rag import Rag
from outcome_tracker.tracker.heat_map import HeatRow, green_shares, has_trend, heat_map, heat_map_of
from outcome_tracker.tracker.review import known, review_of
from outcome_tracker.tracker.workspace import Workspace, open_workspace


def opened(folder: Path) -> Workspace:
    return open_workspace(folder, user="Jo", now=lambda: datetime(2019, 5, 31, 10, tzinfo=UTC))


@pytest.mark.parametrize("text", ["2018-19 Q4", "2020-21 Q2", "2017-18 Q1", "2019-03"])
def test_every_cell_is_the_scorecard_s_rating_of_that_period(demo: Path, text: str) -> None:
    everything = known(opened(demo))
    found = heat_map_of(everything, parse_reporting_period(text))
    assert len(found.periods) == 8
    assert found.periods[-1].code == text
    for n, period in enumerate(found.periods):
        rows = {row.indicator.code: row for row in review_of(everything, period).rows}
        cells = {row.indicator.code: row.cells[n] for row in found.rows}
        assert {code for code, cell in cells.items() if cell} == rows.keys()
        for code, row in rows.items():
            cell = cells[code]
            assert cell is not None
            assert (cell.rag, cell.rag_reason, cell.figure, cell.target, cell.illustrative) == (
                (row.rag, row.rag_reason, row.figure, row.target, row.illustrative)
            )


def test_a_share_of_green_counts_as_the_summary_does(demo: Path) -> None:
    everything = known(opened(demo))
    found = heat_map(opened(demo))
    for plan in [plan for plan in everything.agreed.plans if plan.span.covers(found.periods[-1])]:
        shares = green_shares(row for row in found.rows if row.plan.code == plan.code)
        for n, period in enumerate(found.periods):
            review = next(p for p in review_of(everything, period).plans if p.plan.code == plan.code)
            rags = review.counts.every.rag
            rated = rags[Rag.GREEN] + rags[Rag.AMBER] + rags[Rag.RED]
            assert shares[n] == (Fraction(rags[Rag.GREEN], rated) if rated >= 3 else None)


def test_of_fewer_than_three_periods_there_is_no_trend() -> None:
    half = Fraction(1, 2)
    assert not has_trend([None, half, None, half])
    assert has_trend([half, None, half, half])
    assert not has_trend(green_shares([]))


def test_a_number_of_periods_and_indicators_that_never_counted(demo: Path) -> None:
    found = heat_map(opened(demo), parse_reporting_period("2018-19 Q4"), 3)
    assert [period.code for period in found.periods] == ["2018-19 Q2", "2018-19 Q3", "2018-19 Q4"]
    before: tuple[HeatRow, ...] = heat_map(opened(demo), parse_reporting_period("1999-00 Q1")).rows
    assert before == ()
