"""A line of texts that can be clicked: what it shows in how much room."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from outcome_tracker.tui.widgets.links import Link, Links, numbered, picker, said, tab

TABS = (tab("date", "By due date", "Date", key="1", chosen=True), tab("late", "Overdue 2", key="2", chosen=False))
SHARE = said("62% delivered or on track", "62%")


def row(width: int, *right: Link, left: tuple[Link, ...] = TABS) -> str:
    links = Links()
    links.set_links(left, right)
    (line,) = links.lines(width)
    return line.plain


def test_the_whole_texts_stand_where_there_is_room() -> None:
    assert row(38) == "1 By due date   2 Overdue 2"
    assert row(60, SHARE).endswith("   62% delivered or on track")


def test_the_text_at_the_right_gives_way_first_and_then_the_names() -> None:
    assert row(38, SHARE).startswith("1 By due date   2 Overdue 2 ")
    assert row(38, SHARE).endswith(" 62%")
    assert row(26) == "1 Date  2 Overdue 2"
    assert row(18) == "1 Date 2 Overdue 2"


def test_what_is_too_long_is_cut_but_not_what_is_before_or_behind_it() -> None:
    plan, owner = picker("plan", "Children and families get help early"), picker("owner", "Every owner")
    assert row(30, left=(plan, owner)) == "Children and… ▾ Every owner ▾"


def test_the_right_end_is_left_out_last() -> None:
    assert row(14, SHARE) == "1 Date 2 Over…"


def test_numbered_tabs_send_their_places() -> None:
    first, second = numbered([("Targets as applied", "Targets"), ("Problems", "")], 1)
    assert (first.shown, first.name, second.shown, second.name) == ("1 Targets as applied", "0", "2 Problems", "1")
    assert second.style.startswith("bold underline")
    assert "underline" not in first.style


@given(st.lists(st.text("abc …", max_size=30), max_size=5), st.text("xyz ", max_size=40), st.integers(1, 120))
def test_no_line_is_wider_than_its_room(labels: list[str], right: str, width: int) -> None:
    assert cell_len(row(width, said(right), left=tuple(picker("x", label) for label in labels))) <= width
