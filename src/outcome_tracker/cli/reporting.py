"""The report that a committee receives, written to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from outcome_tracker.cli.options import Command, Settings, period_option
from outcome_tracker.cli.output import err

if TYPE_CHECKING:
    from outcome_tracker.core.period import Period

FORMS = ("html", "md")


@click.command(cls=Command)
@click.option("--plan", "plans", metavar="CODE", multiple=True, help="This plan only; repeatable. Default: all.")
@click.option("--committee", metavar="NAME", default="", help="The plans that go to this committee.")
@period_option()
@click.option("--format", "form", type=click.Choice(FORMS), help="Default: as the file's name ends.")
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Default: named after the plans.")
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
@click.option("--unsuppressed", is_flag=True, help="With small numbers, for officers only; the file's name says so.")
@click.pass_obj
def report(
    settings: Settings,
    *,
    plans: tuple[str, ...],
    committee: str,
    period: Period | None,
    form: str | None,
    output: Path | None,
    force: bool,
    unsuppressed: bool,
) -> None:
    """Write the report of a period as one HTML page, or as Markdown for a web page.

    Small numbers are hidden, and whatever they could be worked out from.
    """
    from outcome_tracker.tracker.publishing import publish, suffix_form
    from outcome_tracker.tracker.reporting import Asked

    form = form or suffix_form(output)
    if form is None:
        raise click.UsageError(
            f"Choose a form with --format {'|'.join(FORMS)}, or name a file that ends in one, as in -o report.html."
        )
    asked = Asked(plans, committee, period, unsuppressed)
    written = publish(settings.workspace(), asked, form, output, force=force)
    for warning in written.warnings:
        err(f"warning: {warning}")
    if output is None or written.path != output:
        err(f"Written to {written.path}.")
