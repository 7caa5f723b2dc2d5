"""One visitor's screens: a process of their own, whose drawing goes to the browser and whose keys come from it.

Textual-serve's `AppService` knows what the process and the browser say to each other. Here is how the process is
started (no shell, the visitor's name in its environment), and that it always ends.
"""

from __future__ import annotations

import asyncio
import json
import os
from asyncio.subprocess import PIPE
from contextlib import suppress
from typing import TYPE_CHECKING

from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from outcome_tracker.core.text import clean

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import Mapping, Sequence

    from aiohttp.web import WebSocketResponse

DRIVER = "outcome_tracker.tui.browser_driver:BrowserDriver"
NOBODY = "visitor"  # who looks where no proxy names anybody; nothing is ever stamped with it
GREETING = b"__GANGLION__\n"  # what Textual's driver for the web writes first
LEFT = "You have left Outcome Tracker."
FAILED = "The screens could not be opened."
COLUMNS, LINES = range(20, 501), range(5, 301)
TO_FINISH, TO_DIE = 20, 3  # seconds: to save what was entered; to end when told by the system
_MOST_SAID = 2000  # characters of stderr that are shown


class Screens(AppService):
    """The process behind one browser's socket."""

    def __init__(
        self, program: Sequence[str], environment: Mapping[str, str], user: str, socket: WebSocketResponse
    ) -> None:
        """`user` is who a trusted proxy names; nothing for somebody who may only look."""
        super().__init__(
            program[0],
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=self.close,
            download_manager=DownloadManager(),  # its own: what one visitor is offered no other can fetch
        )
        self.user = user
        self.downloads = self._download_manager
        self._program, self._environment, self._socket = program, environment, socket
        self._said = b""
        self._ending: asyncio.Task[None] | None = None

    # The process

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        """Return the environment of the process: the server's own, and who looks."""
        found = super()._build_environment(nearest(width, COLUMNS), nearest(height, LINES))
        found |= {**self._environment, "TEXTUAL_DRIVER": DRIVER, "OUTCOME_TRACKER_USER": self.user or NOBODY}
        if not self.user:
            found["OUTCOME_TRACKER_READ_ONLY"] = "1"
        return found

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        """Start the process without a shell, apart from the server's own group: the server alone ends it."""
        self._process = process = await asyncio.create_subprocess_exec(
            *self._program,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=self._build_environment(width, height),
            start_new_session=os.name == "posix",
        )
        self._stdin = process.stdin
        return process

    async def set_terminal_size(self, width: int, height: int) -> None:
        """Draw for another size, if it is one that a window can have."""
        await super().set_terminal_size(nearest(width, COLUMNS), nearest(height, LINES))

    async def run(self) -> None:
        """Hand on what the process draws until it ends; then say how it ended, and close the socket."""
        process = self._process
        assert process is not None  # noqa: S101 - `start` has opened it
        async with asyncio.TaskGroup() as both:
            both.create_task(self._listen(process.stderr))
            has_begun = await self._hand_on(process.stdout)
        said = clean(self._said.decode("utf-8", "replace"), lines=True)[:_MOST_SAID]
        await self.tell(LEFT if has_begun and not said else said or FAILED)
        await self.close()

    async def _hand_on(self, stdout: asyncio.StreamReader | None) -> bool:
        """Hand on packets; return whether the screens came up at all."""
        assert stdout is not None  # noqa: S101 - a pipe was asked for
        if await stdout.readline() != GREETING:
            return False
        with suppress(asyncio.IncompleteReadError):
            while True:
                kind = await stdout.readexactly(1)
                payload = await stdout.readexactly(int.from_bytes(await stdout.readexactly(4), "big"))
                with suppress(ConnectionError, RuntimeError):  # nobody looks any more; the process must not be blocked
                    await self._take(kind, payload)
        return True

    async def _take(self, kind: bytes, payload: bytes) -> None:
        if kind == b"D":
            await self.on_data(payload)
        elif kind == b"M":
            await self.on_meta(payload)
        elif kind == b"P":
            await self.on_packed(payload)

    async def on_meta(self, data: bytes) -> None:
        """Take the offer of a file. Nothing else is wanted: the end is seen when it comes, and no page is opened."""
        if json.loads(data)["type"] == "deliver_file_start":
            await super().on_meta(data)

    async def _listen(self, stderr: asyncio.StreamReader | None) -> None:
        """Read stderr to its end, so that the process is never blocked; keep the beginning."""
        assert stderr is not None  # noqa: S101 - a pipe was asked for
        while chunk := await stderr.read(4096):
            self._said = (self._said + chunk)[: _MOST_SAID * 4]

    # Its end

    async def tell(self, sentence: str) -> None:
        """Tell the page why there is nothing more to see; the first sentence stays."""
        with suppress(ConnectionError, RuntimeError):
            await self._socket.send_str(json.dumps(["ended", sentence]))

    async def close(self) -> None:
        """Close the browser's socket."""
        with suppress(ConnectionError, RuntimeError):
            await self._socket.close()

    async def stop(self) -> None:
        """End the process: ask it, which saves what was entered; then make it. It may be asked for at any time."""
        if self._ending is None:
            self._ending = asyncio.create_task(self._end())
        await asyncio.shield(self._ending)

    async def _end(self) -> None:
        process, running = self._process, self._task
        if process is None:
            return
        await self.downloads.cancel_app_downloads(self.app_service_id)
        with suppress(TimeoutError):
            await asyncio.wait_for(self.send_meta({"type": "quit"}), 1)
        self.stdin.close()
        for make, seconds in ((None, TO_FINISH), (process.terminate, TO_DIE), (process.kill, TO_DIE)):
            with suppress(TimeoutError, ProcessLookupError):
                if make is not None:
                    make()
                await asyncio.wait_for(process.wait(), seconds)
                break
        if running is not None:
            await asyncio.wait({running}, timeout=TO_DIE)  # it has a last sentence to say
            running.cancel()


def nearest(number: int, allowed: range) -> int:
    """Return the number, or the end of the range that it is beyond."""
    return min(max(number, allowed[0]), allowed[-1])
