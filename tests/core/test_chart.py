"""Chart geometry: everything inside the square, gaps kept, labels apart, numbers exact."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.chart import Chart, Level, Point, Series, apart, draw, level, ticks
from outcome_tracker.core.indicator import Margin, Polarity
from outcome_tracker.core.interval import Interval
from outcome_tracker.core.number import Unit, UnitKind
from outcome_tracker.core.period import Kind, Period, parse
from outcome_tracker.core.target import Goal

PERCENT, NUMBER, POUNDS = Unit(UnitKind.PERCENT), Unit(UnitKind.NUMBER), Unit(UnitKind.POUNDS)
FIVE = Margin(Decimal(5))
Q1 = parse("2017-18 Q1")


def quarters(*values: str) -> list[Point]:
    """Points from 2017-18 Q1 on; an empty text is a gap."""
    return [Point(Q1.shift(n), Decimal(value) if value else None) for n, value in enumerate(values)]


def levels(goal: str, better: Polarity, count: int = 4, tolerance: Margin = FIVE) -> list[Level]:
    return [level(Q1.shift(n), Goal(Decimal(goal)), better, tolerance) for n in range(count)]


# The vertical axis

numbers = st.decimals(-1_000_000, 1_000_000, places=2).map(Fraction)


@given(numbers, numbers, st.integers(0, 2))
def test_an_axis_has_3_to_5_evenly_spaced_numbers_that_hold_everything(a: Fraction, b: Fraction, decimals: int) -> None:
    low, high = min(a, b), max(a, b)
    found = ticks(low, high, decimals)
    assert 3 <= len(found) <= 5
    assert found[0] <= low
    assert high <= found[-1]
    assert len({y - x for x, y in pairwise(found)}) == 1
    assert not (found[1] - found[0]) % Decimal(1).scaleb(-decimals)  # a count's axis has whole numbers


@given(st.decimals(0, 100, places=1).map(Fraction), st.decimals(0, 100, places=1).map(Fraction))
def test_an_axis_of_percentages_stays_between_0_and_100(a: Fraction, b: Fraction) -> None:
    found = ticks(min(a, b), max(a, b), 1, most=100)
    assert found[0] >= 0
    assert found[-1] <= 100


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ("14.2", "20.8", ["14", "16", "18", "20", "22"]),
        ("0", "0", ["0.0", "0.1", "0.2"]),
        ("100", "100", ["90.0", "92.5", "95.0", "97.5", "100.0"]),
        ("15.9", "16.0", ["15.0", "15.5", "16.0", "16.5", "17.0"]),  # noise doesn't look like change
        ("-3", "8", ["-5", "0", "5", "10"]),
        ("3.3", "3.9", ["3.2", "3.4", "3.6", "3.8", "4.0"]),
    ],
)
def test_axis_numbers_are_round_and_exact(low: str, high: str, expected: list[str]) -> None:
    assert [str(tick) for tick in ticks(Fraction(low), Fraction(high), 1, most=100)] == expected


def test_the_axis_says_what_it_spans() -> None:
    assert draw("Share", PERCENT, 1, quarters("14.2", "20.8")).axis == "axis from 14% to 22%, not from 0"
    assert draw("Count", NUMBER, 0, quarters("0", "800")).axis == "axis from 0 to 800"


# Lines

values = st.lists(st.none() | st.decimals(-9_999, 9_999, places=1), min_size=1, max_size=24)


@st.composite
def charts(draws: st.DrawFn) -> Chart:
    found = draws(values)
    own = [Point(Q1.shift(n), value) for n, value in enumerate(found)]
    better = draws(st.sampled_from([Polarity.HIGHER, Polarity.LOWER]))
    goals = draws(st.lists(st.none() | st.integers(-5_000, 5_000), max_size=len(found)))
    steps = [level(Q1.shift(n), Goal(Decimal(goal)), better, FIVE) for n, goal in enumerate(goals) if goal is not None]
    years = draws(st.lists(st.integers(-9_999, 9_999), max_size=3))
    other = Series("England", tuple(Point(Period(Kind.YEAR, 2017 + n), Decimal(v)) for n, v in enumerate(years)))
    return draw("Measure", POUNDS, 1, own, steps, [other])


@given(charts())
def test_everything_lies_inside_the_square(chart: Chart) -> None:
    dots = [dot for track in (chart.own, *chart.comparators) for run in track.runs for dot in run]
    places = [(d.x, d.y) for d in dots] + [place for line in (*chart.targets, *chart.bands) for place in line]
    places += [(mark.x, 0) for mark in chart.marks] + [(1, label.y) for label in chart.end_labels]
    places += [(0, tick.y) for tick in chart.ticks]
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in places)


@given(charts())
def test_lines_and_steps_run_from_left_to_right(chart: Chart) -> None:
    for track in (chart.own, *chart.comparators):
        for run in track.runs:
            assert all(a.x < b.x for a, b in pairwise(run))
    for line in chart.targets:
        assert all(a[0] <= b[0] for a, b in pairwise(line))


@given(values)
def test_a_higher_number_is_never_drawn_lower(found: list[Decimal | None]) -> None:
    chart = draw("Measure", POUNDS, 1, [Point(Q1.shift(n), value) for n, value in enumerate(found)])
    known = sorted(value for value in found if value is not None)
    drawn = sorted(dot.y for run in chart.own.runs for dot in run)
    assert len(known) == len(drawn)
    by_period = {Q1.shift(n): value for n, value in enumerate(found)}
    dots = sorted((d for run in chart.own.runs for d in run), key=lambda d: by_period[d.period] or 0)
    assert all(a.y <= b.y for a, b in pairwise(dots))


@given(values)
def test_no_line_runs_across_an_absent_figure(found: list[Decimal | None]) -> None:
    chart = draw("Measure", POUNDS, 1, [Point(Q1.shift(n), value) for n, value in enumerate(found)])
    for run in chart.own.runs:
        assert all(a.period.shift(1) == b.period for a, b in pairwise(run))


def test_an_absent_figure_leaves_a_gap() -> None:
    runs = draw("Measure", NUMBER, 0, quarters("1", "2", "", "4", "")).own.runs
    assert [len(run) for run in runs] == [2, 1]


def test_a_break_in_the_series_parts_the_line() -> None:
    own = [Point(Q1, Decimal(1)), Point(Q1.shift(1), Decimal(2), parted=True), Point(Q1.shift(2), Decimal(3))]
    assert [len(run) for run in draw("Measure", NUMBER, 0, own).own.runs] == [1, 2]


def test_points_stand_in_the_middle_of_their_period() -> None:
    (run,) = draw("Measure", NUMBER, 0, quarters("1", "2")).own.runs
    assert [dot.x for dot in run] == [0.25, 0.75]


def test_illustrative_points_are_flagged() -> None:
    chart = draw("Measure", NUMBER, 0, [Point(Q1, Decimal(1), illustrative=True), Point(Q1.shift(1), Decimal(2))])
    assert chart.illustrative
    assert [dot.illustrative for dot in chart.own.runs[0]] == [True, False]
    assert chart.summary.endswith("Some figures are illustrative.")


WIDE = Interval(Decimal(12), Decimal(21))


def test_points_carry_their_interval_and_the_axis_holds_it() -> None:
    own = [Point(Q1, Decimal(16)), Point(Q1.shift(1), Decimal(15), interval=WIDE)]
    chart = draw("Measure", PERCENT, 1, own)
    assert [tick.label for tick in chart.ticks] == ["10%", "15%", "20%", "25%"]
    without, with_one = chart.own.runs[0]
    assert (without.lower, without.upper) == (None, None)
    assert (with_one.lower, with_one.upper) == pytest.approx((2 / 15, 11 / 15))
    assert chart.has_intervals
    assert not draw("Measure", PERCENT, 1, own[:1]).has_intervals


def test_the_interval_of_the_latest_figure_is_told_in_words() -> None:
    own = [Point(Q1, Decimal("15.9"), interval=WIDE), Point(Q1.shift(1), Decimal(15)), Point(Q1.shift(2), None)]
    assert "latest 15.9% in Quarter 1 2017-18 (95% interval 12.0% to 21.0%)" in draw("A", PERCENT, 1, own[:1]).summary
    assert "interval" not in draw("A", PERCENT, 1, own).summary


def test_nothing_to_draw_says_so() -> None:
    chart = draw("Measure", NUMBER, 0, quarters("", ""))
    assert chart.ticks == ()
    assert chart.summary == "Measure: there are no figures to draw yet."


# Targets and Amber


def test_a_target_is_a_step_a_period_with_gaps_where_none_is_agreed() -> None:
    own = quarters("10", "10", "10", "10")
    goals = [Level(Q1.shift(n), (Decimal(goal),)) for n, goal in ((0, 10), (1, 20), (3, 10))]
    first, second = draw("Measure", NUMBER, 0, own, goals).targets
    assert [x for x, _ in first] == [0, 0.25, 0.25, 0.5]
    assert first[1][1] < first[2][1]
    assert [x for x, _ in second] == [0.75, 1]


def test_an_unchanged_target_is_one_line_without_doubled_corners() -> None:
    (line,) = draw("Measure", NUMBER, 0, quarters("1", "1", "1", "1"), levels("2", Polarity.HIGHER)).targets
    assert len(set(line)) == len(line) == 5


@pytest.mark.parametrize(
    ("better", "amber"),
    [
        (Polarity.HIGHER, [(Fraction(95), Fraction(100))]),
        (Polarity.LOWER, [(Fraction(100), Fraction(105))]),
        (Polarity.NEITHER, []),
    ],
)
def test_amber_lies_on_the_worse_side(better: Polarity, amber: list[tuple[Fraction, Fraction]]) -> None:
    assert list(level(Q1, Goal(Decimal(100)), better, FIVE).amber) == amber


def test_a_range_has_amber_outside_both_bounds_each_of_its_own_tolerance() -> None:
    found = level(Q1, Goal(lower=Decimal(100), upper=Decimal(200)), Polarity.WITHIN, FIVE)
    assert [tuple(map(int, pair)) for pair in found.amber] == [(95, 100), (200, 210)]
    assert len(draw("Measure", NUMBER, 0, quarters("150"), [found]).targets) == 2


def test_a_zero_target_has_no_amber() -> None:
    assert level(Q1, Goal(Decimal(0)), Polarity.LOWER, FIVE).amber == ()


def test_amber_stays_off_numbers_that_cannot_be() -> None:
    points = Margin(Decimal(10), points=True)
    (band,) = draw("Share", PERCENT, 1, quarters("98"), levels("95", Polarity.LOWER, 1, points)).bands
    assert max(y for _, y in band) == 1
    assert draw("Count", NUMBER, 0, quarters("3"), levels("5", Polarity.HIGHER, 1, points)).ticks[0].label == "0"


# Comparators


def england(chart: Chart) -> list[list[float]]:
    return [[dot.x for dot in run] for run in chart.comparators[0].runs]


def test_a_years_benchmark_spans_its_quarters_and_joins_the_next_years() -> None:
    own = quarters("1", "2", "3", "4", "5", "6", "7", "8")
    years = [Point(Period(Kind.YEAR, 2017), Decimal(3)), Point(Period(Kind.YEAR, 2018), Decimal(4))]
    chart = draw("Measure", NUMBER, 0, own, comparators=[Series("England", tuple(years))])
    assert england(chart) == [[1 / 16, 7 / 16, 9 / 16, 15 / 16]]


def test_a_missing_years_benchmark_is_a_gap() -> None:
    own = [Point(Period(Kind.YEAR, year), Decimal(1)) for year in range(2014, 2018)]
    known = tuple(Point(Period(Kind.YEAR, year), Decimal(2)) for year in (2014, 2015, 2017))
    assert [len(run) for run in england(draw("Measure", NUMBER, 0, own, comparators=[Series("England", known)]))] == [
        2,
        1,
    ]


def test_benchmarks_of_other_periods_fall_where_they_belong() -> None:
    own = [Point(Period(Kind.YEAR, year), Decimal(1)) for year in (2016, 2017)]
    academic = Series("England", (Point(Period(Kind.ACADEMIC, 2016), Decimal(2)),))
    quarter = Series("North West", (Point(parse("2016-17 Q4"), Decimal(3)),))
    outside = Series("Wales", (Point(Period(Kind.YEAR, 2010), Decimal(4)),))
    chart = draw("Measure", NUMBER, 0, own, comparators=[academic, quarter, outside])
    assert [(track.label, track.runs[0][0].x) for track in chart.comparators] == [
        ("England", 0.75),
        ("North West", 0.25),
    ]


def test_lines_are_labelled_at_their_ends_the_number_first() -> None:
    years = Series("England", (Point(Period(Kind.YEAR, 2017), Decimal("20.2")),))
    chart = draw(
        "Share", PERCENT, 1, quarters("16.9", "", "", "", "15.9", ""), levels("14", Polarity.LOWER, 6), [years]
    )
    assert [(label.text, label.role) for label in chart.end_labels] == [
        ("15.9% 2018-19 Q1", "own"),
        ("14% target", "target"),
        ("20.2% England 2017-18", "comparator"),
    ]


# Labels


@given(st.lists(st.floats(0, 1), max_size=12).map(sorted), st.floats(0.001, 1))
def test_labels_do_not_overlap_or_leave_the_square(anchors: list[float], gap: float) -> None:
    places = apart(anchors, gap)
    wanted = min(gap, 1 / max(len(anchors) - 1, 1))
    assert len(places) == len(anchors)
    assert all(b - a >= wanted - 1e-9 for a, b in pairwise(places))
    assert all(0 <= place <= 1 for place in places)


def test_labels_that_are_apart_already_stay() -> None:
    assert apart([0.1, 0.5, 0.9], 0.2) == pytest.approx((0.1, 0.5, 0.9))
    assert apart([0.5, 0.5], 0.2) == pytest.approx((0.4, 0.6))


@given(charts(), st.floats(0.05, 1))
def test_of_too_many_labels_the_most_important_are_kept(chart: Chart, gap: float) -> None:
    placed = chart.placed(gap)
    assert {label.text for label in placed} <= {label.text for label in chart.end_labels}
    assert all(b.y - a.y >= gap - 1e-6 for a, b in pairwise(placed))
    if chart.end_labels:
        assert chart.end_labels[0].text in {label.text for label in placed}


def test_years_are_named_where_they_begin() -> None:
    own = [Point(parse("2016-17 Q3").shift(n), Decimal(1)) for n in range(4)]
    marks = draw("Measure", NUMBER, 0, own).marks
    assert [(m.label, m.starts_year) for m in marks] == [
        ("2016-17", False),
        ("", False),
        ("2017-18", True),
        ("", False),
    ]


def test_the_summary_says_what_the_chart_shows() -> None:
    years = Series("England", (Point(Period(Kind.YEAR, 2017), Decimal("20.2")),))
    chart = draw(
        "Repeat plans", PERCENT, 1, quarters("16.9", "", "18.1", "15.9"), levels("14", Polarity.LOWER), [years]
    )
    assert chart.summary == (
        "Repeat plans: Quarter 1 2017-18 to Quarter 4 2017-18; latest 15.9% in Quarter 4 2017-18; "
        "lowest 15.9% in Quarter 4 2017-18; highest 18.1% in Quarter 3 2017-18; "
        "1 period without a figure; target 14%; England 20.2% in 2017-18."
    )
    assert "always the same" in draw("Flat", NUMBER, 0, quarters("3", "3")).summary


def test_an_axis_of_counts_goes_as_high_as_they_do() -> None:
    drawn = draw("Families", NUMBER, 0, quarters("90", "180"))
    assert drawn.ticks[-1].label == "200"
    assert drawn.end_labels[0].text == "180"


def test_a_line_that_ends_early_says_when() -> None:
    drawn = draw("Families", NUMBER, 0, quarters("90", "180", ""))
    assert drawn.end_labels[0].text == "180 2017-18 Q2"


def test_the_summary_of_a_level_line_and_of_a_range() -> None:
    spread = level(Q1, Goal(lower=Decimal(12), upper=Decimal("16.5")), Polarity.WITHIN, FIVE)
    drawn = draw("Caseload", NUMBER, 0, quarters("14", "14"), [spread])
    assert "; always the same" in drawn.summary
    assert "12 to 16.5" in drawn.summary
    assert "always" not in draw("Caseload", NUMBER, 0, quarters("14")).summary


def test_academic_years_are_named_by_themselves() -> None:
    years = [Point(Period(Kind.ACADEMIC, year), Decimal(60)) for year in (2016, 2017)]
    assert [mark.label for mark in draw("Good level", PERCENT, 0, years).marks] == ["2016-17", "2017-18"]
