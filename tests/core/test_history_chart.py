"""The chart of an indicator's history."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from outcome_tracker.core.benchmark import Benchmark
from outcome_tracker.core.figure import Content, Figure, Stamp, Status
from outcome_tracker.core.history_chart import history
from outcome_tracker.core.indicator import Basis, Break, Indicator, Polarity, Tier
from outcome_tracker.core.number import Unit, UnitKind
from outcome_tracker.core.period import Frequency, Period, parse
from outcome_tracker.core.target import Goal, Target
from tests.core.making import DAYS, FAMILIES, REPEATS, series

PERCENT, NUMBER = Unit(UnitKind.PERCENT), Unit(UnitKind.NUMBER)
Q1 = parse("2017-18 Q1")
INDICATOR = Indicator(
    "SAFE-01",
    "Repeat plans",
    "safe",
    Tier.HEADLINE,
    PERCENT,
    Polarity.LOWER,
    Frequency.QUARTERLY,
    Basis.PERIOD,
    1,
    targets=(
        Target(parse("2016-17"), Goal(Decimal(15))),
        Target(parse("2017-18"), Goal(Decimal(14))),
    ),
)


STAMP = Stamp("Ann", datetime(2019, 4, 1, tzinfo=UTC), date(2019, 4, 1))


def figures(values: dict[str, str]) -> dict[Period, Figure]:
    found = {}
    for code, value in values.items():
        content = Content(value=Decimal(value)) if value else Content(status=Status.NOT_AVAILABLE)
        found[parse(code)] = Figure(INDICATOR.code, parse(code), 1, content, STAMP)
    return found


def test_history_has_the_interval_of_every_figure_with_its_parts() -> None:
    known = series(REPEATS, {"2017-18 Q3": "15.9 44/276", "2017-18 Q4": "44/276", "2018-19 Q1": "15.9"})
    [run] = history(REPEATS, known, parse("2018-19 Q1")).own.runs
    assert [dot.lower is not None for dot in run] == [True, True, False]
    assert (run[0].lower, run[0].upper) == (run[1].lower, run[1].upper)
    days = history(replace(REPEATS, unit=DAYS), known, parse("2018-19 Q1"))
    assert not days.has_intervals


def test_history_draws_figures_targets_and_benchmarks_up_to_a_period() -> None:
    known = figures(
        {"2016-17 Q4": "17.25", "2017-18 Q1": "", "2017-18 Q2": "16", "2017-18 Q3": "15", "2017-18 Q4": "1"}
    )
    year = Benchmark("SAFE-01", "England", parse("2016-17"), Decimal("18.66"))
    chart = history(INDICATOR, known, parse("2017-18 Q3"), [year])
    assert [[dot.period.code for dot in run] for run in chart.own.runs] == [
        ["2016-17 Q4"],
        ["2017-18 Q2", "2017-18 Q3"],
    ]
    assert "18.7%" in chart.summary
    assert "target 14 at the end" in chart.summary
    assert len(chart.bands) == 4


def test_history_shows_the_latest_periods_and_parts_at_a_break() -> None:
    broken = replace(INDICATOR, breaks=(Break(parse("2018-19 Q1"), "new definition"),), better=Polarity.NEITHER)
    known = figures({Q1.shift(n).code: "10" for n in range(8)})
    chart = history(broken, known, parse("2018-19 Q4"), count=6)
    assert [len(run) for run in chart.own.runs] == [2, 4]
    assert chart.breaks == (2 / 6,)
    assert "; a break in the series before Quarter 1 2018-19" in chart.summary
    assert chart.targets == ()


def test_history_without_figures_says_so() -> None:
    bare = Indicator("X", "Bare", "p", Tier.WIDER, NUMBER, Polarity.HIGHER, Frequency.ANNUAL, Basis.POINT, 0)
    assert history(bare, {}, parse("2018-19 Q3")).summary == "Bare: there are no figures to draw yet."


def test_a_year_to_date_begins_anew_each_year() -> None:
    told = series(FAMILIES, {f"{year} Q{n}": str(n * 10) for year in ("2017-18", "2018-19") for n in range(1, 5)})
    drawn = history(FAMILIES, told, parse("2018-19 Q4"), ())
    assert drawn.breaks == ()  # the line parts, but what is counted is the same
    assert [[dot.period.code for dot in run] for run in drawn.own.runs] == [
        [f"2017-18 Q{n}" for n in range(1, 5)],
        [f"2018-19 Q{n}" for n in range(1, 5)],
    ]


def bench(comparator: str, period: str, value: str) -> Benchmark:
    return Benchmark("SAFE-01", comparator, parse(period), Decimal(value))


def test_history_sorts_benchmarks_by_comparator_and_time_and_names_them() -> None:
    told = series(REPEATS, {"2017-18 Q4": "51/302", "2018-19 Q4": "44/276"})
    mixed = [
        bench("North West", "2017-18", "20.7"),
        bench("England", "2018-19", "20.8"),
        bench("North West", "2018-19", "22.04"),
        bench("England", "2017-18", "20.2"),
    ]
    drawn = history(REPEATS, told, parse("2018-19 Q4"), mixed)
    assert [track.label for track in drawn.comparators] == ["England", "North West"]
    assert drawn.own.label == drawn.title == REPEATS.title
    assert [[dot.period.code for dot in run] for run in drawn.comparators[0].runs] == [
        ["2017-18", "2018-19", "2018-19"]
    ]
    assert [(label.text, label.role) for label in drawn.end_labels] == [
        ("15.9%", "own"),
        ("20.8% England", "comparator"),
        ("22.0% North West", "comparator"),
    ]
    assert [(label.text, label.role) for label in drawn.placed(0.05)] == [
        ("15.9%", "own"),
        ("20.8% England", "comparator"),
        ("22.0% North West", "comparator"),
    ]
    assert drawn.summary == (
        f"{REPEATS.title}: Quarter 4 2017-18 to Quarter 4 2018-19; latest 15.9% in Quarter 4 2018-19 "
        "(95% interval 12.1% to 20.7%); lowest 15.9% in Quarter 4 2018-19; highest 16.9% in Quarter 4 2017-18; "
        "3 periods without a figure; "
        "England 20.8% in 2018-19; North West 22.0% in 2018-19."
    )


@pytest.mark.parametrize(
    ("indicator", "invented"), [(REPEATS, ("2018-19 Q4",)), (replace(REPEATS, illustrative=True), ())]
)
def test_history_flags_what_is_illustrative(indicator: Indicator, invented: tuple[str, ...]) -> None:
    told = series(indicator, {"2018-19 Q3": "16", "2018-19 Q4": "15.9"}, invented)
    [run] = history(indicator, told, parse("2018-19 Q4"), ()).own.runs
    assert [dot.illustrative for dot in run] == [indicator.illustrative, True]


def test_history_ends_with_the_last_period_that_has_ended() -> None:
    told = series(REPEATS, {"2018-19 Q3": "16", "2018-19 Q4": "15.9"})
    [run] = history(REPEATS, told, parse("2019-02"), ()).own.runs
    assert [dot.period.code for dot in run] == ["2018-19 Q3"]


def test_history_shows_twelve_periods() -> None:
    told = series(REPEATS, {f"{y}-{y - 1999:02} Q{n}": "15" for y in range(2010, 2019) for n in range(1, 5)})
    [run] = history(REPEATS, told, parse("2018-19 Q4"), ()).own.runs
    assert [run[0].period.code, run[-1].period.code, str(len(run))] == ["2016-17 Q1", "2018-19 Q4", "12"]


@pytest.mark.parametrize(("start", "runs"), [("2018-19 Q3", [1, 2]), ("2018-19 Q2", [3]), ("2018-19 Q4", [2, 1])])
def test_a_line_parts_where_the_break_begins(start: str, runs: list[int]) -> None:
    broken = replace(REPEATS, breaks=(Break(parse(start), "new system"),))
    told = series(broken, {"2018-19 Q2": "16", "2018-19 Q3": "16", "2018-19 Q4": "15.9"})
    assert [len(run) for run in history(broken, told, parse("2018-19 Q4"), ()).own.runs] == runs
