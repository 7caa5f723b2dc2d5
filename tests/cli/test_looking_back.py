"""`changes`, `heat-map` and `summary --tier`: what the screens show, as text, JSON and CSV."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.running import run

Q4 = ("--period", "2018-19 Q4")


def as_json(folder: Path, *arguments: str) -> Any:  # noqa: ANN401 - JSON
    ran = run(folder, *arguments, "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    return json.loads(ran.out)


def as_rows(folder: Path, *arguments: str) -> list[dict[str, str]]:
    ran = run(folder, *arguments, "--format", "csv")
    assert ran.code == 0
    return list(csv.DictReader(io.StringIO(ran.out)))


def test_changes_begin_with_how_many_and_go_from_the_worst(demo: Path) -> None:
    ran = run(demo, "changes", *Q4)
    assert ran.lines[:2] == ["What changed in Quarter 4 2018-19", "since Quarter 3 2018-19 (Oct to Dec 2018)"]
    assert "1 turned Red · 1 turned Amber · 1 newly declined · 3 no longer rated · 1 rated now" in ran.flat
    assert "▲ Amber ■ Red EARLY-06 Families for each family 16.4 17.1 support worker [illustrative]" in ran.flat
    headings = [line for line in ran.lines if line.isupper()]
    assert headings[0] == "TURNED RED"
    assert headings[-1] == "FIGURES REVISED SINCE"
    assert "UNCHANGED" not in headings
    assert "Quarter 4 2018-19, changed on 31 Oct 2019 by" in ran.flat


def test_changes_of_one_plan_and_tier_count_and_name_nothing_else(demo: Path) -> None:
    ran = run(demo, "changes", *Q4, "--plan", "safe", "--tier", "headline")
    assert ran.lines[0] == "What changed in Quarter 4 2018-19 · SAFE · headline indicators only"
    assert "1 rated now · 1 newly improved · 2 unchanged · 1 figure revised since" in ran.flat
    found = as_json(demo, "changes", *Q4, "--plan", "EARLY", "--tier", "wider")
    assert [each["code"] for each in found["changes"]][:2] == ["EARLY-06", "EARLY-08"]
    assert {(each["plan"], each["tier"]) for each in found["changes"]} == {("EARLY", "wider")}
    assert (sum(found["counts"].values()), found["revised"]) == (6, [])
    unknown = run(demo, "changes", "--plan", "SAVE")
    assert unknown.code == 3
    assert "There is no plan 'SAVE'. Did you mean 'SAFE'?" in unknown.err


def test_the_heat_map_of_a_tier(demo: Path) -> None:
    ran = run(demo, "heat-map", *Q4, "--plan", "SAFE", "--tier", "wider")
    assert ran.lines[0] == "Heat map, Quarter 1 2017-18 to Quarter 4 2018-19 · wider indicators only"
    assert ("SAFE-05" in ran.out, "SAFE-01" in ran.out) == (True, False)


def test_changes_of_a_period_without_plans(demo: Path) -> None:
    ran = run(demo, "changes", "--period", "1999-00 Q1")
    assert ran.code == 0
    assert ran.lines[-1] == "0 unchanged"


def test_changes_as_json_and_csv_name_every_indicator_once(demo: Path) -> None:
    found = as_json(demo, "changes", *Q4)
    assert (found["period"], found["compared_with"]) == ("2018-19 Q4", "2018-19 Q3")
    assert found["counts"]["turned red"] == 1
    assert sum(found["counts"].values()) == len(found["changes"]) == 17
    (red,) = [each for each in found["changes"] if each["change"] == "turned red"]
    assert red["before"] == {
        "period": "2018-19 Q3",
        "figure_period": "2018-19 Q3",
        "value": 16.4,
        "target": [12, 16],
        "rag": "amber",
        "rag_reason": None,
        "illustrative": True,
        "direction": "same",
    }
    (revised,) = found["revised"]
    assert (revised["code"], revised["before"], revised["after"], revised["known"]) == (
        ("SAFE-01", 16.0, 15.9, "2019-10-31")
    )
    rows = as_rows(demo, "changes", *Q4)
    assert [row["code"] for row in rows] == [each["code"] for each in [*found["changes"], revised]]
    first, last = rows[0], rows[-1]
    assert (first["before_rag"], first["after_rag"], first["after_target_upper"]) == ("amber", "red", "16")
    assert first["after_illustrative"] == "yes"
    assert (last["change"], last["before_value"], last["after_value"]) == ("revised", "16.0", "15.9")


def test_what_begins_or_ends_has_one_side(small: Path) -> None:
    plan = small / "targets" / "plan.yaml"
    plan.write_text(
        plan.read_text()
        .replace("code: PC,", "code: PC, from: 2019-20 Q1,")
        .replace("code: NO,", "code: NO, until: 2018-19 Q4,")
    )
    assert run(small, "targets", "apply").code == 0
    found = {each["code"]: each for each in as_json(small, "changes", "--period", "2019-20 Q1")["changes"]}
    assert (found["PC"]["change"], found["PC"]["before"]) == ("new", None)
    assert (found["NO"]["change"], found["NO"]["after"]) == ("ended", None)
    text = run(small, "changes", "--period", "2019-20 Q1").flat
    assert "NEW INDICATORS" in text
    assert "ENDED" in text
    rows = {row["code"]: row for row in as_rows(small, "changes", "--period", "2019-20 Q1")}
    assert (rows["PC"]["before_rag"], rows["PC"]["after_rag"], rows["NO"]["after_rag"]) == ("", "m", "")


def test_the_heat_map_has_a_column_a_period_and_the_share_green(demo: Path) -> None:
    ran = run(demo, "heat-map", *Q4)
    assert ran.lines[0] == "Heat map, Quarter 1 2017-18 to Quarter 4 2018-19"
    assert "EARLY Children and families get help early [illustrative]" in ran.lines
    lines = {line[:8].strip(): line for line in ran.lines}
    assert "".join(lines["EARLY-08"].split()[-16:]) == "■R■R■R■R■R◌M●G▲A"
    assert lines["EARLY-07"].split()[-8:] == ["·"] * 8
    shares = [line.split()[-8:] for line in ran.lines if "Green of those rated" in line]
    assert shares[-1] == ["50%", "38%", "38%", "63%", "33%", "29%", "25%", "40%"]


def test_more_periods_than_fit_continue_in_another_table_that_says_which(demo: Path) -> None:
    lines = run(demo, "heat-map", *Q4, "--periods", "12", "--plan", "early").lines
    assert "Quarter 1 2016-17 to Quarter 4 2017-18" in lines
    assert "Quarter 1 2018-19 to Quarter 4 2018-19" in lines
    assert not any("SAFE" in line for line in lines)
    assert all(len(line) <= 80 for line in lines)


def test_one_month_alone_is_named_once(demo: Path) -> None:
    lines = run(demo, "heat-map", "--period", "2019-03", "--periods", "1").lines
    assert lines[0] == "Heat map, March 2019"
    assert any(line.split()[-1:] == ["Mar"] for line in lines)


def test_periods_in_which_nothing_counted(demo: Path) -> None:
    assert run(demo, "heat-map", "--period", "1999-00 Q1").lines[-1] == "No indicator counts in these periods."


def test_the_heat_map_as_json_and_csv_gives_the_scorecard_s_ratings(demo: Path) -> None:
    found = as_json(demo, "heat-map", *Q4, "--periods", "2")
    assert found["periods"] == ["2018-19 Q3", "2018-19 Q4"]
    for n, period in enumerate(found["periods"]):
        card = {row["code"]: row for row in as_json(demo, "scorecard", "--period", period)}
        cells = {each["code"]: each["cells"][n] for each in found["indicators"]}
        assert cells.keys() == card.keys()
        for code, cell in cells.items():
            assert cell == {name: card[code][name] for name in cell}
    rows = {row["code"]: row for row in as_rows(demo, "heat-map", *Q4, "--periods", "2")}
    assert rows["EARLY-06"] | {"title": ""} == {
        "code": "EARLY-06",
        "title": "",
        "plan": "EARLY",
        "tier": "wider",
        "illustrative": "yes",
        "2018-19 Q3": "amber",
        "2018-19 Q4": "red",
    }
    assert rows["EARLY-07"]["2018-19 Q4"] == "context"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("heat-map", "--plan", "EARLI"), 3, "There is no plan 'EARLI'. Did you mean 'EARLY'?"),
        (("heat-map", "--periods", "0"), 2, "0 is not in the range 1<=x<=40"),
        (("changes", "--period", "2018-19"), 2, "a report is for a quarter or a month"),
        (("summary", "--tier", "key"), 2, "'key' is not one of 'headline', 'wider', 'all'"),
    ],
)
def test_what_cannot_be_shown_says_why(demo: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    ran = run(demo, *arguments)
    assert ran.code == code
    assert said in ran.err


def test_a_summary_of_headline_indicators_says_so_and_counts_them_only(demo: Path) -> None:
    ran = run(demo, "summary", *Q4, "--tier", "headline")
    assert ran.lines[0].endswith("Outcome plans · headline indicators only")
    assert "Green – 3; Amber – 0; Red – 1; M – 3" in ran.flat
    assert "EARLY-06" not in ran.out
    assert "  wider" not in ran.out
    found = as_json(demo, "summary", *Q4, "--tier", "headline")
    every = as_json(demo, "summary", *Q4)
    assert (found["tier"], every["tier"]) == ("headline", None)
    assert found["council"]["rag"] == every["council"]["tiers"]["headline"]["rag"]
    assert as_json(demo, "summary", *Q4, "--tier", "all") == every


def test_a_summary_has_a_line_for_each_theme(demo: Path) -> None:
    ran = run(demo, "summary", *Q4)
    names = [line.split("  ")[0] for line in ran.lines if line.startswith("Theme: ")]
    assert names == ["Theme: Thriving residents", "Theme: Thriving communities"]
    found = as_json(demo, "summary", *Q4)
    assert [(theme["theme"], theme["plans"]) for theme in found["themes"]] == [
        ("Thriving residents", ["SAFE"]),
        ("Thriving communities", ["EARLY"]),
    ]
    for theme, plan in zip(found["themes"], found["plans"], strict=True):
        assert theme["rag"] == plan["rag"]
        assert theme["commentary"] == plan["commentary"]


def test_without_themes_there_is_no_line_for_one(small: Path) -> None:
    assert "Theme:" not in run(small, "summary").out
    assert as_json(small, "summary")["themes"] == []
