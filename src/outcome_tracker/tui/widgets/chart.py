"""The chart widget: an indicator's line, its target and Amber band, and whom it is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from outcome_tracker.core.chart import Chart
from outcome_tracker.tui.widgets.chart_canvas import Row, paint
from outcome_tracker.tui.widgets.styling import Parts

if TYPE_CHECKING:
    from rich.style import Style
    from textual.geometry import Size


PARTS = {
    "chart--own",
    "chart--interval",
    "chart--target",
    "chart--comparator",
    "chart--process",
    "chart--improvement",
    "chart--concern",
    "chart--high",
    "chart--low",
    "chart--band",
    "chart--axis",
}


class ChartView(Widget):
    """Shows a `Chart` with lines at thirds of a row, which differ by pattern and point marks as well as by colour."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    ChartView {
        width: 1fr;
        height: 1fr;
        min-height: 6;
        background: $background;
        color: $foreground;
        & > .chart--own { color: $text-accent; text-style: bold; }
        & > .chart--interval { color: $text-accent; }
        & > .chart--target { color: $foreground; }
        & > .chart--comparator { color: $foreground 60%; }
        & > .chart--process { color: $foreground 60%; }
        & > .chart--improvement { color: $text-accent; text-style: bold; }
        & > .chart--concern { color: $foreground; text-style: bold; }
        & > .chart--high, & > .chart--low { color: $foreground; text-style: bold; }
        & > .chart--axis { color: $foreground 60%; }
        & > .chart--band { color: #a8741c; background: #ffb300 14%; }
        &:light > .chart--band { color: #b98a3d; background: #ffb300 20%; }
    }
    """

    chart: reactive[Chart] = reactive(Chart())

    def __init__(self, chart: Chart | None = None, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, classes=classes)
        self._rows: tuple[Chart, Size, list[Row]] | None = None
        self._parts = Parts(self, PARTS)
        self._styles: dict[str, Style] = {}
        self.set_reactive(ChartView.chart, chart or Chart())

    @property
    def summary(self) -> str:
        """The chart in a sentence, for those who can't see it."""
        return self.chart.summary

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._parts.clear()
        self._styles = {}

    def render_line(self, y: int) -> Strip:
        if self._rows is None or self._rows[0] is not self.chart or self._rows[1] != self.size:
            self._rows = (self.chart, self.size, paint(self.chart, self.size.width, self.size.height))
        row = self._rows[2][y] if y < len(self._rows[2]) else []
        strip = Strip([Segment(text, self._style(names)) for text, names in row if text])
        return strip.adjust_cell_length(self.size.width, self.rich_style)

    def _style(self, names: str) -> Style:
        """Return the style of a line's class and the band's behind it: the band's background, the line's colour."""
        if names not in self._styles:
            style = self.rich_style
            for name in reversed(names.split()):
                style += self._parts[name]
            self._styles[names] = style
        return self._styles[names]
