import socket
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from outcome_tracker.cli import serving
from outcome_tracker.cli.options import Settings
from outcome_tracker.web.gate import parse_site
from tests.running import run


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--user-header", "X-Remote-User"], "--user-header and --trust-proxy belong together"),
        (["--trust-proxy", "127.0.0.1"], "--user-header and --trust-proxy belong together"),
        (["--user-header", "X Remote", "--trust-proxy", "127.0.0.1"], "'X Remote' is no name of a header"),
        (["--user-header", "X-Remote-User", "--trust-proxy", "nginx"], "'nginx' is no IP address"),
        (["--public-url", "tracker.example.gov.uk"], "is no address of a site; write it as in https://"),
        (["--public-url", "https://a.uk/tracker"], "names more than a site: the screens need a host of their own"),
        (["--port", "65536"], "65536 is not in the range"),
        (["--sessions", "0"], "0 is not in the range"),
        (["--idle-minutes", "0"], "0 is not in the range"),
        (["--user", "jo"], "--user is for one person; here the proxy says who is at work, with --user-header."),
    ],
)
def test_wrong_usage_is_a_sentence(small: Path, arguments: list[str], sentence: str) -> None:
    ran = run(small, "serve", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert sentence in " ".join(ran.err.split())


def test_a_port_that_is_taken_is_not_possible_now(small: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = run(small, "serve", "--port", str(port))
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith(f"Port {port} of 127.0.0.1 is taken by another program. End that one, or choose another ")


def test_without_a_workspace_there_is_nothing_to_serve(tmp_path: Path) -> None:
    ran = run(tmp_path, "serve", "--port", "0")
    assert ran.code == 3
    assert ran.err.startswith(f"There is no workspace in {tmp_path}.")


@pytest.mark.parametrize("library", ["aiohttp", "textual_serve"])
def test_without_the_extra_it_is_said_how_to_install_it(
    small: Path, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("server", "screens"):
        monkeypatch.delitem(sys.modules, f"outcome_tracker.web.{module}", raising=False)
    monkeypatch.setitem(sys.modules, library, None)
    ran = run(small, "serve", "--port", "0")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == (
        "Browsers are served with the packages textual-serve and aiohttp, which are not installed. "
        'Install them with: python -m pip install "outcome-tracker[web]"\n'
    )


def test_opening_it_to_other_machines_without_asking_who_they_are_is_warned_of() -> None:
    public = parse_site("https://tracker.example.gov.uk")
    [warning] = serving._warnings("10.1.2.3", None, is_asked=False)  # noqa: SLF001 - tests listen on this machine only
    assert warning.startswith("warning: whoever reaches 10.1.2.3 can look at everything here, unencrypted and without")
    [warning] = serving._warnings("0.0.0.0", None, is_asked=True)  # noqa: S104, SLF001 - as above
    assert warning.endswith("only this machine is let in. Name the one that people type with --public-url.")
    assert serving._warnings("0.0.0.0", public, is_asked=True) == []  # noqa: S104, SLF001 - as above
    assert serving._warnings("127.0.0.1", None, is_asked=False) == []  # noqa: SLF001 - as above


def test_the_screens_are_started_with_what_serve_was_told_and_no_password_is_seen_among_the_processes() -> None:
    url = "postgresql://jo:secret@localhost/tracker"
    given = {"workspace": "/srv/a b", "as_at": "2019-05-31", "database": url, "read_only": "1"}
    settings = Settings(lambda: datetime(2020, 1, 15, tzinfo=UTC), given)
    words = serving._words(settings)  # noqa: SLF001 - what is started is seen nowhere else
    assert words == (sys.executable, "-m", "outcome_tracker", "--workspace", "/srv/a b", "--as-at", "2019-05-31")
    environment = serving._environment(settings)  # noqa: SLF001 - as above
    assert environment == {"OUTCOME_TRACKER_DATABASE": url, "OUTCOME_TRACKER_READ_ONLY": "1"}


def test_the_address_that_people_type_comes_first() -> None:
    public = parse_site("https://tracker.example.gov.uk")
    urls = [[site.url for site in serving._sites(host, 8000, public)] for host in ("0.0.0.0", "10.1.2.3", "::1")]  # noqa: S104, SLF001 - as above
    local = ["http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]:8000"]
    assert urls == [
        [public.url, *local],
        [public.url, "http://10.1.2.3:8000", *local],
        [public.url, local[2], *local[:2]],
    ]
