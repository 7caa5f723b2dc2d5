"""The counts of one breakdown in one period, and how they add up along its dimensions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outcome_tracker.core.breakdown import TOTAL
from outcome_tracker.core.count_system import Cell
from outcome_tracker.core.figure import Status
from outcome_tracker.core.printed_counts import CellKey, CountKey, Counts, Part, is_told, is_whole

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence
    from decimal import Decimal

    from outcome_tracker.core.breakdown import Breakdown, BreakdownFigure, Counted

_SUBTOTAL, _TOTAL = 1, 2  # what would be lost with a cell
_Line = tuple[CountKey, int]  # the total over a dimension, and which one


@dataclass(frozen=True, slots=True)
class RestKey:
    """What a total, or what stands for one, has beside its parts; `along` tells which: of a dimension, or a table."""

    total: Hashable
    along: Hashable


@dataclass(frozen=True, slots=True)
class ResponsesKey:
    """The parts of a total together, where a case can count several times."""

    total: CountKey
    along: Hashable


def table_counts(breakdown: Breakdown, cells: Iterable[BreakdownFigure], below: int) -> Counts:
    """Return the counts of one breakdown in one period."""
    found = Counts()
    for each in cells:
        content, key = each.content, CellKey(breakdown.code, each.period, each.categories)
        totals = each.categories.count(TOTAL)
        rank = _TOTAL if totals == len(each.categories) else _SUBTOTAL if totals else 0
        found.add(_cell(CountKey(key), content, content.count, below, rank))
        if content.denominator is not None:
            found.add(_cell(CountKey(key, Part.DENOMINATOR), content, content.denominator, below, rank))
    along = _along(found, Part.VALUE)
    if not breakdown.multi_response:
        _adding_up(found, along, breakdown, below)
        return found
    for (total, place), parts in along.items():
        if total in found.cells:
            at_least_once(found, found.cells, ResponsesKey(total, place), parts)
    return found


def _adding_up(found: Counts, along: dict[_Line, list[CountKey]], breakdown: Breakdown, below: int) -> None:
    """Take what adds up where each case counts once: cells, and denominators where they do."""
    _totals(found, along)
    for (total, _), parts in _along(found, Part.DENOMINATOR).items():
        if total in found.cells and left_of(found, total, parts) == 0:
            found.sums(total, parts)
    for (total, place), parts in along.items():
        _same_denominators(found, total, place, parts, below)
    inner = [key for key in found.cells if isinstance(key, CountKey) and key.part is Part.VALUE and _is_inner(key)]
    if len(breakdown.dimensions) > 1 and inner:
        grand = CountKey(CellKey(breakdown.code, inner[0].of.period, breakdown.grand_total))
        _same_denominators(found, grand, -1, inner, below)


def _is_inner(key: CountKey) -> bool:
    return isinstance(key.of, CellKey) and TOTAL not in key.of.categories


def at_least_once(found: Counts, cells: Mapping[Hashable, Cell], key: ResponsesKey, parts: Sequence[CountKey]) -> None:
    """Take that each case of a total counts at least once in its parts, unless the counts say otherwise."""
    counts = [cells[part].count for part in parts]
    if any(count is None and not cells[part].printed for count, part in zip(counts, parts, strict=True)):
        return
    known = [count for count in counts if count is not None]
    every = sum(known) if len(known) == len(counts) else None
    whole = cells[key.total].count
    more = None if every is None or whole is None else every - whole
    if more is not None and more < 0:
        return
    again = RestKey(key.total, key.along)
    found.add(Cell(key, every, printed=False))
    found.add(Cell(again, more, printed=False))
    found.sums(key, parts)
    found.sums(key, (key.total, again))


def left_of(found: Counts, total: CountKey, parts: Sequence[CountKey]) -> int | None:
    """Return what a total has beside its parts; None where not all of them are known."""
    whole, counts = found.count(total), [found.count(key) for key in parts]
    known = [count for count in counts if count is not None]
    return None if whole is None or len(known) < len(counts) else whole - sum(known)


def _cell(key: CountKey, content: Counted, number: Decimal | None, below: int, rank: int) -> Cell:
    if content.status is Status.SUPPRESSED:
        return Cell(key, None, below if is_told(content) else 0, rank)
    if content.status.is_absent or number is None or not is_whole(number):
        return Cell(key, None, printed=False)
    return Cell(key, int(number), below, rank)


def _along(found: Counts, part: Part) -> dict[_Line, list[CountKey]]:
    """Return the cells along each dimension by the total over it, whether that is there or not."""
    along: dict[_Line, list[CountKey]] = defaultdict(list)
    for key in found.cells:
        if not isinstance(key, CountKey) or not isinstance(key.of, CellKey) or key.part is not part:
            continue
        names = key.of.categories
        for place, name in enumerate(names):
            if name != TOTAL:
                over = (*names[:place], TOTAL, *names[place + 1 :])
                along[CountKey(replace(key.of, categories=over), part), place].append(key)
    return along


def _totals(found: Counts, along: dict[_Line, list[CountKey]]) -> None:
    """Take that the cells along a dimension add up to its total.

    What the total has beside the rows that are listed can be worked out by anybody, and may be small too: it is that
    of the rows that are not listed, or have no count.
    """
    for (total, place), parts in along.items():
        if total not in found.cells:
            continue
        absent = [key for key in parts if found.count(key) is None and not found.cells[key].printed]
        listed = [key for key in parts if key not in absent]
        left = left_of(found, total, listed)
        if left is None:
            found.sums(total, parts)
            continue
        rest = Cell(RestKey(total, place), left, found.cells[total].below, printed=False)
        if rest.sensitive:
            found.add(rest)
            found.sums(total, (*listed, rest.key))
        else:
            found.sums(total, listed)


def _same_denominators(found: Counts, total: CountKey, place: int, parts: Sequence[CountKey], below: int) -> None:
    """Take one denominator of all parts as their total, where it can be that: anybody would."""
    denominators = [key for part in parts if (key := replace(part, part=Part.DENOMINATOR)) in found.cells]
    counts = {count for key in denominators if (count := found.count(key)) is not None}
    if len(parts) < 2 or len(counts) != 1:  # noqa: PLR2004 - one row alone is no table
        return
    (whole,) = counts
    known = [count for part in parts if (count := found.count(part)) is not None]
    left, unknown = whole - sum(known), len(parts) - len(known)
    if left < unknown or (not unknown and left >= max(1, below)):
        return
    first, *others = denominators
    for other in others:
        found.sums(first, (other,))
    if total in found.cells and found.count(total) == whole:
        found.sums(total, (first,))
    rest = Cell(RestKey(first, place), left, below, printed=False)
    if not unknown and rest.sensitive:
        found.add(rest)
        found.sums(first, (*parts, rest.key))
    else:
        found.sums(first, parts)
