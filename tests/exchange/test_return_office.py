"""Returns in LibreOffice: opened and saved without loss, filled in there, and looked at as paper."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from outcome_tracker.core.returned import Column
from outcome_tracker.exchange.return_form import ID, README, RETURN, id_rows
from outcome_tracker.exchange.return_in import ReturnFile, read_return
from tests.core.making import CALLS, FAMILIES, REPEATS, target
from tests.office import converted, typed
from tests.poppler import pages
from tests.tracker.returning import cell, fill, form, written

pytestmark = pytest.mark.documents
KINDS = {each.code: each.kind for each in (REPEATS, FAMILIES, CALLS)}
RATED = replace(
    REPEATS, targets=(target("14", "2017-18"), target("14")), definition="=Share of children", illustrative=True
)
FORM = form(
    RATED,
    FAMILIES,
    CALLS,
    figures={"SAFE-01": {"2017-18 Q4": "44/276", "2018-19 Q3": "17.0", "2018-19 Q4": "15.9 44/276[p]"}},
    texts={"SAFE-01": "- two teams\n=SUM of it & more", "EX-02": "@home"},
)


def texts(book: Workbook) -> dict[str, list[tuple[object, ...]]]:
    """Every cell of every sheet, as a number or a text."""
    return {sheet.title: [row for row in sheet.iter_rows(values_only=True) if any(row)] for sheet in book}


def rules(book: Workbook) -> set[tuple[str, ...]]:
    """What the cells to fill in refuse and say, cell by cell."""
    return {
        (place, str(rule.type), str(rule.formula1), str(rule.error), str(rule.prompt))
        for rule in book[RETURN].data_validations.dataValidation
        for row, column in (place for part in rule.sqref.ranges for place in part.cells)
        for place in [f"{row}:{column}"]
    }


@pytest.mark.parametrize("way", [("xlsx",), ("ods", "xlsx")])
def test_libreoffice_saves_a_template_without_loss(tmp_path: Path, way: tuple[str, ...]) -> None:
    path = written(tmp_path, FORM)
    before = load_workbook(path)
    for number, ending in enumerate(way):
        folder = tmp_path / f"step{number}"
        folder.mkdir()
        path = converted(path, ending, folder)
    after = load_workbook(path)
    assert texts(after) == texts(before)
    assert rules(after) == rules(before)
    assert (
        len(rules(before)) == 15
    )  # five of the percentage, three of the count, and of the months without commentary two
    assert [sheet.protection.sheet for sheet in after] == [True] * 3
    assert [sheet.sheet_state for sheet in after] == ["visible", "visible", "hidden"]
    old, new = before[RETURN], after[RETURN]
    for row in range(2, 7):
        for column in Column:
            assert cell(new, column, row).protection.locked == cell(old, column, row).protection.locked
            assert cell(new, column, row).data_type == cell(old, column, row).data_type
    assert new.print_title_rows == "$1:$1"
    assert new.page_setup.orientation == "landscape"
    found = read_return(path, KINDS)
    assert isinstance(found, ReturnFile)
    assert found.id == FORM.id


def test_a_return_filled_in_by_libreoffice_comes_back_whole(tmp_path: Path) -> None:
    path = written(tmp_path, FORM)
    cells = {"L2": "16.2%", "J2": "", "K2": "", "M2": "final", "L3": "1204", "N3": "- two teams", "L6": "=10+2.5"}
    found = read_return(typed(path, RETURN, cells, tmp_path), KINDS)
    assert isinstance(found, ReturnFile)
    assert found.id == FORM.id
    first, second, *_, last = found.rows
    assert (first.cells[Column.VALUE].value, first.cells[Column.VALUE].is_percent) == (Decimal("0.162"), True)
    assert first.text(Column.VALUE) == "16.2%"
    assert first.text(Column.STATUS) == "final"
    assert Column.NUMERATOR not in first.cells
    assert first.text(Column.COMMENTARY) == "- two teams\n=SUM of it & more"
    assert (second.text(Column.VALUE), second.text(Column.COMMENTARY)) == ("1204", "- two teams")
    assert last.text(Column.VALUE) == "12.5"


def test_what_was_filled_in_survives_libreoffice(tmp_path: Path) -> None:
    path = written(tmp_path, FORM)
    fill(
        path, {"SAFE-01": {Column.NUMERATOR: 45, Column.COMMENTARY: "=one\n\n+two"}, "EX-03 March": {Column.VALUE: 0.1}}
    )
    before = read_return(path, KINDS)
    folder = tmp_path / "out"
    folder.mkdir()
    after = read_return(converted(converted(path, "ods", folder), "xlsx", folder), KINDS)
    assert isinstance(before, ReturnFile)
    assert isinstance(after, ReturnFile)
    assert [row.cells for row in after.rows] == [row.cells for row in before.rows]


def test_the_paper_says_what_the_sheets_say(tmp_path: Path) -> None:
    found = pages(converted(written(tmp_path, FORM), "pdf", tmp_path))
    assert len(found) == 2  # the hidden sheet is not printed
    front, rows = (" ".join(page.split()) for page in found)
    assert "Return of figures for Quarter 4 2018-19 (Jan to Mar 2019)" in front
    assert "Never type 0 for a figure that you do not have." in front
    assert "Page 1 of 2" in front
    for text in ("SAFE-01", "EX-03", "Numerator", "(fill in)", "■ Red", "no target", "[illustrative]", "@home"):
        assert text in rows
    assert id_rows(FORM.id)[2][1] in rows
    assert README not in rows
    assert ID not in rows
