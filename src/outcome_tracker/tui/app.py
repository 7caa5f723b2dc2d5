"""The app: which screen is open, which period, what has been read, and the one thread that saves."""

from __future__ import annotations

import gc
from contextlib import suppress
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

from textual import events, on
from textual.app import App

from outcome_tracker.core.text import harmless
from outcome_tracker.tui.commands import Back, PageCommands
from outcome_tracker.tui.memory import Memory
from outcome_tracker.tui.screens.page import Page
from outcome_tracker.tui.screens.reading_page import PlacePage, ReadingPage
from outcome_tracker.tui.screens.summary import SummaryScreen
from outcome_tracker.tui.session import Session
from outcome_tracker.tui.themes import DARK, LOOKS, themes
from outcome_tracker.tui.watcher import Changed, Watcher
from outcome_tracker.tui.writer import Answer, Begun, Conflicted, Refused, Saved, Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from textual.await_complete import AwaitComplete
    from textual.binding import BindingType
    from textual.screen import Screen

    from outcome_tracker.core.period import Period
    from outcome_tracker.tracker.workspace import Workspace
    from outcome_tracker.tui.places import Place
    from outcome_tracker.tui.writer import Progress

_HERE = Path(__file__).parent
A_MOMENT = 0.3  # seconds after which it is said that something takes longer


@runtime_checkable
class Leavable(Protocol):
    """A screen, a page or a form, that tells what would be lost by leaving it."""

    def unfinished(self) -> str:
        """Return that as a sentence, or nothing."""


class TrackerApp(App[None]):
    """Outcome Tracker in a terminal. Decisions are the tracker's and the core's; what is shown is the screens'."""

    TITLE = "Outcome Tracker"
    # The summary's own sheet is here too: Textual loads none for the screen that an app begins with.
    CSS_PATH: ClassVar = [_HERE / "app.tcss", _HERE / "screens" / "summary.tcss"]
    COMMANDS: ClassVar = {PageCommands}
    BINDINGS: ClassVar[list[BindingType]] = []
    ENABLE_COMMAND_PALETTE = True
    NOTIFICATION_TIMEOUT = 8

    def __init__(self, workspace: Workspace, session: Session | None = None, memory: Memory | None = None) -> None:
        """`session` may have begun to read already; without `memory` nothing is remembered for the next run."""
        super().__init__()
        self._given: set[datetime] = set()  # the times of what this program has saved
        self.workspace = replace(workspace, now=partial(self._stamped, workspace.now))
        self.session = session or Session(workspace)
        self.memory = memory or Memory()
        self.writer = Writer(self, self.bug)
        self.period: Period | None = None  # None until the council's own is known
        self.has_answered = False
        self.crash: Exception | None = None
        self._leaving = False
        self._saves_slowly = False
        self._watcher: Watcher | None = None
        self.cursors: dict[
            tuple[str, str | None, str], tuple[str, str]
        ] = {}  # where one was in places left in this run
        self.note = ""  # what the rule on top says for a while
        self._warned = ""
        _ = self.last_time  # before this run remembers its own
        for theme in themes(colourless=self.no_color):
            self.register_theme(theme)
        remembered = self.memory.get("theme", DARK.name)
        self.theme = remembered if remembered in LOOKS else DARK.name

    def get_default_screen(self) -> Screen[None]:
        return SummaryScreen()

    async def on_event(self, event: events.Event) -> None:
        """Take what is pasted without what steers a terminal or is not seen, wherever it goes."""
        if isinstance(event, events.Paste) and not event.is_forwarded:
            event.text = harmless(event.text)
        await super().on_event(event)

    def _stamped(self, now: Callable[[], datetime]) -> datetime:
        at = now()
        self._given.add(at)
        return at

    # Where one is

    @property
    def council(self) -> str:
        """The council's name, once it is known."""
        screen = self.screen_stack[0]
        return screen.council_name if isinstance(screen, SummaryScreen) else ""

    @property
    def who(self) -> str:
        """Who is at the screens, where a browser shows them; that nothing can be changed, wherever it can't."""
        if self.workspace.read_only:
            return "read-only"
        return self.workspace.user if self.is_web else ""

    def is_first(self, page: Page) -> bool:
        """Tell whether there is no screen before this one."""
        return page is self.screen_stack[0]

    def crumbs(self, page: Page) -> list[str]:
        """Return what the screens up to this one are called."""
        stack = [screen for screen in self.screen_stack if isinstance(screen, Page)]
        upto = stack[: stack.index(page) + 1] if page in stack else [page]
        return [each.crumb for each in upto]

    def periods(self) -> list[Period]:
        """Return the reporting periods to choose from, latest first."""
        from outcome_tracker.tracker.review import reporting_periods

        latest = self.session.latest
        return reporting_periods(latest.known, self.period) if latest else []

    def go_to(self, period: Period) -> None:
        """Show another reporting period, on every screen."""
        self.period = period
        self.refresh_pages()

    def refresh_pages(self) -> None:
        """Have the page on the screen read again; the others do when they are back on it."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, Page):
                screen.refresh_chrome()
                if isinstance(screen, ReadingPage):
                    screen.ask()
                return

    def open_indicator(self, code: str) -> None:
        """Open an indicator's screen, in place of another indicator's."""
        from outcome_tracker.tui.screens.indicator import IndicatorScreen

        if isinstance(self.screen, IndicatorScreen):
            self.pop_screen()
        self.push_screen(IndicatorScreen(code))

    def open_scorecard(self, plan: str | None = None, words: str = "") -> None:
        """Open a plan's scorecard, or that of every indicator with these words."""
        from outcome_tracker.tui.screens.scorecard import ScorecardScreen

        self.push_screen(ScorecardScreen(plan, words))

    def go(self, place: type[Place], plan: str | None = None, focus: str | None = None) -> None:
        """Open a place, on a plan and an indicator if they are given; it takes the place of another one."""
        page = self.screen
        if isinstance(page, PlacePage):
            if not self.may_leave([page], place.shown_keys()[0]):
                return
            self.pop_screen()
        self.push_screen(place.kind()(plan, focus))
        self._remember(place, plan, focus)

    def go_back(self, steps: int) -> None:
        """Leave as many screens as there are steps back to one, unless one of them has reason to stay."""
        for _ in range(steps):
            page = self.screen
            if not isinstance(page, Page):
                return
            page.action_command(Back.name())
            if self.screen is page:
                return

    def pop_screen(self) -> AwaitComplete:
        """Leave the screen on top; a place remembers where in it one was."""
        if isinstance(self.screen, PlacePage):
            self.cursors |= self.screen.cursors()
        return super().pop_screen()

    def _remember(self, place: type[Place], plan: str | None, focus: str | None) -> None:
        """Remember for the next run where one is: names of a place, a plan and an indicator, never figures."""
        self.memory.put(self._where, "|".join((place.name(), plan or "", focus or "")))

    @property
    def _where(self) -> str:
        """The name under which the place is remembered: for each database its own."""
        from hashlib import sha256

        return f"where.{sha256(self.workspace.location.shown.encode()).hexdigest()[:12]}"

    @cached_property
    def last_time(self) -> tuple[type[Place], str | None, str | None] | None:
        """Where the last run was left: a place, and maybe a plan and an indicator."""
        from outcome_tracker.tui.places import PLACES

        name, _, rest = self.memory.get(self._where, "").partition("|")
        plan, _, focus = rest.partition("|")
        place = next((each for each in PLACES if each.name() == name), None)
        return (place, plan or None, focus or None) if place else None

    def why_stay_at_today(self) -> str:
        """Return why the past can't be looked at now: what was typed belongs to what is known today; or nothing."""
        typed = " ".join(s for page in self.screen_stack if isinstance(page, Page) and (s := page.unfinished()))
        if typed:
            return f"{typed} Save it, or take it back with Esc, before you look at the past."
        return "What was entered is being saved; try again in a moment." if self.writer.pending else ""

    def see(self, as_at: date | None) -> None:
        """Show everything as it was known at the end of a day; None: as it is known now."""
        self.workspace = self.session.workspace = replace(self.workspace, as_at=as_at)
        self.session.forget()
        self.refresh_pages()

    def refresh_top(self) -> None:
        """Draw the line on top of the page on the screen anew."""
        page = next((screen for screen in reversed(self.screen_stack) if isinstance(screen, Page)), None)
        if page is not None:
            page.refresh_chrome()

    # What others save

    def watch_others(self, *, readable: bool) -> None:
        """Notice from now on what others save."""
        if self._watcher is None:
            self._watcher = Watcher(
                self, self.workspace, lambda who, at: who == self.workspace.user and at in self._given
            )
            self._watcher.start(readable=readable)

    @on(Changed)
    def _changed(self, message: Changed) -> None:
        self.session.forget()
        self.refresh_pages()
        if message.sentence:
            self.note = message.sentence
            self.refresh_top()
            self.set_timer(self.NOTIFICATION_TIMEOUT, self._drop_note)

    def _drop_note(self) -> None:
        self.note = ""
        self.refresh_top()

    def on_unmount(self) -> None:
        if self._watcher is not None:
            self._watcher.close()

    # Saving and leaving

    @property
    def saving(self) -> Progress | None:
        """How far the saving is, once it takes longer than a moment."""
        return self.writer.progress if self._saves_slowly else None

    @on(Begun)
    def _begun(self) -> None:
        self.set_timer(A_MOMENT, self._say_saving)

    def _say_saving(self) -> None:
        self._saves_slowly = self.writer.pending > 0
        if self._saves_slowly:
            self.refresh_top()

    def stop_saving(self) -> bool:
        """Stop the batch that is being saved, if there is one; say whether there was."""
        saving = self.saving
        if saving is None or saving.batch is None:
            return False
        self.writer.cancel(saving.batch)
        return True

    @on(Answer)
    def _after_saving(self, answer: Answer) -> None:
        """Take in how a save went, wherever it was asked for."""
        if self._saves_slowly:
            self._saves_slowly = self.writer.pending > 0
            self.refresh_top()
        if isinstance(answer, Refused | Conflicted) and not answer.heard:
            about = f"{answer.about}: not saved. " if answer.about is not None else ""
            self.notify(f"{about}{answer.sentence}", severity="error", markup=False, timeout=15)
        if isinstance(answer, Saved):
            self.session.forget()
            self.refresh_pages()
        elif self._leaving:
            self._leaving = False
            self.notify("Not everything could be saved, so nothing was closed.", severity="error", markup=False)
        if self._leaving and not self.writer.pending:
            self.exit()

    def may_leave(self, screens: Sequence[Leavable], key: str) -> bool:
        """Tell whether screens may be left; the first time something would be lost it says so instead."""
        lost = " ".join(sentence for screen in screens if (sentence := screen.unfinished()))
        if not lost or lost == self._warned:
            self._warned = ""
            return True
        self._warned = lost
        self.notify(f"{lost} {key} again leaves all the same.", severity="warning", markup=False)
        return False

    def leave(self) -> None:
        """Quit once the queue of saves is empty."""
        if not self.may_leave([screen for screen in self.screen_stack if isinstance(screen, Leavable)], "Quitting"):
            return
        if self.writer.pending:
            self._leaving = True
            self.notify("Saving what was entered, then closing.", markup=False)
        else:
            self.exit()

    async def action_quit(self) -> None:
        if isinstance(self.screen, Page):
            self.screen.do_quit()  # which may ask first
        else:
            self.leave()

    def on_exit_app(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, Page):
                screen.keep_typed()

    # What goes wrong

    def bug(self, error: Exception) -> str:
        """Record an error that should not happen; return the sentence that names it, or a damaged database."""
        from outcome_tracker.tracker.bug_log import recorded
        from outcome_tracker.tracker.doctor import damage

        with suppress(Exception):  # what happened first is told then
            if damaged := damage(self.workspace):
                return damaged
        return recorded(error, self.workspace.now())

    def _fatal_error(self) -> None:
        """End the app without printing what was in its variables: they hold people's figures."""
        self.crash = self._exception
        self._close_messages_no_wait()

    # The first answer, and the theme

    def first_answer(self) -> None:
        """Load what saving needs, in the background, once the first figures are on the screen."""
        if not self.has_answered:
            self.has_answered = True
            self.call_after_refresh(_settle, self)

    def change_theme(self) -> None:
        """Take the next look, and remember it."""
        names = list(LOOKS)
        self.theme = names[(names.index(self.theme) + 1) % len(names)]
        self.memory.put("theme", self.theme)
        self.notify(f"The look is {LOOKS[self.theme]}.", timeout=3, markup=False)


def _settle(app: TrackerApp) -> None:
    """Do what was put off for the first paint."""
    gc.enable()
    app.watch_others(readable=True)
    Thread(target=_preload, args=[app.session], name="preload", daemon=True).start()


def _preload(session: Session) -> None:
    session.read_whole()
    import outcome_tracker.store.writer  # noqa: F401 - loads SQLModel, which takes half a second, before it is needed
