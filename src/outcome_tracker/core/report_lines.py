"""The first part of a report: the lines that councils print, for the council and each plan, beside a source's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core import wording
from outcome_tracker.core.direction import Direction
from outcome_tracker.core.publication_wording import left_out_text
from outcome_tracker.core.rag import Rag
from outcome_tracker.core.report import Cell, Headline, Paragraph, Section
from outcome_tracker.core.report_cells import table
from outcome_tracker.core.report_grouping import of_one_work
from outcome_tracker.core.report_matter import anchor
from outcome_tracker.core.report_text import said_blocks
from outcome_tracker.core.report_wording import (
    DIRECTION_HEADING,
    NO_INDICATORS,
    actions_words,
    counted_text,
    directions_line,
    figures_in,
    silent_text,
)
from outcome_tracker.core.seal_wording import addenda_line
from outcome_tracker.core.text import plural
from outcome_tracker.core.to_green import separation
from outcome_tracker.core.to_green_wording import THE_COUNCIL, THIS_PLAN, separation_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from outcome_tracker.core.commentary import Commentary
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.report import Block, Table
    from outcome_tracker.core.report_matter import Matter, PlanTold
    from outcome_tracker.core.scorecard import Counts, Row, Tally

_RAGS = [wording.RAG_WORD[rag] for rag in Rag]
_WAYS = list(DIRECTION_HEADING.values())
_WHERE = ("actions", "next reporting period", "wider performance indicators")  # sections that are shown further on


def lines(matter: Matter) -> Section:
    """Return the part: the questions and answers of all plans together, then of each."""
    one = matter.plans[0] if matter.is_one_plan else None
    blocks = list(_answers("all", matter.counts, [told.row for told in matter.told], one))
    sections = []
    if one is not None:
        blocks = [*_addenda(one), *blocks]
        sections = _analysis(one)
    elif matter.plans:
        blocks.append(_by_plan(matter))
        sections = [_plan(plan, matter.period) for plan in matter.plans]
    return Section("lines", "How are we doing?", tuple(blocks), tuple(sections))


def about_plan(plan: PlanTold, part: str) -> tuple[Commentary, ...]:
    """Return what is said of a plan in sections about one part of the report: `actions` and the like."""
    return tuple(c for c in plan.said if part in c.section.casefold())


def _plan(plan: PlanTold, period: Period) -> Section:
    blocks: tuple[Block, ...]
    if plan.is_silent:  # what counts of it is in the table of plans
        actions = Headline(wording.QUESTION_ACTIONS, actions_words(plan.counts.actions))
        blocks = (Paragraph(silent_text(plan, period)), actions, *([_as_published(plan)] if plan.published else []))
    else:
        blocks = tuple(_answers(plan.plan.code, plan.counts, [told.row for told in plan.told], plan))
    return Section(anchor("lines", plan.plan.code), plan.name, (*_addenda(plan), *blocks), tuple(_analysis(plan)))


def _addenda(plan: PlanTold) -> list[Block]:
    """Return what came after the sign-off, without its numbers: what may be published of them isn't decided here."""
    text = addenda_line(plan.addenda, public=True)
    return [Paragraph(text)] if text else []


def _analysis(plan: PlanTold) -> list[Section]:
    """Return what is said of the plan as a whole, section by section."""
    said = [c for c in plan.said if not any(part in c.section.casefold() for part in _WHERE)]
    return [
        Section(anchor(f"analysis-{number}", plan.plan.code), each.section, said_blocks([each]))
        for number, each in enumerate(said, 1)
    ]


def _answers(code: str, counts: Counts, rows: list[Row], plan: PlanTold | None) -> Iterator[Block]:
    if not rows:
        yield Paragraph(NO_INDICATORS)
    else:
        tally = counts.every
        yield Headline(wording.QUESTION_TARGETS, wording.line(tally.rag), tuple(_rags(tally)))
        yield Headline(wording.QUESTION_DIRECTION, directions_line(tally.direction), tuple(_ways(tally)))
    yield Headline(wording.QUESTION_ACTIONS, actions_words(counts.actions))
    if rows:
        yield Headline("Are the figures in?", figures_in(counts))
        yield from _counted(code, counts)
        if green := separation_text(separation(rows), THIS_PLAN if plan else THE_COUNCIL):
            yield Paragraph(green)
    if plan is not None and plan.published:
        yield _as_published(plan)
    if plan is not None and plan.left_out:
        yield Paragraph(left_out_text(plan.left_out))


def _counted(code: str, counts: Counts) -> Iterator[Block]:
    notes = (
        [f"{counts.illustrative} of {counted_text(counts.every)} {wording.ILLUSTRATIVE}."]
        if counts.illustrative
        else []
    )
    tiers = [("All indicators", counts.every), ("Headline", counts.headline), ("Wider", counts.wider)]
    yield table(
        anchor("counts", code),
        "Ratings and directions",
        "|".join(["Indicators", *_RAGS, *_WAYS]),
        [(name, *_rags(tally), *_ways(tally)) for name, tally in tiers],
        numeric="|".join([*_RAGS, *_WAYS]),
        notes=notes,
    )


def _by_plan(matter: Matter) -> Table:
    rows: list[tuple[Cell | str, ...]] = [
        (
            Cell(plan.name, target=anchor("lines", plan.plan.code)),
            *_rags(plan.counts.every),
            *_ways(plan.counts.every),
            _share(plan.counts),
            f"{plan.counts.returned} of {plan.counts.due}",
        )
        for plan in matter.plans
    ]
    columns = [*_RAGS, *_WAYS, "Actions delivered or on track"]
    return table(
        "counts-plans",
        "Ratings, directions, actions and figures by plan",
        "|".join(["Plan", *columns, "Figures in"]),
        rows,
        numeric="|".join(columns),
    )


def _share(counts: Counts) -> Cell:
    share = counts.actions.share
    return Cell(wording.ABSENT if share is None else f"{share}%")


def _rags(tally: Tally) -> Iterable[Cell]:
    return [_number(tally.rag[rag], rag=rag) for rag in Rag]


def _ways(tally: Tally) -> Iterable[Cell]:
    return [_number(tally.direction[way], way=way) for way in Direction]


def _number(count: int, rag: Rag | None = None, way: Direction | None = None) -> Cell:
    from decimal import Decimal

    return Cell(str(count), Decimal(count), rag=rag, direction=way)


def _as_published(plan: PlanTold) -> Table:
    """Return every line as the source printed it, the ratings first, beside what the rules give."""
    counts = plan.counts
    computed = {
        "ratings": wording.line(counts.every.rag),
        "headline ratings": wording.line(counts.headline.rag),
        "directions": directions_line(counts.every.direction),
        "headline directions": directions_line(counts.headline.direction),
        "actions": actions_words(counts.actions),
        "actions delivered": f"{plural(counts.actions.delivered_in_year, 'milestone')} delivered this year",
    }
    found = sorted(plan.published, key=lambda line: line.measure != "ratings")
    sources = list(dict.fromkeys(line.source for line in found if line.source))
    work, places = of_one_work(sources)
    notes = [f"Sources: {f'{work}: ' if work else ''}{'; '.join(places)}."] if sources else []
    if found[0].measure == "ratings":
        notes.insert(0, f"{wording.printed_text(_total(found[0].text), plan.printed)}.")
    return table(
        anchor("published", plan.plan.code),
        "As published, beside what is computed from the figures held here",
        "Line|As published|As computed",
        [(_capital(line.measure), line.text, computed.get(line.measure, wording.ABSENT)) for line in found],
        notes=notes,
    )


def _total(line: str) -> int:
    """Return how many measures a printed line of ratings counts."""
    numbers = "".join(c if c.isdigit() else " " for c in line).split()
    return sum(int(number) for number in numbers)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
