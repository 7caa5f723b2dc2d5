"""A pseudo-terminal that times a program: until a text is on its screen, and from a key until the screen is still."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import statistics
import struct
import termios
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import pyte

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

COLUMNS, ROWS = 120, 40
QUIET = 0.12  # seconds without output after which a starting program has painted
STILL = 0.04  # seconds without output after which a key's repaint is complete
# What a modern terminal answers when asked for the cursor, its kind, and whether it can draw in one go.
_ANSWERS = (
    (re.compile(rb"\x1b\[6n"), b"\x1b[1;1R"),
    (re.compile(rb"\x1b\[0?c"), b"\x1b[?62;22c"),
    (re.compile(rb"\x1b\[\?2026\$p"), b"\x1b[?2026;2$y"),
)
_FRAME_END = b"\x1b[?2026l"
_UNKNOWN = re.compile(
    rb"\x1b\[[<>=?][0-9;:]*[a-zA-Z]|\x1b\[\?[0-9;]*\$[a-z]|\x1bP.*?\x1b\\|\x1b\].*?(?:\x07|\x1b\\)", re.DOTALL
)


class Terminal:
    """A program in a pseudo-terminal of 120 × 40; it is killed at the end.

    Output is only stamped while it comes and replayed when somebody looks, so the emulation costs the program nothing.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._process, self._terminal = pty.fork()
        if self._process == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", LINES=str(ROWS), COLUMNS=str(COLUMNS))
            os.execvp(command[0], list(command))  # noqa: S606 - the programs that are measured
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._started = time.perf_counter()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self._terminal)

    def shows(self, text: str) -> bool:
        """Tell whether a text is on the screen."""
        return any(text in line for line in self._screen.display)

    def until(self, text: str, limit: float = 20.0) -> float:
        """Return the seconds from the start until `text` is on the screen; raises `TimeoutError` if it never is."""
        while time.perf_counter() - self._started < limit:
            for at, data in self._collect(QUIET, 2.0):
                self._feed(data)
                if self.shows(text):
                    return at - self._started
        raise TimeoutError(f"'{text}' did not appear: {' '.join(self._command)}\n" + "\n".join(self._screen.display))

    def press(self, keys: bytes, *, once: bool = False, limit: float = 2.0) -> float:
        """Return the seconds from a key until the screen is repainted; raises `TimeoutError` if it never is.

        What follows after a pause, such as a spinner, is a repaint of its own. With `once` only the first repaint
        counts of a program that says where one ends: what a commit adds to the line later is not the key's.
        """
        began = time.perf_counter()
        os.write(self._terminal, keys)
        chunks = self._collect(STILL, limit)
        for _, data in chunks:
            self._feed(data)
        if not chunks:
            raise TimeoutError(f"{keys!r} changed nothing: {' '.join(self._command)}")
        ends = (at for at, data in chunks if _FRAME_END in data) if once else ()
        return next(iter(ends), chunks[-1][0]) - began

    def settle(self, seconds: float = 1.0) -> None:
        """Wait until the screen has been still for a while."""
        while chunks := self._collect(seconds, seconds):
            for _, data in chunks:
                self._feed(data)

    def _feed(self, data: bytes) -> None:
        self._stream.feed(_UNKNOWN.sub(b"", data))

    def _collect(self, quiet: float, limit: float) -> list[tuple[float, bytes]]:
        """Read what comes within `limit` seconds, and on until it is quiet for so many seconds."""
        chunks: list[tuple[float, bytes]] = []
        while select.select([self._terminal], [], [], quiet if chunks else limit)[0]:
            try:
                data = os.read(self._terminal, 65536)
            except OSError:
                break
            if not data:
                break
            chunks.append((time.perf_counter(), data))
            for asked, answer in _ANSWERS:
                if asked.search(data):
                    os.write(self._terminal, answer)
        return chunks


def first_paint(command: Sequence[str], text: str) -> float:
    """Return the seconds from the start of a program until `text` is on its screen."""
    with Terminal(command) as terminal:
        return terminal.until(text)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A key whose repaint is measured, or its first one with `once`; and the keys around it, which are not."""

    key: bytes
    before: tuple[bytes, ...] = ()
    after: tuple[bytes, ...] = ()
    once: bool = False


def typing(terminal: Terminal, runs: int, stroke: Stroke) -> float:
    """Return the median seconds from a key until the screen is repainted."""
    times = []
    for run in range(runs + 2):
        for key in stroke.before:
            terminal.press(key)
        took = terminal.press(stroke.key, once=stroke.once)
        for key in stroke.after:
            terminal.press(key)
        terminal.settle(STILL)
        if run > 1:  # the first two are for the caches
            times.append(took)
    return statistics.median(times)
