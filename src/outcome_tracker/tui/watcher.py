"""Notices what others save while the screens are open: one thread with one connection, which looks now and then."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Thread
from typing import TYPE_CHECKING

from textual.message import Message

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.text import listed, plural

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from textual.message_pump import MessagePump

    from outcome_tracker.store.queries import Reader
    from outcome_tracker.tracker.workspace import Workspace

    Stamps = Counter[tuple[str, datetime, bool]]

SECONDS = 1.5  # between two looks


@dataclass
class Changed(Message, bubble=False):
    """To the app: what is stored is no longer what was read. `sentence` says who did what, where that is known."""

    sentence: str = ""


class Watcher:
    """Posts `Changed` when others have saved, or when the database can be read again after it could not.

    What can't be read is tried again the next time: the pages say what is the matter when they are read.
    """

    def __init__(self, app: MessagePump, workspace: Workspace, is_own: Callable[[str, datetime], bool]) -> None:
        """`is_own` tells of who saved when whether this program did: it has read that already."""
        self._app, self._workspace, self._is_own = app, workspace, is_own
        self._stop = Event()
        self._thread: Thread | None = None
        self._reader: Reader | None = None
        self._file: tuple[int, int] | None = None
        self._token: tuple[int, ...] = ()
        self._stamps: Stamps = Counter()

    def start(self, *, readable: bool) -> None:
        """Begin to look; `readable` tells whether the pages have something to show."""
        if self._thread is None:
            self._thread = Thread(target=self._watch, args=[readable], name="watcher", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """End the thread and its connection."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        self._leave()

    def _watch(self, readable: bool) -> None:  # noqa: FBT001 - the thread's only argument
        known = readable and self._look() is not None
        while not self._stop.wait(SECONDS):
            found = self._look()
            if found is None:
                if known:  # so that the page says why
                    self._app.post_message(Changed())
                known = False
            elif found or not known:
                self._app.post_message(Changed(found if known else ""))
                known = True

    def _look(self) -> str | None:
        """Return what others did since the last look, nothing if they did nothing; None if it can't be read."""
        try:
            return self._changes()
        except Unavailable:
            self._leave()
            return None

    def _changes(self) -> str:
        file = self._identity()
        if self._reader is None or file != self._file:  # it was opened, replaced or restored
            replaced = self._reader is not None
            self._leave()
            self._reader = self._workspace.read()
            self._file, self._token = file, self._reader.changed_token()
            before, self._stamps = self._stamps, self._reader.stamps()
            return self._said(before) or ("The database was replaced." if replaced else "")
        token = self._reader.changed_token()
        if token == self._token:
            return ""
        before, self._token, self._stamps = self._stamps, token, self._reader.stamps()
        return self._said(before)

    def _said(self, before: Stamps) -> str:
        new = {key: count for key, count in (self._stamps - before).items() if not self._is_own(*key[:2])}
        return sentence(new) if before else ""

    def _identity(self) -> tuple[int, int] | None:
        path = self._workspace.location.path
        with suppress(OSError):
            if path is not None:
                found = path.stat()
                return found.st_dev, found.st_ino
        return None

    def _leave(self) -> None:
        if self._reader is not None:
            with suppress(Unavailable):
                self._reader.close()
        self._reader = None


def sentence(new: dict[tuple[str, datetime, bool], int]) -> str:
    """Return who did what in a few words: `Ana entered 2 figures`; nothing if nobody did anything."""
    people = sorted({who for who, _, _ in new})
    figures = sum(count for (_, _, is_figure), count in new.items() if is_figure)
    if not people:
        return ""
    return f"{listed(people)} entered {plural(figures, 'figure')}" if figures else f"{listed(people)} saved something"
