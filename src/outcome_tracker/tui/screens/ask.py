"""Small dialogs: choose one of a few answers by letter, arrow or mouse; or fill in a few fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from outcome_tracker.tui.widgets.drawn import Drawn, paragraphs, text
from outcome_tracker.tui.widgets.text_line import TextLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from textual import events
    from textual.app import ComposeResult
    from textual.content import Content


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: what the caller gets, its letter, its label and what it does."""

    answer: str
    letter: str
    label: str
    help: str = ""


class Ask(ModalScreen[str | None]):
    """A question with a few answers; Esc gives none."""

    DEFAULT_CSS = """
    Ask { align: center middle; }
    Ask > Vertical { width: 72; }
    Ask OptionList { height: auto; border: none; background: $surface; padding: 0; margin: 1 0 0 0; }
    Ask OptionList:focus { border: none; }
    Ask OptionList > .option-list--option-highlighted,
    Ask OptionList:focus > .option-list--option-highlighted {
        background: $accent 25%; color: $foreground; text-style: bold;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Back")]

    def __init__(
        self, title: str, said: Iterable[Content], choices: Iterable[Choice], *, preselect: str | None = ""
    ) -> None:
        """`preselect` is the answer that Enter takes, the first if empty; with None one must be chosen first."""
        super().__init__()
        self._preselect = preselect
        self._title, self._said, self._choices = title, tuple(said), tuple(choices)

    def compose(self) -> ComposeResult:
        popup = Vertical(classes="popup")
        popup.border_title = text(self._title)
        popup.border_subtitle = "Esc back"
        with popup:
            if self._said:
                yield Drawn(paragraphs(self._said))
            yield OptionList(*(Option(self._shown(choice), choice.answer) for choice in self._choices))

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        answers = [choice.answer for choice in self._choices]
        if self._preselect is None:
            options.highlighted = None
        else:
            options.highlighted = answers.index(self._preselect) if self._preselect in answers else 0

    @staticmethod
    def _shown(choice: Choice) -> Content:
        help_text = f"  {choice.help}" if choice.help else ""
        return text(" ", (choice.letter, "bold underline"), " ", choice.label, (help_text, "$quiet"))

    def on_key(self, event: events.Key) -> None:
        """Take an answer by its letter."""
        found = next((c for c in self._choices if event.character and event.character.casefold() == c.letter), None)
        if found:
            event.stop()
            self.dismiss(found.answer)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)


@dataclass(frozen=True, slots=True)
class Field:
    """A field to type into: its name, what it is called, an example, and what stands in it."""

    name: str
    label: str
    example: str = ""
    value: str = ""


Values = dict[str, str]


class Form(ModalScreen[Values | None]):
    """A few fields. What is wrong is a sentence below them, and what was typed stays; Esc gives nothing.

    Where something was typed, Esc drops it only when pressed again. `check` returns the field and the sentence of
    what is wrong, or None; `does` says in a word what Enter does in the end.
    """

    DEFAULT_CSS = """
    Form { align: center middle; }
    Form > Vertical { width: 72; }
    Form .label { color: $quiet; }
    Form Input { border: none; height: 1; padding: 0 1; background: $panel; margin: 0 0 1 0; }
    Form Input:focus { border: none; background: $panel; text-style: underline; }
    Form #wrong { color: $foreground; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back")]

    def __init__(
        self,
        title: str,
        said: Iterable[Content],
        fields: Iterable[Field],
        check: Callable[[Mapping[str, str]], tuple[str, str] | None],
        wrong: tuple[str, str] | None = None,
        *,
        does: str = "save",
    ) -> None:
        """`wrong` is what was wrong when the form was sent before."""
        super().__init__()
        self._title, self._said, self._fields, self._check = title, tuple(said), tuple(fields), check
        self._wrong, self._does = wrong, does
        self._dropped: Values | None = None  # what the next Esc drops

    def compose(self) -> ComposeResult:
        popup = Vertical(classes="popup")
        popup.border_title = text(self._title)
        popup.border_subtitle = self.HINT
        with popup:
            if self._said:
                yield Drawn(paragraphs([*self._said, text("")]))
            for field in self._fields:
                yield Drawn(paragraphs([text(field.label)]), classes="label")
                yield TextLine(field.value, placeholder=field.example, id=field.name, compact=True)
            yield Drawn(id="wrong")

    def on_mount(self) -> None:
        self.query_one(f"#{self._wrong[0] if self._wrong else self._fields[0].name}", Input).focus()
        if self._wrong:
            self._say(self._wrong[1])

    @property
    def HINT(self) -> str:  # noqa: N802 - as other popups call what their keys do
        """What the keys do, here and on the bottom line."""
        enter = f"Enter next field, then {self._does}" if len(self._fields) > 1 else f"Enter {self._does}"
        return f"{enter}   Esc back"

    @property
    def values(self) -> Values:
        """What stands in the fields."""
        return {field.name: self.query_one(f"#{field.name}", Input).value for field in self._fields}

    def unfinished(self) -> str:
        """Return what would be lost by leaving: what was typed here, or in vain before."""
        typed = any(value.strip() for value in self.values.values())
        begun = self._wrong is None and all(self.values[field.name] == field.value for field in self._fields)
        return f"What is typed under '{self._title}' is not saved." if typed and not begun else ""

    def action_leave(self) -> None:
        """Give nothing; what was typed is dropped only the second time."""
        if not self.unfinished() or self.values == self._dropped:
            self.dismiss(None)
            return
        self._dropped = self.values
        self._say("What is typed here is not saved. Esc again drops it.")

    def _say(self, sentence: str) -> None:
        self.query_one("#wrong", Drawn).show(paragraphs([text(("✗ ", "$error"), sentence)] if sentence else []))

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        """Go to the next field; at the last one, save."""
        names = [field.name for field in self._fields]
        place = names.index(event.input.id or names[-1])
        if place + 1 < len(names):
            self.query_one(f"#{names[place + 1]}", Input).focus()
            return
        wrong = self._check(self.values)
        if wrong is None:
            self.dismiss(self.values)
            return
        self._say(wrong[1])
        self.query_one(f"#{wrong[0]}" if wrong[0] in names else "Input", Input).focus()
