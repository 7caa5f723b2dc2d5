import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.report.columns import is_cramped, lines, needed, shared, text_width


def test_wide_letters_count_for_more() -> None:
    assert text_width("MMMM") > text_width("aaaa") > text_width("iiii")


def test_a_column_needs_its_longest_word_but_not_one_without_end() -> None:
    short, word, endless = needed([["A", "to be"], ["A", "Safeguarding"], ["A", "x" * 50_000]])
    assert short < word < endless < 25
    assert word >= text_width("Safeguarding")


def test_the_column_with_most_text_gets_most_room() -> None:
    name, figure = shared([["Indicator", "Children with a second or subsequent plan"], ["Figure", "15.9%"]], 30)
    assert name > 2 * figure
    assert name + figure == pytest.approx(30)


def test_room_that_nobody_needs_is_shared_evenly() -> None:
    first, second = shared([["A", "1"], ["B", "2"]], 40)
    assert first == pytest.approx(second, rel=0.1)


def test_where_there_is_too_little_all_give_way() -> None:
    widths = shared([["Safeguarding"], ["Safeguarding"]], 4)
    assert widths == pytest.approx([2, 2])


COMPARATORS = [
    ["Comparator", "England", "North West", "Statistical neighbours, as printed"],
    ["Ours is", "4.2 percentage points lower", "4.7 percentage points lower", "5.5 percentage points lower"],
    ["Source", "Department for Education", "Department for Education", "The council's page, its year not printed " * 6],
]


def test_one_long_text_does_not_press_short_ones_into_many_lines() -> None:
    widths = shared(COMPARATORS, 60)
    assert text_width(COMPARATORS[1][1]) < 2 * widths[1]


def test_a_row_is_as_high_as_the_fullest_of_its_cells() -> None:
    assert lines([["Head", "a", "a " * 40], ["Head", "b", "b"]], [10, 10]) == pytest.approx(3, abs=1)
    assert lines([["Head"], ["Head"]], [10, 10]) == 0


def test_a_table_is_cramped_by_its_words_or_by_many_high_rows() -> None:
    assert is_cramped([["Safeguarding"]], 5)
    high = [["Indicator", *["repeat referrals within twelve months"] * 20], ["Note", *["said of it " * 40] * 20]]
    assert is_cramped(high, 40)
    assert not is_cramped([texts[:3] for texts in high], 40)
    assert not is_cramped(high, 200)


COLUMNS = st.lists(st.lists(st.text(max_size=40), min_size=1, max_size=5), min_size=1, max_size=8)


@given(COLUMNS, st.floats(min_value=1, max_value=200))
def test_the_room_is_given_out_whole_and_every_column_has_some(columns: list[list[str]], room: float) -> None:
    widths = shared(columns, room)
    assert sum(widths) == pytest.approx(room)
    assert min(widths) > 0


@given(COLUMNS)
def test_with_room_enough_no_column_gets_less_than_it_needs(columns: list[list[str]]) -> None:
    least = needed(columns)
    assert all(width >= need for width, need in zip(shared(columns, sum(least) + 10), least, strict=True))
