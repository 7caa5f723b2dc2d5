"""Draws the pictures in docs/pictures/ from the demo, in a temporary folder and with a clock that stands still."""

import asyncio
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from textual.pilot import Pilot
from textual.screen import Screen

from outcome_tracker.tracker.setup import make_demo
from outcome_tracker.tracker.workspace import Workspace, open_workspace
from outcome_tracker.tui.app import TrackerApp
from outcome_tracker.tui.screens.entry import EntryScreen
from outcome_tracker.tui.screens.indicator import IndicatorScreen
from outcome_tracker.tui.screens.milestones import MilestonesScreen
from outcome_tracker.tui.screens.scorecard import ScorecardScreen

PICTURES = Path(__file__).resolve().parent / "pictures"
SIZE = (120, 40)
SCREENS: dict[str, Screen[None] | None] = {
    "summary": None,
    "scorecard": ScorecardScreen("SAFE"),
    "indicator": IndicatorScreen("SAFE-01"),
    "entry": EntryScreen("EARLY"),
    "milestones": MilestonesScreen("SAFE"),
}


def now() -> datetime:
    """Return the moment at which all pictures are taken."""
    return datetime(2019, 5, 31, 9, 30, tzinfo=UTC)


async def settled(app: TrackerApp, pilot: Pilot[None]) -> None:
    """Wait until everything read is on the screen."""
    for _ in range(3):
        await app.workers.wait_for_complete()
        await pilot.pause()


async def picture(workspace: Workspace, screen: Screen[None] | None) -> str:
    """Return a screen as SVG, naming no host: readers see it in a monospaced font of their own."""
    app = TrackerApp(workspace)
    async with app.run_test(size=SIZE) as pilot:
        app.animation_level = "none"
        await settled(app, pilot)
        if screen is not None:
            await app.push_screen(screen)
            await settled(app, pilot)
        drawn = app.export_screenshot(title="Outcome Tracker")
    app.writer.close()
    without_fonts = re.sub(r"@font-face\s*{.*?}|<!--.*?-->", "", drawn, flags=re.DOTALL)
    named = without_fonts.replace("Fira Code", "ui-monospace, Menlo, Consolas, DejaVu Sans Mono")
    return re.sub(r"[ \t]+$", "", named, flags=re.MULTILINE)


def main() -> None:
    """Draw every picture."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        workspace = open_workspace(Path(folder), user="Jo Smith", now=now)
        problems = make_demo(workspace)
        if problems:
            raise SystemExit("\n".join(str(problem) for problem in problems))
        for name, screen in SCREENS.items():
            path = PICTURES / f"{name}.svg"
            path.write_text(asyncio.run(picture(workspace, screen)), encoding="utf-8", newline="\n")
            print(path.relative_to(PICTURES.parents[1]))


if __name__ == "__main__":
    main()
