"""What every command is told: the workspace, the database, the day, the user; before the command or after it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from outcome_tracker.cli.output import cells

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from outcome_tracker.core.indicator import Tier
    from outcome_tracker.core.period import Period
    from outcome_tracker.tracker.workspace import Workspace


@dataclass
class Settings:
    """The global options as given, and the clock."""

    now: Callable[[], datetime]
    given: dict[str, str] = field(default_factory=dict)

    def workspace(self, folder: Path | None = None) -> Workspace:
        """Return the workspace to work on: `folder`, else the one named, else the current folder."""
        from outcome_tracker.tracker.workspace import open_workspace

        return open_workspace(
            folder or Path(self.given.get("workspace", ".")).absolute(),
            user=self.user,
            now=self.now,
            database=self.given.get("database") or os.environ.get("OUTCOME_TRACKER_DATABASE", ""),
            as_at=self.as_at,
            read_only=self.read_only,
        )

    @property
    def user(self) -> str:
        """Who works: as given, else the environment's, else the login name."""
        from outcome_tracker.core.text import clean

        named = self.given.get("user") or os.environ.get("OUTCOME_TRACKER_USER", "")
        return clean(named) or clean(_login_name()) or "unknown"

    @property
    def read_only(self) -> bool:
        """Whether nothing may be changed: as asked, else as the environment says; anything but a no is a yes."""
        said = self.given.get("read_only") or os.environ.get("OUTCOME_TRACKER_READ_ONLY", "")
        return said.strip().casefold() not in {"", "0", "no", "false"}

    @property
    def as_at(self) -> date | None:
        """The day whose end everything is seen from."""
        text = self.given.get("as_at")
        if text is None:
            return None
        from outcome_tracker.core.period import parse_date

        try:
            return parse_date(text)
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--as-at") from None


def _login_name() -> str:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        if found := os.environ.get(name):
            return found
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name, as in some containers
        return ""


def _store(context: click.Context, parameter: click.Parameter, value: str | bool | None) -> None:  # noqa: FBT001 - click's signature
    if value is not None and value is not False and parameter.name:
        context.ensure_object(Settings).given[parameter.name] = str(value)


def _global_options() -> list[click.Parameter]:
    """Return the global options anew; what stands behind the command wins over what stands before it."""
    texts = {
        "--workspace": ("DIR", "The folder with targets/ and data/ (default: the current folder)."),
        "--database": ("URL_OR_PATH", "Another database than data/tracker.db (or OUTCOME_TRACKER_DATABASE)."),
        "--as-at": ("DATE", "See everything as it was known at the end of that day, as in 2019-05-31."),
        "--user": ("NAME", "Who is at work (or OUTCOME_TRACKER_USER; default: the login name)."),
    }
    about = "Let nothing be changed (or OUTCOME_TRACKER_READ_ONLY=1)."
    return [
        *(
            click.Option([name], metavar=metavar, help=text, expose_value=False, callback=_store)
            for name, (metavar, text) in texts.items()
        ),
        click.Option(["--read-only"], is_flag=True, help=about, expose_value=False, callback=_store),
    ]


class Command(click.Command):
    """A command that takes the global options too, and lists them apart in its help."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - click's own arguments, handed on
        super().__init__(*args, **kwargs)
        self.params += _global_options()

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the command's own options first, and those of every command after them."""
        names = {option.name for option in _global_options()}
        own: list[tuple[str, str]] = []
        every: list[tuple[str, str]] = []
        for parameter in self.get_params(ctx):
            if (record := parameter.get_help_record(ctx)) is not None:
                (every if parameter.name in names else own).append(record)
        for title, records in (("Options", own), ("Options of every command", every)):
            with formatter.section(title):
                formatter.write_dl(records)


class NumbersCommand(Command):
    """A command whose arguments may be negative numbers, which click would take for options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Hide a leading minus from click while it looks for options."""
        rest = super().parse_args(ctx, [f"\0{a}" if _is_negative(a) else a for a in args])
        for name, value in ctx.params.items():
            if isinstance(value, str):
                ctx.params[name] = value.removeprefix("\0")
        return rest


_NOT_FINITE = {"inf", "infinity", "nan"}  # refused with the sentence for numbers, not as options nobody knows


def _is_negative(text: str) -> bool:
    return text[:1] == "-" and (text[1:2].isdigit() or text[1:2] in set(".£") or text[1:].lower() in _NOT_FINITE)


class Group(click.Group):
    """A group whose commands are imported when they run; their one-line help stands here, so that --help is fast."""

    def __init__(self, *args: Any, lazy: dict[str, tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 - as above
        super().__init__(*args, **kwargs)
        self.lazy = lazy
        self.params += _global_options()

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the commands in the order of the documentation."""
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """Import a command."""
        if cmd_name not in self.lazy:
            return None
        from importlib import import_module

        module, _, attribute = self.lazy[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(f"outcome_tracker.cli.{module}"), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in self.lazy.items()], col_max=cells("commentary  "))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest command for one that does not exist."""
        if args and args[0] not in self.lazy and not args[0].startswith("-"):
            from outcome_tracker.core.problem import nearest

            known = f"{nearest(args[0], self.lazy)} The commands are {', '.join(self.lazy)}."
            raise click.UsageError(f"There is no command '{args[0]}'.{known}", ctx)
        return super().resolve_command(ctx, args)


def period_option() -> Callable[[Any], Any]:
    """Return the option `--period`."""
    return click.option(
        "--period", metavar="PERIOD", callback=_period, help="The reporting period, as in '2018-19 Q4' or 2019-03."
    )


def _period(context: click.Context, parameter: click.Parameter, value: str | None) -> Period | None:
    if value is None:
        return None
    from outcome_tracker.core.period import PeriodError, parse_reporting_period

    try:
        return parse_reporting_period(value)
    except PeriodError as error:
        raise click.BadParameter(str(error), context, parameter) from None


def any_period_option(about: str) -> Callable[[Any], Any]:
    """Return an option `--period` that takes a period of any kind."""
    return click.option("--period", metavar="PERIOD", callback=_any_period, help=about)


def _any_period(context: click.Context, parameter: click.Parameter, value: str | None) -> Period | None:
    if value is None:
        return None
    from outcome_tracker.core.period import PeriodError, parse

    try:
        return parse(value)
    except PeriodError as error:
        raise click.BadParameter(str(error), context, parameter) from None


def tier_option() -> Callable[[Any], Any]:
    """Return the option `--tier`; `all` is None."""
    return click.option(
        "--tier",
        type=click.Choice(["headline", "wider", "all"]),
        default="all",
        callback=_tier,
        help="Headline indicators only, wider ones only, or all.",
    )


def _tier(_context: click.Context, _parameter: click.Parameter, value: str) -> Tier | None:
    from outcome_tracker.core.indicator import Tier

    return None if value == "all" else Tier(value)


def format_option() -> Callable[[Any], Any]:
    """Return the option `--format`."""
    return click.option(
        "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", help="The form of the output."
    )
