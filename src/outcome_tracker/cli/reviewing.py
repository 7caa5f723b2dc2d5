"""Commands that show: summary, scorecard, indicator, what is due, milestones; as text, JSON or CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from outcome_tracker.cli.options import Command, Settings, any_period_option, format_option, period_option, tier_option
from outcome_tracker.cli.output import err, out, out_data, terminal_width
from outcome_tracker.tracker import review as reviews
from outcome_tracker.tracker.overview import only

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from outcome_tracker.core.commentary import Commentary
    from outcome_tracker.core.indicator import Tier
    from outcome_tracker.core.period import Period
    from outcome_tracker.tracker.as_signed import Opened
    from outcome_tracker.tracker.review import Review


def _review(settings: Settings, period: Period | None) -> tuple[Review, tuple[Commentary, ...]]:
    found = _opened(settings, period)
    return reviews.review_of(found.found, period), found.commentary


def _opened(settings: Settings, period: Period | None) -> Opened:
    """Return a period as it opens: what is signed off as it was signed."""
    from outcome_tracker.tracker.as_signed import opened

    workspace = settings.workspace()
    with workspace.read() as reader, reader.snapshot():
        if reader.notice:
            err(f"warning: {reader.notice}")
        found = reviews.known_for(workspace, reader, period)
        return opened(workspace, reader, found, period, reader.commentary(as_at=workspace.as_at))


def _show(
    form: str,
    text: Callable[[], list[str]],
    data: Callable[[], object],
    rows: Callable[[], tuple[Sequence[dict[str, object]], Sequence[str]]],
) -> None:
    """Print in the form asked for; the others are not even made."""
    if form == "text":
        out(text())
        return
    from outcome_tracker.cli.as_data import csv_text, json_text

    out_data(json_text(data()) if form == "json" else csv_text(*rows()))


@click.command(cls=Command)
@period_option()
@tier_option()
@format_option()
@click.pass_obj
def summary(settings: Settings, period: Period | None, tier: Tier | None, form: str) -> None:
    """Print how the council, its themes and its plans stand in a period."""
    opened = _opened(settings, period)
    found, commentary = opened.found, opened.commentary
    review = only(reviews.review_of(found, period), tier)

    def text() -> list[str]:
        from outcome_tracker.cli.summary_text import MOST_DECISIONS, lines

        decisions = reviews.exceptions(review.rows)[:MOST_DECISIONS]
        shown = reviews.compared(settings.workspace(), found, review, decisions)
        return lines(shown, commentary, terminal_width(), tier, opened.addenda)

    def data() -> object:
        from outcome_tracker.cli.as_data import summary as as_summary

        return as_summary(review, commentary, tier, opened.addenda)

    def rows() -> tuple[Sequence[dict[str, object]], Sequence[str]]:
        from outcome_tracker.cli.as_data import summary_rows

        found = summary_rows(review, commentary)
        return found, list(found[0])

    _show(form, text, data, rows)


@click.command(cls=Command)
@period_option()
@click.option("--plan", metavar="CODE", help="One plan only.")
@click.option("--history", is_flag=True, help="Also the last five periods and two year-end outturns.")
@click.option("--sort", metavar="COLUMN", default="", help="Sort by a column, such as rating or figure.")
@click.option("--reverse", is_flag=True, help="Sort the other way round; what is absent stays last.")
@click.option("--only", metavar="COLUMN=VALUE", multiple=True, help="Keep one value, such as rating=red; repeatable.")
@click.option("--find", "words", metavar="WORDS", default="", help="Keep the indicators that have all of these words.")
@format_option()
@click.pass_obj
def scorecard(  # noqa: PLR0913 - one parameter an option
    settings: Settings,
    *,
    period: Period | None,
    plan: str | None,
    history: bool,
    sort: str,
    reverse: bool,
    only: tuple[str, ...],
    words: str,
    form: str,
) -> None:
    """Print every indicator in force with figure, target, rating and direction."""
    from outcome_tracker.cli.scorecard_data import Wanted, show

    _show(form, *show(settings, period, Wanted(plan, history, sort, reverse, only, words)))


@click.command(cls=Command)
@click.argument("code")
@period_option()
@format_option()
@click.pass_obj
def indicator(settings: Settings, code: str, period: Period | None, form: str) -> None:
    """Print everything about one indicator."""
    review = reviews.indicator_review(settings.workspace(), code, period)

    def text() -> list[str]:
        from outcome_tracker.cli.indicator_text import lines

        return lines(review, terminal_width())

    def data() -> object:
        from outcome_tracker.cli.as_data import indicator as as_indicator

        return as_indicator(review)

    def rows() -> tuple[Sequence[dict[str, object]], Sequence[str]]:
        from outcome_tracker.cli.as_data import HISTORY_COLUMNS, history_rows

        return history_rows(review), HISTORY_COLUMNS

    _show(form, text, data, rows)


@click.command(cls=Command)
@click.argument("code", required=False)
@any_period_option(
    "The latest figures up to this period, as in 2017-18; default: those beside the reporting period's figure."
)
@format_option()
@click.pass_obj
def areas(settings: Settings, code: str | None, period: Period | None, form: str) -> None:
    """Print every authority's published figure for an indicator: rank, quartile, direction.

    Without CODE: where the council stands in every indicator of one --PERIOD; csv and json have every authority.
    """
    from outcome_tracker.cli import areas_data
    from outcome_tracker.tracker.areas import place_areas, rank_areas

    if code is None:
        if period is None:
            raise click.UsageError("Give the CODE of an indicator, or the --period of all, as in --period 2017-18.")
        placed = place_areas(settings.workspace(), period)

        def lines() -> list[str]:
            from outcome_tracker.cli.areas_text import places_lines

            return places_lines(placed, terminal_width())

        _show(
            form,
            lines,
            lambda: areas_data.places(placed),
            lambda: (areas_data.place_rows(placed), areas_data.PLACE_COLUMNS),
        )
        return
    found = rank_areas(settings.workspace(), code, period)

    def text() -> list[str]:
        from outcome_tracker.cli.areas_text import ranking_lines

        return ranking_lines(found, terminal_width())

    _show(form, text, lambda: areas_data.ranking(found), lambda: (areas_data.rows(found), areas_data.COLUMNS))


@click.command(cls=Command)
@period_option()
@click.option("--by", type=click.Choice(["owner", "plan"]), help="How much is in by owner or plan, and nothing else.")
@format_option()
@click.pass_obj
def due(settings: Settings, period: Period | None, by: str | None, form: str) -> None:
    """Print what has not been returned, by owner, and how much is in."""
    review, _ = _review(settings, period)
    if by is not None:
        _show_shares(review, by, form)
        return
    waiting = [line for line in review.due if not line.is_in]

    def text() -> list[str]:
        from outcome_tracker.cli.work_text import due_lines

        return due_lines(review, terminal_width())

    def data() -> object:
        from outcome_tracker.cli.as_data import due as as_due

        return [as_due(line) for line in waiting]

    def rows() -> tuple[Sequence[dict[str, object]], Sequence[str]]:
        from outcome_tracker.cli.as_data import DUE_COLUMNS
        from outcome_tracker.cli.as_data import due as as_due

        return [as_due(line) for line in waiting], DUE_COLUMNS

    _show(form, text, data, rows)


def _show_shares(review: Review, by: str, form: str) -> None:
    """Print how much is in, by owner or plan."""

    def text() -> list[str]:
        from outcome_tracker.cli.work_text import due_heading, share_lines

        return [*due_heading(review), *share_lines(review, by, terminal_width())]

    def data() -> list[dict[str, object]]:
        from outcome_tracker.cli.collecting import share_data
        from outcome_tracker.cli.work_text import shares_by

        return [share_data(found) for found in shares_by(by, review.due)]

    def rows() -> tuple[Sequence[dict[str, object]], Sequence[str]]:
        from outcome_tracker.cli.collecting import SHARE_COLUMNS

        return data(), SHARE_COLUMNS

    _show(form, text, data, rows)


@click.command(cls=Command)
@period_option()
@click.option("--plan", metavar="CODE", help="One plan only.")
@click.option("--owner", metavar="NAME", help="What one owner answers for only.")
@click.option("--overdue", is_flag=True, help="Those that are overdue; with others of these options, these too.")
@click.option("--due-next", is_flag=True, help="Those due in the next reporting period.")
@click.option("--rephased", is_flag=True, help="Those that are re-phased.")
@click.option("--delivered", is_flag=True, help="Those delivered in the year so far.")
@format_option()
@click.pass_obj
def milestones(
    settings: Settings, /, period: Period | None, plan: str | None, owner: str | None, form: str, **picks: bool
) -> None:
    """Print where actions and milestones stand."""
    from outcome_tracker.core.board import Pick
    from outcome_tracker.tracker.actions import items_of, owned_by

    review, _ = _review(settings, period)
    plans = review.plans if plan is None else (reviews.find_plan(review, plan),)
    wanted = [pick for pick in Pick if picks[pick.name.lower()]]
    items = [item for each in plans for item in items_of(each.plan, each.standings)]
    if owner is not None:
        items = owned_by(items, owner)
    if wanted:
        items = [item for item in items if any(pick.takes(item.standing) for pick in wanted)]

    def text() -> list[str]:
        from outcome_tracker.cli.milestone_text import milestone_lines

        named = [pick.value for pick in wanted] + ([f"of {items[0].owner}"] if owner and items else [])
        return milestone_lines(review, plans, items, named, terminal_width())

    def found() -> list[dict[str, object]]:
        from outcome_tracker.cli.milestone_data import milestone

        return [milestone(item) for item in items]

    def rows() -> tuple[Sequence[dict[str, object]], Sequence[str]]:
        from outcome_tracker.cli.milestone_data import COLUMNS

        return found(), COLUMNS

    _show(form, text, found, rows)
