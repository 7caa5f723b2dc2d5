"""Commands that save something: a figure, a file of them, a milestone's status."""

from __future__ import annotations

from pathlib import Path

import click

from outcome_tracker.cli.options import Command, NumbersCommand, Settings
from outcome_tracker.cli.output import err, out, problems, terminal_width, wrap
from outcome_tracker.core import wording
from outcome_tracker.core.problem import Problem
from outcome_tracker.core.text import plural


@click.command(cls=NumbersCommand)
@click.argument("code")
@click.argument("period")
@click.argument("value", metavar="VALUE|N/D", required=False)
@click.option("--status", default="", help="provisional, or why there is no figure: not returned, not available, …")
@click.option("--note", default="", metavar="TEXT", help="A note that stays with the figure.")
@click.option("--why", default="", metavar="TEXT", help="Why it is corrected, for the audit trail.")
@click.pass_obj
def enter(settings: Settings, code: str, period: str, value: str | None, status: str, note: str, why: str) -> int:
    """Enter or correct one figure.

    VALUE is a number such as 21.2, 1,234 or 16%; N/D are its parts, as in 44/276. PERIOD is as in
    '2018-19 Q4', 2019-03 or 2018-19; put quotes round it where it has a space.
    """
    from outcome_tracker.tracker import collect

    try:
        how = collect.status_named(status)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--status") from None
    if value is None and not how.is_absent:
        raise click.UsageError(
            "There is no VALUE; give a number or parts, or --status 'not available' and the like. "
            "A period with a space needs quotes, as in '2018-19 Q4'."
        )
    entered = collect.enter(settings.workspace(), code, period, value or "", status=how, note=note, why=why)
    if isinstance(entered, Problem):
        problems([entered])
        return 1
    for warning in entered.warnings:
        err(f"warning: {warning}")
    figure = entered.figure
    version = f"saved as version {figure.version}" if entered.changed else "unchanged: it was entered already"
    out(
        [
            f"{figure.indicator} {figure.period.label}: {version}.",
            *wrap(wording.sentence(entered.row), terminal_width()),
        ]
    )
    return 0


_KINDS = ("figures", "benchmarks", "milestones", "commentary", "published")


@click.command("import", cls=Command)
@click.argument("kind", type=click.Choice(_KINDS))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option(
    "--encoding", type=click.Choice(["utf-8", "cp1252"]), default="utf-8", help="cp1252 for files of older Excels."
)
@click.pass_obj
def import_(settings: Settings, kind: str, file: Path, encoding: str, *, dry_run: bool) -> int:
    """Import a CSV file, all of it or nothing; the same file twice changes nothing."""
    from outcome_tracker.tracker.imports import import_file

    workspace = settings.workspace()
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    imported = import_file(workspace, kind, file, dry_run=dry_run, encoding=codec)
    problems(imported.problems)
    if imported.problems:
        err(f"Nothing was imported: {plural(len(imported.problems), 'problem')} in {file}.")
        return 1
    problems(imported.warnings)
    if dry_run:
        out(imported.lines)
    would = "Nothing was imported. Would add {:,}, change {:,}; {:,} unchanged."
    did = "Added {:,}, changed {:,}; {:,} unchanged."
    out([(would if dry_run else did).format(imported.added, imported.changed, imported.unchanged)])
    return 0


@click.command(cls=Command)
@click.argument("code")
@click.argument("status")
@click.option("--date", "day", default="", metavar="DATE", help="When, as in 2019-03-31 (default: today).")
@click.option("--new-due", default="", metavar="DATE", help="The new date of a re-phased one; 2019-20 will do.")
@click.option("--reason", default="", metavar="TEXT", help="Why; re-phasing needs one.")
@click.pass_obj
def milestone(settings: Settings, code: str, status: str, day: str, new_due: str, reason: str) -> int:
    """Change the status of a milestone.

    STATUS is not started, on track, delivered, delayed, re-phased or cancelled.
    """
    from outcome_tracker.core.milestone import parse_progress
    from outcome_tracker.tracker.actions import change_status

    try:
        progress = parse_progress(status)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="STATUS") from None
    report = change_status(settings.workspace(), code, progress, day=day, new_due=new_due, reason=reason)
    if isinstance(report, Problem):
        problems([report])
        return 1
    moved = f", now due {wording.due_text(report.new_due)}" if report.new_due else ""
    out([f"{report.milestone}: {wording.PROGRESS_WORD[report.status]}{moved}; saved as version {report.version}."])
    return 0
