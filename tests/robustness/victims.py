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
    child = 0
    for line in sys.stdin:
        if line == "\n":
            _, status = os.waitpid(child, 0)
            print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 - what was asked for
            continue
        out, limit, *arguments = json.loads(line)
        child = os.fork()
        if child == 0:
            os._exit(_run(out, limit, arguments))
        print(child, flush=True)  # noqa: T201 - as above


def _run(out: str, limit: int | None, arguments: list[str]) -> int:
    for stream, name in ((1, out), (2, f"{out}.err")):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600), stream)
    if limit is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    return main(arguments)


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
            path.unlink(missing_ok=True)
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
