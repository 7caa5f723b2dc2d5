"""Copies of a database file: made while others work, compared and read through before they get their names.

A copy's name is the database's, and when it was made or at which schema; those that are made before a migration or a
restoration are never removed again by the program.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.retention import superfluous
from outcome_tracker.store import backup_failures, failures
from outcome_tracker.store.connection import connect, open_file
from outcome_tracker.store.location import Location
from outcome_tracker.store.new_file import publish, settle, settle_above, settle_content

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from outcome_tracker.store.connection import Connection, Row

_WHEN = "%Y-%m-%d-%H%M%S"  # no colons: Windows has no such names
_DAY = 86_400  # seconds
_SPARE = 1_000_000  # bytes that a disk should have left beside a copy


@dataclass(frozen=True, slots=True)
class Contents:
    """What tells whether two databases hold the same: rows are only ever added."""

    application: int
    revision: str
    rows: Mapping[str, int]


def label(at: datetime) -> str:
    """Return what the name of a copy made at a time ends in; the time is as the wall clock shows it."""
    return at.strftime(_WHEN)


def back_up(location: Location, folder: Path | None = None, label: str = "") -> Path:
    """Copy the database as it is at one moment, whatever others save meanwhile; return the copy.

    It goes into `folder`, which is made if need be (default: beside the database), and is called as the database with
    `label` (default: its schema's number) behind; never over another. It gets that name only when it has been read
    through, holds what the database held, and has reached the disk. Raises `Unavailable`; nothing is left then.
    """
    if location.path is None:
        raise backup_failures.on_a_server(location)
    folder = folder or location.backups
    with connect(location) as source, backup_failures.explained(location, folder):
        revision = source.revision()
        if not revision:
            raise failures.without_tables(location)
        folder.mkdir(exist_ok=True)
        settle_above(folder)
        _check_room(location, folder)
        name = f"{location.file.stem}-{label or revision}"
        draft = folder / f".{name}.{os.getpid()}.part"
        try:
            draft.unlink(missing_ok=True)
            os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))  # others can't look into a draft
            _copy(source, draft, folder)
            with suppress(OSError):  # a drive without modes
                shutil.copymode(location.file, draft)
            settle_content(draft)
            target = _published(draft, folder, name)
        finally:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
        settle(folder)
        _clear(folder, location, target)
    return target


def contents(raw: sqlite3.Connection) -> Contents:
    """Return what a database holds, in numbers; raises sqlite3's errors."""

    def first(sql: str) -> Row:
        found: Row = raw.execute(sql).fetchone()
        return found

    tables = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return Contents(
        application=first("PRAGMA application_id")[0],
        revision=first("SELECT max(version_num) FROM alembic_version")[0],
        rows={name: first(f'SELECT count(*) FROM "{name}"')[0] for name in sorted(tables)},  # noqa: S608 - names of tables
    )


def is_sound(raw: sqlite3.Connection) -> bool:
    """Read a database through; tell whether it is whole and no row refers to a missing one."""
    with suppress(sqlite3.DatabaseError):
        return (
            raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            and not raw.execute("PRAGMA foreign_key_check").fetchall()
        )
    return False


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a database file for looking only; raises `Unavailable` and sqlite3's errors."""
    with closing(open_file(Location(path), "ro")) as raw:
        yield raw


def made(location: Location, folder: Path) -> dict[Path, datetime]:
    """Return the copies in a folder whose names say when they were made, oldest first."""
    pattern = re.compile(rf"{re.escape(location.file.stem)}-(\d{{4}}-\d\d-\d\d-\d{{6}})(?:-\d+)?\.db")
    found: dict[Path, datetime] = {}
    with suppress(OSError):
        for path in folder.iterdir():
            if match := pattern.fullmatch(path.name):
                with suppress(ValueError):  # digits that are no time
                    found[path] = datetime.strptime(match[1], _WHEN)  # noqa: DTZ007 - as the wall clock showed it
    return dict(sorted(found.items(), key=lambda each: (each[1], len(each[0].name), each[0].name)))


def is_saved(location: Location, path: Path) -> bool:
    """Tell whether a copy holds what the database holds now; raises `Unavailable` for the database."""
    try:
        with reading(path) as raw:
            copied = contents(raw)
    except (Unavailable, sqlite3.Error):
        return False
    with connect(location) as opened, failures.explained(location):
        return contents(opened.raw) == copied


def rotate(location: Location, folder: Path, keep: int, now: datetime) -> tuple[list[Path], list[Path]]:
    """Remove the copies that may go; return those removed, and those that could not be.

    Only copies of this very database are touched, by name and by what is recorded in them first.
    """
    going = superfluous(made(location, folder), keep, now)
    removed: list[Path] = []
    stuck: list[Path] = []
    own = _origin(location.file) if going else None
    for path in going:
        if own is not None and _origin(path) == own:
            try:
                path.unlink()
                removed.append(path)
            except OSError:
                stuck.append(path)
    return removed, stuck


def _origin(path: Path) -> Row | None:
    """Return what was recorded first in a database; None where it can't be read or nothing was."""
    try:
        with reading(path) as raw:
            found: Row | None = raw.execute(
                "SELECT who, at, known FROM definition ORDER BY at, kind, code, version LIMIT 1"
            ).fetchone()
            return found
    except (Unavailable, sqlite3.Error):
        return None


def _clear(folder: Path, location: Location, finished: Path) -> None:
    """Remove drafts that programs which were killed have left: those older by a day than a finished copy."""
    pattern = re.compile(rf"\.{re.escape(location.file.stem)}-.*\.\d+\.part")
    with suppress(OSError):
        old = finished.stat().st_mtime - _DAY
        for path in folder.iterdir():
            if pattern.fullmatch(path.name) and path.stat().st_mtime < old:
                path.unlink(missing_ok=True)


def _check_room(location: Location, folder: Path) -> None:
    needed = location.file.stat().st_size + _SPARE
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise backup_failures.too_small(folder, needed, free)


def _copy(source: Connection, draft: Path, folder: Path) -> None:
    """Copy into a draft, and compare: both are of one moment, for nobody's save is finished between the two."""
    with closing(open_file(Location(draft), "rwc")) as copy:
        copy.execute("PRAGMA journal_mode = OFF")  # there is nothing to go back to
        raw: sqlite3.Connection = source.raw
        raw.execute("BEGIN")
        try:
            expected = contents(raw)
            raw.backup(copy)
        finally:
            raw.execute("ROLLBACK")
        if not is_sound(copy):
            raise backup_failures.not_the_same(folder) if is_sound(raw) else failures.damaged(source.location)
        if contents(copy) != expected:
            raise backup_failures.not_the_same(folder)


def _published(draft: Path, folder: Path, name: str) -> Path:
    number = 1
    while not publish(draft, target := folder / (f"{name}-{number}.db" if number > 1 else f"{name}.db")):
        number += 1
    return target
