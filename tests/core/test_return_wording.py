from dataclasses import replace
from datetime import date

import pytest

from outcome_tracker.core import return_wording as wording
from outcome_tracker.core.indicator import Polarity
from outcome_tracker.core.returned import Column
from tests.core.making import CALLS, FAMILIES, RATE, REPEATS, target
from tests.tracker.returning import form, line

PAST = {"SAFE-01": {"2017-18 Q4": "44/276", "2018-19 Q3": "17.0[p]"}}
RATED = replace(REPEATS, targets=(target("14"),))


def test_what_is_to_be_known_first() -> None:
    made = form(REPEATS, FAMILIES, figures={"EX-02": {"2018-19 Q4": "340"}})
    assert wording.form_title(made) == "Return of figures for Quarter 4 2018-19 (Jan to Mar 2019)"
    assert wording.facts(made, date(2019, 4, 10)) == [
        ("For", "Safeguarding Unit"),
        ("From", "Jo Officer, Somewhere"),
        ("Period", "Quarter 4 2018-19 (Jan to Mar 2019)"),
        ("Due", "15 Apr 2019 (due in 5 days)"),
        ("Asked for", "2 figures of 2 indicators; 1 of them is in already"),
        ("Send it back", "to Jo Officer, as this Excel workbook (.xlsx). Keep its name if you can."),
    ]


def test_months_are_due_on_days_of_their_own() -> None:
    facts = dict(wording.facts(form(CALLS), date(2019, 4, 10)))
    assert facts["Due"] == "from 15 Feb 2019 to 15 Apr 2019: the column Due has the day of each figure"
    assert facts["Asked for"] == "3 figures of 1 indicator"


def test_no_figure_is_ever_asked_for_as_zero() -> None:
    text = " ".join(wording.STEPS)
    assert "choose why: not returned, not available, suppressed or not applicable." in text
    assert "Never type 0 for a figure that you do not have." in text


def test_the_number_of_the_return_is_told() -> None:
    notes = wording.good_to_know(form(REPEATS), "AB12-CD34-EF56")
    assert (
        "A hidden sheet, Return id, holds the number of this return, AB12-CD34-EF56, and which figures it was made "
        "from, so that nothing is overwritten that others change meanwhile. Nothing else is in it. Please leave it "
        "there."
    ) in notes
    assert len(notes) == 3


def test_marks_are_explained_where_there_are_any() -> None:
    assert wording.good_to_know(form(REPEATS, figures=PAST), "")[3:] == [
        "[p] beside an earlier figure: it was provisional."
    ]
    assert wording.good_to_know(form(replace(REPEATS, illustrative=True)), "")[3:] == [
        "[illustrative] marks what was made up to show how the tracker works."
    ]


def test_an_earlier_figure_comes_with_parts_period_marks_and_rating() -> None:
    found = line(RATED, PAST)
    assert wording.figure_text(found.last, RATED, found.last_rag) == "17.0% [p]\nQuarter 3 2018-19\n■ Red"
    assert wording.figure_text(found.year_ago, RATED) == "15.9%\n(44 of 276)\nQuarter 4 2017-18"
    absent = line(RATED, {"SAFE-01": {"2017-18 Q4": "suppressed"}})
    assert wording.figure_text(absent.year_ago, RATED) == "suppressed\nQuarter 4 2017-18"
    assert wording.figure_text(absent.last, RATED) == "–"


@pytest.mark.parametrize(
    ("indicator", "wanted"),
    [
        (RATED, "14\nlower is better"),
        (REPEATS, "no target"),
        (replace(RATED, better=Polarity.NEITHER), "context, not judged"),
        (replace(RATED, targets=(replace(target("14"), illustrative=True),)), "14 [illustrative]\nlower is better"),
        (replace(CALLS, basis=FAMILIES.basis, targets=(target("1200"),)), "1,000 profiled\nhigher is better"),
    ],
)
def test_the_target_or_that_there_is_none(indicator: object, wanted: str) -> None:
    assert wording.target_text(line(indicator)) == wanted  # type: ignore[arg-type]  # pytest loses the type


def test_the_definition_says_what_the_parts_count() -> None:
    defined = replace(REPEATS, definition="Share of children.", numerator="repeats", denominator="starts")
    assert wording.definition_text(defined) == "Share of children.\nNumerator: repeats\nDenominator: starts"
    assert wording.definition_text(replace(FAMILIES, numerator="families")) == "Counts families"
    assert wording.definition_text(FAMILIES) == "–"


def test_what_it_is_measured_in_over_what_span() -> None:
    assert wording.unit_text(replace(REPEATS, unit=RATE)) == "rate per 10000\nat the period's end"


def test_made_up_indicators_say_so() -> None:
    assert wording.title_text(line(FAMILIES)) == "Families with a sustained outcome"
    assert wording.title_text(line(replace(FAMILIES, illustrative=True))).endswith(" [illustrative]")


def test_a_row_says_when_it_is_due_and_whether_it_is_in() -> None:
    assert wording.due_text(line(REPEATS)) == "15 Apr 2019\noverdue"
    assert wording.due_text(form(REPEATS, as_at=date(2019, 4, 10)).lines[0]) == "15 Apr 2019"
    assert wording.due_text(line(REPEATS, {"SAFE-01": {"2018-19 Q4": "suppressed"}})) == "15 Apr 2019\nin already"
    assert wording.due_text(line(REPEATS, {"SAFE-01": {"2018-19 Q4": "not returned"}})) == "15 Apr 2019\noverdue"


def test_a_cell_says_what_it_takes() -> None:
    assert wording.number_hint(Column.NUMERATOR, REPEATS) == "The part: children."
    assert wording.number_hint(Column.DENOMINATOR, REPEATS) == "The whole: children starting a plan."
    assert wording.number_hint(Column.DENOMINATOR, replace(REPEATS, denominator="")) == "The whole, as in 44 of 276."
    assert wording.number_hint(Column.VALUE, REPEATS) == (
        "The figure itself, a percentage, as 16.2 or 16.2%. Leave it empty if you give numerator and denominator."
    )
    assert wording.number_hint(Column.VALUE, FAMILIES) == "The figure itself, a number."
