"""What changed since the period before, beside the reviews of both periods."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from outcome_tracker.core.changes import Change
from outcome_tracker.core.figure import Figure
from outcome_tracker.core.period import Period, parse_reporting_period
from outcome_tracker.tracker.changes import changes, changes_of
from outcome_tracker.tracker.collect import enter
from outcome_tracker.tracker.review import known, review_of
from outcome_tracker.tracker.workspace import Workspace, open_workspace

Q4 = parse_reporting_period("2018-19 Q4")
PERIODS = ["2016-17 Q1", "2017-18 Q2", "2018-19 Q3", "2018-19 Q4", "2019-20 Q1", "2019-03", "1999-00 Q1"]


def opened(folder: Path, as_at: date | None = None) -> Workspace:
    return open_workspace(folder, user="Jo", now=lambda: datetime(2019, 5, 31, 10, tzinfo=UTC), as_at=as_at)


def none(_code: str) -> Sequence[Figure]:
    return ()


@pytest.mark.parametrize("text", PERIODS)
def test_both_periods_are_rated_as_their_own_reviews_rate_them(demo: Path, text: str) -> None:
    period = parse_reporting_period(text)
    everything = known(opened(demo))
    found = changes_of(everything, period, none)
    assert (found.period, found.before) == (period, period.previous)
    now = {row.indicator.code: row for row in review_of(everything, period).rows}
    then = {row.indicator.code: row for row in review_of(everything, period.previous).rows}
    assert {c.indicator.code: c.after for c in found.changed if c.after} == now
    assert {c.indicator.code: c.before for c in found.changed if c.before} == then
    assert found.counts.total() == len(now.keys() | then.keys())


def test_what_changed_in_the_demo_s_period(demo: Path) -> None:
    found = changes(opened(demo))
    assert found.period == Q4
    turned = {c.indicator.code: c.change for c in found.changed}
    assert turned["EARLY-06"] is Change.TURNED_RED
    assert turned["EARLY-08"] is Change.TURNED_AMBER
    assert turned["EARLY-07"] is Change.CONTEXT
    assert found.changed[0].indicator.code == "EARLY-06"


def changed_later(folder: Path, period: Period) -> list[tuple[str, str, str]]:
    found = changes(opened(folder), period)
    return [(r.indicator.code, r.after.period.code, f"{r.before.value} {r.after.value}") for r in found.revised]


def test_figures_of_either_period_that_were_changed_after_they_were_due(demo: Path) -> None:
    published = ("SAFE-01", "2018-19 Q4", "16.0 15.9")  # corrected by the department in October
    assert changed_later(demo, Q4) == [published]
    enter(opened(demo), "SAFE-05", "2018-19 Q3", "60", why="recount")
    recounted = ("SAFE-05", "2018-19 Q3", "66.7 60.0")
    assert changed_later(demo, Q4) == [published, recounted]
    assert changed_later(demo, Q4.previous) == [recounted]
    assert changed_later(demo, Q4.shift(1)) == [published]
    assert changed_later(demo, Q4.shift(2)) == []


def test_what_was_not_known_on_the_day_is_not_revised(demo: Path) -> None:
    enter(opened(demo), "SAFE-05", "2018-19 Q3", "60", why="recount")
    assert [r.indicator.code for r in changes(opened(demo, date(2019, 5, 31)), Q4).revised] == ["SAFE-05"]
    assert changes(opened(demo, date(2019, 5, 30)), Q4).revised == ()


def test_only_indicators_with_changed_figures_are_looked_up(demo: Path) -> None:
    asked: list[str] = []

    def versions(code: str) -> Sequence[Figure]:
        asked.append(code)
        return ()

    enter(opened(demo), "SAFE-05", "2018-19 Q3", "60", why="recount")
    changes_of(known(opened(demo)), Q4, versions)
    assert asked == ["SAFE-01", "SAFE-05"]
