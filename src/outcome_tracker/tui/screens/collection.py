"""Collection: how many figures of the period are in, by owner and by plan, who is late, and a reminder for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.message import Message

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.text import plural
from outcome_tracker.tracker.collection import by_urgency, collection_of
from outcome_tracker.tracker.reminders import (
    file_name,
    keep,
    reminded,
    reminder,
    reminders_folder,
    together,
    why_not_remind,
    why_not_remind_all,
    without_owner,
)
from outcome_tracker.tracker.review import reporting_period
from outcome_tracker.tui.commands import Command, Help
from outcome_tracker.tui.handing_over import hand_over
from outcome_tracker.tui.places import EnterFigures
from outcome_tracker.tui.screens.collection_ask import Preview
from outcome_tracker.tui.screens.collection_commands import EnterHere, OtherList, OwnerOrPlan, Remind, RemindAll
from outcome_tracker.tui.screens.collection_lines import (
    above,
    between,
    figure_columns,
    figure_key,
    figure_line,
    share_at,
    share_columns,
    share_key,
    share_line,
)
from outcome_tracker.tui.screens.reading_page import PlacePage
from outcome_tracker.tui.widgets.drawn import Drawn
from outcome_tracker.tui.widgets.grid_view import GridView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from textual.widget import Widget

    from outcome_tracker.core.period import Period
    from outcome_tracker.core.scorecard import DueLine
    from outcome_tracker.tracker.collection import Collection, Share
    from outcome_tracker.tui.session import Reading

_BY_OWNER = "collection.by owner"


@dataclass
class Kept(Message, bubble=False):
    """Reminders have been written: which, or why not all of them."""

    paths: tuple[Path, ...]
    copied: str = ""  # who was reminded, where it is one whose reminder was copied
    problem: str = ""


class CollectionScreen(PlacePage["Collection"]):
    """What is in and what is still due."""

    CSS_PATH = "collection.tcss"
    ABOUT = (
        "How much of the period's figures is in, by owner or by plan, and the figures of the one under the cursor. "
        "A figure is due some days after its period's end, as council.yaml says. Provisional figures and explained "
        "absences count as in; 'not returned' does not."
    )
    OFFERS: ClassVar[tuple[type[Command], ...]] = (Help, EnterHere, Remind, OwnerOrPlan, OtherList, RemindAll)
    AUTO_FOCUS: ClassVar[str | None] = "#shares"

    @property
    def crumb(self) -> str:
        return "Collection"

    @property
    def _by_owner(self) -> bool:
        return self.tracker.memory.get(_BY_OWNER, default=True)

    def body(self) -> Iterable[Widget]:
        yield Drawn(id="above")
        yield GridView(id="shares")
        yield Drawn(id="between")
        yield GridView(id="figures")

    @property
    def shares_grid(self) -> GridView:
        """The grid of owners or plans."""
        return self.query_one("#shares", GridView)

    @property
    def figures_grid(self) -> GridView:
        """The grid of the figures below."""
        return self.query_one("#figures", GridView)

    def fetch(self, reading: Reading, period: Period | None) -> Collection:
        return collection_of(reading.known, period or reporting_period(reading.known))

    def period_of(self, answer: Collection) -> Period:
        return answer.period

    def show(self, answer: Collection) -> None:
        self.query_one("#above", Drawn).show(partial(above, answer))
        self.shares_grid.display = self.figures_grid.display = bool(answer.every.lines)
        self._show_shares(answer)
        if self.focused is None:  # nothing was due in the period before
            self.set_focus(self.shares_grid)
        self._arrive(answer)

    def _arrive(self, answer: Collection) -> None:
        """Put the cursor on the owner or plan of the figure one comes from, once."""
        line = next((x for x in answer.every.lines if self._focus in {x.indicator.code, figure_key(x)}), None)
        if line and self._by_owner and not answer.owner_of(line).waiting:
            line = None  # what is due is what one comes for, and it stands at the top
        if line and self._by_owner:
            self.shares_grid.move_to(share_key(answer.owner_of(line)))
        elif not self._by_owner:
            self.shares_grid.move_to(line.plan.code if line else self._plan or "")
        self._plan = self._focus = None

    def on_resize(self) -> None:
        if self.answer is not None:
            self._share_height()

    @property
    def _shares(self) -> tuple[Share, ...]:
        if self.answer is None:
            return ()
        return self.answer.owners if self._by_owner else self.answer.plans

    @property
    def _share(self) -> Share | None:
        return share_at(self._shares, self.shares_grid.cursor_key)

    @property
    def _line(self) -> DueLine | None:
        """The figure under the cursor, where that is on the figures."""
        if self._share is None or not self.figures_grid.has_focus:
            return None
        key = self.figures_grid.cursor_key
        return next((line for line in self._share.lines if figure_key(line) == key), None)

    def _show_shares(self, answer: Collection) -> None:
        grid = self.shares_grid
        self.figures_grid.columns = figure_columns(by_owner=self._by_owner)
        grid.columns = share_columns(answer, by_owner=self._by_owner)
        grid.set_lines(share_line(share, answer.as_at) for share in by_urgency(self._shares))
        self._share_height()
        self._show_figures()

    def _share_height(self) -> None:
        """Give owners or plans what they need, up to half of the screen; the figures get the rest."""
        self.shares_grid.styles.height = min(len(self._shares) + 1, max((self.app.size.height - 8) // 2, 4))

    @on(GridView.Highlighted, "#shares")
    def _show_figures(self) -> None:
        answer, share = self.answer, self._share
        self.query_one("#between", Drawn).show(partial(between, share))
        lines = [figure_line(answer, line) for line in share.in_order()] if answer and share else []
        grid = self.figures_grid
        before = grid.cursor_key
        grid.set_lines(lines)
        if all(line.key != before for line in lines):
            grid.action_edge(-1)
        self.refresh_chrome()

    @on(GridView.Highlighted, "#figures")
    def _on_other_figure(self) -> None:
        self.refresh_chrome()

    @on(GridView.Selected)
    def _selected(self) -> None:
        self.action_command("enter_here")

    @on(GridView.HeadingClicked, "#shares")
    def _heading_clicked(self, message: GridView.HeadingClicked) -> None:
        if message.column == "title":
            self.action_command("owner_or_plan")

    # Commands

    def about(self) -> tuple[str | None, str | None]:
        """Return the plan and the figure that other screens open on: the one under the cursor, else the first due."""
        share, line = self._share, self._line
        if line is not None:
            return line.plan.code, line.indicator.code
        if share is None:
            return None, None
        return share.plan, share.waiting[0].indicator.code if share.waiting else None

    def why_not_enter_here(self) -> str:
        """There must be something to enter."""
        if self._share is None:
            return "Nothing is due in this period."
        done = self._line is None and not self._share.waiting
        return f"Everything of {self._share.title} is in." if done else ""

    def do_enter_here(self) -> None:
        """Open the entry sheet on what is due, or the indicator of what is in."""
        line = self._line
        if line is not None and line.is_in:
            self.tracker.open_indicator(line.indicator.code)
        else:
            self.do(EnterFigures)

    def do(self, command: type[Command]) -> None:
        """As every page; the entry sheet opens on the very month that is meant of an indicator that has several."""
        share, line = self._share, self._line
        if command is not EnterFigures or share is None:
            super().do(command)
            return
        meant = line or next(iter(share.waiting), None)
        self.tracker.go(EnterFigures, line.plan.code if line else share.plan, figure_key(meant) if meant else None)

    def why_not_owner_or_plan(self) -> str:
        """There must be something to group."""
        return "" if self._shares else "Nothing is due in this period."

    def do_owner_or_plan(self) -> None:
        """Show the other grouping."""
        self.tracker.memory.put(_BY_OWNER, not self._by_owner)
        if self.answer is not None:
            self._show_shares(self.answer)
            self.shares_grid.action_edge(-1)
            self.set_focus(self.shares_grid)

    why_not_other_list = why_not_owner_or_plan

    def do_other_list(self) -> None:
        """Go to the figures, or back to whose they are."""
        here = self.figures_grid.has_focus
        self.set_focus(self.shares_grid if here else self.figures_grid)  # at once: the next key may follow already
        self.refresh_chrome()

    @property
    def _owner(self) -> Share | None:
        """The owner under the cursor; below a plan, the owner of the figure there."""
        if self._by_owner or self.answer is None:
            return self._share
        return self.answer.owner_of(self._line) if self._line else None

    def why_not_remind(self) -> str:
        """A reminder goes to an owner who has something to give."""
        if self._share is None:
            return "Nothing is due in this period."
        owner = self._owner
        return why_not_remind(owner) if owner else "A reminder goes to an owner: t shows them, Tab goes to the figures."

    def do_remind(self) -> None:
        """Show the reminder."""
        owner = self._owner
        if self.answer is not None and owner is not None:
            words = reminder(self.answer, owner, self.tracker.workspace.user)
            answered = partial(self._copy, owner.title, file_name(self.answer, owner), words)
            self.app.push_screen(Preview(f"Reminder for {owner.title}", words), answered)

    def _copy(self, owner: str, name: str, words: str, answer: bool | None) -> None:  # noqa: FBT001 - the popup's answer
        if answer:
            self.app.copy_to_clipboard(words)
            self._keep([(name, words)], owner)

    def why_not_remind_all(self) -> str:
        """There must be somebody to remind."""
        return why_not_remind_all(self.answer) if self.answer else "Nothing has been read yet."

    def do_remind_all(self) -> None:
        """Write every reminder into a file."""
        if self.answer is not None:
            answer, user = self.answer, self.tracker.workspace.user
            self._keep([(file_name(answer, share), reminder(answer, share, user)) for share in reminded(answer)])

    # Files

    def _keep(self, reminders: Sequence[tuple[str, str]], copied: str = "") -> None:
        if self.app.is_web:
            self._hand_over(reminders, copied)
            return
        self.run_worker(partial(self._write, reminders, copied), group="keep", thread=True, exit_on_error=False)

    def _hand_over(self, reminders: Sequence[tuple[str, str]], copied: str) -> None:
        """Give the browser one file with all of them."""
        name = f"{reminders[0][0] if copied else f'{reminders[0][0]} and others'}.txt"
        hand_over(self.app, name, together(words for _, words in reminders).encode())
        if copied:
            said = f"The reminder for {copied} was sent to the clipboard. If nothing can be pasted, it is in {name}"
        else:
            said = f"{plural(len(reminders), 'reminder')} written to {name}"
        unowned = without_owner(self.answer) if self.answer and not copied else ""
        self.notify(f"{said}, on its way to your browser. {unowned}".rstrip(), markup=False, timeout=15)

    def _write(self, reminders: Sequence[tuple[str, str]], copied: str) -> None:
        """Write files in a thread; say by a message how it went."""
        paths: list[Path] = []
        problem = ""
        try:
            folder = reminders_folder()
            paths += (keep(folder, name, words) for name, words in reminders)
        except Unavailable as unavailable:
            problem = str(unavailable)
        except Exception as error:  # noqa: BLE001 - a bug while writing is one sentence on the screen
            problem = self.tracker.bug(error)
        self.post_message(Kept(tuple(paths), copied, problem))

    def on_kept(self, message: Kept) -> None:
        """Say what was copied, where it is kept, and of what nobody is reminded."""
        if message.problem:
            self.notify(message.problem, severity="error", markup=False, timeout=15)
        if message.copied:
            kept = f" If nothing can be pasted, it is in {message.paths[0]}." if message.paths else ""
            said = f"The reminder for {message.copied} was sent to the clipboard.{kept}"
        elif message.problem:
            return
        else:
            written = f"{plural(len(message.paths), 'reminder')} written to {message.paths[0].parent}."
            said = f"{written} {without_owner(self.answer) if self.answer else ''}".rstrip()
        self.notify(said, markup=False, timeout=15)
