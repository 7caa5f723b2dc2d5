from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.collecting_wording import asked_for, progress_bar, when_due
from outcome_tracker.core.indicator import Indicator
from tests.core.making import DAYS, FAMILIES, POUNDS, RATE, RATIO, REPEATS

TODAY = date(2019, 4, 15)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-1000, "overdue since 19 Jul 2016"),
        (-1, "overdue since 14 Apr 2019"),
        (0, "due today"),
        (1, "due tomorrow"),
        (2, "due in 2 days"),
        (1400, "due in 1,400 days"),
    ],
)
def test_how_far_off_a_day_is(days: int, said: str) -> None:
    assert when_due(TODAY + timedelta(days), TODAY) == said


@pytest.mark.parametrize(
    ("done", "total", "bar"),
    [
        (0, 4, "────"),
        (1, 4, "▬───"),
        (1, 400, "▬───"),
        (399, 400, "▬▬▬─"),
        (4, 4, "▬▬▬▬"),
        (0, 0, "────"),
    ],
)
def test_a_bar(done: int, total: int, bar: str) -> None:
    assert progress_bar(done, total, 4) == bar


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.integers(2, 40))
def test_a_bar_is_full_only_when_all_is_done_and_empty_only_when_nothing_is(part: tuple[int, int], width: int) -> None:
    done, total = part
    bar = progress_bar(done, total, width)
    assert len(bar) == width
    assert ("─" not in bar) == (done == total)
    assert ("▬" not in bar) == (done == 0)


@pytest.mark.parametrize(
    ("indicator", "said"),
    [
        (
            REPEATS,
            "Please give the numerator (children) and the denominator (children starting a plan), or a percentage.",
        ),
        (
            replace(REPEATS, denominator=""),
            "Please give the numerator (children) and the denominator, or a percentage.",
        ),
        (
            replace(REPEATS, unit=RATE, numerator="", denominator=""),
            "Please give the numerator and the denominator, or a rate per 10,000.",
        ),
        (
            replace(REPEATS, unit=RATIO, denominator=""),
            "Please give the numerator (children) and the denominator, or a ratio.",
        ),
        (FAMILIES, "Please give a number."),
        (replace(FAMILIES, numerator="families"), "Please give a number (families)."),
        (replace(FAMILIES, unit=POUNDS), "Please give an amount in pounds."),
        (replace(FAMILIES, unit=DAYS), "Please give a number of days."),
        (
            replace(FAMILIES, unit=DAYS, numerator="days waited", denominator="visits"),
            "Please give the numerator (days waited) and the denominator (visits), or a number of days.",
        ),
    ],
)
def test_what_an_owner_is_asked_for(indicator: Indicator, said: str) -> None:
    assert asked_for(indicator) == said
