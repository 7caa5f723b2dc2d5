"""What has been read, kept until something is saved, so that changing a screen or a period reads nothing again."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from threading import Lock, Thread
from typing import TYPE_CHECKING

from outcome_tracker.tracker.review import known

if TYPE_CHECKING:
    from outcome_tracker.core.commentary import Commentary
    from outcome_tracker.tracker.review import Known
    from outcome_tracker.tracker.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Reading:
    """One state of the database: what reviews need, and the commentary."""

    known: Known
    commentary: tuple[Commentary, ...]
    notice: str = ""


class Session:
    """The current reading; any thread may ask. `epoch` counts how often it was forgotten."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.epoch = 0
        self._lock = Lock()
        self._reading: Reading | None = None
        self._ahead: Thread | None = None
        self.latest: Reading | None = None  # what was read last, maybe before something was saved; never waits

    def read_ahead(self) -> None:
        """Begin to read in a thread, while the app is being built."""
        self._ahead = Thread(target=self._try, name="read ahead", daemon=True)
        self._ahead.start()

    def is_ready(self, seconds: float) -> bool:
        """Wait a moment for what is read ahead; tell whether it is there."""
        if self._ahead is not None:
            self._ahead.join(seconds)
        return self._reading is not None

    def _try(self) -> None:
        with suppress(Exception):  # whoever asks for the reading will meet it again, and can say so
            self.reading()

    def reading(self) -> Reading:
        """Return what is known, read now if need be; raises `Unavailable`. Slow: call it in a worker."""
        with self._lock:
            if self._reading is None:
                with self.workspace.read() as reader, reader.snapshot():
                    self._reading = Reading(
                        known(self.workspace, reader),
                        tuple(reader.commentary(as_at=self.workspace.as_at)),
                        reader.notice,
                    )
                self.latest = self._reading
            return self._reading

    def forget(self) -> None:
        """Have everything read again: something was saved."""
        with self._lock:
            self.epoch += 1
            self._reading = None
