"""The line on top, which says where one is, and the line of keys at the bottom, which says what works here."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.content import Content
from textual.widget import Widget

from outcome_tracker.tui.widgets.drawn import apart, text

if TYPE_CHECKING:
    from textual import events

    from outcome_tracker.tui.commands import Command
    from outcome_tracker.tui.screens.page import Page

ARROWS = "◂ ▸"
JOIN = "  ›  "  # noqa: RUF001 - the sign for a path of screens


class Top(Widget):
    """Where one is, the reporting period with its arrows, and a rule."""

    DEFAULT_CSS = "Top { height: 2; width: 1fr; }"
    ALLOW_SELECT: ClassVar[bool] = False

    def render(self) -> Content:
        page = cast("Page", self.screen)
        width = self.size.width
        council = page.tracker.council
        crumbs = [crumb for crumb in (*page.tracker.crumbs(page),) if crumb]
        first, *others = crumbs or [""]
        council = "" if others else council  # below the first screen the path needs the room
        where = text((" " + " · ".join(name for name in (council, first) if name), "" if others else "bold"))
        for crumb in others:
            where = Content.assemble(where, text((JOIN, "$quiet"), (crumb, "bold" if crumb is others[-1] else "")))
        period = page.period
        if period is None:
            line = apart(where, Content(""), width)
        else:
            label = period.label if width >= 100 else period.label.partition(" (")[0]  # noqa: PLR2004 - room for months
            line = apart(where, text((label, "bold"), (f"  {ARROWS} ", "$link")), width)
        return Content("\n").join([line, text(("─" * width, "$rule"))])

    def on_click(self, event: events.Click) -> None:
        """Let the arrows be clicked, and the label open the list."""
        page = cast("Page", self.screen)
        if page.period is None or event.y != 0:
            return
        from_right = self.size.width - event.x
        names = {2: "period_after", 3: "period_after", 4: "period_before", 5: "period_before"}
        if from_right < 40:  # noqa: PLR2004 - the label
            name = names.get(from_right, "choose_period")
            if any(command.name() == name for command in page.offered()):
                page.action_command(name)


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
        kept = self._fitting(usable, self.size.width - 1)
        order = sorted(kept, key=lambda c: (c.name() != "help", usable.index(c)))
        parts: list[tuple[str, str]] = [(" ", "")]
        x = 1
        self._places = []
        for command in order:
            key, label = command.shown_keys()[0], command.label
            parts += [(key, "bold $link"), (f" {label}   ", "$quiet")]
            self._places.append((x, x + len(key) + 1 + len(label), command.name()))
            x += len(key) + len(label) + 4
        return text(*parts)

    @staticmethod
    def _fitting(usable: list[type[Command]], width: int) -> list[type[Command]]:
        kept = list(usable)
        while kept and sum(len(c.shown_keys()[0]) + len(c.label) + 4 for c in kept) - 3 > width:
            kept.remove(min(reversed(kept), key=lambda c: c.important))
        return kept

    def on_click(self, event: events.Click) -> None:
        for start, end, name in self._places:
            if start <= event.x < end:
                cast("Page", self.screen).action_command(name)
