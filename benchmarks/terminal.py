"""A pseudo-terminal that times how long a program takes until a text is on its screen."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from typing import TYPE_CHECKING

import pyte

if TYPE_CHECKING:
    from collections.abc import Sequence

COLUMNS, ROWS = 120, 40
# What a modern terminal answers when asked for the cursor, its kind, and whether it can draw in one go.
_ANSWERS = (
    (re.compile(rb"\x1b\[6n"), b"\x1b[1;1R"),
    (re.compile(rb"\x1b\[0?c"), b"\x1b[?62;22c"),
    (re.compile(rb"\x1b\[\?2026\$p"), b"\x1b[?2026;2$y"),
)
_UNKNOWN = re.compile(
    rb"\x1b\[[<>=?][0-9;:]*[a-zA-Z]|\x1b\[\?[0-9;]*\$[a-z]|\x1bP.*?\x1b\\|\x1b\].*?(?:\x07|\x1b\\)", re.DOTALL
)


def first_paint(command: Sequence[str], text: str, limit: float = 20.0) -> float:
    """Return the seconds from the start of `command` until `text` is on its screen.

    Output is only stamped while the program runs and replayed afterwards, so the emulation costs it nothing.
    Raises `TimeoutError` when the text does not come.
    """
    process, terminal = _spawn(command)
    started = time.perf_counter()
    screen = pyte.Screen(COLUMNS, ROWS)
    stream = pyte.ByteStream(screen)
    try:
        while (now := time.perf_counter()) - started < limit:
            chunks = _collect(terminal, quiet=0.15)
            for at, data in chunks:
                stream.feed(_UNKNOWN.sub(b"", data))
                if any(text in line for line in screen.display):
                    return at - started
            if not chunks and time.perf_counter() - now > 1:
                break
    finally:
        _stop(process, terminal)
    raise TimeoutError(f"'{text}' did not appear: {' '.join(command)}")


def _spawn(command: Sequence[str]) -> tuple[int, int]:
    process, terminal = pty.fork()
    if process == 0:
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", LINES=str(ROWS), COLUMNS=str(COLUMNS))
        os.execvp(command[0], list(command))  # noqa: S606 - the programs that are measured
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    return process, terminal


def _collect(terminal: int, quiet: float) -> list[tuple[float, bytes]]:
    """Read what comes until it is quiet for so many seconds."""
    chunks: list[tuple[float, bytes]] = []
    while select.select([terminal], [], [], quiet if chunks else 2.0)[0]:
        try:
            data = os.read(terminal, 65536)
        except OSError:
            break
        if not data:
            break
        chunks.append((time.perf_counter(), data))
        for asked, answer in _ANSWERS:
            if asked.search(data):
                os.write(terminal, answer)
    return chunks


def _stop(process: int, terminal: int) -> None:
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    os.close(terminal)
