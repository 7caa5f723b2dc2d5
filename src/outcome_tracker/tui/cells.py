"""How ratings, directions, values and benchmarks look in every table and sentence of the screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core import wording
from outcome_tracker.core.direction import Direction
from outcome_tracker.core.milestone import Progress
from outcome_tracker.core.rag import Rag
from outcome_tracker.tui.widgets.grid_data import Cell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outcome_tracker.core.number import Unit
    from outcome_tracker.core.scorecard import Row
    from outcome_tracker.core.standing import Measured
    from outcome_tracker.tui.widgets.drawn import Part

RAG_STYLE = {Rag.GREEN: "rag-green", Rag.AMBER: "rag-amber", Rag.RED: "rag-red", Rag.M: "rag-m"}
ILLUSTRATIVE_SHORT = "[i]"
DOT = " · "


def rag_cell(rag: Rag | None) -> Cell:
    """Return shape and word, shape and letter where it is narrow; context has neither, and is a dot there."""
    if rag is None:
        return Cell("context", "muted", "·")
    return Cell(wording.rag_label(rag), RAG_STYLE[rag], f"{wording.RAG_GLYPH[rag]} {wording.RAG_LETTER[rag]}")


def direction_cell(direction: Direction | None, *, word: bool = False) -> Cell:
    """Return the arrow, with its word if asked for."""
    if direction is None:
        return Cell()
    glyph = wording.DIRECTION_GLYPH[direction]
    quiet = direction in {Direction.SAME, Direction.UNKNOWN}
    return Cell(wording.direction_label(direction) if word else glyph, "muted" if quiet else "", glyph)


def value_cell(row: Row) -> Cell:
    """Return the figure with its short unit, or a dash; never cut."""
    return Cell(
        wording.value_text(row.figure.value, row.indicator.unit), "" if row.figure.value is not None else "muted"
    )


def marks_cell(row: Row) -> Cell:
    """Return the marks of a figure, which no table may drop: `[p]` provisional, `[i]` illustrative."""
    return Cell(wording.marks(row.figure, row).replace(wording.ILLUSTRATIVE, ILLUSTRATIVE_SHORT), "muted")


def earlier_cell(figure: Measured, unit: Unit, *, flagged: bool) -> Cell:
    """Return an earlier figure; one made up is marked in front, where digits stay aligned, if it is to be `flagged`."""
    flag = f"{ILLUSTRATIVE_SHORT} " if flagged and figure.illustrative and figure.value is not None else ""
    return Cell(flag + wording.value_text(figure.value, unit), "muted")


def target_cell(row: Row) -> Cell:
    """Return the target as written; where a year-end number is profiled it says so."""
    if row.target is None:
        return Cell(wording.ABSENT, "muted")
    return Cell(wording.target_text(row.target, row.indicator))


def bar(counts: Mapping[Rag, int], room: int) -> list[tuple[str, str]]:
    """Return ratings as a bar of their shapes: one each, or in proportion where there are more than fit."""
    return _stacked([(wording.RAG_GLYPH[rag], f"${RAG_STYLE[rag]}", counts.get(rag, 0)) for rag in Rag], room)


def direction_bar(counts: Mapping[Direction, int], room: int) -> list[tuple[str, str]]:
    """Return directions as a bar of their arrows; colours are for ratings, so it has none."""
    quiet = {Direction.SAME, Direction.UNKNOWN}
    parts = [(wording.DIRECTION_GLYPH[way], "$quiet" if way in quiet else "", counts.get(way, 0)) for way in Direction]
    return _stacked(parts, room)


def progress_bar(counts: Mapping[Progress, int], room: int) -> list[tuple[str, str]]:
    """Return milestones as a bar of their signs, those delivered or on track first; cancelled ones are not counted."""
    well = (Progress.DELIVERED, Progress.ON_TRACK)
    order = (*well, Progress.REPHASED, Progress.DELAYED, Progress.NOT_STARTED)
    parts = [(wording.PROGRESS_GLYPH[each], "" if each in well else "$quiet", counts.get(each, 0)) for each in order]
    return _stacked(parts, room)


def _stacked(parts: Sequence[tuple[str, str, int]], room: int) -> list[tuple[str, str]]:
    """Return glyphs in their styles as a bar, one each, or of `room` cells in proportion where there are more.

    What there is any of has at least one cell; whole cells over go to the largest remainders, so that bars of the
    same indicators are equally long and more of something is never drawn shorter.
    """
    total = sum(count for _, _, count in parts)
    if not total or room < 4:  # noqa: PLR2004 - too little to show shares
        return []
    lengths = [count for _, _, count in parts]
    if total > room:
        counts = lengths
        lengths = [max(1, count * room // total) if count else 0 for count in counts]
        over = {n: counts[n] * room - lengths[n] * total for n in range(len(counts)) if counts[n]}
        for n in sorted(over, key=over.__getitem__, reverse=True)[: max(room - sum(lengths), 0)]:
            lengths[n] += 1
        while sum(lengths) > room:
            longest = max(lengths)
            lengths[min((n for n in over if lengths[n] == longest), key=counts.__getitem__)] -= 1
    return [(glyph * length, style) for (glyph, style, _), length in zip(parts, lengths, strict=True) if length]


def rag_parts(counts: Mapping[Rag, int], *, short: bool = False) -> list[Part]:
    """Return the line of ratings as the councils print it, each count in its colour; letters where it is `short`."""
    parts: list[Part] = []
    for rag in Rag:
        number = counts.get(rag, 0)
        words = f"{wording.RAG_LETTER[rag] if short else wording.RAG_WORD[rag]} – {number}"
        parts += [(words, f"${RAG_STYLE[rag]}" if number else "$quiet"), "; "]
    return parts[:-1]


def direction_parts(counts: Mapping[Direction, int], *, short: bool = False) -> list[Part]:
    """Return the line of directions: `↗ 7 improved  → 5 same  ↘ 3 requires improvement  ? 3 information needed`."""
    words = {way: wording.DIRECTION_WORD[way].lower() for way in Direction}
    if not short:
        words |= {Direction.DECLINED: "requires improvement", Direction.UNKNOWN: "information needed"}
    parts: list[Part] = []
    for way in Direction:
        number = counts.get(way, 0)
        style = "$quiet" if not number or way in {Direction.SAME, Direction.UNKNOWN} else ""
        parts += [(f"{wording.DIRECTION_GLYPH[way]} {number} {words[way]}", style), "  "]
    return parts[:-1]
