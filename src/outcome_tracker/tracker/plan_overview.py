"""The plan files at a glance: targets as applied, problems with their lines, differences by plan, and the files."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias

from outcome_tracker.core.problem import Unavailable, nearest
from outcome_tracker.core.target_list import TargetLine, target_lines
from outcome_tracker.core.text import clean, plural
from outcome_tracker.plan_files.reader import COUNCIL_FILE
from outcome_tracker.plan_files.tree import MOST_BYTES
from outcome_tracker.tracker.plans import Comparison, compare
from outcome_tracker.tracker.review import known_for, reporting_period
from outcome_tracker.tracker.workspace import LONDON

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from outcome_tracker.core.indicator import Agreed
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.problem import Problem
    from outcome_tracker.plan_files.difference import Change
    from outcome_tracker.plan_files.reader import Loaded
    from outcome_tracker.tracker.workspace import Workspace

OnDisk: TypeAlias = tuple[tuple[str, int, int], ...]  # name, time of the last change and size of each plan file
Excerpt: TypeAlias = tuple[tuple[int, str], ...]  # a few lines of a file with their numbers
_LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # what YAML counts as one


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands; `line` 0 is the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Difference:
    """A change with the plan it belongs to (empty: the council) and its place; None where the files hold it no more."""

    plan: str
    change: Change
    place: Place | None


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan file: what it is about, its size and last change (None: can't be known), and how it stands."""

    name: str
    path: Path
    title: str
    size: int | None
    changed: datetime | None
    standing: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The plan files beside what is applied, as they were when `on_disk` was looked at."""

    targets: tuple[TargetLine, ...]
    compared: Comparison
    differences: tuple[Difference, ...]
    excerpts: Mapping[Problem, Excerpt]
    files: tuple[PlanFile, ...]
    plans: Mapping[str, str]  # titles by code
    on_disk: OnDisk

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the files or with applying them; warnings too."""
        return self.compared.problems

    @property
    def counts(self) -> str:
        """What there is, in numbers: `3 files, 2 problems, 5 differences`."""
        stop, warnings = len(self.compared.blocking), len(self.problems) - len(self.compared.blocking)
        said = [plural(len(self.files), "file"), plural(stop, "problem") if stop else "no problems"]
        if warnings:
            said.append(plural(warnings, "warning"))
        if self.compared.loaded.agreed is not None:
            said.append(plural(len(self.differences), "difference") if self.differences else "no differences")
        return ", ".join(said)

    def place(self, indicator: str, year: Period | None) -> Place | None:
        """Return where a target stands in the files on disk, else its indicator; None where neither does."""
        keys = [f"target {indicator} {year.code}"] if year else []
        return _place(self.compared.loaded, *keys, f"indicator {indicator}")


def overview(workspace: Workspace, agreed: Agreed | None, period: Period | None) -> Overview:
    """Return everything about the plan files; `agreed` is what holds on the workspace's day, if anything is applied.

    Raises `Unavailable` where the database can't be read; what is wrong with the files are problems.
    """
    seen = on_disk(workspace)
    compared = compare(workspace)
    loaded = compared.loaded
    plans = {plan.code: plan.title for each in (agreed, loaded.agreed) if each for plan in each.plans}
    owners = {key: code for each in (agreed, loaded.agreed) if each for key, code in _owners(each).items()}
    council = next((each.council.name for each in (agreed, loaded.agreed) if each), "")
    found = (_difference(change, owners, loaded) for change in compared.changes)
    order = {code: number for number, code in enumerate(["", *plans])}
    differences = tuple(sorted(found, key=lambda d: order.get(d.plan, len(order))))
    return Overview(
        target_lines(agreed, period) if agreed and period else (),
        compared,
        differences,
        _excerpts(workspace, compared.problems),
        tuple(_files(compared, differences, plans, council)),
        plans,
        seen,
    )


def on_disk(workspace: Workspace) -> OnDisk:
    """Return what tells that a plan file was changed, added or taken away; nothing where they can't be looked at."""
    found = []
    try:
        with os.scandir(workspace.targets) as entries:
            for entry in entries:
                if entry.name.lower().endswith((".yaml", ".yml")) and not entry.name.startswith("."):
                    stat = entry.stat(follow_symlinks=not _leads_nowhere(entry))
                    found.append((entry.name, stat.st_mtime_ns, stat.st_size))
    except OSError:  # the reader says what is the matter
        return ()
    return tuple(sorted(found))


def _leads_nowhere(entry: os.DirEntry[str]) -> bool:
    return entry.is_symlink() and not entry.is_file()


def path_of(workspace: Workspace, overview: Overview, file: str) -> Path:
    """Return the path of a file as places and problems name it: `targets/safe.yaml`."""
    known = next((f.path for f in overview.files if f.name == file), None)
    return known or workspace.targets / file.partition("/")[2]


def target_list(
    workspace: Workspace, period: Period | None = None, plan: str | None = None
) -> tuple[Period, tuple[TargetLine, ...]]:
    """Return the reporting period and the targets as known on the workspace's day, of one plan or of all.

    Raises `Unavailable`, also for a plan that doesn't exist.
    """
    with workspace.read() as reader, reader.snapshot():
        known = known_for(workspace, reader, period)
    reporting = period or reporting_period(known)
    lines = target_lines(known.agreed, reporting)
    if plan is None:
        return reporting, lines
    codes = [each.code for each in known.agreed.plans]
    code = next((c for c in codes if c.casefold() == plan.strip().casefold()), None)
    if code is None:
        raise Unavailable(f"There is no plan '{plan}'.{nearest(plan, codes)}", f"Plans: {', '.join(codes)}.")
    return reporting, tuple(line for line in lines if line.plan.code == code)


def _owners(agreed: Agreed) -> dict[tuple[str, str], str]:
    """Return the code of the plan to which each thing belongs."""
    found: dict[tuple[str, str], str] = {}
    for plan in agreed.plans:
        found["plan", plan.code] = plan.code
        found |= {(kind, i.code): plan.code for i in plan.indicators for kind in ("indicator", "target")}
        found |= {("action", action.code): plan.code for action in plan.actions}
        found |= {("milestone", m.code): plan.code for action in plan.actions for m in action.milestones}
    return found


def _difference(change: Change, owners: Mapping[tuple[str, str], str], loaded: Loaded) -> Difference:
    keys = [f"{change.kind} {change.code}".strip()]
    if change.kind == "target":
        keys = [f"target {change.code} {change.period}", f"indicator {change.code}"]
    place = _place(loaded, *keys) if change.action != "archived" or change.kind == "target" else None
    return Difference(owners.get((change.kind, change.code), ""), change, place)


def _place(loaded: Loaded, *keys: str) -> Place | None:
    return next((Place(*loaded.places[key]) for key in keys if key in loaded.places), None)


def _excerpts(workspace: Workspace, problems: Iterable[Problem]) -> dict[Problem, Excerpt]:
    """Return each problem's line with the one before and the one behind it, where it has one."""
    files: dict[str, list[str]] = {}
    found = {}
    for problem in problems:
        if not problem.line:
            continue
        if problem.path not in files:
            files[problem.path] = _lines(workspace.targets / problem.path.partition("/")[2])
        lines = files[problem.path]
        numbers = range(max(problem.line - 1, 1), min(problem.line + 1, len(lines)) + 1)
        found[problem] = tuple((number, lines[number - 1]) for number in numbers)
    return found


def _lines(path: Path) -> list[str]:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES)
    except OSError:  # gone since it was read: there is nothing to show
        return []
    return _LINE_BREAK.split(data.decode("utf-8-sig", "replace"))


def _files(
    compared: Comparison, differences: Iterable[Difference], plans: Mapping[str, str], council: str
) -> Iterable[PlanFile]:
    loaded = compared.loaded
    stop = Counter(p.path for p in compared.blocking)
    warn = Counter(p.path for p in compared.problems if p.warning)
    homes = {key.removeprefix("plan "): place[0] for key, place in loaded.places.items() if key.startswith("plan ")}
    changed = Counter(d.place.file if d.place else homes.get(d.plan, "") for d in differences)
    titles = {file: plans.get(code, code) for code, file in homes.items()}
    for path in loaded.files:
        name = clean(f"{path.parent.name}/{path.name}")
        if stop[name]:
            standing = plural(stop[name], "problem")
        elif loaded.agreed is None:
            standing = "not compared yet"
        else:
            standing = plural(changed[name], "difference") if changed[name] else "applied"
        if warn[name]:
            standing += f", {plural(warn[name], 'warning')}"
        title = council if path.name == COUNCIL_FILE else titles.get(name, "")
        yield PlanFile(name, path, title, *_looked_at(path), standing)


def _looked_at(path: Path) -> tuple[int | None, datetime | None]:
    try:
        stat = path.stat()
        return stat.st_size, datetime.fromtimestamp(stat.st_mtime, UTC).astimezone(LONDON)
    except (OSError, ValueError, OverflowError):  # gone meanwhile, or a time that no calendar has
        return None, None
