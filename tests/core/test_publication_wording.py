from dataclasses import replace
from decimal import Decimal

import pytest

from outcome_tracker.core.breakdown import Breakdown, BreakdownFigure, Counted
from outcome_tracker.core.commentary import Commentary
from outcome_tracker.core.indicator import Agreed, Council, Plan
from outcome_tracker.core.mention import NOTE, Mention
from outcome_tracker.core.period import Kind, parse
from outcome_tracker.core.printed_counts import CellKey, FigureKey
from outcome_tracker.core.publication import Hidden, Publication, Refused, publish
from outcome_tracker.core.publication_wording import hidden_rows, left_out_text, mention_text
from outcome_tracker.core.suppression import Reason, Why
from tests.core.making import FAMILIES, Q4, REPEATS, STAMP

MARCH = parse("2019-03", Kind.MONTH)
PLANS = Agreed(
    Council("Cheshire West and Chester", "E06000050", "North West", ("England",)),
    (Plan("SAFE", "Safe", (REPEATS, FAMILIES), breakdowns=(Breakdown("SRC", "By source", "SAFE", ("source",)),)),),
)


SMALL = "counts below 5, and others so that these can't be worked out"


def test_what_is_hidden_is_listed_with_its_period_and_why() -> None:
    found = Publication(
        {},
        (),
        (
            Hidden(CellKey("SRC", MARCH, ("Police",)), Why.SMALL),
            Hidden(FigureKey("EX-02", parse("2018-19 Q3")), Why.OTHERS),
            Hidden(FigureKey("SAFE-01", Q4), Why.SMALL),
            Hidden(CellKey("SRC", MARCH, ("Health",)), Why.OTHERS),
            Hidden(CellKey("SRC", MARCH, ("School",)), Why.OTHERS),
        ),
        (Refused("SRC", parse("2019-02", Kind.MONTH), Reason.WORKED_OUT),),
    )
    assert hidden_rows(found, PLANS) == [
        ("SAFE-01 Children subject to a second or subsequent child protection plan", "Quarter 4 2018-19", SMALL),
        ("EX-02 Families with a sustained outcome", "Quarter 3 2018-19", SMALL),
        (
            "SRC By source",
            "February 2019",
            "not published: a small number could be worked out whatever else is hidden",
        ),
        ("SRC By source", "March 2019", SMALL),
    ]
    assert hidden_rows(Publication({}, ()), PLANS) == []


def cells(counts: dict[str, str]) -> list[BreakdownFigure]:
    return [BreakdownFigure("SRC", MARCH, (name,), 1, Counted(Decimal(count)), STAMP) for name, count in counts.items()]


@pytest.mark.parametrize(
    "counts",
    [
        {"A": "1", "B": "5", "": "6"},
        {"A": "1", "B": "1", "C": "5", "": "7"},
        {"A": "3", "B": "5", "": "8"},
    ],
)
def test_the_account_does_not_tell_how_many_of_the_hidden_cells_are_small(counts: dict[str, str]) -> None:
    found = publish(PLANS, {}, cells(counts))

    assert {each.why for each in found.hidden} == {Why.SMALL, Why.OTHERS}
    assert hidden_rows(found, PLANS) == [("SRC By source", "March 2019", SMALL)]


@pytest.mark.parametrize("below", [0, 1, 2])
def test_where_no_count_of_its_own_is_small_it_is_hidden_for_others(below: int) -> None:
    council = replace(PLANS.council, suppress_below=below)
    found = Publication({}, (), (Hidden(FigureKey("SAFE-01", Q4), Why.OTHERS),))
    (row,) = hidden_rows(found, replace(PLANS, council=council))

    assert row[2] == (
        "counts below 2, and others so that these can't be worked out"
        if below == 2
        else "hidden so that small numbers elsewhere can't be worked out"
    )


def test_a_mention_is_a_warning_that_says_where() -> None:
    said = Commentary("SAFE-01", Q4, "Year-end forecast", "These 3 children …")
    assert mention_text(Mention(said, "SAFE-01", "3 children")) == (
        "SAFE-01, Quarter 4 2018-19, Year-end forecast (judgement): '3 children' may say a number of SAFE-01 that is "
        "hidden; what people write is published as it is, so change the commentary."
    )
    note = Commentary("SAFE-01", Q4, NOTE, "These 3 children …")
    assert mention_text(Mention(note, "SAFE-02", "3 children")) == (
        "SAFE-01, Quarter 4 2018-19, Note: '3 children' may say a number of SAFE-02 that is hidden; what people write "
        "is published as it is, so change the note."
    )


def test_lines_that_are_left_out_are_counted() -> None:
    assert left_out_text(1).startswith("A line is not shown as published: a rating or")
    assert left_out_text(2).startswith("2 lines are not shown as published: a rating or")
