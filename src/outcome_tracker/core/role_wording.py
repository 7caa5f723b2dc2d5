"""What is said to somebody who may not do what they asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.role import Role, named
from outcome_tracker.core.text import listed

if TYPE_CHECKING:
    from outcome_tracker.core.indicator import Council

DOES = {
    Role.VIEWER: "look",
    Role.OFFICER: "change what is recorded",
    Role.APPROVER: "sign off a period or reopen it",
}
READ_ONLY = "This was opened read-only: everything can be looked at, and nothing changed."
READ_ONLY_REMEDY = "Start it without --read-only and OUTCOME_TRACKER_READ_ONLY; in a browser, sign in first."
_NAMES = 3  # of those to ask, so that the sentence stays one


def refusal(council: Council, user: str, role: Role, what: str = "", instead: str = "") -> tuple[str, str]:
    """Return why somebody without a role may not do something, and what to do about it.

    `what` follows 'may'; `instead` is what they can do, without a full stop.
    """
    does = what or DOES[role]
    if role is Role.VIEWER:
        return (
            f"Only people whom council.yaml lists under roles may {does}, and '{user}' is not one of them.",
            f"{instead or 'Ask an officer to list you'}, or name yourself with --user.",
        )
    ask = instead or f"Ask {_some(named(council, role))}"
    return (
        f"Only {role}s may {does}, and '{user}' is not one of them.",
        f"{ask}, or name yourself with --user; council.yaml lists the {role}s under roles.",
    )


def only_look_text(council: Council, user: str, role: Role = Role.OFFICER) -> str:
    """Return what a screen says, before anything is typed, to somebody who may look but lacks a role."""
    whom = _some(named(council, role))
    only = "Read-only: only" if role is Role.OFFICER else "Only"  # who is no approver can still enter
    return f"{only} {role}s may {DOES[role]}, and '{user}' is not one of them; ask {whom}."


def no_officer_text(user: str) -> str:
    """Return the warning of somebody who is about to take the role of an officer from themselves."""
    return f"'{user}' is no officer then, and cannot apply plan files again; add it under officers, unless you mean it."


def _some(names: tuple[str, ...]) -> str:
    """Return whom to ask: every name, or the first few."""
    return listed([*names[:_NAMES], *(["another one"] if len(names) > _NAMES else [])], "or")
