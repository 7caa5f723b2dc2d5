"""What has been read, kept until something is saved, so that changing a screen or a period reads nothing again."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from threading import Lock, Thread
from typing import TYPE_CHECKING

from outcome_tracker.core.day import read_only_text
from outcome_tracker.core.role import Role
from outcome_tracker.tracker.review import known, known_for, reporting_period
from outcome_tracker.tracker.roles import only_look

if TYPE_CHECKING:
    from outcome_tracker.core.commentary import Commentary
    from outcome_tracker.core.indicator import Council
    from outcome_tracker.core.period import Period
    from outcome_tracker.tracker.review import Known
    from outcome_tracker.tracker.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Reading:
    """One state of the database: what reviews need, and the commentary."""

    known: Known
    commentary: tuple[Commentary, ...]
    notice: str = ""
    steps: frozenset[Period] = frozenset()  # the periods that something was submitted or signed off of


class Session:
    """The current reading; any thread may ask. `epoch` counts how often it was forgotten."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.epoch = 0
        self.has_read = False  # whether anything was ever read
        self._one_reads = Lock()  # held as long as reading takes
        self._lock = Lock()  # never held for long
        self._opening: Reading | None = None
        self._reading: Reading | None = None
        self._ahead: Thread | None = None
        self._council: Council | None = None  # as read last
        self.latest: Reading | None = None  # what was read whole last, maybe before something was saved; never waits

    def read_ahead(self) -> None:
        """Begin to read in a thread, while the app is being built."""
        self._ahead = Thread(target=self._try, name="read ahead", daemon=True)
        self._ahead.start()

    def is_ready(self, seconds: float) -> bool:
        """Wait a moment for what is read ahead; tell whether it is there."""
        if self._ahead is not None:
            self._ahead.join(seconds)
        return self._opening is not None

    def _try(self) -> None:
        with suppress(Exception):  # whoever asks for the reading will meet it again, and can say so
            self.opening()

    def read_whole(self) -> None:
        """Read the older figures too, in advance."""
        with suppress(Exception):  # as above
            self.reading()

    def opening(self) -> Reading:
        """Return what the period that opens first needs, without older figures: half the time for 400 indicators.

        Raises `Unavailable`. Slow: call it in a worker.
        """
        with self._one_reads:
            if (found := self._opening or self._reading) is None:
                epoch = self.epoch
                found = self._read(whole=False)
                self._keep(epoch, opening=found)
            return found

    def reading(self) -> Reading:
        """Return what is known, read now if need be; raises `Unavailable`. Slow: call it in a worker."""
        with self._one_reads:
            if (found := self._reading) is None:
                epoch = self.epoch
                found = self._read(whole=True)
                self._keep(epoch, whole=found)
            return found

    def as_signed(self, reading: Reading, period: Period | None) -> Reading:
        """Return a reading as a period opens: plans that are signed off as they were signed. In a worker, too."""
        reporting = period or reporting_period(reading.known)
        if reporting not in reading.steps:
            return reading
        from outcome_tracker.tracker.as_signed import opened

        workspace = self.workspace
        with workspace.read() as reader, reader.snapshot():
            found = opened(workspace, reader, reading.known, reporting, reading.commentary)
        return replace(reading, known=found.found, commentary=found.commentary)

    def only_look(self, what: str, role: Role = Role.OFFICER) -> str:
        """Return why what needs a role can't be done now, or nothing; `what` is figures, milestones and the like."""
        day = self.workspace.as_at
        return read_only_text(what, day) if day else only_look(self.workspace, self._council, role)

    def _keep(self, epoch: int, *, opening: Reading | None = None, whole: Reading | None = None) -> None:
        """Keep what was read, unless it was forgotten meanwhile."""
        with self._lock:
            self.has_read = True
            if self.epoch == epoch:
                self._opening = opening or self._opening
                self._reading = whole or self._reading
                self.latest = whole or self.latest

    def _read(self, *, whole: bool) -> Reading:
        workspace = self.workspace  # another one may come meanwhile
        with workspace.read() as reader, reader.snapshot():
            found = known(workspace, reader) if whole else known_for(workspace, reader, None)
            self._council = found.council
            steps = frozenset(event.period for event in reader.sign_offs())
            return Reading(found, tuple(reader.commentary(as_at=workspace.as_at)), reader.notice, steps)

    def forget(self) -> None:
        """Have everything read again: something was saved. It never waits for what is being read."""
        with self._lock:
            self.epoch += 1
            self._opening = self._reading = None
