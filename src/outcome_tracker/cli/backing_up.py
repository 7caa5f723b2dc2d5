"""Commands that keep the database safe: backups."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from outcome_tracker.cli.options import Command, Settings
from outcome_tracker.cli.output import err, out
from outcome_tracker.core.text import plural, size

if TYPE_CHECKING:
    from collections.abc import Sequence


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
    out([f"{_short(made.path)}: {size(made.size)}, read through and compared with the database."])
    if made.removed:
        out([f"Removed {plural(len(made.removed), 'older backup')}: {_names(made.removed)}."])
    if made.stuck:
        err(f"{plural(len(made.stuck), 'older backup')} could not be removed, and may go: {_names(made.stuck)}.")
    return 0


def _names(paths: Sequence[Path]) -> str:
    shown = [path.name for path in paths[:3]]
    return ", ".join(shown) + (f" and {len(paths) - len(shown):,} more" if len(paths) > len(shown) else "")


def _short(path: Path) -> str:
    """Return a path from the current folder on, where that is shorter."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
