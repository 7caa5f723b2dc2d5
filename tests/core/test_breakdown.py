"""What a breakdown is, the periods of its figures, and dimensions under other names."""

from dataclasses import replace

import pytest

from outcome_tracker.core.breakdown import is_renamed, parse_period
from outcome_tracker.core.indicator import Basis
from outcome_tracker.core.period import Frequency, PeriodError
from tests.core.breakdowns import APRIL, BY_SOURCE, BY_TEAM


@pytest.mark.parametrize(
    "text",
    [
        "2021-04",
        "April 2021",
        "30 April 2021",
        "12 months to 30 April 2021",
        "the 12 months to April 2021",
        "Twelve months ending 30th April 2021",
        "12 months  to the 2021-04",
    ],
)
def test_a_rolling_period_is_named_after_its_end(text: str) -> None:
    assert parse_period(text, BY_SOURCE) == APRIL


def test_twelve_months_to_a_quarters_end_are_that_quarter() -> None:
    quarterly = replace(BY_SOURCE, frequency=Frequency.QUARTERLY)
    assert parse_period("12 months to 31 March 2021", quarterly).code == "2020-21 Q4"
    with pytest.raises(PeriodError, match="'30 April 2021' does not end a quarter; write 2021-22 Q1"):
        parse_period("12 months to 30 April 2021", quarterly)


def test_twelve_months_are_no_period_of_what_is_not_rolling() -> None:
    with pytest.raises(PeriodError) as raised:
        parse_period("12 months to April 2021", replace(BY_SOURCE, basis=Basis.PERIOD))
    assert str(raised.value) == (
        "'12 months to April 2021' is 12 months, but the counts of CON-SRC are not (basis: period); "
        "write 2021-04, or another basis in the plan file."
    )


def test_a_period_of_another_kind_says_what_to_write() -> None:
    with pytest.raises(PeriodError, match="is a financial year, not a month; write 2019-03"):
        parse_period("2019-20", BY_SOURCE)


@pytest.mark.parametrize(
    ("new", "renamed"),
    [
        (("team", "category"), True),
        (("area", "category"), True),
        (("area", "kind"), True),
        (("category", "team"), False),
        (("category", "kind"), False),
        (("team",), False),
    ],
)
def test_dimensions_under_other_names_are_the_same_in_the_same_order(new: tuple[str, ...], renamed: bool) -> None:
    assert is_renamed(("team", "category"), new) is renamed


def test_the_total_over_everything_has_no_category() -> None:
    assert BY_TEAM.grand_total == ("", "")
