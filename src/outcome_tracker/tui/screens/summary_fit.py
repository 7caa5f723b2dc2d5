"""How a tab of the summary uses the height it has: reasons below each line where they fit, else none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from outcome_tracker.tui.widgets.drawn import text, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from outcome_tracker.tui.screens.summary_lines import Listed
    from outcome_tracker.tui.widgets.grid_data import Line


def noted(listed: Listed, width: int, room: int) -> tuple[Line, ...]:
    """Return the lines with why they are there below them; none where there is not enough room for all."""
    said = sum(not line.heading for line in listed.lines)
    if listed.by_cell or 1 + len(listed.lines) + said > room:
        return ()
    lines = tuple(
        line if line.heading else replace(line, note=text(*listed.say(line.key, "")).plain, note_style="muted")
        for line in listed.lines
    )
    return lines if height(lines, width) <= room else ()


def compact(lines: tuple[Line, ...], room: int) -> tuple[Line, ...]:
    """Return the lines without blank ones between them where there is not enough room for all."""
    return (
        lines
        if 1 + len(lines) + sum(line.gap for line in lines) <= room
        else tuple(replace(line, gap=False) for line in lines)
    )


def height(lines: Sequence[Line], width: int) -> int:
    """Return how high a table with these lines and the sentences below them is, its titles included."""
    notes = sum(len(wrapped(text(line.note), width - 6)) for line in lines if line.note)
    return 1 + len(lines) + sum(line.gap for line in lines) + notes


def two_lines(lines: list[Content]) -> list[Content]:
    """Return two lines whatever there is to say, so that nothing jumps."""
    return [*lines, *[text("")] * (2 - len(lines))]
