"""`serve` in Chromium: what people see, what is saved under whose name, and that nobody else is asked for anything."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from time import sleep
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from PIL import Image

from tests.pages import chromium
from tests.running import rows
from tests.web.proxy import NAME, free_port, nginx
from tests.web.test_serving import children, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.pages import Browser, Page

pytestmark = pytest.mark.browser
PASSWORDS = {"jo": "correct horse", "ana": "battery staple"}


@dataclass(frozen=True)
class Team:
    """A browser, the name that people type, the address behind it, and the process there."""

    browser: Browser
    site: str
    behind: str
    pid: int

    def page(self, name: str) -> Page:
        """The screens of somebody who has signed on."""
        return self.browser.page(f"https://{name}:{PASSWORDS[name].replace(' ', '%20')}@{self.site}/")


@contextmanager
def team(folder: Path, workspace: Path) -> Iterator[Team]:
    """Serve a workspace through nginx."""
    port, plain = free_port(), free_port()
    site = f"{NAME}:{port}"
    options = ("--public-url", f"https://{site}", "--user-header", "X-Remote-User", "--trust-proxy", "127.0.0.1")
    with served(workspace, *options) as (process, url):
        to = int(url.rpartition(":")[2])
        with (
            nginx(folder / "nginx", port, plain, to, PASSWORDS),
            chromium(folder, "--ignore-certificate-errors", names=[NAME]) as browser,
        ):
            yield Team(browser, site, f"http://127.0.0.1:{to}", process.pid)


def asked(page: Page) -> set[str]:
    """The hosts that a page has asked for anything, its sockets too."""
    urls = [found["request"]["url"] for found in page.told("Network.requestWillBeSent")]
    urls += [found["url"] for found in page.told("Network.webSocketCreated")]
    return {urlsplit(url).netloc for url in urls if not url.startswith("about:")}


def test_the_summary_is_seen_without_the_internet_and_nobody_else_is_asked(demo: Path, tmp_path: Path) -> None:
    with served(demo) as (_, url), chromium(tmp_path) as browser:
        page = browser.page(url)
        page.wait_for("Cheshire West and Chester · Outcome plans", "Are we achieving our targets?", " read-only ──")
        assert asked(page) == {urlsplit(url).netloc}
        fonts = page.run("document.fonts.check(\"16px 'Roboto Mono'\")")
        assert fonts is True
        said = [entry["entry"]["text"] for entry in page.told("Log.entryAdded")]
        assert said == []
        assert page.told("Runtime.exceptionThrown") == []
        assert [said for said in page.told("Runtime.consoleAPICalled") if said["type"] == "error"] == []
        with Image.open(page.picture(tmp_path / "summary.png")) as picture:
            colours = picture.convert("RGB").getcolors(1 << 24)
        assert colours is not None
        assert len(colours) > 50  # of letters and marks: it is drawn, too
        page.type("q")
        assert "You have left Outcome Tracker." in page.wait_for("Open it again")


def test_another_page_can_neither_hold_the_screens_nor_open_them(small: Path, tmp_path: Path) -> None:
    with served(small) as (_, url), chromium(tmp_path) as browser:
        there = tmp_path / "evil.html"
        there.write_text(
            f'<iframe src="{url}"></iframe><pre id="said"></pre><script>'
            f'const s = new WebSocket("{url.replace("http", "ws")}/ws");'
            's.onclose = () => document.getElementById("said").textContent = "shut";'
            's.onopen = () => document.getElementById("said").textContent = "open";</script>',
            "utf-8",
        )
        page = browser.page(there.as_uri())
        page.wait_for("shut")
        texts = [entry["entry"]["text"] for entry in page.told("Log.entryAdded")]
        assert any("frame-ancestors 'none'" in text for text in texts), texts


def test_two_people_enter_figures_each_under_their_own_name(small: Path, tmp_path: Path) -> None:
    with team(tmp_path, small) as found:
        pages = {name: found.page(name) for name in PASSWORDS}
        for name, page in pages.items():
            page.wait_for("Testshire · Outcome plans", "F2 Enter figures", f"─ {name} ──")
            page.press("F2")
            page.wait_for("0 of 4 returned", "A percentage")
        jo, ana = pages["jo"], pages["ana"]
        jo.type("81.5")
        jo.press("Enter")
        jo.wait_for("1 of 4 returned", "81.5%")
        ana.wait_for("1 of 4 returned", "▌ NO A number")  # what others save is seen, and due no more
        ana.type("1290")
        ana.press("Enter")
        ana.wait_for("2 of 4 returned", "1,290")
        saved = rows(small, "SELECT indicator, value, who FROM figure ORDER BY indicator")
    assert saved == [("NO", "1290", "ana"), ("PC", "81.5", "jo")]


def test_what_was_typed_when_the_tab_was_closed_is_there_the_next_time(small: Path, tmp_path: Path) -> None:
    with team(tmp_path, small) as found:
        first = found.page("jo")
        first.wait_for("F2 Enter figures")
        first.press("F2")
        first.wait_for("0 of 4 returned", "A percentage")
        first.type("81.5")
        first.wait_for("81.5")
        first.close()
        while children(found.pid):  # until it has ended, too
            sleep(0.05)
        second = found.page("jo")
        second.wait_for("F2 Enter figures")
        second.press("F2")
        second.wait_for("81.5", "Typed on 15 Jan 2020 10:00 and not saved. Enter saves it, Esc drops it.")
    assert rows(small, "SELECT 1 FROM figure") == []


def test_whom_the_proxy_does_not_name_can_look_and_change_nothing(small: Path, tmp_path: Path) -> None:
    with team(tmp_path, small) as found:
        turned_away = found.browser.page(f"https://{found.site}/")
        assert turned_away.wait_until(lambda page: page.statuses() == [401])
        assert (turned_away.screen, turned_away.text) == ("", "")
        page = found.browser.page(found.behind)
        page.wait_for("Testshire · Outcome plans", "F2 Enter figures")
        page.press("F2")
        page.wait_for("Read-only", "A percentage")
        page.type("81.5")
        page.press("Enter")
        page.wait_for("0 of 4 returned")
    assert rows(small, "SELECT 1 FROM figure") == []
