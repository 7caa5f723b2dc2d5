"""Bars of ratings, directions and milestones: whether their lengths tell the truth."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.direction import Direction
from outcome_tracker.core.rag import Rag
from outcome_tracker.tui.cells import bar, direction_bar

ROOM = 13
LENGTH = {"●": Rag.GREEN, "▲": Rag.AMBER, "■": Rag.RED, "◌": Rag.M}


def drawn(counts: dict[Rag, int], room: int = ROOM) -> dict[Rag, int]:
    """Return how many cells each rating has."""
    return {LENGTH[glyphs[0]]: len(glyphs) for glyphs, _ in bar(counts, room)}


def test_each_indicator_has_its_own_sign_where_there_is_room() -> None:
    assert drawn({Rag.GREEN: 3, Rag.RED: 2}) == {Rag.GREEN: 3, Rag.RED: 2}


def test_more_reds_than_ambers_look_like_more() -> None:
    assert drawn({Rag.GREEN: 196, Rag.AMBER: 93, Rag.RED: 111}) == {Rag.GREEN: 6, Rag.AMBER: 3, Rag.RED: 4}


def test_ratings_and_directions_of_the_same_indicators_are_equally_long() -> None:
    ways = {Direction.IMPROVED: 117, Direction.SAME: 147, Direction.DECLINED: 136}
    arrows = "".join(glyphs for glyphs, _ in direction_bar(ways, ROOM))
    assert arrows == "↗↗↗↗→→→→→↘↘↘↘"
    assert sum(drawn({Rag.GREEN: 196, Rag.AMBER: 93, Rag.RED: 111}).values()) == len(arrows)


@given(st.lists(st.integers(0, 5000), min_size=4, max_size=4), st.integers(4, 30))
def test_a_bar_keeps_to_its_room_and_to_the_order_of_the_counts(numbers: list[int], room: int) -> None:
    counts = dict(zip(Rag, numbers, strict=True))
    lengths = dict.fromkeys(Rag, 0) | drawn(counts, room)
    assert sum(lengths.values()) == min(sum(numbers), room)
    assert all((lengths[rag] > 0) == (number > 0) for rag, number in counts.items())
    assert all(lengths[a] >= lengths[b] for a, b in permutations(Rag, 2) if counts[a] > counts[b])
