"""A report as one HTML file that fetches nothing and runs nothing: for the web, for e-mail, and printed on A4.

Text is escaped by the template engine wherever it stands; what is markup here is made by `report.svg` alone.
"""

from __future__ import annotations

from collections import Counter
from itertools import count
from typing import TYPE_CHECKING

from outcome_tracker.core.report import Table
from outcome_tracker.core.wording import DIRECTION_GLYPH, RAG_GLYPH
from outcome_tracker.report.svg import svg

if TYPE_CHECKING:
    from collections.abc import Callable

    from outcome_tracker.core.report import Block, Cell, Picture, Report, Section

WIDE = 16  # from this breadth on a table is printed across the page: a column of texts counts as two of numbers


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
        report=report, kind=_kind, is_wide=_is_wide, glyph=_glyph, picture=_pictures(), once=_unlike()
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
    if any(isinstance(block, Table) and _breadth(block) >= WIDE for block in section.blocks):
        return True
    return not section.blocks and bool(section.sections) and _is_wide(section.sections[0])


def _breadth(table: Table) -> int:
    return sum(1 if column.numeric else 2 for column in table.columns)


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
