"""Who is let in, and as whom: what a request says of itself is judged here, apart from any server."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from outcome_tracker.core.text import clean, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

Address: TypeAlias = IPv4Address | IPv6Address

LONGEST_NAME = 100
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")
_USUAL_PORTS = {"http": 80, "https": 443}  # which browsers leave out
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]")
_HEADER = re.compile(r"[A-Za-z0-9-]+")  # with an underscore it could be written in two ways, of which a proxy minds one


class Refused(Exception):
    """A request that is answered by a sentence in place of the screens."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where browsers find the screens: scheme, host in lower case, port."""

    scheme: str
    host: str
    port: int

    @property
    def url(self) -> str:
        """The site as browsers write it, also in an Origin header."""
        return f"{self.scheme}://{self.host}{'' if self._is_usual else f':{self.port}'}"

    @property
    def hosts(self) -> frozenset[str]:
        """What a Host header may say."""
        return frozenset({f"{self.host}:{self.port}", *([self.host] if self._is_usual else [])})

    @property
    def _is_usual(self) -> bool:
        return self.port == _USUAL_PORTS[self.scheme]


def parse_site(url: str) -> Site:
    """Return the site of a URL; raises `ValueError` with a sentence that says what to write."""
    example = "write it as in https://tracker.example.gov.uk"
    try:
        parts = urlsplit(url.strip().lower())
        port = parts.port
    except ValueError:
        raise ValueError(f"'{url}' is no address; {example}.") from None
    host = parts.netloc.rpartition(":")[0] if port is not None else parts.netloc
    if parts.scheme not in _USUAL_PORTS or not _HOST.fullmatch(host) or port == 0:
        raise ValueError(f"'{url}' is no address of a site; {example}.")
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise ValueError(f"'{url}' names more than a site: the screens need a host of their own; {example}.")
    return Site(parts.scheme, host, port or _USUAL_PORTS[parts.scheme])


def parse_address(text: str) -> Address:
    """Return an IP address, an IPv4 one in IPv6 clothes as itself; raises `ValueError`."""
    try:
        address = ip_address(text.strip().partition("%")[0])
    except ValueError:
        raise ValueError(f"'{text}' is no IP address; write it as in 127.0.0.1.") from None
    return getattr(address, "ipv4_mapped", None) or address


def parse_header(text: str) -> str:
    """Return the name of a header; raises `ValueError`."""
    if not _HEADER.fullmatch(text):
        raise ValueError(f"'{text}' is no name of a header; write it with letters and hyphens, as in X-Remote-User.")
    return text


def loopback_sites(port: int) -> tuple[Site, ...]:
    """Return the names under which this machine reaches itself."""
    return tuple(Site("http", name, port) for name in LOOPBACK_NAMES)


@dataclass(frozen=True, slots=True)
class Gate:
    """What is let in: requests for these sites; and which proxies say who somebody is, in which header."""

    sites: tuple[Site, ...]
    header: str = ""
    proxies: frozenset[Address] = frozenset()

    def check_host(self, said: Sequence[str]) -> None:
        """Refuse a request for another site: a foreign name that leads here is an attack on the browser's rules."""
        hosts = {host for site in self.sites for host in site.hosts}
        if len(said) != 1 or said[0].lower() not in hosts:
            ours = listed([site.url for site in self.sites])
            raise Refused(
                f"This address is not one of Outcome Tracker's. It answers to {ours} only; "
                "another one is allowed with --public-url."
            )

    def check_origin(self, said: Sequence[str]) -> None:
        """Refuse a connection that a page of another site opens in somebody's browser."""
        origins = {site.url for site in self.sites}
        if len(said) != 1 or said[0].lower() not in origins:
            raise Refused("A page of another site, or a program that says none, asked for the screens. They stay shut.")

    def user(self, peer: str, said: Sequence[str]) -> str:
        """Return who a trusted proxy says it is; nothing where no trusted proxy names anybody.

        `peer` is the address that the connection comes from, `said` every value of the header. What anybody else
        writes into that header is ignored.
        """
        if not self.header or not said or not self._is_trusted(peer):
            return ""
        if len(said) > 1:
            raise Refused(f"The header {self.header} came {len(said)} times; the proxy must set it once.")
        name = clean(said[0])
        if not said[0].isprintable() or not name or len(name) > LONGEST_NAME:
            raise Refused(f"The header {self.header} holds no name that can be used: the proxy must set it to one.")
        return name

    def _is_trusted(self, peer: str) -> bool:
        try:
            return parse_address(peer) in self.proxies
        except ValueError:
            return False
