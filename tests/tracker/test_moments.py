"""When something was saved, in words."""

from datetime import UTC, datetime

from outcome_tracker.tracker.moments import day_of, moment


def test_in_summer_the_day_begins_an_hour_before_it_does_in_utc() -> None:
    late = datetime(2019, 5, 30, 23, 30, tzinfo=UTC)
    assert day_of(late) == "31 May 2019"
    assert moment(late) == "31 May 2019 00:30"
    assert moment(datetime(2019, 1, 9, 23, 30, tzinfo=UTC)) == "9 Jan 2019 23:30"
