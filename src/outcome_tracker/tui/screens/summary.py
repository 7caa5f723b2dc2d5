"""The summary: the three questions, what needs a decision, what changed, a heat map, and the plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from outcome_tracker.core.commentary import Explained, explained, unexplained
from outcome_tracker.core.indicator import Tier
from outcome_tracker.tracker.overview import Scope, only, themes, whole
from outcome_tracker.tui import commands, places
from outcome_tracker.tui.screens.summary_commands import NextTab, Open, OtherTable, WriteReport
from outcome_tracker.tui.screens.summary_fit import compact, height, noted, two_lines
from outcome_tracker.tui.screens.summary_lines import (
    HIGH,
    TALL,
    Listed,
    decisions,
    one_line,
    plan_columns,
    plan_lines,
    questions,
    theme_key,
    to_green,
)
from outcome_tracker.tui.screens.summary_report import SummaryReporting
from outcome_tracker.tui.widgets.drawn import Drawn, text, wrapped
from outcome_tracker.tui.widgets.grid_view import GridView
from outcome_tracker.tui.widgets.links import Links, numbered, tab

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.content import Content
    from textual.geometry import Size
    from textual.widget import Widget

    from outcome_tracker.core.changes import Changed
    from outcome_tracker.core.commentary import Commentary
    from outcome_tracker.core.indicator import Indicator
    from outcome_tracker.core.scorecard import Row
    from outcome_tracker.tracker.heat_map import HeatRow
    from outcome_tracker.tracker.review import Review
    from outcome_tracker.tui.commands import Command
    from outcome_tracker.tui.screens.summary_reading import Summed
    from outcome_tracker.tui.widgets.grid_data import Line

_TABS = (("Needs a decision", "Decisions"), ("What changed", "Changes"), ("Heat map", "Heat map"))
DECISIONS, CHANGES, HEAT_MAP = range(3)
_FEW_PLANS = 4  # are in sight at once on a low screen, so that the list has room
_TIERS = (
    (Tier.HEADLINE, commands.OnlyHeadline, "Headline"),
    (Tier.WIDER, commands.OnlyWider, "Wider"),
    (None, commands.Everything, "All"),
)


class SummaryScreen(SummaryReporting):
    """The council's summary of a period."""

    ABOUT = "The council's reporting period at a glance: the three questions, what needs a decision, what changed, the \
last two years, and the plans. With the cursor on a theme or plan the questions are answered for it."
    OFFERS: ClassVar[tuple[type[Command], ...]] = (
        Open,
        OtherTable,
        NextTab,
        places.EnterFigures,
        places.Milestones,
        WriteReport,
        commands.OnlyHeadline,
        commands.OnlyWider,
        commands.Everything,
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(str(n + 1), f"tab({n})", name, show=False) for n, (name, _) in enumerate(_TABS)
    ]
    AUTO_FOCUS: ClassVar[str | None] = "#table"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (HIGH, "-high")]  # noqa: RUF012 - Textual declares it so
    council_name = ""

    def __init__(self) -> None:
        super().__init__()
        self.tab = DECISIONS
        self.tier: Tier | None = None
        self._shown: Review | None = None  # the answer's review, of the chosen tier
        self._listed = one_line("")
        self._places: dict[int, tuple[str, str]] = {}  # where the cursor is on each tab: the keys of line and column
        self._shared_for: Size | None = None  # for which the height was shared last

    @property
    def crumb(self) -> str:
        return "Outcome plans"

    def body(self) -> Iterable[Widget]:
        kept = self.tracker.memory
        self.tab = kept.get("summary.tab", DECISIONS) % len(_TABS)
        self.tier = next((tier for tier in Tier if tier == kept.get("summary.tier", "")), None)
        self._places[self.tab] = (kept.get("summary.line", ""), "")
        yield Drawn(id="questions", classes="text")
        yield Links(id="tabs")
        yield Drawn(id="above", classes="text")
        yield GridView(id="table")
        yield Drawn(id="sentence", classes="text")
        yield GridView(plan_columns(trend=False), id="plans")

    # Showing

    def show(self, answer: Summed) -> None:
        super().show(answer)
        self.council_name = answer.review.council.name
        self._show_tier()

    def looked_back(self) -> None:
        self._fill_plans()
        if self.tab != DECISIONS:
            self._fill()

    def _show_tier(self) -> None:
        if self.answer is None:
            return
        self._shown = only(self.answer.review, self.tier)
        self._fill_plans()
        self._fill()

    def _fill_plans(self) -> None:
        if self._shown is None:
            return
        grid = self.query_one("#plans", GridView)
        trends: dict[str, str] = {}
        if self.past:
            from outcome_tracker.tui.screens.summary_heat import trends as trends_of

            trends = trends_of(self.past.heat_map, self.tier)
        fresh = not grid.lines
        grid.columns = plan_columns(trend=bool(trends))
        grid.set_lines(plan_lines(self._shown, trends, high=self._high))
        if fresh and self._shown.plans:
            grid.move_to(self._shown.plans[0].plan.code)

    @property
    def _high(self) -> bool:
        return self.app.size.height >= HIGH

    @property
    def _tall(self) -> bool:
        return self.app.size.height >= TALL

    def _list(self, review: Review) -> Listed:
        """Return what the chosen tab shows."""
        if self.tab == DECISIONS:
            missing = {row.indicator.code for row in unexplained(review.rows, self._commentary)}
            said = {c.subject for c in self._commentary if c.period == review.period and c.text.strip()}
            return decisions(review, missing, said)
        if self.past is None:
            return one_line(self.why_no_past or "Looking at the periods before …")
        if self.tab == CHANGES:
            from outcome_tracker.tui.screens.summary_changes import changes

            return changes(self.past.changes, self.tier, self.app.size.width, high=self._high)
        from outcome_tracker.tui.screens.summary_heat import heat_map

        return heat_map(self.past.heat_map, self.tier, self.app.size.width)

    @property
    def _commentary(self) -> tuple[Commentary, ...]:
        return self.answer.commentary if self.answer else ()

    def _fill(self) -> None:
        """Show the chosen tab, and share the height: the plans get what they need up to a third, the list the rest.

        Where there is room, each line says below it why it is there; else the sentence below says it of one.
        """
        if self._shown is None:
            return
        self._ask_questions()
        self._shared_for = width, rows = self.app.size
        listed = self._listed = self._list(self._shown)
        self.query_one("#above", Drawn).show(lambda _width: list(listed.above))
        plans = self.query_one("#plans", GridView)
        below = min(len(plans.lines), rows // 3 if self._high else _FEW_PLANS) + 1
        high = self._high
        room = rows - len(self._questions(width - 2)) - len(listed.above) - below - 4 - 2 * high  # two blank lines
        lines = noted(listed, width, room)
        sentence = self.query_one("#sentence", Drawn)
        sentence.display = not lines and any(line.key for line in listed.lines)
        if sentence.display:
            room -= 2 + high
        lines = lines or compact(listed.lines, room)
        self.query_one("#table", GridView).styles.height = max(min(height(lines, width), room), 3)
        plans.styles.height = below
        self._fill_table(lines)
        self._say()
        tiers = [tab(each.name(), name, key=each.keys, chosen=tier == self.tier) for tier, each, name in _TIERS]
        self.query_one(Links).set_links(numbered(_TABS, self.tab), tiers)
        self.refresh_chrome()

    def _fill_table(self, lines: tuple[Line, ...]) -> None:
        """Show a tab's lines, the cursor where it was on that tab."""
        table, listed = self.query_one("#table", GridView), self._listed
        table.cursor_type = "cell" if listed.by_cell else "row"
        if table.columns != listed.columns:
            table.set_lines(())
            table.columns = listed.columns
        table.set_lines(lines)
        keys = [line.key for line in lines if not line.heading]
        line, column = self._places.get(self.tab, ("", ""))
        if listed.by_cell and column not in {c.key for c in listed.columns[1:]}:
            column = listed.columns[-1].key
        table.move_to(keys[0], column)
        if line in keys[1:]:  # later, for then the table has its height and scrolls to it
            self.call_after_refresh(table.move_to, line, column)

    def _scope(self) -> Scope | None:
        """Return what the questions are answered for: what the cursor is on among the plans, else the whole council."""
        review = self._shown
        if review is None:
            return None
        plans = self.query_one("#plans", GridView)
        key = plans.cursor_key if plans.has_focus else ""
        for plan in review.plans:
            if plan.plan.code == key:
                return Scope(f"{key} {plan.plan.title}", (plan,), plan.counts)
        return next((theme for theme in themes(review) if theme_key(theme.name) == key), whole(review))

    def _questions(self, width: int) -> list[Content]:
        if (scope := self._scope()) is None:
            return []
        told = explained(scope.rows, self._commentary) if scope.rows else Explained()
        council = whole(self._shown) if self._shown else scope
        return questions(scope, council, self.tier, told, width, high=self._high, tall=self._tall)

    def _ask_questions(self) -> None:
        self.query_one("#questions", Drawn).show(self._questions)

    @on(GridView.Highlighted, "#table")
    def _say(self) -> None:
        """Say in a sentence what the line or cell under the cursor says; of a plan what would make it all Green."""
        table = self.query_one("#table", GridView)
        if table.cursor_key:  # else what is to be shown is still read
            self._places[self.tab] = (table.cursor_key, table.cursor.column)
        said = text(*self._listed.say(table.cursor_key, table.cursor.column))
        scope = self._scope() if self.query_one("#plans", GridView).has_focus and not self._tall else None
        if scope is not None:
            said = text((f"To all Green: {to_green(scope)}", "$quiet"))
        self.query_one("#sentence", Drawn).show(lambda width: two_lines(wrapped(said, width, most=2)))

    def on_unmount(self) -> None:
        """Remember the line that the cursor is on."""
        self.tracker.memory.put("summary.line", self._places.get(self.tab, ("", ""))[0])

    def on_resize(self) -> None:
        if self.app.size != self._shared_for:
            self._fill_plans()
            self._fill()

    @on(GridView.Highlighted, "#plans")
    def _ask_of_line(self) -> None:
        self._ask_questions()
        self._say()

    def on_descendant_focus(self) -> None:
        self._ask_questions()
        self._say()
        self.refresh_chrome()  # Tab and Enter do something else now

    def label_of(self, command: type[Command]) -> str:
        back = command is OtherTable and self.query_one("#plans", GridView).has_focus
        return "List" if back else super().label_of(command)

    # Tabs and tiers

    def action_tab(self, number: int) -> None:
        """Show a tab."""
        self.tab = number % len(_TABS)
        self.tracker.memory.put("summary.tab", self.tab)
        self.query_one("#table", GridView).focus()
        self._fill()

    def do_next_tab(self) -> None:
        """Show the next tab."""
        self.action_tab(self.tab + 1)

    @on(Links.Clicked)
    def _clicked(self, message: Links.Clicked) -> None:
        if message.name.isdigit():
            self.action_tab(int(message.name))
        else:
            self.action_command(message.name)

    def _choose(self, tier: Tier | None) -> None:
        self.tier = tier
        self.tracker.memory.put("summary.tier", tier.value if tier else "")
        self._show_tier()
        self.refresh_chrome()

    def why_not_only_headline(self) -> str:
        """Not twice."""
        return "They are all that is shown." if self.tier is Tier.HEADLINE else self._why_not_yet()

    def why_not_only_wider(self) -> str:
        """Not twice."""
        return "They are all that is shown." if self.tier is Tier.WIDER else self._why_not_yet()

    def why_not_everything(self) -> str:
        """Not twice."""
        return "All are shown." if self.tier is None else self._why_not_yet()

    def do_only_headline(self) -> None:
        """Leave the wider indicators out of every count and list."""
        self._choose(Tier.HEADLINE)

    def do_only_wider(self) -> None:
        """Leave the headline indicators out of every count and list."""
        self._choose(Tier.WIDER)

    def do_everything(self) -> None:
        """Count and list all."""
        self._choose(None)

    # What the cursor is on

    def _plan(self) -> str | None:
        """Return the code of the plan that the cursor is on, if it is on one."""
        key = self.query_one("#plans", GridView).cursor_key
        plans = self._shown.plans if self._shown else ()
        return next((plan.plan.code for plan in plans if plan.plan.code == key), None)

    def _indicator(self) -> Indicator | None:
        """Return the indicator that the cursor is on in the table."""
        from outcome_tracker.tui.screens.summary_changes import code_of

        code = code_of(self.query_one("#table", GridView).cursor_key)
        known: list[Row | Changed | HeatRow] = list(self._shown.rows) if self._shown else []
        if self.past:
            known += [*self.past.changes.changed, *self.past.heat_map.rows]
        return next((each.indicator for each in known if each.indicator.code == code), None)

    @property
    def reported_plan(self) -> str | None:
        """The plan under the cursor, while it is among the plans."""
        return self._plan() if self.query_one("#plans", GridView).has_focus else None

    def about(self) -> tuple[str | None, str | None]:
        """The plan, or the indicator with its plan, under the cursor."""
        if self.query_one("#plans", GridView).has_focus:
            return self._plan(), None
        found = self._indicator()
        return (found.plan, found.code) if found else (None, None)

    @on(GridView.Selected)
    def _open(self) -> None:
        self.action_command("open")

    def why_not_open(self) -> str:
        """There must be something under the cursor."""
        if self.query_one("#plans", GridView).has_focus:
            return "" if self._plan() else "Choose a plan; the questions above are answered for this line already."
        return "" if self._indicator() else "Nothing is chosen."

    def do_open(self) -> None:
        """Open the plan or indicator under the cursor."""
        plan, code = self.about()
        if code is not None:
            self.tracker.open_indicator(code)
        elif plan is not None:
            self.tracker.open_scorecard(plan)

    def do_other_table(self) -> None:
        """Go to the plans, or back to the list above them."""
        here, there = self.query_one("#table", GridView), self.query_one("#plans", GridView)
        self.set_focus(here if there.has_focus else there)  # at once: the next key may follow already

    def _why_not_without_plans(self) -> str:
        if self.answer is None:
            return self._why_not_yet()
        return "" if self.answer.review.plans else "No plan counts in this period."

    why_not_enter_figures = why_not_milestones = why_not_other_table = why_not_write_report = _why_not_without_plans
