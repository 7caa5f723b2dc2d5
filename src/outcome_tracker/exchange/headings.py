"""The heading of a table as people write it: in any case, with spaces, below a title, with words in brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcome_tracker.core.problem import nearest
from outcome_tracker.core.text import clean, listed, plural
from outcome_tracker.exchange.csv_in import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outcome_tracker.exchange.csv_in import Columns

SEARCHED = 20  # rows in which a heading is looked for
_PUBLISHED = (
    "This is a published export: small numbers are hidden in it, and would be lost. "
    "Import a backup, which `outcome-tracker export` makes without --published."
)
_BRACKETED = re.compile(r"\s*\([^()]*\)$")
_LONGEST = 200
_SHORTEST, _NEAR = 3, 0.75


@dataclass(frozen=True, slots=True)
class Heading:
    """Which row is the heading, by its place among those searched, and which column each of its cells names."""

    at: int
    columns: Mapping[int, str]
    width: int
    not_read: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a heading: the place of its row and cell, and the column that it is about, if any."""

    message: str
    at: int
    cell: int = -1
    column: str = ""


def find_heading(rows: Sequence[Sequence[str]], columns: Columns) -> Heading | list[Wrong]:
    """Find the one row that names every column that must be there; the first row that is not blank, if it does."""
    names = _Names(columns)
    filled = [place for place, row in enumerate(rows[:SEARCHED]) if any(cell.strip() for cell in row)]
    if not filled:
        wanted = ",".join(columns.every)
        return [Wrong(f"The file has no heading row; its first line must name the columns: {wanted}.", 0)]
    whole = [place for place in filled if names.are_enough(rows[place])]
    at = whole[0] if whole else max(filled, key=lambda place: (names.count(rows[place]), -place))
    if len(whole) > 1 and at != filled[0]:
        message = f"The table begins in one of {plural(len(whole), 'row')} that name its columns; keep one heading."
        return [Wrong(message, place) for place in whole]
    found = {
        cell: name for cell, text in enumerate(rows[at]) if (name := names.meant(text)) is not None and text.strip()
    }
    wrong = _wrong(rows[at], at, found, columns)
    if wrong:
        return wrong
    not_read = (clean(text)[:_LONGEST] for cell, text in enumerate(rows[at]) if clean(text) and cell not in found)
    width = max(cell for cell, text in enumerate(rows[at]) if text.strip()) + 1
    return Heading(at, found, width, tuple(not_read))


def has_heading(rows: Sequence[Sequence[str]], columns: Columns) -> bool:
    """Tell whether any row names every column that must be there."""
    names = _Names(columns)
    return any(names.are_enough(row) for row in rows[:SEARCHED])


def _wrong(row: Sequence[str], at: int, found: Mapping[int, str], columns: Columns) -> list[Wrong]:
    if any(_plain(text) == _plain(HIDDEN) for text in row):
        return [Wrong(_PUBLISHED, at, column=HIDDEN)]
    wrong = []
    absent = [name for name in columns.every if name not in found.values()]
    for cell, text in enumerate(row):
        shown = clean(text)[:_LONGEST]
        # A name near one that is not there is a slip; any other is of something else, and said not to be read.
        if cell not in found and shown and (guess := _slip(_plain(shown), absent)):
            message = f"'{shown}' is not a column of this file.{guess} The columns are {listed(list(columns.every))}."
            wrong.append(Wrong(message, at, cell, shown))
    names = list(found.values())
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            written = [f"'{clean(row[cell])}'" for cell, column in found.items() if column == name]
            both = "" if len(set(written)) == 1 else f", as {listed(written)}"
            last = max(cell for cell, column in found.items() if column == name)
            wrong.append(Wrong(f"The column '{name}' stands twice{both}; keep one.", at, last, name))
    wrong += [
        Wrong(f"The column '{name}' is missing; add it.", at, column=name)
        for name in columns.required
        if name not in names
    ]
    return wrong


def _slip(word: str, absent: Sequence[str]) -> str:
    """Return ` Did you mean 'value'?` for a word that is nearly, or the beginning of, a column that is not there."""
    begun = [name for name in absent if len(word) >= _SHORTEST and name.startswith(word)]
    return nearest(word, begun or absent, cutoff=0 if begun else _NEAR)


def _plain(text: str) -> str:
    return " ".join(clean(text[:_LONGEST]).casefold().replace("_", " ").split())


class _Names:
    """The columns by what people write for them."""

    def __init__(self, columns: Columns) -> None:
        self._required = set(columns.required)
        self._known = {_plain(name): name for name in columns.every}

    def meant(self, text: str) -> str | None:
        """Return the column that a heading's cell names: `Published RAG`, `Numerator (children)`, `Period:`."""
        words = _plain(text)
        for form in (words, words.rstrip(":*"), _BRACKETED.sub("", words.rstrip(":*"))):
            if form.strip() in self._known:
                return self._known[form.strip()]
        return None

    def count(self, row: Sequence[str]) -> int:
        """Return how many columns a row names."""
        return len({self.meant(text) for text in row if text.strip()} - {None})

    def are_enough(self, row: Sequence[str]) -> bool:
        """Tell whether a row names every column that must be there."""
        return self._required <= {self.meant(text) for text in row if text.strip()}
