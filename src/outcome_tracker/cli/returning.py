"""Returns: a workbook for every owner to fill in, and what comes back taken in."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from outcome_tracker.cli.asking import answered, meanings
from outcome_tracker.cli.options import Command, Settings, period_option
from outcome_tracker.cli.output import BOLD, err, out, problems, styled, table, terminal_width
from outcome_tracker.core.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outcome_tracker.core.figure import Status
    from outcome_tracker.core.period import Period
    from outcome_tracker.tracker.return_imports import Returned
    from outcome_tracker.tracker.return_ledger import Change


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
    if made.notice:
        err(f"warning: {made.notice}")
    out(str(path) for path in returns.write(workspace, made, folder, force=force))
    err(f"{plural(len(made.forms), 'template')} for {made.period.label}: {plural(made.figures, 'figure')}.")


def _told(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, Status]:
    told = meanings(context, parameter, values)
    if "blank" in told:
        raise click.BadParameter("An empty row of a return is still to come; leave blank out.", context, parameter)
    return told


@click.command("return", cls=Command)
@click.argument("files", type=click.Path(path_type=Path), metavar="FILE...", nargs=-1, required=True)
@period_option()
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option(
    "--missing",
    "told",
    metavar="MARKER=STATUS",
    multiple=True,
    callback=_told,
    help="What a marker means, as x=suppressed; may be repeated.",
)
@click.option(
    "--keep",
    type=click.Choice(["tracker", "return"]),
    help="Whose figure stands where somebody else has saved another one meanwhile.",
)
@click.pass_obj
def import_return(
    settings: Settings,
    files: tuple[Path, ...],
    period: Period | None,
    told: dict[str, Status],
    keep: str | None,
    *,
    dry_run: bool,
) -> int:
    """Take in returns that owners have filled in: all files or nothing; the same return twice changes nothing.

    FILE may be a folder too, of which every workbook is taken. Prints what changes. The returns must be for one
    period, the one that --period names where it is given.
    """
    from outcome_tracker.core.returned_wording import counts_line
    from outcome_tracker.tracker.return_imports import import_returns
    from outcome_tracker.tracker.return_ledger import Keep

    chosen = Keep(keep) if keep else None
    workspace = settings.workspace()

    def imported(told: dict[str, Status]) -> Returned:
        return import_returns(workspace, files, told, period=period, keep=chosen, dry_run=dry_run)

    found = answered(imported, told)
    out(_changes(found.changes, terminal_width()))
    problems(found.warnings)
    problems(found.problems)
    if found.problems:
        err(f"Nothing was imported: {plural(len(found.problems), 'problem')}.")
        return 1
    out([counts_line(found.counts, dry_run=dry_run)])
    return 0


def _changes(changes: tuple[Change, ...], width: int) -> Iterator[str]:
    """Yield what changes, a table for each file; a commentary comes behind its indicator's figures."""
    by_file = sorted(changes, key=lambda each: (each.file, each.code, each.is_commentary, each.period.end))
    for file, found in groupby(by_file, key=lambda change: change.file):
        rows = [
            (each.code, each.period.code, each.was, f"{'commentary: ' * each.is_commentary}{each.becomes}")
            for each in found
        ]
        yield styled(file, BOLD)
        yield from table(("Code", "Period", "Was", "Becomes"), rows, width, title=3)
        yield ""
