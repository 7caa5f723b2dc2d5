"""One sheet of a workbook: what it is, the way back to the contents, and one table with a heading row."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple, cast

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell as Made
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from outcome_tracker.report import excel_cells as cells
from outcome_tracker.report.columns import needed, text_width
from outcome_tracker.report.grounds import GROUNDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from openpyxl import Workbook
    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.worksheet.worksheet import Worksheet

    from outcome_tracker.core.rag import Rag
    from outcome_tracker.core.report import Cell

_FONT = "Arial"
_FONTS = {
    "plain": Font(name=_FONT, size=11),
    "bold": Font(name=_FONT, size=11, bold=True),
    "title": Font(name=_FONT, size=16, bold=True, color="FF1F3A5F"),
    "subtitle": Font(name=_FONT, size=12, color="FF4F5B66"),
    "link": Font(name=_FONT, size=11, underline="single", color="FF0B4F9E"),
    "warning": Font(name=_FONT, size=11, bold=True, color="FF7D1A1A"),
}
_SIDES = {
    "flat": Alignment(vertical="top"),
    "left": Alignment(vertical="top", wrap_text=True, horizontal="left", indent=1),
    "right": Alignment(vertical="top", wrap_text=True, horizontal="right"),
}
_HEAD = PatternFill("solid", fgColor="FFE9EDF1")
_RULE = Border(bottom=Side(style="medium", color="FF1D2A33"))
_A4 = "9"  # the number that sheets give to the size of paper
_MOST_FORMATS = 120  # of its own; Excel opens no workbook with more than some two hundred
_ARROW = 3.0  # the width of the button in a heading
_LETTER = 0.5  # the width of a column's unit, in parts of the size of its type
_WIDEST, _WIDE = 90.0, 44.0  # the last column of a few, and any other
_FEW = 3
_COVER = (24.0, 90.0)
_LINE, _HIGHEST = 14.3, 409.0  # the height of a line of text, and of the highest row that Excel has, in points
_LOST = 1.05  # by so much a text grows as it is broken into lines


class Link(NamedTuple):
    """A text that leads to another sheet."""

    text: str
    sheet: str


class _Look(NamedTuple):
    """What a cell looks like."""

    font: str
    side: str
    rag: Rag | None = None
    shown: str = "General"
    heading: bool = False
    quoted: bool = False  # what is typed over it stays a text


class Sheets:
    """Writes the sheets of a workbook one after the other."""

    def __init__(self, book: Workbook, warning: str, contents: str) -> None:
        self._book, self._warning, self._contents = book, warning, contents
        self._formats: set[str] = set()
        self._styles: dict[_Look, StyleArray] = {}
        self._tables = 0

    def cover(self, name: str, title: str, subtitle: str, pairs: Sequence[tuple[str, str]]) -> None:
        """Write the first sheet: what the workbook is, and facts about it."""
        sheet = self._sheet(name)
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = _COVER
        self._line(sheet, title, "title")
        self._line(sheet, subtitle, "subtitle")
        if self._warning:
            self._line(sheet, self._warning, "warning")
        self._way(sheet, Link("Contents of this workbook", self._contents))
        parts = [(fact, part) for fact, words in pairs for part in cells.pieces(words)]
        bold, plain = _Look("bold", "left"), _Look("plain", "left")
        for number, (fact, part) in enumerate(parts, start=5 if self._warning else 4):
            _make_room(sheet, number, (fact, part), _COVER)
            sheet.append([self._text(sheet, fact, bold), self._text(sheet, part, plain)])

    def table(
        self,
        name: str,
        title: str,
        about: str,
        columns: Sequence[tuple[str, bool]],
        rows: Sequence[Sequence[Cell | Link]],
    ) -> None:
        """Write a sheet with one table; `columns` are headings and whether figures stand below, on the right."""
        sheet = self._sheet(name)
        heads = list(cells.headings(title for title, _ in columns))
        widths = list(_widths(heads, rows))
        for number, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        top = 5 if self._warning else 4
        sheet.freeze_panes = f"B{top + 1}"
        sheet.print_title_rows = f"{top}:{top}"
        self._line(sheet, title, "title")
        self._line(sheet, about, "plain")
        if self._warning:
            self._line(sheet, self._warning, "warning")
        self._way(sheet, Link("Back to the contents", self._contents))
        sides = ["right" if numeric else "left" for _, numeric in columns]
        looks = [_Look("bold", side, heading=True) for side in sides]
        _make_room(sheet, top, heads, widths)
        sheet.append([self._text(sheet, head, look) for head, look in zip(heads, looks, strict=True)])
        for number, row in enumerate(rows, start=top + 1):
            _make_room(sheet, number, [cell.text for cell in row], widths)
            sheet.append([self._cell(sheet, cell, side) for cell, side in zip(row, sides, strict=True)])
        if rows:
            self._as_table(sheet, name, heads, top, len(rows))

    def _sheet(self, name: str) -> Worksheet:
        sheet = cast("Worksheet", self._book.create_sheet(name))  # or rather one that can only be written
        sheet.page_setup.paperSize, sheet.page_setup.orientation = _A4, "landscape"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        above, below = sheet.HeaderFooter.oddHeader, sheet.HeaderFooter.oddFooter
        if above is not None and below is not None:  # they always are there, but not by their type
            above.left.text = self._warning.replace("&", "&&") or None
            below.right.text = "Page &P of &N"
        return sheet

    def _as_table(self, sheet: Worksheet, name: str, heads: list[str], top: int, rows: int) -> None:
        """Make the rows a table as Excel knows it: its headings are announced, it can be filtered and sorted."""
        self._tables += 1
        area = f"A{top}:{get_column_letter(len(heads))}{top + rows}"
        table = Table(displayName=cells.table_name(name, self._tables), ref=area, autoFilter=AutoFilter(ref=area))
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
        for number, head in enumerate(heads, start=1):
            table.tableColumns.append(TableColumn(id=number, name=cells.text(head)))
        sheet.tables.add(table)

    def _line(self, sheet: Worksheet, words: str, font: str) -> None:
        sheet.append([self._text(sheet, words, _Look(font, "flat"))])

    def _way(self, sheet: Worksheet, link: Link) -> None:
        sheet.append([self._link(sheet, link, "flat")])

    def _cell(self, sheet: Worksheet, cell: Cell | Link, side: str) -> Made:
        if isinstance(cell, Link):
            return self._link(sheet, cell, side)
        shown = cells.number_format(cell)
        if shown is None or (shown not in self._formats and len(self._formats) >= _MOST_FORMATS):
            return self._text(sheet, cell.text, _Look("plain", side, cell.rag))
        self._formats.add(shown)
        made = self._made(sheet, _Look("plain", side, cell.rag, shown))
        made.value = cell.number
        return made

    def _link(self, sheet: Worksheet, link: Link, side: str) -> Made:
        cell = self._text(sheet, link.text, _Look("link", side))
        quoted = link.sheet.replace("'", "''")
        cell.hyperlink = Hyperlink(ref="", location=f"'{quoted}'!A1", display=link.text)
        return cell

    def _text(self, sheet: Worksheet, words: str, look: _Look) -> Made:
        """Return a cell with a text, which is never a formula however it begins, nor becomes one when it is edited."""
        cell = self._made(sheet, look._replace(quoted=True) if words.startswith(cells.RUNS) else look)
        cell.value = cells.text(words) or None
        if cell.value is not None:
            cell.data_type = "s"
        return cell

    def _made(self, sheet: Worksheet, look: _Look) -> Made:
        """Return an empty cell; openpyxl compares a look with all before it, so each is made once."""
        style = self._styles.get(look)
        if style is None:
            first = WriteOnlyCell(sheet)
            first.font, first.alignment, first.number_format = _FONTS[look.font], _SIDES[look.side], look.shown
            if look.rag:
                first.fill = PatternFill("solid", fgColor=f"FF{GROUNDS[look.rag]}")
            if look.heading:
                first.fill, first.border = _HEAD, _RULE
            first.quotePrefix = look.quoted
            style = self._styles[look] = cast("StyleArray", getattr(first, "_style"))  # noqa: B009 - no type has it
        return Made(sheet, row=1, column=1, style_array=style)


def _widths(heads: Sequence[str], rows: Sequence[Sequence[Cell | Link]]) -> Iterator[float]:
    """Yield the width of each column, in Excel's unit."""
    for number, head in enumerate(heads):
        texts = [row[number].text[:500] for row in rows]
        word = needed([[head, *texts]])[0] / _LETTER + _ARROW
        longest = max(map(text_width, texts), default=0.0) / _LETTER + _ARROW
        most = _WIDEST if number == len(heads) - 1 < _FEW else _WIDE
        yield round(max(word, min(longest, most)), 1)


def _make_room(sheet: Worksheet, row: int, texts: Sequence[str], widths: Sequence[float]) -> None:
    """Make a row as high as its texts need: programs don't agree on who does that when a workbook is opened."""
    lines = max(
        sum(max(ceil(text_width(line) * _LOST / _LETTER / (width - 1)), 1) for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )
    if lines > 1:
        sheet.row_dimensions[row].height = min(round(lines * _LINE + 2, 1), _HIGHEST)
