"""What the `scorecard` command prints: which rows, and as text, JSON or CSV."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from outcome_tracker.cli.output import err, terminal_width
from outcome_tracker.core.past import outturn_years
from outcome_tracker.tracker import review as reviews
from outcome_tracker.tracker import scorecards
from outcome_tracker.tracker.as_signed import opened
from outcome_tracker.tracker.signals import signalled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from outcome_tracker.cli.options import Settings
    from outcome_tracker.core.past import Earlier, Held
    from outcome_tracker.core.period import Period
    from outcome_tracker.exchange.as_json import Json
    from outcome_tracker.tracker.review import Known

    Rows = tuple[Sequence[dict[str, object]], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The options of the command."""

    plan: str | None
    history: bool
    sort: str
    reverse: bool
    only: tuple[str, ...]
    words: str

    @property
    def asked(self) -> scorecards.Asked:
        """What is asked of the rows."""
        pairs = []
        for text in self.only:
            name, equals, value = text.partition("=")
            if not equals:
                raise click.UsageError(f"--only '{text}': write a column and a value, as in rating=red.")
            pairs.append((name.strip(), value.strip()))
        return scorecards.Asked(self.sort, self.reverse, tuple(pairs), self.words)


def show(
    settings: Settings, period: Period | None, wanted: Wanted
) -> tuple[Callable[[], list[str]], Callable[[], object], Callable[[], Rows]]:
    """Return what makes the text, the JSON and the CSV of a scorecard."""
    asked, known = wanted.asked, _known(settings, period)
    review = reviews.review_of(known, period)
    shown = review.rows if wanted.plan is None else reviews.find_plan(review, wanted.plan).rows
    review = reviews.compared(settings.workspace(), known, review, shown)
    plans = review.plans if wanted.plan is None else (reviews.find_plan(review, wanted.plan),)
    every = scorecards.held(known, signalled(known, (row for each in plans for row in each.rows)))
    try:
        chosen = scorecards.choose(review, every, asked)
    except scorecards.NoSuchColumn as unknown:
        raise click.UsageError(str(unknown)) from None
    for warning in chosen.warnings:
        err(f"warning: {warning}")

    def text() -> list[str]:
        from outcome_tracker.cli.scorecard_text import lines

        return lines(review, plans, chosen, terminal_width(), history=wanted.history)

    def data() -> object:
        from outcome_tracker.exchange import as_json

        return [{**as_json.row(h.row), **(past(h) if wanted.history else {})} for h in chosen.rows]

    def rows() -> Rows:
        from outcome_tracker.cli.as_data import scorecard_columns, scorecard_rows

        flat = scorecard_rows([h.row for h in chosen.rows], review.council)
        if wanted.history:
            flat = [{**row, **_flat(h)} for row, h in zip(flat, chosen.rows, strict=True)]
        return flat, scorecard_columns(flat, review.council)

    return text, data, rows


def _known(settings: Settings, period: Period | None) -> Known:
    """Return what is known as the period opens: what is signed off as it was signed."""
    workspace = settings.workspace()
    with workspace.read() as reader, reader.snapshot():
        if reader.notice:
            err(f"warning: {reader.notice}")
        return opened(workspace, reader, reviews.known(workspace, reader), period).found


def past(found: Held) -> Json:
    """Return the last five periods and the year-end outturns of a row, oldest first."""
    years = outturn_years(found.row.reporting)
    return {
        "history": [_earlier(found, each) for each in found.recent()],
        "outturns": [
            {"year": year.code, **_earlier(found, each), "last_period_alone": each.alone}
            for year in years
            for each in [found.outturn(year)]
        ],
    }


def _earlier(found: Held, each: Earlier) -> Json:
    from outcome_tracker.exchange import as_json

    indicator = found.row.indicator
    judged = reviews.past_of(indicator, each.figure)
    return {**as_json.measured(each.figure, judged.target, judged.rag, indicator), "break": each.parted}


def _flat(found: Held) -> dict[str, object]:
    flat: dict[str, object] = {}
    before = found.recent()[:-1][::-1]
    for n, each in enumerate(before, 1):
        flat[f"before_{n}_period"], flat[f"before_{n}"] = each.figure.period.code, each.figure.value
    for n, year in enumerate(reversed(outturn_years(found.row.reporting)), 1):
        flat[f"outturn_{n}_year"], flat[f"outturn_{n}"] = year.code, found.outturn(year).figure.value
    return flat
