"""The whole program: `serve` as a process, the real screens behind it, and what a browser is sent."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

import aiohttp
import pyte
import pytest

from tests.running import USER, command, environment, run
from tests.tui.terminal import PRIVATE
from tests.web.visiting import Visit, has_ended

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows ends processes without asking them")


@contextmanager
def served(folder: Path, *options: str, user: str = USER) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Serve a workspace; the process, and the address that it says."""
    words = command(folder, "serve", "--port", "0", *options)
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(OUTCOME_TRACKER_USER=user)
    ) as process:
        try:
            assert process.stderr is not None
            said = process.stderr.readline()
            found = re.search(r"at (http://127\.0\.0\.1:[0-9]+)\. Ctrl\+C ends it\.$", said)
            assert found, said
            yield process, found[1]
        finally:
            process.terminate()


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    found = subprocess.run(["pgrep", "-P", str(pid)], check=False, capture_output=True, text=True).stdout
    return [int(each) for each in found.split()]


class Screen:
    """What a browser shows of what it is sent."""

    def __init__(self, visit: Visit, client: aiohttp.ClientSession) -> None:
        self.visit, self.client = visit, client
        self._screen = pyte.Screen(120, 40)
        self._stream = pyte.Stream(self._screen)

    async def wait_for(self, *wanted: str) -> str:
        shown = ""
        try:
            async with asyncio.timeout(40):
                while not all(words in shown for words in wanted):
                    self._stream.feed(PRIVATE.sub("", (await self.visit.drawn()).decode()))
                    shown = "\n".join(self._screen.display)
        except TimeoutError:
            raise AssertionError(f"{wanted} never came:\n{shown}") from None
        return shown


@asynccontextmanager
async def screen(url: str, **headers: str) -> AsyncIterator[Screen]:
    named = {"Origin": url, **{name.replace("_", "-"): value for name, value in headers.items()}}
    async with (
        aiohttp.ClientSession() as client,
        client.ws_connect(f"{url}/ws?width=120&height=40", headers=named) as socket,
    ):
        yield Screen(Visit(socket), client)


async def type_at(seen: Screen, keys: str, *wanted: str) -> str:
    await seen.visit.send("stdin", keys)
    return await seen.wait_for(*wanted)


@pytest.mark.browser
def test_a_report_goes_to_the_browser_and_not_to_the_disk_of_the_server(small: Path) -> None:
    async def look(url: str) -> None:
        async with screen(url) as seen:
            await seen.wait_for("Testshire · Outcome plans", "q Quit")
            await type_at(seen, "r", "Write the report", "council_2019-20-Q4.html")
            await type_at(seen, "../report.md", " ../report.md ")
            await type_at(seen, "\r", "✗ Name the file alone, with letters, digits, dots")
            await type_at(seen, "\x1b[H\x1b[3~\x1b[3~\x1b[3~", "  report.md ")
            await type_at(seen, "\r", "The report is on its way to your browser as report.md.")
            [key] = seen.visit.offered
            async with seen.client.get(f"{url}/download/{key}") as answer:
                assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''report.md"
                assert (await answer.text()).startswith("# ")

    with served(small) as (_, url):
        asyncio.run(look(url))
    assert not list(small.rglob("report.md"))


@pytest.mark.browser
def test_where_viewers_are_listed_nobody_else_may_look(small: Path) -> None:
    council = small / "targets" / "council.yaml"
    roles = "roles: {officers: [Jo Officer], viewers: [ana]}\n"
    council.write_text(council.read_text("utf-8") + roles, "utf-8")
    assert run(small, "targets", "apply").code == 0

    async def look(url: str) -> None:
        async with screen(url) as seen:
            await seen.wait_for("Only people whom council.yaml lists under roles may look, and 'visitor' is")
        async with screen(url, X_Remote_User="ana") as seen:
            await seen.wait_for("Testshire · Outcome plans", " ana ──")

    options = ("--user-header", "X-Remote-User", "--trust-proxy", "127.0.0.1")
    with served(small, *options, user="the service's own account") as (_, url):
        asyncio.run(look(url))


@pytest.mark.browser
def test_reminders_go_to_the_browser_as_one_file(demo: Path) -> None:
    async def look(url: str) -> None:
        async with screen(url) as seen:
            await seen.wait_for("F3 Collection")
            await type_at(seen, "\x1bOR", "Family Support [i]", "t Owner/plan")
            await type_at(seen, "R", "2 reminders written to", "on its way to your browser.")
            [key] = seen.visit.offered
            async with seen.client.get(f"{url}/download/{key}") as answer:
                text = await answer.text()
        assert text.count("-" * 72) == 1
        assert "Family Support" in text
        assert "Early Help Assessment Team" in text

    with served(demo) as (_, url):
        asyncio.run(look(url))


@posix_only
@pytest.mark.parametrize(
    "how",
    [
        signal.SIGTERM,
        pytest.param(signal.SIGINT, marks=pytest.mark.browser),
        pytest.param(signal.SIGKILL, marks=pytest.mark.browser),
    ],
)
def test_the_summary_is_seen_and_nothing_is_left_behind_however_the_server_ends(
    small: Path, how: signal.Signals
) -> None:
    async def look(process: subprocess.Popen[str], url: str) -> None:
        async with screen(url) as seen:
            await seen.wait_for("Testshire · Outcome plans", "Are we achieving our targets?", "q Quit")
            [child] = children(process.pid)
            os.kill(process.pid, how)
            if how is not signal.SIGKILL:
                assert (
                    await seen.visit.told()
                    == "The server was stopped. What was saved is safe; open the page again later."
                )
            assert await has_ended(child)

    with served(small) as (process, url):
        asyncio.run(look(process, url))
        out, err = process.communicate(timeout=30)
    assert (out, err) == ("", "")
    assert process.returncode == (-how if how is signal.SIGKILL else 0)
