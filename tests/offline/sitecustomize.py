"""Lets a process reach nothing but this machine, and notes what it tried.

Python imports it by itself when it starts, where this folder is on PYTHONPATH; OFFLINE_LOG turns it on there.
"""

from __future__ import annotations

import os
import socket
import sys
from ipaddress import ip_address
from pathlib import Path

_ASKS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
_CALLS = {"socket.connect", "socket.sendto", "socket.sendmsg"}
_REASON = "nothing but this machine may be reached here"


def only_this_machine(log: str = "", *, sockets: bool = False) -> None:
    """Refuse every connection elsewhere, and every question after a name, as long as the process lives.

    What was tried is a line in the file `log`, so that a program that goes on as if nothing were is found out too. With
    `sockets` the making of any socket is a line of it.
    """

    def noted(event: str, what: object) -> None:
        if log:
            with Path(log).open("a", encoding="utf-8") as file:
                file.write(f"{event} {what}\n")

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event in _ASKS and not (_is_here(arguments[0]) or _is_number(arguments[0])):
            noted(event, arguments[0])
            raise socket.gaierror(socket.EAI_NONAME, f"{event} {arguments[0]}: {_REASON}")
        if event in _CALLS:
            address = arguments[1]  # a path, where the socket is on this machine
            if isinstance(address, tuple) and not _is_here(address[0]):
                noted(event, address[0])
                raise PermissionError(f"{event} {address[0]}: {_REASON}")
        if sockets and event == "socket.__new__":
            noted(event, arguments[1:])

    sys.addaudithook(watch)


def _is_here(host: object) -> bool:
    name = _text(host)
    return name in {"", "localhost"} or (_is_number(name) and ip_address(name.partition("%")[0]).is_loopback)


def _is_number(host: object) -> bool:
    try:
        ip_address(_text(host).partition("%")[0])
    except ValueError:
        return False
    return True


def _text(host: object) -> str:
    return host.decode() if isinstance(host, bytes) else str(host or "")


if "OFFLINE_LOG" in os.environ:
    only_this_machine(os.environ["OFFLINE_LOG"], sockets=os.environ.get("OFFLINE_SOCKETS") == "1")
