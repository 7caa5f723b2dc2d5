"""Reviews: what is read for one period is enough, and the order in which exceptions come."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from outcome_tracker.core.period import parse_reporting_period
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.tracker.review import (
    commentary_on,
    exceptions,
    find_plan,
    indicator_review,
    known,
    known_for,
    published_ratings,
    review,
    review_of,
)
from outcome_tracker.tracker.workspace import Workspace, open_workspace

PERIODS = [
    "2015-16 Q4",
    "2016-17 Q1",
    "2017-18 Q2",
    "2018-19 Q1",
    "2018-19 Q3",
    "2018-19 Q4",
    "2019-20 Q1",
    "2018-12",
    "2019-03",
]


def opened(folder: Path, as_at: date | None = None) -> Workspace:
    return open_workspace(folder, user="Jo", now=lambda: datetime(2020, 1, 15, 10, tzinfo=UTC), as_at=as_at)


@pytest.mark.parametrize("as_at", [None, date(2018, 1, 1), date(2019, 4, 20), date(2019, 5, 31)])
def test_what_is_read_for_a_period_gives_the_same_review_as_everything(demo: Path, as_at: date | None) -> None:
    workspace = opened(demo, as_at)
    with workspace.read() as reader:
        everything = known(workspace, reader)
        for text in [*PERIODS, None]:
            period = parse_reporting_period(text) if text else None
            assert review_of(known_for(workspace, reader, period), period) == review_of(everything, period)


def test_exceptions_are_reds_first_then_what_declined(demo: Path) -> None:
    found = review(opened(demo))
    assert [row.indicator.code for row in exceptions(found.rows)] == [
        "SAFE-01",
        "SAFE-05",
        "EARLY-06",
        "SAFE-02",
        "SAFE-08",
        "EARLY-08",
    ]


def test_the_published_line_and_how_many_measures_it_counts(demo: Path) -> None:
    safe, early = review(opened(demo)).plans
    assert published_ratings(safe) == ("Green – 4; Amber – 3; Red – 8; M – 3", 18)
    assert published_ratings(early) is None
    assert safe.printed == 8


def test_counts_of_plans_add_up_to_those_of_the_council(demo: Path) -> None:
    for text in PERIODS:
        found = review(opened(demo), parse_reporting_period(text))
        for rag, number in found.counts.every.rag.items():
            assert number == sum(plan.counts.every.rag[rag] for plan in found.plans)
            assert number == found.counts.headline.rag[rag] + found.counts.wider.rag[rag]
        assert sum(found.counts.every.rag.values()) == sum(found.counts.every.direction.values())


def test_plans_and_indicators_are_found_in_any_case(demo: Path) -> None:
    assert find_plan(review(opened(demo)), "safe").plan.code == "SAFE"
    assert indicator_review(opened(demo), "safe-01").row.indicator.code == "SAFE-01"
    with pytest.raises(Unavailable, match="Did you mean 'SAFE-01'"):
        indicator_review(opened(demo), "SAFE-001")


def test_versions_and_commentary_are_those_known_on_the_day(demo: Path) -> None:
    assert len(commentary_on(opened(demo), "SAFE")) > len(commentary_on(opened(demo, date(2019, 5, 30)), "SAFE")) == 0
    versions = indicator_review(opened(demo, date(2019, 10, 30)), "SAFE-01").versions
    assert max(version.stamp.known for version in versions) == date(2019, 5, 31)
