"""Words that reports alone use: the marks in tables, the lines in full, and why a part has nothing to say."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from outcome_tracker.core.direction import Direction
from outcome_tracker.core.number import UnitKind
from outcome_tracker.core.rag import Rag, Reason
from outcome_tracker.core.signal_wording import absent_text
from outcome_tracker.core.text import plural
from outcome_tracker.core.wording import (
    ABSENT,
    BREAK,
    DIRECTION_PHRASE,
    ILLUSTRATIVE,
    PROVISIONAL,
    RAG_WORD,
    REVISED,
    actions_line,
    difference_text,
    period_short,
    rag_reason_text,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outcome_tracker.core.indicator import Indicator
    from outcome_tracker.core.milestone import Actions
    from outcome_tracker.core.number import Unit
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.report_matter import PlanTold
    from outcome_tracker.core.scorecard import Compared, Counts, Rating, Tally
    from outcome_tracker.core.spc import Chart
    from outcome_tracker.core.suppression import Reason as Refusal

_LISTED = 4  # periods; of more the first and the last are named
SUPPRESSED, NOT_AVAILABLE, NOT_APPLICABLE = "[c]", "[x]", "[z]"
ABSENT_MARK = {
    Reason.SUPPRESSED: SUPPRESSED,
    Reason.NOT_AVAILABLE: NOT_AVAILABLE,
    Reason.NOT_APPLICABLE: NOT_APPLICABLE,
}
MARKS = (
    (SUPPRESSED, "hidden, so that nobody can be recognised from a small number"),
    (NOT_AVAILABLE, "not available"),
    (NOT_APPLICABLE, "not applicable"),
    (ABSENT, "no figure, or no target; the notes say why"),
    (PROVISIONAL, "provisional: expected to change"),
    (REVISED, "revised after it was due"),
    (BREAK, "the series breaks here: not comparable with what is before"),
    (ILLUSTRATIVE, "invented to show how the report works; never to be quoted"),
)
DIRECTION_HEADING = {
    Direction.IMPROVED: "Improved",
    Direction.SAME: "Stayed the same",
    Direction.DECLINED: "Requires improvement",
    Direction.UNKNOWN: "Information needed",
}
UNSUPPRESSED = "Small numbers are NOT hidden in this report. It is for officers only and must not be published."
NO_COMMENTARY = "There is no commentary yet."
NOTHING_SAID = "No commentary is given."
NO_EXCEPTIONS = "No indicator is Red, and none requires improvement."
NO_INDICATORS = "No indicator is in force in this period."
NO_HEADLINE = "No headline indicator is in force in this period."
NO_WIDER = "No wider indicator is in force in this period."
NO_ACTIONS = "No actions are planned."
NOTHING_DUE = "No milestone is due in the next reporting period."
NO_PROPOSALS = "No target was revised this year, and none is proposed."
SMALL_CHANGE = "Nothing else changed."
LICENCE = (
    "Published figures of other authorities and comparators contain public sector information licensed under the Open "
    "Government Licence v3.0."
)
HOW_RATED = (
    "A figure is rounded first and judged as it is shown. Green: the target is met. Amber: it is missed by no more "
    "than the tolerance. Red: it is missed by more. M, in measurement: no rating can be given, and the reason is said."
)
HOW_DIRECTED = (
    "Direction of travel compares with the earlier figure named beside it. A change no larger than the indicator's "
    "threshold is the same."
)
HOW_TESTED = (
    "A difference from a comparator is called significant only where it was tested: the comparator's figure lies "
    "outside the 95% interval of ours (Wilson score for shares, Byar for counts and rates). Otherwise the rounded "
    "figures are compared and the words are “not tested”."
)
HOW_AUDITED = (
    "What a source printed is kept beside what is computed and never used as it. Where the two differ at the printed "
    "precision, the likely cause is said."
)
UNDEFINED = f"{ABSENT} in the column Definition: the plan defines the indicator by its name only."
HOW_SUBTRACTED = "Differences between percentages are in percentage points."


def rag_words(row: Rating) -> str:
    """Return a rating for a table's cell: `Red`, `M: no target`, `context`."""
    if row.rag is None:
        return "context"
    reason = rag_reason_text(row)
    return f"{RAG_WORD[row.rag]}: {reason}" if row.rag is Rag.M and reason else RAG_WORD[row.rag]


def directions_line(counts: Mapping[Direction, int]) -> str:
    """Return the second line in full words: `Improved performance – 3; Stayed the same – 2; …`."""
    return "; ".join(f"{DIRECTION_PHRASE[way]} – {counts.get(way, 0)}" for way in Direction)


def counted_text(tally: Tally) -> str:
    """Return how many indicators are counted: `16 indicators`."""
    return plural(sum(tally.rag.values()), "indicator")


def actions_words(actions: Actions) -> str:
    """Return the third line as a sentence, as in `62% delivered or on track; 3 re-phased.` of it."""
    said = actions_line(actions).replace(" · ", "; ")
    return f"{said[:1].upper()}{said[1:]}."


def no_signal_text(chart: Chart, indicator: Indicator) -> str:
    """Return why process control says nothing, as where each figure covers the last 12 months, or there are too few."""
    few = f"there {'is' if len(chart.points) == 1 else 'are'} {plural(len(chart.points), 'figure')} so far"
    return f"No statistical process control: {absent_text(chart, indicator).removeprefix('none: ') or few}."


def figures_in(counts: Counts) -> str:
    """Return `15 of 18 indicators have their figures, or say why there is none; 3 are overdue`."""
    if not counts.due:
        return "No figure is due."
    overdue = ""
    if counts.overdue:
        overdue = f"; {counts.overdue} {'is' if counts.overdue == 1 else 'are'} overdue"
    return f"{counts.returned} of {counts.due} figures are in{overdue}."


def unit_phrase(unit: Unit) -> str:
    """Return what figures of a table count in: `percent`, `rate per 10,000`."""
    return f"rate per {unit.per:,}" if unit.kind is UnitKind.RATE else unit.code


def beside_text(compared: Compared, unit: Unit) -> str:
    """Return on which side of a comparator the figure lies: `4.3 percentage points lower`, `equal`."""
    if compared.difference is None:
        return ABSENT
    if not compared.difference:
        return "equal"
    return f"{difference_text(compared.difference, unit)} {'higher' if compared.difference > 0 else 'lower'}"


def no_breakdown_text(period: Period) -> str:
    """Return why a breakdown has no table."""
    return f"No counts are held for {period_short(period)}."


def refused_text(reason: Refusal) -> str:
    """Return why a table must not be published: small numbers in it cannot be hidden."""
    return f"This table is not published: {reason}."


def twelve_months_text(last: Period) -> str:
    """Return a year of months for a chart's line: `12 months to April 2021`."""
    return f"12 months to {last.label}"


def defined_text(indicator: Indicator) -> str:
    """Return what an indicator is and what is counted: `… Counted: repeat requests, out of enquiries.`; or a dash."""
    out_of = f"out of {indicator.denominator}" if indicator.denominator else ""
    counted = ", ".join(part for part in (indicator.numerator, out_of) if part)
    said = [indicator.definition, f"Counted: {counted}." if counted else ""]
    return " ".join(part for part in said if part) or ABSENT


def usual_text(usual: Sequence[str]) -> str:
    """Return what holds for every indicator of a table that is not said to be otherwise in it; nothing for nothing."""
    return f"Unless the table says otherwise: {'; '.join(usual)}." if usual else ""


def owned_text(owner: str) -> str:
    """Return who owns all indicators."""
    return f"The owner of each is {owner}." if owner else "No owner is named for any of them."


def of_work_text(work: str) -> str:
    """Return which work the places in a table are of; nothing for none."""
    return f"The source of all is {work}; the table says where in it." if work else ""


def invented_text(periods: Sequence[Period]) -> str:
    """Return of when what is invented is: `Quarter 1 2018-19, Quarter 2 2018-19`, or how many and from when to when."""
    if len(periods) > _LISTED:
        ends = " to ".join(period_short(period) for period in (periods[0], periods[-1]))
        return f"{plural(len(periods), 'period')}, {ends}"
    return ", ".join(period_short(period) for period in periods)


def illustrative_text(counts: Counts, others: int) -> str:
    """Return how many indicators rest on what is invented, and how many others only show it; nothing for none."""
    said = f"{counts.illustrative} of {counted_text(counts.every)} {ILLUSTRATIVE}" if counts.illustrative else ""
    more = plural(others, "other" if said else "indicator")
    earlier = f"earlier figures or targets of {more} {ILLUSTRATIVE}" if others else ""
    return "; ".join(part for part in (said, earlier) if part)


def silent_text(plan: PlanTold, period: Period) -> str:
    """Return that a plan has no figure, and why: `No figure of SAFE Safety is in for May 2021: 8 not due yet.`."""
    counts = Counter(str(told.row.figure.absent) for told in plan.told)
    why = ", ".join(f"{number} {reason}" for reason, number in counts.items())
    return f"No figure of {plan.name} is in for {period_short(period)}: {why}."


def lag_words(months: int) -> str:
    """Return how long before the figure a comparator's period ends: `12 months earlier`, `same end`."""
    return f"{plural(months, 'month')} earlier" if months else "same end"


def small_numbers_text(below: int) -> str:
    """Return what is hidden: `Counts from 1 to 4 are hidden, …`; zero always shows, and below 2 nothing is hidden."""
    if below < 2:  # noqa: PLR2004 - no count is below it
        return "No small number is hidden, as the council has set it."
    which = "of 1" if below == 2 else f"from 1 to {below - 1}"  # noqa: PLR2004 - only 1 is below it
    return (
        f"Counts {which} are hidden ({SUPPRESSED}), and so is whatever they could be worked out from: percentages, "
        "totals, and what would make a figure Green. A count of zero is shown, and so is what a plan exempts."
    )


def withheld_text(number: int) -> str:
    """Return how many ratings are not given so that small numbers stay hidden."""
    if not number:
        return "No rating is withheld because of a small number."
    are = "rating is" if number == 1 else "ratings are"
    return f"{number:,} {are} withheld because of a small number and counted as M."
