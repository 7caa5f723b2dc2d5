"""Starts the screens. Reading begins before Textual is imported, so that both are done at the same time."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from outcome_tracker.tui.memory import Memory
from outcome_tracker.tui.session import Session

if TYPE_CHECKING:
    from outcome_tracker.tracker.workspace import Workspace

NOTHING_OPENED = 3  # the exit code of "not possible now"


def run(workspace: Workspace) -> int:
    """Show the workspace until the person quits; return the exit code."""
    from platformdirs import user_state_path

    gc.disable()  # until the first figures are on the screen: collecting takes a tenth of the time until then
    try:
        session = Session(workspace)
        session.read_ahead()
        from outcome_tracker.tui.app import TrackerApp

        memory = Memory(user_state_path("outcome-tracker", appauthor=False) / "screens.json")
        app = TrackerApp(workspace, session, memory)
        try:
            app.run()
        finally:
            app.writer.close()
        if app.writer.has_saved:
            from outcome_tracker.tui.leaving import back_up

            back_up(workspace, app.bug)
    finally:
        gc.enable()
    if app.crash is not None:
        raise app.crash
    return 0 if app.has_answered else NOTHING_OPENED
