"""Everything in `tracker` that can save: found in its source, and each driven as its users drive it."""

from __future__ import annotations

import ast
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from outcome_tracker.core.figure import Content
from outcome_tracker.core.milestone import Progress
from outcome_tracker.core.period import parse
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.returned import Column
from outcome_tracker.tracker import (
    actions,
    collect,
    commentary,
    imports,
    plans,
    return_imports,
    returns,
    setup,
    signoff,
)
from outcome_tracker.tracker.area_imports import Given, import_areas
from outcome_tracker.tracker.breakdown_imports import import_breakdowns
from outcome_tracker.tracker.neighbour_imports import import_neighbours
from tests.running import write_plan
from tests.tracker.returning import fill

if TYPE_CHECKING:
    from collections.abc import Callable

    from outcome_tracker.tracker.workspace import Workspace

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "outcome_tracker"
DOORS = {"save", "writing_areas", "make_database"}  # of `Workspace`
_TRACKER = "outcome_tracker.tracker."


def doors() -> set[str]:
    """Return the public methods of `Workspace` that ask for a role before they do something."""
    tree = ast.parse((PACKAGE / "tracker" / "workspace.py").read_text("utf-8"))
    [workspace] = [each for each in tree.body if isinstance(each, ast.ClassDef)]
    asks = {".check_may_save", ".check_may", "._check_may"}
    methods = [each for each in workspace.body if isinstance(each, ast.FunctionDef) and _used(each, {}) & asks]
    return {each.name for each in methods if not each.name.startswith(("_", "check_"))}


def savers() -> set[str]:
    """Return every public function of `tracker` that can reach a door, as `module.function`."""
    uses: dict[str, set[str]] = {}
    for path in (PACKAGE / "tracker").glob("*.py"):
        if path.stem == "workspace":
            continue
        tree = ast.parse(path.read_text("utf-8"))
        meant = _meant(tree, path.stem)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                uses[f"{path.stem}.{node.name}"] = _used(node, meant)
            elif isinstance(node, ast.ClassDef):
                methods = [each for each in node.body if isinstance(each, ast.FunctionDef)]
                uses |= {f"{path.stem}.{node.name}.{each.name}": _used(each, meant) for each in methods}
    reached: set[str] = set()
    wanted = {f".{door}" for door in DOORS}
    while more := {name for name, used in uses.items() if used & wanted} - reached:
        reached |= more
        wanted |= {_said(name) for name in more}
    return {name for name in reached if not name.rpartition(".")[2].startswith("_") and name.count(".") == 1}


def _meant(tree: ast.Module, module: str) -> dict[str, str]:
    """Return what each name of a module stands for, as `module.function`."""
    meant = {
        alias.asname or alias.name: f"{node.module}.{alias.name}".removeprefix(_TRACKER)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    own = (node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef))
    return meant | {name: f"{module}.{name}" for name in own}


def _used(function: ast.FunctionDef, meant: dict[str, str]) -> set[str]:
    """Return the functions that one names, and the methods (`.method`), whosever they are."""
    used = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Name):
            used.add(meant.get(node.id, ""))
        elif isinstance(node, ast.Attribute):
            used.add(f".{node.attr}")
            if isinstance(node.value, ast.Name):
                used.add(f"{meant.get(node.value.id, '').removeprefix(_TRACKER)}.{node.attr}")
    return used


def _said(name: str) -> str:
    """Return how a function or method is used: a method by its name alone."""
    return name if name.count(".") == 1 else f".{name.rpartition('.')[2]}"


# One use of each, on a workspace made by `workspace`

Q3 = parse("2019-20 Q3")
PLAN = """
plan: A plan
code: P
indicators:
  - {code: PC, title: A percentage, tier: headline, unit: percent, better: higher, frequency: quarterly,
     basis: period, owner: Team A, targets: {2019-20: 90}}
breakdowns:
  - {code: SRC, title: Contacts by source, dimensions: [source], basis: rolling 12 months}
actions:
  - {code: P-A, title: An action, milestones: [{code: P-A.1, title: A step, due: 2019-12-31}]}
"""


def write_files(folder: Path, roles: str) -> None:
    """Write plan files, with these lists of roles."""
    write_plan(folder, PLAN, f"reporting_period: 2019-20 Q3\nroles: {{{roles}}}\n")


def _file(workspace: Workspace, name: str, text: str) -> Path:
    path = workspace.folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _apply(workspace: Workspace) -> object:
    path = workspace.targets / "plan.yaml"
    path.write_text(PLAN.replace("A percentage", "A share"), encoding="utf-8")
    try:
        return plans.apply(workspace)
    finally:
        path.write_text(PLAN, encoding="utf-8")


def _return(workspace: Workspace) -> object:
    (path,) = returns.write(workspace, returns.forms(workspace, Q3, "Team A"), workspace.folder / "returns", force=True)
    fill(path, {"PC": {Column.VALUE: 0.88}})
    return return_imports.import_returns(workspace, [path], {})


def _demo(workspace: Workspace) -> object:
    """Make the database anew from the files of the folder, as after somebody has put it away."""
    path, away = workspace.location.file, workspace.folder / "away.db"
    path.rename(away)
    (workspace.folder / "data" / "published").mkdir(exist_ok=True)
    _file(workspace, "data/published/figures.csv", "indicator,period,value\nPC,2019-20 Q3,88\n")
    try:
        return setup.make_demo(workspace)
    except Unavailable:
        assert not list(path.parent.glob("*.db*")), "something of a demo was left"
        away.rename(path)
        raise


def _figure(workspace: Workspace) -> None:
    collect.enter(workspace, "PC", "2019-20 Q3", "95")


def _submitted(workspace: Workspace) -> None:
    _figure(workspace)
    signoff.submit(workspace, "P", Q3)


def _signed(workspace: Workspace) -> None:
    _submitted(workspace)
    signoff.sign(replace(workspace, user="Dai"), "P", Q3)


# What an officer does before, and what an approver does; all else is for officers.
BEFORE: dict[str, Callable[[Workspace], None]] = {
    "signoff.submit": _figure,
    "signoff.sign": _submitted,
    "signoff.reopen": _signed,
}
FOR_APPROVERS = {"signoff.sign", "signoff.reopen"}
USES: dict[str, Callable[[Workspace], object]] = {
    "actions.change": lambda w: actions.change(w, "P-A.1", actions.Said(Progress.DELAYED, "", "", "No staff")),
    "area_imports.import_areas": lambda w: import_areas(
        w, _file(w, "areas.csv", "indicator,area,period,value\nPC,E06000050,2018-19,88\n"), Given()
    ),
    "breakdown_imports.import_breakdowns": lambda w: import_breakdowns(
        w, _file(w, "counts.csv", "breakdown,period,source,count\nSRC,2019-12,Police,61\n")
    ),
    "collect.enter": lambda w: collect.enter(w, "PC", "2019-20 Q3", "88"),
    "collect.record": lambda w: collect.record(w, "PC", Q3, Content(Decimal(88))),
    "collect.record_or_clash": lambda w: collect.record_or_clash(w, "PC", Q3, Content(Decimal(88)), expected=0),
    "commentary.comment": lambda w: commentary.comment(w, "PC", "2019-20 Q3", "Cause", "Winter."),
    "commentary.save_sections": lambda w: commentary.save_sections(w, "PC", Q3, {"Cause": "Winter."}),
    "imports.import_file": lambda w: imports.import_file(
        w, "figures", _file(w, "figures.csv", "indicator,period,value\nPC,2019-20 Q3,88\n")
    ),
    "neighbour_imports.import_neighbours": lambda w: import_neighbours(
        w, _file(w, "neighbours_2025.csv", "old_la_code,la_name,SN_1,SN_1P\n896,Cheshire West,351,Close\n")
    ),
    "plans.apply": _apply,
    "return_imports.import_returns": _return,
    "setup.make_demo": _demo,
    "signoff.reopen": lambda w: signoff.reopen(w, "P", Q3, reason="A late return."),
    "signoff.sign": lambda w: signoff.sign(w, "P", Q3),
    "signoff.submit": lambda w: signoff.submit(w, "P", Q3),
}
