"""The rules from end to end: plan files and CSV in, scorecards and summaries out, each expectation worked by hand.

One workspace serves every test, so a case costs a look into a scorecard that has been printed once. The plan stands
first, its figures beside it; then one line a case.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.running import run, write_plan

# One line an indicator; a code says what it is there for.
PLAN = """
plan: Rules
code: R
indicators:
  # Ratings
  - {code: EDGE, title: t, tier: headline, unit: percent, better: higher, frequency: quarterly, basis: period,
     tolerance: 10%, targets: {2018-19: 13}}
  - {code: LOW, title: t, tier: wider, unit: percent, better: lower, frequency: quarterly, basis: period,
     numerator: children, targets: {2018-19: 14}}
  - {code: ROUND, title: t, tier: wider, unit: number, better: higher, frequency: quarterly, basis: period,
     targets: {2018-19: 90}}
  - {code: ZERO, title: t, tier: wider, unit: number, better: lower, frequency: quarterly, basis: period,
     targets: {2018-19: 0}}
  - {code: ZEROPT, title: t, tier: wider, unit: number, better: lower, frequency: quarterly, basis: period,
     tolerance: 2 points, targets: {2018-19: 0}}
  - {code: DEBT, title: t, tier: wider, unit: pounds, better: higher, frequency: quarterly, basis: point,
     targets: {2018-19: -1000}}
  - {code: RANGE, title: t, tier: wider, unit: number, better: within, frequency: quarterly, basis: period,
     targets: {2018-19: {between: [100, 200]}}}
  - {code: RATE, title: t, tier: wider, unit: rate per 1000, better: lower, frequency: quarterly, basis: point,
     targets: {2018-19: 5}}
  - {code: DAYS, title: t, tier: wider, unit: days, decimals: 1, better: lower, frequency: quarterly, basis: period,
     targets: {2018-19: 14.25}}
  - {code: RATIO, title: t, tier: wider, unit: ratio, decimals: 2, better: higher, frequency: quarterly, basis: point,
     targets: {2018-19: 1.5}}
  - {code: PLAIN, title: t, tier: wider, unit: number, better: neither, frequency: quarterly, basis: period}
  - {code: BARE, title: t, tier: wider, unit: percent, better: higher, frequency: quarterly, basis: period,
     targets: {2018-19: {proposed: 16, reason: r}}}
  # Targets through the year
  - {code: LINE, title: t, tier: headline, unit: number, better: higher, frequency: quarterly, basis: cumulative,
     targets: {2017-18: 1330, 2018-19: 1330}}
  - {code: REVISED, title: t, tier: wider, unit: number, better: higher, frequency: quarterly, basis: cumulative,
     targets: {2018-19: {target: 1400, revised: [{to: 1200, from: 2018-19 Q3, reason: r}]}}}
  - {code: PROFILE, title: t, tier: wider, unit: number, better: higher, frequency: quarterly, basis: cumulative,
     targets: {2018-19: {target: 1330, profile: {Q1: 300, Q2: 650, Q3: 1000, Q4: 1330}}}}
  - {code: SHARE, title: t, tier: wider, unit: percent, better: higher, frequency: quarterly, basis: cumulative,
     targets: {2018-19: 80}}
  # Months in a quarter
  - {code: CALLS, title: t, tier: wider, unit: number, better: higher, frequency: monthly, basis: period,
     targets: {2018-19: {target: 10, profile: {Apr: 10, May: 10, Jun: 10, Jul: 10, Aug: 10, Sep: 10, Oct: 10, Nov: 10,
                                               Dec: 10, Jan: 10, Feb: 20, Mar: 30}}}}
  - {code: SPEED, title: t, tier: wider, unit: percent, better: higher, frequency: monthly, basis: period,
     targets: {2018-19: 50}}
  - {code: STOCK, title: t, tier: wider, unit: number, better: lower, frequency: monthly, basis: point,
     targets: {2018-19: 100}}
  # Figures of a half and of a year
  - {code: HALF, title: t, tier: wider, unit: number, better: higher, frequency: half-yearly, basis: cumulative,
     targets: {2018-19: {target: 100, profile: {H1: 30, H2: 100}}}}
  - {code: YEAR, title: t, tier: wider, unit: number, better: higher, frequency: annual, basis: cumulative,
     targets: {2018-19: 100}}
  - {code: PUPILS, title: t, tier: wider, unit: percent, better: higher, frequency: annual, year: academic, due: Q2,
     basis: point, targets: {2016-17: 60, 2017-18: 60}}
  # Directions
  - {code: ROLL, title: t, tier: wider, unit: percent, better: lower, frequency: quarterly, basis: rolling 12 months}
  - {code: YEAREND, title: t, tier: wider, unit: percent, better: higher, frequency: quarterly, basis: point,
     direction: {compare: previous year end}}
  - {code: LAST, title: t, tier: wider, unit: percent, better: higher, frequency: quarterly, basis: point,
     direction: {compare: last available, threshold: 1 point}}
  - {code: BROKEN, title: t, tier: wider, unit: percent, better: higher, frequency: quarterly, basis: point,
     breaks: [{from: 2018-19 Q3, reason: new system}]}
  - {code: FROMZERO, title: t, tier: wider, unit: number, better: lower, frequency: quarterly, basis: period}
  - {code: SPAN, title: t, tier: wider, unit: number, better: higher, frequency: quarterly, basis: period,
     from: 2018-19 Q3, until: 2018-19 Q4}
actions:
  - code: R-A1
    title: An action
    milestones:
      - {code: R-A1.1, title: m, due: 2018-12-31}
      - {code: R-A1.2, title: m, due: 2019-03-31}
      - {code: R-A1.3, title: m, due: 2018-06-30}
      - {code: R-A1.4, title: m, due: 2018-06-30}
      - {code: R-A1.5, title: m, due: 2019-04-01}
  - {code: R-A2, title: Counts as one}
"""


def months(year: int, first: int, *figures: str) -> dict[str, str]:
    return {f"{year}-{month:02d}": figure for month, figure in enumerate(figures, first)}


# value, or numerator/denominator, or why there is none
FIGURES = {
    "EDGE": {"2018-19 Q1": "11.7", "2018-19 Q2": "11.6", "2018-19 Q3": "12.96", "2018-19 Q4": "12.94"},
    "LOW": {"2018-19 Q1": "44/276", "2018-19 Q2": "14.7", "2018-19 Q3": "14.75", "2018-19 Q4": "not available"},
    "ROUND": {"2018-19 Q1": "89.5", "2018-19 Q2": "85.5", "2018-19 Q3": "85.4", "2018-19 Q4": "suppressed"},
    "ZERO": {"2018-19 Q1": "0", "2018-19 Q2": "1"},
    "ZEROPT": {"2018-19 Q1": "2", "2018-19 Q2": "3"},
    "DEBT": {"2018-19 Q1": "-1050", "2018-19 Q2": "-1050.5", "2018-19 Q3": "-999"},
    "RANGE": {"2018-19 Q1": "95", "2018-19 Q2": "94", "2018-19 Q3": "210", "2018-19 Q4": "200"},
    "RATE": {"2018-19 Q1": "341/65000", "2018-19 Q2": "342/65000"},
    "DAYS": {"2018-19 Q1": "100/7", "2018-19 Q2": "14.25"},
    "RATIO": {"2018-19 Q1": "1.495", "2018-19 Q2": "1.494"},
    "PLAIN": {"2018-19 Q1": "5"},
    "BARE": {"2018-19 Q1": "15"},
    "LINE": {
        "2017-18 Q3": "1000",
        "2017-18 Q4": "1330",
        "2018-19 Q1": "330",
        "2018-19 Q2": "665",
        "2018-19 Q3": "947",
        "2018-19 Q4": "1263",
    },
    "REVISED": {"2018-19 Q2": "665", "2018-19 Q3": "900"},
    "PROFILE": {"2018-19 Q1": "300", "2018-19 Q2": "617"},
    "SHARE": {"2017-18 Q1": "70", "2018-19 Q1": "76", "2018-19 Q2": "75.9"},
    "CALLS": {
        **months(2018, 7, "10", "not returned", "10"),
        **months(2018, 10, "11", "11", "11"),
        **months(2019, 1, "10", "20", "27"),
    },
    "SPEED": {**months(2018, 10, "40", "41", "42"), **months(2019, 1, "1/10", "30/40", "20/50")},
    "STOCK": {"2019-02": "100", "2019-03": "105"},
    "HALF": {"2017-18 H2": "50", "2018-19 H1": "30", "2018-19 H2": "90"},
    "YEAR": {"2017-18": "90", "2018-19": "96"},
    "PUPILS": {"academic 2016-17": "60", "academic 2017-18": "57"},
    "ROLL": {"2017-18 Q4": "16.9", "2018-19 Q3": "10", "2018-19 Q4": "44/276"},
    "YEAREND": {"2017-18 Q4": "50", "2018-19 Q1": "60", "2018-19 Q2": "52.5"},
    "LAST": {"2018-19 Q1": "50", "2018-19 Q2": "not available", "2018-19 Q4": "51"},
    "BROKEN": {"2018-19 Q2": "50", "2018-19 Q3": "60", "2018-19 Q4": "70"},
    "FROMZERO": {"2018-19 Q1": "0", "2018-19 Q2": "1", "2018-19 Q3": "0", "2018-19 Q4": "0"},
}

BENCHMARKS = """indicator,comparator,period,value,released
LOW,England,2016-17,19.1,
LOW,England,2017-18,20.2,2018-11-15
LOW,England,2018-19,20.8,2019-10-31
LOW,South,calendar 2018,14.74,2019-05-31
LOW,Our group,academic 2017-18,10,2019-06-01
RANGE,England,2018-19,150,2019-05-01
EDGE,England,2018-19,12.94,
EDGE,England,2018-19 Q4,13,2019-05-01
"""

MILESTONES = """milestone,status,date,new_due,reason
R-A1.1,on track,2018-11-01,,
R-A1.2,delivered,2019-03-31,,
R-A1.3,re-phased,2019-01-10,2019-20,Staff left
R-A1.4,cancelled,2018-06-01,,Not needed
"""

Row = dict[str, Any]
MAY = "2019-05-31"
TIERS = ("headline", "wider")


def line(code: str, period: str, text: str) -> str:
    if text in {"not returned", "not available", "suppressed"}:
        return f"{code},{period},,,,{text},2018-04-01"
    value, parts = ("", text.split("/")) if "/" in text else (text, ["", ""])
    return f"{code},{period},{value},{parts[0]},{parts[1]},,2018-04-01"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rules")
    write_plan(folder, PLAN)
    lines = [line(code, period, text) for code, each in FIGURES.items() for period, text in each.items()]
    files = {
        "figures": "indicator,period,value,numerator,denominator,status,released\n" + "\n".join(lines),
        "benchmarks": BENCHMARKS,
        "milestones": MILESTONES,
    }
    assert run(folder, "targets", "apply").code == 0
    for kind, text in files.items():
        (folder / f"{kind}.csv").write_text(text, encoding="utf-8")
        ran = run(folder, "import", kind, str(folder / f"{kind}.csv"))
        assert ran.code == 0, ran.err
    return folder


@cache
def printed(folder: Path, command: str, period: str, as_at: str) -> Any:  # noqa: ANN401 - JSON
    ran = run(folder, "--as-at", as_at, command, *(("--period", period) if period else ()), "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    return json.loads(ran.out)


def row(folder: Path, code: str, period: str, as_at: str = MAY) -> Row:
    found: list[Row] = [row for row in printed(folder, "scorecard", period, as_at) if row["code"] == code]
    return found[0]


@pytest.mark.parametrize(
    ("code", "period", "value", "target", "rag"),
    [
        ("EDGE", "2018-19 Q1", 11.7, 13, "amber"),  # 1.3 short, and 10% of 13 is 1.3
        ("EDGE", "2018-19 Q2", 11.6, 13, "red"),
        ("EDGE", "2018-19 Q3", 13.0, 13, "green"),  # rounded first
        ("EDGE", "2018-19 Q4", 12.9, 13, "amber"),
        ("LOW", "2018-19 Q1", 15.9, 14, "red"),
        ("LOW", "2018-19 Q2", 14.7, 14, "amber"),  # 0.7 over is 5% of 14
        ("LOW", "2018-19 Q3", 14.8, 14, "red"),
        ("ROUND", "2018-19 Q1", 90, 90, "green"),  # half up
        ("ROUND", "2018-19 Q2", 86, 90, "amber"),
        ("ROUND", "2018-19 Q3", 85, 90, "red"),
        ("ZERO", "2018-19 Q1", 0, 0, "green"),
        ("ZERO", "2018-19 Q2", 1, 0, "red"),  # 5% of nothing is nothing
        ("ZEROPT", "2018-19 Q1", 2, 0, "amber"),
        ("ZEROPT", "2018-19 Q2", 3, 0, "red"),
        ("DEBT", "2018-19 Q1", -1050, -1000, "amber"),  # 5% of the absolute value
        ("DEBT", "2018-19 Q2", -1051, -1000, "red"),  # half away from zero
        ("DEBT", "2018-19 Q3", -999, -1000, "green"),
        ("RANGE", "2018-19 Q1", 95, [100, 200], "amber"),  # 5% of 100
        ("RANGE", "2018-19 Q2", 94, [100, 200], "red"),
        ("RANGE", "2018-19 Q3", 210, [100, 200], "amber"),  # 5% of 200
        ("RANGE", "2018-19 Q4", 200, [100, 200], "green"),
        ("RATE", "2018-19 Q1", 5.2, 5, "amber"),  # 5.246
        ("RATE", "2018-19 Q2", 5.3, 5, "red"),  # 5.261
        ("DAYS", "2018-19 Q1", 14.3, 14.25, "amber"),
        ("DAYS", "2018-19 Q2", 14.3, 14.25, "amber"),  # the figure is rounded, the target is not
        ("RATIO", "2018-19 Q1", 1.5, 1.5, "green"),
        ("RATIO", "2018-19 Q2", 1.49, 1.5, "amber"),
        ("PLAIN", "2018-19 Q1", 5, None, None),
        ("LINE", "2018-19 Q1", 330, 332.5, "amber"),
        ("LINE", "2018-19 Q2", 665, 665, "green"),
        ("LINE", "2018-19 Q3", 947, 997.5, "red"),  # 50.5 short of 997.5, whose 5% is 49.875
        ("LINE", "2018-19 Q4", 1263, 1330, "red"),
        ("REVISED", "2018-19 Q2", 665, 700, "amber"),
        ("REVISED", "2018-19 Q3", 900, 900, "green"),  # nine months of 1,200
        ("PROFILE", "2018-19 Q1", 300, 300, "green"),
        ("PROFILE", "2018-19 Q2", 617, 650, "red"),
        ("SHARE", "2018-19 Q1", 76.0, 80, "amber"),  # a percentage keeps the full target all year
        ("SHARE", "2018-19 Q2", 75.9, 80, "red"),
        ("CALLS", "2018-19 Q4", 57, 60, "amber"),  # three months against the sum of theirs
        ("CALLS", "2018-19 Q3", 33, 30, "green"),
        ("CALLS", "2019-03", 27, 30, "red"),
        ("SPEED", "2018-19 Q4", 51.0, 50, "green"),  # 51 of 100
        ("SPEED", "2018-19 Q3", 42.0, 50, "red"),  # without parts: the last month
        ("STOCK", "2018-19 Q4", 105, 100, "amber"),
        ("HALF", "2018-19 Q2", 30, 30, "green"),
        ("HALF", "2018-19 Q3", 30, 30, "green"),
        ("HALF", "2018-19 Q4", 90, 100, "red"),
        ("YEAR", "2018-19 Q4", 96, 100, "amber"),
        ("PUPILS", "2018-19 Q2", 57.0, 60, "amber"),
        ("PUPILS", "2018-19 Q4", 57.0, 60, "amber"),
    ],
)
def test_a_figure_is_rated(
    workspace: Path, code: str, period: str, value: float, target: float | list[int] | None, rag: str | None
) -> None:
    found = row(workspace, code, period)
    assert (found["value"], found["target"], found["rag"], found["rag_reason"]) == (value, target, rag, None)


@pytest.mark.parametrize(
    ("code", "period", "target", "reason"),
    [
        ("LOW", "2018-19 Q4", 14, "not available"),
        ("ROUND", "2018-19 Q4", 90, "suppressed"),
        ("ZERO", "2018-19 Q4", 0, "not returned"),
        ("BARE", "2018-19 Q1", None, "no target"),  # a proposed target rates nothing
        ("CALLS", "2018-19 Q2", 30, "not returned"),  # one of three months
        ("HALF", "2018-19 Q1", 30, "not due yet"),  # what is awaited is H1, with its target
        ("YEAR", "2018-19 Q1", 100, "not due yet"),
        ("YEAR", "2018-19 Q3", 100, "not due yet"),
        ("PUPILS", "2018-19 Q1", 60, "not due yet"),
        ("SPAN", "2018-19 Q4", None, "no target"),
    ],
)
def test_without_a_rating_the_reason_stands(
    workspace: Path, code: str, period: str, target: int | None, reason: str
) -> None:
    found = row(workspace, code, period)
    assert (found["rag"], found["rag_reason"], found["target"]) == ("m", reason, target)
    assert not found["target_profiled"]


@pytest.mark.parametrize(
    ("code", "period", "figure_period", "profiled"),
    [
        ("LINE", "2018-19 Q2", "2018-19 Q2", True),
        ("LINE", "2018-19 Q4", "2018-19 Q4", False),
        ("REVISED", "2018-19 Q3", "2018-19 Q3", True),
        ("PROFILE", "2018-19 Q2", "2018-19 Q2", False),
        ("CALLS", "2018-19 Q4", "2018-19 Q4", False),
        ("SPEED", "2018-19 Q3", "2018-12", False),
        ("STOCK", "2018-19 Q4", "2019-03", False),
        ("HALF", "2018-19 Q3", "2018-19 H1", False),
        ("YEAR", "2018-19 Q4", "2018-19", False),
        ("PUPILS", "2018-19 Q3", "academic 2017-18", False),
        ("YEAR", "2018-19 Q3", None, False),
    ],
)
def test_the_figure_that_stands_says_its_period_and_a_straight_line_says_profiled(
    workspace: Path, code: str, period: str, figure_period: str | None, profiled: bool
) -> None:
    found = row(workspace, code, period)
    assert (found["figure_period"], found["target_profiled"]) == (figure_period, profiled)


@pytest.mark.parametrize(
    ("code", "period", "direction", "compared"),
    [
        ("EDGE", "2018-19 Q2", "same", ("2018-19 Q1", 11.7)),
        ("EDGE", "2018-19 Q3", "improved", ("2018-19 Q2", 11.6)),
        ("DEBT", "2018-19 Q2", "same", ("2018-19 Q1", -1050)),
        ("RANGE", "2018-19 Q2", "same", ("2018-19 Q1", 95)),
        ("RANGE", "2018-19 Q3", "same", ("2018-19 Q2", 94)),  # 10 outside instead of 6: within 4.7
        ("RANGE", "2018-19 Q4", "same", ("2018-19 Q3", 210)),  # 0 instead of 10: within 10.5
        ("LINE", "2018-19 Q1", "same", ("2017-18 Q4", 330)),  # Q1 adds all of its 330
        ("LINE", "2018-19 Q2", "same", ("2018-19 Q1", 330)),  # 335
        ("LINE", "2018-19 Q3", "declined", ("2018-19 Q2", 335)),  # 282
        ("SHARE", "2018-19 Q1", "improved", ("2017-18 Q1", 70.0)),  # 6 is more than 3.5
        ("CALLS", "2018-19 Q4", "improved", ("2018-19 Q3", 33)),
        ("CALLS", "2019-03", "improved", ("2019-02", 20)),
        ("STOCK", "2018-19 Q4", "same", ("2019-02", 100)),
        ("HALF", "2018-19 Q4", "improved", ("2018-19 H1", 30)),  # 60 added
        ("YEAR", "2018-19 Q4", "improved", ("2017-18", 90)),
        ("PUPILS", "2018-19 Q2", "same", ("academic 2016-17", 60.0)),
        ("ROLL", "2018-19 Q4", "improved", ("2017-18 Q4", 16.9)),
        ("YEAREND", "2018-19 Q1", "improved", ("2017-18 Q4", 50.0)),
        ("YEAREND", "2018-19 Q2", "same", ("2017-18 Q4", 50.0)),  # 2.5 is 5% of 50
        ("LAST", "2018-19 Q4", "same", ("2018-19 Q1", 50.0)),
        ("BROKEN", "2018-19 Q4", "improved", ("2018-19 Q3", 60.0)),
        ("FROMZERO", "2018-19 Q2", "declined", ("2018-19 Q1", 0)),  # from zero any change counts
        ("FROMZERO", "2018-19 Q3", "improved", ("2018-19 Q2", 1)),
        ("FROMZERO", "2018-19 Q4", "same", ("2018-19 Q3", 0)),
    ],
)
def test_a_direction_says_what_it_compares_with(
    workspace: Path, code: str, period: str, direction: str, compared: tuple[str, float]
) -> None:
    found = row(workspace, code, period)
    assert found["direction"] == direction
    assert (found["compared_with"]["period"], found["compared_with"]["value"]) == compared


@pytest.mark.parametrize(
    ("code", "period", "reason"),
    [
        ("LOW", "2018-19 Q4", "Quarter 4 2018-19 is not available"),
        ("ZERO", "2018-19 Q1", "Quarter 4 2017-18 is not returned"),
        ("BROKEN", "2018-19 Q3", "new system"),
        ("SPEED", "2018-19 Q4", "made in different ways"),
        ("LAST", "2018-19 Q1", "no earlier figure"),
        ("REVISED", "2018-19 Q2", "Quarter 1 2018-19 is not returned"),
        ("REVISED", "2018-19 Q3", "Quarter 1 2018-19 is not returned"),  # Q2's increment needs it
        ("HALF", "2018-19 Q1", "Half 1 2018-19 is not due yet"),
        ("PUPILS", "2018-19 Q1", "Academic year 2017-18 is not due yet"),
    ],
)
def test_a_direction_never_falls_back_silently(workspace: Path, code: str, period: str, reason: str) -> None:
    found = row(workspace, code, period)
    assert found["direction"] == "unknown"
    assert reason in found["direction_reason"]


def test_short_and_long_term_stand_beside_the_headline(workspace: Path) -> None:
    found = row(workspace, "ROLL", "2018-19 Q4")
    assert (found["direction"], found["short_term"], found["long_term"]) == ("improved", "declined", "improved")


def test_to_green_is_the_smallest_whole_change(workspace: Path) -> None:
    found = row(workspace, "LOW", "2018-19 Q1")
    assert found["to_green"] == {"change": -6, "of": "children", "text": "6 fewer children to Green"}
    assert row(workspace, "RATE", "2018-19 Q1")["to_green"]["change"] == -13  # 328 of 65,000 is 5.046


@pytest.mark.parametrize(
    ("code", "as_at", "expected"),
    [
        ("LOW", "2018-11-14", [("England", "2016-17", None)]),
        ("LOW", "2019-05-30", [("England", "2017-18", None)]),
        ("LOW", MAY, [("England", "2017-18", None), ("South", "calendar 2018", None)]),
        (
            "LOW",
            "2019-10-31",
            [("England", "2018-19", None), ("South", "calendar 2018", None), ("Our group", "academic 2017-18", None)],
        ),
        ("RANGE", MAY, [("England", "2018-19", "higher")]),
        ("EDGE", MAY, [("England", "2018-19 Q4", "worse")]),  # of two that end together the one for a quarter
        ("EDGE", "2019-04-30", [("England", "2018-19", "similar")]),  # 12.9 both; its day of release is unknown
    ],
)
def test_the_benchmark_is_the_latest_that_was_out(
    workspace: Path, code: str, as_at: str, expected: list[tuple[str, str, str | None]]
) -> None:
    found = row(workspace, code, "2018-19 Q4", as_at)["benchmarks"]
    assert [(b["comparator"], b["period"], b["verdict"]) for b in found] == expected
    assert not any(b["tested"] for b in found)


def test_a_period_counts_what_is_in_force_once(workspace: Path) -> None:
    for period in ("2018-19 Q1", "2018-19 Q2", "2018-19 Q3", "2018-19 Q4", "2019-20 Q1"):
        rows = printed(workspace, "scorecard", period, MAY)
        assert ("SPAN" in {r["code"] for r in rows}) == (period in {"2018-19 Q3", "2018-19 Q4"})
        council = printed(workspace, "summary", period, MAY)["council"]
        for name, chosen in (("all", rows), *((tier, [r for r in rows if r["tier"] == tier]) for tier in TIERS)):
            counts = council if name == "all" else council["tiers"][name]
            for kind in ("rag", "direction"):
                counted = [r[kind] for r in chosen if r["code"] != "PLAIN"]
                assert counts[kind] == {word: counted.count(word) for word in counts[kind]}
                assert sum(counts[kind].values()) == len(counted)


@pytest.mark.parametrize(
    ("period", "as_at", "expected"),
    [
        # On track, delivered; the re-phased one has until March 2020, the cancelled one leaves the share.
        ("2018-19 Q4", MAY, {"share": 40, "overdue": 1, "rephased": 1, "delivered_in_year": 1, "due_next": 2}),
        # Nobody had re-phased or delivered anything by the end of 2018.
        ("2018-19 Q3", "2018-12-31", {"share": 20, "overdue": 1, "rephased": 0, "delivered_in_year": 0, "due_next": 1}),
        ("2018-19 Q2", "2018-09-30", {"share": 0, "overdue": 1, "cancelled": 1, "total": 6, "due_next": 1}),
    ],
)
def test_milestones_are_counted_from_the_reporting_date(
    workspace: Path, period: str, as_at: str, expected: dict[str, int]
) -> None:
    actions = printed(workspace, "summary", period, as_at)["council"]["actions"]
    assert {name: actions[name] for name in expected} == expected


def test_what_opens_first_is_the_latest_quarter_with_a_figure_known_on_the_day(tmp_path: Path) -> None:
    write_plan(tmp_path, PLAN)
    assert run(tmp_path, "targets", "apply").code == 0
    figures = [
        ("ROLL,2016-17 Q4,14", "2017-05-01"),
        ("ROLL,2017-18 Q4,16.9", "2018-05-01"),
        ("ROLL,2018-19 Q4,15.9", "2019-05-01"),
        ("YEAR,2019-20,5", "2019-05-01"),  # a year that has only begun does not open its last quarter
    ]
    text = "\n".join(["indicator,period,value,released", *(f"{line},{day}" for line, day in figures)])
    (tmp_path / "figures.csv").write_text(text, encoding="utf-8")
    assert run(tmp_path, "import", "figures", str(tmp_path / "figures.csv")).code == 0
    for as_at, period, direction in (
        ("2017-05-31", "2016-17 Q4", "unknown"),
        ("2018-05-31", "2017-18 Q4", "declined"),
        ("2019-04-30", "2017-18 Q4", "declined"),
        ("2019-05-31", "2018-19 Q4", "improved"),
    ):
        found = row(tmp_path, "ROLL", "", as_at)
        assert (found["period"], found["direction"]) == (period, direction)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("LOW,2018-19 Q1,16,44,276,", "The value 16.0 and its parts disagree: 44 of 276 is 15.9"),
        ("LOW,2018-19 Q1,,44,,", "Neither a value nor both parts are given"),
        ("LOW,2018-19 Q1,5,,,suppressed", "A figure that is suppressed has no value"),
        ("LOW,2018-19 Q1,,12,10,", "12 of 10 is more than 100%"),
        ("RATE,2018-19 Q1,,482,0,", "The denominator is 0"),
        ("LOW,2018-Q1,5,,,", "write 2018-19 Q1 for the financial year"),
        ("LOW,2018-20,5,,,", "2018 is followed by 2019; write 2018-19"),
    ],
)
def test_an_entry_that_contradicts_itself_is_refused(workspace: Path, tmp_path: Path, line: str, sentence: str) -> None:
    text = f"indicator,period,value,numerator,denominator,status\n{line}\n"
    (tmp_path / "wrong.csv").write_text(text, encoding="utf-8")
    before = run(workspace, "export", "figures").raw
    ran = run(workspace, "import", "figures", str(tmp_path / "wrong.csv"))
    assert (ran.code, ran.out) == (1, "")
    assert sentence in ran.err
    assert run(workspace, "export", "figures").raw == before
