"""Commands that make a workspace: the demo with published plans, or an empty one."""

from __future__ import annotations

import shutil
import sys
from contextlib import suppress
from pathlib import Path

import click

from outcome_tracker.cli.app import has_terminal, open_screens
from outcome_tracker.cli.options import Command, Settings
from outcome_tracker.cli.output import out, problems
from outcome_tracker.tracker import setup

_DEMO_FOLDER = "outcome-tracker-demo"


@click.command(cls=Command)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--no-open", is_flag=True, help="Only make it.")
@click.pass_obj
def demo(settings: Settings, folder: Path | None, *, no_open: bool) -> int:
    """Make a workspace with the published plans in DIR and open it.

    DIR is ./outcome-tracker-demo unless named. What is there already is kept and opened.
    """
    if folder is None:
        folder = Path(settings.given.get("workspace", _DEMO_FOLDER))
    workspace = settings.workspace(folder.absolute())
    was_there = workspace.has_database
    if found := setup.make_demo(workspace):
        problems(found)
        return 1
    if not no_open and has_terminal():
        return open_screens(workspace)
    here = folder.samefile(".")
    place = "" if here else f" --workspace {folder}"
    out(
        [
            f"The published plans {'are already' if was_there else 'are'} in {'this folder' if here else folder}.",
            f"See them as text:        {_program()} summary{place}",
            f"Or open the screens:     {_program()}{place}",
        ]
    )
    return 0


@click.command(cls=Command)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_obj
def init(settings: Settings, folder: Path) -> int:
    """Make an empty workspace in DIR, with commented plan files to start from."""
    whole = folder.absolute()
    written = setup.make_empty(settings.workspace(whole))
    place = "" if folder.samefile(".") else f" --workspace {folder}"
    out(
        [
            *(f"{folder / path.relative_to(whole)}" for path in written),
            "",
            "Write your council and your plans into these files; their comments say how. Then:",
            f"  outcome-tracker targets check{place}",
            f"  outcome-tracker targets apply{place}",
        ]
    )
    return 0


def _program() -> str:
    """Return what to type for this program: its name where that is found, else the path by which it was started."""
    name = "outcome-tracker"
    started = Path(sys.argv[0])
    if shutil.which(name) or started.name != name:
        return name
    with suppress(ValueError, OSError):  # elsewhere; below a folder that has been deleted
        return str(started.relative_to(Path.cwd()))
    return str(started)
