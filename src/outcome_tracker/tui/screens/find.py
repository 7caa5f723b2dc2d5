"""Find an indicator by what one remembers of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from outcome_tracker.tui.screens.popup import Popup
from outcome_tracker.tui.widgets.grid_data import Cell, Column, Line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from outcome_tracker.core.indicator import Agreed

_COLUMNS = (
    Column("code", "Code", priority=100),
    Column("title", "Indicator", fill=1, width=20, priority=90),
    Column("owner", "Owner", narrow=14, priority=50),
)


class FindIndicator(Popup[str]):
    """Type words in any order; the list keeps what has them all. Its answer is the indicator's code."""

    WIDTH: ClassVar[int] = 100
    HINT = "Type some letters of it   ↑ ↓ Enter open   Esc leave"
    AUTO_FOCUS: ClassVar[str | None] = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]

    def __init__(self, agreed: Agreed) -> None:
        found = [(plan, indicator) for plan in agreed.plans for indicator in plan.indicators]
        self._lines = [
            Line(i.code, {"code": Cell(i.code), "title": Cell(i.title), "owner": Cell(i.owner, "muted")})
            for _, i in found
        ]
        self._words = [f"{i.code} {i.title} {i.owner} {p.code} {p.title}".casefold() for p, i in found]
        super().__init__("Find an indicator", _COLUMNS, self._lines)

    def above(self) -> Iterable[Widget]:
        yield Input(placeholder="part of a code, title, owner or plan", compact=True)

    @on(Input.Changed)
    def _filter(self, message: Input.Changed) -> None:
        wanted = message.value.casefold().split()
        self._grid.set_lines(
            line for line, words in zip(self._lines, self._words, strict=True) if all(w in words for w in wanted)
        )

    @on(Input.Submitted)
    def _open(self) -> None:
        if self._grid.cursor_line is not None:
            self.dismiss(self._grid.cursor_line.key)

    def action_move(self, steps: int) -> None:
        self._grid.action_move("down" if steps > 0 else "up")

    def chosen(self, key: str) -> str | None:
        return key
