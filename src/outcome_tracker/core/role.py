"""Roles: who may look, enter and sign off, by account name, as council.yaml says."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from outcome_tracker.core.text import clean

if TYPE_CHECKING:
    from outcome_tracker.core.indicator import Council


class Role(StrEnum):
    """What somebody may do: look; enter, import and apply; sign off and reopen."""

    VIEWER = "viewer"
    OFFICER = "officer"
    APPROVER = "approver"


def named(council: Council, role: Role) -> tuple[str, ...]:
    """Return the account names that council.yaml lists for a role; none means that anybody has it."""
    roles = council.extra.get("roles")
    names = roles.get(f"{role}s") if isinstance(roles, dict) else None
    return tuple(str(name) for name in names) if isinstance(names, (list, tuple)) else ()


def roles_of(council: Council, user: str) -> frozenset[Role]:
    """Return the roles of an account, whatever the case of its letters.

    An empty list of a role means anybody. Where viewers are listed, whoever is in none of the three lists may not
    look, and so may do nothing.
    """
    lists = {role: {_folded(name) for name in named(council, role)} for role in Role}
    account = _folded(user)
    if lists[Role.VIEWER] and not any(account in names for names in lists.values()):
        return frozenset()
    return frozenset({Role.VIEWER, *(role for role, names in lists.items() if not names or account in names)})


def _folded(name: str) -> str:
    return clean(name).casefold()
