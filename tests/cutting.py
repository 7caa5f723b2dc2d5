"""Stands between the program and a server, and cuts the connection at a commit: before or after it is done."""

from __future__ import annotations

import select
import socket
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable


class Cutting:
    """Passes everything on to a server's port on loopback until the first COMMIT of something new, which is cut.

    `done` tells whether the server gets that COMMIT, `again` whether it can be reached afterwards; `meanwhile` is
    called once it is cut.
    """

    def __init__(
        self, port: int, *, done: bool, again: bool = True, meanwhile: Callable[[], object] | None = None
    ) -> None:
        self._server = port
        self._done, self._again, self._meanwhile = done, again, meanwhile
        self.cut = self._writing = False
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._thread = Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.close()
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            pass  # wakes `accept`
        self._thread.join(5)

    def _serve(self) -> None:
        with suppress(OSError):
            while self._again or not self.cut:
                program, _ = self._listening.accept()
                with program, socket.create_connection(("127.0.0.1", self._server)) as server:
                    self._pass_on(program, server)
        self._listening.close()

    def _pass_on(self, program: socket.socket, server: socket.socket) -> None:
        while True:
            for ready in select.select([program, server], [], [])[0]:
                with suppress(ConnectionError):
                    data = ready.recv(65536)
                    self._writing |= ready is program and (b"INSERT" in data or b"COPY" in data)
                    if self._writing and ready is program and b"COMMIT" in data and not self.cut:
                        self.cut = True
                        if self._done:
                            server.sendall(data)
                            server.recv(65536)
                        server.close()
                        if self._meanwhile is not None:
                            self._meanwhile()
                        return
                    if data:
                        (server if ready is program else program).sendall(data)
                        continue
                return
