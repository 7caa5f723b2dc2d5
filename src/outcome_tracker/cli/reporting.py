"""The report that a committee receives, written to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from outcome_tracker.cli.options import Command, Settings, period_option
from outcome_tracker.cli.output import err
from outcome_tracker.tracker.publishing import FORMS, publish, suffix_form
from outcome_tracker.tracker.reporting import Asked

if TYPE_CHECKING:
    from outcome_tracker.core.period import Period


@click.command(cls=Command)
@click.option("--plan", "plans", metavar="CODE", multiple=True, help="This plan only; repeatable. Default: all.")
@click.option("--committee", metavar="NAME", default="", help="The plans that go to this committee.")
@period_option()
@click.option("--format", "form", type=click.Choice(FORMS), help="Default: as the file's name ends.")
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Default: named after the plans.")
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
@click.option("--unsuppressed", is_flag=True, help="With small numbers, for officers only; the file's name says so.")
@click.option("--despite-broken-seal", is_flag=True, help="Though something is not as signed off; the report says so.")
@click.option(
    "--template", metavar="FILE.docx", type=click.Path(path_type=Path), help="The council's own Word document to fill."
)
@click.pass_obj
def report(  # noqa: PLR0913 - one parameter an option
    settings: Settings,
    *,
    plans: tuple[str, ...],
    committee: str,
    period: Period | None,
    form: str | None,
    output: Path | None,
    force: bool,
    unsuppressed: bool,
    despite_broken_seal: bool,
    template: Path | None,
) -> None:
    """Write the report of a period as a web page, a Word document, a workbook or Markdown.

    Small numbers are hidden, and whatever they could be worked out from.
    """
    named = suffix_form(output)
    if output is not None and form and named and form != named:
        raise click.UsageError(
            f"{output.name} is named as {named}, and --format says {form}: "
            f"name the file {output.stem}.{form}, or leave out --format."
        )
    form = form or named
    if form is None:
        raise click.UsageError(
            f"Choose a form with --format {'|'.join(FORMS)}, or name a file that ends in one, as in -o report.html."
        )
    if template is not None and form != "docx":
        raise click.UsageError("A --template is for Word documents: add --format docx, or leave it out.")
    asked = Asked(plans, committee, period, unsuppressed, despite_broken_seal)
    written = publish(settings.workspace(), asked, form, output, force=force, template=template)
    for warning in written.warnings:
        err(f"warning: {warning}")
    if output is None or written.path != output:
        err(f"Written to {written.path}.")
