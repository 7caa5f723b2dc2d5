"""Copies of a database file: made while others work, compared and read through before they get their names.

A copy's name is the database's, and when it was made or at which schema; those that are made before a migration or a
restoration are never removed again by the program.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.retention import superfluous
from outcome_tracker.store import backup_failures, failures
from outcome_tracker.store.backup_names import drafts, made
from outcome_tracker.store.connection import connect, open_file
from outcome_tracker.store.location import Location
from outcome_tracker.store.new_file import publish, settle, settle_above, settle_content

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from outcome_tracker.store.connection import Connection, Row

_DAY = 86_400  # seconds
_SPARE = 1_000_000  # bytes that a disk should have left beside a copy


@dataclass(frozen=True, slots=True)
class Contents:
    """What tells whether two databases hold the same: rows are only ever added."""

    application: int
    revision: str
    rows: Mapping[str, int]


def back_up(location: Location, folder: Path | None = None, label: str = "") -> Path:
    """Copy the database as it is at one moment, whatever others save meanwhile; return the copy.

    It goes into `folder`, which is made if need be (default: beside the database), and is called as the database with
    `label` (default: its schema's number) behind; never over another. It gets that name only when it has been read
    through, holds what the database held, and has reached the disk. Raises `Unavailable`; nothing is left then.
    """
    if location.path is None:
        raise backup_failures.on_a_server(location)
    with connect(location) as source:
        return copy_of(source, folder or location.backups, label)


def copy_of(source: Connection, folder: Path, label: str = "") -> Path:
    """Do what `back_up` does over an open connection, which is in no transaction."""
    location = source.location
    with backup_failures.explained(location, folder):
        revision = source.revision()
        if not revision:
            raise failures.without_tables(location)
        folder.mkdir(exist_ok=True)
        settle_above(folder)
        check_room(folder, location.file.stat().st_size)
        name = f"{location.file.stem}-{label or revision}"
        draft = folder / f".{name}.{os.getpid()}.part"
        try:
            copy_into(source, draft)
            target = _published(draft, folder, name)
        finally:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
        settle(folder)
        _clear(folder, location, target)
    return target


def copy_into(source: Connection, draft: Path) -> None:
    """Copy a database into a draft, read that through, compare it, and see it on the disk.

    Both are of one moment, for nobody's save is finished between the two. Raises what `explained` explains.
    """
    draft.unlink(missing_ok=True)
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))  # others can't look into a draft
    raw: sqlite3.Connection = source.raw
    with closing(open_file(Location(draft), "rwc")) as copy:
        copy.execute("PRAGMA journal_mode = OFF")  # there is nothing to go back to
        raw.execute("BEGIN")
        try:
            expected = contents(raw)
            raw.backup(copy)
        finally:
            raw.execute("ROLLBACK")
        if not is_sound(copy):
            raise backup_failures.not_the_same(draft.parent) if is_sound(raw) else failures.damaged(source.location)
        if contents(copy) != expected:
            raise backup_failures.not_the_same(draft.parent)
    with suppress(OSError):  # a drive without modes
        shutil.copymode(source.location.file, draft)
    settle_content(draft)


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
    try:
        return raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)] and not orphans(raw)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if failures.is_damage(error):
            return False
        raise


def orphans(raw: sqlite3.Connection) -> int:
    """Return how many rows refer to missing ones, or to a table that cannot be referred to."""
    try:
        return len(raw.execute("PRAGMA foreign_key_check").fetchall())
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_ERROR":  # somebody has made a table by hand
            return 1
        raise


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a database file for looking only; raises `Unavailable` and sqlite3's errors."""
    with closing(open_file(Location(path), "ro")) as raw:
        yield raw


def is_saved(location: Location, path: Path) -> bool:
    """Tell whether a copy holds what the database holds now; raises `Unavailable` for the database."""
    try:
        with reading(path) as raw:
            copied = contents(raw)
    except (Unavailable, sqlite3.Error):
        return False
    with connect(location) as opened, failures.explained(location):
        return contents(opened.raw) == copied


def rotate(location: Location, newest: Path, keep: int, now: datetime) -> tuple[list[Path], list[Path]]:
    """Remove the copies beside the newest that may go; return those removed, and those that could not be.

    Only copies of this very database are touched, by name and by what is recorded in them first. The newest stays,
    even where others have names of a time to come, because a clock was wrong.
    """
    others = {path: at for path, at in made(location, newest.parent).items() if path != newest}
    going = superfluous({**others, newest: max([now, *others.values()])}, keep, now)
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
    with suppress(OSError):
        old = finished.stat().st_mtime - _DAY
        for path in drafts(location, folder):
            if path.suffix == ".part" and path.stat().st_mtime < old:
                path.unlink(missing_ok=True)


def check_room(folder: Path, size: int) -> None:
    """Raise `Unavailable` where the disk of a folder hasn't room for this many bytes."""
    free = shutil.disk_usage(folder).free
    if free < size + _SPARE:
        raise backup_failures.too_small(folder, size + _SPARE, free)


def _published(draft: Path, folder: Path, name: str) -> Path:
    number = 1
    while not publish(draft, target := folder / (f"{name}-{number}.db" if number > 1 else f"{name}.db")):
        number += 1
    return target
