"""The page of the entry sheet: reads what is due, draws it, and shows what typing would mean."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on

from outcome_tracker.core.day import read_only_text
from outcome_tracker.core.wording import returned_line
from outcome_tracker.tracker.review import reporting_period
from outcome_tracker.tracker.sheet import Sheet, Typed, meaning, sheet_of
from outcome_tracker.tui.screens import entry_ask
from outcome_tracker.tui.screens.entry_grid import EntryGrid
from outcome_tracker.tui.screens.entry_lines import (
    COLUMNS,
    IDLE,
    Doing,
    detail,
    grid_line,
    grid_lines,
    plan_title,
    summary_line,
)
from outcome_tracker.tui.screens.page import Asked, PlacePage
from outcome_tracker.tui.widgets.drawn import Drawn, apart
from outcome_tracker.tui.widgets.grid import Grid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from outcome_tracker.core.period import Period
    from outcome_tracker.tracker.sheet import SheetLine
    from outcome_tracker.tui.commands import Command
    from outcome_tracker.tui.session import Reading
    from outcome_tracker.tui.widgets.grid_data import Column

PARTS = ("value", "numerator", "denominator")


class Bar(Drawn):
    """The line above the grid: filters on the left, progress on the right."""

    ALLOW_SELECT: ClassVar[bool] = False

    @property
    def plan_width(self) -> int:
        """Where the second filter begins."""
        shown = self.lines(self.size.width)
        return shown[0].plain.find("▾") + 2 if shown else 0


class EntryPage(PlacePage[Sheet]):
    """What is due in the period, as a grid to type into."""

    CSS_PATH = "entry.tcss"

    def __init__(self, plan: str | None = None, focus: str | None = None) -> None:
        super().__init__(plan, focus)
        self._still_due: bool | None = None  # None until the first lines are known
        self._doing: dict[str, Doing] = {}
        self._kept: set[str] = set()  # lines saved here stay in sight although they are no longer due
        self._above: tuple[str, str, str, str] | None = None  # what the line above the grid says
        self._usable: frozenset[type[Command]] = frozenset()
        self._own_saves = 0
        self._read_for: Asked | None = None  # the question whose answer is on the screen

    @property
    def crumb(self) -> str:
        return "Enter figures"

    def body(self) -> Iterable[Widget]:
        yield Bar(id="bar")
        yield EntryGrid(self._columns, cursor_type="cell", id="entry")
        yield Drawn(id="nothing")
        yield Drawn(id="detail")

    def on_mount(self) -> None:
        super().on_mount()
        self.grid.live = self._live
        self.grid.focus()

    @property
    def grid(self) -> EntryGrid:
        """The grid."""
        return self.query_one(EntryGrid)

    @property
    def sheet(self) -> Sheet | None:
        """What is due, of the plan that is shown."""
        return self.answer.within(self._plan) if self.answer else None

    @property
    def _read_only(self) -> str:
        day = self.tracker.workspace.as_at
        return read_only_text("figures", day) if day else ""

    @property
    def _columns(self) -> tuple[Column, ...]:
        return tuple(replace(c, editable=False) for c in COLUMNS) if self._read_only else COLUMNS

    @property
    def _line(self) -> SheetLine | None:
        return self.sheet.line(self.grid.cursor_key) if self.sheet else None

    # Reading

    def fetch(self, reading: Reading, period: Period | None) -> Sheet:
        return sheet_of(reading.known, period or reporting_period(reading.known))

    def ask(self) -> None:
        """Read again, unless only this screen has saved something since: it knows that already."""
        asked = Asked(self.period, self.tracker.session.epoch)
        if self._own_saves and self._read_for == replace(asked, epoch=asked.epoch - self._own_saves):
            self._asked = self._read_for = asked
            self._own_saves = 0
        super().ask()

    def show(self, answer: Sheet) -> None:
        self._own_saves, self._read_for = 0, self._asked
        self.grid.columns = self._columns
        opening = self._still_due is None
        if opening:
            self._still_due = any(not line.due.is_in for line in answer.within(self._plan).lines)
        self._show_lines()
        if opening:
            self.grid.move_to(self.grid.cursor_key, "value")
        if self._focus:
            self._go_to(self._focus)
            self._focus = None

    def _show_lines(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        kept = self._kept | {key for key, _, _ in self.grid.unaccepted}
        lines = sheet.visible(still_due=bool(self._still_due), kept=kept)
        self.grid.set_lines(grid_lines(lines, self._doing))
        nothing = self.query_one("#nothing", Drawn)
        nothing.display = not lines
        self.grid.display = bool(lines)
        if not lines:
            nothing.show(partial(entry_ask.nothing, sheet))
        self._show_words()

    def _show_words(self) -> None:
        """Draw what stands above and below the grid, where it has changed."""
        sheet = self.sheet
        if sheet is None:
            return
        plan = next((plan_title(line.plan) for line in sheet.lines), self._plan) if self._plan else "Every plan"
        which = "still due" if self._still_due else "all"
        above = (returned_line(sheet.counts), plan or "", which, self._read_only)
        if above != self._above:
            self._above = above
            self.query_one(Bar).show(lambda width: [apart(*summary_line(*above, width=width), width)])
        self._show_detail()

    def _show_detail(self) -> None:
        """Draw the words about the line under the cursor; the keys too, if others work there."""
        key = self.grid.cursor_key
        line = self.answer.line(key) if self.answer else None
        self.query_one("#detail", Drawn).show(partial(detail, line, self._doing.get(key, IDLE)))
        usable = frozenset(command for command in self.offered() if not self.why_not(command))
        if usable != self._usable:
            self._usable = usable
            self.refresh_chrome()

    def _go_to(self, code: str) -> bool:
        """Put the cursor on an indicator's first line; say whether there is one."""
        sheet = self.sheet
        found = next((line for line in sheet.lines if code in {line.indicator.code, line.key}), None) if sheet else None
        if found is None:
            return False
        if all(line.key != found.key for line in self.grid.lines):
            self._kept.add(found.key)
            self._show_lines()
        self.grid.move_to(found.key, "value")
        return True

    def _found(self, code: str | None) -> None:
        """Take the cursor to an indicator that was searched for; one that is not due opens."""
        if code is not None and not self._go_to(code):
            super()._found(code)

    # Typing

    def _live(self, key: str, typed: bool) -> None:  # noqa: FBT001 - the grid's own call
        """Show at once what a key has changed: what is typed, or where the cursor is."""
        if typed:
            self._judge(key)
        else:
            self._show_detail()

    @on(Grid.Reverted)
    def _reverted(self, event: Grid.Reverted) -> None:
        self._judge(event.line)

    def _texts(self, key: str) -> dict[str, str]:
        drafts = {part: self.grid.draft_at(key, part) for part in PARTS}
        return {part: draft.text for part, draft in drafts.items() if draft is not None}

    def _judge(self, key: str) -> None:
        """Show what is typed into a line as it would be rated."""
        sheet, doing = self.sheet, self._doing.get(key, IDLE)
        line = sheet.line(key) if sheet else None
        if sheet is None or line is None:
            return
        typed = Typed(**self._texts(key))
        if typed:
            said = meaning(sheet, line, typed, provisional=doing.provisional)
            self._set(line, replace(doing, meaning=said, seen=doing.seen or line))
        else:
            self._set(line, Doing(provisional=doing.provisional if not line.version else None))

    def _set(self, line: SheetLine, doing: Doing) -> None:
        self._doing[line.key] = doing
        self.grid.update_line(line.key, grid_line(line, doing))
        if line.key == self.grid.cursor_key:
            self._show_detail()
