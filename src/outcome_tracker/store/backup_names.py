"""How backups are called, and which there are."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from outcome_tracker.store.location import Location

_WHEN = "%Y-%m-%d-%H%M%S"  # no colons: Windows has no such names


def label(at: datetime) -> str:
    """Return what the name of a copy made at a time ends in; the time is as the wall clock shows it."""
    return at.strftime(_WHEN)


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


def newest(location: Location) -> Path | None:
    """Return the newest backup beside a database; where none tells its time, the one that was written last."""
    if found := [*made(location, location.backups)]:
        return found[-1]
    with suppress(OSError):
        others = [path for path in location.backups.iterdir() if is_copy(location, path)]
        return max(others, key=lambda path: path.stat().st_mtime, default=None)
    return None


def is_copy(location: Location, path: Path) -> bool:
    """Tell whether a file is called as a finished copy of the database."""
    return path.name.startswith(f"{location.file.stem}-") and path.suffix == ".db"


def drafts(location: Location, folder: Path) -> list[Path]:
    """Return the drafts in a folder, of copies and of databases: hidden files that end in `.part`, `.new`, `.making`.

    One that nobody is writing at the moment was left by a program that was killed.
    """
    pattern = re.compile(rf"\.{re.escape(location.file.stem)}[-.].*\.\d+\.(?:part|new|making)(?:-journal)?")
    with suppress(OSError):
        return sorted(path for path in folder.iterdir() if pattern.fullmatch(path.name))
    return []
