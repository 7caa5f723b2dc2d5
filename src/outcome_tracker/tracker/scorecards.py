"""Scorecards as one asks for them: sorted and filtered by any column, or found by words, with their past."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcome_tracker.core.arrange import Choice, arrange, found, said
from outcome_tracker.core.past import Held
from outcome_tracker.core.problem import nearest
from outcome_tracker.core.row_fields import RowField, fields, searched
from outcome_tracker.core.text import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from outcome_tracker.core.scorecard import Row
    from outcome_tracker.tracker.review import Known, Review


class NoSuchColumn(ValueError):
    """A column that no scorecard has; the message names the nearest."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a scorecard: a column to sort by, `(column, value)` pairs to keep, and words to find."""

    sort: str = ""
    backwards: bool = False
    only: tuple[tuple[str, str], ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rows that were asked for, how they are sorted and kept in words, and what no row has."""

    rows: tuple[Held, ...]
    said: tuple[str, ...]
    is_sorted: bool
    warnings: tuple[str, ...]


def comparators_of(review: Review, rows: Iterable[Held]) -> tuple[str, ...]:
    """Return the comparators that any of these rows has, the council's own first."""
    named = review.council.comparators
    names = {c.benchmark.comparator for held in rows for c in held.row.benchmarks}
    return tuple(sorted(names, key=lambda name: (named.index(name) if name in named else len(named), name)))


def held(known: Known, rows: Iterable[Row]) -> tuple[Held, ...]:
    """Return rows with the figures that came before."""
    return tuple(Held(row, known.series(row.indicator.code)) for row in rows)


def with_words(words: str, rows: Sequence[Held]) -> list[Held]:
    """Return the rows that have all of these words, the likeliest first."""
    return found(words, rows, lambda h: searched(h.row.plan, h.row.indicator, h.row))


def choose(review: Review, rows: Sequence[Held], asked: Asked) -> Chosen:
    """Return what is asked of these rows; raises `NoSuchColumn`. A value that no row has is a warning."""
    by = fields(review.period, comparators_of(review, rows))
    choice, warnings = Choice(_field(by, asked.sort).key if asked.sort else "", asked.backwards), []
    for name, value in asked.only:
        field = _field(by, name)
        there = list(dict.fromkeys(field.words(row) for row in rows))
        words = next((text for text in there if text.casefold() == value.casefold()), None)
        if words is None:
            warnings.append(f"no indicator has {field.name} '{value}'; there are {listed(there[:12])}")
        choice = choice.kept(field.key, value if words is None else words)
    shown = arrange(rows, by, choice)
    if asked.words:
        codes = {hit.row.indicator.code for hit in with_words(asked.words, shown)}
        shown = [row for row in shown if row.row.indicator.code in codes]
    parts = said(choice, by) + ([f"only with '{asked.words}'"] if asked.words else [])
    return Chosen(tuple(shown), tuple(parts), bool(choice.sort), tuple(warnings))


def _field(by: dict[str, RowField], name: str) -> RowField:
    for field in by.values():
        if name.strip().casefold() in {field.key.casefold(), field.name.casefold()}:
            return field
    names = [field.name for field in by.values()]
    raise NoSuchColumn(f"There is no column '{name}'.{nearest(name, names)} Columns: {', '.join(names)}.")
