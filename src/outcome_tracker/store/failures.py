"""What a driver's error means for the person at the screen."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store import server_failures
from outcome_tracker.store.backup_names import newest
from outcome_tracker.store.location import is_allowed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outcome_tracker.store.location import Location

BUSY_SECONDS = 5
_DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")
_MAKE = "Make one with: outcome-tracker targets apply"
_FIRST = "Check the path, and that its drive is there. For a new workspace: outcome-tracker targets apply"


class Broken(Unavailable):
    """What is at the database's place is no database, or part of one: nothing can be read from it."""


class Foreign(Unavailable):
    """The database is another program's."""


class Newer(Unavailable):
    """The database is from a newer version of the program."""


def missing(location: Location) -> Unavailable:
    """Return what is wrong with a file that isn't there."""
    if not location.file.parent.is_dir():
        return Unavailable(f"The folder {location.file.parent} does not exist.", _FIRST)
    return Unavailable(f"There is no database at {location.shown}.", _FIRST)


def without_tables(location: Location) -> Unavailable:
    """Return what is wrong with a database of ours that says nothing of its schema."""
    if location.path is not None:
        return damaged(location)
    return Unavailable(f"The database {location.shown} has no tables of Outcome Tracker.", _MAKE.replace("one", "them"))


def folder(location: Location) -> Unavailable:
    """Return what is wrong with a path that names a folder."""
    return Unavailable(
        f"{location.shown} is a folder, not a database.",
        f"Name a file in it, such as {location.file / 'tracker.db'}.",
    )


def empty(location: Location) -> Unavailable:
    """Return what is wrong with a file of no bytes: SQLite itself would take it for a new database."""
    return Broken(
        f"{location.shown} is empty: it has 0 bytes and holds no database.",
        f"If nothing was ever in it, remove the file and run outcome-tracker targets apply. {_restore(location)}",
    )


def foreign(location: Location) -> Unavailable:
    """Return what is wrong with another program's database."""
    return Foreign(
        f"{location.shown} is the database of another program.", "Nothing in it was changed. Check the path."
    )


def not_a_database(location: Location) -> Unavailable:
    """Return what is wrong with a file of another kind."""
    return Broken(
        f"{location.shown} is not a database.",
        f"Nothing in it was changed. Check the path. {_restore(location)}",
    )


def damaged(location: Location) -> Unavailable:
    """Return what is wrong with a database that is truncated, overwritten or half there."""
    return Broken(f"{location.shown} is damaged: part of it is missing or cannot be read.", _restore(location))


def _restore(location: Location) -> str:
    """Return how to put a backup in a file's place."""
    if location.path and (found := newest(location)):
        return f"Put the newest backup in its place; the file itself is kept: outcome-tracker restore {found}"
    return "Put a backup in its place; the file itself is kept: outcome-tracker restore FILE"


def newer(location: Location, revision: str, known: str) -> Unavailable:
    """Return what is wrong with a database that this program is too old for."""
    return Newer(
        f"{location.shown} was changed by a newer version of Outcome Tracker "
        f"(its schema is {revision}, this version knows {known}).",
        "Install the newest version. Nothing was changed.",
    )


def older(location: Location, revision: str, known: str) -> Unavailable:
    """Return what is wrong with a database that nobody has migrated yet."""
    return Unavailable(
        f"{location.shown} is from an older version of Outcome Tracker (its schema is {revision}, not {known}).",
        "Open it once with permission to change it: it is then brought up to date, with a backup beside it.",
    )


def read_only(location: Location) -> Unavailable:
    """Return why nothing can be saved where nothing may be written."""
    return Unavailable(
        f"{location.shown} can only be read: the file or its folder is write-protected.",
        "Ask for permission to change the file and its folder.",
    )


def unreadable(location: Location) -> Unavailable:
    """Return why nothing can even be read."""
    return Unavailable(
        f"You may not open {location.shown}: the file or its folder is closed to you.",
        "Ask for permission to read and change the file and its folder.",
    )


def busy(location: Location) -> Unavailable:
    """Return what is wrong with a database that somebody else holds."""
    return Unavailable(
        f"{location.shown} is in use by another program and was not free within {BUSY_SECONDS} seconds.",
        "Close other programs that have it open, and try again.",
    )


def full(location: Location) -> Unavailable:
    """Return what is wrong when there is no room."""
    return Unavailable(
        f"There is no room left on the disk for {location.shown}.",
        "Free some space, and try again.",
    )


def settings(location: Location, name: str, wanted: str, found: str) -> Unavailable:
    """Return what is wrong when SQLite refuses a setting that keeps saved figures safe."""
    return Unavailable(
        f"{location.shown} cannot be opened safely: {name} is '{found}' and not '{wanted}'.",
        "Close other programs that have it open, and try again.",
    )


def explain(error: BaseException, location: Location) -> Unavailable | None:
    """Return what to tell of a driver's error, or None where it is a defect of ours."""
    if is_damage(error):
        return not_a_database(location) if _name(error) == "SQLITE_NOTADB" else damaged(location)
    if isinstance(error, sqlite3.Error):
        return _sqlite(_name(error), location)
    if isinstance(error, OSError):
        return _system(error, location)
    return server_failures.explain(error, location, BUSY_SECONDS)


def is_busy(error: BaseException | None) -> bool:
    """Tell whether a driver's error says that somebody else holds the database."""
    name = getattr(error, "sqlite_errorname", "")
    return name.startswith(_BUSY) or getattr(error, "sqlstate", None) in server_failures.BUSY_STATES


def is_damage(error: BaseException) -> bool:
    """Tell whether a driver's error says that the file itself is no whole database.

    Python has no name for what it can't read as text, be it in a row or in what SQLite says of a broken schema. And
    the table that is asked for first is missing from a database that was emptied while it was opened.
    """
    told = ("Could not decode", "no such table: alembic_version")
    garbled = isinstance(error, sqlite3.OperationalError) and str(error).startswith(told)
    return garbled or isinstance(error, UnicodeDecodeError) or _name(error).startswith(_DAMAGE)


def _name(error: BaseException) -> str:
    return str(getattr(error, "sqlite_errorname", ""))


def _sqlite(name: str, location: Location) -> Unavailable | None:
    if name.startswith(_BUSY):
        return busy(location)
    # A full disk gives SQLITE_FULL, a limit on the size of files SQLITE_IOERR_WRITE.
    if name in {"SQLITE_FULL", "SQLITE_IOERR_WRITE"}:
        return full(location)
    if name == "SQLITE_READONLY_ROLLBACK":
        return Unavailable(
            f"{location.shown} was left in the middle of a change, and is write-protected, so it cannot be put right.",
            "Open it once with permission to change the file and its folder.",
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_CANTOPEN")):
        return _closed(location)
    if name.startswith("SQLITE_IOERR"):
        return Unavailable(
            f"{location.shown} cannot be read or written: the disk or the network drive failed ({name}).",
            "Check that the drive is connected, and try again.",
        )
    return None


def _closed(location: Location) -> Unavailable:
    """Return which permission is missing; SQLite says the same of a file that can't be read and one without folder."""
    if not location.file.exists():
        return missing(location)
    return read_only(location) if is_allowed(location.file, os.R_OK) else unreadable(location)


def _system(error: OSError, location: Location) -> Unavailable:
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return full(location)
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return read_only(location)
    return Unavailable(f"{location.shown} cannot be read or written: {error.strerror or error}.", "Check the path.")


@contextmanager
def explained(location: Location) -> Iterator[None]:
    """Turn what a driver raises inside into `Unavailable`; defects pass as they are."""
    try:
        yield
    except Exception as error:
        unavailable = explain(getattr(error, "orig", None) or error, location)
        if unavailable is None:
            raise
        raise unavailable from error
