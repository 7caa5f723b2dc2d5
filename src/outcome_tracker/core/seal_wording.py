"""What is said of seals: what was altered behind the tracker's back, and what came after a sign-off."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from outcome_tracker.core.day import day_text
from outcome_tracker.core.number import grouped
from outcome_tracker.core.seal import AREAS, SHORT, SHOWN, SIGN_OFF
from outcome_tracker.core.text import listed, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outcome_tracker.core.seal import Addendum, Broken, Item
    from outcome_tracker.core.signoff import Event

_NUMBERS = {"value", "numerator", "denominator", "count", "status"}
_COLUMNS = {"who": "saved by", "at": "saved at", "known": "known since", "why": "reason", "body": "text"}
_SUBJECTS = {
    "figure": "{0} {1}",
    "target": "target of {0} for {1}",
    "benchmark": "{1} {2} beside {0}",
    SHOWN: "{1} {2} beside {0}",
    "commentary": "commentary on {0} {1}, {2}",
    "definition": "{0} {1}",
    "milestone_report": "milestone {0}",
    AREAS: "figures of all areas for {0} {1}, {2}",
    SIGN_OFF: "sign-off of {0} {1}",
}
_LONGEST = 60  # characters of a text that are told


def short(seal: str) -> str:
    """Return as much of a seal as a paper copy keeps: `3fa29c01b7de`."""
    return seal[:SHORT]


def signed_text(event: Event) -> str:
    """Return who signed off and when: `signed off on 1 May 2019 by jo`."""
    return f"signed off on {day_text(event.stamp.known)} by {event.stamp.who}"


def seal_text(event: Event) -> str:
    """Return it with its seal, as it is printed: `signed off on 1 May 2019 by jo, seal 3fa29c01b7de`."""
    return f"{signed_text(event)}, seal {short(event.seal)}"


def subject_text(item: Item) -> str:
    """Return what an item is about: `SAFE-01 2018-19 Q4`, `target of SAFE-01 for 2018-19`."""
    key = [part.removeprefix("month ") for part in item.key]
    if item.kind == "breakdown_figure":
        return " ".join((*key[:2], listed(json.loads(key[2]))))
    if key[0] == "council":
        return "the council's settings"
    return _SUBJECTS[item.kind].format(*key)


def broken_text(found: Broken) -> str:
    """Return what is not as it was signed, with what it was and is."""
    event, was, now = found.event, found.was, found.now
    name = f"{event.plan} {event.period}"
    if found.gone:
        return f"{name}: step {found.gone} of its sign-off is missing from the database"
    if was is None:
        return f"{name}: what is kept of the text that was {signed_text(event)} no longer gives its seal"
    when = f"when it was {signed_text(event)}"
    if now is None:
        return f"{subject_text(was)}: {_said(was) or 'there'} {when}, missing now"
    return f"{subject_text(was)}: {_changed(was, now, when)}"


def _changed(was: Item, now: Item, when: str) -> str:
    differing = [name for name in sorted({*was.said, *now.said}) if was.said.get(name) != now.said.get(name)]
    if was.kind == AREAS and "figures" in differing:
        return f"not as they were {when}"
    if _NUMBERS.intersection(differing) and _said(was) != _said(now):
        return f"{_said(was)} {when}, {_said(now)} now"
    parts = []
    for name in differing:
        pairs = _bodies(was, now) if name == "body" else [(name, was.said.get(name, ""), now.said.get(name, ""))]
        parts += [f"{_COLUMNS.get(each, each)} {_quoted(old)} {when}, {_quoted(new)} now" for each, old, new in pairs]
    return "; ".join(parts)


def _bodies(was: Item, now: Item) -> list[tuple[str, str, str]]:
    """Return what differs in what plan files said, key by key, where it can still be read."""
    try:
        old, new = json.loads(was.said.get("body", "{}")), json.loads(now.said.get("body", "{}"))
        names = [key for key in sorted({*old, *new}) if old.get(key) != new.get(key)]
        return [(name, _plain(old.get(name)), _plain(new.get(name))) for name in names]
    except (ValueError, TypeError, AttributeError):
        return [("body", was.said.get("body", ""), now.said.get("body", ""))]


def _plain(value: object) -> str:
    """Return a setting in words: `14` of a goal of one number, text as it is."""
    if isinstance(value, list) and len(value) == 1:
        return _plain(value[0])
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _quoted(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        return "empty"
    return f"'{words if len(words) <= _LONGEST else f'{words[: _LONGEST - 1]}…'}'"


def _said(item: Item) -> str:
    """Return the number that an item says: `44 of 276`, `20.2`, `not available`; nothing of what isn't a number."""
    said = item.said
    top, bottom = said.get("numerator") or said.get("count", ""), said.get("denominator", "")
    parts = f"{_number(top)} of {_number(bottom)}" if top and bottom else _number(top)
    value = _number(said.get("value", ""))
    if value and parts:
        return f"{value} ({parts})"
    return value or parts or (said.get("status", "") if item.kind in {"figure", "breakdown_figure"} else "")


def _number(text: str) -> str:
    from decimal import Decimal, InvalidOperation

    try:
        return grouped(Decimal(text)) if text else ""
    except InvalidOperation:
        return text


# Addenda


def addendum_text(found: Addendum, *, public: bool = False) -> str:
    """Return what came after a sign-off: `SAFE-03 2018-19 Q4: 12 of 40 came in on 3 Jun 2019 (kim)`.

    In what is `public` there are neither numbers, which may be small, nor who and why.
    """
    was, now = found.was, found.now
    return f"{subject_text(now)}: {_told(was, now, public=public)} {_when(now, public=public)}".rstrip()


def _told(was: Item | None, now: Item, *, public: bool) -> str:
    said, before = ("", "") if public else (_said(now), _said(was) if was else "")
    instead = f" instead of {before}" if before else ""
    if now.kind in {"figure", "breakdown_figure"}:
        return f"{said} {'came in' if was is None else 'changed'}".strip() if not instead else f"{said}{instead}"
    if now.kind in {"benchmark", SHOWN}:
        return f"{said or ('published' if was is None else 'changed')}{instead}"
    if now.kind == "commentary":
        cleared = not now.said.get("text", "").strip()
        return "cleared" if cleared else "written" if was is None else "rewritten"
    if now.kind == "milestone_report":
        return now.said.get("status", "")
    return "set" if was is None else "changed"


def _when(item: Item, *, public: bool) -> str:
    said = item.said
    if released := said.get("released"):
        return f"released on {day_text(date.fromisoformat(released))}"
    if "known" not in said:
        return ""
    day = f"on {day_text(date.fromisoformat(said['known']))}"
    reason = (said.get("reason") or said.get("why", "")) if item.kind in {"target", "definition"} else ""
    return day if public else f"{day} ({said.get('who', '')})" + (f", because {reason}" if reason else "")


def addenda_line(found: Sequence[Addendum], *, public: bool = False) -> str:
    """Return all of them as a report prints them: `Addenda since sign-off: …`; nothing where there are none."""
    told = "; ".join(addendum_text(each, public=public) for each in found)
    return f"Addenda since sign-off: {told}." if told else ""


# Broken seals, where a report is made

DESPITE = (
    "`outcome-tracker status` names it too. Restore a backup from before, or make the report with "
    "--despite-broken-seal: it then says so on its first page."
)


def refused_text(found: Sequence[Broken]) -> str:
    """Return why no report is made, naming everything that isn't as it was signed."""
    return f"{_how_many(found)}: {'; '.join(broken_text(each) for each in found)}."


def broken_line(found: Sequence[Broken]) -> str:
    """Return the warning on a report, without numbers, which may be small; nothing where all seals hold."""
    names = listed(list(dict.fromkeys(_named(each) for each in found)))
    return f"{_how_many(found)}: {names}." if found else ""


def _how_many(found: Sequence[Broken]) -> str:
    return f"{plural(len(found), 'thing is', 'things are')} not as signed off"


def _named(found: Broken) -> str:
    return subject_text(found.was) if found.was else f"the sign-off of {found.event.plan} {found.event.period}"
