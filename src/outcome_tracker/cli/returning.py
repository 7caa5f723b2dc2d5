"""Return templates: a workbook for every owner, to be filled in and sent back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from outcome_tracker.cli.options import Command, Settings, period_option
from outcome_tracker.cli.output import err, out
from outcome_tracker.core.text import plural

if TYPE_CHECKING:
    from outcome_tracker.core.period import Period


@click.command(cls=Command)
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--owner", metavar="NAME", help="The owner as in the plan files, in any case.")
@click.option("--all", "everybody", is_flag=True, help="Everybody who owns a figure of the period.")
@period_option()
@click.option("--force", is_flag=True, help="Replace files that are there already.")
@click.pass_obj
def template(
    settings: Settings, folder: Path, owner: str | None, period: Period | None, *, everybody: bool, force: bool
) -> None:
    """Write a return template for an owner, or one for each, into the folder DIR, and print their names.

    An Excel workbook with the owner's figures of the period, to be filled in and sent back; `import return` reads it.
    """
    if (owner is None) is not everybody:
        raise click.UsageError("Name one --owner, or give --all; `outcome-tracker due --by owner` lists them.")
    from outcome_tracker.tracker import returns

    workspace = settings.workspace()
    made = returns.forms(workspace, period, owner)
    out(str(path) for path in returns.write(workspace, made, folder, force=force))
    err(f"{plural(len(made.forms), 'template')} for {made.period.label}: {plural(made.figures, 'figure')}.")
