"""Breakdowns as plan files declare them."""

from decimal import Decimal
from pathlib import Path

import pytest

from outcome_tracker.core.breakdown import Breakdown, Published
from outcome_tracker.core.indicator import Basis, Compare, Margin
from outcome_tracker.core.period import Frequency, Kind
from tests.plan_files.writing import agreed, indicator_file, said

WHOLE = """\
breakdowns:
  - code: CON-SRC
    title: Contacts to the front door by source
    dimensions: [source]
    total: safe-01
    multi_response: no
    frequency: monthly
    basis: rolling 12 months
    shares: true
    compare: same period last year
    at_least: 500
    mark_change: 20%
    decimals: 1
    published: change
    definition: Every contact once, by who made it.
    source: Children's social care case system
    owner: iART
    suppress_below: 3
    indicators: {Police: safe-01}
"""


def read(folder: Path, text: str) -> tuple[Breakdown, ...]:
    return agreed(folder, safe=indicator_file() + text).breakdowns


def problems(folder: Path, more: str) -> list[str]:
    return said(folder, safe=indicator_file() + f"breakdowns: [{{code: B, title: t, {more}}}]\n")


def test_every_key_of_a_breakdown(tmp_path: Path) -> None:
    (breakdown,) = read(tmp_path, WHOLE)
    assert breakdown == Breakdown(
        code="CON-SRC",
        title="Contacts to the front door by source",
        plan="SAFE",
        dimensions=("source",),
        total="SAFE-01",
        frequency=Frequency.MONTHLY,
        basis=Basis.ROLLING,
        shares=True,
        at_least=500,
        mark_change=Margin(Decimal(20)),
        decimals=1,
        published=Published.CHANGE,
        definition="Every contact once, by who made it.",
        source="Children's social care case system",
        owner="iART",
        suppress_below=3,
        category_indicators={"Police": "SAFE-01"},
    )
    assert breakdown.kind is Kind.MONTH
    assert breakdown.compare is Compare.YEAR_BEFORE


def test_little_need_be_said(tmp_path: Path) -> None:
    (breakdown,) = read(tmp_path, "breakdowns: [{code: B, title: t, dimensions: [team, age group]}]\n")
    assert breakdown == Breakdown("B", "t", "SAFE", ("team", "age group"))
    assert (breakdown.frequency, breakdown.basis) == (Frequency.MONTHLY, Basis.PERIOD)
    assert breakdown.suppress_below is None
    assert breakdown.grand_total == ("", "")


def test_it_is_counted_as_often_as_its_total_which_may_stand_in_another_file(tmp_path: Path) -> None:
    other = "plan: t\ncode: EX\nindicators: []\nbreakdowns: [{code: B, title: t, dimensions: [a], total: SAFE-01}]\n"
    (breakdown,) = agreed(tmp_path, aa=other, safe=indicator_file()).breakdowns
    assert breakdown.frequency is Frequency.QUARTERLY
    (own,) = agreed(tmp_path, aa=other.replace("[a],", "[a], frequency: annual,"), safe=indicator_file()).breakdowns
    assert own.frequency is Frequency.ANNUAL


def test_an_illustrative_plan_marks_its_breakdowns(tmp_path: Path) -> None:
    (breakdown,) = read(tmp_path, "illustrative: true\n" + WHOLE)
    assert breakdown.illustrative


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (
            "dimensions: [Team]",
            "11:47: B dimensions 1: 'Team' is not the name of a dimension; write lower-case words, as in team.",
        ),
        (
            "dimensions: [a/b]",
            (
                "11:47: B dimensions 1: 'a/b' is not the name of a dimension; "
                "write lower-case words, as in source or age group."
            ),
        ),
        (
            "dimensions: [team, count]",
            (
                "11:53: B dimensions 2: 'count' is already another column of the CSV file; "
                "write another name, as in case count."
            ),
        ),
        (
            "dimensions: [team, team]",
            "11:53: B dimensions: 'team' stands twice in this list; delete one.",
        ),
        (
            "dimension: [team], dimensions: [team]",
            "11:34: B dimension: a breakdown has no key 'dimension'. Did you mean 'dimensions'?",
        ),
        (
            "dimensions: [a], mark_change: 2 points",
            "11:64: B mark_change: '2 points' is not a percentage from 0% to 100%; write one, as in 20%.",
        ),
        (
            "dimensions: [a], at_least: 0",
            "11:61: B at_least: '0' is not a whole number from 1 to 99999; write one, as in 1.",
        ),
        (
            "dimensions: [a], basis: cumulative",
            "11:58: B basis: 'cumulative' is not known here; write period, point or rolling 12 months.",
        ),
        (
            "dimensions: [a], compare: last available",
            "11:60: B compare: 'last available' is not known here; write same period last year or previous.",
        ),
        (
            "dimensions: [a], published: share",
            ("11:62: B published: share is what the source printed, but shares are not asked for; add shares: true."),
        ),
        (
            "frequency: daily",
            (
                "11:14: B dimensions: is missing; a breakdown needs it: "
                "the columns of the CSV file that say what is counted."
            ),
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, more: str, sentence: str) -> None:
    found = problems(tmp_path, more)
    assert any(one.startswith(f"targets/safe.yaml:{sentence}") for one in found), found


def test_a_total_that_no_plan_file_has_is_warned_of(tmp_path: Path) -> None:
    assert problems(tmp_path, "dimensions: [a], total: SAFE-02") == [
        (
            "warning: targets/safe.yaml:11:58: B total: there is no indicator 'SAFE-02', "
            "whose figure would be the total. Did you mean 'SAFE-01'?"
        )
    ]


def test_the_indicator_of_a_category_is_warned_of_too(tmp_path: Path) -> None:
    assert problems(tmp_path, "dimensions: [a], indicators: {Neglect: SAFE-02, Police: safe-01}") == [
        (
            "warning: targets/safe.yaml:11:63: B indicators Neglect: there is no indicator 'SAFE-02', "
            "whose figure would be of it. Did you mean 'SAFE-01'?"
        )
    ]


def test_a_total_of_another_basis_is_warned_of(tmp_path: Path) -> None:
    assert problems(tmp_path, "dimensions: [a], total: SAFE-01, basis: point, indicators: {Police: SAFE-01}") == [
        (
            f"warning: targets/safe.yaml:11:{column}: B {what}: the figure of SAFE-01 is not {of}: it is not at "
            "the end of a period, as what is counted here; write basis: rolling 12 months. "
            "Until then, a table that hides small numbers is not published."
        )
        for column, what, of in ((58, "total", "the total"), (93, "indicators Police", "that of Police"))
    ]


def test_the_total_may_be_an_indicator_that_has_a_problem_itself(tmp_path: Path) -> None:
    text = indicator_file("decimals: many") + "breakdowns: [{code: B, title: t, dimensions: [a], total: SAFE-01}]\n"
    (only,) = said(tmp_path, safe=text)
    assert "SAFE-01 decimals" in only
