"""One thread that saves one thing after another, and says how each went by a message."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING, TypeAlias

from textual.message import Message

from outcome_tracker.core.problem import Problem, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from textual.message_pump import MessagePump

    Job: TypeAlias = Callable[[], object]


@dataclass
class Answer(Message):
    """How a save went. `about` is what its sender gave to recognise it by; it is named by these words."""

    about: Hashable
    heard: bool = field(default=True, kw_only=True)  # by its sender; else the app alone learns how it went


@dataclass
class Saved(Answer):
    """It is stored: COMMIT has returned. `result` is what the use case returned."""

    result: object


@dataclass
class Refused(Answer):
    """Nothing was stored; `sentence` says why and what to do. `key` names the field, where it is one."""

    sentence: str
    key: str = ""


@dataclass
class Conflicted(Answer):
    """Nothing was stored: somebody else saved another version of the same first."""

    sentence: str


@dataclass
class Cancelled(Answer):
    """Nothing was stored: the batch that it belonged to was stopped before its turn came."""


@dataclass
class Begun(Message, bubble=False):
    """To the app: there is something to save, after there was nothing."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many were answered of those submitted since the queue was empty last; `batch` is one that can be stopped."""

    done: int
    total: int
    batch: Hashable = None


class Writer:
    """The queue of what is to be saved. `submit` returns at once; the answer goes to the sender, else to the app."""

    def __init__(self, app: MessagePump, bug: Callable[[Exception], str]) -> None:
        self._app, self._bug = app, bug
        self._jobs: SimpleQueue[tuple[Job, Hashable, MessagePump, Hashable] | None] = SimpleQueue()
        self._lock = Lock()
        self._pending = self._total = 0
        self._batches: Counter[Hashable] = Counter()  # how many of each batch are still to come
        self._stopped: set[Hashable] = set()
        self._thread: Thread | None = None
        self.has_saved = False  # whether anything was ever stored

    @property
    def pending(self) -> int:
        """How many saves have not been answered; once there are none, every answer is on its way."""
        with self._lock:
            return self._pending

    @property
    def progress(self) -> Progress | None:
        """How far the saving is; None when there is nothing to save."""
        with self._lock:
            if not self._pending:
                return None
            batch = next((each for each in self._batches if each not in self._stopped), None)
            return Progress(self._total - self._pending, self._total, batch)

    def submit(
        self, job: Job, *, about: Hashable = None, to: MessagePump | None = None, batch: Hashable = None
    ) -> None:
        """Save by calling `job` in the writer's thread.

        `job` is a use case with its arguments: what it returns is the result, a `Problem` a refusal. The answer is
        posted to `to` and bubbles up to the app. Those of one `batch` can be stopped together.
        """
        with self._lock:
            begins = not self._pending
            self._pending += 1
            self._total = 1 if begins else self._total + 1
            if batch is not None:
                self._batches[batch] += 1
            if self._thread is None:
                self._thread = Thread(target=self._work, name="writer")
                self._thread.start()
        self._jobs.put((job, about, to or self._app, batch))
        if begins:
            self._app.post_message(Begun())

    def cancel(self, batch: Hashable) -> None:
        """Answer what is left of a batch as `Cancelled`; what is being saved at this moment is saved."""
        with self._lock:
            if batch in self._batches:
                self._stopped.add(batch)

    def close(self) -> None:
        """Wait until everything is saved, and end the thread."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join()
            self._thread = None

    def _work(self) -> None:
        while (item := self._jobs.get()) is not None:
            job, about, to, batch = item
            answer = Cancelled(about) if self._comes(batch) else self._answer(job, about)
            with self._lock:
                self._pending -= 1
                self.has_saved = self.has_saved or isinstance(answer, Saved)
                if to is self._app or not to.post_message(answer):  # its screen was left meanwhile
                    answer.heard = False
                    self._app.post_message(answer)

    def _comes(self, batch: Hashable) -> bool:
        """Take the next of a batch; tell whether the batch was stopped."""
        with self._lock:
            stopped = batch in self._stopped
            if batch is not None:
                self._batches[batch] -= 1
                if not self._batches[batch]:  # the name can be used again
                    del self._batches[batch]
                    self._stopped.discard(batch)
        return stopped

    def _answer(self, job: Job, about: Hashable) -> Answer:
        from outcome_tracker.store.writer import Conflict

        try:
            result = job()
        except Conflict:
            return Conflicted(about, "Somebody else saved this first.")
        except Unavailable as unavailable:
            return Refused(about, str(unavailable))
        except Exception as error:  # noqa: BLE001 - a bug must not end the thread that saves
            return Refused(about, self._bug(error))
        if isinstance(result, Problem):
            return Refused(about, result.message, result.key)
        return Saved(about, result)
