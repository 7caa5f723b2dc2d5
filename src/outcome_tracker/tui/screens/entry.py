"""Enter figures: one line a figure that is due; type, Enter, next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on

from outcome_tracker.core.figure import Content, Figure, Status
from outcome_tracker.core.text import plural
from outcome_tracker.core.wording import returned_line
from outcome_tracker.tracker.collect import Clash, Entered, record_or_clash
from outcome_tracker.tracker.sheet import Sheet, Typed, meaning, sheet_of, with_figure
from outcome_tracker.tui.commands import Command, Find, Help
from outcome_tracker.tui.screens import entry_ask
from outcome_tracker.tui.screens.entry_grid import EntryGrid
from outcome_tracker.tui.screens.entry_lines import (
    COLUMNS,
    IDLE,
    Doing,
    Phase,
    detail,
    grid_line,
    grid_lines,
    summary_line,
)
from outcome_tracker.tui.screens.page import Asked, ReadingPage
from outcome_tracker.tui.widgets.drawn import Drawn, apart
from outcome_tracker.tui.widgets.grid import Grid
from outcome_tracker.tui.widgets.grid_edit import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual import events
    from textual.widget import Widget

    from outcome_tracker.core.period import Period
    from outcome_tracker.tracker.sheet import SheetLine
    from outcome_tracker.tui.session import Reading
    from outcome_tracker.tui.writer import Refused, Saved

PARTS = ("value", "numerator", "denominator")


class GiveReason(Command):
    """Say why there is no figure: not returned, not available, suppressed or not applicable. Never a zero."""

    keys = "delete"
    title = "No figure: give the reason"
    label = "No figure"
    important = 72

    @classmethod
    def shown_keys(cls) -> tuple[str, ...]:
        return ("Del",)


class Note(Command):
    """Add a note to the figure, or change it."""

    keys = "n"
    label = "Note"
    important = 62


class Provisional(Command):
    """Mark the figure as provisional, or as final again."""

    keys = "v"
    label = "Provisional"
    important = 58


class StillDue(Command):
    """Change between the figures still due and all of them."""

    keys = "t"
    title = "Still due or all"
    label = "Due/all"
    important = 66


class NextPlan(Command):
    """Show one plan's figures after the other, and then those of every plan."""

    keys = "l"
    title = "Plan by plan"
    label = "Plan"
    important = 57


class Undo(Command):
    """Take back what was saved last: the figure before it is saved again, and history keeps both."""

    keys = "ctrl+z,u"
    title = "Undo the last save"
    label = "Undo"
    important = 40

    @classmethod
    def shown_keys(cls) -> tuple[str, ...]:
        return ("u", "^Z")


@dataclass(frozen=True, slots=True)
class Job:
    """What is being saved of a line, and the typed texts that it answers."""

    key: str
    content: Content
    texts: tuple[tuple[str, str], ...] = ()
    undo: bool = False


class EntryScreen(ReadingPage[Sheet]):
    """What is due in the period. Typing shows what it would mean; Enter saves it and goes on."""

    CSS_PATH = "entry.tcss"
    ABOUT = (
        "Type a figure, or numerator/denominator as in 17/37, and press Enter: it is saved, and the cursor goes on. "
        "Esc takes back what you typed. Paste a column from a spreadsheet to fill the lines below. Enter on a title "
        "opens the indicator."
    )
    OFFERS: ClassVar[tuple[type[Command], ...]] = (Help, GiveReason, Note, Provisional, StillDue, NextPlan, Undo, Find)

    def __init__(self, period: Period, plan: str | None = None, focus: str | None = None) -> None:
        super().__init__()
        self._opened, self._plan, self._focus = period, plan, focus
        self._still_due: bool | None = None  # None until the first lines are known
        self._doing: dict[str, Doing] = {}
        self._kept: set[str] = set()  # lines saved here stay in sight although they are no longer due
        self._clashes: dict[str, tuple[Job, Clash, Figure | None]] = {}
        self._again: set[str] = set()  # lines entered again while their save is under way
        self._done: list[tuple[str, Figure | None]] = []  # what undo goes back to
        self._own_saves = 0
        self._read_for: Asked | None = None  # the question whose answer is on the screen
        self._then: Callable[[], None] | None = None  # what to do once everything is saved

    @property
    def crumb(self) -> str:
        return "Enter figures"

    def body(self) -> Iterable[Widget]:
        yield Bar(id="bar")
        columns = COLUMNS if not self._read_only else [replace(c, editable=False) for c in COLUMNS]
        yield EntryGrid(columns, cursor_type="cell", id="entry")
        yield Drawn(id="nothing")
        yield Drawn(id="detail")

    def on_mount(self) -> None:
        if self.tracker.period is None:
            self.tracker.period = self._opened
        self.grid.focus()

    @property
    def grid(self) -> EntryGrid:
        """The grid."""
        return self.query_one(EntryGrid)

    @property
    def sheet(self) -> Sheet | None:
        """What is due, of the plan that is shown."""
        return self.answer.within(self._plan) if self.answer else None

    # Reading

    def fetch(self, reading: Reading, period: Period | None) -> Sheet:
        return sheet_of(reading.known, period or self._opened)

    def ask(self) -> None:
        """Read again, unless only this screen has saved something since: it knows that already."""
        asked = Asked(self.period, self.tracker.session.epoch)
        if self._own_saves and self._read_for == replace(asked, epoch=asked.epoch - self._own_saves):
            self._asked = self._read_for = asked
            self._own_saves = 0
        super().ask()

    def show(self, answer: Sheet) -> None:
        self._own_saves, self._read_for = 0, self._asked
        if self._still_due is None:
            self._still_due = any(not line.due.is_in for line in answer.within(self._plan).lines)
        self._show_lines()
        if self._focus:
            self._go_to(self._focus)
            self._focus = None

    def _show_lines(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        lines = sheet.visible(still_due=bool(self._still_due), kept=self._kept)
        self.grid.set_lines(grid_lines(lines, self._doing))
        nothing = self.query_one("#nothing", Drawn)
        nothing.display = not lines
        self.grid.display = bool(lines)
        if not lines:
            nothing.show(partial(entry_ask.nothing, sheet))
        self._show_words()

    def _show_words(self) -> None:
        """Draw what stands above and below the grid."""
        sheet = self.sheet
        if sheet is None:
            return
        plan = next((line.plan.title for line in sheet.lines), self._plan or "") if self._plan else "Every plan"
        said = returned_line(sheet.counts)
        self.query_one(Bar).show(
            lambda width: [
                apart(
                    *summary_line(said, plan, still_due=bool(self._still_due), read_only=self._read_only, width=width),
                    width,
                )
            ]
        )
        key = self.grid.cursor_key
        self.query_one("#detail", Drawn).show(partial(detail, sheet.line(key), self._doing.get(key, IDLE)))

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

    @on(Grid.Highlighted)
    def _moved(self) -> None:
        self._show_words()
        self.refresh_chrome()

    @on(Grid.Changed)
    @on(Grid.Reverted)
    def _typed(self, event: Grid.Changed | Grid.Reverted) -> None:
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
            self._set(line, replace(doing, meaning=meaning(sheet, line, typed, provisional=doing.provisional)))
        else:
            self._clashes.pop(key, None)
            self._set(line, Doing(provisional=doing.provisional if not line.version else None))

    def _set(self, line: SheetLine, doing: Doing) -> None:
        self._doing[line.key] = doing
        self.grid.update_line(line.key, grid_line(line, doing))
        self._show_words()

    @on(Grid.Committed)
    def _committed(self, event: Grid.Committed) -> None:
        if event.again and event.line in self._clashes:
            self._compare(event.line)
        else:
            self._commit(event.line, event.column)

    def _commit(self, key: str, column: str) -> None:
        """Save what is typed into a line, or say what is wrong with it."""
        sheet, doing = self.sheet, self._doing.get(key, IDLE)
        line = sheet.line(key) if sheet else None
        if sheet is None or line is None:
            return
        if doing.phase is Phase.SAVING:
            self._again.add(key)
            return
        texts = self._texts(key)
        said = meaning(sheet, line, Typed(**texts), provisional=doing.provisional)
        if said.proposed.content is not None:
            self._set(line, replace(doing, meaning=said))
            self._save(line, Job(key, said.proposed.content, tuple(texts.items())))
        elif said.waits_for:
            self._set(line, replace(doing, meaning=said, phase=Phase.READY))
            self.grid.move_to(key, said.waits_for)
        else:
            self._set(line, Doing(Phase.REFUSED, said, doing.provisional))
            self.grid.refuse(key, column, said.proposed.problem)

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

    # Saving

    def _save(self, line: SheetLine, job: Job, expected: int | None = None) -> None:
        self._set(line, replace(self._doing.get(line.key, IDLE), phase=Phase.SAVING))
        self.tracker.writer.submit(
            partial(
                record_or_clash,
                self.tracker.workspace,
                line.indicator.code,
                line.period,
                job.content,
                why="undone" if job.undo else "",
                expected=line.version if expected is None else expected,
            ),
            about=job,
            to=self,
        )

    def on_saved(self, message: Saved) -> None:
        """Take in what is stored now, or what somebody else stored first."""
        job, result = message.about, message.result
        self._own_saves += 1
        if not isinstance(job, Job) or self.answer is None:
            return
        if isinstance(result, Clash):
            self._clashed(job, result)
        elif isinstance(result, Entered):
            before = self.answer.line(job.key)
            if result.changed and not job.undo:
                self._done.append((job.key, before.due.figure if before else None))
            self._stored(job, result)
        self._after(job.key)

    def _stored(self, job: Job, result: Entered) -> None:
        self.answer = with_figure(self.answer, result.figure) if self.answer else None
        self._kept.add(job.key)
        self._clashes.pop(job.key, None)
        retyped = False
        for column, words in job.texts:
            draft = self.grid.draft_at(job.key, column)
            if draft is not None and (draft.text != words or draft.state is State.TYPING):
                retyped = True
                continue
            if draft is not None and draft.state is State.REFUSED:
                self.grid.hand_over(job.key, column, words)
            self.grid.accept(job.key, column)
        self._doing[job.key] = Doing(Phase.SAVED)
        for line in self.sheet.lines if self.sheet else ():
            if line.indicator.code == result.figure.indicator:
                self.grid.update_line(line.key, grid_line(line, self._doing.get(line.key, IDLE)))
        self._show_words()
        if retyped and job.key not in self._again:
            self._judge(job.key)

    def on_refused(self, message: Refused) -> None:
        """Keep what was typed, with the sentence that says why it is not stored."""
        job = message.about
        if isinstance(job, Job):
            self._not_stored(job, Phase.REFUSED, message.sentence)
            self._after(job.key)

    def _not_stored(self, job: Job, phase: Phase, sentence: str) -> None:
        line = self.sheet.line(job.key) if self.sheet else None
        if line is not None:
            self._set(line, replace(self._doing.get(job.key, IDLE), phase=phase))
        for column, _ in job.texts:
            self.grid.refuse(job.key, column, sentence)
        if not job.texts:
            self.notify(sentence, severity="error", markup=False, timeout=15)
            if line is not None:
                self._judge(job.key)

    def _after(self, key: str) -> None:
        """Go on with what waited for a save: another text in the same line, or leaving."""
        if key in self._again:
            self._again.discard(key)
            column = next(iter(self._texts(key)), "")
            if column:
                self._commit(key, column)
        if self._then and not self._saving:
            then, self._then = self._then, None
            if not self.unfinished():
                then()

    @property
    def _saving(self) -> bool:
        return any(doing.phase is Phase.SAVING for doing in self._doing.values())

    # Conflicts

    def _clashed(self, job: Job, clash: Clash) -> None:
        line = self.answer.line(job.key) if self.answer else None
        self._clashes[job.key] = (job, clash, line.due.figure if line else None)
        self._not_stored(replace(job, texts=job.texts), Phase.CONFLICT, entry_ask.clash_sentence(clash))
        if not self.grid.is_typing:
            self._compare(job.key)

    def _compare(self, key: str) -> None:
        """Let the person keep one of two versions of the same figure."""
        line = self.answer.line(key) if self.answer else None
        if line is not None and key in self._clashes:
            job, clash, old = self._clashes[key]
            self.app.push_screen(
                entry_ask.conflict(line, old.content if old else None, job.content, clash), partial(self._decided, key)
            )

    def _decided(self, key: str, answer: str | None) -> None:
        line = self.answer.line(key) if self.answer else None
        if line is None or answer is None or key not in self._clashes:
            return
        job, clash, _ = self._clashes.pop(key)
        if clash.theirs is not None:
            self.answer = with_figure(self.answer, clash.theirs) if self.answer else None
        line = self.answer.line(key) if self.answer else None
        if line is None:
            return
        if answer == "mine":
            self._save(line, job)
            return
        for column, words in job.texts:
            self.grid.hand_over(key, column, words)
            self.grid.accept(key, column)
        self._kept.add(key)
        self._set(line, IDLE)
        self.tracker.session.forget()

    # Commands

    @property
    def _read_only(self) -> str:
        day = self.tracker.workspace.as_at
        return f"Read-only: the figures as at {day.isoformat()}; leave out --as-at to enter something." if day else ""

    @property
    def _line(self) -> SheetLine | None:
        return self.sheet.line(self.grid.cursor_key) if self.sheet else None

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
        elif line is not None and event.column != "value" and line.content and line.content.value is not None:
            sheet, typed = self.sheet, Typed(**{event.column: ""})
            said = meaning(sheet, line, typed) if sheet else None
            if said and said.proposed.content is not None:
                self._save(line, Job(line.key, said.proposed.content))
        else:
            self._judge(event.line)
            self.do_give_reason()

    def do_give_reason(self) -> None:
        """Ask why there is no figure."""
        line = self._line
        if line is not None:
            self.app.push_screen(entry_ask.absence(line), partial(self._absent, line.key))

    def _absent(self, key: str, answer: str | None) -> None:
        line = self.sheet.line(key) if self.sheet else None
        if line is not None and answer is not None:
            self._save(line, Job(key, Content(status=Status(answer)), tuple(self._texts(key).items())))

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

    # Leaving

    def unfinished(self) -> str:
        count = len(self.grid.unaccepted)
        return f"{plural(count, 'figure')} typed and not saved yet." if count else ""

    def do_back(self) -> None:
        self._leave(self.app.pop_screen)

    def do_quit(self) -> None:
        self._leave(self.tracker.leave)

    def _leave(self, then: Callable[[], object]) -> None:
        """Leave once nothing would be lost: ask what to do with what is typed, wait for what is being saved."""

        def go() -> None:
            then()

        waiting = [text for text in self.grid.unaccepted if not self._is_being_saved(text[0])]
        if waiting:
            self.app.push_screen(entry_ask.leaving(waiting), partial(self._left, go))
        elif self._saving:
            self._then = go
        else:
            go()

    def _is_being_saved(self, key: str) -> bool:
        place = self.grid.drafts.place
        return self._doing.get(key, IDLE).phase is Phase.SAVING and (place is None or place[0] != key)

    def _left(self, then: Callable[[], None], answer: str | None) -> None:
        if answer == "discard":
            self.grid.discard()
            self._clashes.clear()
            self._leave(then)
        elif answer == "save":
            self._then = then
            self.grid.hand_over_typing()
            self.call_later(self._save_all)

    def _save_all(self) -> None:
        for key, column in {key: column for key, column, _ in self.grid.unaccepted}.items():
            if key in self._clashes:
                self._compare(key)
            elif self._doing.get(key, IDLE).phase is not Phase.SAVING:
                self._commit(key, column)
        if not self._saving:
            self._after("")

    def on_click(self, event: events.Click) -> None:
        """Let the filters above the grid be clicked."""
        if isinstance(event.widget, Bar):
            self.action_command("next_plan" if event.x < event.widget.plan_width else "still_due")


class Bar(Drawn):
    """The line above the grid: filters on the left, progress on the right."""

    ALLOW_SELECT: ClassVar[bool] = False

    @property
    def plan_width(self) -> int:
        """Where the second filter begins."""
        shown = self.lines(self.size.width)
        return shown[0].plain.find("▾") + 2 if shown else 0
