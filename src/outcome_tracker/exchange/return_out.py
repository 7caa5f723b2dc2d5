"""Returns out: a workbook for an owner, with cells to fill in, opened alike by Excel and LibreOffice."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from outcome_tracker.core import return_wording as wording
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.returned import NUMBERS, TO_FILL, Column
from outcome_tracker.exchange.return_form import ID, README, RETURN, id_rows, number_of
from outcome_tracker.exchange.return_rules import add_rules
from outcome_tracker.exchange.return_style import Style, add_styles, fit, on_paper, protect, put

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from openpyxl.worksheet.worksheet import Worksheet

    from outcome_tracker.core.figure import Content
    from outcome_tracker.core.returned import Form, FormLine

_WIDTHS = {
    Column.CODE: 10,
    Column.TITLE: 22,
    Column.PERIOD: 13,
    Column.UNIT: 11,
    Column.DEFINITION: 25,
    Column.LAST: 14,
    Column.YEAR_AGO: 14,
    Column.TARGET: 12,
    Column.DUE: 11,
    Column.NUMERATOR: 11,
    Column.DENOMINATOR: 13,
    Column.VALUE: 9,
    Column.STATUS: 12,
    Column.COMMENTARY: 34,
}
_LETTERS = {column: chr(ord("A") + place) for place, column in enumerate(Column)}
_STYLES = {Column.CODE: Style.CODE, Column.TITLE: Style.INDICATOR}
_NAME, _BESIDE = 13, 84  # the widths of the first sheet's columns
_LINES = 3  # that a row has at least, so that there is room to write


def workbook(form: Form, as_at: date) -> bytes:
    """Return a return's workbook; raises `Unavailable` where the library that writes it is missing."""
    try:
        from openpyxl import Workbook
    except ImportError:
        raise Unavailable(
            "Returns are Excel workbooks, and the package openpyxl, which writes them, is not installed.",
            "Install it with: python -m pip install openpyxl",
        ) from None
    book = Workbook()
    add_styles(book)
    front = book.active
    assert front is not None  # noqa: S101 - a new workbook has a sheet
    front.title = README
    _front(front, form, as_at)
    _rows(book.create_sheet(RETURN), form)
    _hidden(book.create_sheet(ID), form)
    number, title = number_of(form.id), wording.form_title(form)
    for sheet in book:
        on_paper(sheet, (f"{form.id.council} · {title}", form.id.owner), number, landscape=sheet.title == RETURN)
        protect(sheet)
    book.properties.creator = form.sender
    book.properties.title = title
    book.properties.language = "en-GB"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _front(sheet: Worksheet, form: Form, as_at: date) -> None:
    """Write the first sheet: whose return it is, how it is filled in, what else people ask."""
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = _NAME, _BESIDE
    sheet.sheet_view.showGridLines = False
    put(sheet, "A1", wording.form_title(form), Style.TITLE)
    _list(sheet, 3, wording.facts(form, as_at), Style.NAME)
    for heading, texts in (
        (wording.HOW_TO_FILL, [(f"{n}.", text) for n, text in enumerate(wording.STEPS, 1)]),
        (wording.GOOD_TO_KNOW, [("•", text) for text in wording.good_to_know(form, number_of(form.id))]),
    ):
        start = sheet.max_row + 2
        put(sheet, f"A{start}", heading, Style.SECTION)
        _list(sheet, start + 1, texts, Style.MARK)


def _list(sheet: Worksheet, start: int, texts: list[tuple[str, str]], style: Style) -> None:
    """Write texts below one another, each behind its name or mark."""
    for row, (mark, text) in enumerate(texts, start):
        put(sheet, f"A{row}", mark, style)
        put(sheet, f"B{row}", text, Style.TEXT)
        fit(sheet, row, [(text, _BESIDE)])


def _rows(sheet: Worksheet, form: Form) -> None:
    """Write the sheet that is filled in: one heading row, one row a figure."""
    for column in Column:
        fills = column in TO_FILL
        sheet.column_dimensions[_LETTERS[column]].width = _WIDTHS[column]
        heading = f"{column}\n{wording.FILL_IN}" if fills else column.value
        put(sheet, f"{_LETTERS[column]}1", heading, Style.HEADING_TO_FILL if fills else Style.HEADING)
    fit(sheet, 1, (), _LINES)
    for row, line in enumerate(form.lines, 2):
        _line(sheet, row, line)
    rows = enumerate(form.lines, 2)
    add_rules(sheet, ((f"{_LETTERS[c]}{row}", c, line) for row, line in rows for c in TO_FILL if _is_open(line, c)))
    sheet.freeze_panes = f"{_LETTERS[Column.PERIOD]}2"
    sheet.print_title_rows = "1:1"
    sheet.print_area = f"A1:{_LETTERS[Column.COMMENTARY]}{len(form.lines) + 1}"


def _line(sheet: Worksheet, row: int, line: FormLine) -> None:
    indicator, content = line.indicator, line.filled
    shown = {
        Column.CODE: indicator.code,
        Column.TITLE: wording.title_text(line),
        Column.PERIOD: line.period.label,
        Column.UNIT: wording.unit_text(indicator),
        Column.DEFINITION: wording.definition_text(indicator),
        Column.LAST: wording.figure_text(line.last, indicator, line.last_rag),
        Column.YEAR_AGO: wording.figure_text(line.year_ago, indicator),
        Column.TARGET: wording.target_text(line),
        Column.DUE: wording.due_text(line),
        Column.STATUS: content.status.value if content else "",
        Column.COMMENTARY: wording.ELSEWHERE if line.commentary is None else line.commentary,
    }
    for column, text in shown.items():
        style = _STYLES.get(column, Style.SHOWN)
        if column in TO_FILL:
            style = Style.TEXT_TO_FILL if _is_open(line, column) else Style.CLOSED
        put(sheet, f"{_LETTERS[column]}{row}", text, style)
    fit(sheet, row, ((text, _WIDTHS[column]) for column, text in shown.items()), _LINES)
    for column in NUMBERS:
        cell = sheet[f"{_LETTERS[column]}{row}"]
        cell.style = str(Style.NUMBER_TO_FILL if _is_open(line, column) else Style.CLOSED)
        cell.value = _number(content, column)


def _number(content: Content | None, column: Column) -> Decimal | None:
    if content is None:
        return None
    numbers = {
        Column.NUMERATOR: content.numerator,
        Column.DENOMINATOR: content.denominator,
        Column.VALUE: content.value,
    }
    return numbers[column]


def _is_open(line: FormLine, column: Column) -> bool:
    """Tell whether a cell is to be filled in: a plain count has no parts, and one row takes the commentary."""
    if column is Column.COMMENTARY:
        return line.commentary is not None
    if column in {Column.NUMERATOR, Column.DENOMINATOR}:
        return line.indicator.takes_parts or _number(line.filled, column) is not None
    return True


def _hidden(sheet: Worksheet, form: Form) -> None:
    """Write what the return was made from; the first sheet says that it is here."""
    for number, row in enumerate(id_rows(form.id), 1):
        for letter, text in zip("ABCD", row, strict=False):
            put(sheet, f"{letter}{number}", text, Style.TEXT)
    sheet.sheet_state = "hidden"
