"""The line on top, which says where one is, and the line of keys at the bottom, which says what works here."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from outcome_tracker.core.day import known_text
from outcome_tracker.core.wording import period_short
from outcome_tracker.tui.widgets.drawn import apart, cut, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from outcome_tracker.tui.commands import Command
    from outcome_tracker.tui.screens.page import Page

ARROWS = "◂ ▸"
READING = "Reading…"
JOIN = "  ›  "  # noqa: RUF001 - the sign for a path of screens


class Top(Widget):
    """Where one is, the reporting period with its arrows, and a rule."""

    DEFAULT_CSS = "Top { height: 2; width: 1fr; }"
    ALLOW_SELECT: ClassVar[bool] = False
    _label = 0  # how wide the period is drawn, with the day and the arrows
    _seen = 0  # how wide the day is

    def render(self) -> Content:
        page = cast("Page", self.screen)
        width = self.size.width
        crumbs = [crumb for crumb in page.tracker.crumbs(page) if crumb]
        if len(crumbs) == 1:  # below the first screen the path needs the room
            crumbs = [" · ".join(name for name in (page.tracker.council, crumbs[0]) if name)]
        right, period = Content(""), page.period
        if period is not None:
            day = page.tracker.workspace.as_at
            short = period.code if day else period_short(period)
            label = period.label if width >= 100 else short  # noqa: PLR2004 - room for months
            seen = f" · {known_text(day)}" if day else ""  # what is shown is not what is known today
            right = text((label, "bold"), (seen, "bold $link"), (f"  {ARROWS} ", "$link"))
            self._seen = len(seen)
        self._label = right.cell_length
        line = apart(_path(crumbs, width - right.cell_length - 2), right, width)
        return Content("\n").join([line, _rule(page, width)])

    def on_click(self, event: events.Click) -> None:
        """Let the arrows be clicked, and the label open the list."""
        page = cast("Page", self.screen)
        if page.period is None or event.y != 0:
            return
        from_right = self.size.width - event.x
        names = {2: "period_after", 3: "period_after", 4: "period_before", 5: "period_before"}
        if from_right <= self._label:
            over_day = from_right - len(f"  {ARROWS} ") <= self._seen
            name = names.get(from_right, "as_at" if over_day else "choose_period")
            if any(command.name() == name for command in page.offered()):
                page.action_command(name)


def _rule(page: Page, width: int) -> Content:
    """Draw the rule, and on it what takes longer than a moment: coloured as far as it is done."""
    saving = page.tracker.saving
    done, doing = 0, ""
    if saving is not None:
        doing = f"Saving {saving.done + 1} of {saving.total}…" + ("  Esc stops" if saving.batch is not None else "")
        done = saving.done * width // saving.total
    elif page.reads_slowly:
        doing = READING
    else:
        doing = page.stale or page.tracker.note
    if not doing:
        return text(("─" * width, "$rule"))
    doing = cut(text(doing), max(width - 6, 1)).plain
    room = width - cell_len(doing) - 4
    return text(("─" * min(done, room), "$link"), ("─" * max(room - done, 0), "$rule"), f" {doing} ", ("──", "$rule"))


def _path(crumbs: Sequence[str], room: int) -> Content:
    """Draw the path to the screen; where it is too long its beginning is left out, never where one is."""
    where = Content("")
    for skipped in range(len(crumbs)):
        shown = ["…"] * bool(skipped) + list(crumbs[skipped:])
        where = text(" ", (JOIN.join([*shown[:-1], ""]), "$quiet"), (shown[-1], "bold"))
        if where.cell_length <= room:
            break
    return where


class Keys(Widget):
    """The keys that work now, the most important ones where not all fit; each can be clicked."""

    DEFAULT_CSS = "Keys { height: 1; width: 1fr; }"
    ALLOW_SELECT: ClassVar[bool] = False

    def __init__(self) -> None:
        super().__init__()
        self._places: list[tuple[int, int, str]] = []

    def render(self) -> Content:
        page = cast("Page", self.screen)
        usable = [c for c in page.offered() if c.label and c.shown_keys() and not page.why_not(c)]
        kept = self._fitting(page, usable, self.size.width - 1)
        order = sorted(kept, key=lambda c: (c.name() != "help", usable.index(c)))
        parts: list[tuple[str, str]] = [(" ", "")]
        x = 1
        self._places = []
        for command in order:
            key, label = command.shown_keys()[0], page.label_of(command)
            parts += [(key, "bold $link"), (f" {label}   ", "$quiet")]
            self._places.append((x, x + len(key) + 1 + len(label), command.name()))
            x += len(key) + len(label) + 4
        return text(*parts)

    @staticmethod
    def _fitting(page: Page, usable: list[type[Command]], width: int) -> list[type[Command]]:
        kept = list(usable)
        while kept and sum(len(c.shown_keys()[0]) + len(page.label_of(c)) + 4 for c in kept) - 3 > width:
            kept.remove(min(reversed(kept), key=lambda c: c.important))
        return kept

    def on_click(self, event: events.Click) -> None:
        for start, end, name in self._places:
            if start <= event.x < end:
                cast("Page", self.screen).action_command(name)
