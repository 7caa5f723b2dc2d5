"""What may be published of what is known: figures, their versions and breakdowns, with small numbers hidden."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from outcome_tracker.core.printed_counts import FigureKey
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.publication import publish, published_version

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from outcome_tracker.core.breakdown import BreakdownFigure
    from outcome_tracker.core.figure import Figure
    from outcome_tracker.core.indicator import Council
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.suppression import Reason
    from outcome_tracker.store.queries import Reader
    from outcome_tracker.tracker.review import Known
    from outcome_tracker.tracker.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be shown: figures, every version of them, the cells of breakdowns, and tables that must not be.

    `versions` gives those of an indicator by its code, a period's oldest first.
    """

    found: Known
    versions: Callable[[str], list[Figure]]
    cells: tuple[BreakdownFigure, ...]
    refused: Mapping[tuple[str, Period], Reason] = field(default_factory=dict)


def held(workspace: Workspace, reader: Reader, found: Known) -> Shown:
    """Read all that there is beside `found`, which is for officers only."""
    as_at = workspace.as_at
    return Shown(found, reader.every_version(as_at), tuple(reader.breakdown_figures(as_at=as_at)))


def check_officer(council: Council, user: str, instead: str) -> None:
    """Raise `Unavailable` where somebody else than the council's officers asks for what only they may see.

    `instead` is what anybody may ask for.
    """
    roles = council.extra.get("roles")
    officers = roles.get("officers", ()) if isinstance(roles, dict) else ()
    if officers and user.casefold() not in {name.casefold() for name in officers}:
        raise Unavailable(
            f"Only officers may see small numbers, and '{user}' is not one of them.",
            f"{instead}, or name yourself with --user; council.yaml lists the officers under roles.",
        )


def published(everything: Shown) -> Shown:
    """Return what may be published.

    It depends on every plan, whichever are reported on, so that no report gives away what another one hides.
    """
    found, agreed = everything.found, everything.found.agreed
    public = publish(agreed, found.figures, everything.cells)
    indicators = {indicator.code: indicator for plan in agreed.plans for indicator in plan.indicators}
    hidden = {each.what for each in public.hidden}

    def versions(code: str) -> list[Figure]:
        return [
            published_version(agreed, indicators[code], each, hidden=FigureKey(code, each.period) in hidden)
            for each in everything.versions(code)
        ]

    return Shown(
        replace(found, figures=public.figures),
        versions,
        public.cells,
        {(each.breakdown, each.period): each.reason for each in public.refused},
    )
