"""Writing commentary: saving all that has changed at once, and settling what somebody else saved meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from outcome_tracker.core.commentary import Commentary, cleaned
from outcome_tracker.core.text import listed
from outcome_tracker.tracker.commentary import Clash, Difference, save_sections, wrong_texts
from outcome_tracker.tui import commands
from outcome_tracker.tui.screens.ask import Ask, Choice
from outcome_tracker.tui.screens.commentary_commands import CopyBefore, DiscardDraft, Help, Leave, NextSection, Save
from outcome_tracker.tui.screens.commentary_compare import MINE, THEIRS, WRITE_ON, Compare
from outcome_tracker.tui.screens.commentary_page import CommentaryPage
from outcome_tracker.tui.widgets.drawn import text

if TYPE_CHECKING:
    from collections.abc import Callable

    from outcome_tracker.tracker.commentary import Document
    from outcome_tracker.tracker.drafts import Drafts
    from outcome_tracker.tui.commands import Command
    from outcome_tracker.tui.writer import Refused, Saved


@dataclass(frozen=True, slots=True)
class Job:
    """The texts on their way into the database, by section."""

    texts: tuple[tuple[str, str], ...]


class CommentaryEdit(CommentaryPage):
    """The commentary on one plan or indicator in a period."""

    ABOUT = (
        "Write what there is to say. What you type is kept as a draft until you save it, also when you leave or the "
        "program is ended. Each save is a new version of the sections that changed; nothing is overwritten."
    )
    OFFERS: ClassVar[tuple[type[Command], ...]] = (
        Help,
        commands.Back,
        Save,
        CopyBefore,
        DiscardDraft,
        NextSection,
        commands.Palette,
        commands.LightOrDark,
        Leave,
    )

    def __init__(self, document: Document, drafts: Drafts) -> None:
        super().__init__(document, drafts)
        self._open: list[Difference] = []  # what is still to be decided
        self._decided: dict[str, str] = {}
        self._then: Callable[[], object] | None = None  # what to do once it is saved

    # Commands

    def why_not_save(self) -> str:
        """Nothing is saved in the past, twice, or where nothing has changed."""
        if self.read_only or self._saving:
            return self.read_only or "It is being saved."
        return "" if self.changed else "Nothing has changed since it was saved."

    def do_save(self) -> None:
        """Save, once it is sure that what is empty is meant to be."""
        self._keep()
        changed = self.changed
        self._wrong = wrong_texts(changed)
        if self._wrong:
            self._show()
            name = next(name for name in self.fields if name in self._wrong)
            self._go_to(name)
            return
        cleared = [name for name, words in changed.items() if not cleaned(name, words)]
        if cleared:
            said = [text("The history keeps what is said there now.")]
            choices = (
                Choice("clear", "c", "Clear and save"),
                Choice("back", "p", "Put the text back", "and save nothing yet"),
            )
            self.app.push_screen(Ask(f"Clear {listed(cleared)}?", said, choices, preselect=None), self._cleared)
        else:
            self._submit()

    def _cleared(self, answer: str | None) -> None:
        if answer == "clear":
            self._submit()
        elif answer == "back":
            for name, words in self.changed.items():
                if not cleaned(name, words):
                    self.fields[name].fill(self._text(name))
            self._keep()

    def _submit(self) -> None:
        changed = self.changed
        self._saving, self._note = True, ""
        self.tracker.writer.submit(
            partial(
                save_sections,
                self.tracker.workspace,
                self.subject,
                self.document.subject.period,
                changed,
                {name: self._seen.get(name, 0) for name in changed},
            ),
            about=Job(tuple(changed.items())),
            to=self,
        )
        self._show()

    def why_not_copy_before(self) -> str:
        """There must be something to copy, and an empty section to take it."""
        if self.read_only:
            return self.read_only
        if not self.document.before:
            return "Nothing was said of this in an earlier period."
        return "" if self._copies else "Every section that was filled earlier has a text; empty it first."

    @property
    def _copies(self) -> dict[str, str]:
        fields = self.fields
        return {
            said.section: said.text
            for said in self.document.before
            if said.section in fields and not fields[said.section].words.strip()
        }

    def do_copy_before(self) -> None:
        """Fill the empty sections with what was said the last time."""
        copies = self._copies
        for name, words in copies.items():
            self.fields[name].fill(words)
        self._keep()
        self._note = f"Copied, for you to change: {listed(list(copies))}. Not saved yet."
        self._show()

    def why_not_discard_draft(self) -> str:
        """There must be something to discard."""
        if self._saving:
            return "It is being saved."
        return "" if self.changed else "Nothing is typed that is not saved."

    def do_discard_draft(self) -> None:
        """Ask, for it can't be undone."""
        said = [text(listed(list(self.changed)), (" would be as saved again.", "$quiet"))]
        choices = (Choice("discard", "d", "Discard what is typed"), Choice("", "k", "Keep it"))
        self.app.push_screen(Ask("Discard the draft?", said, choices, preselect=None), self._discarded)

    def _discarded(self, answer: str | None) -> None:
        if answer:
            for name in self.changed:
                self.fields[name].fill(self._text(name))
                self._seen[name] = self._saved[name].version if name in self._saved else 0
            self._beside.clear()
            self._wrong.clear()
            self._show_before()
            self._keep()
            self._note = "The draft is discarded."
            self._show()

    def do_next_section(self) -> None:
        """Go to the next section."""
        self.focus_next()

    def do_back(self) -> None:
        self._leave(super().do_back)

    def do_quit(self) -> None:
        self._leave(super().do_quit)

    def do_leave(self) -> None:
        """Quit, with what is typed kept as a draft."""
        self.do_quit()

    def _leave(self, then: Callable[[], None]) -> None:
        self._keep()
        if self._saving:
            self._then = then
        else:
            then()

    # Saving

    def on_saved(self, message: Saved) -> None:
        """Take in what is stored, or what somebody else stored first."""
        job, result = message.about, message.result
        if not isinstance(job, Job):
            return
        self._saving = False
        if isinstance(result, Clash):
            self._then = None
            self._open, self._decided = list(result.differences), {}
            self._compare()
        elif isinstance(result, tuple):
            self._stored(job, result)

    def _stored(self, job: Job, saved: tuple[Commentary, ...]) -> None:
        for name, words in job.texts:  # somebody else may have saved the very same text
            same = self._saved.get(name) or Commentary(self.subject, self.document.subject.period, name, "", version=0)
            self._saved[name] = replace(same, text=cleaned(name, words))
        for each in saved:
            self._saved[each.section], self._seen[each.section] = each, each.version
            self._beside.pop(each.section, None)
        subject = self.document.subject
        self.document = replace(
            self.document,
            subject=replace(subject, said=tuple(each for each in self._saved.values() if each.text.strip())),
        )
        self._keep()
        self._show_before()
        names = [name for name, _ in job.texts]
        self._note = f"Saved: {listed(names)}."
        self._show()
        if self._then:
            self.notify(f"{self.subject}: {listed(names)} saved.", markup=False)
            then, self._then = self._then, None
            then()

    def on_refused(self, message: Refused) -> None:
        """Say why nothing is stored; the texts stay, and so does the draft."""
        if isinstance(message.about, Job):
            self._saving, self._then = False, None
            self.notify(
                f"{message.sentence} What you typed stays as a draft.", severity="error", markup=False, timeout=15
            )
            self._show()

    def on_conflicted(self) -> None:
        """Somebody saves all the time: what is typed stays."""
        self._saving, self._then = False, None
        self.notify("Others are saving this at the same moment; press ^S again.", severity="error", markup=False)
        self._show()

    # Conflicts

    def _compare(self) -> None:
        """Ask about the first section that is not decided; once all are, save those that are one's own."""
        self._show()
        if self._open:
            self.app.push_screen(Compare(self._open[0]), self._settled)
        elif set(self._decided.values()) <= {THEIRS, MINE}:
            if self.changed:
                self._submit()
            else:
                self._keep()
                self._note = "Theirs is kept."
                self._show()
        else:
            self._keep()
            name = next(name for name, answer in self._decided.items() if answer not in {THEIRS, MINE})
            self._go_to(name)
            self._note = f"Not saved yet: {name} is still to be settled. ^S saves."
            self._show()

    def _settled(self, answer: str | None) -> None:
        difference = self._open.pop(0)
        theirs = difference.theirs
        name = theirs.section
        self._decided[name] = answer or ""
        if answer is not None:
            self._saved[name], self._seen[name] = theirs, theirs.version
        if answer == THEIRS:
            self.fields[name].fill(theirs.text)
            self._beside.pop(name, None)
        elif answer == WRITE_ON:
            self._beside[name] = difference
        self._show_before()
        self._compare()
