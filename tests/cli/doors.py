"""Every value that a command takes, found in the commands themselves: a new one is a door that tests go through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from outcome_tracker.cli.app import root
from outcome_tracker.cli.returning import import_return

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GLOBAL = ("workspace", "database", "as_at", "user")
# A call of each command that is complete, in the workspace of tests/hostile.py: options go behind it.
CALLS: dict[str, tuple[str, ...]] = {
    "demo": ("{new}", "--no-open"),
    "init": ("{new}",),
    "targets check": (),
    "targets diff": (),
    "targets apply": (),
    "targets show": (),
    "targets review": (),
    "targets schema": (),
    "enter": ("P0-2", "2019-20 Q1", "1/9"),
    "import": ("figures", "{folder}/figures.csv", "--dry-run"),
    "import return": ("{folder}/returns", "--dry-run"),
    "milestone": ("P0-A.1", "delayed"),
    "comment": ("P0-1", "2019-20 Q2", "Cause", "text"),
    "summary": (),
    "changes": (),
    "heat-map": (),
    "scorecard": (),
    "indicator": ("P0-1",),
    "areas": ("P0-1",),
    "audit": (),
    "breakdown": ("P0-B",),
    "due": (),
    "remind": ("--all",),
    "template": ("{new}", "--all"),
    "milestones": (),
    "commentary": (),
    "report": ("--format", "md", "--force"),
    "export": ("figures",),
    "backup": ("{new}",),
    "restore": ("{folder}/figures.csv", "--dry-run"),
    "status": (),
    "doctor": (),
    "submit": ("P1",),
    "sign-off": ("P1",),
    "reopen": ("P1", "--reason=why"),
    "database copy": ("{folder}/data/tracker.db", "{new}.db"),
    "serve": ("--user=nobody",),  # which is refused once the options are read, before it listens
}
# Where a parameter and the call above exclude each other.
INSTEAD: dict[str, tuple[str, ...]] = {
    "remind OWNER": (),
    "template --owner": ("{new}",),
    "milestone --note": ("P0-A.1",),
}


_PATHS = {"summary --workspace", "summary --database", "database copy SOURCE", "database copy TARGET"}


@dataclass(frozen=True, slots=True)
class Door:
    """A value that a command takes: the command's name, the parameter, and the arguments before it, if it is one."""

    command: str
    parameter: click.Parameter

    @property
    def name(self) -> str:
        """What tests call it: `enter --note`, `enter CODE`."""
        option = isinstance(self.parameter, click.Option)
        return f"{self.command} {self._option if option else (self.parameter.name or '').upper()}"

    @property
    def _option(self) -> str:
        return max(self.parameter.opts, key=len)

    @property
    def takes_words(self) -> bool:
        """Whether click leaves it to the program what may be written."""
        return isinstance(self.parameter.type, click.types.StringParamType) and not self.is_path

    @property
    def is_path(self) -> bool:
        """Whether it names a file or a folder."""
        given = self.name in {
            "summary --workspace",
            "summary --database",
            "database copy SOURCE",
            "database copy TARGET",
        }
        return given or isinstance(self.parameter.type, click.Path)

    def call(self, text: str, folder: Path) -> list[str]:
        """Return the command line that puts a text through it; a path leads into `folder`."""
        value = f"{folder}/new/a/b/c/{text}" if self.is_path else text
        parts = INSTEAD.get(self.name, CALLS[self.command])
        given = [part.format(folder=folder, new=folder / "new" / "made") for part in parts]
        if isinstance(self.parameter, click.Option):
            return [*self.command.split(), *given, f"{self._option}={value}"]
        place = [p.name for p in parameters(self.command) if isinstance(p, click.Argument)].index(self.parameter.name)
        options = [part for part in given if part.startswith("--")]
        arguments = [part for part in given if not part.startswith("--")]
        return [*self.command.split(), *options, "--", *arguments[:place], value, *arguments[place + 1 :]]


def parameters(command: str) -> list[click.Parameter]:
    return next(found.params for name, found in commands() if name == command)


def commands(
    group: click.Command = root, name: str = "", context: click.Context | None = None
) -> Iterator[tuple[str, click.Command]]:
    """Yield every command with its whole name."""
    context = context or click.Context(root)
    if not isinstance(group, click.Group):
        yield name, group
        if name == "import":
            yield "import return", import_return
        return
    for each in group.list_commands(context):
        found = group.get_command(context, each)
        assert found is not None
        yield from commands(found, f"{name} {each}".strip(), context)


def doors() -> list[Door]:
    """Return every value that any command takes, those of all commands once."""
    found = [
        Door(name, parameter)
        for name, command in commands()
        for parameter in command.params
        if not (isinstance(parameter, click.Option) and parameter.is_flag)
    ]
    return [door for door in found if door.parameter.name not in GLOBAL or door.command == "summary"]
