"""The command line's root: global options, the list of commands, and what opens the terminal screens."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from outcome_tracker import __version__
from outcome_tracker.cli.options import Group, Settings

if TYPE_CHECKING:
    from outcome_tracker.tracker.workspace import Workspace

_COMMANDS = {
    "demo": ("making:demo", "A workspace with the published plans; then open it."),
    "init": ("making:init", "An empty workspace with commented plan files."),
    "serve": ("serving:serve", "The screens, for people with a browser."),
    "targets": ("plans:targets", "Check, compare or apply the plan files."),
    "enter": ("entering:enter", "Enter or correct one figure."),
    "import": ("importing:import_", "Import a CSV file."),
    "milestone": ("entering:milestone", "Change a milestone's status."),
    "comment": ("commenting:comment", "Write one section of commentary."),
    "summary": ("reviewing:summary", "The council and its plans in a period."),
    "changes": ("looking_back:changes", "What changed since the period before."),
    "heat-map": ("looking_back:heat_map", "Every indicator's rating in the last periods."),
    "scorecard": ("reviewing:scorecard", "Every indicator with rating and direction."),
    "indicator": ("reviewing:indicator", "Everything about one indicator."),
    "areas": ("reviewing:areas", "Every authority's figure, ranked."),
    "audit": ("auditing:audit", "Published values that are not what their parts give."),
    "breakdown": ("breaking_down:breakdown", "Counts by source, reason or team."),
    "due": ("reviewing:due", "What has not been returned, by owner."),
    "remind": ("collecting:remind", "A reminder for an owner of figures that are due."),
    "template": ("returning:template", "Return templates for owners, as Excel workbooks."),
    "milestones": ("reviewing:milestones", "Where actions and milestones stand."),
    "commentary": ("commenting:commentary", "Who owes commentary, and what is said."),
    "status": ("signing:status", "How far each plan's sign-off is, and what is missing."),
    "submit": ("signing:submit", "Submit a plan's period for sign-off."),
    "sign-off": ("signing:sign_off", "Sign off a plan's period, and seal it."),
    "reopen": ("signing:reopen", "Open a signed-off period again, for a reason."),
    "report": ("reporting:report", "The report of a period, as a file."),
    "export": ("exporting:export", "CSV with the columns of the imports, on stdout."),
    "backup": ("backing_up:backup", "A verified copy of the database, while others work."),
    "doctor": ("doctoring:doctor", "What is wrong with the database or near it, and what to do."),
    "restore": ("backing_up:restore", "A backup in the database's place; what was there is kept."),
    "database": ("database:database", "Copy a database from a file to a server, or back."),
}


@click.group(
    cls=Group,
    lazy=_COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done, 1 problems found, 2 wrong usage, 3 not possible now.",
)
@click.version_option(__version__, "--version", message="outcome-tracker %(version)s")
@click.pass_context
def root(context: click.Context) -> int | None:
    """Track a council's outcome plans: agreed targets, figures, ratings and scorecards.

    Without a command the terminal screens open on the workspace.
    """
    if context.invoked_subcommand is not None:
        return None
    settings = context.find_object(Settings)
    assert settings is not None  # noqa: S101 - __main__ passes it
    return open_screens(settings.workspace())


def has_terminal() -> bool:
    """Tell whether keys can be read and screens drawn: by a terminal, or by the browser behind `serve`."""
    if os.environ.get("TEXTUAL_DRIVER"):
        return True
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def open_screens(workspace: Workspace) -> int:
    """Open the terminal screens; raises `Unavailable` where there is no terminal, or no workspace to open."""
    from outcome_tracker.core.problem import Unavailable

    if not has_terminal():
        raise Unavailable(
            "The screens need a terminal, and there is none here.",
            "`outcome-tracker summary` prints the same as text; `outcome-tracker --help` lists every command.",
        )
    check_is_there(workspace)
    from outcome_tracker.tui.start import run

    return run(workspace)


def check_is_there(workspace: Workspace) -> None:
    """Raise `Unavailable` where there is no workspace to open."""
    if not workspace.has_database and not workspace.targets.is_dir():
        from outcome_tracker.core.problem import Unavailable

        raise Unavailable(
            f"There is no workspace in {workspace.folder}.",
            "`outcome-tracker demo` makes one with published plans, `outcome-tracker init DIR` an empty one.",
        )
