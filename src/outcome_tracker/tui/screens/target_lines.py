"""What "Plan files and targets" lists in its tabs Targets and Files, and what is below each line in full."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from outcome_tracker.core.number import with_unit
from outcome_tracker.core.target import as_written
from outcome_tracker.core.target_list import State
from outcome_tracker.core.wording import ABSENT, ILLUSTRATIVE, POLARITY_PHRASE, goal_text
from outcome_tracker.tracker.moments import moment
from outcome_tracker.tracker.plan_overview import Place
from outcome_tracker.tui.cells import ILLUSTRATIVE_SHORT
from outcome_tracker.tui.widgets.drawn import paragraphs, text, wrapped
from outcome_tracker.tui.widgets.grid_data import Cell, Column, Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.content import Content

    from outcome_tracker.core.target_list import TargetLine
    from outcome_tracker.tracker.plan_overview import Overview, PlanFile
    from outcome_tracker.tui.widgets.drawn import Draw

NO_DETAIL = paragraphs(())


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a tab: what is said of it below, what it is about, and the place to open, or why there is none."""

    line: Line
    detail: Draw = NO_DETAIL
    place: Place | None = None
    why_not: str = ""
    about: tuple[str | None, str | None] = (None, None)


TARGET_COLUMNS = (
    Column("code", "", priority=90),
    Column("title", "", width=20, fill=1, priority=80),
    Column("holds", "holds for", priority=95),
    Column("target", "target", align="right", width=6, priority=100),
    Column("tolerance", "tolerance", priority=60),
    Column("state", "", priority=98, narrow=10),
    Column("flag", "", priority=70),
)
FILE_COLUMNS = (
    Column("name", "file", priority=100),
    Column("title", "what it holds", width=16, fill=1, priority=60),
    Column("size", "size", align="right", priority=70),
    Column("changed", "last changed", priority=80),
    Column("standing", "", width=10, priority=95),
)
OPENS = "Enter opens it in your editor."
_STATES = {
    State.IN_FORCE: Cell(str(State.IN_FORCE), "strong"),
    State.AGREED: Cell(),
    State.REPLACED: Cell("revised", "muted"),
    State.PROPOSED: Cell(str(State.PROPOSED), "accent", "proposed"),
    State.NO_TARGET: Cell(str(State.NO_TARGET), "muted"),
    State.CONTEXT: Cell(str(State.CONTEXT), "muted", "context"),
}


def target_items(overview: Overview) -> Iterator[Item]:
    """Yield the targets by plan; an indicator's code and title stand beside its first one only."""
    plan = indicator = ""
    for found in overview.targets:
        if found.plan.code != plan:
            plan = found.plan.code
            flag = f" {ILLUSTRATIVE}" if found.plan.illustrative else ""
            yield Item(Line(f"plan {plan}", heading=True, title=f"{found.plan.title}{flag}", gap=True))
        place = overview.place(found.indicator.code, found.target.year if found.target else None)
        yield Item(
            _target_line(found, is_first=found.indicator.code != indicator),
            partial(_target_detail, found, place),
            place,
            f"{found.indicator.code} is in no plan file on disk, as far as they can be read.",
            (plan, found.indicator.code),
        )
        indicator = found.indicator.code


def target_key(found: TargetLine) -> str:
    """Return the key of a target's line."""
    year = found.target.year.code if found.target else ""
    start = found.revision.start.code if found.revision else ""
    return "|".join((found.indicator.code, year, start, "proposed" if found.state is State.PROPOSED else ""))


def _target_line(found: TargetLine, *, is_first: bool) -> Line:
    indicator, muted = found.indicator, "" if found.state is State.IN_FORCE else "muted"
    cells = {
        "holds": Cell(found.holds, muted),
        "target": Cell(goal_text(found.goal, indicator), muted) if found.goal else Cell(ABSENT, "muted"),
        "tolerance": Cell(indicator.tolerance.code if found.goal else "", "muted"),
        "state": _STATES[found.state],
        "flag": Cell(ILLUSTRATIVE_SHORT if found.illustrative and found.target else "", "muted"),
    }
    if is_first:
        cells |= {"code": Cell(indicator.code, "strong"), "title": Cell(indicator.title)}
    return Line(target_key(found), cells, note=_why(found), note_style="muted")


def _why(found: TargetLine) -> str:
    """Return what explains a target: its profile, and the reason with who gave it."""
    profile = f"profile {found.profile_text}" if found.profile else ""
    reason = f"{found.reason} ({found.by})" if found.reason and found.by else found.reason or found.by
    return " · ".join(part for part in (profile, reason) if part)


def _target_detail(found: TargetLine, place: Place | None, width: int) -> list[Content]:
    """Return the target under the cursor in full, and where it stands in the files."""
    indicator = found.indicator
    said = [text((f"{indicator.code}  {indicator.title}", "bold"))]
    words = f"{found.state}; {POLARITY_PHRASE[indicator.better]}"
    if found.goal is not None:
        goal = " to ".join(with_unit(as_written(n, indicator.decimals), indicator.unit) for n in found.goal.numbers)
        state = "proposed, so nothing is rated against it" if found.state is State.PROPOSED else str(found.state)
        amber = f"Amber up to {indicator.tolerance.code} beyond the target"
        words = f"{found.holds}: {goal}, {state}; {POLARITY_PHRASE[indicator.better]}, {amber}"
    source = f" Source: {found.target.source}." if found.target and found.target.source else ""
    said += wrapped(text(f"{words[0].upper()}{words[1:]}.{source}"), width, most=2)
    where = f"{place}: {OPENS}" if place else "It is in no plan file on disk, as far as they can be read."
    return [*said, text((where, "$quiet"))]


def file_items(overview: Overview) -> Iterator[Item]:
    """Yield the plan files."""
    for file in overview.files:
        cells = {
            "name": Cell(file.path.name, "strong"),
            "title": Cell(file.title),
            "size": Cell(_size(file.size), "muted"),
            "changed": Cell(moment(file.changed) if file.changed else ABSENT, "muted"),
            "standing": Cell(file.standing, "muted" if file.standing == "applied" else ""),
        }
        yield Item(Line(file.name, cells), partial(_file_detail, file), Place(file.name))


_STANDINGS = {
    "applied": "It says what is applied already.",
    "not compared yet": "It is compared with what is applied once the problems in the other files are mended.",
}


def _file_detail(file: PlanFile, width: int) -> list[Content]:
    said = [text((file.title or file.name, "bold")), *wrapped(text(str(file.path)), width, most=2)]
    words = _STANDINGS.get(file.standing, f"{file.standing}.")
    return [*said, *wrapped(text((f"{words} {OPENS}", "$quiet")), width, most=2)]


def _size(size: int | None) -> str:
    if size is None:
        return ABSENT
    return f"{size:,} bytes" if size < 1_000 else f"{size / 1_000:,.1f} kB"  # noqa: PLR2004 - a kilobyte
