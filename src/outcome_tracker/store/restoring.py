"""Putting a backup in the database's place: never without a copy of what was there, and all of it or nothing."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from datetime import datetime
from typing import TYPE_CHECKING

from outcome_tracker.core.loss import Loss
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store import backup_failures, backups, failures
from outcome_tracker.store.connection import REVISION, check_revision, connect, is_older, open_file
from outcome_tracker.store.location import Location, file_uri
from outcome_tracker.store.new_file import publish, settle, settle_above
from outcome_tracker.store.queries import Reader
from outcome_tracker.store.schema import ensure_current

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from outcome_tracker.core.indicator import Council
    from outcome_tracker.store.connection import Connection


def check(path: Path) -> Connection:
    """Open a backup once it has been read through; raises `Unavailable` where it can't take the database's place.

    One of an older schema can: it is brought up to date afterwards.
    """
    location = Location(path)
    opened = connect(location)
    try:
        revision = opened.revision()
        if not is_older(revision):
            check_revision(location, revision, REVISION)
        _check_sound(opened)
    except BaseException:
        opened.close()
        raise
    return opened


def _check_sound(opened: Connection) -> None:
    with failures.explained(opened.location):
        if not backups.is_sound(opened.raw):
            raise failures.damaged(opened.location)


def is_usable(location: Location) -> bool:
    """Tell whether what is at the database's place is a whole database of ours; False: damaged, or nothing is there.

    Raises `Unavailable` where it can't be told, or must not be replaced: a folder, another program's database.
    """
    if not os.path.lexists(location.file):
        return False
    try:
        with connect(location) as opened, failures.explained(location):
            return bool(opened.revision()) and backups.is_sound(opened.raw)
    except failures.Broken:
        return False


def council_in(backup: Connection) -> Council | None:
    """Return whose a database is; None where no plan files were ever applied."""
    return Reader(backup).council()


def loss(location: Location, other: Path) -> Loss:
    """Return the entries that are in the database and not in another one."""
    counts: dict[str, int] = {}
    latest = ("", "")
    with connect(location) as opened, failures.explained(location):
        opened.raw.execute("ATTACH ? AS other", [file_uri(other.absolute(), "ro")])
        there = {name for (name,) in opened.rows("SELECT name FROM other.sqlite_master WHERE type = 'table'")}
        for (table,) in opened.rows("SELECT name FROM main.sqlite_master WHERE type = 'table'"):
            columns = {name: key for _, name, _, _, _, key in opened.rows(f"PRAGMA main.table_info({table})")}
            if not {"version", "who", "at"} <= columns.keys():
                continue
            same = " AND ".join(f"a.{name} = b.{name}" for name, key in columns.items() if key or name in {"who", "at"})
            missing = f"WHERE NOT EXISTS (SELECT 1 FROM other.{table} b WHERE {same})" if table in there else ""  # noqa: S608 - names of tables and columns
            ((count, at, who),) = opened.rows(f"SELECT count(*), max(at), who FROM main.{table} a {missing}")  # noqa: S608 - as above
            if count:
                counts[table] = count
                latest = max(latest, (at, who))
    at, who = latest
    try:
        return Loss(counts, who, datetime.fromisoformat(at) if at else None)
    except ValueError:  # garbled
        raise failures.damaged(location) from None


def replace_content(location: Location, backup: Connection, label: str) -> Path:
    """Put a backup's content into the database; return the copy of what was there before.

    Nobody else can read or save between the copy and the end; the file stays the same one, so that programs that have
    it open see the new content, and a power cut leaves either what was there or all of the backup.
    """
    with connect(location, write=True) as target, failures.explained(location):
        raw: sqlite3.Connection = target.raw
        raw.execute("PRAGMA locking_mode = EXCLUSIVE")
        raw.execute("BEGIN EXCLUSIVE")
        raw.execute("COMMIT")  # the lock stays
        kept = backups.copy_of(target, location.backups, label)
        # The database grows to what it becomes, and its journal to what it was.
        backups.check_room(location.file.parent, location.file.stat().st_size + backup.location.file.stat().st_size)
        source: sqlite3.Connection = backup.raw
        source.execute("BEGIN")
        try:
            expected = backups.contents(source)
            source.backup(raw)
        finally:
            source.execute("ROLLBACK")
        if not backups.is_sound(raw) or backups.contents(raw) != expected:
            raise backup_failures.restored_badly(location, kept)
    return kept


def put_in_place(location: Location, backup: Connection, label: str) -> Path | None:
    """Put a copy of a backup where no usable database is; return the name under which a damaged one is kept."""
    path = location.file
    with failures.explained(location):
        path.parent.mkdir(parents=True, exist_ok=True)
        settle_above(path.parent)
        backups.check_room(path.parent, backup.location.file.stat().st_size)
        draft = path.with_name(f".{path.name}.{os.getpid()}.new")
        try:
            with backup_failures.explained(backup.location, path.parent):
                backups.copy_into(backup, draft)
            aside = _set_aside(location, label) if os.path.lexists(path) else None
            if not publish(draft, path):
                raise Unavailable(
                    f"Somebody else has put a database at {location.shown} meanwhile.", "Look at it, and try again."
                )
        finally:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
        settle(path.parent)
    return aside


def bring_up_to_date(location: Location) -> bool:
    """Bring what was restored up to date, if it was from an older version; return whether it was."""
    return ensure_current(location) is not None


def _set_aside(location: Location, label: str) -> Path:
    """Give a damaged database another name, its journal first: SQLite would play that back into the new one."""
    path = location.file
    _check_nobody_has_it(location)
    number = 1
    while os.path.lexists(aside := path.with_name(f"{path.stem}-damaged-{label}{f'-{number}' * (number > 1)}.db")):
        number += 1
    for ending in ("-journal", "-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            path.with_name(path.name + ending).rename(aside.with_name(aside.name + ending))
    return aside


def _check_nobody_has_it(location: Location) -> None:
    """Raise `Unavailable` where a program holds a damaged database locked, as far as that can be seen."""
    with suppress(failures.Broken), failures.explained(location), closing(open_file(location, "rw")) as raw:
        raw.execute("BEGIN EXCLUSIVE")
        raw.execute("ROLLBACK")
