"""What may be published of what is known: figures, their versions and breakdowns, with small numbers hidden."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outcome_tracker.core.benchmark import names_council
from outcome_tracker.core.commentary import Commentary
from outcome_tracker.core.figure import Stamp, Status
from outcome_tracker.core.mention import NOTE, mentions
from outcome_tracker.core.printed_counts import FigureKey
from outcome_tracker.core.publication import publish, published_version
from outcome_tracker.core.publication_wording import hidden_rows, mention_text
from outcome_tracker.core.rag import Reason as Unrated

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from outcome_tracker.core.breakdown import BreakdownFigure
    from outcome_tracker.core.commentary import PublishedLine
    from outcome_tracker.core.figure import Figure
    from outcome_tracker.core.indicator import Plan
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.printed_counts import CellKey
    from outcome_tracker.core.publication import Publication
    from outcome_tracker.core.scorecard import Row
    from outcome_tracker.core.suppression import Reason
    from outcome_tracker.store.queries import Reader
    from outcome_tracker.tracker.review import Known, Review
    from outcome_tracker.tracker.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be shown: figures, every version of them, and the cells of breakdowns.

    `versions` gives those of an indicator by its code, a period's oldest first. `public` says what is hidden; None
    where nothing is.
    """

    found: Known
    versions: Callable[[str], list[Figure]]
    cells: tuple[BreakdownFigure, ...]
    public: Publication | None = None

    @property
    def refused(self) -> Mapping[tuple[str, Period], Reason]:
        """Why tables are not published, by breakdown and period."""
        return {(each.breakdown, each.period): each.reason for each in self.public.refused} if self.public else {}

    def sums(self, code: str) -> Mapping[tuple[Period, tuple[str, ...]], int]:
        """Return the sums of 12 months of a breakdown that stay although not all of their months do."""
        sums = self.public.sums if self.public else {}
        return {(key.period, key.categories): count for key, count in sums.items() if key.breakdown == code}

    def hidden(self, periods: Collection[Period]) -> list[tuple[str, str, str]]:
        """Return what is hidden of these periods: what, when and why."""
        if self.public is None:
            return []
        agreed = self.found.agreed
        codes = {i.code for plan in agreed.plans for i in plan.indicators} | {b.code for b in agreed.breakdowns}
        there = [h for h in self.public.hidden if _code(h.what) in codes and h.what.period in periods]
        refused = [r for r in self.public.refused if r.breakdown in codes and r.period in periods]
        return hidden_rows(replace(self.public, hidden=tuple(there), refused=tuple(refused)), agreed)


def held(workspace: Workspace, reader: Reader, found: Known, cells: tuple[BreakdownFigure, ...] | None = None) -> Shown:
    """Read all that there is beside `found` and the `cells` of breakdowns, which is for officers only."""
    as_at = workspace.as_at
    every = reader.every_version(found.figures, as_at)

    def versions(code: str) -> list[Figure]:
        series = found.series(code)  # of a plan that is as it was signed off there may be later versions
        return [each for each in every(code) if each.period in series and each.version <= series[each.period].version]

    return Shown(found, versions, tuple(reader.breakdown_figures(as_at=as_at)) if cells is None else cells)


def published(everything: Shown) -> Shown:
    """Return what may be published.

    It depends on every plan, whichever are reported on, so that no report gives away what another one hides.
    """
    found, agreed = everything.found, everything.found.agreed
    public = publish(agreed, found.figures, everything.cells)
    indicators = {indicator.code: indicator for plan in agreed.plans for indicator in plan.indicators}
    hidden = {each.what for each in public.hidden}

    def versions(code: str) -> list[Figure]:
        now, shown = found.series(code), public.figures.get(code, {})
        hides = any(figure.content.status is Status.SUPPRESSED for figure in shown.values())
        every: dict[Period, list[Figure]] = defaultdict(list)
        for each in everything.versions(code):
            every[each.period].append(each)

        def version(figure: Figure) -> Figure:
            period = figure.period
            if figure.version == now[period].version:
                return shown[period]
            is_hidden = FigureKey(code, period) in hidden
            of_period = every[period]
            return published_version(
                agreed, indicators[code], figure, hidden=is_hidden, hides=hides, versions=of_period
            )

        return [_unsigned(version(figure)) for figures in every.values() for figure in figures]

    return Shown(
        _without_own(replace(found, figures=public.figures, is_public=True)),
        versions,
        public.cells,
        public,
    )


def without_lines(found: Known, review: Review) -> tuple[Known, Review]:
    """Return both without the lines a source printed that may give away a rating or direction which is withheld.

    Beside `Red – 2; M – 1` a printed `Red – 3` says what the one is. Of other periods none is kept of a plan with
    anything hidden.
    """
    gives = {plan.plan.code: any(map(_is_withheld, plan.rows)) for plan in review.plans}
    others = {line.plan for line in found.published if line.period != review.period}
    hides = {plan.code for plan in found.agreed.plans if plan.code in others and _hides(found, plan)}

    def is_kept(line: PublishedLine) -> bool:
        given = gives.get(line.plan, False) if line.period == review.period else line.plan in hides
        return not given or line.measure.casefold().startswith("actions")  # others may rate, whatever they are called

    plans = []
    for plan in review.plans:
        kept = tuple(filter(is_kept, plan.published))
        plans.append(replace(plan, published=kept, left_out=len(plan.published) - len(kept)))
    return replace(found, published=tuple(filter(is_kept, found.published))), replace(review, plans=tuple(plans))


def _hides(found: Known, plan: Plan) -> bool:
    figures = (figure for indicator in plan.indicators for figure in found.series(indicator.code).values())
    return any(figure.content.status is Status.SUPPRESSED for figure in figures)


def _is_withheld(row: Row) -> bool:
    """Tell whether a rating or direction is not given because a figure is hidden, of now or of what is compared."""
    compared = row.travel.reason if row.travel else ""
    return row.rag_reason is Unrated.SUPPRESSED or compared.endswith(f" is {Unrated.SUPPRESSED}")


def _without_own(found: Known) -> Known:
    """Return what is known without comparators that are the council itself in a period whose figure is hidden."""
    name = found.council.name
    benchmarks = {
        code: tuple(b for b in every if not (names_council(b.comparator, name) and found.withholds(code, b.period)))
        for code, every in found.benchmarks.items()
    }
    return replace(found, benchmarks=benchmarks)


def _unsigned(figure: Figure) -> Figure:
    """Return a figure without who recorded it, and why, which may be any text or the name of a file."""
    return replace(figure, stamp=Stamp("", figure.stamp.at, figure.stamp.known))


def noted(rows: Iterable[Row]) -> Iterator[Commentary]:
    """Yield the notes on figures, which a report prints as commentary is printed."""
    for row in rows:
        figure = row.figure
        if figure.value is not None and figure.content and figure.content.note:
            yield Commentary(row.indicator.code, figure.period, NOTE, figure.content.note)


def noted_figures(shown: Shown) -> Iterator[Commentary]:
    """Yield the notes on all figures that may be published."""
    for series in shown.found.figures.values():
        for figure in series.values():
            if figure.content.note:
                yield Commentary(figure.indicator, figure.period, NOTE, figure.content.note)


def noted_cells(shown: Shown) -> Iterator[Commentary]:
    """Yield the notes on cells of breakdowns that may be published."""
    for cell in shown.cells:
        if cell.content.note:
            yield Commentary(cell.breakdown, cell.period, NOTE, cell.content.note)


def warnings(everything: Shown, shown: Shown, commentary: Iterable[Commentary]) -> tuple[str, ...]:
    """Return where commentary or notes say a number that is hidden: what people write is published as it is."""
    if shown.public is None:
        return ()
    found = everything.found
    said = mentions(commentary, found.agreed, found.figures, shown.public, everything.cells)
    return tuple(mention_text(each) for each in said)


def _code(what: FigureKey | CellKey) -> str:
    return what.indicator if isinstance(what, FigureKey) else what.breakdown
