"""What a sign-off seals: the facts that a plan's period is judged by, each in the version that stands."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from outcome_tracker.core import seal
from outcome_tracker.core.milestone import counts_in
from outcome_tracker.core.seal import AREAS, SHOWN, Addendum, Broken, Item, number_text
from outcome_tracker.core.signoff import Act, progress
from outcome_tracker.store.texts import PERIODS, period_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from outcome_tracker.core.area import AreaRelease
    from outcome_tracker.core.benchmark import Benchmark
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.scorecard import Row
    from outcome_tracker.core.seal import Key
    from outcome_tracker.core.signoff import Event
    from outcome_tracker.store.queries import Reader
    from outcome_tracker.tracker.review import Known, PlanReview

# The tables that have what is sealed.
TABLES = ("definition", "target", "figure", "breakdown_figure", "benchmark", "commentary", "milestone_report")


def items(reader: Reader, found: Known, reviewed: PlanReview, period: Period) -> list[Item]:
    """Return what is sealed when a plan's period is signed off: ask in the snapshot in which `found` was read.

    Figures are those that the period's ratings and directions look at; older ones were sealed with their own periods.
    """
    plan = reviewed.plan
    codes = [row.indicator.code for row in reviewed.rows]
    return [
        *_definitions(reader, reviewed),
        *(each for each in _latest(reader.items("target", codes)) if PERIODS[each.key[1]].start <= period.end),
        *_figures(reader, found, reviewed.rows, period),
        *_breakdowns(reader, [breakdown.code for breakdown in plan.breakdowns], period),
        *_benchmarks(reader, reviewed.rows),
        *_areas(reader, ((row.indicator.code, each.benchmark) for row in reviewed.rows for each in row.benchmarks)),
        *(item for item in _latest(reader.items("commentary", [plan.code, *codes], [period_text(period)]))),
        *_milestones(reader, found, reviewed, period),
    ]


def _latest(found: Iterable[Item]) -> list[Item]:
    """Return the last version of each; versions come in order."""
    return list({item.subject: item for item in found}.values())


def _definitions(reader: Reader, reviewed: PlanReview) -> list[Item]:
    plan = reviewed.plan
    wanted = {
        ("council", "council"),
        ("plan", plan.code),
        *(("indicator", row.indicator.code) for row in reviewed.rows),
        *(("action", action.code) for action in plan.actions),
    }
    every = reader.items("definition", second={"council", *(code for _, code in wanted)})
    return [item for item in _latest(every) if item.key in wanted]


def _figures(reader: Reader, found: Known, rows: Iterable[Row], period: Period) -> list[Item]:
    wanted = {
        (row.indicator.code, period_text(each))
        for row in rows
        for each in (*found.series(row.indicator.code), row.figure.period)
        if each.end <= period.end or each == row.figure.period
    }
    every = reader.items("figure", {code for code, _ in wanted}, {text for _, text in wanted})
    return [item for item in _latest(every) if item.key in wanted]


def _breakdowns(reader: Reader, codes: Collection[str], period: Period) -> list[Item]:
    if not codes:
        return []
    first = period.shift(-1).start  # a breakdown is compared with the period before
    return [
        item
        for item in _latest(reader.items("breakdown_figure", codes))
        if first <= PERIODS[item.key[1]].start and PERIODS[item.key[1]].end <= period.end
    ]


def _benchmarks(reader: Reader, rows: Iterable[Row]) -> list[Item]:
    """Return the benchmarks that stand beside the figures; one made from the figures of all areas as it is shown."""
    shown = {
        (row.indicator.code, each.benchmark.comparator, period_text(each.benchmark.period)): each.benchmark
        for row in rows
        for each in row.benchmarks
    }
    recorded = {(item.key, item.version): item for item in reader.items("benchmark", {key[0] for key in shown})}
    found = []
    for key, benchmark in shown.items():
        item = recorded.get((key, benchmark.version)) if benchmark.stamp is not None else None
        content = {
            "value": number_text(benchmark.value),
            "source": benchmark.source,
            "release": benchmark.release,
            "released": benchmark.released.isoformat() if benchmark.released else "",
            "method": benchmark.method,
        }
        found.append(item or Item(SHOWN, key, 1, content))
    return found


def _areas(reader: Reader, shown: Iterable[tuple[str, Benchmark]]) -> list[Item]:
    """Return the releases of figures of all areas that comparators were made from, each with all of its figures."""
    made = {(code, each.period, each.release) for code, each in shown if each.stamp is None}
    return _releases(reader, made)


def _releases(reader: Reader, wanted: Collection[tuple[str, Period, str]]) -> list[Item]:
    every = reader.area_releases({code for code, _, _ in wanted})
    found = [each for releases in every.values() for each in releases if _of(each) in wanted]
    return [
        Item(
            AREAS,
            (table.release.indicator, period_text(table.release.period), table.release.release),
            table.release.version,
            {
                "source": table.release.source,
                "released": table.release.released.isoformat() if table.release.released else "",
                "figures": seal.seal_of(seal.lines_of(table)),
            },
        )
        for table in reader.area_tables(found).values()
    ]


def _of(release: AreaRelease) -> tuple[str, Period, str]:
    return release.indicator, release.period, release.release


def _milestones(reader: Reader, found: Known, reviewed: PlanReview, period: Period) -> list[Item]:
    days = found.council.figures_due_days
    wanted = {
        (standing.milestone.code, report.version)
        for standing in reviewed.standings
        for report in found.reports.get(standing.milestone.code, ())
        if counts_in(report, period, days)
    }
    every = reader.items("milestone_report", {code for code, _ in wanted})
    return [item for item in every if (item.key[0], item.version) in wanted]


def addenda(
    reader: Reader, found: Known, reviewed: PlanReview, sealed: Iterable[Item], period: Period
) -> tuple[Addendum, ...]:
    """Return what came after a plan's period was signed off; `found` and `reviewed` are as it stands now."""
    return tuple(seal.addenda(sealed, items(reader, found, reviewed, period)))


def sealed_items(reader: Reader, period: Period, signed: Mapping[str, Event]) -> dict[str, list[Item]]:
    """Return what these sign-offs of a period sealed, by the plan's code: read for them alone."""
    versions = {(event.plan, event.version) for event in signed.values()}
    every = reader.sign_offs(period, sealed=True)
    return {each.plan: seal.read(each.sealed) for each in every if (each.plan, each.version) in versions}


def broken_seals(reader: Reader, plans: Collection[str] | None = None) -> tuple[Broken, ...]:
    """Return everything that is not as it was signed off, of some plans or of all; nothing where all seals hold."""
    with reader.snapshot():
        events = [event for event in reader.sign_offs(sealed=True) if plans is None or event.plan in plans]
        signed = [event for event in events if event.act is Act.SIGNED]
        held = _held(reader, signed)
    found = seal.broken(signed, held)
    for plan, period in dict.fromkeys((event.plan, event.period) for event in events):
        found += seal.steps_gone(progress(plan, period, events))
    return tuple(found)


def _held(reader: Reader, signed: Iterable[Event]) -> Mapping[tuple[Key, int], Item]:
    """Return what the database says of everything that was sealed, by key and version."""
    lines = {line for event in signed for line in event.sealed.splitlines()}
    sealed = {item.subject for item in seal.read("\n".join(lines))}
    parts: defaultdict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for kind, key in sealed:
        for values, part in zip(parts[kind], key, strict=False):
            values.add(part)
    found = [
        item
        for table in TABLES
        if table in parts
        for first, second in [parts[table]]
        for item in reader.items(table, first, second or None)
    ]
    areas = {(key[0], PERIODS[key[1]], key[2]) for kind, key in sealed if kind == AREAS}
    return {(item.subject, item.version): item for item in (*found, *(_releases(reader, areas) if areas else ()))}
