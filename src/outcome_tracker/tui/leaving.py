"""On leaving: a backup of what was entered, which neither keeps anybody for long nor stops them from leaving."""

from __future__ import annotations

import sys
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from outcome_tracker.tracker.workspace import Workspace

A_MOMENT = 1.0  # seconds after which it is said what is waited for


def back_up(workspace: Workspace, bug: Callable[[Exception], str]) -> None:
    """Back the database up unless the newest backup holds the same; what goes wrong is a sentence on stderr."""
    told: list[str] = []

    def work() -> None:
        from outcome_tracker.tracker.backups import back_up_on_leaving

        try:
            back_up_on_leaving(workspace)
        except Unavailable as unavailable:
            told.append(f"{unavailable} Everything that was entered is saved, but no backup of it was made.")
        except Exception as error:  # noqa: BLE001 - a defect here must not look like a failure to save
            told.append(f"{bug(error)} Everything that was entered is saved, but no backup of it was made.")

    thread = Thread(target=work, name="backup", daemon=True)  # it ends with the program where nobody waits for it
    try:
        thread.start()
        thread.join(A_MOMENT)
        if thread.is_alive():
            _say("Making a backup of what was entered; Ctrl+C leaves without it.")
            thread.join()
    except KeyboardInterrupt:
        told.append("Left without a backup; everything that was entered is saved.")
    for sentence in told:
        _say(sentence)


def _say(sentence: str) -> None:
    with suppress(OSError, ValueError, AttributeError):  # nobody reads stderr any more
        sys.stderr.write(f"{clean(sentence)}\n")
        sys.stderr.flush()
