"""The command `breakdown`: one table with its comparison, or which breakdowns there are; as text, JSON or CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from outcome_tracker.cli.options import Command, Settings, any_period_option, format_option
from outcome_tracker.cli.output import out, out_data, terminal_width

if TYPE_CHECKING:
    from outcome_tracker.core.period import Period


@click.command(cls=Command)
@click.argument("code", required=False)
@any_period_option("The reporting period, as in 2021-04; default: the latest that there are figures for.")
@format_option()
@click.pass_obj
def breakdown(settings: Settings, code: str | None, period: Period | None, form: str) -> None:
    """Print counts by source, reason or team, beside those of 12 months before; without CODE, which there are.

    Small numbers are shown as they are held: this is for officers.
    """
    from outcome_tracker.tracker.breakdowns import list_breakdowns, show_breakdown

    if code is None:
        if period is not None:
            raise click.UsageError("--period is for one breakdown; give its CODE.")
        listed = list_breakdowns(settings.workspace())
        if form == "text":
            from outcome_tracker.cli.breakdown_text import list_lines

            out(list_lines(listed, terminal_width()))
            return
        from outcome_tracker.cli import breakdown_data

        out_data(breakdown_data.list_json(listed) if form == "json" else breakdown_data.list_csv(listed))
        return
    shown = show_breakdown(settings.workspace(), code, period)
    if form == "text":
        from outcome_tracker.cli.breakdown_text import lines

        out(lines(shown, terminal_width()))
        return
    from outcome_tracker.cli import breakdown_data

    out_data(breakdown_data.table_json(shown) if form == "json" else breakdown_data.table_csv(shown))
