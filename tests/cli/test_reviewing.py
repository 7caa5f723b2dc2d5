"""What the text commands print of the published plans, line by line, and the shapes of JSON and CSV."""

import csv
import io
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from outcome_tracker.cli.output import cells
from tests.running import Ran, run, write_plan

TEXTS = [
    ("summary",),
    ("scorecard",),
    ("indicator", "SAFE-01"),
    ("indicator", "EARLY-03"),
    ("due",),
    ("milestones",),
]


def data(ran: Ran) -> Any:  # noqa: ANN401 - JSON
    assert (ran.code, ran.err) == (0, "")
    return json.loads(ran.out)


def table(ran: Ran) -> list[dict[str, str]]:
    assert (ran.code, ran.err) == (0, "")
    return list(csv.DictReader(io.StringIO(ran.out)))


def test_the_summary_starts_with_the_council_the_period_and_the_three_questions(demo: Path) -> None:
    ran = run(demo, "summary")
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[:16] == [
        "Cheshire West and Chester · Outcome plans",
        "Quarter 4 2018-19 (Jan to Mar 2019) · as at 15 Jan 2020",
        "",
        "Are we achieving our targets?",
        "  Green – 3; Amber – 2; Red – 3; M – 8",
        "  8 of 16 indicators [illustrative]",
        "Are we getting better?",
        "  ↗ 3 improved   → 6 same   ↘ 3 requires improvement   ? 4 information needed",
        "Are we completing the actions in our plans?",
        "  58% delivered or on track · 6 delivered this year · 4 re-phased · 1 overdue ·",
        "  1 cancelled, not counted",
        "Are the figures in?",
        "  14 of 17 returned · 3 overdue (Family Support 2, Early Help Assessment Team 1)",
        "Commentary",
        "  none missing · 2 headline indicators are Red or have declined",
        "",
    ]


def test_what_is_said_of_a_comparator_has_the_lines_width_however_long_a_name_is(demo: Path) -> None:
    lines = run(demo, "indicator", "SAFE-02").lines
    start = lines.index("Cheshire West and Chester,    2018-19   21.0%  +0.2 points  ✗ worse, not tested")
    assert lines[start + 1 : start + 3] == [
        "as DfE published",
        "  Characteristics of children in need: 2018 to 2019 · the council's own figure",
    ]


def test_the_summary_sets_what_was_published_beside_what_is_computed(demo: Path) -> None:
    flat = run(demo, "summary").flat
    assert (
        "Ratings Green – 4; Amber – 3; Red – 8; M – 3 (18 measures as published; the figures of 8 are printed) "
        "computed Green – 1; Amber – 0; Red – 2; M – 5"
    ) in flat
    assert "computed ↗ 1 improved → 2 same ↘ 1 requires improvement ? 0 information needed" in flat


def test_the_summary_lists_what_needs_a_decision_reds_first(demo: Path) -> None:
    lines = run(demo, "summary").lines
    section = lines[lines.index("NEEDS A DECISION") + 2 : lines.index("PLANS") - 1]
    assert [re.split(r"  +", line)[2] for line in section if re.match(r"[■◌▲●]", line)] == [
        "SAFE-01",
        "SAFE-05",
        "EARLY-06",
        "SAFE-02",
        "SAFE-08",
        "EARLY-08",
    ]
    flat = run(demo, "summary").flat
    assert "6 fewer children starting a second or subsequent plan to Green · 16 as published" in flat
    assert "[illustrative] · ratio · no commentary yet" in flat
    assert "M: no target · Red as published" in flat


def test_the_summary_counts_themes_and_plans_by_all_headline_and_wider(demo: Path) -> None:
    lines = run(demo, "summary").lines
    start = lines.index("PLANS")
    numbers = [re.findall(r"\d+(?:%|/\d+)?", line[36:]) for line in lines[start + 2 : start + 20]]
    assert [" ".join(row) for row in numbers if len(row) >= 8] == [
        "1 0 2 5 3 2 2 1 62% 8/8",  # the theme, then its plan
        "1 0 2 5 3 2 2 1 62% 8/8",
        "1 0 1 2 1 2 1 0",
        "0 0 1 3 2 0 1 1",
        "2 2 1 3 0 4 1 3 50% 6/9",
        "2 2 1 3 0 4 1 3 50% 6/9",
        "2 0 0 1 0 2 0 1",
        "0 2 1 2 0 2 1 2",
        "3 2 3 8 3 6 3 4 58% 14/17",
        "3 0 1 3 1 4 1 1",
        "0 2 2 5 2 2 2 3",
    ]


def test_a_scorecard_shows_every_indicator_with_what_has_to_be_said(demo: Path) -> None:
    ran = run(demo, "scorecard")
    for code in [f"SAFE-0{n}" for n in range(1, 9)] + [f"EARLY-0{n}" for n in range(1, 10)]:
        assert len(re.findall(rf"(?m)^.*  {code}  ", ran.out)) == 1
    for said in (
        "SAFE-01 Children subject to a second or 15.9% 14",
        "England 20.8% (2018-19) ✓ significantly better",
        "England 64.0 (2017-18) ✗ worse, not tested",
        "per 10,000 · M: no target · Red as published",
        "direction unknown: Quarter 3 2018-19 is not returned",
        "[p] [illustrative] · the parts of three months added",
        "[illustrative] · figure of Academic year 2017-18",
        "context EARLY-07 Requests for early help 512 –",
        "[illustrative] · M: not returned",
        "8 of 8 indicators [illustrative]",
    ):
        assert said in ran.flat, said


def test_a_scorecard_of_one_plan(demo: Path) -> None:
    ran = run(demo, "scorecard", "--plan", "safe")
    assert "SAFE-08" in ran.out
    assert "EARLY" not in ran.out
    unknown = run(demo, "scorecard", "--plan", "SAVE")
    assert unknown.code == 3
    assert "There is no plan 'SAVE' in 2018-19 Q4. Did you mean 'SAFE'? Plans: SAFE, EARLY." in unknown.err


def test_a_profiled_target_says_so(demo: Path) -> None:
    flat = run(demo, "scorecard", "--period", "2018-19 Q2").flat
    assert "EARLY-01 Families starting work with a 409 440" in flat
    assert "[illustrative] · target profiled from 880" in flat
    assert "440 · profiled from 880 for the year" in run(demo, "indicator", "EARLY-01", "--period", "2018-19 Q2").flat


def test_an_indicator_shows_everything_about_it(demo: Path) -> None:
    flat = run(demo, "indicator", "safe-01").flat
    for said in (
        "15.9% in Quarter 4 2018-19, 1.9 percentage points above the target of 14: Red.",
        "Red. Improved from 16.9% in Quarter 4 2017-18. Significantly better than England, 20.8% in 2018-19.",
        "44 children starting a second or subsequent plan of 276 children starting a plan",
        "Figure 15.9% · Quarter 4 2018-19 · 95% interval 12.1% to 20.7%",
        "Target 14 · tolerance 5%",
        "To Green 6 fewer children starting a second or subsequent plan to Green",
        "Direction ↗ Improved from 16.9% in Quarter 4 2017-18 (compared with the same period last year)",
        "short term ↗ Improved from 16.9% in Quarter 3 2018-19 [illustrative]",
        "Proposed 16 for 2019-20: A rate close to 20% would be too high;",
        "16% is more achievable and appropriate (Safeguarding Unit)",
        "As published 16, Red, Improved",
        "England 2018-19 20.8% −4.9 points ✓ significantly better",
        "Statistical neighbours 2018-19 21.4% −5.5 points ✓ significantly better",
        "Statistical neighbours, as 2017-18 21.5% −5.6 points ✓ significantly better printed",
        "Position 15.9% as published: 24th of 149 authorities in 2018-19, quartile A (best quarter)",
        "LAST FIVE PERIODS Period Figure Target Rating Quarter 4 2018-19 15.9% 14 ■ Red 44 of 276",
        "Quarter 4 2017-18 16.9% – ◌ M M: no target · 51 of 302",
        "YEAR-END OUTTURNS Period Figure Target Rating Quarter 4 2017-18 16.9%",
        "Quarter 4 2016-17 14.5% – ◌ M M: no target · 41 of 283",
        "Quarter 3 2018-19 16.9% 14 ■ Red [illustrative]",
        "4 earlier periods not shown; --format csv has all.",
        "The view remains that a rate close to 20% would be too high",
        "2018-19 Q4 1 16.0% 2020-01-15 10:00 Jo Officer 2019-05-31 imported from figures_council_page.csv, line 2",
        "2018-19 Q4 2 15.9% 2020-01-15 10:00 Jo Officer 2019-10-31 imported from figures_dfe.csv, line 4",
        "Definition Share of the children starting a plan in the last 12 months who had one before.",
        "Polarity lower is better",
    ):
        assert said in flat, said


def test_an_indicator_shows_gaps_and_breaks(demo: Path) -> None:
    history = run(demo, "indicator", "SAFE-08").flat
    assert (
        "Quarter 4 2018-19 64.5% – ◌ M M: no target Quarter 3 2018-19 – – ◌ M M: no target · not returned "
        "Quarter 2 2018-19 92.3% –"
    ) in history
    assert "Quarter 1 2017-18 15.2 14 ■ Red [illustrative] · [b]" in run(demo, "indicator", "EARLY-09").flat
    assert (
        "Breaks 2017-18 Q1: counted in working days from the new case system" in run(demo, "indicator", "EARLY-09").flat
    )


def test_as_at_shows_what_was_known_that_day(demo: Path) -> None:
    may = run(demo, "indicator", "SAFE-01", "--as-at", "2019-05-31").flat
    assert "as at 31 May 2019" in may
    assert "16.0% in Quarter 4 2018-19, 2.0 percentage points above the target of 14: Red." in may
    assert "England 2017-18 20.2%" in may
    assert "2018-19 20.8%" not in may
    assert "figures_dfe.csv, line 4" not in may
    before = run(demo, "scorecard", "--plan", "SAFE", "--as-at", "2019-04-14").flat
    assert "SAFE-01 Children subject to a second or – 14" in before
    assert "M: not due yet; due on 2019-04-15" in before


def test_due_lists_what_is_missing_by_owner(demo: Path) -> None:
    ran = run(demo, "due", "--period", "2019-20 Q1", "--as-at", "2019-07-01")
    assert ran.lines[:7] == [
        "Cheshire West and Chester · Figures to return",
        "Quarter 1 2019-20 (Apr to Jun 2019) · as at 1 Jul 2019",
        "0 of 15 returned · 1 overdue",
        "",
        "Adult Social Care",
        "─────────────────",
        "Due               Code     Measure                             Period",
    ]
    flat = ran.flat
    assert "15 May 2019 overdue EARLY-03 Early help assessments April 2019" in flat
    assert "15 Jul 2019 due SAFE-01" in flat
    assert ran.out.rindex("No owner named") > ran.out.rindex("Safeguarding Unit")
    codes = [line["code"] for line in data(run(demo, "due", "--period", "2019-20 Q1", "--format", "json"))]
    assert codes.count("EARLY-03") == 3
    assert table(run(demo, "due", "--format", "csv"))[0] == {
        "code": "EARLY-02",
        "title": "Families who kept up their progress for six months",
        "plan": "EARLY",
        "owner": "Family Support",
        "period": "2018-19 Q4",
        "due": "2019-04-15",
        "overdue": "yes",
    }


def test_milestones_stand_by_plan(demo: Path) -> None:
    flat = run(demo, "milestones").flat
    assert "62% delivered or on track · 4 delivered this year · 3 re-phased" in flat
    assert "» Re-phased SAFE-A7.1 Develop further integration with during 2019-20" in flat
    assert "! Delayed EARLY-A2.2 Train school staff in the form 28 Feb 2019 [illustrative] · overdue" in flat
    assert "7 of 7 [illustrative]" in flat
    found = data(run(demo, "milestones", "--plan", "early", "--format", "json"))
    assert [m["code"] for m in found if m["overdue"]] == ["EARLY-A2.2"]
    rephased = next(m for m in found if m["code"] == "EARLY-A1.2")
    assert (rephased["due"], rephased["original_due"], rephased["rephased"]) == ("2019-09-30", "2019-03-31", 1)
    assert len(table(run(demo, "milestones", "--format", "csv"))) == 20


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("--overdue",), ["EARLY-A2.2"]),
        (("--overdue", "--rephased", "--plan", "EARLY"), ["EARLY-A1.2", "EARLY-A2.2"]),
        (("--due-next",), ["SAFE-A7.1", "SAFE-A10.1", "SAFE-A11.1", "EARLY-A1.3"]),
        (("--delivered", "--owner", "head of early help"), ["EARLY-A1.1"]),
        (("--owner", "Family Support"), ["EARLY-A3.1", "EARLY-A4"]),
        (("--overdue", "--plan", "SAFE"), []),
        (("--delivered", "--period", "2018-19 Q2"), ["EARLY-A1.1"]),  # the published ones are of the whole year
    ],
)
def test_milestones_are_picked_out(demo: Path, options: tuple[str, ...], found: list[str]) -> None:
    assert [m["code"] for m in data(run(demo, "milestones", *options, "--format", "json"))] == found
    assert [m["code"] for m in table(run(demo, "milestones", *options, "--format", "csv"))] == found
    text = run(demo, "milestones", *options).flat
    assert f"{len(found)} of " in text
    assert [code for code in found if f" {code} " not in text] == []


def test_what_is_picked_out_is_said_and_plans_without_any_are_left_out(demo: Path) -> None:
    ran = run(demo, "milestones", "--overdue", "--due-next", "--owner", "Early Help Assessment Team")
    assert "1 of 20 milestones: overdue, due next period, of Early Help Assessment Team" in ran.flat
    assert "SAFE" not in ran.out
    none = run(demo, "milestones", "--overdue", "--plan", "SAFE")
    assert "0 of 13 milestones: overdue" in none.flat
    unknown = run(demo, "milestones", "--owner", "Family Suport")
    assert unknown.code == 3
    assert "No milestone belongs to 'Family Suport'. Did you mean 'Family Support'?" in " ".join(unknown.err.split())


def test_an_action_without_milestones_says_that_it_counts_as_one(demo: Path) -> None:
    assert "an action without milestones, counts as one" in run(demo, "milestones", "--plan", "EARLY").flat
    found = data(run(demo, "milestones", "--plan", "EARLY", "--format", "json"))
    alone = next(m for m in found if m["is_action"])
    assert (alone["code"], alone["action"], alone["action_title"], alone["action_owner"]) == (
        "EARLY-A4",
        "EARLY-A4",
        "Review of parenting courses",
        "Family Support",
    )


@pytest.mark.parametrize("command", TEXTS, ids=" ".join)
def test_every_line_fits_into_80_columns_and_has_no_trailing_space(demo: Path, command: tuple[str, ...]) -> None:
    for line in run(demo, *command).lines:
        assert cells(line) <= 80, line
        assert line == line.rstrip()


@pytest.mark.parametrize("command", TEXTS, ids=" ".join)
@pytest.mark.parametrize("columns", [66, 100, 160, 400])
def test_a_terminal_of_another_width_is_used(demo: Path, command: tuple[str, ...], columns: int) -> None:
    ran = run(demo, *command, environment={"COLUMNS": str(columns), "NO_COLOR": "1"}, terminal=True)
    widths = [cells(line) for line in ran.lines]
    assert max(widths) <= columns
    if columns == 100 and command[0] in {"summary", "scorecard", "milestones"}:
        assert max(widths) > 80


@pytest.mark.parametrize(
    ("terminal", "settings", "coloured"),
    [
        (True, {}, True),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": "", "TERM": "xterm"}, True),
        (True, {"TERM": "dumb"}, False),
        (False, {}, False),
    ],
)
def test_colours_are_for_terminals_alone_and_never_alone(
    demo: Path, *, terminal: bool, settings: dict[str, str], coloured: bool
) -> None:
    base = {"NO_COLOR": "", "TERM": "xterm", "COLUMNS": "80"}
    ran = run(demo, "scorecard", environment={**base, **settings}, terminal=terminal)
    assert (b"\x1b[31m\xe2\x96\xa0 Red\x1b[0m" in ran.raw) is coloured
    plain = re.sub(r"\x1b\[[0-9]+m", "", ran.out)
    assert plain == run(demo, "scorecard").out
    assert "\x1b" not in plain


def test_the_json_of_a_scorecard_has_the_promised_shape(demo: Path) -> None:
    found = {row["code"]: row for row in data(run(demo, "scorecard", "--format", "json"))}
    assert len(found) == 17
    first = found["SAFE-01"]
    assert set(first) >= {
        "code",
        "title",
        "plan",
        "tier",
        "owner",
        "unit",
        "period",
        "figure_period",
        "value",
        "numerator",
        "denominator",
        "status",
        "illustrative",
        "target",
        "target_profiled",
        "tolerance",
        "rag",
        "rag_reason",
        "to_green",
        "direction",
        "direction_reason",
        "compared_with",
        "short_term",
        "long_term",
        "benchmarks",
        "position",
        "signal",
    }  # fmt: skip - as one reads the documentation
    expected = {
        "plan": "SAFE",
        "tier": "headline",
        "period": "2018-19 Q4",
        "figure_period": "2018-19 Q4",
        "value": 15.9,
        "numerator": 44,
        "denominator": 276,
        "status": "final",
        "illustrative": False,
        "target": 14,
        "target_profiled": False,
        "tolerance": "5%",
        "rag": "red",
        "rag_reason": None,
        "direction": "improved",
        "direction_reason": None,
        "compared_with": {"period": "2017-18 Q4", "value": 16.9},
        "short_term": "improved",
        "long_term": "improved",
        "position": {"period": "2018-19", "rank": 24, "of": 149, "quartile": "A"},
        "signal": None,
        "unit": "percent",
    }  # fmt: skip - as above
    assert {key: first[key] for key in expected} == expected
    assert first["to_green"] == {
        "change": -6,
        "of": "children starting a second or subsequent plan",
        "text": "6 fewer children starting a second or subsequent plan to Green",
    }
    england = first["benchmarks"][0]
    assert {key: england[key] for key in ("comparator", "period", "value", "verdict", "tested", "difference")} == {
        "comparator": "England",
        "period": "2018-19",
        "value": 20.8,
        "verdict": "better",
        "tested": True,
        "difference": -4.9,
    }  # fmt: skip - as above
    assert first["interval"] == [12.095172797, 20.723930994]
    assert found["SAFE-02"]["interval"] is None
    assert (found["SAFE-02"]["rag"], found["SAFE-02"]["rag_reason"], found["SAFE-02"]["target"]) == (
        "m",
        "no target",
        None,
    )
    assert (found["EARLY-07"]["rag"], found["EARLY-07"]["direction"]) == (None, None)
    assert found["EARLY-06"]["target"] == [12, 16]
    assert found["EARLY-02"]["value"] is None
    assert found["SAFE-07"]["direction_reason"] == "Quarter 3 2018-19 is not returned"


def test_json_numbers_stand_at_the_indicators_decimals_and_letters_as_they_are(demo: Path) -> None:
    out = run(demo, "scorecard", "--format", "json").out
    assert '"value": 73.0,' in out
    assert '"value": 846,' in out
    assert '"target": 14,' in out
    assert "’" in run(demo, "summary", "--format", "json").out
    assert "\\u" not in out


def test_the_json_of_a_summary_has_the_promised_shape(demo: Path) -> None:
    found = data(run(demo, "summary", "--format", "json"))
    assert list(found) == ["period", "as_at", "council", "plans", "tier", "themes"]
    assert (found["period"], found["as_at"]) == ("2018-19 Q4", "2020-01-15")
    assert [plan["code"] for plan in found["plans"]] == ["SAFE", "EARLY"]
    safe = found["plans"][0]
    assert safe["plan"] == "Vulnerable adults and children feel safe and are protected"
    assert safe["rag"] == {"green": 1, "amber": 0, "red": 2, "m": 5}
    assert safe["direction"] == {"improved": 3, "same": 2, "declined": 2, "unknown": 1}
    assert safe["line"] == "Green – 1; Amber – 0; Red – 2; M – 5"
    assert safe["commentary"] == {"needed": 2, "missing": 0}
    assert (safe["returned"], safe["due"]) == (8, 8)
    assert safe["tiers"]["headline"]["rag"] == {"green": 1, "amber": 0, "red": 1, "m": 2}
    assert "Green – 4; Amber – 3; Red – 8; M – 3" in safe["published"]
    assert set(found["council"]) == set(safe) - {"code", "plan", "theme", "sign_off"}
    council = found["council"]
    for way in ("rag", "direction"):
        parts = [plan[way] for plan in found["plans"]]
        assert council[way] == {key: sum(part[key] for part in parts) for key in council[way]}


def test_the_json_of_an_indicator_adds_history_revisions_and_commentary(demo: Path) -> None:
    found = data(run(demo, "indicator", "SAFE-01", "--format", "json"))
    assert (found["code"], found["value"], found["spc"]) == ("SAFE-01", 15.9, [])
    assert [past["period"] for past in found["history"]][-2:] == ["2018-19 Q3", "2018-19 Q4"]
    assert len(found["history"]) == 12
    assert [past["interval"] for past in found["history"]][-2:] == [None, found["interval"]]
    last = [r for r in found["revisions"] if r["period"] == "2018-19 Q4"]
    assert [(r["version"], r["value"], r["numerator"], r["who"]) for r in last] == [
        (1, 16, None, "Jo Officer"),
        (2, None, 44, "Jo Officer"),
    ]
    assert found["commentary"][0]["section"] == "Analysis and issues"


def test_the_csv_of_a_scorecard_is_flat_and_agrees_with_the_json(demo: Path) -> None:
    rows = table(run(demo, "scorecard", "--format", "csv"))
    found = data(run(demo, "scorecard", "--format", "json"))
    assert [row["code"] for row in rows] == [each["code"] for each in found]
    for row, each in zip(rows, found, strict=True):
        assert (Decimal(row["value"]) if row["value"] else None) == (
            None if each["value"] is None else Decimal(str(each["value"]))
        )
        assert row["rag"] == (each["rag"] or "")
        assert row["illustrative"] == ("yes" if each["illustrative"] else "")
    by_code = {row["code"]: row for row in rows}
    assert by_code["SAFE-03"]["value"] == "73.0"
    assert (by_code["EARLY-06"]["target"], by_code["EARLY-06"]["target_upper"]) == ("12", "16")
    assert [
        by_code["SAFE-01"][name] for name in ("England", "England period", "England verdict", "England tested")
    ] == [
        "20.8",
        "2018-19",
        "better",
        "yes",
    ]
    limits = [by_code["SAFE-01"][name] for name in ("interval_lower", "interval_upper")]
    assert limits == ["12.095172797", "20.723930994"]
    assert by_code["SAFE-02"]["interval_lower"] == by_code["SAFE-02"]["England tested"] == ""


def test_the_csv_of_a_summary_has_the_council_and_its_plans(demo: Path) -> None:
    rows = table(run(demo, "summary", "--format", "csv"))
    assert [row["code"] for row in rows] == ["", "SAFE", "EARLY"]
    assert [
        rows[1][name] for name in ("green", "amber", "red", "m", "headline_m", "wider_unknown", "actions_share")
    ] == [
        "1",
        "0",
        "2",
        "5",
        "2",
        "1",
        "62",
    ]  # fmt: skip - as one reads a row


def test_the_csv_of_an_indicator_is_its_whole_history(demo: Path) -> None:
    rows = table(run(demo, "indicator", "SAFE-01", "--format", "csv"))
    assert len(rows) == 12
    assert rows[-1] == {
        "code": "SAFE-01",
        "period": "2018-19 Q4",
        "value": "15.9",
        "numerator": "44",
        "denominator": "276",
        "status": "final",
        "absent": "",
        "note": "parts as in the 2025 file; the council printed 16%",
        "illustrative": "",
        "target": "14",
        "target_upper": "",
        "rag": "red",
        "interval_lower": "12.095172797",
        "interval_upper": "20.723930994",
        "spc_value": "",
        "spc_mean": "",
        "spc_lower": "",
        "spc_upper": "",
        "spc_type": "",
        "spc_reason": "",
    }  # fmt: skip - as one reads a row


def keys(found: object) -> set[str]:
    if isinstance(found, dict):
        return set(found) | {key for value in found.values() for key in keys(value)}
    return {key for item in found for key in keys(item)} if isinstance(found, list) else set()


@pytest.mark.parametrize("command", [("summary",), ("scorecard",), ("indicator", "SAFE-01"), ("due",), ("milestones",)])
def test_the_documentation_names_every_key(demo: Path, command: tuple[str, ...]) -> None:
    words = set(re.findall(r"\w+", (Path(__file__).parents[2] / "docs" / "commands.md").read_text("utf-8")))
    assert keys(data(run(demo, *command, "--format", "json"))) <= words


def test_a_summary_of_many_exceptions_shows_the_worst_and_says_how_many_more(tmp_path: Path) -> None:
    indicators = "\n".join(
        f"  - {{code: M{n:02}, title: Measure {n}, tier: wider, unit: number, better: higher, frequency: quarterly,"
        f" basis: period, targets: {{2019-20: 100}}}}"
        for n in range(25)
    )
    write_plan(tmp_path, f"plan: Many\ncode: M\nindicators:\n{indicators}\n")
    assert run(tmp_path, "targets", "apply").code == 0
    figures = tmp_path / "figures.csv"
    rows = "".join(f"M{n:02},2019-20 Q1,{n}\n" for n in range(25))
    figures.write_text(f"indicator,period,value\n{rows}", encoding="utf-8")
    assert run(tmp_path, "import", "figures", str(figures)).code == 0
    lines = run(tmp_path, "summary", "--period", "2019-20 Q1").lines
    assert sum(line.startswith("■ Red") for line in lines) == 20
    assert "and 5 more: `outcome-tracker scorecard` lists every indicator." in lines


def test_a_period_before_every_plan_shows_nothing_and_says_so(demo: Path) -> None:
    period = ("--period", "2010-11 Q1")
    assert "No indicator is in force." in run(demo, "summary", *period).out
    assert "No plan counts in this period." in run(demo, "scorecard", *period).out
    assert data(run(demo, "scorecard", *period, "--format", "json")) == []
    assert run(demo, "scorecard", *period, "--format", "csv").out.startswith("code,title,plan,")
    assert run(demo, "milestones", *period).code == 0
    assert run(demo, "due", *period, "--format", "csv").out == "code,title,plan,owner,period,due,overdue\n"


def test_output_is_the_same_every_time(demo: Path) -> None:
    for command in [*TEXTS, ("scorecard", "--format", "json"), ("export", "audit")]:
        assert run(demo, *command).raw == run(demo, *command).raw


# The scorecard's columns


def codes(ran: Ran) -> list[str]:
    assert ran.code == 0
    return [row["code"] for row in json.loads(ran.out)]


def test_a_scorecard_with_history_says_what_was_before(demo: Path) -> None:
    flat = run(demo, "scorecard", "--plan", "SAFE", "--history").flat
    assert "before: Q3 18-19 [illustrative] 16.9% · Q2 18-19 [illustrative] 16.6%" in flat
    assert "year ends: 2017-18 16.9% · 2016-17 14.5%" in flat
    assert "Q3 18-19 – (not returned)" in flat
    assert "before:" not in run(demo, "scorecard", "--plan", "SAFE").flat


def test_history_comes_as_json_and_csv_only_if_asked_for(demo: Path) -> None:
    first = data(run(demo, "scorecard", "--history", "--format", "json"))[0]
    assert [(each["period"], each["value"], each["rag"]) for each in first["history"]] == [
        ("2017-18 Q4", 16.9, None),
        ("2018-19 Q1", 17.3, "red"),
        ("2018-19 Q2", 16.6, "red"),
        ("2018-19 Q3", 16.9, "red"),
        ("2018-19 Q4", 15.9, "red"),
    ]
    assert [(each["year"], each["period"], each["value"], each["last_period_alone"]) for each in first["outturns"]] == [
        ("2016-17", "2016-17 Q4", 14.5, False),
        ("2017-18", "2017-18 Q4", 16.9, False),
    ]
    row = table(run(demo, "scorecard", "--history", "--format", "csv"))[0]
    assert (row["before_1_period"], row["before_1"], row["before_4"]) == ("2018-19 Q3", "16.9", "16.9")
    assert (row["outturn_2_year"], row["outturn_2"]) == ("2016-17", "14.5")
    without = data(run(demo, "scorecard", "--format", "json"))[0]
    assert not {"history", "outturns"} & set(without)


def test_a_scorecard_is_sorted_and_filtered_by_any_column(demo: Path) -> None:
    assert codes(run(demo, "scorecard", "--only", "rating=RED", "--sort", "figure", "--format", "json")) == [
        "SAFE-01",
        "EARLY-06",
        "SAFE-05",
    ]
    backwards = codes(run(demo, "scorecard", "--sort", "figure", "--reverse", "--format", "json"))
    assert (backwards[0], set(backwards[-3:])) == ("EARLY-01", {"EARLY-02", "EARLY-04", "EARLY-09"})
    text = run(demo, "scorecard", "--only", "rating=red", "--sort", "Q3 18-19").lines
    assert text[2] == "Sorted by Q3 18-19, lowest first · only Rating: Red"
    found = run(demo, "scorecard", "--find", "green safe")
    assert "SAFE-04" in found.out
    assert "SAFE-01" not in found.out


def test_columns_and_values_that_are_not_there_are_named(demo: Path) -> None:
    ran = run(demo, "scorecard", "--sort", "ratng")
    assert ran.code == 2
    assert "There is no column 'ratng'. Did you mean 'Rating'? Columns: Code, Indicator, Figure" in ran.err
    ran = run(demo, "scorecard", "--only", "rating")
    assert ran.code == 2
    assert "--only 'rating': write a column and a value, as in rating=red." in ran.err
    ran = run(demo, "scorecard", "--only", "rating=purple")
    assert (ran.code, "No indicator has all that." in ran.out) == (0, True)
    assert "warning: no indicator has Rating 'purple'; there are Red, M, Green, Amber and context" in ran.err
