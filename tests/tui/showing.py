"""The demo workspace, and the app on it with a clock that stands still."""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TypeVar

from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from outcome_tracker.core.period import parse
from outcome_tracker.tracker.setup import make_demo
from outcome_tracker.tracker.workspace import Workspace, open_workspace
from outcome_tracker.tui.app import TrackerApp
from outcome_tracker.tui.widgets.drawn import Drawn
from outcome_tracker.tui.widgets.grid_view import GridView
from tests.tui.entering import settled

Q4 = parse("2018-19 Q4")
NOW = datetime(2019, 5, 31, 9, 30, tzinfo=UTC)


def now() -> datetime:
    return NOW


@cache
def _made() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="showing"))
    assert not make_demo(open_workspace(folder, user="ana", now=now))
    return folder


def demo(folder: Path | None = None, *, as_at: date | None = None) -> Workspace:
    """Return the demo: a copy in `folder` if it is to be written to, else one that all tests look at."""
    if folder is not None and not (folder / "data").exists():
        shutil.copytree(_made(), folder, dirs_exist_ok=True)
    return open_workspace(folder or _made(), user="ana", now=now, as_at=as_at)


Drive = Callable[[TrackerApp, Pilot[None]], Awaitable[None]]


def show(
    workspace: Workspace, steps: Drive, *, size: tuple[int, int] = (120, 40), screen: Screen[None] | None = None
) -> None:
    """Open the app (on another screen, if given), let `steps` use it, and close it."""

    async def run() -> None:
        app = TrackerApp(workspace)
        try:
            async with app.run_test(size=size) as pilot:
                await settled(app, pilot)
                if screen is not None:
                    await app.push_screen(screen)
                    await settled(app, pilot)
                await steps(app, pilot)
        finally:
            app.writer.close()

    asyncio.run(run())


S = TypeVar("S", bound=Widget)


def on(app: TrackerApp, kind: type[S]) -> S:
    """Return the screen that is shown, which must be of that kind."""
    assert isinstance(app.screen, kind), app.screen
    return app.screen


def words(app: TrackerApp, selector: str) -> str:
    """Return what a drawn text says, in lines."""
    drawn = app.screen.query_one(selector, Drawn)
    return "\n".join(line.plain for line in drawn.lines(drawn.content_size.width))


def cells(app: TrackerApp, selector: str) -> dict[str, dict[str, str]]:
    """Return the texts of a grid by line and column; headings by their title."""
    grid = app.screen.query_one(selector, GridView)
    return {line.key: {key: cell.text for key, cell in line.cells.items()} for line in grid.lines}


def painted(app: TrackerApp) -> str:
    """Return everything that is on the screen, as text."""
    strips = app.screen._compositor.render_strips()  # noqa: SLF001 - the only way to see what is painted
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)
