"""Find an indicator by what one remembers of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from outcome_tracker.core.arrange import found
from outcome_tracker.core.row_fields import searched
from outcome_tracker.core.text import plural
from outcome_tracker.tui.cells import rag_cell, value_cell
from outcome_tracker.tui.screens.popup import Popup
from outcome_tracker.tui.widgets.grid_data import Cell, Column, Line
from outcome_tracker.tui.widgets.text_line import TextLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from outcome_tracker.core.indicator import Agreed, Indicator, Plan
    from outcome_tracker.core.scorecard import Row
    from outcome_tracker.tui.app import TrackerApp

    Entry = tuple[Plan, Indicator, Row | None]

_COLUMNS = (
    Column("code", "Code", priority=100),
    Column("title", "Indicator", fill=1, width=34, priority=90),
    Column("value", "Figure", align="right", priority=80),
    Column("rag", "Rating", narrow=3, short="RAG", priority=85),
    Column("plan", "Plan", priority=60),
    Column("owner", "Owner", narrow=14, priority=50),
)


class FindIndicator(Popup[str]):
    """Type words in any order; the list keeps what has them all, the likeliest first. Its answer is a code."""

    WIDTH: ClassVar[int] = 112
    ABOUT = "Finds an indicator by any words of its code, title, owner, plan, rating or direction, in any order."
    KEYS = (
        ("letters", "Type: the list keeps what has all the words."),
        ("↑ ↓ PgUp PgDn", "Move in the list."),
        ("Enter", "Open the indicator under the cursor."),
        ("F10", "Show all that is listed as a scorecard."),
        ("Esc", "Leave everything as it was."),
    )
    HINT = "↑ ↓ Enter open   F10 all of these as a scorecard   Esc leave"
    AUTO_FOCUS: ClassVar[str | None] = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("f10", "all", show=False),
    ]

    @dataclass
    class Judged(Message):
        """The rows of the period: until they are there, indicators are found without figure and rating."""

        rows: Sequence[Row]

    def __init__(self, agreed: Agreed) -> None:
        self._entries: list[Entry] = [(plan, indicator, None) for plan in agreed.plans for indicator in plan.indicators]
        self._words = ""
        super().__init__("Find an indicator", _COLUMNS, map(_line, self._entries))

    def above(self) -> Iterable[Widget]:
        yield TextLine(placeholder="code, title, owner, plan, red, amber, green, declined …", compact=True)

    def on_mount(self) -> None:
        super().on_mount()
        self.run_worker(self._judge, thread=True, exit_on_error=False, name="judge")

    @property
    def _tracker(self) -> TrackerApp:
        return cast("TrackerApp", self.app)

    def _judge(self) -> None:
        from outcome_tracker.tracker.review import review_of

        latest = self._tracker.session.latest
        if latest is not None:
            self.post_message(self.Judged(review_of(latest.known, self._tracker.period).rows))

    @on(Judged)
    def _take(self, message: Judged) -> None:
        rows = {row.indicator.code: row for row in message.rows}
        self._entries = [(plan, indicator, rows.get(indicator.code)) for plan, indicator, _ in self._entries]
        self._show()

    @on(Input.Changed)
    def _filter(self, message: Input.Changed) -> None:
        self._words = message.value
        self._show(first=True)

    def _show(self, *, first: bool = False) -> None:
        hits = found(self._words, self._entries, lambda entry: searched(*entry))
        hits = sorted(hits, key=_of_another_time)
        nothing = Line("", heading=True, title="Nothing has all of these words.")
        self._grid.set_lines([_line(entry) for entry in hits] or [nothing])
        if first and hits:
            self._grid.move_to(hits[0][1].code)
        count = f": {len(hits):,} of {plural(len(self._entries), 'indicator')}" if self._words.strip() else ""
        self.query_one(".popup").border_title = f"Find an indicator{count}"

    @on(Input.Submitted)
    def _open(self) -> None:
        if self._grid.cursor_key:
            self.dismiss(self._grid.cursor_key)

    def action_move(self, steps: int) -> None:
        self._grid.action_move("down" if steps > 0 else "up")

    def action_page(self, pages: int) -> None:
        self._grid.action_page(pages)

    def action_all(self) -> None:
        """Show everything that is listed as a scorecard."""
        words, tracker = self._words.strip(), self._tracker
        self.dismiss(None)
        tracker.call_later(tracker.open_scorecard, None, words)

    def chosen(self, key: str) -> str | None:
        return key


def _of_another_time(entry: Entry) -> bool:
    """Tell whether an indicator doesn't count in the period shown: it comes behind those that do."""
    return entry[2] is None


def _line(entry: Entry) -> Line:
    plan, indicator, row = entry
    return Line(
        indicator.code,
        {
            "code": Cell(indicator.code),
            "title": Cell(indicator.title),
            "value": value_cell(row) if row else Cell(),
            "rag": rag_cell(row.rag) if row else Cell(),
            "plan": Cell(plan.code, "muted"),
            "owner": Cell(indicator.owner or plan.owner, "muted"),
        },
    )
