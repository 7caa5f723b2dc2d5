"""Enter figures: one line a figure that is due; type, Enter, next."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on

from outcome_tracker.core.figure import Content, Status
from outcome_tracker.core.text import plural
from outcome_tracker.tracker.sheet import Typed, meaning
from outcome_tracker.tui.commands import Command, Find, Help
from outcome_tracker.tui.screens import entry_ask
from outcome_tracker.tui.screens.entry_commands import GiveReason, NextPlan, Note, Provisional, StillDue, Undo
from outcome_tracker.tui.screens.entry_grid import EntryGrid
from outcome_tracker.tui.screens.entry_lines import IDLE, Phase
from outcome_tracker.tui.screens.entry_page import Bar
from outcome_tracker.tui.screens.entry_saving import EntrySaving, Job
from outcome_tracker.tui.widgets.grid import Grid

if TYPE_CHECKING:
    from textual import events


class EntryScreen(EntrySaving):
    """What is due in the period. Typing shows what it would mean; Enter saves it and goes on."""

    ABOUT = (
        "Type a figure, or numerator/denominator as in 17/37, and press Enter: it is saved, and the cursor goes on. "
        "Esc takes back what you typed. Paste a column from a spreadsheet to fill the lines below. Enter on a title "
        "opens the indicator."
    )
    OFFERS: ClassVar[tuple[type[Command], ...]] = (Help, GiveReason, Note, Provisional, StillDue, NextPlan, Undo, Find)

    @on(Grid.Pasted)
    def _pasted(self, event: Grid.Pasted) -> None:
        """Fill the lines below, and the columns to the right, with what was copied from a spreadsheet."""
        if self._read_only:
            self.notify(self._read_only, severity="warning", markup=False)
            return
        lines = [line for line in self.grid.lines if not line.heading]
        first = next(n for n, line in enumerate(lines) if line.key == event.line)
        shown = [part for part in ("numerator", "denominator", "value") if self.grid.can_edit(lines[first], part)]
        columns = shown[shown.index(event.column) :] if event.column in shown else ["value"]
        rows = [row.split("\t") for row in event.text.rstrip("\r\n").splitlines()]
        for line, row in zip(lines[first:], rows, strict=False):
            pasted = [(c, t.strip()) for c, t in zip(columns, row, strict=False) if self.grid.can_edit(line, c)]
            for column, words in pasted:
                if words:
                    self.grid.hand_over(line.key, column, words)
            if any(words for _, words in pasted):
                self._commit(line.key, next(column for column, words in pasted if words))
        over = len(rows) - len(lines[first:])
        if over > 0:
            self.notify(f"{plural(over, 'pasted line')} had no line to go to.", severity="warning", markup=False)

    @on(EntryGrid.Locked)
    def _locked(self, event: EntryGrid.Locked) -> None:
        sheet = self.sheet
        line = sheet.line(event.line) if sheet else None
        if line is not None:
            sentence = self._read_only or f"{line.indicator.code} takes one number, as in 17, not parts."
            self.notify(sentence, severity="warning", markup=False)

    @on(Grid.Selected)
    def _opened_indicator(self, event: Grid.Selected) -> None:
        line = self.sheet.line(event.line) if self.sheet else None
        if line is not None:
            self.tracker.open_indicator(line.indicator.code)

    # Commands

    def _why_not_change(self) -> str:
        if self._read_only:
            return self._read_only
        line = self._line
        if line is None:
            return "There is no line to change."
        if self._doing.get(line.key, IDLE).phase is Phase.SAVING:
            return "This figure is being saved; try again in a moment."
        return ""

    why_not_give_reason = _why_not_change

    def why_not_note(self) -> str:
        """A note belongs to a figure that is stored."""
        line = self._line
        return self._why_not_change() or (
            "" if line and line.content else "There is no figure to add a note to; enter it first."
        )

    def why_not_provisional(self) -> str:
        """An absent figure is neither provisional nor final."""
        line = self._line
        absent = line is not None and line.content is not None and line.content.status.is_absent
        return self._why_not_change() or ("There is no figure to call provisional; enter it first." if absent else "")

    def why_not_undo(self) -> str:
        """Undo needs something saved here."""
        return self._read_only or ("" if self._done else "Nothing was saved here that could be undone.")

    @on(Grid.Cleared)
    def _cleared(self, event: Grid.Cleared) -> None:
        line = self._line
        if reason := self._why_not_change():
            self.notify(reason, severity="warning", markup=False)
            return
        self._judge(event.line)
        sheet = self.sheet
        if sheet is None or line is None:
            return
        if event.column == "value" or (line.content and line.content.value is None):
            self.do_give_reason()
            return
        said = meaning(sheet, line, Typed(**{event.column: ""}))
        content = said.proposed.content
        if content is not None and content != line.content:
            self._save(line, Job(line.key, content))

    def do_give_reason(self) -> None:
        """Ask why there is no figure."""
        line = self._line
        if line is not None:
            self.app.push_screen(entry_ask.absence(line), partial(self._absent, line.key, line.version))

    def _absent(self, key: str, seen: int, answer: str | None) -> None:
        line = self.sheet.line(key) if self.sheet else None
        if line is not None and answer is not None:
            self._save(line, Job(key, Content(status=Status(answer)), tuple(self._texts(key).items())), seen)

    def do_note(self) -> None:
        """Ask for the note."""
        line = self._line
        if line is not None and line.content is not None:
            self.app.push_screen(entry_ask.note(line, line.content.note), partial(self._noted, line.key))

    def _noted(self, key: str, values: dict[str, str] | None) -> None:
        line = self.sheet.line(key) if self.sheet else None
        if line is not None and line.content is not None and values is not None:
            self._save(line, Job(key, entry_ask.with_note(line.content, values["note"])))

    def do_provisional(self) -> None:
        """Change between provisional and final; before there is a figure, for the one to come."""
        line = self._line
        if line is None:
            return
        if line.content is not None and not self._texts(line.key):
            status = Status.FINAL if line.content.status is Status.PROVISIONAL else Status.PROVISIONAL
            self._save(line, Job(line.key, replace(line.content, status=status)))
            return
        doing = self._doing.get(line.key, IDLE)
        self._set(line, replace(doing, provisional=not doing.provisional))
        self._judge(line.key)

    def do_still_due(self) -> None:
        """Change between what is due and all."""
        self._still_due = not self._still_due
        self._kept.clear()
        self._show_lines()

    def do_next_plan(self) -> None:
        """Show the next plan."""
        codes = list(dict.fromkeys(line.plan.code for line in self.answer.lines)) if self.answer else []
        place = codes.index(self._plan) + 1 if self._plan in codes else 0
        self._plan = codes[place] if place < len(codes) else None
        self._show_lines()

    def do_undo(self) -> None:
        """Save what was there before the last save."""
        key, old = self._done.pop()
        line = self.answer.line(key) if self.answer else None
        if line is not None:
            self._go_to(key)
            self._save(line, Job(key, old.content if old else Content(status=Status.NOT_RETURNED), undo=True))

    def on_click(self, event: events.Click) -> None:
        """Let the filters above the grid be clicked."""
        if isinstance(event.widget, Bar):
            self.action_command("next_plan" if event.x < event.widget.plan_width else "still_due")
