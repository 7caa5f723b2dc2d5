from decimal import Decimal
from pathlib import Path

import pytest

from outcome_tracker.core.indicator import Basis, Break, Compare, Margin, Polarity, Span, Tier
from outcome_tracker.core.number import Unit, UnitKind
from outcome_tracker.core.period import Frequency, Kind, Period
from tests.plan_files.writing import COUNCIL, agreed, indicator, indicator_file, said


def test_the_least_that_an_indicator_needs(tmp_path: Path) -> None:
    found = indicator(tmp_path)
    assert (found.code, found.title, found.plan) == ("SAFE-01", "Second child protection plans", "SAFE")
    assert (found.tier, found.unit, found.better) == (Tier.HEADLINE, Unit(UnitKind.PERCENT), Polarity.LOWER)
    assert (found.frequency, found.basis, found.decimals) == (Frequency.QUARTERLY, Basis.ROLLING, 1)
    assert (found.tolerance, found.threshold, found.compare) == (Margin(Decimal(5)), Margin(Decimal(5)), None)
    assert (found.due, found.year, found.span, found.targets, found.extra) == (4, "financial", Span(), (), {})
    assert found.suppress_below is None


def test_every_key_of_an_indicator(tmp_path: Path) -> None:
    found = indicator(
        tmp_path,
        "decimals: 2",
        "numerator: children starting a second plan",
        "denominator: children starting a plan",
        "definition: Share of the children who had one before.",
        "source: Case system",
        "data_quality: Reconciled each year.",
        "owner: Safeguarding Unit",
        "tolerance: 2.5 points",
        "direction: {compare: same period last year, threshold: 0}",
        "suppress_below: 10",
        "breaks: [{from: 2018-19 Q3, reason: recount}, {from: 2017-18, reason: new case system}]",
        "from: 2016-17",
        "until: 2019-20 Q2",
        "illustrative: true",
        "spc: {run: 8, screen: yes, rebase: [Q1 2017/18], baseline: 12}",
        "benchmark:",
        "  layout: ees",
        '  file: "d3*.csv"',
        "  where: {category: Second plans, year: 2019}",
        "  value: CPP_percent",
        "  available_after: 8 months",
    )
    assert (found.decimals, found.numerator, found.denominator) == (
        2,
        "children starting a second plan",
        "children starting a plan",
    )
    assert (found.definition, found.source) == ("Share of the children who had one before.", "Case system")
    assert (found.data_quality, found.owner) == ("Reconciled each year.", "Safeguarding Unit")
    assert found.tolerance == Margin(Decimal("2.5"), points=True)
    assert (found.compare, found.threshold) == (Compare.YEAR_BEFORE, Margin(Decimal(0)))
    assert found.suppress_below == 10
    assert found.breaks == (
        Break(Period(Kind.YEAR, 2017), "new case system"),
        Break(Period(Kind.QUARTER, 2018, 3), "recount"),
    )
    assert found.span == Span(Period(Kind.YEAR, 2016), Period(Kind.QUARTER, 2019, 2))
    assert found.illustrative
    assert found.extra == {
        "spc": {"run": 8, "screen": True, "rebase": ["2017-18 Q1"], "baseline": 12},
        "benchmark": {
            "layout": "ees",
            "file": "d3*.csv",
            "where": {"category": "Second plans", "year": "2019"},
            "value": "CPP_percent",
            "available_after": 8,
        },
    }


def test_what_is_published_of_small_numbers_can_be_said_for_one(tmp_path: Path) -> None:
    assert indicator(tmp_path, "suppress_below: 0").suppress_below == 0
    assert said(tmp_path, safe=indicator_file("suppress_below: few")) == [
        (
            "targets/safe.yaml:11:21: SAFE-01 suppress_below: 'few' is not a whole number from 0 to 100; "
            "write one, as in 0."
        )
    ]


def test_an_annual_indicator_has_a_quarter_and_a_kind_of_year(tmp_path: Path) -> None:
    annual = {"quarterly": "annual"}
    academic = indicator(tmp_path, "year: academic", "due: Q2", "targets: {2018-19: 14}", instead=annual)
    assert (academic.year, academic.due, academic.kind) == ("academic", 2, Kind.ACADEMIC)
    assert academic.targets[0].year == Period(Kind.ACADEMIC, 2018)
    calendar = indicator(tmp_path, "year: calendar", "targets: {calendar 2018: 14}", instead=annual)
    assert calendar.targets[0].year == Period(Kind.CALENDAR, 2018)
    assert indicator(tmp_path, "year: financial").year == "financial"


@pytest.mark.parametrize(("unit", "decimals"), [("number", 0), ("rate per 10,000", 1), ("days", 0), ("percent", 1)])
def test_decimals_follow_the_unit(tmp_path: Path, unit: str, decimals: int) -> None:
    assert indicator(tmp_path, instead={"percent": unit}).decimals == decimals


def test_words_that_yaml_would_turn_into_something_else_stay_words(tmp_path: Path) -> None:
    found = indicator(tmp_path, "owner: 2018-19", "source: 1:30", instead={"Second child protection plans": "no"})
    assert (found.title, found.owner, found.source) == ("no", "2018-19", "1:30")


def test_texts_are_cleaned(tmp_path: Path) -> None:
    found = indicator(
        tmp_path, 'owner: "\\e[31mRed\\u202e team\\u200b\\t[bold]x[/]"', "source: >-\n      one\n      two"
    )
    assert (found.owner, found.source) == ("Red team [bold]x[/]", "one two")


def test_defaults_of_the_council_hold_where_the_indicator_is_silent(tmp_path: Path) -> None:
    council = COUNCIL + "defaults: {tolerance: 3%, direction: {threshold: 1 point}}\n"
    plain, own = (
        agreed(tmp_path, council=council, safe=indicator_file(*lines)).plans[0].indicators[0]
        for lines in ([], ["tolerance: 0%", "direction: {threshold: 2%}"])
    )
    assert (plain.tolerance, plain.threshold) == (Margin(Decimal(3)), Margin(Decimal(1), points=True))
    assert (own.tolerance, own.threshold) == (Margin(Decimal(0)), Margin(Decimal(2)))


def test_a_text_has_an_end(tmp_path: Path) -> None:
    assert indicator(tmp_path, f"owner: {'x' * 4_000}").owner == "x" * 4_000
    assert said(tmp_path, safe=indicator_file(f"owner: {'x' * 4_001}")) == [
        "targets/safe.yaml:11:12: SAFE-01 owner: has 4,001 characters; 4,000 are the most."
    ]


REFUSED = {
    "teir: x": "5: SAFE-01 teir: an indicator has no key 'teir'. Did you mean 'tier'?",
    "foo: x": "5: SAFE-01 foo: an indicator has no key 'foo'. `outcome-tracker targets schema` lists its keys.",
    "tier: x": "5: tier: stands twice, first in line 6; delete one.",
    "owner:": "11: SAFE-01 owner: is empty; write a person or team.",
    "owner: [a]": "12: SAFE-01 owner: is a list, but takes one value; write a person or team.",
    "owner: {a: b}": "12: SAFE-01 owner: is a set of keys, but takes one value; write a person or team.",
    "decimals: 16": "15: SAFE-01 decimals: '16' is not a whole number from 0 to 15; write one, as in 0.",
    "tolerance: 5": "16: SAFE-01 tolerance: '5' does not say what it counts; write 5% or 5 points.",
    "tolerance: five": "16: SAFE-01 tolerance: 'five' is not an allowance; write 5% or 2 points.",
    "tolerance: -1%": "16: SAFE-01 tolerance: '-1%' is not between 0% and 100%; write 5%.",
    "tolerance: 101%": "16: SAFE-01 tolerance: '101%' is not between 0% and 100%; write 5%.",
    "tolerance: -1 points": "16: SAFE-01 tolerance: '-1 points' is below zero; write 2 points.",
    "direction: previous": "16: SAFE-01 direction: is a text, but takes keys with values; "
    "write {compare: previous, threshold: 5%}.",
    "direction: {compare: best}": "26: SAFE-01 direction compare: 'best' is not known here; "
    "write previous, same period last year, previous year end or last available.",
    "direction: {treshold: 5%}": "17: SAFE-01 direction treshold: direction has no key 'treshold'. "
    "Did you mean 'threshold'?",
    "direction: {x: 5%}": "17: SAFE-01 direction x: direction has no key 'x'. Its keys are compare, threshold.",
    "breaks: 2017-18": "13: SAFE-01 breaks: is a text, but takes a list; "
    "write a list such as [{from: 2017-18, reason: …}].",
    "breaks: [{from: 2017-18}]": "14: SAFE-01 breaks 1 reason: is missing; a break needs it: what changed.",
    "breaks: [{from: 2018-20, reason: x}]": "21: SAFE-01 breaks 1 from: '2018-20': 2018 is followed by 2019; "
    "write 2018-19.",
    "breaks: [{from: 2017-18, reason: x}, {from: 2017-18, reason: y}]": "49: SAFE-01 breaks 2 from: "
    "2017-18 has two breaks; keep one, with both reasons.",
    "due: Q2": "10: SAFE-01 due: is only for frequency: annual; delete it.",
    "year: academic": "11: SAFE-01 year: is only for frequency: annual; delete it.",
    "year: lunar": "11: SAFE-01 year: 'lunar' is not known here; write financial, academic or calendar.",
    "from: 2019-20 Q5": "11: SAFE-01 from: '2019-20 Q5': a year has quarters 1 to 4; write 2018-19 Q4.",
    "illustrative: maybe": "19: SAFE-01 illustrative: 'maybe' is neither true nor false; write one of them.",
    "spc: {run: 2}": "16: SAFE-01 spc run: '2' is not a whole number from 3 to 30; write one, as in 3.",
    "spc: {baseline: 11}": "21: SAFE-01 spc baseline: '11' is not a whole number from 12 to 1000; write one, as in 12.",
    "spc: {rebase: [2017-18]}": "20: SAFE-01 spc rebase: '2017-18' is a financial year, not a quarter; "
    "write 2018-19 Q4.",
    "benchmark: {layout: csv, file: x}": "25: SAFE-01 benchmark layout: 'csv' is not known here; "
    "write ees, lait or plain.",
    "benchmark: {layout: ees}": "16: SAFE-01 benchmark file: is missing; a benchmark needs it: "
    "the file's name; * stands for any characters.",
    "benchmark: {layout: ees, file: x, where: x}": "46: SAFE-01 benchmark where: is a text, "
    "but takes keys with values; write {category: …}.",
    "benchmark: {layout: ees, file: x, where: {a: [1]}}": "50: SAFE-01 benchmark where a: is a list, "
    "but takes one value; write {category: …}.",
    "benchmark: {layout: ees, file: x, available_after: 8 weeks}": "56: SAFE-01 benchmark available_after: "
    "'8 weeks' is not a number of months; write 0 to 120 months, as in 8 months.",
}


@pytest.mark.parametrize(("line", "sentence"), REFUSED.items(), ids=list(REFUSED))
def test_what_is_wrong_is_said_where_it_stands(tmp_path: Path, line: str, sentence: str) -> None:
    assert said(tmp_path, safe=indicator_file(line)) == [f"targets/safe.yaml:11:{sentence}"]


REPLACED = {
    ("percent", "no"): "7:11: SAFE-01 unit: 'no' is not a unit; "
    "write percent, number, rate per 10000, days, pounds or ratio.",
    ("headline", "headlin"): "6:11: SAFE-01 tier: 'headlin' is not known here; write headline or wider.",
    ("SAFE-01", "1-SAFE"): "4:11: 1-SAFE code: '1-SAFE' is not a code; "
    "write a letter, then up to 39 letters, digits, '-', '.' and '_', as in SAFE-01.",
    ("    unit: percent\n", ""): "4:5: SAFE-01 unit: is missing; an indicator needs it: what it counts in.",
    ("quarterly", "weekly"): "9:16: SAFE-01 frequency: 'weekly' is not known here; "
    "write monthly, quarterly, half-yearly or annual.",
}


@pytest.mark.parametrize(("change", "sentence"), REPLACED.items(), ids=str)
def test_what_every_indicator_needs(tmp_path: Path, change: tuple[str, str], sentence: str) -> None:
    text = indicator_file(instead=dict([change]))
    assert said(tmp_path, safe=text) == [f"targets/safe.yaml:{sentence}"]


def test_a_missing_frequency_is_the_one_problem_of_what_depends_on_it(tmp_path: Path) -> None:
    lines = [
        "due: Q2",
        "year: academic",
        "breaks: [{from: 2018-19 Q3, reason: x}]",
        "spc: {rebase: [2018-19 Q3]}",
        "targets: {2018-19: {target: 14, profile: {Q1: 14}, revised: [{to: 13, from: 2018-19 Q3, reason: x}]}}",
    ]
    text = indicator_file(*lines, instead={"    frequency: quarterly\n": ""})
    assert said(tmp_path, safe=text) == [
        "targets/safe.yaml:4:5: SAFE-01 frequency: is missing; an indicator needs it: how often it is measured."
    ]


def test_a_span_that_ends_before_it_starts(tmp_path: Path) -> None:
    assert said(tmp_path, safe=indicator_file("from: 2019-20", "until: 2018-19")) == [
        "targets/safe.yaml:12:12: SAFE-01 until: 2018-19 ends before it starts, from: 2019-20; correct one of them."
    ]


def test_points_too_small_for_what_is_shown_are_warned_about(tmp_path: Path) -> None:
    lines = ["tolerance: 0.05 points", "direction: {compare: previous, threshold: 0.01 point}"]
    assert said(tmp_path, safe=indicator_file(*lines)) == [
        (
            "warning: targets/safe.yaml:11:16: SAFE-01 tolerance: 0.05 points is less than 0.1, "
            "the smallest step shown, so it acts like 0."
        ),
        (
            "warning: targets/safe.yaml:12:47: SAFE-01 direction threshold: 0.01 points is less than 0.1, "
            "the smallest step shown, so it acts like 0."
        ),
    ]
    assert indicator(tmp_path, *lines).tolerance == Margin(Decimal("0.05"), points=True)
