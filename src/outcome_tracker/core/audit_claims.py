"""What the figures beside a printed number give: the claims that an audit compares, of figures and of breakdowns."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from outcome_tracker.core.audit import Claim, Difference, Kind, Subject, difference
from outcome_tracker.core.audit_whole import misfits, no_whole
from outcome_tracker.core.breakdown import Published
from outcome_tracker.core.breakdown_amount import amount_over, year_to
from outcome_tracker.core.breakdown_sums import disagreements
from outcome_tracker.core.figure import unrounded
from outcome_tracker.core.indicator import Basis, Compare
from outcome_tracker.core.number import UnitKind, total
from outcome_tracker.core.period import Kind as PeriodKind
from outcome_tracker.core.printed import Printed, read_printed
from outcome_tracker.core.volume import percentage_change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from outcome_tracker.core.breakdown import Breakdown, BreakdownFigure, Counted
    from outcome_tracker.core.figure import Content, Figure
    from outcome_tracker.core.indicator import Indicator
    from outcome_tracker.core.period import Period

MONTHS = 12
Cells = dict[tuple[str, ...], "BreakdownFigure"]


@dataclass(frozen=True, slots=True)
class Checked:
    """A printed number that could be compared; `difference` is None where it is what its parts give."""

    subject: Subject
    kind: Kind
    difference: Difference | None = None
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """An indicator's figures as their sources gave them, by period, and the numbers that its paragraphs print."""

    indicator: Indicator
    series: Mapping[Period, Figure]
    nearby: Mapping[str, Sequence[Decimal]]
    months: Mapping[Period, Figure]


def of_source(versions: Iterable[Figure]) -> Figure | None:
    """Return the version of a figure to lay beside what was printed: of the source that printed it.

    A later version keeps what an earlier one's source printed. Its parts may come from elsewhere, and then say
    nothing of the printed value.
    """
    found: Figure | None = None
    for version in versions:
        content = version.content
        same = found is not None and (
            (content.as_published, content.published_rag, content.published_direction)
            == (found.content.as_published, found.content.published_rag, found.content.published_direction)
        )
        if not same or (found is not None and content.source == found.content.source):
            found = version
    return found


def document(source: str) -> str:
    """Return a source without the paragraph, table or page that it ends in: what was published at once."""
    return source.rpartition(", ")[0] or source


def figure_checks(told: Told, period: Period) -> Iterator[Checked]:
    """Compare every number that a source printed of one figure."""
    figure, indicator = told.series[period], told.indicator
    content = figure.content
    if content.status.is_absent:
        return
    subject = Subject(indicator.plan, indicator.code, indicator.title, period, source=content.source, note=content.note)
    printed = read_printed(content.as_published)
    for each in printed:
        if each.change:
            yield from _change_checks(told, subject, each)
        elif not _is_a_part(each, content, indicator):
            yield from _value_checks(told, subject, content, each, tuple(p for p in printed if not p.change))


def _is_a_part(printed: Printed, content: Content, indicator: Indicator) -> bool:
    """Tell whether a number beside a percentage is one of its parts: `75` of `15%; 75`."""
    is_percent = indicator.unit.kind is UnitKind.PERCENT
    return is_percent and not printed.percent and printed.number in {content.numerator, content.denominator}


def _value_checks(
    told: Told, subject: Subject, content: Content, printed: Printed, elsewhere: tuple[Printed, ...]
) -> Iterator[Checked]:
    indicator, per = told.indicator, told.indicator.unit.multiplier
    parts = (content.numerator, content.denominator)
    if None in parts and printed.numerator is not None and printed.denominator is not None:
        parts = (printed.numerator, printed.denominator)
    top, bottom = parts
    if top is not None and bottom:
        exact: Decimal | Fraction | None = Fraction(top) * per / Fraction(bottom)
    else:
        exact = unrounded(content, indicator)
    if exact is None:
        return
    nearby = tuple(told.nearby.get(content.source, ()))
    if printed.denominator is not None:
        nearby = (printed.denominator, *nearby)
    claim = Claim(
        *(subject, Kind.VALUE, printed, exact, top, bottom, per),
        nearby=tuple(dict.fromkeys(nearby)),
        months=_months(told, subject.period),
        is_year=indicator.basis is Basis.ROLLING and indicator.unit.kind is UnitKind.PERCENT,
        elsewhere=elsewhere,
    )
    found = difference(claim)
    if found is None and None in parts:
        one = printed.numerator if top is None else top
        found = no_whole(claim, one, bottom)
    yield Checked(subject, Kind.VALUE, found, claim)


def _months(told: Told, period: Period) -> tuple[Fraction, ...]:
    """Return the percentages of the twelve months that end with a period, where all are held."""
    if told.indicator.basis is not Basis.ROLLING or period.kind is not PeriodKind.MONTH:
        return ()
    found = []
    for n in range(MONTHS):
        figure = told.months.get(period.shift(-n))
        value = unrounded(figure.content, told.indicator) if figure else None
        if value is None:
            return ()
        found.append(Fraction(value))
    return tuple(found)


def _change_checks(told: Told, subject: Subject, printed: Printed) -> Iterator[Checked]:
    """Compare a printed change with every earlier figure that it can be on, or with all that can have been it."""
    indicator = told.indicator
    now = _number(told, subject.period, subject.source)
    if now is None or indicator.unit.kind is UnitKind.PERCENT:  # of percentages it may be percentage points
        return
    ends = [subject.period.previous, subject.period.year_before]
    if indicator.comparison is Compare.YEAR_BEFORE:
        ends.reverse()
    olds = (_number(told, each, subject.source) for each in ends)
    claims = [claim for old in olds if (claim := _change(subject, printed, now, old)) is not None]
    yield from _checked(claims)
    if not claims and indicator.unit.kind is UnitKind.NUMBER and now == now.to_integral_value():
        claim = Claim(subject, Kind.CHANGE, printed, printed.number, now)
        yield Checked(subject, Kind.CHANGE, no_whole(claim, now, None), claim)


def _number(told: Told, period: Period, source: str) -> Decimal | None:
    """Return the figure of a period as the same publication gives it."""
    figure = told.series.get(period)
    if figure is None or figure.content.status.is_absent or document(figure.content.source) != document(source):
        return None
    return figure.content.value


def _change(subject: Subject, printed: Printed, now: Decimal | None, old: Decimal | None) -> Claim | None:
    exact = percentage_change(old, now)
    return None if exact is None else Claim(subject, Kind.CHANGE, printed, exact, now, old)


def breakdown_checks(
    breakdown: Breakdown, figures: Iterable[BreakdownFigure], totals: Mapping[Period, Decimal]
) -> Iterator[Checked]:
    """Compare every share and change that a source printed of a breakdown, and its totals with their parts.

    `totals` are the figures of the indicator that its counts add up to, of the same publication.
    """
    periods: defaultdict[Period, Cells] = defaultdict(dict)
    rows: defaultdict[tuple[str, ...], dict[Period, Counted]] = defaultdict(dict)
    for figure in figures:
        periods[figure.period][figure.categories] = figure
        rows[figure.categories][figure.period] = figure.content
    for period, cells in periods.items():
        yield from _total_checks(breakdown, period, cells, totals.get(period))
        if breakdown.published is Published.SHARE:
            yield from _share_checks(breakdown, cells, totals.get(period))
        elif breakdown.published is Published.CHANGE:
            yield from _cell_changes(breakdown, period, cells, rows)


def _subject(breakdown: Breakdown, figure: BreakdownFigure) -> Subject:
    content = figure.content
    of = (breakdown.plan, breakdown.code, breakdown.title, figure.period, figure.categories)
    return Subject(*of, source=content.source, note=content.note)


def _count(cells: Cells, categories: tuple[str, ...], source: str | None = None) -> Decimal | None:
    """Return a cell's count, of the same publication as `source` where that is given."""
    cell = cells.get(categories)
    if cell is None or cell.content.status.is_absent:
        return None
    same = source is None or document(cell.content.source) == document(source)
    return cell.content.count if same else None


def _cell_changes(
    breakdown: Breakdown, period: Period, cells: Cells, rows: Mapping[tuple[str, ...], Mapping[Period, Counted]]
) -> Iterator[Checked]:
    """Compare each change with that on the same row before; of counts in a month also with that of 12 months."""
    back = period.previous if breakdown.compare is Compare.PREVIOUS else period.year_before
    spans: list[tuple[Sequence[Period], Sequence[Period]]] = [((period,), (back,))]
    if breakdown.basis is Basis.PERIOD and breakdown.compare is Compare.YEAR_BEFORE:
        spans.append((year_to(period), year_to(back)))
    for categories, cell in cells.items():
        subject = _subject(breakdown, cell)
        published = document(subject.source)
        row = {when: each for when, each in rows[categories].items() if document(each.source) == published}
        pairs = [(_over(row, now), _over(row, before)) for now, before in spans]
        for printed in read_printed(cell.content.as_published):
            claims = [claim for now, old in pairs if (claim := _change(subject, printed, now, old)) is not None]
            yield from _checked(claims)


def _over(row: Mapping[Period, Counted], periods: Sequence[Period]) -> Decimal | None:
    amount = amount_over(row, periods)
    return None if amount.status.is_absent or amount.missing else amount.count


def _checked(claims: Sequence[Claim]) -> Iterator[Checked]:
    """Compare a number with what it may be: right if it is one of these, else held against the first."""
    if claims:
        claim = next((each for each in claims if each.agrees), claims[0])
        yield Checked(claim.subject, claim.kind, difference(claim), claim)


def _share_checks(breakdown: Breakdown, cells: Cells, whole: Decimal | None) -> Iterator[Checked]:
    """Compare each share with its own denominator, else a total; without either, all with any number of cases."""
    counts = {categories: count for categories in cells if (count := _count(cells, categories)) is not None}
    nearby = (total(counts[each] for each in counts if "" not in each), *counts.values())
    alone: list[Claim] = []
    for categories, count in counts.items():
        cell = cells[categories]
        subject, own = _subject(breakdown, cell), cell.content.denominator
        bottoms = [own] if own else [number for number in _wholes(breakdown, cells, categories, whole) if number]
        for printed in read_printed(cell.content.as_published):
            claims = [
                Claim(
                    subject, Kind.SHARE, printed, Fraction(count) * 100 / Fraction(bottom), count, bottom, nearby=nearby
                )
                for bottom in bottoms
            ]
            yield from _checked(claims)
            if not claims:
                alone.append(Claim(subject, Kind.SHARE, printed, printed.number, count))
    for claim, found in zip(alone, misfits(alone), strict=True):
        yield Checked(claim.subject, Kind.SHARE, found, claim)


def _wholes(
    breakdown: Breakdown, cells: Cells, categories: tuple[str, ...], whole: Decimal | None
) -> Iterator[Decimal | None]:
    """Return what a cell may be a share of: the grand total, the totals that it is part of, the indicator's figure."""
    source = cells[categories].content.source
    yield _count(cells, breakdown.grand_total, source)
    for each in cells:
        if _inside(each, categories):
            yield _count(cells, each, source)
    if not breakdown.multi_response:
        yield whole


def _total_checks(breakdown: Breakdown, period: Period, cells: Cells, whole: Decimal | None) -> Iterator[Checked]:
    """Compare the totals that a table prints with their parts, and the indicator's figure where parts exceed it.

    Which categories a source leaves out isn't known: less than the indicator's figure is no difference.
    """
    if breakdown.multi_response:
        return
    counts = {categories: _count(cells, categories) for categories in cells}
    everything = breakdown.grand_total
    counts.setdefault(everything, whole)
    wrong = {each.categories: each for each in disagreements(breakdown, counts)}
    for categories, printed in counts.items():
        rows = {each: count for each, count in counts.items() if _inside(categories, each)}
        found = wrong.get(categories)
        in_table = categories in cells and not breakdown.at_least and None not in rows.values()
        if printed is None or not rows or not (in_table or (found and found.is_less)):
            continue
        subject = Subject(
            breakdown.plan, breakdown.code, breakdown.title, period, categories, _source(cells, categories)
        )
        named = tuple((" · ".join(filter(None, each)), count) for each, count in rows.items() if count is not None)
        exact = found.parts if found else printed
        claim = Claim(subject, Kind.TOTAL, Printed(f"{printed:f}", printed), exact, rows=named)
        yield Checked(subject, Kind.TOTAL, difference(claim), claim)


def _source(cells: Cells, categories: tuple[str, ...]) -> str:
    cell = cells.get(categories) or next(iter(cells.values()))
    return cell.content.source


def _inside(whole: tuple[str, ...], part: tuple[str, ...]) -> bool:
    """Tell whether a cell is one of those that a total adds up over one dimension."""
    named = [not w and p for w, p in zip(whole, part, strict=True)]
    return sum(map(bool, named)) == 1 and all(w == p for w, p in zip(whole, part, strict=True) if w)
