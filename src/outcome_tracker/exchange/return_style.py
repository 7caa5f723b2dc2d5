"""How a return looks: its styles by name, which lock or open a cell, the height of its rows, and its paper."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from outcome_tracker.core.returned import LONGEST_CELL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_INK, _BROWN, _WHITE = "FF1F3A5F", "FF7A4B00", "FFFFFFFF"
_PALE, _YELLOW, _GREY, _LINE = "FFEAF0F7", "FFFFF6D6", "FFEDEDED", "FFB8B8B8"
_POINTS, _HIGHEST = 12.5, 409  # the height of a line of text, and of the highest row that Excel has
_LETTERS_IN = 1.25  # that are in a column's unit, which is the width of a digit
_MOST_HEADING = 100  # characters on either side of a page's heading, of which Excel takes 255
_CODED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_RUN = ("=", "+", "-", "@")  # what a spreadsheet takes for a formula when the cell is edited


class Style(StrEnum):
    """The styles of cells, by the names under which a spreadsheet lists them."""

    TITLE = "Return title"
    SECTION = "Return section"
    NAME = "Return name"
    MARK = "Return mark"
    TEXT = "Return text"
    HEADING = "Return heading"
    HEADING_TO_FILL = "Return heading to fill in"
    CODE = "Return code"
    INDICATOR = "Return indicator"
    SHOWN = "Return shown"
    NUMBER_TO_FILL = "Return number to fill in"
    TEXT_TO_FILL = "Return text to fill in"
    CLOSED = "Return closed"


def add_styles(book: Workbook) -> None:
    """Give a workbook the styles."""
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side

    side = Side("thin", color=_LINE)
    border = Border(left=side, right=side, top=side, bottom=side)
    wrapped = Alignment(wrap_text=True, vertical="top")
    right = Alignment(horizontal="right", vertical="top", indent=1)

    def add(
        name: Style,
        *,
        size: int = 10,
        bold: bool = False,
        colour: str = "FF000000",
        fill: str = "",
        alignment: Alignment = wrapped,
        is_open: bool = False,
        form: str = "General",
    ) -> None:
        style = NamedStyle(str(name), Font(name="Arial", size=size, bold=bold, color=colour), alignment=alignment)
        if fill:
            style.fill = PatternFill("solid", start_color=fill)
            style.border = border
        style.protection = Protection(locked=not is_open)
        style.number_format = form
        book.add_named_style(style)

    add(Style.TITLE, size=14, bold=True, colour=_INK, alignment=Alignment(vertical="top"))
    add(Style.SECTION, size=12, bold=True, colour=_INK, alignment=Alignment(vertical="top"))
    add(Style.NAME, bold=True)
    add(Style.MARK, alignment=right)
    add(Style.TEXT, form="@")
    centred = Alignment(wrap_text=True, vertical="center")
    add(Style.HEADING, bold=True, colour=_WHITE, fill=_INK, alignment=centred)
    add(Style.HEADING_TO_FILL, bold=True, colour=_WHITE, fill=_BROWN, alignment=centred)
    add(Style.CODE, bold=True, fill=_PALE)
    add(Style.INDICATOR, fill=_PALE)
    add(Style.SHOWN, fill=_WHITE)
    # In the general format a percentage typed with its sign is taken as one; in that of texts = and - are text.
    add(Style.NUMBER_TO_FILL, fill=_YELLOW, alignment=right, is_open=True)
    add(Style.TEXT_TO_FILL, fill=_YELLOW, is_open=True, form="@")
    add(Style.CLOSED, fill=_GREY)


def put(sheet: Worksheet, place: str, text: str, style: Style) -> None:
    """Put a text into a cell as a text, whatever it begins with."""
    cell: Cell = sheet[place]
    cell.style = str(style)
    if text:
        cell.value = _spelled(text[:LONGEST_CELL])
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(_RUN)


def fit(sheet: Worksheet, row: int, texts: Iterable[tuple[str, int]], least: int = 1) -> None:
    """Give a row the height that its texts need in their columns: not every program does so when it opens a file."""
    from textwrap import wrap

    lines = least
    for text, width in texts:
        letters = int(width * _LETTERS_IN)
        lines = max(lines, sum(len(wrap(part, letters)) or 1 for part in text.split("\n")))
    sheet.row_dimensions[row].height = min(_POINTS * lines + 4, _HIGHEST)


def on_paper(sheet: Worksheet, heading: tuple[str, str], number: str, *, landscape: bool) -> None:
    """Print on A4, as wide as the sheet; every page has the heading's two sides on top and the return's number."""
    from openpyxl.worksheet.header_footer import HeaderFooterItem
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.8
    head, foot = HeaderFooterItem(), HeaderFooterItem()
    head.left.text, head.right.text = (_side(text) for text in heading)
    foot.left.text, foot.right.text = f"Return {number}", "Page &P of &N"
    sheet.HeaderFooter.oddHeader, sheet.HeaderFooter.oddFooter = head, foot


def _side(text: str) -> str:
    """Return one side of a page's heading, where & begins an instruction."""
    shown = text if len(text) <= _MOST_HEADING else f"{text[: _MOST_HEADING - 1]}…"
    return _spelled(shown.replace("&", "&&"))


def _spelled(text: str) -> str:
    """Return a text in which `_x0041_` means just that, and not the letter with that number."""
    return _CODED.sub("_x005F_", text)


def protect(sheet: Worksheet) -> None:
    """Lock what is not to be filled in, without a password; columns and rows may still be widened."""
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = protection.sort = protection.autoFilter = False
