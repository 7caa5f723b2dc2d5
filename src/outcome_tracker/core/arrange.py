"""Sorting, filtering and finding rows of a scorecard: by what a column means, never by how it is written."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

T = TypeVar("T")
SORTED, REVERSED, KEPT = "≤", "≥", "="  # beside a heading: each row at most, or at least, the next; one value alone
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """What rows can be sorted and filtered by. Rows whose `rank` is None come last, whichever way they are sorted.

    `words` is what a filter keeps equal, in words that can be shown; `ways` says what comes first, forwards and
    backwards. Those that are not `kind` of thing but figures or periods are never remembered.
    """

    key: str
    name: str
    rank: Callable[[T], Any]
    words: Callable[[T], str]
    ways: tuple[str, str] = ("A to Z", "Z to A")
    is_kind: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """How rows are sorted (by no field: in the plan's order) and which are kept: the field and its words."""

    sort: str = ""
    backwards: bool = False
    only: tuple[tuple[str, str], ...] = ()

    def sorted_by(self, key: str) -> Choice:
        """Sort by a field; asked again, the other way round; the third time not at all."""
        if self.sort != key:
            return replace(self, sort=key, backwards=False)
        return replace(self, sort="" if self.backwards else key, backwards=not self.backwards)

    def kept(self, key: str, words: str) -> Choice:
        """Keep the rows with these words in a field; where that field has a filter already, drop it instead."""
        others = tuple(pair for pair in self.only if pair[0] != key)
        return replace(self, only=others if len(others) < len(self.only) else (*others, (key, words)))

    def within(self, fields: Mapping[str, Field[T]]) -> Choice:
        """Return what of the choice these fields can do."""
        sort = self.sort if self.sort in fields else ""
        return Choice(sort, self.backwards and bool(sort), tuple(pair for pair in self.only if pair[0] in fields))

    def mark(self, key: str) -> str:
        """Return the mark beside the heading of a field."""
        kept = KEPT if any(key == name for name, _ in self.only) else ""
        return kept + ((REVERSED if self.backwards else SORTED) if self.sort == key else "")


def arrange(rows: Iterable[T], fields: Mapping[str, Field[T]], choice: Choice) -> list[T]:
    """Return the rows that a choice keeps, sorted by it; equals stay in the order they were in."""
    choice = choice.within(fields)
    kept = [row for row in rows if all(fields[key].words(row) == words for key, words in choice.only)]
    if not choice.sort:
        return kept
    rank = fields[choice.sort].rank
    ranked = [(found, row) for row in kept if (found := rank(row)) is not None]
    ranked.sort(key=lambda pair: pair[0], reverse=choice.backwards)  # which keeps the order of equals
    return [row for _, row in ranked] + [row for row in kept if rank(row) is None]


def said(choice: Choice, fields: Mapping[str, Field[T]]) -> list[str]:
    """Return in words how rows are sorted and which are kept; nothing where all are, in the plan's order."""
    choice = choice.within(fields)
    parts = []
    if choice.sort:
        field = fields[choice.sort]
        parts.append(f"Sorted by {field.name}, {field.ways[choice.backwards]} first")
    return parts + [f"only {fields[key].name}: {words}" for key, words in choice.only]


def to_text(choice: Choice, fields: Mapping[str, Field[T]]) -> str:
    """Return a choice as text to be remembered, without figures and periods."""
    only = [[key, words] for key, words in choice.only if key not in fields or fields[key].is_kind]
    return json.dumps([choice.sort, choice.backwards, only])


def from_text(text: str) -> Choice:
    """Read what `to_text` wrote; anything else is no choice."""
    try:
        sort, backwards, only = json.loads(text)
        return Choice(str(sort), bool(backwards), tuple((str(key), str(words)) for key, words in only))
    except (ValueError, TypeError):
        return Choice()


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return what to sort a text by: letters in any case, numbers in it as numbers."""
    parts = _DIGITS.split(text.casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)


def found(words: str, rows: Sequence[T], texts: Callable[[T], tuple[str, str, str]]) -> list[T]:
    """Return the rows in which every word occurs, the likeliest first.

    `texts` gives a row's code, its title, and all else that is searched. A code that begins so comes before a title
    that does, then a word of the title, then anything; equals stay in their order.
    """
    wanted = words.casefold().split()
    hits: list[tuple[int, T]] = []
    for row in rows:
        code, title, rest = (text.casefold() for text in texts(row))
        every = f"{code} {title} {rest}"
        if all(word in every for word in wanted):
            hits.append((_likeliness(" ".join(wanted), wanted, code, title), row))
    return [row for _, row in sorted(hits, key=lambda hit: hit[0])]


def _likeliness(phrase: str, wanted: list[str], code: str, title: str) -> int:
    if code.startswith(phrase):
        return 0 if code == phrase else 1
    if title.startswith(phrase):
        return 2
    starts = title.split()
    if all(any(start.startswith(word) for start in starts) for word in wanted):
        return 3
    return 4 if all(word in title or word in code for word in wanted) else 5
