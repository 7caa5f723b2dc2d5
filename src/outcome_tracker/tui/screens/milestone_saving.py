"""Changing a milestone: what a status asks for, saving it, and what to do where it can't be saved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from outcome_tracker.core.board import on_text
from outcome_tracker.core.milestone import Progress, Report, doubts, usual_day
from outcome_tracker.core.problem import Problem
from outcome_tracker.core.wording import PROGRESS_GLYPH, PROGRESS_WORD, due_text, period_short
from outcome_tracker.tracker.actions import Changed, Said, change, later_text, report_of
from outcome_tracker.tui.screens.ask import Ask, Choice, Field, Form
from outcome_tracker.tui.screens.reading_page import PlacePage
from outcome_tracker.tui.widgets.drawn import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.content import Content

    from outcome_tracker.core.board import Item
    from outcome_tracker.core.period import Period
    from outcome_tracker.tracker.workspace import Workspace
    from outcome_tracker.tui.writer import Conflicted, Refused, Saved

_LETTERS = {
    Progress.NOT_STARTED: ("n", ""),
    Progress.ON_TRACK: ("o", ""),
    Progress.DELIVERED: ("d", "asks when"),
    Progress.DELAYED: ("l", "asks why"),
    Progress.REPHASED: ("r", "asks for the new date, and why"),
    Progress.CANCELLED: ("c", "asks when and why"),
}
NOTE = "Note"


@dataclass(frozen=True, slots=True)
class Board:
    """What the screen shows: every milestone, and the period in which they stand so."""

    items: tuple[Item, ...]
    period: Period


@dataclass(frozen=True, slots=True)
class Change:
    """What is said of a milestone on its way: of which one, for which period, after which version."""

    code: str
    period: Period
    seen: int
    status: Progress | None  # None is a note
    values: tuple[tuple[str, str], ...] = ()

    @property
    def typed(self) -> dict[str, str]:
        """What was typed, by field."""
        return dict(self.values)

    @property
    def said(self) -> Said:
        """As the tracker takes it."""
        typed = self.typed
        return Said(self.status, typed.get("date", ""), typed.get("new_due", ""), typed.get("reason", ""))

    @property
    def title(self) -> str:
        """What it is called: the status, or a note."""
        return PROGRESS_WORD[self.status] if self.status else NOTE

    def __str__(self) -> str:
        return ", ".join([f"{self.code} {self.title.lower()}", *(words for _, words in self.values if words)])


class MilestoneSaving(PlacePage[Board]):
    """The page's part that asks about a change and saves it."""

    _lost: Change | None = None  # a change that somebody else was quicker with

    @property
    def item(self) -> Item | None:
        """The milestone under the cursor."""
        raise NotImplementedError

    def of(self, code: str) -> Item | None:
        """Return a milestone by its code."""
        return next((item for item in self.answer.items if item.code == code), None) if self.answer else None

    def _why_not_change(self) -> str:
        if sentence := self.tracker.session.only_look("milestones"):
            return sentence
        item = self.item
        if item is None or self.answer is None:
            return "There is no milestone to change."
        if item.standing.later:
            first = later_text(item.standing, self.answer.period).partition(";")[0]
            return f"{first}. Change it there: ] shows the next period."
        return ""

    why_not_change_status = why_not_rephase = why_not_add_note = _why_not_change

    def _new(self, item: Item, status: Progress | None) -> Change:
        assert self.answer is not None  # noqa: S101 - there is an item of it
        return Change(item.code, self.answer.period, item.standing.version, status)

    def do_change_status(self) -> None:
        """Ask for the new status."""
        item = self.item
        if item is None:
            return
        standing = item.standing
        choices = [
            Choice(
                status.value,
                _LETTERS[status][0],
                f"{PROGRESS_GLYPH[status]} {PROGRESS_WORD[status]}",
                _LETTERS[status][1],
            )
            for status in Progress
        ]
        said = [*self._now(item), text((self._holds(), "$quiet"))]
        self.app.push_screen(
            Ask("New status", said, choices, preselect=standing.status.value),
            partial(self._chose, self._new(item, standing.status)),
        )

    def _chose(self, asked: Change, answer: str | None) -> None:
        if answer is not None:
            self._ask_about(replace(asked, status=Progress(answer)))

    def do_rephase(self) -> None:
        """Ask for the new date and the reason."""
        if self.item is not None:
            self._ask_about(self._new(self.item, Progress.REPHASED))

    def do_add_note(self) -> None:
        """Ask for the note."""
        if self.item is not None:
            self._ask_about(self._new(self.item, None))

    def _now(self, item: Item) -> list[Content]:
        standing = item.standing
        first = standing.milestone.due
        was = f", originally {due_text(first)}" if standing.rephasings and first else ""
        now = f"Now: {PROGRESS_WORD[standing.status]}. Due: {due_text(standing.due)}{was}."
        return [text((f"{item.code}  {standing.milestone.title}", "bold")), text((now, "$quiet"))]

    def _holds(self) -> str:
        """Say from which day on a status holds that asks for none."""
        period = self.answer.period if self.answer else None
        if period is None:
            return ""
        day = usual_day(period, self.tracker.workspace.today)
        last = f", the last day of {period_short(period)}" if day == period.end else ""
        return f"What you choose holds on {due_text(day.isoformat())}{last}."

    def _ask_about(self, asked: Change, wrong: tuple[str, str] | None = None) -> None:
        """Ask what a status needs said about it, and save; at once where it needs nothing."""
        item = self.of(asked.code)
        if item is None:
            return
        day = usual_day(asked.period, self.tracker.workspace.today)
        wanted = fields(asked.status, day.isoformat())
        if not wanted:
            self._save(asked)
            return
        if wrong and wrong[0] not in {field.name for field in wanted}:
            wrong = (wanted[0].name, wrong[1])
        filled = [replace(field, value=asked.typed.get(field.name, field.value)) for field in wanted]
        form = Form(asked.title, self._now(item), filled, partial(self._wrong, asked), wrong)
        self.app.push_screen(form, partial(self._filled, asked))

    def _said(self, asked: Change) -> Report | list[Problem]:
        item = self.of(asked.code)
        if item is None:
            return [Problem("The milestone is no longer in the plans.", asked.code)]
        return report_of(item.standing, asked.said, asked.period, self.tracker.workspace.today)

    def _wrong(self, asked: Change, values: Mapping[str, str]) -> tuple[str, str] | None:
        """Return the first field and the sentences of everything that is wrong with what was typed."""
        said = self._said(replace(asked, values=tuple(values.items())))
        return None if isinstance(said, Report) else _told(said)

    def _filled(self, asked: Change, values: dict[str, str] | None) -> None:
        if values is None:
            return
        asked = replace(asked, values=tuple(values.items()))
        item, report = self.of(asked.code), self._said(asked)
        odd = doubts(report, item.standing.milestone) if item and isinstance(report, Report) and asked.status else []
        if not odd:
            self._save(asked)
            return
        choices = (Choice("save", "s", "Save it so"), Choice("", "c", "Change it"))
        ask = Ask("Is this right?", [text(sentence) for sentence in odd], choices, preselect=None)
        self.app.push_screen(ask, partial(self._sure, asked))

    def _sure(self, asked: Change, answer: str | None) -> None:
        if answer:
            self._save(asked)
        else:
            self._ask_about(asked)

    # Saving

    def _save(self, asked: Change) -> None:
        self.tracker.writer.submit(partial(_saved, self.tracker.workspace, asked), about=asked, to=self)

    def on_saved(self, message: Saved) -> None:
        """Say what is stored; the app has it read again."""
        asked, saved = message.about, message.result
        if isinstance(asked, Change) and isinstance(saved, Changed):
            day = f" {on_text(saved.report.day)}" if asked.status else ""
            moved = f", now due {due_text(saved.report.new_due)}" if asked.status and saved.report.new_due else ""
            later = "" if saved.counts else f" That is after {period_short(saved.reporting)}, which stays as it is."
            self.notify(f"Saved: {asked.code} {asked.title.lower()}{day}{moved}.{later}", markup=False)

    def on_refused(self, message: Refused) -> None:
        """Ask again, with what was typed and what is wrong."""
        asked = message.about
        if not isinstance(asked, Change):
            return
        if asked.values:
            self._ask_about(asked, (message.key, message.sentence))
        else:
            self.notify(message.sentence, severity="error", markup=False, timeout=15)

    def on_conflicted(self, message: Conflicted) -> None:
        """Read what the other one saved, and ask again."""
        if isinstance(message.about, Change):
            self._lost = message.about
            self.do_read_again()

    def after_conflict(self) -> None:
        """Show what somebody else saved meanwhile, beside what was typed; nothing of it is lost."""
        asked, self._lost = self._lost, None
        item = self.of(asked.code) if asked else None
        if asked is None or item is None or not item.standing.version:
            return
        last = max((*item.standing.history, *item.standing.later), key=lambda report: report.version)
        who = last.stamp.who if last.stamp else "Somebody else"
        sentence = f"{who} saved {_words(last)} meanwhile; saving follows that."
        now = replace(asked, seen=last.version)
        if asked.values:
            self._ask_about(now, ("", sentence))
            return
        choices = (
            Choice(asked.title, "s", f"Save {asked.title}", "history keeps both"),
            Choice("", "t", "Keep theirs"),
        )
        said = [text((item.standing.milestone.title, "bold")), text(sentence)]
        self.app.push_screen(Ask("Changed meanwhile", said, choices, preselect=None), partial(self._settled, now))

    def _settled(self, asked: Change, answer: str | None) -> None:
        if answer:
            self._save(asked)


def _saved(workspace: Workspace, asked: Change) -> Changed | Problem:
    """Save in the writer's thread, which takes one problem: all sentences, at the first field."""
    saved = change(workspace, asked.code, asked.said, period=asked.period, expected=asked.seen)
    if isinstance(saved, Changed):
        return saved
    key, sentences = _told(saved)
    return Problem(sentences, asked.code, key=key)


def _told(problems: list[Problem]) -> tuple[str, str]:
    return problems[0].key, " ".join(problem.message for problem in problems)


def _words(report: Report) -> str:
    moved = f", due {due_text(report.new_due)}" if report.new_due else ""
    why = f" ({report.reason})" if report.reason else ""
    return f"{PROGRESS_WORD[report.status]}{moved}{why}"


def fields(status: Progress | None, day: str) -> tuple[Field, ...]:
    """Return what is asked about a new status (None: a note); nothing where the status says it all."""
    match status:
        case None:
            return (Field("reason", "Note", "what the status doesn't say"),)
        case Progress.DELIVERED:
            return (
                Field("date", "Delivered on", f"{day}, or a year as in 2018-19"),
                Field("reason", "Note (may be left empty)"),
            )
        case Progress.REPHASED:
            return (
                Field("new_due", "New date, or financial year", "2019-12-31 or 2019-20"),
                Field("reason", "Reason", "who or what it waits for"),
            )
        case Progress.CANCELLED:
            return (Field("date", "Cancelled on", day, day), Field("reason", "Reason", "who decided it, and why"))
        case Progress.DELAYED:
            return (Field("reason", "Reason (may be left empty)", "who or what it waits for"),)
        case Progress.NOT_STARTED | Progress.ON_TRACK:
            return ()
