"""Reminders for the owners of figures that are still due, and how much is in as data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from outcome_tracker.cli.options import Command, Settings, period_option
from outcome_tracker.cli.output import err, out
from outcome_tracker.tracker import reminders
from outcome_tracker.tracker import review as reviews
from outcome_tracker.tracker.collection import collection_of, owner_share

if TYPE_CHECKING:
    from outcome_tracker.core.period import Period
    from outcome_tracker.tracker.collection import Collection, Share


@click.command(cls=Command)
@click.argument("owner", required=False)
@click.option("--all", "everybody", is_flag=True, help="Everybody of whom something is due.")
@period_option()
@click.option(
    "--folder", type=click.Path(path_type=Path), metavar="DIR", help="Write each into a file there, and print which."
)
@click.pass_obj
def remind(
    settings: Settings, owner: str | None, period: Period | None, folder: Path | None, *, everybody: bool
) -> None:
    """Print a reminder for an owner of figures that are still due, to paste into an e-mail.

    OWNER is the name as in the plan files, in any case; put quotes round it where it has a space.
    """
    if (owner is None) is not everybody:
        raise click.UsageError("Name one OWNER, or give --all; `outcome-tracker due --by owner` lists them.")
    workspace = settings.workspace()
    with workspace.read() as reader, reader.snapshot():
        if reader.notice:
            err(f"warning: {reader.notice}")
        found = reviews.known_for(workspace, reader, period)
    collection = collection_of(found, period or reviews.reporting_period(found))
    shares = _reminded(collection, owner)
    texts = [reminders.reminder(collection, share, workspace.user) for share in shares]
    if folder is None:
        out(reminders.together(texts).splitlines())
        return
    for share, text in zip(shares, texts, strict=True):
        out([str(reminders.keep(folder, reminders.file_name(collection, share), text))])


def _reminded(collection: Collection, owner: str | None) -> list[Share]:
    """Return whose reminder is asked for; say on stderr of whom nothing is due, and what nobody owns."""
    if owner is not None:
        share = owner_share(collection, owner)
        if reason := reminders.why_not_remind(share):
            err(reason)
        return [] if reason else [share]
    if nobody := reminders.without_owner(collection):
        err(f"warning: {nobody}")
    elif reason := reminders.why_not_remind_all(collection):
        err(reason)
    return reminders.reminded(collection)


def share_data(found: Share) -> dict[str, object]:
    """Return how much of an owner's or a plan's figures is in."""
    counts, since, day = found.counts, found.overdue_since, found.next_due
    return {
        "name": found.title,
        "plan": found.plan,
        "returned": counts.returned,
        "due": counts.due,
        "overdue": counts.overdue,
        "figures_returned": found.figures_in,
        "figures_due": len(found.lines),
        "overdue_since": since.isoformat() if since else None,
        "next_due": day.isoformat() if day else None,
        "illustrative": found.illustrative,
    }


SHARE_COLUMNS = (
    "name",
    "plan",
    "returned",
    "due",
    "overdue",
    "figures_returned",
    "figures_due",
    "overdue_since",
    "next_due",
    "illustrative",
)  # fmt: skip - as one reads a heading
