"""The page that commentary is written on: a text field a section, the draft, and what was said before."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Container, VerticalScroll
from textual.widgets import TextArea

from outcome_tracker.core import wording
from outcome_tracker.core.commentary import Commentary, Section, cleaned, section_named
from outcome_tracker.core.text import clean, listed
from outcome_tracker.tracker.commentary import Difference, too_early, wrong_texts
from outcome_tracker.tracker.drafts import Draft
from outcome_tracker.tracker.moments import moment
from outcome_tracker.tui import commands
from outcome_tracker.tui.screens.commentary_compare import three
from outcome_tracker.tui.screens.commentary_fields import Field
from outcome_tracker.tui.screens.commentary_lines import ROOMY, head, spoken
from outcome_tracker.tui.screens.page import Page
from outcome_tracker.tui.widgets.drawn import Drawn, text, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.content import Content
    from textual.timer import Timer
    from textual.widget import Widget

    from outcome_tracker.tracker.commentary import Document
    from outcome_tracker.tracker.drafts import Drafts
    from outcome_tracker.tui.commands import Command

DRAFT_AFTER = 0.5  # seconds of typing that a kill may lose


class CommentaryPage(Page):
    """The text fields of one plan or indicator in a period, the draft, and what is said about both."""

    CSS_PATH = "commentary_edit.tcss"
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
        self._kept: Draft | None = None  # the draft that is in the file
        self._unkept = ""  # why there is none in the file although something is typed
        self._note = ""
        self._timer: Timer | None = None
        self._saving = False

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

    @cached_property
    def read_only(self) -> str:
        """Why nothing can be written, or nothing: as it was on opening, so that a draft is kept whatever comes."""
        return self.tracker.session.only_look("commentary") or too_early(
            self.tracker.workspace, self.document.subject.period
        )

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
        changed = self.changed
        if self._kept and changed:
            self._note = f"Draft from {moment(self._kept.at)}, not saved yet. ^G discards it."
            self._seen |= {name: self._kept.seen.get(name, 0) for name in changed}
            if since := [name for name in changed if self._seen[name] != self.document.version(name)]:
                self._note += f" Changed by others since: {listed(since)}. ^S compares."
        for name in changed:
            self.fields[name].area.move_cursor(self.fields[name].area.document.end)
        lacking = [section.name for section in self.document.subject.lacking]
        self._go_to(next((name for name in (*changed, *lacking) if name in self.fields), next(iter(self.fields))))
        self._keep()
        self._show_before()

    def _go_to(self, name: str) -> None:
        """Put the cursor into a section, its name and what is wrong with it in sight."""
        field = self.fields[name]
        field.area.focus(scroll_visible=False)
        self.call_after_refresh(field.scroll_visible, animate=False)

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

    def keep_typed(self) -> None:
        """Write what was typed in the last moment into the draft."""
        if self._timer is not None:
            self._keep()

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
