"""Behind nginx, with the file that docs/browser.md shows."""

from __future__ import annotations

import asyncio
import base64
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp
import pytest

from tests.web.proxy import NAME, free_port, nginx
from tests.web.visiting import Visit, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = pytest.mark.browser
PASSWORDS = {"jo": "correct horse", "ana": "battery staple"}


def signed_on(name: str, password: str = "") -> dict[str, str]:
    words = f"{name}:{password or PASSWORDS[name]}"
    return {"Authorization": f"Basic {base64.b64encode(words.encode()).decode()}"}


@asynccontextmanager
async def behind_nginx(folder: Path) -> AsyncIterator[tuple[str, aiohttp.ClientSession]]:
    """The address of nginx, and a client for it."""
    port, plain = free_port(), free_port()
    async with serving(proxy="127.0.0.1", public=f"https://{NAME}:{port}") as place:
        to = int(place.url.rpartition(":")[2])
        with nginx(folder / "nginx", port, plain, to, PASSWORDS):
            async with place.client.get(f"http://127.0.0.1:{plain}/x", allow_redirects=False) as answer:
                assert answer.status == 301  # to https
            yield f"https://127.0.0.1:{port}", place.client


def test_nginx_turns_away_whom_it_does_not_know(tmp_path: Path) -> None:
    async def run() -> None:
        async with behind_nginx(tmp_path) as (url, client):
            host = {"Host": f"{NAME}:{url.rpartition(':')[2]}"}
            for headers in ({}, signed_on("jo", "wrong"), signed_on("eve", "x"), {"X-Remote-User": "jo"}):
                for path in ("/", "/page.js", "/ws"):
                    async with client.get(url + path, headers={**host, **headers}, ssl=False) as answer:
                        assert answer.status == 401
            async with client.get(url, headers={**host, **signed_on("jo")}, ssl=False) as answer:
                assert answer.status == 200
                assert "Content-Security-Policy" in answer.headers

    asyncio.run(run())


def test_nginx_says_who_it_is_whatever_the_browser_says(tmp_path: Path) -> None:
    async def run() -> None:
        async with behind_nginx(tmp_path) as (url, client):
            site = f"{NAME}:{url.rpartition(':')[2]}"
            for name in PASSWORDS:
                for lie in ([], [("X-Remote-User", "eve")], [("x-remote-user", "eve"), ("X-Remote-User", "mallory")]):
                    headers = [("Host", site), ("Origin", f"https://{site}"), *signed_on(name).items(), *lie]
                    async with client.ws_connect(f"{url}/ws", headers=headers, ssl=False) as socket:
                        assert (await Visit(socket).begun())[1:3] == [name, None]

    asyncio.run(run())


def test_a_page_of_another_site_gets_no_screens_through_nginx_either(tmp_path: Path) -> None:
    async def run() -> None:
        async with behind_nginx(tmp_path) as (url, client):
            headers = {"Host": f"{NAME}:{url.rpartition(':')[2]}", "Origin": "https://evil.example", **signed_on("jo")}
            with pytest.raises(aiohttp.WSServerHandshakeError) as raised:
                await client.ws_connect(f"{url}/ws", headers=headers, ssl=False)
            assert raised.value.status == 403

    asyncio.run(run())
