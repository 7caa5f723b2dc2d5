"""Commands that keep the database safe: backups, and putting one in its place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from outcome_tracker.cli.options import Command, Settings
from outcome_tracker.cli.output import err, out
from outcome_tracker.core.text import plural, size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outcome_tracker.tracker.restoring import Restored


@click.command(cls=Command)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--keep",
    type=click.IntRange(1, 9_999),
    metavar="N",
    help="How many of the newest backups stay (default: as council.yaml says, or 30).",
)
@click.pass_obj
def backup(settings: Settings, folder: Path | None, keep: int | None) -> int:
    """Copy the database into DIR while others work, and read the copy through.

    DIR is data/backups beside the database unless named. The newest 30 backups stay there, and the last one of each of
    the last 12 months; from a DIR that you name nothing is removed without --keep.
    """
    from outcome_tracker.tracker.backups import make_backup

    made = make_backup(settings.workspace(), folder and folder.absolute(), keep)
    out([f"{short(made.path)}: {size(made.size)}, read through and compared with the database."])
    if made.removed:
        out([f"Removed {plural(len(made.removed), 'older backup')}: {_names(made.removed)}."])
    if made.stuck:
        err(f"{plural(len(made.stuck), 'older backup')} could not be removed, and may go: {_names(made.stuck)}.")
    return 0


@click.command(cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would be lost and what would come back.")
@click.option("--another-council", is_flag=True, help="Also where the backup is of another council's database.")
@click.pass_obj
def restore(settings: Settings, file: Path, *, dry_run: bool, another_council: bool) -> int:
    """Put the backup FILE in the database's place, once it has been read through.

    What was there before is kept as a copy in data/backups; a damaged database is kept under another name. A FILE
    without folder is looked for in data/backups too.
    """
    from outcome_tracker.tracker.restoring import restore as put_back

    workspace = settings.workspace()
    restored = put_back(workspace, file, another_council=another_council, dry_run=dry_run)
    database = short(workspace.location.file)
    out(_losses(restored, dry_run=dry_run))
    if dry_run:
        out([f"Nothing was restored: {short(restored.backup)} is whole and can take the place of {database}."])
        return 0
    out([f"Restored {database} from {short(restored.backup)}."])
    if restored.brought_up_to_date:
        out(["It was from an older version, and was brought up to date."])
    if restored.kept is not None:
        what = "The damaged file" if restored.was_damaged else "What was there before"
        out([f"{what} is kept as {short(restored.kept)}."])
    return 0


def _losses(restored: Restored, *, dry_run: bool) -> list[str]:
    """Say what the database held that the backup doesn't, and the other way round."""
    from outcome_tracker.core.loss_wording import entries_text
    from outcome_tracker.tracker.moments import moment

    if restored.was_damaged:
        return ["The database is damaged, so what it held beyond the backup cannot be told."]
    if restored.lost is None or restored.found is None:
        return []
    lines = ["Nothing is lost: the backup holds everything that the database held."]
    if restored.lost.total and restored.lost.at:
        latest = f"the latest by {restored.lost.who} on {moment(restored.lost.at)}"
        lines = [f"{'Would be lost' if dry_run else 'No longer there'}: {entries_text(restored.lost)}; {latest}."]
    if restored.found.total:
        lines.append(f"{'Would come back' if dry_run else 'Back again'}: {entries_text(restored.found)}.")
    return lines


def _names(paths: Sequence[Path]) -> str:
    shown = [path.name for path in paths[:3]]
    return ", ".join(shown) + (f" and {len(paths) - len(shown):,} more" if len(paths) > len(shown) else "")


def short(path: Path) -> str:
    """Return a path from the current folder on, where that is shorter."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
