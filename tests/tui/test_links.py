"""A row of texts that can be clicked: what it shows in how much room."""

from outcome_tracker.tui.widgets.links import Link, Links

TABS = (Link("date", "By due date", "Date", key="1", chosen=True), Link("late", "Overdue 2", key="2"))


def row(width: int, right: str = "", narrow: str = "") -> str:
    links = Links()
    links.set_links(TABS, right, narrow)
    (line,) = links.lines(width)
    return line.plain


def test_the_whole_texts_stand_where_there_is_room() -> None:
    assert row(40) == " 1 By due date   2 Overdue 2"
    assert row(60, "62% delivered or on track", "62%").endswith("   62% delivered or on track ")


def test_the_text_at_the_right_gives_way_first_and_then_the_names() -> None:
    assert row(40, "62% delivered or on track", "62%").endswith(" 62% ")
    assert row(40, "62% delivered or on track", "62%").startswith(" 1 By due date   2 Overdue 2")
    assert row(28) == " 1 Date  2 Overdue 2"


def test_what_has_no_short_name_stays_and_is_cut_with_an_ellipsis() -> None:
    assert row(12) == " 1 Date  2 …"
