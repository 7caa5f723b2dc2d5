"""Is the change real, in words: icons and words of variation and assurance, what was seen and since when.

An icon says which way the figures went, up or down, and beside it whether that is better or worse, as the icons of
NHS England's Making Data Count do with H, L and their colours; its letters stand in where glyphs can't be shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.indicator import Basis
from outcome_tracker.core.number import UnitKind, grouped, half_up, with_unit
from outcome_tracker.core.period import Kind
from outcome_tracker.core.spc import Assurance, NoChart, Variation, rules_of
from outcome_tracker.core.target import as_written
from outcome_tracker.core.text import plural
from outcome_tracker.core.wording import ILLUSTRATIVE, PROVISIONAL, period_short
from outcome_tracker.core.xmr import LEAST, WINDOW, Cause

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

    from outcome_tracker.core.indicator import Indicator
    from outcome_tracker.core.scorecard import Row
    from outcome_tracker.core.spc import Chart, Point, Signal

VARIATION_WORD = {
    Variation.COMMON: "Common cause",
    Variation.IMPROVEMENT: "Improvement",
    Variation.CONCERN: "Concern",
    Variation.HIGH: "High",
    Variation.LOW: "Low",
}
ASSURANCE_WORD = {
    Assurance.HITS: "Consistently hits target",
    Assurance.MISSES: "Consistently misses target",
    Assurance.EITHER: "Hit and miss",
}
ASSURANCE_GLYPH = {Assurance.HITS: "✓", Assurance.MISSES: "✗", Assurance.EITHER: "±"}
ASSURANCE_LETTER = {Assurance.HITS: "P", Assurance.MISSES: "F", Assurance.EITHER: "?"}  # pass and fail
_MARK = {Variation.IMPROVEMENT: ("✓", "+"), Variation.CONCERN: ("!", "!")}
_COMMON = "~"
_FEWEST = 3  # points: two lie inside their own limits whatever they are
TOO_FEW = "Too few figures"
_PERIOD_NOUN = {Kind.MONTH: "month", Kind.QUARTER: "quarter", Kind.HALF: "half-year"}  # annual figures don't overlap
TITLE = "Statistical process control"
HOW_TO_READ = (
    "Figures inside the limits and in no run or trend vary by chance: react to none of them alone. A special cause "
    "is worth asking what happened. It adds to the rating and never changes it."
)


def icon(point: Point, *, letters: bool = False) -> str:
    """Return a point's icon: `~` common cause, `↓✓` low and better, `↑!` high and worse, `↑` high; or H, L, +, !."""
    if point.variation is Variation.COMMON:
        return _COMMON
    arrow = ("H" if letters else "↑") if point.seen.way > 0 else ("L" if letters else "↓")
    return arrow + _MARK.get(point.variation, ("", ""))[letters]


def variation_label(signal: Signal, *, letters: bool = False) -> str:
    """Return icon and word: `↓✓ Improvement`; nothing is called common cause where no other could be seen."""
    if are_few(signal):
        return TOO_FEW
    return f"{icon(signal.last, letters=letters)}\u00a0{VARIATION_WORD[signal.variation]}"


def assurance_label(signal: Signal, *, letters: bool = False) -> str:
    """Return icon and word: `✗ Consistently misses target`; nothing where there is no assurance, or too few figures."""
    if signal.assurance is None or are_few(signal):
        return ""
    glyph = (ASSURANCE_LETTER if letters else ASSURANCE_GLYPH)[signal.assurance]
    return f"{glyph}\u00a0{ASSURANCE_WORD[signal.assurance]}"


def label(row: Row) -> str:
    """Return a row's signal for a scorecard: `↑! Concern · ± Hit and miss · trial limits`; nothing without one.

    Where there are no limits, neither "common cause" nor "hit and miss" is said: nothing has been tried.
    """
    signal = row.signal
    if signal is None:
        return ""
    limited = signal.limits.reach is not None and not are_few(signal)
    parts = [
        variation_label(signal) if limited or signal.since or are_few(signal) else "",
        assurance_label(signal) if limited else "",
        ("trial limits" if signal.trial else "") if limited else "" if are_few(signal) else "no limits",
        f"as of {period_short(signal.last.period)}" if _is_late(row, signal) else "",
        ILLUSTRATIVE if signal.illustrative and not row.illustrative else "",
    ]
    return " · ".join(part for part in parts if part)


def reason_text(row: Row) -> str:
    """Return what was seen and since when: `8 points in a row below the mean since Quarter 1 2017-18`.

    It adds what one must know to judge it: trial limits, a latest figure of an earlier period, made-up figures.
    """
    signal = row.signal
    if signal is None:
        return ""
    few = are_few(signal)
    said = [f"{plural(len(signal.group), 'point')}, at least {_FEWEST} are needed" if few else _seen(signal)]
    if signal.limits.reach is None and not few:
        said.append("no limits: the points that they rest on are all equal")
    elif signal.trial and not few:
        said.append(f"trial limits: {plural(len(signal.group), 'point')}")
    if signal.increments:
        said.append(f"charted is what each {_PERIOD_NOUN[row.indicator.kind]} added")
    if _is_late(row, signal):
        said.append(f"the latest figure is of {period_short(signal.last.period)}")
    return "; ".join(said) + (f" {ILLUSTRATIVE}" if signal.illustrative else "")


def are_few(signal: Signal) -> bool:
    """Tell whether figures are too few for anything to be seen in them."""
    return len(signal.group) < _FEWEST and signal.since is None


def _seen(signal: Signal) -> str:
    seen, start = signal.last.seen, signal.since
    if start is None:
        total = plural(len(signal.group), "point")
        if signal.limits.reach is None:
            return f"no run or trend in {total}"
        return f"the latest of {total} is inside the limits and in no run or trend"
    count = plural(seen.count, "point")
    since = f" since {period_short(start)}"
    match seen.cause:
        case Cause.OUTSIDE:
            beyond = _side(seen.way, "above the upper limit", "below the lower limit")
            return f"{count} in a row {beyond}{since}" if seen.count > 1 else f"{beyond} in {period_short(start)}"
        case Cause.TREND:
            return f"{count} in a row, each {_side(seen.way, 'higher', 'lower')} than the one before,{since}"
        case Cause.CLOSE:
            return f"{seen.count} of {WINDOW} points close to the {_side(seen.way, 'upper', 'lower')} limit{since}"
        case Cause.RUN | Cause.COMMON:
            return f"{count} in a row {_side(seen.way, 'above', 'below')} the mean{since}"


def _side(way: int, high: str, low: str) -> str:
    return high if way > 0 else low


def _is_late(row: Row, signal: Signal) -> bool:
    """Tell whether the latest point is of an earlier period than the figure that stands, or should stand."""
    return signal.last.period.end < min(row.figure.period.end, row.reporting.end)


def assurance_text(row: Row) -> str:
    """Return whether the target will be met, and why: `Consistently misses target: no value inside … meets 14`."""
    signal = row.signal
    if signal is None:
        return ""
    if signal.assurance is None or signal.target is None:
        return "none: the target is for the year to date" if signal.increments and row.target else ""
    goal = f"the target of {grouped(as_written(signal.target, row.indicator.decimals))}"
    flag = f" {ILLUSTRATIVE}" if signal.illustrative else ""
    if are_few(signal):
        return f"none: too few figures to hold {goal} against{flag}"
    if signal.limits.reach is None:
        return f"none: there are no limits to hold {goal} against{flag}"
    if signal.assurance is Assurance.EITHER:
        why = f"{goal} lies inside the {limit_name(signal)}s"
    else:
        which = "every" if signal.assurance is Assurance.HITS else "no"
        why = f"{which} figure inside the {limit_name(signal)}s meets {goal}"
    return f"{assurance_label(signal)}: {why}{flag}"


def limits_text(signal: Signal, indicator: Indicator) -> str:
    """Return `mean 15.93%, limits 12.10% to 19.77%`: a decimal finer than figures; trial limits are called that."""
    mean, lower, upper = signal.limits.mean, signal.limits.lower, signal.limits.upper
    said = f"mean {_number(mean, indicator)}"
    if lower is None or upper is None:
        return said
    name = "trial limits" if signal.trial else "limits"
    return f"{said}, {name} {_number(lower, indicator)} to {_number(upper, indicator)}"


def _number(number: Fraction, indicator: Indicator) -> str:
    value = finer(number, indicator)
    return grouped(value) if indicator.unit.kind is UnitKind.RATE else with_unit(value, indicator.unit)


def finer(number: Decimal | Fraction, indicator: Indicator) -> Decimal:
    """Return a mean or a limit rounded to a decimal more than figures have."""
    return half_up(number, indicator.decimals + 1)


def point_text(point: Point, indicator: Indicator) -> str:
    """Return what is seen at a point of a chart: `above the upper limit`; nothing where it is common cause."""
    run = plural(rules_of(indicator).run, "point")
    way = point.seen.way
    match point.seen.cause:
        case Cause.OUTSIDE:
            return _side(way, "above the upper limit", "below the lower limit")
        case Cause.TREND:
            return f"in a {_side(way, 'rise', 'fall')} of {run} or more"
        case Cause.CLOSE:
            return f"at least {LEAST} of {WINDOW} points close to the {_side(way, 'upper', 'lower')} limit"
        case Cause.RUN:
            return f"in a run of {run} or more {_side(way, 'above', 'below')} the mean"
        case Cause.COMMON:
            return ""


def sentence(row: Row, chart: Chart) -> str:
    """Return all that is to be said of a row's signal, or why there is none, in sentences."""
    if row.signal is None:
        return f"{TITLE}: {absent_text(chart, row.indicator)}."
    limits = limits_text(row.signal, row.indicator)
    parts = [
        f"{variation_label(row.signal)}: {reason_text(row)}",
        f"Assurance: {said}" if (said := assurance_text(row)) else "",
        limits[0].upper() + limits[1:],
    ]
    return " ".join(f"{part}." for part in parts if part)


def chart_title(indicator: Indicator, chart: Chart) -> str:
    """Return what a chart is of; of year-to-date counts it says that it shows what each period added."""
    added = f", added in each {_PERIOD_NOUN[indicator.kind]}" if chart.increments else ""
    return f"{indicator.title}{added}"


def limit_name(signal: Signal) -> str:
    """Return what a limit is called: a trial limit where it rests on few points."""
    return "trial limit" if signal.trial else "limit"


def marks(point: Point) -> list[str]:
    """Return the marks a point carries: `[p]` provisional, `[illustrative]`."""
    return [PROVISIONAL] * point.provisional + [ILLUSTRATIVE] * point.illustrative


def absent_text(chart: Chart, indicator: Indicator) -> str:
    """Return why there is no signal; nothing where there is one."""
    covers = "the last 12 months" if indicator.basis is Basis.ROLLING else "the year to date"
    match chart.absent:
        case NoChart.OVERLAP:
            return f"none: each figure covers {covers}, so successive figures overlap"
        case NoChart.NO_INCREMENTS:
            return f"none: each figure covers {covers}, and what each {_PERIOD_NOUN[indicator.kind]} added is not known"
        case NoChart.NO_FIGURES:
            return "none: there is no figure"
        case None:
            return ""
