"""Wording: sentences, labels and lines in full, as both front ends and the reports print them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from outcome_tracker.core import wording
from outcome_tracker.core.benchmark import Benchmark, Verdict
from outcome_tracker.core.direction import Direction
from outcome_tracker.core.figure import Content, Status
from outcome_tracker.core.indicator import Indicator, Polarity
from outcome_tracker.core.milestone import Actions, Progress
from outcome_tracker.core.number import Unit
from outcome_tracker.core.period import parse
from outcome_tracker.core.rag import Rag, Reason
from outcome_tracker.core.scorecard import Compared, Counts, Row, Tally
from outcome_tracker.core.standing import Measured, Travel
from outcome_tracker.core.target import Goal, InForce
from tests.core.making import (
    DAYS,
    FAMILIES,
    NUMBER,
    PERCENT,
    PLAN,
    POUNDS,
    Q4,
    RATE,
    RATIO,
    REPEATS,
    YEAR,
    at,
    between,
    content,
    number,
)

ENGLAND = Benchmark("SAFE-01", "England", parse("2017-18"), Decimal("20.2"), released=date(2018, 11, 15))
BETTER = Compared(ENGLAND, Decimal("20.2"), 12, Verdict.BETTER, Decimal("-4.3"))
TRAVEL = Travel(Direction.IMPROVED, "", parse("2017-18 Q4"), Decimal("16.9"), Decimal("15.9"))
ROW = Row(
    REPEATS,
    PLAN,
    Q4,
    Measured(Q4, Decimal("15.9"), content("44/276")),
    InForce(at("14"), at("14")),
    Rag.RED,
    None,
    TRAVEL,
    None,
    TRAVEL,
    (BETTER,),
)


def test_a_rating_is_a_shape_and_a_word() -> None:
    assert [wording.rag_label(rag) for rag in Rag] == ["● Green", "▲ Amber", "■ Red", "◌ M"]
    assert wording.rag_label(None) == "context"
    assert [wording.RAG_LETTER[rag] for rag in Rag] == ["G", "A", "R", "M"]


def test_a_direction_is_an_arrow_and_a_word() -> None:
    assert [wording.direction_label(way) for way in Direction] == ["↗ Improved", "→ Same", "↘ Declined", "? Unknown"]
    assert wording.direction_label(None) == ""
    assert [wording.DIRECTION_PHRASE[way] for way in Direction] == [
        "Improved performance",
        "Stayed the same",
        "Requires improvement",
        "Further information is needed or the latest measure is unavailable",
    ]


def test_every_word_of_a_kind_has_its_own_letter_and_glyph() -> None:
    for glyphs, words in (
        (wording.RAG_GLYPH, Rag),
        (wording.DIRECTION_GLYPH, Direction),
        (wording.VERDICT_GLYPH, Verdict),
        (wording.PROGRESS_GLYPH, Progress),
        (wording.PROGRESS_WORD, Progress),
        (wording.POLARITY_PHRASE, Polarity),
    ):
        assert set(glyphs) == set(words)
        assert len(set(glyphs.values())) == len(glyphs)
    assert wording.PROGRESS_WORD[Progress.REPHASED] == "Re-phased"


def test_the_line_as_councils_print_it() -> None:
    counts = {Rag.GREEN: 4, Rag.AMBER: 3, Rag.RED: 8, Rag.M: 3}
    assert wording.line(counts) == "Green – 4; Amber – 3; Red – 8; M – 3"
    assert wording.line({}) == "Green – 0; Amber – 0; Red – 0; M – 0"


def test_the_line_of_directions() -> None:
    counts = {Direction.IMPROVED: 7, Direction.SAME: 5, Direction.DECLINED: 3, Direction.UNKNOWN: 3}
    assert wording.direction_line(counts) == (
        "↗ 7 improved   → 5 same   ↘ 3 requires improvement   ? 3 information needed"
    )
    assert wording.direction_line({}) == "↗ 0 improved   → 0 same   ↘ 0 requires improvement   ? 0 information needed"


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        (Actions(), "no actions are planned"),
        (
            Actions(total=13, delivered_or_on_track=10, delivered_in_year=6, rephased=3),
            "77% delivered or on track · 6 delivered this year · 3 re-phased",
        ),
        (
            Actions(total=3, delivered_or_on_track=1, overdue=1, cancelled=1),
            "50% delivered or on track · 0 delivered this year · 0 re-phased · 1 overdue · 1 cancelled, not counted",
        ),
    ],
)
def test_the_line_of_actions(actions: Actions, expected: str) -> None:
    assert wording.actions_line(actions) == expected


def test_how_many_are_returned() -> None:
    none = Tally({}, {})
    counts = Counts(none, none, none, 15, 18, 3, Actions())
    assert wording.returned_line(counts) == "15 of 18 returned · 3 overdue"
    assert wording.returned_line(replace(counts, overdue=0)) == "15 of 18 returned"


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("15.9", PERCENT, "15.9%"),
        ("1200", POUNDS, "£1,200"),
        ("73.0", RATE, "73.0"),
        ("12", DAYS, "12"),
        ("2591", NUMBER, "2,591"),
        ("1.25", RATIO, "1.25"),
        (None, PERCENT, "–"),
    ],
)
def test_a_value_in_a_table(value: str | None, unit: Unit, expected: str) -> None:
    assert wording.value_text(number(value), unit) == expected


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (None, "–"),
        (InForce(at("14"), at("14")), "14"),
        (InForce(at("14.50"), at("14.50")), "14.50"),
        (InForce(between("1100", "1300"), between("1100", "1300")), "1,100 to 1,300"),
        (InForce(Goal(Fraction(665)), at("1330"), profiled=True), "665 profiled"),
        (InForce(Goal(Fraction(1000, 12)), at("1000"), profiled=True), "83.33 profiled"),
    ],
)
def test_a_target_in_a_table(target: InForce | None, expected: str) -> None:
    assert wording.target_text(target, FAMILIES) == expected


def test_marks_beside_a_figure() -> None:
    plain = ROW.figure
    provisional = replace(plain, content=Content(status=Status.PROVISIONAL))
    invented = replace(plain, content=Content(illustrative=True))
    both = replace(plain, content=Content(status=Status.PROVISIONAL, illustrative=True))
    assert wording.marks(plain) == wording.marks(plain, ROW) == ""
    assert wording.marks(provisional) == "[p]"
    assert wording.marks(invented) == "[illustrative]"
    assert wording.marks(both, ROW) == "[p] [illustrative]"
    assert wording.marks(replace(provisional, value=None)) == ""
    assert wording.marks(plain, replace(ROW, indicator=replace(REPEATS, illustrative=True))) == "[illustrative]"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (content("44/276"), "44 of 276"),
        (content("543/2591"), "543 of 2,591"),
        (content("73 1482/"), "1,482"),
        (content("73 /2591"), "of 2,591"),
        (content("73"), ""),
        (None, ""),
    ],
)
def test_the_parts_of_a_figure(told: Content | None, expected: str) -> None:
    assert wording.parts_text(told) == expected


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [
        ("1.9", PERCENT, "1.9 percentage points"),
        ("-1.9", PERCENT, "1.9 percentage points"),
        ("1", PERCENT, "1 percentage point"),
        ("-1.0", PERCENT, "1.0 percentage point"),
        ("-1200", POUNDS, "£1,200"),
        ("2.3", RATE, "2.3 per 10,000"),
        ("1", DAYS, "1 day"),
        ("30", NUMBER, "30"),
    ],
)
def test_a_difference_with_its_unit(amount: str, unit: Unit, expected: str) -> None:
    assert wording.difference_text(Decimal(amount), unit) == expected


WITHIN = replace(REPEATS, better=Polarity.WITHIN)
RANGE = InForce(between("10", "14"), between("10", "14"))


@pytest.mark.parametrize(
    ("value", "indicator", "target", "expected"),
    [
        ("15.9", REPEATS, ROW.target, "1.9 percentage points above the target of 14"),
        ("14.5", REPEATS, ROW.target, "0.5 percentage points above the target of 14"),
        ("13.0", REPEATS, ROW.target, "1.0 percentage point below the target of 14"),
        ("14.0", REPEATS, ROW.target, "exactly on the target of 14"),
        ("15.9", WITHIN, RANGE, "1.9 percentage points above the target of 10 to 14"),
        ("9.5", WITHIN, RANGE, "0.5 percentage points below the target of 10 to 14"),
        ("10.0", WITHIN, RANGE, "within the target of 10 to 14"),
        ("14.0", WITHIN, RANGE, "within the target of 10 to 14"),
        (
            "600",
            FAMILIES,
            InForce(Goal(Fraction(665)), at("1330"), profiled=True),
            "65 below the profiled target of 665",
        ),
        (
            "80",
            FAMILIES,
            InForce(Goal(Fraction(1000, 12)), at("1000"), profiled=True),
            "3.33 below the profiled target of 83.33",
        ),
        (
            "500",
            replace(FAMILIES, better=Polarity.WITHIN),
            InForce(between("550", "650"), between("1100", "1300"), profiled=True),
            "50 below the profiled target of 550 to 650",
        ),
        (None, REPEATS, ROW.target, ""),
        ("15.9", REPEATS, None, ""),
    ],
)
def test_how_a_figure_stands_to_its_target(
    value: str | None, indicator: Indicator, target: InForce | None, expected: str
) -> None:
    row = replace(ROW, indicator=indicator, figure=replace(ROW.figure, value=number(value)), target=target)
    assert wording.against_target(row) == expected


@pytest.mark.parametrize(
    ("travel", "unit", "expected"),
    [
        (None, PERCENT, ""),
        (TRAVEL, PERCENT, "Improved from 16.9% in Quarter 4 2017-18"),
        (
            replace(TRAVEL, direction=Direction.SAME, illustrative=True),
            PERCENT,
            "Stayed the same as 16.9% in Quarter 4 2017-18 [illustrative]",
        ),
        (
            replace(TRAVEL, direction=Direction.DECLINED),
            PERCENT,
            "Requires improvement: was 16.9% in Quarter 4 2017-18",
        ),
        (
            replace(TRAVEL, earlier=Decimal(250), later=Decimal(300), increment=True),
            NUMBER,
            "Improved: 300 added, after 250 in Quarter 4 2017-18",
        ),
        (
            replace(TRAVEL, direction=Direction.DECLINED, earlier=Decimal(250), later=Decimal(90), increment=True),
            NUMBER,
            "Requires improvement: 90 added, after 250 in Quarter 4 2017-18",
        ),
        (replace(TRAVEL, period=parse("2018-03")), PERCENT, "Improved from 16.9% in March 2018"),
        (replace(TRAVEL, period=parse("2017-18")), PERCENT, "Improved from 16.9% in Year 2017-18"),
        (
            Travel(Direction.UNKNOWN, "Quarter 3 2018-19 is not returned", parse("2018-19 Q3")),
            PERCENT,
            "Direction unknown: Quarter 3 2018-19 is not returned",
        ),
        (
            replace(TRAVEL, direction=Direction.UNKNOWN, reason="no target range is set"),
            PERCENT,
            "Direction unknown: no target range is set",
        ),
    ],
)
def test_a_direction_in_words(travel: Travel | None, unit: Unit, expected: str) -> None:
    assert wording.travel_text(travel, unit) == expected


NOT_DUE = Measured(Q4, absent=Reason.NOT_DUE, note="due on 2019-04-15")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            ROW,
            (
                "15.9% in Quarter 4 2018-19, 1.9 percentage points above the target of 14: Red. "
                "Improved from 16.9% in Quarter 4 2017-18. "
                "Better than England, 20.2% in 2017-18, not tested."
            ),
        ),
        (
            replace(ROW, target=None, rag=Rag.M, rag_reason=Reason.NO_TARGET, benchmarks=()),
            "15.9% in Quarter 4 2018-19: M (no target). Improved from 16.9% in Quarter 4 2017-18.",
        ),
        (
            replace(ROW, target=None, rag=None, travel=None),
            "15.9% in Quarter 4 2018-19. Better than England, 20.2% in 2017-18, not tested.",
        ),
        (
            replace(ROW, figure=replace(ROW.figure, period=YEAR), target=None, rag=None, travel=None, benchmarks=()),
            "15.9% in Year 2018-19.",
        ),
        (replace(ROW, figure=NOT_DUE), "No figure for Quarter 4 2018-19: not due yet (due on 2019-04-15)."),
        (
            replace(ROW, figure=Measured(Q4, absent=Reason.SUPPRESSED)),
            "No figure for Quarter 4 2018-19: suppressed.",
        ),
    ],
)
def test_an_indicator_in_words(row: Row, expected: str) -> None:
    assert wording.sentence(row) == expected


def test_why_a_rating_cannot_be_given() -> None:
    assert wording.rag_reason_text(ROW) == ""
    no_target = replace(ROW, rag_reason=Reason.NO_TARGET)
    assert wording.rag_reason_text(no_target) == "no target"
    waiting = replace(ROW, figure=NOT_DUE, rag_reason=Reason.NOT_DUE)
    assert wording.rag_reason_text(waiting) == "not due yet; due on 2019-04-15"
    made = replace(no_target, figure=replace(ROW.figure, note="the counts of three months added"))
    assert wording.rag_reason_text(made) == "no target"
    silent = replace(ROW, figure=Measured(Q4, absent=Reason.NOT_RETURNED), rag_reason=Reason.NOT_RETURNED)
    assert wording.rag_reason_text(silent) == "not returned"


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("2019-03-31", "31 Mar 2019"),
        ("2019-12-01", "1 Dec 2019"),
        ("2019-20", "during 2019-20"),
        ("2019-2020", "during 2019-20"),
        ("", "date not stated"),
        ("not stated", "date not stated"),
    ],
)
def test_when_a_milestone_is_due(due: str, expected: str) -> None:
    assert wording.due_text(due) == expected


def test_a_period_inside_a_sentence() -> None:
    assert wording.period_short(Q4) == "Quarter 4 2018-19"
    assert wording.period_short(YEAR) == "Year 2018-19"
    assert wording.period_short(parse("2019-03")) == "March 2019"


def test_how_much_of_a_published_line_is_printed() -> None:
    assert wording.printed_text(18, 8) == "18 measures as published; the figures of 8 are printed"
    assert wording.printed_text(1, 0) == "1 measure as published; the figures of 0 are printed"


def test_the_three_questions_and_the_marks() -> None:
    assert wording.QUESTION_TARGETS == "Are we achieving our targets?"
    assert wording.QUESTION_DIRECTION == "Are we getting better?"
    assert wording.QUESTION_ACTIONS == "Are we completing the actions in our plans?"
    assert (wording.PROVISIONAL, wording.BREAK, wording.ILLUSTRATIVE) == ("[p]", "[b]", "[illustrative]")
