import errno
import socket

import pytest

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.web.listening import is_everywhere, is_loopback, listen


def test_a_port_that_is_taken_is_a_sentence() -> None:
    with listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(Unavailable) as raised:
            listen("127.0.0.1", port)
    assert raised.value.sentence == f"Port {port} of 127.0.0.1 is taken by another program."
    assert raised.value.remedy.startswith("End that one, or choose another port: --port ")


def test_an_address_of_another_machine_is_a_sentence() -> None:
    with pytest.raises(Unavailable, match=r"192\.0\.2\.1 is no address of this machine\."):
        listen("192.0.2.1", 0)


def test_a_name_that_nobody_has_is_a_sentence() -> None:
    with pytest.raises(Unavailable, match=r"'no such host' is no name or address of this machine\."):
        listen("no such host", 0)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (errno.EACCES, "Port 80 of 127.0.0.1 is not for everybody's use. Choose one from 1024 up: --port 8000."),
        (errno.EMFILE, "Port 80 of 127.0.0.1 cannot be used: Too many open files."),
    ],
)
def test_whatever_the_system_refuses_is_a_sentence(code: int, sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, "Too many open files")

    monkeypatch.setattr(socket, "create_server", refuse)
    with pytest.raises(Unavailable) as raised:
        listen("127.0.0.1", 80)
    assert str(raised.value) == sentence


def test_who_can_reach_an_address_is_known() -> None:
    assert [is_loopback(host) for host in ("127.0.0.1", "::1", "LOCALHOST", "127.9.9.9")] == [True] * 4
    assert [is_loopback(host) for host in ("0.0.0.0", "10.1.2.3", "council.example")] == [False] * 3  # noqa: S104 - named, not used
    assert [is_everywhere(host) for host in ("0.0.0.0", "::", "127.0.0.1", "localhost")] == [True, True, False, False]  # noqa: S104 - as above
