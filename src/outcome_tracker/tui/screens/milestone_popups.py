"""The milestone in full with its history, and the lists of plans and owners."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from outcome_tracker.core.wording import PROGRESS_WORD, due_text
from outcome_tracker.tui.screens.milestone_lines import HISTORY, about, history_lines
from outcome_tracker.tui.screens.popup import Popup
from outcome_tracker.tui.widgets.drawn import Drawn, paragraphs, text
from outcome_tracker.tui.widgets.grid_data import Cell, Column, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from outcome_tracker.core.board import Item

_CHOICES = (
    Column("title", "", fill=1, width=20, priority=100),
    Column("all", "milestones", align="right", priority=80),
    Column("late", "overdue", align="right", priority=90),
)


class History(Popup[None]):
    """A milestone in full and every change of it, the latest first."""

    HINT = "Esc leave"
    WIDTH = 100

    def __init__(self, item: Item) -> None:
        super().__init__(item.code, HISTORY, history_lines(item.standing))
        self._item = item

    def above(self) -> Iterable[Widget]:
        standing = self._item.standing
        first = standing.milestone.due
        was = f", originally {due_text(first)}" if standing.rephasings and first else ""
        late = ", overdue" if standing.overdue else ""
        now = f"{PROGRESS_WORD[standing.status]}. Due: {due_text(standing.due)}{late}{was}."
        said = [(standing.milestone.title, "bold"), (now, ""), *((part, "$quiet") for part in about(self._item))]
        yield Drawn(paragraphs([*(text(each) for each in said), text("")]))

    def _resize(self) -> None:
        super()._resize()
        self.call_after_refresh(self._as_high_as_it_is)

    def _as_high_as_it_is(self) -> None:
        """Make room for reasons that take several lines."""
        rest = sum(each.outer_size.height for each in self.query_one(".popup").children if each is not self._grid)
        most = self.app.size.height * 9 // 10 - rest - 3
        self._grid.styles.height = max(min(self._grid.virtual_size.height, most), 3)

    def chosen(self, key: str) -> None:  # noqa: ARG002 - nothing is chosen here
        return None


class ChooseFrom(Popup[str]):
    """Choose a plan or an owner; the answer is its key, empty for all of them."""

    WIDTH: ClassVar[int] = 76

    def __init__(self, title: str, every: str, lines: Sequence[Line], current: str) -> None:
        first = Line(_EVERY, {"title": Cell(every)})
        super().__init__(title, _CHOICES, (first, *lines), current or _EVERY)

    def chosen(self, key: str) -> str:
        return "" if key == _EVERY else key


_EVERY = "every"
