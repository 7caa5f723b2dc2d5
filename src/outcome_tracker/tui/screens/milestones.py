"""Actions and milestones: where each stands, what is overdue, and a new status with its reason."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from outcome_tracker.core.board import Item, Pick
from outcome_tracker.core.milestone import total
from outcome_tracker.tracker.actions import board_of
from outcome_tracker.tracker.review import reporting_period
from outcome_tracker.tui.cells import DOT
from outcome_tracker.tui.commands import Command, Help
from outcome_tracker.tui.screens.choose_from import ChooseFrom
from outcome_tracker.tui.screens.milestone_commands import (
    AddNote,
    ChangeStatus,
    ChooseOwner,
    ChoosePlan,
    NextView,
    Rephase,
    ShowAll,
    ShowHistory,
)
from outcome_tracker.tui.screens.milestone_lines import (
    COLUMNS,
    COUNTED,
    NAMES,
    VIEWS,
    counted,
    detail,
    lines_of,
    picked,
)
from outcome_tracker.tui.screens.milestone_popups import History
from outcome_tracker.tui.screens.milestone_saving import Board, MilestoneSaving
from outcome_tracker.tui.widgets.drawn import Drawn
from outcome_tracker.tui.widgets.grid_view import GridView
from outcome_tracker.tui.widgets.links import Link, Links, picker, said, tab

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from outcome_tracker.core.period import Period
    from outcome_tracker.tui.session import Reading

_VIEW, _OWNER = "milestones.view", "milestones.owner"
_NOTHING = {
    Pick.OVERDUE: "Nothing is overdue.",
    Pick.DUE_NEXT: "Nothing is due in the next period.",
    Pick.REPHASED: "Nothing is re-phased.",
    Pick.DELIVERED: "Nothing has been delivered this year yet.",
}


class MilestonesScreen(MilestoneSaving):
    """Where every milestone stands on the reporting date."""

    CSS_PATH = "milestones.tcss"
    ABOUT = (
        "Every milestone of the action plans, and each action without any. Overdue is judged on the last day of the "
        "reporting period, or today while it lasts. A status counts in a period unless it is about a later day, so "
        "nothing is shown as delivered before it was. Re-phasing needs a new date and a reason; nothing recorded is "
        "ever lost."
    )
    OFFERS: ClassVar[tuple[type[Command], ...]] = (
        Help,
        ChangeStatus,
        Rephase,
        AddNote,
        ShowHistory,
        NextView,
        ChoosePlan,
        ChooseOwner,
        ShowAll,
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n), f"view('{view}')", NAMES[view][0], show=False) for n, view in enumerate(VIEWS, 1)),
        Binding("right", "turn(1)", show=False, priority=True),
        Binding("left", "turn(-1)", show=False, priority=True),
    ]
    AUTO_FOCUS: ClassVar[str | None] = "#milestones"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]  # noqa: RUF012 - Textual declares it so

    def __init__(self, plan: str | None = None, focus: str | None = None) -> None:
        super().__init__(plan, focus)
        self._view = VIEWS[0]
        self._owner = ""

    @property
    def crumb(self) -> str:
        return "Actions and milestones"

    def body(self) -> Iterable[Widget]:
        yield Links(id="views")
        yield Links(id="filters")
        yield GridView(COLUMNS, id="milestones")
        yield Drawn(id="detail")

    def on_mount(self) -> None:
        remembered = self.tracker.memory.get(_VIEW, VIEWS[0])
        self._view = remembered if remembered in VIEWS else VIEWS[0]
        self._owner = self.tracker.memory.get(_OWNER, "")
        super().on_mount()

    @property
    def grid(self) -> GridView:
        """The grid."""
        return self.query_one("#milestones", GridView)

    def fetch(self, reading: Reading, period: Period | None) -> Board:
        reporting = period or reporting_period(reading.known)
        return Board(tuple(board_of(reading.known, reporting)), reporting)

    def period_of(self, answer: Board) -> Period | None:
        return answer.period

    def show(self, answer: Board) -> None:
        if self._plan not in {item.plan.code for item in answer.items}:
            self._plan = None  # it doesn't count in this period
        if self._owner not in {item.owner for item in answer.items}:
            self._owner = ""
        self._show_lines()
        self.after_conflict()

    @property
    def _items(self) -> list[Item]:
        """The milestones of the plan and the owner that are chosen."""
        every = self.answer.items if self.answer else ()
        return [i for i in every if self._plan in {None, i.plan.code} and self._owner in {"", i.owner}]

    @property
    def item(self) -> Item | None:
        return self.of(self.grid.cursor_key)

    def _show_lines(self) -> None:
        if self.answer is None:
            return
        items = self._items
        lines = lines_of(items, self._view, self.answer.period)
        used = {key for line in lines for key, cell in line.cells.items() if cell.text}
        columns = tuple(c for c in COLUMNS if c.key in used or c.key == "title")
        if columns != self.grid.columns:
            self.grid.columns = columns
        self.grid.set_lines(lines)
        self.query_one("#views", Links).set_links(
            tab(view, *_named(view, items), key=str(n), chosen=view == self._view) for n, view in enumerate(VIEWS, 1)
        )
        plan = next((i.plan.title for i in items if self._plan), "Every plan")
        filters = [
            picker("choose_plan", plan, self._plan or ""),
            picker("choose_owner", self._owner or "Every owner"),
            *[Link("show_all", "Show all")] * self._is_filtered,
        ]
        self.query_one("#filters", Links).set_links(filters, [said(*_share(items))])
        self._show_detail()

    @on(GridView.Highlighted)
    def _show_detail(self) -> None:
        nothing = _NOTHING[Pick(self._view)] if self._view in set(Pick) else "There are no actions here."
        if self._plan or self._owner:
            nothing += " Others are left out: a shows all."
        self.query_one("#detail", Drawn).show(partial(detail, self.item, nothing))
        self.refresh_chrome()

    # Views and filters

    def _show_others(self) -> None:
        """Show other lines, from the first one on."""
        self._show_lines()
        self.grid.action_edge(-1)

    def action_view(self, view: str) -> None:
        """Show a view."""
        self._view = view
        self.tracker.memory.put(_VIEW, view)
        self._show_others()

    def action_turn(self, steps: int) -> None:
        """Show the view to the left or right."""
        self.action_view(VIEWS[(VIEWS.index(self._view) + steps) % len(VIEWS)])

    def do_next_view(self) -> None:
        """Show the next view."""
        self.action_turn(1)

    def do_choose_plan(self) -> None:
        """Let the person choose a plan."""
        lines = counted(self.answer.items if self.answer else (), lambda item: (item.plan.code, item.plan.title))
        self.app.push_screen(ChooseFrom("Plan", "Every plan", COUNTED, lines, self._plan), self._chose_plan)

    def _chose_plan(self, code: str | None) -> None:
        if code is not None:
            self._plan = code or None
            self._show_others()

    def do_choose_owner(self) -> None:
        """Let the person choose an owner."""
        items = [i for i in (self.answer.items if self.answer else ()) if self._plan in {None, i.plan.code}]
        lines = counted(sorted(items, key=lambda i: i.owner.casefold()), lambda item: (item.owner, item.owner))
        self.app.push_screen(ChooseFrom("Owner", "Every owner", COUNTED, lines, self._owner), self._chose_owner)

    def _chose_owner(self, owner: str | None) -> None:
        if owner is not None:
            self._owner = owner
            self.tracker.memory.put(_OWNER, owner)
            self._show_others()

    @property
    def _is_filtered(self) -> bool:
        return bool(self._plan or self._owner or self._view in set(Pick))

    def why_not_show_all(self) -> str:
        """Nothing to show beside it."""
        return "" if self._is_filtered else "Every milestone is shown."

    def do_show_all(self) -> None:
        """Take every filter away."""
        self._plan = None
        self._chose_owner("")
        if self._view in set(Pick):
            self.action_view(VIEWS[0])

    @on(Links.Clicked)
    def _clicked(self, message: Links.Clicked) -> None:
        if message.name in VIEWS:
            self.action_view(message.name)
        else:
            self.action_command(message.name)

    # History

    def why_not_show_history(self) -> str:
        """A history needs a milestone."""
        return "" if self.item else "There is no milestone."

    def do_show_history(self) -> None:
        """Show every change of the milestone."""
        if self.item is not None:
            self.app.push_screen(History(self.item))

    @on(GridView.Selected, "#milestones")
    def _selected(self) -> None:
        self.action_command("show_history")


def _named(view: str, items: list[Item]) -> tuple[str, str]:
    """Return a view's name and a short one, with how many milestones it picks out."""
    full, short = NAMES[view]
    if view not in set(Pick):
        return full, short
    number = len(picked(items, view))
    return f"{full} {number}", f"{short} {number}"


def _share(items: list[Item]) -> tuple[str, str]:
    """Return the share delivered or on track, and without what is not counted where it is narrow."""
    actions = total(item.standing for item in items)
    if actions.share is None:
        return "", ""
    said = f"{actions.share}% of {actions.total - actions.cancelled} delivered or on track"
    return said + (f"{DOT}{actions.cancelled} cancelled, not counted" if actions.cancelled else ""), said
