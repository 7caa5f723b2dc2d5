"""Breakdowns as a part of a report."""

from __future__ import annotations

from datetime import date

from outcome_tracker.core.indicator import Council, Plan
from outcome_tracker.core.report import Paragraph
from outcome_tracker.core.report_breakdowns import breakdowns
from outcome_tracker.core.report_matter import BreakdownTold, Matter, PlanTold
from outcome_tracker.core.scorecard import count
from outcome_tracker.core.suppression import Reason
from tests.core.breakdowns import APRIL, BY_SOURCE, BY_TEAM

NOTHING = count([], [])


def _plan(code: str, *told: BreakdownTold) -> PlanTold:
    return PlanTold(Plan(code, "A plan"), (), (), NOTHING, breakdowns=told)


def _matter(*plans: PlanTold) -> Matter:
    return Matter(Council("Testshire", "E10000001", "South", ()), APRIL, date(2021, 6, 15), plans, NOTHING)


def test_a_table_that_must_not_be_published_says_why() -> None:
    found = breakdowns(_matter(_plan("CF", BreakdownTold(BY_SOURCE, refused=Reason.WORKED_OUT))))

    assert found is not None
    assert found.sections[0].blocks == (
        Paragraph("This table is not published: a small number could be worked out whatever else is hidden."),
    )


def test_of_several_plans_each_has_a_heading() -> None:
    found = breakdowns(_matter(_plan("CF", BreakdownTold(BY_SOURCE)), _plan("CP", BreakdownTold(BY_TEAM)), _plan("X")))

    assert found is not None
    assert [section.title for section in found.sections] == ["CF A plan", "CP A plan"]
    assert [inner.code for section in found.sections for inner in section.sections] == [
        "breakdown-CON-SRC",
        "breakdown-CP-CAT",
    ]


def test_without_any_there_is_no_such_part() -> None:
    assert breakdowns(_matter(_plan("CF"))) is None
