"""Enter figures: one line a figure that is due; type, Enter, next."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import on

from outcome_tracker.core.figure import Content, Status
from outcome_tracker.core.number import looks_like_figure
from outcome_tracker.core.text import clean
from outcome_tracker.tracker.sheet import Typed, meaning
from outcome_tracker.tui.commands import Command, Find, Help
from outcome_tracker.tui.screens import entry_ask
from outcome_tracker.tui.screens.choose_from import ChooseFrom
from outcome_tracker.tui.screens.entry_commands import (
    ChooseOwner,
    ChoosePlan,
    ChooseStatus,
    GiveReason,
    Note,
    Provisional,
    Redo,
    StillDue,
    Undo,
)
from outcome_tracker.tui.screens.entry_grid import NOTE, STATUS, EntryGrid
from outcome_tracker.tui.screens.entry_lines import IDLE, Phase, plan_title
from outcome_tracker.tui.screens.entry_paste import EntryPasting
from outcome_tracker.tui.screens.entry_saving import Job
from outcome_tracker.tui.screens.entry_steps import Way
from outcome_tracker.tui.widgets.grid import Grid
from outcome_tracker.tui.widgets.links import Links


class EntryScreen(EntryPasting):
    """What is due in the period. Typing shows what it would mean; Enter saves it and goes on."""

    ABOUT = (
        "Type a figure, or numerator/denominator as in 17/37, and press Enter: it is saved, and the cursor goes on. "
        "Tab and Shift+Tab go across, F2 edits, Esc takes back what you typed. Figures, status and note are cells that "
        "you can type into. What looks odd is questioned: Enter keeps it, with a note if you type one. Paste cells "
        "from a spreadsheet to see what becomes of each before it is saved. Enter on a title opens the indicator."
    )
    OFFERS: ClassVar[tuple[type[Command], ...]] = (
        Help,
        GiveReason,
        ChooseStatus,
        Note,
        Provisional,
        StillDue,
        ChoosePlan,
        ChooseOwner,
        Undo,
        Redo,
        Find,
    )

    def on_mount(self) -> None:
        super().on_mount()
        self.grid.stops = self.tracker.stop_saving
        self.grid.misplaced = self._misplaced

    def _misplaced(self, key: str, note: str) -> bool:
        """Stop a figure that was typed into a question's note, as by somebody who has not seen the question."""
        if is_number := looks_like_figure(note):
            sentence = f"'{clean(note)}' is a figure, and this is the note of {key}. Esc goes back to its figure."
            self.notify(sentence, severity="warning")
        return is_number

    @on(EntryGrid.Locked)
    def _locked(self, event: EntryGrid.Locked) -> None:
        line = self.sheet.line(event.line) if self.sheet else None
        if line is not None:
            sentence = self._read_only or f"{line.indicator.code} takes one number, as in 17, not parts."
            self.notify(sentence, severity="warning")

    @on(Grid.Selected)
    def _opened_indicator(self, event: Grid.Selected) -> None:
        line = self.sheet.line(event.line) if self.sheet else None
        if line is not None:
            self.tracker.open_indicator(line.indicator.code)

    # Status and note

    def _why_not_change(self) -> str:
        if self._read_only:
            return self._read_only
        line = self._line
        if line is None:
            return "There is no line to change."
        if self._doing.get(line.key, IDLE).phase is Phase.SAVING:
            return "This figure is being saved; try again in a moment."
        return ""

    why_not_give_reason = why_not_choose_status = why_not_note = _why_not_change

    def why_not_provisional(self) -> str:
        """An absent figure is neither provisional nor final."""
        line = self._line
        absent = line is not None and line.content is not None and line.content.status.is_absent
        return self._why_not_change() or ("There is no figure to call provisional; enter it first." if absent else "")

    @on(Grid.Cleared)
    def _cleared(self, event: Grid.Cleared) -> None:
        line = self._line
        if reason := self._why_not_change():
            self.notify(reason, severity="warning")
            return
        self._judge(event.line)
        sheet = self.answer
        if sheet is None or line is None:
            return
        if event.column == NOTE:
            if line.content is not None and line.content.note:
                self._save(line, Job(line.key, replace(line.content, note="")))
            return
        if event.column in {"value", STATUS} or (line.content and line.content.value is None):
            self.do_give_reason()
            return
        said = meaning(sheet, line, Typed(**{event.column: ""}))
        content = said.proposed.content
        if content is not None and content != line.content:
            self._save(line, Job(line.key, content))

    @on(EntryGrid.Choosing)
    def _choosing(self) -> None:
        self.action_command("choose_status")

    def do_choose_status(self) -> None:
        """Ask for the status."""
        if self._line is not None:
            self.app.push_screen(entry_ask.status(self._line), partial(self._chose, self._line.key, self._line.version))

    def do_give_reason(self) -> None:
        """Ask why there is no figure."""
        if self._line is not None:
            asked = entry_ask.absence(self._line)
            self.app.push_screen(asked, partial(self._chose, self._line.key, self._line.version))

    def _chose(self, key: str, seen: int, answer: str | None) -> None:
        line = self.answer.line(key) if self.answer else None
        if line is None or answer is None:
            return
        self.grid.drop(key, STATUS)
        status = Status(answer)
        if status.is_absent:
            note = self._texts(key).get(
                NOTE, line.content.note if line.content and line.content.status.is_absent else ""
            )
            texts = tuple(self._texts(key).items())
            self._save(line, Job(key, Content(status=status, note=clean(note)), texts), seen)
        else:
            self._flag(status is Status.PROVISIONAL)

    def do_note(self) -> None:
        """Type into the cell of the note."""
        if self._line is not None:
            self.grid.move_to(self._line.key, NOTE)
            self.grid.action_edit()

    def do_provisional(self) -> None:
        """Change between provisional and final."""
        line = self._line
        if line is None:
            return
        if line.content is not None and not self._texts(line.key):
            self._flag(line.content.status is not Status.PROVISIONAL)
        else:
            self._flag(not self._doing.get(line.key, IDLE).provisional)

    def _flag(self, provisional: bool) -> None:  # noqa: FBT001 - what it is to be
        """Save a figure as provisional or final; before there is one, keep it for the one to come."""
        line = self._line
        if line is None:
            return
        if line.content is not None and not line.content.status.is_absent and not self._texts(line.key):
            status = Status.PROVISIONAL if provisional else Status.FINAL
            self._save(line, Job(line.key, replace(line.content, status=status)))
            return
        self._set(line, replace(self._doing.get(line.key, IDLE), provisional=provisional))
        if self._texts(line.key):
            self._judge(line.key)

    # Filters

    def do_still_due(self) -> None:
        """Change between what is due and all."""
        self._still_due = not self._still_due
        self.tracker.memory.put("entry.still_due", self._still_due)
        self._kept.clear()
        self._show_lines()

    def why_not_choose_plan(self) -> str:
        """There is nothing to choose from before something was read."""
        return self._why_not_yet()

    why_not_choose_owner = why_not_choose_plan

    def do_choose_plan(self) -> None:
        """Ask which plan's figures to show."""
        sheet = self.answer
        if sheet is not None:
            plans = {line.plan.code: line.plan for line in sheet.lines}
            lines = [entry_ask.waiting(sheet, code, plan_title(plan), plan=code) for code, plan in plans.items()]
            asked = ChooseFrom("Plan", "Every plan", entry_ask.COUNTED, lines, self._plan)
            self.app.push_screen(asked, self._chose_plan)

    def _chose_plan(self, code: str | None) -> None:
        if code is not None and self.answer is not None:
            self._plan = code or None
            if all(line.owner != self._owner for line in self.answer.within(self._plan).lines):
                self._owner = None  # nobody of that plan: nothing would be shown
            self._filtered()

    def do_choose_owner(self) -> None:
        """Ask whose figures to show."""
        sheet = self.answer
        if sheet is not None:
            owners = sorted({line.owner for line in sheet.within(self._plan).lines if line.owner})
            lines = [entry_ask.waiting(sheet, owner, owner, plan=self._plan, owner=owner) for owner in owners]
            asked = ChooseFrom("Whose figures", "Every owner", entry_ask.COUNTED, lines, self._owner)
            self.app.push_screen(asked, self._chose_owner)

    def _chose_owner(self, owner: str | None) -> None:
        if owner is not None:
            self._owner = owner or None
            self._filtered()

    def _filtered(self) -> None:
        self.tracker.memory.put("entry.plan", self._plan or "")
        self.tracker.memory.put("entry.owner", self._owner or "")
        self._kept.clear()
        self._show_lines()

    @on(Links.Clicked)
    def _clicked(self, message: Links.Clicked) -> None:
        self.action_command(message.name)

    # Undo and redo

    def why_not_undo(self) -> str:
        """Undo needs something saved here, in the period that is shown."""
        return self._why_not_walk(Way.UNDO, "Nothing was saved here that could be undone.")

    def why_not_redo(self) -> str:
        """Redo needs something undone."""
        return self._why_not_walk(Way.REDO, "Nothing was undone that could be done again.")

    def _why_not_walk(self, way: Way, nothing: str) -> str:
        if self._read_only:
            return self._read_only
        if self.grid.is_typing:
            return "Enter or Esc ends the typing first."
        steps = self._steps.last(way)
        if not steps or self.answer is None:
            return nothing
        there = steps[0].reporting
        return "" if there == self.answer.reporting else f"It was in {there.label}; go there to {way} it."

    def do_undo(self) -> None:
        """Save what was there before the last save."""
        self._walk(Way.UNDO)

    def do_redo(self) -> None:
        """Save again what was undone."""
        self._walk(Way.REDO)
