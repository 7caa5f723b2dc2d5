from ipaddress import ip_address

import pytest

from outcome_tracker.web.gate import Gate, Refused, Site, loopback_sites, parse_address, parse_header, parse_site

PUBLIC = Site("https", "tracker.example.gov.uk", 443)
GATE = Gate((PUBLIC, *loopback_sites(8000)), "X-Remote-User", frozenset({ip_address("127.0.0.1"), ip_address("::1")}))


@pytest.mark.parametrize(
    ("url", "site", "written"),
    [
        ("https://tracker.example.gov.uk", PUBLIC, "https://tracker.example.gov.uk"),
        ("https://Tracker.Example.gov.uk:443/", PUBLIC, "https://tracker.example.gov.uk"),
        ("http://10.1.2.3:8080", Site("http", "10.1.2.3", 8080), "http://10.1.2.3:8080"),
        ("http://[::1]", Site("http", "[::1]", 80), "http://[::1]"),
    ],
)
def test_a_site_is_read_from_its_address(url: str, site: Site, written: str) -> None:
    assert parse_site(url) == site
    assert site.url == written


@pytest.mark.parametrize(
    "url",
    [
        "tracker.example.gov.uk",
        "ftp://a.uk",
        "https://",
        "https://a.uk:0",
        "https://jo@a.uk",
        "https://a uk",
        "https://ü.uk",
    ],
)
def test_what_is_no_site_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"is no address of a site; write it as in https://tracker\.example\.gov\.uk"):
        parse_site(url)


@pytest.mark.parametrize("url", ["https://a.uk:port", "https://a.uk:99999", "https://[::1"])
def test_what_is_no_address_at_all_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="is no address; write it as in"):
        parse_site(url)


@pytest.mark.parametrize("url", ["https://a.uk/tracker", "https://a.uk?x=1", "https://a.uk/#top"])
def test_a_path_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="names more than a site: the screens need a host of their own"):
        parse_site(url)


def test_addresses_and_headers_are_read() -> None:
    assert parse_address("::ffff:10.0.0.1") == parse_address(" 10.0.0.1 ") == ip_address("10.0.0.1")
    assert parse_address("fe80::1%eth0") == ip_address("fe80::1")
    assert parse_header("X-Remote-User") == "X-Remote-User"
    with pytest.raises(ValueError, match=r"'proxy' is no IP address; write it as in 127\.0\.0\.1"):
        parse_address("proxy")
    with pytest.raises(ValueError, match="'X_Remote_User' is no name of a header"):
        parse_header("X_Remote_User")


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1:8000", "localhost:8000", "LocalHost:8000", "[::1]:8000"),
        *("tracker.example.gov.uk", "tracker.example.gov.uk:443"),
    ],
)
def test_our_own_hosts_are_let_in(host: str) -> None:
    GATE.check_host([host])


@pytest.mark.parametrize(
    "hosts",
    [
        [],
        [""],
        ["evil.example"],
        ["localhost"],  # that is port 80, which is another program
        ["localhost:8001"],
        ["localhost:8000.evil.example"],
        ["evil.example:8000"],
        ["jo@localhost:8000"],
        ["localhost:8000", "localhost:8000"],
    ],
)
def test_a_foreign_host_is_refused(hosts: list[str]) -> None:
    with pytest.raises(Refused, match=r"answers to https://tracker\.example\.gov\.uk, http://localhost:8000, "):
        GATE.check_host(hosts)


def test_our_own_pages_may_ask_for_the_screens() -> None:
    for origin in ("https://tracker.example.gov.uk", "http://localhost:8000", "http://[::1]:8000"):
        GATE.check_origin([origin])


@pytest.mark.parametrize(
    "origins",
    [
        [],
        ["null"],
        ["https://evil.example"],
        ["http://tracker.example.gov.uk"],  # the same host, but anybody on the way could have written that page
        ["http://localhost:8001"],
        ["https://tracker.example.gov.uk.evil.example"],
        ["https://tracker.example.gov.uk", "https://tracker.example.gov.uk"],
    ],
)
def test_a_foreign_page_is_refused(origins: list[str]) -> None:
    with pytest.raises(Refused, match="They stay shut"):
        GATE.check_origin(origins)


@pytest.mark.parametrize("peer", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_the_proxy_says_who_it_is(peer: str) -> None:
    assert GATE.user(peer, ["jo.officer"]) == "jo.officer"
    assert GATE.user(peer, [" Zoë O'Neil; $(id) "]) == "Zoë O'Neil; $(id)"
    assert GATE.user(peer, []) == ""


@pytest.mark.parametrize("peer", ["10.0.0.9", "127.0.0.2", "", "unix:"])
def test_nobody_else_says_who_they_are(peer: str) -> None:
    assert GATE.user(peer, ["jo.officer"]) == ""
    assert GATE.user(peer, ["jo", "ana"]) == ""


def test_without_a_header_nobody_is_anybody() -> None:
    assert Gate(GATE.sites).user("127.0.0.1", ["jo.officer"]) == ""


def test_a_header_that_comes_twice_is_refused() -> None:
    with pytest.raises(Refused, match="The header X-Remote-User came 2 times; the proxy must set it once"):
        GATE.user("127.0.0.1", ["jo", "ana"])


@pytest.mark.parametrize("name", ["", "  ", "jo\tofficer", "jo\u202eofficer", "jo\u200bofficer", "jo\udcff", "j" * 101])
def test_a_name_that_nobody_can_have_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="The header X-Remote-User holds no name that can be used"):
        GATE.user("127.0.0.1", [name])
