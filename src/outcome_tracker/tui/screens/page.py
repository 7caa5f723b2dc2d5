"""What every screen has: the line on top, the keys at the bottom, and its commands."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, ClassVar, cast

from textual.containers import Vertical
from textual.geometry import Size
from textual.screen import Screen

from outcome_tracker.tui import commands
from outcome_tracker.tui.widgets.chrome import Keys, Top
from outcome_tracker.tui.widgets.drawn import Drawn, text, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widget import Widget

    from outcome_tracker.core.period import Period
    from outcome_tracker.tui.app import TrackerApp
    from outcome_tracker.tui.commands import Command

SMALLEST = Size(46, 12)
TOO_SMALL = "Make the window larger: there is no room to show this. 60 columns and 16 lines are enough."


class Typing(Enum):
    """What becomes of a letter: a command, text in a field, or text in a cell, where Tab, Enter and Esc are its own."""

    NOTHING = auto()
    TEXT = auto()
    CELL = auto()


class Page(Screen[None]):
    """A screen. Subclasses list what they `OFFERS` (beside what every page offers) and yield their `body`."""

    OFFERS: ClassVar[tuple[type[Command], ...]] = (
        commands.Help,
        commands.Back,
        commands.Palette,
        commands.LightOrDark,
        commands.Quit,
    )
    ABOUT: ClassVar[str] = ""  # what the screen is for, on its help
    _all: ClassVar[tuple[type[Command], ...]] = OFFERS
    _typing = Typing.NOTHING  # for which the keys are drawn

    def __init_subclass__(cls, **settings: bool) -> None:
        own = cls.__dict__.get("OFFERS", ())
        cls._all = (*own, *(c for c in cls._all if c not in own))
        cls.BINDINGS = [*_bindings(own), *cls.__dict__.get("BINDINGS", ())]
        super().__init_subclass__(**settings)

    BINDINGS: ClassVar[list[BindingType]] = [command.binding() for command in OFFERS]

    @property
    def tracker(self) -> TrackerApp:
        """The app, as ours."""
        return cast("TrackerApp", self.app)

    @property
    def crumb(self) -> str:
        """What the line on top calls this screen."""
        return ""

    @property
    def period(self) -> Period | None:
        """The reporting period that the line on top shows."""
        return self.tracker.period

    @property
    def reads_slowly(self) -> bool:
        """Whether something has been read for longer than a moment."""
        return False

    @property
    def stale(self) -> str:
        """Why what is on the screen may not be what is stored, in a few words, or nothing."""
        return ""

    def compose(self) -> ComposeResult:
        yield Top()
        with Vertical(id="body"):
            yield from self.body()
        yield Drawn(lambda width: wrapped(text(TOO_SMALL), width), id="small", classes="text")
        yield Keys()

    def body(self) -> Iterable[Widget]:
        """Yield what is between the line on top and the keys."""
        return ()

    def on_screen_resume(self) -> None:
        self.refresh_chrome()

    def on_screen_suspend(self) -> None:
        self.refresh_chrome()

    def on_resize(self) -> None:
        """Say in a tiny window that it is too small, instead of showing parts of words."""
        width, height = self.app.size
        self.set_class(width < SMALLEST.width or height < SMALLEST.height, "-too-small")

    def on_idle(self) -> None:
        """Draw the keys anew once typing begins or ends: other keys work then."""
        if self.typing != self._typing:
            self._typing = self.typing
            self.refresh_chrome()

    @property
    def typing(self) -> Typing:
        """What letters do at this moment."""
        focused = self.focused
        if getattr(focused, "is_typing", False):
            return Typing.CELL
        return Typing.TEXT if focused is not None and focused.check_consume_key("a", "a") else Typing.NOTHING

    def refresh_chrome(self) -> None:
        """Draw the top line and the keys anew: what works may have changed."""
        if self.is_mounted:
            for kind in (Top, Keys):
                # While the program closes, an answer may come when the widgets have gone already.
                if (part := self.query_one_optional(kind)) is not None:
                    part.refresh()

    # Commands

    @classmethod
    def offered(cls) -> tuple[type[Command], ...]:
        """Every command of this page, its own first."""
        return cls._all

    def why_not(self, command: type[Command]) -> str:
        """Return why a command can't be used now, as a sentence, or nothing."""
        reason = getattr(self, f"why_not_{command.name()}", None)
        return str(reason()) if reason else ""

    def action_command(self, name: str) -> None:
        """Do what a key, the bottom line or the palette asks for; or say why not."""
        command = next(c for c in self.offered() if c.name() == name)
        if reason := self.why_not(command):
            self.notify(reason, severity="warning", markup=False)
        else:
            self.do(command)

    def label_of(self, command: type[Command]) -> str:
        """Return what the bottom line calls a command."""
        return "Stop saving" if command is commands.Back and self._can_stop_saving else command.label

    @property
    def _can_stop_saving(self) -> bool:
        saving = self.tracker.saving
        return saving is not None and saving.batch is not None

    def do(self, command: type[Command]) -> None:
        """Do what a command asks for; nothing speaks against it. While a batch is saved Esc stops it."""
        if command is commands.Back and self.tracker.stop_saving():
            return
        getattr(self, f"do_{command.name()}")()

    def unfinished(self) -> str:
        """Return what would be lost by leaving this screen, as a sentence, or nothing."""
        return ""

    def keep_typed(self) -> None:
        """Keep what was typed and not saved: the program ends, and cannot ask where the browser has gone."""

    def do_help(self) -> None:
        """Show the help."""
        from outcome_tracker.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self))

    def why_not_back(self) -> str:
        """The first screen has none before it."""
        first = self.tracker.is_first(self) and not self._can_stop_saving
        return "This is the first screen; q quits." if first else ""

    def do_back(self) -> None:
        """Leave this screen, once nothing would be lost or a second time it is asked."""
        if self.tracker.may_leave([self], "Esc"):
            self.app.pop_screen()

    def do_palette(self) -> None:
        """Open the command palette."""
        self.app.action_command_palette()

    def do_light_or_dark(self) -> None:
        """Change the theme."""
        self.tracker.change_theme()

    def do_quit(self) -> None:
        """Quit, once everything is saved."""
        self.tracker.leave()


def _bindings(offers: Iterable[type[Command]]) -> list[BindingType]:
    return [command.binding() for command in offers]
