"""What "Plan files and targets" lists in its tabs Problems and Differences, and what it asks before applying."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from rich.cells import cell_len

from outcome_tracker.core.text import plural
from outcome_tracker.core.wording import ABSENT
from outcome_tracker.tracker.plan_overview import Place
from outcome_tracker.tui.screens.target_lines import OPENS, Item
from outcome_tracker.tui.widgets.drawn import cut, text, wrapped
from outcome_tracker.tui.widgets.grid_data import Cell, Column, Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.content import Content

    from outcome_tracker.core.problem import Problem
    from outcome_tracker.plan_files.difference import Change
    from outcome_tracker.tracker.plan_overview import Difference, Excerpt, Overview

PROBLEM_COLUMNS = (
    Column("place", "file, line, column", priority=100),
    Column("key", "at", width=12, fill=1, priority=90),
    Column("kind", "", priority=80, narrow=7),
)
DIFFERENCE_COLUMNS = (
    Column("code", "", priority=90),
    Column("what", "", width=14, priority=100),
    Column("old", "applied now", width=12, fill=1, priority=98),
    Column("new", "in the files", width=14, fill=1, priority=99),
    Column("place", "line", priority=60),
)
ARROW = "→"
_VERBS = {"added": "added", "archived": "archived", "restored": "comes back"}


def problem_items(overview: Overview) -> Iterator[Item]:
    """Yield the problems in the order of the files, each with what is wrong and what to write below it."""
    for number, problem in enumerate(overview.problems):
        shown = ":".join(str(part) for part in (problem.path, problem.line, problem.column) if part)
        cells = {
            "place": Cell(shown, "muted"),
            "key": Cell(problem.key, "muted"),
            "kind": Cell("a warning: it stops nothing" if problem.warning else "", "muted", "warning"),
        }
        note = f"{problem.message[:1].upper()}{problem.message[1:]}"
        excerpt = overview.excerpts.get(problem, ())
        yield Item(
            Line(f"{shown}|{problem.key}|{number}", cells, note=note, note_style="strong"),
            partial(_problem_detail, problem, excerpt),
            Place(problem.path, problem.line, problem.column) if "/" in problem.path else None,
            "This is about the folder itself: there is no file to open.",
        )


def _problem_detail(problem: Problem, excerpt: Excerpt, width: int) -> list[Content]:
    """Return the problem's line between its neighbours, with a caret below the place."""
    if not excerpt:
        return wrapped(text(problem.message), width, most=5)
    margin = len(str(excerpt[-1][0]))
    said = []
    for number, line in excerpt:
        is_it = number == problem.line
        shown, caret = _window(line, max(problem.column, 1) if is_it else 1, width - margin - 3)
        said.append(text((f"{number:>{margin}} │ ", "$quiet"), shown if is_it else (shown, "$quiet")))
        if is_it:
            said.append(text((f"{'':>{margin}} │ ", "$quiet"), " " * caret, ("^", "bold $link")))
    return [cut(each, width) for each in said]


def _window(line: str, column: int, room: int) -> tuple[str, int]:
    """Return a line from where its column can be seen, and how many cells are before that; tabs count as one."""
    start = max(column - room // 2, 0) if column > room - 4 else 0
    shown = "".join(c if c.isprintable() else " " for c in line[start : start + room + 1])
    mark = "…" if start else ""
    return f"{mark}{shown}", len(mark) + cell_len(shown[: column - 1 - start])


def difference_items(overview: Overview) -> Iterator[Item]:
    """Yield the differences by plan: what is applied now, and what the files say."""
    plan: str | None = None
    for number, difference in enumerate(overview.differences):
        change, place = difference.change, difference.place
        if difference.plan != plan:
            plan = difference.plan
            title = overview.plans.get(plan, plan) or "The council"
            yield Item(Line(f"plan {plan}", heading=True, title=title, gap=True))
        for name, old, new in _pairs(change):
            cells = {
                "code": Cell(change.code, "strong"),
                "what": Cell(name),
                "old": Cell(old or ABSENT, "muted"),
                "new": Cell(f"{ARROW} {new or ABSENT}", "" if new else "warning"),
                "place": Cell(str(place).partition("/")[2] if place else "", "muted"),
            }
            note = change.reason if change.summary and change.kind == "target" else ""
            yield Item(
                Line(f"{number}|{name}", cells, note=note, note_style="muted"),
                partial(_difference_detail, difference, (name, old, new)),
                place,
                f"{change.code} is in no plan file any more: there is no line to open.",
                (plan or None, change.code if change.kind in {"indicator", "target"} else None),
            )


def _pairs(change: Change) -> Iterator[tuple[str, str, str]]:
    """Yield what a change is called, and its old and new text: one for each field of something that stays."""
    if change.kind == "target" and change.summary:
        old, _, new = change.summary.partition(f" {ARROW} ")
        yield f"target {change.period}", "" if old == "none" else old, "" if new == "none" else new
    elif change.kind == "target":
        yield from ((f"{change.period} {name}", old, new) for name, old, new in change.fields)
    elif change.action == "changed":
        yield from change.fields
    else:
        gone = change.action == "archived"
        name = f"{change.kind} {_VERBS[change.action]}"
        yield name, change.summary if gone else "", "" if gone else change.summary


def _difference_detail(difference: Difference, pair: tuple[str, str, str], width: int) -> list[Content]:
    """Return a difference in full, and what applying it means where something goes."""
    change, (name, old, new) = difference.change, pair
    said = [text((f"{change.code}  {name}".strip(), "bold"))]
    for label, words in (("Applied now: ", old), ("In the files: ", new)):
        said += wrapped(text((label, "$quiet"), words or "nothing"), width, most=2)
    where = f"{difference.place}: {OPENS}" if difference.place else ""
    if change.action == "archived" and change.kind != "target":
        where = "It is in no plan file any more. Applying archives it; what is recorded of it stays."
    return [*said, *wrapped(text((where, "$quiet")), width, most=2)]


def summed_up(found: Sequence[Difference]) -> str:
    """Return the differences in numbers: `2 targets added, 1 indicator archived`."""
    numbers = Counter((d.change.kind, d.change.action) for d in found)
    said = []
    for (kind, action), number in numbers.items():
        noun = "the council's settings" if kind == "council" else plural(number, kind)
        said.append(f"{noun} {'withdrawn' if (kind, action) == ('target', 'archived') else action}")
    return ", ".join(said)


def warnings(found: Sequence[Difference]) -> list[str]:
    """Return in plain words what goes: what is archived, and where targets are withdrawn."""
    gone = [d.change for d in found if d.change.action == "archived"]
    archived = [f"{change.kind} {change.code}" for change in gone if change.kind != "target"]
    withdrawn = [f"{change.code} {change.period}" for change in gone if change.kind == "target"]
    said = []
    if archived:
        said.append(
            f"Archived: {_some(archived)}. What is archived leaves every scorecard and list. What is recorded of it "
            "stays, and comes back with it."
        )
    if withdrawn:
        said.append(f"No target any more: {_some(withdrawn)}. Figures there can't be rated and count as M.")
    return said


def _some(names: Sequence[str], most: int = 5) -> str:
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
