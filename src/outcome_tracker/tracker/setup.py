"""Make a workspace: the demo with the published plans, or an empty one with commented plan files."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from outcome_tracker.core.problem import Problem, Unavailable
from outcome_tracker.store.location import locate
from outcome_tracker.tracker.imports import KINDS, import_file
from outcome_tracker.tracker.plans import apply

if TYPE_CHECKING:
    from outcome_tracker.tracker.workspace import Workspace

_PACKAGE = Path(__file__).resolve().parent.parent
_TEMPLATES = _PACKAGE / "tracker" / "templates"
_PUBLISHED = Path("data", "published")
_DFE = "Department for Education"


def demo_source() -> Path:
    """Return the folder that holds the published `targets/` and `data/published/`.

    They travel in the wheel as `demo_workspace`; a source checkout has them at its root.
    """
    for folder in (_PACKAGE / "demo_workspace", _PACKAGE.parent.parent):
        if (folder / "targets" / "council.yaml").is_file() and (folder / "data" / "published").is_dir():
            return folder
    raise Unavailable("The published plans are missing from this installation.", "Install outcome-tracker again.")


def make_demo(workspace: Workspace) -> tuple[Problem, ...]:
    """Fill the workspace with the published plans and figures, unless its database is there already.

    The database is built under another name and moved into place, so that an interrupted demo leaves none.
    Raises `Unavailable` in a folder with plan files of its own, and for a database on a server.
    """
    path = workspace.location.path
    if path is None:
        raise Unavailable("The demo needs a database of its own, in a file.", "Leave out --database.")
    folder = workspace.folder
    if (folder / "targets").exists() and not (folder / _PUBLISHED).exists():
        raise Unavailable(f"{folder} holds plan files of its own.", "Choose an empty folder for the demo.")
    if workspace.has_database:
        return ()
    workspace.check_not_read_only()
    _copy_published(folder)
    making = path.with_name(f".{path.name}.{os.getpid()}.making")
    try:
        problems = _fill(replace(workspace, location=locate(making), as_at=None))
        if not problems and not path.exists():
            making.rename(path)
    finally:
        for leftover in (making, making.with_name(f"{making.name}-journal")):
            leftover.unlink(missing_ok=True)
    return problems


def _fill(building: Workspace) -> tuple[Problem, ...]:
    """Put in the plan files, then every published file; the council's own page comes before DfE's parts by name."""
    problems = apply(building, why="the published plans").blocking
    for kind in KINDS:
        for file in sorted((building.folder / _PUBLISHED).glob(f"{kind}*.csv")):
            if not problems:
                problems = import_file(building, kind, file).problems
    for file in sorted((building.folder / _PUBLISHED / "open_data").glob("*.csv")):
        if not problems:
            problems = _open_data(building, file)
    return problems


def _open_data(building: Workspace, file: Path) -> tuple[Problem, ...]:
    from outcome_tracker.tracker.area_imports import Given, import_areas
    from outcome_tracker.tracker.neighbour_imports import import_neighbours

    if "neighbours" in file.name:
        return import_neighbours(building, file, source=_DFE).problems
    return import_areas(building, file, Given(source=_DFE)).problems


def _copy_published(folder: Path) -> None:
    source = demo_source()
    try:
        for part in (_PUBLISHED, Path("targets")):  # the plan files last: they say that the copy is complete
            if not (folder / part).exists():
                copy = (folder / part).with_name(f".{part.name}.{os.getpid()}.making")
                shutil.copytree(source / part, copy)
                copy.rename(folder / part)
    except OSError as error:
        raise _unwritable(folder, error) from None


def make_empty(workspace: Workspace) -> list[Path]:
    """Write commented plan files to start from, and return them; raises `Unavailable` where some are there."""
    workspace.check_not_read_only()
    folder, targets = workspace.folder, workspace.targets
    if targets.exists() and any(targets.iterdir()):
        raise Unavailable(f"{targets} holds plan files already.", "Choose an empty folder.")
    try:
        targets.mkdir(parents=True, exist_ok=True)
        (folder / "data").mkdir(exist_ok=True)
        return [Path(shutil.copy(path, targets / path.name)) for path in sorted(_TEMPLATES.glob("*.yaml"))]
    except OSError as error:
        raise _unwritable(folder, error) from None


def _unwritable(folder: Path, error: OSError) -> Unavailable:
    return Unavailable(f"{folder} cannot be written: {error.strerror or error}.", "Choose another folder.")
