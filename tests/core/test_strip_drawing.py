"""The strip of all authorities as shapes."""

from decimal import Decimal
from itertools import pairwise

from outcome_tracker.core.drawing import Area, Dot, Drawing, Label, Line
from outcome_tracker.core.plot import wide
from outcome_tracker.core.strip import Named, Role, Strip, draw
from outcome_tracker.core.strip_drawing import drawing
from tests.core.making import REPEATS, YEAR
from tests.core.shapes import written

OWN = Named("Cheshire West and Chester", Decimal("15.9"), Role.OWN)
MARKED = [OWN, Named("England", Decimal("20.8")), Named("target", Decimal(14), Role.TARGET)]


def strip(others: str = "10 12.5 20 24 30", neighbours: str = "", missing: int = 0, rank: int | None = 3) -> Strip:
    far, near = ([Decimal(text) for text in texts.split()] for texts in (others, neighbours))
    return draw(REPEATS, YEAR, far, near, MARKED, missing, rank)


def drawn(given: Strip) -> Drawing:
    found = drawing(given, "All authorities")
    assert found is not None
    return found


def labels(found: Drawing) -> dict[str, Label]:
    return {s.text: s for s in found.shapes if isinstance(s, Label)}


def test_without_figures_there_is_nothing_to_draw() -> None:
    assert drawing(draw(REPEATS, YEAR, [], [], []), "All authorities") is None


def test_each_authority_is_a_dot_and_the_own_one_a_square() -> None:
    found = drawn(strip())
    dots = [s for s in found.shapes if isinstance(s, Dot)]
    assert [dot.role for dot in dots if dot.square] == ["own"]
    assert len([dot for dot in dots if not dot.square]) == 5 + 1  # and the one of the key
    assert (found.title, found.text) == ("All authorities", strip().words)


def test_neighbours_are_hollow_above_the_others_and_explained() -> None:
    found = drawn(strip("20 20 30", "20"))
    at = [s for s in found.shapes if isinstance(s, Dot) and not s.square]
    lowest, second, _, neighbour, *_ = at
    assert neighbour.hollow
    assert lowest.spot[0] == second.spot[0] == neighbour.spot[0]
    assert neighbour.spot[1] < second.spot[1] < lowest.spot[1]
    assert "statistical neighbour" in labels(found)
    assert "statistical neighbour" not in labels(drawn(strip()))


def test_a_dot_is_several_authorities_where_one_each_has_no_room() -> None:
    found = drawn(strip(" ".join(["20"] * 20 + ["10"])))
    assert "up to 3 authorities" in labels(found)
    dots = [s for s in found.shapes if isinstance(s, Dot) and not s.square]
    assert len(dots) == 7 + 1 + 1


def test_marked_places_are_named_and_led_to() -> None:
    found = drawn(strip())
    shown = labels(found)
    assert shown["Cheshire West and Chester 15.9%"].strong
    assert {"England 20.8%", "target 14%"} <= set(shown)
    [dashed] = [s for s in found.shapes if isinstance(s, Line) and s.role == "target"]
    assert dashed.dashed


def test_quarters_have_letters_and_the_better_end_is_told() -> None:
    shown = labels(drawn(strip("8 10 12.5 20 24 30", missing=2)))
    assert [letter for letter in "ABCD" if any(text.startswith(letter) for text in shown)] == ["A", "B", "C", "D"]
    assert shown["← better"].spot[0] == 0
    assert shown["3rd of 7 authorities in 2018-19"].anchor == "end"
    assert {"lowest 8.0%", "highest 30.0%", "2 authorities without a figure", "one authority"} <= set(shown)
    assert len([s for s in drawn(strip()).shapes if isinstance(s, Area)]) == 2


def test_names_in_one_row_never_overlap() -> None:
    found = drawn(strip())
    own = [s for s in found.shapes if isinstance(s, Label) and s.role in {"own", "comparator", "target"}]
    by_row: dict[float, list[Label]] = {}
    for label in own:
        by_row.setdefault(label.spot[1], []).append(label)
    for row in by_row.values():
        ordered = sorted(row, key=lambda label: label.spot[0])
        assert all(a.spot[0] + wide(a.text) <= b.spot[0] for a, b in pairwise(ordered))


SMALL = """\
start axis: 0,15.6 ← better
end axis: 420,15.6 3rd of 7 authorities in 2018-19
line grid: 3.5,44.4 164.5,44.4 164.5,61.56 3.5,61.56 3.5,44.4
middle axis: 84,57.53 A best quarter
area grid: 164.5,44.4 213.5,44.4 213.5,61.56 164.5,61.56
line grid: 164.5,44.4 213.5,44.4 213.5,61.56 164.5,61.56 164.5,44.4
middle axis: 189,57.53 B
line grid: 213.5,44.4 248.5,44.4 248.5,61.56 213.5,61.56 213.5,44.4
middle axis: 231,57.53 C
area grid: 248.5,44.4 416.5,44.4 416.5,61.56 248.5,61.56
line grid: 248.5,44.4 416.5,44.4 416.5,61.56 248.5,61.56 248.5,44.4
middle axis: 332.5,57.53 D worst quarter
dot comparator: 3.5,40.9
dot comparator: 213.5,40.9
dot comparator: 213.5,33.9
dot comparator: 416.5,40.9
hollow dot comparator: 213.5,26.9
hollow dot comparator: 290.5,40.9
line own: 122.5,44.4 122.5,77.2
square own: 122.5,44.4
line comparator: 227.5,44.4 227.5,92.8
dashed target: 87.5,44.4 87.5,77.2
start own strong: 133,77.2 Cheshire West and Chester 15.9%
start comparator: 238,92.8 England 20.8%
start target: 7,77.2 target 14%
start axis: 0,111.48 lowest 10.0%
end axis: 420,111.48 highest 30.0%
dot comparator: 8,131.8
start axis: 28,136.3 one authority
hollow dot comparator: 133.5,131.8
start axis: 153.5,136.3 statistical neighbour
start axis: 0,154.2 2 authorities without a figure
"""


def test_a_small_strip_is_drawn_exactly_so() -> None:
    found = drawn(strip("10 20 20 30", "20 24", missing=2))
    assert f"{written(found.shapes)}\n" == SMALL
    assert found.height == 159.1
