"""Hidden numbers in what people write: `3 children` in commentary on a figure or a table that is not published.

Only a warning for the officer can come of it. It is meant to be believed, so a number counts only before the things
that it counts, or as the very percentage that is hidden. What is said of other indicators of the plan, and of cells of
tables, has to name the things more fully: `3 mainstream carers`, `four social worker vacancies`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcome_tracker.core.breakdown import TOTAL
from outcome_tracker.core.figure import value_of
from outcome_tracker.core.noun import noun, singular
from outcome_tracker.core.number import UnitKind, plain
from outcome_tracker.core.printed_counts import CellKey, FigureKey, counts_of
from outcome_tracker.core.publication import below_of
from outcome_tracker.core.suppression import Why

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from outcome_tracker.core.breakdown import Breakdown, BreakdownFigure
    from outcome_tracker.core.commentary import Commentary
    from outcome_tracker.core.figure import Content, Figure
    from outcome_tracker.core.indicator import Agreed, Indicator
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.publication import Publication

NOTE = "Note"  # the section that a note on a figure or a cell stands for
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_NUMBER = re.compile(
    rf"(?<![\w.,/£-])(?:(?P<digits>[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)|(?P<word>{'|'.join(_WORDS)}))"
    r"(?!\s*(?:%|per\s?cent)|[.,/-]?\w)",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_END = re.compile(r"[.;:!?](?:\s|$)|\n")
# Before a number, these say which one of something it is; after it, that it is a span of time.
_ORDINAL = re.compile(
    r"\b(?:figure|table|chart|appendix|section|page|paragraph|quarter|tier|level|band|phase|step|stage)\s+$",
    re.IGNORECASE,
)
_SPANS = {"minute", "hour", "day", "week", "month", "quarter", "year", "time", "working"}
_NEAR = 6  # words after a number, among which is what it counts
_SHORT = 4  # letters; shorter words name nothing where there are longer ones
_VAGUE = {"other", "others", "unknown", "none", "known", "with", "from", "more", "than", "that", "total"}


@dataclass(frozen=True, slots=True)
class Mention:
    """A passage of commentary that says a hidden number of an indicator or a breakdown, by its code."""

    said: Commentary
    code: str
    passage: str


def mentions(
    said: Iterable[Commentary],
    agreed: Agreed,
    figures: Mapping[str, Mapping[Period, Figure]],
    publication: Publication,
    cells: Iterable[BreakdownFigure] = (),
) -> list[Mention]:
    """Return where commentary says a number that is hidden in its period, of anything in its plan.

    Of its own indicator it may also be one of the year before: `up from 3 families`. `figures` and
    `cells` are those before anything was hidden.
    """
    plans = {
        code: plan.code
        for plan in agreed.plans
        for code in (plan.code, *(i.code for i in plan.indicators), *(b.code for b in plan.breakdowns))
    }
    indicators = {indicator.code: indicator for plan in agreed.plans for indicator in plan.indicators}
    hidden = [(each.what, each.why) for each in publication.hidden if isinstance(each.what, FigureKey)]
    tables = _hidden_cells(agreed, publication, cells)
    found = []
    for words in said:
        if (plan := plans.get(words.subject)) is None:
            continue
        counted = list(_counted(words.text))
        for key, why in hidden:
            is_own = words.subject == key.indicator
            is_then = _covers(words.period, key.period) or (is_own and _is_of_year(words.period, key.period))
            if plans.get(key.indicator) != plan or not is_then:
                continue
            indicator = indicators[key.indicator]
            below = below_of(agreed, indicator) if why is Why.SMALL else None
            content = figures[key.indicator][key.period].content
            if is_own or words.subject == plan:
                passage = passage_in(words.text, indicator, content, below)
            else:
                passage = _named(counted, indicator, content, below)
            if passage:
                found.append(Mention(words, key.indicator, passage))
        for breakdown, period, counts in tables:
            if breakdown.plan == plan and _covers(words.period, period):
                found += [Mention(words, breakdown.code, each) for each in _of_cells(counted, breakdown, counts)]
    return found


def _hidden_cells(
    agreed: Agreed, publication: Publication, cells: Iterable[BreakdownFigure]
) -> list[tuple[Breakdown, Period, list[tuple[int, tuple[str, ...]]]]]:
    """Return the counts of hidden cells with their categories: of a table that is refused the small ones."""
    breakdowns = {each.code: each for each in agreed.breakdowns}
    hidden = {each.what for each in publication.hidden if isinstance(each.what, CellKey)}
    refused = {(each.breakdown, each.period) for each in publication.refused}
    found: dict[tuple[str, Period], list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
    for cell in cells if hidden or refused else ():
        breakdown, count = breakdowns.get(cell.breakdown), cell.content.count
        if breakdown is None or not count:
            continue
        is_gone = (cell.breakdown, cell.period) in refused and 0 < count < below_of(agreed, breakdown)
        if is_gone or CellKey(cell.breakdown, cell.period, cell.categories) in hidden:
            found[cell.breakdown, cell.period].append((int(count), cell.categories))
    return [(breakdowns[code], period, counts) for (code, period), counts in found.items()]


@dataclass(frozen=True, slots=True)
class _Counted:
    """A number with the words after it, of which each is given as of one thing and with where it ends."""

    number: int
    words: tuple[tuple[str, int], ...]
    text: str

    def names(self, *every: Iterable[str]) -> str:
        """Return the passage up to where all of these names are; nothing if one of them isn't there."""
        wanted = {name for names in every for name in names}
        last = {word: end for word, end in reversed(self.words) if word in wanted}
        if not wanted or len(last) < len(wanted):
            return ""
        return " ".join(self.text[: max(last.values())].split())

    def some(self, names: Iterable[str]) -> set[str]:
        """Return those of the names that are there."""
        return {word for word, _ in self.words} & set(names)


def _counted(text: str) -> Iterator[_Counted]:
    """Yield every number of a text that may be a count, with the words up to the next or to the sentence's end."""
    found = list(_NUMBER.finditer(text))
    for place, number in enumerate(found):
        until = found[place + 1].start() if place + 1 < len(found) else len(text)
        after = text[number.end() : until]
        after = after[: end.start()] if (end := _END.search(after)) else after
        start = number.end() - number.start()
        words = tuple((_one(word[0]), word.end() + start) for word in list(_NAME.finditer(after))[:_NEAR])
        if _ORDINAL.search(text[: number.start()]) or (words and words[0][0] in _SPANS):
            continue
        digits = number["digits"]
        value = int(digits.replace(",", "")) if digits else _WORDS.index(number[0].casefold()) + 1
        yield _Counted(value, words, text[number.start() : until])


def _one(word: str) -> str:
    return singular(word.casefold())


def _names(words: str) -> set[str]:
    """Return the words that name something; short ones only where there are no others."""
    every = {_one(word) for word in _NAME.findall(words) if word.casefold() not in _VAGUE}
    return {word for word in every if len(word) >= _SHORT} or every


def _named(said: Iterable[_Counted], indicator: Indicator, content: Content, below: int | None) -> str:
    """Return the first passage that says a count of a figure and names what it counts in two words at least."""
    counts = {n for n in counts_of(content, indicator).values() if n and (below is None or n < below)}
    words = indicator.numerator or indicator.title
    things = {_one(word) for word in noun(words).split()}
    more = (_names(words) | _names(indicator.title)) - things
    for each in said:
        if each.number in counts and (passage := each.names(things)):
            if len(things) > 1:
                return passage
            if also := each.some(more):
                return each.names(things, also)
    return ""


def _of_cells(
    said: Iterable[_Counted], breakdown: Breakdown, counts: Iterable[tuple[int, tuple[str, ...]]]
) -> Iterator[str]:
    """Yield the passages that say the count of a cell and name one of its categories, whole or beside the table's."""
    table, cells = _names(breakdown.title), list(counts)
    for each in said:
        of = (categories for number, categories in cells if number == each.number)
        passages = (_of_cell(each, categories, table) for categories in of)
        if passage := next(filter(None, passages), ""):
            yield passage


def _of_cell(said: _Counted, categories: Iterable[str], table: set[str]) -> str:
    of = [_names(name) for name in categories if name != TOTAL]
    if not of:
        things = said.some(table)
        return said.names(things) if len(things) > 1 or things == table else ""
    for names in of:
        if passage := said.names(names):
            return passage
        part, things = said.some(names - table), said.some(table)
        if part and things:
            return said.names(part, things)
    return ""


def passage_in(text: str, indicator: Indicator, content: Content, below: int | None = None) -> str:
    """Return the first passage of a text that says the percentage or a count of a figure; nothing if none does.

    Only counts `below` a number are looked for if one is given.
    """
    for pattern in _patterns(indicator, content, below):
        if found := re.search(pattern, text, re.IGNORECASE):
            return " ".join(found[0].split())
    return ""


def _covers(period: Period, other: Period) -> bool:
    return period.start <= other.start and other.end <= period.end


def _is_of_year(period: Period, other: Period) -> bool:
    """Tell whether a period is one of those that commentary on another compares it with."""
    return period.year_before.start <= other.start and other.end < period.end


def _patterns(indicator: Indicator, content: Content, below: int | None) -> Iterator[str]:
    things = dict.fromkeys(noun(words) for words in (indicator.numerator or indicator.title, indicator.denominator))
    names = [re.escape(name) for thing in things if thing for name in (thing, singular(thing))]
    for count in dict.fromkeys(counts_of(content, indicator).values()):
        if count and names and (below is None or count < below):
            number = rf"{count}|{_WORDS[count - 1]}" if count <= len(_WORDS) else f"{count}"
            yield rf"(?<![\w.,/£-])(?:{number})\s+(?:of\s+the\s+|of\s+our\s+|young\s+|more\s+)?(?:{'|'.join(names)})\b"
    value = value_of(content, indicator)
    if value and indicator.unit.kind is UnitKind.PERCENT:
        yield rf"(?<![\w.,-]){re.escape(plain(value))}\s*(?:%|per\s?cent\b)"
