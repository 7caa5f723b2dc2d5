"""What open data says of all areas, read as core's objects."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from outcome_tracker.core.area import Area, AreaFigure, AreaRelease, AreaTable, Level, Neighbour, NeighbourList
from outcome_tracker.store import rows
from outcome_tracker.store.rows import stamp
from outcome_tracker.store.texts import PERIODS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from outcome_tracker.store.connection import Connection, Row

_LEVELS = {level.value: level for level in Level}
# So that a statement stays short, however many tables are asked for.
_AT_ONCE = 500


def areas(connection: Connection) -> dict[str, Area]:
    """Return the current version of every area, by ONS code."""
    found = connection.rows(rows.select("area"))
    return {
        code: Area(code, name, _LEVELS[level], region, dfe_code, version, stamp(who, at, known, why))
        for code, version, name, level, region, dfe_code, who, at, known, why in found
    }


def releases(connection: Connection, where: str = "", **parameters: object) -> list[AreaRelease]:
    """Return every version of every release, by indicator and period."""
    condition = f"WHERE {where} " if where else ""
    sql = (
        f"SELECT indicator, period, release, version, number, source, released, restated, {rows.STAMP} "  # noqa: S608 - our own names
        f"FROM area_release {condition}ORDER BY {rows.by('indicator, period, release')}, version"
    )
    return [
        AreaRelease(
            indicator,
            PERIODS[period],
            source,
            release,
            None if released is None else date.fromisoformat(released),
            restated == 1,
            version,
            stamp(who, at, known, why),
            number,
        )
        for (
            indicator,
            period,
            release,
            version,
            number,
            source,
            released,
            restated,
            who,
            at,
            known,
            why,
        ) in connection.rows(sql, **parameters)
    ]  # fmt: skip - one line a group of columns


def values(connection: Connection, numbers: Iterable[int]) -> dict[int, dict[str, float]]:
    """Return the values in the tables with these numbers as stored, by area; areas without one are left out."""
    found: dict[int, dict[str, float]] = {number: {} for number in numbers}
    rows_of = _figures(connection, found, "number, area, value", "AND value IS NOT NULL")
    for number, each in groupby(rows_of, itemgetter(0)):
        found[number] = {area: value for _, area, value in each}
    return found


def tables(connection: Connection, wanted: Iterable[AreaRelease]) -> dict[int, AreaTable]:
    """Return the tables of these releases, by number."""
    by_number = {release.number: release for release in wanted}
    figures: dict[int, dict[str, AreaFigure]] = {number: {} for number in by_number}
    rows_of = _figures(connection, by_number, "number, area, value, numerator, denominator, marker")
    for number, area, value, numerator, denominator, marker in rows_of:
        figures[number][area] = AreaFigure(_decimal(value), _decimal(numerator), _decimal(denominator), marker)
    return {number: AreaTable(release, figures[number]) for number, release in by_number.items()}


def _figures(connection: Connection, numbers: Iterable[int], columns: str, condition: str = "") -> Iterator[Row]:
    """Yield the rows of the tables with these numbers, table by table."""
    wanted = sorted(set(numbers))
    for start in range(0, len(wanted), _AT_ONCE):
        listed = ", ".join(str(int(number)) for number in wanted[start : start + _AT_ONCE])
        yield from connection.rows(
            f"SELECT {columns} FROM area_figure WHERE number IN ({listed}) {condition} ORDER BY number"  # noqa: S608 - our own names and whole numbers
        )


@lru_cache(maxsize=16_384)  # the same shares and counts come again and again
def _decimal(number: float | None) -> Decimal | None:
    """Return the decimal that was stored: its shortest text is what the source printed, up to 15 digits."""
    if number is None:
        return None
    text = repr(number + 0.0)  # never -0
    return Decimal(text.removesuffix(".0"))


def neighbour_lists(connection: Connection, where: str = "", **parameters: object) -> list[NeighbourList]:
    """Return the current version of the lists."""
    found = connection.rows(rows.select("neighbour_list", where), **parameters)
    return [
        NeighbourList(
            release,
            authority,
            tuple(Neighbour(code, closeness) for code, closeness in json.loads(neighbours)),
            source,
            version,
            stamp(who, at, known, why),
        )
        for release, authority, version, neighbours, source, who, at, known, why in {
            row[:2]: row for row in found
        }.values()
    ]
