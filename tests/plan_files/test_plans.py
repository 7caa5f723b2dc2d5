from decimal import Decimal
from pathlib import Path

import pytest

from outcome_tracker.core.breakdown import Breakdown
from outcome_tracker.core.indicator import Action, Council, Margin, Milestone, Span
from outcome_tracker.core.period import Kind, Period
from tests.plan_files.writing import COUNCIL, PLAN, agreed, indicator_file, said

ACTION = "actions:\n  - {code: SAFE-A1, title: Fostering, milestones: [{code: SAFE-A1.1, title: Scope, %s}]}\n"


def test_the_least_that_a_council_needs(tmp_path: Path) -> None:
    assert agreed(tmp_path).council == Council(
        "Cheshire West and Chester", "E06000050", "North West", ("England", "North West")
    )


def test_every_key_of_the_council(tmp_path: Path) -> None:
    council = """\
dfe_code: 896
neighbours: {release: "2021", average: median}
reporting_period: Q4 2018/19
calendar: {figures_due: 20 days}
defaults:
  tolerance: 1 point
  direction: {threshold: 2.5%}
  suppress_below: 10
roles: {officers: [Ann, Bob], approvers: []}
sign_off: {another_person: no}
"""
    found = agreed(tmp_path, council=COUNCIL + council).council
    assert (found.dfe_code, found.reporting_period) == ("896", Period(Kind.QUARTER, 2018, 4))
    assert (found.figures_due_days, found.suppress_below) == (20, 10)
    assert (found.tolerance, found.threshold) == (Margin(Decimal(1), points=True), Margin(Decimal("2.5")))
    assert found.extra == {
        "neighbours": {"release": "2021", "average": "median"},
        "calendar": {"figures_due": 20},
        "defaults": {"tolerance": "1 point", "direction": {"threshold": "2.5%"}, "suppress_below": 10},
        "roles": {"officers": ["Ann", "Bob"], "approvers": []},
        "sign_off": {"another_person": False},
    }


def test_zero_is_not_the_default(tmp_path: Path) -> None:
    council = COUNCIL + "calendar: {figures_due: 0 days}\ndefaults: {suppress_below: 0, tolerance: 0}\n"
    found = agreed(tmp_path, council=council).council
    assert (found.figures_due_days, found.suppress_below, found.tolerance) == (0, 0, Margin(Decimal(0)))


def test_every_key_of_a_plan(tmp_path: Path) -> None:
    more = """\
theme: Thriving residents
owner: Director of Children's Services
lead_member: Cabinet Member
committees: [Overview and Scrutiny, Cabinet]
from: 2016-17
until: 2019-20
breakdowns:
  - {code: CON-SRC, title: Contacts by source, dimensions: [source], total: safe-01, frequency: monthly}
actions:
  - code: SAFE-A1
    title: Fostering
    owner: Head of Fostering
    source: Plan
    milestones:
      - {code: SAFE-A1.1, title: Scope, due: 2019-03-31, owner: Manager, source: Page 3}
      - {code: SAFE-A1.2, title: Start}
  - {code: SAFE-A2, title: Review}
"""
    (plan,) = agreed(tmp_path, safe=indicator_file() + more).plans
    assert (plan.code, plan.title, plan.theme) == (
        "SAFE",
        "Vulnerable adults and children feel safe",
        "Thriving residents",
    )
    assert (plan.owner, plan.lead_member) == ("Director of Children's Services", "Cabinet Member")
    assert plan.committees == ("Overview and Scrutiny", "Cabinet")
    assert plan.span == Span(Period(Kind.YEAR, 2016), Period(Kind.YEAR, 2019))
    assert plan.actions == (
        Action(
            "SAFE-A1",
            "Fostering",
            "SAFE",
            "Head of Fostering",
            "Plan",
            (
                Milestone("SAFE-A1.1", "Scope", "SAFE-A1", "SAFE", "2019-03-31", "Manager", "Page 3"),
                Milestone("SAFE-A1.2", "Start", "SAFE-A1", "SAFE"),
            ),
        ),
        Action("SAFE-A2", "Review", "SAFE"),
    )
    assert plan.breakdowns == (Breakdown("CON-SRC", "Contacts by source", "SAFE", ("source",), "SAFE-01"),)
    assert plan.extra == {}


def test_an_illustrative_plan_marks_all_that_is_in_it(tmp_path: Path) -> None:
    text = indicator_file("targets: {2018-19: 14}") + ACTION % "due: 2019-20" + "illustrative: true\n"
    (plan,) = agreed(tmp_path, safe=text).plans
    (indicator,), (action,) = plan.indicators, plan.actions
    assert plan.illustrative
    assert indicator.illustrative
    assert indicator.targets[0].illustrative
    assert action.illustrative
    assert action.milestones[0].illustrative


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("2019-03-31", "2019-03-31"),
        ("2019-20", "2019-20"),
        ("2019/20", "2019-20"),
        ("not stated", ""),
    ],
)
def test_milestones_are_due_on_a_day_or_in_a_year(tmp_path: Path, due: str, expected: str) -> None:
    (plan,) = agreed(tmp_path, safe=indicator_file() + ACTION % f"due: {due}").plans
    assert plan.actions[0].milestones[0].due == expected


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("due: 2019-02-30", "89: SAFE-A1.1 due: '2019-02-30' is not in the calendar; write a date as 2019-03-31."),
        (
            "due: 31/03/2019",
            "89: SAFE-A1.1 due: '31/03/2019' is neither a date nor a financial year; write 2019-03-31 or 2019-20.",
        ),
        ("due: soon", "89: SAFE-A1.1 due: 'soon' is neither a date nor a financial year; write 2019-03-31 or 2019-20."),
        ("duee: 2019-20", "84: SAFE-A1.1 duee: a milestone has no key 'duee'. Did you mean 'due'?"),
    ],
)
def test_a_milestone_that_is_wrong(tmp_path: Path, line: str, sentence: str) -> None:
    assert said(tmp_path, safe=indicator_file() + ACTION % line) == [f"targets/safe.yaml:12:{sentence}"]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            "area: Cheshire",
            "4:7: area: 'Cheshire' is not an ONS code; write a letter and eight digits, as in E06000050.",
        ),
        ("dfe_code: 8x", "5:11: dfe_code: '8x' is not a DfE number; write its three digits, as in 896."),
        (
            "comparators: England",
            "4:14: comparators: is a text, but takes a list; write a list such as [England, North West].",
        ),
        ("comparators: []", "4:14: comparators: is empty; write [England] or more."),
        ("comparators: [a, a]", "4:18: comparators: 'a' stands twice in this list; delete one."),
        (
            "reporting_period: 2018-Q4",
            (
                "5:19: reporting_period: '2018-Q4' does not say which year it means; "
                "write 2018-19 Q4 for the financial year that starts in April 2018."
            ),
        ),
        (
            "calendar: {figures_due: 2 weeks}",
            "5:25: calendar figures_due: '2 weeks' is not a number of days; write 0 to 366 days, as in 8 days.",
        ),
        (
            "calendar: {figure_due: 2 days}",
            "5:12: calendar figure_due: calendar has no key 'figure_due'. Did you mean 'figures_due'?",
        ),
        ("neighbours: {average: mode}", "5:23: neighbours average: 'mode' is not known here; write mean or median."),
        (
            "backups: {keep: 0}",
            "5:17: backups keep: '0' is not a whole number from 1 to 9999; write one, as in 1.",
        ),
        (
            "roles: {officers: Ann}",
            "5:19: roles officers: is a text, but takes a list; write a list such as [ann.example].",
        ),
        ("roles: {officers: [Ann, [Bob]]}", "5:25: roles officers 2: is a list, but takes one value; write a name."),
        (
            "sign_off: {another_person: maybe}",
            "5:28: sign_off another_person: 'maybe' is neither true nor false; write one of them.",
        ),
        ("region:", "4:8: region: is empty; write a region."),
        ("plan: X", "5:1: plan: council.yaml has no key 'plan'. `outcome-tracker targets schema` lists its keys."),
    ],
)
def test_a_council_that_is_wrong(tmp_path: Path, line: str, sentence: str) -> None:
    key = line.partition(":")[0]
    kept = [other for other in COUNCIL.splitlines() if not other.startswith(f"{key}:")]
    assert said(tmp_path, council="\n".join([*kept, line, ""])) == [f"targets/council.yaml:{sentence}"]


def test_viewers_without_officers_are_warned_of(tmp_path: Path) -> None:
    sentence = "lists viewers and no officers, so every viewer may also change everything; list the officers too."
    found = said(tmp_path, council=f"{COUNCIL}roles: {{viewers: [Eve], officers: []}}\n")
    assert found == [f"warning: targets/council.yaml:5:8: roles: {sentence}"]
    for roles in ("viewers: [Eve], officers: [Ann]", "viewers: []", "officers: [Ann]"):
        assert said(tmp_path, council=f"{COUNCIL}roles: {{{roles}}}\n") == []


def test_defaults_that_are_wrong_are_all_said(tmp_path: Path) -> None:
    line = "defaults: {tolerance: x, direction: {threshold: 5}, suppress_below: -1}\n"
    assert said(tmp_path, council=COUNCIL + line) == [
        "targets/council.yaml:5:23: defaults tolerance: 'x' is not an allowance; write 5% or 2 points.",
        (
            "targets/council.yaml:5:49: defaults direction threshold: '5' does not say what it counts; "
            "write 5% or 5 points."
        ),
        (
            "targets/council.yaml:5:69: defaults suppress_below: '-1' is not a whole number from 0 to 100; "
            "write one, as in 0."
        ),
    ]


def test_a_plan_that_is_wrong(tmp_path: Path) -> None:
    text = (
        PLAN.replace("plan:", "paln:").replace("indicators:", "indicators: []")
        + """\
committees: X
from: 2018
theme: [a]
breakdowns: [{code: B, title: t, dimensions: []}, {code: c d, title: t, dimensions: [a], total: 5}]
actions:
  - {code: A1, title: t, milestones: [{title: t}, {code: A1.1}]}
  - {title: t}
"""
    )
    assert said(tmp_path, safe=text) == [
        "targets/safe.yaml:1:1: paln: a plan file has no key 'paln'. Did you mean 'plan'?",
        "targets/safe.yaml:1:1: plan: is missing; a plan file needs it: the plan's title.",
        (
            "targets/safe.yaml:4:13: committees: is a text, but takes a list; "
            "write a list such as [Overview and Scrutiny]."
        ),
        (
            "targets/safe.yaml:5:7: from: '2018' does not say which year it means; "
            "write 2018-19 for April 2018 to March 2019."
        ),
        "targets/safe.yaml:6:8: theme: is a list, but takes one value; write a theme.",
        "targets/safe.yaml:7:46: B dimensions: is empty; write [source] or more.",
        (
            "targets/safe.yaml:7:58: c d code: 'c d' is not a code; "
            "write a letter, then up to 39 letters, digits, '-', '.' and '_', as in SAFE-01."
        ),
        (
            "targets/safe.yaml:7:97: c d total: '5' is not a code; "
            "write a letter, then up to 39 letters, digits, '-', '.' and '_', as in SAFE-01."
        ),
        (
            "targets/safe.yaml:9:39: A1 milestones 1 code: is missing; a milestone needs it: "
            "a short code that never changes, as in SAFE-01."
        ),
        "targets/safe.yaml:9:51: A1.1 title: is missing; a milestone needs it: what it is called.",
        (
            "targets/safe.yaml:10:5: actions 2 code: is missing; an action needs it: "
            "a short code that never changes, as in SAFE-01."
        ),
    ]


def test_items_that_are_no_indicators(tmp_path: Path) -> None:
    assert said(tmp_path, safe=PLAN + "  - 5\n  - []\n") == [
        "targets/safe.yaml:4:5: indicators 1: is a text, but takes keys with values; write {code: SAFE-01, title: …}.",
        "targets/safe.yaml:5:5: indicators 2: is a list, but takes keys with values; write {code: SAFE-01, title: …}.",
    ]
