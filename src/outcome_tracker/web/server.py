"""The screens for browsers: the page, the socket behind it, and how many may come for how long.

Of textual-serve this uses the script that draws a terminal in a page, and what that script and the screens' process
say to each other. The rest of it is not used: it has no limits, checks nobody, starts a shell, and its page asks a host
on the internet for a font.
"""

from __future__ import annotations

import asyncio
import html
import json
import re
import signal
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import textual_serve
from aiohttp import WSMsgType, web

from outcome_tracker.core.text import plural
from outcome_tracker.web.gate import Gate, Refused
from outcome_tracker.web.screens import Screens

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
    from socket import socket as Socket  # noqa: N812 - `socket` is a browser's here

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_PAGE = Path(str(files("outcome_tracker.web"))) / "page"
_THEIRS = Path(textual_serve.__file__).parent / "static"
_JS, _CSS = "text/javascript; charset=utf-8", "text/css; charset=utf-8"
_ASSETS = {
    "page.js": (_PAGE / "page.js", _JS),
    "page.css": (_PAGE / "page.css", _CSS),
    "icon.svg": (_PAGE / "icon.svg", "image/svg+xml"),
    "terminal.js": (_THEIRS / "js" / "textual.js", _JS),
    "terminal.css": (_THEIRS / "css" / "xterm.css", _CSS),
    "mono.ttf": (_THEIRS / "fonts" / "RobotoMono-VariableFont_wght.ttf", "font/ttf"),
}
# The terminal writes its own sheets into the page, which has no other use for inline styles: nothing that people
# write is in it.
_POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Server": "outcome-tracker",
}
_KIND = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+")
_MOST_BYTES = 1 << 20  # of one message from a browser: a large paste
_HEARTBEAT = 15  # seconds between asking whether the browser is still there
_TO_CLOSE = 30  # seconds for all screens to save what was entered


@dataclass(frozen=True, slots=True)
class Limits:
    """How many sessions there may be at once, and after how many minutes without a key one is ended."""

    sessions: int = 20
    idle_minutes: float = 30


@dataclass(frozen=True, slots=True)
class Program:
    """What draws the screens: its command line, and what is added to its environment."""

    words: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


class Server:
    """The web application over one gate, within its limits."""

    def __init__(self, gate: Gate, program: Program, limits: Limits, bug: Callable[[Exception], str]) -> None:
        """`bug` records an error that should not happen, and names it."""
        self.gate, self.program, self.limits = gate, program, limits
        self._bug = bug
        self._open: set[Screens] = set()

    def application(self) -> web.Application:
        """Return it as aiohttp runs it."""
        app = web.Application(middlewares=[self._guard])
        app.add_routes([web.get("/", self._index), web.get("/ws", self._connect, allow_head=False)])
        app.add_routes([web.get("/download/{key}", self._download, allow_head=False)])
        app.add_routes([web.get(f"/{name}", _asset(*found)) for name, found in _ASSETS.items()])
        app.on_response_prepare.append(_add_headers)
        app.on_shutdown.append(self.end_all)
        return app

    # Who is let in

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let nobody in who asks for another site; answer whatever goes wrong with a sentence."""
        try:
            self.gate.check_host(request.headers.getall("Host", []))
            self._user(request)
            return await handler(request)
        except Refused as refused:
            return sentence_page(str(refused), 403)
        except web.HTTPException as error:
            return sentence_page("There is no such page here. The screens are at /.", error.status)
        except Exception as error:  # noqa: BLE001 - nobody ever sees a traceback
            return sentence_page(self._bug(error), 500)

    def _user(self, request: web.Request) -> str:
        """Return who a trusted proxy says is asking; nothing for somebody who may only look."""
        peer = request.transport.get_extra_info("peername") if request.transport else None
        said = request.headers.getall(self.gate.header, []) if self.gate.header else []
        return self.gate.user(str(peer[0]) if peer else "", said)

    # What is served

    async def _index(self, _request: web.Request) -> web.StreamResponse:
        if self._is_full:
            return sentence_page(self._full, 503)
        page = (_PAGE / "index.html").read_text("utf-8")
        return web.Response(text=page, content_type="text/html", headers={"Cache-Control": "no-store"})

    @property
    def _is_full(self) -> bool:
        return len(self._open) >= self.limits.sessions

    @property
    def _full(self) -> str:
        every = plural(self.limits.sessions, "session")
        return f"Outcome Tracker has {every} here, and all are in use. Try again in a few minutes."

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        """Run the screens of one visitor, for as long as the browser is there and keys come."""
        self.gate.check_origin(request.headers.getall("Origin", []))
        socket = web.WebSocketResponse(heartbeat=_HEARTBEAT, max_msg_size=_MOST_BYTES)
        screens = Screens(self.program.words, self.program.environment, self._user(request), socket)
        is_full = self._is_full
        if not is_full:
            self._open.add(screens)
        try:
            await socket.prepare(request)
            if is_full:
                await screens.tell(self._full)
            else:
                await self._show(request, socket, screens)
        finally:
            await screens.stop()
            self._open.discard(screens)
            await screens.close()
        return socket

    async def _show(self, request: web.Request, socket: web.WebSocketResponse, screens: Screens) -> None:
        try:
            await screens.start(_number(request.query.get("width"), 80), _number(request.query.get("height"), 24))
        except OSError as error:  # no memory, or too many processes
            await screens.tell(f"The screens could not be opened: {error.strerror}. Try again in a few minutes.")
            return
        idle = self.limits.idle_minutes * 60
        try:
            async with asyncio.timeout(idle) as limit:
                async for message in socket:
                    if message.type is WSMsgType.TEXT and await _take(message.data, screens, socket):
                        limit.reschedule(asyncio.get_running_loop().time() + idle)
        except TimeoutError:
            minutes = plural(round(self.limits.idle_minutes), "minute")
            kept = " What you typed and did not save is there when you come back." if screens.user else ""
            await screens.tell(f"Closed after {minutes} without a key.{kept}")

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """Hand over a file that the visitor's own screens offer, once."""
        key = request.match_info["key"]
        for screens in list(self._open):
            if screens.user == self._user(request):
                with suppress(KeyError):
                    offered = await screens.downloads.get_download_metadata(key)
                    return await _send(request, screens.downloads.download(key), offered.file_name, offered.mime_type)
        raise web.HTTPNotFound

    # The end

    async def end_all(self, _app: web.Application | None = None) -> None:
        """End all screens at once, each after saving what was entered."""
        every = list(self._open)
        await asyncio.gather(*(self._end(screens) for screens in every), return_exceptions=True)

    @staticmethod
    async def _end(screens: Screens) -> None:
        await screens.tell("The server was stopped. What was saved is safe; open the page again later.")
        await screens.stop()
        await screens.close()


async def _take(text: str, screens: Screens, socket: web.WebSocketResponse) -> bool:
    """Take one message of the page's script; tell whether it was a key. What makes no sense is ignored."""
    try:
        kind, *rest = json.loads(text)
        if kind == "stdin":
            await screens.send_bytes(str(rest[0]).encode("utf-8", "replace"))
            return True
        if kind == "resize":
            await screens.set_terminal_size(int(rest[0]["width"]), int(rest[0]["height"]))
        elif kind == "ping":
            await socket.send_json(["pong", str(rest[0])[:20]])
        elif kind == "blur":
            await screens.blur()
        elif kind == "focus":
            await screens.focus()
    except (ValueError, TypeError, LookupError, RecursionError):
        pass
    return False


def _number(value: object, otherwise: int) -> int:
    try:
        return int(str(value))
    except ValueError:
        return otherwise


async def _add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(_HEADERS)


def _asset(path: Path, kind: str) -> Handler:
    """Return what serves one file; browsers ask each time whether it has changed."""

    async def handler(_request: web.Request) -> web.StreamResponse:
        return web.FileResponse(path, headers={"Cache-Control": "no-cache", "Content-Type": kind})

    return handler


async def _send(request: web.Request, chunks: AsyncIterator[bytes], name: str, kind: str) -> web.StreamResponse:
    """Send a file to be kept, never to be opened as a page of this site."""
    response = web.StreamResponse()
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["Content-Type"] = kind if _KIND.fullmatch(kind) else "application/octet-stream"
    response.headers["Cache-Control"] = "no-store"
    await response.prepare(request)
    async for chunk in chunks:
        await response.write(chunk)
    await response.write_eof()
    return response


def sentence_page(sentence: str, status: int) -> web.Response:
    """Return a page that says one thing."""
    page = (_PAGE / "sentence.html").read_text("utf-8").replace("{sentence}", html.escape(sentence))
    return web.Response(text=page, status=status, content_type="text/html", headers={"Cache-Control": "no-store"})


def serve_until_stopped(server: Server, listening: Socket, ready: Callable[[], None]) -> None:
    """Serve until the system or the keyboard says that it is enough; `ready` is called once browsers can come."""

    async def serve() -> None:
        enough = asyncio.Event()
        for each in (signal.SIGINT, signal.SIGTERM):
            with suppress(NotImplementedError):  # Windows; there Ctrl+C ends asyncio itself
                asyncio.get_running_loop().add_signal_handler(each, enough.set)
        async with running(server, listening):
            ready()
            await enough.wait()

    asyncio.run(serve())


@asynccontextmanager
async def running(server: Server, listening: Socket) -> AsyncIterator[None]:
    """Serve for as long as this lasts; at its end every session is ended."""
    runner = web.AppRunner(server.application(), access_log=None, shutdown_timeout=_TO_CLOSE)
    await runner.setup()
    try:
        await web.SockSite(runner, listening).start()
        yield
    finally:
        await runner.cleanup()
