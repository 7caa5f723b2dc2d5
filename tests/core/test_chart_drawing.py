"""Charts as shapes: everything on the canvas, nothing told by colour alone, gaps left open."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.chart import Chart, Level, Point, Series, draw, level
from outcome_tracker.core.chart_drawing import drawing
from outcome_tracker.core.drawing import Area, Dot, Drawing, Label, Line, Spot
from outcome_tracker.core.indicator import Margin, Polarity
from outcome_tracker.core.interval import Interval
from outcome_tracker.core.number import Unit, UnitKind
from outcome_tracker.core.period import parse
from outcome_tracker.core.plot import WIDTH
from outcome_tracker.core.target import Goal
from tests.core.shapes import written

PERCENT = Unit(UnitKind.PERCENT)
Q1 = parse("2017-18 Q1")
FOUR = "17.0 16.5 16.9 15.9"


def quarters(values: str = FOUR) -> list[Point]:
    """Points from 2017-18 Q1 on; a dash is a gap."""
    return [Point(Q1.shift(n), None if v == "-" else Decimal(v)) for n, v in enumerate(values.split())]


def target(goal: str, count: int = 4) -> list[Level]:
    return [level(Q1.shift(n), Goal(Decimal(goal)), Polarity.LOWER, Margin(Decimal(5))) for n in range(count)]


def drawn(chart: Chart) -> Drawing:
    found = drawing(chart)
    assert found is not None
    return found


def lines(found: Drawing, role: str) -> list[Line]:
    return [s for s in found.shapes if isinstance(s, Line) and s.role == role]


def dots(found: Drawing) -> list[Dot]:
    return [s for s in found.shapes if isinstance(s, Dot)]


def texts(found: Drawing) -> list[str]:
    return [s.text for s in found.shapes if isinstance(s, Label)]


def spots(found: Drawing) -> list[Spot]:
    return [spot for s in found.shapes for spot in (s.spots if isinstance(s, Line | Area) else (s.spot,))]


def test_a_chart_without_figures_has_nothing_to_draw() -> None:
    assert drawing(draw("Repeat plans", PERCENT, 1, quarters("- - - -"))) is None


def test_the_drawing_has_the_charts_name_and_words() -> None:
    chart = draw("Repeat plans", PERCENT, 1, quarters())
    assert drawn(chart).title == "Repeat plans"
    assert drawn(chart).text == chart.summary
    assert "latest 15.9% in Quarter 4 2017-18" in chart.summary


values = st.lists(st.none() | st.decimals(0, 100, places=1), min_size=1, max_size=60)


@given(values, values, st.booleans())
def test_everything_is_on_the_canvas(own: list[Decimal | None], other: list[Decimal | None], marked: bool) -> None:
    points = [Point(Q1.shift(n), v, special="concern" if marked else "") for n, v in enumerate(own)]
    others = [Series("Statistical neighbours", tuple(Point(Q1.shift(n), v) for n, v in enumerate(other)))]
    found = drawing(draw("Repeat plans", PERCENT, 1, points, target("14"), others))
    assert found is not None
    assert found.width == WIDTH
    assert all(0 <= x <= found.width and 0 <= y <= found.height for x, y in spots(found))


def test_a_gap_stays_open_and_a_point_alone_is_seen() -> None:
    found = drawn(draw("Repeat plans", PERCENT, 1, quarters("17.0 16.5 - 15.9")))
    [line] = lines(found, "own")
    assert len(line.spots) == 2
    assert len(dots(found)) == 3


def test_a_break_is_marked_and_told() -> None:
    points = quarters()
    points[2] = replace(points[2], parted=True, broken=True)
    chart = draw("Repeat plans", PERCENT, 1, points)
    found = drawn(chart)
    assert [len(line.spots) for line in lines(found, "own")] == [2, 2]
    [mark] = [line for line in lines(found, "axis") if line.dashed]
    first, second = lines(found, "own")
    assert first.spots[-1][0] < mark.spots[0][0] == mark.spots[1][0] < second.spots[0][0]
    assert "break" in texts(found)
    assert "a break in the series before Quarter 3 2017-18" in found.text


def test_the_target_is_dashed_steps_with_amber_on_the_worse_side() -> None:
    found = drawn(draw("Repeat plans", PERCENT, 1, quarters(), [*target("15", 2), *target("14", 4)[2:]]))
    [stairs] = lines(found, "target")
    assert stairs.dashed
    assert len({y for _, y in stairs.spots}) == 2
    bands = [s for s in found.shapes if isinstance(s, Area)]
    assert [band.role for band in bands] == ["amber"] * 3  # one for each target, and the key's
    for band, (_, y) in zip(bands[:2], (stairs.spots[0], stairs.spots[-1]), strict=True):
        assert max(b for _, b in band.spots) == y
    assert "Amber to 14.7%" in texts(found)


def test_amber_is_one_shape_for_each_stretch_with_one_target() -> None:
    apart = [*target("14", 1), *target("14", 4)[2:]]
    found = drawn(draw("Repeat plans", PERCENT, 1, quarters(), apart))
    assert len([s for s in found.shapes if isinstance(s, Area)]) == 3
    assert len(lines(found, "target")) == 2


def test_a_comparator_is_named_at_its_end_with_its_period_and_led_to() -> None:
    england = Series("England", (Point(parse("2016-17"), Decimal("18.7")), Point(Q1.shift(1), Decimal("20.2"))))
    found = drawn(draw("Repeat plans", PERCENT, 1, quarters(), (), [england]))
    assert "20.2% England 2017-18 Q2" in texts(found)
    [line] = lines(found, "comparator")
    assert line.spots[-1][0] - line.spots[0][0] > 0  # a figure alone is a short level
    leaders = [leader for leader in lines(found, "grid") if leader.dashed]
    assert any(line.spots[0][0] < leader.spots[0][0] < line.spots[1][0] for leader in leaders)


def test_made_up_points_are_hollow_and_the_key_says_so() -> None:
    points = [replace(point, illustrative=n == 1) for n, point in enumerate(quarters())]
    found = drawn(draw("Repeat plans", PERCENT, 1, points))
    assert [dot.hollow for dot in dots(found)] == [False, True, False, False, True]
    assert "illustrative" in texts(found)
    assert "illustrative" not in texts(drawn(draw("Repeat plans", PERCENT, 1, quarters())))


def test_an_interval_is_a_line_through_its_point() -> None:
    points = quarters()
    points[3] = replace(points[3], interval=Interval(Decimal("12.1"), Decimal("20.7")))
    found = drawn(draw("Repeat plans", PERCENT, 1, points))
    whisker, _ = lines(found, "interval")
    ys = [y for _, y in whisker.spots]
    assert min(ys) < dots(found)[3].spot[1] < max(ys)
    assert "95% interval" in texts(found)


def test_special_points_are_square_with_a_sign_and_the_key_says_what_it_means() -> None:
    kinds = ["concern", "high", "low", "improvement"]
    points = [replace(point, special=kind) for point, kind in zip(quarters(), kinds, strict=True)]
    found = drawn(draw("Repeat plans", PERCENT, 1, points))
    assert [dot.role for dot in dots(found)[:4]] == ["concern", "unusual", "unusual", "improvement"]
    assert all(dot.square for dot in dots(found))
    assert {"✓", "!", "↑", "↓", *kinds} <= set(texts(found))


def test_means_and_limits_are_told_apart_and_named() -> None:
    process = [
        Level(p.period, (Decimal("16.6"), Decimal("14.9"), Decimal("18.3")), text="trial limit") for p in quarters()
    ]
    found = drawn(draw("Repeat plans", PERCENT, 1, quarters(), process=process))
    assert [line.dashed for line in lines(found, "mean")] == [False]
    assert [line.dashed for line in lines(found, "limit")] == [True, True, True]  # the last is the key's
    assert {"16.60% mean", "14.90% lower trial limit", "18.30% upper trial limit", "trial limits"} <= set(texts(found))


def test_where_it_is_crowded_only_points_that_matter_are_marked() -> None:
    months = [
        Point(parse("2014-04").shift(n), Decimal(n), illustrative=n == 7, special="high" if n == 9 else "")
        for n in range(60)
    ]
    found = drawn(draw("Contacts", Unit(UnitKind.NUMBER), 0, months))
    assert [dot.hollow for dot in dots(found)] == [True, False, True]  # the made-up one, the last, and the key's
    [sign, of_key] = [s for s in found.shapes if isinstance(s, Label) and s.text == "↑"]
    assert sign.role == of_key.role == "unusual"
    points = [spot for line in lines(found, "own") for spot in line.spots]
    assert sign.spot[0] == points[9][0]
    assert 0 < sign.spot[1] - points[9][1] < 6  # its baseline is a little below the point


def test_made_up_points_that_only_have_a_sign_are_told_of_in_the_key() -> None:
    months = [Point(parse("2014-04").shift(n), Decimal(n), illustrative=n == 9, special="high") for n in range(60)]
    found = drawn(draw("Contacts", Unit(UnitKind.NUMBER), 0, months))
    assert not dots(found)
    assert "some are illustrative" in texts(found)


def test_an_axis_that_does_not_start_at_zero_is_told() -> None:
    assert "axis from 15.5% to 17.5%, not from 0" in texts(drawn(draw("Repeat plans", PERCENT, 1, quarters())))
    assert not [text for text in texts(drawn(draw("Share", PERCENT, 1, quarters("0 2 4 6")))) if "axis" in text]


SMALL = """\
area amber: 32.3,159.7 237,159.7 237,138.4 32.3,138.4
line grid: 32.3,188 237,188
end axis: 26.3,192.6 14%
line grid: 32.3,131.3 237,131.3
end axis: 26.3,135.9 16%
line grid: 32.3,74.7 237,74.7
end axis: 26.3,79.2 18%
line grid: 32.3,18 237,18
end axis: 26.3,22.6 20%
line axis: 32.3,188 237,188
line axis: 57.9,188 57.9,192
start axis: 57.9,204.6 2017-18
dashed axis: 83.5,188 83.5,18
start axis: 86.5,16 break
line comparator: 57.9,74.7 109.1,46.3
dashed target: 32.3,159.7 83.5,159.7 134.6,159.7 185.8,159.7 237,159.7
dashed grid: 237,159.7 248,159.7
start target: 251,164.2 15% target
dashed grid: 211.4,131.3 237,131.3 248,131.3
start own strong: 251,135.9 16.0%
dashed grid: 109.1,46.3 237,46.3 248,46.3
start comparator: 251,50.8 19.0% England 2017-18 Q2
dot own: 57.9,103
square concern: 109.1,159.7
middle concern strong: 109.1,152.7 !
line interval: 208.4,188 214.4,188 211.4,188 211.4,74.7 208.4,74.7 214.4,74.7
hollow dot own: 211.4,131.3
hollow dot own: 11,223.9
start axis: 28,228.4 illustrative
line interval: 119.8,228.9 125.8,228.9 122.8,228.9 122.8,218.9 119.8,218.9 125.8,218.9
start axis: 139.8,228.4 95% interval
square concern: 239.4,223.9
middle concern strong: 249.4,227.9 !
start axis: 261.4,228.4 concern
area amber: 0,237.8 22,237.8 22,245.8 0,245.8
start axis: 28,246.4 Amber to 15.75%
start axis: 147.9,246.4 axis from 14% to 20%, not from 0
"""


def test_a_small_chart_is_drawn_exactly_so() -> None:
    points = quarters("17 15 - 16")
    points[1] = replace(points[1], parted=True, broken=True, special="concern")
    points[3] = replace(points[3], illustrative=True, interval=Interval(Decimal(14), Decimal(18)))
    england = Series("England", (Point(Q1, Decimal(18)), Point(Q1.shift(1), Decimal(19))))
    found = drawn(draw("Repeat plans", PERCENT, 1, points, target("15"), [england]))
    assert f"{written(found.shapes)}\n" == SMALL
    assert found.height == 251.2
