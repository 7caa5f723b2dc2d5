"""The data notes of a report: marks, small numbers, what is provisional, revised or missing, comparators' methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core import wording
from outcome_tracker.core.benchmark_wording import released_text
from outcome_tracker.core.report import Bullets, Paragraph, Section
from outcome_tracker.core.report_cells import table
from outcome_tracker.core.report_wording import (
    HOW_DIRECTED,
    HOW_RATED,
    HOW_SUBTRACTED,
    HOW_TESTED,
    LICENCE,
    MARKS,
    UNSUPPRESSED,
    small_numbers_text,
    withheld_text,
)
from outcome_tracker.core.signal_wording import HOW_TO_READ

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outcome_tracker.core.report import Block, Table
    from outcome_tracker.core.report_matter import Matter, Told


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
    blocks += [found for found in (_absent(matter), _on_figures(matter), _quality(matter), _breaks(matter)) if found]
    blocks += _listed(matter)
    if benchmarks := _benchmarks(matter):
        blocks += [benchmarks, *_neighbours(matter)]
    if compared:
        blocks.append(Paragraph(LICENCE, source=True))
    return Section("notes", "Appendix: data notes", tuple(blocks))


def _small_numbers(matter: Matter) -> Iterator[Block]:
    if matter.unsuppressed:
        yield Paragraph(UNSUPPRESSED)
        return
    yield Paragraph(small_numbers_text(matter.council.suppress_below))
    yield Paragraph(withheld_text(matter.withheld))
    if matter.hidden:
        yield table("notes-hidden", "What is not published, and why", "What|Period|Why", matter.hidden)


def _absent(matter: Matter) -> Table | None:
    rows = [
        (told.name, wording.period_short(told.row.figure.period), f"{told.row.figure.absent}", told.row.figure.note)
        for told in matter.told
        if told.row.figure.value is None
    ]
    return (
        table("notes-absent", "Figures that are absent, and why", "Indicator|Period|Reason|Note", rows)
        if rows
        else None
    )


def _on_figures(matter: Matter) -> Table | None:
    """Return how figures were made, and what those who entered them add."""
    rows = [
        (told.name, wording.period_short(told.row.figure.period), "; ".join(said))
        for told in matter.told
        if (said := list(_notes_of(told)))
    ]
    return table("notes-figures", "Notes on figures and targets", "Indicator|Period|Note", rows) if rows else None


def _notes_of(told: Told) -> Iterator[str]:
    figure, target = told.row.figure, told.row.target
    if figure.value is None:
        return
    if figure.note:
        yield figure.note
    if figure.content and figure.content.note:
        yield figure.content.note
    if figure.content and figure.content.source:
        yield f"source: {figure.content.source}"
    if target and target.profiled:
        goal = wording.goal_text(target.year_end, told.indicator)
        yield f"the target is {goal} for the year, profiled in a straight line"


def _quality(matter: Matter) -> Table | None:
    rows = [(told.name, told.indicator.data_quality) for told in matter.told if told.indicator.data_quality]
    return table("notes-quality", "Data quality", "Indicator|What is known", rows) if rows else None


def _breaks(matter: Matter) -> Table | None:
    rows = [(told.name, found.start.code, found.reason) for told in matter.told for found in told.indicator.breaks]
    title = f"Breaks in series {wording.BREAK}: no direction and no limits across them"
    return table("notes-breaks", title, "Indicator|From|Reason", rows) if rows else None


def _listed(matter: Matter) -> Iterator[Block]:
    """Yield which indicators are provisional or rest on what is invented, and how many figures were revised."""
    told = matter.told
    groups = (
        (f"Provisional figures {wording.PROVISIONAL}", [t.name for t in told if t.row.figure.provisional]),
        (f"Figures or targets that are invented {wording.ILLUSTRATIVE}", [t.name for t in told if t.row.illustrative]),
        ("Figures revised after they were due", [f"{r.indicator.code} {r.indicator.title}" for r in matter.revised]),
    )
    for title, names in groups:
        if names:
            yield Paragraph(f"{title}:")
            yield Bullets(tuple(dict.fromkeys(names)))
        else:
            yield Paragraph(f"{title}: none.")


def _benchmarks(matter: Matter) -> Table | None:
    rows = [
        (
            told.name,
            each.benchmark.comparator,
            each.benchmark.period.code,
            each.benchmark.release or wording.ABSENT,
            released_text(each.benchmark, told.available_after),
            each.benchmark.method or "not stated",
            each.benchmark.source,
        )
        for told in matter.told
        for each in told.row.benchmarks
    ]
    columns = "Indicator|Comparator|Period|Release|Out since|Method|Source"
    return table("notes-comparators", "How each comparator's figure came about", columns, rows) if rows else None


def _neighbours(matter: Matter) -> Iterator[Block]:
    found = matter.council.extra.get("neighbours")
    if isinstance(found, dict) and found.get("release"):
        average = found.get("average", "mean")
        yield Paragraph(f"Statistical neighbours: the {found['release']} list, {average} of those that have a figure.")
