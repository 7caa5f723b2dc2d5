"""Commands that save something: a figure, a milestone's status."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from outcome_tracker.cli.options import Command, NumbersCommand, Settings, period_option
from outcome_tracker.cli.output import err, out, problems, terminal_width, wrap
from outcome_tracker.core import wording
from outcome_tracker.core.problem import Problem

if TYPE_CHECKING:
    from outcome_tracker.core.period import Period


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
    from outcome_tracker.tracker.signoff import addendum_notes

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
    for note_on in addendum_notes(settings.workspace(), figure.indicator, figure.period) if entered.changed else ():
        err(note_on)
    version = f"saved as version {figure.version}" if entered.changed else "unchanged: it was entered already"
    out(
        [
            f"{figure.indicator} {figure.period.label}: {version}.",
            *wrap(wording.sentence(entered.row), terminal_width()),
        ]
    )
    return 0


@click.command(cls=Command)
@click.argument("code")
@click.argument("status", required=False)
@period_option()
@click.option("--date", "day", default="", metavar="DATE", help="Since when, as in 2019-03-31; delivered needs it.")
@click.option("--new-due", default="", metavar="DATE", help="The new date of a re-phased one; 2019-20 will do.")
@click.option("--reason", default="", metavar="TEXT", help="Why; re-phased and cancelled need one.")
@click.option("--note", default="", metavar="TEXT", help="Add a note; the status stays, so leave it out.")
@click.pass_obj
def milestone(
    settings: Settings,
    code: str,
    status: str | None,
    period: Period | None,
    day: str,
    new_due: str,
    reason: str,
    note: str,
) -> int:
    """Change the status of a milestone, or add a note to it.

    STATUS is not started, on track, delivered, delayed, re-phased or cancelled. It holds on the last day of the
    reporting period, or today if that is earlier, unless --date says since when.
    """
    from outcome_tracker.core.board import on_text
    from outcome_tracker.core.milestone import parse_progress
    from outcome_tracker.tracker.actions import Changed, Said, change

    if (status is None) is not bool(note):
        raise click.UsageError(
            "A note leaves the status as it is: give a STATUS, with --reason for a remark, or --note without one."
            if note
            else "There is no STATUS; give one, as in delivered or 'on track', or add a note with --note."
        )
    try:
        progress = parse_progress(status) if status else None
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="STATUS") from None
    said = Said(progress, day, new_due, note or reason)
    saved = change(settings.workspace(), code, said, period=period)
    if not isinstance(saved, Changed):
        problems(saved)
        return 1
    for doubt in saved.doubts:
        err(f"warning: {doubt}")
    report = saved.report
    if not saved.counts:
        err(f"warning: That is after {saved.reporting.label}, which stays as it is; --date says since when it holds.")
    moved = f", now due {wording.due_text(report.new_due)}" if report.new_due else ""
    what = f"{wording.PROGRESS_WORD[report.status]} {on_text(report.day)}{moved}" if progress else "the note is added"
    out([f"{report.milestone}: {what}; saved as version {report.version}."])
    return 0
