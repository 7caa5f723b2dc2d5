"""12 months of a breakdown with one small month: the sum is published, and the month cannot be worked out."""

from dataclasses import replace
from decimal import Decimal

from outcome_tracker.core.breakdown import Breakdown, BreakdownFigure, Counted
from outcome_tracker.core.breakdown_table import table_of
from outcome_tracker.core.indicator import Agreed, Compare, Council
from outcome_tracker.core.period import Kind, parse
from outcome_tracker.core.publication import Publication, publish
from outcome_tracker.core.year_sums import YearKey
from tests.core.making import PLAN, STAMP

COUNCIL = Council("Cheshire West and Chester", "E06000050", "North West", ("England",), suppress_below=5)
SOURCES = Breakdown("B", "Contacts by source", "SAFE", ("source",))
APRIL = parse("2021-04", Kind.MONTH)
ROWS = {"A": [30] * 4 + [3] + [30] * 7, "B": [40] * 12, "C": [50] * 12}


def cells(rows: dict[str, list[int]]) -> list[BreakdownFigure]:
    """A count of each row for every month, the last of them April 2021, and the total of the rows."""
    totals = [sum(month) for month in zip(*rows.values(), strict=True)]
    return [
        BreakdownFigure("B", APRIL.shift(place + 1 - len(counts)), (name,), 1, Counted(Decimal(count)), STAMP)
        for name, counts in {**rows, "": totals}.items()
        for place, count in enumerate(counts)
    ]


def published(rows: dict[str, list[int]], breakdown: Breakdown = SOURCES) -> Publication:
    return publish(Agreed(COUNCIL, (replace(PLAN, breakdowns=(breakdown,)),)), {}, cells(rows))


def sums(found: Publication) -> dict[str, int]:
    return {key.categories[0]: count for key, count in found.sums.items() if key.period == APRIL}


def hidden(found: Publication) -> dict[str, list[str]]:
    gone: dict[str, list[str]] = {}
    for cell in found.cells:
        if cell.content.count is None:
            gone.setdefault(cell.categories[0], []).append(cell.period.code)
    return gone


def test_the_sum_of_12_months_stays_and_two_months_of_each_row_go() -> None:
    found = published(ROWS)
    assert sums(found) == {"A": 333, "B": 480, "C": 600, "": 1413}
    gone = hidden(found)
    assert {name: len(months) for name, months in gone.items()} == {"A": 2, "B": 2}
    assert gone["A"] == gone["B"]
    assert "2020-09" in gone["A"]


def test_a_report_prints_the_sum() -> None:
    found = published(ROWS)
    known = {(key.period, key.categories): count for key, count in found.sums.items()}
    table = table_of(SOURCES, found.cells, APRIL, sums=known)
    assert table is not None
    assert {line.categories[0]: line.later.count for line in table.lines} == {"A": 333, "B": 480, "C": 600}
    bare = table_of(SOURCES, found.cells, APRIL)
    assert bare is not None
    assert {line.categories[0]: line.later.count for line in bare.lines} == {"A": None, "B": None, "C": 600}


def test_a_small_sum_goes_with_its_months() -> None:
    found = published({**ROWS, "A": [0] * 11 + [3]})
    assert "A" not in sums(found)
    assert "A" in hidden(found)


def test_sums_a_month_apart_are_looked_at_together() -> None:
    """What the later has more than the earlier is the last month less the one a year before."""
    rows = {"A": [3] + [30] * 12, "B": [40] * 13, "C": [50] * 13}
    found = published(rows)
    before = APRIL.previous
    both = {YearKey("B", period, ("A",)) in found.sums for period in (APRIL, before)}
    assert both != {True} or {"2020-04", "2021-04"} <= set(hidden(found)["A"])


def test_no_sum_is_told_of_what_is_not_added_up() -> None:
    assert not published(ROWS, replace(SOURCES, compare=Compare.PREVIOUS)).sums
    assert not published({**ROWS, "A": [30] * 12}).sums
    assert not published({f"row {number}": [3] * 12 for number in range(50)}).sums
