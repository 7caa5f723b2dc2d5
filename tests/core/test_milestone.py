"""Milestones: where each stands, what is overdue or due next, and the totals of an action plan."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.indicator import Milestone
from outcome_tracker.core.milestone import (
    Actions,
    Progress,
    Report,
    Standing,
    Step,
    counts_in,
    doubts,
    due_day,
    parse_progress,
    read_due,
    refusal,
    refusals,
    stand,
    steps,
    total,
    usual_day,
)
from outcome_tracker.core.period import Period, parse
from tests.core.making import Q4, YEAR

SCOPE = Milestone("SAFE-A1.1", "Agree the scope of phase 2", "SAFE-A1", "SAFE", "2019-03-31")


def report(status: Progress, version: int = 1, day: str = "", new_due: str = "", reason: str = "") -> Report:
    return Report(SCOPE.code, version, status, day, new_due, reason)


def standing(due: str, *reports: Report, reporting: Period = Q4) -> Standing:
    return stand(replace(SCOPE, due=due), reports, reporting)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019-03-31", date(2019, 3, 31)),
        (" 2019-03-31 ", date(2019, 3, 31)),
        ("2018-19", YEAR),
        ("2018/19", YEAR),
        ("", None),
        ("  ", None),
        ("not stated", None),
    ],
)
def test_due_dates_and_years_are_read(text: str, expected: Period | date | None) -> None:
    assert read_due(text) == expected


@pytest.mark.parametrize("text", ["soon", "2018-19 Q4", "2019-02-30", "2018-20", "2019"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="neither") as refused:
        read_due(f" {text}")
    assert str(refused.value) == f"'{text}' is neither a date nor a financial year; write 2019-03-31 or 2019-20."


def test_a_year_ends_on_its_last_day() -> None:
    assert due_day("2018-19") == date(2019, 3, 31)
    assert due_day("2019-06-30") == date(2019, 6, 30)
    assert due_day("not stated") is None


def test_a_milestone_without_a_report_has_not_started() -> None:
    assert standing("2019-06-30") == Standing(
        replace(SCOPE, due="2019-06-30"), Progress.NOT_STARTED, "2019-06-30", due_next=True
    )


@pytest.mark.parametrize(
    ("due", "status", "overdue"),
    [
        ("2019-03-30", Progress.ON_TRACK, True),
        ("2019-03-31", Progress.ON_TRACK, False),  # due on the reporting date itself
        ("2019-04-01", Progress.DELAYED, False),
        ("2018-12-31", Progress.NOT_STARTED, True),
        ("2018-12-31", Progress.DELAYED, True),
        ("2018-12-31", Progress.REPHASED, True),
        ("2018-12-31", Progress.DELIVERED, False),
        ("2018-12-31", Progress.CANCELLED, False),
        ("2017-18", Progress.ON_TRACK, True),
        ("2018-19", Progress.ON_TRACK, False),
        ("not stated", Progress.DELAYED, False),
        ("", Progress.DELAYED, False),
    ],
)
def test_overdue_on_the_reporting_date(due: str, status: Progress, overdue: bool) -> None:
    assert standing(due, report(status)).overdue is overdue


@pytest.mark.parametrize(
    ("due", "reporting", "expected"),
    [
        ("2019-03-31", "2018-19 Q4", False),
        ("2019-04-01", "2018-19 Q4", True),
        ("2019-06-30", "2018-19 Q4", True),
        ("2019-07-01", "2018-19 Q4", False),
        ("2019-04-30", "2019-03", True),
        ("2019-05-01", "2019-03", False),
        # a year: when it begins, and when it ends
        ("2019-20", "2018-19 Q4", True),
        ("2019-20", "2019-20 Q1", False),
        ("2019-20", "2019-20 Q2", False),
        ("2019-20", "2019-20 Q3", True),
        ("2019-20", "2019-20 Q4", False),
        ("2018-19", "2018-19 Q4", False),
        ("", "2018-19 Q4", False),
        ("not stated", "2018-19 Q4", False),
    ],
)
def test_due_in_the_next_reporting_period(due: str, reporting: str, expected: bool) -> None:
    when = parse(reporting)
    assert standing(due, report(Progress.ON_TRACK), reporting=when).due_next is expected
    assert not standing(due, report(Progress.DELIVERED), reporting=when).due_next
    assert not standing(due, report(Progress.CANCELLED), reporting=when).due_next


def test_rephasing_keeps_the_original_date_and_every_change() -> None:
    first = report(Progress.REPHASED, 1, new_due="2019-09-30", reason="vacancy")
    between = report(Progress.ON_TRACK, 2)
    second = report(Progress.REPHASED, 3, new_due="2019-20", reason="new system")
    found = standing("2018-12-31", second, first, between)
    assert found.milestone.due == "2018-12-31"
    assert (found.status, found.due) == (Progress.REPHASED, "2019-20")
    assert found.history == (first, between, second)
    assert found.rephasings == (first, second)
    assert not found.overdue
    assert found.due_next
    on_track_again = standing("2018-12-31", first, between)
    assert (on_track_again.status, on_track_again.due) == (Progress.ON_TRACK, "2019-09-30")


@pytest.mark.parametrize(
    ("day", "delivered_in_year"),
    [
        ("2018-03-31", False),
        ("2018-04-01", True),
        ("2019-03-31", True),
        ("2019-04-01", False),
        ("2018-19", True),
        ("2017-18", False),
        ("", False),
        ("not stated", False),
    ],
)
def test_delivered_in_the_year(day: str, delivered_in_year: bool) -> None:
    assert standing("2019-03-31", report(Progress.DELIVERED, day=day)).delivered_in_year is delivered_in_year
    assert not standing("2019-03-31", report(Progress.ON_TRACK, day=day)).delivered_in_year


def test_the_year_of_a_delivery_is_that_of_the_reporting_period() -> None:
    q1 = parse("2019-20 Q1")
    assert standing("", report(Progress.DELIVERED, day="2019-04-01"), reporting=q1).delivered_in_year
    assert not standing("", report(Progress.DELIVERED, day="2019-03-31"), reporting=q1).delivered_in_year


def test_the_last_report_decides_on_delivery() -> None:
    delivered = report(Progress.DELIVERED, 1, day="2018-05-01")
    reopened = report(Progress.DELAYED, 2)
    again = report(Progress.DELIVERED, 3, day="2019-03-01")
    assert not standing("", delivered, reopened).delivered_in_year
    assert standing("", delivered, reopened, again).delivered_in_year
    assert standing("", again, delivered, reopened).status is Progress.DELIVERED


Q1 = parse("2019-20 Q1")


@pytest.mark.parametrize(
    ("status", "day", "days", "counts"),
    [
        # what holds on the last day, or before, or nobody knows when
        (Progress.ON_TRACK, "2019-03-31", 0, True),
        (Progress.DELIVERED, "2019-03-31", 0, True),
        (Progress.DELIVERED, "2018-19", 0, True),
        (Progress.DELIVERED, "", 0, True),
        (Progress.DELIVERED, "not stated", 0, True),
        # what is said while the quarter's returns come in
        (Progress.ON_TRACK, "2019-04-01", 0, False),
        (Progress.ON_TRACK, "2019-04-15", 15, True),
        (Progress.REPHASED, "2019-04-15", 15, True),
        (Progress.DELAYED, "2019-04-16", 15, False),
        (Progress.NOT_STARTED, "2019-04-15", 15, True),
        (Progress.ON_TRACK, "2019-20", 15, False),
        # what happened on a day did not happen before it
        (Progress.DELIVERED, "2019-04-01", 15, False),
        (Progress.CANCELLED, "2019-04-01", 15, False),
        (Progress.CANCELLED, "2019-03-31", 15, True),
    ],
)
def test_a_report_counts_in_a_period_unless_it_is_about_a_later_day(
    status: Progress, day: str, days: int, counts: bool
) -> None:
    assert counts_in(report(status, day=day), Q4, days) is counts


def test_an_earlier_period_shows_what_held_then_and_keeps_what_came_later_apart() -> None:
    on_track = report(Progress.ON_TRACK, 1, day="2018-12-31")
    moved = report(Progress.REPHASED, 2, day="2019-04-20", new_due="2019-09-30", reason="roof")
    delivered = report(Progress.DELIVERED, 3, day="2019-05-10")
    quarter = standing("2018-12-31", on_track, moved, delivered)
    assert (quarter.status, quarter.due, quarter.overdue) == (Progress.ON_TRACK, "2018-12-31", True)
    assert (quarter.history, quarter.later, quarter.version) == ((on_track,), (moved, delivered), 3)
    assert not quarter.delivered_in_year
    following = standing("2018-12-31", on_track, moved, delivered, reporting=Q1)
    assert (following.status, following.due, following.later) == (Progress.DELIVERED, "2019-09-30", ())
    before = standing("2018-12-31", on_track, moved, delivered, reporting=parse("2018-19 Q2"))
    assert (before.status, before.history, before.version) == (Progress.NOT_STARTED, (), 3)


def test_returns_say_how_things_stand_until_they_are_due() -> None:
    moved = report(Progress.REPHASED, 1, day="2019-04-15", new_due="2019-09-30", reason="roof")
    assert stand(SCOPE, [moved], Q4, due_days=15).status is Progress.REPHASED
    assert stand(SCOPE, [moved], Q4, due_days=14).status is Progress.NOT_STARTED
    next_day = replace(moved, day="2019-04-01")
    assert stand(SCOPE, [next_day], Q4).later == (next_day,)
    assert stand(SCOPE, [replace(moved, day="2019-03-31")], Q4).status is Progress.REPHASED


@given(
    st.lists(st.tuples(st.sampled_from(Progress), st.dates(date(2018, 1, 1), date(2019, 12, 31))), max_size=6),
    st.integers(0, 60),
)
def test_nothing_is_delivered_or_cancelled_in_a_period_before_its_day(
    said: list[tuple[Progress, date]], days: int
) -> None:
    reports = [report(status, n, day=day.isoformat()) for n, (status, day) in enumerate(said, 1)]
    for period in ("2018-19 Q1", "2018-19 Q3", "2018-19 Q4", "2019-03", "2019-20 Q1"):
        reporting = parse(period)
        found = stand(SCOPE, reports, reporting, due_days=days)
        if found.status.is_closed:
            assert found.history[-1].day <= reporting.end.isoformat()
        assert sorted((*found.history, *found.later), key=lambda r: r.version) == reports
        assert found.version == len(reports)


def test_what_is_due_later_in_a_period_that_has_not_ended_is_not_overdue_yet() -> None:
    milestone = replace(SCOPE, due="2019-05-15")
    assert not stand(milestone, [], Q1, as_at=date(2019, 5, 15)).overdue
    assert stand(milestone, [], Q1, as_at=date(2019, 5, 16)).overdue
    assert stand(milestone, [], Q1, as_at=date(2020, 1, 1)).overdue
    assert not stand(replace(SCOPE, due="2019-06-30"), [], Q1, as_at=date(2020, 1, 1)).overdue


def test_each_step_says_what_it_changed() -> None:
    first = report(Progress.NOT_STARTED, 1, reason="waits for the grant")
    moved = report(Progress.REPHASED, 2, new_due="2019-20", reason="roof")
    noted = report(Progress.REPHASED, 3, new_due="2019/20", reason="roof mended")
    on_track = report(Progress.ON_TRACK, 4, reason="work has begun")
    again = report(Progress.ON_TRACK, 5)
    assert steps(SCOPE, [again, noted, first, moved, on_track]) == (
        Step(first, "2019-03-31", "2019-03-31", moves=False, is_note=True),
        Step(moved, "2019-03-31", "2019-20", moves=True, is_note=False),
        Step(noted, "2019-20", "2019/20", moves=False, is_note=True),
        Step(on_track, "2019/20", "2019/20", moves=False, is_note=False),
        Step(again, "2019/20", "2019/20", moves=False, is_note=False),
    )
    assert steps(SCOPE, []) == ()


def test_a_note_on_a_rephased_milestone_is_no_rephasing() -> None:
    moved = report(Progress.REPHASED, 1, new_due="not stated", reason="roof")
    noted = report(Progress.REPHASED, 2, new_due="not stated", reason="roof mended")
    found = standing("", moved, noted)
    assert (found.status, found.due, found.rephasings) == (Progress.REPHASED, "not stated", (moved,))


def test_totals() -> None:
    every = [
        standing("2019-06-30", report(Progress.ON_TRACK)),
        standing("2018-12-31", report(Progress.DELIVERED, day="2018-12-01")),
        standing("2018-12-31", report(Progress.DELIVERED, day="2017-12-01")),
        standing("2018-12-31", report(Progress.DELAYED)),
        standing("2018-12-31", report(Progress.REPHASED, new_due="2019-20")),
        standing("2018-12-31", report(Progress.CANCELLED)),
        standing(""),
    ]
    assert total(every) == Actions(
        total=7,
        delivered_or_on_track=3,
        delivered_in_year=1,
        rephased=1,
        overdue=1,
        due_next=2,
        cancelled=1,
    )
    assert total(every).share == Decimal(50)


@pytest.mark.parametrize(
    ("good", "all_of_them", "cancelled", "share"),
    [(10, 13, 0, 77), (1, 8, 0, 13), (5, 6, 1, 100), (0, 3, 0, 0), (2, 3, 0, 67)],
)
def test_the_share_is_of_what_is_not_cancelled_and_half_goes_up(
    good: int, all_of_them: int, cancelled: int, share: int
) -> None:
    assert Actions(total=all_of_them, delivered_or_on_track=good, cancelled=cancelled).share == Decimal(share)


def test_no_share_of_nothing() -> None:
    assert total([]) == Actions()
    assert Actions().share is None
    assert Actions(total=2, cancelled=2).share is None


@given(st.lists(st.sampled_from(Progress), max_size=12))
def test_totals_agree_with_counting(statuses: list[Progress]) -> None:
    found = total(standing("2019-06-30", report(status)) for status in statuses)
    assert found.total == len(statuses)
    assert found.delivered_or_on_track + found.cancelled + found.rephased <= found.total
    assert found.due_next == sum(not status.is_closed for status in statuses)
    assert found.share is None or 0 <= found.share <= 100


def test_codes_are_the_words_of_the_csv() -> None:
    assert [status.value for status in Progress] == [
        "not started",
        "on track",
        "delivered",
        "delayed",
        "re-phased",
        "cancelled",
    ]
    assert [status for status in Progress if status.is_closed] == [Progress.DELIVERED, Progress.CANCELLED]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("delivered", Progress.DELIVERED),
        (" On  Track ", Progress.ON_TRACK),
        ("not_started", Progress.NOT_STARTED),
        ("Rephased", Progress.REPHASED),
        ("re-phased", Progress.REPHASED),
    ],
)
def test_a_status_is_read_as_people_write_it(text: str, status: Progress) -> None:
    assert parse_progress(text) is status


def test_what_is_no_status_is_refused_with_all_of_them() -> None:
    with pytest.raises(ValueError, match="done") as refused:
        parse_progress("done")
    assert str(refused.value) == (
        "'done' is not a status; write not started, on track, delivered, delayed, re-phased or cancelled."
    )


NO_DATE = "Re-phasing needs its new date; write 2019-12-31, 2019-20 or 'not stated' where a source prints none."


@pytest.mark.parametrize(
    ("status", "new_due", "reason", "missing"),
    [
        (Progress.DELIVERED, "", "", None),
        (
            Progress.DELAYED,
            "2019-20",
            "",
            ("new_due", "Only a re-phased milestone gets a new date; write re-phased, or leave it empty."),
        ),
        (Progress.REPHASED, "", "no staff", ("new_due", NO_DATE)),
        (Progress.REPHASED, "2019-20", "", ("reason", "Re-phasing needs its reason.")),
        (Progress.REPHASED, "2019-20", "no staff", None),
    ],
)
def test_rephasing_and_nothing_else_needs_a_date_and_a_reason(
    status: Progress, new_due: str, reason: str, missing: tuple[str, str] | None
) -> None:
    assert refusal(Report("SAFE-A1.1", 1, status, "2019-03-31", new_due, reason)) == missing


TODAY = date(2019, 4, 20)
NO_REASON = ("reason", "Re-phasing needs its reason.")


@pytest.mark.parametrize(
    ("status", "day", "new_due", "reason", "wrong"),
    [
        (Progress.ON_TRACK, "2019-04-20", "", "", []),
        (Progress.ON_TRACK, "", "", "", []),
        (Progress.DELIVERED, "2019-04-20", "", "", []),
        (Progress.DELIVERED, "2018-19", "", "", []),
        (
            Progress.DELIVERED,
            "",
            "",
            "",
            [("date", "Delivered needs its date; write the day, as in 2019-03-31, or the year, as in 2018-19.")],
        ),
        (
            Progress.DELIVERED,
            "2019-04-21",
            "2019-20",
            "",
            [
                ("new_due", "Only a re-phased milestone gets a new date; write re-phased, or leave it empty."),
                (
                    "date",
                    "2019-04-21 is in the future; write the day on which it was delivered, 2019-04-20 or before.",
                ),
            ],
        ),
        (
            Progress.DELIVERED,
            "2019-20",
            "",
            "",
            [("date", "2019-20 has not ended; write the day on which it was delivered, 2019-04-20 or before.")],
        ),
        (
            Progress.CANCELLED,
            "2019-05-01",
            "",
            "",
            [
                (
                    "date",
                    "2019-05-01 is in the future; write the day on which it was cancelled, 2019-04-20 or before.",
                ),
                ("reason", "Cancelling needs its reason."),
            ],
        ),
        (Progress.CANCELLED, "2019-04-20", "", "bought in", []),
        (
            Progress.DELAYED,
            "2019-05-01",
            "",
            "",
            [("date", "2019-05-01 is in the future; write the day on which it is so, 2019-04-20 or before.")],
        ),
        (Progress.REPHASED, "2019-04-20", "", "", [("new_due", NO_DATE), NO_REASON]),
        (Progress.REPHASED, "2019-04-20", "2019-20", "roof", []),
        (
            Progress.REPHASED,
            "2019-04-20",
            "2019-06-30",
            "",
            [NO_REASON, ("new_due", "2019-06-30 is the date it has already; write another one, or add a note.")],
        ),
    ],
)
def test_everything_wrong_with_what_a_person_enters_is_told_at_once(
    status: Progress, day: str, new_due: str, reason: str, wrong: list[tuple[str, str]]
) -> None:
    assert refusals(Report("SAFE-A1.1", 1, status, day, new_due, reason), "2019-06-30", TODAY) == wrong


def test_a_date_is_the_same_however_it_is_written() -> None:
    def wrong(new_due: str, due: str) -> list[tuple[str, str]]:
        return refusals(report(Progress.REPHASED, 1, "2019-04-20", new_due, "roof"), due, TODAY)

    assert wrong("2019/20", "2019-20") == [
        ("new_due", "2019/20 is the date it has already; write another one, or add a note.")
    ]
    assert wrong("not stated", "not stated") != []
    assert wrong("not stated", "") == []
    assert wrong("2019-20", "") == []
    assert wrong("2018-19", "2019-03-31") == []  # a year is not its last day


@pytest.mark.parametrize(
    ("due", "day", "new_due", "odd"),
    [
        ("2019-03-31", "2019-03-31", "2019-06-30", []),
        ("2019-03-31", "2019-03-31", "2019-03-31", []),
        (
            "2019-03-31",
            "2018-12-31",
            "2019-03-30",
            ["The new date, 2019-03-30, is before the original one, 2019-03-31."],
        ),
        ("", "2019-03-31", "2019-03-30", ["The new date, 2019-03-30, has passed already on 2019-03-31."]),
        (
            "2019-20",
            "2019-04-01",
            "2018-19",
            [
                "The new date, 2018-19, is before the original one, 2019-20.",
                "The new date, 2018-19, has passed already on 2019-04-01.",
            ],
        ),
        ("2019-03-31", "", "2018-19", []),
        ("2019-03-31", "2019-06-30", "not stated", []),
        ("2019-03-31", "2019-06-30", "", []),
    ],
)
def test_what_is_odd_about_a_new_date_is_said(due: str, day: str, new_due: str, odd: list[str]) -> None:
    assert doubts(report(Progress.REPHASED, 1, day, new_due, "roof"), replace(SCOPE, due=due)) == odd


def test_a_status_is_about_the_reporting_date_once_it_has_come() -> None:
    assert usual_day(Q4, date(2019, 4, 20)) == date(2019, 3, 31)
    assert usual_day(Q4, date(2019, 3, 30)) == date(2019, 3, 30)
