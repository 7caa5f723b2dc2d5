"""Pasting cells copied from a spreadsheet: a preview of what becomes of each, and then all that can be saved."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical

from outcome_tracker.core.text import plural
from outcome_tracker.tracker.paste import Fate, counted, fates
from outcome_tracker.tui.screens.entry_ask import described
from outcome_tracker.tui.screens.entry_lines import IDLE, Phase, rating, title
from outcome_tracker.tui.screens.entry_saving import Batch, EntrySaving, Job
from outcome_tracker.tui.screens.popup import Popup
from outcome_tracker.tui.widgets.drawn import Drawn, paragraphs, text
from outcome_tracker.tui.widgets.grid import Grid
from outcome_tracker.tui.widgets.grid_data import Cell, Column, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from outcome_tracker.core.figure import Content
    from outcome_tracker.tracker.paste import PastedRow
    from outcome_tracker.tracker.sheet import SheetLine

_COLUMNS = (
    Column("line", "line", width=16, fill=2, priority=90),
    Column("pasted", "pasted", width=8, fill=1, priority=95),
    Column("was", "was", width=6, fill=1, priority=50),
    Column("becomes", "becomes", width=8, fill=1, priority=80),
    Column("rating", "rating", width=9, narrow=5, priority=60),
    Column("fate", "", priority=100),
)
_STYLES = {Fate.SAVE: "accent", Fate.REFUSED: "problem", Fate.NO_LINE: "problem", Fate.NO_CELL: "problem"}


class PastePreview(Popup[bool]):
    """What pasting would do; Enter does it, Esc changes nothing."""

    WIDTH: ClassVar[int] = 112
    HINT: ClassVar[str] = "Enter go on   Esc change nothing"

    def __init__(self, rows: Sequence[PastedRow]) -> None:
        super().__init__("Paste", _COLUMNS, [_line(number, row) for number, row in enumerate(rows)])
        self._rows = rows

    def compose(self) -> ComposeResult:
        saved = sum(row.fate is Fate.SAVE for row in self._rows)
        does = f"Enter saves {plural(saved, 'figure')}" if saved else "Enter closes: there is nothing to save"
        refused = any(row.fate is Fate.REFUSED for row in self._rows)
        kept = "What is refused stays typed in its cell." if refused else ""
        odd = sum(bool(row.content and row.meaning and row.meaning.questioned) for row in self._rows)
        questioned = (
            f"⚠ {plural(odd, 'figure')} looks odd." if odd == 1 else f"⚠ {odd} figures look odd." if odd else ""
        )
        with Vertical(classes="popup") as popup:
            popup.styles.width = self.WIDTH
            popup.border_title = text(self._title)
            yield self._grid
            said = " ".join(each for each in (f"{counted(self._rows)}.", questioned, kept) if each)
            does = f"{does}   Esc changes nothing"
            yield Drawn(paragraphs([text(""), text((said, "bold")), text((does, "$quiet"))]), id="count")

    def chosen(self, key: str) -> bool:  # noqa: ARG002 - all of them are
        return True


def _line(number: int, row: PastedRow) -> Line:
    line, found = row.line, row.meaning
    shown = found.row if found and row.fate is Fate.SAVE else None
    cells = {
        "line": Cell(title(line) if line else "–", "" if line else "muted"),
        "pasted": Cell(row.pasted or "–", "strong" if row.pasted else "muted"),
        "was": Cell(_shortly(line, line.content) if line else "", "muted"),
        "becomes": Cell(_shortly(line, row.content) if line and row.content else ""),
        "rating": rating(shown) if shown else Cell(),
        "fate": Cell(row.fate.value, _STYLES.get(row.fate, "muted")),
    }
    return Line(str(number), cells, note=" ".join(row.sentences), note_style="warning")


def _shortly(line: SheetLine, content: Content | None) -> str:
    """Return a figure without its note."""
    return described(line, replace(content, note="") if content else None)


class EntryPasting(EntrySaving):
    """An entry sheet that takes cells copied from a spreadsheet."""

    @on(Grid.Pasted)
    def _pasted(self, event: Grid.Pasted) -> None:
        """Show what pasting would do."""
        sheet = self.sheet
        if self._read_only or sheet is None:
            self.notify(self._read_only, severity="warning")
            return
        if self.grid.is_typing:
            self.notify("Enter or Esc ends the typing first; then paste the cells.", severity="warning")
            return
        keys = [line.key for line in self.grid.lines if not line.heading]
        lines = [line for key in keys[keys.index(event.line) :] if (line := sheet.line(key))]
        shown = [slot.column for slot in self.grid.laid_out.slots]
        first = next((n for n, column in enumerate(shown) if column.key == event.column), 0)
        columns = [column.key for column in shown[first:] if column.editable]
        if first == 0 or not columns or not shown[first].editable:
            columns = ["value"]  # what is pasted on a title is its figure
        rows = fates(sheet, lines, columns, event.text)
        if not rows:
            self.notify("There is nothing to paste: no cells were copied.", severity="warning")
            return
        self.app.push_screen(PastePreview(rows), partial(self._paste, rows))

    def _paste(self, rows: Sequence[PastedRow], agreed: bool | None) -> None:  # noqa: FBT001 - the popup's answer
        saved = [row for row in rows if row.content]
        if not agreed:
            self.notify("Nothing was pasted, and nothing is changed.")
            return
        group = self._steps.group()
        refused = sum(row.fate is Fate.REFUSED for row in rows)
        nowhere = sum(row.fate in {Fate.NO_LINE, Fate.NO_CELL} for row in rows)
        also = f" {plural(refused, 'refused text')} stays in its cell." if refused == 1 else ""
        also = f" {refused} refused texts stay in their cells." if refused > 1 else also
        also += f" {plural(nowhere, 'row')} had no place to go to." if nowhere else ""
        words = f"{{}} of {plural(len(saved), 'pasted figure')} saved.{also}"
        for row in rows:
            if row.fate is Fate.REFUSED:
                self._keep(row)
        if not saved:
            self.notify(f"Nothing was saved.{also}", severity="warning")
            return
        self._batches[group] = Batch(len(saved), words)
        for row in saved:
            if row.line and row.content:
                for column, words in row.texts:
                    self.grid.hand_over(row.line.key, column, words)
                job = Job(row.line.key, row.content, row.texts, group=group)
                self._save(row.line, job, row.line.version, batch=("paste", group))

    def _keep(self, row: PastedRow) -> None:
        """Keep a refused row's texts in their cells, with the sentence that says why."""
        if row.line is None:
            return
        for column, words in row.texts:
            self.grid.hand_over(row.line.key, column, words)
            self.grid.refuse_later(row.line.key, column, row.sentences[0])
        doing = self._doing.get(row.line.key, IDLE)
        self._set(row.line, replace(doing, phase=Phase.REFUSED, seen=row.line))
