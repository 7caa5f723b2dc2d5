"""What changed since the reporting period before: ratings, directions, and figures changed after they were due."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outcome_tracker.core import changes as judged
from outcome_tracker.core.standing import due_on, due_periods
from outcome_tracker.tracker.heat_map import of_plan
from outcome_tracker.tracker.review import known, reporting_period, review_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from outcome_tracker.core.changes import Change, Changed, Revised
    from outcome_tracker.core.figure import Figure
    from outcome_tracker.core.indicator import Tier
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.scorecard import Row
    from outcome_tracker.tracker.review import Known
    from outcome_tracker.tracker.workspace import Workspace

    Versions = Callable[[str], Sequence[Figure]]  # of an indicator, by its code; a period's oldest first


@dataclass(frozen=True, slots=True)
class Changes:
    """Every indicator in force in a period or the one `before` it, the worst change first, and revised figures."""

    period: Period
    before: Period
    changed: tuple[Changed, ...]
    revised: tuple[Revised, ...]

    @property
    def counts(self) -> Counter[Change]:
        """How many indicators are in each group."""
        return Counter(each.change for each in self.changed)

    def of_tier(self, tier: Tier | None) -> Changes:
        """Return what changed of the indicators of a tier; None is all."""
        if tier is None:
            return self
        changed = tuple(each for each in self.changed if each.indicator.tier is tier)
        return replace(self, changed=changed, revised=tuple(r for r in self.revised if r.indicator.tier is tier))


def changes(workspace: Workspace, period: Period | None = None, plan: str | None = None) -> Changes:
    """Compare a reporting period (the council's own when None) with the one before it, of all plans or of one.

    Raises `Unavailable` naming the nearest code when the plan is unknown.
    """
    with workspace.read() as reader, reader.snapshot():
        return changes_of(of_plan(known(workspace, reader), plan), period, reader.figure_versions)


def changes_of(found: Known, period: Period | None, versions: Versions) -> Changes:
    """As `changes`, of what has been read already; `versions` is asked for figures that were changed only."""
    reporting = period or reporting_period(found)
    before, after = review_of(found, reporting.previous).rows, review_of(found, reporting).rows
    revised = tuple(_revised(found, (*after, *before), versions))
    return Changes(reporting, reporting.previous, tuple(judged.changes(before, after)), revised)


def _revised(found: Known, rows: Iterable[Row], versions: Versions) -> Iterable[Revised]:
    """Yield the figures of these rows that were changed after they were due, each once."""
    seen: set[tuple[str, Period]] = set()
    for row in rows:
        indicator = row.indicator
        series = found.series(indicator.code)
        for period in due_periods(indicator, row.reporting):
            figure = series.get(period)
            if figure is None or figure.version == 1 or (indicator.code, period) in seen:
                continue
            seen.add((indicator.code, period))
            due = due_on(indicator, period, row.reporting, found.council.figures_due_days)
            if figure.stamp.known <= due:
                continue
            told = [v for v in versions(indicator.code) if v.period == period and v.version <= figure.version]
            if revised := judged.revised(indicator, row.plan, told, due):
                yield revised
