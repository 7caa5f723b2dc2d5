"""A scorecard: every indicator of a plan, of all plans, or those found by words, sorted and filtered by any column."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.message import Message

from outcome_tracker.core.arrange import Choice, arrange, from_text, said, to_text
from outcome_tracker.core.indicator import Tier
from outcome_tracker.core.row_fields import RowField, fields
from outcome_tracker.core.signoff_wording import marks
from outcome_tracker.tracker.review import compared, find_plan, review_of
from outcome_tracker.tracker.scorecards import comparators_of, held, with_words
from outcome_tracker.tracker.signals import signalled
from outcome_tracker.tui import commands, places
from outcome_tracker.tui.cells import DOT
from outcome_tracker.tui.screens import scorecard_commands
from outcome_tracker.tui.screens.reading_page import PlacePage, ReadingPage
from outcome_tracker.tui.screens.scorecard_lines import VIEWS, Group, columns, grouped, hidden, line, makers
from outcome_tracker.tui.screens.scorecard_words import WIDE, Card, ChoiceLine, counts_of, sentence_of, signal_of
from outcome_tracker.tui.widgets.drawn import Drawn
from outcome_tracker.tui.widgets.grid_data import Line
from outcome_tracker.tui.widgets.grid_view import GridView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.content import Content
    from textual.widget import Widget

    from outcome_tracker.core.past import Held
    from outcome_tracker.core.period import Period
    from outcome_tracker.tracker.review import Review
    from outcome_tracker.tui.commands import Command
    from outcome_tracker.tui.session import Reading

_AT_ONCE = 60  # indicators whose signals nobody waits for: a millisecond each
GROUPS = {Tier.HEADLINE: "Headline indicators", Tier.WIDER: "Wider indicators"}


@dataclass
class Signalled(Message, bubble=False):
    """The card that was shown, as it is once its signals are worked out."""

    card: Card
    found: Card


class ScorecardScreen(ReadingPage[Card]):
    """The scorecard of one plan; without a plan that of all plans, or of what is found by words."""

    ABOUT = "Every indicator in this period, with its target, rating and direction. Left and right choose a column to \
sort by or filter; the sentence below the table says what the row under the cursor says."
    CSS_PATH = "scorecard.tcss"
    OFFERS: ClassVar[tuple[type[Command], ...]] = (
        commands.Open,
        scorecard_commands.SortColumn,
        scorecard_commands.KeepValue,
        scorecard_commands.OtherView,
        scorecard_commands.ClearChoices,
        places.EnterFigures,
        places.Milestones,
        commands.OnlyHeadline,
        commands.OnlyWider,
        commands.Everything,
    )
    AUTO_FOCUS: ClassVar[str | None] = "#scorecard"
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (20, "-low"), (30, "-high")]  # noqa: RUF012 - Textual declares it so
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE + 2, "-wide")]  # noqa: RUF012 - Textual declares it so

    def __init__(self, plan: str | None = None, words: str = "") -> None:
        super().__init__()
        self.plan_code, self.words = plan, words
        self.choice = Choice()
        self.tier: Tier | None = None  # which indicators are shown: None is all
        self.view = next(iter(VIEWS))

    @property
    def crumb(self) -> str:
        return self.plan_code or (f"Found: {self.words}" if self.words else "All indicators")

    def body(self) -> Iterable[Widget]:
        yield Drawn(id="counts", classes="text")
        yield ChoiceLine(id="choice", classes="text")
        yield GridView(cursor_type="cell", id="scorecard")
        yield Drawn(id="sentence", classes="text")

    def fetch(self, reading: Reading, period: Period | None) -> Card:
        known = self.tracker.session.as_signed(reading, period).known
        review = review_of(known, period)
        shown = find_plan(review, self.plan_code).rows if self.plan_code else review.rows
        review = compared(self.tracker.workspace, known, review, shown)
        rows = find_plan(review, self.plan_code).rows if self.plan_code else review.rows
        if len(rows) <= _AT_ONCE:
            return self._card(review, held(known, signalled(known, rows)))
        card = self._card(review, held(known, rows))
        return replace(card, later=lambda: self._card(review, held(known, signalled(known, rows))))

    def _card(self, review: Review, rows: tuple[Held, ...]) -> Card:
        """Put rows into groups: of a plan by tier, of all plans by plan."""
        if self.plan_code:
            plan = find_plan(review, self.plan_code)
            tiers = [Group(tier, title, _of(tier, rows)) for tier, title in GROUPS.items()]
            groups = tuple(group for group in tiers if group.held)
            names = comparators_of(review, rows)
            title = f"{marks(plan.progress)} {plan.plan.title}".lstrip()
            return Card(title, review.period, groups, names, plan.counts, plan.plan.illustrative)
        hits = {hit.row.indicator.code for hit in with_words(self.words, rows)}
        groups = tuple(
            Group(plan.plan.code, plan.plan.code, kept, plan.plan.title)
            for plan in review.plans
            if (kept := tuple(h for h in rows if h.row.plan is plan.plan and h.row.indicator.code in hits))
        )
        title = f"Indicators with '{self.words}'" if self.words else f"{review.council.name}: every indicator"
        return Card(title, review.period, groups, comparators_of(review, rows), None if self.words else review.counts)

    def period_of(self, answer: Card) -> Period | None:
        return answer.period

    def on_mount(self) -> None:
        """Take up what was chosen last; then as every page."""
        memory = self.tracker.memory
        view, tier = memory.get("scorecard.view", ""), memory.get(f"{self._kept_under}.tier", "")
        self.view = view if view in VIEWS else self.view
        if not self.words:  # what was searched for is there to be seen
            self.tier = Tier(tier) if tier in set(Tier) else None
            self.choice = from_text(memory.get(f"{self._kept_under}.choice", ""))
        super().on_mount()

    @property
    def _kept_under(self) -> str:
        """What choices are remembered under: plans share theirs."""
        return "scorecard" if self.plan_code else "scorecard.all"

    def show(self, answer: Card) -> None:
        self.query_one("#counts", Drawn).show(partial(counts_of, answer))
        self._arrange()
        if answer.later:
            work = partial(self._add_signals, answer, answer.later)
            self.run_worker(work, group="signals", thread=True, exclusive=True, exit_on_error=False, name="signals")

    def _add_signals(self, card: Card, later: Callable[[], Card]) -> None:
        """Work out the signals in a thread."""
        self.post_message(Signalled(card, later()))

    def on_signalled(self, message: Signalled) -> None:
        if self.answer is message.card:  # else another period or state is shown by now
            self.answer = message.found
            self._arrange()

    # Sorting, filtering and views

    def _fields(self) -> dict[str, RowField]:
        return fields(self.answer.period, self.answer.comparators) if self.answer else {}

    def _arrange(self) -> None:
        """Show the rows that are chosen, as they are sorted."""
        if self.answer is None:
            return
        card, by, grid = self.answer, self._fields(), self.query_one("#scorecard", GridView)
        choice, every = self.choice.within(by), card.held
        kept = [h for h in arrange(every, by, choice) if self.tier in {None, h.row.indicator.tier}]
        marked = any(h.row.figure.provisional or h.row.illustrative for h in every)
        shown = columns(self.view, card.period, card.comparators, choice, marked=marked, plans=not self.plan_code)
        made = makers(card.period, card.comparators)
        lines = [line(h, made) for h in kept] if choice.sort else grouped(card.groups, kept, made)
        grid.set_table(shown, lines or [Line("", heading=True, title=self._nothing(len(every)))])
        self.query_one(ChoiceLine).say(self._said(choice, len(kept), len(every)), VIEWS[self.view])
        self._say_hidden()
        self._say()
        self.refresh_chrome()

    @on(GridView.Fitted, "#scorecard")
    def _say_hidden(self) -> None:
        """Say how many of the view's columns there is no room for."""
        self.query_one(ChoiceLine).hide(hidden(self.view, self.query_one("#scorecard", GridView).dropped))

    def _said(self, choice: Choice, kept: int, every: int) -> str:
        """Say how the rows are sorted and which are hidden, and what shows them again."""
        parts = said(choice, self._fields())
        parts += [f"only {self.tier} indicators"] if self.tier else []
        parts += [f"{kept:,} of {every:,} shown"] if kept < every else []
        return DOT.join(parts) + "; Backspace clears" if parts else ""

    def _nothing(self, every: int) -> str:
        if not every:
            return f"Nothing has all of '{self.words}'." if self.words else "No indicator counts in this period."
        return f"No indicator is left; Backspace shows all {every:,} again."

    def _choose(self, choice: Choice, tier: Tier | None) -> None:
        self.choice, self.tier = choice, tier
        if not self.words:
            self.tracker.memory.put(f"{self._kept_under}.choice", to_text(choice, self._fields()))
            self.tracker.memory.put(f"{self._kept_under}.tier", tier or "")
        self._arrange()

    def _here(self) -> tuple[Held | None, RowField | None]:
        """Return the row and the field that the cursor is on."""
        grid = self.query_one("#scorecard", GridView)
        held = self.answer.held if self.answer else []
        row = next((h for h in held if h.row.indicator.code == grid.cursor_key), None)
        return row, self._fields().get(grid.cursor.column)

    def _why_no_column(self) -> str:
        return "" if self._here()[1] else "There is no column here."

    why_not_sort_column = _why_no_column

    def do_sort_column(self) -> None:
        """Sort by the cursor's column."""
        if field := self._here()[1]:
            self._choose(self.choice.sorted_by(field.key), self.tier)

    @on(GridView.HeadingClicked, "#scorecard")
    def _heading(self, message: GridView.HeadingClicked) -> None:
        """Sort by the column that was clicked."""
        message.grid.move_to(message.line, message.column)
        self.do_sort_column()

    def why_not_keep_value(self) -> str:
        """A filter needs a value, or to be there already."""
        row, field = self._here()
        filtered = field is not None and any(field.key == key for key, _ in self.choice.only)
        return "" if filtered or (row and field) else "There is no value here."

    def do_keep_value(self) -> None:
        """Keep the rows with the value under the cursor, or let the others come back."""
        row, field = self._here()
        if field:
            self._choose(self.choice.kept(field.key, field.words(row) if row else ""), self.tier)

    @on(ChoiceLine.ViewClicked)
    def do_other_view(self) -> None:
        """Show the next set of columns."""
        names = list(VIEWS)
        self.view = names[(names.index(self.view) + 1) % len(names)]
        self.tracker.memory.put("scorecard.view", self.view)
        self._arrange()

    def why_not_clear_choices(self) -> str:
        """Something must be chosen."""
        chosen = self.tier or self.choice.within(self._fields()) != Choice()
        return "" if chosen else "All are shown, in the plan's order."

    def do_clear_choices(self) -> None:
        """Show everything in the plan's order."""
        self._choose(Choice(), None)

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
        self._choose(self.choice, Tier.HEADLINE)

    def do_only_wider(self) -> None:
        """Hide the headline indicators."""
        self._choose(self.choice, Tier.WIDER)

    def do_everything(self) -> None:
        """Hide neither."""
        self._choose(self.choice, None)

    # The row under the cursor

    @on(GridView.Highlighted, "#scorecard")
    def _say(self) -> None:
        """Say in a sentence what the row under the cursor says."""
        held, _ = self._here()
        row = held.row if held else None

        def said(width: int) -> list[Content]:
            most = 4 if self.has_class("-narrow") and not self.has_class("-tiny") else 3  # as the stylesheet has it
            return signal_of(held, most, width) if self.view == "signals" else sentence_of(row, most, width)

        self.query_one("#sentence", Drawn).show(said)

    @on(GridView.Selected, "#scorecard")
    def _open(self, message: GridView.Selected) -> None:
        self.tracker.open_indicator(message.line)

    def do_open(self) -> None:
        """Open the indicator under the cursor."""
        self.query_one("#scorecard", GridView).action_select()

    def about(self) -> tuple[str | None, str | None]:
        row, _ = self._here()
        if row is None:
            return self.plan_code, None
        return row.row.plan.code, row.row.indicator.code


class EveryIndicator(ScorecardScreen, PlacePage[Card]):
    """The scorecard of all plans, which opens on the indicator that one comes from."""

    def __init__(self, plan: str | None = None, focus: str | None = None) -> None:
        super().__init__()
        self._plan, self._focus = plan, focus

    def show(self, answer: Card) -> None:
        super().show(answer)
        if self._focus:
            self.query_one("#scorecard", GridView).move_to(self._focus)
            self._focus = None


def _of(tier: Tier, held: Iterable[Held]) -> tuple[Held, ...]:
    return tuple(each for each in held if each.row.indicator.tier is tier)
