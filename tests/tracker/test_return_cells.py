from datetime import date
from decimal import Decimal

import pytest

from outcome_tracker.core.figure import Status
from outcome_tracker.core.missing import parse_meanings
from outcome_tracker.core.number import Entry
from outcome_tracker.core.returned import Column
from outcome_tracker.exchange.return_in import ReturnRow
from outcome_tracker.exchange.sheet_in import Cell
from outcome_tracker.tracker.markers import Markers
from outcome_tracker.tracker.return_cells import Said, read_row
from tests.core.making import FAMILIES, REPEATS

N, D, V, S = Column.NUMERATOR, Column.DENOMINATOR, Column.VALUE, Column.STATUS
PLACES = {column: f"Return!{letter}" for column, letter in zip(Column, "ABCDEFGHIJKLMN", strict=True)}

NEVER = "The formula here was never computed; open the workbook in Excel or LibreOffice, save it, and use that."


def typed(text: object) -> Cell:
    """A cell as a workbook has it: a number, a text, 16.2% as a formatted number, `=` without a result, an error."""
    if isinstance(text, date | bool):
        return Cell(2, 1, text)
    if isinstance(text, int | float):
        return Cell(2, 1, Decimal(str(text)))
    words = str(text)
    if words == "=":
        return Cell(2, 1, None, is_uncomputed=True)
    if words.startswith("#"):
        return Cell(2, 1, None, error=words)
    if words.startswith("shown "):
        return Cell(2, 1, Decimal(words[6:-1]) / 100, is_percent=True)
    return Cell(2, 1, words)


def row(cells: dict[Column, object]) -> ReturnRow:
    return ReturnRow("r.xlsx", "Return", 2, {column: typed(text) for column, text in cells.items()}, PLACES)


def read(cells: dict[Column, object], *told: str) -> Said:
    markers = Markers(parse_meanings(told))
    found = read_row(row(cells), REPEATS, markers)
    assert isinstance(found, Said), found
    assert not markers.problems()
    return found


def refused(cells: dict[Column, object]) -> list[str]:
    markers = Markers({})
    found = read_row(row(cells), REPEATS, markers)
    assert isinstance(found, list), found
    return [str(problem).removeprefix("r.xlsx!Return!") for problem in [*found, *markers.problems()]]


def figure(value: str | None = None, top: str | None = None, bottom: str | None = None) -> Entry:
    return Entry(*(None if text is None else Decimal(text) for text in (value, top, bottom)))


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        ({}, Said(Entry())),
        ({V: 16.2}, Said(figure("16.2"))),
        ({V: "16.2"}, Said(figure("16.2"))),
        ({V: "16.2%"}, Said(figure("16.2"))),
        ({V: "shown 16.2%"}, Said(figure("16.2"))),
        ({V: "44/276"}, Said(figure(None, "44", "276"))),
        ({V: "44 of 276", S: "provisional"}, Said(figure(None, "44", "276"), Status.PROVISIONAL)),
        ({N: 44, D: "1,276"}, Said(figure(None, "44", "1276"))),
        ({N: 44, D: 276, V: 15.9, S: "Final"}, Said(figure("15.9", "44", "276"), Status.FINAL)),
        ({S: "not_available"}, Said(Entry(), Status.NOT_AVAILABLE)),
        ({S: "[c]"}, Said(Entry(), Status.SUPPRESSED)),
        ({V: "[c]"}, Said(Entry(), Status.SUPPRESSED)),
        ({V: "Not available", S: "final"}, Said(Entry(), Status.NOT_AVAILABLE)),
        ({V: "[z]", S: "not applicable"}, Said(Entry(), Status.NOT_APPLICABLE)),
        ({N: "[c]", D: 276}, Said(Entry(), Status.SUPPRESSED, "In the file: denominator 276.")),
        ({N: "[c]", D: 276, V: 15.9}, Said(figure("15.9", None, "276"))),
    ],
)
def test_what_a_row_says(cells: dict[Column, object], wanted: Said) -> None:
    assert read(cells) == wanted


@pytest.mark.parametrize("marker", ["x", "-", "<5", "n/a", "#N/A"])
def test_a_marker_means_what_it_is_told_to_mean(marker: str) -> None:
    assert read({V: marker}, f"{marker}=suppressed") == Said(Entry(), Status.SUPPRESSED)
    (problem,) = refused({V: marker, S: "final"})
    assert problem.startswith(f"'{marker}' stands in 1 cell (r.xlsx!Return!L2), and what it means is not known")
    assert "--missing" in problem


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (
            {V: "16,2"},
            ["L2: Value: '16,2' could mean 16.2 or 162; use a point for decimals, as in 1.23."],
        ),
        (
            {V: "lots", N: "a few"},
            [
                (
                    "J2: Numerator: 'a few' is not a number; write digits with a point for decimals, as in "
                    "1,234 or 21.2, or parts as in 17/37."
                ),
                (
                    "L2: Value: 'lots' is not a number; write digits with a point for decimals, as in "
                    "1,234 or 21.2, or parts as in 17/37."
                ),
            ],
        ),
        (
            {V: "="},
            [f"L2: Value: {NEVER}"],
        ),
        (
            {D: "#REF!"},
            ["K2: Denominator: The cell shows #REF!; correct its formula, or write why there is no figure, as in [x]."],
        ),
        (
            {V: date(2019, 3, 16)},
            [("L2: Value: The cell holds the date 2019-03-16, which is no number; type the number, such as 16.2.")],
        ),
        (
            {V: True},
            ["L2: Value: The cell holds 'TRUE', which is no number; type the number, such as 16.2."],
        ),
        (
            {V: "101"},
            ["L2: Value: 101% is more than 100%; write a percentage from 0 to 100, as in 21.2."],
        ),
        (
            {V: "44/276", N: 44},
            ["L2: Value: The value holds both parts, and a part stands beside it; keep one of them."],
        ),
        (
            {S: "done"},
            [
                (
                    "M2: Status: 'done' is not a status; write final, provisional, not returned, "
                    "not available, suppressed or not applicable, or leave it empty."
                )
            ],
        ),
        (
            {S: "="},
            [f"M2: Status: {NEVER}"],
        ),
        (
            {S: "#NAME?"},
            ["M2: Status: The cell shows #NAME?; correct its formula, or write why there is no figure, as in [x]."],
        ),
        (
            {V: "[c]", S: "not available"},
            ["M2: Status: The row says both suppressed and not available; keep one of them."],
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_cell(cells: dict[Column, object], wanted: list[str]) -> None:
    assert refused(cells) == wanted


def test_a_percentage_of_something_that_is_none_is_refused() -> None:
    found = read_row(row({V: "shown 16.2%"}), FAMILIES, Markers({}))
    assert isinstance(found, list)
    assert found[0].message == (
        "'16.2%' is a percentage, but this is measured in number; write the figure without the % sign."
    )


def test_a_marker_in_many_cells_is_asked_for_once() -> None:
    markers = Markers({})
    for number in (2, 3):
        cells = {V: Cell(number, 12, "x"), S: Cell(number, 13, "c")}
        assert read_row(ReturnRow("r.xlsx", "Return", number, cells, PLACES), REPEATS, markers) == []
    assert [problem.message.partition(",")[0] for problem in markers.problems()] == [
        "'x' stands in 2 cells (first r.xlsx!Return!L2)",
        "'c' stands in 2 cells (first r.xlsx!Return!M2)",
    ]
