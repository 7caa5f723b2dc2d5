"""Saving on the entry sheet: what becomes of a text that was entered, whoever else saves, and on leaving."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from outcome_tracker.core.text import plural
from outcome_tracker.tracker.collect import Clash, Entered, record_or_clash
from outcome_tracker.tracker.sheet import Typed, meaning, with_figure
from outcome_tracker.tui.screens import entry_ask
from outcome_tracker.tui.screens.entry_drafts import keep
from outcome_tracker.tui.screens.entry_grid import EntryGrid
from outcome_tracker.tui.screens.entry_lines import IDLE, Doing, Phase, grid_line
from outcome_tracker.tui.screens.entry_page import EntryPage
from outcome_tracker.tui.screens.entry_steps import Step, Steps, Way
from outcome_tracker.tui.widgets.grid import Grid
from outcome_tracker.tui.widgets.grid_edit import State

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from outcome_tracker.core.figure import Content, Figure
    from outcome_tracker.tracker.sheet import SheetLine
    from outcome_tracker.tui.writer import Cancelled, Refused, Saved

STOPPED = "Not saved yet: Enter saves it, Esc drops it."


@dataclass(frozen=True, slots=True)
class Job:
    """What is being saved of a line, and the typed texts that it answers."""

    key: str
    content: Content
    texts: tuple[tuple[str, str], ...] = ()
    way: Way = Way.DO
    step: Step | None = None  # what is undone or redone
    group: int = 0  # of what is saved at once; 0: by itself

    def __str__(self) -> str:
        return ", ".join([self.key, *(words for _, words in self.texts)])


@dataclass(slots=True)
class Batch:
    """How many figures of those saved at once are stored, and how the end is told: `{}` is that number."""

    total: int
    words: str
    saved: int = 0
    others: int = 0

    @property
    def is_over(self) -> bool:
        """Whether all of them are answered."""
        return self.saved + self.others >= self.total


class EntrySaving(EntryPage):
    """An entry sheet that saves. A text stays in its cell until it is stored."""

    def __init__(self, plan: str | None = None, focus: str | None = None) -> None:
        super().__init__(plan, focus)
        self._clashes: dict[str, tuple[Job, Clash, Figure | None]] = {}
        self._again: set[str] = set()  # lines entered again while their save is under way
        self._steps = Steps()
        self._batches: dict[int, Batch] = {}  # by group
        self._then: Callable[[], None] | None = None  # what to do once everything is saved

    def on_mount(self) -> None:
        super().on_mount()
        self.grid.doubts = self._doubts
        self.grid.settles = self._settles

    @on(Grid.Reverted)
    def _given_up(self, event: Grid.Reverted) -> None:
        self._clashes.pop(event.line, None)

    @on(Grid.Committed)
    def _committed(self, event: Grid.Committed) -> None:
        if event.again and event.line in self._clashes:
            self._compare(event.line)
        else:
            self._commit(event.line, event.column)

    @on(EntryGrid.Kept)
    def _kept_as_it_is(self, event: EntryGrid.Kept) -> None:
        self._commit(event.line, event.column)

    def _doubts(self, key: str) -> bool:
        """Tell whether a figure that was just entered is to be confirmed; ask for it in its line."""
        doing = self._doing.get(key, IDLE)
        line = self.answer.line(key) if self.answer else None
        if self.answer is None or line is None or key in self._clashes or doing.phase is Phase.SAVING:
            return False
        typed = Typed(**self._texts(key))
        said = meaning(self.answer, doing.seen or line, typed, provisional=doing.provisional)
        if said.questioned:
            self._set(line, replace(doing, meaning=said, phase=Phase.ASKED, seen=doing.seen or line))
        return bool(said.questioned)

    def _settles(self, key: str) -> bool:
        """Let Enter compare two versions where nothing typed stands for one's own."""
        waits = key in self._clashes and not self._texts(key)
        if waits:
            self._compare(key)
        return waits

    def _commit(self, key: str, column: str) -> None:
        """Save what is typed into a line, or say what is wrong with it."""
        sheet, doing = self.answer, self._doing.get(key, IDLE)
        line = sheet.line(key) if sheet else None
        if sheet is None or line is None:
            return
        if doing.phase is Phase.SAVING:
            self._again.add(key)
            return
        texts = self._texts(key)
        said = meaning(sheet, doing.seen or line, Typed(**texts), provisional=doing.provisional)
        if said.proposed.content is not None:
            self._set(line, replace(doing, meaning=said))
            self._save(line, Job(key, said.proposed.content, tuple(texts.items())))
        elif said.waits_for:
            self._set(line, replace(doing, meaning=said, phase=Phase.READY))
            self.grid.move_to(key, said.waits_for)
        else:
            self._set(line, replace(doing, phase=Phase.REFUSED, meaning=said))
            self.grid.refuse(key, column, said.proposed.problem)

    def _save(self, line: SheetLine, job: Job, seen: int | None = None, batch: Hashable = None) -> None:
        """Save, as the version after the one `seen`: when typing began, if not told."""
        doing = self._doing.get(line.key, IDLE)
        if seen is None:
            seen = (doing.seen or line).version
        self._set(line, replace(doing, phase=Phase.SAVING))
        self.tracker.writer.submit(
            partial(
                record_or_clash,
                self.tracker.workspace,
                line.indicator.code,
                line.period,
                job.content,
                why=job.way.value,
                expected=seen,
                found=self.answer.found if self.answer else None,
            ),
            about=job,
            to=self,
            batch=batch,
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
            self._take_step(job, result)
            self._stored(job, result)
        self._count(job.group, saved=isinstance(result, Entered))
        self._after(job.key)

    def _count(self, group: int, *, saved: bool) -> None:
        """Take in how one of a batch went; say how it ended."""
        batch = self._batches.get(group)
        if batch is None:
            return
        if saved:
            batch.saved += 1
        else:
            batch.others += 1
        if batch.is_over:
            del self._batches[group]
            kept = f" {plural(batch.others, 'other')} could not be: each says why in its line." if batch.others else ""
            self.notify(batch.words.format(batch.saved) + kept, severity="warning" if batch.others else "information")

    def _take_step(self, job: Job, result: Entered) -> None:
        """Take in what can be undone or redone now."""
        before = self.answer.line(job.key) if self.answer else None
        if before is None or self.answer is None:
            return
        if job.step:
            self._steps.on(job.step, job.way, result.figure.version)
            first = job.way is Way.UNDO and job.step.before is None
            self.notify(
                entry_ask.undone(before, result.figure.content, redone=job.way is Way.REDO, nothing_before=first)
            )
        elif result.changed:
            group = job.group or self._steps.group()
            step = Step(job.key, self.answer.reporting, before.content, result.figure.content, group)
            self._steps.on(step, Way.DO, result.figure.version)

    def _stored(self, job: Job, result: Entered) -> None:
        self.answer = with_figure(self.answer, result.figure) if self.answer else None
        self._kept.add(job.key)
        self._clashes.pop(job.key, None)
        if self._said == "error":
            self._said = "information"  # what was wrong is over
            self.hush()
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
        for line in self.answer.lines if self.answer else ():
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
            self._count(job.group, saved=False)
            self._after(job.key)

    def on_cancelled(self, message: Cancelled) -> None:
        """Keep what was typed and not saved when saving was stopped."""
        job = message.about
        if isinstance(job, Job):
            self._not_stored(job, Phase.REFUSED, STOPPED)
            self._count(job.group, saved=False)
            self._after(job.key)

    def _not_stored(self, job: Job, phase: Phase, sentence: str) -> None:
        line = self.answer.line(job.key) if self.answer else None
        if line is not None:
            self._set(line, replace(self._doing.get(job.key, IDLE), phase=phase))
        for column, _ in job.texts:
            self.grid.refuse_later(job.key, column, sentence)
        if job.step and phase is Phase.REFUSED:
            self._steps.back(job.step, job.way)
        if not job.texts and phase is Phase.REFUSED:
            self.notify(f"{job.key}: {sentence}", severity="error")
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

    # Undo and redo

    def _walk(self, way: Way) -> None:
        """Save again what was there before the last step, or after the one that was undone last."""
        if any(self._doing.get(step.key, IDLE).phase is Phase.SAVING for step in self._steps.last(way)):
            self.notify("It is being saved; try again in a moment.", severity="warning")
            return
        steps = self._steps.take(way)
        batch = (way, steps[0].group) if len(steps) > 1 else None
        if batch:
            done = "undone" if way is Way.UNDO else "redone"
            self._batches[steps[0].group] = Batch(len(steps), f"{{}} of {plural(len(steps), 'figure')} {done}.")
        for step in steps:
            line = self.answer.line(step.key) if self.answer else None
            if line is None:  # it was taken out of the plan meanwhile
                self._count(step.group, saved=False)
                continue
            content = (step.before or entry_ask.NO_FIGURE) if way is Way.UNDO else step.after
            self._go_to(step.key)
            job = Job(step.key, content, (), way, step, step.group)
            self._save(line, job, self._steps.versions[step.key], batch)

    # Conflicts

    def _clashed(self, job: Job, clash: Clash) -> None:
        line = self.answer.line(job.key) if self.answer else None
        seen = self._doing.get(job.key, IDLE).seen or line
        self._clashes[job.key] = (job, clash, seen.due.figure if seen else None)
        sentence = entry_ask.clash_sentence(clash)
        self._not_stored(job, Phase.CONFLICT, sentence)
        if not self.grid.is_typing and self.grid.cursor_key == job.key and self.is_current:
            self._compare(job.key)
        elif line is not None:
            self.notify(f"{line.key}: {sentence}", severity="warning")

    def _compare(self, key: str) -> None:
        """Let the person keep one of two versions of the same figure."""
        line = self.answer.line(key) if self.answer else None
        if line is not None and key in self._clashes:
            job, clash, old = self._clashes[key]
            self.grid.move_to(key)
            self.app.push_screen(
                entry_ask.conflict(line, old.content if old else None, job.content, clash), partial(self._decided, key)
            )

    def _decided(self, key: str, answer: str | None) -> None:
        if key not in self._clashes:
            return
        job, clash, _ = self._clashes[key]
        if answer is None:  # put off: its sentence and its mark stay
            self._not_stored(job, Phase.CONFLICT, entry_ask.clash_sentence(clash))
            return
        del self._clashes[key]
        if clash.theirs is not None:
            self.answer = with_figure(self.answer, clash.theirs) if self.answer else None
        line = self.answer.line(key) if self.answer else None
        if line is None:
            return
        if answer == "mine":
            self._doing[key] = replace(self._doing.get(key, IDLE), seen=line)
            self._save(line, job, line.version)
            return
        for column, words in job.texts:
            self.grid.hand_over(key, column, words)
            self.grid.accept(key, column)
        self._steps.forget(key)
        self._kept.add(key)
        self._set(line, IDLE)
        self.tracker.session.forget()

    # Leaving

    def unfinished(self) -> str:
        count = len({key for key, _, _ in self.grid.unaccepted})
        return f"{plural(count, 'figure')} typed and not saved yet." if count else ""

    def keep_typed(self) -> None:
        if self.answer is not None:
            keep(self.tracker.workspace, self.answer, self._waiting)

    @property
    def _waiting(self) -> list[tuple[str, str, str]]:
        return [text for text in self.grid.unaccepted if not self._is_being_saved(text[0])]

    def do_back(self) -> None:
        self._leave(self.app.pop_screen)

    def do_quit(self) -> None:
        self._leave(self.tracker.leave)

    def _leave(self, then: Callable[[], object]) -> None:
        """Leave once nothing would be lost: ask what to do with what is typed, wait for what is being saved."""

        def go() -> None:
            then()

        if waiting := self._waiting:
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
