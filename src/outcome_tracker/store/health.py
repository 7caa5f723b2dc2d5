"""How a database is: what SQLite says of the file, and whether what is recorded hangs together."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store import backups, failures
from outcome_tracker.store.connection import REVISION, connect, is_older
from outcome_tracker.store.rows import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from outcome_tracker.store.connection import Connection
    from outcome_tracker.store.location import Location

ENGINE = sqlite3.sqlite_version
_SETTINGS = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
_FAULTS = 5  # of those that integrity_check lists
_JOURNAL = bytes.fromhex("d9d505f920a163d7")  # what a journal begins with as long as it holds something to undo


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of something that was recorded."""

    table: str
    key: str
    version: int
    who: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """What was found; `faults` and `orphans` are of the file, the others of what is recorded in it."""

    revision: str
    settings: Mapping[str, str]
    rows: int = 0
    faults: tuple[str, ...] = ()
    orphans: int = 0
    gaps: tuple[Entry, ...] = ()
    disorder: tuple[Entry, ...] = ()
    newest: Entry | None = None

    @property
    def is_current(self) -> bool:
        """Whether it is of the schema that this program works with."""
        return self.revision == REVISION

    @property
    def is_older(self) -> bool:
        """Whether it is brought up to date when it is opened next."""
        return is_older(self.revision)


def examine(location: Location) -> Health:
    """Read a database through, on a server only what is recorded; nothing is changed.

    Raises `Unavailable`, and `ValueError` where something recorded can't be read, since it was overwritten.
    """
    with connect(location) as opened, failures.explained(location):
        revision = opened.revision()
        if not revision:
            raise failures.without_tables(location)
        settings: dict[str, str] = {}
        if location.path is not None:
            settings = {name: str(opened.rows(f"PRAGMA {name}")[0][0]) for name in _SETTINGS}
            if faults := _faults(opened):
                return Health(revision, settings, faults=faults)
        there = [table for table in TABLES if _is_there(opened, table)]
        for table in there:
            _check_times(opened, table)
        return Health(
            revision,
            settings,
            rows=sum(opened.rows(f"SELECT count(*) FROM {table}")[0][0] for table in there),  # noqa: S608 - our own names
            orphans=backups.orphans(opened.raw) if location.path is not None else 0,
            gaps=tuple(each for table in there for each in _gaps(opened, table)),
            disorder=tuple(each for table in there for each in _disorder(opened, table)),
            newest=max((each for table in there for each in _newest(opened, table)), key=_when, default=None),
        )


def has_journal(path: Path) -> bool:
    """Tell whether beside a database there is a journal with something to undo."""
    try:
        with path.with_name(f"{path.name}-journal").open("rb") as file:
            return file.read(len(_JOURNAL)) == _JOURNAL
    except OSError:
        return False


def opens(path: Path) -> bool:
    """Tell whether a backup can be opened and is whole."""
    try:
        with backups.reading(path) as raw:
            return backups.is_sound(raw) and bool(backups.contents(raw).rows)
    except (Unavailable, sqlite3.Error):
        return False


def _faults(opened: Connection) -> tuple[str, ...]:
    try:
        found = [str(line) for (line,) in opened.raw.execute("PRAGMA integrity_check").fetchall()]
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if not failures.is_damage(error):
            raise
        return (str(error) if isinstance(error, sqlite3.Error) else "its description of itself is garbled",)
    return () if found == ["ok"] else tuple(found[:_FAULTS])


def _is_there(opened: Connection, table: str) -> bool:
    """Tell whether a table is there: older databases lack some."""
    try:
        opened.raw.execute(f"SELECT 1 FROM {table} WHERE 1 = 0")  # noqa: S608 - our own names
    except Exception as error:  # whichever driver's
        if failures.explain(error, opened.location) is not None:
            raise
        return False
    return True


def _check_times(opened: Connection, table: str) -> None:
    """Read every time and day: a bit that has fallen over in one is seen by no other check."""
    for at, known in opened.rows(f"SELECT DISTINCT at, known FROM {table}"):  # noqa: S608 - our own names
        datetime.fromisoformat(at)
        date.fromisoformat(known)


def _gaps(opened: Connection, table: str) -> Iterator[Entry]:
    """Yield the first version that is missing of each thing: they count up from 1, and none is ever removed."""
    key = TABLES[table][0]
    versions: dict[str, list[int]] = {}
    sql = f"SELECT {key} FROM {table} GROUP BY {key} HAVING count(*) <> max(version)"  # noqa: S608 - our own names
    spoilt = {" ".join(map(str, row)) for row in opened.rows(sql)}
    if not spoilt:
        return
    for *parts, version in opened.rows(f"SELECT {key}, version FROM {table} ORDER BY {key}, version"):  # noqa: S608 - as above
        if (name := " ".join(map(str, parts))) in spoilt:
            versions.setdefault(name, []).append(version)
    for name, found in versions.items():
        yield Entry(table, name, next(n for n in range(1, found[-1]) if n not in found))


def _disorder(opened: Connection, table: str) -> Iterator[Entry]:
    """Yield the versions that say that they were saved before the one that they follow."""
    key = TABLES[table][0]
    before = f"lag(at) OVER (PARTITION BY {key} ORDER BY version)"
    inner = f"SELECT {key}, version, who, at, {before} AS earlier FROM {table}"  # noqa: S608 - our own names
    sql = f"SELECT {key}, version, who, at FROM ({inner}) AS versions WHERE at < earlier ORDER BY {key}, version"  # noqa: S608 - as above
    for *parts, version, who, at in opened.rows(sql):
        yield Entry(table, " ".join(map(str, parts)), version, who, datetime.fromisoformat(at))


def _newest(opened: Connection, table: str) -> Iterator[Entry]:
    key = TABLES[table][0]
    for *parts, version, who, at in opened.rows(
        f"SELECT {key}, version, who, at FROM {table} ORDER BY at DESC, version DESC LIMIT 1"  # noqa: S608 - our own names
    ):
        yield Entry(table, " ".join(map(str, parts)), version, who, datetime.fromisoformat(at))


def _when(entry: Entry) -> datetime:
    if entry.at is None:
        raise ValueError("a gap has no time")
    return entry.at
