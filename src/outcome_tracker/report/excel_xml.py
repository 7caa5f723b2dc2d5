"""Pieces of SpreadsheetML as text: writing rows so takes a fraction of the time that cells one by one take."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from outcome_tracker.report import excel_cells as cells

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

NO_ROWS = b"<sheetData></sheetData>"  # what openpyxl writes of a sheet without cells


def text_cell(at: str, style: int, words: str) -> str:
    """Return a cell with a text, which is never a formula however it begins."""
    words = escape(cells.text(words), quote=False)
    said = f' t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>' if words else "/>"
    return f'<c r="{at}" s="{style}"{said}'


def number_cell(at: str, style: int, number: Decimal) -> str:
    """Return a cell with a number, written out."""
    return f'<c r="{at}" s="{style}"><v>{number:f}</v></c>'


def row(number: int, its_cells: Iterable[str], height: float | None = None) -> str:
    """Return a row with its cells; without a height, of one line."""
    high = "" if height is None else f' ht="{height}" customHeight="1"'
    return f'<row r="{number}"{high}>{"".join(its_cells)}</row>'


def link(at: str, sheet: str, words: str) -> str:
    """Return what leads from a cell to another sheet; `words` are the cell's own."""
    quoted = sheet.replace("'", "''")
    where, shown = escape(f"'{quoted}'!A1"), escape(cells.text(words))
    return f'<hyperlink ref="{at}" location="{where}" display="{shown}"/>'


def body(rows: Iterable[str], links: Iterable[str]) -> bytes:
    """Return what stands in a sheet instead of `NO_ROWS`; a sheet has at least one link."""
    return f"<sheetData>{''.join(rows)}</sheetData><hyperlinks>{''.join(links)}</hyperlinks>".encode()
