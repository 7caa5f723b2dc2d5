"""Chromium without a window, driven through its DevTools pipe: pages of a real server, and the terminal in them."""

from __future__ import annotations

import base64
import json
import os
import signal
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from select import select
from time import monotonic
from typing import TYPE_CHECKING, Any

from tests.programs import program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

PATIENCE = 40  # seconds, on a busy machine
_OPTIONS = [
    "--headless=new",
    "--no-sandbox",
    "--no-first-run",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--disable-3d-apis",  # as on a virtual desktop without a graphics card
    "--remote-debugging-pipe",
]
# The terminal's script keeps its terminal to itself: here is where it lets go of it.
_CATCH = """Object.defineProperty(Object.prototype, "websocket_url", {configurable: true, set(url) {
    delete Object.prototype.websocket_url;
    this.websocket_url = url;
    window.caught = this;
}});"""
_SCREEN = """(() => {
    if (!window.caught) return "";
    const buffer = window.caught.terminal.buffer.active;
    const lines = [];
    for (let y = 0; y < window.caught.terminal.rows; y++) lines.push(buffer.getLine(y)?.translateToString(true) ?? "");
    return lines.join("\\n");
})()"""
_KEYS = {
    "Enter": (13, "\r"),
    "Escape": (27, ""),
    "ArrowDown": (40, ""),
    "F1": (112, ""),
    "F2": (113, ""),
    "F8": (119, ""),
}


@dataclass
class Browser:
    """One Chromium; every page in it is of another person, with nothing in common."""

    pid: int
    to: int
    back: int
    rest: bytes = b""
    last: int = 0
    events: deque[dict[str, Any]] = field(default_factory=deque)

    def call(self, method: str, session: str = "", **parameters: object) -> dict[str, Any]:
        """Ask for something; what is told in the meantime goes to `events`."""
        self.last += 1
        asked = {"id": self.last, "method": method, "params": parameters, **({"sessionId": session} if session else {})}
        os.write(self.to, json.dumps(asked).encode() + b"\0")
        end = monotonic() + PATIENCE
        while (answer := self._next(end - monotonic())).get("id") != self.last:
            self.events.append(answer)
        assert "error" not in answer, f"{method}: {answer['error']}"
        result: dict[str, Any] = answer["result"]
        return result

    def _next(self, seconds: float) -> dict[str, Any]:
        while b"\0" not in self.rest:
            assert select([self.back], [], [], max(seconds, 0))[0], "Chromium is silent"
            self.rest += os.read(self.back, 1 << 16)
        first, _, self.rest = self.rest.partition(b"\0")
        found: dict[str, Any] = json.loads(first)
        return found

    def page(self, url: str, *, width: int = 1280, height: int = 800) -> Page:
        """Open a page as a person who has never been here."""
        context = self.call("Target.createBrowserContext")["browserContextId"]
        target = self.call(
            "Target.createTarget", url="about:blank", browserContextId=context, width=width, height=height
        )["targetId"]
        page = Page(self, self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"], target)
        for domain in ("Page", "Network", "Runtime", "Log"):
            page.call(f"{domain}.enable")
        page.call("Emulation.setFocusEmulationEnabled", enabled=True)  # as if its window were the one in front
        page.call("Page.addScriptToEvaluateOnNewDocument", source=_CATCH)
        page.call("Page.navigate", url=url)
        return page


@dataclass
class Page:
    """A page, and what is drawn in its terminal."""

    browser: Browser
    session: str
    target: str

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        return self.browser.call(method, self.session, **parameters)

    def run(self, script: str) -> Any:  # noqa: ANN401 - whatever JSON it is
        """What a script in the page gives."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    @property
    def screen(self) -> str:
        """The text of the terminal."""
        return str(self.run(_SCREEN))

    @property
    def text(self) -> str:
        """What the page itself says."""
        return str(self.run("document.body ? document.body.innerText : ''"))

    def wait_for(self, *wanted: str) -> str:
        """Return the terminal's text, or else the page's, once all the words are in it."""
        seen = ""

        def is_there(page: Page) -> bool:
            nonlocal seen
            seen = f"{page.screen}\n{page.text}"
            return all(words in seen for words in wanted)

        assert self.wait_until(is_there), f"{wanted} never came:\n{seen}"
        return seen

    def wait_until(self, is_so: Callable[[Page], bool]) -> bool:
        """Wait until something is so of the page; tell whether it ever was."""
        end = monotonic() + PATIENCE
        while not is_so(self):
            if monotonic() > end:
                return False
            self.run("new Promise(done => setTimeout(done, 100))")
        return True

    def press(self, key: str) -> None:
        """Press a key that has a name."""
        code, text = _KEYS[key]
        found = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        self.call("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", text=text, **found)
        self.call("Input.dispatchKeyEvent", type="keyUp", **found)

    def type(self, text: str) -> None:
        """Type letters and digits."""
        for letter in text:
            self.call("Input.dispatchKeyEvent", type="keyDown", text=letter, key=letter)
            self.call("Input.dispatchKeyEvent", type="keyUp", key=letter)

    def picture(self, path: Path) -> Path:
        """A PNG of the page."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))
        return path

    def statuses(self) -> list[int]:
        """What servers have answered, the answers that Chromium itself asks a password for too."""
        return [found["statusCode"] for found in self.told("Network.responseReceivedExtraInfo")]

    def told(self, method: str) -> list[dict[str, Any]]:
        """What Chromium has told of this page so far under a name."""
        self.run("0")
        return [
            event["params"]
            for event in self.browser.events
            if event.get("sessionId") == self.session and event["method"] == method
        ]

    def close(self) -> None:
        """Close it, as people close a tab."""
        self.browser.call("Target.closeTarget", targetId=self.target)


@contextmanager
def chromium(folder: Path, *options: str, names: Sequence[str] = ()) -> Iterator[Browser]:
    """A Chromium of its own, ended at the end; it finds no host but this machine, under its address and these names."""
    found = ", ".join([*(f"MAP {name} 127.0.0.1" for name in names), "MAP * ~NOTFOUND", "EXCLUDE 127.0.0.1"])
    path = program("chromium", "chromium-browser", "google-chrome")
    (for_it, to), (back, from_it) = os.pipe(), os.pipe()
    null = os.open(os.devnull, os.O_RDWR)
    pid = os.posix_spawn(
        path,
        [path, *_OPTIONS, f"--host-resolver-rules={found}", *options, f"--user-data-dir={folder / 'profile'}"],
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_DUP2, null, 1),
            (os.POSIX_SPAWN_DUP2, null, 2),
            (os.POSIX_SPAWN_DUP2, for_it, 3),
            (os.POSIX_SPAWN_DUP2, from_it, 4),
        ],
    )
    for each in (null, for_it, from_it):
        os.close(each)
    try:
        yield Browser(pid, to, back)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(to)
        os.close(back)
