from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.indicator import Agreed, Council, Indicator, Polarity, Span
from outcome_tracker.core.period import Period, parse
from outcome_tracker.core.target import Goal, Revision, Target, in_force
from outcome_tracker.core.target_list import State, TargetLine, target_lines
from tests.core.making import PLAN, REPEATS, YEAR


def goal(number: int) -> Goal:
    return Goal(Decimal(number))


def listed(
    *targets: Target, period: str = "2018-19 Q4", span: Span | None = None, indicator: Indicator = REPEATS
) -> list[TargetLine]:
    plan = replace(PLAN, indicators=(replace(indicator, targets=targets),), span=span or Span())
    return list(target_lines(Agreed(Council("C", "A", "R", ()), (plan,)), parse(period)))


def said(lines: list[TargetLine]) -> list[tuple[str, str, str]]:
    return [(line.holds, str(line.goal.value) if line.goal else "", str(line.state)) for line in lines]


def test_each_year_is_a_line_and_the_reporting_periods_is_in_force() -> None:
    found = listed(Target(parse("2019-20"), goal(12)), Target(YEAR, goal(14)))
    assert said(found) == [("2018-19", "14", "in force"), ("2019-20", "12", "agreed")]
    assert said(listed(Target(YEAR, goal(14)), period="2019-20 Q1")) == [("2018-19", "14", "agreed")]


def test_a_revision_ends_what_was_agreed_and_has_its_own_reason() -> None:
    revised = (
        Revision(goal(10), parse("2018-19 Q4"), "again"),
        Revision(goal(12), parse("2018-19 Q2"), "fewer", "Head"),
    )
    target = Target(YEAR, goal(14), (("Q1", Decimal(3)),), revised, reason="as before", by="Cabinet", source="page 3")
    found = listed(target)
    assert said(found) == [
        ("2018-19 until Q1", "14", "agreed"),
        ("2018-19 from Q2 until Q3", "12", "agreed"),
        ("2018-19 from Q4", "10", "in force"),
    ]
    assert [(line.reason, line.by) for line in found] == [("as before", "Cabinet"), ("fewer", "Head"), ("again", "")]
    assert [line.profile_text for line in found] == ["Q1 3", "", ""]
    assert [str(line.state) for line in listed(target, period="2018-19 Q3")] == ["agreed", "in force", "agreed"]


def test_a_target_that_was_revised_from_the_start_never_held() -> None:
    found = listed(Target(YEAR, goal(14), revised=(Revision(goal(12), YEAR, "new scheme"),)))
    assert said(found) == [("2018-19, never held", "14", "replaced"), ("2018-19", "12", "in force")]


def test_a_proposal_is_never_in_force_and_the_reason_is_its_own() -> None:
    (line,) = listed(Target(YEAR, proposed=goal(16), reason="too tight", by="Unit"))
    assert (line.holds, line.goal, line.state, line.reason, line.by) == (
        "2018-19",
        goal(16),
        State.PROPOSED,
        "too tight",
        "Unit",
    )
    agreed, proposed = listed(Target(YEAR, goal(14), proposed=goal(16), reason="too tight"))
    assert (agreed.state, agreed.reason) == (State.IN_FORCE, "")
    assert (proposed.state, proposed.reason) == (State.PROPOSED, "too tight")


def test_an_indicator_without_targets_has_a_line_too() -> None:
    assert said(listed()) == [("", "", "no target")]
    assert said(listed(indicator=replace(REPEATS, better=Polarity.NEITHER))) == [("", "", "context, not rated")]
    (line,) = listed(indicator=replace(REPEATS, illustrative=True))
    assert (line.illustrative, line.reason, line.profile) == (True, "", ())


def test_nothing_is_in_force_of_what_does_not_count_in_the_period() -> None:
    over = Span(last=parse("2017-18"))
    assert said(listed(Target(YEAR, goal(14)), indicator=replace(REPEATS, span=over))) == [("2018-19", "14", "agreed")]
    assert said(listed(Target(YEAR, goal(14)), span=over)) == [("2018-19", "14", "agreed")]


def test_an_academic_year_holds_at_the_reporting_date() -> None:
    found = listed(Target(parse("academic 2017-18"), goal(60)), Target(parse("academic 2018-19"), goal(63)))
    assert [str(line.state) for line in found] == ["agreed", "in force"]


QUARTERS = [parse(f"2018-19 Q{n}") for n in range(1, 5)]
STARTS = st.lists(st.sampled_from([YEAR, *QUARTERS, parse("2017-18 Q4")]), unique_by=lambda p: p.start)


@given(STARTS, st.sampled_from(QUARTERS))
def test_what_the_list_calls_in_force_is_what_ratings_use(starts: list[Period], quarter: Period) -> None:
    target = Target(YEAR, goal(99), revised=tuple(Revision(goal(n), start, "why") for n, start in enumerate(starts)))
    (current,) = [line for line in listed(target, period=quarter.code) if line.state is State.IN_FORCE]
    rated = in_force(replace(REPEATS, targets=(target,)), quarter)
    assert rated is not None
    assert (current.goal, current.revision) == (rated.goal, rated.revision)


@pytest.mark.parametrize(("text", "state"), [("2018-19 Q1", "agreed"), ("2018-19 Q2", "in force")])
def test_the_revision_of_a_monthly_target_names_the_month(text: str, state: str) -> None:
    found = listed(Target(YEAR, goal(9), revised=(Revision(goal(8), parse("2018-08"), "why"),)), period=text)
    assert [line.holds for line in found] == ["2018-19 until 2018-07", "2018-19 from 2018-08"]
    assert found[1].state == state
