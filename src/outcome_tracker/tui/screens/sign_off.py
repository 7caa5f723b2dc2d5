"""Sign-off: how far each plan's period is, what it lacks; submitting it, signing it off and opening it again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on

from outcome_tracker.core import signoff_wording
from outcome_tracker.core.problem import Problem
from outcome_tracker.core.role import Role
from outcome_tracker.core.signoff import Act, State
from outcome_tracker.core.text import plural
from outcome_tracker.core.wording import period_short
from outcome_tracker.tracker import signoff
from outcome_tracker.tracker.review import reporting_period
from outcome_tracker.tui.commands import Command, Help
from outcome_tracker.tui.screens.ask import Field, Form
from outcome_tracker.tui.screens.reading_page import PlacePage
from outcome_tracker.tui.screens.sign_off_commands import NextStep, OpenItem, OtherList, Reopen
from outcome_tracker.tui.screens.sign_off_lines import (
    ITEMS,
    PLANS,
    Item,
    above,
    between,
    item_line,
    items_of,
    plan_line,
)
from outcome_tracker.tui.widgets.drawn import Drawn, text
from outcome_tracker.tui.widgets.grid_view import GridView

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.widget import Widget

    from outcome_tracker.core.period import Period
    from outcome_tracker.tracker.signoff import PlanStatus, Status, Step
    from outcome_tracker.tracker.workspace import Workspace
    from outcome_tracker.tui.session import Reading
    from outcome_tracker.tui.writer import Conflicted, Refused, Saved

_WHY = "why"
_TITLES = {
    Act.SUBMITTED: ("Submit for sign-off", "submit"),
    Act.SIGNED: ("Sign off", "sign off"),
    Act.REOPENED: ("Open the period again", "reopen"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A step on its way: of which plan's period, and the note or reason."""

    act: Act
    plan: str
    period: Period
    why: str = ""

    def __str__(self) -> str:
        return f"{self.plan} {self.period}, {_TITLES[self.act][0].lower()}"


class SignOffScreen(PlacePage["Status"]):
    """How far the plans of a period are, and the next step of each."""

    CSS_PATH = "sign_off.tcss"
    ABOUT = (
        "How far each plan's period is: open, submitted or signed off. Below is what the plan under the cursor lacks: "
        "every due figure must be in or its absence explained, each Red or declining headline have its commentary, and "
        "the plan files be applied. What is signed is sealed; what comes later is an addendum."
    )
    OFFERS: ClassVar[tuple[type[Command], ...]] = (Help, OpenItem, NextStep, Reopen, OtherList)
    AUTO_FOCUS: ClassVar[str | None] = "#plans"

    @property
    def crumb(self) -> str:
        return "Sign-off"

    def body(self) -> Iterable[Widget]:
        yield Drawn(id="above")
        yield GridView(PLANS, id="plans")
        yield Drawn(id="between")
        yield GridView(ITEMS, id="items")

    @property
    def plans_grid(self) -> GridView:
        """The grid of plans."""
        return self.query_one("#plans", GridView)

    @property
    def items_grid(self) -> GridView:
        """The grid of what there is to tell of one."""
        return self.query_one("#items", GridView)

    def fetch(self, reading: Reading, period: Period | None) -> Status:
        return signoff.status(self.tracker.workspace, period or reporting_period(reading.known))

    def period_of(self, answer: Status) -> Period:
        return answer.period

    def show(self, answer: Status) -> None:
        self.query_one("#above", Drawn).show(partial(above, answer))
        self.plans_grid.display = bool(answer.plans)
        self.plans_grid.set_lines(plan_line(answer, plan) for plan in answer.plans)
        if self._plan is not None:
            self.plans_grid.move_to(self._plan)
        self._plan = self._focus = None
        self._plan_height()
        self._show_items()

    def on_resize(self) -> None:
        super().on_resize()
        if self.answer is not None:
            self._plan_height()

    def _plan_height(self) -> None:
        """Give the plans what they need, up to a third of the screen; what is missing gets the rest."""
        self.plans_grid.styles.height = min(len(self.plans_grid.lines) + 1, max(self.app.size.height // 3, 4))

    @property
    def chosen(self) -> PlanStatus | None:
        """The plan under the cursor."""
        plans = self.answer.plans if self.answer else ()
        return next((plan for plan in plans if plan.review.plan.code == self.plans_grid.cursor_key), None)

    @property
    def items(self) -> list[Item]:
        """Everything to be told of that plan."""
        plan = self.chosen
        return items_of(self.answer, plan) if self.answer and plan else []

    @on(GridView.Highlighted, "#plans")
    def _show_items(self) -> None:
        items = self.items
        self.query_one("#between", Drawn).show(partial(between, self.chosen, items))
        grid = self.items_grid
        grid.display = bool(items)
        before = grid.cursor_key
        grid.set_lines(item_line(item) for item in items)
        if all(item.key != before for item in items):
            grid.action_edge(-1)
        if not items and grid.has_focus:
            self.set_focus(self.plans_grid)
        self.refresh_chrome()

    @on(GridView.Highlighted, "#items")
    def _on_other_item(self) -> None:
        self.refresh_chrome()

    def on_descendant_focus(self) -> None:
        """Draw the keys anew: Enter does something else now."""
        self.refresh_chrome()

    @on(GridView.Selected)
    def _selected(self) -> None:
        self.action_command("open_item")

    # Commands

    def about(self) -> tuple[str | None, str | None]:
        """The plan under the cursor, and what its line below is about."""
        plan = self.chosen
        return (plan.review.plan.code if plan else None), (self._item.code or None if self._item else None)

    @property
    def _item(self) -> Item | None:
        """The line under the cursor; from the plans, the first that stands in the way."""
        items = self.items
        if self.items_grid.has_focus:
            return next((item for item in items if item.key == self.items_grid.cursor_key), None)
        return next((item for item in items if item.hinders), items[0] if items else None)

    def why_not_open_item(self) -> str:
        """There must be somewhere to go."""
        if self.chosen is None:
            return "There is no plan in this period."
        item = self._item
        if item is None:
            return "Nothing is missing."
        return "" if item.place or item.code else "There is no screen for this line."

    def do_open_item(self) -> None:
        """Go where it can be mended."""
        item, plan = self._item, self.chosen
        if item is None or plan is None:
            return
        if item.place is not None:
            self.tracker.go(item.place, plan.review.plan.code, item.code or None)
        else:
            self.tracker.open_indicator(item.code)

    def why_not_other_list(self) -> str:
        """There must be something to tell."""
        return "" if self.items else "Nothing is missing."

    def do_other_list(self) -> None:
        """Go to what is missing, or back to the plans."""
        here = self.items_grid.has_focus or not self.items
        self.set_focus(self.plans_grid if here else self.items_grid)  # at once: the next key may follow already

    def label_of(self, command: type[Command]) -> str:
        plan = self.chosen
        if command is NextStep and plan is not None and plan.state is not State.OPEN:
            return "Sign off"
        back = command is OtherList and self.items_grid.has_focus
        return "Plans" if back else super().label_of(command)

    def _why_not(self, *, officer: bool) -> str:
        """Return why no step can be taken now: one of an officer's, or of an approver's."""
        if self.chosen is None:
            return "There is no plan in this period."
        return self.tracker.session.only_look("sign-off", Role.OFFICER if officer else Role.APPROVER)

    def why_not_next_step(self) -> str:
        """Nothing may be missing."""
        plan = self.chosen
        if plan is None or (reason := self._why_not(officer=plan.state is State.OPEN)):
            return reason if plan else "There is no plan in this period."
        if plan.state is State.SIGNED:
            return "It is signed off; R opens it again, for a reason."
        missing = sum(item.hinders for item in self.items)
        stand = plural(missing, "thing stands", "things stand")
        return f"{stand} in the way, listed below; Enter goes there." if missing else ""

    def do_next_step(self) -> None:
        """Ask for a note, and submit or sign off."""
        plan = self.chosen
        if plan is not None:
            self._ask(Act.SUBMITTED if plan.state is State.OPEN else Act.SIGNED, plan)

    def why_not_reopen(self) -> str:
        """It must not be open."""
        plan = self.chosen
        if reason := self._why_not(officer=False):
            return reason
        is_open = plan is None or plan.state is State.OPEN
        return "It is open: figures can be entered and changed." if is_open else ""

    def do_reopen(self) -> None:
        """Ask for the reason."""
        if self.chosen is not None:
            self._ask(Act.REOPENED, self.chosen)

    def _ask(self, act: Act, plan: PlanStatus) -> None:
        self._ask_about(Asked(act, plan.review.plan.code, plan.progress.period))

    def _ask_about(self, asked: Asked, wrong: str = "") -> None:
        plans = self.answer.plans if self.answer else ()
        plan = next((each for each in plans if each.review.plan.code == asked.plan), None)
        if plan is None:
            return
        title, does = _TITLES[asked.act]
        named = text((f"{asked.plan} {plan.review.plan.title}, {period_short(asked.period)}", "bold"))
        said = [named, *(text(line) for line in plan.line.splitlines()), text((_told(asked.act, plan), "$quiet"))]
        label = "Reason" if asked.act is Act.REOPENED else "Note (may be left empty)"
        fields = [Field(_WHY, label, value=asked.why)]
        form = Form(title, said, fields, partial(_refused, asked.act), (_WHY, wrong) if wrong else None, does=does)
        self.app.push_screen(form, partial(self._filled, asked))

    def _filled(self, asked: Asked, values: Mapping[str, str] | None) -> None:
        if values is not None:
            asked = Asked(asked.act, asked.plan, asked.period, values[_WHY])
            self.tracker.writer.submit(partial(_taken, self.tracker.workspace, asked), about=asked, to=self)

    def on_saved(self, message: Saved) -> None:
        """Say what is stored; the app has it read again."""
        asked, step = message.about, message.result
        if isinstance(asked, Asked) and isinstance(step, signoff.Step) and step.event is not None:
            done = signoff_wording.event_text(step.event)
            self.notify(f"{asked.plan} {period_short(asked.period)}: {done}.", markup=False)

    def on_refused(self, message: Refused) -> None:
        """Ask again, with what was typed and everything that stands in the way."""
        if isinstance(message.about, Asked):
            self._ask_about(message.about, message.sentence)
            self.do_read_again()

    def on_conflicted(self, message: Conflicted) -> None:
        """Show what somebody else did meanwhile."""
        self.notify(message.sentence, severity="warning", markup=False)
        self.do_read_again()


def _told(act: Act, plan: PlanStatus) -> str:
    """Return what a step means."""
    match act:
        case Act.SUBMITTED:
            return "It then waits for somebody to sign it off. Figures can still be entered and changed."
        case Act.SIGNED:
            return "What stands there now is sealed and stays as it is; what comes later is told as an addendum."
        case Act.REOPENED:
            state = signoff_wording.state_text(plan.progress)
            return f"It was {state}. The reason is kept and shown, and what was signed once is marked [r]."


def _refused(act: Act, values: Mapping[str, str]) -> tuple[str, str] | None:
    """Return what is wrong with what is typed: a reason must be given."""
    empty = act is Act.REOPENED and not values[_WHY].strip()
    return (_WHY, signoff_wording.WITHOUT_REASON) if empty else None


def _taken(workspace: Workspace, asked: Asked) -> Step | Problem:
    """Take a step in the writer's thread, which takes one problem: all sentences."""
    plan, period = asked.plan, asked.period
    if asked.act is Act.REOPENED:
        step = signoff.reopen(workspace, plan, period, reason=asked.why)
    else:
        step = (signoff.sign if asked.act is Act.SIGNED else signoff.submit)(workspace, plan, period, note=asked.why)
    if step.event is not None:
        return step
    return Problem(" ".join(problem.message for problem in step.problems if not problem.warning), key=_WHY)
