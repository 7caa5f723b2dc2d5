"""One sheet of a workbook: what it is, the way back to the contents, and one table with a heading row."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple, cast

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from outcome_tracker.core.report import Cell
from outcome_tracker.report import excel_cells as cells
from outcome_tracker.report import excel_xml as xml
from outcome_tracker.report.columns import needed, text_width
from outcome_tracker.report.grounds import GROUNDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from outcome_tracker.core.rag import Rag

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
        self._looks = _Looks()
        self._sheets: list[_Sheet] = []
        self._tables = 0

    def cover(self, name: str, title: str, subtitle: str, pairs: Sequence[tuple[str, str]]) -> None:
        """Write the first sheet: what the workbook is, and facts about it."""
        sheet = self._sheet(name)
        sheet.columns(_COVER)
        sheet.line(title, "title")
        sheet.line(subtitle, "subtitle")
        if self._warning:
            sheet.line(self._warning, "warning")
        sheet.line(Link("Contents of this workbook", self._contents), "link")
        for fact, words in pairs:
            for part in cells.pieces(words):
                looks = (_Look("bold", "left"), _Look("plain", "left"))
                sheet.row((Cell(fact), Cell(part)), looks, _COVER)

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
        sheet.columns(widths)
        sheet.line(title, "title")
        sheet.line(about, "plain")
        if self._warning:
            sheet.line(self._warning, "warning")
        sheet.line(Link("Back to the contents", self._contents), "link")
        sides = ["right" if numeric else "left" for _, numeric in columns]
        sheet.row([Cell(head) for head in heads], [_Look("bold", side, heading=True) for side in sides], widths)
        top = len(sheet.rows)
        looks = [_Look("plain", side) for side in sides]
        for row in rows:
            sheet.row(row, looks, widths)
        sheet.made.freeze_panes = f"B{top + 1}"
        sheet.made.print_title_rows = f"{top}:{top}"
        if rows:
            self._as_table(sheet.made, name, heads, top, len(rows))

    def bodies(self) -> dict[str, tuple[bytes, bytes]]:
        """Return what stands in each sheet instead of which mark, by its entry in the archive."""
        return {
            f"xl/worksheets/sheet{number}.xml": (xml.NO_ROWS, xml.body(sheet.rows, sheet.links))
            for number, sheet in enumerate(self._sheets, start=1)
        }

    def _sheet(self, name: str) -> _Sheet:
        made = cast("Worksheet", self._book.create_sheet(name))  # or rather one that can only be written
        made.page_setup.paperSize, made.page_setup.orientation = _A4, "landscape"
        made.page_setup.fitToWidth, made.page_setup.fitToHeight = 1, 0
        made.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        above, below = made.HeaderFooter.oddHeader, made.HeaderFooter.oddFooter
        if above is not None and below is not None:  # they always are there, but not by their type
            above.left.text = self._warning.replace("&", "&&") or None
            below.right.text = "Page &P of &N"
        sheet = _Sheet(made, self._looks)
        self._sheets.append(sheet)
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


class _Looks:
    """The looks of a workbook's cells by their numbers in it; openpyxl compares one with all before, so each once."""

    def __init__(self) -> None:
        self._formats: set[str] = set()
        self._numbers: dict[_Look, int] = {}

    def format_of(self, cell: Cell) -> str | None:
        """Return the format with which a cell's number shows its text, while the workbook can take one more."""
        shown = cells.number_format(cell)
        if shown is None or (shown not in self._formats and len(self._formats) >= _MOST_FORMATS):
            return None
        self._formats.add(shown)
        return shown

    def number(self, sheet: Worksheet, look: _Look) -> int:
        """Return the number of a look."""
        found = self._numbers.get(look)
        if found is None:
            cell = WriteOnlyCell(sheet)
            cell.font, cell.alignment, cell.number_format = _FONTS[look.font], _SIDES[look.side], look.shown
            if look.rag:
                cell.fill = PatternFill("solid", fgColor=f"FF{GROUNDS[look.rag]}")
            if look.heading:
                cell.fill, cell.border = _HEAD, _RULE
            cell.quotePrefix = look.quoted
            found = self._numbers[look] = cell.style_id
        return found


class _Sheet:
    """One sheet as it is written, row by row."""

    def __init__(self, made: Worksheet, looks: _Looks) -> None:
        self.made, self._looks = made, looks
        self.rows: list[str] = []
        self.links: list[str] = []

    def columns(self, widths: Iterable[float]) -> None:
        """Make the columns so wide."""
        for number, width in enumerate(widths, start=1):
            self.made.column_dimensions[get_column_letter(number)].width = width

    def line(self, words: str | Link, font: str) -> None:
        """Write a row of one text that may run on over the columns beside it."""
        at = len(self.rows) + 1
        said = Cell(words) if isinstance(words, str) else words
        self.rows.append(xml.row(at, [self._cell(f"A{at}", said, _Look(font, "flat"))]))

    def row(self, its_cells: Sequence[Cell | Link], looks: Sequence[_Look], widths: Sequence[float]) -> None:
        """Write a row, as high as its texts need: programs don't agree on who does that when a workbook is opened."""
        at = len(self.rows) + 1
        lines = max(
            sum(max(ceil(text_width(line) * _LOST / _LETTER / (width - 1)), 1) for line in cell.text.split("\n"))
            for cell, width in zip(its_cells, widths, strict=True)
        )
        height = min(round(lines * _LINE + 2, 1), _HIGHEST) if lines > 1 else None
        written = [
            self._cell(f"{get_column_letter(number)}{at}", cell, look)
            for number, (cell, look) in enumerate(zip(its_cells, looks, strict=True), start=1)
        ]
        self.rows.append(xml.row(at, written, height))

    def _cell(self, at: str, cell: Cell | Link, look: _Look) -> str:
        if isinstance(cell, Link):
            self.links.append(xml.link(at, cell.sheet, cell.text))
            look = look._replace(font="link")
        else:
            look = look._replace(rag=cell.rag) if cell.rag else look
            if cell.number is not None and (shown := self._looks.format_of(cell)):
                return xml.number_cell(at, self._number(look._replace(shown=shown)), cell.number)
        if cell.text.startswith(cells.RUNS):  # nor does it become a formula when it is edited
            look = look._replace(quoted=True)
        return xml.text_cell(at, self._number(look), cell.text)

    def _number(self, look: _Look) -> int:
        return self._looks.number(self.made, look)


def _widths(heads: Sequence[str], rows: Sequence[Sequence[Cell | Link]]) -> Iterator[float]:
    """Yield the width of each column, in Excel's unit."""
    for number, head in enumerate(heads):
        texts = [row[number].text[:500] for row in rows]
        word = needed([[head, *texts]])[0] / _LETTER + _ARROW
        longest = max(map(text_width, texts), default=0.0) / _LETTER + _ARROW
        most = _WIDEST if number == len(heads) - 1 < _FEW else _WIDE
        yield round(max(word, min(longest, most)), 1)
