"""Why a backup can't be made, and what to do about it."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.text import size
from outcome_tracker.store import failures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from outcome_tracker.store.location import Location

# What SQLite says of the copy, not of what is copied: that is only read.
_FULL = {"SQLITE_FULL", "SQLITE_IOERR_WRITE"}
_REFUSED = ("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM")
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class NoRoom(Unavailable):
    """A disk has no room for a copy."""


def on_a_server(location: Location) -> Unavailable:
    """Return why a database on a server is not copied here."""
    return Unavailable(
        "A database on a server is backed up by the server's own program.",
        f"Run: pg_dump --format=custom --file=tracker.dump {location.shown}",
    )


def on_a_server_too(location: Location) -> Unavailable:
    """Return why a database on a server is not restored here."""
    return Unavailable(
        "A database on a server is restored by the server's own program.",
        f"Run, into an empty database: pg_restore --dbname={location.shown} tracker.dump",
    )


def too_small(folder: Path, needed: int, free: int) -> Unavailable:
    """Return that there is no room for a copy, before one is begun."""
    return NoRoom(
        f"The disk of {folder} is too small for a backup: it needs {size(needed)}, and {size(free)} are free.",
        "Nothing was written. Free some space, or name a folder on another disk: outcome-tracker backup DIR",
    )


def filled(folder: Path) -> Unavailable:
    """Return that the disk was full before the copy was complete."""
    return NoRoom(
        f"The disk of {folder} was full before the backup was complete; the part was removed again.",
        "Free some space, or name a folder on another disk: outcome-tracker backup DIR",
    )


def without_folder(folder: Path) -> Unavailable:
    """Return that the folder above the one for backups isn't there."""
    return Unavailable(
        f"There is no folder {folder.parent} to put backups into.",
        "Check the path, and that its drive is there; or name another folder: outcome-tracker backup DIR",
    )


def not_a_folder(folder: Path) -> Unavailable:
    """Return that a file stands where the backups should go."""
    return Unavailable(f"{folder} is a file, not a folder for backups.", "Name a folder: outcome-tracker backup DIR")


def closed(folder: Path, reason: str) -> Unavailable:
    """Return that nothing may be written into the folder."""
    return Unavailable(
        f"No backup can be written into {folder}: {reason}.",
        "Ask for permission to write there, or name another folder: outcome-tracker backup DIR",
    )


def not_the_same(folder: Path) -> Unavailable:
    """Return that a copy, read back, is not what was copied."""
    return Unavailable(
        f"The backup in {folder} could not be read back as it was written, and was removed again: "
        "the disk may be failing.",
        "Name a folder on another disk, outcome-tracker backup DIR, and tell your IT service of this one.",
    )


def restored_badly(location: Location, kept: Path) -> Unavailable:
    """Return that what was restored, read back, is not the backup."""
    return Unavailable(
        f"{location.shown}, read back, is not what was restored: the disk may be failing.",
        f"What was there before is in {kept}. Tell your IT service, and go on on another disk: --database FILE",
    )


def same_file(path: Path) -> Unavailable:
    """Return that the database itself was named as the backup."""
    return Unavailable(
        f"{path} is the database itself, not a backup of it.",
        "Name a backup; they are in data/backups: outcome-tracker restore FILE",
    )


def another_council(path: Path, theirs: str, ours: str) -> Unavailable:
    """Return that a backup is of another council's database."""
    return Unavailable(
        f"{path} is of {theirs}, and this workspace is of {ours}.",
        "Nothing was restored. If it should take the place all the same, add --another-council.",
    )


def not_usable(unavailable: Unavailable, remedy: str = "") -> Unavailable:
    """Return why a backup can't take the database's place."""
    return Unavailable(unavailable.sentence, f"Nothing was restored. {remedy or 'Choose another backup.'}")


@contextmanager
def explained(location: Location, folder: Path) -> Iterator[None]:
    """Turn what goes wrong with a copy in a folder into a sentence; what is wrong with the database is told as ever."""
    try:
        yield
    except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
        raise _explain(error, location, folder) from error


def _explain(error: sqlite3.Error | OSError | UnicodeDecodeError, location: Location, folder: Path) -> BaseException:  # noqa: PLR0911 - one return a sentence
    if isinstance(error, OSError):
        if error.errno in _NO_ROOM:
            return filled(folder)
        if isinstance(error, FileNotFoundError):
            return without_folder(folder)
        if isinstance(error, FileExistsError | NotADirectoryError):
            return not_a_folder(folder)
        return closed(folder, error.strerror or str(error))
    name = getattr(error, "sqlite_errorname", "")
    if name in _FULL:
        return filled(folder)
    if name.startswith(_REFUSED):
        return closed(folder, "the folder is write-protected")
    return failures.explain(error, location) or error
