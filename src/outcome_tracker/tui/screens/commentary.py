"""Commentary: what must be explained and is not, and what is said of every plan and indicator."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on

from outcome_tracker.core.wording import explained_line
from outcome_tracker.tracker.commentary import Board, board_of
from outcome_tracker.tracker.drafts import drafts_of
from outcome_tracker.tui.commands import Command, Help, Open
from outcome_tracker.tui.screens.commentary_lines import COLUMNS, ROOMY, detail, lines
from outcome_tracker.tui.screens.entry_commands import NextPlan
from outcome_tracker.tui.screens.reading_page import PlacePage
from outcome_tracker.tui.widgets.drawn import Drawn
from outcome_tracker.tui.widgets.grid_view import GridView
from outcome_tracker.tui.widgets.links import Links, picker, said

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from textual.widget import Widget

    from outcome_tracker.core.commentary import Subject
    from outcome_tracker.core.period import Period
    from outcome_tracker.tui.session import Reading

_EVERY = "commentary.every"


class Write(Open):
    """Write on the plan or indicator, or read all that is said of it."""

    title = "Write commentary"
    label = "Write"
    important = 79


class NeededOrAll(Command):
    """Change between what is asked for (Reds, what declined, plans) and every indicator."""

    keys = "t"
    title = "Needed or all"
    label = "Needed/all"
    important = 77


@dataclass(frozen=True, slots=True)
class Shown:
    """The board, and the codes on which there is a draft."""

    board: Board
    drafts: frozenset[str]


class CommentaryScreen(PlacePage[Shown]):
    """Who owes commentary, what is missing first."""

    CSS_PATH = "commentary.tcss"
    ABOUT = (
        "What is said of the figures. A headline indicator that is Red or requires improvement must be explained; a "
        "Red's commentary is incomplete without cause, action, owner and dates. What one types is kept as a draft."
    )
    OFFERS: ClassVar[tuple[type[Command], ...]] = (Help, Write, NeededOrAll, NextPlan)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (ROOMY, "-high")]  # noqa: RUF012 - Textual declares it so

    def __init__(self, plan: str | None = None, focus: str | None = None, drafts: Path | None = None) -> None:
        """`drafts` is another folder for drafts than the user's own."""
        super().__init__(plan, focus)
        self._folder = drafts

    @property
    def crumb(self) -> str:
        return "Commentary"

    def body(self) -> Iterable[Widget]:
        yield Links(id="bar")
        yield GridView(COLUMNS, id="subjects")
        yield Drawn(id="detail")

    def on_mount(self) -> None:
        super().on_mount()
        self.grid.focus()

    @property
    def grid(self) -> GridView:
        """The grid."""
        return self.query_one(GridView)

    def period_of(self, answer: Shown) -> Period:
        return answer.board.period

    def fetch(self, reading: Reading, period: Period | None) -> Shown:
        found = board_of(reading.known, reading.commentary, period)
        return Shown(found, drafts_of(self.tracker.workspace, self._folder).subjects(found.period))

    def show(self, answer: Shown) -> None:
        focus, self._focus = self._focus, None
        if focus and focus not in {s.code for _, members in self._groups(answer) for s in members}:
            self.tracker.memory.put(_EVERY, True)
        self._show_lines()
        if focus:
            self.grid.move_to(focus)

    def on_screen_resume(self) -> None:
        """Read again: drafts may have come or gone, which the database knows nothing of."""
        self._asked = None
        super().on_screen_resume()

    @property
    def _every(self) -> bool:
        return self.tracker.memory.get(_EVERY, default=False)

    @property
    def _subject(self) -> Subject | None:
        return self.answer.board.subject(self.grid.cursor_key) if self.answer else None

    def _groups(self, answer: Shown) -> list[tuple[str, list[Subject]]]:
        return answer.board.within(self._plan).groups(every=self._every)

    def _show_lines(self) -> None:
        if self.answer is None:
            return
        found = self.answer.board.within(self._plan)
        self.grid.set_lines(lines(self._groups(self.answer), self.answer.drafts))
        plan = next((s.title for s in found.subjects if s.row is None), self._plan) if self._plan else None
        filters = [
            picker("next_plan", plan or "Every plan", self._plan or ""),
            picker("needed_or_all", "all" if self._every else "needed"),
        ]
        self.query_one(Links).set_links(filters, [said(explained_line(found.explained))])
        self._show_detail()

    @on(GridView.Highlighted)
    def _show_detail(self) -> None:
        self.query_one("#detail", Drawn).show(partial(detail, self._subject, roomy=self.app.size.height >= ROOMY))
        self.refresh_chrome()

    # Commands

    def about(self) -> tuple[str | None, str | None]:
        subject = self._subject
        return self._plan, subject.code if subject and subject.row else None

    def why_not_write(self) -> str:
        """There must be something to write on."""
        return "" if self._subject else "There is no plan or indicator in this period."

    def do_write(self) -> None:
        """Open the text fields."""
        from outcome_tracker.tui.screens.commentary_edit import CommentaryEdit

        document = self.answer.board.document(self.grid.cursor_key) if self.answer else None
        if document is not None:
            self.app.push_screen(CommentaryEdit(document, drafts_of(self.tracker.workspace, self._folder)))

    @on(GridView.Selected)
    def _selected(self) -> None:
        self.action_command("write")

    def do_needed_or_all(self) -> None:
        """Change what is listed."""
        self.tracker.memory.put(_EVERY, not self._every)
        self._show_lines()

    def do_next_plan(self) -> None:
        """Show the next plan."""
        codes = list(dict.fromkeys(s.plan.code for s in self.answer.board.subjects)) if self.answer else []
        place = codes.index(self._plan) + 1 if self._plan in codes else 0
        self._plan = codes[place] if place < len(codes) else None
        self._show_lines()

    @on(Links.Clicked)
    def _clicked(self, message: Links.Clicked) -> None:
        self.action_command(message.name)
