"""Reading the folder `targets/`: every problem of every file at once, or what was agreed."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from outcome_tracker.core.indicator import Agreed, Council, Plan
from outcome_tracker.core.problem import Problem
from outcome_tracker.core.text import clean
from outcome_tracker.plan_files.breakdowns import Total, with_totals
from outcome_tracker.plan_files.indicators import Defaults, Places
from outcome_tracker.plan_files.keys import COUNCIL_SHAPE, PLAN_SHAPE
from outcome_tracker.plan_files.plans import STANDARD, read_council, read_plan, read_root
from outcome_tracker.plan_files.report import Report, TooManyProblems
from outcome_tracker.plan_files.tree import MOST_BYTES, YamlError, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from outcome_tracker.plan_files.tree import Document, Node

COUNCIL_FILE = "council.yaml"
_INIT = "`outcome-tracker init DIR` makes a workspace with plan files to fill in."


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the files say. `agreed` is None when any problem is more than a warning.

    `places` tells path, line and column by keys such as `indicator SAFE-01`, `target SAFE-01 2018-19`,
    `plan SAFE`, `action SAFE-A1`, `milestone SAFE-A1.1`, `breakdown CON-SRC` and `council`.
    """

    agreed: Agreed | None
    problems: tuple[Problem, ...] = ()
    files: tuple[Path, ...] = ()
    places: Mapping[str, tuple[str, int, int]] = field(default_factory=dict)


def read(folder: Path) -> Loaded:
    """Read council.yaml and the plan files of a workspace's folder `targets`.

    Paths in problems and places start with the folder's name: `targets/safe.yaml`.
    """
    problems: list[Problem] = []
    files = _files(folder, problems)
    collected: dict[str, tuple[str, int, int]] = {}
    codes: list[tuple[str, str, Node, str]] = []
    totals: dict[tuple[str, str], Total] = {}
    council: Council | None = None
    defaults = STANDARD
    plans: list[Plan] = []
    for path in files:
        report = Report(_shown(folder, path.name))
        places = Places(report.path)
        try:
            document = _document(path, report)
            if document is None:
                continue
            if path.name == COUNCIL_FILE:
                council, defaults = _council(document, report, places)
            elif (plan := _plan(document, defaults, report, places)) is not None:
                plans.append(plan)
        except TooManyProblems:
            pass
        finally:
            problems.extend(report.problems)
        collected.update({key: place for key, place in places.found.items() if key not in collected})
        codes.extend((what, code, node, report.path) for what, code, node in places.codes)
        totals.update(
            (code, Total(name, report.path, node, written)) for code, (name, node, written) in places.totals.items()
        )
    problems.extend(_repeated(codes))
    plans, unknown = with_totals(plans, totals, [code for what, code, _, _ in codes if what == "indicator"])
    problems.extend(unknown)
    problems.sort(key=lambda p: (p.path, p.line, p.column))
    clean = council is not None and all(problem.warning for problem in problems)
    return Loaded(
        Agreed(council, tuple(plans)) if council is not None and clean else None,
        tuple(problems),
        tuple(files),
        collected,
    )


def _shown(folder: Path, name: str) -> str:
    return clean(f"{folder.name or 'targets'}/{name}")


def _files(folder: Path, problems: list[Problem]) -> list[Path]:
    """Return the YAML files, council.yaml first because the others build on its defaults, then by name."""
    try:
        names = sorted(entry.name for entry in os.scandir(folder) if not entry.name.startswith("."))
    except FileNotFoundError:
        message = f"there is no folder '{clean(str(folder))}'. {_INIT}"
        problems.append(Problem(message, clean(folder.name)))
        return []
    except OSError as error:
        message = f"the folder '{clean(str(folder))}' can't be read ({error.strerror}). {_INIT}"
        problems.append(Problem(message, clean(folder.name)))
        return []
    found = []
    for name in names:
        ending = Path(name).suffix
        if ending == ".yaml":
            found.append(name)
        elif ending.lower() in {".yaml", ".yml"}:
            wanted = f"{Path(name).stem}.yaml"
            problems.append(
                Problem(f"only files ending in .yaml are read; rename it to {clean(wanted)}.", _shown(folder, name))
            )
    if not found and not problems:
        problems.append(Problem(f"there are no plan files in '{clean(str(folder))}'. {_INIT}", clean(folder.name)))
    elif COUNCIL_FILE not in found:
        message = "is missing; write it with council, area, region and comparators."
        problems.append(Problem(f"{message} {_INIT}", _shown(folder, COUNCIL_FILE)))
    return [folder / name for name in sorted(found, key=lambda n: (n != COUNCIL_FILE, n))]


def _document(path: Path, report: Report) -> Document | None:
    try:
        return parse(_bytes(path))
    except YamlError as error:
        report.problems.append(Problem(error.message, report.path, error.line, error.column))
    except OSError as error:
        reason = "it links to a file that isn't there" if isinstance(error, FileNotFoundError) else error.strerror
        report.problems.append(Problem(f"the file can't be read: {reason}.", report.path))
    return None


def _bytes(path: Path) -> bytes:
    """Return what is in a plain file, at most one byte more than is allowed; a pipe or device would never end."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise YamlError("this is not a file with text; move it out of the folder, or give it another ending.")
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _council(document: Document, report: Report, places: Places) -> tuple[Council | None, Defaults]:
    values = read_root(document, COUNCIL_SHAPE, report)
    if values is None:
        _empty(document, "council, area, region and comparators.", report)
        return None, STANDARD
    return read_council(values, report, places)


def _plan(document: Document, defaults: Defaults, report: Report, places: Places) -> Plan | None:
    values = read_root(document, PLAN_SHAPE, report)
    if values is None:
        _empty(document, "plan, code and indicators, or delete the file.", report)
        return None
    return read_plan(values, defaults, report, places)


def _empty(document: Document, wanted: str, report: Report) -> None:
    if document.root is None:
        report.problems.append(Problem(f"the file is empty; write {wanted}", report.path))


def _repeated(codes: Iterable[tuple[str, str, Node, str]]) -> list[Problem]:
    """Return a problem for every code that stands twice, in whatever files; capitals make no other code."""
    first: dict[str, tuple[str, str, Node, str]] = {}
    problems = []
    for what, code, node, path in codes:
        earlier = first.setdefault(code.casefold(), (what, code, node, path))
        if earlier[2] is not node:
            same = "" if earlier[1] == code else f" as {earlier[1]}, the same but for capitals"
            message = (
                f"the code of this {what} is already that of the {earlier[0]} in {earlier[3]}:{earlier[2].line}{same}; "
                "give each its own."
            )
            problems.append(Problem(message, path, node.line, node.column, f"{code} code"))
    return problems
