from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.indicator import Council
from outcome_tracker.core.retention import MONTHS, Retention, retention_of, superfluous

NOW = datetime(2020, 1, 15, 10)  # noqa: DTZ001 - the wall clock's time, as in the names


def going(*days: str, keep: int = 2) -> list[str]:
    return superfluous({day: datetime.fromisoformat(day) for day in days}, keep, NOW)


def test_the_newest_stay() -> None:
    assert going("2020-01-11", "2020-01-12", "2020-01-13", "2020-01-14") == ["2020-01-11", "2020-01-12"]
    assert going("2020-01-11", "2020-01-12", keep=2) == []
    assert going("2020-01-14", "2020-01-13", "2020-01-12", keep=1) == ["2020-01-12", "2020-01-13"]


def test_the_last_of_each_month_of_a_year_stays() -> None:
    days = ["2019-01-31", "2019-02-01", "2019-02-28", "2019-12-01", "2019-12-31", "2020-01-14"]
    assert going(*days, keep=1) == ["2019-01-31", "2019-02-01", "2019-12-01"]


def test_what_was_made_at_the_same_moment_counts_by_its_order() -> None:
    at = datetime(2018, 1, 1)  # noqa: DTZ001 - as above
    assert superfluous({"first": at, "second": at}, 1, NOW) == ["first"]


@given(st.lists(st.integers(0, 1200), max_size=40), st.integers(1, 35))
def test_no_more_stay_than_promised_and_the_newest_always_does(ages: list[int], keep: int) -> None:
    made = {n: NOW - timedelta(days=age) for n, age in enumerate(ages)}
    gone = superfluous(made, keep, NOW)
    stay = made.keys() - set(gone)
    assert min(keep, len(made)) <= len(stay) <= keep + MONTHS
    assert not made or max(made.values()) in {made[n] for n in stay}
    assert superfluous({n: made[n] for n in stay}, keep, NOW) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, Retention(30, on_leaving=True)),
        ({"backups": {"keep": 5}}, Retention(5, on_leaving=True)),
        ({"backups": {"on_leaving": False}}, Retention(30, on_leaving=False)),
    ],
)
def test_what_council_yaml_says_holds(said: dict[str, object], expected: Retention) -> None:
    assert retention_of(Council("Testshire", "E10000001", "South", ("England",), extra=said)) == expected


def test_before_plan_files_are_applied_the_defaults_hold() -> None:
    assert retention_of(None) == Retention()
