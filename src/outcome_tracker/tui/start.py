"""Starts the screens. Reading begins before Textual is imported, so that both are done at the same time."""

from __future__ import annotations

import gc
import os
from hashlib import sha256
from typing import TYPE_CHECKING

from outcome_tracker.tui.memory import Memory
from outcome_tracker.tui.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from outcome_tracker.tracker.workspace import Workspace

NOTHING_OPENED = 3  # the exit code of "not possible now"


def _memory_file(folder: Path, workspace: Workspace) -> Path | None:
    """Return where choices are remembered: behind `serve` all people have one account, and each a file of their own.

    There nothing is remembered of those who only look: they all have the same name.
    """
    if not os.environ.get("TEXTUAL_DRIVER"):
        return folder / "screens.json"
    if workspace.read_only:
        return None
    return folder / f"screens-{sha256(workspace.user.encode()).hexdigest()[:12]}.json"


def run(workspace: Workspace) -> int:
    """Show the workspace until the person quits; return the exit code."""
    from platformdirs import user_state_path

    gc.disable()  # until the first figures are on the screen: collecting takes a tenth of the time until then
    try:
        session = Session(workspace)
        session.read_ahead()
        from outcome_tracker.tui.app import TrackerApp

        folder = user_state_path("outcome-tracker", appauthor=False)
        app = TrackerApp(workspace, session, Memory(_memory_file(folder, workspace)))
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
