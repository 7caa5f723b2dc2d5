"""A report as one HTML file that fetches nothing and runs nothing: for the web, for e-mail, and printed on A4.

Text is escaped by the template engine wherever it stands; what is markup here is made by `report.svg` alone.
"""

from __future__ import annotations

from collections import Counter
from itertools import count
from typing import TYPE_CHECKING

from outcome_tracker.core.report import Table
from outcome_tracker.core.wording import DIRECTION_GLYPH, RAG_GLYPH
from outcome_tracker.report import columns
from outcome_tracker.report.svg import svg

if TYPE_CHECKING:
    from collections.abc import Callable

    from outcome_tracker.core.report import Block, Cell, Picture, Report, Section

_BREADTH = 16  # from this on a table is printed across the page: a column of texts counts as two of numbers
# Of a printed page, in points: the room on one upright and on one across, between columns, the size of the type.
_UPRIGHT, _ACROSS, _BETWEEN, _SIZE = 493.0, 757.0, 7.1, 7.5


def render(report: Report) -> str:
    """Return the report as HTML; the same report always gives the same text."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("outcome_tracker", "report/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["css"] = css_text
    return environment.get_template("report.html.j2").render(
        report=report, kind=_kind, is_wide=_is_wide, shares=_shares, glyph=_glyph, picture=_pictures(), once=_unlike()
    )


def css_text(text: str) -> str:
    """Return text for a string of a style sheet, where only letters, digits and spaces stand for themselves.

    The space that ends the number of any other character is part of its notation.
    """
    return "".join(c if c.isascii() and (c.isalnum() or c == " ") else f"\\{ord(c):x} " for c in text)


def _kind(block: Block) -> str:
    return type(block).__name__


def _is_wide(section: Section) -> bool:
    """Tell whether a section is printed across the page, together with what it opens with."""
    tables = [block for block in section.blocks if isinstance(block, Table)]
    if not section.sections and any(map(_lies_across, tables)):
        return True
    return not section.blocks and bool(section.sections) and _is_wide(section.sections[0])


def _lies_across(table: Table) -> bool:
    breadth = sum(1 if column.numeric else 2 for column in table.columns)
    return breadth >= _BREADTH or columns.is_cramped(columns.texts_of(table), _room(table))


def _room(table: Table, page: float = _UPRIGHT) -> float:
    """Return the room for a table's text on a page, in parts of its size."""
    return max(page - _BETWEEN * len(table.columns), 1) / _SIZE


def _shares(table: Table) -> list[float]:
    """Return how much of a page's width each column has where the table is printed, in percent."""
    page = _ACROSS if _lies_across(table) else _UPRIGHT
    widths = columns.shared(columns.texts_of(table), _room(table, page))
    between = sum(widths) * _BETWEEN / (page - _BETWEEN * len(widths))
    whole = sum(widths) + between * len(widths)
    return [round(100 * (width + between) / whole, 1) for width in widths]


def _glyph(cell: Cell) -> str:
    """Return the shape that a rating or direction has beside its colour."""
    if cell.rag is not None:
        return RAG_GLYPH[cell.rag]
    return DIRECTION_GLYPH[cell.direction] if cell.direction is not None else ""


def _pictures() -> Callable[[Picture], str]:
    """Return what draws pictures, each with a number of its own in this page."""
    numbers = count(1)
    return lambda picture: svg(picture.drawing, f"chart_{next(numbers)}")


def _unlike() -> Callable[[str], str]:
    """Return what numbers names that were there already: regions of a page must have names of their own."""
    seen: Counter[str] = Counter()

    def once(name: str) -> str:
        seen[name] += 1
        return name if seen[name] == 1 else f"{name} ({seen[name]})"

    return once
