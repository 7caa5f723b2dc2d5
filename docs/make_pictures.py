"""Draws the pictures in docs/pictures/ from the demo, in temporary folders and with a clock that stands still.

Each is what somebody sees after pressing the keys named here, at 120 × 40 and at 80 × 24.
"""

import asyncio
import re
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from textual import events
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from outcome_tracker.tracker.setup import make_demo
from outcome_tracker.tracker.workspace import Workspace, open_workspace
from outcome_tracker.tui.app import TrackerApp

PICTURES = Path(__file__).resolve().parent / "pictures"
SIZES = ((120, 40), (80, 24))


@dataclass(frozen=True, slots=True)
class Picture:
    """What is pressed to see a screen; `pasted` comes from the clipboard at the end."""

    keys: str = ""
    pasted: str = ""
    file_mistake: bool = False  # whether a plan file on disk has been edited, and not quite rightly


SCREENS: dict[str, Picture] = {
    "summary": Picture(),
    "summary-what-changed": Picture("2"),
    "summary-heat-map": Picture("3"),
    "scorecard": Picture("tab enter"),
    "scorecard-sorted": Picture("i right right right right s"),
    "scorecard-five-periods": Picture("tab enter v"),
    "scorecard-signals": Picture("tab enter v v v"),
    "indicator": Picture("enter"),
    "indicator-compare": Picture("enter 2"),
    "indicator-signal": Picture("tab enter down down down down enter s"),
    "authorities": Picture("enter l"),
    "entry": Picture("tab down e"),
    "entry-question": Picture("tab down e 2 3 6"),
    "entry-pasting": Picture("tab down e", pasted="352\n84\n6,1\n"),
    "collection": Picture("c home"),
    "collection-reminder": Picture("c home r"),
    "milestones": Picture("m a"),
    "commentary": Picture("k"),
    "commentary-writing": Picture("k enter"),
    "sign-off": Picture("S down"),
    "targets": Picture("o"),
    "targets-problems": Picture("o 2", file_mistake=True),
    "target-review": Picture("O"),
    "find": Picture("slash c a r e"),
    "as-at": Picture("d"),
    "help": Picture("f1"),
}


def now() -> datetime:
    """Return the moment at which all pictures are taken."""
    return datetime(2019, 5, 31, 9, 30, tzinfo=UTC)


async def settled(app: TrackerApp, pilot: Pilot[None]) -> None:
    """Wait until everything read is on the screen."""
    for _ in range(3):
        with suppress(WorkerCancelled):
            await app.workers.wait_for_complete()
        await pilot.pause()


async def drawn(workspace: Workspace, picture: Picture, size: tuple[int, int]) -> str:
    """Return a screen as SVG, naming no host: readers see it in a monospaced font of their own."""
    app = TrackerApp(workspace)
    async with app.run_test(size=size) as pilot:
        app.animation_level = "none"
        await settled(app, pilot)
        for key in picture.keys.split():
            await pilot.press(key)
            await settled(app, pilot)
        if picture.pasted and app.focused:
            app.focused.post_message(events.Paste(picture.pasted))
            await settled(app, pilot)
        shot = app.export_screenshot(title="Outcome Tracker")
    app.writer.close()
    without_fonts = re.sub(r"@font-face\s*{.*?}|<!--.*?-->", "", shot, flags=re.DOTALL)
    named = without_fonts.replace("Fira Code", "ui-monospace, Menlo, Consolas, DejaVu Sans Mono")
    return re.sub(r"[ \t]+$", "", named, flags=re.MULTILINE)


def mistaken(folder: Path) -> None:
    """Edit a plan file as somebody in a hurry does."""
    path = folder / "targets" / "safe.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("better: lower", "better: down", 1).replace("tier: wider", "teir: wider", 1), "utf-8")


def main() -> None:
    """Draw every picture."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        made = Path(temporary) / "made"
        if problems := make_demo(open_workspace(made, user="Jo Smith", now=now)):
            raise SystemExit("\n".join(str(problem) for problem in problems))
        for name, picture in SCREENS.items():
            for size in SIZES:
                folder = Path(temporary) / f"{name}-{size[0]}"
                shutil.copytree(made, folder)
                if picture.file_mistake:
                    mistaken(folder)
                workspace = open_workspace(folder, user="Jo Smith", now=now)
                path = PICTURES / f"{name}-{size[0]}x{size[1]}.svg"
                path.write_text(asyncio.run(drawn(workspace, picture, size)), encoding="utf-8", newline="\n")
                print(path.relative_to(PICTURES.parents[1]))


if __name__ == "__main__":
    main()
