"""Words that reports alone use."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from outcome_tracker.core.benchmark import Benchmark
from outcome_tracker.core.milestone import Actions
from outcome_tracker.core.number import Unit, UnitKind
from outcome_tracker.core.period import parse
from outcome_tracker.core.report_wording import (
    actions_words,
    beside_text,
    defined_text,
    figures_in,
    illustrative_text,
    invented_text,
    lag_words,
    no_signal_text,
    of_work_text,
    owned_text,
    refused_text,
    small_numbers_text,
    unit_phrase,
    usual_text,
    withheld_text,
)
from outcome_tracker.core.scorecard import Compared, count
from outcome_tracker.core.spc import Chart, NoChart
from outcome_tracker.core.suppression import Reason
from tests.core.making import PERCENT, RATE, REPEATS

ENGLAND = Benchmark("SAFE-01", "England", parse("2017-18"), Decimal("20.2"))


def _beside(difference: str | None, unit: Unit = PERCENT) -> str:
    gap = None if difference is None else Decimal(difference)
    return beside_text(Compared(ENGLAND, Decimal("20.2"), 12, difference=gap), unit)


def test_differences_between_percentages_are_percentage_points() -> None:
    assert _beside("-4.2") == "4.2 percentage points lower"
    assert _beside("1") == "1 percentage point higher"
    assert _beside("0.0") == "equal"
    assert _beside(None) == "–"
    assert _beside("9.0", RATE) == "9.0 per 10,000 higher"


def test_the_line_of_actions_is_a_sentence() -> None:
    actions = Actions(total=13, delivered_or_on_track=8, delivered_in_year=4, rephased=3)

    assert actions_words(actions) == "62% delivered or on track; 4 delivered this year; 3 re-phased."
    assert actions_words(Actions()) == "No actions are planned."


def test_figures_in_are_said_in_a_sentence() -> None:
    counts = replace(count([], []), returned=14, due=17)

    assert figures_in(counts) == "14 of 17 figures are in."
    assert figures_in(replace(counts, overdue=1)) == "14 of 17 figures are in; 1 is overdue."
    assert figures_in(replace(counts, overdue=3)) == "14 of 17 figures are in; 3 are overdue."
    assert figures_in(count([], [])) == "No figure is due."


@pytest.mark.parametrize(
    ("below", "said"),
    [(5, "Counts from 1 to 4 are hidden ([c])"), (2, "Counts of 1 are hidden ([c])")],
)
def test_what_is_hidden_is_said(below: int, said: str) -> None:
    assert small_numbers_text(1) == "No small number is hidden, as the council has set it."
    assert small_numbers_text(below).startswith(f"{said}, and so is whatever they could be worked out from")


def test_withheld_ratings_are_counted() -> None:
    assert withheld_text(0) == "No rating is withheld because of a small number."
    assert withheld_text(1) == "1 rating is withheld because of a small number and counted as M."
    assert withheld_text(12) == "12 ratings are withheld because of a small number and counted as M."


@pytest.mark.parametrize(
    ("definition", "numerator", "denominator", "said"),
    [
        ("A share.", "repeat plans", "plans", "A share. Counted: repeat plans, out of plans."),
        ("", "repeat plans", "", "Counted: repeat plans."),
        ("", "", "plans", "Counted: out of plans."),
        ("A share.", "", "", "A share."),
        ("", "", "", "–"),
    ],
)
def test_an_indicator_is_defined_by_what_it_counts(
    definition: str, numerator: str, denominator: str, said: str
) -> None:
    indicator = replace(REPEATS, definition=definition, numerator=numerator, denominator=denominator)
    assert defined_text(indicator) == said


def test_what_holds_for_all_is_said_once() -> None:
    assert usual_text(["quarterly", "Amber within 5% of the target"]) == (
        "Unless the table says otherwise: quarterly; Amber within 5% of the target."
    )
    assert usual_text([]) == ""
    assert owned_text("Children's Services") == "The owner of each is Children's Services."
    assert owned_text("") == "No owner is named for any of them."
    assert of_work_text("Report, 15 June 2021") == (
        "The source of all is Report, 15 June 2021; the table says where in it."
    )
    assert of_work_text("") == ""


def test_of_when_invented_figures_are() -> None:
    periods = [parse("2017-18 Q1").shift(n) for n in range(6)]
    assert invented_text(periods[:2]) == "Quarter 1 2017-18, Quarter 2 2017-18"
    assert invented_text(periods) == "6 periods, Quarter 1 2017-18 to Quarter 2 2018-19"


@pytest.mark.parametrize(
    ("now", "others", "said"),
    [
        (0, 0, ""),
        (2, 0, "2 of 0 indicators [illustrative]"),
        (0, 1, "earlier figures or targets of 1 indicator [illustrative]"),
        (0, 3, "earlier figures or targets of 3 indicators [illustrative]"),
        (2, 1, "2 of 0 indicators [illustrative]; earlier figures or targets of 1 other [illustrative]"),
    ],
)
def test_who_rests_on_what_is_invented_is_counted(now: int, others: int, said: str) -> None:
    assert illustrative_text(replace(count([], []), illustrative=now), others) == said


def test_why_there_is_no_process_control() -> None:
    overlap = Chart(absent=NoChart.OVERLAP)

    assert no_signal_text(overlap, REPEATS) == (
        "No statistical process control: each figure covers the year to date, so successive figures overlap."
    )
    assert no_signal_text(Chart(), REPEATS) == "No statistical process control: there are 0 figures so far."


def test_small_phrases() -> None:
    assert lag_words(12) == "12 months earlier"
    assert lag_words(1) == "1 month earlier"
    assert lag_words(0) == "same end"
    assert unit_phrase(RATE) == "rate per 10,000"
    assert unit_phrase(Unit(UnitKind.DAYS)) == "days"
    assert refused_text(Reason.WORKED_OUT) == (
        "This table is not published: a small number could be worked out whatever else is hidden."
    )
