"""Every word, glyph and sentence that both front ends and the reports use, in the field's standard terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.benchmark import Verdict
from outcome_tracker.core.benchmark_wording import benchmark_text
from outcome_tracker.core.commentary import State
from outcome_tracker.core.direction import Direction
from outcome_tracker.core.indicator import Basis, Compare, Indicator, Polarity
from outcome_tracker.core.milestone import NOT_STATED, Progress, read_due
from outcome_tracker.core.number import Unit, UnitKind, grouped, half_up, with_unit
from outcome_tracker.core.period import MONTHS, Kind, Period
from outcome_tracker.core.rag import Rag, distance
from outcome_tracker.core.target import as_written
from outcome_tracker.core.text import listed, plural

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from outcome_tracker.core.commentary import Explained, Subject
    from outcome_tracker.core.figure import Content
    from outcome_tracker.core.milestone import Actions
    from outcome_tracker.core.past import Earlier
    from outcome_tracker.core.scorecard import Counts, Rating, Row
    from outcome_tracker.core.standing import Measured, Travel
    from outcome_tracker.core.target import Goal, InForce

# Letter, shape and word, so that no meaning hangs on colour. The glyphs are in Windows Terminal's default font.
RAG_WORD = {Rag.GREEN: "Green", Rag.AMBER: "Amber", Rag.RED: "Red", Rag.M: "M"}
RAG_GLYPH = {Rag.GREEN: "●", Rag.AMBER: "▲", Rag.RED: "■", Rag.M: "◌"}
RAG_LETTER = {Rag.GREEN: "G", Rag.AMBER: "A", Rag.RED: "R", Rag.M: "M"}
DIRECTION_WORD = {
    Direction.IMPROVED: "Improved",
    Direction.SAME: "Same",
    Direction.DECLINED: "Declined",
    Direction.UNKNOWN: "Unknown",
}
DIRECTION_GLYPH = {Direction.IMPROVED: "↗", Direction.SAME: "→", Direction.DECLINED: "↘", Direction.UNKNOWN: "?"}
DIRECTION_PHRASE = {
    Direction.IMPROVED: "Improved performance",
    Direction.SAME: "Stayed the same",
    Direction.DECLINED: "Requires improvement",
    Direction.UNKNOWN: "Further information is needed or the latest measure is unavailable",
}
VERDICT_GLYPH = {
    Verdict.BETTER: "✓",
    Verdict.SIMILAR: "≈",
    Verdict.WORSE: "✗",
    Verdict.HIGHER: "+",
    Verdict.LOWER: "−",
}
PROGRESS_WORD = {progress: progress.value.capitalize() for progress in Progress}
PROGRESS_GLYPH = {
    Progress.NOT_STARTED: "○",
    Progress.ON_TRACK: "→",
    Progress.DELIVERED: "✓",
    Progress.DELAYED: "!",
    Progress.REPHASED: "»",
    Progress.CANCELLED: "×",
}
STATE_GLYPH = {State.MISSING: "!", State.INCOMPLETE: "○", State.GIVEN: "✓", State.NONE: "–"}
POLARITY_PHRASE = {
    Polarity.HIGHER: "higher is better",
    Polarity.LOWER: "lower is better",
    Polarity.WITHIN: "best within its range",
    Polarity.NEITHER: "context, not judged",
}
BASIS_PHRASE = {
    Basis.POINT: "at the period's end",
    Basis.PERIOD: "in the period",
    Basis.CUMULATIVE: "the year to date",
    Basis.ROLLING: "the last 12 months",
}
COMPARE_PHRASE = {
    Compare.PREVIOUS: "the period before",
    Compare.YEAR_BEFORE: "the same period last year",
    Compare.YEAR_END: "the previous year end",
    Compare.LAST: "the last available figure",
}
QUESTION_TARGETS = "Are we achieving our targets?"
QUESTION_DIRECTION = "Are we getting better?"
QUESTION_ACTIONS = "Are we completing the actions in our plans?"
_MANY = 4  # from so many on "no" stands once
ILLUSTRATIVE = "[illustrative]"
PROVISIONAL = "[p]"
BREAK = "[b]"
REVISED = "[r]"
ABSENT = "–"


def rag_label(rag: Rag | None) -> str:
    """Return shape and word: `● Green`; context has neither."""
    return f"{RAG_GLYPH[rag]} {RAG_WORD[rag]}" if rag else "context"


def direction_label(direction: Direction | None) -> str:
    """Return arrow and word: `↗ Improved`; the arrow says better or worse, never up or down."""
    return f"{DIRECTION_GLYPH[direction]} {DIRECTION_WORD[direction]}" if direction else ""


def line(counts: Mapping[Rag, int]) -> str:
    """Return the line as the councils print it: `Green – 4; Amber – 3; Red – 8; M – 3`."""
    return "; ".join(f"{RAG_WORD[rag]} – {counts.get(rag, 0)}" for rag in Rag)


def direction_line(counts: Mapping[Direction, int]) -> str:
    """Return the second line: `↗ 7 improved   → 5 same   ↘ 3 requires improvement   ? 3 information needed`."""
    words = {
        Direction.IMPROVED: "improved",
        Direction.SAME: "same",
        Direction.DECLINED: "requires improvement",
        Direction.UNKNOWN: "information needed",
    }
    return "   ".join(f"{DIRECTION_GLYPH[d]} {counts.get(d, 0)} {words[d]}" for d in Direction)


def actions_line(actions: Actions) -> str:
    """Return the third line: `77% delivered or on track · 6 delivered this year · 3 re-phased`."""
    if actions.share is None:
        return "no actions are planned"
    parts = [
        f"{actions.share}% delivered or on track",
        f"{actions.delivered_in_year} delivered this year",
        f"{actions.rephased} re-phased",
    ]
    if actions.overdue:
        parts.append(f"{actions.overdue} overdue")
    if actions.cancelled:
        parts.append(f"{actions.cancelled} cancelled, not counted")
    return " · ".join(parts)


def returned_line(counts: Counts) -> str:
    """Return `15 of 18 returned · 3 overdue`."""
    overdue = f" · {counts.overdue} overdue" if counts.overdue else ""
    return f"{counts.returned} of {counts.due} returned{overdue}"


def explained_line(found: Explained) -> str:
    """Return `3 of 5 explained; 2 missing`."""
    if not found.needed:
        return "nothing has to be explained"
    return f"{found.needed - found.missing} of {found.needed} explained; {found.missing} missing"


def lacking_text(subject: Subject) -> str:
    """Return what a Red's commentary does not say: `no action, no owner`."""
    names = [section.missing for section in subject.lacking]
    return ", ".join(f"no {name}" for name in names) if len(names) < _MANY else f"no {listed(names, 'or')}"


def commentary_line(found: Explained) -> str:
    """Return how many of the headline indicators that are Red or have declined are not explained."""
    if not found.needed:
        return "none needed: no headline indicator is Red or has declined"
    are = "is Red or has" if found.needed == 1 else "are Red or have"
    return f"{found.missing or 'none'} missing · {plural(found.needed, 'headline indicator')} {are} declined"


def value_text(value: Decimal | None, unit: Unit) -> str:
    """Return a figure with its short unit for a table: `15.9%`, `73.0`, `£1,200`; a dash when absent."""
    if value is None:
        return ABSENT
    short = unit.kind in {UnitKind.PERCENT, UnitKind.POUNDS}
    return with_unit(value, unit) if short else grouped(value)


def goal_text(goal: Goal, indicator: Indicator) -> str:
    """Return a target as written: `14`, `1,100 to 1,300`."""
    return " to ".join(grouped(as_written(n, indicator.decimals)) for n in goal.numbers)


def target_text(target: InForce | None, indicator: Indicator) -> str:
    """Return the target of a table's cell, saying where a year-end number is profiled; a dash without one."""
    if target is None:
        return ABSENT
    return goal_text(target.goal, indicator) + (" profiled" if target.profiled else "")


def marks(figure: Measured, row: Row | None = None) -> str:
    """Return the marks a figure carries: `[p]` provisional, `[illustrative]`."""
    found = [PROVISIONAL] if figure.provisional and figure.value is not None else []
    if figure.illustrative or (row is not None and row.illustrative):
        found.append(ILLUSTRATIVE)
    return " ".join(found)


def parts_text(content: Content | None) -> str:
    """Return `44 of 276`, or one part alone, or nothing."""
    if content is None or content.numerator is None:
        return "" if content is None or content.denominator is None else f"of {grouped(content.denominator)}"
    top = grouped(content.numerator)
    return f"{top} of {grouped(content.denominator)}" if content.denominator is not None else top


def difference_text(amount: Decimal, unit: Unit) -> str:
    """Return a difference with its unit; between percentages it is in percentage points."""
    size = abs(amount)
    if unit.kind is UnitKind.PERCENT:
        return f"{grouped(size)} percentage {'point' if size == 1 else 'points'}"
    return with_unit(size, unit)


def against_target(row: Rating) -> str:
    """Return how a figure stands to its target: `1.9 percentage points above the target of 14`."""
    if row.figure.value is None or row.target is None:
        return ""
    indicator, goal = row.indicator, row.target.goal
    wanted = f"the {'profiled ' if row.target.profiled else ''}target of {goal_text(goal, indicator)}"
    if goal.value is None:
        away, bound = distance(row.figure.value, goal)
        if not away:
            return f"within {wanted}"
        side = "below" if bound > row.figure.value else "above"
        return f"{difference_text(half_up(away, indicator.decimals), indicator.unit)} {side} {wanted}"
    gap = row.figure.value - as_written(goal.value, indicator.decimals)
    if not gap:
        return f"exactly on {wanted}"
    return f"{difference_text(gap, indicator.unit)} {'above' if gap > 0 else 'below'} {wanted}"


def travel_text(travel: Travel | None, unit: Unit) -> str:
    """Return `Improved from 16.9% in Quarter 4 2017-18`, or why the direction is unknown.

    Of year-to-date counts it names what each period added: `Improved: 114 added, after 87 in Quarter 3 2018-19`.
    """
    if travel is None:
        return ""
    if travel.direction is Direction.UNKNOWN or travel.period is None or travel.earlier is None:
        return f"Direction unknown: {travel.reason}"
    flag = f" {ILLUSTRATIVE}" if travel.illustrative else ""
    earlier = f"{with_unit(travel.earlier, unit)} in {period_short(travel.period)}{flag}"
    if travel.increment and travel.later is not None:
        judged = DIRECTION_PHRASE[travel.direction].removesuffix(" performance")
        return f"{judged}: {with_unit(travel.later, unit)} added, after {earlier}"
    verb = {
        Direction.IMPROVED: "Improved from",
        Direction.SAME: "Stayed the same as",
        Direction.DECLINED: "Requires improvement: was",
    }[travel.direction]
    return f"{verb} {earlier}"


def period_short(period: Period) -> str:
    """Return a period inside a sentence: `Quarter 4 2017-18`, without its months."""
    return period.short


def period_column(period: Period) -> str:
    """Return a period as the heading of a narrow column: `Q4 18-19`, `Mar 2019`, `2018-19`."""
    if period.kind is Kind.MONTH:
        return f"{MONTHS[period.number - 1]} {period.year}"
    years, _, part = period.code.partition(" ")
    return f"{part} {years[2:]}" if part and years[:2].isdigit() else period.code


def earlier_text(earlier: Earlier, unit: Unit, column: Period, *, flag: str = "") -> str:
    """Return a figure of the past in a period's or a year's column, its marks in front, where digits stay aligned.

    `H2` and `year` say that it covers more than the column does, `Q4` that it is its year's last quarter alone.
    """
    figure = earlier.figure
    if figure.value is None:
        return ABSENT
    longer = "" if figure.period.months <= column.months else f"H{figure.period.number}"
    marks = [
        BREAK if earlier.parted else "",
        PROVISIONAL if figure.provisional else "",
        flag if figure.illustrative else "",
        "year" if longer and figure.period.kind is not Kind.HALF else longer,
        period_column(figure.period).split()[0] if earlier.alone else "",
    ]
    return " ".join([*(mark for mark in marks if mark), value_text(figure.value, unit)])


def short_comparator(name: str) -> str:
    """Return a comparator's name as the heading of a narrow column."""
    return "Neighbours" if name.casefold().endswith(" neighbours") else name


def sentence(row: Row, to_green: str = "") -> str:
    """Return the indicator in words: figure, target, rating, what is missing to Green, direction, first benchmark."""
    opening, unit = rated_text(row), row.indicator.unit
    if row.figure.value is None:
        return f"{opening}."
    parts = [opening, f"{to_green[:1].upper()}{to_green[1:]}", travel_text(row.travel, unit)]
    if row.benchmarks:
        parts.append(benchmark_text(row.benchmarks[0], unit))
    return " ".join(f"{part}." for part in parts if part)


def rated_text(row: Rating) -> str:
    """Return a figure with its rating: `15.9% in Quarter 4 2018-19, 1.9 points above the target of 14: Red`."""
    figure = row.figure
    if figure.value is None:
        note = f" ({figure.note})" if figure.note else ""
        return f"No figure for {period_short(figure.period)}: {figure.absent}{note}"
    said = f"{with_unit(figure.value, row.indicator.unit)} in {period_short(figure.period)}"
    if row.rag is not None:
        stand = against_target(row)
        reason = f" ({row.rag_reason})" if row.rag_reason else ""
        said += (f", {stand}" if stand else "") + f": {RAG_WORD[row.rag]}{reason}"
    return said


def rag_reason_text(row: Rating) -> str:
    """Return why a rating cannot be given, with what is known of the figure: `no target`, `due on 2019-04-15`."""
    if row.rag_reason is None:
        return ""
    return (
        f"{row.rag_reason}; {row.figure.note}" if row.figure.note and row.figure.value is None else row.rag_reason.value
    )


def due_text(due: str) -> str:
    """Return a milestone's due date for people: `31 Mar 2019`, `during 2019-20`, `date not stated`."""
    when = read_due(due)
    if when is None:
        return f"date {NOT_STATED}"
    return f"during {when.code}" if isinstance(when, Period) else f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def printed_text(measures: int, printed: int) -> str:
    """Return how much of a published line the source's own figures cover."""
    return f"{plural(measures, 'measure')} as published; the figures of {printed} are printed"
