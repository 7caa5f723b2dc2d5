"""Returns in as few words as a test needs."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from openpyxl.cell import Cell

from outcome_tracker.core.commentary import ANALYSIS, Commentary
from outcome_tracker.core.returned import Column
from outcome_tracker.exchange.return_form import RETURN
from outcome_tracker.exchange.return_out import workbook
from outcome_tracker.tracker.returns import form_of
from outcome_tracker.tracker.workspace import open_workspace
from tests.core.making import Q4
from tests.tracker.collecting import collected, plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from outcome_tracker.core.indicator import Indicator
    from outcome_tracker.core.returned import Form, FormLine

AS_AT = date(2019, 4, 20)
HERE = open_workspace(Path("here"), user="Jo Officer", now=lambda: datetime(2019, 4, 20, 9, 30, tzinfo=UTC))


def form(
    *indicators: Indicator,
    figures: Mapping[str, Mapping[str, str]] | None = None,
    texts: Mapping[str, str] | None = None,
    as_at: date = AS_AT,
) -> Form:
    """Return the form of the indicators' owner; `texts` is the commentary by code."""
    owned = [replace(each, owner=each.owner or "Safeguarding Unit") for each in indicators]
    found = collected([plan("A", owned)], figures, as_at=as_at)
    said = {code: Commentary(code, Q4, ANALYSIS.name, text, version=2) for code, text in (texts or {}).items()}
    return form_of(found, found.owners[0], said, HERE)


def line(indicator: Indicator, figures: Mapping[str, Mapping[str, str]] | None = None) -> FormLine:
    return form(indicator, figures=figures).lines[0]


def opened(made: Form, as_at: date = AS_AT) -> Workbook:
    """Return a form's workbook, read back."""
    return load_workbook(io.BytesIO(workbook(made, as_at)))


def cell(sheet: Worksheet, column: Column, row: int = 2) -> Cell:
    """Return the cell under a heading."""
    names = [str(each.value).split("\n")[0] for each in sheet[1]]
    found = sheet.cell(row, names.index(column.value) + 1)
    assert isinstance(found, Cell)
    return found


def fill(path: Path, typed: Mapping[str, Mapping[Column, object]]) -> None:
    """Fill in a return as its owner would; `typed` is by code, or by code and the beginning of the period."""
    book = load_workbook(path)
    sheet = book[RETURN]
    for key, cells in typed.items():
        code, _, period = key.partition(" ")
        row = next(
            number
            for number in range(2, sheet.max_row + 1)
            if cell(sheet, Column.CODE, number).value == code
            and str(cell(sheet, Column.PERIOD, number).value).startswith(period)
        )
        for column, value in cells.items():
            one = cell(sheet, column, row)
            one.value = value  # type: ignore[assignment]  # whatever a person types
            if one.number_format == "@" and isinstance(value, str):
                one.data_type = "s"  # as a spreadsheet does with what is typed into a cell for text
    book.save(path)


def written(folder: Path, made: Form, name: str = "return.xlsx") -> Path:
    """Write a form's workbook into a file."""
    path = folder / name
    path.write_bytes(workbook(made, AS_AT))
    return path
