from __future__ import annotations

import asyncio
import errno
import json
import re
from typing import TYPE_CHECKING

import aiohttp
import pytest

from outcome_tracker.web import screens
from outcome_tracker.web.server import Limits
from tests.web.visiting import ECHO, Place, has_ended, serving

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

PROXY = "127.0.0.1"


def on_server(test: Callable[[Place], Awaitable[None]], **options: object) -> None:
    """Run a test on a server."""

    async def run() -> None:
        async with serving(**options) as place:  # type: ignore[arg-type]  # each test knows which options there are
            await test(place)
        assert not place.bugs

    asyncio.run(run())


# The page


def test_the_page_and_all_that_it_asks_for_come_from_here_and_name_no_other_site() -> None:
    async def test(place: Place) -> None:
        status, page, _ = await place.get("/")
        assert status == 200
        asked = re.findall(r'(?:href|src)="([^"]+)"', page)
        _, sheet, _ = await place.get("/page.css")
        asked += re.findall(r'url\("?([^")]+)"?\)', sheet)
        assert {"terminal.js", "terminal.css", "page.js", "page.css", "mono.ttf", "icon.svg", "/"} == set(asked)
        for path in asked:
            async with place.client.get(f"{place.url}/{path.lstrip('/')}") as answer:
                assert answer.status == 200
                text = (await answer.read()).decode("utf-8", "replace") if path != "mono.ttf" else ""
            text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)  # a sheet's comments
            named = set(re.findall(r"https?://[^\s\"'<>)]*|[\"'(=]//[a-z][^\s\"'<>)]*", text))
            assert named <= {"http://www.w3.org/2000/svg"}, path  # a name, which nothing is fetched from

    on_server(test)


def test_every_answer_has_the_headers_that_keep_other_sites_out() -> None:
    async def test(place: Place) -> None:
        for path, status in (("/", 200), ("/terminal.js", 200), ("/static/", 404), ("/ws", 403), ("/page.css", 200)):
            found, _, headers = await place.get(path)
            assert found == status
            policy = headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'self'; ")
            assert "script-src" not in policy
            assert "frame-ancestors 'none'" in policy
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["X-Frame-Options"] == "DENY"
            assert headers["Referrer-Policy"] == "no-referrer"
            assert "aiohttp" not in headers["Server"]

    on_server(test)


def test_what_is_not_there_is_a_sentence() -> None:
    async def test(place: Place) -> None:
        for path in ("/static/js/textual.js", "/%2e%2e/server.py", "/page.js/", "/download/0123"):
            status, text, headers = await place.get(path)
            assert status == 404
            assert "There is no such page here. The screens are at /." in text
            assert headers["Content-Type"].startswith("text/html")
        async with place.client.post(place.url + "/", data=b"x") as answer:
            assert answer.status == 405

    on_server(test)


# Who is let in


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1", "127.0.0.1:1"])
def test_a_host_that_is_not_ours_is_turned_away(host: str) -> None:
    async def test(place: Place) -> None:
        for path in ("/", "/terminal.js", "/nowhere"):
            status, text, _ = await place.get(path, Host=host)
            assert status == 403
            assert "This address is not one of Outcome Tracker&#x27;s. It answers to http://localhost:" in text
        with pytest.raises(aiohttp.WSServerHandshakeError) as raised:
            async with place.visit(Host=host):
                pass
        assert raised.value.status == 403

    on_server(test)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1", "https://127.0.0.1:8000"])
def test_a_page_of_another_site_gets_no_screens(origin: str) -> None:
    async def test(place: Place) -> None:
        with pytest.raises(aiohttp.WSServerHandshakeError) as raised:
            async with place.visit(Origin=origin):
                pass
        assert raised.value.status == 403
        status, text, _ = await place.get("/ws", Origin=origin)
        assert status == 403
        assert "A page of another site, or a program that says none, asked for the screens. They stay shut." in text

    on_server(test)


def test_nobody_named_may_only_look() -> None:
    async def test(place: Place) -> None:
        async with place.visit(X_Remote_User="ana") as visit:
            assert (await visit.begun())[1:] == ["visitor", "1", "90", "30", screens.DRIVER]

    on_server(test)
    on_server(test, proxy="10.0.0.9")


@pytest.mark.parametrize("name", ["ana", "Zoë O'Neil", '$(id) `id` "x" \\ ; & %PATH% -h', "--user=jo"])
def test_whom_the_proxy_names_is_at_work_whatever_the_name_holds(name: str) -> None:
    async def test(place: Place) -> None:
        async with place.visit(X_Remote_User=name) as visit:
            assert (await visit.begun())[1:3] == [name, None]

    on_server(test, proxy=PROXY)


def test_a_visitor_whom_the_proxy_does_not_name_may_only_look() -> None:
    async def test(place: Place) -> None:
        async with place.visit() as visit:
            assert (await visit.begun())[1:3] == ["visitor", "1"]

    on_server(test, proxy=PROXY, environment={"OUTCOME_TRACKER_USER": "jo"})


def test_a_header_that_says_nothing_or_two_things_is_turned_away() -> None:
    async def test(place: Place) -> None:
        status, text, _ = await place.get("/", X_Remote_User="")
        assert status == 403
        assert "The header X-Remote-User holds no name that can be used" in text
        headers = [("X-Remote-User", "jo"), ("X-Remote-User", "ana"), ("Origin", place.url)]
        for path in ("/", "/ws"):
            async with place.client.get(place.url + path, headers=headers) as answer:
                assert answer.status == 403
                assert "The header X-Remote-User came 2 times; the proxy must set it once." in await answer.text()

    on_server(test, proxy=PROXY)


# The screens


def test_keys_sizes_and_focus_reach_the_screens_and_nonsense_does_not() -> None:
    async def test(place: Place) -> None:
        async with place.visit("?width=9999999&height=x") as visit:
            assert (await visit.begun())[3:5] == ["500", "24"]
            for nonsense in (
                "{",
                "[]",
                '"stdin"',
                '["stdin"]',
                '["resize", {"width": "x"}]',
                '["resize", 7]',
                "[" * 9999,
            ):
                await visit.socket.send_str(nonsense)
            await visit.socket.send_bytes(b"\x00\xff")
            await visit.send("stdin", "1\r\ud800")
            assert await visit.drawn() == b"1\r?"
            await visit.send("resize", {"width": 100, "height": -5})
            assert json.loads(await visit.drawn()) == {"type": "resize", "width": 100, "height": 5}
            for kind in ("focus", "blur"):
                await visit.send(kind)
                assert json.loads(await visit.drawn()) == {"type": kind}

    on_server(test)


def test_too_large_a_message_ends_the_session() -> None:
    async def test(place: Place) -> None:
        async with place.visit() as visit:
            pid = int((await visit.begun())[0])
            await visit.send("stdin", "x" * (1 << 20))
            await visit.told()
        assert await has_ended(pid)

    on_server(test)


def test_the_next_session_beyond_the_most_is_told_so_and_one_that_is_left_makes_room() -> None:
    async def test(place: Place) -> None:
        said = "Outcome Tracker has 2 sessions here, and all are in use. Try again in a few minutes."
        async with place.visit() as first:
            pid = int((await first.begun())[0])
            async with place.visit() as second:
                await second.begun()
                async with place.visit() as third:
                    assert await third.told() == said
                status, text, _ = await place.get("/")
                assert status == 503
                assert said in text
        assert await has_ended(pid)
        while (await place.get("/"))[0] != 200:  # noqa: ASYNC110 - whoever waits for a place asks again, too
            await asyncio.sleep(0.05)
        async with place.visit() as fourth:
            assert len(await fourth.begun()) == 6

    on_server(test, limits=Limits(sessions=2))


def test_a_session_without_a_key_is_ended_and_one_with_keys_is_not() -> None:
    async def test(place: Place) -> None:
        async with place.visit(X_Remote_User="jo") as visit:
            pid = int((await visit.begun())[0])
            for _ in range(4):
                await asyncio.sleep(0.25)
                await visit.send("stdin", "x")
                assert await visit.drawn() == b"x"
            await visit.send("focus")
            said = await visit.told()
        kept = "What you typed and did not save is there when you come back."
        assert said == f"Closed after 0 minutes without a key. {kept}"
        assert await has_ended(pid)

    on_server(test, limits=Limits(idle_minutes=0.6 / 60), proxy=PROXY)


def test_closing_the_tab_ends_the_process() -> None:
    async def test(place: Place) -> None:
        async with place.visit() as visit:
            pid = int((await visit.begun())[0])
            connection = visit.socket._response.connection  # noqa: SLF001 - a cable that is pulled has no better name
            assert connection is not None
            assert connection.transport is not None
            connection.transport.abort()
            assert await has_ended(pid)

    on_server(test)


def test_leaving_the_screens_says_so() -> None:
    async def test(place: Place) -> None:
        async with place.visit() as visit:
            pid = int((await visit.begun())[0])
            await place_quits(place)
            assert await visit.told() == "You have left Outcome Tracker."
        assert await has_ended(pid)

    async def place_quits(place: Place) -> None:
        [found] = place.server._open  # noqa: SLF001 - q is typed in the screens, which this program has none of
        await found.send_meta({"type": "quit"})

    on_server(test)


def test_screens_that_cannot_open_say_why() -> None:
    why = "There is no workspace in /nowhere. `outcome-tracker demo` makes one."
    program = f"import sys; sys.stderr.write({why!r} + '\\x1b[31m\\n'); sys.exit(3)"

    async def test(place: Place) -> None:
        async with place.visit() as visit:
            assert await visit.told() == why

    on_server(test, program=program)


def test_screens_that_end_without_a_word_are_said_not_to_open() -> None:
    async def test(place: Place) -> None:
        async with place.visit() as visit:
            assert await visit.told() == "The screens could not be opened."

    on_server(test, program="pass")


def test_a_machine_that_can_start_nothing_more_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EAGAIN, "Resource temporarily unavailable")

    async def test(place: Place) -> None:
        monkeypatch.setattr(asyncio, "create_subprocess_exec", refuse)
        async with place.visit() as visit:
            assert await visit.told() == (
                "The screens could not be opened: Resource temporarily unavailable. Try again in a few minutes."
            )
        assert (await place.get("/"))[0] == 200

    on_server(test)


STUBBORN = ECHO.replace("        break\n", "        pass\n") + "\nimport signal, time\n"
STUBBORN = "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + STUBBORN + "\nwhile True: time.sleep(1)\n"


def test_a_process_that_will_not_end_is_made_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screens, "TO_FINISH", 0.2)
    monkeypatch.setattr(screens, "TO_DIE", 0.2)

    async def test(place: Place) -> None:
        async with place.visit() as visit:
            pid = int((await visit.begun())[0])
        assert await has_ended(pid)

    on_server(test, program=STUBBORN)


def test_stopping_the_server_ends_every_session_and_says_so() -> None:
    async def run() -> None:
        async with serving() as place:
            first = await place.client.ws_connect(f"{place.url}/ws", headers={"Origin": place.url})
            second = await place.client.ws_connect(f"{place.url}/ws", headers={"Origin": place.url})
            pids = [json.loads(await socket.receive_bytes())[0] for socket in (first, second)]
            said = asyncio.gather(*(socket.receive_str() for socket in (first, second)))
            await place.server.end_all()
            assert set(await said) == {
                '["ended", "The server was stopped. What was saved is safe; open the page again later."]'
            }
            assert [await has_ended(pid) for pid in pids] == [True, True]

    asyncio.run(run())


# Files


OFFER = ECHO.replace(
    "while head",
    r"""
send(b"M", json.dumps({"type": "open_url", "url": "https://evil.example", "new_tab": True}).encode())
send(b"M", json.dumps({"type": "deliver_file_start", "key": "k1", "path": "/srv/Report Q4 \u201cfinal\u201d.html",
    "open_method": "browser", "encoding": "", "mime_type": "text/html", "name": None}).encode())
chunks = [b"<h1>", b"Report</h1>", b""]
def chunk(key):
    data = chunks.pop(0)
    return b"ts13:deliver_chunks%d:%s%d:%se" % (len(key), key.encode(), len(data), data)
while head""",
).replace(
    "        break\n",
    """        break
    if b"deliver_chunk_request" in data:
        send(b"P", chunk("k1"))
        continue
""",
)


def test_a_file_goes_to_the_visitor_whom_it_was_offered_once_and_never_as_a_page() -> None:
    async def test(place: Place) -> None:
        async with place.visit(X_Remote_User="ana") as visit:
            await visit.begun()
            assert json.loads(await visit.socket.receive_str()) == ["deliver_file_start", "k1"]
            assert (await place.get("/download/k1", X_Remote_User="jo"))[0] == 404
            assert (await place.get("/download/k1"))[0] == 404
            status, text, headers = await place.get("/download/k1", X_Remote_User="ana")
            assert (status, text) == (200, "<h1>Report</h1>")
            assert headers["Content-Disposition"] == (
                "attachment; filename*=UTF-8''Report%20Q4%20%E2%80%9Cfinal%E2%80%9D.html"
            )
            assert (await place.get("/download/k1", X_Remote_User="ana"))[0] == 404

    on_server(test, program=OFFER, proxy=PROXY)


def test_a_defect_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> None:
        async with serving() as place:
            monkeypatch.setattr("outcome_tracker.web.server._PAGE", None)
            monkeypatch.setattr("outcome_tracker.web.server.sentence_page", _plain)
            status, text, _ = await place.get("/")
            assert status == 500
            assert text.startswith("This is a defect: unsupported operand")
            assert len(place.bugs) == 1

    asyncio.run(run())


def _plain(sentence: str, status: int) -> aiohttp.web.Response:
    return aiohttp.web.Response(text=sentence, status=status)
