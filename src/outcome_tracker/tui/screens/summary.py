"""The summary: the three questions, what needs a decision, and the plans with their counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.content import Content

from outcome_tracker.core import wording
from outcome_tracker.core.direction import Direction
from outcome_tracker.core.rag import Rag
from outcome_tracker.tracker.review import exceptions, published_ratings, review_of
from outcome_tracker.tui import commands, places
from outcome_tracker.tui.cells import (
    DOT,
    ILLUSTRATIVE_SHORT,
    RAG_STYLE,
    bar,
    benchmark_cell,
    direction_cell,
    direction_parts,
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
    from collections.abc import Iterable

    from textual.geometry import Size
    from textual.widget import Widget

    from outcome_tracker.core.period import Period
    from outcome_tracker.core.scorecard import Row
    from outcome_tracker.tracker.review import PlanReview, Review
    from outcome_tracker.tui.commands import Command
    from outcome_tracker.tui.session import Reading

WIDE = 100  # from this width on the questions stand beside their answers, in full
_DECISIONS = (
    Column("rag", "", narrow=3, priority=90),
    Column("direction", "", priority=85),
    Column("title", "Needs a decision", width=20, fill=1, priority=100),
    Column("value", "Figure", align="right", priority=95),
    Column("marks", "", priority=94),
    Column("target", "Target", align="right", priority=80),
    Column("benchmark", "Benchmark", narrow=9, priority=50),
    Column("commentary", "Commentary", priority=70),
)
_PLANS = (
    Column("title", "Plans", width=20, fill=1, priority=100),
    *(Column(rag.value, wording.RAG_LETTER[rag], width=2, align="right", priority=90) for rag in Rag),
    *(Column(way.value, wording.DIRECTION_GLYPH[way], width=2, align="right", priority=80) for way in Direction),
    Column("actions", "Actions", align="right", priority=70),
    Column("figures", "Figures", align="right", priority=75),
)


@dataclass(frozen=True, slots=True)
class Summed:
    """What the summary shows: the review, and the indicators with commentary on the period."""

    review: Review
    explained: frozenset[str]


class SummaryScreen(ReadingPage[Summed]):
    """The council's summary of a period."""

    ABOUT = "The council's reporting period at a glance: the three questions, what needs a decision, and the plans."
    OFFERS: ClassVar[tuple[type[Command], ...]] = (
        commands.Open,
        places.EnterFigures,
        places.Milestones,
        commands.OtherTable,
    )
    AUTO_FOCUS: ClassVar[str | None] = "#decisions"
    council_name = ""
    _shared: tuple[Summed, Size] | None = None  # for what the height was shared last

    @property
    def crumb(self) -> str:
        return "Outcome plans"

    def body(self) -> Iterable[Widget]:
        yield Drawn(id="questions", classes="text")
        yield GridView(_DECISIONS, id="decisions")
        yield GridView(_PLANS, id="plans")

    def fetch(self, reading: Reading, period: Period | None) -> Summed:
        review = review_of(reading.known, period)
        return Summed(review, frozenset(c.subject for c in reading.commentary if c.period == review.period))

    def period_of(self, answer: Summed) -> Period | None:
        return answer.review.period

    def show(self, answer: Summed) -> None:
        review = answer.review
        self.council_name = review.council.name
        self.query_one("#questions", Drawn).show(partial(_questions, review))
        self.query_one("#plans", GridView).set_lines(_plan(plan) for plan in review.plans)
        self._share()

    def on_resize(self) -> None:
        if self.answer is not None:
            self._share()

    def _share(self) -> None:
        """Share the height: the plans get what they need up to a third, the decisions all that is left.

        Where there is room, each decision says in a sentence why it is one.
        """
        if self.answer is None or self._shared == (self.answer, self.app.size):
            return
        self._shared = (self.answer, self.app.size)
        review = self.answer.review
        width, height = self.app.size
        plans = min(len(review.plans), max(height // 3, 3)) + 1
        room = height - len(_questions(review, width - 2)) - plans - 6  # the lines on top and below, and two blank ones
        rows = exceptions(review.rows)
        lines = [_decision(row, self.answer.explained, noted=True) for row in rows] or [_nothing(review)]
        if (needed := _height(lines, width)) > room:
            lines = [_decision(row, self.answer.explained, noted=False) for row in rows]
            needed = len(lines) + 1
        decisions = self.query_one("#decisions", GridView)
        decisions.set_lines(lines)
        decisions.styles.height = max(min(needed, room), 3)
        self.query_one("#plans", GridView).styles.height = plans

    @on(GridView.Selected, "#decisions")
    def _open_decision(self, message: GridView.Selected) -> None:
        if message.line:
            self.tracker.open_indicator(message.line)

    @on(GridView.Selected, "#plans")
    def _open_plan(self, message: GridView.Selected) -> None:
        self.tracker.open_scorecard(message.line)

    def why_not_open(self) -> str:
        """There must be something under the cursor."""
        return "" if isinstance(self.focused, GridView) and self.focused.cursor_line else "Nothing is chosen."

    def do_open(self) -> None:
        """Open the plan or indicator under the cursor."""
        if isinstance(self.focused, GridView):
            self.focused.action_select()

    def do_other_table(self) -> None:
        """Go to the plans, or back to what needs a decision."""
        here, there = self.query_one("#decisions", GridView), self.query_one("#plans", GridView)
        self.set_focus(here if there.has_focus else there)  # at once: the next key may follow already

    def _why_not_without_plans(self) -> str:
        if self.answer is None:
            return "Nothing has been read yet."
        return "" if self.answer.review.plans else "No plan counts in this period."

    why_not_enter_figures = why_not_milestones = why_not_other_table = _why_not_without_plans


def _height(lines: list[Line], width: int) -> int:
    """Return how high a table with these lines and the sentences below them is, its titles included."""
    return 1 + sum(1 + (len(wrapped(text(line.note), width - 6)) if line.note else 0) for line in lines)


def _nothing(review: Review) -> Line:
    words = "Nothing: no indicator is Red or has declined." if review.rows else "No plan counts in this period."
    return Line("", {"title": Cell(words, "muted")})


def _decision(row: Row, explained: frozenset[str], *, noted: bool) -> Line:
    indicator = row.indicator
    reasons = [
        wording.against_target(row) or wording.rag_reason_text(row),
        wording.to_green_text(row.to_green, indicator),
        wording.travel_text(row.travel, indicator.unit),
    ]
    return Line(
        indicator.code,
        {
            "rag": rag_cell(row.rag),
            "direction": direction_cell(row.direction),
            "title": Cell(indicator.title),
            "value": value_cell(row),
            "marks": marks_cell(row),
            "target": target_cell(row),
            "benchmark": benchmark_cell(row.benchmarks[0] if row.benchmarks else None, row),
            "commentary": Cell("given", "muted") if indicator.code in explained else Cell("none yet", "warning"),
        },
        note=DOT.join(reason for reason in reasons if reason) if noted else "",
        note_style="muted",
    )


def _plan(plan: PlanReview) -> Line:
    counts = plan.counts
    share = counts.actions.share
    flag = f" {wording.ILLUSTRATIVE}" if plan.plan.illustrative else ""
    cells = {
        "title": Cell(plan.plan.title + flag),
        "actions": Cell(wording.ABSENT if share is None else f"{share}%"),
        "figures": Cell(f"{counts.returned}/{counts.due}"),
    }
    for rag, number in counts.every.rag.items():
        cells[rag.value] = Cell(str(number), RAG_STYLE[rag] if number else "muted")
    for way, number in counts.every.direction.items():
        cells[way.value] = Cell(str(number), "" if number else "muted")
    return Line(plan.plan.code, cells)


def _questions(review: Review, width: int) -> list[Content]:
    """Draw the questions with their answers beside them, in full where there is room."""
    counts, wide = review.counts, width >= WIDE
    indent = len(wording.QUESTION_ACTIONS if wide else "As published") + 3
    room = width - indent
    rag = text(*rag_parts(counts.every.rag))
    shapes = bar(counts.every.rag, room - rag.cell_length - 3)
    overdue = Counter(line.indicator.owner or line.plan.owner or line.plan.code for line in review.due if line.overdue)
    owners = ", ".join(f"{owner} {number}" for owner, number in overdue.most_common())
    returned = [wording.returned_line(counts) + (f" ({owners})" if owners else "")]
    if counts.illustrative:
        returned.append(f"{counts.illustrative} illustrative {ILLUSTRATIVE_SHORT}")
    rows: list[tuple[str, str, list[Content]]] = [
        (wording.QUESTION_TARGETS, "Targets", [text(rag, "   ", *shapes)]),
        (wording.QUESTION_DIRECTION, "Direction", [text(*direction_parts(counts.every.direction, short=not wide))]),
        (wording.QUESTION_ACTIONS, "Actions", [text(part) for part in wording.actions_line(counts.actions).split(DOT)]),
        ("Figures in", "Figures in", [text(part) for part in returned]),
        *((f"As published, {code}", "As published", [line]) for code, line in _published(review, wide=wide)),
    ]
    lines: list[Content] = []
    for full, short, answer in rows:
        found = flowed(answer, DOT, room)
        left = [f"{full if wide else short:<{indent}}", *[" " * indent] * len(found)]
        lines += [Content.assemble(text((side, "$quiet")), part) for side, part in zip(left, found, strict=False)]
    return lines


def _published(review: Review, *, wide: bool) -> list[tuple[str, Content]]:
    """Return each plan's line of ratings as its source printed it, with how much of it can be checked."""
    found: list[tuple[str, Content]] = []
    for plan in review.plans:
        if published := published_ratings(plan):
            line, measures = published
            about = (
                f"{measures} measures; {plan.printed} figures printed"
                if wide
                else f"{measures}; {plan.printed} printed"
            )
            found.append((plan.plan.code, text((f"{line} ({about})", "$quiet"))))
    return found
