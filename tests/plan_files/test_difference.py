from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from outcome_tracker.core.breakdown import Breakdown, Published
from outcome_tracker.core.indicator import (
    Action,
    Agreed,
    Basis,
    Break,
    Compare,
    Council,
    Indicator,
    Margin,
    Milestone,
    Plan,
    Polarity,
    Span,
    Tier,
)
from outcome_tracker.core.number import Unit, UnitKind
from outcome_tracker.core.period import Frequency, Kind, Period
from outcome_tracker.core.target import Goal, Revision, Target
from outcome_tracker.plan_files.difference import Change, differences, lines
from tests.plan_files.writing import COUNCIL, agreed, indicator_file

ACTION = "actions: [{code: SAFE-A1, title: Fostering, milestones: [{code: SAFE-A1.1, title: Scope, due: %s}]}]\n"


def read(folder: Path, *indicator_lines: str, due: str = "2019-20", council: str = "", plan: str = "") -> Agreed:
    text = indicator_file(*indicator_lines) + ACTION % due + plan
    return agreed(folder, council=COUNCIL + council, safe=text)


def test_nothing_changed(tmp_path: Path) -> None:
    same = read(tmp_path, "targets: {2018-19: 14}")
    assert differences(same, same) == ()
    assert lines(()) == []


def test_all_is_added_when_nothing_is_applied_yet(tmp_path: Path) -> None:
    new = read(tmp_path, "targets:", "  2018-19: 14", "  2019-20: {proposed: 16, reason: 14 is tight, by: Unit}")
    changes = differences(None, new)
    assert [(change.action, change.kind, change.code, change.period) for change in changes] == [
        ("added", "council", "", ""),
        ("added", "plan", "SAFE", ""),
        ("added", "indicator", "SAFE-01", ""),
        ("added", "target", "SAFE-01", "2018-19"),
        ("added", "target", "SAFE-01", "2019-20"),
        ("added", "action", "SAFE-A1", ""),
        ("added", "milestone", "SAFE-A1.1", ""),
    ]
    assert changes[4].fields == (("proposed", "", "16"), ("reason", "", "14 is tight"), ("by", "", "Unit"))
    assert ("tier", "", "headline") in changes[2].fields
    assert lines(changes) == [
        "council added: Cheshire West and Chester",
        "plan SAFE added: Vulnerable adults and children feel safe",
        "indicator SAFE-01 added: Second child protection plans",
        "SAFE-01 target 2018-19: 14",
        "SAFE-01 target 2019-20: proposed 16 (14 is tight)",
        "action SAFE-A1 added: Fostering",
        "milestone SAFE-A1.1 added: Scope",
    ]


def test_a_changed_target_reads_old_to_new_with_its_reason(tmp_path: Path) -> None:
    old = read(tmp_path, "targets: {2018-19: 14}")
    new = read(tmp_path, "targets: {2018-19: {target: 16, reason: achievable}}")
    (change,) = differences(old, new)
    assert change == Change(
        "changed",
        "target",
        "SAFE-01",
        "2018-19",
        (("target", "14", "16"), ("reason", "", "achievable")),
        "achievable",
        "14 → 16",
    )
    assert lines([change]) == ["SAFE-01 target 2018-19: 14 → 16 (achievable)"]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("{}", "{2018-19: 14}", "SAFE-01 target 2018-19: none → 14"),
        ("{2018-19: 14}", "{}", "SAFE-01 target 2018-19: 14 → none"),
        (
            "{2018-19: 14}",
            "{2018-19: {target: 14, revised: [{to: 15, from: 2018-19 Q3, reason: grant closed, by: Ann}]}}",
            "SAFE-01 target 2018-19: 14 → 14, 15 from 2018-19 Q3 (grant closed)",
        ),
        (
            "{2018-19: {proposed: 14, reason: x}}",
            "{2018-19: 14}",
            "SAFE-01 target 2018-19: proposed 14 → 14",
        ),
        (
            "{2018-19: 14}",
            "{2018-19: {target: 14, profile: {Q1: 11, Q2: 12, Q3: 13, Q4: 14}}}",
            "SAFE-01 target 2018-19: 14 → 14, by Q1 11, Q2 12, Q3 13, Q4 14",
        ),
        ("{2018-19: 14}", "{2018-19: {target: 14, source: Minutes}}", "SAFE-01 target 2018-19 source: none → Minutes"),
        ("{2018-19: 14}", "{2018-19: 14.0}", "SAFE-01 target 2018-19: 14 → 14.0"),
    ],
)
def test_targets_in_a_line(tmp_path: Path, old: str, new: str, line: str) -> None:
    before, after = read(tmp_path, f"targets: {old}"), read(tmp_path, f"targets: {new}")
    assert lines(differences(before, after)) == [line]


def test_changes_name_keys_as_the_files_do(tmp_path: Path) -> None:
    old = read(tmp_path, "owner: Unit", "tolerance: 5%", council="calendar: {figures_due: 15 days}\n")
    new = read(
        tmp_path,
        "tolerance: 2 points",
        "direction: {compare: previous, threshold: 0}",
        "spc: {run: 8, screen: true, rebase: [2017-18 Q1, 2018-19 Q1]}",
        "benchmark: {layout: ees, file: x.csv, where: {category: Second plans}}",
        "breaks: [{from: 2017-18, reason: new system}]",
        "from: 2016-17",
        due="2019-06-30",
        council="calendar: {figures_due: 1 day}\nroles: {officers: [Ann, Bob]}\nreporting_period: 2018-19 Q4\n",
        plan="breakdowns: [{code: SRC, title: By source, dimensions: [source, age], multi_response: true}]\n",
    )
    assert lines(differences(old, new)) == [
        "council reporting_period: none → 2018-19 Q4",
        "council calendar figures_due: 15 days → 1 day",
        "council roles officers: none → Ann, Bob",
        "SAFE-01 tolerance: 5% → 2 points",
        "SAFE-01 direction compare: none → previous",
        "SAFE-01 direction threshold: 5% → 0%",
        "SAFE-01 breaks: none → 2017-18: new system",
        "SAFE-01 from: none → 2016-17",
        "SAFE-01 spc run: none → 8",
        "SAFE-01 spc screen: none → true",
        "SAFE-01 spc rebase: none → 2017-18 Q1, 2018-19 Q1",
        "SAFE-01 benchmark layout: none → ees",
        "SAFE-01 benchmark file: none → x.csv",
        "SAFE-01 benchmark where category: none → Second plans",
        "SAFE-01 owner: Unit → none",
        "breakdown SRC added: By source",
        "SAFE-A1.1 due: 2019-20 → 2019-06-30",
    ]


def test_what_is_gone_is_archived_last_and_its_targets_with_it(tmp_path: Path) -> None:
    old = read(tmp_path, "targets: {2018-19: 14}")
    new = agreed(tmp_path, safe="plan: Vulnerable adults and children feel safe\ncode: SAFE\nindicators: []\n")
    changes = differences(old, new)
    assert lines(changes) == [
        "indicator SAFE-01 archived: Second child protection plans",
        "action SAFE-A1 archived: Fostering",
        "milestone SAFE-A1.1 archived: Scope",
    ]
    assert ("tier", "headline", "") in changes[0].fields


def test_an_indicator_that_moves_keeps_its_targets(tmp_path: Path) -> None:
    old = read(tmp_path, "targets: {2018-19: 14}")
    (plan,) = old.plans
    moved = replace(plan, code="CARE", indicators=tuple(replace(i, plan="CARE") for i in plan.indicators), actions=())
    new = replace(old, plans=(replace(plan, indicators=()), moved))
    assert lines(differences(old, new)) == [
        "plan CARE added: Vulnerable adults and children feel safe",
        "SAFE-01 plan: SAFE → CARE",
    ]


def test_restored_reads_like_added() -> None:
    target = Change("restored", "target", "SAFE-01", "2018-19", summary="none → 14")
    assert lines([Change("restored", "indicator", "SAFE-01", summary="Second plans"), target]) == [
        "indicator SAFE-01 restored: Second plans",
        "SAFE-01 target 2018-19: 14",
    ]


def test_long_lines_are_wrapped_at_80_columns() -> None:
    change = Change("changed", "target", "SAFE-01", "2018-19", reason="because " * 20, summary="14 → 16")
    wrapped = lines([change])
    assert len(wrapped) > 1
    assert all(len(line) <= 80 for line in wrapped)
    assert all(line.startswith("    ") for line in wrapped[1:])


YEAR = Period(Kind.YEAR, 2018)
INDICATOR = Indicator(
    "A1", "t", "A", Tier.WIDER, Unit(UnitKind.NUMBER), Polarity.HIGHER, Frequency.ANNUAL, Basis.POINT, 0
)
OTHER: dict[type, dict[str, object]] = {
    Council: {
        "name": "n",
        "area": "a",
        "region": "r",
        "comparators": ("c",),
        "dfe_code": "896",
        "reporting_period": YEAR,
        "figures_due_days": 1,
        "tolerance": Margin(Decimal(1)),
        "threshold": Margin(Decimal(1)),
        "suppress_below": 9,
        "extra": {"neighbours": {"average": "mean"}},
    },
    Plan: {
        "title": "n",
        "theme": "x",
        "owner": "x",
        "lead_member": "x",
        "committees": ("x",),
        "span": Span(YEAR),
        "illustrative": True,
        "extra": {"colour": "red"},
    },
    Indicator: {
        "title": "n",
        "plan": "B",
        "tier": Tier.HEADLINE,
        "unit": Unit(UnitKind.DAYS),
        "better": Polarity.LOWER,
        "frequency": Frequency.MONTHLY,
        "basis": Basis.PERIOD,
        "decimals": 3,
        "numerator": "x",
        "denominator": "x",
        "definition": "x",
        "source": "x",
        "data_quality": "x",
        "owner": "x",
        "tolerance": Margin(Decimal(1)),
        "compare": Compare.PREVIOUS,
        "threshold": Margin(Decimal(1)),
        "suppress_below": 0,
        "breaks": (Break(YEAR, "x"),),
        "targets": (Target(YEAR, Goal(Decimal(1))),),
        "span": Span(None, YEAR),
        "due": 2,
        "year": "academic",
        "illustrative": True,
        "extra": {"spc": {"run": 8}},
    },
    Breakdown: {
        "title": "n",
        "plan": "B",
        "dimensions": ("source", "age"),
        "total": "B1",
        "multi_response": True,
        "frequency": Frequency.QUARTERLY,
        "basis": Basis.POINT,
        "shares": True,
        "compare": Compare.PREVIOUS,
        "at_least": 500,
        "mark_change": Margin(Decimal(20)),
        "decimals": 1,
        "published": Published.CHANGE,
        "definition": "x",
        "source": "x",
        "owner": "x",
        "suppress_below": 0,
        "category_indicators": {"Police": "B1"},
        "illustrative": True,
    },
    Action: {"title": "n", "plan": "B", "owner": "x", "source": "x", "illustrative": True},
    Milestone: {"title": "n", "action": "B", "due": "2019-20", "owner": "x", "source": "x", "illustrative": True},
    Target: {
        "goal": Goal(Decimal(2)),
        "profile": (("Q1", Decimal(1)),),
        "revised": (Revision(Goal(Decimal(1)), YEAR, "x"),),
        "proposed": Goal(Decimal(1)),
        "reason": "x",
        "by": "x",
        "source": "x",
        "illustrative": True,
    },
}
KEYS = {
    "code",
    "milestones",
    "indicators",
    "actions",
    "breakdowns",
}  # a code is the subject itself; the others are subjects
CASES = [(kind, name) for kind, changed in OTHER.items() for name in changed]


def whole(**changed: dict[str, Any]) -> Agreed:
    """Return a small agreement with one field of one kind changed."""

    def own(kind: str) -> dict[str, Any]:
        return changed.get(kind, {})

    target = replace(Target(YEAR, Goal(Decimal(14))), **own("Target"))
    indicator = replace(replace(INDICATOR, targets=(target,)), **own("Indicator"))
    milestone = replace(Milestone("M1", "t", "A2", "A"), **own("Milestone"))
    action = replace(Action("A2", "t", "A", milestones=(milestone,)), **own("Action"))
    breakdown = replace(Breakdown("A3", "t", "A", ("source",)), **own("Breakdown"))
    plan = replace(Plan("A", "t", (indicator,), (action,), breakdowns=(breakdown,)), **own("Plan"))
    return Agreed(replace(Council("c", "E06000050", "NW", ("England",)), **own("Council")), (plan,))


@pytest.mark.parametrize(("kind", "name"), CASES, ids=[f"{kind.__name__} {name}" for kind, name in CASES])
def test_no_change_of_any_field_goes_unseen(kind: type, name: str) -> None:
    changes = differences(whole(), whole(**{kind.__name__: {name: OTHER[kind][name]}}))
    assert len(changes) == 1
    assert changes[0].fields
    assert lines(changes)


@pytest.mark.parametrize("kind", OTHER, ids=lambda kind: kind.__name__)
def test_every_field_is_among_those_changed_above(kind: type) -> None:
    apart = KEYS | ({"plan"} if kind is Milestone else {"year"} if kind is Target else set())
    assert {field.name for field in fields(kind)} - apart == set(OTHER[kind])
