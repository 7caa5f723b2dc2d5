from dataclasses import replace

import pytest

from outcome_tracker.core.commentary import ANALYSIS, Commentary
from outcome_tracker.core.period import parse
from outcome_tracker.core.returned import Seen
from outcome_tracker.tracker.returns import file_names, form_of
from tests.core.making import CALLS, FAMILIES, Q4, REPEATS
from tests.tracker.collecting import collected, plan
from tests.tracker.returning import HERE, form


def test_a_form_says_what_it_was_made_from() -> None:
    made = form(
        REPEATS,
        FAMILIES,
        figures={"SAFE-01": {"2018-19 Q4": "15.9", "2018-19 Q3": "17"}},
        texts={"EX-02": "Two teams."},
    )
    assert made.id.seen == (Seen("SAFE-01", Q4, 1, 0), Seen("EX-02", Q4, 0, 2))
    assert (made.id.area, made.id.council, made.id.period) == ("E06000050", "Somewhere", Q4)
    assert (made.id.owner, made.id.made, made.id.tracker) == ("Safeguarding Unit", "20 Apr 2019 10:30", "0.1.0")
    assert made.sender == "Jo Officer"
    assert made.lines[0].last is not None
    assert made.lines[0].last.period == parse("2018-19 Q3")
    assert [line.commentary for line in made.lines] == ["", "Two teams."]


def test_the_last_row_of_an_indicator_takes_its_commentary() -> None:
    assert [line.commentary for line in form(CALLS, texts={"EX-03": "Busy."}).lines] == [None, None, "Busy."]


def test_a_commentary_that_no_cell_can_hold_is_left_out() -> None:
    found = collected([plan("A", [replace(REPEATS, owner="Unit")])])
    said = {"SAFE-01": Commentary("SAFE-01", Q4, ANALYSIS.name, "x" * 32_768, version=1)}
    (line,) = form_of(found, found.owners[0], said, HERE).lines
    assert line.commentary == ""


@pytest.mark.parametrize(
    ("owners", "wanted"),
    [
        (["Safeguarding Unit"], ["2018-19-Q4-Safeguarding-Unit.xlsx"]),
        (["Team A/B", "Team A:B", "team a b"], ["Team-A-B", "Team-A-B-2", "team-a-b-3"]),
        (["CON", "../../etc", "a. "], ["CON", "..-..-etc", "a"]),
        (["Tîm Plant", "社"], ["Tîm-Plant", "社"]),
        (["x" * 200, "x" * 201], ["x" * 109, "x" * 109 + "-2"]),
    ],
)
def test_files_are_named_after_period_and_owner(owners: list[str], wanted: list[str]) -> None:
    found = list(file_names(Q4, owners).values())
    assert found == [name if name.endswith(".xlsx") else f"2018-19-Q4-{name}.xlsx" for name in wanted]
