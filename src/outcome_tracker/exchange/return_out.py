"""Returns out: a workbook for an owner, with cells to fill in, opened alike by Excel and LibreOffice."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Literal

from outcome_tracker.core import return_wording as wording
from outcome_tracker.core.number import UnitKind
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.returned import LONGEST_CELL, NUMBERS, TO_FILL, Column
from outcome_tracker.exchange.return_form import ID, README, RETURN, id_rows, number_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from openpyxl.cell import Cell
    from openpyxl.styles import Alignment, Border
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

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
_FRONT_WIDTHS = (13, 84)
_POINTS, _HIGHEST = 12.5, 409  # the height of a line of text, and of the highest row that Excel has
_LETTERS_IN = 1.1  # that are in a column's unit, which is the width of a digit
_LINES = 3  # that a row has at least, so that there is room to write
_LETTERS = {column: chr(ord("A") + place) for place, column in enumerate(Column)}
_INK, _PALE, _YELLOW, _GREY, _LINE = "FF1F3A5F", "FFEAF0F7", "FFFFF6D6", "FFEDEDED", "FFB8B8B8"
_Rule = tuple[Literal["decimal", "list", "textLength"], str, str, str]  # its kind, its bounds, what the cell says
_FILL_HEADING = "FF7A4B00"
_MOST_HINT, _MOST_TITLE = 255, 32  # characters that Excel shows beside a cell
_MOST_NUMBER = "999999999999999"


def workbook(form: Form, as_at: date) -> bytes:
    """Return a return's workbook; raises `Unavailable` where the library that writes it is missing."""
    try:
        from openpyxl import Workbook
    except ImportError:
        raise Unavailable(
            "Returns are Excel workbooks, and the package openpyxl, which writes them, is not installed.",
            'Install it with: python -m pip install "outcome-tracker[excel]"',
        ) from None
    book = Workbook()
    front = book.active
    assert front is not None  # noqa: S101 - a new workbook has a sheet
    front.title = README
    _front(front, form, as_at)
    _rows(book.create_sheet(RETURN), form)
    _hidden(book.create_sheet(ID), form)
    book.properties.creator = form.sender
    book.properties.title = wording.form_title(form)
    book.properties.language = "en-GB"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _text(sheet: Worksheet, place: str, text: str, *, bold: bool = False, size: int = 10, colour: str = "") -> Cell:
    """Put a text into a cell as a text, whatever it begins with."""
    from openpyxl.styles import Alignment, Font

    cell: Cell = sheet[place]
    cell.value = text[:LONGEST_CELL] or None
    if text:
        cell.data_type = "s"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    cell.font = Font(name="Arial", size=size, bold=bold, color=colour or None)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _front(sheet: Worksheet, form: Form, as_at: date) -> None:
    """Write the first sheet: whose return it is, how it is filled in, what else people ask."""
    for letter, width in zip("AB", _FRONT_WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    _text(sheet, "A1", wording.form_title(form), bold=True, size=14, colour=_INK).alignment = _aligned()
    for row, (name, text) in enumerate(wording.facts(form, as_at), 3):
        _text(sheet, f"A{row}", name, bold=True)
        _beside(sheet, row, text)
    for heading, marked in (
        (wording.HOW_TO_FILL, [(f"{n}.", text) for n, text in enumerate(wording.STEPS, 1)]),
        (wording.GOOD_TO_KNOW, [("•", text) for text in wording.good_to_know(form, number_of(form.id))]),
    ):
        start = sheet.max_row + 2
        _text(sheet, f"A{start}", heading, bold=True, size=12, colour=_INK).alignment = _aligned()
        for row, (mark, text) in enumerate(marked, start + 1):
            _text(sheet, f"A{row}", mark).alignment = _aligned("right")
            _beside(sheet, row, text)
    sheet.sheet_view.showGridLines = False
    _paper(sheet, form, landscape=False)
    _protect(sheet)


def _fit(sheet: Worksheet, row: int, texts: Iterable[tuple[str, int]], least: int = 1) -> None:
    """Give a row the height that its texts need in their columns: not every program does so when it opens a file."""
    from textwrap import wrap

    needed = [
        1,
        *(sum(len(wrap(part, int(width * _LETTERS_IN))) or 1 for part in text.split("\n")) for text, width in texts),
    ]
    sheet.row_dimensions[row].height = min(_POINTS * max(least, *needed) + 4, _HIGHEST)


def _beside(sheet: Worksheet, row: int, text: str) -> None:
    """Write a text of the first sheet behind its name or mark."""
    _text(sheet, f"B{row}", text)
    _fit(sheet, row, [(text, _FRONT_WIDTHS[1])])


def _aligned(horizontal: Literal["left", "right"] = "left", indent: int = 0) -> Alignment:
    """Return the place of a text that stays on one line."""
    from openpyxl.styles import Alignment

    return Alignment(horizontal=horizontal, vertical="top", indent=indent)


def _rows(sheet: Worksheet, form: Form) -> None:
    """Write the sheet that is filled in: one heading row, one row a figure."""
    for column in Column:
        sheet.column_dimensions[_LETTERS[column]].width = _WIDTHS[column]
        _heading(sheet, column)
    _fit(sheet, 1, [], 2)
    for number, line in enumerate(form.lines, 2):
        _line(sheet, number, line)
    last = len(form.lines) + 1
    sheet.freeze_panes = f"{_LETTERS[Column.PERIOD]}2"
    sheet.print_title_rows = "1:1"
    sheet.print_area = f"A1:{_LETTERS[Column.COMMENTARY]}{last}"
    _validate(sheet, form.lines)
    _paper(sheet, form, landscape=True)
    _protect(sheet)


def _heading(sheet: Worksheet, column: Column) -> None:
    from openpyxl.styles import Alignment, PatternFill

    fills = column in TO_FILL
    text = f"{column}\n{wording.FILL_IN}" if fills else column.value
    cell = _text(sheet, f"{_LETTERS[column]}1", text, bold=True, colour="FFFFFFFF")
    cell.fill = PatternFill("solid", start_color=_FILL_HEADING if fills else _INK)
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    cell.border = _border()


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
        Column.STATUS: wording.status_text(content),
        Column.COMMENTARY: wording.ELSEWHERE if line.commentary is None else line.commentary,
    }
    for column, text in shown.items():
        _style(_text(sheet, f"{_LETTERS[column]}{row}", text, bold=column is Column.CODE), column, _open(line, column))
    _fit(sheet, row, [(text, _WIDTHS[column]) for column, text in shown.items()], _LINES)
    for column in NUMBERS:
        cell = _text(sheet, f"{_LETTERS[column]}{row}", "")
        number: Decimal | None = getattr(content, column.name.lower()) if content else None
        cell.value = number
        cell.alignment = _aligned("right", indent=1)
        cell.number_format = "General"  # so that a percentage typed with its sign is taken as one
        _style(cell, column, _open(line, column))


def _open(line: FormLine, column: Column) -> bool:
    """Tell whether a cell is to be filled in: a plain count has no parts, and one row takes the commentary."""
    if column in {Column.NUMERATOR, Column.DENOMINATOR}:
        given = line.filled is not None and getattr(line.filled, column.name.lower()) is not None
        return line.indicator.takes_parts or given
    return column in TO_FILL and not (column is Column.COMMENTARY and line.commentary is None)


def _style(cell: Cell, column: Column, is_open: bool) -> None:  # noqa: FBT001 - a cell is open or it is not
    from openpyxl.styles import PatternFill, Protection

    cell.border = _border()
    if is_open:
        cell.fill = PatternFill("solid", start_color=_YELLOW)
        cell.protection = Protection(locked=False)
        if column in {Column.STATUS, Column.COMMENTARY}:
            cell.number_format = "@"  # a text that begins with = or - stays one
    elif column in TO_FILL:
        cell.fill = PatternFill("solid", start_color=_GREY)
    else:
        cell.fill = PatternFill("solid", start_color=_PALE if column in {Column.CODE, Column.TITLE} else "FFFFFFFF")


def _border() -> Border:
    from openpyxl.styles import Border, Side

    side = Side("thin", color=_LINE)
    return Border(left=side, right=side, top=side, bottom=side)


def _validate(sheet: Worksheet, lines: Iterable[FormLine]) -> None:
    """Let the cells say what they take, and refuse what can be no figure while it is typed."""
    known: dict[_Rule, DataValidation] = {}
    for row, line in enumerate(lines, 2):
        for column in TO_FILL:
            if not _open(line, column):
                continue
            told = _rule(column, line)
            if told not in known:
                known[told] = _validation(column, told)
                sheet.add_data_validation(known[told])
            known[told].add(f"{_LETTERS[column]}{row}")


def _rule(column: Column, line: FormLine) -> _Rule:
    """Return the kind of a cell's rule, its bounds, and what the cell says."""
    if column is Column.STATUS:
        return "list", f'"{",".join(wording.STATUSES)}"', "", wording.STATUS_HINT
    if column is Column.COMMENTARY:
        from outcome_tracker.core.rag import Rag

        hint = wording.RED_HINT if line.last_rag is Rag.RED else wording.COMMENTARY_HINT
        return "textLength", "0", str(LONGEST_CELL), hint
    unit = line.indicator.unit.kind
    least = f"-{_MOST_NUMBER}" if unit is UnitKind.POUNDS else "0"
    most = "100" if unit is UnitKind.PERCENT and column is Column.VALUE else _MOST_NUMBER
    return "decimal", least, most, wording.number_hint(column, line.indicator)


def _validation(column: Column, told: _Rule) -> DataValidation:
    from openpyxl.worksheet.datavalidation import DataValidation

    rule, first, second, hint = told
    refused = {"list": wording.STATUS_REFUSED, "textLength": wording.COMMENTARY_REFUSED}
    return DataValidation(
        type=rule,
        operator=None if rule == "list" else "between",
        formula1=first,
        formula2=second or None,
        allow_blank=True,
        showErrorMessage=True,
        showInputMessage=True,
        errorStyle="stop",
        errorTitle=column.value[:_MOST_TITLE],
        error=refused.get(rule, wording.NUMBER_REFUSED)[:_MOST_HINT],
        promptTitle=column.value[:_MOST_TITLE],
        prompt=hint if len(hint) <= _MOST_HINT else f"{hint[: _MOST_HINT - 1]}…",
    )


def _hidden(sheet: Worksheet, form: Form) -> None:
    """Write what the return was made from; the first sheet says that it is here."""
    for number, row in enumerate(id_rows(form.id), 1):
        for letter, text in zip("ABCD", row, strict=False):
            _text(sheet, f"{letter}{number}", text).number_format = "@"
    sheet.sheet_state = "hidden"
    _protect(sheet)


def _paper(sheet: Worksheet, form: Form, *, landscape: bool) -> None:
    """Print on A4, as wide as the sheet, with a heading on every page."""
    from openpyxl.worksheet.header_footer import HeaderFooterItem
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.8
    head, foot = HeaderFooterItem(), HeaderFooterItem()
    head.left.text = _marked(f"{form.id.council} · {wording.form_title(form)}")
    head.right.text = _marked(form.id.owner)
    foot.left.text = f"Return {number_of(form.id)}"
    foot.right.text = "Page &P of &N"
    sheet.HeaderFooter.oddHeader, sheet.HeaderFooter.oddFooter = head, foot


def _marked(text: str) -> str:
    """Return a text for a page's heading, where & begins an instruction."""
    return text.replace("&", "&&")


def _protect(sheet: Worksheet) -> None:
    """Lock what is not to be filled in, without a password; columns and rows may still be widened."""
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = protection.sort = protection.autoFilter = False
