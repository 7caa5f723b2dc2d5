"""Who may do what: asked wherever the tracker reads or saves, so that no screen and no command has to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.role import Role, roles_of
from outcome_tracker.core.role_wording import READ_ONLY, only_look_text, refusal

if TYPE_CHECKING:
    from outcome_tracker.core.indicator import Council
    from outcome_tracker.store.queries import Reader
    from outcome_tracker.tracker.workspace import Workspace


def check_may(council: Council, user: str, role: Role, what: str = "", *, instead: str = "") -> None:
    """Raise `Unavailable`, saying who may and how to become one, where the user doesn't have a role.

    `what` follows 'may', as in `see small numbers`; `instead` is what anybody may do.
    """
    held = roles_of(council, user)
    if role not in held:  # whoever may not even look is told that first
        missing = role if Role.VIEWER in held else Role.VIEWER
        raise Unavailable(*refusal(council, user, missing, *((what, instead) if missing is role else ())))


def only_look(workspace: Workspace, council: Council | None, role: Role = Role.OFFICER) -> str:
    """Return why the user can't do what needs a role, for screens to say before anything is typed; else nothing.

    Before there is a council anybody puts in the first plans.
    """
    if workspace.read_only:
        return f"Read-only: {READ_ONLY.partition(': ')[2]}"
    if council is None or role in roles_of(council, workspace.user):
        return ""
    return only_look_text(council, workspace.user, role)


def check_small_numbers(reader: Reader, user: str, instead: str) -> None:
    """Raise `Unavailable` where somebody else than the council's officers asks for what only they may see.

    The officers are those of today, whatever day is shown. `instead` is what anybody may ask for.
    """
    if (council := reader.council()) is not None:
        check_may(council, user, Role.OFFICER, "see small numbers", instead=instead)
