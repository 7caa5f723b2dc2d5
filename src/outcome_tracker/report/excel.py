"""A report as a workbook by the Government Statistical Service's guidance: one table a sheet, nothing merged.

A cover, the contents with links, notes with the meaning of marks and what charts show, the report's text in rows, and a
sheet a table. Figures are numbers that look as in the report; texts stay texts, whatever they begin with.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple, assert_never
from zipfile import ZIP_STORED, ZipFile

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.report import Bullets, Cell, Column, Facts, Headline, Paragraph, Picture, Table
from outcome_tracker.core.report_wording import MARKS
from outcome_tracker.core.text import plural
from outcome_tracker.report import excel_cells as cells
from outcome_tracker.report.zipped import settled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outcome_tracker.core.report import Block, Report, Section
    from outcome_tracker.report.excel_sheet import Sheets

_COVER, _CONTENTS, _NOTES, _TEXT = FRONT = ("Cover", "Contents", "Notes", "Text")
_LANGUAGE = "en-GB"
_UNKNOWN = datetime(1980, 1, 1)  # noqa: DTZ001 - openpyxl writes all times as UTC
_GOES_ON = " … goes on in the sheet Notes"


class _Sheet(NamedTuple):
    """A table of the report with the name of its sheet."""

    name: str
    table: Table


class _Note(NamedTuple):
    """What is said of something, in the sheet of notes."""

    of: str
    text: str


def render(report: Report) -> bytes:
    """Return the report as an .xlsx file; raises `Unavailable` where the library is missing."""
    try:
        from openpyxl import Workbook
        from openpyxl.writer.excel import ExcelWriter
    except ImportError as error:
        raise Unavailable(
            "Excel reports need a library that is not installed.",
            "Install it with: python -m pip install openpyxl",
        ) from error
    from outcome_tracker.report.excel_sheet import Sheets

    book = Workbook(write_only=True)
    told = book.properties
    told.title, told.subject, told.creator = map(cells.text, (report.title, report.subtitle, report.council))
    told.language = _LANGUAGE
    told.created = told.modified = datetime(*report.day.timetuple()[:3]) if report.day else _UNKNOWN  # noqa: DTZ001
    sheets = Sheets(book, report.warning, _CONTENTS)
    _write(sheets, report)
    file = BytesIO()
    with ZipFile(file, "w", ZIP_STORED) as archive:
        ExcelWriter(book, archive).write_data()  # `save` would write the time at which it does
    return settled(file.getvalue(), sheets.bodies())


def _write(sheets: Sheets, report: Report) -> None:
    every = [block for section in _sections(report.sections) for block in section.blocks]
    tables = [block for block in every if isinstance(block, Table)]
    groups = _together(tables)
    joined = [table for table, _ in groups]
    named = [*map(_Sheet, cells.sheet_names((table.code for table in joined), FRONT), joined)]
    bodies = [list(_rows(sheet)) for sheet in named]
    notes = [*_marks(tables), *_notes(named, every), *(note for body in bodies for _, more in body for note in more)]
    facts = (("Council", report.council), *(pair for pair in report.facts if pair[1] != report.council))
    sheets.cover(_COVER, report.title, report.subtitle, facts)
    _contents(sheets, named, len(notes))
    about = "What the marks in tables mean, notes on tables, and what each chart of the report shows."
    sheets.table(_NOTES, "Notes", about, (("About", False), ("Note", False)), list(_in_cells(notes)))
    by_name = {id(table): sheet.name for sheet, (_, held) in zip(named, groups, strict=True) for table in held}
    about = "The report's text, in the order of the report."
    columns = (("Part", False), ("Section", False), ("Text", False))
    sheets.table(_TEXT, "Text of the report", about, columns, list(_texts(report.sections, by_name)))
    for sheet, body in zip(named, bodies, strict=True):
        table = sheet.table
        about = f"This sheet holds one table, with {plural(len(table.rows), 'row')}."
        if table.notes or any(more for _, more in body):
            about += f" Notes on it are in the sheet {_NOTES}."
        heads = [(column.title, column.numeric) for column in table.columns]
        sheets.table(sheet.name, table.caption, about, heads, [row for row, _ in body])


def _together(tables: Iterable[Table]) -> list[tuple[Table, list[Table]]]:
    """Return the tables that get a sheet, each with those that it is made of: those of one kin are one table.

    A sheet for each of a hundred indicators is none that anybody would look through.
    """
    groups: dict[str | int, list[Table]] = {}
    for place, table in enumerate(tables):
        groups.setdefault(table.kin.code if table.kin else place, []).append(table)
    return [(_joined(group), group) for group in groups.values()]


def _joined(group: Sequence[Table]) -> Table:
    """Return tables of one kin as one, with a first column that says what each row is of."""
    kin = group[0].kin
    if kin is None:
        return group[0]
    columns = list(dict.fromkeys(column for table in group for column in table.columns))
    columns.sort(key=lambda column: max(t.columns.index(column) for t in group if column in t.columns))
    rows = []
    for table in group:
        places = [table.columns.index(column) if column in table.columns else None for column in columns]
        of = Cell(table.kin.subject if table.kin else "")
        rows += [(of, *(Cell("") if at is None else row[at] for at in places)) for row in table.rows]
    notes = tuple(f"{table.caption}: {note}" for table in group for note in table.notes)
    return Table(kin.code, kin.caption, (Column("Indicator"), *columns), tuple(rows), notes)


def _contents(sheets: Sheets, named: Sequence[_Sheet], notes: int) -> None:
    from outcome_tracker.report.excel_sheet import Link

    front = [
        (Link(_NOTES, _NOTES), Cell("Marks, notes on tables, and charts in words"), _count(notes)),
        (Link(_TEXT, _TEXT), Cell("What the report says"), Cell("")),
    ]
    rows = [(Link(name, name), Cell(table.caption), _count(len(table.rows))) for name, table in named]
    columns = (("Sheet", False), ("What it holds", False), ("Rows", True))
    sheets.table(_CONTENTS, "Contents", "Each sheet of this workbook, with a link to it.", columns, [*front, *rows])


def _count(number: int) -> Cell:
    from decimal import Decimal

    return Cell(f"{number:,}", Decimal(number))


def _sections(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _sections(section.sections)


def _rows(sheet: _Sheet) -> Iterator[tuple[tuple[Cell, ...], list[_Note]]]:
    """Yield a table's rows; of a text that no cell can hold the rest becomes notes."""
    for number, row in enumerate(sheet.table.rows, start=1):
        kept, rest = [], []
        for cell, column in zip(row, sheet.table.columns, strict=True):
            first, *more = cells.pieces(cell.text)
            if more:
                room = cells.LONGEST_TEXT - len(_GOES_ON) * 2
                more = cells.pieces(cell.text[len(first[: room // 2]) :])
                first = first[: room // 2] + _GOES_ON
            kept.append(Cell(first, rag=cell.rag) if more else cell)
            rest += [_Note(f"{sheet.name}: row {number}, {column.title}, goes on", part) for part in more]
        yield tuple(kept), rest


def _marks(tables: Iterable[Table]) -> Iterator[_Note]:
    """Yield what those marks mean that stand in a table."""
    shown = {cell.text for table in tables for row in table.rows for cell in row}
    for mark, meaning in MARKS:
        if mark in shown or (mark.startswith("[") and any(mark in text for text in shown)):
            yield _Note(f"Mark {mark}", meaning)


def _notes(named: Iterable[_Sheet], blocks: Iterable[Block]) -> Iterator[_Note]:
    for name, table in named:
        yield from (_Note(f"{name}: {table.caption}", note) for note in table.notes)
    for block in blocks:
        if isinstance(block, Picture):
            yield _Note(f"Chart: {block.caption}", block.drawing.text)


def _in_cells(notes: Iterable[_Note]) -> Iterator[tuple[Cell, ...]]:
    for of, words in notes:
        for part in cells.pieces(words):
            yield Cell(of), Cell(part)


def _texts(sections: Iterable[Section], sheets: dict[int, str], part: str = "") -> Iterator[tuple[Cell, ...]]:
    """Yield rows of part, section and text."""
    for section in sections:
        for block in section.blocks:
            for words in _said(block, sheets):
                for piece in cells.pieces(words):
                    yield Cell(part or section.title), Cell(section.title if part else ""), Cell(piece)
        yield from _texts(section.sections, sheets, part or section.title)


def _said(block: Block, sheets: dict[int, str]) -> Iterator[str]:
    """Yield a block's texts; a table and a chart are named, with where they are."""
    match block:
        case Paragraph():
            yield block.text
        case Bullets():
            yield from block.items
        case Facts():
            yield from (f"{name}: {text}" for name, text in block.pairs)
        case Headline():
            yield f"{block.question} {block.answer}"
        case Table():
            yield f"Table: {block.caption}, in the sheet {sheets[id(block)]}."
        case Picture():
            yield f"Chart: {block.caption}, in words in the sheet {_NOTES}."
        case _:
            assert_never(block)
