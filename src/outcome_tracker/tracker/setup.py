"""Make a workspace: the demo with the published plans, or an empty one with commented plan files."""

from __future__ import annotations

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
    """
    folder = workspace.folder
    _copy_published(folder)
    if workspace.has_database:
        return ()
    making = folder / "data" / ".tracker.db.making"
    for leftover in (making, making.with_name(making.name + "-journal")):
        leftover.unlink(missing_ok=True)
    building = replace(workspace, location=locate(making), as_at=None)
    problems = apply(building, why="the published plans").blocking
    for kind in KINDS:
        for path in sorted((folder / "data" / "published").glob(f"{kind}*.csv")):
            if not problems:
                problems = import_file(building, kind, path).problems
    if problems:
        making.unlink(missing_ok=True)
        return problems
    making.replace(folder / "data" / "tracker.db")
    return ()


def _copy_published(folder: Path) -> None:
    source = demo_source()
    try:
        for part in (Path("targets"), Path("data/published")):
            if not (folder / part).exists():
                (folder / part).parent.mkdir(parents=True, exist_ok=True)
                shutil.copytree(source / part, folder / part)
    except OSError as error:
        raise Unavailable(f"{folder} cannot be written: {error.strerror}.", "Choose another folder.") from None


def make_empty(folder: Path) -> list[Path]:
    """Write commented plan files to start from, and return them; raises `Unavailable` where some are there."""
    targets = folder / "targets"
    if targets.exists() and any(targets.iterdir()):
        raise Unavailable(f"{targets} holds plan files already.", "Choose an empty folder.")
    try:
        targets.mkdir(parents=True, exist_ok=True)
        (folder / "data").mkdir(exist_ok=True)
        return [Path(shutil.copy(path, targets / path.name)) for path in sorted(_TEMPLATES.glob("*.yaml"))]
    except OSError as error:
        raise Unavailable(f"{folder} cannot be written: {error.strerror}.", "Choose another folder.") from None
