"""What makes hundreds of apps in one run quick: waiting for the app and not for the clock, and not parsing anew."""

import asyncio
import gc
import os
import sys
import threading
from collections.abc import Iterator, Sized
from contextlib import contextmanager
from operator import attrgetter
from pathlib import Path
from time import monotonic
from types import FrameType
from weakref import WeakKeyDictionary

import pytest
import textual.app
import textual.pilot
import textual.worker
from textual._context import active_app
from textual.app import App, ScreenStackError
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation
from textual.screen import Screen

MOST_SECONDS = 10.0  # on a busy machine
QUIET_SECONDS = 0.02  # without any message: a worker that is no thread then waits for a timer, or for the test itself
_TESTS = Path(__file__).parents[1]


@pytest.fixture(scope="session", autouse=True)
def pilots_wait_until_nothing_is_left_to_do() -> Iterator[None]:
    """Replace Textual's wait after each key, which is 40 ms of sleep, by one for exactly what the key set off."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(textual.app, "wait_for_idle", until_idle)
        patch.setattr(textual.pilot, "wait_for_idle", until_idle)
        yield


@pytest.fixture(scope="session", autouse=True)
def apps_share_what_is_parsed() -> Iterator[None]:
    """Parse each stylesheet once for each look, not once for each app."""
    parse = Stylesheet._parse_rules  # noqa: SLF001 - the cache that it has of its own lives as long as its app
    known: dict[object, list[RuleSet]] = {}

    def parsed(
        self: Stylesheet,
        css: str,
        read_from: CSSLocation,
        is_default_rules: bool = False,  # noqa: FBT002 - as Textual calls it
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[RuleSet]:
        variables = frozenset(self._variables.items())
        key = (css, read_from, is_default_rules, tie_breaker, scope, variables)
        if key not in known:
            known[key] = parse(self, css, read_from, is_default_rules, tie_breaker, scope)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parsed)
        yield


@pytest.fixture(scope="session", autouse=True)
def rubbish_is_collected_seldom() -> Iterator[None]:
    """An app leaves much behind, and looking for it after every 700 objects takes a seventh of the time."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()  # what is loaded once stays
    gc.set_threshold(1_000_000, 20, 100)
    yield
    gc.collect()  # what was left open is said now
    gc.freeze()  # what is left is not looked at again, as pytest does five times at its end
    gc.set_threshold(*before)


@pytest.fixture(scope="session", autouse=True)
def screens_are_painted_once_all_is_handled() -> Iterator[None]:
    """Paint when no message is left, as a slow terminal shows it, not after each: nobody looks in between.

    What is there while a thread reads is painted, for then there is no message. With PAINT_ALWAYS=1 all is.
    """
    if os.environ.get("PAINT_ALWAYS"):
        yield
        return
    paint = Screen._compositor_refresh  # noqa: SLF001 - what paints
    waits: WeakKeyDictionary[asyncio.AbstractEventLoop, set[Screen[object]]] = WeakKeyDictionary()

    def when_quiet(screen: Screen[object], waiting: set[Screen[object]]) -> None:
        if _ready() > len(_WAITING) + len(waiting) - 1:  # the others that wait to be painted
            asyncio.get_running_loop().call_soon(when_quiet, screen, waiting)
            return
        waiting.discard(screen)
        try:
            paint(screen)
        except ScreenStackError:
            pass  # the app has closed meanwhile
        except Exception as error:  # noqa: BLE001 - as for one that is raised while a message is handled
            screen.app._handle_exception(error)  # noqa: SLF001

    def soon(screen: Screen[object]) -> None:
        screen._dirty_widgets.clear()  # noqa: SLF001 - the compositor knows their regions
        loop = asyncio.get_running_loop()
        waiting = waits.setdefault(loop, set())
        if screen not in waiting:
            waiting.add(screen)
            loop.call_soon(when_quiet, screen, waiting)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Screen, "_compositor_refresh", soon)
        yield


_PAINTS_SOON = attrgetter("_update_timer._active")
_WAITING: list[None] = []  # those that wait here at the same time: where two apps run, each would wait for the other


@contextmanager
def _waiting() -> Iterator[None]:
    _WAITING.append(None)
    try:
        yield
    finally:
        _WAITING.pop()


async def until_idle(_least: float = 0, _most: float = MOST_SECONDS) -> None:
    """Wait until every message is handled and painted; threads that read are waited for as long as they work."""
    app = active_app.get(None)
    ends = monotonic() + MOST_SECONDS
    quiet_since: float | None = None
    while monotonic() < ends:
        with _waiting():
            await asyncio.sleep(0)
        if _ready() > len(_WAITING):
            continue
        if app is None or caught_up(app):
            continue
        unfinished = [worker for worker in app.workers if not worker.is_finished]
        threads = [worker for worker in unfinished if worker._thread_worker]  # noqa: SLF001 - nothing else tells
        if len(threads) > _held():
            quiet_since = None
        elif len(threads) == len(unfinished):
            return
        elif quiet_since is None:
            quiet_since = monotonic()
        elif monotonic() - quiet_since > QUIET_SECONDS:
            return
        await asyncio.sleep(0.001)


def _ready() -> int:
    """Return how many steps the loop has before it."""
    ready: Sized = asyncio.get_running_loop()._ready  # type: ignore[attr-defined] # noqa: SLF001 - has no other name
    return len(ready)


def _held() -> int:
    """Count the workers whose threads wait until the test lets them go on.

    It is told by where they are and not by how long they rest: on a busy machine, one that works rests as well.
    """
    return sum(map(_is_held, sys._current_frames().values()))  # noqa: SLF001 - as debuggers do


def _is_held(frame: FrameType | None) -> bool:
    """Tell whether a worker's thread is where a test has put a wait into what it does."""
    if frame is None or frame.f_code.co_filename != threading.__file__:
        return False
    files = set()
    while frame is not None:
        files.add(frame.f_code.co_filename)
        frame = frame.f_back
    return textual.worker.__file__ in files and any(Path(file).is_relative_to(_TESTS) for file in files)


def caught_up(app: App[object]) -> bool:
    """Do what waits for the next fraction of a second: resizing and painting; tell whether there was any."""
    if app._resize_timer is not None:  # noqa: SLF001
        app._check_resize()  # noqa: SLF001
        return True
    try:
        screen = app.screen
    except ScreenStackError:
        return False
    waits = bool(_PAINTS_SOON(screen).is_set())
    if waits:
        screen._on_timer_update()  # noqa: SLF001 - as Pilot.pause does
    return waits
