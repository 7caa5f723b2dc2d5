"""The page of the entry sheet: reads what is due, draws it, and shows what typing would mean."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual import events, on

from outcome_tracker.core.wording import period_short, returned_line
from outcome_tracker.tracker.review import reporting_period
from outcome_tracker.tracker.sheet import Part, Sheet, Typed, meaning, sheet_of
from outcome_tracker.tui.screens import entry_ask
from outcome_tracker.tui.screens.entry_drafts import take
from outcome_tracker.tui.screens.entry_grid import STARTS, EntryGrid
from outcome_tracker.tui.screens.entry_lines import (
    IDLE,
    Doing,
    Phase,
    columns,
    detail,
    grid_line,
    grid_lines,
    plan_title,
)
from outcome_tracker.tui.screens.reading_page import Asked, PlacePage
from outcome_tracker.tui.widgets.drawn import Drawn, paragraphs, text
from outcome_tracker.tui.widgets.grid import Grid
from outcome_tracker.tui.widgets.links import Links, picker, said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.notifications import SeverityLevel
    from textual.widget import Widget

    from outcome_tracker.core.period import Period
    from outcome_tracker.tracker.sheet import SheetLine
    from outcome_tracker.tui.commands import Command
    from outcome_tracker.tui.session import Reading
    from outcome_tracker.tui.widgets.grid_data import Column

PARTS = tuple(part.value for part in Part)
ROOMY = 110  # columns, from which on the period has a place among the filters too


class EntryPage(PlacePage[Sheet]):
    """What is due in the period, as a grid to type into."""

    CSS_PATH = "entry.tcss"

    def __init__(self, plan: str | None = None, focus: str | None = None) -> None:
        super().__init__(plan, focus)
        self._still_due: bool | None = None  # None until the first lines are known
        self._owner: str | None = None
        self._doing: dict[str, Doing] = {}
        self._kept: set[str] = set()  # lines saved here stay in sight although they are no longer due
        self._usable: frozenset[type[Command]] = frozenset()
        self._looked_for: set[Period] = set()  # the periods whose kept texts are in their cells
        self._own_saves = 0
        self._read_for: Asked | None = None  # the question whose answer is on the screen
        self._said: SeverityLevel | None = None
        self._early: list[events.Key] = []  # typed before there was a sheet to type into

    @property
    def crumb(self) -> str:
        return "Enter figures"

    def body(self) -> Iterable[Widget]:
        yield Links(id="bar")
        yield EntryGrid(self._columns, cursor_type="cell", id="entry")
        yield Drawn(id="nothing")
        yield Drawn(id="said")
        yield Drawn(id="detail")

    def on_mount(self) -> None:
        super().on_mount()
        self.grid.live = self._live
        self.grid.focus()

    def on_resize(self) -> None:
        """Give the columns the titles that there is room for."""
        self.grid.columns = self._columns
        self._show_words()

    @property
    def grid(self) -> EntryGrid:
        """The grid."""
        return self.query_one(EntryGrid)

    @property
    def sheet(self) -> Sheet | None:
        """What is due, of the plan and the owner that are shown."""
        return self.answer.within(self._plan, self._owner) if self.answer else None

    @property
    def _read_only(self) -> str:
        return self.tracker.session.only_look("figures")

    @property
    def _columns(self) -> tuple[Column, ...]:
        return columns(self.app.size.width, read_only=bool(self._read_only))

    @property
    def _line(self) -> SheetLine | None:
        return self.answer.line(self.grid.cursor_key) if self.answer else None

    # Reading

    def period_of(self, answer: Sheet) -> Period:
        return answer.reporting

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
            self._remember(answer)
        again = self._put_back(answer)
        self._show_lines()
        for line in again:
            self._judge(line)
        if opening:
            self.grid.move_to(self.grid.cursor_key, "value")
        if self._focus:
            self._go_to(self._focus)
            self._focus = None
        early, self._early = self._early, []
        for key in early:
            self.grid.post_message(events.Key(key.key, key.character))

    def _put_back(self, answer: Sheet) -> set[str]:
        """Put back into its cells, once a period, what was typed when the screens ended; return the lines."""
        if self._read_only or answer.reporting in self._looked_for:
            return set()
        self._looked_for.add(answer.reporting)
        found = [each for each in take(self.tracker.workspace, answer) if each[1] in PARTS]
        for key, column, words, sentence in found:
            self.grid.put_back(key, column, words, sentence)
        return {key for key, *_ in found}

    def _remember(self, answer: Sheet) -> None:
        """Open with the filters that were left, unless this was opened for a plan or an indicator."""
        memory = self.tracker.memory
        if self._plan is None and self._focus is None:
            plan, owner = memory.get("entry.plan", ""), memory.get("entry.owner", "")
            self._plan = plan if plan in {line.plan.code for line in answer.lines} else None
            owners = {line.owner for line in answer.within(self._plan).lines} - {""}
            self._owner = owner if owner in owners else None
        something = any(not line.due.is_in for line in answer.within(self._plan, self._owner).lines)
        self._still_due = memory.get("entry.still_due", True) and something

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
            nothing.show(partial(entry_ask.nothing, sheet, self._plan is None and self._owner is None))
        self._show_words()

    def _show_words(self) -> None:
        """Draw what stands above and below the grid, where it has changed."""
        sheet = self.sheet
        if sheet is None:
            return
        plan = next((plan_title(line.plan) for line in sheet.lines), self._plan) if self._plan else "Every plan"
        filters = [
            picker("choose_plan", plan or ""),
            picker("choose_owner", self._owner or "Every owner"),
            picker("still_due", "still due" if self._still_due else "all"),
        ]
        if self.app.size.width >= ROOMY:
            filters.insert(0, picker("choose_period", period_short(sheet.reporting)))
        notice = said(self._read_only, self._read_only.partition(":")[0])
        self.query_one(Links).set_links([*filters, notice], [said(returned_line(sheet.counts))])
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

    def notify(
        self,
        message: str,
        *,
        title: str = "",  # noqa: ARG002 - Textual's signature
        severity: SeverityLevel = "information",
        timeout: float | None = None,  # noqa: ARG002 - as above
        markup: bool = True,  # noqa: ARG002 - as above
    ) -> None:
        """Say something in a line of its own: what floats would cover the words below. It stays until it is read."""
        self._said = severity
        sign = {"error": ("✗ ", "$error"), "warning": ("⚠ ", "$warning"), "information": ("", "")}[severity]
        self.query_one("#said", Drawn).show(paragraphs([text(sign, message)]))

    def hush(self) -> None:
        """Take back what was said, unless it is that something went wrong."""
        if self._said in {"information", "warning"}:
            self._said = None
            self.query_one("#said", Drawn).show(paragraphs([]))

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

    def on_key(self, event: events.Key) -> None:
        """Keep what somebody types who does not wait for the sheet: half a figure would be a wrong one."""
        goes_on = bool(self._early) and (event.is_printable or event.key in {"enter", "tab", "backspace"})
        if self.answer is None and (goes_on or event.character in STARTS):
            self._early.append(event)
            event.stop()
            event.prevent_default()

    def _live(self, key: str, typed: bool) -> None:  # noqa: FBT001 - the grid's own call
        """Show at once what a key has changed: what is typed, or where the cursor is."""
        self.hush()
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
        sheet, doing = self.answer, self._doing.get(key, IDLE)
        line = sheet.line(key) if sheet else None
        if sheet is None or line is None:
            return
        typed = Typed(**self._texts(key))
        if typed:
            said = meaning(sheet, doing.seen or line, typed, provisional=doing.provisional)
            stays = doing.phase in {Phase.SAVING, Phase.CONFLICT} or (self.grid.asking or ("",))[0] == key
            phase = doing.phase if stays else Phase.READY
            self._set(line, replace(doing, phase=phase, meaning=said, seen=doing.seen or line))
        else:
            self._set(line, Doing(provisional=doing.provisional if not line.version else None))

    def _set(self, line: SheetLine, doing: Doing) -> None:
        self._doing[line.key] = doing
        self.grid.update_line(line.key, grid_line(line, doing))
        if line.key == self.grid.cursor_key:
            self._show_detail()
