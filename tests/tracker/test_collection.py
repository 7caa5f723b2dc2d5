from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.period import parse_reporting_period
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.tracker.collection import (
    Collection,
    Share,
    State,
    by_urgency,
    collection_of,
    owner_share,
    state_of,
)
from outcome_tracker.tracker.review import known, review_of
from outcome_tracker.tracker.workspace import open_workspace
from tests.core.making import CALLS, FAMILIES, REPEATS, SURVEY
from tests.running import NOW
from tests.tracker.collecting import collected, plan

TEAM = replace(REPEATS, owner="Team")
MONTHS = ("2019-01", "2019-02", "2019-03")


def shown(shares: tuple[Share, ...]) -> dict[str, tuple[int, int, int]]:
    return {s.title: (s.counts.returned, s.counts.due, s.counts.overdue) for s in shares}


def states(found: Collection) -> list[State]:
    return [state_of(line) for line in found.every.lines]


def test_the_owner_is_the_indicators_else_the_plans_else_nobody() -> None:
    found = collected([plan("A", [TEAM, replace(FAMILIES, owner="")], "Head"), plan("B", [SURVEY])])
    assert shown(found.owners) == {"Head": (0, 1, 1), "Team": (0, 1, 1), "No owner named": (0, 1, 1)}
    assert shown(found.plans) == {"Plan A": (0, 2, 2), "Plan B": (0, 1, 1)}
    assert [share.key for share in found.owners] == ["head", "team", ""]


def test_names_that_differ_in_case_or_spaces_are_one_owner() -> None:
    found = collected([plan("A", [TEAM, replace(FAMILIES, owner=" tEAM ")]), plan("B", [SURVEY], "TEAM")])
    assert shown(found.owners) == {"Team": (0, 3, 3)}
    assert found.owners[0].plan is None
    assert found.plans[0].plan == "A"
    (line, *_) = found.every.lines
    assert found.owner_of(line) == found.owners[0]


@pytest.mark.parametrize(
    ("content", "state"),
    [
        ("15.9", State.IN),
        ("15.9[p]", State.PROVISIONAL),
        ("not available", State.EXPLAINED),
        ("suppressed", State.EXPLAINED),
        ("not applicable", State.EXPLAINED),
        ("not returned", State.OVERDUE),
    ],
)
def test_what_counts_as_in(content: str, state: State) -> None:
    found = collected([plan("A", [TEAM])], {"SAFE-01": {"2018-19 Q4": content}})
    assert states(found) == [state]
    assert found.every.counts.returned == found.every.figures_in == int(state is not State.OVERDUE)


def test_a_figure_is_overdue_from_the_day_after_it_was_due() -> None:
    on_the_day = collected([plan("A", [TEAM])], as_at=date(2019, 4, 15))
    assert states(on_the_day) == [State.DUE]
    assert (on_the_day.every.overdue_since, on_the_day.every.next_due) == (None, date(2019, 4, 15))
    after = collected([plan("A", [TEAM])], as_at=date(2019, 4, 16))
    assert states(after) == [State.OVERDUE]
    assert (after.every.overdue_since, after.every.next_due) == (date(2019, 4, 15), None)


def test_a_monthly_indicator_is_in_once_its_three_figures_are() -> None:
    two = collected([plan("A", [CALLS])], {"EX-03": {"2019-01": "5", "2019-03": "6"}}, as_at=date(2019, 4, 1))
    (share,) = two.owners
    assert (share.counts.returned, share.counts.due, share.counts.overdue) == (0, 1, 1)
    assert (share.figures_in, len(share.lines)) == (2, 3)
    assert [line.period.code for line in share.in_order()] == ["2019-02", "2019-01", "2019-03"]
    three = collected([plan("A", [CALLS])], {"EX-03": dict.fromkeys(MONTHS, "5")})
    assert shown(three.owners) == {"No owner named": (1, 1, 0)}
    assert three.every.waiting == ()


def test_a_period_to_come_has_figures_to_give_and_none_overdue() -> None:
    found = collected([plan("A", [TEAM, CALLS])], period=parse_reporting_period("2020-21 Q1"))
    assert set(states(found)) == {State.DUE}
    assert found.every.next_due == date(2020, 5, 15)


def test_a_period_in_which_nothing_is_due() -> None:
    found = collected([plan("A", [SURVEY])], period=parse_reporting_period("2018-19 Q2"))
    assert (found.owners, found.plans, found.every.lines) == ((), (), ())
    assert (found.every.counts.due, found.every.plan) == (0, None)


def test_the_longest_and_the_most_overdue_come_first_and_who_is_done_comes_last() -> None:
    plans = [
        plan("A", [replace(TEAM, owner="Done"), replace(FAMILIES, owner="One late")]),
        plan("B", [replace(SURVEY, owner="Two late"), replace(TEAM, code="B2", owner="Two late")]),
        plan("C", [replace(CALLS, owner="Longest late")]),
    ]
    found = collected(plans, {"SAFE-01": {"2018-19 Q4": "1"}})
    assert [s.title for s in by_urgency(found.owners)] == ["Longest late", "Two late", "One late", "Done"]
    early = collected(plans, {"SAFE-01": {"2018-19 Q4": "1"}}, as_at=date(2019, 1, 31))
    assert [s.title for s in by_urgency(early.owners)] == ["Longest late", "One late", "Two late", "Done"]


def test_the_last_figure_is_the_latest_one_before() -> None:
    figures = {"SAFE-01": {"2018-19 Q1": "1", "2018-19 Q2": "2", "2018-19 Q3": "not available", "2018-19 Q4": "4"}}
    found = collected([plan("A", [TEAM, FAMILIES])], figures)
    with_figures, without = found.every.lines
    last = found.last(with_figures)
    assert last is not None
    assert (last.period.code, str(last.value)) == ("2018-19 Q2", "2.0")
    assert str(found.measured(with_figures).value) == "4.0"
    assert (found.last(without), found.measured(without).value) == (None, None)


def test_an_owner_is_found_in_any_case_and_a_mistyped_one_is_named() -> None:
    found = collected([plan("A", [TEAM, replace(FAMILIES, owner="Unit")]), plan("B", [SURVEY])])
    assert owner_share(found, " team ").title == "Team"
    with pytest.raises(Unavailable) as caught:
        owner_share(found, "Teem")
    assert str(caught.value) == (
        "Nobody called 'Teem' owns a figure of 2018-19 Q4. Did you mean 'Team'? Owners: Team, Unit."
    )
    with pytest.raises(Unavailable) as caught:
        owner_share(collected([plan("B", [SURVEY])]), "")
    assert str(caught.value) == "Nobody called '' owns a figure of 2018-19 Q4. `owner:` in the plan files names them."


@pytest.mark.parametrize("as_at", [None, date(2019, 4, 15), date(2019, 7, 1)])
@pytest.mark.parametrize("period", ["2018-19 Q3", "2018-19 Q4", "2019-20 Q1", "2020-21 Q1", "2010-11 Q1"])
def test_the_counts_are_those_of_the_summary(demo: Path, period: str, as_at: date | None) -> None:
    now = datetime.fromisoformat(f"{NOW}+00:00")
    everything = known(open_workspace(demo, user="x", now=lambda: now, as_at=as_at))
    reporting = parse_reporting_period(period)
    review, found = review_of(everything, reporting), collection_of(everything, reporting)
    names = ("returned", "due", "overdue")
    assert [getattr(found.every.counts, n) for n in names] == [getattr(review.counts, n) for n in names]
    for of_plan in review.plans:
        share = next((s for s in found.plans if s.key == of_plan.plan.code), None)
        of_share = [getattr(share.counts, n) for n in names] if share else [0, 0, 0]
        assert of_share == [getattr(of_plan.counts, n) for n in names]


OWNERS = st.sampled_from(["", "Team", "team ", "  TEAM", "Unit A", "unit  a", "Ünit"])
CONTENTS = st.sampled_from(["", "5", "5[p]", "not returned", "not available"])


@st.composite
def collections(draw: st.DrawFn) -> Collection:
    plans, figures = [], {}
    for letter in "ABC"[: draw(st.integers(0, 3))]:
        indicators = []
        for number in range(draw(st.integers(0, 4))):
            kind, periods = draw(st.sampled_from([(REPEATS, ("2018-19 Q4",)), (CALLS, MONTHS), (SURVEY, ("2018-19",))]))
            code = f"{letter}-{number}"
            indicators.append(replace(kind, code=code, owner=draw(OWNERS)))
            drawn = {period: draw(CONTENTS) for period in periods}
            figures[code] = {period: content for period, content in drawn.items() if content}
        plans.append(plan(letter, indicators, draw(OWNERS)))
    return collected(plans, figures, as_at=draw(st.dates(date(2019, 1, 1), date(2019, 6, 1))))


@given(collections())
def test_owners_and_plans_both_add_up_to_everything(found: Collection) -> None:
    every = found.every
    for shares in (found.owners, found.plans):
        assert sum(s.counts.returned for s in shares) == every.counts.returned
        assert sum(s.counts.due for s in shares) == every.counts.due
        assert sum(s.counts.overdue for s in shares) == every.counts.overdue
        assert sum(s.figures_in for s in shares) == every.figures_in
        assert sorted((x.indicator.code, x.period.code) for s in shares for x in s.in_order()) == sorted(
            (x.indicator.code, x.period.code) for x in every.lines
        )
        assert len({s.title.casefold() for s in shares}) == len(shares)
    assert every.figures_in + len(every.waiting) == len(every.lines)
    assert every.counts.returned <= every.figures_in
