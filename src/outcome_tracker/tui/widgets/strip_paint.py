"""Draws a `core.strip.Strip` into rows of characters, each with the name of its style. Knows no terminal."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.cells import cell_len

from outcome_tracker.core.strip import Role, column, each_dot, labelled, stacked
from outcome_tracker.core.strip_wording import BETTER, dot_text, missing_text
from outcome_tracker.tui.widgets.grid_data import fitted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outcome_tracker.core.strip import Label, Strip

Row = list[tuple[str, str]]  # texts with the part that each is; empty for plain
Cells = list[tuple[str, str]]  # as a row, one for each column

DOTS = " .:"  # none, one and two, one above the other
NEIGHBOUR, OWN, AT = "◊", "▼", "│"  # own shape, so that nothing hangs on colour; not those of ratings
LEAST_ROWS, MOST_ROWS = 5, 8
_TWO_NAMED = 6  # rows from which names may take two of them
_MOST_DIGIT = 9
_GAP = 3  # between the parts of the heading
_STYLES = {Role.OWN: "strip--own", Role.COMPARATOR: "strip--comparator", Role.TARGET: "strip--target"}


def paint(strip: Strip, width: int, height: int) -> list[Row]:
    """Draw the strip into `height` rows of `width` cells: heading, dots, neighbours, quarters, names."""
    if not strip.bands:
        return [[(fitted(strip.words, width, right=False), "strip--quiet")], *[[(" " * width, "")]] * (height - 1)]
    left, right = cell_len(strip.low) + 1, cell_len(strip.high) + 1
    columns = max(width - left - right, 2)
    names = 2 if height >= _TWO_NAMED else 1
    named = labelled(strip.marks, columns, names, cell_len)
    stacks = stacked(strip.others, columns)
    rows = max(height - 2 - names - bool(strip.neighbours), 1)
    each = each_dot(stacks.values(), rows * (len(DOTS) - 1))
    drawn = [*_dots(stacks, each, rows, columns)]
    drawn += [_neighbours(strip, columns)] if strip.neighbours else []
    drawn += [_quarters(strip, columns)]
    drawn += [_names([label for label in named if label.row == row], columns) for row in range(names)]
    ends = {len(drawn) - names - 1: (f"{strip.low} ", f" {strip.high}")}
    body = [_row(cells, *ends.get(n, (" " * left, " " * right))) for n, cells in enumerate(drawn)]
    return [_heading(strip, each, width), *body][:height]


def _row(cells: Cells, before: str, behind: str) -> Row:
    joined = [("".join(text for text, _ in run), style) for style, run in groupby(cells, key=lambda cell: cell[1])]
    return [(before, "strip--quiet"), *joined, (behind, "strip--quiet")]


def _dots(stacks: dict[int, int], each: int, rows: int, columns: int) -> list[Cells]:
    """Stack the dots from the bottom up, two in a cell."""
    in_cell = len(DOTS) - 1
    heights = [-(-stacks.get(n, 0) // each) for n in range(columns)]
    return [
        [(DOTS[min(max(high - row * in_cell, 0), in_cell)], "strip--dot") for high in heights]
        for row in reversed(range(rows))
    ]


def _neighbours(strip: Strip, columns: int) -> Cells:
    """Mark each neighbour; where several have one place their number stands there."""
    found = stacked(strip.neighbours, columns)
    signs = [str(min(number, _MOST_DIGIT)) if (number := found.get(n, 0)) > 1 else " ◊"[number] for n in range(columns)]
    return [(sign, "strip--neighbour") for sign in signs]


def _quarters(strip: Strip, columns: int) -> Cells:
    """Draw the quarters with their names as far as they fit, and the own council where it lies."""
    cells: Cells = [("─", "strip--quiet")] * columns
    for band in strip.bands:
        start, end = column(band.start, columns), column(band.end, columns)
        cells[start] = cells[end] = ("┼", "strip--quiet")
        here = column(strip.own.x, columns) if strip.own else end
        first, last = max([(start, here), (here, end)], key=lambda side: min(side[1], end) - max(side[0], start))
        begin, room = max(first, start) + 1, min(last, end) - max(first, start) - 1
        texts = (f" {' '.join(part for part in (band.letter, band.name) if part)} ", f" {band.letter} ", band.letter)
        text = next((text for text in texts if text.strip() and cell_len(text) <= room), "")
        begin += (room - cell_len(text)) // 2
        cells[begin : begin + len(text)] = [(char, "strip--quarter") for char in text]
    cells[0], cells[-1] = ("├", "strip--quiet"), ("┤", "strip--quiet")
    if strip.own:
        cells[column(strip.own.x, columns)] = (OWN, "strip--own")
    return cells


def _names(labels: Sequence[Label], columns: int) -> Cells:
    cells: Cells = [(" ", "")] * columns
    for label in labels:
        style = _STYLES[label.mark.role]
        cells[label.column] = (AT, style)
        cells[label.start : label.start + cell_len(label.text)] = [(char, style) for char in label.text]
    return cells


def _heading(strip: Strip, each: int, width: int) -> Row:
    """Say how many authorities there are and what the signs mean, and at which end better is."""
    better = BETTER[strip.better]
    room = width - cell_len(better) - 2
    missing = [missing_text(strip.missing, short=short) for short in (False, True)]
    given = [
        ([strip.counted], "strip--quiet"),
        ([f". {dot_text(each, short=short)}" for short in (False, True)], "strip--dot"),
        ([f"{NEIGHBOUR} statistical neighbour", f"{NEIGHBOUR} neighbour"], "strip--neighbour"),
        (missing, "strip--quiet"),
    ]
    without = {"strip--neighbour": not strip.neighbours}
    entries = [(texts, style) for texts, style in given if any(texts) and not without.get(style)]
    chosen = [(texts[0], style) for texts, style in entries]
    for n in reversed(range(len(chosen))):
        if sum(cell_len(text) + _GAP for text, _ in chosen) > room + _GAP:
            chosen[n] = (entries[n][0][-1], chosen[n][1])
    shown: Row = []
    for text, style in chosen:
        gap = " " * _GAP if shown else ""
        if cell_len(gap + text) <= room:
            shown += [(gap, ""), (text, style)]
            room -= cell_len(gap + text)
    if strip.better < 0:
        return [(f"{better}  ", "strip--quarter"), *shown, (" " * room, "")]
    return [*shown, (" " * room, ""), (f"  {better}", "strip--quarter")]
