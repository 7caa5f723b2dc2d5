"""Serve: the screens for browsers, on this machine or behind a proxy that knows who people are."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from outcome_tracker.cli.app import check_is_there
from outcome_tracker.cli.options import Command, Settings
from outcome_tracker.cli.output import err
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.tracker.bug_log import recorded
from outcome_tracker.web import gate, listening

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from outcome_tracker.web.gate import Address, Site


def _parsed(parse: Callable[[str], object]) -> Callable[[click.Context, click.Parameter, Any], Any]:
    """Return a callback that turns what was typed into what it says, or into wrong usage."""

    def callback(context: click.Context, parameter: click.Parameter, value: str | tuple[str, ...] | None) -> object:
        try:
            if isinstance(value, tuple):
                return tuple(parse(each) for each in value)
            return None if value is None else parse(value)
        except ValueError as error:
            raise click.BadParameter(str(error), context, parameter) from None

    return callback


@click.command(cls=Command)
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", help="Where to listen (default: this machine only).")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="The port (default: 8000; 0: any free one).")
@click.option(
    "--public-url", "public", metavar="URL", callback=_parsed(gate.parse_site), help="What people type, behind a proxy."
)
@click.option(
    "--user-header", "header", metavar="NAME", callback=_parsed(gate.parse_header), help="Where a proxy says who it is."
)
@click.option(
    "--trust-proxy",
    "proxies",
    metavar="ADDRESS",
    multiple=True,
    callback=_parsed(gate.parse_address),
    help="The proxy that is believed; may be repeated.",
)
@click.option("--sessions", type=click.IntRange(1, 1000), default=20, help="The most at once (default: 20).")
@click.option(
    "--idle-minutes", "idle", type=click.IntRange(1, 1440), default=30, help="When one without a key is ended (30)."
)
@click.pass_obj
def serve(
    settings: Settings,
    host: str,
    port: int,
    public: Site | None,
    header: str | None,
    proxies: tuple[Address, ...],
    sessions: int,
    idle: int,
) -> None:
    """Show the screens to people with a browser, each in a process of their own, until Ctrl+C.

    Who is at work is what a trusted proxy says; nobody else can change anything. docs/browser.md has an example of one.
    """
    if bool(header) is not bool(proxies):
        raise click.UsageError(
            "--user-header and --trust-proxy belong together: which header says who somebody is, and who may set it."
        )
    if settings.given.get("user"):
        raise click.UsageError("--user is for one person; here the proxy says who is at work, with --user-header.")
    workspace = settings.workspace()
    check_is_there(workspace)
    if workspace.has_database:
        workspace.open_for_others()  # those who only look could not bring an older database up to date
    try:
        from outcome_tracker.web.server import Limits, Program, Server, serve_until_stopped
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"aiohttp", "textual_serve"}:
            raise
        raise Unavailable(
            "Browsers are served with the packages textual-serve and aiohttp, which are not installed.",
            'Install them with: python -m pip install "outcome-tracker[web]"',
        ) from None
    err(*_warnings(host, public, is_asked=bool(proxies)))
    with listening.listen(host, port) as socket:
        sites = _sites(host, socket.getsockname()[1], public)
        server = Server(
            gate.Gate(sites, header or "", frozenset(proxies)),
            Program(_words(settings), _environment(settings)),
            Limits(sessions, idle),
            lambda error: recorded(error, workspace.now()),
        )
        behind = f", behind it at {sites[1].url}" if public else ""
        serve_until_stopped(
            server, socket, lambda: err(f"Outcome Tracker is at {sites[0].url}{behind}. Ctrl+C ends it.")
        )


def _warnings(host: str, public: Site | None, *, is_asked: bool) -> list[str]:
    """Return what somebody who opens this to other machines should know."""
    found = []
    if not listening.is_loopback(host) and not is_asked:
        found.append(
            f"warning: whoever reaches {host} can look at everything here, unencrypted and without being asked who "
            "they are. docs/browser.md shows how to put a proxy in front that asks."
        )
    if listening.is_everywhere(host) and public is None:
        found.append(
            f"warning: {host} stands for every address of this machine, so none of them is known as ours: only this "
            "machine is let in. Name the one that people type with --public-url."
        )
    return found


def _sites(host: str, port: int, public: Site | None) -> tuple[Site, ...]:
    """Return the addresses that are ours, that which people use first."""
    own = gate.loopback_sites(port)
    if not listening.is_everywhere(host):
        here = gate.Site("http", f"[{host.lower()}]" if ":" in host else host.lower(), port)
        own = (here, *(site for site in own if site != here))
    return (public, *own) if public else own


def _words(settings: Settings) -> tuple[str, ...]:
    """Return the command line of the screens; the database may hold a password and goes by the environment."""
    given = {name: settings.given[name] for name in ("workspace", "as_at") if name in settings.given}
    options = [word for name, value in given.items() for word in (f"--{name.replace('_', '-')}", value)]
    return (sys.executable, "-m", "outcome_tracker", *options)


def _environment(settings: Settings) -> dict[str, str]:
    found = {"OUTCOME_TRACKER_DATABASE": settings.given.get("database", "")}
    if settings.read_only:
        found["OUTCOME_TRACKER_READ_ONLY"] = "1"
    return {name: value for name, value in found.items() if value}
