"""What makes hundreds of apps in one run quick: waiting for the app and not for the clock, and not parsing anew."""

import asyncio
import gc
from collections.abc import Iterator, Sized
from contextlib import contextmanager
from operator import attrgetter
from time import monotonic, process_time

import pytest
import textual.app
import textual.pilot
from textual._context import active_app
from textual.app import App, ScreenStackError
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation

MOST_SECONDS = 1.0  # as long as Textual waits at most
IDLE_SECONDS = 0.02  # without work in any thread: what a thread waits for is then the test itself


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
    gc.set_threshold(*before)
    gc.unfreeze()


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
    """Wait until every message is handled and painted; threads that read are waited for while they work."""
    app = active_app.get(None)
    ends = monotonic() + MOST_SECONDS
    idle_since = monotonic()
    while monotonic() < ends:
        with _waiting():
            await asyncio.sleep(0)
        ready: Sized = asyncio.get_running_loop()._ready  # type: ignore[attr-defined] # noqa: SLF001 - has no other name
        if len(ready) > len(_WAITING):
            continue
        if app is None or caught_up(app):
            continue
        if not any(not worker.is_finished for worker in app.workers):
            return
        before = process_time()  # of this sleep alone: many times what looking takes would pass for work
        await asyncio.sleep(0.001)
        if process_time() - before > 0.0005:
            idle_since = monotonic()
        elif monotonic() - idle_since > IDLE_SECONDS:
            return


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
