"""What is around a chart's lines: no label over another, everything on the canvas, as many names as have room."""

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.chart import Mark, Tick
from outcome_tracker.core.drawing import Label, Line
from outcome_tracker.core.plot import LINE, WIDTH, Ending, Plot, fitted, key, wide

TICKS = [Tick(0.0, "0%"), Tick(1.0, "100%")]
heights = st.floats(0, 1, allow_subnormal=False)


def labels(shapes: Sequence[object]) -> list[Label]:
    return [shape for shape in shapes if isinstance(shape, Label)]


@given(st.lists(heights, max_size=30))
def test_labels_of_line_ends_never_overlap_and_stay_beside_the_plot(places: list[float]) -> None:
    endings = [Ending((1.0, y), "20.2% England", "comparator") for y in places]
    plot = Plot.between(TICKS, endings)
    found = labels(plot.ends(endings))
    baselines = sorted(label.spot[1] for label in found)
    assert all(later - earlier >= LINE - 0.2 for earlier, later in pairwise(baselines))
    assert all(plot.top <= y <= plot.bottom + LINE / 2 for y in baselines)
    assert all(label.spot[0] + wide(label.text) <= WIDTH + 0.1 for label in found)
    assert len(found) == min(len(places), int((plot.bottom - plot.top) / LINE) + 1)


def test_a_long_label_is_cut_and_half_the_canvas_stays_the_plot() -> None:
    endings = [Ending((1.0, 0.5), "21.5% Statistical neighbours, as printed 2017-18, mean of ten", "comparator")]
    plot = Plot.between(TICKS, endings)
    [label] = labels(plot.ends(endings))
    assert plot.right == WIDTH / 2
    assert label.text.startswith("21.5% Statistical neighbours")
    assert label.text.endswith("…")
    assert WIDTH - 10 < label.spot[0] + wide(label.text) <= WIDTH + 0.1


@given(st.text("abc mW%.", max_size=40), st.floats(0, 300))
def test_a_text_is_as_long_as_there_is_room(text: str, room: float) -> None:
    found = fitted(text, room)
    assert found == text or found[-1] == "…"
    assert wide(found) <= max(room, wide("…"))
    assert (found == text) == (wide(text) <= room)


def test_the_most_important_labels_are_kept() -> None:
    endings = [Ending((1.0, 0.5), f"line {n}", "comparator") for n in range(40)]
    kept = {label.text for label in labels(Plot.between(TICKS, endings).ends(endings))}
    assert kept == {f"line {n}" for n in range(len(kept))}


def test_a_thin_line_leads_from_where_a_line_ends_to_its_label() -> None:
    plot = Plot(40, 300)
    leader, label = plot.ends([Ending((0.5, 0.5), "20.2% England 2017-18", "comparator")])
    assert isinstance(leader, Line)
    assert isinstance(label, Label)
    assert leader.spots[:2] == (plot.spot((0.5, 0.5)), plot.spot((1.0, 0.5)))
    assert leader.spots[-1][0] < label.spot[0]


def test_numbers_of_the_axis_stand_before_their_lines() -> None:
    plot = Plot.between(TICKS, ())
    shapes = plot.rules(TICKS)
    assert [label.text for label in labels(shapes)] == ["0%", "100%"]
    assert all(label.anchor == "end" and label.spot[0] - wide(label.text) >= 0 for label in labels(shapes))
    assert all(label.spot[0] < plot.left for label in labels(shapes))


def years(count: int) -> list[Mark]:
    return [Mark((n + 0.5) / count, f"{2000 + n}-{n + 1:02}", starts_year=True) for n in range(count)]


@given(st.integers(1, 60))
def test_years_never_overlap_and_the_latest_is_always_named(count: int) -> None:
    for middle in (True, False):
        found = labels(Plot(40, 400).dates(years(count), middle=middle))
        assert found[-1].text == years(count)[-1].label
        assert all(a.spot[0] + wide(a.text) / 2 <= b.spot[0] for a, b in pairwise(found))
        for label in found:
            reach = wide(label.text) / 2 if middle else wide(label.text)
            assert label.spot[0] - (reach if middle else 0) >= -0.1
            assert label.spot[0] + reach <= WIDTH + 0.1


def test_every_year_is_named_where_there_is_room() -> None:
    found = labels(Plot(40, 400).dates(years(4), middle=True))
    assert [label.text for label in found] == ["2000-01", "2001-02", "2002-03", "2003-04"]


def test_a_year_of_which_the_chart_has_only_the_end_gives_way() -> None:
    marks = [Mark(0.02, "2016-17", starts_year=False), Mark(0.06, "2017-18", starts_year=True)]
    assert [label.text for label in labels(Plot(40, 400).dates(marks, middle=False))] == ["2017-18"]


@given(st.lists(st.text("abc mW%", min_size=1, max_size=30), max_size=12))
def test_the_key_takes_the_lines_that_it_needs(texts: list[str]) -> None:
    found, height = key([((), text) for text in texts], 200)
    assert [label.text for label in labels(found)] == texts
    assert all(label.spot[0] == 0 or label.spot[0] + wide(label.text) <= WIDTH + 0.1 for label in labels(found))
    assert all(label.spot[1] < height for label in labels(found))


def test_signs_of_the_key_stand_before_their_words() -> None:
    sign = Line(((0.0, 0.0), (22.0, 0.0)), "own")
    found, _ = key([((sign,), "this year"), ((sign,), "last year")], 200)
    lines = [shape for shape in found if isinstance(shape, Line)]
    assert [line.spots[1][0] < label.spot[0] for line, label in zip(lines, labels(found), strict=True)] == [True, True]
    assert lines[1].spots[0][0] > labels(found)[0].spot[0] + wide("this year")
