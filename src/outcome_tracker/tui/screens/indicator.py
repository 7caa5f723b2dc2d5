"""An indicator: a sentence, its chart beside the facts, and everything else in tabs below."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content

from outcome_tracker.core import signal_chart, signal_wording, wording
from outcome_tracker.core.history_chart import history
from outcome_tracker.core.position_wording import NO_AREAS
from outcome_tracker.core.to_green_wording import to_green_text
from outcome_tracker.tracker.review import IndicatorReview, indicator_review_of
from outcome_tracker.tui import commands, places
from outcome_tracker.tui.cells import DOT, RAG_STYLE
from outcome_tracker.tui.screens.indicator_compare import strip_of, where_from, where_it_stands
from outcome_tracker.tui.screens.indicator_tabs import (
    PICTURE,
    TABS,
    Picture,
    Table,
    Words,
    comparators,
    facts,
    milestones,
    signal_facts,
)
from outcome_tracker.tui.screens.reading_page import ReadingPage
from outcome_tracker.tui.widgets.chart import ChartView
from outcome_tracker.tui.widgets.drawn import Drawn, paragraphs, text, wrapped
from outcome_tracker.tui.widgets.grid_data import Line
from outcome_tracker.tui.widgets.grid_view import GridView
from outcome_tracker.tui.widgets.links import Links, numbered
from outcome_tracker.tui.widgets.strip import StripView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from outcome_tracker.core.chart import Chart
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.scorecard import Row
    from outcome_tracker.tui.commands import Command
    from outcome_tracker.tui.session import Reading


@dataclass(frozen=True, slots=True)
class Everything:
    """What the screen shows of the indicator, `process` being its process control, and the codes of its plan's."""

    review: IndicatorReview
    chart: Chart
    process: Chart
    siblings: tuple[str, ...]


class IndicatorScreen(ReadingPage[Everything]):
    """Everything about one indicator."""

    ABOUT = "One indicator: how its figure stands to target and comparators, how it came about, and what is said of it."
    CSS_PATH = "indicator.tcss"
    OFFERS: ClassVar[tuple[type[Command], ...]] = (
        commands.Open,
        commands.NextTab,
        commands.NextIndicator,
        commands.IndicatorBefore,
        commands.SignalChart,
        commands.AllAuthorities,
        places.EnterFigures,
        places.Milestones,
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n), f"tab({n - 1})", tab.name, show=False) for n, tab in enumerate(TABS, 1)),
        Binding("right", "turn(1)", show=False, priority=True),
        Binding("left", "turn(-1)", show=False, priority=True),
    ]
    AUTO_FOCUS: ClassVar[str | None] = "#table"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high"), (38, "-tall")]  # noqa: RUF012 - Textual declares it so
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual declares it so

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code
        self.tab = 0
        self.is_process = False  # whether the chart is that of statistical process control

    @property
    def crumb(self) -> str:
        return self.code

    def body(self) -> Iterable[Widget]:
        yield Drawn(id="sentence", classes="text")
        with Horizontal(id="picture"):
            yield ChartView(id="chart")
            yield Drawn(id="facts")
        yield StripView(id="strip")
        yield Links(id="tabs")
        yield Drawn(id="place", classes="text")
        yield StripView(id="authorities")
        yield GridView(id="table")
        yield Drawn(id="about", classes="text")
        with VerticalScroll(id="words"):
            yield Drawn(classes="text")
        yield ChartView(id="large")
        yield Drawn(id="signal", classes="text")

    def on_mount(self) -> None:
        """Take up which chart was chosen last; then as every page."""
        self.is_process = self.tracker.memory.get("indicator.signal", default=False)
        super().on_mount()

    def fetch(self, reading: Reading, period: Period | None) -> Everything:
        workspace = self.tracker.workspace
        reading = self.tracker.session.as_signed(reading, period)
        with workspace.read() as reader:
            versions = [
                version
                for version in reader.figure_versions(self.code)
                if workspace.as_at is None or version.stamp.known <= workspace.as_at
            ]
            found = indicator_review_of(reading.known, self.code, period, versions, reading.commentary, reader)
        out = [b for b in found.benchmarks if b.released is None or b.released <= found.as_at]
        row = found.row
        # Few lines stay legible: those that the council compares itself with, and others only where it has none.
        drawn = [b for b in out if b.comparator in found.council.comparators] or out
        chart = history(row.indicator, reading.known.series(self.code), row.reporting, drawn)
        return Everything(found, chart, signal_chart.draw(row, found.chart), tuple(i.code for i in row.plan.indicators))

    def period_of(self, answer: Everything) -> Period | None:
        return answer.review.row.reporting

    def show(self, answer: Everything) -> None:
        self.query_one("#sentence", Drawn).show(partial(_sentence, answer.review.row))
        self._show_chart(answer)
        strip = strip_of(answer.review)
        self.set_class(strip is not None, "-areas")
        for each in self.query(StripView):
            each.data = strip or each.data
        self.query_one("#place", Drawn).show(partial(where_it_stands, answer.review))
        self.action_tab(self.tab)

    def _show_chart(self, answer: Everything) -> None:
        """Show the chart that is chosen, and beside it what belongs to it."""
        for chart in self.query(ChartView):  # where there is no signal, the reason stands beside the usual chart
            chart.chart = answer.process if self.is_process and answer.review.row.signal else answer.chart
        said = signal_facts(answer.review) if self.is_process else facts(answer.review)
        self.query_one("#facts", Drawn).show(paragraphs(said.paragraphs, indent=2))
        row = answer.review.row
        sentence = signal_wording.sentence(row, answer.review.chart) if self.is_process else ""
        self.query_one("#signal", Drawn).show(lambda width: wrapped(text(sentence), width, most=4) if sentence else [])

    def do_signal_chart(self) -> None:
        """Show the other chart, where it is seen, and remember which."""
        self.is_process = not self.is_process
        self.tracker.memory.put("indicator.signal", self.is_process)
        if self.answer is not None:
            self._show_chart(self.answer)
        if not self.query_one("#picture").display and not self.has_class("-chart"):
            self.action_tab(PICTURE)

    # Tabs

    def action_tab(self, number: int) -> None:
        """Show a tab, another one from its first line on."""
        other = number % len(TABS) != self.tab
        self.tab = number % len(TABS)
        self.query_one(Links).set_links(numbered([(tab.name, tab.short) for tab in TABS], self.tab))
        if self.answer is None:
            return
        shown = TABS[self.tab].show(self.answer.review)
        table, words = self.query_one("#table", GridView), self.query_one("#words", VerticalScroll)
        table.display, words.display = isinstance(shown, Table), isinstance(shown, Words)
        self.set_class(isinstance(shown, Picture), "-chart")
        self.set_class(TABS[self.tab].show is comparators, "-compare")
        if isinstance(shown, Table):
            nothing = Line("", heading=True, title=shown.nothing)
            table.set_table(shown.columns if shown.lines else (), shown.lines or (nothing,))
            if other:
                table.action_edge(-1)
            self._say_source()
            table.focus()
        elif isinstance(shown, Words):
            words.query_one(Drawn).show(paragraphs(shown.paragraphs))
            words.scroll_home(animate=False)
            words.focus()
        else:
            self.set_focus(None)
        self.refresh_chrome()

    @on(Links.Clicked)
    def _clicked(self, message: Links.Clicked) -> None:
        self.action_tab(int(message.name))

    def action_turn(self, steps: int) -> None:
        """Show the tab to the left or right."""
        self.action_tab(self.tab + steps)

    def why_not_open(self) -> str:
        """Only comparisons and milestones lead on from here."""
        show = TABS[self.tab].show
        if show is comparators:
            return self.why_not_all_authorities()
        return "" if show is milestones else "Nothing here opens; the milestones of tab 4 do."

    def do_open(self) -> None:
        """Open the milestones, or all authorities."""
        if TABS[self.tab].show is comparators:
            self.do_all_authorities()
        else:
            self.tracker.go(places.Milestones, *self.about())

    def why_not_all_authorities(self) -> str:
        """Their figures must be there."""
        return "" if self.answer and strip_of(self.answer.review) else NO_AREAS

    @on(StripView.Clicked)
    def do_all_authorities(self) -> None:
        """Open the list of all authorities."""
        from outcome_tracker.tui.screens.authorities import AuthoritiesScreen

        self.app.push_screen(AuthoritiesScreen(self.code))

    @on(GridView.Highlighted, "#table")
    def _say_source(self) -> None:
        """Say of the comparison under the cursor how it came about and where it is from."""
        line = self.query_one("#table", GridView).cursor_line
        self.query_one("#about", Drawn).show(paragraphs([text((where_from(line), "$quiet"))]))

    @on(GridView.Selected, "#table")
    def _selected(self) -> None:
        if not self.why_not_open():
            self.do_open()

    def do_next_tab(self) -> None:
        """Show the next tab."""
        self.action_tab(self.tab + 1)

    # Other indicators and screens

    def _step(self, steps: int) -> None:
        if self.answer and self.answer.siblings:
            codes = self.answer.siblings
            self.code = codes[(codes.index(self.code) + steps) % len(codes)] if self.code in codes else codes[0]
            self.ask_anew()

    def do_next_indicator(self) -> None:
        """Go on in the plan's order."""
        self._step(1)

    def do_indicator_before(self) -> None:
        """Go back in the plan's order."""
        self._step(-1)

    def about(self) -> tuple[str | None, str | None]:
        return (self.answer.review.row.plan.code if self.answer else None), self.code


def _sentence(row: Row, width: int) -> list[Content]:
    """Draw title, rating and sentence: what the figure says before any picture."""
    style = f"${RAG_STYLE[row.rag]}" if row.rag else "$quiet"
    flag = f"   {wording.ILLUSTRATIVE}" if row.illustrative else ""
    said = wording.sentence(row, to_green_text(row, full=True))
    label = wording.rag_label(row.rag) if row.rag else "Context"
    title = wrapped(text((row.indicator.title, "bold"), (flag, "$quiet")), width, most=2)
    signal = signal_wording.label(row)
    head = text((label, f"bold {style}"), *((DOT, signal) if signal else ()), "   ")
    return [*title, *wrapped(Content.assemble(head, text(said)), width, most=4)]
