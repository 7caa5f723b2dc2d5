"""Which other counts are hidden for the small ones: the cheapest that let these be anything small."""

from outcome_tracker.core.suppression import Protection, Why, protect
from tests.core.counts import one_way


def test_small_inner_counts_are_hidden_first() -> None:
    assert protect(one_way([3, 40, 12, 90])) == Protection({0: Why.SMALL, 2: Why.OTHERS})


def test_two_small_numbers_that_their_total_would_give_away_need_a_third() -> None:
    assert protect(one_way([1, 1, 30])) == Protection({0: Why.SMALL, 1: Why.SMALL, 2: Why.OTHERS})


def test_two_small_numbers_protect_each_other_where_every_value_stays_possible() -> None:
    assert protect(one_way([1, 4, 30])) == Protection({0: Why.SMALL, 1: Why.SMALL})


def test_a_count_just_above_is_no_cover_if_another_is() -> None:
    """An attacker who knows that the other is 5 or more would know that 8 less it is 3 at most."""
    assert protect(one_way([3, 5, 20])) == Protection({0: Why.SMALL, 2: Why.OTHERS})


def test_a_total_is_hidden_where_a_count_just_above_is_all_there_is() -> None:
    """Who knows that one of two is small and the other is not would know both by their total of 6."""
    assert protect(one_way([1, 5])) == Protection({0: Why.SMALL, "total": Why.OTHERS})


def test_a_count_just_above_is_a_cover_where_the_total_must_stand() -> None:
    """Then nothing may say which of the two is small: 1 and 5, 2 and 4, 3 and 3 remain, whichever way round."""
    assert protect(one_way([1, 5], total=6)) == Protection({0: Why.SMALL, 1: Why.OTHERS})


def test_a_total_is_hidden_where_no_inner_count_is_left() -> None:
    assert protect(one_way([3, 0])) == Protection({0: Why.SMALL, "total": Why.SMALL})
    assert protect(one_way([3, 4, 0])) == Protection({0: Why.SMALL, 1: Why.SMALL, "total": Why.OTHERS})


def test_a_list_of_ones_hides_its_total() -> None:
    found = protect(one_way([1, 1, 1, 1, 0]))
    assert found.hidden == {0: Why.SMALL, 1: Why.SMALL, 2: Why.SMALL, 3: Why.SMALL, "total": Why.SMALL}


def test_of_cells_that_cost_the_same_a_likely_one_is_hidden() -> None:
    assert protect(one_way([3, 21, 22])).hidden == {0: Why.SMALL, 1: Why.OTHERS}
    assert protect(one_way([3, 21, 22]), likely={2}).hidden == {0: Why.SMALL, 2: Why.OTHERS}
