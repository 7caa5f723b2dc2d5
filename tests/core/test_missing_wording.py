"""The sentences about markers."""

from outcome_tracker.core.figure import Status
from outcome_tracker.core.missing import BLANK
from outcome_tracker.core.missing_wording import (
    beside_value_text,
    choices,
    contradiction_text,
    partial_note,
    question,
    status_text,
    untold,
)


def test_a_marker_is_asked_about_with_how_often_and_where() -> None:
    assert question("x", 3, "figures.csv:4, value") == (
        "'x' stands in 3 cells (first figures.csv:4, value). What does it mean?"
    )
    assert question("<5", 1, "Sheet1!C7") == "'<5' stands in 1 cell (Sheet1!C7). What does it mean?"
    assert question(BLANK, 2, "figures.csv:4") == (
        "2 rows have neither a figure nor a status (first figures.csv:4). What does it mean?"
    )


def test_what_can_be_answered_says_what_it_means() -> None:
    assert choices() == [
        "1 not returned: nobody has sent it yet, and it is still due",
        "2 not available: it could not be had",
        "3 suppressed: it is hidden, because the number is small",
        "4 not applicable: there can be none",
    ]


def test_a_problem_names_every_way_out() -> None:
    assert untold("x", 1, "figures.csv:4, value") == (
        "'x' stands in 1 cell (figures.csv:4, value), and what it means is not known; it is never taken for zero. "
        'Import with --missing "x=suppressed" (or not returned, not available or not applicable), '
        "write [c] (suppressed), [x] (not available) or [z] (not applicable), "
        "or write a status and leave the figure empty."
    )
    assert 'Import with --missing blank="not returned"' in untold(BLANK, 1, "figures.csv:4")
    assert "fill them in, or write a status" in untold(BLANK, 1, "figures.csv:4")


def test_a_note_keeps_what_the_file_had() -> None:
    assert partial_note({"numerator": "x", "denominator": "37"}) == "In the file: numerator x and denominator 37."


def test_what_contradicts_itself_is_told_with_what_to_write() -> None:
    assert beside_value_text("16.2", "numerator", "x") == (
        "The numerator is 'x' beside the value 16.2; leave the numerator empty if the value stands, "
        "or the value if it is missing too."
    )
    assert status_text(Status.FINAL, "value", "x") == (
        "The status is final, but the value is 'x'; write why there is no figure, or the figure."
    )
    assert contradiction_text({"[c]": "suppressed", "[x]": "not available"}) == (
        "'[c]' means suppressed and '[x]' means not available, and a figure is absent for one reason; "
        "write it under status."
    )
