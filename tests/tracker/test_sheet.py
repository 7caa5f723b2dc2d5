from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from outcome_tracker.core.figure import Content, Figure, Status
from outcome_tracker.core.indicator import Agreed, Council, Indicator, Plan
from outcome_tracker.core.period import parse
from outcome_tracker.core.rag import Rag
from outcome_tracker.tracker.review import Known
from outcome_tracker.tracker.sheet import Part, Sheet, Typed, meaning, sheet_of, with_figure
from tests.core.making import CALLS, FAMILIES, Q4, RATE, REPEATS, STAMP, content, series, target

COUNCIL = Council("Somewhere", "E06000050", "North West", ("England",))
KEY = "SAFE-01 2018-19 Q4"


def sheet(*indicators: Indicator, stored: str = "", as_at: date = date(2019, 4, 10)) -> Sheet:
    plan = Plan("SAFE", "Safe", tuple(replace(i, targets=(target("14"),)) for i in indicators))
    figures = {
        i.code: series(i, {"2017-18 Q4": "16.9", "2018-19 Q3": "17.0"} | ({"2018-19 Q4": stored} if stored else {}))
        for i in indicators
        if i.kind is Q4.kind
    }
    return sheet_of(Known(Agreed(COUNCIL, (plan,)), figures, {}, {}, (), as_at), Q4)


def meant(typed: Typed, stored: str = "", indicator: Indicator = REPEATS) -> Content:
    found = sheet(indicator, stored=stored)
    content = meaning(found, found.lines[0], typed).proposed.content
    assert content is not None
    return content


def test_a_line_shows_the_last_figure_and_that_of_a_year_ago() -> None:
    (line,) = sheet(REPEATS).lines
    assert line.key == KEY
    assert line.last.value == Decimal("17.0")
    assert line.year_ago is not None
    assert line.year_ago.value == Decimal("16.9")
    assert line.version == 0


def test_a_monthly_indicator_has_a_line_for_each_month() -> None:
    assert [line.period.code for line in sheet(CALLS).lines] == ["2019-01", "2019-02", "2019-03"]


def test_what_is_in_leaves_the_lines_still_due_but_stays_while_kept() -> None:
    found = sheet(REPEATS, FAMILIES, stored="15.9")
    found = replace(
        found, lines=(found.lines[0], replace(found.lines[1], due=replace(found.lines[1].due, figure=None)))
    )
    assert [line.key for line in found.visible(still_due=True)] == ["EX-02 2018-19 Q4"]
    assert len(found.visible(still_due=True, kept={KEY})) == len(found.visible(still_due=False)) == 2
    assert (found.counts.returned, found.counts.due) == (1, 2)


@pytest.mark.parametrize(
    ("typed", "stored", "wanted"),
    [
        (Typed("21.2"), "", "21.2"),
        (Typed("44/276"), "", "44/276"),
        (Typed("44 of 276"), "15.0", "44/276"),
        (Typed(numerator="44", denominator="276"), "", "44/276"),
        (Typed(numerator="40"), "44/276", "40/276"),
        (Typed(numerator="40/270"), "44/276", "40/270"),
        (Typed(denominator="280"), "44/276", "44/280"),
        (Typed("15.9"), "44/276", "44/276"),  # the same at one decimal: the parts stay
        (Typed("16.5"), "44/276", "16.5"),  # they gave something else: dropped
        (Typed("15.9", "44", "276"), "", "15.9 44/276"),
        (Typed(numerator="44"), "15.9", "15.9 44/"),
        (Typed(numerator=""), "15.9 44/", "15.9"),
        (Typed("16.1"), "15.9[p]", "16.1[p]"),
    ],
)
def test_typed_cells_mean(typed: Typed, stored: str, wanted: str) -> None:
    assert meant(typed, stored) == content(wanted)


def test_dropped_parts_are_said() -> None:
    found = sheet(REPEATS, stored="44/276")
    said = meaning(found, found.lines[0], Typed("16.5")).warnings
    assert said == ("The parts 44 of 276 gave 15.9% and are dropped.",)
    found = sheet(replace(REPEATS, unit=RATE), stored="73 482/")
    said = meaning(found, found.lines[0], Typed("74")).warnings
    assert said[-1] == "'482' belonged to the value before and is dropped; type it again if it holds."


@pytest.mark.parametrize(
    ("typed", "part"), [(Typed(numerator="4"), "denominator"), (Typed(denominator="4"), "numerator")]
)
def test_a_part_alone_waits_for_the_other(typed: Typed, part: str) -> None:
    found = sheet(REPEATS)
    said = meaning(found, found.lines[0], typed)
    assert said.waits_for is Part(part)
    assert said.proposed.content is None
    assert not said.proposed.problem


def test_the_rating_and_what_would_make_it_green_come_with_the_typing() -> None:
    found = sheet(REPEATS)
    row = meaning(found, found.lines[0], Typed("44/276")).row
    assert row is not None
    assert (row.rag, row.to_green, row.figure.value) == (Rag.RED, -6, Decimal("15.9"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1,23", "'1,23' could mean 1.23 or 123; use a point for decimals, as in 1.23."),
        ("101%", "101% is more than 100%; write a percentage from 0 to 100, as in 21.2."),
        ("5/0", "The denominator is 0, and nothing can be divided by it; write parts as in 17/37."),
        ("-3", "The value -3 is below zero, which only pounds can be; write 0 or more, as in 12."),
    ],
)
def test_a_wrong_text_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    found = sheet(REPEATS)
    assert meaning(found, found.lines[0], Typed(text)).proposed.problem == sentence


def test_entering_what_is_stored_changes_nothing() -> None:
    found = sheet(REPEATS, stored="15.9")
    line = found.lines[0]
    stored = replace(line.content or Content(), source="a return", illustrative=True, note="late")
    assert line.due.figure is not None
    found = with_figure(found, replace(line.due.figure, content=stored))
    assert meaning(found, found.lines[0], Typed("15.9")).proposed.content == stored
    changed = meaning(found, found.lines[0], Typed("16.0")).proposed.content
    assert changed is not None
    assert (changed.illustrative, changed.source, changed.note) == (False, "", "late")


def test_a_saved_figure_changes_its_own_line_and_the_months_after_it() -> None:
    found = sheet(CALLS)
    january = parse("2019-01")
    saved = with_figure(found, Figure(CALLS.code, january, 1, Content(Decimal(120)), STAMP))
    assert saved.lines[0].version == 1
    assert saved.lines[1].last.value == Decimal(120)
    assert saved.counts.returned == 0  # two months are missing
    absent = Figure(CALLS.code, january, 1, Content(status=Status.NOT_AVAILABLE), STAMP)
    assert with_figure(found, absent).lines[0].due.is_in


def test_only_new_numbers_are_questioned() -> None:
    found = sheet(REPEATS, stored="60")
    line = found.lines[0]
    far = "More than three times the last figure, 17.0% in 2018-19 Q3."
    assert meaning(found, line, Typed("61")).questioned == far
    assert meaning(found, line, Typed("60")).questioned == ""  # entered as it is
    assert meaning(found, line, Typed(note="checked")).questioned == ""
    assert meaning(found, line, Typed("60"), provisional=True).questioned == ""
    assert meaning(found, line, Typed("60", note="checked")).warnings == (far,)  # and stored again with the version


def test_a_note_goes_with_what_is_typed_or_with_what_is_there() -> None:
    assert meant(Typed("16", note=" late \n")).note == "late"
    assert meant(Typed(note="late"), "15.9") == replace(content("15.9"), note="late")
    assert meant(Typed(note="late"), "not available") == replace(content("not available"), note="late")
    found = sheet(REPEATS)
    assert meaning(found, found.lines[0], Typed(note="late")).waits_for is Part.VALUE


def test_the_longest_note_is_taken_and_one_letter_more_is_not() -> None:
    assert len(meant(Typed("16", note="x" * 500)).note) == 500
    found = sheet(REPEATS)
    said = meaning(found, found.lines[0], Typed("16", note="x" * 501)).proposed.problem
    assert said == "The note is 1 character too long; a commentary takes more."


def test_a_sheet_is_that_of_a_plan_and_of_an_owner() -> None:
    found = sheet(replace(REPEATS, owner="Unit"), FAMILIES)
    assert [line.owner for line in found.lines] == ["Unit", ""]
    assert [line.indicator.code for line in found.within("SAFE", "Unit").lines] == ["SAFE-01"]
    assert found.within(None, "Nobody").lines == ()
    assert found.within("OTHER").lines == ()
    assert found.within(None) is found
