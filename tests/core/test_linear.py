from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from outcome_tracker.core.linear import Polytope


def test_a_number_goes_as_far_as_the_sum_lets_it() -> None:
    found = Polytope([3, 7], [(1, None), (1, None)], [{0: 1, 1: 1}])
    assert found.reach(0, 9)
    assert found.values == [9, 1]
    assert not found.reach(0, 12)
    assert found.values == [9, 1]
    assert not found.reach(0, None, up=False)
    assert found.values == [1, 9]


def test_a_number_that_nothing_stops_is_said_to_be_free() -> None:
    found = Polytope([3, 10], [(1, None), (1, None)], [{0: 1, 1: -1}])
    assert found.reach(1, None)
    assert not found.reach(1, None, up=False)
    assert found.values == [1, 8]


def test_values_on_the_way_are_proof_that_they_are_possible() -> None:
    found = Polytope([3, 7], [(1, None), (1, None)], [{0: 1, 1: 1}])
    found.reach(0, 6)
    assert found.met == [{3, 4, 5, 6}, {4, 5, 6, 7}]
    assert (found.lowest, found.highest) == ([3, 4], [6, 7])


def test_every_second_value_is_met_where_steps_are_of_two() -> None:
    found = Polytope([4, 2], [(0, 8), (0, 8)], [{0: 1, 1: -2}])
    found.reach(0, 8)
    assert found.met[0] in ({4, 8}, {4, 6, 8})
    assert found.attain(0, 6)
    assert not found.attain(0, 5)


def test_a_half_that_only_fractions_could_be_is_not_attained() -> None:
    """a + b = 2c: a and b are both even or both odd where a = b."""
    found = Polytope([2, 2, 2], [(0, 9), (0, 9), (0, 9)], [{0: 1, 1: 1, 2: -2}, {0: 1, 1: -1}])
    assert found.attain(0, 3)
    halves = Polytope([2, 4], [(0, 9), (0, 9)], [{0: 2, 1: -1}])
    assert halves.reach(1, 5)
    assert halves.values[0] == Fraction(5, 2)
    assert not halves.attain(1, 5)
    assert halves.attain(1, 6)
    assert halves.values == [3, 6]


def test_an_equation_said_twice_changes_nothing() -> None:
    found = Polytope([3, 7], [(1, None), (1, None)], [{0: 1, 1: 1}, {0: 2, 1: 2}])
    assert found.reach(0, 9)
    assert not found.reach(0, 10)


def test_a_defined_number_is_a_sum_until_it_is_forgotten() -> None:
    found = Polytope([3, 7, 5], [(1, None), (1, None), (0, None)], [{0: 1, 1: 1}])
    place = found.define({0: 2, 2: 1})
    assert found.values[place] == 11
    found.reach(place, None, up=False)
    assert found.values == [1, 9, 0, 2]
    found.forget(place)
    assert found.values == [1, 9, 0]
    assert found.reach(0, 9)


@st.composite
def systems(draw: st.DrawFn) -> tuple[list[int], list[tuple[int | None, int | None]], list[dict[int, int]]]:
    start = draw(st.lists(st.integers(-3, 9), min_size=2, max_size=6))
    bounds: list[tuple[int | None, int | None]] = []
    for value in start:
        low, high = draw(st.tuples(st.integers(0, 5), st.integers(0, 5)))
        bounds.append((value - low, draw(st.sampled_from([value + high, None]))))
    factors = st.dictionaries(st.integers(0, len(start) - 1), st.integers(-3, 3), min_size=1)
    return start, bounds, draw(st.lists(factors, max_size=4))


@given(systems())
def test_the_ends_are_those_that_highs_finds(
    system: tuple[list[int], list[tuple[int | None, int | None]], list[dict[int, int]]],
) -> None:
    start, bounds, equations = system
    lines = [[float(equation.get(i, 0)) for i in range(len(start))] for equation in equations]
    sums = [sum(factor * start[i] for i, factor in equation.items()) for equation in equations]
    found = Polytope(start, bounds, equations)
    for place in range(len(start)):
        for sign in (1, -1):
            goal = [0.0] * len(start)
            goal[place] = sign
            answer = linprog(
                goal, None, None, lines or None, sums or None, bounds, method="highs", options={"presolve": False}
            )
            free = found.reach(place, None, up=sign < 0)
            assert free == (answer.status == 3)
            if not free:
                assert abs(float(found.values[place]) - sign * answer.fun) < 1e-6
            for equation, total in zip(equations, sums, strict=True):
                assert sum(factor * found.values[i] for i, factor in equation.items()) == total
            for value, (low, high) in zip(found.values, bounds, strict=True):
                assert low is None or value >= low
                assert high is None or value <= high


@given(systems(), st.integers(-3, 9))
def test_whole_numbers_are_found_where_there_are_any(
    system: tuple[list[int], list[tuple[int | None, int | None]], list[dict[int, int]]], goal: int
) -> None:
    start, loose, equations = system
    start, bounds = start[:4], [(low, value + 4) for value, (low, _) in zip(start, loose, strict=True)][:4]
    kept = [{i: factor for i, factor in equation.items() if i < len(start)} for equation in equations]
    sums = [sum(factor * start[i] for i, factor in equation.items()) for equation in kept]
    points: list[list[int]] = [[]]
    for low, high in bounds:
        assert low is not None
        points = [[*point, value] for point in points for value in range(low, high + 1)]
    possible = {
        point[0]
        for point in points
        if all(sum(f * point[i] for i, f in e.items()) == total for e, total in zip(kept, sums, strict=True))
    }
    found = Polytope(start, bounds, kept)
    assert found.attain(0, goal) == (goal in possible)
    assert found.met[0] <= possible


def test_a_whole_number_beyond_a_goal_is_found() -> None:
    """Only every 21st is whole beside the other: 21, 42, 63."""
    found = Polytope([42, 2], [(1, None), (1, 4)], [{0: 1, 1: -21}])
    assert not found.attain(0, 45)
    assert found.attain_beyond(0, 45, up=True)
    assert found.attain_beyond(0, 39, up=False)
    assert not found.attain_beyond(0, 85, up=True)
