from decimal import Decimal
from pathlib import Path

import pytest

from outcome_tracker.core.period import Kind, Period
from outcome_tracker.core.target import Goal, Revision, Target
from tests.plan_files.writing import indicator, indicator_file, said

YEAR = Period(Kind.YEAR, 2018)
WITHIN = {"lower": "within"}
COUNT = {"percent": "number", "rolling 12 months": "cumulative"}


def targets(
    folder: Path, *years: str, instead: dict[str, str] | None = None, lines: tuple[str, ...] = ()
) -> tuple[Target, ...]:
    found = indicator(folder, *lines, "targets:", *(f"  {year}" for year in years), instead=instead)
    return found.targets


def goal(*numbers: float) -> Goal:
    if len(numbers) == 1:
        return Goal(Decimal(str(numbers[0])))
    return Goal(lower=Decimal(str(numbers[0])), upper=Decimal(str(numbers[1])))


def test_the_shorthand_and_what_it_stands_for_are_the_same(tmp_path: Path) -> None:
    expected = (Target(YEAR, goal(14)),)
    assert targets(tmp_path, "2018-19: 14") == targets(tmp_path, "2018-19: {target: 14}") == expected


@pytest.mark.parametrize("year", ["2018-19", "2018/19", "2018-2019", "18/19", '"2018-19"'])
def test_years_as_people_write_them(tmp_path: Path, year: str) -> None:
    assert targets(tmp_path, f"{year}: 14")[0].year == YEAR


@pytest.mark.parametrize("number", ["1330", "1,330", "1330.0"])
def test_numbers_are_kept_as_written(tmp_path: Path, number: str) -> None:
    found = targets(tmp_path, f"2018-19: {number}", instead=COUNT)[0].goal
    assert str(found.value if found else None) == number.replace(",", "")


def test_every_key_of_a_target(tmp_path: Path) -> None:
    assert targets(
        tmp_path,
        "2018-19:",
        "  target: 1330",
        "  profile: {Q4: 1330, Q1: 300, Q2: 650, Q3: 1000}",
        "  revised:",
        "    - {to: 1200, from: 2018-19 Q3, reason: grant closed, by: Head of Service}",
        "    - {to: 1250, from: 2017-18, reason: early}",
        "  proposed: 1100",
        "  reason: what the grant pays for",
        "  by: Cabinet",
        "  source: Minutes",
        "  illustrative: true",
        instead=COUNT,
    ) == (
        Target(
            YEAR,
            goal(1330),
            (("Q1", Decimal(300)), ("Q2", Decimal(650)), ("Q3", Decimal(1000)), ("Q4", Decimal(1330))),
            (
                Revision(goal(1200), Period(Kind.QUARTER, 2018, 3), "grant closed", "Head of Service"),
                Revision(goal(1250), Period(Kind.YEAR, 2017), "early"),
            ),
            goal(1100),
            "what the grant pays for",
            "Cabinet",
            "Minutes",
            illustrative=True,
        ),
    )


def test_a_range_and_its_revision(tmp_path: Path) -> None:
    found = targets(
        tmp_path,
        "2018-19: {between: [11, 13], revised: [{to: [10, 13], from: 2018-19 Q2, reason: x}]}",
        "2019-20: {proposed: [9, 13], reason: x}",
        instead=WITHIN,
    )
    assert found[0].goal == goal(11, 13)
    assert found[0].revised[0].goal == goal(10, 13)
    assert (found[1].goal, found[1].proposed) == (None, goal(9, 13))


def test_a_profile_by_months_follows_the_financial_year(tmp_path: Path) -> None:
    months = ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"]
    profile = ", ".join(f"{month}: {n * 100}" for n, month in sorted(enumerate(months, 1), key=lambda m: m[1]))
    found = targets(
        tmp_path, f"2018-19: {{target: 1200, profile: {{{profile}}}}}", instead={**COUNT, "quarterly": "monthly"}
    )
    assert [month for month, _ in found[0].profile] == months


def test_a_month_is_read_as_a_month_for_a_monthly_indicator(tmp_path: Path) -> None:
    line = "2011-12: {target: 14, revised: [{to: 13, from: 2011-12, reason: x}, {to: 12, from: 2010-11, reason: x}]}"
    starts = [revision.start for revision in targets(tmp_path, line, instead={"quarterly": "monthly"})[0].revised]
    assert starts == [Period(Kind.MONTH, 2011, 12), Period(Kind.MONTH, 2010, 11)]


REFUSED = {
    "14": "14: SAFE-01 targets: is a text, but takes a target for each year; write {2018-19: 14}.",
    "{2018: 14}": "15: SAFE-01 targets 2018: '2018' does not say which year it means; "
    "write 2018-19 for April 2018 to March 2019.",
    "{2018-20: {target: 14, reason: x}}": "15: SAFE-01 targets 2018-20: '2018-20': 2018 is followed by 2019; "
    "write 2018-19.",
    "{2018-19 Q1: 14}": "15: SAFE-01 targets 2018-19 Q1: '2018-19 Q1' is a quarter, not a financial year; "
    "write 2018-19.",
    "{2018-19: }": "24: SAFE-01 targets 2018-19 target: is empty; write a number such as 14.",
    "{2018-19: NaN}": "24: SAFE-01 targets 2018-19 target: 'NaN' is not a number; "
    "write digits with a point for decimals, as in 1,234 or 21.2.",
    "{2018-19: inf}": "24: SAFE-01 targets 2018-19 target: 'inf' is not a number; "
    "write digits with a point for decimals, as in 1,234 or 21.2.",
    "{2018-19: 1_000}": "24: SAFE-01 targets 2018-19 target: '1_000' is not a number; "
    "write digits with a point for decimals, as in 1,234 or 21.2.",
    "{2018-19: 1e5}": "24: SAFE-01 targets 2018-19 target: '1e5' is in scientific notation; "
    "write the number out, as in 1234.5.",
    "{2018-19: 14%}": "24: SAFE-01 targets 2018-19 target: '14%' has a sign of its unit; "
    "write the number alone, as in 14.",
    "{2018-19: 114}": "24: SAFE-01 targets 2018-19 target: 114% is more than 100%; "
    "write a percentage from 0 to 100, as in 21.2.",
    "{2018-19: -1}": "24: SAFE-01 targets 2018-19 target: The value -1 is below zero, which only pounds can be; "
    "write 0 or more, as in 12.",
    "{2018-19: [1, 2]}": "24: SAFE-01 targets 2018-19 target: is a list, but takes one number; "
    "a range is written {between: [1100, 1300]}.",
    "{2018-19: {between: [1, 2]}}": "34: SAFE-01 targets 2018-19 between: a range needs better: within, "
    "but this is better: lower; write one number.",
    "{2018-19: {between: [2, 1]}}": "34: SAFE-01 targets 2018-19 between: has the bounds the wrong way round; "
    "write [1, 2].",
    "{2018-19: {between: 2}}": "34: SAFE-01 targets 2018-19 between: is a text, "
    "but takes the two bounds of a range; write [1100, 1300].",
    "{2018-19: {between: [2]}}": "34: SAFE-01 targets 2018-19 between: is a list of 1, "
    "but takes the two bounds of a range; write [1100, 1300].",
    "{2018-19: {between: [2, x]}}": "38: SAFE-01 targets 2018-19 between: 'x' is not a number; "
    "write digits with a point for decimals, as in 1,234 or 21.2.",
    "{2018-19: {target: 2, between: [1, 2]}}": "45: SAFE-01 targets 2018-19 between: stands beside target; "
    "keep one of them.",
    "{2018-19: {proposed: 2}}": "35: SAFE-01 targets 2018-19 proposed: needs a reason; add reason: and why.",
    "{2018-19: {source: x}}": "24: SAFE-01 targets 2018-19: has no target; write target: and a number, or proposed:.",
    "{2018-19: 14, 2018/19: 13}": "28: SAFE-01 targets 2018/19: the year stands twice, first in line 11.",
    "{2018-19: {target: 14, profile: 3}}": "46: SAFE-01 targets 2018-19 profile: is a text, "
    "but takes a number for each period; write {Q1: 3, Q2: 6, Q3: 9, Q4: 12}.",
    "{2018-19: {target: 14, profile: {Q1: x}}}": "51: SAFE-01 targets 2018-19 profile Q1: 'x' is not a number; "
    "write digits with a point for decimals, as in 1,234 or 21.2.",
    "{2018-19: {target: 14, profile: {Q1: 14}}}": "46: SAFE-01 targets 2018-19 profile: "
    "Q2, Q3 and Q4 are missing; write Q1, Q2, Q3 and Q4.",
    "{2018-19: {target: 14, profile: {Q1: 1, Q2: 2, Q3: 3, Q4: 4, Apr: 1}}}": "46: SAFE-01 targets 2018-19 profile: "
    "Apr is not expected; write Q1, Q2, Q3 and Q4.",
    "{2018-19: {proposed: 14, reason: x, profile: {Q1: 14}}}": "59: SAFE-01 targets 2018-19 profile: "
    "needs a target beside it; add target:.",
    "{2018-19: {target: 14, revised: {to: 3}}}": "46: SAFE-01 targets 2018-19 revised: is a set of keys, "
    "but takes a list; write a list such as [{to: 12, from: 2019-20 Q3, reason: …}].",
    "{2018-19: {target: 14, revised: [{to: 3, from: 2018-19 Q3}]}}": "47: SAFE-01 targets 2018-19 revised 1 reason: "
    "is missing; a revision needs it: why the target was revised.",
    "{2018-19: {target: 14, revised: [{to: 3, from: 2019-20 Q1, reason: x}]}}": "61: SAFE-01 targets 2018-19 "
    "revised 1 from: 2019-20 Q1 is after the target's year 2018-19; revise the target of its own year.",
    "{2018-19: {target: 14, revised: [{to: 3, from: 2018-19 H1, reason: x}]}}": "61: SAFE-01 targets 2018-19 "
    "revised 1 from: '2018-19 H1' is a half-year, not a quarter; write 2018-19 Q4.",
    "{2018-19: {target: 14, revised: [{to: [3, 4], from: 2018-19, reason: x}]}}": "52: SAFE-01 targets 2018-19 "
    "revised 1 to: a range needs better: within, but this is better: lower; write one number.",
    "{2018-19: {target: 14, revised: [{to: 3, from: 2018-19, reason: x}, {to: 4, from: 2018-19, reason: x}]}}": "96: "
    "SAFE-01 targets 2018-19 revised 2 from: 2018-19 has two revisions; keep the one that holds.",
    "{2018-19: {proposed: 14, reason: x, revised: [{to: 4, from: 2018-19, reason: x}]}}": "59: SAFE-01 targets "
    "2018-19 revised: there is no agreed target to revise; add target:.",
}


@pytest.mark.parametrize(("text", "sentence"), REFUSED.items(), ids=list(REFUSED))
def test_what_is_wrong_is_said_where_it_stands(tmp_path: Path, text: str, sentence: str) -> None:
    assert said(tmp_path, safe=indicator_file(f"targets: {text}")) == [f"targets/safe.yaml:11:{sentence}"]


@pytest.mark.parametrize(
    ("text", "instead", "sentence"),
    [
        (
            "{2018-19: 14}",
            {"lower": "neither"},
            (
                "14: SAFE-01 targets: a context indicator (better: neither) has no target; "
                "delete them, or say which way is better."
            ),
        ),
        (
            "{2018-19: 14}",
            WITHIN,
            "24: SAFE-01 targets 2018-19 target: better: within needs a range; write between: [lower, upper].",
        ),
        (
            "{2018-19: {proposed: 14, reason: x}}",
            WITHIN,
            "35: SAFE-01 targets 2018-19 proposed: better: within needs a range; write [lower, upper].",
        ),
        (
            "{2018-19: {}}",
            WITHIN,
            "24: SAFE-01 targets 2018-19: has no target; write between: [lower, upper], or proposed:.",
        ),
        (
            "{2018-19: {between: [10, 12], profile: {Q1: 10}}}",
            WITHIN,
            "53: SAFE-01 targets 2018-19 profile: a range holds all year; delete it.",
        ),
        (
            "{2018-19: {target: 14, profile: {Q1: 14}}}",
            {"quarterly": "annual"},
            "46: SAFE-01 targets 2018-19 profile: an annual indicator has no profile; delete it.",
        ),
    ],
)
def test_what_does_not_suit_the_indicator(tmp_path: Path, text: str, instead: dict[str, str], sentence: str) -> None:
    file = indicator_file(f"targets: {text}", instead=instead)
    assert said(tmp_path, safe=file) == [f"targets/safe.yaml:11:{sentence}"]


def test_a_context_indicator_may_say_that_it_has_no_targets(tmp_path: Path) -> None:
    assert indicator(tmp_path, "targets: {}", instead={"lower": "neither"}).targets == ()


@pytest.mark.parametrize(
    ("text", "instead", "sentence"),
    [
        (
            "{2018-19: 14.25}",
            {},
            "24: SAFE-01 targets 2018-19 target: 14.25 is finer than figures are shown, with 1 decimal.",
        ),
        (
            "{2018-19: 140.5}",
            {"percent": "number"},
            "24: SAFE-01 targets 2018-19 target: 140.5 is finer than figures are shown, with no decimals.",
        ),
        (
            "{2018-19: 12}",
            {"percent": "number"},
            (
                "15: SAFE-01 targets 2018-19: a tolerance of 5% of 12 is less than 1, the smallest step shown: "
                "few figures or none can be Amber; write the tolerance in points."
            ),
        ),
        (
            "{2018-19: 0}",
            {},
            (
                "15: SAFE-01 targets 2018-19: a tolerance of 5% of 0% is less than 0.1, the smallest step shown: "
                "few figures or none can be Amber; write the tolerance in points."
            ),
        ),
        (
            "{2018-19: {target: 100, profile: {Q1: 25, Q2: 50, Q3: 75, Q4: 90}}}",
            COUNT,
            "47: SAFE-01 targets 2018-19 profile: ends at 90, which is not the target of the year.",
        ),
    ],
)
def test_what_looks_mistaken_is_a_warning(tmp_path: Path, text: str, instead: dict[str, str], sentence: str) -> None:
    line = f"targets: {text}"
    assert said(tmp_path, safe=indicator_file(line, instead=instead)) == [f"warning: targets/safe.yaml:11:{sentence}"]
    assert indicator(tmp_path, line, instead=instead).targets


@pytest.mark.parametrize("tolerance", ["2 points", "0%", "10%"])
def test_no_warning_where_amber_is_possible_or_not_wanted(tmp_path: Path, tolerance: str) -> None:
    lines = [f"tolerance: {tolerance}", "targets: {2018-19: 12.0, 2019-20: {proposed: 1, reason: x}}"]
    assert said(tmp_path, safe=indicator_file(*lines, instead={"percent": "number"})) == []
