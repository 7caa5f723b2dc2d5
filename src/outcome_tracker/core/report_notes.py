"""The data notes of a report: marks, small numbers, what is provisional, revised or missing, comparators' methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core import wording
from outcome_tracker.core.benchmark_wording import released_text
from outcome_tracker.core.report import Bullets, Paragraph, Section
from outcome_tracker.core.report_cells import table
from outcome_tracker.core.report_grouping import grouped, names_of, of_one_work
from outcome_tracker.core.report_wording import (
    HOW_DIRECTED,
    HOW_RATED,
    HOW_SUBTRACTED,
    HOW_TESTED,
    LICENCE,
    MARKS,
    UNSUPPRESSED,
    invented_text,
    small_numbers_text,
    withheld_text,
)
from outcome_tracker.core.signal_wording import HOW_TO_READ

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from outcome_tracker.core.period import Period
    from outcome_tracker.core.report import Block, Table
    from outcome_tracker.core.report_matter import Matter, Told
    from outcome_tracker.core.scorecard import Compared


def notes(matter: Matter) -> Section:
    """Return the data notes."""
    compared = any(told.row.benchmarks for told in matter.told)
    blocks: list[Block] = [Paragraph(HOW_RATED), Paragraph(HOW_DIRECTED)]
    if compared:
        blocks += [Paragraph(HOW_TESTED), Paragraph(HOW_SUBTRACTED)]
    if any(told.is_charted for told in matter.told):
        blocks.append(Paragraph(f"Statistical process control: {HOW_TO_READ}"))
    blocks += _small_numbers(matter)
    blocks.append(table("marks", "Marks in tables", "Mark|Meaning", MARKS))
    tables = (_absent, _on_figures, _sources, _quality, _breaks)
    blocks += [found for part in tables if (found := part(matter)) is not None]
    blocks += _listed(matter)
    return Section("notes", "Appendix: data notes", tuple(blocks), tuple(_comparators(matter)))


def _small_numbers(matter: Matter) -> Iterator[Block]:
    if matter.unsuppressed:
        yield Paragraph(UNSUPPRESSED)
        return
    yield Paragraph(small_numbers_text(matter.council.suppress_below))
    yield Paragraph(withheld_text(matter.withheld))
    if matter.hidden:
        yield table("notes-hidden", "What is not published, and why", "What|Period|Why", matter.hidden)


def _names(found: Iterable[Told], matter: Matter) -> str:
    return names_of([told.indicator for told in found], [told.indicator for told in matter.told])


def _absent(matter: Matter) -> Table | None:
    found = grouped(
        ((wording.period_short(figure.period), str(figure.absent), figure.note), told)
        for told in matter.told
        for figure in [told.row.figure]
        if figure.value is None
    )
    rows = [(_names(told, matter), *said) for said, told in found.items()]
    title = "Figures that are absent, and why"
    return table("notes-absent", title, "Indicators|Period|Reason|Note", rows) if rows else None


def _on_figures(matter: Matter) -> Table | None:
    """Return how figures were made, and what those who entered them add."""
    found = grouped((note, told) for told in matter.told for note in _notes_of(told))
    rows = [(_names(told, matter), _periods(told, matter.period), note) for note, told in found.items()]
    columns = "Indicators|Period if another|Note"
    return table("notes-figures", "Notes on figures and targets", columns, rows) if rows else None


def _periods(found: Iterable[Told], reporting: Period) -> str:
    """Return of when figures are that are not of the reporting period."""
    periods = dict.fromkeys(told.row.figure.period for told in found)
    return "; ".join(wording.period_short(period) for period in periods if period != reporting)


def _notes_of(told: Told) -> Iterator[str]:
    figure, target = told.row.figure, told.row.target
    if figure.value is None:
        return
    if figure.note:
        yield figure.note
    if figure.content and figure.content.note:
        yield figure.content.note
    if target and target.profiled:
        goal = wording.goal_text(target.year_end, told.indicator)
        yield f"the target is {goal} for the year, profiled in a straight line"


def _sources(matter: Matter) -> Table | None:
    """Return where the figures that are shown come from, a row each source."""
    found = grouped(
        (content.source, told)
        for told in matter.told
        for content in [told.row.figure.content]
        if content and content.source and told.row.figure.value is not None
    )
    work, places = of_one_work(list(found))
    rows = [(place, _names(told, matter)) for place, told in zip(places, found.values(), strict=True)]
    title = f"Where the figures come from{f': {work}' if work else ''}"
    return table("notes-sources", title, f"{'Place' if work else 'Source'}|Indicators", rows) if rows else None


def _quality(matter: Matter) -> Table | None:
    found = grouped((told.indicator.data_quality, told) for told in matter.told if told.indicator.data_quality)
    rows = [(_names(told, matter), known) for known, told in found.items()]
    return table("notes-quality", "Data quality", "Indicators|What is known", rows) if rows else None


def _breaks(matter: Matter) -> Table | None:
    rows = [
        (told.name, wording.period_short(found.start), found.reason)
        for told in matter.told
        for found in told.indicator.breaks
    ]
    title = f"Breaks in series {wording.BREAK}: no direction and no limits across them"
    return table("notes-breaks", title, "Indicator|From|Reason", rows) if rows else None


def _listed(matter: Matter) -> Iterator[Block]:
    """Yield which indicators are provisional, which of the figures shown are invented, and which were revised."""
    told = matter.told
    groups = (
        (f"Provisional figures {wording.PROVISIONAL}", [t.name for t in told if t.row.figure.provisional]),
        (
            f"Figures or targets that are invented {wording.ILLUSTRATIVE}",
            [f"{t.name}: {invented_text(t.invented)}" for t in told if t.invented],
        ),
        ("Figures revised after they were due", [f"{r.indicator.code} {r.indicator.title}" for r in matter.revised]),
    )
    for title, names in groups:
        if names:
            yield Paragraph(f"{title}:")
            yield Bullets(tuple(dict.fromkeys(names)))
        else:
            yield Paragraph(f"{title}: none.")


def _comparators(matter: Matter) -> Iterator[Section]:
    if benchmarks := _benchmarks(matter):
        blocks = (*_neighbours(matter), Paragraph(LICENCE, source=True), benchmarks)
        yield Section("notes-on-comparators", "Comparators", blocks)


def _benchmarks(matter: Matter) -> Table | None:
    """Return how comparators came about: those of an indicator that are alike in a row, then indicators alike."""
    of_one = grouped(
        ((told.indicator.code, _origin(told, each)), each) for told in matter.told for each in told.row.benchmarks
    )
    told = {each.indicator.code: each for each in matter.told}
    found = grouped(
        ((", ".join(each.benchmark.comparator for each in alike), origin), told[code])
        for (code, origin), alike in of_one.items()
    )
    rows = [(_names(told, matter), names, *origin) for (names, origin), told in found.items()]
    columns = "Indicators|Comparators|Period|Release|Out since|Method|Source"
    return table("notes-comparators", "How each comparator's figure came about", columns, rows) if rows else None


def _origin(told: Told, compared: Compared) -> tuple[str, ...]:
    benchmark = compared.benchmark
    return (
        benchmark.period.code,
        benchmark.release or wording.ABSENT,
        released_text(benchmark, told.available_after),
        benchmark.method or "not stated",
        benchmark.source,
    )


def _neighbours(matter: Matter) -> Iterator[Block]:
    found = matter.council.extra.get("neighbours")
    if isinstance(found, dict) and found.get("release"):
        average = found.get("average", "mean")
        yield Paragraph(f"Statistical neighbours: the {found['release']} list, {average} of those that have a figure.")
