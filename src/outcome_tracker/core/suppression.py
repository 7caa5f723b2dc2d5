"""Which counts to hide, so that no small number can be worked out: the small ones, and others for their sake.

A small number is safe when every value from 1 to the last that is hidden remains possible for it, even for who knows
which cells are small and which are not; where that cannot be had, for who knows which are small. What a source hid
without saying why is safe when it can be as far off. What cannot be for want of zeros, which are shown, is no leak, but
then who knows nothing but what is printed must see no less than others would.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from outcome_tracker.core.count_system import Relation, System
from outcome_tracker.core.disclosure import Contradiction, settled
from outcome_tracker.core.hiding import Search

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Mapping


class Why(StrEnum):
    """Why a cell is hidden."""

    SMALL = "a small number"
    OTHERS = "hidden so that a small number cannot be worked out"


class Reason(StrEnum):
    """Why a system of counts cannot be published at all."""

    CONTRADICTION = "the counts contradict one another: no numbers for the suppressed ones add up to the others"
    WORKED_OUT = "a small number could be worked out whatever else is hidden"
    UNTIED = "it hides small numbers, and names an indicator that it cannot be held against (see `targets check`)"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Cells that hang together and can't be published; `cell` is the one that stays exposed, None if there is none."""

    cells: frozenset[Hashable]
    reason: Reason
    cell: Hashable = None


@dataclass(frozen=True, slots=True)
class Protection:
    """Which cells to hide and why, and which cannot be published."""

    hidden: Mapping[Hashable, Why]
    refused: tuple[Refusal, ...] = ()


def protect(system: System, already: Collection[Hashable] = (), likely: Collection[Hashable] = ()) -> Protection:
    """Return what has to be hidden of a system so that an attacker who knows all the rest learns nothing.

    What is hidden `already`, whatever for, is protected too. `likely` cells are hidden rather than others like them.
    """
    hidden: dict[Hashable, Why] = {}
    refused: list[Refusal] = []
    for part in parts_of(system, already):
        found = _protected(part, already, likely)
        if isinstance(found, Refusal):
            refused.append(found)
        else:
            hidden.update(found)
    return Protection(hidden, tuple(refused))


def parts_of(system: System, already: Collection[Hashable] = ()) -> list[System]:
    """Return the parts of a system that have nothing to do with one another and hold something to be protected."""
    return [
        part
        for part in system.components(system.constant(already))
        if any(cell.sensitive or cell.count is None or cell.key in already for cell in part.cells)
    ]


def _protected(
    system: System, already: Collection[Hashable], likely: Collection[Hashable]
) -> dict[Hashable, Why] | Refusal:
    """Protect cells that hang together; by their places, since keys are looked up often and can be slow to hash."""
    names: dict[Hashable, Hashable] = dict(enumerate(cell.key for cell in system.cells))
    places: dict[Hashable, Hashable] = {key: place for place, key in names.items()}
    try:
        known = settled(_renamed(system, places))
    except Contradiction:
        return Refusal(frozenset(places), Reason.CONTRADICTION)
    unknown = {places[cell.key] for cell in system.cells if cell.count is None}
    search = Search(known, unknown, *({places[k] for k in some if k in places} for some in (already, likely)))
    exposed = search.run()
    if exposed is not None:
        return Refusal(frozenset(places), Reason.WORKED_OUT, names[exposed])
    hidden = [cell.key for cell in known.cells if cell.printed and cell.key in search.hidden]
    return {names[place]: Why.SMALL if place in search.given else Why.OTHERS for place in hidden}


def _renamed(system: System, names: Mapping[Hashable, Hashable]) -> System:
    """Return a system with other keys for its cells."""
    return System(
        tuple(replace(cell, key=names[cell.key]) for cell in system.cells),
        tuple(Relation(names[each.total], tuple(names[key] for key in each.parts)) for each in system.relations),
        tuple(
            replace(each, parts=tuple(names[key] for key in each.parts), of=tuple(names[key] for key in each.of))
            for each in system.ratios
        ),
    )
