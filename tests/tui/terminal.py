"""The program under a pseudo-terminal: what it sends, byte by byte, and what a person would see."""

import codecs
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pyte

PATIENCE = 30  # seconds, on a busy machine
PRIVATE = re.compile(r"\x1b\[[<>=?][0-9;:]*[a-zA-Z]|\x1b\[\?[0-9;]*\$[a-z]")  # which pyte would print
CUT = re.compile(r"\x1b(?:\[[<>=?0-9;:$]*)?$")  # the beginning of a sequence whose rest is still to come


class Terminal:
    """A terminal with a program in it."""

    def __init__(self, master: int, process: subprocess.Popen[bytes], columns: int, lines: int) -> None:
        self.sent = b""
        self.process = process
        self._master = master
        self._shown = pyte.Screen(columns, lines)
        self._stream = pyte.Stream(self._shown)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""  # what has come and is not shown yet

    def type(self, keys: str) -> None:
        """Send keys."""
        os.write(self._master, keys.encode())

    def wait_for(self, *wanted: str) -> str:
        """Return the screen once all the words are on it."""
        end, screen = monotonic() + PATIENCE, ""
        while monotonic() < end:
            while self._read(0.1):
                pass
            screen = self._screen()
            if all(words in screen for words in wanted):
                return screen
        raise AssertionError(f"{wanted} never came:\n{screen}")

    def ended(self) -> int:
        """Wait until the program has ended; return its exit code."""
        end = monotonic() + PATIENCE
        while monotonic() < end and self.process.poll() is None:
            self._read(0.1)
        return self.process.wait(1)

    def _read(self, seconds: float) -> bool:
        from select import select

        if not select([self._master], [], [], seconds)[0]:
            return False
        try:
            chunk = os.read(self._master, 65536)
        except OSError:  # the program has ended
            return False
        self.sent += chunk
        self._rest += self._decoder.decode(chunk)
        return bool(chunk)

    def _screen(self) -> str:
        cut = CUT.search(self._rest)
        end = cut.start() if cut else len(self._rest)
        self._stream.feed(PRIVATE.sub("", self._rest[:end]))
        self._rest = self._rest[end:]
        return "\n".join(self._shown.display)


@contextmanager
def terminal(
    folder: Path,
    *,
    columns: int = 200,
    lines: int = 40,
    program: tuple[str, ...] = (sys.executable, "-m", "outcome_tracker"),
) -> Iterator[Terminal]:
    """Open the workspace in a terminal of its own."""
    import fcntl
    import pty
    import struct
    import termios

    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    size = {"COLUMNS": str(columns), "LINES": str(lines)}  # a test runner may have set its own
    environment = {**os.environ, **size, "TERM": "xterm-256color", "OUTCOME_TRACKER_NOW": "2019-05-31"}
    command = [*program, "--workspace", str(folder)]
    process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=environment)
    os.close(slave)
    try:
        yield Terminal(master, process, columns, lines)
    finally:
        process.kill()
        process.wait()
        os.close(master)
