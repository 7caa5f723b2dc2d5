"""Facts to save in tests, with as little said as the test needs."""

from datetime import UTC, date, datetime
from decimal import Decimal

from outcome_tracker.core.area import Neighbour, NeighbourList
from outcome_tracker.core.benchmark import Benchmark
from outcome_tracker.core.breakdown import BreakdownFigure, Counted
from outcome_tracker.core.commentary import Commentary, PublishedLine
from outcome_tracker.core.figure import Content, Figure, Stamp, Status
from outcome_tracker.core.milestone import Progress, Report
from outcome_tracker.core.period import Period, parse
from outcome_tracker.core.signoff import Act, Event
from outcome_tracker.store.facts import Definition, Fact, TargetVersion

QUARTER = parse("2018-19 Q4")
DAY = date(2019, 5, 1)


def stamp(known: date = DAY, *, who: str = "Jo", why: str = "", minute: int = 0) -> Stamp:
    return Stamp(who, datetime(2019, 5, 1, 10, minute, tzinfo=UTC), known, why)


def figure(
    value: str = "16", version: int = 1, *, indicator: str = "SAFE-01", period: Period = QUARTER, known: date = DAY
) -> Figure:
    return Figure(indicator, period, version, Content(Decimal(value)), stamp(known, minute=version))


def one_of_each(version: int = 1) -> list[Fact]:
    """One fact for every table, every column filled."""
    content = Content(
        Decimal("16.0"),
        Decimal(44),
        Decimal(276),
        Status.PROVISIONAL,
        "printed without decimals",
        illustrative=True,
        as_published="16",
        published_rag="red",
        published_direction="improved",
        source="Outcome plan page ¶11",
    )
    why = stamp(why="first return", minute=version)
    released = date(2018, 10, 25)
    return [
        Figure("SAFE-01", QUARTER, version, content, why, "More than three times the last figure."),
        Benchmark(
            "SAFE-01",
            "England",
            parse("2017-18"),
            Decimal("20.2"),
            Decimal(13900),
            Decimal(68770),
            "Page ¶11",
            "CIN 2018",
            released,
            "national figure",
            version,
            why,
        ),
        BreakdownFigure(
            "CON-SRC",
            parse("April 2021"),
            ("Police", ""),
            version,
            Counted(
                Decimal(6361),
                Decimal(23553),
                note="all contacts",
                illustrative=True,
                as_published="1%",
                source="Report ¶4.11",
            ),
            why,
        ),
        Report("SAFE-A1.1", version, Progress.REPHASED, "2019-03-31", "2019-20", "staff left", "Page ¶47", why),
        Commentary("SAFE", QUARTER, "Analysis and issues", "Three are Red.", "The council", "Page", version, why),
        PublishedLine("SAFE", QUARTER, "ratings", "Green – 4; Amber – 3", "Page ¶3", version, why),
        Definition("plan", "SAFE", version, '{"title":"Safe"}', archived=False, stamp=why),
        TargetVersion("SAFE-01", parse("2018-19"), version, '{"goal":["14"]}', withdrawn=False, reason="", stamp=why),
        NeighbourList("2021", "896", (Neighbour("877", "Extremely Close"), Neighbour("937")), "DfE", version, why),
        Event("SAFE", QUARTER, version, Act.SIGNED, why, "5ea1" * 16, '["figure",["SAFE-01"],1,{}]', "Green – 4"),
    ]  # fmt: skip - one fact a line where it fits
