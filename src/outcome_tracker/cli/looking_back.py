"""Commands that look back: what changed since the period before, and the heat map; as text, JSON or CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from outcome_tracker.cli.options import Command, Settings, format_option, period_option, tier_option
from outcome_tracker.cli.output import out, out_data, terminal_width

if TYPE_CHECKING:
    from outcome_tracker.core.indicator import Tier
    from outcome_tracker.core.period import Period


@click.command(cls=Command)
@period_option()
@click.option("--plan", metavar="CODE", help="One plan only.")
@tier_option()
@format_option()
@click.pass_obj
def changes(settings: Settings, period: Period | None, plan: str | None, tier: Tier | None, form: str) -> None:
    """Print what changed since the period before: ratings, directions and revised figures, the worst first."""
    from outcome_tracker.tracker.changes import changes as find

    found = find(settings.workspace(), period, plan).of_tier(tier)
    if form == "text":
        from outcome_tracker.cli.changes_text import lines

        out(lines(found, terminal_width(), _narrowed(plan, tier)))
        return
    from outcome_tracker.cli import back_data

    out_data(back_data.changes_json(found) if form == "json" else back_data.changes_csv(found))


@click.command(cls=Command)
@period_option()
@click.option("--plan", metavar="CODE", help="One plan only.")
@tier_option()
@click.option("--periods", type=click.IntRange(1, 40), default=8, show_default=True, help="How many periods to show.")
@format_option()
@click.pass_obj
def heat_map(
    settings: Settings, period: Period | None, plan: str | None, tier: Tier | None, periods: int, form: str
) -> None:
    """Print every indicator's rating in each of the last periods."""
    from outcome_tracker.tracker.heat_map import heat_map as find

    found = find(settings.workspace(), period, periods, plan).of_tier(tier)
    if form == "text":
        from outcome_tracker.cli.heat_map_text import lines

        out(lines(found, terminal_width(), _narrowed(None, tier)))
        return
    from outcome_tracker.cli import back_data

    out_data(back_data.heat_map_json(found) if form == "json" else back_data.heat_map_csv(found))


def _narrowed(plan: str | None, tier: Tier | None) -> str:
    """Say what is left out, behind a title: ` · SAFE · headline indicators only`."""
    parts = [plan.strip().upper() if plan else "", f"{tier} indicators only" if tier else ""]
    return "".join(f" · {part}" for part in parts if part)
