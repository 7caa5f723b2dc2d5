"""Two years' months as two lines, which differ by more than colour."""

from decimal import Decimal

from outcome_tracker.core.drawing import Dot, Drawing, Label, Line
from outcome_tracker.core.number import Unit, UnitKind
from outcome_tracker.core.year_drawing import Year, drawing
from tests.core.shapes import written

NUMBER, PERCENT = Unit(UnitKind.NUMBER), Unit(UnitKind.PERCENT)
MONTHS = ["May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr"]


def year(name: str, values: str) -> Year:
    """A year's figures from May on; a dash is none."""
    return Year(name, [None if value == "-" else Decimal(value) for value in values.split()])


THIS = year("May 2020 to April 2021", "100 120 130 - 140 150 160 170 180 190 200 210")
LAST = year("May 2019 to April 2020", "110 110 110 110 110 110 110 110 110 110 110 110")
NONE = year("May 2019 to April 2020", "- - - - - - - - - - - -")


def drawn(this: Year = THIS, last: Year = LAST) -> Drawing:
    found = drawing("Contacts", MONTHS, this, last, NUMBER)
    assert found is not None
    return found


def lines(found: Drawing, role: str) -> list[Line]:
    return [s for s in found.shapes if isinstance(s, Line) and s.role == role]


def texts(found: Drawing) -> list[str]:
    return [s.text for s in found.shapes if isinstance(s, Label)]


def test_without_figures_there_is_nothing_to_draw() -> None:
    assert drawing("Contacts", MONTHS, NONE, NONE, NUMBER) is None


def test_the_earlier_year_is_dashed_with_squares_and_both_are_in_the_key() -> None:
    found = drawn()
    assert [line.dashed for line in lines(found, "own")] == [False, False, False]  # two pieces, and the key's
    assert [line.dashed for line in lines(found, "before")] == [True, True]
    assert {(s.role, s.square) for s in found.shapes if isinstance(s, Dot)} == {("own", False), ("before", True)}
    assert {"May 2020 to April 2021", "May 2019 to April 2020"} <= set(texts(found))


def test_a_month_without_a_figure_leaves_a_gap() -> None:
    assert [len(line.spots) for line in lines(drawn(), "own")] == [3, 8, 2]


def test_lines_end_with_their_numbers_and_months_are_named() -> None:
    assert {"210", "110", "Apr"} <= set(texts(drawn()))


def test_a_year_without_figures_is_told_but_not_drawn() -> None:
    found = drawn(last=NONE)
    assert len(lines(found, "before")) == 1  # the key's
    assert found.text.endswith("May 2019 to April 2020 has no figures.")


def test_it_is_told_in_words_without_a_total_that_would_give_a_hidden_month_away() -> None:
    assert drawn().text == (
        "Contacts: May 2020 to April 2021 from 100 in May to 210 in Apr; lowest 100 in May; highest 210 in Apr; "
        "1 month without a figure. May 2019 to April 2020 from 110 in May to 110 in Apr."
    )
    alone = drawn(year("2020-21", "- - - - - 7 - - - - - -"), NONE)
    assert "2020-21 7 in Oct; 11 months without a figure." in alone.text


def test_an_axis_that_does_not_start_at_zero_is_told() -> None:
    high = [year(name, " ".join(["90.5", *["91.0"] * 11])) for name in ("2020-21", "2019-20")]
    found = drawing("Share", MONTHS, high[0], high[1], PERCENT, 1)
    assert found is not None
    assert "axis from 85%, not from 0" in texts(found)
    assert not [text for text in texts(drawn(year("2020-21", "0 " + "9 " * 11))) if "axis" in text]


SMALL = """\
line grid: 28.6,188 383.4,188
end axis: 22.6,192.6 90
line grid: 28.6,145.5 383.4,145.5
end axis: 22.6,150.1 100
line grid: 28.6,103 383.4,103
end axis: 22.6,107.5 110
line grid: 28.6,60.5 383.4,60.5
end axis: 22.6,65 120
line grid: 28.6,18 383.4,18
end axis: 22.6,22.6 130
line axis: 28.6,188 383.4,188
line axis: 87.7,188 87.7,192
line axis: 206,188 206,192
line axis: 324.3,188 324.3,192
middle axis: 87.7,204.6 May
middle axis: 206,204.6 Jun
middle axis: 324.3,204.6 Jul
dashed grid: 324.3,188 383.4,188 394.4,188
start before: 397.4,192.6 90
dashed grid: 324.3,60.5 383.4,60.5 394.4,60.5
start own strong: 397.4,65 120
dashed before: 87.7,103 206,18 324.3,188
square before: 87.7,103
square before: 206,18
square before: 324.3,188
dot own: 87.7,145.5
dot own: 324.3,60.5
line own: 0,223.9 22,223.9
dot own: 11,223.9
start axis: 28,228.4 2020-21
dashed before: 92.8,223.9 114.8,223.9
square before: 103.8,223.9
start axis: 120.8,228.4 2019-20
start axis: 185.6,228.4 axis from 90, not from 0
"""


def test_three_months_are_drawn_exactly_so() -> None:
    found = drawing(
        "Contacts", ["May", "Jun", "Jul"], year("2020-21", "100 - 120"), year("2019-20", "110 130 90"), NUMBER
    )
    assert found is not None
    assert f"{written(found.shapes)}\n" == SMALL
    assert found.height == 233.2
