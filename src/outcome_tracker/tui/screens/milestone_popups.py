"""The milestone in full with its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.wording import PROGRESS_WORD, due_text
from outcome_tracker.tui.screens.milestone_lines import HISTORY, about, history_lines
from outcome_tracker.tui.screens.popup import Popup
from outcome_tracker.tui.widgets.drawn import Drawn, paragraphs, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from outcome_tracker.core.board import Item


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
