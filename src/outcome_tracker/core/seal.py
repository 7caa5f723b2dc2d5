"""The seal of a sign-off: SHA-256 over one text of everything that was signed, and what is no longer as it was.

The text is the same whatever database, machine or order the items come from: one line of plain ASCII an item, its keys
sorted, nothing empty in it, numbers without an exponent or zeros behind the point, times in UTC; the lines sorted.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from outcome_tracker.core.area import AreaTable
    from outcome_tracker.core.signoff import Event, Progress

# The rules of core by which what is sealed was rated. Another number where the same figures would be rated otherwise.
RULES = "1"
SIGN_OFF = "sign_off"
# What is sealed as it was shown, from the figures of all areas, and has no row of its own.
SHOWN = "shown"
# A release of the figures of all areas, with a seal of its own over all of its figures.
AREAS = "area_release"
SHORT = 12

Key = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Item:
    """One version of a fact that is sealed: its table, its key, and what its columns say, as texts.

    An empty text says the same as none.
    """

    kind: str
    key: tuple[str, ...]
    version: int
    content: Mapping[str, str] = field(default_factory=dict)

    @property
    def subject(self) -> Key:
        """What it is a version of."""
        return self.kind, self.key

    @property
    def said(self) -> dict[str, str]:
        """What its columns say, the empty ones left out."""
        return {name: text for name, text in self.content.items() if text}


def number_text(number: Decimal) -> str:
    """Return the one text of a number: 21.2, 21.20 and 2.12E+1 are the same."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def line_of(item: Item) -> str:
    """Return an item as one line."""
    return json.dumps([item.kind, item.key, item.version, item.said], sort_keys=True, separators=(",", ":"))


def text_of(items: Iterable[Item]) -> str:
    """Return the text that is sealed, in one order however the items come."""
    return "\n".join(sorted({line_of(item) for item in items}))


def seal_of(text: str) -> str:
    """Return the seal of a text, 64 digits and letters."""
    import hashlib  # slow to load, and most commands seal nothing

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def lines_of(table: AreaTable) -> str:
    """Return the figures of all areas as one text, an area a line."""
    lines = [
        json.dumps([area, *(None if n is None else number_text(n) for n in numbers), figure.marker])
        for area, figure in table.figures.items()
        for numbers in [(figure.value, figure.numerator, figure.denominator)]
    ]
    return "\n".join(sorted(lines))


def read(text: str) -> list[Item]:
    """Return the items of a sealed text; a line that was made unreadable is left out."""
    return [item for item in _read_all(text.splitlines()) if item is not None]


def _read_all(lines: Sequence[str]) -> list[Item | None]:
    """Read lines, as one list where all of them are as they were written: that is several times faster."""
    try:
        found = json.loads(f"[{','.join(lines)}]")
    except ValueError:
        found = []
    if len(found) != len(lines):
        found = [_loaded(line) for line in lines]
    return [_item(each) for each in found]


def _loaded(line: str) -> object:
    try:
        return json.loads(line)
    except ValueError:
        return None


def _item(loaded: object) -> Item | None:
    match loaded:
        case [str(kind), list(key), int(version), dict(content)]:
            texts = (*key, *content.values())
            return Item(kind, tuple(key), version, content) if all(type(text) is str for text in texts) else None
        case _:
            return None


def signature(event: Event) -> Item:
    """Return what the sign-off says of itself: who, when, the line as signed, and the rules that rated it."""
    stamp = event.stamp
    content = {
        "who": stamp.who,
        "at": stamp.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "known": stamp.known.isoformat(),
        "why": stamp.why,
        "line": event.line,
        "rules": RULES,
    }
    return Item(SIGN_OFF, (event.plan, event.period.code), event.version, content)


def sealed(event: Event, items: Iterable[Item]) -> Event:
    """Return a sign-off with the seal over itself and everything that it signs."""
    text = text_of([signature(event), *items])
    return replace(event, sealed=text, seal=seal_of(text))


@dataclass(frozen=True, slots=True)
class Broken:
    """Something that is not as it was when `event` was signed off.

    `now` is None where it is gone. Without `was` it is the sealed text itself that no longer gives the seal, or with
    `gone` the step of that number that is missing before the event.
    """

    event: Event
    was: Item | None = None
    now: Item | None = None
    gone: int = 0


def broken(events: Sequence[Event], held: Mapping[tuple[Key, int], Item]) -> list[Broken]:
    """Return what is not as it was signed, sign-off by sign-off in the order of the sealed texts.

    `held` is what the database says now. A line that many sign-offs share, as each quarter's figures, is read once.
    """
    lines = list(dict.fromkeys(line for event in events for line in event.sealed.splitlines()))
    read_once = zip(lines, _read_all(lines), strict=True)
    altered = {line: item for line, item in read_once if item is not None and _is_altered(item, held)}
    found = []
    for event in events:
        if seal_of(event.sealed) != event.seal:
            found.append(Broken(event))
        for line in event.sealed.splitlines():
            if (was := altered.get(line)) is None:
                continue
            now = _signature_now(event, was) if was.kind == SIGN_OFF else held.get((was.subject, was.version))
            if now is None or now.said != was.said:
                found.append(Broken(event, was, now))
    return found


def _is_altered(was: Item, held: Mapping[tuple[Key, int], Item]) -> bool:
    """Tell whether an item is not as it was, or is for its own sign-off to say."""
    if was.kind == SHOWN:
        return False
    now = held.get((was.subject, was.version))
    return now is None or now.said != was.said


def _signature_now(event: Event, was: Item) -> Item | None:
    now = signature(event)
    if (now.key, now.version) != (was.key, was.version):
        return None
    # The rules are the program's of the day, not the database's.
    return replace(now, content={**now.content, "rules": was.content.get("rules", "")})


def steps_gone(found: Progress) -> list[Broken]:
    """Return the steps of a plan's period that are missing before its last one: they count up from 1."""
    if found.last is None:
        return []
    there = {event.version for event in found.events}
    return [Broken(found.last, gone=number) for number in range(1, found.version) if number not in there]


# What comes after a sign-off and is told as an addendum; what else is agreed anew holds for later periods.
_ADDED = ("figure", "breakdown_figure", "target", "definition", "benchmark", SHOWN, "commentary", "milestone_report")
_WHOLE = {"council", "plan"}


@dataclass(frozen=True, slots=True)
class Addendum:
    """Something that became known after a sign-off: `was` is what was signed, None where there was nothing."""

    was: Item | None
    now: Item


def addenda(sealed: Iterable[Item], now: Iterable[Item]) -> list[Addendum]:
    """Return what is there now and was not when it was signed, the oldest first."""
    held: dict[Key, Item] = {}
    for item in sealed:
        before = held.get(item.subject)
        if before is None or before.version < item.version:
            held[item.subject] = item
    found = []
    for item in now:
        if item.kind not in _ADDED or (item.kind == "definition" and item.key[0] in _WHOLE):
            continue
        was = held.get(item.subject)
        if was is None or was.version < item.version or (item.kind == SHOWN and was.said != item.said):
            found.append(Addendum(was, item))
    return sorted(found, key=_order)


def _order(each: Addendum) -> tuple[str, int, tuple[str, ...]]:
    return each.now.content.get("at", ""), _ADDED.index(each.now.kind), each.now.key
