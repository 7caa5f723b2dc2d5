"""How the summary answers its questions and lists decisions and plans: reviews in, lines out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from outcome_tracker.core import wording
from outcome_tracker.core.benchmark_wording import benchmark_text
from outcome_tracker.core.direction import Direction
from outcome_tracker.core.rag import Rag
from outcome_tracker.core.signoff_wording import marks
from outcome_tracker.core.text import plural
from outcome_tracker.core.to_green import separation
from outcome_tracker.core.to_green_wording import QUESTION_GREEN, separation_short, to_green_text
from outcome_tracker.tracker.overview import overdue_by_owner, themes, whole
from outcome_tracker.tracker.review import exceptions, published_ratings
from outcome_tracker.tui.cells import (
    DOT,
    ILLUSTRATIVE_SHORT,
    RAG_STYLE,
    bar,
    direction_bar,
    direction_cell,
    direction_parts,
    marks_cell,
    progress_bar,
    rag_cell,
    rag_parts,
    target_cell,
    value_cell,
)
from outcome_tracker.tui.widgets.drawn import apart, cut, text
from outcome_tracker.tui.widgets.grid_data import Cell, Column, Line

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from outcome_tracker.core.commentary import Explained
    from outcome_tracker.core.indicator import Tier
    from outcome_tracker.core.scorecard import Counts, Row
    from outcome_tracker.tracker.overview import Scope
    from outcome_tracker.tracker.review import PlanReview, Review

WIDE = 100  # from this width on the questions are asked in full
TALL = 36  # from this height on there is room for what would make all Green
HIGH = 30  # from this height on there is room for more than the answers
ALL_PLANS = "all plans"  # the key of the council's line
TIER_WORDS: dict[str, str] = {
    "": "all indicators",
    "headline": "headline indicators only",
    "wider": "wider indicators only",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """What a tab shows: columns, lines, and what is said above them.

    `say` returns, for the key of a line and of a column, why it is there: below each line where there is room, else
    of the one under the cursor. With `by_cell` the cursor is on one column, and so is what is said.
    """

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    say: Callable[[str, str], list[tuple[str, str]]] = lambda _line, _column: []
    above: tuple[Content, ...] = ()
    by_cell: bool = False


def one_line(words: str) -> Listed:
    """Return a tab that says one thing."""
    return Listed((Column("title", "", fill=1),), (Line("", {"title": Cell(words, "muted")}),))


# The questions


def questions(
    scope: Scope,
    council: Scope,
    tier: Tier | None,
    explained: Explained,
    width: int,
    *,
    high: bool,
    tall: bool = False,
) -> list[Content]:
    """Draw the questions, each with a bar and its answer, on as many lines as the whole council needs for them.

    Where the screen is `tall`, what would make all Green is among them.
    """
    wide = width >= WIDE
    margin = len(wording.QUESTION_ACTIONS if wide else "Commentary") + 2
    length = 16 if wide else 13
    gap = 2
    room = width - margin - length - gap
    counts, whole_room = scope.counts, width - margin
    lines = len(_actions(council.counts, room, 2)) if high else 1
    actions = _actions(counts, room, lines)
    rows: list[tuple[str, str, Content]] = [
        (
            wording.QUESTION_TARGETS,
            "Targets",
            _beside(bar(counts.every.rag, length), length + gap, _ratings(counts, room)),
        ),
        (
            wording.QUESTION_DIRECTION,
            "Direction",
            _beside(direction_bar(counts.every.direction, length), length + gap, _directions(counts, room)),
        ),
        (wording.QUESTION_ACTIONS, "Actions", _beside(progress_bar(scope.progress, length), length + gap, actions[0])),
        *(("", "", _beside([], length + gap, more)) for more in (actions + [text("")] * lines)[1:lines]),
        *(_to_green(scope, council, whole_room) if tall else []),
        ("Figures in", "Figures in", _returned(scope, whole_room)),
        ("Commentary", "Commentary", _said(explained, whole_room)),
    ]
    if high and _published(council.plans):
        rows.append(_as_published(scope, whole_room))
    narrower = len(scope.plans) < len(council.plans)
    heading = [_named(scope, tier, width, "the list is of all plans" if narrower else "")]
    return heading + [text((f"{full if wide else short:<{margin}}", "$quiet"), answer) for full, short, answer in rows]


def _named(scope: Scope, tier: Tier | None, width: int, aside: str) -> Content:
    """Say what is counted: which plans, and which indicators; and at the end of the line what is not so narrow."""
    invented = scope.counts.illustrative
    flag = f"{DOT}{invented} illustrative {ILLUSTRATIVE_SHORT}" if invented else ""
    named = text((scope.name, "bold"), (DOT + TIER_WORDS[tier or ""] + flag, "$quiet"))
    return apart(named, text((aside, "$quiet")), width) if aside else cut(named, width)


def _beside(shapes: Sequence[tuple[str, str]], margin: int, answer: Content) -> Content:
    drawn = text(*shapes)
    return Content.assemble(drawn, " " * (margin - drawn.cell_length), answer)


def _ratings(counts: Counts, room: int) -> Content:
    line = text(*rag_parts(counts.every.rag))
    return line if line.cell_length <= room else text(*rag_parts(counts.every.rag, short=True))


def _directions(counts: Counts, room: int) -> Content:
    """Draw the counts of directions in the fullest words that there is room for."""
    ways = counts.every.direction
    forms = (text(*direction_parts(ways)), text(*direction_parts(ways, short=True)))
    fitting = next((form for form in forms if form.cell_length <= room), None)
    return fitting or text("  ".join(f"{wording.DIRECTION_GLYPH[way]} {ways.get(way, 0)}" for way in Direction))


def _actions(counts: Counts, room: int, lines: int) -> list[Content]:
    """Draw what there is room for on so many lines, what needs attention first."""
    actions = counts.actions
    parts = wording.actions_line(actions).split(DOT)
    if lines == 1:
        parts = sorted(parts, key=lambda part: (part is not parts[0], "overdue" not in part, "re-phased" not in part))
    return _packed(parts, room, lines)


def _packed(parts: Iterable[str], room: int, lines: int) -> list[Content]:
    """Put parts beside each other on so many lines, as many of them as there is room for."""
    found: list[list[str]] = [[]]
    for part in parts:
        if len(DOT.join([*found[-1], part])) > room and found[-1]:
            if len(found) == lines:
                break
            found.append([])
        found[-1].append(part)
    return [cut(text(DOT.join(line)), room) for line in found]


def _returned(scope: Scope, room: int) -> Content:
    """Draw how many figures are in, and who owes most of the rest, in one line."""
    line = wording.returned_line(scope.counts)
    owners = overdue_by_owner(scope.due)
    for shown in range(len(owners), 0, -1):
        named = ", ".join(f"{owner} {number}" for owner, number in owners[:shown])
        more = f" and {plural(len(owners) - shown, 'more owner')}" if shown < len(owners) else ""
        if len(f"{line}: {named}{more}") <= room:
            return text(f"{line}: {named}{more}")
    return cut(text(line), room)


def to_green(scope: Scope) -> str:
    """Return what separates the indicators that are counted from all Green."""
    return separation_short(separation(scope.rows))


def _to_green(scope: Scope, council: Scope, room: int) -> list[tuple[str, str, Content]]:
    """Return the same in as many lines as the whole council needs."""
    lines = len(_packed(to_green(council).split(DOT), room, 2))
    said = _packed(to_green(scope).split(DOT), room, lines)
    first, *others = said + [text("")] * (lines - len(said))
    return [(QUESTION_GREEN, "To Green", first), *(("", "", line) for line in others)]


def _said(explained: Explained, room: int) -> Content:
    words, style = wording.commentary_line(explained), "$warning" if explained.missing else ""
    return cut(text((words, style)), room)


def _published(plans: Iterable[PlanReview]) -> list[tuple[PlanReview, str, int]]:
    """Return the plans whose ratings a source printed, with its line and how many measures that counts."""
    return [(plan, *found) for plan in plans if (found := published_ratings(plan))]


def _as_published(scope: Scope, room: int) -> tuple[str, str, Content]:
    """Return the line of ratings as the source printed it, with how much of it can be checked."""
    found = _published(scope.plans)
    if not found:
        return "", "", text("")
    if len(found) > 1:
        return "As published", "Published", text((f"printed for {len(found)} plans; choose one below", "$quiet"))
    ((plan, line, measures),) = found
    about = f"{line} ({measures} measures; {plan.printed} figures printed)"
    return f"As published, {plan.plan.code}", "Published", cut(text((about, "$quiet")), room)


# What needs a decision


def decisions(review: Review, missing: Collection[str], said: Collection[str]) -> Listed:
    """List what needs a decision with its reasons; columns that would be empty are left out."""
    rows = exceptions(review.rows)
    if not rows:
        if review.rows:
            return one_line("Nothing: no indicator is Red or has declined.")
        return one_line(f"No {'such indicator' if review.plans else 'plan'} counts in this period.")
    names = {row.benchmarks[0].benchmark.comparator for row in rows if row.benchmarks}
    lines = tuple(_decision(row, missing) for row in rows)
    by_code = {row.indicator.code: row for row in rows}

    def say(code: str, _column: str) -> list[tuple[str, str]]:
        reasons = _reasons(by_code[code], said) if code in by_code else []
        return [(DOT.join(part for part in reasons if part), "$quiet")]

    columns = [
        Column("rag", "Rating", narrow=3, short="RAG", priority=90),
        Column("direction", "", priority=85),
        Column("title", "Indicator", width=36, fill=1, priority=100),
        Column("value", "Figure", align="right", priority=95),
        Column("marks", "", priority=94),
        Column("target", "Target", align="right", priority=80),
        Column("benchmark", names.pop() if len(names) == 1 else "Benchmark", align="right", priority=50),
        Column("commentary", "Commentary", narrow=7, priority=70),
    ]
    filled = {key for line in lines for key, cell in line.cells.items() if cell.text}
    return Listed(tuple(column for column in columns if column.key in filled), lines, say)


def _decision(row: Row, missing: Collection[str]) -> Line:
    indicator = row.indicator
    beside = row.benchmarks[0] if row.benchmarks else None
    verdict = f"{wording.VERDICT_GLYPH[beside.verdict]} " if beside and beside.verdict else ""
    return Line(
        indicator.code,
        {
            "rag": rag_cell(row.rag),
            "direction": direction_cell(row.direction),
            "title": Cell(indicator.title),
            "value": value_cell(row),
            "marks": marks_cell(row),
            "target": target_cell(row),
            "benchmark": Cell(verdict + wording.value_text(beside.value, indicator.unit)) if beside else Cell(),
            "commentary": Cell("missing", "warning") if indicator.code in missing else Cell(),
        },
    )


def _reasons(row: Row, said: Collection[str]) -> list[str]:
    unit = row.indicator.unit
    return [
        wording.against_target(row) or wording.rag_reason_text(row),
        to_green_text(row),
        wording.travel_text(row.travel, unit),
        benchmark_text(row.benchmarks[0], unit) if row.benchmarks else "",
        "" if row.indicator.code in said else "no commentary yet",
    ]


# The plans


def plan_columns(*, trend: bool) -> tuple[Column, ...]:
    """Return the columns of the plans; the trend of Green only where one is drawn."""
    return (
        Column("title", "Plans", width=32, fill=1, priority=100),
        *(Column(rag.value, wording.RAG_LETTER[rag], align="right", priority=90) for rag in Rag),
        *(Column(way.value, wording.DIRECTION_GLYPH[way], align="right", priority=80) for way in Direction),
        Column("actions", "Actions", align="right", priority=70),
        Column("figures", "Figures", align="right", priority=75),
        *([Column("trend", "% Green", priority=60)] if trend else []),
    )


def plan_lines(review: Review, trends: Mapping[str, str], *, high: bool) -> list[Line]:
    """List the plans below their themes, where there are any, and all of them where there is more than one.

    A theme of one plan counts what that plan counts: unless the screen is `high` it is left out.
    """
    lines: list[Line] = []
    grouped = themes(review)
    for theme in grouped:
        headed = high or len(theme.plans) > 1
        if headed:
            lines.append(_counted(theme_key(theme.name), theme.name, theme.counts, trends, style="strong"))
        lines += [_plan(plan, trends, indent="  " * headed) for plan in theme.plans]
    if not grouped:
        lines += [_plan(plan, trends) for plan in review.plans]
    if len(review.plans) > 1:
        everything = whole(review)
        lines.append(_counted(ALL_PLANS, everything.name, everything.counts, trends, style="strong"))
    return lines


def theme_key(name: str) -> str:
    """Return the key of a theme's line, which no plan's code can be."""
    return f"theme {name}"


def _plan(plan: PlanReview, trends: Mapping[str, str], indent: str = "") -> Line:
    flag = f" {wording.ILLUSTRATIVE}" if plan.plan.illustrative else ""
    mark = f"{marks(plan.progress)} ".lstrip()
    return _counted(plan.plan.code, indent + mark + plan.plan.title + flag, plan.counts, trends)


def _counted(key: str, title: str, counts: Counts, trends: Mapping[str, str], style: str = "") -> Line:
    share = counts.actions.share
    cells = {
        "title": Cell(title, style),
        "actions": Cell(wording.ABSENT if share is None else f"{share}%"),
        "figures": Cell(f"{counts.returned}/{counts.due}"),
        "trend": Cell(trends.get(key, ""), "muted"),
    }
    for rag, number in counts.every.rag.items():
        cells[rag.value] = Cell(str(number), RAG_STYLE[rag] if number else "muted")
    for way, number in counts.every.direction.items():
        cells[way.value] = Cell(str(number), "" if number else "muted")
    return Line(key, cells)
