"""Connections to the database, opened so that what is saved stays saved, and checked to be ours."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from importlib import import_module
from typing import TYPE_CHECKING, Any, Self

from outcome_tracker.store import failures, server_failures
from outcome_tracker.store.location import file_uri, is_allowed

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from types import TracebackType

    from outcome_tracker.store.location import Location

# "OTKR" in ASCII, in the header of every database that we make.
APPLICATION_ID = 0x4F544B52
# The newest migration, in migrations/versions.
REVISION = "0005"

# In a simulated power cut, DELETE with FULL and WAL with NORMAL lost commits that were acknowledged; DELETE with EXTRA
# lost none. WAL does not work on network drives, where councils keep files.
_SETTINGS = {
    "journal_mode": ("DELETE", "delete"),
    "synchronous": ("EXTRA", "3"),
    "foreign_keys": ("ON", "1"),
}
# Whether there is the table that tells the schema, and whether it may be read.
_FILE_TABLES = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
_SERVER_TABLES = "SELECT has_table_privilege(oid, 'SELECT') FROM pg_class WHERE oid = to_regclass('alembic_version')"
_NAME = re.compile(r"(?<!:):([a-z]\w*)")

Row = tuple[Any, ...]
_AT_ONCE = 5_000  # rows of a stream


class Connection:
    """A connection of either engine, in no transaction until `begin`. `notice` is what the user should know of it."""

    def __init__(self, raw: Any, location: Location, *, notice: str = "") -> None:  # noqa: ANN401 - sqlite3's or psycopg's
        self.raw = raw
        self.location = location
        self.notice = notice

    def rows(self, sql: str, **parameters: object) -> list[Row]:
        """Run a query, written as SQLite takes it, with named parameters, and return its rows."""
        if self.location.path is None:
            sql = _NAME.sub(r"%(\1)s", sql.replace("%", "%%")).replace("COLLATE BINARY", 'COLLATE "C"')
        with failures.explained(self.location):
            found: list[Row] = self.raw.execute(sql, parameters).fetchall()
        return found

    def stream(self, sql: str) -> Generator[Row]:
        """Yield the rows of a query, of which never all are held, in the transaction that is open."""
        with failures.explained(self.location):
            cursor = self.raw.cursor() if self.location.path is not None else self.raw.cursor(name="stream")
            with closing(cursor):
                cursor.execute(sql if self.location.path is not None else sql.replace("COLLATE BINARY", 'COLLATE "C"'))
                while found := cursor.fetchmany(_AT_ONCE):
                    yield from found

    def insert(self, into: str, rows: Iterable[Row]) -> None:
        """Insert rows the quickest way; `into` is a table and the columns that they give: `figure (who, at)`."""
        with failures.explained(self.location):
            cursor = self.raw.cursor()
            if self.location.path is not None:
                marks = ", ".join("?" * (into.count(",") + 1))
                cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", rows)  # noqa: S608 - our own names
                return
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)

    def run(self, sql: str) -> None:
        """Run a statement that returns no rows."""
        with failures.explained(self.location):
            self.raw.execute(sql)

    def revision(self) -> str:
        """Return which migration the schema is at; nothing when there is no schema."""
        sqlite = self.location.path is not None
        tables = self.rows(_FILE_TABLES if sqlite else _SERVER_TABLES)
        if not tables:
            return ""
        if tables == [(False,)]:
            raise server_failures.closed(self.location)
        found = self.rows("SELECT version_num FROM alembic_version")
        return str(found[0][0]) if found else ""

    def close(self) -> None:
        """Close the connection; an open transaction is rolled back."""
        self.raw.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def connect(location: Location, *, write: bool = False) -> Connection:
    """Open an existing database of ours; nothing is created, and only with `write` can anything be changed.

    Raises `Unavailable` with what is wrong and what to do about it.
    """
    if location.path is None:
        return _postgresql(location, write=write)
    connection = _file(location, write=write)
    try:
        _check_ours(connection)
        prepare(connection)
        _check_whole(connection)
        if not write:
            connection.run("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def connect_current(location: Location, *, write: bool = False) -> Connection:
    """Open a database as `connect` does, and refuse one whose schema isn't this program's."""
    connection = connect(location, write=write)
    try:
        check_revision(location, connection.revision())
    except BaseException:
        connection.close()
        raise
    return connection


def check_revision(location: Location, revision: str, known: str = REVISION) -> None:
    """Raise `Unavailable` unless `revision`, as stored, is the one known."""
    if not revision:
        raise failures.without_tables(location)
    if revision != known:
        raise (failures.older if is_older(revision, known) else failures.newer)(location, revision, known)


def is_older(revision: str, known: str = REVISION) -> bool:
    """Tell whether a stored revision comes before the known one; they are numbered `0001`, `0002` and so on."""
    return revision.isdecimal() and int(revision) < int(known)


def _file(location: Location, *, write: bool) -> Connection:
    # Only the file's size is looked at here, never its content: on POSIX, closing a file drops the locks that
    # any other connection of this process holds on it.
    path = location.file
    with failures.explained(location):
        try:
            size = path.stat().st_size
        except (FileNotFoundError, NotADirectoryError):
            raise failures.missing(location) from None
        except PermissionError:
            raise failures.unreadable(location) from None
    if path.is_dir():
        raise failures.folder(location)
    if size == 0:
        raise failures.empty(location)
    writable = is_allowed(path, os.W_OK)
    if write and not (writable and is_allowed(path.parent, os.W_OK)):
        raise failures.read_only(location)
    # mode=rw even for readers: one with mode=ro could not recover a journal that a killed writer left behind.
    notice = "" if writable else f"{location.shown} can only be read: figures can be looked at, but not entered."
    return Connection(open_file(location, "rw" if writable else "ro"), location, notice=notice)


def open_file(location: Location, mode: str) -> sqlite3.Connection:
    """Open a SQLite file in a mode of its URIs (`ro`, `rw`, `rwc`), with transactions begun by hand alone."""
    with failures.explained(location):
        return sqlite3.connect(
            file_uri(location.file, mode),
            uri=True,
            timeout=failures.BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,  # workers hand a reader on, one at a time
        )


def _check_ours(connection: Connection) -> None:
    if connection.rows("PRAGMA application_id") != [(APPLICATION_ID,)]:
        raise failures.foreign(connection.location)


def _check_whole(connection: Connection) -> None:
    """Refuse a file whose last page is there in part: SQLite would read zeros for the rest of it."""
    for _ in range(2):  # a restoration may have shortened the file between the two looks
        ((pages, size),) = connection.rows("SELECT page_count, page_size FROM pragma_page_count, pragma_page_size")
        with failures.explained(connection.location):
            if pages * size <= connection.location.file.stat().st_size:
                return
    raise failures.damaged(connection.location)


def prepare(connection: Connection) -> None:
    """Set what keeps saved figures safe, read it back, and refuse the database where it isn't so."""
    wait = str(1000 * failures.BUSY_SECONDS)
    for name, (value, wanted) in {"busy_timeout": (wait, wait), **_SETTINGS}.items():
        connection.run(f"PRAGMA {name} = {value}")
        found = str(connection.rows(f"PRAGMA {name}")[0][0])
        if found != wanted:
            raise failures.settings(connection.location, name, value, found)


# So that a server that does not answer, or a cable that is out, is noticed in seconds and not in hours.
_PATIENCE = {
    "connect_timeout": "10",
    "keepalives_idle": "20",
    "keepalives_interval": "5",
    "keepalives_count": "4",
    "tcp_user_timeout": "40000",
    "application_name": "outcome-tracker",
}


def _postgresql(location: Location, *, write: bool) -> Connection:
    try:
        psycopg = import_module("psycopg")  # an extra: not there for everyone
    except ImportError:
        raise server_failures.without_psycopg() from None
    try:
        asked = import_module("psycopg.conninfo").conninfo_to_dict(location.address)
        asked["options"] = f"{asked.get('options') or ''} -c lock_timeout={failures.BUSY_SECONDS}s"
        raw = psycopg.connect(**(_PATIENCE | asked), autocommit=True)
    except psycopg.Error as error:
        raise server_failures.unreachable(location, error) from error
    connection = Connection(raw, location)
    try:
        _check_server(connection, write=write)
    except BaseException:
        connection.close()
        raise
    return connection


def _check_server(connection: Connection, *, write: bool) -> None:
    found = connection.raw.info.parameter_status("server_encoding")
    if found != "UTF8":
        raise server_failures.encoding(connection.location, found)
    if write:
        connection.rows(_SAFE_COMMIT)
    else:  # only now: `target_session_attrs=read-write` is of the server and not of what we do there
        connection.run("SET default_transaction_read_only = on")


# What is acknowledged is on the server's disk. A server that promises more, such as on a copy's disk too, is let be.
_SAFE_COMMIT = """
SELECT set_config('synchronous_commit', 'on', false)
WHERE current_setting('synchronous_commit') IN ('off', 'local', 'remote_write')
"""
