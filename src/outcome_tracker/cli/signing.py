"""Commands for sign-off: where the plans of a period stand, submitting, signing off and reopening them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from outcome_tracker.cli.options import Command, Settings, period_option
from outcome_tracker.cli.output import out, out_data, problems, terminal_width
from outcome_tracker.core.signoff_wording import event_text

if TYPE_CHECKING:
    from outcome_tracker.core.period import Period
    from outcome_tracker.tracker.signoff import Step


@click.command(cls=Command)
@period_option()
@click.option("--plan", metavar="CODE", help="One plan only.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="The form of the output.")
@click.pass_obj
def status(settings: Settings, period: Period | None, plan: str | None, form: str) -> int:
    """Print how far each plan's period is: open, submitted or signed off, what it lacks, and what came later.

    Exits with 1 where something is no longer as it was signed off.
    """
    from outcome_tracker.tracker import signoff

    workspace = settings.workspace()
    found = signoff.status(workspace, period, plan)
    if form == "text":
        from outcome_tracker.cli.signing_text import lines

        out(lines(found, workspace.seen_from, terminal_width()))
    else:
        from outcome_tracker.cli.as_data import json_text
        from outcome_tracker.cli.signing_data import status as as_status

        out_data(json_text(as_status(found, workspace.seen_from)))
    return 1 if found.broken else 0


@click.command(cls=Command)
@click.argument("plan")
@period_option()
@click.option("--note", metavar="TEXT", default="", help="What whoever signs should know.")
@click.pass_obj
def submit(settings: Settings, plan: str, period: Period | None, note: str) -> int:
    """Submit a plan's period for sign-off: every figure is in or its absence explained.

    PLAN is the plan's code.
    """
    from outcome_tracker.tracker import signoff

    return _told(signoff.submit(settings.workspace(), plan, period, note=note), "It waits to be signed off.")


@click.command("sign-off", cls=Command)
@click.argument("plan")
@period_option()
@click.option("--note", metavar="TEXT", default="", help="What belongs beside the signature.")
@click.pass_obj
def sign_off(settings: Settings, plan: str, period: Period | None, note: str) -> int:
    """Sign off a plan's period that was submitted, and seal what was signed.

    PLAN is the plan's code. What comes later is an addendum; the signed line stays.
    """
    from outcome_tracker.tracker import signoff

    step = signoff.sign(settings.workspace(), plan, period, note=note)
    code = _told(step, "")
    if step.event is not None:
        out([*step.event.line.splitlines(), f"Seal: {step.event.seal}"])
    return code


@click.command(cls=Command)
@click.argument("plan")
@period_option()
@click.option("--reason", metavar="TEXT", required=True, help="Why; it is kept and shown.")
@click.pass_obj
def reopen(settings: Settings, plan: str, period: Period | None, reason: str) -> int:
    """Open a submitted or signed-off period again, for a reason.

    PLAN is the plan's code. A period that was signed off is marked [r] from then on.
    """
    from outcome_tracker.tracker import signoff

    return _told(signoff.reopen(settings.workspace(), plan, period, reason=reason), "")


def _told(step: Step, then: str) -> int:
    """Print what was done, or everything that stands in the way."""
    problems(step.problems)
    if step.event is None:
        return 1
    done = f"{step.event.plan} {step.event.period}: {event_text(step.event)}."
    out([f"{done} {then}".rstrip()])
    return 0
