"""A small workspace to enter figures into, and the app on its entry or milestones screen."""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from textual.pilot import Pilot
from textual.screen import Screen
from textual.worker import WorkerCancelled

from outcome_tracker.core.figure import Figure
from outcome_tracker.core.period import parse
from outcome_tracker.tracker.collect import Entered, enter
from outcome_tracker.tracker.plans import apply
from outcome_tracker.tracker.workspace import Workspace, open_workspace
from outcome_tracker.tui.app import TrackerApp
from outcome_tracker.tui.screens.ask import Ask, Form
from outcome_tracker.tui.screens.entry import EntryScreen
from outcome_tracker.tui.screens.entry_grid import EntryGrid

Q4 = parse("2018-19 Q4")
NOW = datetime(2019, 4, 20, 9, 0, tzinfo=UTC)
COUNCIL = """
council: Somewhere
area: E06000050
region: North West
comparators: [England]
reporting_period: 2018-19 Q4
"""
PLAN = """
plan: Children are safe
code: SAFE
owner: Director
indicators:
  - code: S-01
    title: Second or subsequent protection plan
    tier: headline
    unit: percent
    better: lower
    frequency: quarterly
    basis: point
    numerator: children
    denominator: children starting a plan
    targets: {2018-19: 14}
  - {code: S-02, title: Repeat referrals, tier: headline, unit: percent, better: lower, frequency: quarterly,
     basis: point, targets: {2018-19: 19.5}}
  - {code: S-03, title: Families helped, tier: wider, unit: number, better: higher, frequency: quarterly,
     basis: cumulative, targets: {2018-19: 340}}
  - {code: S-04, title: Days to first visit, tier: wider, unit: days, better: lower, frequency: quarterly,
     basis: point, decimals: 1, targets: {2018-19: 12}}
actions:
  - code: S-A1
    title: Open three hubs
    owner: Head of Hubs
    milestones:
      - {code: S-A1.1, title: Agree the sites, due: 2018-12-31, owner: Manager}
      - {code: S-A1.2, title: Open the first hub, due: 2019-05-31, owner: Manager}
  - code: S-A2
    title: Publish one form
    owner: Head of Forms
    milestones:
      - {code: S-A2.1, title: Write the form, owner: Manager}
"""


def now() -> datetime:
    return NOW


@cache
def _made() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="entering"))
    (folder / "targets").mkdir()
    (folder / "targets" / "council.yaml").write_text(COUNCIL, encoding="utf-8")
    (folder / "targets" / "safe.yaml").write_text(PLAN, encoding="utf-8")
    (folder / "data").mkdir()
    workspace = open_workspace(folder, user="ana", now=now)
    compared = apply(workspace)
    assert not compared.blocking, compared.blocking
    for code, period, text in (
        ("S-01", "2018-19 Q3", "17.0"),
        ("S-02", "2018-19 Q3", "20.8"),
        ("S-03", "2018-19 Q3", "236"),
        ("S-04", "2018-19 Q3", "12.5"),
    ):
        assert isinstance(enter(workspace, code, period, text), Entered)
    return folder


def workspace(folder: Path, *, user: str = "ana", as_at: date | None = None) -> Workspace:
    """Return a workspace in `folder`, made on first use."""
    if not (folder / "data").exists():
        shutil.copytree(_made(), folder, dirs_exist_ok=True)
    return open_workspace(folder, user=user, now=now, as_at=as_at)


Drive = Callable[[TrackerApp, Pilot[None]], Awaitable[None]]


def drive(
    workspace: Workspace, steps: Drive, *, size: tuple[int, int] = (120, 40), screen: Screen[None] | None = None
) -> None:
    """Open the entry screen (or another), let `steps` use it, and close the app."""

    async def run() -> None:
        app = TrackerApp(workspace)
        try:
            async with app.run_test(size=size) as pilot:
                app.period = Q4
                await app.push_screen(screen or EntryScreen())
                await settled(app, pilot)
                await steps(app, pilot)
        finally:
            app.writer.close()

    asyncio.run(run())


async def settled(app: TrackerApp, pilot: Pilot[None]) -> None:
    """Wait until everything read and saved is on the screen."""
    for _ in range(3):
        with suppress(WorkerCancelled):  # a newer question took its place
            await app.workers.wait_for_complete()
        while app.writer.pending:  # noqa: ASYNC110 - the writer is a thread and knows of no events
            await asyncio.sleep(0.005)
        await pilot.pause()


async def type_text(pilot: Pilot[None], text: str, *keys: str) -> None:
    """Press the characters of a text, then named keys."""
    names = {" ": "space", ".": "full_stop", ",": "comma", "/": "slash", "%": "percent_sign", "-": "minus"}
    await pilot.press(*(names.get(c, c) for c in text), *keys)


def entry(app: TrackerApp) -> EntryScreen:
    screen = next(s for s in reversed(app.screen_stack) if isinstance(s, EntryScreen))
    assert isinstance(screen, EntryScreen)
    return screen


def grid(app: TrackerApp) -> EntryGrid:
    return entry(app).grid


def on_line(app: TrackerApp, code: str, column: str = "value") -> None:
    grid(app).move_to(f"{code} 2018-19 Q4", column)


def cell(app: TrackerApp, code: str, column: str) -> str:
    line = next(line for line in grid(app).lines if line.key == f"{code} 2018-19 Q4")
    return line.cell(column).text


def asked(app: TrackerApp) -> Ask | Form:
    assert isinstance(app.screen, Ask | Form)
    return app.screen


def stored(workspace: Workspace, code: str) -> list[Figure]:
    """Return every version of the quarter's figure."""
    with workspace.read() as reader:
        return [figure for figure in reader.figure_versions(code) if figure.period == Q4]
