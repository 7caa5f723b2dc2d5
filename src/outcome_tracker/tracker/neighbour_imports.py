"""Import the lists of statistical neighbours of one release; each authority's list is a fact with versions."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from outcome_tracker.exchange.open_data.neighbours import read_neighbours
from outcome_tracker.tracker.area_registry import known_areas
from outcome_tracker.tracker.import_batch import Imported

if TYPE_CHECKING:
    from pathlib import Path

    from outcome_tracker.store.facts import Fact
    from outcome_tracker.tracker.workspace import Workspace


def import_neighbours(
    workspace: Workspace,
    path: Path,
    release: str = "",
    source: str = "",
    *,
    dry_run: bool = False,
    encoding: str = "utf-8-sig",
) -> Imported:
    """Import a file of lists; rows without a release are of `release`, else of the year in the file's name.

    Those without a source have `source`, else the one they had, else the file's name.

    Raises `Unavailable` without a database, and `Conflict` when somebody saved the same lists meanwhile.
    """
    found, problems = read_neighbours(path, release or _year_in(path.stem), source, encoding)
    if problems:
        return Imported(problems=tuple(problems))
    with workspace.read() as reader:
        releases = {each.release for each in found}
        held = {(each.release, key): each for name in releases for key, each in reader.neighbour_lists(name).items()}
        names = {area.dfe_code: area.name for area in known_areas(reader).values()}
    facts: list[Fact] = []
    lines = []
    changed = 0
    stamp = workspace.stamp(why=f"imported from {path.name}")
    for read in found:
        old = held.get((read.release, read.authority))
        new = read if read.source else replace(read, source=old.source if old else path.stem)
        if old and replace(old, version=1, stamp=None) == new:
            continue
        facts.append(replace(new, version=old.version + 1 if old else 1, stamp=stamp))
        name = names.get(read.authority, "not a known area")
        lines.append(f"{read.authority} {name}: {'changed' if old else 'new'}")
        changed += old is not None
    if facts and not dry_run:
        workspace.save(facts)
    return Imported(len(facts) - changed, changed, len(found) - len(facts), lines=tuple(lines))


def _year_in(name: str) -> str:
    """Return the last year in a file's name, or nothing."""
    years: list[str] = re.findall(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", name)
    return years[-1] if years else ""
