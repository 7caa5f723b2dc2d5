"""Move: the whole database into another one, from a file to a server or back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outcome_tracker.store.location import locate
from outcome_tracker.tracker.signoff import broken_seals

if TYPE_CHECKING:
    from outcome_tracker.core.seal import Broken
    from outcome_tracker.store.copying import Copied
    from outcome_tracker.store.location import Location
    from outcome_tracker.tracker.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Moved:
    """What was copied, table by table, between which databases; and which seals did not hold, before or after."""

    source: Location
    target: Location
    tables: tuple[Copied, ...]
    broken: tuple[Broken, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows there are in all tables."""
        return sum(table.rows for table in self.tables)


def copy_database(workspace: Workspace, source: str, target: str) -> Moved:
    """Copy a database, named by a path or a URL, into an empty one. Raises `Unavailable`; nothing is left then."""
    held, made = (replace(workspace, location=locate(where), as_at=None) for where in (source, target))
    return Moved(held.location, made.location, held.copy_to(made.location), broken_seals(made))
