from dataclasses import replace

import pytest

from outcome_tracker.core.period import Kind, parse
from outcome_tracker.core.returned import ReturnId, Seen
from outcome_tracker.exchange.return_form import id_rows, number_of, read_id

FOUND = ReturnId(
    "E06000050",
    "Somewhere",
    parse("2018-19 Q4"),
    "Safeguarding Unit",
    "10 Apr 2019 10:30",
    "0.1.0",
    (Seen("SAFE-01", parse("2018-19 Q4"), 2, 0), Seen("EX-03", parse("2011-12", Kind.MONTH), 0, 1)),
)
KINDS = {"SAFE-01": Kind.QUARTER, "EX-03": Kind.MONTH}
DAMAGED = (
    "The hidden sheet 'Return id' was changed, so it is not known what this return was made from; "
    "copy its figures into a new template, or enter them."
)


def test_the_hidden_sheet_says_all_of_it_in_words() -> None:
    assert id_rows(FOUND) == (
        ("Outcome Tracker return",),
        ("format", "1"),
        ("number", number_of(FOUND)),
        ("council area", "E06000050"),
        ("council", "Somewhere"),
        ("period", "2018-19 Q4"),
        ("owner", "Safeguarding Unit"),
        ("made", "10 Apr 2019 10:30"),
        ("tracker version", "0.1.0"),
        ("indicator", "period", "figure version", "commentary version"),
        ("SAFE-01", "2018-19 Q4", "2", "0"),
        ("EX-03", "2011-12", "0", "1"),
    )


def test_it_is_read_as_it_was_written() -> None:
    assert read_id(id_rows(FOUND), KINDS) == FOUND


def test_another_return_has_another_number() -> None:
    others = [replace(FOUND, owner="Another"), replace(FOUND, made="later"), replace(FOUND, seen=FOUND.seen[:1])]
    assert len({number_of(each) for each in (FOUND, *others)}) == 4
    assert len(number_of(FOUND)) == len("AB12-CD34-EF56")


@pytest.mark.parametrize("row", range(2, 12))
def test_what_was_changed_is_seen(row: int) -> None:
    rows = [list(each) for each in id_rows(FOUND)]
    rows[row][-1] = "9"
    assert read_id(rows, KINDS) == DAMAGED


@pytest.mark.parametrize("row", range(2, 12))
def test_what_was_deleted_is_seen(row: int) -> None:
    rows = [each for number, each in enumerate(id_rows(FOUND)) if number != row]
    assert read_id(rows, KINDS) == (DAMAGED if row != 9 else FOUND)  # that row is a heading


def test_another_workbook_is_no_return() -> None:
    sentence = "This is not a return: `outcome-tracker template` makes one. For other workbooks: import figures."
    assert read_id((), KINDS) == sentence
    assert read_id([["Code", "Value"]], KINDS) == sentence


def test_a_return_of_another_format_is_refused() -> None:
    rows = [("format", "2") if each[0] == "format" else each for each in id_rows(FOUND)]
    assert read_id(rows, KINDS) == (
        "The return has format 2, and this version of Outcome Tracker reads 1; "
        "install the version that made it, or make a new template."
    )
    assert "has format unknown" in str(read_id(rows[:1], KINDS))
