"""The list of reporting periods."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from outcome_tracker.core.period import parse
from outcome_tracker.tui.screens.popup import Popup
from outcome_tracker.tui.widgets.grid_data import Cell, Column, Line

if TYPE_CHECKING:
    from outcome_tracker.core.period import Period


class PeriodPicker(Popup["Period"]):
    """Choose the reporting period; its answer is the period."""

    WIDTH: ClassVar[int] = 66

    def __init__(self, current: Period, periods: list[Period]) -> None:
        columns = (Column("period", "Period", fill=1, priority=100), Column("now", "", priority=90))
        lines = [
            Line(each.code, {"period": Cell(each.label), "now": Cell("shown now" if each == current else "", "muted")})
            for each in periods
        ]
        super().__init__("Reporting period", columns, lines, current.code)

    def chosen(self, key: str) -> Period | None:
        return parse(key)
