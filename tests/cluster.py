"""A PostgreSQL of the tests' own: in a folder that is removed afterwards, on loopback, stopped when the tests end.

`cluster` is the server; `database` is a new database in it for one test, empty, and `tables` one with the program's
tables. Tests that use them are marked `postgresql`: `make postgresql` runs them.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from outcome_tracker.store.location import Location, locate
from outcome_tracker.store.schema import create
from tests.programs import missing

if TYPE_CHECKING:
    from collections.abc import Iterator

# The parameters of a fixture that gives a database of each engine.
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
ADMINISTRATOR = "postgres"
OWNER = "owner"
TABLES = "with_tables"  # the database that others are copied from
# Sorting as in English, as on many councils' servers: what relies on the order of bytes shows here.
_INITDB = ("-U", ADMINISTRATOR, "-E", "UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-GB")
_SETTINGS = """
listen_addresses = '127.0.0.1'
shared_buffers = 32MB
max_connections = 60
fsync = {durable}
full_page_writes = {durable}
synchronous_commit = {durable}
log_line_prefix = '%q%u@%d '
"""
# Through the socket, whose folder is closed to others, everyone is let in; over TCP a password is needed.
_ACCESS = "local all all trust\nlocal replication all trust\nhost all all 127.0.0.1/32 scram-sha-256\n"


@dataclass
class Cluster:
    """A running server. `location` tells where a database of it is; SQL is run by its administrator."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    _numbers: Iterator[int] = field(default_factory=count)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    def location(self, database: str, user: str = OWNER, password: str = "", options: str = "") -> Location:
        """Return where a database is: over TCP where a password is given, else through the socket."""
        login = f"{quote(user)}:{quote(password)}" if password else quote(user)
        host = f"127.0.0.1:{self.port}" if password else ""
        socket_of = "" if password else f"host={quote(str(self.folder))}&port={self.port}&"
        return locate(f"postgresql://{login}@{host}/{database}?{socket_of}{options}".rstrip("?&"))

    def run(self, *statements: str, database: str = "postgres") -> list[Any]:
        """Run statements as the administrator, each in a transaction of its own; return the last one's rows."""
        import psycopg

        found: list[Any] = []
        address = self.location(database, ADMINISTRATOR).address
        with psycopg.connect(address, autocommit=True, connect_timeout=5) as connection:
            for statement in statements:
                cursor = connection.execute(statement.encode())
                found = cursor.fetchall() if cursor.description else []
        return found

    def create(self, template: str = "template1", owner: str = OWNER) -> str:
        """Make a database, and return its name."""
        name = f"test_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name} OWNER {owner} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still in it."""
        self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def start(self) -> None:
        """Start the server and wait until it answers. It ends with the process that started it."""
        command = [*_ending_with_us(), str(_programs() / "postgres"), "-D", str(self.data)]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, **_user())
        _wait_for(self)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop the server: SIGINT ends its connections, SIGQUIT is a crash."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(30)
            self.process = None


def _programs() -> Path:
    """Return the folder of PostgreSQL's programs; Debian keeps them off PATH."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve()] if on_path else sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else missing("PostgreSQL's initdb is not installed (on Debian: postgresql)")


def _user() -> dict[str, Any]:
    """Return whom the server runs as: root may not run it."""
    if os.geteuid() != 0:
        return {}
    import pwd

    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _ending_with_us() -> list[str]:
    """Return what a command is begun with so that it ends even where the tests are killed."""
    return ["setpriv", "--pdeathsig", "INT"] if shutil.which("setpriv") else []


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(cluster: Cluster) -> None:
    import psycopg

    deadline = time.monotonic() + 60
    while True:
        try:
            cluster.run("SELECT 1")
        except psycopg.OperationalError:
            gone = cluster.process is None or cluster.process.poll() is not None
            if gone or time.monotonic() > deadline:
                pytest.fail(f"PostgreSQL did not start:\n{cluster.log}")
            time.sleep(0.02)
        else:
            return


def make_cluster(folder: Path, *, durable: bool = False, settings: str = "", access: str = _ACCESS) -> Cluster:
    """Make a server in a folder and start it; `durable` where what a power cut leaves is what is tested."""
    programs = _programs()
    if find_spec("psycopg") is None:
        missing("psycopg is not installed")
    cluster = Cluster(folder, _free_port())
    if user := _user():
        os.chown(folder, user["user"], user["group"])
    initdb = [str(programs / "initdb"), "-D", str(cluster.data), "--auth=trust", "--no-sync", *_INITDB]
    subprocess.run(initdb, check=True, capture_output=True, cwd=folder, **_user())
    with (cluster.data / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write(_SETTINGS.format(durable="on" if durable else "off"))
        file.write(f"port = {cluster.port}\nunix_socket_directories = '{folder}'\n{settings}\n")
    (cluster.data / "pg_hba.conf").write_text(access, encoding="utf-8")
    cluster.start()
    cluster.run(f"CREATE ROLE {OWNER} LOGIN PASSWORD '{OWNER}'")
    return cluster


def make_standby(primary: Cluster, folder: Path) -> Cluster:
    """Make a copy that follows a server, and start it."""
    standby = Cluster(folder, _free_port())
    if user := _user():
        os.chown(folder, user["user"], user["group"])
    address = primary.location("postgres", ADMINISTRATOR).address
    copying = [str(_programs() / "pg_basebackup"), "-D", str(standby.data), "-R", "--checkpoint=fast", "-d", address]
    subprocess.run(copying, check=True, capture_output=True, cwd=folder, **_user())
    with (standby.data / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write(f"port = {standby.port}\nunix_socket_directories = '{folder}'\nsynchronous_standby_names = ''\n")
    standby.start()
    return standby


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A server with one more database, `TABLES`, that has the program's tables."""
    with tempfile.TemporaryDirectory(prefix="tracker-") as folder:  # short: a socket's path has at most 107 bytes
        made = make_cluster(Path(folder))
        try:
            made.run(f"CREATE DATABASE {TABLES} OWNER {OWNER}")
            create(made.location(TABLES))
            yield made
        finally:
            made.stop()


@pytest.fixture
def database(cluster: Cluster) -> Iterator[Location]:
    """An empty database of its owner's."""
    name = cluster.create()
    yield cluster.location(name)
    cluster.drop(name)


@pytest.fixture
def tables(cluster: Cluster) -> Iterator[Location]:
    """A database with the program's tables and no rows."""
    name = cluster.create(TABLES)
    yield cluster.location(name)
    cluster.drop(name)
