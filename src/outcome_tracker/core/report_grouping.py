"""What many indicators have in common is said once: which they are, in few words, and what their sources share."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence
    from typing import TypeVar

    from outcome_tracker.core.indicator import Indicator

    Key = TypeVar("Key", bound=Hashable)
    Value = TypeVar("Value")

_RUN = 3  # indicators that follow on one another are named by the first and the last


def grouped(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, list[Value]]:
    """Return what belongs to each key, both in the order in which they came."""
    found: dict[Key, list[Value]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return dict(found)


def names_of(found: Sequence[Indicator], every: Sequence[Indicator]) -> str:
    """Return which of all indicators these are: one by name, more by code: `SAFE-01, SAFE-03 to SAFE-06`."""
    if len(found) == 1:
        return f"{found[0].code} {found[0].title}"
    places = {indicator.code: place for place, indicator in enumerate(every)}
    codes = sorted((indicator.code for indicator in found), key=lambda code: places[code])
    said: list[str] = []
    for _, run in groupby(enumerate(codes), lambda pair: places[pair[1]] - pair[0]):
        names = [code for _, code in run]
        said += [f"{names[0]} to {names[-1]}"] if len(names) >= _RUN else names
    return ", ".join(said)


def same(texts: Iterable[str]) -> str | None:
    """Return what several texts all are; None where they differ, or there is one only."""
    every = list(texts)
    return every[0] if len(every) > 1 and len(set(every)) == 1 else None


def of_one_work(sources: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Return the work that all sources name, and where in it each is: `…, 15 June 2021` and `§4.13`, `§4.16`.

    The place stands behind the last comma. Where they name several works, or no place in it, each source is whole.
    """
    parted = [source.rpartition(", ") for source in sources]
    work = same(work for work, _, _ in parted)
    return (work, [place for _, _, place in parted]) if work else ("", sources)
