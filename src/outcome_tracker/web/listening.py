"""The place where the server listens; why it can't, as a sentence."""

from __future__ import annotations

import errno
import socket
from contextlib import suppress

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.web.gate import parse_address


def listen(host: str, port: int) -> socket.socket:
    """Take a port of this machine; 0 is any that is free. Raises `Unavailable`."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(address[:2], family=family)
    except socket.gaierror:
        raise Unavailable(
            f"'{host}' is no name or address of this machine.", "Name one of its own with --host, as in 127.0.0.1."
        ) from None
    except OSError as error:
        raise _why_not(error, host, port) from None


def _why_not(error: OSError, host: str, port: int) -> Unavailable:
    if error.errno == errno.EADDRINUSE:
        return Unavailable(
            f"Port {port} of {host} is taken by another program.",
            f"End that one, or choose another port: --port {port + 1 if port < 65535 else 8000}.",  # noqa: PLR2004
        )
    if error.errno in {errno.EACCES, errno.EPERM}:
        return Unavailable(
            f"Port {port} of {host} is not for everybody's use.", "Choose one from 1024 up: --port 8000."
        )
    if error.errno == errno.EADDRNOTAVAIL:
        return Unavailable(f"{host} is no address of this machine.", "Name one of its own with --host.")
    return Unavailable(f"Port {port} of {host} cannot be used: {error.strerror}.")


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach an address."""
    with suppress(ValueError):
        return parse_address(host).is_loopback
    return host.lower() == "localhost"


def is_everywhere(host: str) -> bool:
    """Tell whether it stands for every address of this machine, and is none that a browser could ask for."""
    with suppress(ValueError):
        return parse_address(host).is_unspecified
    return False
