"""What may be published of figures and breakdowns: small numbers hidden, and with them what would give them away.

A hidden figure becomes a suppressed one without any number, so that whatever is made of it downstream (a sentence, a
rating, a direction, a chart) can't say it either. Figures come first: a table whose small numbers can't be hidden
beside them is refused, so that no figure is lost for a table's sake.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from outcome_tracker.core.breakdown import Counted
from outcome_tracker.core.count_system import System
from outcome_tracker.core.figure import Content, Status, unrounded
from outcome_tracker.core.indicator import Basis
from outcome_tracker.core.printed_beside import beside, beside_cells, beside_figures
from outcome_tracker.core.printed_counts import (
    CellKey,
    CountKey,
    Counts,
    FigureKey,
    counts_of,
    figure_counts,
    is_told,
    may_be_small,
)
from outcome_tracker.core.sibling_counts import siblings
from outcome_tracker.core.suppression import Reason, Why, protect
from outcome_tracker.core.table_counts import table_counts
from outcome_tracker.core.table_links import linked, named, untied
from outcome_tracker.core.table_protection import next_to_figures
from outcome_tracker.core.table_ties import CountedTable, Shown
from outcome_tracker.core.year_sums import published_sums, year_sums

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence

    from outcome_tracker.core.breakdown import Breakdown, BreakdownFigure
    from outcome_tracker.core.figure import Figure
    from outcome_tracker.core.indicator import Agreed, Indicator
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.year_sums import YearKey

_Table = tuple[str, "Period"]
_A_PERIOD = 64  # what a figure is worth more than the next: little enough for many years within a rank


@dataclass(frozen=True, slots=True)
class Hidden:
    """A figure or a cell that is not published, and why; that of the source is none."""

    what: FigureKey | CellKey
    why: Why


@dataclass(frozen=True, slots=True)
class Refused:
    """A breakdown of a period that can't be published at all, and why."""

    breakdown: str
    period: Period
    reason: Reason


@dataclass(frozen=True, slots=True)
class Publication:
    """Figures and cells as they may be published, and an account of what is not.

    `sums` are those of 12 months of a row that are published although not all of their months are.
    """

    figures: Mapping[str, Mapping[Period, Figure]]
    cells: tuple[BreakdownFigure, ...]
    hidden: tuple[Hidden, ...] = ()
    refused: tuple[Refused, ...] = ()
    sums: Mapping[YearKey, int] = field(default_factory=dict)

    def hides(self, code: str, period: Period) -> bool:
        """Tell whether a figure that is known is not published."""
        return any(each.what == FigureKey(code, period) for each in self.hidden)


def publish(
    agreed: Agreed, figures: Mapping[str, Mapping[Period, Figure]], cells: Iterable[BreakdownFigure] = ()
) -> Publication:
    """Return what may be published of current figures and of the current cells of breakdowns.

    Figures of indicators, and cells of breakdowns, that nothing agreed names any more are left out.
    """
    indicators = {i.code: i for plan in agreed.plans for i in plan.indicators}
    linked = {name for each in agreed.breakdowns for name in (each.total, *each.category_indicators.values())}
    own = {
        code: figure_counts(indicators[code], series, below)
        for code, series in figures.items()
        if code in indicators
        for below in [below_of(agreed, indicators[code])]
        if code in linked or _may_be_small(indicators[code], series, below)
    }
    tables = _tables(agreed, cells)
    totals = {breakdown.total for breakdown in agreed.breakdowns}
    dated = [_latest_first(counts, is_total=code in totals) for code, counts in own.items()]
    together = siblings(agreed, (row for rows in tables.values() for row in rows), own.values())
    system = _system([*dated, together])
    found = protect(system)
    # Nothing is shown of what hangs together with a figure that cannot be protected, not even zeros.
    refused_keys = {key for refusal in found.refused for key in refusal.cells}
    parts = system.components() if refused_keys else ()
    exposed = {c.key for part in parts if any(c.key in refused_keys for c in part.cells) for c in part.cells}
    why = _subjects({**found.hidden, **dict.fromkeys(exposed, Why.OTHERS)})
    fixed = {code: _fixed(part, why, set(found.hidden)) for code, part in own.items()}
    shown = {code: series for code, series in figures.items() if code in indicators} | {
        code: {
            period: _without_numbers(figure) if FigureKey(code, period) in why else figure
            for period, figure in figures[code].items()
        }
        for code in own
    }
    counted = _counted(agreed, tables, fixed, shown)
    of_tables, refused = next_to_figures(_system([*fixed.values(), together, *counted]), set(found.hidden))
    hidden = {**why, **_subjects(of_tables)}
    refused |= _untied(agreed, tables, hidden)
    suppressed = _suppressed(figures, tables) if hidden else set()
    left = [
        _empty(cell) if table in refused or CellKey(*table, cell.categories) in hidden else cell
        for table, rows in tables.items()
        for cell in rows
    ]
    return Publication(
        {code: _beside(agreed, indicators[code], series) for code, series in shown.items()},
        tuple(_beside_cells(agreed, left)),
        tuple(Hidden(key, each) for key, each in hidden.items() if key not in suppressed),
        tuple(Refused(*table, reason) for table, reason in refused.items()),
        published_sums(counted, of_tables, refused),
    )


def below_of(agreed: Agreed, subject: Indicator | Breakdown) -> int:
    """Return the number from which counts of an indicator or a breakdown are published."""
    own = subject.suppress_below
    return agreed.council.suppress_below if own is None else own


def published_version(
    agreed: Agreed,
    indicator: Indicator,
    figure: Figure,
    *,
    hidden: bool,
    hides: bool = False,
    versions: Iterable[Figure] = (),
) -> Figure:
    """Return an earlier version of a figure as it may be published; `hidden` says that the current one is not.

    `hides` says that any figure of the indicator is not. `versions` are all there are of this one: 6.0% before 10 of
    50 says 3.
    """
    below = below_of(agreed, indicator)
    contents = [figure.content, *_mixed(figure.content, (each.content for each in versions))]
    small = any(
        count is not None and 1 <= count < below
        for content in contents
        for count in counts_of(content, indicator, below).values()
    )
    if hidden or small:
        return _without_numbers(figure)
    return beside(figure, unrounded(figure.content, indicator), below, hides=hides)


def _mixed(content: Content, others: Iterable[Content]) -> Iterator[Content]:
    """Yield the value of one version with one part of another, where nobody gave both."""
    for other in others:
        for told, parts in ((content, other), (other, content)):
            if told.value is None or told.numerator is not None or told.denominator is not None:
                continue
            if parts.denominator is not None:
                yield Content(told.value, denominator=parts.denominator)
            if parts.numerator is not None:
                yield Content(told.value, parts.numerator)


def _may_be_small(indicator: Indicator, series: Mapping[Period, Figure], below: int) -> bool:
    """Tell whether anything may have to be hidden of an indicator's figures alone: of most there is nothing."""
    return indicator.basis is Basis.CUMULATIVE or any(
        may_be_small(figure.content, indicator, below) for figure in series.values()
    )


def _tables(agreed: Agreed, cells: Iterable[BreakdownFigure]) -> dict[_Table, list[BreakdownFigure]]:
    declared = {breakdown.code for breakdown in agreed.breakdowns}
    found: dict[_Table, list[BreakdownFigure]] = defaultdict(list)
    for cell in cells:
        if cell.breakdown in declared:
            found[cell.breakdown, cell.period].append(cell)
    return found


def _counted(
    agreed: Agreed,
    tables: Mapping[_Table, Sequence[BreakdownFigure]],
    figures: Mapping[str, Counts],
    shown: Mapping[str, Mapping[Period, Figure]],
) -> list[Counts]:
    """Return the counts of tables, and how they hang together with one another and with figures that are shown."""
    breakdowns = {breakdown.code: breakdown for breakdown in agreed.breakdowns}
    counted = []
    for (code, period), rows in tables.items():
        if any(map(_tells, rows)):
            below = below_of(agreed, breakdowns[code])
            counted.append(CountedTable(breakdowns[code], period, table_counts(breakdowns[code], rows, below), below))
    beside = {
        name: Shown(indicator, shown[name], figures[name])
        for breakdown in agreed.breakdowns
        for _, name in named(breakdown)
        if name in figures and (indicator := agreed.indicator(name)) is not None
    }
    return [*(table.counts for table in counted), linked(agreed, counted, beside), year_sums(counted)]


def _untied(
    agreed: Agreed, tables: Mapping[_Table, Sequence[BreakdownFigure]], hidden: Collection[FigureKey | CellKey]
) -> dict[_Table, Reason]:
    """Return tables that hide something and name an indicator that they can't be held against: they stay out."""
    codes = untied(agreed)
    return {
        table: Reason.UNTIED
        for table, rows in tables.items()
        if table[0] in codes
        and any(cell.content.status is Status.SUPPRESSED or CellKey(*table, cell.categories) in hidden for cell in rows)
        and any(map(_tells, rows))
    }


def _beside(agreed: Agreed, indicator: Indicator, series: Mapping[Period, Figure]) -> Mapping[Period, Figure]:
    """Return figures as they are shown with what may be published of what was printed of them."""
    values = {
        period: unrounded(figure.content, indicator) for period, figure in series.items() if figure.content.as_published
    }
    return beside_figures(series, values, below_of(agreed, indicator)) if values else series


def _beside_cells(agreed: Agreed, cells: Iterable[BreakdownFigure]) -> Iterator[BreakdownFigure]:
    """Yield cells as they are shown, by breakdown, with what may be published of what was printed beside them."""
    breakdowns = {breakdown.code: breakdown for breakdown in agreed.breakdowns}
    every: dict[str, list[BreakdownFigure]] = defaultdict(list)
    for cell in cells:
        every[cell.breakdown].append(cell)
    for code, its in every.items():
        yield from beside_cells(breakdowns[code], its, below_of(agreed, breakdowns[code]))


def _tells(cell: BreakdownFigure) -> bool:
    """Tell whether a cell says anything; a table in which none does was refused, and needs no protection."""
    return cell.content.count is not None or is_told(cell.content)


def _system(counts: Iterable[Counts]) -> System:
    every = list(counts)
    cells = {key: cell for each in every for key, cell in each.cells.items()}
    return System(
        tuple(cells.values()),
        tuple(relation for each in every for relation in each.relations),
        tuple(ratio for each in every for ratio in each.ratios),
    )


def _subjects(counts: Mapping[Hashable, Why]) -> dict[FigureKey | CellKey, Why]:
    """Return the figures and cells that counts belong to; small ones tell why before others do."""
    found: dict[FigureKey | CellKey, Why] = {}
    for key, why in counts.items():
        if isinstance(key, CountKey) and found.get(key.of) is not Why.SMALL:
            found[key.of] = why
    return found


def _latest_first(counts: Counts, *, is_total: bool) -> Counts:
    """Return the counts of an indicator's figures, the earlier worth more: they have been published before.

    Of figures of one period those that others add up to are worth more.
    """
    periods = {key.of.period for key in counts.cells if isinstance(key, CountKey)}
    worth = {period: place for place, period in enumerate(sorted(periods, key=lambda p: (-p.end.toordinal(), p.code)))}
    found = Counts(relations=counts.relations, ratios=counts.ratios)
    for key, cell in counts.cells.items():
        later = _A_PERIOD * (worth[key.of.period] + 1) + is_total if isinstance(key, CountKey) else None
        found.add(replace(cell, worth=later))
    return found


def _fixed(counts: Counts, hidden: Mapping[FigureKey | CellKey, Why], protected: Collection[Hashable]) -> Counts:
    """Return the counts of figures as they stand beside tables: none is hidden for a table's sake.

    What is hidden only because it belongs to a hidden figure needs no protection of its own.
    """
    found = Counts(relations=counts.relations)
    for key, cell in counts.cells.items():
        if isinstance(key, CountKey) and key.of in hidden and key not in protected:
            found.add(replace(cell, below=0, printed=False))
        else:
            found.add(replace(cell, fixed=True))
    return found


def _suppressed(
    figures: Mapping[str, Mapping[Period, Figure]], tables: Mapping[_Table, Sequence[BreakdownFigure]]
) -> set[FigureKey | CellKey]:
    """Return what its source hid, which needs no account."""
    return {
        FigureKey(code, period)
        for code, series in figures.items()
        for period, figure in series.items()
        if figure.content.status is Status.SUPPRESSED
    } | {
        CellKey(*table, cell.categories)
        for table, rows in tables.items()
        for cell in rows
        if cell.content.status is Status.SUPPRESSED
    }


def _without_numbers(figure: Figure) -> Figure:
    """Return a figure as suppressed; what its source suppressed stays as it says."""
    if figure.content.status is Status.SUPPRESSED:
        return figure
    content = Content(status=Status.SUPPRESSED, illustrative=figure.content.illustrative)
    return replace(figure, content=content, stamp=replace(figure.stamp, why=""), warning="")


def _empty(cell: BreakdownFigure) -> BreakdownFigure:
    if cell.content.status is Status.SUPPRESSED:
        return cell
    content = Counted(status=Status.SUPPRESSED, illustrative=cell.content.illustrative)
    return replace(cell, content=content, stamp=replace(cell.stamp, why=""))
