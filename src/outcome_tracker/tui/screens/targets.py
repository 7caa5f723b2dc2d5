"""Plan files and targets: what is applied, what is wrong in the files, what applying would change, and applying it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.message import Message

from outcome_tracker.core.day import known_text
from outcome_tracker.core.target_list import State
from outcome_tracker.core.text import clean, plural
from outcome_tracker.tracker import plans
from outcome_tracker.tracker.plan_overview import on_disk, overview, path_of
from outcome_tracker.tracker.review import reporting_period
from outcome_tracker.tui import editor
from outcome_tracker.tui.commands import Command, Help
from outcome_tracker.tui.screens.ask import Field, Form
from outcome_tracker.tui.screens.difference_lines import summed_up, warnings
from outcome_tracker.tui.screens.reading_page import Answered, PlacePage
from outcome_tracker.tui.screens.target_lines import NO_DETAIL, target_key
from outcome_tracker.tui.screens.target_tabs import DIFFERENCES, TABS, TARGETS, UNKNOWN, Apply, EditFile, NextTab
from outcome_tracker.tui.widgets.drawn import Drawn, text, wrapped
from outcome_tracker.tui.widgets.grid_data import Cell, Column, Line
from outcome_tracker.tui.widgets.grid_view import GridView
from outcome_tracker.tui.widgets.links import Links, numbered

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from textual.widget import Widget

    from outcome_tracker.core.period import Period
    from outcome_tracker.tracker.plan_overview import OnDisk, Overview
    from outcome_tracker.tracker.plans import Comparison
    from outcome_tracker.tui.screens.target_lines import Item
    from outcome_tracker.tui.session import Reading
    from outcome_tracker.tui.writer import Conflicted, Refused, Saved

_LOOK = 0.5  # seconds between two looks at the files; they are read once two looks agree, as nobody is writing then


@dataclass
class Looked(Message, bubble=False):
    """What the plan files look like on the disk."""

    found: OnDisk


class TargetsScreen(PlacePage["Overview"]):
    """The plan files beside what is applied."""

    CSS_PATH = "targets.tcss"
    ABOUT = (
        "Targets are agreed in plan files, and applied to the database. Here is what is applied, what is wrong in the "
        "files and in which line, and what applying them would change. A file that changes is read again by itself."
    )
    OFFERS: ClassVar[tuple[type[Command], ...]] = (Help, Apply, EditFile, NextTab)
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(number + 1), f"tab({number})", show=False) for number in range(len(TABS))),
        Binding("right", "turn(1)", show=False, priority=True),
        Binding("left", "turn(-1)", show=False, priority=True),
    ]
    AUTO_FOCUS: ClassVar[str | None] = "GridView"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-high")]  # noqa: RUF012 - Textual declares it so

    def __init__(self, plan: str | None = None, focus: str | None = None) -> None:
        super().__init__(plan, focus)
        self.tab = TARGETS
        self._items: dict[str, Item] = {}
        self._applying = 0  # how many differences are being applied
        self._looking = False
        self._look: OnDisk | None = None  # the last look at the files
        self._read_for: OnDisk | None = None  # the look because of which they were read again

    @property
    def crumb(self) -> str:
        return "Plan files and targets"

    def body(self) -> Iterable[Widget]:
        yield Drawn(id="bar", classes="text")
        yield Links(id="tabs")
        yield GridView(id="lines")
        yield Drawn(id="detail", classes="text")

    def on_mount(self) -> None:
        if self._focus is None:
            self.tab = self.tracker.memory.get("targets.tab", TARGETS) % len(TABS)
        super().on_mount()
        self.set_interval(_LOOK, self.look)

    @property
    def grid(self) -> GridView:
        """The grid."""
        return self.query_one(GridView)

    def fetch(self, reading: Reading, period: Period | None) -> Overview:
        return overview(self.tracker.workspace, reading.known.agreed, period or reporting_period(reading.known))

    def fetch_first(self) -> Overview:
        return overview(self.tracker.workspace, None, None)

    def show(self, answer: Overview) -> None:
        self._look = answer.on_disk
        self._show_bar()
        self._show_tab()
        if self._focus or self._plan:
            self._open_on(self._plan, self._focus)
            self._plan = self._focus = None

    def _open_on(self, plan: str | None, indicator: str | None) -> None:
        """Go to what is in force of an indicator, else of a plan; to its first line where nothing is."""
        targets = self.answer.targets if self.answer else ()
        found = [t for t in targets if (t.indicator.code == indicator if indicator else t.plan.code == plan)]
        in_force = [target for target in found if target.state is State.IN_FORCE]
        if found:
            self.grid.move_to(target_key((in_force or found)[0]))

    @property
    def _item(self) -> Item | None:
        return self._items.get(self.grid.cursor_key)

    def about(self) -> tuple[str | None, str | None]:
        item = self._item
        return item.about if item else (None, None)

    def _show_bar(self) -> None:
        if self.answer is not None:
            said = [text((self.answer.counts, "bold")), text((self._next_step(self.answer), "$quiet"))]
            self.query_one("#bar", Drawn).show(
                lambda width: [part for each in said for part in wrapped(each, width, most=2)]
            )

    def _next_step(self, answer: Overview) -> str:
        day = self.tracker.workspace.as_at
        past = f"Targets {known_text(day)}; the files are compared with what is applied today. " if day else ""
        past = "No plan has been applied yet. " if self._is_new else past
        if self._applying:
            return f"Applying {plural(self._applying, 'difference')} …"
        if answer.compared.blocking:
            return f"{past}Mend the problems first: 2 lists them, Enter opens the line in your editor."
        if answer.differences:
            only_look = self.tracker.session.only_look("targets")
            return f"{past}3 lists the differences{'.' if only_look else ', A applies them.'}"
        return f"{past}{TABS[DIFFERENCES].nothing}"

    # Tabs

    def action_tab(self, number: int) -> None:
        """Show a tab."""
        self.tab = number % len(TABS)
        self.tracker.memory.put("targets.tab", self.tab)
        self._show_tab()

    def action_turn(self, steps: int) -> None:
        """Show the tab to the left or right."""
        self.action_tab(self.tab + steps)

    def do_next_tab(self) -> None:
        """Show the next tab."""
        self.action_tab(self.tab + 1)

    @on(Links.Clicked)
    def _clicked(self, message: Links.Clicked) -> None:
        self.action_tab(int(message.name))

    def _show_tab(self) -> None:
        answer = self.answer
        if answer is None:
            return
        counts = ("", len(answer.problems), len(answer.differences), len(answer.files))
        shown = [f" ({count:,})" if count else "" for count in counts]
        names = [(tab.name + number, tab.short + number) for tab, number in zip(TABS, shown, strict=True)]
        self.query_one(Links).set_links(numbered(names, self.tab))
        tab = TABS[self.tab]
        items = list(tab.items(answer))
        self._items = {item.line.key: item for item in items if not item.line.heading}
        columns, lines = tab.columns, [item.line for item in items]
        if not lines:
            unknown = self.tab == DIFFERENCES and answer.compared.loaded.agreed is None
            columns = (Column("nothing", fill=1),)
            lines = [Line("", {"nothing": Cell(UNKNOWN if unknown else tab.nothing, "muted")})]
        if columns != self.grid.columns:
            self.grid.set_lines(())
            self.grid.columns = columns
        self.grid.set_lines(lines)
        self._show_detail()

    @on(GridView.Highlighted)
    def _show_detail(self) -> None:
        item = self._item
        self.query_one("#detail", Drawn).show(item.detail if item else NO_DETAIL)
        self.refresh_chrome()

    # The files on the disk

    def look(self) -> None:
        """Look in a thread whether a file has changed, while this screen is the one that is open."""
        if self.is_current and self.answer is not None and not self._looking:
            self._looking = True
            self.run_worker(self._look_now, group="look", thread=True, exit_on_error=False, name="look")

    def _look_now(self) -> None:
        self.post_message(Looked(on_disk(self.tracker.workspace)))

    def on_looked(self, message: Looked) -> None:
        """Read everything again once a change is complete: two looks after each other found the same."""
        self._looking = False
        is_settled, self._look = message.found == self._look, message.found
        if self.answer and is_settled and message.found not in {self.answer.on_disk, self._read_for}:
            self._read_for = message.found
            self.ask_anew()

    def on_answered(self, message: Answered) -> None:
        super().on_answered(message)
        self._read_for = None

    # Applying

    def why_not_apply(self) -> str:
        """Only what has no problems is applied, by one who looks at today, and once."""
        if self.answer is None:
            return self._why_not_yet()
        if sentence := self.tracker.session.only_look("targets"):
            return sentence
        if self._applying:
            return "The differences are being applied."
        if blocking := self.answer.compared.blocking:
            them = "it" if len(blocking) == 1 else "them"
            return f"{plural(len(blocking), 'problem')} in the files; mend {them} first."
        return "" if self.answer.differences else TABS[DIFFERENCES].nothing

    def do_apply(self) -> None:
        """Ask, with everything that would change in numbers and what would go in words."""
        if self.answer is None:
            return
        found = self.answer.differences
        summed = summed_up(found)
        said = [
            text(f"{summed[0].upper()}{summed[1:]}."),
            *(text(("! ", "bold"), sentence) for sentence in warnings(found)),
        ]
        said.append(text(("All of it is applied or nothing; each change is a new version with your name.", "$quiet")))
        if not self.tracker.workspace.has_database:
            said.append(text(f"The database {self.tracker.workspace.location.shown} is made for it."))
        why = Field("why", "Why, for the audit trail (may be left empty)", "agreed by Cabinet on 3 July")
        title = f"Apply {plural(len(found), 'difference')}?"
        shown = [each for line in said for each in (line, text(""))][:-1]
        form = Form(title, shown, [why], lambda _values: None, does="apply")
        self.app.push_screen(form, partial(self._apply, self.answer.compared))

    def _apply(self, seen: Comparison, values: dict[str, str] | None) -> None:
        if values is None:
            return
        self._applying = len(seen.changes)
        job = partial(plans.apply, self.tracker.workspace, values["why"], seen=seen.changes)
        self.tracker.writer.submit(job, about="Plan files", to=self)
        self._show_bar()
        self.refresh_chrome()

    def on_saved(self, message: Saved) -> None:
        """Say what was applied, or why nothing was; the app has everything read again."""
        count = self._applied()
        compared = cast("Comparison", message.result)
        if compared.applied:
            self.notify(f"Applied: {plural(count, 'difference')}.", markup=False)
        elif compared.blocking:
            self._refuse(f"the files have changed, and have {plural(len(compared.blocking), 'problem')} now.")
        else:
            self._refuse("the files or what is applied have changed since you looked. The differences are shown anew.")

    def on_refused(self, message: Refused) -> None:
        """Say why nothing was applied."""
        self._applied()
        self._refuse(message.sentence)

    def on_conflicted(self, _message: Conflicted) -> None:
        """Show what somebody else has applied."""
        self._applied()
        self._refuse("somebody else applied plan files at the same moment. The differences are shown anew.")
        self.do_read_again()

    def _applied(self) -> int:
        """Take in that applying has ended; return how many differences it was about."""
        count, self._applying = self._applying, 0
        self._show_bar()
        self.refresh_chrome()
        return count

    def _refuse(self, reason: str) -> None:
        self.notify(f"Nothing was applied: {reason}", severity="error", markup=False, timeout=15)

    # Editing

    def why_not_edit_file(self) -> str:
        """A place is needed, and its file."""
        item = self._item
        if item is None:
            return "There is no line to open."
        return "" if item.place else item.why_not

    @on(GridView.Selected)
    def _selected(self) -> None:
        self.action_command("edit_file")

    def do_edit_file(self) -> None:
        """Open the place in the person's editor; without one say what to set, and where the file is."""
        item = self._item
        if self.answer is None or item is None or item.place is None:
            return
        path = path_of(self.tracker.workspace, self.answer, item.place.file)
        if sentence := self._edit(editor.chosen(os.environ), path, item.place.line):
            self.notify(sentence, severity="warning", markup=False, timeout=15)
        self.ask_anew()

    def _edit(self, found: editor.Editor | str, path: Path, line: int) -> str:
        """Run the editor in place of the app; return what went wrong, or nothing."""
        if isinstance(found, editor.Editor):
            try:
                with self.app.suspend():
                    return editor.run(found, path, line)
            except SuspendNotSupported:
                found = "An editor can't be opened from here, as in a browser. Edit the file in another window."
        self.app.copy_to_clipboard(str(path))
        where = clean(f"{path}, line {line}" if line else str(path))
        return f"{found} The path, which is on the clipboard too: {where}. A change is noticed here by itself."
