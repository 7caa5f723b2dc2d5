"""A page that reads in a worker: what is asked, the answer or why there is none, and the commands of such pages."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual.message import Message

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.tui import commands
from outcome_tracker.tui.places import PLACES, Place, Targets
from outcome_tracker.tui.screens.page import Page
from outcome_tracker.tui.widgets.drawn import Drawn, text, wrapped
from outcome_tracker.tui.widgets.grid_view import GridView

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content
    from textual.timer import Timer

    from outcome_tracker.core.period import Period
    from outcome_tracker.tui.commands import Command
    from outcome_tracker.tui.session import Reading

A = TypeVar("A")
_AT_ONCE = 0.05  # seconds that the first paint waits for figures
_MOMENT = 0.3  # seconds until reading is said to take a while
FIRST = f"{Targets.shown_keys()[-1]} shows the plan files"  # what to do in a new workspace


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page wants to show: the period (None: the council's own), and the state of the database."""

    period: Period | None
    epoch: int


@dataclass
class Answered(Message, bubble=False):
    """A reader's answer to what was asked."""

    asked: Asked
    answer: object
    is_new: bool = False  # no plan has been applied yet


@dataclass
class Failed(Message, bubble=False):
    """Why there is no answer, and what to do about it."""

    asked: Asked
    sentence: str
    remedy: str = ""
    is_new: bool = False


class ReadingPage(Page, Generic[A]):
    """A page that shows what `fetch` reads. It reads again when the period or the database has changed."""

    OFFERS: ClassVar[tuple[type[Command], ...]] = (
        commands.ChoosePeriod,
        commands.PeriodBefore,
        commands.PeriodAfter,
        commands.AsAt,
        commands.BackToToday,
        commands.Find,
        commands.ReadAgain,
        *PLACES,
        commands.GoTo,
    )

    def __init__(self) -> None:
        super().__init__()
        self.answer: A | None = None
        self._late: Timer | None = None  # runs while something is read, and not yet for long
        self._reads_slowly = False
        self._failed = False
        self._is_new = False  # no plan has been applied yet
        self._asked: Asked | None = None  # what is on the screen, or on its way

    @abstractmethod
    def fetch(self, reading: Reading, period: Period | None) -> A:
        """Return what to show. It runs in a thread: no widgets, no state but what was given to the constructor."""

    def fetch_first(self) -> A | None:
        """As `fetch`, before any plan has been applied: nothing, but on pages that lead there."""
        return None

    @property
    def reads_slowly(self) -> bool:
        return self._reads_slowly

    @property
    def stale(self) -> str:
        return "Not read again  F9 tries again" if self._failed and self.answer is not None else ""

    @abstractmethod
    def show(self, answer: A) -> None:
        """Show an answer."""

    def opened(self) -> None:
        """Do what is to be done once, after the first answer is shown."""

    def period_of(self, answer: A) -> Period | None:  # noqa: ARG002 - for subclasses
        """Return the reporting period of an answer, for the app to know what opened first."""
        return None

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield Drawn(id="unavailable")

    def on_mount(self) -> None:
        """Show at the first paint what has been read ahead."""
        if not self.tracker.has_answered and self.tracker.session.is_ready(_AT_ONCE):
            self._asked = Asked(self.period, self.tracker.session.epoch)
            answer = self._answer(self._asked)
            if isinstance(answer, Answered):
                self.on_answered(answer)
            else:
                self.on_failed(answer)

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self.ask()

    def ask(self) -> None:
        """Read in a worker, unless what is on the screen is still so."""
        asked = Asked(self.period, self.tracker.session.epoch)
        if asked == self._asked:
            return
        self._asked = asked
        self._late = self._late or self.set_timer(_MOMENT, self._say_reading)
        self.run_worker(
            partial(self._read, asked), group="read", thread=True, exclusive=True, exit_on_error=False, name="read"
        )

    def _say_reading(self) -> None:
        self._reads_slowly = True
        self.refresh_chrome()

    def _has_read(self) -> None:
        """Say no longer that something is read."""
        if self._late is not None:
            self._late.stop()
        self._late = None
        self._reads_slowly = self._failed = False

    def _read(self, asked: Asked) -> None:
        """Answer in a thread, by a message."""
        self.post_message(self._answer(asked))

    def _answer(self, asked: Asked) -> Answered | Failed:
        try:
            session = self.tracker.session
            alone = asked.period is None and self.tracker.is_first(self)
            try:
                reading = session.opening() if alone else session.reading()
            except Unavailable as unavailable:
                return self._first_answer(asked, unavailable)
            return Answered(asked, self.fetch(reading, asked.period))
        except Unavailable as unavailable:
            return Failed(asked, unavailable.sentence, unavailable.remedy)
        except Exception as error:  # noqa: BLE001 - a bug while reading is one sentence on the screen
            return Failed(asked, self.tracker.bug(error))

    def _first_answer(self, asked: Asked, unavailable: Unavailable) -> Answered | Failed:
        """Answer in a new workspace; raise why nothing can be read where there is something."""
        from outcome_tracker.tracker.plans import nothing_applied

        if self.tracker.session.has_read or not nothing_applied(self.tracker.workspace):
            raise unavailable
        first = self.fetch_first()
        if first is None:
            return Failed(asked, unavailable.sentence, unavailable.remedy, is_new=True)
        return Answered(asked, first, is_new=True)

    def on_answered(self, message: Answered) -> None:
        if message.asked != self._asked:
            return  # another question was asked meanwhile
        self._has_read()
        self._is_new = message.is_new
        answer = cast("A", message.answer)
        opening = self.answer is None
        opened = self.period_of(answer)
        if self.tracker.period is None and opened is not None:
            self.tracker.period = opened
            self._asked = Asked(opened, message.asked.epoch)
        self.answer = answer
        self.remove_class("-unavailable")
        self.show(answer)
        if opening:
            self.opened()
        self.refresh_chrome()
        self.tracker.first_answer()

    def on_failed(self, message: Failed) -> None:
        if message.asked != self._asked:
            return
        self._has_read()
        self._asked = None
        self._failed, self._is_new = True, message.is_new
        self.tracker.watch_others(readable=False)
        if self.answer is not None:
            self.notify(f"{message.sentence} {message.remedy}", severity="error", markup=False, timeout=15)
            self.refresh_chrome()
            return
        self.add_class("-unavailable")
        self.query_one("#unavailable", Drawn).show(partial(_calm, message.sentence, message.remedy, message.is_new))
        self.refresh_chrome()

    # Commands of pages that read

    def about(self) -> tuple[str | None, str | None]:
        """Return the codes of the plan and of the indicator that one is on: where another screen opens."""
        return None, None

    def why_not(self, command: type[Command]) -> str:
        """As every page; another screen can't be opened before something was read, nor the one that is open."""
        if reason := super().why_not(command):
            return reason
        if not issubclass(command, Place):
            return ""
        if command.screen.endswith(f":{type(self).__name__}"):
            return "This is the screen that is open."
        return "" if self._is_new and not command.needs_plans else self._why_not_yet()

    def do(self, command: type[Command]) -> None:
        """As every page; and open another screen."""
        if issubclass(command, Place):
            self.tracker.go(command, *self.about())
        else:
            super().do(command)

    def _why_not_yet(self) -> str:
        if self._is_new:
            return f"No plan has been applied yet; {FIRST}."
        return "" if self.answer is not None else "Nothing has been read yet."

    why_not_choose_period = why_not_period_before = why_not_period_after = why_not_find = why_not_go_to = _why_not_yet

    def do_go_to(self) -> None:
        """Let the person choose from the screens."""
        from outcome_tracker.tui.screens.go_to import GoToPopup

        self.app.push_screen(GoToPopup(self), self._went)

    def _went(self, name: str | None) -> None:
        from outcome_tracker.tui.screens.go_to import LAST_TIME

        if name == LAST_TIME and self.tracker.last_time is not None:
            self.tracker.go(*self.tracker.last_time)
        elif name is not None:
            self.action_command(name)

    def do_choose_period(self) -> None:
        """Let the person choose from the periods with figures."""
        from outcome_tracker.tui.screens.period import PeriodPicker

        if self.period:
            self.app.push_screen(PeriodPicker(self.period, self.tracker.periods()), self._chosen)

    def _chosen(self, period: Period | None) -> None:
        if period is not None:
            self.tracker.go_to(period)

    def do_period_before(self) -> None:
        """Show the period before."""
        if self.period:
            self.tracker.go_to(self.period.previous)

    def do_period_after(self) -> None:
        """Show the period after."""
        if self.period:
            self.tracker.go_to(self.period.shift(1))

    def why_not_as_at(self) -> str:
        """What is typed or being saved belongs to what is known now."""
        return self._why_not_yet() or self.tracker.why_stay_at_today()

    def do_as_at(self) -> None:
        """Let the person choose a day."""
        from outcome_tracker.tui.screens.as_at import AsAtPopup

        self.app.push_screen(AsAtPopup(self.tracker.workspace), self._see)

    def _see(self, day: str | None) -> None:
        from outcome_tracker.tui.screens.as_at import TODAY

        if day is not None:
            self.tracker.see(None if day == TODAY else date.fromisoformat(day))

    def why_not_back_to_today(self) -> str:
        """Today must not be what is shown."""
        return "" if self.tracker.workspace.as_at else "Everything known today is what is shown."

    def do_back_to_today(self) -> None:
        """Show what is known now."""
        self.tracker.see(None)

    def do_find(self) -> None:
        """Let the person find an indicator, and open it."""
        from outcome_tracker.tui.screens.find import FindIndicator

        if self.tracker.session.latest:
            self.app.push_screen(FindIndicator(self.tracker.session.latest.known.agreed), self._found)

    def _found(self, code: str | None) -> None:
        if code is not None:
            self.tracker.open_indicator(code)

    def do_read_again(self) -> None:
        """Forget what was read."""
        self.tracker.session.forget()
        self.ask()

    def ask_anew(self) -> None:
        """Read although neither period nor database has changed: the page asks for something else."""
        self._asked = None
        self.ask()


class PlacePage(ReadingPage[A]):
    """A page that `places` lists. It opens on a plan, and on an indicator of it, where these are given."""

    def __init__(self, plan: str | None = None, focus: str | None = None) -> None:
        super().__init__()
        self._plan, self._focus = plan, focus
        self._is_sent = focus is not None  # to an indicator; else one comes back to where one was

    def cursors(self) -> dict[tuple[str, str | None, str], tuple[str, str]]:
        """Return where the cursors are: by the screen's name, the plan and the table, a line and a column."""
        return {
            (type(self).__name__, self._plan, grid.id or ""): (grid.cursor_key, grid.cursor.column)
            for grid in self.query(GridView)
        }

    def opened(self) -> None:
        """Put the cursors where they were when this place was left."""
        for grid in [] if self._is_sent else self.query(GridView):
            place = self.tracker.cursors.get((type(self).__name__, self._plan, grid.id or ""))
            if place is not None:
                grid.move_to(*place)

    def about(self) -> tuple[str | None, str | None]:
        return self._plan, None


def _calm(sentence: str, remedy: str, is_new: bool, width: int) -> list[Content]:  # noqa: FBT001 - given by partial
    """Draw the screen of somebody who can't open anything: what is the matter, and what to do."""
    room = min(width, 76)
    return [
        *wrapped(text((sentence, "bold")), room),
        text(""),
        *wrapped(text(remedy), room),
        *(wrapped(text(f"{FIRST[0].upper()}{FIRST[1:]} and applies them."), room) if is_new else ()),
        text(""),
        *wrapped(text(("To look at published plans first: outcome-tracker demo", "$quiet")), room),
        text(("F9 tries again, q quits.", "$quiet")),
    ]
