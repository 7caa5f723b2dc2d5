from dataclasses import replace

import pytest

from outcome_tracker.core import returned_wording as wording
from outcome_tracker.core.period import parse
from tests.core.making import FAMILIES, Q4, REPEATS, content


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("", "–"),
        ("15.9", "15.9%"),
        ("44/276[p]", "15.9% (44 of 276) [p]"),
        ("15.94", "15.94%"),  # a change that rounding would hide
        ("suppressed", "suppressed"),
    ],
)
def test_a_figure_in_the_table_of_changes(given: str, wanted: str) -> None:
    assert wording.content_text(content(given) if given else None, REPEATS) == wanted


def test_what_was_made_up_says_so_in_the_table_too() -> None:
    made_up = replace(content("12"), illustrative=True)
    assert wording.content_text(made_up, FAMILIES) == "12 [illustrative]"


def test_a_long_commentary_is_shortened() -> None:
    assert wording.shortened("Two teams.\nOne left.") == "Two teams. One left."
    assert wording.shortened("word " * 20) == f"{'word ' * 12}"[:59].rstrip() + "…"
    assert len(wording.shortened("x" * 100)) == 60


def test_what_was_not_asked_for() -> None:
    assert wording.left_aside("sheet", ["Mine"]) == "The sheet 'Mine' was not asked for, and left aside."
    assert (
        wording.left_aside("column", ["A\nb", "C"]) == "The columns 'A b' and 'C' were not asked for, and left aside."
    )
    assert wording.not_asked_for("X") == "'X' was not asked for in this return, and left aside."
    assert wording.not_asked_for("") == "A row without a code was not asked for in this return, and left aside."


def test_periods_that_do_not_belong() -> None:
    assert wording.other_period(Q4, parse("2019-20 Q1")) == (
        "This return is for Quarter 4 2018-19 (Jan to Mar 2019), not for Quarter 1 2019-20 (Apr to Jun 2019); "
        "import it with --period '2018-19 Q4'."
    )
    assert wording.several_periods({parse("2019-20 Q1"), Q4}) == (
        "These returns are for 2018-19 Q4 and 2019-20 Q1; import those of one period at a time."
    )


@pytest.mark.parametrize(
    ("counts", "dry_run", "wanted"),
    [
        ((1_200, 2, 10, 4), False, "Added 1,200, changed 2; 10 unchanged; 4 still to come."),
        ((3, 2, 0, 0), True, "Nothing was imported. Would add 3, change 2; 0 unchanged; 0 still to come."),
    ],
)
def test_what_was_done(counts: tuple[int, int, int, int], dry_run: bool, wanted: str) -> None:
    assert wording.counts_line(counts, dry_run=dry_run) == wanted
