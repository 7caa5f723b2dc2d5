"""The line on top, which says where one is, and the line of keys at the bottom, which says what works here."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from outcome_tracker.core.day import known_text
from outcome_tracker.core.wording import period_short
from outcome_tracker.tui.widgets.drawn import apart, cut, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from outcome_tracker.tui.screens.page import Page

ARROWS = "◂ ▸"
READING = "Reading…"
JOIN = "  ›  "  # noqa: RUF001 - the sign for a path of screens


class Top(Widget):
    """Where one is, the reporting period with its arrows, and a rule."""

    DEFAULT_CSS = "Top { height: 2; width: 1fr; }"
    ALLOW_SELECT: ClassVar[bool] = False
    _label = 0  # how wide the period is drawn, with the day and the arrows
    _crumbs = ""  # the path as it is drawn
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
        path = _path(crumbs, width - right.cell_length - 2)
        self._crumbs = path.plain
        line = apart(path, right, width)
        return Content("\n").join([line, _rule(page, width)])

    def on_click(self, event: events.Click) -> None:
        """Let the arrows and the path be clicked, and the label open the list."""
        page = cast("Page", self.screen)
        if event.y == 0 and event.x < len(self._crumbs):
            page.tracker.go_back(self._crumbs[event.x :].count(JOIN))
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
        doing = page.stale or page.tracker.note or page.tracker.who
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
    """The keys that work now, the most important ones where not all fit; each can be clicked.

    While a cell is typed into, or a list is open above the page, these are that one's.
    """

    DEFAULT_CSS = "Keys { height: 1; width: 1fr; }"
    ALLOW_SELECT: ClassVar[bool] = False

    def __init__(self) -> None:
        super().__init__()
        self._places: list[tuple[int, int, str]] = []

    def render(self) -> Content:
        page = cast("Page", self.screen)
        self._places = []
        if self.app.screen is not page:
            return text((f" {getattr(self.app.screen, 'HINT', CHOOSING)}", "$quiet"))
        kept = _fitting(_shown(page), self.size.width - 1)
        parts: list[tuple[str, str]] = [(" ", "")]
        x = 1
        for key, label, name, _ in sorted(kept, key=lambda k: k.name != "help"):
            parts += [(key, "bold $link"), (f" {label}   ", "$quiet")]
            if name:
                self._places.append((x, x + len(key) + 1 + len(label), name))
            x += len(key) + len(label) + 4
        return text(*parts)

    def on_click(self, event: events.Click) -> None:
        for start, end, name in self._places:
            if start <= event.x < end:
                cast("Page", self.screen).action_command(name)


CHOOSING = "Enter choose   Esc leave"


class Key(NamedTuple):
    """A key on the bottom line, and the name of the command that a click gives."""

    key: str
    label: str
    name: str
    important: int


_IN_A_CELL = (
    Key("Enter", "Save, next", "", 90),
    Key("Tab", "Save, right", "", 70),
    Key("Esc", "Take back", "", 80),
    Key("F1", "Help", "help", 60),
)


def _shown(page: Page) -> list[Key]:
    """Return the keys that work now."""
    if page.typing.name == "CELL":
        return list(_IN_A_CELL)
    typing = page.typing.name == "TEXT"  # letters are typed, so only other keys are commands
    found = []
    for command in page.offered():
        keys = [key for key in command.shown_keys() if not typing or len(key) > 1]
        if command.label and keys and not page.why_not(command):
            found.append(Key(keys[0], page.label_of(command), command.name(), command.important))
    return found


def _fitting(keys: list[Key], width: int) -> list[Key]:
    kept = list(keys)
    while kept and sum(len(k.key) + len(k.label) + 4 for k in kept) - 3 > width:
        kept.remove(min(reversed(kept), key=lambda k: k.important))
    return kept
