"""nginx with the file of docs/: on this machine's own address, with ports, users and a certificate of the test."""

from __future__ import annotations

import os
import socket
import subprocess
from contextlib import contextmanager
from time import monotonic, sleep
from typing import TYPE_CHECKING

from tests.programs import ROOT, program

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

NAME = "tracker.example.gov.uk"
_MAIN = """{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@contextmanager
def nginx(folder: Path, port: int, plain: int, to: int, passwords: Mapping[str, str]) -> Iterator[None]:
    """Put nginx before the port `to`, with TLS on one port and plain HTTP on another."""
    path = program("nginx", "/usr/sbin/nginx")
    folder.mkdir()
    _certify(folder)
    hashes = {name: _output("openssl", "passwd", "-apr1", word).strip() for name, word in passwords.items()}
    (folder / "users").write_text("".join(f"{name}:{each}\n" for name, each in hashes.items()), "utf-8")
    site = (ROOT / "docs" / "nginx-outcome-tracker.conf").read_text("utf-8")
    for written, here in {
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
        f"/etc/ssl/certs/{NAME}.pem": f"{folder}/site.pem",
        f"/etc/ssl/private/{NAME}.key": f"{folder}/site.key",
        "auth_basic_user_file /etc/nginx/outcome-tracker.users": f"auth_basic_user_file {folder}/users",
        "proxy_pass http://127.0.0.1:8000": f"proxy_pass http://127.0.0.1:{to}",
    }.items():
        assert site.count(written) == 1, written
        site = site.replace(written, here)
    (folder / "site.conf").write_text(site, "utf-8")
    user = "user root;" if os.geteuid() == 0 else ""  # else its workers could not read these files
    (folder / "main.conf").write_text(_MAIN.format(folder=folder, user=user), "utf-8")
    command = [path, "-p", str(folder), "-c", str(folder / "main.conf"), "-e", str(folder / "nginx.log")]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        try:
            _wait(process, port, folder / "nginx.log")
            yield
        finally:
            process.terminate()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = monotonic() + 30
    while monotonic() < end and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return
        except OSError:
            sleep(0.05)
    raise AssertionError(log.read_text("utf-8") if log.exists() else "nginx wrote nothing")


def _certify(folder: Path) -> None:
    """Make a certificate that nobody but the test trusts."""
    _output(
        *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}"),
        *("-keyout", str(folder / "site.key"), "-out", str(folder / "site.pem")),
    )


def _output(*command: str) -> str:
    words = [program(command[0]), *command[1:]]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout
