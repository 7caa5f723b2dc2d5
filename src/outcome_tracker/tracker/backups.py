"""Back up: a verified copy of the database, asked for or made on leaving the screens, and the removal of old ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcome_tracker.core.retention import retention_of
from outcome_tracker.core.role import Role
from outcome_tracker.store import backups
from outcome_tracker.store.backup_names import label, made
from outcome_tracker.tracker.workspace import LONDON

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from outcome_tracker.tracker.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Made:
    """A backup, how many bytes it has, the older ones that were removed, and those that could not be."""

    path: Path
    size: int
    removed: tuple[Path, ...] = ()
    stuck: tuple[Path, ...] = ()


def make_backup(workspace: Workspace, folder: Path | None = None, keep: int | None = None) -> Made:
    """Back the database up into a folder, `data/backups` unless named, and remove older backups from it.

    `keep` is how many of the newest stay, as council.yaml says unless given. From a folder that is named nothing is
    removed without it. Raises `Unavailable`.
    """
    if workspace.location.path is not None:  # else its server must not even be asked for its council
        workspace.check_may(Role.OFFICER, "copy the whole database")
    return _made(workspace, folder, keep)


def _made(workspace: Workspace, folder: Path | None = None, keep: int | None = None) -> Made:
    location, now = workspace.location, wall_clock(workspace)
    path = backups.back_up(location, folder, label(now))
    removed: list[Path] = []
    stuck: list[Path] = []
    if folder is None or keep is not None:
        kept = keep or retention_of(workspace.council()).keep
        removed, stuck = backups.rotate(location, path, kept, now)
    return Made(path, path.stat().st_size, tuple(removed), tuple(stuck))


def back_up_on_leaving(workspace: Workspace) -> Path | None:
    """Back the database up unless the newest backup holds the same, or council.yaml says not to.

    It is for somebody who has saved something, and so has a role for that, be it officer or approver.
    Return the backup that was made. Raises `Unavailable`.
    """
    location = workspace.location
    if location.path is None or not workspace.has_database or workspace.read_only:
        return None
    if not retention_of(workspace.council()).on_leaving:
        return None
    found = [*made(location, location.backups)]
    if found and backups.is_saved(location, found[-1]):
        return None
    return _made(workspace).path


def wall_clock(workspace: Workspace) -> datetime:
    """Return the time as a clock in London shows it, which is what people look for in a file's name."""
    return workspace.now().astimezone(LONDON).replace(tzinfo=None)
