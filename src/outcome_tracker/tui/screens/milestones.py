"""Actions and milestones: where each stands, what is overdue, and a new status with its reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on

from outcome_tracker.core.milestone import Progress, total
from outcome_tracker.core.wording import PROGRESS_GLYPH, PROGRESS_WORD, actions_line, due_text
from outcome_tracker.tracker.actions import change_status, check_status, standings_of
from outcome_tracker.tracker.review import reporting_period
from outcome_tracker.tui.commands import Command, Help, Open
from outcome_tracker.tui.screens.ask import Ask, Choice, Form
from outcome_tracker.tui.screens.entry_commands import NextPlan
from outcome_tracker.tui.screens.milestone_lines import COLUMNS, HISTORY, by_due, by_plan, detail, fields, history_lines
from outcome_tracker.tui.screens.page import PlacePage
from outcome_tracker.tui.screens.popup import Popup
from outcome_tracker.tui.widgets.drawn import Drawn, text, wrapped
from outcome_tracker.tui.widgets.grid_view import GridView

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual import events
    from textual.widget import Widget

    from outcome_tracker.core.milestone import Standing
    from outcome_tracker.core.period import Period
    from outcome_tracker.tui.screens.milestone_lines import Placed
    from outcome_tracker.tui.session import Reading
    from outcome_tracker.tui.writer import Conflicted, Refused, Saved

LETTERS = {
    Progress.NOT_STARTED: "n",
    Progress.ON_TRACK: "o",
    Progress.DELIVERED: "d",
    Progress.DELAYED: "l",
    Progress.REPHASED: "r",
    Progress.CANCELLED: "c",
}


class ChangeStatus(Command):
    """Choose the milestone's new status."""

    keys = "s"
    title = "Change the status"
    label = "Status"
    important = 78


class Rephase(Command):
    """Give the milestone a new date, with the reason; the original date and every change stay."""

    keys = "r"
    title = "Re-phase"
    label = "Re-phase"
    important = 74


class ByDate(Command):
    """Change between the order of the plans and that of the due dates."""

    keys = "t"
    title = "By plan or by due date"
    label = "By date/plan"
    important = 66


class ShowHistory(Open):
    """Show every change of the milestone: when, by whom, and why."""

    title = "History of the milestone"
    label = "History"


@dataclass(frozen=True, slots=True)
class Change:
    """A new status on its way: of which milestone, after which version, and what was typed about it."""

    code: str
    seen: int
    status: Progress
    values: tuple[tuple[str, str], ...] = ()

    @property
    def said(self) -> dict[str, str]:
        """What was typed, by field."""
        return dict(self.values)


class MilestonesScreen(PlacePage[list["Placed"]]):
    """Where every milestone stands on the reporting date."""

    CSS_PATH = "milestones.tcss"
    ABOUT = (
        "Every milestone of the action plans, and each action without any. Overdue is judged on the last day of the "
        "reporting period. Re-phasing needs a new date and a reason; nothing recorded is ever lost."
    )
    OFFERS: ClassVar[tuple[type[Command], ...]] = (Help, ChangeStatus, Rephase, ShowHistory, ByDate, NextPlan)

    def __init__(self, plan: str | None = None, focus: str | None = None) -> None:
        super().__init__(plan, focus)
        self._by_date = False
        self._lost: Change | None = None  # a change that somebody else was quicker with

    @property
    def crumb(self) -> str:
        return "Actions and milestones"

    def body(self) -> Iterable[Widget]:
        yield Drawn(id="bar")
        yield GridView(COLUMNS, id="milestones")
        yield Drawn(id="detail")

    def on_mount(self) -> None:
        super().on_mount()
        self.grid.focus()

    @property
    def grid(self) -> GridView:
        """The grid."""
        return self.query_one(GridView)

    def fetch(self, reading: Reading, period: Period | None) -> list[Placed]:
        return standings_of(reading.known, period or reporting_period(reading.known))

    def show(self, answer: list[Placed]) -> None:  # noqa: ARG002 - it is `self.answer` by now
        self._show_lines()
        if self._lost:
            change, self._lost = self._lost, None
            self._again(change)

    @property
    def _visible(self) -> list[Placed]:
        return [placed for placed in self.answer or [] if self._plan in {None, placed[0].code}]

    @property
    def _placed(self) -> Placed | None:
        return self._of(self.grid.cursor_key)

    def _of(self, code: str) -> Placed | None:
        return next((placed for placed in self.answer or [] if placed[1].milestone.code == code), None)

    def _show_lines(self) -> None:
        visible = self._visible
        self.grid.set_lines(by_due(visible) if self._by_date else by_plan(visible))
        actions = total(standing for _, standing in visible)
        plan = next((plan.title for plan, _ in visible), self._plan) if self._plan else "Every plan"
        order = "by due date" if self._by_date else "by plan"
        left = text((f" {plan} ▾", "$link"), "   ", (f"{order} ▾", "$link"))
        said = text((actions_line(actions), "bold"))
        self.query_one("#bar", Drawn).show(
            lambda width: [left, *(text(" ", line) for line in wrapped(said, max(width - 2, 20)))]
        )
        self._show_detail()

    @on(GridView.Highlighted)
    def _show_detail(self) -> None:
        self.query_one("#detail", Drawn).show(partial(detail, self._placed))
        self.refresh_chrome()

    # Commands

    def _why_not_change(self) -> str:
        day = self.tracker.workspace.as_at
        if day:
            return f"Read-only: the milestones as at {day.isoformat()}; leave out --as-at to change something."
        return "" if self._placed else "There is no milestone to change."

    why_not_change_status = why_not_rephase = _why_not_change

    def why_not_show_history(self) -> str:
        """A history needs a milestone."""
        return "" if self._placed else "There is no milestone."

    def do_change_status(self) -> None:
        """Ask for the new status."""
        if self._placed is None:
            return
        standing = self._placed[1]
        now = f"Now: {PROGRESS_WORD[standing.status]}. Due: {due_text(standing.due)}."
        choices = [
            Choice(status.value, LETTERS[status], f"{PROGRESS_GLYPH[status]} {PROGRESS_WORD[status]}")
            for status in Progress
        ]
        said = [text((standing.milestone.title, "bold")), text((now, "$quiet"))]
        self.app.push_screen(
            Ask("New status", said, choices, preselect=standing.status.value), partial(self._chose, _change(standing))
        )

    def _chose(self, change: Change, answer: str | None) -> None:
        if answer is not None:
            self._ask_about(replace(change, status=Progress(answer)))

    def do_rephase(self) -> None:
        """Ask for the new date and the reason."""
        if self._placed is not None:
            self._ask_about(replace(_change(self._placed[1]), status=Progress.REPHASED))

    def _ask_about(self, change: Change, wrong: tuple[str, str] | None = None) -> None:
        """Ask what a status needs said about it, and save; at once where it needs nothing."""
        placed = self._of(change.code)
        wanted = fields(change.status, self.tracker.workspace.today)
        if placed is None:
            return
        if not wanted:
            self._save(change)
            return
        standing = placed[1]
        said = [text((standing.milestone.title, "bold")), text((f"Due: {due_text(standing.due)}", "$quiet"))]
        filled = [replace(field, value=change.said.get(field.name, field.value)) for field in wanted]
        form = Form(PROGRESS_WORD[change.status], said, filled, partial(_wrong, change), wrong)
        self.app.push_screen(form, partial(self._filled, change))

    def _filled(self, change: Change, values: dict[str, str] | None) -> None:
        if values is not None:
            self._save(replace(change, values=tuple(values.items())))

    def do_show_history(self) -> None:
        """Show every change of the milestone."""
        if self._placed is not None:
            self.app.push_screen(History(self._placed[1]))

    @on(GridView.Selected)
    def _selected(self) -> None:
        self.action_command("show_history")

    def do_by_date(self) -> None:
        """Change the order."""
        self._by_date = not self._by_date
        self._show_lines()

    def do_next_plan(self) -> None:
        """Show the next plan."""
        codes = list(dict.fromkeys(plan.code for plan, _ in self.answer or []))
        place = codes.index(self._plan) + 1 if self._plan in codes else 0
        self._plan = codes[place] if place < len(codes) else None
        self._show_lines()

    def on_click(self, event: events.Click) -> None:
        """Let the filters above the grid be clicked."""
        bar = self.query_one("#bar", Drawn)
        if event.widget is bar:
            first = bar.lines(bar.size.width)[0].plain.find("▾") + 2
            self.action_command("next_plan" if event.x < first else "by_date")

    # Saving

    def _save(self, change: Change) -> None:
        said = change.said
        self.tracker.writer.submit(
            partial(
                change_status,
                self.tracker.workspace,
                change.code,
                change.status,
                day=said.get("date", ""),
                new_due=said.get("new_due", ""),
                reason=said.get("reason", ""),
                expected=change.seen,
            ),
            about=change,
            to=self,
        )

    def on_saved(self, message: Saved) -> None:
        """Say what is stored; the app has it read again."""
        change = message.about
        if isinstance(change, Change):
            self.notify(f"{change.code} is saved as {change.status}.", markup=False)

    def on_refused(self, message: Refused) -> None:
        """Ask again, with what was typed and what is wrong."""
        change = message.about
        if not isinstance(change, Change):
            return
        if change.values:
            self._ask_about(change, (message.key, message.sentence))
        else:
            self.notify(message.sentence, severity="error", markup=False, timeout=15)

    def on_conflicted(self, message: Conflicted) -> None:
        """Read what the other one saved, and ask again."""
        if isinstance(message.about, Change):
            self._lost = message.about
            self.do_read_again()

    def _again(self, change: Change) -> None:
        placed = self._of(change.code)
        if placed is None or not placed[1].history:
            return
        last = placed[1].history[-1]
        who = last.stamp.who if last.stamp else "Somebody else"
        sentence = f"{who} saved {PROGRESS_WORD[last.status]} meanwhile; saving follows that."
        now = replace(change, seen=last.version)
        if change.values:
            self._ask_about(now, ("", sentence))
        else:
            said = [text((placed[1].milestone.title, "bold")), text(sentence)]
            choices = (
                Choice(change.status.value, "s", f"Save {PROGRESS_WORD[change.status]}", "history keeps both"),
                Choice("", "t", "Keep theirs"),
            )
            self.app.push_screen(Ask("Changed meanwhile", said, choices, preselect=None), partial(self._settled, now))

    def _settled(self, change: Change, answer: str | None) -> None:
        if answer:
            self._save(change)


def _change(standing: Standing) -> Change:
    return Change(standing.milestone.code, len(standing.history), standing.status)


def _wrong(change: Change, values: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the field and the sentence of what is wrong with what was typed."""
    problem = check_status(
        change.code,
        change.status,
        day=values.get("date", ""),
        new_due=values.get("new_due", ""),
        reason=values.get("reason", ""),
    )
    return (problem.key, problem.message) if problem else None


class History(Popup[None]):
    """Every change of a milestone, the latest first."""

    HINT = "Esc leave"
    WIDTH = 76

    def __init__(self, standing: Standing) -> None:
        super().__init__(standing.milestone.title, HISTORY, history_lines(standing))

    def _resize(self) -> None:
        super()._resize()
        self.call_after_refresh(self._as_high_as_it_is)

    def _as_high_as_it_is(self) -> None:
        """Make room for reasons that take several lines."""
        self._grid.styles.height = max(min(self._grid.virtual_size.height, self.app.size.height - 9), 3)

    def chosen(self, key: str) -> None:  # noqa: ARG002 - nothing is chosen here
        return None
