"""A report with every kind of block, for the tests of what draws it. Its figures are made up."""

from dataclasses import replace
from decimal import Decimal

from outcome_tracker.core.chart import Point, Series, draw, level
from outcome_tracker.core.chart_drawing import drawing
from outcome_tracker.core.indicator import Margin, Polarity
from outcome_tracker.core.number import Unit, UnitKind
from outcome_tracker.core.period import parse
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
from outcome_tracker.core.target import Goal
from outcome_tracker.core.wording import DIRECTION_WORD, RAG_WORD

PERCENT = Unit(UnitKind.PERCENT)
COMMITTEE = "Overview and Scrutiny Committee"
RAGS = {**RAG_WORD, Rag.M: "M, not returned"}
WAYS = DIRECTION_WORD
COUNTS = {Rag.GREEN: 4, Rag.AMBER: 0, Rag.RED: 8, Rag.M: 3}


def picture() -> Picture:
    """A chart of twelve quarters with a target, a comparator, a gap and a break."""
    first = parse("2016-17 Q1")
    periods = [first.shift(n) for n in range(12)]
    values = ["19.1", "18.8", "17.9", "18.2", "17.0", "16.5", "-", "16.9", "16.8", "16.2", "15.1", "15.9"]
    own = [
        Point(period, None if value == "-" else Decimal(value), illustrative=n < 3, parted=n == 4, broken=n == 4)
        for n, (period, value) in enumerate(zip(periods, values, strict=True))
    ]
    goal, tolerance = Goal(Decimal(14)), Margin(Decimal(5))
    england = Series("England", (Point(parse("2016-17"), Decimal("18.7")), Point(parse("2017-18"), Decimal("20.2"))))
    levels = [level(period, goal, Polarity.LOWER, tolerance) for period in periods]
    drawn = drawing(draw("Second or subsequent protection plans", PERCENT, 1, own, levels, [england]))
    assert drawn is not None
    return Picture(drawn, "SAFE-01: figures, target and comparators")


def scorecard(code: str, rows: int) -> Table:
    """A table too wide for a page, and as long as asked."""
    titles = ["Indicator", "Tier", "Figure", "Target", "Rating", "Direction", "Compared with", "England", "Notes", "By"]
    ratings, directions = list(RAGS.items()), list(WAYS.items())
    return Table(
        code,
        "All measures",
        tuple(Column(title, numeric=title in {"Figure", "Target", "England"}) for title in titles),
        tuple(
            (
                Cell(f"SAFE-{n:02} Children subject to a second or subsequent plan", target="SAFE-01"),
                Cell("Headline"),
                Cell("15.9%", Decimal("15.9"), PERCENT),
                Cell("14%", Decimal(14), PERCENT),
                Cell(ratings[n % 4][1], rag=ratings[n % 4][0]),
                Cell(directions[n % 4][1], direction=directions[n % 4][0]),
                Cell("16.9% in Quarter 4 2017-18"),
                Cell("20.2%", Decimal("20.2"), PERCENT),
                Cell("[p]; figure of Quarter 3 2018-19"),
                Cell("Safeguarding Unit"),
            )
            for n in range(1, rows + 1)
        ),
        ("A comparator's period is in brackets.",),
    )


def report(words: str = "Three of the four were rated Green.", rows: int = 40) -> Report:
    """The report; `words` stand wherever people's text can."""
    counted = tuple(Cell(str(number), Decimal(number), rag=rag) for rag, number in COUNTS.items())
    ways = tuple(Cell("2", Decimal(2), direction=way) for way in WAYS)
    lines = Section(
        "lines",
        "How are we doing?",
        (
            Headline("Are we achieving our targets?", "Green – 4; Amber – 0; Red – 8; M – 3", counted),
            Headline("Are we getting better?", "2 improved; 2 the same; 2 declined; 2 unknown", ways),
            Headline("Are we completing our actions?", "77% delivered or on track"),
            Paragraph(words, lead=True),
            Paragraph(words, source=True),
            Paragraph("Printed in the source.", note=True),
            Paragraph(f"First line: {words}\nSecond line"),
            Bullets((words, "The second")),
            Table(
                "counts",
                "Ratings",
                (Column("Indicators"), *(Column(text, numeric=True) for text in RAGS.values())),
                ((Cell("All indicators"), *counted),),
                (words,),
            ),
            Table("again", "Ratings", (Column("Period"), Column("Figure", numeric=True)), ((Cell(words), Cell("")),)),
        ),
    )
    deepest = Section("deep-7", "Deepest", (Paragraph(words),))
    for depth in range(6, 2, -1):
        deepest = Section(f"deep-{depth}", f"Depth {depth}", (), (deepest,))
    indicator = Section(
        "SAFE-01",
        f"SAFE-01 {words}",
        (Facts((("Owner", words), ("Polarity", "lower is better"))), picture(), picture(), Paragraph(words)),
        (deepest,),
    )
    return Report(
        f"Feeling safe: {words}",
        "Performance report, Quarter 4 2018-19 (Jan to Mar 2019)",
        "Cheshire West and Chester",
        (("Committee", COMMITTEE), ("As at", "1 May 2019"), ("By", words)),
        (
            lines,
            Section("headline", "Headline indicators", (), (indicator,)),
            Section(
                "measures", "Appendix: all measures", (), (Section("all", "Every measure", (scorecard("all", rows),)),)
            ),
            Section("empty", "Appendix: nothing", (Paragraph("There is nothing to say."),)),
        ),
    )


def warned() -> Report:
    """The report with a warning before everything else."""
    return replace(report(), warning="Small numbers are not hidden in this report.")
