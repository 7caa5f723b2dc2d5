"""Writing commentary: a text field a section, drafts kept as one types, and saving all that has changed at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Container, VerticalScroll
from textual.widgets import TextArea

from outcome_tracker.core import wording
from outcome_tracker.core.commentary import Commentary, Section, cleaned, section_named
from outcome_tracker.core.day import read_only_text
from outcome_tracker.core.text import clean, listed
from outcome_tracker.tracker.commentary import Clash, Difference, save_sections, too_early, wrong_texts
from outcome_tracker.tracker.drafts import Draft
from outcome_tracker.tui import commands
from outcome_tracker.tui.commands import Command
from outcome_tracker.tui.screens.ask import Ask, Choice
from outcome_tracker.tui.screens.commentary_compare import MINE, THEIRS, WRITE_ON, Compare, three
from outcome_tracker.tui.screens.commentary_fields import Field
from outcome_tracker.tui.screens.commentary_lines import ROOMY, head, moment, spoken
from outcome_tracker.tui.screens.page import Page
from outcome_tracker.tui.widgets.drawn import Drawn, text, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from textual.content import Content
    from textual.timer import Timer
    from textual.widget import Widget

    from outcome_tracker.tracker.commentary import Document
    from outcome_tracker.tracker.drafts import Drafts
    from outcome_tracker.tui.writer import Refused, Saved


class Help(commands.Help):
    """Show what this screen is for and everything it can do."""

    keys = "f1"

    @classmethod
    def shown_keys(cls) -> tuple[str, ...]:
        return ("F1",)


class Save(Command):
    """Save every section that you have changed, all at once."""

    keys = "ctrl+s"
    label = "Save"
    important = 95

    @classmethod
    def shown_keys(cls) -> tuple[str, ...]:
        return ("^S",)


class CopyBefore(Command):
    """Begin with what was said the last time: it fills the sections that are empty."""

    keys = "f10,ctrl+b"
    title = "Begin with the period before"
    label = "Copy earlier"
    important = 70

    @classmethod
    def shown_keys(cls) -> tuple[str, ...]:
        return ("F10", "^B")


class DiscardDraft(Command):
    """Drop what you have typed and not saved, and show what is saved."""

    keys = "ctrl+g"
    title = "Discard the draft"
    label = "Discard draft"
    important = 72

    @classmethod
    def shown_keys(cls) -> tuple[str, ...]:
        return ("^G",)


class NextSection(Command):
    """Go to the next section; Shift+Tab goes back."""

    keys = "tab"
    title = "Next section"
    label = "Next"
    important = 60

    @classmethod
    def shown_keys(cls) -> tuple[str, ...]:
        return ("Tab",)


class Leave(Command):
    """Leave Outcome Tracker; what is typed stays as a draft."""

    keys = "ctrl+q"
    title = "Quit"
    label = "Quit"
    important = 40

    @classmethod
    def shown_keys(cls) -> tuple[str, ...]:
        return ("^Q",)


@dataclass(frozen=True, slots=True)
class Job:
    """The texts on their way into the database, by section."""

    texts: tuple[tuple[str, str], ...]


DRAFT_AFTER = 0.5  # seconds of typing that a kill may lose


class CommentaryEdit(Page):
    """The commentary on one plan or indicator in a period."""

    CSS_PATH = "commentary_edit.tcss"
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
    AUTO_FOCUS: ClassVar[str | None] = ""  # where one goes on writing is known when the draft is
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - Textual declares it so

    def __init__(self, document: Document, drafts: Drafts) -> None:
        super().__init__()
        self.document, self._drafts = document, drafts
        self._saved: dict[str, Commentary] = dict(document.current)  # what stands in the database, as far as is known
        self._seen = {name: each.version for name, each in self._saved.items()}  # what each text began from
        self.fields: dict[str, Field] = {}  # by section
        self._wrong: dict[str, str] = {}
        self._beside: dict[str, Difference] = {}  # what others wrote, in sight while one writes on
        self._open: list[Difference] = []  # what is still to be decided
        self._decided: dict[str, str] = {}
        self._kept: Draft | None = None  # the draft that is in the file
        self._unkept = ""  # why there is none in the file although something is typed
        self._note = ""
        self._timer: Timer | None = None
        self._saving = False
        self._then: Callable[[], object] | None = None  # what to do once it is saved

    @classmethod
    def offered(cls) -> tuple[type[Command], ...]:
        """As every page, but for `q` and `?`, which are typed here."""
        return tuple(command for command in super().offered() if command not in {commands.Quit, commands.Help})

    @property
    def crumb(self) -> str:
        return self.document.subject.code

    @property
    def subject(self) -> str:
        """The code of the plan or indicator."""
        return self.document.subject.code

    @property
    def read_only(self) -> str:
        """Why nothing can be written now, or nothing."""
        day = self.tracker.workspace.as_at
        if day is not None:
            return read_only_text("commentary", day)
        return too_early(self.tracker.workspace, self.document.subject.period)

    def body(self) -> Iterable[Widget]:
        if not self.read_only:
            self._kept = self._drafts.get(self.subject, self.document.subject.period)
        drafted = self._kept.texts if self._kept else {}
        sections = {section.name: section for section in self.document.sections}
        sections |= {name: section_named(name) for name in drafted if name not in sections}
        yield Drawn(self._head, id="head")
        yield Drawn(self._status, id="status")
        with Container(id="editor"):
            with Container(id="fields"):
                for section in sections.values():
                    self.fields[section.name] = self._field(section, drafted)
                    yield self.fields[section.name]
            with VerticalScroll(id="before"):
                yield Drawn(self._said_before)

    def _field(self, section: Section, drafted: Mapping[str, str]) -> Field:
        words = drafted.get(section.name, self._text(section.name))
        return Field(section, clean(words, lines=True), read_only=bool(self.read_only))

    def on_mount(self) -> None:
        """Show the draft, if there is one (one that says what is saved already is none), and go to what is to do."""
        if self._kept:
            self._seen |= self._kept.seen
            if self.changed:
                self._note = f"Draft from {moment(self._kept.at)}, not saved yet. ^G discards it."
        changed = self.changed
        for name in changed:
            self.fields[name].area.move_cursor(self.fields[name].area.document.end)
        lacking = [section.name for section in self.document.subject.lacking]
        self._go_to(next((name for name in (*changed, *lacking) if name in self.fields), next(iter(self.fields))))
        self._keep()
        self._show_before()

    # What is typed

    def _text(self, section: str) -> str:
        """Return what is saved in a section."""
        return self._saved[section].text if section in self._saved else ""

    @property
    def changed(self) -> dict[str, str]:
        """The texts that differ from what is saved."""
        return {
            name: field.words
            for name, field in self.fields.items()
            if field.words != self._text(name) and cleaned(name, field.words) != cleaned(name, self._text(name))
        }

    @on(TextArea.Changed)
    def _typed(self) -> None:
        if self.read_only:
            return
        changed = self.changed
        self._wrong = {name: sentence for name, sentence in wrong_texts(changed).items() if name in self._wrong}
        self._note = ""
        self._show()
        if self._timer is None:
            self._timer = self.set_timer(DRAFT_AFTER, self._keep)

    def _keep(self) -> None:
        """Write the draft to its file, or remove it where nothing is left to save."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self.read_only:
            return
        changed, period = self.changed, self.document.subject.period
        seen = {name: self._seen.get(name, 0) for name in changed}
        try:
            if not changed:
                self._drafts.drop(self.subject, period)
                self._kept = None
            elif self._kept is None or (self._kept.texts, self._kept.seen) != (changed, seen):
                draft = Draft(changed, seen, self.tracker.workspace.now())
                self._drafts.put(self.subject, period, draft)
                self._kept = draft
            self._unkept = ""
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self._unkept = f"What you type can't be kept as a draft ({reason}): save it with ^S before you leave."
        self._show()

    def unfinished(self) -> str:
        """A draft is lost only where it could not be kept."""
        return self._unkept if self.changed else ""

    # What is shown

    def _show(self) -> None:
        changed = self.changed
        for name, field in self.fields.items():
            field.say(*self._about(name, changed), wrong=self._wrong.get(name, ""))
        self.query_one("#status", Drawn).show(self._status)
        self.refresh_chrome()

    def _show_before(self) -> None:
        """Show what others wrote, and what was said before; the fields take the room where there is none of it."""
        before = self.query_one("#before")
        before.display = bool(self.document.before or self._beside)
        before.query_one(Drawn).show(self._said_before)

    def _about(self, name: str, changed: Mapping[str, str]) -> tuple[str, str]:
        if name in changed:
            return "not saved yet", "$accent"
        found = self._saved.get(name)
        if found is None or not found.text:
            lacking = any(section.name == name for section in self.document.subject.lacking)
            return ("missing", "$warning") if lacking and not self.read_only else ("", "$quiet")
        by = found.author or (found.stamp.who if found.stamp else "")
        day = wording.due_text(found.stamp.known.isoformat()) if found.stamp else ""
        return " · ".join(part for part in (by, day) if part), "$quiet"

    def _head(self, width: int) -> list[Content]:
        most = 2 if self.app.size.height >= ROOMY else 1
        return [text(" ", line) for line in head(self.document.subject, width - 2, most=most)]

    def _status(self, width: int) -> list[Content]:
        """Draw how what is typed stands: nothing here is said unless it is so."""
        changed = self.changed if self.is_mounted else {}
        if self.read_only:
            said, style = self.read_only, "$quiet"
        elif self._saving:
            said, style = "Saving …", "$accent"
        elif self._unkept and changed:
            said, style = self._unkept, "$warning"
        elif self._note:
            said, style = self._note, "bold $accent" if changed else "$quiet"
        elif changed:
            said, style = "Not saved yet, kept as a draft while you type. ^S saves.", "$accent"
        else:
            said, style = "What you type is kept as a draft until you save it with ^S.", "$quiet"
        return [text(" ", line) for line in wrapped(text((said, style)), width - 2)]

    def _said_before(self, width: int) -> list[Content]:
        """Draw what others wrote meanwhile, and what was said in the period before."""
        found: list[Content] = []
        for name, difference in self._beside.items():
            found += [text((f"{name}: changed meanwhile", "bold $warning")), *three(difference, width, mine=False)]
        if self.document.before:
            period = wording.period_short(self.document.before[0].period)
            found += [text((f"Said for {period}", "bold $link")), text("")]
            found += [line for said in self.document.before for line in [*spoken(said, width), text("")]]
        return found

    # Commands

    def _go_to(self, name: str) -> None:
        """Put the cursor into a section, its name and what is wrong with it in sight."""
        field = self.fields[name]
        field.area.focus(scroll_visible=False)
        self.call_after_refresh(field.scroll_visible, animate=False)

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
            if message.key in self.fields:
                self._wrong[message.key] = message.sentence
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
