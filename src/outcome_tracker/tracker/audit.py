"""As published, as computed: every printed value, rating, direction and line beside what the figures give."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcome_tracker.core import audit_wording, wording
from outcome_tracker.core.audit import Cause, Difference, Explained, Kind, Subject, Table, tables
from outcome_tracker.core.audit_claims import Checked, Told, breakdown_checks, document, figure_checks, of_source
from outcome_tracker.core.breakdown_amount import totals_of
from outcome_tracker.core.direction import Direction
from outcome_tracker.core.indicator import Basis
from outcome_tracker.core.period import Kind as PeriodKind
from outcome_tracker.core.period import ending
from outcome_tracker.core.problem import Unavailable, nearest
from outcome_tracker.core.rag import Rag, Reason
from outcome_tracker.tracker.review import known, review_of, row_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date
    from decimal import Decimal

    from outcome_tracker.core.breakdown import Breakdown, BreakdownFigure
    from outcome_tracker.core.figure import Figure
    from outcome_tracker.core.indicator import Agreed, Council, Indicator, Plan
    from outcome_tracker.core.period import Period
    from outcome_tracker.tracker.review import Known, PlanReview
    from outcome_tracker.tracker.workspace import Workspace

_REPORTED = (PeriodKind.MONTH, PeriodKind.QUARTER)
_SHARE = re.compile(r"([0-9]+%)")
_DELIVERED = re.compile(r"([0-9]+) (?:actions?|milestones?)\b")

Series = dict["Period", "Figure"]


@dataclass(frozen=True, slots=True)
class Audit:
    """What was compared in the plans asked for, in their order, and what differs; `titles` are the plans by code."""

    council: Council
    as_at: date
    titles: Mapping[str, str]
    checked: tuple[Checked, ...]

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What differs."""
        return tuple(each.difference for each in self.checked if each.difference)

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables of changes that are explained as a whole."""
        return tables(each.claim for each in self.checked if each.claim)


def audit(workspace: Workspace, plan: str | None = None, period: Period | None = None) -> Audit:
    """Compare everything printed of one plan or all, of figures that end in `period` or of all; raises `Unavailable`.

    A plan counts whether or not it is in force in the period that opens first.
    """
    with workspace.read() as reader, reader.snapshot():
        found = known(workspace, reader)
        plans = _plans(found.agreed, plan)
        versions, cells = (
            reader.every_version(found.figures, workspace.as_at),
            reader.breakdown_figures(as_at=workspace.as_at),
        )
    return audit_of(found, plans, versions, cells, period)


def audit_of(
    found: Known,
    plans: Iterable[Plan],
    versions: Callable[[str], Iterable[Figure]],
    cells: Iterable[BreakdownFigure],
    period: Period | None = None,
) -> Audit:
    """As `audit`, of what has been read already: of every figure all its versions, of every cell the current one."""
    told = _Told(found, versions, cells)
    asked = tuple(plans)
    checked = [each for plan in asked for each in told.checks(plan) if _is_in(each.subject.period, period)]
    return Audit(found.council, found.as_at, {plan.code: plan.title for plan in asked}, tuple(checked))


def _plans(agreed: Agreed, code: str | None) -> tuple[Plan, ...]:
    if code is None:
        return agreed.plans
    found = tuple(plan for plan in agreed.plans if plan.code.casefold() == code.strip().casefold())
    if not found:
        codes = [plan.code for plan in agreed.plans]
        raise Unavailable(f"There is no plan '{code}'.{nearest(code, codes)}", f"Plans: {', '.join(codes)}.")
    return found


def _is_in(period: Period, asked: Period | None) -> bool:
    return asked is None or asked.start <= period.end <= asked.end


class _Told:
    """What the sources told, each figure in the version of the source that printed it."""

    def __init__(
        self, found: Known, versions: Callable[[str], Iterable[Figure]], cells: Iterable[BreakdownFigure]
    ) -> None:
        self._found = found
        self._series = {
            indicator.code: _by_source(versions(indicator.code))
            for plan in found.agreed.plans
            for indicator in plan.indicators
            if found.series(indicator.code)
        }
        self._cells: defaultdict[str, list[BreakdownFigure]] = defaultdict(list)
        for cell in cells:
            self._cells[cell.breakdown].append(cell)

    def checks(self, plan: Plan) -> Iterator[Checked]:
        """Compare what was printed of a plan: indicators, breakdowns, lines."""
        nearby = self._nearby(plan)
        months = {
            _parts_of(i): self._series.get(i.code, {})
            for i in plan.indicators
            if i.basis is Basis.PERIOD and i.numerator
        }
        for indicator in plan.indicators:
            series = self._series.get(indicator.code, {})
            told = Told(indicator, series, nearby, months.get(_parts_of(indicator), {}))
            for period in sorted(series, key=lambda each: each.end):
                yield from figure_checks(told, period)
                yield from self._judgements(plan, indicator, series, period)
        for breakdown in plan.breakdowns:
            cells = self._cells[breakdown.code]
            yield from breakdown_checks(breakdown, cells, self._totals(breakdown, cells))
        yield from self._lines(plan)

    def _nearby(self, plan: Plan) -> dict[str, list[Decimal]]:
        """Return the numbers that each paragraph prints, by its source."""
        found: defaultdict[str, list[Decimal]] = defaultdict(list)
        for indicator in plan.indicators:
            for figure in self._series.get(indicator.code, {}).values():
                content = figure.content
                numbers = (content.numerator, content.denominator, None if indicator.denominator else content.value)
                found[content.source] += [number for number in numbers if number]
        return dict(found)

    def _totals(self, breakdown: Breakdown, cells: list[BreakdownFigure]) -> dict[Period, Decimal]:
        """Return the figures of the indicator that counts add up to, where the publication of the counts gave them."""
        indicator = self._found.agreed.indicator(breakdown.total)
        if indicator is None:
            return {}
        documents = {document(cell.content.source) for cell in cells}
        series = self._series.get(breakdown.total, {})
        same = {period: figure for period, figure in series.items() if document(figure.content.source) in documents}
        found = totals_of(breakdown, indicator, same).items()
        return {period: each.count for period, each in found if each.count is not None}

    def _judgements(self, plan: Plan, indicator: Indicator, series: Series, period: Period) -> Iterator[Checked]:
        """Compare a printed rating and direction with what the rules give for the figure that was printed with it."""
        content = series[period].content
        if indicator.is_context or not (content.published_rag or content.published_direction):
            return
        reporting = period if period.kind in _REPORTED else ending(period.end, PeriodKind.QUARTER)
        row = row_of(self._found, plan, indicator, reporting, series)
        subject = Subject(plan.code, indicator.code, indicator.title, period, source=content.source, note=content.note)
        if content.published_rag and row.rag is not None:
            printed, rag = Rag(content.published_rag), row.rag
            why = Explained(Cause.NONE)
            if rag is Rag.M:
                is_target = row.rag_reason is Reason.NO_TARGET
                why = Explained(Cause.NO_TARGET if is_target else Cause.NOT_HELD, name=wording.rag_reason_text(row))
            words = (wording.RAG_WORD[printed], wording.RAG_WORD[rag])
            yield _judged(subject, Kind.RATING, words, why)
        if content.published_direction and row.direction is not None:
            way, travel = Direction(content.published_direction), row.travel
            why = Explained(Cause.NONE)
            if row.direction is Direction.UNKNOWN and travel is not None:
                why = Explained(Cause.NOT_HELD, name=travel.reason)
            yield _judged(
                subject, Kind.DIRECTION, (wording.DIRECTION_WORD[way], wording.DIRECTION_WORD[row.direction]), why
            )

    def _lines(self, plan: Plan) -> Iterator[Checked]:
        """Compare printed lines that are numbers: of ratings, and of actions delivered."""
        lines = [line for line in self._found.published if line.plan == plan.code]
        for period in dict.fromkeys(line.period for line in lines):
            reviews = [each for each in review_of(self._found, period).plans if each.plan.code == plan.code]
            for line in [each for each in lines if each.period == period and reviews]:
                compared = _line(reviews[0], line.measure, line.text)
                if compared is not None:
                    subject = Subject(plan.code, plan.code, line.measure.capitalize(), period, source=line.source)
                    yield _judged(subject, Kind.LINE, *compared)


def _line(review: PlanReview, measure: str, text: str) -> tuple[tuple[str, str], Explained] | None:
    """Return both sides of a line, and why they may differ; None for a line in words, and for what is approximate."""
    counts = review.counts
    tally = counts.headline if measure.startswith("headline ") else counts.every
    match measure.removeprefix("headline "):
        case "ratings":
            return _counted(text, [tally.rag.get(each, 0) for each in Rag], wording.line(tally.rag))
        case "directions":
            ways = [tally.direction.get(each, 0) for each in Direction]
            return _counted(text, ways, wording.direction_line(tally.direction))
        case "actions" if found := _SHARE.match(text):
            computed = None if counts.actions.share is None else f"{counts.actions.share}%"
        case "actions delivered" if found := _DELIVERED.match(text):
            computed = str(counts.actions.delivered_in_year)
        case _:
            return None
    why = Explained(Cause.NOT_HELD, name=audit_wording.actions_text(counts.actions.total))
    return None if computed is None else ((found[1], computed), why)


def _counted(text: str, mine: list[int], computed: str) -> tuple[tuple[str, str], Explained] | None:
    """Compare a line of four numbers with the counts in the same order."""
    printed = [int(number) for number in re.findall(r"[0-9]+", text)]
    if len(printed) != len(mine):
        return None
    if printed == mine:
        return (text, text), Explained(Cause.NONE)
    if sum(printed) == sum(mine):
        return (text, computed), Explained(Cause.NONE)
    return (text, computed), Explained(Cause.NOT_HELD, name=audit_wording.line_text(sum(printed), sum(mine)))


def _judged(subject: Subject, kind: Kind, words: tuple[str, str], why: Explained) -> Checked:
    printed, computed = words
    return Checked(subject, kind, None if printed == computed else Difference(subject, kind, printed, computed, why))


def _by_source(versions: Iterable[Figure]) -> Series:
    periods: defaultdict[Period, list[Figure]] = defaultdict(list)
    for version in versions:
        periods[version.period].append(version)
    return {period: figure for period, found in periods.items() if (figure := of_source(found)) is not None}


def _parts_of(indicator: Indicator) -> tuple[str, str]:
    """Return what tells that two indicators are one measure: of a month, and of twelve."""
    return indicator.numerator, indicator.denominator
