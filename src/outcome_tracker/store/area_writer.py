"""Saving what open data says of all areas: a million rows in one transaction, straight through the driver."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from outcome_tracker.core.area import current
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store import server_failures
from outcome_tracker.store.area_rows import areas, releases
from outcome_tracker.store.connection import APPLICATION_ID, connect_current
from outcome_tracker.store.texts import period_text, stamp_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outcome_tracker.core.area import Area, AreaRelease
    from outcome_tracker.core.figure import Stamp
    from outcome_tracker.core.period import Period
    from outcome_tracker.store.connection import Connection
    from outcome_tracker.store.location import Location

# Number of the table, ONS code, value, numerator, denominator, marker.
FigureRow = tuple[int, str, float | None, float | None, float | None, str]

_COLUMNS = "number, area, value, numerator, denominator, marker"
# Keeps the pages in work of a file whose rows come in any order, and all of a usual import: pages that don't fit are
# written before the commit, and from then on nobody else can read.
_CACHE_KIB = 32_768
# Beyond what is stored as a number, so that no number equals a missing one.
_NONE = "1e300"
_ALIKE = " AND ".join(
    [f"COALESCE(a.{each}, {_NONE}) = COALESCE(f.{each}, {_NONE})" for each in ("value", "numerator", "denominator")]
    + ["a.marker = f.marker"]
)


class Outcome(StrEnum):
    """What saving a table did."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Saved:
    """A table as it stands after saving; of an unchanged one, as it stood."""

    release: AreaRelease
    outcome: Outcome


class AreaWriter:
    """Adds areas and tables of figures within one open transaction; make one with `area_writer`.

    Give every table once with `begin`, its rows with `add`, in any order, and call `finish` at the end.
    """

    def __init__(self, connection: Connection, stamp: Stamp) -> None:
        self._connection = connection
        self._stamp = stamp
        ((last,),) = connection.rows("SELECT COALESCE(MAX(number), 0) FROM area_release")
        self._last = int(last)
        self._sqlite = connection.location.path is not None
        self._standing: dict[str, dict[tuple[Period, str], AreaRelease]] = {}
        self._new: list[AreaRelease] = []
        # What stands already is written aside, until it is known whether anything differs.
        self._aside: dict[int, tuple[AreaRelease, AreaRelease]] = {}

    def begin(self, release: AreaRelease) -> int:
        """Start a table and return the number that its rows carry; its version follows what is stored."""
        self._last += 1
        before = self.held(release)
        version = before.version + 1 if before else 1
        made = replace(release, number=self._last, version=version, stamp=self._stamp)
        if before is None:
            self._new.append(made)
        else:
            if not self._aside:
                self._make_aside()
            self._aside[made.number] = (before, made)
        return made.number

    def add(self, rows: Sequence[FigureRow]) -> None:
        """Add rows of tables that were begun; an area may stand once in a table."""
        if self._aside:
            self._insert("area_aside", [row for row in rows if row[0] in self._aside])
            rows = [row for row in rows if row[0] not in self._aside]
        self._insert("area_figure", rows)

    def restate(self, numbers: Iterable[int]) -> None:
        """Mark tables that were begun as giving again what was published before: known once all are read."""
        wanted = set(numbers)
        self._new = [replace(each, restated=each.number in wanted or each.restated) for each in self._new]
        for number in wanted & self._aside.keys():
            before, made = self._aside[number]
            self._aside[number] = (before, replace(made, restated=True))

    def add_areas(self, areas: Sequence[Area]) -> None:
        """Add versions of areas; each says itself which."""
        stamp = stamp_texts(self._stamp)
        rows = [(a.code, a.version, a.name, a.level.value, a.region, a.dfe_code, *stamp.values()) for a in areas]
        self._connection.insert(f"area (code, version, name, level, region, dfe_code, {', '.join(stamp)})", rows)

    def finish(self) -> list[Saved]:
        """Keep what differs from what stands, and return what became of every table."""
        self._save_releases(self._new)
        saved = [Saved(release, Outcome.ADDED) for release in self._new]
        alike = self._alike() if self._aside else set()
        for before, made in self._aside.values():
            if (
                made.number in alike
                and replace(before, number=made.number, version=made.version, stamp=made.stamp) == made
            ):
                saved.append(Saved(before, Outcome.UNCHANGED))
                continue
            self._save_releases([made])
            self._connection.run(
                f"INSERT INTO area_figure ({_COLUMNS}) SELECT {_COLUMNS} FROM area_aside WHERE number = {made.number}"  # noqa: S608 - our own names and number
            )
            saved.append(Saved(made, Outcome.CHANGED))
        return saved

    def areas(self) -> dict[str, Area]:
        """Return every area that is held, by ONS code; nobody else can add one meanwhile."""
        return areas(self._connection)

    def held(self, release: AreaRelease) -> AreaRelease | None:
        """Return the current version of a release's table that is held, None where there is none."""
        standing = self._standing.get(release.indicator)
        if standing is None:
            found = releases(self._connection, "indicator = :indicator", indicator=release.indicator)
            self._standing[release.indicator] = standing = current(found)
        return standing.get((release.period, release.release))

    def _make_aside(self) -> None:
        """Make tables that only this connection sees, and only until it has saved."""
        figures = (
            "number INTEGER, area TEXT, value DOUBLE PRECISION, numerator DOUBLE PRECISION, "
            "denominator DOUBLE PRECISION, marker TEXT, PRIMARY KEY (number, area)"
        )
        options = "WITHOUT ROWID" if self._sqlite else "ON COMMIT DROP"
        self._connection.run(f"CREATE TEMPORARY TABLE area_aside ({figures}) {options}")
        self._connection.run(f"CREATE TEMPORARY TABLE area_pair (made INTEGER PRIMARY KEY, stands INTEGER) {options}")

    def _alike(self) -> set[int]:
        """Return the tables written aside that have the figures of the ones that stand."""
        self._connection.insert(
            "area_pair (made, stands)", [(made, before.number) for made, (before, _) in self._aside.items()]
        )
        stand = self._connection.rows(
            "SELECT made, COUNT(*) FROM area_pair JOIN area_figure ON number = stands GROUP BY made"
        )
        counts: dict[int, int] = dict(stand)
        given = self._connection.rows(
            f"SELECT made, COUNT(*), SUM(CASE WHEN {_ALIKE} THEN 1 ELSE 0 END) "  # noqa: S608 - our own names
            "FROM area_pair JOIN area_aside a ON a.number = made "
            "LEFT JOIN area_figure f ON f.number = stands AND f.area = a.area GROUP BY made"
        )
        return {made for made, rows, alike in given if rows == alike == counts.get(made)}

    def _save_releases(self, made: Sequence[AreaRelease]) -> None:
        stamp = stamp_texts(self._stamp)
        columns = f"indicator, period, release, version, number, source, released, restated, {', '.join(stamp)}"
        rows = [
            (
                each.indicator,
                period_text(each.period),
                each.release,
                each.version,
                each.number,
                each.source,
                each.released.isoformat() if each.released else None,
                int(each.restated),
                *stamp.values(),
            )
            for each in made
        ]
        self._connection.insert(f"area_release ({columns})", rows)

    def _insert(self, table: str, rows: Sequence[FigureRow]) -> None:
        self._connection.insert(f"{table} ({_COLUMNS})", rows)


@contextmanager
def area_writer(location: Location, stamp: Stamp, *, dry_run: bool = False) -> Iterator[AreaWriter]:
    """Open a transaction for areas and their figures; it is committed when the block ends without an error.

    With `dry_run`, or on any error, nothing is saved. Raises `Unavailable` where the database can't be written.
    """
    try:
        with connect_current(location, write=True) as connection:
            sqlite = location.path is not None
            if sqlite:
                connection.run(f"PRAGMA cache_size = -{_CACHE_KIB}")
            connection.run("BEGIN IMMEDIATE" if sqlite else "BEGIN")
            if not sqlite:  # one number, one table; to lock that would take more than the permission to insert
                connection.rows("SELECT pg_advisory_xact_lock(:lock)", lock=APPLICATION_ID + 1)
            yield AreaWriter(connection, stamp)
            if not dry_run:  # closing takes back what is not committed; after a full disk SQLite has done so already
                with server_failures.sure(location):
                    connection.run("COMMIT")
    except server_failures.Unsure:
        raise
    except Unavailable as unavailable:
        raise Unavailable(unavailable.sentence, f"Nothing was saved. {unavailable.remedy}") from unavailable
