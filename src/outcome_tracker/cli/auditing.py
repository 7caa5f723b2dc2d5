"""The command `audit`: as published, as computed; as text, JSON or CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from outcome_tracker.cli.options import Command, Settings, format_option, period_option
from outcome_tracker.cli.output import out, out_data, terminal_width

if TYPE_CHECKING:
    from outcome_tracker.core.period import Period


@click.command(cls=Command)
@click.option("--plan", metavar="CODE", help="One plan only.")
@period_option()
@format_option()
@click.pass_obj
def audit(settings: Settings, plan: str | None, period: Period | None, form: str) -> None:
    """Print every published value that is not what its parts give, with the likely cause.

    Of all periods, or of the figures that end in one.
    """
    from outcome_tracker.tracker.audit import audit as find

    found = find(settings.workspace(), plan, period)
    if form == "text":
        from outcome_tracker.cli.audit_text import lines

        out(lines(found, terminal_width()))
        return
    from outcome_tracker.cli import audit_data

    out_data(audit_data.as_json(found) if form == "json" else audit_data.as_csv(found))
