"""Whether a change is real, as the commands print it: text, JSON and CSV of scorecards and indicators."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from outcome_tracker.core.period import parse
from tests.running import run, write_plan

PLAN = """
plan: A plan
code: P
indicators:
  - {code: QU, title: Children waiting, tier: headline, unit: number, better: lower, frequency: quarterly,
     basis: period, targets: {2018-19: 5}}
  - {code: YD, title: Families helped, tier: wider, unit: number, better: higher, frequency: quarterly,
     basis: cumulative, targets: {2018-19: 100}}
  - {code: RO, title: A share, tier: wider, unit: percent, better: higher, frequency: quarterly,
     basis: rolling 12 months}
  - {code: EQ, title: Checks made, tier: wider, unit: number, better: higher, frequency: quarterly, basis: period,
     targets: {2018-19: 1}}
"""
FIGURES = {
    "QU": "14 10 15 9 14 12 9 8 9 8 9 8 9 8",  # the last 8 lie below the mean
    "YD": "10 21 30 40 12 20",
    "RO": "10 12 11",
    "EQ": "1 1",
}


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("council")
    write_plan(folder, PLAN, "reporting_period: 2018-19 Q4\n")
    assert run(folder, "targets", "apply").code == 0
    lines = ["indicator,period,value,status"]
    for code, values in FIGURES.items():
        period = parse("2018-19 Q2" if code == "YD" else "2018-19 Q4")
        for value in reversed(values.split()):
            lines.append(f"{code},{period.code},{value},{'provisional' if value == '8' else ''}")
            period = period.previous
    (folder / "figures.csv").write_text("\n".join(lines), encoding="utf-8")
    assert run(folder, "import", "figures", str(folder / "figures.csv")).code == 0
    return folder


def data(folder: Path, *arguments: str) -> Any:  # noqa: ANN401 - JSON
    ran = run(folder, *arguments, "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    return json.loads(ran.out)


def table(folder: Path, *arguments: str) -> list[dict[str, str]]:
    ran = run(folder, *arguments, "--format", "csv")
    assert (ran.code, ran.err) == (0, "")
    return list(csv.DictReader(io.StringIO(ran.out)))


def section(lines: list[str], title: str) -> list[str]:
    found = lines[lines.index(title) + 1 :]
    return found[: found.index("")]


def test_an_indicator_says_variation_assurance_and_limits(council: Path) -> None:
    ran = run(council, "indicator", "QU")
    assert (
        "Variation ↓✓ Improvement: 8 points in a row below the mean since Quarter 1 2017-18 "
        "Assurance ± Hit and miss: the target of 5 lies inside the limits "
        "Limits mean 10.1, limits 3.6 to 16.7"
    ) in ran.flat


def test_an_indicator_lists_the_points_with_their_limits_the_latest_first(council: Path) -> None:
    lines = section(run(council, "indicator", "QU").lines, "STATISTICAL PROCESS CONTROL")
    assert lines[:5] == [
        "Period             Figure  Mean  Lower  Upper",
        "Quarter 4 2018-19       8  10.1    3.6   16.7  ↓✓ in a run of 7 points or more",
        "                                               below the mean · [p]",
        "Quarter 3 2018-19       9  10.1    3.6   16.7  ↓✓ in a run of 7 points or more",
        "                                               below the mean",
    ]
    assert lines[-1] == "2 earlier points not shown; --format json has all."
    assert lines[-2] == "Quarter 1 2016-17      15  10.1    3.6   16.7"


def test_of_the_year_to_date_what_each_quarter_added_is_listed(council: Path) -> None:
    ran = run(council, "indicator", "YD")
    assert "charted is what each quarter added; the latest figure is of Quarter 2 2018-19" in ran.flat
    assert "Assurance none: the target is for the year to date" in ran.flat
    lines = section(ran.lines, "STATISTICAL PROCESS CONTROL")
    assert [line.split()[:4] for line in lines[:3]] == [
        ["Period", "Added", "Mean", "Lower"],
        ["Quarter", "2", "2018-19", "8"],
        ["Quarter", "1", "2018-19", "12"],
    ]


def test_an_indicator_without_a_chart_says_why(council: Path) -> None:
    ran = run(council, "indicator", "RO")
    assert "Variation none: each figure covers the last 12 months, so successive figures overlap" in ran.flat
    assert "STATISTICAL PROCESS CONTROL" not in ran.lines
    assert (data(council, "indicator", "RO")["signal"], data(council, "indicator", "RO")["spc"]) == (None, [])


def test_a_scorecard_says_icon_and_word_first(council: Path) -> None:
    flat = run(council, "scorecard").flat
    assert " 5 ↓✓ Improvement · ± Hit and miss · [p]" in flat
    assert " ~ Common cause · trial limits · as of Quarter 2 2018-19 · " in flat
    assert flat.endswith(" 1 1 Too few figures")


def test_the_json_has_the_signal_at_the_indicators_decimals_and_every_point_unrounded(council: Path) -> None:
    found = {row["code"]: row["signal"] for row in data(council, "scorecard")}
    assert found["QU"] == {
        "variation": "improvement",
        "assurance": "hit and miss",
        "mean": 10,
        "lower": 4,
        "upper": 17,
        "trial": False,
        "since": "2017-18 Q1",
        "reason": "8 points in a row below the mean since Quarter 1 2017-18",
        "period": "2018-19 Q4",
        "points": 14,
        "increments": False,
        "illustrative": False,
    }
    assert found["RO"] is None
    assert (found["EQ"]["mean"], found["EQ"]["lower"], found["EQ"]["upper"]) == (1, None, None)
    assert found["YD"]["increments"] is True
    everything = data(council, "indicator", "QU")
    assert everything["signal"] == found["QU"]
    assert len(everything["spc"]) == 14
    point = everything["spc"][-1]
    assert point == {
        "period": "2018-19 Q4",
        "value": 8,
        "mean": pytest.approx(142 / 14, abs=1e-12),
        "lower": pytest.approx(142 / 14 - 2.66 * 32 / 13, abs=1e-12),
        "upper": pytest.approx(142 / 14 + 2.66 * 32 / 13, abs=1e-12),
        "type": "improvement",
        "reason": "in a run of 7 points or more below the mean",
        "group": 0,
        "illustrative": False,
    }
    assert (everything["spc"][0]["type"], everything["spc"][0]["reason"]) == ("common", None)
    assert data(council, "indicator", "EQ")["spc"][0]["lower"] is None


def test_the_csv_has_the_signal_in_columns(council: Path) -> None:
    found = {row["code"]: row for row in table(council, "scorecard")}
    columns = ("variation", "assurance", "spc_mean", "spc_lower", "spc_upper", "spc_trial", "spc_since")
    assert [found["QU"][name] for name in columns] == [
        *("improvement", "hit and miss", "10", "4", "17", "", "2017-18 Q1"),
    ]
    assert found["QU"]["spc_reason"] == "8 points in a row below the mean since Quarter 1 2017-18"
    assert [found["YD"][name] for name in columns[:2]] == ["common", ""]
    assert found["YD"]["spc_trial"] == "yes"
    assert {found["RO"][name] for name in (*columns, "spc_reason")} == {""}
    assert [found["EQ"][name] for name in columns[2:5]] == ["1", "", ""]
    rows = table(council, "indicator", "QU")
    assert {name: rows[-1][name] for name in rows[-1] if name.startswith("spc_")} == {
        "spc_value": "8",
        "spc_mean": "10.142857143",
        "spc_lower": "3.595164835",
        "spc_upper": "16.690549451",
        "spc_type": "improvement",
        "spc_reason": "in a run of 7 points or more below the mean",
    }
    added = table(council, "indicator", "YD")
    assert [row["spc_value"] for row in added if row["period"].startswith("2018")] == ["12", "8", "", ""]


def test_the_program_charts_what_the_r_package_charts(tmp_path: Path) -> None:
    cases = Path(__file__).parents[1] / "core" / "spc"
    rows = list(csv.DictReader((cases / "points.csv").read_text(encoding="utf-8").splitlines()))
    wanted = [row for row in rows if row["case_id"] == "ae_RAS_pct_dec_rebase"]
    months = [row["date"][:7] for row in wanted]
    write_plan(
        tmp_path,
        "plan: A plan\ncode: P\nindicators:\n"
        "  - {code: AE, title: Waits over four hours, tier: headline, unit: percent, better: lower,\n"
        "     frequency: monthly, basis: period, spc: {rebase: [2017-04, 2018-04]}, targets: {2018-19: 15}}\n",
        "reporting_period: 2019-03\n",
    )
    assert run(tmp_path, "targets", "apply").code == 0
    figures = tmp_path / "figures.csv"
    lines = [f"AE,{month},{row['value']}" for month, row in zip(months, wanted, strict=True)]
    figures.write_text("\n".join(["indicator,period,value", *lines]), encoding="utf-8")
    assert run(tmp_path, "import", "figures", str(figures)).code == 0
    found = data(tmp_path, "indicator", "AE")
    assert [point["period"] for point in found["spc"]] == months
    for point, row in zip(found["spc"], wanted, strict=True):
        expected = [float(row[name]) for name in ("value", "mean", "lpl", "upl")]
        assert [point[name] for name in ("value", "mean", "lower", "upper")] == pytest.approx(expected, abs=1e-9, rel=0)
    assert found["signal"]["assurance"] == "misses"


def test_parts_are_charted_exactly_and_shown_rounded(tmp_path: Path) -> None:
    plan = (
        "plan: A plan\ncode: P\nindicators:\n"
        "  - {code: AB, title: Plans, tier: headline, unit: percent, better: lower, frequency: quarterly,\n"
        "     basis: period}\n"
    )
    write_plan(tmp_path, plan, "reporting_period: 2018-19 Q4\n")
    assert run(tmp_path, "targets", "apply").code == 0
    for period, parts in (("2018-19 Q3", "44/275"), ("2018-19 Q4", "44/276")):
        assert run(tmp_path, "enter", "AB", period, parts).code == 0
    assert data(tmp_path, "indicator", "AB")["spc"][-1]["value"] == pytest.approx(4400 / 276, abs=1e-12)
    assert [row["spc_value"] for row in table(tmp_path, "indicator", "AB")] == ["16.000000000", "15.942028986"]
    assert "Quarter 4 2018-19 15.9%" in run(tmp_path, "indicator", "AB").flat
