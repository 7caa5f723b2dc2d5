"""A report as blocks: what a committee reads, before it is HTML, Word, Excel or Markdown.

Everything is text as shown, so that the four forms say the same; a cell carries its number too, for a spreadsheet.
Whatever must be hidden is hidden before a block is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from outcome_tracker.core.direction import Direction
    from outcome_tracker.core.drawing import Drawing
    from outcome_tracker.core.number import Unit
    from outcome_tracker.core.rag import Rag


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its text, and where it is a plain figure the number at the decimals shown, with its unit.

    `rag` and `direction` are what the text says, for colour and shape beside it; the text says it without them too.
    `target` is the code of the section or row that the text leads to. `code` is that of the row, where
    something leads there: its first cell has it, and it is unique in the report, as those of sections are.
    """

    text: str
    number: Decimal | None = None
    unit: Unit | None = None
    rag: Rag | None = None
    direction: Direction | None = None
    target: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading; `numeric` ones are aligned to the right."""

    title: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Kin:
    """Tables of one kind, one for each of many subjects, which a workbook has in one sheet under this caption."""

    code: str
    caption: str
    subject: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one heading row; the first cell of each row names it. `code` is unique in the report.

    `kin` says of which kind of table it is one, and of what.
    """

    code: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    kin: Kin | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. `lead` ones open a section, `source` ones quote what a source printed, `note` ones explain."""

    text: str
    lead: bool = False
    source: bool = False
    note: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without order."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a name and what it is, such as `Owner` and `Safeguarding Unit`."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart; the drawing says in words what it shows, `caption` what it is."""

    drawing: Drawing
    caption: str


@dataclass(frozen=True, slots=True)
class Headline:
    """The line of a plan or the council: a question, its answer, and the counts that the answer is made of."""

    question: str
    answer: str
    counts: tuple[Cell, ...] = ()


Block = Paragraph | Bullets | Facts | Table | Picture | Headline


@dataclass(frozen=True, slots=True)
class Section:
    """A part under a heading. `code` is unique in the report and made of letters, digits and hyphens."""

    code: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. `facts` stand under the title: for whom, which period, as at which day, made when and by whom.

    `warning` is what must be read before anything else, such as that small numbers are not hidden; else empty. `day` is
    the as-at day, which documents carry as the day they were made: the same report is the same bytes.
    """

    title: str
    subtitle: str
    council: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    warning: str = ""
    day: date | None = None
