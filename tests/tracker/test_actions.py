"""Changing a milestone: what is recorded for which day, what is refused, and who is told what."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from outcome_tracker.core.indicator import Milestone
from outcome_tracker.core.milestone import Progress, Report, Standing, stand
from outcome_tracker.core.period import Period, parse
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store.writer import Conflict
from outcome_tracker.tracker.actions import Changed, Said, board_of, change, owned_by, report_of
from outcome_tracker.tracker.plans import apply
from outcome_tracker.tracker.review import known, review
from outcome_tracker.tracker.workspace import Workspace, open_workspace

Q4, Q1 = parse("2018-19 Q4"), parse("2019-20 Q1")
TODAY = date(2019, 4, 20)
SCOPE = Milestone("S-A1.1", "Agree the sites", "S-A1", "SAFE", "2018-12-31")
COUNCIL = """
council: Somewhere
area: E06000050
region: North West
comparators: [England]
reporting_period: 2018-19 Q4
calendar: {figures_due: 10 days}
"""
PLAN = """
plan: Children are safe
code: SAFE
owner: Director
until: 2018-19
indicators:
  - {code: S-01, title: Plans, tier: wider, unit: number, better: lower, frequency: quarterly, basis: point}
actions:
  - code: S-A1
    title: Open three hubs
    owner: Head of Hubs
    milestones:
      - {code: S-A1.1, title: Agree the sites, due: 2018-12-31, owner: Manager}
      - {code: S-A1.2, title: Open the first hub, due: 2019-05-31}
  - {code: S-A2, title: Publish one form}
"""


def now() -> datetime:
    return datetime(2019, 4, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "targets").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "targets" / "council.yaml").write_text(COUNCIL, encoding="utf-8")
    (tmp_path / "targets" / "safe.yaml").write_text(PLAN, encoding="utf-8")
    found = open_workspace(tmp_path, user="ana", now=now)
    assert not apply(found).blocking
    return found


def standing(*reports: Report, reporting: Period = Q4) -> Standing:
    return stand(SCOPE, reports, reporting)


def recorded(found: Standing, said: Said, reporting: Period = Q4) -> Report:
    report = report_of(found, said, reporting, TODAY)
    assert isinstance(report, Report), report
    return report


def refused(found: Standing, said: Said, reporting: Period = Q4) -> list[tuple[str, str]]:
    problems = report_of(found, said, reporting, TODAY)
    assert isinstance(problems, list)
    assert {problem.path for problem in problems} == {"S-A1.1"}
    return [(problem.key, problem.message) for problem in problems]


def test_a_status_is_recorded_for_the_reporting_date_or_today_while_the_period_lasts() -> None:
    assert recorded(standing(), Said(Progress.ON_TRACK)) == Report("S-A1.1", 1, Progress.ON_TRACK, "2019-03-31")
    assert recorded(standing(), Said(Progress.ON_TRACK), Q1).day == "2019-04-20"
    assert recorded(standing(), Said(Progress.DELIVERED, " 2019-04-01 ", reason=" at\tlast ")) == Report(
        "S-A1.1", 1, Progress.DELIVERED, "2019-04-01", "", "at last"
    )


def test_everything_wrong_is_told_at_once_and_each_field_once() -> None:
    assert refused(standing(), Said(Progress.DELIVERED, "soon", "later")) == [
        ("date", "'soon' is neither a date nor a financial year; write 2019-03-31 or 2019-20."),
        ("new_due", "'later' is neither a date nor a financial year; write 2019-03-31 or 2019-20."),
    ]
    assert refused(standing(), Said(Progress.CANCELLED, "2019-04-21")) == [
        ("date", "2019-04-21 is in the future; write the day on which it was cancelled, 2019-04-20 or before."),
        ("reason", "Cancelling needs its reason."),
    ]
    assert refused(standing(), Said(Progress.REPHASED, new_due="2018-12-31")) == [
        ("reason", "Re-phasing needs its reason."),
        ("new_due", "2018-12-31 is the date it has already; write another one, or add a note."),
    ]


def test_a_status_would_undo_what_came_later_and_needs_its_day_then() -> None:
    later = Report("S-A1.1", 1, Progress.DELIVERED, "2019-04-10")
    sentence = "Delivered is recorded on 10 Apr 2019, after Quarter 4 2018-19; write the day since which the new status"
    assert refused(standing(later), Said(Progress.ON_TRACK)) == [("date", f"{sentence} holds.")]
    assert [key for key, _ in refused(standing(later), Said(reason="a note"))] == ["date"]
    assert recorded(standing(later), Said(Progress.DELIVERED, "2019-03-10")).version == 2


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ([], (Progress.NOT_STARTED, "2019-03-31", "")),
        ([Report("S-A1.1", 1, Progress.ON_TRACK, "2018-12-31")], (Progress.ON_TRACK, "2019-03-31", "")),
        ([Report("S-A1.1", 1, Progress.DELIVERED, "2018-12-31")], (Progress.DELIVERED, "2018-12-31", "")),
        ([Report("S-A1.1", 1, Progress.CANCELLED, "2018-19", "", "x")], (Progress.CANCELLED, "2018-19", "")),
        ([Report("S-A1.1", 1, Progress.REPHASED, "", "2019-20", "x")], (Progress.REPHASED, "2019-03-31", "2019-20")),
        (
            [
                Report("S-A1.1", 1, Progress.REPHASED, "2019-01-31", "2019-20", "x"),
                Report("S-A1.1", 2, Progress.ON_TRACK, "2019-02-28"),
            ],
            (Progress.ON_TRACK, "2019-03-31", ""),
        ),
    ],
)
def test_a_note_keeps_status_date_and_day_of_closing(before: list[Report], expected: tuple[Progress, str, str]) -> None:
    found = standing(*before)
    report = recorded(found, Said(reason="seen by ward members"))
    assert (report.status, report.day, report.new_due) == expected
    assert (report.version, report.reason) == (len(before) + 1, "seen by ward members")
    after = standing(*before, report)
    assert (after.status, after.due, after.rephasings) == (found.status, found.due, found.rephasings)


def test_a_note_needs_its_text_and_changes_no_date() -> None:
    assert refused(standing(), Said(reason="  ", new_due="2019-20")) == [
        ("reason", "There is nothing in the note; write it."),
        ("new_due", "A note changes no date; re-phase for that."),
    ]


def test_what_is_saved_is_said_with_what_is_odd_and_whether_it_counts(workspace: Workspace) -> None:
    saved = change(workspace, " s-a1.2 ", Said(Progress.REPHASED, new_due="2019-03-01", reason="sooner"))
    assert isinstance(saved, Changed)
    assert (saved.report.milestone, saved.report.version, saved.reporting, saved.counts) == ("S-A1.2", 1, Q4, True)
    assert saved.doubts == (
        "The new date, 2019-03-01, is before the original one, 2019-05-31.",
        "The new date, 2019-03-01, has passed already on 2019-03-31.",
    )
    note = change(workspace, "S-A1.2", Said(reason="seen"))
    assert isinstance(note, Changed)
    assert note.doubts == ()
    after = change(workspace, "S-A1.1", Said(Progress.DELIVERED, "2019-04-01"))
    assert isinstance(after, Changed)
    assert not after.counts
    late = change(workspace, "S-A2", Said(Progress.ON_TRACK, "2019-04-10"))
    assert isinstance(late, Changed)
    assert late.counts  # within the ten days in which returns come in
    assert review(workspace, Q4).counts.actions.delivered_or_on_track == 1


def test_an_unknown_milestone_is_refused_with_the_nearest(workspace: Workspace) -> None:
    problems = change(workspace, "s-a1.3", Said(Progress.ON_TRACK))
    assert isinstance(problems, list)
    (problem,) = problems
    assert problem.key == "milestone"
    assert problem.message.startswith("There is no milestone 's-a1.3'. Did you mean 'S-A1.")


def test_a_milestone_of_a_plan_that_has_ended_can_still_be_changed(workspace: Workspace) -> None:
    assert board_of(known(workspace), Q1) == []
    saved = change(workspace, "S-A1.1", Said(Progress.ON_TRACK), period=Q1)
    assert isinstance(saved, Changed)
    assert saved.report.day == "2019-04-20"


def test_another_version_than_the_one_seen_is_a_conflict(workspace: Workspace) -> None:
    change(workspace, "S-A1.1", Said(Progress.ON_TRACK), expected=0)
    with pytest.raises(Conflict):
        change(replace(workspace, user="ben"), "S-A1.1", Said(Progress.DELAYED), expected=0)


def test_the_past_cannot_be_changed(workspace: Workspace) -> None:
    with pytest.raises(Unavailable, match="the past cannot be changed"):
        change(replace(workspace, as_at=TODAY), "S-A1.1", Said(Progress.ON_TRACK))


def test_the_board_names_action_and_owner_of_each(workspace: Workspace) -> None:
    items = board_of(known(workspace), Q4)
    assert [(i.code, i.action.code, i.owner, i.is_action) for i in items] == [
        ("S-A1.1", "S-A1", "Manager", False),
        ("S-A1.2", "S-A1", "Head of Hubs", False),
        ("S-A2", "S-A2", "Director", True),
    ]
    assert [i.code for i in owned_by(items, " head of hubs")] == ["S-A1.2"]
    with pytest.raises(Unavailable) as unknown:
        owned_by(items, "Head of Hub")
    assert (unknown.value.sentence, unknown.value.remedy) == (
        "No milestone belongs to 'Head of Hub'. Did you mean 'Head of Hubs'?",
        "Owners: Manager, Head of Hubs, Director.",
    )
    with pytest.raises(Unavailable) as nobody:
        owned_by([], "Manager")
    assert nobody.value.remedy == ""
