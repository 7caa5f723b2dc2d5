"""Import the figures of all areas as open data publishes them, one file at a time, all of it or nothing.

Which columns feed which indicator is said in the plan files, as applied; the plain layout says it itself.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from outcome_tracker.core.text import listed, plural
from outcome_tracker.exchange.csv_in import UTF8
from outcome_tracker.exchange.open_data import ees, lait
from outcome_tracker.exchange.open_data.lines import CsvFile
from outcome_tracker.exchange.open_data.mapped import Feed, Mapped
from outcome_tracker.exchange.open_data.plain import Plain, is_plain
from outcome_tracker.exchange.open_data.reading import Defaults, Reading
from outcome_tracker.exchange.unreadable import Unreadable
from outcome_tracker.store.area_writer import Outcome
from outcome_tracker.tracker.area_registry import known_areas
from outcome_tracker.tracker.review import available_after

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from outcome_tracker.core.area import Area, AreaRelease
    from outcome_tracker.core.indicator import Indicator
    from outcome_tracker.core.period import Kind
    from outcome_tracker.core.problem import Problem
    from outcome_tracker.store.area_writer import AreaWriter, Saved
    from outcome_tracker.tracker.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Given:
    """What is said of a file beside what it says itself; a release is named after the file where it has no name."""

    release: str = ""
    released: date | None = None
    source: str = ""
    encoding: str = UTF8


@dataclass(frozen=True, slots=True)
class AreasImported:
    """What an import did, or as a dry run would do, in tables: the figures of an indicator and a period.

    `problems` are the first of `problem_count`; with any nothing is saved. `lines` say what changes, by indicator.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()
    problem_count: int = 0
    notes: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


class _Taken(Exception):
    """Takes back what was written of a file in which something is wrong."""


def import_areas(
    workspace: Workspace,
    path: Path,
    given: Given,
    *,
    dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
) -> AreasImported:
    """Import a file; `progress` is told how many more bytes of it have been read.

    Raises `Unavailable` without a database, or where it can't be written.
    """
    workspace.check_may_save()
    with workspace.read() as reader:
        indicators = [i for plan in reader.agreed().plans for i in plan.indicators]
        known = known_areas(reader)
    defaults = Defaults(given.release or path.stem, given.source or path.stem, given.released, workspace.today)
    try:
        reading = Reading(CsvFile(path, given.encoding, progress), defaults)
    except Unreadable as unreadable:
        return AreasImported(problems=(unreadable.problem,), problem_count=1)
    layout = _layout(reading, indicators, known)
    if layout is None:
        return _refused(reading)
    stamp = workspace.stamp(why=f"imported from {path.name}")
    try:
        with workspace.writing_areas(stamp, dry_run=dry_run) as writer:
            _write(reading, layout, writer, given)
            writer.add_areas(_news_of_areas(known, reading.areas(known), writer.areas()))
            saved = writer.finish()
    except _Taken:
        return _refused(reading)
    return _told(saved, reading)


def _refused(reading: Reading) -> AreasImported:
    problems = reading.problems
    return AreasImported(problems=tuple(problems.in_order()), problem_count=problems.count)


def _layout(reading: Reading, indicators: Sequence[Indicator], known: Mapping[str, Area]) -> Plain | Mapped | None:
    """Return what reads the file, or None where no plan file says how; why not is then a problem."""
    file = reading.file
    if is_plain(file.heading):
        return Plain(reading, indicators)
    patterns = [(each, mapping) for each in indicators if (mapping := _mapping(each))]
    name = file.path.name.casefold()
    fitting = [(each, mapping) for each, mapping in patterns if fnmatchcase(name, str(mapping["file"]).casefold())]
    if not fitting:
        reading.refuse(_no_pattern(file.path.name, patterns))
        return None
    heading = {column.casefold() for column in file.heading}
    layouts = [ees.layout(file.heading), lait.layout(known.values())]
    found = next((each for each in layouts if {c.casefold() for c in each.required} <= heading), None)
    for each, mapping in fitting:
        if found is None or found.name != mapping["layout"]:
            its = f"has the columns of the layout {found.name}" if found else "has the columns of no layout"
            wanted = next((f" ({listed(list(x.required))})" for x in layouts if x.name == mapping["layout"]), "")
            message = f"The plan file says layout {mapping['layout']}{wanted}, but the file {its}"
            reading.refuse(f"{message}: {', '.join(filter(None, file.heading))}.", 1, f"{each.code} layout")
    if found is None or reading.problems.count:
        return None
    return Mapped(reading, found, [_feed(each, mapping) for each, mapping in fitting])


def _mapping(indicator: Indicator) -> Mapping[str, object] | None:
    found = indicator.extra.get("benchmark")
    return found if isinstance(found, dict) else None


def _feed(indicator: Indicator, mapping: Mapping[str, object]) -> Feed:
    where = mapping.get("where")
    names = {name: str(mapping.get(name) or "") for name in ("value", "numerator", "denominator")}
    return Feed(indicator, {k: str(v) for k, v in where.items()} if isinstance(where, dict) else {}, **names)


def _no_pattern(name: str, patterns: Iterable[tuple[Indicator, Mapping[str, object]]]) -> str:
    known = [f'{indicator.code} "{mapping["file"]}"' for indicator, mapping in patterns]
    if not known:
        return (
            f"No plan file says what '{name}' holds: none has a benchmark. Add one to the indicator that the file is "
            "for, or use the plain layout (indicator,area,period,value)."
        )
    return (
        f"No indicator's benchmark has a file pattern that fits '{name}'. The patterns are {listed(known)}. "
        "Rename the file, or correct the plan file and apply it."
    )


def _completed(release: AreaRelease, held: AreaRelease | None, given: Given, defaults: Defaults) -> AreaRelease:
    """Let a release that is held keep what nothing is said of anew: the day it came out, and its source."""
    if held is None:
        return release
    keeps_source = not given.source and release.source == defaults.source
    return replace(
        release,
        released=release.released or held.released,
        source=held.source if keeps_source else release.source,
    )


def _write(reading: Reading, layout: Plain | Mapped, writer: AreaWriter, given: Given) -> None:
    """Write the rows as they are read, and no more of them once something is wrong; raises `_Taken` then."""
    try:
        numbers = _written(reading, layout, writer, given)
    except Unreadable as unreadable:
        reading.problems.add(unreadable.problem)
        raise _Taken from None
    if reading.problems.count:
        raise _Taken
    writer.restate(numbers[table] for table in reading.restated())


def _written(reading: Reading, layout: Plain | Mapped, writer: AreaWriter, given: Given) -> list[int]:
    """Write the rows and return the store's numbers of the tables."""
    numbers: list[int] = []
    for block in layout.blocks():
        for release in reading.tables[len(numbers) :]:
            completed = _completed(release, writer.held(release), given, reading.defaults)
            numbers.append(writer.begin(completed))
        if not reading.problems.count:
            tables = map(numbers.__getitem__, block.tables)
            writer.add(list(zip(tables, *block[1:], strict=True)))
    return numbers


def _news_of_areas(known: Mapping[str, Area], found: Mapping[str, Area], stored: Mapping[str, Area]) -> list[Area]:
    """Return the versions to add: what is known and isn't stored yet, and what the file changes."""
    news = []
    for code, area in {**known, **found}.items():
        old = stored.get(code)
        if old is None:
            news.append(replace(area, version=1, stamp=None))
        elif code in found and replace(area, version=old.version, stamp=old.stamp) != old:
            news.append(replace(area, version=old.version + 1, stamp=None))
    return news


_DID = {Outcome.ADDED: "new", Outcome.CHANGED: "changed", Outcome.UNCHANGED: "unchanged"}


def _told(saved: Sequence[Saved], reading: Reading) -> AreasImported:
    count = {outcome: sum(each.outcome is outcome for each in saved) for outcome in Outcome}
    return AreasImported(
        count[Outcome.ADDED],
        count[Outcome.CHANGED],
        count[Outcome.UNCHANGED],
        notes=(*reading.notes, *reading.early(), *_waiting((each.release for each in saved), reading)),
        lines=tuple(_lines(saved)),
    )


def _waiting(releases: Iterable[AreaRelease], reading: Reading) -> Iterable[str]:
    """Yield what is not shown yet, because by the usual delay it is not out."""
    delays = {each.indicator: available_after(reading.indicator(n)) for n, each in enumerate(reading.tables)}
    for each in releases:
        delay, end = delays[each.indicator], each.period.end
        if not each.released and delay and end < reading.defaults.today < end + delay:
            yield (
                f"{each.indicator} {each.period.code} counts from {(end + delay).isoformat()} on, the usual delay "
                "after it; if it is out already, import the file with --released and the day it came out."
            )


def _lines(saved: Iterable[Saved]) -> Iterable[str]:
    """Yield what became of every indicator's tables: `SAFE-01 2012-13 to 2024-25: 13 periods new`."""
    groups: defaultdict[tuple[str, Outcome, Kind], list[AreaRelease]] = defaultdict(list)
    for each in saved:
        groups[each.release.indicator, each.outcome, each.release.period.kind].append(each.release)
    for (indicator, outcome, _), releases in sorted(groups.items()):
        periods = sorted({each.period for each in releases}, key=lambda period: period.end)
        span = periods[0].code if len(periods) == 1 else f"{periods[0].code} to {periods[-1].code}"
        yield f"{indicator} {span}: {plural(len(periods), 'period')} {_DID[outcome]}."
