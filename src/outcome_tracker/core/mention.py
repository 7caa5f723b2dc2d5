"""Hidden numbers in what people write: `3 children` in commentary on a figure that is not published.

Only a warning for the officer can come of it. It is meant to be believed, so a number counts only before the things
that it counts, or as the very percentage that is hidden.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcome_tracker.core.figure import value_of
from outcome_tracker.core.noun import noun, singular
from outcome_tracker.core.number import UnitKind, plain
from outcome_tracker.core.printed_counts import FigureKey, counts_of
from outcome_tracker.core.publication import below_of
from outcome_tracker.core.suppression import Why

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from outcome_tracker.core.commentary import Commentary
    from outcome_tracker.core.figure import Content, Figure
    from outcome_tracker.core.indicator import Agreed, Indicator
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.publication import Publication

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class Mention:
    """A passage of commentary that says a hidden number of an indicator."""

    said: Commentary
    indicator: str
    passage: str


def mentions(
    said: Iterable[Commentary],
    agreed: Agreed,
    figures: Mapping[str, Mapping[Period, Figure]],
    publication: Publication,
) -> list[Mention]:
    """Return where commentary says a number that is hidden in its period, of its indicator or one of its plan.

    `figures` are those before anything was hidden.
    """
    hidden = [(each.what, each.why) for each in publication.hidden if isinstance(each.what, FigureKey)]
    plans = {indicator.code: plan.code for plan in agreed.plans for indicator in plan.indicators}
    found = []
    for words in said:
        for key, why in hidden:
            indicator = agreed.indicator(key.indicator)
            is_subject = words.subject in {key.indicator, plans.get(key.indicator)}
            if indicator is None or not is_subject or not _covers(words.period, key.period):
                continue
            below = below_of(agreed, indicator) if why is Why.SMALL else None
            passage = passage_in(words.text, indicator, figures[key.indicator][key.period].content, below)
            if passage:
                found.append(Mention(words, key.indicator, passage))
    return found


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
