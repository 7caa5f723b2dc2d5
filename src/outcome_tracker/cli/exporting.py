"""Export: CSV on stdout or into a file, with the columns that the imports read."""

from __future__ import annotations

from pathlib import Path

import click

from outcome_tracker.cli.options import Command, Settings
from outcome_tracker.cli.output import err, out_data
from outcome_tracker.core.text import listed
from outcome_tracker.exchange.csv_out import pieces
from outcome_tracker.tracker.exports import KINDS, PUBLIC_KINDS
from outcome_tracker.tracker.exports import export as exported


@click.command(cls=Command)
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--output", "-o", "file", metavar="FILE", type=click.Path(path_type=Path), help="Write into a file.")
@click.option("--force", is_flag=True, help="Replace the file where it is there already.")
@click.option("--published", is_flag=True, help="Hide small numbers, for publication; no import takes such a file.")
@click.pass_obj
def export(settings: Settings, kind: str, file: Path | None, *, force: bool, published: bool) -> None:
    """Print what is current as CSV, with the columns of the imports; `audit` prints every version of everything.

    An export is a backup and holds every number, for officers; figures and breakdowns can be --published.
    """
    if published and kind not in PUBLIC_KINDS:
        raise click.UsageError(f"--published is for {listed(list(PUBLIC_KINDS))}; {kind} are exported as they are.")
    if force and file is None:
        raise click.UsageError("--force is for --output; name the file.")
    workspace = settings.workspace()
    with workspace.read() as reader:
        found = exported(workspace, reader, kind, published=published)
        for warning in (reader.notice, *found.warnings):
            if warning:
                err(f"warning: {warning}")
        text = pieces(found.columns, found.rows)
        if file is None:
            for piece in text:
                out_data(piece)
            return
        from outcome_tracker.tracker.files import write_whole

        write_whole(file, (piece.encode() for piece in text), force=force)
    err(f"Written to {file}.")
