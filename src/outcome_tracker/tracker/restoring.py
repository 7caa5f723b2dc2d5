"""Restore: a backup in the database's place, with a copy of what was there, and what that loses said before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.role import Role
from outcome_tracker.store import backup_failures, failures, restoring
from outcome_tracker.store.backup_names import label
from outcome_tracker.tracker.backups import wall_clock

if TYPE_CHECKING:
    from pathlib import Path

    from outcome_tracker.core.indicator import Council
    from outcome_tracker.core.loss import Loss
    from outcome_tracker.store.connection import Connection
    from outcome_tracker.tracker.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put, or with a dry run would be put, in the database's place, and what that means.

    `lost` and `found` are the entries that only the database, and only the backup, holds; None where no database was
    there to compare with. `kept` is the copy of the database as it was, or the damaged file under its new name.
    """

    backup: Path
    lost: Loss | None = None
    found: Loss | None = None
    was_damaged: bool = False
    kept: Path | None = None
    brought_up_to_date: bool = False


def restore(workspace: Workspace, path: Path, *, another_council: bool = False, dry_run: bool = False) -> Restored:
    """Put a backup in the database's place, once it has been read through; nothing is lost without a copy.

    Raises `Unavailable` with a sentence, and changes nothing then: for a file that is no whole database of ours or
    from a newer version, for another council's without `another_council`, while somebody else has the database locked.
    """
    location = workspace.location
    if location.path is None:
        raise backup_failures.on_a_server_too(location)
    workspace.check_not_read_only()
    workspace.check_present()
    path = _found(workspace, path)
    if location.file.exists() and path.exists() and path.samefile(location.file):
        raise backup_failures.same_file(path)
    with _checked(path) as backup:
        usable = restoring.is_usable(location)
        if usable:
            workspace.check_may(Role.OFFICER, "restore a backup")
        if not another_council:
            _check_council(workspace, workspace.council() if usable else None, restoring.council_in(backup), path)
        told = Restored(
            path,
            lost=restoring.loss(location, path) if usable else None,
            found=restoring.loss(backup.location, location.file) if usable else None,
            was_damaged=not usable and location.file.exists(),
        )
        if dry_run:
            return told
        when = label(wall_clock(workspace))
        try:
            if usable:
                kept: Path | None = restoring.replace_content(location, backup, f"before-restore-{when}")
            else:
                kept = restoring.put_in_place(location, backup, when)
        except backup_failures.NoRoom as unavailable:
            raise backup_failures.not_usable(unavailable, "Free some space, and try again.") from None
    return replace(told, kept=kept, brought_up_to_date=restoring.bring_up_to_date(location))


def _found(workspace: Workspace, path: Path) -> Path:
    """Return where a backup is: as named, or in the folder of backups where only its name was given."""
    beside = workspace.location.backups / path.name
    return beside if not path.exists() and path.parent.name == "" and beside.exists() else path.absolute()


def _checked(path: Path) -> Connection:
    try:
        return restoring.check(path)
    except failures.Newer as unavailable:
        raise backup_failures.not_usable(unavailable, "Install the newest version first.") from None
    except Unavailable as unavailable:
        raise backup_failures.not_usable(unavailable) from None


def _check_council(workspace: Workspace, present: Council | None, other: Council | None, path: Path) -> None:
    """Refuse another council's database; where there is no database, the plan files say whose it should be."""
    if present is None and workspace.targets.is_dir():
        from outcome_tracker.tracker.plans import check

        agreed = check(workspace).agreed
        present = agreed.council if agreed else None
    if present is not None and other is not None and other.area != present.area:
        raise backup_failures.another_council(path, f"{other.name} ({other.area})", f"{present.name} ({present.area})")
