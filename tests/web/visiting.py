"""A server with a program of the test's own behind it, and visitors."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

import aiohttp

from outcome_tracker.web.gate import Gate, loopback_sites, parse_address, parse_site
from outcome_tracker.web.listening import listen
from outcome_tracker.web.server import Limits, Program, Server, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

# Speaks as the screens do: says who it is, then gives back what it is sent until it is told to quit.
ECHO = r"""
import json, os, sys
def send(kind, data):
    sys.stdout.buffer.write(kind + len(data).to_bytes(4, "big") + data)
    sys.stdout.buffer.flush()
sys.stdout.buffer.write(b"__GANGLION__\n")
names = "OUTCOME_TRACKER_USER", "OUTCOME_TRACKER_READ_ONLY", "COLUMNS", "ROWS", "TEXTUAL_DRIVER"
send(b"D", json.dumps([os.getpid(), *map(os.environ.get, names)]).encode())
while head := sys.stdin.buffer.read(5):
    data = sys.stdin.buffer.read(int.from_bytes(head[1:], "big"))
    if head[:1] == b"M" and json.loads(data)["type"] == "quit":
        break
    send(b"D", data)
send(b"M", b'{"type": "exit"}')
"""


class Place:
    """Where a server is."""

    def __init__(self, server: Server, url: str, client: aiohttp.ClientSession) -> None:
        self.server, self.url, self.client = server, url, client
        self.bugs: list[Exception] = []

    async def get(self, path: str, **headers: str) -> tuple[int, str, Mapping[str, str]]:
        """The status, the text and the headers of what is there."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.client.get(self.url + path, headers=named) as answer:
            return answer.status, await answer.text(), answer.headers

    @asynccontextmanager
    async def visit(self, query: str = "?width=90&height=30", **headers: str) -> AsyncIterator[Visit]:
        """Open the screens as a browser does."""
        named = {"Origin": self.url, **{name.replace("_", "-"): value for name, value in headers.items()}}
        async with self.client.ws_connect(f"{self.url}/ws{query}", headers=named) as socket:
            yield Visit(socket)


class Visit:
    """One browser's side of the socket."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.offered: list[str] = []  # the keys of files

    async def send(self, *message: object) -> None:
        await self.socket.send_str(json.dumps(message))

    async def drawn(self) -> bytes:
        """What is drawn next."""
        while (message := await self.socket.receive(timeout=20)).type is aiohttp.WSMsgType.TEXT:
            kind, key = json.loads(message.data)
            assert kind == "deliver_file_start"
            self.offered.append(key)
        assert message.type is aiohttp.WSMsgType.BINARY
        return bytes(message.data)

    async def begun(self) -> list[str]:
        """What the program says of itself at first."""
        found: list[str] = json.loads(await self.drawn())
        return found

    async def told(self) -> str:
        """Why there is nothing more to see; the socket is closed then."""
        said = ""
        async with asyncio.timeout(20):
            async for message in self.socket:
                if message.type is aiohttp.WSMsgType.TEXT and not said:
                    kind, said = json.loads(message.data)
                    assert kind == "ended"
        return said


@asynccontextmanager
async def serving(
    program: str = ECHO,
    *arguments: str,
    limits: Limits | None = None,
    proxy: str = "",
    public: str = "",
    environment: Mapping[str, str] | None = None,
) -> AsyncIterator[Place]:
    """Serve a program in Python; `proxy` may say in X-Remote-User who it is, `public` is what people type."""
    bugs: list[Exception] = []

    def bug(error: Exception) -> str:
        bugs.append(error)
        return f"This is a defect: {error}."

    with listen("127.0.0.1", 0) as socket:
        port = socket.getsockname()[1]
        proxies = frozenset({parse_address(proxy)} if proxy else ())
        sites = (*([parse_site(public)] if public else []), *loopback_sites(port))
        gate = Gate(sites, "X-Remote-User" if proxy else "", proxies)
        words = (sys.executable, "-S", "-E", "-c", program, *arguments)
        server = Server(gate, Program(words, environment or {}), limits or Limits(), bug)
        async with running(server, socket), aiohttp.ClientSession() as client:
            place = Place(server, f"http://127.0.0.1:{port}", client)
            place.bugs = bugs
            yield place


async def has_ended(pid: int) -> bool:
    """Wait until a process has gone."""
    for _ in range(200):
        with suppress(ProcessLookupError):
            os.kill(pid, 0)
            await asyncio.sleep(0.05)
            continue
        return True
    return False
