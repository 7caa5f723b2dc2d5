"""A report as a test needs it: every kind of block, and what people write that must do no harm."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from operator import attrgetter

from outcome_tracker.core.direction import Direction
from outcome_tracker.core.drawing import Area, Dot, Drawing, Label, Line
from outcome_tracker.core.rag import Rag
from outcome_tracker.core.report import (
    Bullets,
    Cell,
    Column,
    Facts,
    Headline,
    Paragraph,
    Picture,
    Report,
    Section,
    Table,
)
from tests.core.making import PERCENT, RATE
from tests.nasty import BY_NAME

WARNING = "Small numbers are NOT hidden in this report. It is for officers only and must not be published."
_NAMES = (
    *("program call", "plus", "at sign", "element", "end of data", "ampersand and quotes", "coded letter", "family"),
    *("template", "raw template", "field", "declaration", "right to left", "wide letters", "shell"),
)
NASTY = (*(BY_NAME[name].kept for name in _NAMES), "line one\nline two")
CHART = Drawing(
    420,
    200,
    (
        Area(((40, 60), (300, 60), (300, 80), (40, 80)), "amber"),
        Line(((40, 150), (400, 150)), "axis"),
        Line(((40, 80), (300, 80)), "target", dashed=True),
        Line(((40, 120), (170, 90), (300, 70)), "own"),
        Dot((40, 120), "own"),
        Dot((170, 90), "own", hollow=True),
        Dot((300, 70), "concern", square=True),
        Label((308, 74), "15.9%", "own", strong=True),
        Label((40, 168), "2017-18 Q4", "axis", "middle"),
    ),
    "Second or subsequent protection plans",
    "The figure fell from 17.0% in Quarter 4 2017-18 to 15.9% in Quarter 4 2018-19; the target is 14%.",
)
ROW = (
    Cell("SAFE-01 Second or subsequent protection plans", target="indicator-safe-01"),
    Cell("15.9%", Decimal("15.9"), PERCENT),
    Cell("14%", Decimal(14), PERCENT),
    Cell("Red", rag=Rag.RED),
    Cell("Improved", direction=Direction.IMPROVED),
)
OTHER = (
    Cell("SAFE-02 Children in care"),
    Cell("[p] 73.0", Decimal("73.0"), RATE),
    Cell("–"),
    Cell("M: no target", rag=Rag.M),
    Cell("Unknown", direction=Direction.UNKNOWN),
)
COLUMNS = (
    Column("Indicator"),
    Column("Figure", numeric=True),
    Column("Target", numeric=True),
    Column("Rating"),
    Column("Direction"),
)
COUNTS = Table(
    "counts",
    "Ratings",
    (Column("Indicators"), Column("Green", numeric=True), Column("Red", numeric=True)),
    ((Cell("All"), Cell("4", Decimal(4), rag=Rag.GREEN), Cell("1,204", Decimal(1204), rag=Rag.RED)),),
)
MEASURES = Table("measures", "All measures", COLUMNS, (ROW, OTHER), ("Figures as at 31 May 2019.",))


def report(*extra: Section, warning: str = "", measures: Table = MEASURES) -> Report:
    """A report with every kind of block, and with further sections before its appendix."""
    lines = Section(
        "lines",
        "How are we doing?",
        (
            Headline("Are we achieving our targets?", "Green – 4; Amber – 0; Red – 1; M – 1", ROW[3:4]),
            COUNTS,
            Paragraph("Quoted from the source.", source=True),
        ),
    )
    indicator = Section(
        "indicator-safe-01",
        "SAFE-01 Second or subsequent protection plans",
        (
            Paragraph("15.9% in Quarter 4 2018-19: Red.", lead=True),
            Facts((("Owner", "Safeguarding Unit"), ("Definition", "Share of the children starting a plan."))),
            Picture(CHART, "SAFE-01 by quarter"),
            Bullets(("Cause: more families came back.", "Action: a review of every second plan.")),
            Paragraph("Provisional until the statutory return.", note=True),
        ),
    )
    headline = Section("headline", "Headline indicators", (Paragraph("Each in turn."),), (indicator,))
    appendix = Section("all", "Appendix: all measures", (measures,))
    return Report(
        "Outcome plans",
        "Quarter 4 2018-19 (Jan to Mar 2019)",
        "Cheshire West and Chester",
        (("For", "Overview and Scrutiny Committee"), ("As at", "31 May 2019")),
        (lines, headline, *extra, appendix),
        warning,
        date(2019, 5, 31),
    )


def wide(rows: int = 30) -> Table:
    """A table that an upright page is too narrow for."""
    titles = [f"Measurement{n}" for n in range(12)]
    cells = tuple(tuple(Cell(f"r{row}c{n}") for n in range(12)) for row in range(rows))
    return Table("wide", "Too wide", tuple(Column(title) for title in titles), cells)


def nasty() -> Section:
    """What people write, in every kind of block."""
    table = Table(
        "nasty", NASTY[3], (Column("Text"), Column(NASTY[0])), tuple((Cell(text), Cell(text)) for text in NASTY), NASTY
    )
    pairs = tuple((text, text) for text in NASTY)
    texts = tuple(Paragraph(text) for text in NASTY)
    return Section("nasty", NASTY[3], (*texts, Bullets(NASTY), Facts(pairs), table, Headline(NASTY[0], NASTY[3])))


def every(sections: tuple[Section, ...]) -> Iterator[Section]:
    """Every section, each before those inside it."""
    for section in sections:
        yield section
        yield from every(section.sections)


def said(sections: tuple[Section, ...], shown: Callable[[Cell], str] = attrgetter("text")) -> Iterator[str]:
    """Every heading, text, caption and cell, in order; `shown` says how cells are."""
    for section in every(sections):
        yield section.title
        for block in section.blocks:
            match block:
                case Paragraph():
                    yield block.text
                case Bullets():
                    yield from block.items
                case Facts():
                    yield from (part for pair in block.pairs for part in pair)
                case Headline():
                    yield from (block.question, block.answer)
                case Picture():
                    yield block.caption
                case Table():
                    yield block.caption
                    yield from (column.title for column in block.columns)
                    yield from (shown(cell) for row in block.rows for cell in row)
                    yield from block.notes
