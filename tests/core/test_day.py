from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.day import day_text, known_text, past_day, read_only_text

TODAY = date(2019, 5, 31)


@pytest.mark.parametrize(
    "text",
    [
        "2019-05-01",
        " 1/5/2019 ",
        "01/05/2019",
        "1.5.2019",
        "1-5-2019",
        "1 May 2019",
        "1  may  2019",
        "1st May, 2019",
        "01 MAY 2019",
    ],
)
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert past_day(text, TODAY) == date(2019, 5, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 September 2018", date(2018, 9, 3)),
        ("3 Sept 2018", date(2018, 9, 3)),
        ("3 sep. 2018", date(2018, 9, 3)),
        ("28/2/2019", date(2019, 2, 28)),
        ("31 May 2019", TODAY),
    ],
)
def test_months_have_short_and_long_names_and_today_is_the_last_day(text: str, day: date) -> None:
    assert past_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "'' is not a date; write it as 31 May 2019, 31/5/2019 or 2019-05-31."),
        ("May 2019", "'May 2019' is not a date; write it as 31 May 2019, 31/5/2019 or 2019-05-31."),
        ("31 Mai 2019", "'31 Mai 2019' is not a date; write it as 31 May 2019, 31/5/2019 or 2019-05-31."),
        ("31/5/19", "'31/5/19' is not a date; write it as 31 May 2019, 31/5/2019 or 2019-05-31."),
        ("\u0663/5/2019", "'\u0663/5/2019' is not a date; write it as 31 May 2019, 31/5/2019 or 2019-05-31."),
        ("5/31/2019", "'5/31/2019' is not in the calendar; write the day before the month, as in 31/5/2019."),
        ("30 Feb 2019", "'30 Feb 2019' is not in the calendar; write the day before the month, as in 31/5/2019."),
        ("2019-02-30", "'2019-02-30' is not in the calendar; write a date as 2019-03-31."),
        ("1/6/2019", "1 Jun 2019 is yet to come; write a day up to today, 31 May 2019."),
    ],
)
def test_another_text_is_refused_with_what_to_write(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=r"write") as refused:
        past_day(text, TODAY)
    assert str(refused.value) == sentence


@given(st.dates(date(1900, 1, 1), TODAY))
def test_what_is_shown_can_be_typed(day: date) -> None:
    assert past_day(day_text(day), TODAY) == past_day(day.isoformat(), TODAY) == day
    assert past_day(f"{day.day}/{day.month}/{day.year}", TODAY) == day


@given(st.integers(1, 3000))
def test_no_day_to_come_is_taken(days: int) -> None:
    with pytest.raises(ValueError, match="is yet to come"):
        past_day(day_text(TODAY + timedelta(days)), TODAY)


def test_the_past_says_that_it_is_read_only_and_how_to_come_back() -> None:
    assert known_text(TODAY) == "as known on 31 May 2019"
    assert read_only_text("figures", TODAY) == (
        "Read-only: the figures as known on 31 May 2019; press d to come back to today, or leave out --as-at."
    )
