"""A plan's scorecard: every indicator in force, headline ones first, with what it is held against."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on

from outcome_tracker.core import wording
from outcome_tracker.core.indicator import Tier
from outcome_tracker.core.scorecard import tally
from outcome_tracker.core.standing import measure
from outcome_tracker.tracker.review import find_plan, review_of
from outcome_tracker.tui import commands, places
from outcome_tracker.tui.cells import (
    DOT,
    ILLUSTRATIVE_SHORT,
    RAG_STYLE,
    direction_cell,
    direction_parts,
    earlier_cell,
    marks_cell,
    rag_cell,
    rag_parts,
    target_cell,
    value_cell,
)
from outcome_tracker.tui.screens.page import ReadingPage
from outcome_tracker.tui.widgets.drawn import Drawn, flowed, text, wrapped
from outcome_tracker.tui.widgets.grid_data import Cell, Column, Line
from outcome_tracker.tui.widgets.grid_view import GridView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.content import Content
    from textual.widget import Widget

    from outcome_tracker.core.period import Period
    from outcome_tracker.core.scorecard import Row
    from outcome_tracker.core.standing import Measured
    from outcome_tracker.tracker.review import PlanReview
    from outcome_tracker.tui.commands import Command
    from outcome_tracker.tui.session import Reading

_COLUMNS = (
    Column("code", "Code", priority=75),
    Column("title", "Indicator", width=34, fill=1, priority=100),
    Column("value", "Figure", align="right", priority=95),
    Column("marks", "", priority=94),
    Column("target", "Target", align="right", priority=85),
    Column("rag", "Rating", narrow=6, priority=90),
    Column("direction", "Direction", narrow=1, priority=80),
    Column("last", "Last", align="right", priority=60),
    Column("year", "Year ago", align="right", priority=55),
)
WIDE = 100  # from this width on the counts are words
GROUPS = {Tier.HEADLINE: "Headline indicators", Tier.WIDER: "Wider indicators"}


@dataclass(frozen=True, slots=True)
class Held:
    """A row with the figures of the period before and of the same period a year before."""

    row: Row
    last: Measured
    year: Measured


@dataclass(frozen=True, slots=True)
class Card:
    """What the scorecard shows."""

    plan: PlanReview
    held: tuple[Held, ...]
    comparators: tuple[str, ...]


class ScorecardScreen(ReadingPage[Card]):
    """The scorecard of one plan."""

    ABOUT = "Every indicator of the plan in this period, with its target, rating and direction. The sentence below the \
table says the same of the indicator under the cursor."
    CSS_PATH = "scorecard.tcss"
    OFFERS: ClassVar[tuple[type[Command], ...]] = (
        commands.Open,
        places.EnterFigures,
        places.Milestones,
        commands.OnlyHeadline,
        commands.OnlyWider,
        commands.Everything,
    )
    AUTO_FOCUS: ClassVar[str | None] = "#scorecard"

    def __init__(self, plan: str) -> None:
        super().__init__()
        self.plan_code = plan
        self.tier: Tier | None = None  # which indicators are shown: None is all

    @property
    def crumb(self) -> str:
        return self.plan_code

    def body(self) -> Iterable[Widget]:
        yield Drawn(id="counts", classes="text")
        yield GridView(_COLUMNS, id="scorecard")
        yield Drawn(id="sentence", classes="text")

    def fetch(self, reading: Reading, period: Period | None) -> Card:
        plan = find_plan(review_of(reading.known, period), self.plan_code)
        comparators = {c.benchmark.comparator for row in plan.rows for c in row.benchmarks}
        named = reading.known.council.comparators
        return Card(
            plan,
            tuple(_held(row, reading) for row in plan.rows),
            tuple(sorted(comparators, key=lambda name: (name not in named, named.index(name) if name in named else 0))),
        )

    def show(self, answer: Card) -> None:
        self.query_one("#counts", Drawn).show(partial(_counts, answer.plan))
        grid = self.query_one("#scorecard", GridView)
        compared = tuple(
            Column(f"with {name}", name, align="right", priority=50 - n) for n, name in enumerate(answer.comparators)
        )
        grid.columns = (*_COLUMNS, *compared)
        grid.set_lines(_lines(answer.held, self.tier))
        self._say()

    @on(GridView.Highlighted, "#scorecard")
    def _say(self) -> None:
        """Say in a sentence what the row under the cursor says."""
        key = self.query_one("#scorecard", GridView).cursor_key
        row = next((h.row for h in self.answer.held if h.row.indicator.code == key), None) if self.answer else None
        self.query_one("#sentence", Drawn).show(partial(_sentence, row))

    @on(GridView.Selected, "#scorecard")
    def _open(self, message: GridView.Selected) -> None:
        self.tracker.open_indicator(message.line)

    def do_open(self) -> None:
        """Open the indicator under the cursor."""
        self.query_one("#scorecard", GridView).action_select()

    def about(self) -> tuple[str | None, str | None]:
        return self.plan_code, self.query_one("#scorecard", GridView).cursor_key or None

    def _filter(self, tier: Tier | None) -> None:
        self.tier = tier
        if self.answer:
            self.query_one("#scorecard", GridView).set_lines(_lines(self.answer.held, tier))
            self._say()
            self.refresh_chrome()

    def why_not_only_headline(self) -> str:
        """Not twice."""
        return "They are all that is shown." if self.tier is Tier.HEADLINE else ""

    def why_not_only_wider(self) -> str:
        """Not twice."""
        return "They are all that is shown." if self.tier is Tier.WIDER else ""

    def why_not_everything(self) -> str:
        """Not twice."""
        return "All are shown." if self.tier is None else ""

    def do_only_headline(self) -> None:
        """Hide the wider indicators."""
        self._filter(Tier.HEADLINE)

    def do_only_wider(self) -> None:
        """Hide the headline indicators."""
        self._filter(Tier.WIDER)

    def do_everything(self) -> None:
        """Hide none."""
        self._filter(None)


def _held(row: Row, reading: Reading) -> Held:
    series = reading.known.series(row.indicator.code)
    before, year = row.figure.period.previous, row.figure.period.year_before
    return Held(row, measure(row.indicator, series, before), measure(row.indicator, series, year))


def _lines(held: Sequence[Held], tier: Tier | None) -> list[Line]:
    lines: list[Line] = []
    for group, title in GROUPS.items():
        rows = [each for each in held if each.row.indicator.tier is group]
        if rows and tier in {None, group}:
            counts = wording.line(tally(each.row for each in rows).rag)
            lines.append(Line(f"group {group}", heading=True, title=f"{title}   {counts}", gap=bool(lines)))
            lines += [_line(each) for each in rows]
    return lines


def _line(held: Held) -> Line:
    row, indicator = held.row, held.row.indicator
    period = "" if row.figure.period == row.reporting or row.figure.value is None else f" ({row.figure.period.code})"
    cells = {
        "code": Cell(indicator.code, "muted"),
        "title": Cell(indicator.title + period),
        "value": value_cell(row),
        "marks": marks_cell(row),
        "target": target_cell(row),
        "rag": rag_cell(row.rag),
        "direction": direction_cell(row.direction, word=True),
        "last": earlier_cell(held.last, indicator.unit, flagged=not row.illustrative),
        "year": earlier_cell(held.year, indicator.unit, flagged=not row.illustrative),
    }
    for compared in row.benchmarks:
        glyph = f"{wording.VERDICT_GLYPH[compared.verdict]} " if compared.verdict else ""
        value = wording.value_text(compared.value, indicator.unit)
        cells[f"with {compared.benchmark.comparator}"] = Cell(glyph + value)
    return Line(indicator.code, cells)


def _counts(plan: PlanReview, width: int) -> list[Content]:
    counts = plan.counts
    flag = f"   {wording.ILLUSTRATIVE}" if plan.plan.illustrative else ""
    lines = wrapped(text((plan.plan.title, "bold"), (flag, "$quiet")), width, most=2)
    wide = width >= WIDE
    ratings = text(*rag_parts(counts.every.rag))
    directions = text(*direction_parts(counts.every.direction, short=not wide))
    invented = f"{DOT}{counts.illustrative} illustrative {ILLUSTRATIVE_SHORT}" if counts.illustrative else ""
    returned = text((wording.returned_line(counts) + invented, "$quiet"))
    if not wide:
        return [*lines, *flowed([ratings, returned], "     ", width), *flowed([directions], "", width)]
    actions = [text((words, "$quiet")) for words in wording.actions_line(counts.actions).split(DOT)]
    return [*lines, *flowed([ratings, directions], "     ", width), *flowed([returned, *actions], DOT, width)]


def _sentence(row: Row | None, width: int) -> list[Content]:
    """Draw three lines, whatever the sentence, so that the table doesn't jump."""
    lines: list[Content] = []
    if row is not None:
        style = f"${RAG_STYLE[row.rag]}" if row.rag else "$quiet"
        green = wording.to_green_text(row.to_green, row.indicator)
        more = f" {green[0].upper()}{green[1:]}." if green else ""
        head = f"{wording.RAG_GLYPH[row.rag]} " if row.rag else ""
        sentence = text((head, style), f"{row.indicator.title}: {wording.sentence(row)}{more}")
        lines = wrapped(sentence, width, most=3)
    return [*lines, *[text("")] * (3 - len(lines))]
