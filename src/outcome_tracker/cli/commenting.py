"""Commands for commentary: who owes some and what is said, and saving one section."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from outcome_tracker.cli.options import Command, Settings, format_option, period_option
from outcome_tracker.cli.output import err, out, out_data, problems, terminal_width
from outcome_tracker.core import wording
from outcome_tracker.core.commentary import State
from outcome_tracker.core.problem import Problem, Unavailable, nearest

if TYPE_CHECKING:
    from outcome_tracker.core.period import Period
    from outcome_tracker.tracker.commentary import Board


@click.command(cls=Command)
@period_option()
@click.option("--plan", metavar="CODE", help="One plan only.")
@click.option("--missing", is_flag=True, help="Only what must be explained and is not.")
@format_option()
@click.pass_obj
def commentary(settings: Settings, period: Period | None, plan: str | None, form: str, *, missing: bool) -> None:
    """Print who owes commentary, and what is said of plans and indicators."""
    from outcome_tracker.tracker.commentary import board

    workspace = settings.workspace()
    found = _of_plan(board(workspace, period), plan)
    groups = [
        (name, [s for s in members if not missing or s.state is State.MISSING])
        for name, members in found.groups(every=True)
    ]
    if form == "text":
        from outcome_tracker.cli.commentary_text import lines

        out(lines(found, [group for group in groups if group[1]], workspace.seen_from, terminal_width()))
        return
    from outcome_tracker.cli import commentary_data
    from outcome_tracker.cli.as_data import csv_text, json_text

    subjects = [subject for _, members in groups for subject in members]
    if form == "json":
        out_data(json_text(commentary_data.commentary(found, subjects, workspace.seen_from)))
    else:
        out_data(csv_text(commentary_data.rows(subjects), commentary_data.COLUMNS))


def _of_plan(found: Board, plan: str | None) -> Board:
    if plan is None:
        return found
    codes = list(dict.fromkeys(subject.plan.code for subject in found.subjects))
    code = next((code for code in codes if code.casefold() == plan.strip().casefold()), None)
    if code is None:
        raise Unavailable(
            f"There is no plan '{plan}' in {found.period}.{nearest(plan, codes)}", f"Plans: {', '.join(codes)}."
        )
    return found.within(code)


@click.command(cls=Command)
@click.argument("subject")
@click.argument("period")
@click.argument("section")
@click.argument("text", required=False)
@click.option("--clear", is_flag=True, help="Empty the section, instead of a TEXT; its history stays.")
@click.pass_obj
def comment(settings: Settings, subject: str, period: str, section: str, text: str | None, *, clear: bool) -> int:
    """Write one section of commentary.

    SUBJECT is the code of a plan or an indicator, SECTION for example 'Analysis and issues', Cause, Action, Owner,
    'Due date', 'Expected return to target' or 'Year-end forecast'. TEXT - reads the text from stdin.
    """
    from outcome_tracker.tracker import commentary as use_cases
    from outcome_tracker.tracker.signoff import addendum_notes

    if text is None and not clear:
        raise click.UsageError("There is no TEXT; give one in quotes, - to read it from stdin, or --clear.")
    words = _from_stdin() if text == "-" else text or ""
    saved = use_cases.comment(settings.workspace(), subject, period, section, words, clear=clear)
    if isinstance(saved, Problem):
        problems([saved])
        return 1
    said, changed = saved
    what = f"{said.subject} {wording.period_short(said.period)}, {said.section}"
    if not changed:
        out([f"{what}: unchanged: it said this already."])
    else:
        out([f"{what}: {'saved' if said.text else 'cleared'} as version {said.version}."])
        for note in addendum_notes(settings.workspace(), said.subject, said.period):
            err(note)
    return 0


def _from_stdin() -> str:
    """Read a text as UTF-8, whatever the terminal's own encoding is."""
    data = sys.stdin.buffer.read() if sys.stdin is not None else b""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise click.UsageError("The text on stdin is not UTF-8; save it as UTF-8.") from None
