"""Runs commands in processes that have nothing left to import: `python -m tests.robustness.victims WORKSPACE`.

For each line on stdin, a JSON list of a file for the output, a limit on the size of files and a command's arguments, a
process of its own runs the command, and its number is told on stdout. An empty line waits for it, and tells how it
ended: its exit code or, negative, the signal that killed it. Until then its number is nobody else's.
"""

from __future__ import annotations

import io
import json
import os
import resource
import subprocess
import sys
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from outcome_tracker.__main__ import main
from tests.running import environment

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]


def serve() -> None:
    """Fork for every command."""
    child, limited = 0, None
    for line in sys.stdin:
        if line == "\n":
            _, status = os.waitpid(child, 0)
            if limited is not None:
                limited.hand_over()
            print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 - what was asked for
            continue
        out, limit, *arguments = json.loads(line)
        limited = None if limit is None else _Limited(out)
        child = os.fork()
        if child == 0:
            if limited is None:
                streams = [os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600) for name in (out, f"{out}.err")]
            else:
                streams = limited.inner
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            os._exit(_run(streams, arguments))
        print(child, flush=True)  # noqa: T201 - as above


def _run(streams: list[int], arguments: list[str]) -> int:
    for number, stream in enumerate(streams, start=1):
        os.dup2(stream, number)
    sys.stdout, sys.stderr = (open(number, "w", encoding="utf-8") for number in (1, 2))  # noqa: PTH123, SIM115 - handles, not paths
    sys.dont_write_bytecode = True  # some Pythons leave half a module where there is no room for all of it
    code = main(arguments)
    sys.stderr.flush()
    return code


class _Limited:
    """Pipes for the output, which the limit on files is not for; what is said fits into them."""

    def __init__(self, out: str) -> None:
        self._names = (out, f"{out}.err")
        pipes = [os.pipe(), os.pipe()]
        self._outer = [outer for outer, _ in pipes]
        self.inner = [inner for _, inner in pipes]

    def hand_over(self) -> None:
        for name, outer, inner in zip(self._names, self._outer, self.inner, strict=True):
            os.close(inner)
            with open(outer, "rb") as heard:  # noqa: PTH123 - a handle, not a path
                Path(name).write_bytes(heard.read())


@dataclass
class Victims:
    """The other side: starts commands, one at a time."""

    process: subprocess.Popen[str]
    out: Path

    @property
    def _in(self) -> IO[str]:
        assert self.process.stdin is not None
        return self.process.stdin

    def start(self, folder: Path, *arguments: str, limit: int | None = None) -> int:
        """Start a command and return the process's number."""
        for path in (self.out, self.err):
            path.unlink(missing_ok=True)  # so that nobody takes an earlier one's words for this one's
        told = [str(self.out), limit, "--workspace", str(folder), *arguments]
        print(json.dumps(told), file=self._in, flush=True)
        return int(self._line())

    def end(self) -> int:
        """Wait for its end and return how it ended."""
        print(file=self._in, flush=True)
        return int(self._line())

    def run(self, folder: Path, *arguments: str, limit: int | None = None) -> int:
        """Run a command to its end."""
        self.start(folder, *arguments, limit=limit)
        return self.end()

    @property
    def err(self) -> Path:
        return self.out.with_name(f"{self.out.name}.err")

    @property
    def said(self) -> str:
        """What the last one said on stdout, as far as it came."""
        return self.out.read_text("utf-8") if self.out.exists() else ""

    @property
    def complained(self) -> str:
        """What it said on stderr."""
        return self.err.read_text("utf-8") if self.err.exists() else ""

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()


@contextmanager
def victims(out: Path, *warming: list[str], before: list[str] | None = None) -> Iterator[Victims]:
    """Start the process that others are forked from; it runs `warming` itself first, and so loads what they need."""
    command = [*(before or []), sys.executable, "-m", "tests.robustness.victims", json.dumps(warming)]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield Victims(process, out)
        assert process.stdin is not None
        process.stdin.close()


def warm(commands: list[list[str]]) -> None:
    """Run commands in this process, so that all they need is loaded."""
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()) as complained:
        codes = [main(each) for each in commands]
    if any(codes):
        sys.exit(f"{commands} ended with {codes}: {complained.getvalue()}")


if __name__ == "__main__":
    warm(json.loads(sys.argv[1]))
    print("ready", flush=True)  # noqa: T201 - the other side waits for it
    serve()
