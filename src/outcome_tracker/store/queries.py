"""What is read, as core's objects: plain SQL that both engines understand, over the driver alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store import area_rows, breakdown_rows, codec, rows
from outcome_tracker.store.connection import connect_current
from outcome_tracker.store.rows import Series
from outcome_tracker.store.texts import PERIODS, period_text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from types import TracebackType

    from outcome_tracker.core.area import Area, AreaRelease, AreaTable, NeighbourList
    from outcome_tracker.core.benchmark import Benchmark
    from outcome_tracker.core.breakdown import BreakdownFigure
    from outcome_tracker.core.commentary import Commentary, PublishedLine
    from outcome_tracker.core.figure import Figure
    from outcome_tracker.core.indicator import Agreed, Council
    from outcome_tracker.core.milestone import Report
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.seal import Item
    from outcome_tracker.core.signoff import Event
    from outcome_tracker.store.connection import Connection, Row
    from outcome_tracker.store.cut import Cut
    from outcome_tracker.store.location import Location


class Reader:
    """Reads from one connection that cannot write. One thread at a time.

    `notice` is a sentence for the user, such as that the file is write-protected, or empty. With `as_at` what became
    known later is left out. Every method raises `Unavailable` where the database cannot be read.
    """

    def __init__(self, connection: Connection, cut: Cut | None = None) -> None:
        self._connection = connection
        self._inside = cut is not None  # a snapshot of the reader that it was made from
        self._cut = cut
        self.notice = connection.notice

    @classmethod
    def open(cls, location: Location) -> Self:
        """Open an existing, current database; nothing is ever created or migrated here."""
        return cls(connect_current(location))

    def as_signed(self, cut: Cut) -> Reader:
        """Return a reader of the same snapshot that sees what was there when a plan's period was signed off.

        Areas and their figures apart. Ask inside `snapshot`, and use it no longer than that.
        """
        return Reader(self._connection, cut)

    def _rows(self, table: str, where: Sequence[str] = (), **parameters: object) -> list[Row]:
        """Return the rows of a table with these conditions, without what came after a sign-off."""
        found = self._connection.rows(rows.select(table, " AND ".join(where)), **parameters)
        return found if self._cut is None else self._cut.kept(table, found)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let several reads see one state of the database, whatever others save meanwhile. Keep it short."""
        if self._inside:
            yield
            return
        sqlite = self._connection.location.path is not None
        self._connection.run("BEGIN" if sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        self._inside = True
        try:
            yield
        finally:
            self._inside = False
            self._connection.run("ROLLBACK")

    def council(self) -> Council | None:
        """Return the council's settings as they stand; None before any plan files were applied.

        They are where they are in a database of every version.
        """
        sql = "SELECT body FROM definition WHERE kind = :kind ORDER BY version DESC LIMIT 1"
        found = self._connection.rows(sql, kind=codec.Kind.COUNCIL.value)
        return codec.council_of(found[0][0]) if found else None

    def agreed(self, as_at: date | None = None, *, archived: bool = False) -> Agreed:
        """Return what was agreed as known on that day; before anything was, what was agreed first.

        What plan files no longer hold is left out unless `archived`.
        """
        with self.snapshot():
            day = as_at.isoformat() if as_at else None
            if day is not None:
                ((first,),) = self._connection.rows("SELECT MIN(known) FROM definition")
                day = max(day, first or "")
            definitions = self._definitions(day)
            targets = self._targets(day)
        found = codec.assemble(
            {key: body for key, (_, body, gone) in definitions.items() if archived or not gone},
            {key: body for key, (_, body, gone) in targets.items() if not gone},
        )
        if found is None:
            raise Unavailable(
                f"{self._connection.location.shown} holds no plans yet.",
                "Put them in from the plan files with: outcome-tracker targets apply",
            )
        return found

    def definitions(self) -> dict[tuple[str, str], tuple[int, str, bool]]:
        """Return the current version, body and `archived` of every definition, by kind and code."""
        return self._definitions(None)

    def targets(self) -> dict[tuple[str, str], tuple[int, str, bool]]:
        """Return the current version, body and `withdrawn` of every target, by indicator and the year's text."""
        return self._targets(None)

    def _definitions(self, day: str | None) -> dict[tuple[str, str], tuple[int, str, bool]]:
        return _known(self._rows("definition"), day)

    def _targets(self, day: str | None) -> dict[tuple[str, str], tuple[int, str, bool]]:
        return _known(self._rows("target"), day)

    def figures(
        self,
        indicators: Collection[str] | None = None,
        as_at: date | None = None,
        periods: Collection[Period] | None = None,
    ) -> list[Figure]:
        """Return the current version of every figure, of some indicators or periods only where these are given."""
        found = self._figures(indicators, as_at, periods)
        return [rows.figure(row) for row in {row[:2]: row for row in found}.values()]

    def series(
        self,
        indicators: Collection[str] | None = None,
        as_at: date | None = None,
        periods: Collection[Period] | None = None,
    ) -> dict[str, Series]:
        """Return the same as `figures`, by indicator and period: half the time where few of them are looked at."""
        series: defaultdict[str, Series] = defaultdict(Series)
        for row in self._figures(indicators, as_at, periods):
            series[row[0]].add(row)
        return dict(series)

    def _figures(
        self, indicators: Collection[str] | None, as_at: date | None, periods: Collection[Period] | None
    ) -> list[Row]:
        """Return the rows of figures; a later version follows an earlier one."""
        where, parameters = _where(as_at)
        _among(where, parameters, "indicator", indicators)
        _among(where, parameters, "period", None if periods is None else [period_text(p) for p in periods])
        return self._rows("figure", where, **parameters)

    def figure_versions(self, indicator: str) -> list[Figure]:
        """Return every version of an indicator's figures; a period's oldest first."""
        found = self._connection.rows(rows.select("figure", "indicator = :code"), code=indicator)
        return [rows.figure(row) for row in found]

    def every_version(
        self, current: Mapping[str, Mapping[Period, Figure]], as_at: date | None = None
    ) -> Callable[[str], list[Figure]]:
        """Return what gives every version of an indicator's figures, a period's oldest first.

        Beside the `current` ones only those of figures with several versions are read: most have one.
        """
        where, parameters = _where(as_at)
        where.append("(indicator, period) IN (SELECT indicator, period FROM figure WHERE version > 1)")
        several: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self._connection.rows(rows.select("figure", " AND ".join(where)), **parameters):
            several[row[0]].append(row)

        def versions(indicator: str) -> list[Figure]:
            found = [rows.figure(row) for row in several.get(indicator, ())]
            read = {figure.period for figure in found}
            return [*found, *(each for period, each in current.get(indicator, {}).items() if period not in read)]

        return versions

    def latest_figure(self, indicator: str, period: Period) -> Figure | None:
        """Return the current version of one figure."""
        sql = rows.select("figure", "indicator = :code AND period = :period")
        found = self._connection.rows(sql, code=indicator, period=period_text(period))
        return rows.figure(found[-1]) if found else None

    def periods_with_figures(self, as_at: date | None = None) -> list[Period]:
        """Return every period for which there is a figure, in no order."""
        where, parameters = _where(as_at)
        sql = " WHERE ".join(["SELECT DISTINCT period FROM figure", *where])
        return [PERIODS[text] for (text,) in self._connection.rows(sql, **parameters)]

    def benchmarks(self, indicators: Collection[str] | None = None, as_at: date | None = None) -> list[Benchmark]:
        """Return the current version of every benchmark, whenever it was recorded: what counts is when it came out.

        With `as_at` a version that came out later leaves the one before it standing.
        """
        where: list[str] = []
        parameters: dict[str, object] = {}
        _among(where, parameters, "indicator", indicators)
        current: dict[tuple[object, ...], Benchmark] = {}
        for each in rows.benchmarks(self._rows("benchmark", where, **parameters)):
            key = (each.indicator, each.comparator, each.period)
            before = current.get(key)
            if before is None or _out(each, as_at) or not _out(before, as_at):
                current[key] = each
        return list(current.values())

    def areas(self) -> dict[str, Area]:
        """Return every area that open data named, by ONS code."""
        return area_rows.areas(self._connection)

    def measured_everywhere(self) -> frozenset[str]:
        """Return the indicators that there are figures of all areas for."""
        found = self._connection.rows("SELECT DISTINCT indicator FROM area_release")
        return frozenset(code for (code,) in found)

    def area_releases(
        self, indicators: Collection[str] | None = None, periods: Collection[Period] | None = None
    ) -> dict[str, list[AreaRelease]]:
        """Return every release of area figures by indicator, whenever it was recorded: see `core.area.standing`."""
        where: list[str] = []
        parameters: dict[str, object] = {}
        _among(where, parameters, "indicator", indicators)
        _among(where, parameters, "period", None if periods is None else [period_text(p) for p in periods])
        found: defaultdict[str, list[AreaRelease]] = defaultdict(list)
        for each in area_rows.releases(self._connection, " AND ".join(where), **parameters):
            found[each.indicator].append(each)
        return dict(found)

    def area_tables(self, releases: Iterable[AreaRelease]) -> dict[int, AreaTable]:
        """Return the figures of all areas in these releases, by the release's number."""
        return area_rows.tables(self._connection, releases)

    def area_values(self, releases: Iterable[AreaRelease]) -> dict[int, dict[str, float]]:
        """Return the values alone, in double precision as they are stored, by area and the release's number."""
        return area_rows.values(self._connection, (release.number for release in releases))

    def neighbour_releases(self) -> list[str]:
        """Return the releases of the lists of statistical neighbours that are held, in order."""
        sql = f"SELECT release FROM neighbour_list GROUP BY release ORDER BY {rows.by('release')}"  # noqa: S608 - our own names
        return [name for (name,) in self._connection.rows(sql)]

    def neighbour_lists(self, release: str, authority: str | None = None) -> dict[str, NeighbourList]:
        """Return the lists of one release by the authority's DfE number, or that of one authority alone."""
        where, parameters = "release = :release", {"release": release}
        if authority is not None:
            where, parameters = f"{where} AND authority = :authority", {**parameters, "authority": authority}
        found = area_rows.neighbour_lists(self._connection, where, **parameters)
        return {each.authority: each for each in found}

    def breakdown_figures(
        self,
        breakdowns: Collection[str] | None = None,
        as_at: date | None = None,
        periods: Collection[Period] | None = None,
    ) -> list[BreakdownFigure]:
        """Return the current version of every cell, of some breakdowns or periods only where these are given."""
        where, parameters = _where(as_at)
        _among(where, parameters, "breakdown", breakdowns)
        _among(where, parameters, "period", None if periods is None else [period_text(p) for p in periods])
        found = self._rows("breakdown_figure", where, **parameters)
        return breakdown_rows.breakdown_figures({row[:3]: row for row in found}.values())

    def milestone_reports(self, as_at: date | None = None) -> list[Report]:
        """Return every report on every milestone; a milestone's oldest first."""
        where, parameters = _where(as_at)
        return rows.reports(self._rows("milestone_report", where, **parameters))

    def commentary(self, as_at: date | None = None) -> list[Commentary]:
        """Return the current version of every section of commentary, in the order in which they were first recorded.

        It is that of a subject and a period.
        """
        where, parameters = _where(as_at)
        found = rows.as_recorded(self._rows("commentary", where, **parameters))
        return rows.commentary({row[:3]: row for row in found}.values())

    def commentary_versions(self, subject: str) -> list[Commentary]:
        """Return every version of the commentary on a plan or an indicator, in that order; a section's oldest first."""
        found = self._connection.rows(rows.select("commentary", "subject = :code"), code=subject)
        return rows.commentary(rows.as_recorded(found))

    def published_lines(self) -> list[PublishedLine]:
        """Return the current version of every line that a source printed."""
        return rows.published_lines(
            {row[:3]: row for row in self._connection.rows(rows.select("published_line"))}.values()
        )

    def sign_offs(self, period: Period | None = None, *, sealed: bool = False) -> list[Event]:
        """Return every step of the plans' periods, or of one period, a plan's oldest first.

        What was sealed is read only when asked for: it is long.
        """
        text = "sealed" if sealed else "''"
        where, parameters = ("", {}) if period is None else ("WHERE period = :period ", {"period": period_text(period)})
        sql = (
            f"SELECT plan, period, version, action, seal, {text}, line, {rows.STAMP} FROM sign_off "  # noqa: S608 - our own names
            f"{where}ORDER BY {rows.by('plan, period')}, version"
        )
        return rows.events(self._connection.rows(sql, **parameters))

    def items(
        self, table: str, first: Collection[str] | None = None, second: Collection[str] | None = None
    ) -> list[Item]:
        """Return the versions of facts as what a sign-off seals; of some only by the first or second of their keys."""
        from outcome_tracker.store import sealing

        where: list[str] = []
        parameters: dict[str, object] = {}
        for column, values in zip(rows.TABLES[table][0].split(", "), (first, second), strict=False):
            _among(where, parameters, column, values)
        return sealing.items(self._connection, table, " AND ".join(where), **parameters)

    def audit(self) -> Iterator[dict[str, str]]:
        """Yield every version of every fact in the order in which they were recorded, as a row of the audit export."""
        with self.snapshot():
            from outcome_tracker.store import history

            found = history.changes(self._connection)
        yield from found

    def known_days(self) -> dict[date, int]:
        """Return the days on which something became known, with how many figures did; in no order.

        Benchmarks are left out: for them it counts when they came out.
        """
        tables = ("breakdown_figure", "milestone_report", "commentary", "definition", "target")
        others = "".join(f" UNION ALL SELECT known, 0 FROM {table}" for table in tables)  # noqa: S608 - our own names
        sql = f"SELECT known, SUM(figures) FROM (SELECT known, 1 AS figures FROM figure{others}) days GROUP BY known"  # noqa: S608 - as above
        return {date.fromisoformat(day): int(figures) for day, figures in self._connection.rows(sql)}

    def stamps(self) -> Counter[tuple[str, datetime, bool]]:
        """Return who saved when, and whether figures or something else, with how many versions."""
        parts = (f"SELECT who, at, '{table}', count(*) FROM {table} GROUP BY who, at" for table in rows.TABLES)  # noqa: S608 - our own names
        found = self._connection.rows(" UNION ALL ".join(parts))
        counts: Counter[tuple[str, datetime, bool]] = Counter()
        for who, at, table, count in found:
            counts[who, datetime.fromisoformat(at), table == "figure"] += count
        return counts

    def changed_token(self) -> tuple[int, ...]:
        """Return what is equal as long as nobody has saved anything; ask the same reader again."""
        if self._connection.location.path is not None:
            return tuple(self._connection.rows("PRAGMA data_version")[0])
        counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in rows.TABLES)  # noqa: S608 - our own names
        return tuple(self._connection.rows(f"SELECT {counts}")[0])


def _known(found: Iterable[Row], day: str | None) -> dict[tuple[str, str], tuple[int, str, bool]]:
    """Return for each key the highest version known on that day; versions come in order."""
    chosen: dict[tuple[str, str], tuple[int, str, bool]] = {}
    for first, second, version, body, gone, *_, known, _ in found:
        if day is None or known <= day:
            chosen[first, second] = (version, body, gone == 1)
    return chosen


def _where(as_at: date | None) -> tuple[list[str], dict[str, object]]:
    return ([], {}) if as_at is None else (["known <= :as_at"], {"as_at": as_at.isoformat()})


def _among(where: list[str], parameters: dict[str, object], column: str, values: Collection[str] | None) -> None:
    """Add a condition that `column` has one of the values; without values there is none."""
    if values is None:
        return
    named: Mapping[str, str] = {f"{column}_{number}": value for number, value in enumerate(values)}
    where.append(f"{column} IN ({', '.join(f':{name}' for name in named)})" if named else "1 = 0")
    parameters.update(named)


def _out(benchmark: Benchmark, as_at: date | None) -> bool:
    return as_at is None or benchmark.released is None or benchmark.released <= as_at
