"""Tests fetch nothing and send nothing. That the program doesn't either is seen in tests/robustness/test_offline.py."""

import socket

import pytest


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
def test_tests_reach_nothing_but_this_machine(host: str) -> None:
    with pytest.raises(PermissionError, match=f"{host}: nothing but this machine may be reached here"):
        socket.create_connection((host, 80), timeout=1)


def test_tests_ask_after_no_name() -> None:
    with pytest.raises(socket.gaierror, match=r"example\.org: nothing but this machine may be reached here"):
        socket.create_connection(("example.org", 80), timeout=1)


def test_tests_send_nothing_anywhere() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as quiet, pytest.raises(PermissionError, match="sendto"):
        quiet.sendto(b"", ("192.0.2.1", 53))


def test_tests_reach_this_machine() -> None:
    with socket.create_server(("localhost", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()
