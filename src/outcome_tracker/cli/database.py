"""Commands about databases as a whole: copying one from a file to a server, or back."""

from __future__ import annotations

import click

from outcome_tracker.cli.options import Command, Group, Settings
from outcome_tracker.cli.output import err, out, table, terminal_width
from outcome_tracker.core.text import plural

_COMMANDS = {"copy": ("database:copy", "Everything into an empty database, compared row by row.")}


@click.group(cls=Group, lazy=_COMMANDS)
def database() -> None:
    """Copy a database from a file to a PostgreSQL server, or back."""


@click.command(cls=Command)
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@click.pass_obj
def copy(settings: Settings, source: str, target: str) -> int:
    """Copy everything from the database FROM into TO, and compare every row.

    Each is a file, as data/tracker.db, or a server, as postgresql+psycopg://user@host/name. TO must be a new file, or
    a server's database without rows. Nobody should enter figures meanwhile: what is saved later is not copied.
    """
    from outcome_tracker.core.seal_wording import broken_text
    from outcome_tracker.tracker.moving import copy_database

    moved = copy_database(settings.workspace(), source, target)
    rows = [[each.table, f"{each.rows:,}", "identical", each.digest[:16]] for each in moved.tables]
    out(table(["Table", "Rows", "Read back", "SHA-256"], rows, terminal_width(), right="Rows"))
    out([f"{plural(moved.rows, 'row')} of {moved.source.shown} copied into {moved.target.shown} and compared."])
    for found in moved.broken:
        err(broken_text(found))
    return 1 if moved.broken else 0
