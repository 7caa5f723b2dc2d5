"""Indicators in a report: headline ones with chart, periods, comparators and commentary, wider ones in brief."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core import signal_chart, signal_wording, strip_drawing, wording
from outcome_tracker.core.benchmark_wording import interval_text, verdict_text
from outcome_tracker.core.chart_drawing import drawing
from outcome_tracker.core.indicator import Tier
from outcome_tracker.core.position_wording import position_text
from outcome_tracker.core.report import Cell, Facts, Kin, Paragraph, Picture, Section
from outcome_tracker.core.report_cells import (
    before_notes,
    direction_cell,
    figure_cell,
    rag_cell,
    rated_cell,
    row_notes,
    table,
    target_cell,
    two_years_picture,
)
from outcome_tracker.core.report_lines import about_plan
from outcome_tracker.core.report_matter import anchor
from outcome_tracker.core.report_text import said_blocks
from outcome_tracker.core.report_wording import (
    NO_COMMENTARY,
    NO_HEADLINE,
    NO_WIDER,
    NOTHING_SAID,
    beside_text,
    lag_words,
    no_signal_text,
    silent_text,
    unit_phrase,
)
from outcome_tracker.core.target_review_wording import met_text
from outcome_tracker.core.to_green_wording import to_green_text
from outcome_tracker.core.two_years_wording import two_years_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outcome_tracker.core.indicator import Indicator
    from outcome_tracker.core.report import Block, Table
    from outcome_tracker.core.report_matter import Matter, PlanTold, Told
    from outcome_tracker.core.scorecard import Row
    from outcome_tracker.core.standing import Travel

_LINE = 2  # figures; with fewer there is no line to draw


def headline(matter: Matter) -> Section:
    """Return the headline indicators, by plan where there are several."""
    found, silent = _of_tier(matter, Tier.HEADLINE)
    if not any(told for _, told in found):
        return Section("headline", "Headline indicators", (*silent, Paragraph(NO_HEADLINE))[:1])
    every = _scorecard("headline-list", "Headline indicators", [t for _, told in found for t in told])
    sections = [
        (plan, [Section(anchor("indicator", t.indicator.code), t.name, tuple(_headline(t))) for t in told])
        for plan, told in found
        if told
    ]
    return Section("headline", "Headline indicators", (*silent, every), _by_plan(matter, "headline", sections))


def wider(matter: Matter) -> Section:
    """Return the wider indicators: a scorecard, what is said of each plan's, then each that there is more to say of."""
    found, silent = _of_tier(matter, Tier.WIDER)
    if not any(told for _, told in found):
        return Section("wider", "Wider indicators", (*silent, Paragraph(NO_WIDER))[:1])
    every = _scorecard("wider-list", "Wider indicators", [t for _, told in found for t in told])
    sections = [(plan, [*_about(plan), *(_one(t) for t in told if t.has_section)]) for plan, told in found]
    kept = [(plan, each) for plan, each in sections if each]
    return Section("wider", "Wider indicators", (*silent, every), _by_plan(matter, "wider", kept))


def _of_tier(matter: Matter, tier: Tier) -> tuple[list[tuple[PlanTold, tuple[Told, ...]]], list[Paragraph]]:
    """Return the indicators of a tier by plan, and a sentence for each plan of which there is nothing to show."""
    found = [(plan, plan.of_tier(tier)) for plan in matter.plans]
    silent = [Paragraph(silent_text(plan, matter.period)) for plan, told in found if told and plan.is_silent]
    return [(plan, told) for plan, told in found if not plan.is_silent], silent


def _by_plan(matter: Matter, part: str, found: Sequence[tuple[PlanTold, list[Section]]]) -> tuple[Section, ...]:
    if matter.is_one_plan:
        return tuple(section for _, sections in found for section in sections)
    return tuple(Section(anchor(part, plan.plan.code), plan.name, (), tuple(each)) for plan, each in found)


def _about(plan: PlanTold) -> Iterator[Section]:
    if said := about_plan(plan, "wider performance indicators"):
        yield Section(anchor("wider-said", plan.plan.code), said[0].section, said_blocks(said, titled=False))


def _scorecard(code: str, caption: str, found: Iterable[Told]) -> Table:
    rows = [
        (
            Cell(told.name, target=told.place),
            figure_cell(told.row.figure, told.indicator, units=True),
            target_cell(told.row.target, told.indicator, units=True),
            rag_cell(told.row),
            direction_cell(told.row),
            compared_text(told.row),
            first_comparator(told.row),
            row_notes(told),
        )
        for told in found
    ]
    columns = "Indicator|Figure|Target|Rating|Direction|Compared with|Comparator|Notes"
    return table(code, caption, columns, rows, numeric="Figure|Target")


def compared_text(row: Row) -> str:
    """Return what a direction compares with, or why there is none: `16.9% in Quarter 4 2017-18`."""
    travel = row.travel
    if travel is None:
        return ""
    if travel.period is None or travel.earlier is None:
        return travel.reason
    earlier = wording.value_text(travel.earlier, row.indicator.unit)
    added = " added" if travel.increment else ""
    flag = f" {wording.ILLUSTRATIVE}" if travel.illustrative else ""
    return f"{earlier}{added} in {wording.period_short(travel.period)}{flag}"


def first_comparator(row: Row) -> str:
    """Return the first comparator's figure with its period: `England 20.2% (2017-18)`."""
    if not row.benchmarks:
        return ""
    first = row.benchmarks[0]
    value = wording.value_text(first.value, row.indicator.unit)
    return f"{first.benchmark.comparator} {value} ({first.benchmark.period.code})"


def _headline(told: Told) -> Iterator[Block]:
    row = told.row
    yield Paragraph(wording.sentence(row, to_green_text(row, full=True)), lead=True)
    yield _facts(told)
    yield from _picture(told)
    yield from _years(told)
    yield from _periods(told)
    yield from _comparators(told)
    yield from _authorities(told)
    yield from _signal(told)
    if told.is_exception:
        yield Paragraph("What is said of it stands under the exceptions above.", note=True)
    elif told.said:
        yield from said_blocks(told.said)
    else:
        yield Paragraph(NO_COMMENTARY if told.owes_commentary else NOTHING_SAID)


def _one(told: Told) -> Section:
    """Return a wider indicator: a sentence, comparators, what process control sees, commentary."""
    row = told.row
    blocks: list[Block] = [Paragraph(wording.sentence(row, to_green_text(row, full=True)), lead=True)]
    blocks += _years(told)
    blocks += _comparators(told)
    if told.is_special:
        blocks += _signal(told)
    if told.is_exception:
        blocks.append(Paragraph("What is said of it stands under the exceptions above.", note=True))
    else:
        blocks += said_blocks(told.said)
    return Section(anchor("indicator", row.indicator.code), told.name, tuple(blocks))


def _picture(told: Told) -> Iterator[Picture]:
    """Draw the indicator's history, unless it has a single figure, which the table below says as well."""
    charted = told.history
    if charted is None or sum(len(run) for run in charted.own.runs) < _LINE:
        return
    drawn = drawing(charted)
    if drawn is not None:
        yield Picture(drawn, f"{told.name}: figures, target and comparators")


def _authorities(told: Told) -> Iterator[Picture]:
    """Draw every authority on one line, where their figures are held."""
    strip = told.reviewed.strip
    drawn = strip_drawing.drawing(strip, f"{told.name}: every authority") if strip else None
    if drawn is not None:
        yield Picture(drawn, f"{told.name}: every authority on one line")


def _years(told: Told) -> Iterator[Block]:
    """Yield the two lines of a monthly indicator, and what they show in a sentence."""
    if told.two_years is not None:
        indicator = told.indicator
        for picture in two_years_picture(told.name, told.two_years, indicator.unit, indicator.decimals):
            yield picture
            yield Paragraph(two_years_text(told.two_years, indicator.unit))


def _facts(told: Told) -> Facts:
    row, indicator = told.row, told.indicator
    pairs = [
        ("Owner", indicator.owner),
        ("Unit", f"{unit_phrase(indicator.unit)}, {wording.BASIS_PHRASE[indicator.basis]}"),
        ("Polarity", wording.POLARITY_PHRASE[indicator.better]),
        ("Target met", met_text(told.reviewed) if told.reviewed.rated else ""),
        ("Since the period before", _travel(row.short_term, row)),
        ("Since the year before", _travel(row.long_term, row)),
        ("Uncertainty", interval_text(row.interval, indicator.unit, indicator.decimals, row.benchmarks)),
        ("Among all authorities", place_text(row)),
        ("As published", as_published(row)),
    ]
    return Facts(tuple((name, text) for name, text in pairs if text))


def _travel(travel: Travel | None, row: Row) -> str:
    return wording.travel_text(travel, row.indicator.unit).removeprefix("Direction unknown: ")


def place_text(row: Row) -> str:
    """Return the council's position by published figures, which may differ from the one reported."""
    said = position_text(row.position)
    return f"by published figures {said}" if said else ""


def as_published(row: Row) -> str:
    """Return what a source printed of the figure: `16, Red, Improved performance`."""
    content = row.figure.content
    if content is None:
        return ""
    from outcome_tracker.core.direction import Direction
    from outcome_tracker.core.rag import Rag

    said = [
        content.as_published,
        wording.RAG_WORD[Rag(content.published_rag)] if content.published_rag else "",
        wording.DIRECTION_PHRASE[Direction(content.published_direction)] if content.published_direction else "",
    ]
    return ", ".join(part for part in said if part)


def _periods(told: Told) -> Iterator[Table]:
    """Show the last periods; where there is no figure before this one, the sentence says all."""
    indicator, recent = told.indicator, list(told.recent)
    runs = told.history.own.runs if told.history is not None else ()
    first = min((dot.period.end for run in runs for dot in run), default=None)
    while first and recent and recent[-1].is_blank and recent[-1].figure.period.end < first:
        recent.pop()
    if len(recent) < _LINE and not told.outturns:
        return
    rows = [
        (
            wording.period_short(before.figure.period) + (", year end" if at_end else ""),
            figure_cell(before.figure, indicator),
            target_cell(before.target, indicator),
            rated_cell(before.rag),
            before_notes(before, told),
        )
        for group, at_end in ((recent, False), (told.outturns, True))
        for before in group
    ]
    yield table(
        anchor("periods", indicator.code),
        f"{indicator.code}: the last periods and year ends, {unit_phrase(indicator.unit)}",
        "Period|Figure|Target|Rating|Notes",
        rows,
        numeric="Figure|Target",
        kin=Kin("periods", "Headline indicators: the last periods and year ends", _subject(indicator)),
    )


def _comparators(told: Told) -> Iterator[Table]:
    row, unit = told.row, told.indicator.unit
    if not row.benchmarks:
        return
    rows = [
        (
            each.benchmark.comparator,
            each.benchmark.period.code,
            Cell(wording.value_text(each.value, unit), each.value, unit),
            beside_text(each, unit),
            verdict_text(each) or wording.ABSENT,
            lag_words(each.lag),
            each.benchmark.release or each.benchmark.source,
        )
        for each in row.benchmarks
    ]
    yield table(
        anchor("comparators", told.indicator.code),
        f"{told.indicator.code} beside comparators, {unit_phrase(unit)}",
        "Comparator|Period|Figure|Ours is|Verdict|Lag|Source",
        rows,
        numeric="Figure",
        kin=Kin("comparators", "Indicators beside comparators", _subject(told.indicator)),
    )


def _subject(indicator: Indicator) -> str:
    return f"{indicator.code}, {unit_phrase(indicator.unit)}"


def _signal(told: Told) -> Iterator[Block]:
    """Say what process control sees, and show it where that is more than chance."""
    if not told.is_charted:
        yield Paragraph(no_signal_text(told.process, told.indicator), note=True)
        return
    yield Paragraph(signal_wording.sentence(told.row, told.process))
    if told.is_special:
        drawn = drawing(signal_chart.draw(told.row, told.process))
        if drawn is not None:
            yield Picture(drawn, f"{told.name}: is the change real?")
