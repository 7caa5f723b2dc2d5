"""Two people wrote in one section: theirs, what was there before and one's own, to keep one or to write on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from outcome_tracker.tui.screens.ask import Ask, Choice
from outcome_tracker.tui.screens.commentary_lines import in_lines, saved_by, titled
from outcome_tracker.tui.widgets.drawn import Drawn, text

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content

    from outcome_tracker.tracker.commentary import Difference

THEIRS, MINE, WRITE_ON = "theirs", "mine", "on"


class Compare(Ask):
    """Show the three texts in full and ask which one is to stand; Esc decides nothing, and nothing is saved."""

    DEFAULT_CSS = """
    Compare > Vertical { width: 100; }
    Compare VerticalScroll { height: auto; max-height: 24; scrollbar-size-vertical: 1; }
    Compare.-low VerticalScroll { max-height: 11; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "scroll_texts(-1)", show=False, priority=True),
        Binding("pagedown", "scroll_texts(1)", show=False, priority=True),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (36, "-high")]  # noqa: RUF012 - Textual declares it so

    def __init__(self, difference: Difference) -> None:
        theirs = difference.theirs
        who = theirs.stamp.who if theirs.stamp else "Somebody else"
        cleared = "" if theirs.text else ", which clears it"
        choices = (
            Choice(THEIRS, "t", "Keep theirs", "yours is dropped"),
            Choice(MINE, "m", "Save mine", "as the next version; history keeps theirs"),
            Choice(WRITE_ON, "w", "Write on", "theirs stays in sight beside your text"),
        )
        super().__init__(f"{who} saved {theirs.section} meanwhile{cleared}", (), choices, preselect=None)
        self._difference = difference

    def compose(self) -> ComposeResult:
        popup = Vertical(classes="popup")
        popup.border_title = text(self._title)
        popup.border_subtitle = "PgUp PgDn scroll · Esc back"
        with popup:
            with VerticalScroll(can_focus=False):
                yield Drawn(self._texts)
            yield OptionList(*(Option(self._shown(choice), choice.answer) for choice in self._choices))

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(OptionList).focus()

    def _texts(self, width: int) -> list[Content]:
        return three(self._difference, width, mine=True)

    def action_scroll_texts(self, steps: int) -> None:
        """Scroll the texts while the choices have the keys."""
        self.query_one(VerticalScroll).scroll_relative(y=steps * 8, animate=False)


def three(difference: Difference, width: int, *, mine: bool) -> list[Content]:
    """Return theirs, what was there before and, with `mine`, one's own text, each under its name."""
    theirs, before = difference.theirs, difference.before
    found = [*titled("Theirs", saved_by(theirs), width), *_words(theirs.text, width)]
    found += [*titled("Before", "", width), *_words(before.text if before else "", width)]
    if mine:
        found += [*titled("Yours", "not saved yet", width), *_words(difference.mine, width)]
    return found


def _words(words: str, width: int) -> list[Content]:
    return [*in_lines(words, width), text("")] if words.strip() else [text(("(empty)", "$quiet")), text("")]
