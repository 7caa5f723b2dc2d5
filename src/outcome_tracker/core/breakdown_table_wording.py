"""What is said of a breakdown in a reporting period: headings, cells, rows in a sentence, notes below the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.breakdown import Published
from outcome_tracker.core.breakdown_table import TotalOf
from outcome_tracker.core.breakdown_wording import cell_name
from outcome_tracker.core.figure import Status
from outcome_tracker.core.indicator import Basis, Compare
from outcome_tracker.core.number import grouped, half_up
from outcome_tracker.core.period import Kind, Period
from outcome_tracker.core.printed import read_printed
from outcome_tracker.core.text import listed, plural
from outcome_tracker.core.volume import percent_text
from outcome_tracker.core.wording import ABSENT, ILLUSTRATIVE, PROVISIONAL

if TYPE_CHECKING:
    from fractions import Fraction

    from outcome_tracker.core.breakdown import Breakdown
    from outcome_tracker.core.breakdown_amount import Amount
    from outcome_tracker.core.breakdown_table import BreakdownTable, Line, Others

MARK = "◆"
MARKERS = {Status.SUPPRESSED: "[c]", Status.NOT_AVAILABLE: "[x]", Status.NOT_APPLICABLE: "[z]"}
_MANY = 3  # periods that are listed; more are only counted


def day_text(period: Period) -> str:
    """Return the last day of a period in full: `30 April 2021`."""
    end = period.end
    return f"{end.day} {Period(Kind.MONTH, end.year, end.month).label}"


def span_title(table: BreakdownTable, *, earlier: bool = False) -> str:
    """Return the heading of a column of counts: `12 months to 30 April 2021`, `30 April 2021`, `April 2021`."""
    period = (table.earlier if earlier else table.later)[-1]
    if table.twelve_months:
        return f"12 months to {day_text(period)}"
    return day_text(period) if table.breakdown.basis is Basis.POINT else period.label


def in_span(table: BreakdownTable, *, earlier: bool = False) -> str:
    """Return when: `in the 12 months to 30 April 2021`, `in the 12 months before`, `on 30 April 2021`."""
    title = span_title(table, earlier=earlier)
    if not table.twelve_months:
        return f"{'on' if table.breakdown.basis is Basis.POINT else 'in'} {title}"
    before = earlier and table.breakdown.compare is Compare.YEAR_BEFORE
    return "in the 12 months before" if before else f"in the {title}"


def heading(table: BreakdownTable) -> str:
    """Return the title with what is compared: `Contacts by source, 12 months to … against the 12 months before`."""
    said = f"{table.breakdown.title}, {span_title(table)}"
    if not table.is_compared:
        return said
    return f"{said} against {in_span(table, earlier=True).partition(' ')[2]}"


def row_name(breakdown: Breakdown, categories: tuple[str, ...]) -> str:
    """Return what a row is called: `Police`, `Chester, Neglect`, `Total`."""
    return cell_name(breakdown, categories) if any(categories) else "Total"


def amount_text(amount: Amount | None) -> str:
    """Return a count with its marks, or the marker that says why there is none."""
    if amount is None:
        return ABSENT
    if amount.count is None:
        return MARKERS.get(amount.status, ABSENT)
    marks = [PROVISIONAL] if amount.status is Status.PROVISIONAL else []
    return " ".join([grouped(amount.count), *marks, *([ILLUSTRATIVE] if amount.illustrative else [])])


def reason_text(amount: Amount) -> str:
    """Return why there is no count: `suppressed`, `no figure for June 2020`; nothing where there is one."""
    if amount.count is not None:
        return ""
    if amount.status.is_absent:
        return amount.status.value
    return f"no figure for {periods_text(amount.missing)}" if amount.missing else "no figure"


def periods_text(periods: tuple[Period, ...]) -> str:
    """Return periods in words: `June 2020 and July 2020`, `11 periods from May 2020 to March 2021`."""
    if len(periods) <= _MANY:
        return listed([period.label for period in periods])
    first, last = periods[0], periods[-1]
    number = plural(len(periods), "month" if first.kind is Kind.MONTH else "period")
    if first.shift(len(periods) - 1) == last:
        return f"{number} from {first.label} to {last.label}"
    return f"{number} between {first.label} and {last.label}"


def change_text(breakdown: Breakdown, change: Fraction | None, *, marked: bool = False) -> str:
    """Return a change for a table, marked where it is beyond the threshold: `+1%`, `−26% ◆`."""
    if change is None:
        return ABSENT
    return f"{percent_text(change, breakdown.decimals, signed=True)}{f' {MARK}' if marked else ''}"


def line_text(table: BreakdownTable, line: Line) -> str:
    """Return a row as a sentence: `Police: 6,361 in the 12 months to 30 April 2021, 1% more than 6,296 in …`."""
    name = row_name(table.breakdown, line.categories)
    if line.later.count is None:
        return f"{name}: no count {in_span(table)} ({reason_text(line.later)})."
    said = f"{name}: {amount_text(line.later)} {in_span(table)}"
    if line.share is not None:
        said += f" ({percent_text(line.share, table.breakdown.decimals)})"
    return f"{said}{_compared(table, line)}."


def _compared(table: BreakdownTable, line: Line) -> str:
    earlier = in_span(table, earlier=True)
    if line.earlier.count is None:
        return f", and {_none_before(table, line.earlier, earlier)}" if table.is_compared else ""
    if line.change is None:
        return f", and none {earlier}" if line.later.count else f", as {earlier}"
    before = f"{amount_text(line.earlier)} {earlier}"
    size = half_up(abs(line.change), table.breakdown.decimals)
    if not size:
        return f", as many as {earlier}" if not line.change else f", about as many as {before}"
    return f", {percent_text(abs(line.change), table.breakdown.decimals)} {_more(line.change)} than {before}"


def _none_before(table: BreakdownTable, amount: Amount, earlier: str) -> str:
    if amount.missing == table.earlier:
        return f"nothing is held for {earlier.partition(' ')[2]}"
    return f"no count {earlier} ({reason_text(amount)})"


def _more(change: Fraction) -> str:
    return "more" if change > 0 else "fewer"


def others_text(table: BreakdownTable) -> str:
    """Return what is said of the rows that are not listed; nothing where all are."""
    found = table.others
    if found is None:
        return ""
    least = f"Rows below {table.breakdown.at_least:,} are not listed: "
    if found.later is None:
        none = f"{plural(found.number or 0, 'other')}, of which {found.hidden} without a count"
        least = f"Rows below {table.breakdown.at_least:,} and those without a count are not listed: "
        return f"{least}{none}, so they can't be added up."
    number = "all others" if found.number is None else plural(found.number, "other")
    said = f"{least}{number}, together {grouped(found.later)}"
    return f"{said}{_others_compared(table, found)}."


def _others_compared(table: BreakdownTable, found: Others) -> str:
    if found.earlier is None or not table.is_compared:
        return ""
    change = "" if found.change is None else f", {change_text(table.breakdown, found.change)}"
    return f" ({grouped(found.earlier)} {in_span(table, earlier=True)}{change})"


def notes(table: BreakdownTable) -> list[str]:
    """Return what has to be said below the table, in sentences."""
    breakdown = table.breakdown
    said = [others_text(table)]
    if breakdown.mark_change is not None and table.is_compared:
        said.append(f"{MARK} marks changes of more than {breakdown.mark_change.code}.")
    if table.alone:
        said.append(
            f"12 months can't be added up, for want of {periods_text(table.alone)}; "
            f"these are the counts of {span_title(table)} alone."
        )
    if table.total is not None and table.total_of is TotalOf.INDICATOR:
        said.append(f"The total is the figure of {breakdown.total}.")
    if table.total is not None and table.total_of is TotalOf.ROWS:
        said.append("The total is the sum of the rows.")
    if breakdown.shares:
        said.append(_shares_text(table))
    if breakdown.multi_response:
        said.append("A case can count several times, so rows add up to more than the total and shares to over 100%.")
    said += [f"{row_name(breakdown, line.categories)}: {why}." for line in table.lines if (why := _why(table, line))]
    if breakdown.illustrative or any(line.later.illustrative or line.earlier.illustrative for line in table.lines):
        said.append(f"{ILLUSTRATIVE}: made-up figures, to show what the table looks like.")
    return [sentence for sentence in said if sentence]


def _shares_text(table: BreakdownTable) -> str:
    if any(line.share is not None for line in table.lines):
        own = any(line.later.denominator is not None for line in table.lines)
        return "Shares are of each row's own denominator." if own else "Shares are of the total."
    return "There are no shares: neither denominators nor a total are held."


def _why(table: BreakdownTable, line: Line) -> str:
    """Return why a row lacks a count or a percentage, where its marker doesn't say it and the others have one."""
    if line.later.count is None:
        return "" if line.later.status in MARKERS else reason_text(line.later)
    if line.change is not None or not table.is_compared or line.earlier.status in MARKERS:
        return ""
    return f"before that {reason_text(line.earlier)}" if line.earlier.count is None else "none before, so no percentage"


def printed(breakdown: Breakdown, line: Line) -> tuple[str, str] | None:
    """Return what the source printed beside a row's count and what is computed, where the two differ as printed."""
    if breakdown.published is None:
        return None
    text = line.later.as_published
    exact = line.change if breakdown.published is Published.CHANGE else line.share
    found = read_printed(text)
    if exact is None or not found or any(each.agrees(exact) for each in found):
        return None
    return text, percent_text(exact, found[0].decimals, signed=breakdown.published is Published.CHANGE)
